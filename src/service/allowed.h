/* What the record's clauses could let somebody do, by the roles they hold: for menus, buttons and lists. No fact is known but
 * whom it would be about; the desk decides again, with every fact, when it is done. Safe from many threads. */
#pragma once

#include "service/desk.h"
#include "service/roles.h"

enum allowed_about { ALLOWED_ABOUT_ANYBODY, ALLOWED_ABOUT_OTHERS, ALLOWED_ABOUT_SELF };

/* A bit an act. Remembered for each set of roles: the rules never change while a program runs. */
uint64_t allowed_acts(struct record *record, const enum role *roles, size_t count,
                      enum allowed_about about);
/* Whether an open task of a role's (`of`) waits for somebody with these roles: they hold it, or it is one of those that
 * others may see to as well. */
bool allowed_task(struct record *record, struct slice kind, enum role of, const enum role *roles,
                  size_t count);
static inline uint64_t allowed_bit(enum record_act act)
{
    return (uint64_t)1 << (unsigned)act;
}
static inline bool allowed_in(uint64_t acts, enum record_act act)
{
    return (acts & allowed_bit(act)) != 0;
}
