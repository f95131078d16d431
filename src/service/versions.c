/* Versions of the policy as pages read them; see versions.h. */
#include "service/version_parts.h"

#include <stdlib.h>

#include "base/date.h"
#include "service/keeping_read.h"
#include "service/register.h"

/* ---- the list ---- */

struct version_reading {
    struct record *record;
    const struct register_view *view;
    struct arena *arena;
    int64_t today;
    LIST(struct version_row) rows;
};

static bool add_row(void *context, const void *row, struct error *error)
{
    struct version_reading *reading = context;
    (void)error;
    LIST_PUSH(reading->arena, &reading->rows, *(const struct version_row *)row);
    return true;
}

/* The day from which another approved version takes its place; INT64_MAX: none does. */
static int64_t replaced_on(const struct version_reading *reading, const struct version_row *row)
{
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < reading->rows.count; i++) {
        const struct version_row *other = &reading->rows.at[i];
        if (slice_is(other->state, "approved") && other->in_force > row->in_force &&
            other->in_force < first)
            first = other->in_force;
    }
    return first;
}

static enum version_state state_of(const struct version_reading *reading,
                                   const struct version_row *row)
{
    if (slice_is(row->state, "brought")) return VERSION_WAITS;
    if (slice_is(row->state, "refused")) return VERSION_REFUSED;
    if (slice_is(row->state, "withdrawn")) return VERSION_WITHDRAWN;
    if (row->in_force > reading->today) return VERSION_COMING;
    return replaced_on(reading, row) > reading->today ? VERSION_IN_FORCE : VERSION_REPLACED;
}

static struct slice day_words(int64_t day, struct arena *arena)
{
    return date_words(date_from_day(day), arena);
}

static struct slice state_words(const struct version_seen *seen, struct arena *arena)
{
    struct slice first = day_words(seen->in_force, arena);
    switch (seen->state) {
    case VERSION_WAITS: return SLICE("Waits to be approved");
    case VERSION_COMING:
        return arena_format(arena, "Approved, in force from %.*s", SLICE_PRINT(first));
    case VERSION_IN_FORCE: return arena_format(arena, "In force since %.*s", SLICE_PRINT(first));
    case VERSION_REPLACED:
        return arena_format(arena, "Was in force from %.*s to %.*s", SLICE_PRINT(first),
                            SLICE_PRINT(day_words(seen->last, arena)));
    case VERSION_REFUSED: return SLICE("Refused");
    case VERSION_WITHDRAWN: return SLICE("Taken back");
    }
    return SLICE_EMPTY;
}

static struct slice name_of(const struct version_reading *reading, const struct id *person)
{
    if (id_is_none(person)) return SLICE_EMPTY;
    const struct registered *found = register_person(reading->view, person);
    return found != NULL ? keeping_called(found, reading->arena)
                         : SLICE("somebody no longer in the record");
}

static struct slice body_title(struct slice code)
{
    enum role role = role_of(code);
    return role == ROLES ? SLICE_EMPTY : role_row(role)->title;
}

static int64_t or_0(int64_t number)
{
    return number == ROW_NOTHING ? 0 : number;
}

static struct version_seen see(const struct version_reading *reading, const struct version_row *row)
{
    bool approved = slice_is(row->state, "approved");
    int64_t next = approved ? replaced_on(reading, row) : 0;
    struct version_seen seen = {.id = row->id,
                                .base = row->base,
                                .author_id = row->author,
                                .name = row->name,
                                .number = row->number,
                                .state = state_of(reading, row),
                                .author = name_of(reading, &row->author),
                                .approver = name_of(reading, &row->approved_by),
                                .body = body_title(row->body),
                                .brought = row->brought,
                                .approved = or_0(row->approved),
                                .in_force = approved ? row->in_force : 0,
                                .last = approved && next < INT64_MAX ? next - 1 : next,
                                .material = row->material != 0,
                                .changed = row->changed};
    seen.state_words = state_words(&seen, reading->arena);
    return seen;
}

static int newest_first(const void *a, const void *b)
{
    const struct version_row *x = a, *y = b;
    return x->n == y->n ? 0 : x->n < y->n ? 1 : -1;
}

