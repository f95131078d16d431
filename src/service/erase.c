/* Shredding; see erase.h. Reports about the person and answers they kept lie under keys of their own and go with them; what a
 * report of theirs says about somebody else stays. */
#include "service/erase.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "service/erased_list.h"
#include "service/keep_file.h"
#include "service/keeping_parts.h"
#include "service/upload.h"
#include "store/events.h"
#include "store/keys.h"
#include "store/outbox.h"
#include "store/uploads.h"

#define PENDING_LARGEST (1u << 20)

/* ---- finding -------------------------------------------------------------------------------------- */

bool shred_find(struct desk *desk, const struct id *person, struct shredded *shredded,
                struct error *error)
{
    struct person_key_row row;
    bool found;
    if (!person_keys_of(desk->db, person, desk->arena, &row, &found, error)) return false;
    if (found) LIST_PUSH(desk->arena, &shredded->keys, row.id);
    return true;
}

struct search {
    struct desk *desk;
    const struct id *people;
    size_t count;
    struct shredded *shredded;
    struct arena *passing;
};

static bool is_one(const struct search *search, const struct id *id)
{
    for (size_t i = 0; i < search->count; i++)
        if (id_same(&search->people[i], id)) return true;
    return false;
}

static bool see_report(struct search *search, const struct event *event, struct error *error)
{
    struct pairs pairs;
    struct id report, about;
    bool there;
    if (!id_read(event_value(event, "report"), &report)) return true;
    if (!record_part_of(search->desk->record, search->desk->db, event, &report, search->passing,
                        &pairs, &there, error))
        return false;
    if (!there || !id_read(pairs_value(&pairs, "about"), &about) || !is_one(search, &about))
        return true;
    return shred_find(search->desk, &report, search->shredded, error);
}

/* Files that came with an event about nobody else. */
static bool see_uploads(struct search *search, const struct event *event, struct error *error)
{
    struct slice names = event_value(event, "upload"), name;
    if (event->parts.count == 0) return true;
    for (size_t i = 0; i < event->parts.count; i++)
        if (!is_one(search, &event->parts.at[i].person)) return true;
    while (slice_split(&names, ' ', &name)) {
        bool found;
        if (!uploads_has(search->desk->db, name, &found, error)) return false;
        if (found)
            LIST_PUSH(search->desk->arena, &search->shredded->uploads,
                      arena_copy(search->desk->arena, name));
    }
    return true;
}

static bool see_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct search *search = context;
    struct event event;
    (void)n;
    if (memmem(body.at, body.length, "upload", 6) == NULL &&
        memmem(body.at, body.length, "report", 6) == NULL)
        return true;
    arena_reset(search->passing);
    if (!event_read(body, search->passing, &event, error)) return false;
    if (slice_is(event.kind, "told")) return see_report(search, &event, error);
    return see_uploads(search, &event, error);
}

static bool see_kept(void *context, const void *row, struct error *error)
{
    struct search *search = context;
    return shred_find(search->desk, &((const struct kept_row *)row)->id, search->shredded, error);
}

/* The bytes of a file of people name everybody in it: once it was decided on it has done its work. */
static bool see_import(void *context, const void *row, struct error *error)
{
    struct search *search = context;
    const struct import_row *import = row;
    struct slice names = import->upload, name;
    while (slice_split(&names, ' ', &name)) {
        bool found;
        if (!uploads_has(search->desk->db, name, &found, error)) return false;
        if (!found) continue;
        if (slice_is(import->state, "waiting")) {
            error_set(error, ERROR_REQUEST,
                      "a file of people waits for a yes, and this person may "
                      "be in it");
            return error_advise(error, "Say yes to the file or throw it away, then erase");
        }
        LIST_PUSH(search->desk->arena, &search->shredded->uploads,
                  arena_copy(search->desk->arena, name));
    }
    return true;
}

static bool find_all(struct search *search, struct error *error)
{
    struct desk *desk = search->desk;
    for (size_t i = 0; i < search->count; i++)
        if (!shred_find(desk, &search->people[i], search->shredded, error) ||
            !kept_of(desk->db, &search->people[i], desk->arena, see_kept, search, error))
            return false;
    return imports_each(desk->db, desk->arena, see_import, search, error) &&
           events_each(desk->db, 0, UINT64_MAX, see_event, search, error);
}

/* ---- shredding ------------------------------------------------------------------------------------ */

struct slice shred_ids(const struct shredded *shredded, size_t from, size_t to, struct arena *arena)
{
    struct text list;
    text_init(&list, EVENT_FIELD_LARGEST);
    for (size_t i = from; i < to && i < shredded->keys.count; i++) {
        char hex[2 * ID_SIZE + 1];
        id_hex(&shredded->keys.at[i], hex);
        if (list.length > 0) text_add_char(&list, ' ');
        text_add_string(&list, hex);
    }
    struct slice copy = arena_copy(arena, text_slice(&list));
    text_clear(&list);
    return copy;
}

static struct slice pending_path(const struct record *record, struct arena *arena)
{
    return arena_format(arena, "%.*s/erase-pending", SLICE_PRINT(record->folder));
}

/* What is left to be done behind the commit, so that a process that dies in between does it when it starts again. Names
 * noted by another act of the same batch stay. */
