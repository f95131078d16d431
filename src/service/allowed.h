/* What the record's clauses could let somebody do, by the roles they hold: for menus, buttons and lists. No fact is known but
 * whom it would be about; the desk decides again, with every fact, when it is done. Safe from many threads. */
#pragma once

#include "service/desk.h"
#include "service/roles.h"

enum allowed_about { ALLOWED_ABOUT_ANYBODY, ALLOWED_ABOUT_OTHERS, ALLOWED_ABOUT_SELF };

#define ACT_WORDS ((ACTS + 63) / 64)
/* A bit an act. */
struct act_set {
    uint64_t words[ACT_WORDS];
};
static inline void act_set_add(struct act_set *set, enum record_act act)
{
    set->words[(unsigned)act / 64] |= (uint64_t)1 << ((unsigned)act % 64);
}
static inline bool allowed_in(struct act_set acts, enum record_act act)
{
    return (acts.words[(unsigned)act / 64] >> ((unsigned)act % 64) & 1) != 0;
}

/* Remembered for each set of roles: the rules never change while a program runs. */
struct act_set allowed_acts(struct record *record, const enum role *roles, size_t count,
                            enum allowed_about about);
/* Whether an open task of a role's (`of`) waits for somebody with these roles: they hold it, or it is one of those that
 * others may see to as well. */
bool allowed_task(struct record *record, struct slice kind, enum role of, const enum role *roles,
                  size_t count);
