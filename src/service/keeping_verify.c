/* Checking a data folder or a bundle from its rows alone, and writing such a bundle; see keeping.h. No key is asked for. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/bundle.h"
#include "ledger/sha256.h"
#include "service/keeping.h"
#include "service/keeping_folder.h"
#include "service/upload.h"
#include "store/events.h"

#define PIECE (256u << 10)

/* ---- a folder's rows ------------------------------------------------------------------------------ */

bool keeping_folder_is(const char *folder, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    if (access(arena_format(arena, "%s/lanyard.db", folder).at, F_OK) == 0) return true;
    error_set(error, ERROR_READ, "%s is no data folder: there is no lanyard.db in it", folder);
    return error_advise(error, "Name the folder that `lanyard init` made");
}

bool keeping_folder_open(const char *folder, struct db **ret_db, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct db_options options = {.read_only = true};
    return keeping_folder_is(folder, error) &&
           db_open(arena_format(arena, "%s/lanyard.db", folder).at, &options, ret_db, error);
}

static bool see_checkpoint(void *context, const struct checkpoint_row *row, struct error *error)
{
    (void)error;
    verify_checkpoint(context, row->day, row->size, row->note);
    return true;
}

static bool see_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    (void)error;
    verify_event(context, n, body);
    return true;
}

static bool hash_file(int file, struct tree_hash *ret_hash)
{
    struct sha256 hash;
    AUTO(arena) struct arena *arena = arena_new();
    char *piece = arena_take(arena, PIECE, 1);
    ssize_t got;
    sha256_begin(&hash);
    while ((got = read(file, piece, PIECE)) > 0)
        sha256_add(&hash, (struct slice){piece, (size_t)got});
    sha256_end(&hash, ret_hash->at);
    return got == 0;
}

static bool see_upload(void *context, struct slice name, int file, struct error *error)
{
    struct tree_hash hash;
    (void)error;
    if (hash_file(file, &hash)) {
        verify_upload(context, name, &hash);
    } else {
        verify_found(context, "upload-changed", "the upload %.*s cannot be read",
                     SLICE_PRINT(name));
    }
    return true;
}

/* Files with other names are no uploads: a draft that a killed process left has one. */
static bool is_upload(const char *name)
{
    return strlen(name) == UPLOAD_NAME_LENGTH &&
           strspn(name, "0123456789abcdef") == UPLOAD_NAME_LENGTH;
}

bool keeping_uploads_each(const char *folder, keeping_upload *upload, void *context,
                          struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    DIR *directory = opendir(arena_format(arena, "%s/uploads", folder).at);
    bool good = true;
    if (directory == NULL) return errno == ENOENT;
    for (struct dirent *entry; good && (entry = readdir(directory)) != NULL;) {
        if (!is_upload(entry->d_name)) continue;
        int file = openat(dirfd(directory), entry->d_name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        struct slice name = arena_copy(arena, slice_of(entry->d_name));
        good = upload(context, name, file, error);
        if (file >= 0) close(file);
    }
    (void)closedir(directory);
    return good;
}

/* What the database itself cannot give is a finding like any other. */
static void feed(struct verify *verify, struct db *db, const char *folder)
{
    struct error wrong = {.code = ERROR_NONE};
    if (!checkpoints_each(db, see_checkpoint, verify, &wrong))
        verify_found(verify, "table-damaged", "checkpoints: %s", wrong.sentence);
    if (!events_each(db, 0, UINT64_MAX, see_event, verify, &wrong))
        verify_found(verify, "table-damaged", "events: %s", wrong.sentence);
    if (!keeping_uploads_each(folder, see_upload, verify, &wrong))
        verify_found(verify, "table-damaged", "uploads: %s", wrong.sentence);
}

/* A folder whose database does not even open, or has lost its log, is named like any other damage. */
static bool verify_ruin(struct slice vkey, struct slice since, const struct error *wrong,
                        struct verify **ret_verify, struct error *error)
{
    if (!verify_new(SLICE_EMPTY, vkey, since, ret_verify, error)) return false;
    verify_found(*ret_verify, "table-damaged", "%s", wrong->sentence);
    return true;
}

static bool verify_rows(const char *folder, struct db *db, struct slice vkey, struct slice since,
                        struct verify **ret_verify, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error wrong = {.code = ERROR_NONE};
    struct log_row log;
    if (!db_begin_read(db, &wrong) || !log_read(db, arena, &log, &wrong))
        return verify_ruin(vkey, since, &wrong, ret_verify, error);
    if (!verify_new(log.vkey, vkey, since, ret_verify, error)) return false;
    verify_origin(*ret_verify, log.origin);
    feed(*ret_verify, db, folder);
    return true;
}

static bool verify_folder(const char *folder, struct slice vkey, struct slice since,
                          struct verify **ret_verify, struct error *error)
{
    struct db *db;
    struct error wrong = {.code = ERROR_NONE};
    if (!keeping_folder_is(folder, error)) return false;
    if (!keeping_folder_open(folder, &db, &wrong))
        return verify_ruin(vkey, since, &wrong, ret_verify, error);
    bool begun = verify_rows(folder, db, vkey, since, ret_verify, error);
    db_end_read(db);
    db_close(db);
    return begun;
}

/* ---- a bundle ------------------------------------------------------------------------------------- */

static bool read_piece(void *context, void *at, size_t size, size_t *ret_size, struct error *error)
{
    ssize_t got;
    do got = read(*(const int *)context, at, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return error_set(error, ERROR_READ, "the bundle cannot be read: %s", strerror(errno));
    *ret_size = (size_t)got;
    return true;
}

bool record_verify(const char *path, struct slice vkey, struct slice since,
                   struct verify **ret_verify, struct error *error)
{
    struct stat about;
    if (stat(path, &about) != 0) {
        error_set(error, ERROR_READ, "%s cannot be opened: %s", path, strerror(errno));
        return error_advise(error, "Name a data folder or an exported bundle");
    }
    if (S_ISDIR(about.st_mode)) return verify_folder(path, vkey, since, ret_verify, error);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return error_set(error, ERROR_READ, "%s cannot be opened: %s", path, strerror(errno));
    struct bundle_source source = {&file, read_piece};
    bool read = bundle_verify(source, vkey, since, ret_verify, error);
    close(file);
    return read;
}

bool record_checkpoint(const char *folder, struct arena *arena, struct slice *ret_note,
                       struct slice *ret_vkey, struct error *error)
{
    struct db *db;
    struct log_row log;
    struct checkpoint_row row;
    bool found = false;
    if (!keeping_folder_open(folder, &db, error)) return false;
    bool good =
        log_read(db, arena, &log, error) && checkpoints_newest(db, arena, &row, &found, error);
    db_close(db);
    if (!good) return false;
    if (!found) return error_set(error, ERROR_READ, "%s has no checkpoint yet", folder);
    *ret_note = row.note;
    *ret_vkey = log.vkey;
    return true;
}