/* The register is held before a connection for reading is asked for: record_parts.h. */
static bool read_all(struct record *record, struct arena *arena, struct versions_seen *ret_versions,
                     struct error *error)
{
    struct version_reading reading = {
        .record = record, .arena = arena, .today = record_today(record)};
    reading.view = register_hold(record);
    struct db *db = record_read(record, error);
    bool read = db != NULL && versions_each(db, arena, add_row, &reading, error);
    if (db != NULL) record_read_done(record, db);
    *ret_versions = (struct versions_seen){0};
    if (read && reading.rows.count > 0)
        qsort(reading.rows.at, reading.rows.count, sizeof *reading.rows.at, newest_first);
    for (size_t i = 0; read && i < reading.rows.count; i++)
        LIST_PUSH(arena, &ret_versions->list, see(&reading, &reading.rows.at[i]));
    register_let_go(record, reading.view);
    return read;
}

bool versions_seen(struct record *record, struct arena *arena, struct versions_seen *ret_versions,
                   struct error *error)
{
    return read_all(record, arena, ret_versions, error);
}

bool version_seen(struct record *record, const struct id *version, struct arena *arena,
                  struct version_seen *ret_version, bool *ret_found, struct error *error)
{
    struct versions_seen versions;
    *ret_found = false;
    if (!read_all(record, arena, &versions, error)) return false;
    for (size_t i = 0; i < versions.list.count && !*ret_found; i++) {
        *ret_found = id_same(&versions.list.at[i].id, version);
        if (*ret_found) *ret_version = versions.list.at[i];
    }
    return true;
}

struct newest {
    struct version_row row;
    bool found;
};

static bool take_first(void *context, const void *row, struct error *error)
{
    struct newest *newest = context;
    (void)error;
    if (!newest->found) newest->row = *(const struct version_row *)row;
    newest->found = true;
    return true;
}

bool version_newest(struct db *db, struct arena *arena, struct version_row *ret_row,
                    bool *ret_found, struct error *error)
{
    struct newest newest = {.found = false};
    if (!versions_approved(db, arena, take_first, &newest, error)) return false;
    *ret_found = newest.found;
    if (newest.found) *ret_row = newest.row;
    return true;
}

/* ---- why ---- */

bool version_why(struct record *record, const struct id *version, struct arena *arena,
                 struct version_said_why *ret_why, struct error *error)
{
    struct version_row row;
    struct pairs pairs = {0};
    bool found, there = false;
    struct db *db = record_read(record, error);
    *ret_why = (struct version_said_why){SLICE_EMPTY, SLICE_EMPTY};
    if (db == NULL) return false;
    bool read = version_get(db, version, arena, &row, &found, error);
    if (read && found && row.reason != ROW_NOTHING)
        read = record_part(record, db, (uint64_t)row.reason, version, arena, &pairs, &there, error);
    record_read_done(record, db);
    if (!read) return false;
    if (there)
        *ret_why =
            (struct version_said_why){pairs_value(&pairs, "reason"), pairs_value(&pairs, "minute")};
    return true;
}

/* ---- what was done under it ---- */

struct counting {
    struct arena *arena;
    struct version_doings *doings;
};

static bool count_row(void *context, const void *row, struct error *error)
{
    struct counting *counting = context;
    const struct occurrence_row *done = row;
    struct version_doings *doings = counting->doings;
    (void)error;
    doings->all++;
    for (size_t i = 0; i < doings->list.count; i++) {
        struct version_done *at = &doings->list.at[i];
        if (slice_equal(at->act, done->act) && slice_equal(at->verdict, done->verdict)) {
            at->count++;
            return true;
        }
    }
    LIST_PUSH(counting->arena, &doings->list, (struct version_done){done->act, done->verdict, 1});
    return true;
}

static int most_first(const void *a, const void *b)
{
    const struct version_done *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    int by_act = slice_compare(x->act, y->act);
    return by_act != 0 ? by_act : slice_compare(x->verdict, y->verdict);
}

bool version_doings(struct record *record, const struct id *version, struct arena *arena,
                    struct version_doings *ret_doings, struct error *error)
{
    struct counting counting = {arena, ret_doings};
    struct db *db = record_read(record, error);
    *ret_doings = (struct version_doings){.all = 0};
    if (db == NULL) return false;
    bool read = occurrences_under(db, version, arena, count_row, &counting, error);
    record_read_done(record, db);
    if (read && ret_doings->list.count > 0)
        qsort(ret_doings->list.at, ret_doings->list.count, sizeof *ret_doings->list.at, most_first);
    return read;
}
