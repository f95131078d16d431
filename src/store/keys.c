/* The statements of wrapped keys. Rows that cannot be a key's (an id of another length) are damage, and are said so. */
#include "store/keys.h"

DB_STATEMENT(vault_put, "INSERT INTO vault (name, wrapped) VALUES ($1, $2)"
                        " ON CONFLICT (name) DO UPDATE SET wrapped = excluded.wrapped");
DB_STATEMENT(vault_find, "SELECT wrapped FROM vault WHERE name = $1");
DB_STATEMENT(vault_walk, "SELECT name, wrapped FROM vault ORDER BY name");
DB_STATEMENT(key_add, "INSERT INTO person_key (id, person, wrapped) VALUES ($1, $2, $3)");
DB_STATEMENT(key_of, "SELECT id, person, wrapped FROM person_key WHERE person = $1");
DB_STATEMENT(key_get, "SELECT id, person, wrapped FROM person_key WHERE id = $1");
DB_STATEMENT(key_remove, "DELETE FROM person_key WHERE id = $1");
DB_STATEMENT(key_walk, "SELECT id, person, wrapped FROM person_key ORDER BY id");
DB_STATEMENT(key_rewrap, "UPDATE person_key SET wrapped = $1 WHERE id = $2");
DB_STATEMENT(key_count, "SELECT count(*) FROM person_key");

/* ---- the vault ---- */

bool vault_set(struct db *db, struct slice name, struct slice wrapped, struct error *error)
{
    struct db_query query;
    db_query(&query, db, &vault_put);
    db_bind_text(&query, name);
    db_bind_bytes(&query, wrapped);
    return db_do(&query, NULL, error);
}

bool vault_get(struct db *db, struct slice name, struct arena *arena, struct slice *ret_wrapped,
               bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &vault_find);
    db_bind_text(&query, name);
    enum db_step step = db_step(&query, error);
    if (step == DB_FAILED) return false;
    *ret_found = step == DB_ROW;
    if (step == DB_ROW) *ret_wrapped = arena_copy(arena, db_bytes(&query, 0));
    return true;
}

bool vault_each(struct db *db,
                bool (*entry)(void *context, struct slice name, struct slice wrapped,
                              struct error *error),
                void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &vault_walk);
    enum db_step step;
    while ((step = db_step(&query, error)) == DB_ROW)
        if (!entry(context, db_text(&query, 0), db_bytes(&query, 1), error)) return false;
    return step == DB_DONE;
}

/* ---- a key a person ---- */

static bool key_row(const struct db_query *query, struct person_key_row *ret_row,
                    struct error *error)
{
    struct person_key_row row = {.wrapped = db_bytes(query, 2)};
    if (!id_of_bytes(db_bytes(query, 0), &row.id) ||
        !id_of_bytes(db_bytes(query, 1), &row.person)) {
        error_set(error, ERROR_READ, "A row of the persons' keys was changed by another program.");
        return error_advise(error, "Bring back the keys of the last backup: 'lanyard restore'.");
    }
    *ret_row = row;
    return true;
}

bool person_keys_add(struct db *db, const struct person_key_row *row, struct error *error)
{
    struct db_query query;
    db_query(&query, db, &key_add);
    db_bind_bytes(&query, id_slice(&row->id));
    db_bind_bytes(&query, id_slice(&row->person));
    db_bind_bytes(&query, row->wrapped);
    return db_do(&query, NULL, error);
}

static bool find_key(struct db *db, const struct db_statement *statement, const struct id *id,
                     struct arena *arena, struct person_key_row *ret_row, bool *ret_found,
                     struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, statement);
    db_bind_bytes(&query, id_slice(id));
    enum db_step step = db_step(&query, error);
    if (step == DB_FAILED) return false;
    *ret_found = step == DB_ROW;
    if (step == DB_DONE) return true;
    if (!key_row(&query, ret_row, error)) return false;
    ret_row->wrapped = arena_copy(arena, ret_row->wrapped);
    return true;
}

bool person_keys_of(struct db *db, const struct id *person, struct arena *arena,
                    struct person_key_row *ret_row, bool *ret_found, struct error *error)
{
    return find_key(db, &key_of, person, arena, ret_row, ret_found, error);
}

bool person_keys_get(struct db *db, const struct id *id, struct arena *arena,
                     struct person_key_row *ret_row, bool *ret_found, struct error *error)
{
    return find_key(db, &key_get, id, arena, ret_row, ret_found, error);
}

bool person_keys_remove(struct db *db, const struct id *id, bool *ret_found, struct error *error)
{
    struct db_query query;
    int64_t changed = 0;
    db_query(&query, db, &key_remove);
    db_bind_bytes(&query, id_slice(id));
    if (!db_do(&query, &changed, error)) return false;
    *ret_found = changed == 1;
    return true;
}

bool person_keys_each(struct db *db,
                      bool (*key)(void *context, const struct person_key_row *row,
                                  struct error *error),
                      void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &key_walk);
    enum db_step step;
    while ((step = db_step(&query, error)) == DB_ROW) {
        struct person_key_row row;
        if (!key_row(&query, &row, error) || !key(context, &row, error)) return false;
    }
    return step == DB_DONE;
}

bool person_keys_rewrap(struct db *db, const struct id *id, struct slice wrapped,
                        struct error *error)
{
    struct db_query query;
    int64_t changed = 0;
    db_query(&query, db, &key_rewrap);
    db_bind_bytes(&query, wrapped);
    db_bind_bytes(&query, id_slice(id));
    if (!db_do(&query, &changed, error)) return false;
    if (changed == 1) return true;
    return error_set(error, ERROR_INTERNAL, "A person's key was gone before it was wrapped again.");
}

bool person_keys_count(struct db *db, uint64_t *ret_count, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &key_count);
    if (db_step(&query, error) != DB_ROW) return false;
    *ret_count = (uint64_t)db_number(&query, 0);
    return true;
}
