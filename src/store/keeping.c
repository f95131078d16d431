/* What is kept about people's affairs: the statements; see keeping.h. */
#include "store/keeping.h"

#include <stddef.h>

/* ---- absence ---- */

static const struct column absence_columns[] = {
    {COLUMN_ID, offsetof(struct absence_row, id)},
    {COLUMN_ID, offsetof(struct absence_row, person)},
    {COLUMN_NUMBER, offsetof(struct absence_row, since)},
    {COLUMN_NUMBER, offsetof(struct absence_row, until)},
    {COLUMN_TEXT, offsetof(struct absence_row, state)},
};
DB_STATEMENT(absence_put_sql, "INSERT INTO absence (id, person, since, until, state) "
                              "VALUES ($1, $2, $3, $4, $5) "
                              "ON CONFLICT (id) DO UPDATE SET person = excluded.person, since = "
                              "excluded.since, until = excluded.until, state = excluded.state");
TABLE(absence_table, struct absence_row, absence_columns, absence_put_sql);

bool absence_put(struct db *db, const struct absence_row *row, struct error *error)
{
    return row_put(db, &absence_table, row, error);
}

DB_STATEMENT(absence_get_sql, "SELECT id, person, since, until, state FROM absence WHERE id = $1");
bool absence_get(struct db *db, const struct id *key, struct arena *arena,
                 struct absence_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &absence_get_sql);
    bind_id(&query, key);
    return row_first(&query, &absence_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(
    absences_of_sql,
    "SELECT id, person, since, until, state FROM absence WHERE person = $1 ORDER BY since, id");
bool absences_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                 void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &absences_of_sql);
    bind_id(&query, key);
    return row_each(&query, &absence_table, arena, visit, context, error);
}

DB_STATEMENT(absences_each_sql,
             "SELECT id, person, since, until, state FROM absence ORDER BY since, id");
bool absences_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                   struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &absences_each_sql);
    return row_each(&query, &absence_table, arena, visit, context, error);
}

/* ---- deputy ---- */

static const struct column deputy_columns[] = {
    {COLUMN_ID, offsetof(struct deputy_row, id)},
    {COLUMN_TEXT, offsetof(struct deputy_row, role)},
    {COLUMN_ID, offsetof(struct deputy_row, org)},
    {COLUMN_ID, offsetof(struct deputy_row, person)},
    {COLUMN_NUMBER, offsetof(struct deputy_row, place)},
    {COLUMN_TEXT, offsetof(struct deputy_row, state)},
};
DB_STATEMENT(deputy_put_sql,
             "INSERT INTO deputy (id, role, org, person, place, state) "
             "VALUES ($1, $2, $3, $4, $5, $6) "
             "ON CONFLICT (id) DO UPDATE SET role = excluded.role, org = excluded.org, person = "
             "excluded.person, place = excluded.place, state = excluded.state");
TABLE(deputy_table, struct deputy_row, deputy_columns, deputy_put_sql);

bool deputy_put(struct db *db, const struct deputy_row *row, struct error *error)
{
    return row_put(db, &deputy_table, row, error);
}

DB_STATEMENT(deputy_get_sql,
             "SELECT id, role, org, person, place, state FROM deputy WHERE id = $1");
bool deputy_get(struct db *db, const struct id *key, struct arena *arena,
                struct deputy_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &deputy_get_sql);
    bind_id(&query, key);
    return row_first(&query, &deputy_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(deputies_of_sql, "SELECT id, role, org, person, place, state FROM deputy WHERE role = "
                              "$1 AND state = 'named' ORDER BY place, id");
bool deputies_of(struct db *db, struct slice key, struct arena *arena, row_visit *visit,
                 void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &deputies_of_sql);
    db_bind_text(&query, key);
    return row_each(&query, &deputy_table, arena, visit, context, error);
}

DB_STATEMENT(deputies_each_sql,
             "SELECT id, role, org, person, place, state FROM deputy ORDER BY role, place, id");
bool deputies_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                   struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &deputies_each_sql);
    return row_each(&query, &deputy_table, arena, visit, context, error);
}

/* ---- hold ---- */

static const struct column hold_columns[] = {
    {COLUMN_ID, offsetof(struct hold_row, id)},
    {COLUMN_ID, offsetof(struct hold_row, person)},
    {COLUMN_NUMBER, offsetof(struct hold_row, placed)},
    {COLUMN_ID, offsetof(struct hold_row, placed_by)},
    {COLUMN_NUMBER, offsetof(struct hold_row, lifted)},
    {COLUMN_ID, offsetof(struct hold_row, lifted_by)},
};
DB_STATEMENT(
    hold_put_sql,
    "INSERT INTO hold (id, person, placed, placed_by, lifted, lifted_by) "
    "VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (id) DO UPDATE SET person = excluded.person, placed = excluded.placed, placed_by "
    "= excluded.placed_by, lifted = excluded.lifted, lifted_by = excluded.lifted_by");
