/* Where two clauses of one policy meet and pull apart: one lifts the other, a reading parts them, both are marked as
 * clashing, one owes what the other leaves open, both want a yes from different people, or one permits what another forbids. Found from the compiled rules by looking for a case in which both speak, so that a rule changed until the
 * two no longer meet is not named any more. Pure; looks for cases by reach.h. */
#pragma once

#include "policy/scenario.h"

enum collision_kind {
    COLLISION_LIFTED, /* `a` lifts `b` by DESPITE, perhaps under a reading */
    COLLISION_READING, /* both would have spoken, but a line that a reading brings keeps one of them silent */
    COLLISION_OPTION,  /* `a` owes a deed that `b` leaves open */
    COLLISION_TWO_YES, /* both want a yes, from different people */
    COLLISION_CLASH,   /* `a` says CLASHES WITH `b`, and in the case both would have spoken */
    COLLISION_FORBIDS, /* `a` permits or requires what `b` forbids or advises against; nothing lifts */
};

struct collision {
    enum collision_kind kind;
    const struct clause *a, *b;
    unsigned reading;     /* of the DESPITE, CLASHES, UNLESS or IF line, 0: none */
    bool marked;          /* one says CLASHES WITH the other */
    bool should, advised; /* FORBIDS: the strength of `b` */
    struct slice witness; /* a scenario block that can be pasted below either clause, and passes */
};
struct collisions {
    LIST(struct collision)
    list;            /* each pair of clauses once, marked ones first, then by what settles them */
    size_t given_up; /* pairs with too many cases to try them all */
};

void collide_find(const struct policy *policy, struct arena *arena,
                  struct collisions *ret_collisions);
