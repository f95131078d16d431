/* Transactions, and statements prepared once a connection and found again by their address. */
#include "store/db_parts.h"

#include <assert.h>
#include <stdlib.h>

static const struct db_statement begin_write = {"begin", "BEGIN IMMEDIATE"};
static const struct db_statement begin_read = {"begin to read", "BEGIN"};
static const struct db_statement take_view = {"take a view", "SELECT 1 FROM sqlite_schema"};
static const struct db_statement commit = {"commit", "COMMIT"};
static const struct db_statement roll_back = {"roll back", "ROLLBACK"};
static const struct db_statement savepoint = {"savepoint", "SAVEPOINT act"};
static const struct db_statement release = {"release", "RELEASE act"};
static const struct db_statement roll_back_to = {"roll back to", "ROLLBACK TO act"};

/* ---- transactions ---- */

static bool run(struct db *db, const struct db_statement *statement, struct error *error)
{
    struct db_query query;
    db_query(&query, db, statement);
    return db_do(&query, NULL, error);
}

bool db_in_transaction(const struct db *db)
{
    return sqlite3_get_autocommit(db->at) == 0;
}

bool db_begin(struct db *db, struct error *error)
{
    assert(!db_in_transaction(db));
    return run(db, &begin_write, error);
}

bool db_begin_read(struct db *db, struct error *error)
{
    assert(!db_in_transaction(db));
    if (!run(db, &begin_read, error)) return false;
    if (run(db, &take_view, error)) return true;
    db_rollback(db);
    return false;
}

void db_end_read(struct db *db)
{
    db_rollback(db);
}

bool db_commit(struct db *db, struct error *error)
{
    bool good = db->broken ? db_failure(db, SQLITE_IOERR, "undoing an act", error)
                           : run(db, &commit, error);
    if (!good) db_rollback(db);
    return good;
}

void db_rollback(struct db *db)
{
    struct error ignored; /* ROLLBACK fails only where nothing is open any more */
    if (db_in_transaction(db)) (void)!run(db, &roll_back, &ignored);
    db->broken = false;
}

bool db_savepoint(struct db *db, struct error *error)
{
    assert(db_in_transaction(db));
    return run(db, &savepoint, error);
}

bool db_release(struct db *db, struct error *error)
{
    return run(db, &release, error);
}

void db_rollback_to(struct db *db)
{
    struct error ignored;
    if (!db_in_transaction(db)) return;
    if (!run(db, &roll_back_to, &ignored) || !run(db, &release, &ignored)) db->broken = true;
}

/* ---- prepared statements ---- */

static size_t place_of(const struct db_statement *statement, size_t space)
{
    uint64_t mixed = (uint64_t)(uintptr_t)statement * 0x9E3779B97F4A7C15u;
    return (size_t)(mixed >> 32) & (space - 1);
}

/* The slot of a statement, or the empty one where it belongs. */
static struct prepared **slot_of(struct prepared **slots, size_t space,
                                 const struct db_statement *statement)
{
    size_t place = place_of(statement, space);
    while (slots[place] != NULL && slots[place]->statement != statement)
        place = (place + 1) & (space - 1);
    return &slots[place];
}

static void make_room(struct db *db)
{
    if (db->count * 2 < db->space) return;
    size_t space = db->space == 0 ? 64 : db->space * 2;
    struct prepared **slots = memory_grow(NULL, space * sizeof *slots);
    for (size_t i = 0; i < space; i++) slots[i] = NULL;
    for (size_t i = 0; i < db->space; i++)
        if (db->prepared[i] != NULL)
            *slot_of(slots, space, db->prepared[i]->statement) = db->prepared[i];
    free(db->prepared);
    db->prepared = slots;
    db->space = space;
}

/* Parameters are numbered by their first appearance, in SQLite as in the binds: $1 must come first. */
static bool numbered(sqlite3_stmt *at)
{
    int count = sqlite3_bind_parameter_count(at);
    for (int i = 1; i <= count; i++) {
        const char *name = sqlite3_bind_parameter_name(at, i);
        if (name == NULL || name[0] != '$' || strtol(name + 1, NULL, 10) != i) return false;
    }
    return true;
}

/* NULL where SQLite refuses it. */
static struct prepared *prepare(struct db *db, const struct db_statement *statement, bool kept,
                                int *ret_code)
{
    sqlite3_stmt *at = NULL;
    unsigned flags = kept ? SQLITE_PREPARE_PERSISTENT : 0;
    *ret_code = sqlite3_prepare_v3(db->at, statement->text, -1, flags, &at, /* escapes: static */
                                   NULL);
    if (*ret_code != SQLITE_OK) return NULL;
    assert(numbered(at));
    struct prepared *prepared = memory_grow(NULL, sizeof *prepared);
    *prepared = (struct prepared){.statement = statement, .at = at, .kept = kept};
    return prepared;
}