TABLE(hold_table, struct hold_row, hold_columns, hold_put_sql);

bool hold_put(struct db *db, const struct hold_row *row, struct error *error)
{
    return row_put(db, &hold_table, row, error);
}

DB_STATEMENT(hold_get_sql,
             "SELECT id, person, placed, placed_by, lifted, lifted_by FROM hold WHERE id = $1");
bool hold_get(struct db *db, const struct id *key, struct arena *arena, struct hold_row *ret_row,
              bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &hold_get_sql);
    bind_id(&query, key);
    return row_first(&query, &hold_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(holds_of_sql, "SELECT id, person, placed, placed_by, lifted, lifted_by FROM hold "
                           "WHERE person = $1 ORDER BY placed");
bool holds_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
              void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &holds_of_sql);
    bind_id(&query, key);
    return row_each(&query, &hold_table, arena, visit, context, error);
}

DB_STATEMENT(holds_each_sql,
             "SELECT id, person, placed, placed_by, lifted, lifted_by FROM hold ORDER BY placed");
bool holds_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &holds_each_sql);
    return row_each(&query, &hold_table, arena, visit, context, error);
}

/* ---- erasure ---- */

static const struct column erasure_columns[] = {
    {COLUMN_ID, offsetof(struct erasure_row, id)},
    {COLUMN_ID, offsetof(struct erasure_row, person)},
    {COLUMN_NUMBER, offsetof(struct erasure_row, asked)},
    {COLUMN_ID, offsetof(struct erasure_row, asked_by)},
    {COLUMN_ID, offsetof(struct erasure_row, confirmed_by)},
    {COLUMN_TEXT, offsetof(struct erasure_row, state)},
};
DB_STATEMENT(
    erasure_put_sql,
    "INSERT INTO erasure (id, person, asked, asked_by, confirmed_by, state) "
    "VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (id) DO UPDATE SET person = excluded.person, asked = excluded.asked, asked_by = "
    "excluded.asked_by, confirmed_by = excluded.confirmed_by, state = excluded.state");
TABLE(erasure_table, struct erasure_row, erasure_columns, erasure_put_sql);

bool erasure_put(struct db *db, const struct erasure_row *row, struct error *error)
{
    return row_put(db, &erasure_table, row, error);
}

DB_STATEMENT(erasure_get_sql,
             "SELECT id, person, asked, asked_by, confirmed_by, state FROM erasure WHERE id = $1");
bool erasure_get(struct db *db, const struct id *key, struct arena *arena,
                 struct erasure_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &erasure_get_sql);
    bind_id(&query, key);
    return row_first(&query, &erasure_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(erasures_of_sql, "SELECT id, person, asked, asked_by, confirmed_by, state FROM "
                              "erasure WHERE person = $1 ORDER BY asked");
bool erasures_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                 void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &erasures_of_sql);
    bind_id(&query, key);
    return row_each(&query, &erasure_table, arena, visit, context, error);
}

DB_STATEMENT(erasures_each_sql,
             "SELECT id, person, asked, asked_by, confirmed_by, state FROM erasure ORDER BY asked");
bool erasures_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                   struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &erasures_each_sql);
    return row_each(&query, &erasure_table, arena, visit, context, error);
}

/* ---- import ---- */

static const struct column import_columns[] = {
    {COLUMN_ID, offsetof(struct import_row, id)},
    {COLUMN_NUMBER, offsetof(struct import_row, n)},
    {COLUMN_ID, offsetof(struct import_row, brought_by)},
    {COLUMN_TEXT, offsetof(struct import_row, format)},
    {COLUMN_TEXT, offsetof(struct import_row, state)},
    {COLUMN_NUMBER, offsetof(struct import_row, joiners)},
    {COLUMN_NUMBER, offsetof(struct import_row, movers)},
    {COLUMN_NUMBER, offsetof(struct import_row, leavers)},
    {COLUMN_TEXT, offsetof(struct import_row, upload)},
};
DB_STATEMENT(
    import_put_sql,
    "INSERT INTO import (id, n, brought_by, format, state, joiners, movers, leavers, upload) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
    "ON CONFLICT (id) DO UPDATE SET n = excluded.n, brought_by = excluded.brought_by, format = "
    "excluded.format, state = excluded.state, joiners = excluded.joiners, movers = "
    "excluded.movers, leavers = excluded.leavers, upload = excluded.upload");
TABLE(import_table, struct import_row, import_columns, import_put_sql);

bool import_put(struct db *db, const struct import_row *row, struct error *error)
{
    return row_put(db, &import_table, row, error);
}

DB_STATEMENT(import_get_sql, "SELECT id, n, brought_by, format, state, joiners, movers, leavers, "
                             "upload FROM import WHERE id = $1");
bool import_get(struct db *db, const struct id *key, struct arena *arena,
                struct import_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &import_get_sql);
    bind_id(&query, key);
    return row_first(&query, &import_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(imports_each_sql, "SELECT id, n, brought_by, format, state, joiners, movers, leavers, "
                               "upload FROM import ORDER BY n DESC");
bool imports_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                  struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &imports_each_sql);
    return row_each(&query, &import_table, arena, visit, context, error);
}

