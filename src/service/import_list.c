/* Files that were brought, and saved mappings, for pages and commands; and throwing away what waited too long. */
#include "service/import.h"

#include <stdlib.h>

#include "service/record_parts.h"
#include "store/events.h"
#include "store/keeping.h"

#define LINE_END SLICE("\xE2\x80\xA8")

struct listing {
    struct db *db;
    struct arena *arena;
    LIST(struct import_seen) imports;
    LIST(struct import_mapping) mappings;
    LIST(int64_t) rows; /* events, beside imports */
};

static struct import_seen seen_of(const struct import_row *row)
{
    return (struct import_seen){.id = row->id,
                                .by = row->brought_by,
                                .source = row->format,
                                .state = row->state,
                                .joiners = row->joiners,
                                .movers = row->movers,
                                .leavers = row->leavers,
                                .at = row->n};
}

static bool add_import(void *context, const void *row, struct error *error)
{
    struct listing *listing = context;
    (void)error;
    LIST_PUSH(listing->arena, &listing->imports, seen_of(row));
    return true;
}

/* The moment of the event whose number stands there. */
static bool read_time(struct db *db, struct import_seen *seen, struct arena *arena,
                      struct error *error)
{
    struct slice body;
    struct event event;
    if (!events_read(db, (uint64_t)seen->at, arena, &body, error) ||
        !event_read(body, arena, &event, error))
        return false;
    seen->at = event.at;
    return true;
}

static int newest_first(const void *a, const void *b)
{
    int64_t one = ((const struct import_seen *)a)->at, other = ((const struct import_seen *)b)->at;
    return one > other ? -1 : one < other;
}

static bool list(struct db *db, size_t most, struct arena *arena, struct listing *listing,
                 struct error *error)
{
    *listing = (struct listing){.db = db, .arena = arena};
    if (!imports_each(db, arena, add_import, listing, error)) return false;
    if (listing->imports.count > 0)
        qsort(listing->imports.at, listing->imports.count, sizeof *listing->imports.at,
              newest_first);
    if (listing->imports.count > most) listing->imports.count = most;
    for (size_t i = 0; i < listing->imports.count; i++)
        if (!read_time(db, &listing->imports.at[i], arena, error)) return false;
    return true;
}

bool import_list(struct record *record, size_t most, struct arena *arena,
                 struct import_seen **ret_list, size_t *ret_count, struct error *error)
{
    struct listing listing = {0};
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool listed = list(db, most, arena, &listing, error);
    record_read_done(record, db);
    *ret_list = listing.imports.at;
    *ret_count = listing.imports.count;
    return listed;
}

bool import_find(struct record *record, const struct id *id, struct arena *arena,
                 struct import_seen *ret_seen, bool *ret_found, struct error *error)
{
    struct import_row row;
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool read = import_get(db, id, arena, &row, ret_found, error);
    if (read && *ret_found) {
        *ret_seen = seen_of(&row);
        read = read_time(db, ret_seen, arena, error);
    }
    record_read_done(record, db);
    return read;
}

/* ---- mappings ---- */

/* Lines again where U+2028 stands for their ends. */
static struct slice lines_of(struct slice content, struct arena *arena)
{
    char *lines = arena_take(arena, content.length + 1, 1);
    size_t length = 0;
    while (content.length > 0) {
        size_t end = slice_search(content, LINE_END);
        for (size_t i = 0; i < end; i++) lines[length++] = content.at[i];
        if (end < content.length) lines[length++] = '\n';
        content = slice_part(content, end + LINE_END.length, content.length);
    }
    return (struct slice){lines, length};
}

static bool add_mapping(void *context, const void *row, struct error *error)
{
    struct listing *listing = context;
    const struct mapping_row *mapping = row;
    (void)error;
    LIST_PUSH(listing->arena, &listing->mappings,
              (struct import_mapping){mapping->name, lines_of(mapping->content, listing->arena)});
    return true;
}

bool import_mappings(struct record *record, struct arena *arena, struct import_mapping **ret_list,
                     size_t *ret_count, struct error *error)
{
    struct listing listing = {.arena = arena};
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool listed = mappings_each(db, arena, add_mapping, &listing, error);
    record_read_done(record, db);
    *ret_list = listing.mappings.at;
    *ret_count = listing.mappings.count;
    return listed;
}

bool import_mapping(struct record *record, struct slice name, struct arena *arena,
                    struct slice *ret_text, bool *ret_found, struct error *error)
{
    struct mapping_row row;
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool read = mapping_get(db, name, arena, &row, ret_found, error);
    record_read_done(record, db);
    *ret_text = read && *ret_found ? lines_of(row.content, arena) : SLICE_EMPTY;
    return read;
}

/* ---- sweeping ---- */

static bool throw_away(struct record *record, const struct id *id, struct arena *arena,
                       struct error *error)
{
    struct order order;
    struct outcome outcome;
    char hex[2 * ID_SIZE + 1];
    id_hex(id, hex);
    order_init(&order, ACT_REFUSE_IMPORT, (struct id){{0}});
    order_set(&order, arena, "import", arena_copy(arena, slice_of(hex)));
    return desk_do(record, &order, arena, &outcome, error);
}

bool import_sweep(struct record *record, struct error *error)
{
    int64_t oldest = record_now(record) - (int64_t)IMPORT_DAYS * 24 * 3600 * 1000;
    return import_sweep_before(record, oldest, error);
}

bool import_sweep_before(struct record *record, int64_t moment, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct import_seen *seen;
    size_t count;
    if (!import_list(record, SIZE_MAX, arena, &seen, &count, error)) return false;
    for (size_t i = 0; i < count; i++) {
        bool waits = slice_is(seen[i].state, "waiting") || slice_is(seen[i].state, "looked-at");
        if (waits && seen[i].at < moment && !throw_away(record, &seen[i].id, arena, error))
            return false;
    }
    return true;
}
