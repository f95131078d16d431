/* Rows as plain structs: a table is described once, column by column, and any statement that names its columns in that order
 * binds or reads it. Nothing is ID none or ROW_NOTHING. */
#pragma once

#include "ledger/event.h"
#include "store/db.h"

#define ROW_NOTHING INT64_MIN

enum column_type { COLUMN_ID, COLUMN_TEXT, COLUMN_BYTES, COLUMN_NUMBER };
struct column {
    enum column_type type;
    size_t offset; /* of a struct id, a struct slice or an int64_t */
};
struct table {
    const struct column *columns;
    size_t column_count;
    size_t size;                    /* of the struct */
    const struct db_statement *put; /* inserts or replaces a whole row */
};
#define TABLE(identifier, type, array, statement)                                                  \
    static const struct table identifier = {array, sizeof(array) / sizeof *(array), sizeof(type),  \
                                            &(statement)}

/* Called for each row, which it may keep: its slices live in the arena. False stops, and fails. */
typedef bool row_visit(void *context, const void *row, struct error *error);

MUST_USE bool row_put(struct db *db, const struct table *table, const void *row,
                      struct error *error);
/* The rows of a statement whose one parameter (or none) is bound by the caller. Text and bytes are copied to the arena. */
MUST_USE bool row_each(struct db_query *query, const struct table *table, struct arena *arena,
                       row_visit *visit, void *context, struct error *error);
/* The first row; false in `ret_found` where there is none. */
MUST_USE bool row_first(struct db_query *query, const struct table *table, struct arena *arena,
                        void *ret_row, bool *ret_found, struct error *error);
void bind_id(struct db_query *query, const struct id *id); /* none: NULL */
