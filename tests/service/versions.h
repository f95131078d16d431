/* Versions of a small policy for tests of signing: written into the record as the events that bringing and approving leave
 * behind, on any day, also one that is past, so that what asks people to sign needs no clock that is set ahead. */
#pragma once

#include "school.h"

struct version_plan {
    const char *binds; /* `staff`: of the line THIS POLICY BINDS; NULL: the text has no such line */
    const char *said;  /* a sentence of its prose, so that no two are alike */
    int64_t in_force;  /* days from today */
    const char *changed; /* codes of roles */
    const char *reason;  /* why it is material; NULL: it is not */
    const char *rule;    /* one more line of its rule block; NULL: none */
    bool waits;          /* brought, and nothing more */
};
/* The text of a plan, as a folder beside the record; its words come from $LANYARD_WORDS. */
const char *version_folder(struct school *school, const struct version_plan *plan);
/* Adopts the first one through the desk. */
struct id version_first(struct school *school, const struct version_plan *plan);
/* A later one, by its events. */
struct id version_later(struct school *school, const struct version_plan *plan);
/* Takes one back that is not in force. */
void version_back(struct school *school, struct id version);