bool shred_pending(struct desk *desk, const struct shredded *shredded, struct error *error)
{
    AUTO_TEXT struct text names;
    struct slice path = pending_path(desk->record, desk->arena), before;
    text_init(&names, PENDING_LARGEST);
    if (access(path.at, F_OK) == 0) {
        if (!file_read(path.at, PENDING_LARGEST, desk->arena, &before, error)) return false;
        text_add(&names, before);
    }
    for (size_t i = 0; i < shredded->uploads.count; i++) {
        text_add(&names, shredded->uploads.at[i]);
        text_add_char(&names, '\n');
    }
    return keep_file_write(path, text_slice(&names), error);
}

bool shred(struct desk *desk, const struct shredded *shredded, struct error *error)
{
    if (!erased_list_renew(desk->record, desk->db, shredded->keys.at, shredded->keys.count, error))
        return false;
    for (size_t i = 0; i < shredded->keys.count; i++) {
        bool found;
        if (!person_keys_remove(desk->db, &shredded->keys.at[i], &found, error)) return false;
    }
    return true;
}

static struct slice names_of(const struct shredded *shredded, struct arena *arena)
{
    struct text list;
    text_init(&list, EVENT_FIELD_LARGEST);
    for (size_t i = 0; i < shredded->uploads.count; i++) {
        if (list.length > 0) text_add_char(&list, ' ');
        text_add(&list, shredded->uploads.at[i]);
    }
    struct slice copy = list.overflowed ? SLICE_EMPTY : arena_copy(arena, text_slice(&list));
    text_clear(&list);
    return copy;
}

static bool drop_secrets(struct desk *desk, const struct id *person, struct error *error)
{
    return signin_drop(desk->db, person, error) && links_drop_of(desk->db, person, error) &&
           sessions_drop_of(desk->db, person, error) && outbox_drop_of(desk->db, person, error);
}

static bool collect_child(void *context, const void *row, struct error *error)
{
    struct desk *desk = context;
    (void)error;
    record_touch(desk->record, &((const struct tie_row *)row)->child);
    return true;
}

/* The register forgets them, and that they were a parent of somebody. */
static bool touch(struct desk *desk, const struct id *person, struct error *error)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(person, hex);
    struct id lookup = record_lookup(desk->record, "parent", slice_of(hex));
    record_touch(desk->record, person);
    return ties_of_parent(desk->db, &lookup, desk->arena, collect_child, desk, error);
}

static bool emit_erased(struct desk *desk, const struct id *erasure, const struct id *person,
                        const struct shredded *shredded, struct error *error)
{
    struct event *event = desk_event(desk, "erased");
    desk_set_id(desk, event, "erasure", erasure);
    desk_set_id(desk, event, "person", person);
    desk_set_number(desk, event, "day", desk->today);
    if (shredded != NULL) {
        struct slice names = names_of(shredded, desk->arena);
        struct slice keys = shred_ids(shredded, 0, SHRED_IDS_LARGEST, desk->arena);
        if (shredded->uploads.count > 0 && names.length == 0)
            return error_set(error, ERROR_LIMIT, "too many files belong to this person");
        if (keys.length > 0) desk_set(desk, event, "keys", keys);
        if (names.length > 0) desk_set(desk, event, "upload-gone", names);
    }
    return touch(desk, person, error) && desk_emit(desk, event, error) &&
           drop_secrets(desk, person, error);
}

static bool emit_more_keys(struct desk *desk, const struct shredded *shredded, struct error *error)
{
    for (size_t i = SHRED_IDS_LARGEST; i < shredded->keys.count; i += SHRED_IDS_LARGEST) {
        struct event *event = desk_event(desk, "keys-gone");
        desk_set(desk, event, "keys", shred_ids(shredded, i, i + SHRED_IDS_LARGEST, desk->arena));
        if (!desk_emit(desk, event, error)) return false;
    }
    return true;
}

bool erase_people(struct desk *desk, const struct id *erasure, const struct id *people,
                  size_t count, struct error *error)
{
    AUTO(arena) struct arena *passing = arena_new();
    struct shredded shredded = {0};
    struct search search = {desk, people, count, &shredded, passing};
    if (!find_all(&search, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (!emit_erased(desk, erasure, &people[i], i == 0 ? &shredded : NULL, error)) return false;
    return emit_more_keys(desk, &shredded, error) && shred_pending(desk, &shredded, error) &&
           shred(desk, &shredded, error);
}

/* ---- after the commit ----------------------------------------------------------------------------- */

static bool scrub(void *context, struct db *db, struct error *error)
{
    (void)context;
    return db_scrub(db, error);
}

/* A file whose row is still there belongs to an erasure that was undone. */
static bool remove_files(struct record *record, struct db *db, struct slice names,
                         struct error *error)
{
    struct slice name;
    while (slice_line(&names, &name)) {
        bool found;
        if (!uploads_has(db, name, &found, error)) return false;
        if (!found && !upload_remove(record->folder, name, error)) return false;
    }
    return true;
}

struct finish {
    struct record *record;
    struct slice names;
};

static bool remove_in_turn(void *context, struct db *db, struct error *error)
{
    struct finish *finish = context;
    return remove_files(finish->record, db, finish->names, error) && scrub(NULL, db, error);
}

bool erase_finish(struct record *record, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice path = pending_path(record, arena);
    struct finish finish = {.record = record};
    if (record->writer == NULL || access(path.at, F_OK) != 0) return true;
    return file_read(path.at, PENDING_LARGEST, arena, &finish.names, error) &&
           writer_alone(record->writer, remove_in_turn, &finish, error) &&
           keep_file_remove(path.at, error);
}
