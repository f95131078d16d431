/* Rows of a projection in two databases, side by side, in the order of their keys. */
#pragma once

#include "base/text.h"
#include "store/db.h"

/* Called for each difference; `row` names it: its key in hexadecimal, as a number or as text. */
typedef bool compare_visit(void *context, const char *table, struct slice row, const char *how,
                           struct error *error);

/* Of one table (a name of project_tables) in `found` and `made`; false for a table it does not know. */
MUST_USE bool compare_table(struct db *found, struct db *made, const char *table,
                            compare_visit *visit, void *context, struct error *error);
