/* What is used to sign in: the statements; see secrets.h. */
#include "store/secrets.h"

#include <stddef.h>

/* ---- signin ---- */

static const struct column signin_columns[] = {
    {COLUMN_ID, offsetof(struct signin_row, person)},
    {COLUMN_BYTES, offsetof(struct signin_row, sealed)},
    {COLUMN_NUMBER, offsetof(struct signin_row, codes)},
};
DB_STATEMENT(signin_put_sql,
             "INSERT INTO signin (person, sealed, codes) "
             "VALUES ($1, $2, $3) "
             "ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, codes = excluded.codes");
TABLE(signin_table, struct signin_row, signin_columns, signin_put_sql);

bool signin_put(struct db *db, const struct signin_row *row, struct error *error)
{
    return row_put(db, &signin_table, row, error);
}

DB_STATEMENT(signin_get_sql, "SELECT person, sealed, codes FROM signin WHERE person = $1");
bool signin_get(struct db *db, const struct id *key, struct arena *arena,
                struct signin_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &signin_get_sql);
    bind_id(&query, key);
    return row_first(&query, &signin_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(signin_drop_sql, "DELETE FROM signin WHERE person = $1");
bool signin_drop(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &signin_drop_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

DB_STATEMENT(signins_each_sql, "SELECT person, sealed, codes FROM signin ORDER BY person");
bool signins_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                  struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &signins_each_sql);
    return row_each(&query, &signin_table, arena, visit, context, error);
}

/* ---- link ---- */

static const struct column link_columns[] = {
    {COLUMN_ID, offsetof(struct link_row, hash)},
    {COLUMN_ID, offsetof(struct link_row, person)},
    {COLUMN_TEXT, offsetof(struct link_row, kind)},
    {COLUMN_ID, offsetof(struct link_row, made_by)},
    {COLUMN_NUMBER, offsetof(struct link_row, expires)},
};
DB_STATEMENT(link_put_sql, "INSERT INTO link (hash, person, kind, made_by, expires) "
                           "VALUES ($1, $2, $3, $4, $5) "
                           "ON CONFLICT (hash) DO UPDATE SET person = excluded.person, kind = "
                           "excluded.kind, made_by = excluded.made_by, expires = excluded.expires");
TABLE(link_table, struct link_row, link_columns, link_put_sql);

bool link_put(struct db *db, const struct link_row *row, struct error *error)
{
    return row_put(db, &link_table, row, error);
}

DB_STATEMENT(link_get_sql, "SELECT hash, person, kind, made_by, expires FROM link WHERE hash = $1");
bool link_get(struct db *db, const struct id *key, struct arena *arena, struct link_row *ret_row,
              bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &link_get_sql);
    bind_id(&query, key);
    return row_first(&query, &link_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(links_of_sql, "SELECT hash, person, kind, made_by, expires FROM link "
                           "WHERE person = $1 ORDER BY expires, hash");
bool links_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
              void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &links_of_sql);
    bind_id(&query, key);
    return row_each(&query, &link_table, arena, visit, context, error);
}

DB_STATEMENT(link_drop_sql, "DELETE FROM link WHERE hash = $1");
bool link_drop(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &link_drop_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

DB_STATEMENT(links_drop_of_sql, "DELETE FROM link WHERE person = $1");
bool links_drop_of(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &links_drop_of_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

/* ---- session ---- */

static const struct column session_columns[] = {
    {COLUMN_ID, offsetof(struct session_row, hash)},
    {COLUMN_ID, offsetof(struct session_row, person)},
    {COLUMN_BYTES, offsetof(struct session_row, sealed)},
    {COLUMN_NUMBER, offsetof(struct session_row, opened)},
    {COLUMN_NUMBER, offsetof(struct session_row, used)},
    {COLUMN_NUMBER, offsetof(struct session_row, ends)},
};
DB_STATEMENT(session_put_sql,
             "INSERT INTO session (hash, person, sealed, opened, used, ends) "
             "VALUES ($1, $2, $3, $4, $5, $6) "
             "ON CONFLICT (hash) DO UPDATE SET person = excluded.person, sealed = excluded.sealed, "
             "opened = excluded.opened, used = excluded.used, ends = excluded.ends");
TABLE(session_table, struct session_row, session_columns, session_put_sql);

bool session_put(struct db *db, const struct session_row *row, struct error *error)
{
    return row_put(db, &session_table, row, error);
}

DB_STATEMENT(session_get_sql,
             "SELECT hash, person, sealed, opened, used, ends FROM session WHERE hash = $1");
bool session_get(struct db *db, const struct id *key, struct arena *arena,
                 struct session_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &session_get_sql);
    bind_id(&query, key);
    return row_first(&query, &session_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(sessions_of_sql, "SELECT hash, person, sealed, opened, used, ends FROM session "
                              "WHERE person = $1 ORDER BY opened, hash");
bool sessions_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                 void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &sessions_of_sql);
    bind_id(&query, key);
    return row_each(&query, &session_table, arena, visit, context, error);
}

DB_STATEMENT(session_drop_sql, "DELETE FROM session WHERE hash = $1");
bool session_drop(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &session_drop_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

DB_STATEMENT(sessions_drop_of_sql, "DELETE FROM session WHERE person = $1");
bool sessions_drop_of(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &sessions_drop_of_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

DB_STATEMENT(sessions_drop_ended_sql, "DELETE FROM session WHERE ends < $1");
bool sessions_drop_ended(struct db *db, int64_t key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &sessions_drop_ended_sql);
    db_bind_number(&query, key);
    return db_do(&query, NULL, error);
}
