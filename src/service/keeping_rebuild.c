/* Making the tables again beside the ones that are there, and comparing; see keeping.h. The copy lies in the data folder while
 * it is made and holds no more than the tables do. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/map.h"
#include "service/desk_parts.h"
#include "service/keeping.h"
#include "service/record_open.h"
#include "store/compare.h"
#include "store/events.h"
#include "store/keys.h"

/* A key under which an event sealed something, and whether an event says that it was shredded. */
struct used_key {
    struct id id, person;
    bool gone;
};

struct making {
    struct record *record; /* a stand-in with the keys, whose register nobody reads */
    struct db *from, *made;
    struct arena *arena, *passing;
    struct rebuild *rebuild;
    struct map places; /* of used keys by id; in its own arena, as they are */
    LIST(struct used_key) used;
    struct id act; /* of the event before */
};

static void find(struct making *making, struct slice sentence)
{
    if (making->rebuild->wrong++ < REBUILD_FINDINGS_LARGEST)
        making->rebuild->findings[making->rebuild->wrong - 1] = sentence;
}

/* ---- keys ----------------------------------------------------------------------------------------- */

static bool see_key(void *context, const struct person_key_row *row, struct error *error)
{
    struct making *making = context;
    struct key key;
    making->rebuild->keys++;
    if (key_unwrap(row->wrapped, &making->record->persons, &row->id, &row->person, &key)) {
        key_forget(&key);
        return person_keys_add(making->made, row, error);
    }
    char hex[2 * ID_SIZE + 1], person[2 * ID_SIZE + 1];
    id_hex(&row->id, hex);
    id_hex(&row->person, person);
    find(making, arena_format(making->arena,
                              "person_key %s: the wrapped key is damaged, or is not "
                              "that of %s",
                              hex, person));
    return true;
}

static struct used_key *used_key(struct making *making, const struct id *id)
{
    int64_t place = map_get(&making->places, id_slice(id));
    if (place >= 0) return &making->used.at[place];
    LIST_PUSH(making->places.arena, &making->used, (struct used_key){.id = *id});
    place = (int64_t)making->used.count - 1;
    (void)map_set(&making->places, arena_copy(making->places.arena, id_slice(id)), place);
    return &making->used.at[place];
}

/* Every key that an act shreds stands in a field of its event, and in no other way does one go. */
static void note_keys(struct making *making, const struct event *event)
{
    struct slice gone = event_value(event, "keys"), hex;
    struct id id;
    for (size_t i = 0; i < event->parts.count; i++)
        used_key(making, &event->parts.at[i].key)->person = event->parts.at[i].person;
    while (slice_split(&gone, ' ', &hex))
        if (id_read(hex, &id)) used_key(making, &id)->gone = true;
}

static bool check_used(struct making *making, struct error *error)
{
    for (size_t i = 0; i < making->used.count; i++) {
        const struct used_key *used = &making->used.at[i];
        struct person_key_row row;
        char hex[2 * ID_SIZE + 1], person[2 * ID_SIZE + 1];
        bool there;
        arena_reset(making->passing);
        if (!person_keys_get(making->from, &used->id, making->passing, &row, &there, error))
            return false;
        if (there != used->gone) continue;
        id_hex(&used->id, hex);
        id_hex(&used->person, person);
        find(making, arena_format(making->arena,
                                  there ? "person_key %s: it is there, and was erased with what "
                                          "concerns %s"
                                        : "person_key %s: the key of %s is not there, and no act "
                                          "erased it",
                                  hex, person));
    }
    return true;
}

/* ---- events --------------------------------------------------------------------------------------- */

static bool see_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct making *making = context;
    struct event event;
    struct error wrong = {.code = ERROR_NONE};
    struct projection projection = {
        .record = making->record, .db = making->made, .arena = making->passing, .event = &event};
    (void)error;
    arena_reset(making->passing);
    making->rebuild->events++;
    if (event_read(body, making->passing, &event, &wrong)) {
        note_keys(making, &event);
        projection.further = id_same(&making->act, &event.act);
        making->act = event.act;
        if (project(&projection, &wrong)) return true;
    }
    find(making,
         arena_format(making->arena, "event %llu: %s", (unsigned long long)n, wrong.sentence));
    return db_in_transaction(making->made) || error_set(error, wrong.code, "%s", wrong.sentence);
}

static bool replay(struct making *making, struct error *error)
{
    if (!db_begin(making->made, error)) return false;
    if (person_keys_each(making->from, see_key, making, error) &&
        events_each(making->from, 0, UINT64_MAX, see_event, making, error))
        return db_commit(making->made, error);
    db_rollback(making->made);
    return false;
}

/* ---- comparing ------------------------------------------------------------------------------------ */

