/* Opening and closing a data folder, its readers, and what happens around each commit; see record.h. */
#include "service/record.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "service/erase.h"
#include "service/record_open.h"
#include "service/rules.h"
#include "service/upload.h"
#include "store/events.h"
#include "store/people.h"
#include "store/uploads.h"

#define NOTE_ROOM 2000
#define LOCK_TRIES 100   /* two seconds: another program may be opening it this moment */
#define LOCK_PAUSE 20000 /* microseconds */

static bool load_tree(struct record *record, struct db *db, struct slice tree, struct error *error);

/* ---- around each commit, in the writer's thread ---- */

bool record_sign(struct record *record, struct db *db, struct error *error)
{
    AUTO_TEXT struct text plain, note;
    text_init(&plain, NOTE_ROOM);
    text_init(&note, NOTE_ROOM);
    struct checkpoint checkpoint = {record->origin, record->tree.size, tree_root(&record->tree)};
    checkpoint_write(&checkpoint, &plain);
    note_sign(text_slice(&plain), &record->signer, &note);
    struct checkpoint_row row = {checkpoint_day(record->last_at), record->tree.size,
                                 text_slice(&note)};
    return checkpoints_set(db, &row, error);
}

static bool before_commit(void *context, struct db *db, struct error *error)
{
    struct record *record = context;
    if (record->tree.size == record->tree_kept.size) return true;
    AUTO_TEXT struct text peaks;
    text_init(&peaks, sizeof record->tree);
    tree_write(&record->tree, &peaks);
    return log_set_tree(db, text_slice(&peaks), error) && record_sign(record, db, error);
}

static void after_commit(void *context)
{
    struct record *record = context;
    struct error ignored = {.code = ERROR_NONE};
    record->tree_kept = record->tree;
    record->last_at_kept = record->last_at;
    if (record->policy_touched && record_policy_load(record, record->db, &ignored))
        record->policy_touched = false;
    if ((record->touched.count > 0 || record->touched.everything) &&
        !register_refresh(record, record->db, &record->touched, &ignored)) {
        record->touched.everything = true; /* tried again whole with the next commit */
        record->touched.count = 0;
        return;
    }
    record->touched.count = 0;
    record->touched.everything = false;
}

static void after_failure(void *context)
{
    struct record *record = context;
    record->tree = record->tree_kept;
    record->last_at = record->last_at_kept;
    /* `everything` and `policy_touched` stay: what another program changed is still to be read */
    record->touched.count = 0;
}

void record_touch(struct record *record, const struct id *person)
{
    struct touched *touched = &record->touched;
    if (touched->count > 0 && id_same(&touched->at[touched->count - 1], person)) return;
    if (touched->count == touched->space) {
        touched->space = touched->space == 0 ? 64 : touched->space * 2;
        touched->at = memory_grow(touched->at, touched->space * sizeof *touched->at);
    }
    touched->at[touched->count++] = *person;
}

/* Another program, a command beside the server say, may have written since the last commit: what is kept in memory follows. */
bool record_catch_up(struct record *record, struct db *db, struct error *error)
{
    uint64_t next;
    if (record->tree.size != record->tree_kept.size) return true;
    if (!events_next(db, &next, error)) return false;
    if (next == record->tree.size) return true;
    AUTO(arena) struct arena *arena = arena_new();
    struct log_row row;
    record->touched.everything = record->policy_touched = true;
    return log_read(db, arena, &row, error) && load_tree(record, db, row.tree, error);
}

static bool keep_up(void *context, struct db *db, struct error *error)
{
    return record_catch_up(context, db, error);
}

bool record_keep_up(struct record *record, struct error *error)
{
    return record->writer == NULL || writer_do(record->writer, keep_up, record, error);
}

/* ---- readers ---- */

static struct db *new_reader(struct record *record, struct error *error)
{
    struct db *db;
    struct db_options options = {.read_only = true, .vfs = record->place.vfs};
    return db_open(record->file.at, &options, &db, error) ? db : NULL;
}

