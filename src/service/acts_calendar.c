/* A school's or a trust's calendar. Values:
 *   set-calendar   org, nation (its code), late? (minutes), terms? and inset? (lines as people type them)
 *                  or org and above: yes, which gives up the school's own for the one above
 * Event: calendar-set. A calendar is set whole: what is left out is not there any more. */
#include "service/calendars.h"
#include "service/people.h"

#define LATE_LEAST 1

struct found {
    struct id org;
    struct calendar calendar;
    bool above;
};

static bool read_nation(struct desk *desk, struct calendar *calendar, struct error *error)
{
    struct slice code;
    if (!desk_text(desk, "nation", "the nation", 40, &code, error)) return false;
    calendar->nation = nation_of(code);
    return calendar->nation != NATIONS ||
           error_set(error, ERROR_REQUEST, "the nation is not one that we know") ||
           error_advise(error, "Choose England and Wales, Scotland or Northern Ireland");
}

static bool read_late(struct desk *desk, struct calendar *calendar, struct error *error)
{
    struct slice minutes = slice_trim(order_value(desk->order, "late"));
    if (minutes.length == 0) return true;
    if (slice_number(minutes, &calendar->late) && calendar->late >= LATE_LEAST &&
        calendar->late <= CALENDAR_LATE_LARGEST)
        return true;
    return error_set(error, ERROR_REQUEST, "the minutes are a number from %d to %d", LATE_LEAST,
                     CALENDAR_LATE_LARGEST);
}

static bool read_above(const struct org_row *org, struct error *error)
{
    return !id_is_none(&org->parent) ||
           error_set(error, ERROR_REQUEST, "nobody is above this organisation: it needs its own");
}

bool facts_set_calendar(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct org_row org;
    desk->found = found;
    found->calendar = calendar_unknown();
    found->above = slice_is(order_value(desk->order, "above"), "yes");
    if (!desk_id(desk, "org", "the organisation", &found->org, error) ||
        !people_org(desk->db, &found->org, desk->arena, &org, error))
        return false;
    desk->scope = found->org;
    if (found->above) return read_above(&org, error);
    return read_nation(desk, &found->calendar, error) && read_late(desk, &found->calendar, error) &&
           calendar_read_terms(order_value(desk->order, "terms"), desk->arena, &found->calendar,
                               error) &&
           calendar_read_closed(order_value(desk->order, "inset"), desk->arena, &found->calendar,
                                error);
}

bool do_set_calendar(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    desk->outcome->made = found->org;
    return calendar_set(desk, &found->org, &found->calendar,
                        found->above ? CALENDAR_OF_ABOVE : CALENDAR_BY_HAND, error);
}