static void forget(struct prepared *prepared)
{
    sqlite3_finalize(prepared->at);
    free(prepared);
}

/* The kept one; a fresh one where that is being read from, as by a walk whose callback asks the same. */
static struct prepared *find(struct db *db, const struct db_statement *statement, int *ret_code)
{
    make_room(db);
    struct prepared **slot = slot_of(db->prepared, db->space, statement);
    if (*slot != NULL) return (*slot)->used ? prepare(db, statement, false, ret_code) : *slot;
    *slot = prepare(db, statement, true, ret_code);
    if (*slot != NULL) db->count++;
    return *slot;
}

void db_forget_statements(struct db *db)
{
    for (size_t i = 0; i < db->space; i++)
        if (db->prepared[i] != NULL) forget(db->prepared[i]);
    free(db->prepared);
    db->prepared = NULL;
    db->space = db->count = 0;
}

/* ---- queries ---- */

static sqlite3_stmt *at_of(const struct db_query *query)
{
    return ((struct prepared *)query->prepared)->at;
}

static void note(struct db_query *query, int code)
{
    if (code == SQLITE_OK || query->failed) return;
    query->failed = true;
    query->code = code;
}

void db_query(struct db_query *query, struct db *db, const struct db_statement *statement)
{
    int code = SQLITE_OK;
    struct prepared *prepared = find(db, statement, &code);
    *query = (struct db_query){.db = db, .statement = statement, .prepared = prepared};
    query->failed = prepared == NULL;
    query->code = code;
    if (prepared != NULL) prepared->used = true;
}

void db_bind_number(struct db_query *query, int64_t number)
{
    query->bound++;
    if (!query->failed) note(query, sqlite3_bind_int64(at_of(query), query->bound, number));
}

void db_bind_text(struct db_query *query, struct slice text)
{
    query->bound++;
    if (query->failed) return;
    note(query, sqlite3_bind_text64(at_of(query), query->bound, text.at, text.length, SQLITE_STATIC,
                                    SQLITE_UTF8));
}

void db_bind_bytes(struct db_query *query, struct slice bytes)
{
    query->bound++;
    if (query->failed) return;
    note(query,
         sqlite3_bind_blob64(at_of(query), query->bound, bytes.at, bytes.length, SQLITE_STATIC));
}

void db_bind_nothing(struct db_query *query)
{
    query->bound++;
    if (!query->failed) note(query, sqlite3_bind_null(at_of(query), query->bound));
}

enum db_step db_step(struct db_query *query, struct error *error)
{
    if (!query->failed) {
        assert(query->bound == sqlite3_bind_parameter_count(at_of(query)));
        int code = sqlite3_step(at_of(query));
        if (code == SQLITE_ROW) return DB_ROW;
        if (code == SQLITE_DONE) return DB_DONE;
        note(query, code);
    }
    db_failure(query->db, query->code, query->statement->name, error);
    return DB_FAILED;
}

int64_t db_number(const struct db_query *query, int column)
{
    return sqlite3_column_int64(at_of(query), column);
}

struct slice db_text(const struct db_query *query, int column)
{
    const char *text = (const char *)sqlite3_column_text(at_of(query), column);
    if (text == NULL) return SLICE_EMPTY;
    return (struct slice){text, (size_t)sqlite3_column_bytes(at_of(query), column)};
}

struct slice db_bytes(const struct db_query *query, int column)
{
    const void *bytes = sqlite3_column_blob(at_of(query), column);
    if (bytes == NULL) return SLICE_EMPTY;
    return (struct slice){bytes, (size_t)sqlite3_column_bytes(at_of(query), column)};
}

bool db_is_nothing(const struct db_query *query, int column)
{
    return sqlite3_column_type(at_of(query), column) == SQLITE_NULL;
}

void db_end(struct db_query *query)
{
    struct prepared *prepared = query->prepared;
    query->prepared = NULL;
    if (prepared == NULL) return;
    if (!prepared->kept) {
        forget(prepared);
        return;
    }
    sqlite3_reset(prepared->at);
    sqlite3_clear_bindings(prepared->at);
    prepared->used = false;
}

bool db_do(struct db_query *query, int64_t *ret_changed, struct error *error)
{
    enum db_step step;
    while ((step = db_step(query, error)) == DB_ROW) continue;
    if (step == DB_DONE && ret_changed != NULL) *ret_changed = sqlite3_changes64(query->db->at);
    db_end(query);
    return step == DB_DONE;
}
