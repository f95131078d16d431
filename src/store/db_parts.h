/* What the driver's own files share: the connection, its prepared statements, and how a failure of SQLite becomes an error
 * for a person. Nobody else includes it. */
#pragma once

#include "store/db.h"

#include <sqlite3.h>

struct prepared {
    const struct db_statement *statement; /* the key of the hash */
    sqlite3_stmt *at;
    bool used; /* by a query that has not ended */
    bool kept; /* in the hash; else for one query only */
};

struct db {
    sqlite3 *at;
    char *path;
    const char *vfs;
    int wait;                   /* milliseconds */
    bool trusted;               /* the driver's own PRAGMA, VACUUM or schema script runs */
    bool broken;                /* a savepoint could not be undone: nothing may be committed */
    struct prepared **prepared; /* open addressing by the statement's address; a power of two */
    size_t space, count;
};

/* Fills `error` from an SQLite result code and returns false. `doing` names the statement or the work, never a value. */
bool db_failure(const struct db *db, int code, const char *doing, struct error *error);
/* Runs text of the driver's own. */
MUST_USE bool db_own_text(struct db *db, const char *text, struct error *error);
void db_forget_statements(struct db *db);
