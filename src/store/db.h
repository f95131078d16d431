/* The thin driver: a connection, transactions, prepared statements with $1, $2 ... and typed columns. Nothing above it knows
 * which database answers. A connection belongs to one thread at a time. Statements are static data, declared with
 * DB_STATEMENT, so that a test can prepare every one of them on another database. */
#pragma once

#include "base/arena.h"
#include "base/error.h"

struct db; /* opaque */

struct db_options {
    bool read_only;
    bool create;     /* make the file where there is none */
    bool not_synced; /* tests only: commits are not flushed */
    const char *vfs; /* tests only: a VFS registered beforehand */
    int wait; /* milliseconds for which another program's lock is waited for; 0: five seconds */
};
/* `path` names the database file. Fails where it is missing, not ours, damaged or made by a newer version; opened to be
 * read only, also where it was made by an older one. */
MUST_USE bool db_open(const char *path, const struct db_options *options, struct db **ret_db,
                      struct error *error);
void db_close(struct db *db);

/* Brings the schema up to date, in one transaction. The version is the number of its scripts. */
MUST_USE bool db_migrate(struct db *db, struct error *error);
/* What this program knows. */
int db_schema_version(void);
/* The schema's scripts in order, for tests; NULL behind the last. */
const char *db_schema(size_t index);

MUST_USE bool db_begin(struct db *db, struct error *error); /* takes the write lock at once */
MUST_USE bool db_begin_read(struct db *db,
                            struct error *error); /* one unchanging view until db_end_read */
void db_end_read(struct db *db);
MUST_USE bool db_commit(struct db *db,
                        struct error *error); /* durable when it returns; failed: undone */
void db_rollback(struct db *db);              /* nothing where none is open */
/* False outside, and where a full disk or a fault has undone the whole transaction already. */
bool db_in_transaction(const struct db *db);
MUST_USE bool db_savepoint(struct db *db, struct error *error); /* one level */
MUST_USE bool db_release(struct db *db, struct error *error);
void db_rollback_to(struct db *db); /* and forgets the savepoint */
/* Much memory for pages while a very large transaction runs, which otherwise writes the same pages again and again; the
 * usual little, and the rest given back, when it is over. Only speed depends on it. */
void db_roomy(struct db *db, bool roomy);
/* Moves everything into the file, leaves no page of what was deleted: after erasing. Outside transactions. */
MUST_USE bool db_scrub(struct db *db, struct error *error);
/* A consistent copy while others write; `path` must not exist yet. On disk when it returns. Outside transactions. */
MUST_USE bool db_copy(struct db *db, const char *path, struct error *error);
/* Whether the file itself is sound. */
MUST_USE bool db_sound(struct db *db, struct error *error);

struct db_statement {
    const char *name, *text;
};
/* A statement of this file, also listed for tests. Parameters are $1, $2 ... in order of their first appearance. */
#define DB_STATEMENT(identifier, sql)                                                              \
    static const struct db_statement identifier = {#identifier, sql};                              \
    __attribute__((used, section("db_statements"),                                                 \
                   aligned(8))) static const struct db_statement *const identifier##_listed =      \
        &identifier

/* One use of a statement. Binds go in order; the first failure sticks and comes out of db_step. Always end it. */
struct db_query {
    struct db *db;
    const struct db_statement *statement;
    void *prepared; /* the driver's own */
    int bound;
    bool failed;
    int code; /* why, in the database's own numbers */
};
enum db_step { DB_FAILED, DB_ROW, DB_DONE };
void db_query(struct db_query *query, struct db *db, const struct db_statement *statement);
void db_bind_number(struct db_query *query, int64_t number);
void db_bind_text(struct db_query *query, struct slice text);   /* valid until db_end */
void db_bind_bytes(struct db_query *query, struct slice bytes); /* valid until db_end */
void db_bind_nothing(struct db_query *query);
enum db_step db_step(struct db_query *query, struct error *error);
/* Columns count from 0; slices are valid until the next step. NULL gives 0 or an empty slice. */
int64_t db_number(const struct db_query *query, int column);
struct slice db_text(const struct db_query *query, int column);
struct slice db_bytes(const struct db_query *query, int column);
bool db_is_nothing(const struct db_query *query, int column);
void db_end(struct db_query *query);
static inline void db_query_cleanup(struct db_query *query)
{
    db_end(query);
}
#define AUTO_QUERY __attribute__((cleanup(db_query_cleanup)))
/* Steps to the end and ends it: for statements without rows. `ret_changed` may be NULL. */
MUST_USE bool db_do(struct db_query *query, int64_t *ret_changed, struct error *error);
