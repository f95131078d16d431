/* Rows as plain structs; see rows.h. */
#include "store/rows.h"

#include <string.h>

void bind_id(struct db_query *query, const struct id *id)
{
    if (id_is_none(id)) {
        db_bind_nothing(query);
    } else {
        db_bind_bytes(query, id_slice(id));
    }
}

static void bind_number(struct db_query *query, int64_t number)
{
    if (number == ROW_NOTHING) {
        db_bind_nothing(query);
    } else {
        db_bind_number(query, number);
    }
}

static void bind_column(struct db_query *query, const struct column *column, const char *row)
{
    const void *at = row + column->offset;
    switch (column->type) {
    case COLUMN_ID: bind_id(query, at); return;
    case COLUMN_TEXT: db_bind_text(query, *(const struct slice *)at); return;
    case COLUMN_BYTES: db_bind_bytes(query, *(const struct slice *)at); return;
    case COLUMN_NUMBER: bind_number(query, *(const int64_t *)at); return;
    }
}

bool row_put(struct db *db, const struct table *table, const void *row, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, table->put);
    for (size_t i = 0; i < table->column_count; i++) bind_column(&query, &table->columns[i], row);
    return db_do(&query, NULL, error);
}

/* False where an id has another size than an id. */
static bool read_column(const struct db_query *query, int index, const struct column *column,
                        struct arena *arena, char *row)
{
    void *at = row + column->offset;
    switch (column->type) {
    case COLUMN_ID:
        memset(at, 0, sizeof(struct id));
        return db_is_nothing(query, index) || id_of_bytes(db_bytes(query, index), at);
    case COLUMN_TEXT: *(struct slice *)at = arena_copy(arena, db_text(query, index)); return true;
    case COLUMN_BYTES: *(struct slice *)at = arena_copy(arena, db_bytes(query, index)); return true;
    case COLUMN_NUMBER:
        *(int64_t *)at = db_is_nothing(query, index) ? ROW_NOTHING : db_number(query, index);
        return true;
    }
    return false;
}

static bool read_row(const struct db_query *query, const struct table *table, struct arena *arena,
                     void *ret_row, struct error *error)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (!read_column(query, (int)i, &table->columns[i], arena, ret_row))
            return error_set(error, ERROR_READ, "a row of the record holds an id that is none") ||
                   error_advise(error, "Run `lanyard rebuild --check` on the folder");
    return true;
}

bool row_each(struct db_query *query, const struct table *table, struct arena *arena,
              row_visit *visit, void *context, struct error *error)
{
    for (;;) {
        void *row = arena_take(arena, 1, table->size);
        enum db_step step = db_step(query, error);
        if (step == DB_DONE) return true;
        if (step == DB_FAILED || !read_row(query, table, arena, row, error) ||
            !visit(context, row, error))
            return false;
    }
}

bool row_first(struct db_query *query, const struct table *table, struct arena *arena,
               void *ret_row, bool *ret_found, struct error *error)
{
    enum db_step step = db_step(query, error);
    memset(ret_row, 0, table->size);
    *ret_found = step == DB_ROW;
    return step == DB_DONE || (step == DB_ROW && read_row(query, table, arena, ret_row, error));
}
