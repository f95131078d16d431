/* What changes for whom, found the slow way: both versions are asked the same questions, one after another, and the answers
 * laid side by side. Knows nothing of how policy_changes goes about it: it reads the printed statements, asks decide()'s short
 * form, and compares what comes back as text. */
#pragma once

#include "policy/change.h"

struct brute {
    const struct policy *old, *new;
    const struct change_role *roles;
    size_t count;
    size_t
        largest; /* questions of one act and one actor put in full; more are drawn at random, so many */
    bool alone;               /* two roles at once are left out */
    const char *const *shown; /* somebody shown, as `a pupil; fact age 9`: tried besides nobody */
    size_t shown_count;
    bool *changed;             /* by role, set by brute_run */
    size_t asked, drawn, acts; /* questions put; acts of which some were drawn; acts looked at */
    struct text why;           /* for each role the first question that told the versions apart */
};
/* `changed` and `why` are made in the arena and on the heap; clear with brute_clear. */
void brute_run(struct brute *brute, struct arena *arena);
void brute_clear(struct brute *brute);
