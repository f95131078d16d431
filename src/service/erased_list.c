/* The list of erased keys beside the folder; see erased_list.h. */
#include "service/erased_list.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "service/keep_file.h"
#include "store/events.h"
#include "store/keys.h"

struct slice erased_list_path(struct slice folder, struct arena *arena)
{
    while (folder.length > 1 && folder.at[folder.length - 1] == '/') folder.length--;
    return arena_format(arena, "%.*s.erased", SLICE_PRINT(folder));
}

/* ---- reading -------------------------------------------------------------------------------------- */

static bool malformed(const char *path, struct error *error)
{
    error_set(error, ERROR_READ, "%s is no list of erased keys of this record, or was changed",
              path);
    return error_advise(error, "Take the newest one that stood beside the folder");
}

static bool read_keys(struct slice rest, struct arena *arena, struct erased_list *list)
{
    struct slice line;
    while (slice_line(&rest, &line)) {
        struct id key;
        if (!id_read(line, &key)) return false;
        if (list->keys.count > 0 &&
            memcmp(list->keys.at[list->keys.count - 1].at, key.at, ID_SIZE) >= 0)
            return false;
        LIST_PUSH(arena, &list->keys, key);
    }
    return true;
}

static bool read_text(struct slice rest, struct slice origin, struct arena *arena,
                      struct erased_list *list)
{
    struct slice first, size;
    int64_t number;
    if (!slice_line(&rest, &first) || !slice_line(&rest, &size)) return false;
    if (!slice_equal(first, arena_format(arena, "%.*s/erased", SLICE_PRINT(origin)))) return false;
    if (!slice_number(size, &number) || number < 0) return false;
    list->size = (uint64_t)number;
    return read_keys(rest, arena, list);
}

bool erased_list_read(const char *path, struct slice origin, struct slice vkey, struct arena *arena,
                      struct erased_list *ret_list, struct error *error)
{
    struct note_verifier verifier;
    struct slice note, plain;
    struct erased_list list = {0};
    struct error ignored;
    if (!file_read(path, ERASED_LIST_LARGEST, arena, &note, error) ||
        !note_vkey_read(vkey, &verifier, error))
        return false;
    if (!note_open(note, &verifier, &plain, &ignored) || !read_text(plain, origin, arena, &list))
        return malformed(path, error);
    *ret_list = list;
    return true;
}

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, ID_SIZE);
}

bool erased_list_has(const struct erased_list *list, const struct id *key)
{
    return list->keys.count > 0 && bsearch(key, list->keys.at, list->keys.count,
                                           sizeof *list->keys.at, compare_ids) != NULL;
}

/* ---- writing -------------------------------------------------------------------------------------- */

struct collect {
    struct arena *arena, *passing;
    struct erased_list *list;
};

static bool collect_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct collect *collect = context;
    struct event event;
    struct id key;
    struct slice keys, hex;
    (void)n;
    if (memmem(body.at, body.length, "keys", 4) == NULL) return true;
    arena_reset(collect->passing);
    if (!event_read(body, collect->passing, &event, error)) return false;
    keys = event_value(&event, "keys");
    while (slice_split(&keys, ' ', &hex))
        if (id_read(hex, &key)) LIST_PUSH(collect->arena, &collect->list->keys, key);
    return true;
}

static bool from_events(struct db *db, struct arena *arena, struct erased_list *list,
                        struct error *error)
{
    AUTO(arena) struct arena *passing = arena_new();
    struct collect collect = {arena, passing, list};
    return events_each(db, 0, UINT64_MAX, collect_event, &collect, error);
}

/* Ids whose keys are there are those of an act that was undone after its list was written. */
static bool drop_living(struct db *db, struct erased_list *list, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    size_t kept = 0;
    for (size_t i = 0; i < list->keys.count; i++) {
        struct person_key_row row;
        bool found;
        if (!person_keys_get(db, &list->keys.at[i], arena, &row, &found, error)) return false;
        if (!found) list->keys.at[kept++] = list->keys.at[i];
        arena_reset(arena);
    }
    list->keys.count = kept;
    return true;
}

static void sort_once(struct erased_list *list)
{
    size_t kept = 0;
    if (list->keys.count == 0) return;
    qsort(list->keys.at, list->keys.count, sizeof *list->keys.at, compare_ids);
    for (size_t i = 0; i < list->keys.count; i++)
        if (kept == 0 || !id_same(&list->keys.at[kept - 1], &list->keys.at[i]))
            list->keys.at[kept++] = list->keys.at[i];
    list->keys.count = kept;
}

static bool put(struct record *record, struct slice path, const struct erased_list *list,
                struct error *error)
{
    AUTO_TEXT struct text plain, note;
    text_init(&plain, ERASED_LIST_LARGEST);
    text_init(&note, ERASED_LIST_LARGEST);
    text_format(&plain, "%.*s/erased\n%llu\n", SLICE_PRINT(record->origin),
                (unsigned long long)list->size);
    for (size_t i = 0; i < list->keys.count; i++) {
        char hex[2 * ID_SIZE + 1];
        id_hex(&list->keys.at[i], hex);
        text_add_string(&plain, hex);
        text_add_char(&plain, '\n');
    }
    note_sign(text_slice(&plain), &record->signer, &note);
    if (plain.overflowed || note.overflowed)
        return error_set(error, ERROR_LIMIT, "the list of erased keys has grown too long");
    return keep_file_write(path, text_slice(&note), error);
}

bool erased_list_renew(struct record *record, struct db *db, const struct id *keys, size_t count,
                       struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice path = erased_list_path(record->folder, arena);
    struct erased_list list = {0};
    struct error ignored;
    if (!erased_list_read(path.at, record->origin, record->vkey, arena, &list, &ignored) &&
        !from_events(db, arena, &list, error))
        return false;
    if (!drop_living(db, &list, error)) return false;
    for (size_t i = 0; i < count; i++) LIST_PUSH(arena, &list.keys, keys[i]);
    list.size = record->tree.size;
    sort_once(&list);
    return put(record, path, &list, error);
}
