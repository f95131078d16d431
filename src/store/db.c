/* Opens and closes a connection, brings the schema up to date, and does what concerns the whole file: scrub, copy, check.
 * db_query.c has transactions and statements, db_failure.c the sentences for what goes wrong. */
#include "base/text.h"
#include "store/db_parts.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION_ID 0x4C594431 /* LYD1 */
#define WAIT_MILLISECONDS 5000
#define PATH_LARGEST ((size_t)4096)

/* ---- what statements may do ---- */

static bool changes_schema(int action)
{
    switch (action) {
    case SQLITE_CREATE_INDEX:
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_CREATE_VIEW:
    case SQLITE_CREATE_VTABLE:
    case SQLITE_DROP_INDEX:
    case SQLITE_DROP_TABLE:
    case SQLITE_DROP_TRIGGER:
    case SQLITE_DROP_VIEW:
    case SQLITE_DROP_VTABLE:
    case SQLITE_ALTER_TABLE: return true;
    default: return false;
    }
}

/* A statement reads and writes rows. Other files, settings, code and the schema are the driver's alone. */
static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *trigger)
{
    (void)first, (void)database, (void)trigger;
    const struct db *db = context;
    if (db->trusted) return SQLITE_OK;
    if (action == SQLITE_ATTACH || action == SQLITE_DETACH || action == SQLITE_PRAGMA ||
        changes_schema(action))
        return SQLITE_DENY;
    if (action == SQLITE_FUNCTION && second != NULL && strcmp(second, "load_extension") == 0)
        return SQLITE_DENY;
    return SQLITE_OK;
}

bool db_own_text(struct db *db, const char *text, struct error *error)
{
    bool before = db->trusted;
    db->trusted = true;
    int code = sqlite3_exec(db->at, text, NULL, NULL, NULL); /* escapes: the driver's own text */
    db->trusted = before;
    return code == SQLITE_OK || db_failure(db, code, "the driver's own work", error);
}

static int take_number(void *context, int columns, char **values, char **names)
{
    (void)names;
    int64_t *number = context;
    if (columns > 0 && values[0] != NULL) *number = strtoll(values[0], NULL, 10);
    return 0;
}

/* The first column of the last row of a text of the driver's own. */
static bool run_number(struct db *db, const char *text, int64_t *ret_number, struct error *error)
{
    int64_t number = 0;
    db->trusted = true;
    int code = sqlite3_exec(db->at, text, take_number, &number, NULL); /* escapes: its own text */
    db->trusted = false;
    if (code != SQLITE_OK) return db_failure(db, code, "the driver's own question", error);
    *ret_number = number;
    return true;
}

/* ---- opening ---- */

static bool missing(const struct db *db, struct error *error)
{
    error_set(error, ERROR_READ, "There is no record at %s.", db->path);
    return error_advise(error, "Check the folder's name; 'lanyard init DIR' makes a new one.");
}

/* Made by hand, so that nobody else may read it from its first moment; SQLite gives its other files the same mode. */
static bool make_file(struct db *db, struct error *error)
{
    int handle = open(db->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (handle >= 0) {
        close(handle);
        return true;
    }
    if (errno == EEXIST) return true;
    int reason = errno;
    error_set(error, ERROR_READ, "%s cannot be made: %s.", db->path, strerror(reason));
    return error_advise(error, "Check that the folder exists, that the user who runs Lanyard may "
                               "write in it, and that there is room on its disk.");
}

static bool find_file(struct db *db, bool create, struct error *error)
{
    struct stat about;
    if (create && !make_file(db, error)) return false;
    if (stat(db->path, &about) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) return missing(db, error);
        error_set(error, ERROR_READ, "%s cannot be opened: %s.", db->path, strerror(errno));
        return error_advise(error, "Check that the user who runs Lanyard may read the folder.");
    }
    if (S_ISREG(about.st_mode)) return true;
    error_set(error, ERROR_READ, "%s is not a file.", db->path);
    return error_advise(error, "Name the data folder, not a folder inside it.");
}

static bool beside(const struct db *db, const char *end)
{
    struct stat about;
    AUTO_TEXT struct text path = {.at = NULL};
    text_init(&path, PATH_LARGEST);
    text_format(&path, "%s%s", db->path, end);
    return stat(path.at, &about) == 0;
}

static bool folder_is_writable(const struct db *db)
{
    AUTO_TEXT struct text folder = {.at = NULL};
    const char *slash = strrchr(db->path, '/');
    text_init(&folder, PATH_LARGEST);
    text_format(&folder, "%.*s", slash == NULL ? 0 : (int)(slash - db->path) + 1, db->path);
    return access(folder.length == 0 ? "." : folder.at, W_OK) == 0;
}

/* A folder that cannot be written (a backup on a disc, another user's copy) and that no server has open: SQLite could not
 * make the two files by which it would otherwise agree with writers, and need not. */
