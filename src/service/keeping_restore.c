/* Bringing a backup back; see keeping.h. Everything happens in a draft beside the folder, which takes its name last; a key that
 * the list names is never written into it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "service/desk_parts.h"
#include "service/erase.h"
#include "service/keep_file.h"
#include "service/keeping.h"
#include "service/keeping_acts.h"
#include "service/keeping_folder.h"
#include "service/keys_file.h"
#include "store/events.h"

struct restoring {
    const struct restore_plan *plan;
    struct arena *arena;
    struct slice folder, draft, key_file;
    struct log_row log;
    struct keys_file keys;
    struct erased_list list;
    LIST(struct person_key_row) gone;
    struct restored *restored;
};

/* ---- what there is -------------------------------------------------------------------------------- */

static bool read_backup(struct restoring *restoring, struct error *error)
{
    struct db *db;
    if (!keeping_folder_open(restoring->plan->backup, &db, error)) return false;
    bool read = log_read(db, restoring->arena, &restoring->log, error) &&
                events_next(db, &restoring->restored->events, error);
    db_close(db);
    return read;
}

static bool read_keys(struct restoring *restoring, struct error *error)
{
    if (!keys_file_read(restoring->plan->keys, restoring->arena, &restoring->keys, error))
        return false;
    if (slice_equal(restoring->keys.origin, restoring->log.origin) &&
        restoring->keys.size == restoring->restored->events)
        return true;
    error_set(error, ERROR_READ, "%s belongs to another backup", restoring->plan->keys);
    return error_advise(error, "Name the file of keys that was made together with %s",
                        restoring->plan->backup);
}

static bool read_list(struct restoring *restoring, struct error *error)
{
    const char *path = restoring->plan->erased;
    struct slice beside = erased_list_path(restoring->folder, restoring->arena);
    if (path == NULL) {
        if (access(beside.at, F_OK) != 0) return true;
        error_set(error, ERROR_READ, "there is a list of erased keys at %.*s", SLICE_PRINT(beside));
        return error_advise(error, "Use it: --erased %.*s", SLICE_PRINT(beside));
    }
    if (!erased_list_read(path, restoring->log.origin, restoring->log.vkey, restoring->arena,
                          &restoring->list, error))
        return false;
    restoring->restored->size = restoring->list.size;
    if (restoring->list.size >= restoring->restored->events) return true;
    error_set(error, ERROR_READ, "%s is older than the backup: what was erased later is not in it",
              path);
    return error_advise(error, "Take the newest list: it stood beside the data folder");
}

static bool free_place(const struct restoring *restoring, struct error *error)
{
    if (access(restoring->folder.at, F_OK) != 0) return true;
    error_set(error, ERROR_READ, "%.*s is there already", SLICE_PRINT(restoring->folder));
    return error_advise(error, "Nothing is written over: name a folder that is not there yet");
}

/* ---- the draft ------------------------------------------------------------------------------------ */

static bool copy_upload(void *context, struct slice name, int file, struct error *error)
{
    const struct restoring *restoring = context;
    (void)file;
    return keep_file_copy(arena_format(restoring->arena, "%s/uploads/%.*s", restoring->plan->backup,
                                       SLICE_PRINT(name))
                              .at,
                          arena_format(restoring->arena, "%.*s/uploads/%.*s",
                                       SLICE_PRINT(restoring->draft), SLICE_PRINT(name))
                              .at,
                          error);
}

static bool copy_files(struct restoring *restoring, struct error *error)
{
    struct slice uploads =
        arena_format(restoring->arena, "%.*s/uploads", SLICE_PRINT(restoring->draft));
    struct slice from = arena_format(restoring->arena, "%s/lanyard.db", restoring->plan->backup);
    struct slice to =
        arena_format(restoring->arena, "%.*s/lanyard.db", SLICE_PRINT(restoring->draft));
    if (mkdir(restoring->draft.at, 0700) != 0 || mkdir(uploads.at, 0700) != 0) {
        error_set(error, ERROR_READ, "%.*s could not be made: %s", SLICE_PRINT(restoring->draft),
                  strerror(errno));
        return error_advise(error, "Name a folder in a place where you may write");
    }
    return keep_file_copy(from.at, to.at, error) &&
           keeping_uploads_each(restoring->plan->backup, copy_upload, restoring, error);
}

static bool is_gone(const struct restoring *restoring, const struct id *person)
{
    for (size_t i = 0; i < restoring->gone.count; i++)
        if (id_same(&restoring->gone.at[i].person, person)) return true;
    return false;
}

