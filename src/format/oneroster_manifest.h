/* The manifest of a OneRoster bundle: its version, and how each file of it is meant. */
#pragma once

#include "format/bundle.h"

enum oneroster_mode { ONEROSTER_ABSENT, ONEROSTER_BULK, ONEROSTER_DELTA };

struct oneroster_manifest {
    int minor; /* 1 or 2: version 1.1 or 1.2 */
    enum oneroster_mode orgs, users, roles, demographics, sessions;
};

/* Also compares with what lies in the bundle. */
MUST_USE bool oneroster_manifest_read(const struct bundle *bundle, struct arena *arena,
                                      struct oneroster_manifest *ret_manifest, struct error *error);
