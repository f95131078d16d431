/* Turns SQLite's result codes into sentences with what to do next. No bound value reaches a sentence: SQLite's own message
 * is given only where a statement could not be prepared, when nothing is bound yet. */
#include "store/db_parts.h"

#include <errno.h>
#include <string.h>

static bool full(const struct db *db, struct error *error)
{
    error_set(error, ERROR_READ, "There is no room left on the disk that holds %s.", db->path);
    return error_advise(error, "Nothing was half written. Free some space on that disk, then try "
                               "again.");
}

static bool damaged(const struct db *db, struct error *error)
{
    error_set(error, ERROR_READ, "The file %s is damaged.", db->path);
    return error_advise(error, "Stop the server and keep a copy of the folder as it is. Then bring "
                               "back the last backup with 'lanyard restore'; 'lanyard verify' says "
                               "which events of the damaged file are still whole.");
}

static bool not_ours(const struct db *db, struct error *error)
{
    error_set(error, ERROR_READ, "%s is not a record of Lanyard, or its beginning is damaged.",
              db->path);
    return error_advise(error, "Check the folder's name. If it is the right one, keep a copy and "
                               "bring back the last backup with 'lanyard restore'.");
}

static bool in_use(const struct db *db, struct error *error)
{
    error_set(error, ERROR_READ, "%s is in use: another program held it for longer than %d ms.",
              db->path, db->wait);
    return error_advise(error,
                        "Nothing was changed. Close what else works on this folder (a second "
                        "server, a backup, a database browser), then try again.");
}

static bool not_writable(const struct db *db, struct error *error)
{
    error_set(error, ERROR_READ, "%s can be read but not written.", db->path);
    return error_advise(error, "The folder, and every file in it, must belong to the user who runs "
                               "Lanyard and be writable, on a disk that is not mounted read-only.");
}

static bool cannot_open(const struct db *db, struct error *error)
{
    int reason = db->at == NULL ? 0 : sqlite3_system_errno(db->at);
    error_set(error, ERROR_READ, "%s cannot be opened%s%s.", db->path, reason == 0 ? "" : ": ",
              reason == 0 ? "" : strerror(reason));
    return error_advise(error,
                        "Check that the folder exists and that the user who runs Lanyard may "
                        "read and write it and every file in it.");
}

static bool disk_fault(const struct db *db, int code, struct error *error)
{
    int reason = db->at == NULL ? 0 : sqlite3_system_errno(db->at);
    if (reason == ENOSPC || reason == EDQUOT) return full(db, error);
    error_set(error, ERROR_READ, "The disk that holds %s did not do as asked: %s (%d)%s%s.",
              db->path, sqlite3_errstr(code), code, reason == 0 ? "" : ", ",
              reason == 0 ? "" : strerror(reason));
    return error_advise(error, "What was not confirmed is undone. Look into the machine's log for "
                               "disk faults before going on, and make a backup.");
}

static bool unfit(const struct db *db, int code, const char *doing, struct error *error)
{
    bool text = (code & 0xFF) == SQLITE_ERROR && db->at != NULL;
    error_set(error, ERROR_INTERNAL, "%s could not do '%s': %s (%d).", db->path, doing,
              text ? sqlite3_errmsg(db->at) : sqlite3_errstr(code), code);
    return error_advise(error, "This is a fault of Lanyard, not of yours: nothing was changed. "
                               "Please report it with this message.");
}

bool db_failure(const struct db *db, int code, const char *doing, struct error *error)
{
    switch (code & 0xFF) {
    case SQLITE_FULL: return full(db, error);
    case SQLITE_CORRUPT: return damaged(db, error);
    case SQLITE_NOTADB: return not_ours(db, error);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return in_use(db, error);
    case SQLITE_READONLY: return not_writable(db, error);
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return cannot_open(db, error);
    case SQLITE_IOERR: return disk_fault(db, code, error);
    default: return unfit(db, code, doing, error);
    }
}
