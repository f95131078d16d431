/* What is still open in a request, as variables with finitely many values, and a request that can be tried with any of them.
 * Inside the room: exact.c asks what every completion comes to, question.c which to ask first. */
#pragma once

#include "policy/space.h"

enum variable_kind { VARIABLE_FACT, VARIABLE_TIME, VARIABLE_RECORD, VARIABLE_JUDGEMENT };
enum openness { OPEN_NOT_ASKED, OPEN_NOT_KNOWN, OPEN_PENDING };

struct variable {
    enum variable_kind kind;
    enum openness open;
    int index; /* fact, record or name */
    const struct roles *
        givers; /* record: from whom; -1: anyone. Value: a digit to base 3 each, enum entry_state */
    int shown;  /* person shown, or -1 */
    const bool *environments; /* in which of them it is tried; NULL: in all */
    const uint64_t *mask;     /* the literals it decides */
    size_t count;
    int64_t *values; /* what is set for each answer */
    int role;        /* PENDING: who rules */
    bool verdict;    /* the verdict reads it, not only duties */
};

#define RECORD_GIVERS_LARGEST                                                                      \
    4 /* roles from whom one act may want one record; further ones count as missing */

struct variables {
    LIST(struct variable) list;
};

/* A request under trial: one copy for each set of NOT KNOWN lines in use. */
struct world {
    struct space *space;
    const struct act_code *code;
    int act;
    struct arena *arena;
    struct request *requests; /* by environment */
    bool *used;               /* by environment */
    struct variables open, unknown, pending;
    const size_t *kept; /* by unknown variable: the value that stays set, SIZE_MAX: none; or NULL */
    size_t judged;      /* how often judge was called */
    uint64_t now
        [PROGRAM_WORDS_LARGEST]; /* after a judgement that did not settle it: what may still matter */
};

/* Copies the request, puts the NOT KNOWN substitutions in and collects the variables of one act. */
void world_init(struct world *world, struct space *space, const struct request *request, int act,
                struct arena *arena);
void world_set(struct world *world, const struct variable *variable, size_t value);
void world_unset(struct world *world, const struct variable *variable);
/* Encodes and judges the world as it stands. */
struct outcome world_judge(struct world *world);
/* Whether the variable can still matter after that judgement. */
bool world_matters(const struct world *world, const struct variable *variable);
