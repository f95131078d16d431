/* What the mutation files share: changes to one statement (mutate_change.c) and whether two versions of a policy can be told
 * apart (mutate_equal.c). Inside the room. */
#pragma once

#include "policy/mutate.h"
#include "policy/world.h"

/* Makes change number `site` in a copy of the statement. False where it has no such change. */
struct change_made {
    struct statement statement;
    bool taken_out; /* the statement as a whole */
    size_t line;
    struct slice change;
};
bool mutate_statement(const struct mutation *mutation, const struct statement *statement,
                      unsigned site, bool alone, struct arena *arena, struct change_made *ret_made);
/* Every role, deadline and keeping time that the statement names, into the mutation's lists. */
void mutate_collect(struct mutation *mutation, const struct statement *statement);

/* Whether no completion of the facts that the clause reads in either version, nor any of its roles and channels, tells the
 * two apart in verdict, needs or duties. False too where there are too many to try. */
bool mutate_equivalent(const struct mutation *mutation, const struct policy *changed, int clause);

/* mutate_twins.c: two versions of a policy put to the same request. */
struct twins {
    const struct policy *policies[2];
    struct decider *deciders[2];
    struct text texts[2];
    struct arena *scratch; /* of one answer */
};
void twins_init(struct twins *twins, const struct policy *one, const struct policy *two,
                struct arena *arena);
void twins_clear(struct twins *twins);
/* Whether verdict, needs or duties differ. The request's policy is set to one or the other. */
bool twins_differ(struct twins *twins, struct request *request);

/* One thing that is open: a fact, one giver's entry of a record, a judgement, the time of day. */
struct open {
    enum variable_kind kind;
    int index, giver, shown;
    LIST(int64_t) values;
    bool unknown; /* *don't know* is tried too; of a judgement: pending */
    size_t now;   /* the value being tried; values.count: not known */
};
struct opens {
    LIST(struct open) list;
};
/* Adds what the variables leave open; a record is taken giver by giver. `facts`: only what meets these literals (NULL: all). */
void opens_add(struct opens *opens, const struct variables *variables, const uint64_t *facts,
               unsigned words, struct arena *arena);
/* How many values there are to try, and putting the one that is `now`. */
size_t open_count(const struct open *open);
void open_put(const struct open *open, struct request *request, struct arena *arena);

/* Whether some scenario's question, or one that differs from it in at most two facts, records, judgements or in being done,
 * tells the two apart: what the scenarios pass over may still be seen there. */
bool mutate_seen_near(const struct mutation *mutation, const struct policy *changed,
                      const bool *acts);