struct db *record_read(struct record *record, struct error *error)
{
    struct db *db = NULL;
    pthread_mutex_lock(&record->lock);
    while (record->reader_count == 0 && record->readers_out == RECORD_READERS_LARGEST)
        pthread_cond_wait(&record->reader_free, &record->lock);
    if (record->reader_count > 0) db = record->readers[--record->reader_count];
    record->readers_out++;
    pthread_mutex_unlock(&record->lock);
    if (db == NULL) db = new_reader(record, error);
    if (db != NULL && db_begin_read(db, error)) return db;
    db_close(db);
    pthread_mutex_lock(&record->lock);
    record->readers_out--;
    pthread_cond_signal(&record->reader_free);
    pthread_mutex_unlock(&record->lock);
    return NULL;
}

void record_read_done(struct record *record, struct db *db)
{
    db_end_read(db);
    pthread_mutex_lock(&record->lock);
    record->readers[record->reader_count++] = db;
    record->readers_out--;
    pthread_cond_signal(&record->reader_free);
    pthread_mutex_unlock(&record->lock);
}

/* ---- clock ---- */

static int64_t clock_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Standing still for longer would keep sign-in codes from fitting and sessions from ending. An event's own time never goes
 * back: append() sees to that. */
int64_t record_now(struct record *record)
{
    int64_t now = clock_milliseconds();
    pthread_mutex_lock(&record->lock);
    if (now > record->now || record->now - now > RECORD_CLOCK_STEP) record->now = now;
    now = record->now;
    pthread_mutex_unlock(&record->lock);
    return now;
}

int64_t record_today(struct record *record)
{
    (void)record;
    return moment_now().day;
}

/* ---- opening ---- */

static bool find_top(void *context, const void *row, struct error *error)
{
    struct record *record = context;
    const struct org_row *org = row;
    (void)error;
    if (!id_is_none(&org->parent)) return true;
    record->top = org->id;
    record->name = arena_copy(record->arena, org->name);
    return true;
}

static bool read_mark(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct record *record = context;
    AUTO(arena) struct arena *arena = arena_new();
    struct event event;
    (void)n;
    if (!event_read(body, arena, &event, error)) return false;
    record->demo = slice_is(event_value(&event, "demo"), "yes");
    return true;
}

static bool newest_time(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct record *record = context;
    AUTO(arena) struct arena *arena = arena_new();
    struct event event;
    (void)n;
    if (!event_read(body, arena, &event, error)) return false;
    record->last_at = event.at;
    return true;
}

static bool load_tree(struct record *record, struct db *db, struct slice tree, struct error *error)
{
    if (!tree_read(tree, &record->tree))
        return error_set(error, ERROR_READ, "the record's own row of its tree is damaged") ||
               error_advise(error, "Run `lanyard verify`, and restore a backup");
    uint64_t size = record->tree.size;
    if (size > 0 && (!events_each(db, 0, 1, read_mark, record, error) ||
                     !events_each(db, size - 1, size, newest_time, record, error)))
        return false;
    record->tree_kept = record->tree;
    record->last_at_kept = record->last_at;
    return true;
}

static bool load_log(struct record *record, struct error *error)
{
    struct log_row row;
    if (!log_read(record->db, record->arena, &row, error)) return false;
    record->origin = row.origin;
    record->vkey = row.vkey;
    if (!load_tree(record, record->db, row.tree, error)) return false;
    record->now = record->last_at;
    return true;
}

bool record_load(struct record *record, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    return load_log(record, error) && vault_load(record, record->db, error) &&
           orgs_each(record->db, arena, find_top, record, error) &&
           record_policy_load(record, record->db, error) &&
           register_make(record, record->db, error);
}

