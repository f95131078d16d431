/* Taking keys and secrets out of a copy; see backup.h. */
#include "store/backup.h"

DB_STATEMENT(strip_person_key_sql, "DELETE FROM person_key");
DB_STATEMENT(strip_vault_sql, "DELETE FROM vault");
DB_STATEMENT(strip_signin_sql, "DELETE FROM signin");
DB_STATEMENT(strip_link_sql, "DELETE FROM link");
DB_STATEMENT(strip_session_sql, "DELETE FROM session");
DB_STATEMENT(strip_outbox_sql, "DELETE FROM outbox");

static bool strip_all(struct db *db, struct error *error)
{
    static const struct db_statement *const statements[] = {
        &strip_person_key_sql, &strip_vault_sql,   &strip_signin_sql,
        &strip_link_sql,       &strip_session_sql, &strip_outbox_sql};
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        struct db_query query;
        db_query(&query, db, statements[i]);
        if (!db_do(&query, NULL, error)) return false;
    }
    return true;
}

bool backup_strip(struct db *db, struct error *error)
{
    if (!db_begin(db, error)) return false;
    if (strip_all(db, error)) return db_commit(db, error);
    db_rollback(db);
    return false;
}