static bool put_keys(struct restoring *restoring, struct db *db, struct error *error)
{
    const struct keys_file *keys = &restoring->keys;
    for (size_t i = 0; i < keys->vault_count; i++)
        if (!vault_set(db, keys->vault[i].name, keys->vault[i].wrapped, error)) return false;
    for (size_t i = 0; i < keys->keys.count; i++) {
        const struct person_key_row *row = &keys->keys.at[i];
        if (erased_list_has(&restoring->list, &row->id)) {
            LIST_PUSH(restoring->arena, &restoring->gone, *row);
        } else if (!person_keys_add(db, row, error)) {
            return false;
        }
    }
    for (size_t i = 0; i < keys->signins.count; i++)
        if (!is_gone(restoring, &keys->signins.at[i].person) &&
            !signin_put(db, &keys->signins.at[i], error))
            return false;
    return true;
}

static bool put_all(struct restoring *restoring, struct error *error)
{
    struct slice file =
        arena_format(restoring->arena, "%.*s/lanyard.db", SLICE_PRINT(restoring->draft));
    struct db_options options = {.create = false};
    struct db *db;
    if (!db_open(file.at, &options, &db, error)) return false;
    bool done = db_migrate(db, error) && db_begin(db, error);
    if (done && !put_keys(restoring, db, error)) {
        db_rollback(db);
        done = false;
    }
    done = done && db_commit(db, error);
    db_close(db);
    return done;
}

/* ---- erasing again -------------------------------------------------------------------------------- */

static bool act(struct restoring *restoring, struct record *record, struct error *error)
{
    struct restore_counts counts = {0};
    struct restore_matter matter = {restoring->plan->erased != NULL ? &restoring->list : NULL,
                                    restoring->gone.at, restoring->gone.count, &counts};
    struct order order;
    struct outcome outcome;
    order_init(&order, ACT_RESTORE_BACKUP, (struct id){{0}});
    order.matter = &matter;
    if (!desk_do(record, &order, restoring->arena, &outcome, error)) return false;
    if (!outcome.done)
        return error_set(error, ERROR_INTERNAL, "the record's rules refuse to bring it back");
    restoring->restored->erased = counts.people;
    restoring->restored->answers = counts.others;
    return true;
}

static bool erase_again(struct restoring *restoring, struct error *error)
{
    struct record_place place = {.folder = restoring->draft.at, .key_file = restoring->key_file.at};
    struct record *record;
    if (!record_open(&place, &record, error)) return false;
    bool done = act(restoring, record, error);
    record_close(record);
    return done;
}

static bool take_place(const struct restoring *restoring, struct error *error)
{
    struct slice from = erased_list_path(restoring->draft, restoring->arena);
    struct slice to = erased_list_path(restoring->folder, restoring->arena);
    if (rename(from.at, to.at) == 0 && rename(restoring->draft.at, restoring->folder.at) == 0)
        return keep_file_flush(restoring->folder, error);
    return error_set(error, ERROR_READ, "%.*s could not be made: %s",
                     SLICE_PRINT(restoring->folder), strerror(errno));
}

static bool make_draft(struct restoring *restoring, struct error *error)
{
    bool done = copy_files(restoring, error) && put_all(restoring, error) &&
                erase_again(restoring, error) && take_place(restoring, error);
    if (done) return true;
    keeping_remove_folder(restoring->draft.at);
    (void)unlink(erased_list_path(restoring->draft, restoring->arena).at);
    return false;
}

bool record_restore(const struct restore_plan *plan, struct restored *ret_restored,
                    struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct restoring restoring = {.plan = plan, .arena = arena, .restored = ret_restored};
    struct slice folder = slice_of(plan->folder);
    while (folder.length > 1 && folder.at[folder.length - 1] == '/') folder.length--;
    *ret_restored = (struct restored){0};
    restoring.folder = arena_copy(arena, folder);
    restoring.draft =
        arena_format(arena, "%.*s.restoring-%ld", SLICE_PRINT(folder), (long)getpid());
    restoring.key_file = plan->key_file != NULL
                             ? slice_of(plan->key_file)
                             : arena_format(arena, "%.*s.key", SLICE_PRINT(folder));
    return free_place(&restoring, error) && read_backup(&restoring, error) &&
           read_keys(&restoring, error) && read_list(&restoring, error) &&
           make_draft(&restoring, error);
}
