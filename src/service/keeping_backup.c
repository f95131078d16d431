/* Backups; see keeping.h. The copy is made while others write; what is secret goes into the second file, and is scrubbed out of
 * the first before the backup is called done. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "service/desk_parts.h"
#include "service/keep_file.h"
#include "service/keeping.h"
#include "service/keeping_folder.h"
#include "service/keys_file.h"
#include "store/backup.h"
#include "store/events.h"
#include "store/uploads.h"

struct copying {
    struct record *record;
    const char *path;
    struct arena *arena;
    struct backup *backup;
};

static bool make_folders(const struct copying *copying, struct error *error)
{
    struct slice uploads = arena_format(copying->arena, "%s/uploads", copying->path);
    if (mkdir(copying->path, 0700) == 0 && mkdir(uploads.at, 0700) == 0) return true;
    error_set(error, ERROR_READ, "%s could not be made: %s", copying->path, strerror(errno));
    return error_advise(error,
                        "Name a folder that is not there yet, in a place where you may write");
}

static bool copy_upload(void *context, struct slice name, struct error *error)
{
    const struct copying *copying = context;
    struct slice from = arena_format(copying->arena, "%.*s/uploads/%.*s",
                                     SLICE_PRINT(copying->record->folder), SLICE_PRINT(name));
    struct slice to =
        arena_format(copying->arena, "%s/uploads/%.*s", copying->path, SLICE_PRINT(name));
    copying->backup->uploads++;
    return keep_file_copy(from.at, to.at, error);
}

/* In the copy: keys out, everything else stays. */
static bool split(struct copying *copying, struct db *db, const char *keys, struct error *error)
{
    return events_next(db, &copying->backup->events, error) &&
           keys_file_write(db, copying->record->origin, copying->backup->events, keys,
                           &copying->backup->keys, error) &&
           backup_strip(db, error) && db_scrub(db, error) &&
           uploads_each(db, copy_upload, copying, error);
}

static bool copy_database(const struct copying *copying, struct slice file, struct error *error)
{
    struct db *db;
    if (!keeping_folder_open(copying->record->folder.at, &db, error)) return false;
    bool copied = db_copy(db, file.at, error);
    db_close(db);
    return copied;
}

static bool fill(struct copying *copying, const char *keys, struct error *error)
{
    struct slice file = arena_format(copying->arena, "%s/lanyard.db", copying->path);
    struct db_options options = {.create = false};
    struct db *db;
    if (!copy_database(copying, file, error) || !db_open(file.at, &options, &db, error))
        return false;
    bool done = split(copying, db, keys, error);
    db_close(db);
    return done && keep_file_flush(file, error);
}

static bool note(const struct copying *copying, struct error *error)
{
    struct order order;
    struct outcome outcome;
    order_init(&order, ACT_MAKE_BACKUP, (struct id){{0}});
    order_set(&order, copying->arena, "size",
              arena_format(copying->arena, "%llu", (unsigned long long)copying->backup->events));
    return desk_do(copying->record, &order, copying->arena, &outcome, error);
}

void keeping_remove_folder(const char *path)
{
    static const char *const folders[] = {"uploads", "."};
    AUTO(arena) struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct slice folder = arena_format(arena, "%s/%s", path, folders[i]);
        DIR *directory = opendir(folder.at);
        for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;)
            (void)unlinkat(dirfd(directory), entry->d_name, 0);
        if (directory != NULL) (void)closedir(directory);
    }
    (void)rmdir(arena_format(arena, "%s/uploads", path).at);
    (void)rmdir(path);
}

bool record_backup(struct record *record, const char *path, const char *keys,
                   struct backup *ret_backup, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct backup backup = {0};
    struct copying copying = {record, path, arena, &backup};
    if (access(keys, F_OK) == 0) {
        error_set(error, ERROR_READ, "%s is there already", keys);
        return error_advise(error, "Nothing is written over: name another file with --keys");
    }
    if (!make_folders(&copying, error)) return false;
    if (!fill(&copying, keys, error) || !note(&copying, error)) {
        keeping_remove_folder(path);
        unlink(keys);
        return false;
    }
    *ret_backup = backup;
    return true;
}
