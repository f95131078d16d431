/* lanyard cover's tables: one policy's groups of norms, or those of several side by side. */
#pragma once

#include "cli/several.h"
#include "service/cover.h"

struct covered {
    struct opened *opened;
    struct cover cover;
};

/* Prints what serves the norms of the policies; `against` (may be NULL) is a file whose first column lists norm ids that some
 * policy should have. Gives the exit code. */
int cover_print(const struct covered *list, size_t count, bool verbose, const char *against);
