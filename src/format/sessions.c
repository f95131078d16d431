/* School terms from academicSessions.csv; see sessions.h. */
#include "format/sessions.h"

#include <stdlib.h>

#include "format/table.h"

#define FILE_NAME SLICE("academicSessions.csv")
/* Days from the beginning of a session to its first part, and from its last part to its end. */
#define EDGE_LARGEST 7
#define GAP_LARGEST 21 /* days without a part: a holiday between two terms or two halves of one */

/* From the coarsest to the finest. */
enum grain { GRAIN_YEAR, GRAIN_SEMESTER, GRAIN_TERM, GRAIN_PERIOD, GRAINS };

struct session {
    struct slice id, parent; /* parent empty: by its days alone */
    int64_t first, last;
    enum grain grain;
};
struct sessions {
    LIST(struct session) list;
    struct arena *arena;
};

/* ---- reading -------------------------------------------------------------------------------------- */

/* Those up to the end are needed. */
enum { COLUMN_OF_ID, COLUMN_TYPE, COLUMN_START, COLUMN_END, COLUMN_STATUS, COLUMN_PARENT, COLUMNS };

static enum grain grain_of(struct slice type)
{
    static const struct {
        const char *word;
        enum grain grain;
    } words[] = {{"schoolYear", GRAIN_YEAR}, {"semester", GRAIN_SEMESTER},
                 {"term", GRAIN_TERM},       {"trimester", GRAIN_TERM},
                 {"quarter", GRAIN_TERM},    {"gradingPeriod", GRAIN_PERIOD}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(type, words[i].word)) return words[i].grain;
    return GRAINS;
}

static void take_session(struct table *table, const size_t *columns, struct sessions *sessions)
{
    struct date first, last;
    if (slice_is(table_look(table, columns[COLUMN_STATUS]), "tobedeleted")) return;
    enum grain grain = grain_of(table_look(table, columns[COLUMN_TYPE]));
    if (grain == GRAINS) {
        table_problem(table, columns[COLUMN_TYPE], ROSTER_ONLY_NOTED,
                      "this is no kind of session that is known here; no term is taken from it");
        return;
    }
    first = table_date(table, columns[COLUMN_START], table_iso_date);
    last = table_date(table, columns[COLUMN_END], table_iso_date);
    if (first.year == 0 || last.year == 0) return;
    struct session session = {.id = table->id,
                              .parent = table_text(table, columns[COLUMN_PARENT], TABLE_ID_LARGEST),
                              .first = date_to_day(first),
                              .last = date_to_day(last),
                              .grain = grain};
    if (session.last < session.first)
        table_problem(table, columns[COLUMN_END], ROSTER_ONLY_NOTED,
                      "the session ends before it begins; no term is taken from it");
    else
        LIST_PUSH(sessions->arena, &sessions->list, session);
}

static void note(struct roster *roster, const char *what)
{
    roster_problem(roster, (struct roster_problem){.file = FILE_NAME,
                                                   .id = SLICE_EMPTY,
                                                   .field = SLICE_EMPTY,
                                                   .what = what,
                                                   .done = ROSTER_ONLY_NOTED});
}

/* A file without the columns is no reason to leave its people out. */
static bool find_columns(const struct table *table, size_t *ret_columns, bool *ret_there,
                         struct error *error)
{
    static const char *const names[COLUMNS] = {"sourcedId", "type",   "startDate",
                                               "endDate",   "status", "parentSourcedId"};
    for (size_t i = 0; i < COLUMNS; i++)
        if (!table_column(table, slice_of(names[i]), false, &ret_columns[i], error)) return false;
    *ret_there = true;
    for (size_t i = 0; i < COLUMN_STATUS; i++)
        if (ret_columns[i] == CSV_NONE) *ret_there = false;
    return true;
}

static bool read_sessions(const struct bundle *bundle, struct roster *roster,
                          struct sessions *sessions, struct error *error)
{
    AUTO_TABLE struct table table = {0};
    size_t columns[COLUMNS];
    bool there;
    if (!table_open(&table, bundle, FILE_NAME, false, roster, error) ||
        !find_columns(&table, columns, &there, error))
        return false;
    if (!there) {
        note(roster, "it does not say type, startDate and endDate, so no terms are taken from it");
        return true;
    }
    table.id_column = columns[COLUMN_OF_ID];
    for (bool row; sessions->list.count < SESSIONS_LARGEST;) {
        if (!table_next(&table, &row, error)) return false;
        if (!row) return true;
        take_session(&table, columns, sessions);
    }
    note(roster, "it holds more than 1000 sessions; the rest are not read");
    return true;
}

/* ---- settling ------------------------------------------------------------------------------------- */

static int by_first(const void *left, const void *right)
{
    const struct session *a = left, *b = right;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    return (a->last > b->last) - (a->last < b->last);
}

static bool is_part(const struct session *part, const struct session *whole)
{
    if (part->grain <= whole->grain || part->first < whole->first || part->last > whole->last)
        return false;
    return part->parent.length == 0 || slice_equal(part->parent, whole->id);
}

/* Whether finer sessions within one fill it, but for holidays. The list is in order. */
static bool is_filled(const struct sessions *sessions, const struct session *whole)
{
    int64_t filled = whole->first - 1; /* up to here */
    bool any = false;
    for (size_t i = 0; i < sessions->list.count; i++) {
        const struct session *part = &sessions->list.at[i];
        if (!is_part(part, whole)) continue;
        if (part->first - filled - 1 > (any ? GAP_LARGEST : EDGE_LARGEST)) return false;
        if (part->last > filled) filled = part->last;
        any = true;
    }
    return any && whole->last - filled <= EDGE_LARGEST;
}

static void settle(struct sessions *sessions, struct roster *roster)
{
    if (sessions->list.count == 0) return;
    qsort(sessions->list.at, sessions->list.count, sizeof *sessions->list.at, by_first);
    for (size_t i = 0; i < sessions->list.count; i++) {
        const struct session *session = &sessions->list.at[i];
        if (session->grain == GRAIN_YEAR || is_filled(sessions, session)) continue;
        LIST_PUSH(
            roster->arena, &roster->terms,
            (struct roster_term){date_from_day(session->first), date_from_day(session->last)});
    }
    if (roster->terms.count == 0)
        note(roster, "it names school years and no terms, so the holidays are not known from it");
}

bool sessions_read(const struct bundle *bundle, struct roster *roster, struct error *error)
{
    AUTO(arena) struct arena *scratch = arena_new();
    struct sessions sessions = {.arena = scratch};
    if (!bundle_has(bundle, FILE_NAME)) return true;
    if (!read_sessions(bundle, roster, &sessions, error)) return false;
    settle(&sessions, roster);
    return true;
}