/* ---- mapping ---- */

static const struct column mapping_columns[] = {
    {COLUMN_TEXT, offsetof(struct mapping_row, name)},
    {COLUMN_NUMBER, offsetof(struct mapping_row, n)},
    {COLUMN_TEXT, offsetof(struct mapping_row, content)},
};
DB_STATEMENT(mapping_put_sql,
             "INSERT INTO mapping (name, n, content) "
             "VALUES ($1, $2, $3) "
             "ON CONFLICT (name) DO UPDATE SET n = excluded.n, content = excluded.content");
TABLE(mapping_table, struct mapping_row, mapping_columns, mapping_put_sql);

bool mapping_put(struct db *db, const struct mapping_row *row, struct error *error)
{
    return row_put(db, &mapping_table, row, error);
}

DB_STATEMENT(mapping_get_sql, "SELECT name, n, content FROM mapping WHERE name = $1");
bool mapping_get(struct db *db, struct slice key, struct arena *arena, struct mapping_row *ret_row,
                 bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &mapping_get_sql);
    db_bind_text(&query, key);
    return row_first(&query, &mapping_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(mappings_each_sql, "SELECT name, n, content FROM mapping ORDER BY name");
bool mappings_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                   struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &mappings_each_sql);
    return row_each(&query, &mapping_table, arena, visit, context, error);
}

/* ---- kept_answer ---- */

static const struct column kept_answer_columns[] = {
    {COLUMN_ID, offsetof(struct kept_row, id)},
    {COLUMN_ID, offsetof(struct kept_row, person)},
    {COLUMN_NUMBER, offsetof(struct kept_row, n)},
    {COLUMN_NUMBER, offsetof(struct kept_row, kept)},
};
DB_STATEMENT(kept_answer_put_sql, "INSERT INTO kept_answer (id, person, n, kept) "
                                  "VALUES ($1, $2, $3, $4) "
                                  "ON CONFLICT (id) DO UPDATE SET person = excluded.person, n = "
                                  "excluded.n, kept = excluded.kept");
TABLE(kept_answer_table, struct kept_row, kept_answer_columns, kept_answer_put_sql);

bool kept_answer_put(struct db *db, const struct kept_row *row, struct error *error)
{
    return row_put(db, &kept_answer_table, row, error);
}

DB_STATEMENT(kept_get_sql, "SELECT id, person, n, kept FROM kept_answer WHERE id = $1");
bool kept_get(struct db *db, const struct id *key, struct arena *arena, struct kept_row *ret_row,
              bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &kept_get_sql);
    bind_id(&query, key);
    return row_first(&query, &kept_answer_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(kept_of_sql,
             "SELECT id, person, n, kept FROM kept_answer WHERE person = $1 ORDER BY n");
bool kept_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
             void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &kept_of_sql);
    bind_id(&query, key);
    return row_each(&query, &kept_answer_table, arena, visit, context, error);
}

DB_STATEMENT(kept_drop_sql, "DELETE FROM kept_answer WHERE id = $1");
bool kept_drop(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &kept_drop_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

DB_STATEMENT(kept_drop_of_sql, "DELETE FROM kept_answer WHERE person = $1");
bool kept_drop_of(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &kept_drop_of_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

/* ---- opened ---- */

static const struct column opened_columns[] = {
    {COLUMN_NUMBER, offsetof(struct opened_row, n)},
    {COLUMN_ID, offsetof(struct opened_row, actor)},
    {COLUMN_ID, offsetof(struct opened_row, person)},
    {COLUMN_TEXT, offsetof(struct opened_row, what)},
    {COLUMN_NUMBER, offsetof(struct opened_row, at)},
};
DB_STATEMENT(opened_put_sql, "INSERT INTO opened (n, actor, person, what, at) "
                             "VALUES ($1, $2, $3, $4, $5) "
                             "ON CONFLICT (n) DO UPDATE SET actor = excluded.actor, person = "
                             "excluded.person, what = excluded.what, at = excluded.at");
TABLE(opened_table, struct opened_row, opened_columns, opened_put_sql);

bool opened_put(struct db *db, const struct opened_row *row, struct error *error)
{
    return row_put(db, &opened_table, row, error);
}

DB_STATEMENT(opened_of_sql,
             "SELECT n, actor, person, what, at FROM opened WHERE person = $1 ORDER BY n DESC");
bool opened_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
               void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &opened_of_sql);
    bind_id(&query, key);
    return row_each(&query, &opened_table, arena, visit, context, error);
}

DB_STATEMENT(opened_each_sql, "SELECT n, actor, person, what, at FROM opened ORDER BY n DESC");
bool opened_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                 struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &opened_each_sql);
    return row_each(&query, &opened_table, arena, visit, context, error);
}
