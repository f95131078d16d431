/* The statements of the log: events, the log's own row, checkpoints, acts done. Reading and checking what the bytes hold is
 * left to the ledger. */
#include "store/events.h"

DB_STATEMENT(event_add, "INSERT INTO event (n, body) VALUES ($1, $2)");
DB_STATEMENT(event_get, "SELECT body FROM event WHERE n = $1");
DB_STATEMENT(event_walk, "SELECT n, body FROM event WHERE n >= $1 AND n < $2 ORDER BY n");
DB_STATEMENT(event_last, "SELECT max(n) FROM event");
DB_STATEMENT(event_count, "SELECT count(*) FROM event");
DB_STATEMENT(log_add, "INSERT INTO log (id, origin, vkey, tree) VALUES (1, $1, $2, $3)");
DB_STATEMENT(log_get, "SELECT origin, vkey, tree FROM log WHERE id = 1");
DB_STATEMENT(log_tree, "UPDATE log SET tree = $1 WHERE id = 1");
DB_STATEMENT(checkpoint_put,
             "INSERT INTO checkpoint (day, size, note) VALUES ($1, $2, $3)"
             " ON CONFLICT (day) DO UPDATE SET size = excluded.size, note = excluded.note");
DB_STATEMENT(checkpoint_walk, "SELECT day, size, note FROM checkpoint ORDER BY day");
DB_STATEMENT(checkpoint_last, "SELECT day, size, note FROM checkpoint ORDER BY day DESC LIMIT 1");
DB_STATEMENT(act_add, "INSERT INTO done_act (act, n) VALUES ($1, $2) ON CONFLICT (act) DO NOTHING");
DB_STATEMENT(act_get, "SELECT n FROM done_act WHERE act = $1");

/* ---- events ---- */

bool events_append(struct db *db, uint64_t n, struct slice body, struct error *error)
{
    struct db_query query;
    db_query(&query, db, &event_add);
    db_bind_number(&query, (int64_t)n);
    db_bind_bytes(&query, body);
    return db_do(&query, NULL, error);
}

bool events_read(struct db *db, uint64_t n, struct arena *arena, struct slice *ret_body,
                 struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &event_get);
    db_bind_number(&query, (int64_t)n);
    enum db_step step = db_step(&query, error);
    if (step == DB_FAILED) return false;
    if (step == DB_DONE) {
        error_set(error, ERROR_READ, "Event %llu is not in the record.", (unsigned long long)n);
        return error_advise(error, "Run 'lanyard verify' to see what else is missing.");
    }
    *ret_body = arena_copy(arena, db_bytes(&query, 0));
    return true;
}

bool events_each(struct db *db, uint64_t from, uint64_t to,
                 bool (*event)(void *context, uint64_t n, struct slice body, struct error *error),
                 void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &event_walk);
    db_bind_number(&query, from > INT64_MAX ? INT64_MAX : (int64_t)from);
    db_bind_number(&query, to > INT64_MAX ? INT64_MAX : (int64_t)to);
    enum db_step step;
    while ((step = db_step(&query, error)) == DB_ROW)
        if (!event(context, (uint64_t)db_number(&query, 0), db_bytes(&query, 1), error))
            return false;
    return step == DB_DONE;
}

/* One number of one row; `ret_found` is false where it is NULL or there is no row. */
static bool number_of(struct db_query *query, int64_t *ret_number, bool *ret_found,
                      struct error *error)
{
    enum db_step step = db_step(query, error);
    bool found = step == DB_ROW && !db_is_nothing(query, 0);
    if (found) *ret_number = db_number(query, 0);
    if (step != DB_FAILED) *ret_found = found;
    db_end(query);
    return step != DB_FAILED;
}

bool events_next(struct db *db, uint64_t *ret_n, struct error *error)
{
    struct db_query query;
    int64_t last = 0;
    bool found = false;
    db_query(&query, db, &event_last);
    if (!number_of(&query, &last, &found, error)) return false;
    *ret_n = found ? (uint64_t)last + 1 : 0;
    return true;
}

