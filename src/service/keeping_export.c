/* Writing a bundle; see keeping.h. Rows go through one text that is emptied as it fills. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/bundle.h"
#include "service/keep_file.h"
#include "service/keeping.h"
#include "service/keeping_folder.h"
#include "store/events.h"

#define FILL (1u << 20)
#define ROOM ((8u << 20))

struct export
{
    int file;
    struct text out;
    uint64_t events;
};

static bool empty(struct export *export, struct error *error)
{
    struct slice rest = text_slice(&export->out);
    while (rest.length > 0) {
        ssize_t written = write(export->file, rest.at, rest.length);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0)
            return error_set(error, ERROR_READ, "the bundle could not be written: %s",
                             strerror(errno));
        rest = slice_part(rest, (size_t)written, rest.length);
    }
    text_cut(&export->out, 0);
    return true;
}

static bool empty_full(struct export *export, struct error *error)
{
    return export->out.length < FILL || empty(export, error);
}

static bool add_checkpoint(void *context, const struct checkpoint_row *row, struct error *error)
{
    struct export *export = context;
    bundle_checkpoint(row->day, row->size, row->note, &export->out);
    return empty_full(export, error);
}

static bool add_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct export *export = context;
    (void)n;
    export->events++;
    bundle_event(body, &export->out);
    return empty_full(export, error);
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool name_of(struct slice hex, struct tree_hash *ret_name)
{
    if (hex.length != 2 * sizeof ret_name->at) return false;
    for (size_t i = 0; i < sizeof ret_name->at; i++) {
        int high = digit(hex.at[2 * i]), low = digit(hex.at[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        ret_name->at[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

static bool upload_failed(struct slice name, struct error *error)
{
    error_set(error, ERROR_READ, "the upload %.*s cannot be put into a bundle", SLICE_PRINT(name));
    return error_advise(error, "Run `lanyard verify` on the folder");
}

static bool add_upload(void *context, struct slice name, int file, struct error *error)
{
    struct export *export = context;
    struct tree_hash hash;
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0 || !S_ISREG(about.st_mode) ||
        about.st_size > BUNDLE_UPLOAD_LARGEST || !name_of(name, &hash))
        return upload_failed(name, error);
    bundle_upload(&hash, (uint64_t)about.st_size, &export->out);
    for (uint64_t left = (uint64_t)about.st_size; left > 0;) {
        if (!empty(export, error)) return false;
        size_t piece = left < FILL ? (size_t)left : FILL;
        char *at = text_extend(&export->out, piece);
        ssize_t got = at != NULL ? read(file, at, piece) : -1;
        if (got <= 0) return upload_failed(name, error);
        text_cut(&export->out, (size_t)got);
        left -= (uint64_t)got;
    }
    return empty_full(export, error);
}

static bool write_bundle(const char *folder, struct db *db, struct export *export,
                         struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct log_row log;
    if (!log_read(db, arena, &log, error)) return false;
    bundle_begin(log.vkey, &export->out);
    if (!checkpoints_each(db, add_checkpoint, export, error) ||
        !events_each(db, 0, UINT64_MAX, add_event, export, error) ||
        !keeping_uploads_each(folder, add_upload, export, error))
        return false;
    bundle_end(&export->out);
    if (!empty(export, error)) return false;
    return fsync(export->file) == 0 ||
           error_set(error, ERROR_READ, "the bundle could not be put on disk: %s", strerror(errno));
}

bool record_export(const char *folder, const char *path, uint64_t *ret_events, struct error *error)
{
    struct db *db;
    struct export export = {.file = -1};
    if (!keeping_folder_open(folder, &db, error)) return false;
    export.file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (export.file < 0) {
        db_close(db);
        error_set(error, ERROR_READ, "%s could not be made: %s", path, strerror(errno));
        return error_advise(error, "Name a file that is not there yet");
    }
    text_init(&export.out, ROOM);
    bool done = db_begin_read(db, error) && write_bundle(folder, db, &export, error);
    db_end_read(db);
    db_close(db);
    text_clear(&export.out);
    if (close(export.file) != 0)
        done = done && error_set(error, ERROR_READ, "%s was not written", path);
    if (!done) unlink(path);
    if (done) *ret_events = export.events;
    return done && keep_file_flush(slice_of(path), error);
}
