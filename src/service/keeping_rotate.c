/* Exchanging the root key; see keeping.h. The new key lies beside the old one as FILE.next before anything is wrapped under it,
 * so that at no moment there is none that opens the folder. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "service/desk_parts.h"
#include "service/keep_file.h"
#include "service/keeping.h"
#include "service/keeping_acts.h"
#include "service/record_open.h"
#include "store/events.h"

const char keeping_key_words[] = "The key file opens everything that is sealed in the record. It "
                                 "lies outside the data folder, so\n"
                                 "that a stolen folder or backup can be read by nobody. Keep a "
                                 "copy of it somewhere else and safe:\n"
                                 "if it is lost, names, answers and reasons can never be opened "
                                 "again, by you, by us or by anybody.\n"
                                 "Never keep it together with a backup.\n";

static struct slice next_path(struct slice key_file, struct arena *arena)
{
    return arena_format(arena, "%.*s.next", SLICE_PRINT(key_file));
}

/* A name that is free: FILE.old-2026-11-21, then with -2, -3 ... */
static struct slice old_path(struct slice key_file, struct arena *arena)
{
    char day[11];
    date_format(date_from_day(moment_now().day), day);
    struct slice path = arena_format(arena, "%.*s.old-%s", SLICE_PRINT(key_file), day);
    for (int i = 2; access(path.at, F_OK) == 0 && i < 1000; i++)
        path = arena_format(arena, "%.*s.old-%s-%d", SLICE_PRINT(key_file), day, i);
    return path;
}

/* The old key file keeps a name of its own until the new one has its place. */
static bool take_place(struct slice key_file, struct slice next, struct slice old,
                       struct error *error)
{
    struct arena *arena = arena_new();
    struct slice from = arena_copy(arena, key_file);
    bool moved = (rename(from.at, old.at) == 0 || errno == ENOENT) && rename(next.at, from.at) == 0;
    int reason = errno;
    arena_free(arena);
    if (moved) return keep_file_flush(key_file, error);
    error_set(error, ERROR_READ, "the new key file could not take its place: %s", strerror(reason));
    return error_advise(error, "It lies at %.*s: run `lanyard rotate-key` again, which finishes it",
                        SLICE_PRINT(next));
}

static void use_new(struct record *record, const struct key *root)
{
    pthread_mutex_lock(&record->lock);
    record->root = *root;
    record->persons = root_key_for(root, "persons");
    record->vault = root_key_for(root, "vault");
    pthread_mutex_unlock(&record->lock);
}

static bool exchange(struct record *record, const struct key *root, struct arena *arena,
                     struct error *error)
{
    struct rotate_matter matter = {*root};
    struct order order;
    struct outcome outcome;
    order_init(&order, ACT_ROTATE_KEY, (struct id){{0}});
    order.matter = &matter;
    bool done = desk_do(record, &order, arena, &outcome, error);
    key_forget(&matter.root);
    if (done && !outcome.done)
        return error_set(error, ERROR_INTERNAL, "the record's rules refuse to exchange its key");
    return done;
}

bool record_rotate_key(struct record *record, struct arena *arena, struct slice *ret_old,
                       struct error *error)
{
    struct key root = key_make();
    struct slice next = next_path(record->key_file, arena);
    *ret_old = old_path(record->key_file, arena);
    if (!record_key_make(next, &root, error)) {
        key_forget(&root);
        return false;
    }
    bool done = keep_file_flush(next, error) && exchange(record, &root, arena, error);
    if (done) {
        use_new(record, &root);
        done = take_place(record->key_file, next, *ret_old, error);
    } else {
        unlink(next.at);
    }
    key_forget(&root);
    return done;
}

/* ---- finishing ------------------------------------------------------------------------------------ */

/* Whether the key in this file opens the folder's vault. */
static bool opens(const struct record_place *place, struct slice key_file)
{
    struct record_place with = *place;
    struct error ignored = {.code = ERROR_NONE};
    struct log_row log;
    with.key_file = key_file.at;
    with.read_only = true;
    struct record *record = record_new(&with);
    struct db_options options = {.read_only = true};
    bool good = record_key_load(record, &ignored) &&
                db_open(record->file.at, &options, &record->db, &ignored) &&
                log_read(record->db, record->arena, &log, &ignored);
    if (good) {
        record->origin = log.origin;
        good = vault_load(record, record->db, &ignored);
    }
    record_close(record);
    return good;
}

bool record_rotate_finish(const struct record_place *place, bool *ret_finished, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice key_file = record_key_file(place, arena), next = next_path(key_file, arena);
    *ret_finished = false;
    if (access(next.at, F_OK) != 0) return true;
    if (!opens(place, next)) {
        if (opens(place, key_file)) return keep_file_remove(next.at, error);
        error_set(error, ERROR_READ, "neither %.*s nor the one beside it opens this record",
                  SLICE_PRINT(key_file));
        return error_advise(error, "Nothing was changed. Look for the key that was made with it");
    }
    *ret_finished = true;
    return take_place(key_file, next, old_path(key_file, arena), error);
}
