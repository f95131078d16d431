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
    struct overview_school *school; /* of the person counted last */
};

/* What changed lately, and since when the policy is in force: out of the tables and the register (overview_changes.c). */
MUST_USE bool overview_changes(struct overviewing *making, struct error *error);