static bool see_difference(void *context, const char *table, struct slice row, const char *how,
                           struct error *error)
{
    struct making *making = context;
    (void)error;
    find(making, arena_format(making->arena, "%s %.*s: %s", table, SLICE_PRINT(row), how));
    return true;
}

static bool compare_all(struct making *making, struct error *error)
{
    const char *const *tables = project_tables();
    for (size_t i = 0; tables[i] != NULL; i++)
        if (!compare_table(making->from, making->made, tables[i], see_difference, making, error))
            return false;
    return true;
}

static void remove_copy(const char *path, struct arena *arena)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        unlink(arena_format(arena, "%s%s", path, ends[i]).at);
}

static bool make_and_compare(struct making *making, const char *path, struct error *error)
{
    struct db_options options = {.create = true, .not_synced = true};
    bool done = db_open(path, &options, &making->made, error) && db_migrate(making->made, error) &&
                replay(making, error) && check_used(making, error) && compare_all(making, error);
    db_close(making->made);
    remove_copy(path, making->passing);
    return done;
}

/* What projections need of a record, so that what they touch is not taken for a change of the register. */
static struct record *stand_in(const struct record *record, struct arena *arena)
{
    struct record *stand = ARENA_NEW(arena, struct record);
    stand->folder = record->folder;
    stand->origin = record->origin;
    stand->vkey = record->vkey;
    stand->persons = record->persons;
    stand->lookup = record->lookup;
    stand->top = record->top;
    return stand;
}

bool record_rebuild_check(struct record *record, struct arena *arena, struct rebuild *ret_rebuild,
                          struct error *error)
{
    AUTO(arena) struct arena *passing = arena_new();
    AUTO(arena) struct arena *own = arena_new();
    char hex[2 * ID_SIZE + 1];
    struct id name = id_make();
    id_hex(&name, hex);
    struct slice path = arena_format(own, "%.*s/rebuild-%s.db", SLICE_PRINT(record->folder), hex);
    struct making making = {.record = stand_in(record, own),
                            .from = record_read(record, error),
                            .arena = arena,
                            .passing = passing,
                            .rebuild = ret_rebuild};
    map_init(&making.places, own);
    *ret_rebuild = (struct rebuild){0};
    if (making.from == NULL) return false;
    bool done = make_and_compare(&making, path.at, error);
    record_read_done(record, making.from);
    free(making.record->touched.at);
    key_forget(&making.record->persons);
    key_forget(&making.record->lookup);
    return done;
}

/* ---- without the register ------------------------------------------------------------------------- */

/* A damaged key or row that keeps the record from opening is what is looked for here. */
static bool open_bare(struct record *record, struct error *error)
{
    struct db_options options = {.read_only = true};
    struct log_row log;
    if (!record_key_load(record, error) ||
        !db_open(record->file.at, &options, &record->db, error) ||
        !log_read(record->db, record->arena, &log, error))
        return false;
    record->origin = log.origin;
    record->vkey = log.vkey;
    return true;
}

/* Without them nothing can be compared: they are all that is named. */
static bool find_vault(struct record *record, struct arena *arena, struct rebuild *rebuild)
{
    const char *names[VAULT_KEYS + 1];
    if (!vault_damaged(record, record->db, names)) return false;
    for (size_t i = 0; names[i] != NULL; i++)
        rebuild->findings[rebuild->wrong++] =
            arena_format(arena, "vault %s: the wrapped key is not there, or is damaged", names[i]);
    return rebuild->wrong > 0;
}

bool record_rebuild_folder(const struct record_place *place, struct arena *arena,
                           struct rebuild *ret_rebuild, struct error *error)
{
    struct record_place reading = *place;
    reading.read_only = true;
    struct record *record = record_new(&reading);
    *ret_rebuild = (struct rebuild){0};
    bool done =
        open_bare(record, error) && (vault_load(record, record->db, error)
                                         ? record_rebuild_check(record, arena, ret_rebuild, error)
                                         : find_vault(record, arena, ret_rebuild));
    record_close(record);
    return done;
}

/* ---- as an act ------------------------------------------------------------------------------------ */

bool record_check(struct record *record, struct arena *arena, struct rebuild *ret_rebuild,
                  struct error *error)
{
    struct order order;
    struct outcome outcome;
    if (!record_rebuild_check(record, arena, ret_rebuild, error)) return false;
    order_init(&order, ACT_CHECK_RECORD, (struct id){{0}});
    order_set(&order, arena, "events",
              arena_format(arena, "%llu", (unsigned long long)ret_rebuild->events));
    order_set(&order, arena, "findings", arena_format(arena, "%zu", ret_rebuild->wrong));
    return desk_do(record, &order, arena, &outcome, error);
}