static bool is_at_rest(const struct db *db, const struct db_options *options)
{
    return options->read_only && !folder_is_writable(db) && !beside(db, "-wal") &&
           !beside(db, "-shm");
}

static int open_at_rest(struct db *db, int flags, const char *vfs)
{
    AUTO_TEXT struct text uri = {.at = NULL};
    text_init(&uri, 4 * PATH_LARGEST);
    text_add_string(&uri, "file:");
    for (const char *at = db->path; *at != '\0'; at++)
        text_format(&uri, isalnum((unsigned char)*at) || *at == '/' ? "%c" : "%%%02X",
                    (unsigned char)*at);
    text_add_string(&uri, "?immutable=1");
    if (uri.overflowed) return SQLITE_CANTOPEN;
    return sqlite3_open_v2(uri.at, &db->at, flags | SQLITE_OPEN_URI, vfs);
}

static bool open_file(struct db *db, const struct db_options *options, struct error *error)
{
    int flags = (options->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = is_at_rest(db, options) ? open_at_rest(db, flags, options->vfs)
                                       : sqlite3_open_v2(db->path, &db->at, flags, options->vfs);
    if (code != SQLITE_OK) return db_failure(db, code, "opening", error);
    sqlite3_busy_timeout(db->at, db->wait);
    /* No JSON function stands in the schema: with an untrusted schema SQLite 3.40 refuses those in checks. */
    sqlite3_db_config(db->at, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->at, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->at, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(db->at, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db->at, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_set_authorizer(db->at, authorize, db);
    if (options->read_only || sqlite3_db_readonly(db->at, "main") != 1) return true;
    return db_failure(db, SQLITE_READONLY, "opening", error);
}

static bool newer(const struct db *db, int64_t version, struct error *error)
{
    error_set(error, ERROR_READ,
              "%s was written by a newer Lanyard (its tables are version %lld, this program knows "
              "%d).",
              db->path, (long long)version, db_schema_version());
    return error_advise(error, "Nothing was touched. Use the newer program, or restore a backup "
                               "made with this one.");
}

static bool older(const struct db *db, struct error *error)
{
    error_set(error, ERROR_READ,
              "%s was written by an older Lanyard and is opened to be read only.", db->path);
    return error_advise(error, "Start the server on it once: that brings it up to date.");
}

/* Whose file it is and how old. An empty file is taken for a new one only where one may be made. */
static bool check_version(struct db *db, const struct db_options *options, struct error *error)
{
    int64_t application = 0, version = 0, tables = 0;
    if (!run_number(db, "PRAGMA application_id", &application, error) ||
        !run_number(db, "PRAGMA user_version", &version, error) ||
        !run_number(db, "SELECT count(*) FROM sqlite_schema", &tables, error))
        return false;
    bool blank = application == 0 && version == 0 && tables == 0;
    if (blank && options->create) return true;
    if (blank) {
        error_set(error, ERROR_READ, "%s is empty: making it was not finished.", db->path);
        return error_advise(error, "Remove the folder, then run 'lanyard init' again.");
    }
    if (application != APPLICATION_ID) return db_failure(db, SQLITE_NOTADB, "opening", error);
    if (version > db_schema_version()) return newer(db, version, error);
    if (options->read_only && version < db_schema_version()) return older(db, error);
    return true;
}

static int take_wal(void *context, int columns, char **values, char **names)
{
    (void)names;
    bool *is_wal = context;
    *is_wal = columns > 0 && values[0] != NULL && strcmp(values[0], "wal") == 0;
    return 0;
}

static bool use_wal(struct db *db, struct error *error)
{
    bool is_wal = false;
    db->trusted = true;
    int code = sqlite3_exec(db->at, "PRAGMA journal_mode=WAL", take_wal, &is_wal, NULL);
    db->trusted = false;
    if (code != SQLITE_OK) return db_failure(db, code, "opening", error);
    if (is_wal) return true;
    error_set(error, ERROR_READ, "%s lies on a disk that cannot hold it safely.", db->path);
    return error_advise(error, "Put the folder on a disk of this machine, not on one shared over "
                               "the network.");
}

/* Memory-mapped reading stays off: there a failing disk would end the program instead of giving an error. */
static bool set_up(struct db *db, const struct db_options *options, struct error *error)
{
    return db_own_text(db,
                       "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA mmap_size=0;"
                       "PRAGMA cell_size_check=ON; PRAGMA journal_size_limit=67108864;",
                       error) &&
           db_own_text(db,
                       options->not_synced ? "PRAGMA synchronous=OFF" : "PRAGMA synchronous=FULL",
                       error);
}

void db_roomy(struct db *db, bool roomy)
{
    struct error ignored = {.code = ERROR_NONE};
    if (!db_own_text(db, roomy ? "PRAGMA cache_size=-32768" : "PRAGMA cache_size=-2000", &ignored))
        return;
    if (!roomy) sqlite3_db_release_memory(db->at);
}

bool db_open(const char *path, const struct db_options *options, struct db **ret_db,
             struct error *error)
{
    size_t size = strlen(path) + 1;
    struct db *db = memory_grow(NULL, sizeof *db);
    *db = (struct db){.path = memory_grow(NULL, size), .vfs = options->vfs};
    memcpy(db->path, path, size);
    db->wait = options->wait > 0 ? options->wait : WAIT_MILLISECONDS;
    if (find_file(db, options->create && !options->read_only, error) &&
        open_file(db, options, error) && check_version(db, options, error) &&
        (options->read_only || use_wal(db, error)) && set_up(db, options, error)) {
        *ret_db = db;
        return true;
    }
    db_close(db);
    return false;
}

void db_close(struct db *db)
{
    if (db == NULL) return;
    db_forget_statements(db);
    int code = sqlite3_close(db->at);
    assert(code == SQLITE_OK && "a query was not ended");
    (void)code;
    free(db->path);
    free(db);
}

/* ---- the schema ---- */

int db_schema_version(void)
{
    int version = 0;
    while (db_schema((size_t)version) != NULL) version++;
    return version;
}

static bool set_number(struct db *db, const char *pragma, int number, struct error *error)
{
    char *text = sqlite3_mprintf("PRAGMA %s=%d", pragma, number);
    bool good = text != NULL
                    ? db_own_text(db, text, error) /* escapes: a word and a number of ours */
                    : db_failure(db, SQLITE_NOMEM, pragma, error);
    sqlite3_free(text);
    return good;
}

static bool run_scripts(struct db *db, struct error *error)
{
    int64_t version = 0;
    if (!run_number(db, "PRAGMA user_version", &version, error)) return false;
    if (version > db_schema_version()) return newer(db, version, error);
    if (version == db_schema_version()) return true;
    for (size_t index = (size_t)version; db_schema(index) != NULL; index++)
        if (!db_own_text(db, db_schema(index), error))
            return false; /* escapes: built into the program */
    return set_number(db, "application_id", APPLICATION_ID, error) &&
           set_number(db, "user_version", db_schema_version(), error);
}

bool db_migrate(struct db *db, struct error *error)
{
    if (!db_begin(db, error)) return false;
    if (run_scripts(db, error)) return db_commit(db, error);
    db_rollback(db);
    return false;
}

/* ---- the whole file ---- */

static bool empty_wal(struct db *db, struct error *error)
{
    int code = sqlite3_wal_checkpoint_v2(db->at, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return code == SQLITE_OK || db_failure(db, code, "moving everything into the file", error);
}

/* The first checkpoint keeps the copy that VACUUM writes from growing a log that is long already. */
bool db_scrub(struct db *db, struct error *error)
{
    assert(!db_in_transaction(db));
    return empty_wal(db, error) && db_own_text(db, "VACUUM", error) && empty_wal(db, error);
}

static bool flush(const char *path, int flags)
{
    int handle = open(path, flags | O_RDONLY | O_CLOEXEC);
    if (handle < 0) return false;
    bool good = fsync(handle) == 0;
    return close(handle) == 0 && good;
}

/* The file and its name in the folder. */
static bool flush_copy(const char *path, struct error *error)
{
    char *folder = memory_grow(NULL, strlen(path) + 2);
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    snprintf(folder, strlen(path) + 2, "%.*s%s", (int)length, path,
             slash == NULL ? "."
             : length == 0 ? "/"
                           : "");
    bool good = flush(path, 0) && flush(folder, O_DIRECTORY);
    int reason = errno;
    free(folder);
    if (good) return true;
    error_set(error, ERROR_READ, "The copy %s could not be written out: %s.", path,
              strerror(reason));
    return error_advise(error, "Do not rely on this copy. Check that disk, then make another.");
}

static bool copy_into(struct db *db, const char *path, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    db->trusted = true;
    int code = sqlite3_prepare_v2(db->at, "VACUUM INTO $1", -1, &statement, NULL);
    if (code == SQLITE_OK) code = sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    db->trusted = false;
    bool good = code == SQLITE_DONE || db_failure(db, code, "copying", error);
    sqlite3_finalize(statement);
    return good;
}

bool db_copy(struct db *db, const char *path, struct error *error)
{
    assert(!db_in_transaction(db));
    int handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (handle < 0) {
        error_set(error, ERROR_READ, "%s cannot be made: %s.", path, strerror(errno));
        return error_advise(error, "Name a file that does not exist yet, in a folder that you may "
                                   "write.");
    }
    close(handle);
    if (copy_into(db, path, error) && flush_copy(path, error)) return true;
    unlink(path);
    return false;
}

bool db_sound(struct db *db, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    db->trusted = true;
    int code = sqlite3_prepare_v2(db->at, "PRAGMA integrity_check(1)", -1, &statement, NULL);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    db->trusted = false;
    bool good =
        code == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    if (!good) db_failure(db, code == SQLITE_ROW ? SQLITE_CORRUPT : code, "checking", error);
    sqlite3_finalize(statement);
    return good;
}
