/* The statements of the list of uploads. */
#include "store/uploads.h"

DB_STATEMENT(upload_add, "INSERT INTO upload (name) VALUES ($1) ON CONFLICT (name) DO NOTHING");
DB_STATEMENT(upload_get, "SELECT 1 FROM upload WHERE name = $1");
DB_STATEMENT(upload_remove, "DELETE FROM upload WHERE name = $1");
DB_STATEMENT(upload_walk, "SELECT name FROM upload ORDER BY name");

bool uploads_add(struct db *db, struct slice name, bool *ret_new, struct error *error)
{
    struct db_query query;
    int64_t changed = 0;
    db_query(&query, db, &upload_add);
    db_bind_text(&query, name);
    if (!db_do(&query, &changed, error)) return false;
    if (ret_new != NULL) *ret_new = changed == 1;
    return true;
}

bool uploads_has(struct db *db, struct slice name, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &upload_get);
    db_bind_text(&query, name);
    enum db_step step = db_step(&query, error);
    if (step != DB_FAILED) *ret_found = step == DB_ROW;
    return step != DB_FAILED;
}

bool uploads_remove(struct db *db, struct slice name, struct error *error)
{
    struct db_query query;
    db_query(&query, db, &upload_remove);
    db_bind_text(&query, name);
    return db_do(&query, NULL, error);
}

bool uploads_each(struct db *db,
                  bool (*upload)(void *context, struct slice name, struct error *error),
                  void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &upload_walk);
    enum db_step step;
    while ((step = db_step(&query, error)) == DB_ROW)
        if (!upload(context, db_text(&query, 0), error)) return false;
    return step == DB_DONE;
}
