/* Mail that is to be sent: the statements; see outbox.h. */
#include "store/outbox.h"

#include <stddef.h>

static const struct column outbox_columns[] = {
    {COLUMN_ID, offsetof(struct outbox_row, id)},
    {COLUMN_TEXT, offsetof(struct outbox_row, kind)},
    {COLUMN_ID, offsetof(struct outbox_row, person)},
    {COLUMN_BYTES, offsetof(struct outbox_row, sealed)},
    {COLUMN_NUMBER, offsetof(struct outbox_row, not_before)},
    {COLUMN_NUMBER, offsetof(struct outbox_row, tries)},
    {COLUMN_TEXT, offsetof(struct outbox_row, state)},
};
DB_STATEMENT(outbox_put_sql,
             "INSERT INTO outbox (id, kind, person, sealed, not_before, tries, state) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7) "
             "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, person = excluded.person, "
             "sealed = excluded.sealed, not_before = excluded.not_before, tries = excluded.tries, "
             "state = excluded.state");
TABLE(outbox_table, struct outbox_row, outbox_columns, outbox_put_sql);

bool outbox_kept_back(const struct outbox_row *row, int64_t now)
{
    return row->not_before > now && row->not_before <= now + OUTBOX_AHEAD_LARGEST;
}

bool outbox_put(struct db *db, const struct outbox_row *row, struct error *error)
{
    return row_put(db, &outbox_table, row, error);
}

DB_STATEMENT(outbox_get_sql,
             "SELECT id, kind, person, sealed, not_before, tries, state FROM outbox WHERE id = $1");
bool outbox_get(struct db *db, const struct id *key, struct arena *arena,
                struct outbox_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &outbox_get_sql);
    bind_id(&query, key);
    return row_first(&query, &outbox_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(outbox_of_sql, "SELECT id, kind, person, sealed, not_before, tries, state FROM outbox "
                            "WHERE person = $1 AND kind = $2 ORDER BY not_before DESC LIMIT 1");
bool outbox_of(struct db *db, const struct id *person, struct slice kind, struct arena *arena,
               struct outbox_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &outbox_of_sql);
    bind_id(&query, person);
    db_bind_text(&query, kind);
    return row_first(&query, &outbox_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(outbox_due_sql,
             "SELECT id, kind, person, sealed, not_before, tries, state FROM outbox "
             "WHERE state = 'waiting' AND (not_before <= $1 OR not_before > $2) "
             "ORDER BY CASE kind WHEN 'urgent' THEN 0 ELSE 1 END, not_before, id LIMIT 1");
bool outbox_due(struct db *db, int64_t now, struct arena *arena, struct outbox_row *ret_row,
                bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &outbox_due_sql);
    db_bind_number(&query, now);
    db_bind_number(&query, now + OUTBOX_AHEAD_LARGEST);
    return row_first(&query, &outbox_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(outbox_resume_sql,
             "UPDATE outbox SET state = 'waiting', not_before = $1, tries = tries - 1 "
             "WHERE state = 'sending'");
bool outbox_resume(struct db *db, int64_t now, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &outbox_resume_sql);
    db_bind_number(&query, now);
    return db_do(&query, NULL, error);
}

DB_STATEMENT(outbox_sweep_sql, "DELETE FROM outbox WHERE (state = 'sent' OR state = 'failed') AND "
                               "(not_before <= $1 OR not_before > $2)");
bool outbox_sweep(struct db *db, int64_t now, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &outbox_sweep_sql);
    db_bind_number(&query, now);
    db_bind_number(&query, now + OUTBOX_AHEAD_LARGEST);
    return db_do(&query, NULL, error);
}

DB_STATEMENT(outbox_count_sql,
             "SELECT count(*), count(CASE WHEN not_before <= $1 OR not_before > $2 THEN 1 END), "
             "min(not_before) "
             "FROM outbox WHERE state = 'waiting' OR state = 'sending'");
bool outbox_count(struct db *db, int64_t now, int64_t *ret_count, int64_t *ret_due,
                  int64_t *ret_next, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &outbox_count_sql);
    db_bind_number(&query, now);
    db_bind_number(&query, now + OUTBOX_AHEAD_LARGEST);
    if (db_step(&query, error) != DB_ROW) return false;
    *ret_count = db_number(&query, 0);
    *ret_due = db_number(&query, 1);
    *ret_next = db_number(&query, 2); /* no row gives 0 */
    return true;
}

DB_STATEMENT(outbox_drop_sql, "DELETE FROM outbox WHERE id = $1");
bool outbox_drop(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &outbox_drop_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

DB_STATEMENT(outbox_drop_of_sql, "DELETE FROM outbox WHERE person = $1");
bool outbox_drop_of(struct db *db, const struct id *person, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &outbox_drop_of_sql);
    bind_id(&query, person);
    return db_do(&query, NULL, error);
}
