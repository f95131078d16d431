/* Microsoft School Data Sync v2.1 as CSV files, always the whole set: orgs, users and roles, which
 * must be there, and relationships, demographics (the birth date alone) and academicSessions (when
 * there is school), which may. Classes, enrollments and flags are not read, nor is the password column. A contact has no role of its own
 * in this format: being called a pupil's parent or guardian makes one. */
#pragma once

#include "format/bundle.h"
#include "format/roster.h"

/* Whether the bundle has the three files and no manifest.csv. */
bool sds_looks_like(const struct bundle *bundle);
/* Fills the roster, whose arena outlives the bundle. False where the set of files is unusable. */
MUST_USE bool sds_read(const struct bundle *bundle, struct arena *arena, struct roster *ret_roster,
                       struct error *error);