bool events_count(struct db *db, uint64_t *ret_count, struct error *error)
{
    struct db_query query;
    int64_t count = 0;
    bool found = false;
    db_query(&query, db, &event_count);
    if (!number_of(&query, &count, &found, error)) return false;
    *ret_count = (uint64_t)count;
    return true;
}

/* ---- the log's own row ---- */

bool log_make(struct db *db, const struct log_row *row, struct error *error)
{
    struct db_query query;
    db_query(&query, db, &log_add);
    db_bind_text(&query, row->origin);
    db_bind_text(&query, row->vkey);
    db_bind_bytes(&query, row->tree);
    return db_do(&query, NULL, error);
}

static bool no_log(struct error *error)
{
    error_set(error, ERROR_READ, "The record has no log.");
    return error_advise(error, "Making it was not finished, or its row was removed. Restore the "
                               "last backup, or run 'lanyard init' in a new folder.");
}

bool log_read(struct db *db, struct arena *arena, struct log_row *ret_row, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &log_get);
    enum db_step step = db_step(&query, error);
    if (step == DB_FAILED) return false;
    if (step == DB_DONE) return no_log(error);
    ret_row->origin = arena_copy(arena, db_text(&query, 0));
    ret_row->vkey = arena_copy(arena, db_text(&query, 1));
    ret_row->tree = arena_copy(arena, db_bytes(&query, 2));
    return true;
}

bool log_set_tree(struct db *db, struct slice tree, struct error *error)
{
    struct db_query query;
    int64_t changed = 0;
    db_query(&query, db, &log_tree);
    db_bind_bytes(&query, tree);
    if (!db_do(&query, &changed, error)) return false;
    return changed == 1 || no_log(error);
}

/* ---- checkpoints ---- */

static struct checkpoint_row checkpoint_of(const struct db_query *query)
{
    return (struct checkpoint_row){.day = db_number(query, 0),
                                   .size = (uint64_t)db_number(query, 1),
                                   .note = db_text(query, 2)};
}

bool checkpoints_set(struct db *db, const struct checkpoint_row *row, struct error *error)
{
    struct db_query query;
    db_query(&query, db, &checkpoint_put);
    db_bind_number(&query, row->day);
    db_bind_number(&query, (int64_t)row->size);
    db_bind_text(&query, row->note);
    return db_do(&query, NULL, error);
}

bool checkpoints_each(struct db *db,
                      bool (*checkpoint)(void *context, const struct checkpoint_row *row,
                                         struct error *error),
                      void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &checkpoint_walk);
    enum db_step step;
    while ((step = db_step(&query, error)) == DB_ROW) {
        struct checkpoint_row row = checkpoint_of(&query);
        if (!checkpoint(context, &row, error)) return false;
    }
    return step == DB_DONE;
}

bool checkpoints_newest(struct db *db, struct arena *arena, struct checkpoint_row *ret_row,
                        bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &checkpoint_last);
    enum db_step step = db_step(&query, error);
    if (step == DB_FAILED) return false;
    *ret_found = step == DB_ROW;
    if (step == DB_DONE) return true;
    *ret_row = checkpoint_of(&query);
    ret_row->note = arena_copy(arena, ret_row->note);
    return true;
}

/* ---- acts done ---- */

bool acts_done(struct db *db, const struct id *act, uint64_t n, bool *ret_new, struct error *error)
{
    struct db_query query;
    int64_t changed = 0;
    db_query(&query, db, &act_add);
    db_bind_bytes(&query, id_slice(act));
    db_bind_number(&query, (int64_t)n);
    if (!db_do(&query, &changed, error)) return false;
    *ret_new = changed == 1;
    return true;
}

bool acts_find(struct db *db, const struct id *act, bool *ret_found, uint64_t *ret_n,
               struct error *error)
{
    struct db_query query;
    int64_t n = 0;
    db_query(&query, db, &act_get);
    db_bind_bytes(&query, id_slice(act));
    if (!number_of(&query, &n, ret_found, error)) return false;
    if (*ret_found) *ret_n = (uint64_t)n;
    return true;
}
