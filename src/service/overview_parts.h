/* An overview in the making; inside the room only. */
#pragma once

#include "service/overview.h"
#include "service/record_parts.h"

struct overviewing {
    struct record *record;
    const struct viewer *viewer;
    struct db *db;
    struct arena *arena;
    struct overview *overview;
};
/* NULL: not one that the viewer answers for. */
struct overview_school *overview_school(struct overview *overview, const struct id *org);

/* Who has signed, into every school (overview_signed.c); the policy's version stands there already. */
void overview_signatures(struct overviewing *making);
/* What changed lately, and since when the policy is in force: out of the tables and the register (overview_changes.c). */
MUST_USE bool overview_changes(struct overviewing *making, struct error *error);