struct record *record_new(const struct record_place *place)
{
    struct arena *arena = arena_new();
    struct record *record = ARENA_NEW(arena, struct record);
    record->arena = arena;
    record->place = *place;
    record->folder = arena_copy(arena, slice_of(place->folder));
    record->file = arena_format(arena, "%s/lanyard.db", place->folder);
    record->key_file = record_key_file(place, arena);
    pthread_mutex_init(&record->lock, NULL);
    pthread_cond_init(&record->reader_free, NULL);
    return record;
}

bool record_start(struct record *record, struct error *error)
{
    struct writer_hooks hooks = {record, before_commit, after_commit, after_failure};
    size_t batch = record->place.batch_largest;
    return writer_start(record->db, &hooks, batch > 0 ? batch : WRITER_BATCH_LARGEST,
                        &record->writer, error);
}

/* One program may hold a folder alone; else any number may share it. Whoever only reads is never in the way. */
static bool lock_folder(struct record *record, struct error *error)
{
    if (record->place.read_only) return true;
    record->folder_lock = open(record->folder.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int how = record->place.alone ? LOCK_EX : LOCK_SH;
    if (record->folder_lock < 0) return true;
    for (int tries = 0; tries < LOCK_TRIES; tries++) {
        if (flock(record->folder_lock, how | LOCK_NB) == 0) return true;
        usleep(LOCK_PAUSE);
    }
    error_set(error, ERROR_READ, "another program has %s open", record->folder.at);
    return error_advise(error, "Stop the server, and wait for commands that still run");
}

static bool upload_known(void *context, struct slice name, bool *ret_known, struct error *error)
{
    struct record *record = context;
    return uploads_has(record->db, name, ret_known, error);
}

/* Uploads whose act never came to its commit, where nobody else may be about to commit one. */
static void sweep_uploads(struct record *record)
{
    struct error ignored = {.code = ERROR_NONE};
    if (record->folder_lock <= 0 || flock(record->folder_lock, LOCK_EX | LOCK_NB) != 0) return;
    bool swept = upload_sweep(record->folder, upload_known, record, &ignored);
    if (!swept || !record->place.alone) flock(record->folder_lock, LOCK_SH);
}

/* What a killed program left undone; where it fails it is tried again another day. */
static void tidy(struct record *record)
{
    struct error ignored = {.code = ERROR_NONE};
    if (record->place.read_only || erase_finish(record, &ignored)) return;
}

bool record_open(const struct record_place *place, struct record **ret_record, struct error *error)
{
    struct record *record = record_new(place);
    struct db_options options = {
        .read_only = place->read_only, .not_synced = place->not_synced, .vfs = place->vfs};
    bool opened = lock_folder(record, error) && record_key_load(record, error) &&
                  db_open(record->file.at, &options, &record->db, error) &&
                  (place->read_only || db_migrate(record->db, error)) &&
                  rules_compile(&record->rules, error) && record_load(record, error);
    if (opened) sweep_uploads(record);
    opened = opened && (place->read_only || record_start(record, error));
    if (opened) {
        tidy(record);
        *ret_record = record;
    } else {
        record_close(record);
    }
    return opened;
}

void record_close(struct record *record)
{
    if (record == NULL) return;
    if (record->writer != NULL) writer_stop(record->writer);
    while (record->reader_count > 0) db_close(record->readers[--record->reader_count]);
    db_close(record->db);
    register_free(record->people);
    signin_state_free(record->signin);
    record_policy_free(record);
    policy_free(record->rules);
    key_forget(&record->root);
    key_forget(&record->persons);
    key_forget(&record->vault);
    key_forget(&record->lookup);
    key_forget(&record->secrets);
    explicit_bzero(&record->signer, sizeof record->signer);
    free(record->touched.at);
    free(record->runs);
    if (record->folder_lock > 0) close(record->folder_lock);
    pthread_mutex_destroy(&record->lock);
    pthread_cond_destroy(&record->reader_free);
    arena_free(record->arena);
}

struct slice record_name(const struct record *record)
{
    return record->name;
}

bool record_is_demo(const struct record *record)
{
    return record->demo;
}

struct id record_top(const struct record *record)
{
    return record->top;
}
