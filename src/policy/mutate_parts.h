/* What the mutation files share: changes to one statement (mutate_change.c) and whether two versions of a policy can be told
 * apart (mutate_equal.c). Inside the room. */
#pragma once

#include "policy/mutate.h"

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
bool mutate_equivalent(const struct policy *one, const struct policy *two, int clause);
