/* Looks for a case: roles, people, channels and answers under which something about one act comes
 * out. The roles and channels tried are those that a rule names, alone and with one more that the
 * act's rules read; facts, records and rulings are tried in full, pruned by what Kleene's logic
 * already knows. Inside the room; exact.c asks the contrary question. */
#pragma once

#include "policy/world.h"

#define REACH_TRIED_LARGEST 20000 /* cases judged before one search gives up */

struct goal {
    /* YES: this case shows it; NO: nothing that is still open can; else go on. */
    enum tri (*meets)(const struct goal *goal, const struct space *space,
                      const struct outcome *outcome);
    const struct who *who;       /* whose roles are tried for the actor */
    const struct acts *acts;     /* its object and channels are tried */
    const uint64_t *reads;       /* literals the goal reads first */
    bool verdict;                /* and then whatever the verdict still turns on */
    int rule, other;             /* program rules, or -1 */
    int exception;               /* of `rule`, or -1 */
    unsigned place, other_place; /* of those rules among the act's; set by reach_find */
};

enum reached { REACH_FOUND, REACH_NEVER, REACH_GAVE_UP };

struct reach {
    const struct policy *policy;
    struct space *space;
    struct arena *arena;   /* of one search, reset by the next */
    struct request *found; /* the case, until the next search */
    size_t tried;
};

void reach_init(struct reach *reach, const struct policy *policy, struct arena *arena);
void reach_clear(struct reach *reach);
/* Whether the goal can be met when the act is asked about. */
enum reached reach_find(struct reach *reach, int act, struct goal *goal);
/* The literals that a rule's applying turns on: its own, its lifters', through definitions. In
 * `arena`. */
uint64_t *reach_reads(const struct policy *policy, int rule, struct arena *arena);
/* The case found, in words: `a teacher to a pupil via a personal account, where ...`. */
void reach_describe(const struct reach *reach, struct text *out);
