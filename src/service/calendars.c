/* Calendars looked up and set; see calendars.h. */
#include "service/calendars.h"

#include "service/people.h"

#define ABOVE_LARGEST 32 /* organisations above an organisation */

static bool look(struct db *db, const struct id *org, struct arena *arena,
                 struct calendar_here *ret_here, bool *ret_found, struct error *error)
{
    struct calendar_row row;
    if (!calendar_get(db, org, arena, &row, ret_found, error)) return false;
    if (*ret_found && slice_is(row.source, CALENDAR_OF_ABOVE)) *ret_found = false;
    if (!*ret_found) return true;
    *ret_here = (struct calendar_here){
        .calendar = calendar_load(row.nation, row.late, row.terms, row.closed, arena),
        .whose = *org,
        .n = row.n,
        .by_hand = slice_is(row.source, CALENDAR_BY_HAND)};
    return true;
}

bool calendar_of(struct db *db, const struct id *org, struct arena *arena,
                 struct calendar_here *ret_here, struct error *error)
{
    struct id at = *org;
    *ret_here = (struct calendar_here){.calendar = calendar_unknown()};
    for (int above = 0; above < ABOVE_LARGEST && !id_is_none(&at); above++) {
        struct org_row row;
        bool found;
        if (!look(db, &at, arena, ret_here, &found, error)) return false;
        if (found) return true;
        if (!people_org(db, &at, arena, &row, error)) return false;
        at = row.parent;
    }
    return true;
}

bool calendar_here(struct record *record, const struct id *org, struct arena *arena,
                   struct calendar_here *ret_here, struct error *error)
{
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool done = calendar_of(db, org, arena, ret_here, error);
    record_read_done(record, db);
    return done;
}

bool calendar_set(struct desk *desk, const struct id *org, const struct calendar *calendar,
                  const char *source, struct error *error)
{
    struct event *event = desk_event(desk, "calendar-set");
    AUTO_TEXT struct text terms, closed;
    text_init(&terms, EVENT_FIELD_LARGEST);
    text_init(&closed, EVENT_FIELD_LARGEST);
    calendar_store_terms(calendar, &terms);
    calendar_store_closed(calendar, &closed);
    desk_set_id(desk, event, "org", org);
    desk_set(desk, event, "nation", nation_code(calendar->nation));
    desk_set_number(desk, event, "late", calendar->late);
    desk_set(desk, event, "terms", arena_copy(desk->arena, text_slice(&terms)));
    desk_set(desk, event, "closed", arena_copy(desk->arena, text_slice(&closed)));
    desk_set(desk, event, "source", slice_of(source));
    return desk_emit(desk, event, error);
}
