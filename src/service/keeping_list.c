/* What commands need to name a person, a hold, an erasure: ids and days, no names. */
#include "base/date.h"
#include "service/desk_parts.h"
#include "service/keeping.h"
#include "service/register.h"
#include "store/events.h"

#define DAY_MILLISECONDS (24LL * 3600 * 1000)

bool keeping_person(struct record *record, struct slice who, struct id *ret_person,
                    struct error *error)
{
    struct id id = {{0}};
    const struct register_view *view = register_hold(record);
    bool by_id = id_read(who, &id);
    const struct registered *person =
        by_id ? register_person(view, &id) : register_by_email(view, who);
    bool found = person != NULL;
    if (found) *ret_person = person->id;
    register_let_go(record, view);
    if (found) return true;
    error_set(error, ERROR_REQUEST, "nobody in the record has this address or id");
    return error_advise(error, "Give the e-mail address as the record has it, or the person's id");
}

struct listing {
    struct db *db;
    struct arena *arena;
    struct text *out;
};

static bool add_line(struct listing *listing, const struct id *id, const struct id *person,
                     int64_t n, struct error *error)
{
    char hex[2 * ID_SIZE + 1], who[2 * ID_SIZE + 1], day[11];
    struct slice body;
    struct event event;
    if (!events_read(listing->db, (uint64_t)n, listing->arena, &body, error) ||
        !event_read(body, listing->arena, &event, error))
        return false;
    id_hex(id, hex);
    id_hex(person, who);
    date_format(date_from_day(event.at / DAY_MILLISECONDS), day);
    text_format(listing->out, "%s  person %s  %s\n", hex, who, day);
    return true;
}

static bool see_hold(void *context, const void *row, struct error *error)
{
    const struct hold_row *hold = row;
    if (hold->lifted != ROW_NOTHING) return true;
    return add_line(context, &hold->id, &hold->person, hold->placed, error);
}

static bool see_erasure(void *context, const void *row, struct error *error)
{
    const struct erasure_row *erasure = row;
    if (!slice_is(erasure->state, "asked")) return true;
    return add_line(context, &erasure->id, &erasure->person, erasure->asked, error);
}

static bool list(struct record *record, struct text *out,
                 bool (*each)(struct db *, struct arena *, row_visit *, void *, struct error *),
                 row_visit *visit, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct listing listing = {record_read(record, error), arena, out};
    if (listing.db == NULL) return false;
    bool done = each(listing.db, arena, visit, &listing, error);
    record_read_done(record, listing.db);
    return done;
}

bool keeping_list_holds(struct record *record, struct text *out, struct error *error)
{
    return list(record, out, holds_each, see_hold, error);
}

bool keeping_list_erasures(struct record *record, struct text *out, struct error *error)
{
    return list(record, out, erasures_each, see_erasure, error);
}
