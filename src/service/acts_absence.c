/* Being away, and who stands in. Values:
 *   record-absence   person, since, until? (the last day)
 *   end-absence      absence, until? (the last day; without it: back today)
 *   name-deputy      role (its code), org, person, place? (1 is asked first)
 *   remove-deputy    deputy
 * Events: absence-recorded, absence-ended, deputy-named, deputy-removed. Why somebody is away is not kept. */
#include "service/people.h"

#define DAYS_LARGEST 740 /* an absence begins and ends at most so far from today */
#define PLACE_LARGEST 99

struct found {
    struct person_row person;
    struct absence_row absence;
    struct deputy_row deputy;
};

/* ---- absences ---- */

static bool check_days(const struct desk *desk, const struct absence_row *absence,
                       struct error *error)
{
    if (absence->since < desk->today - DAYS_LARGEST || absence->since > desk->today + DAYS_LARGEST)
        return error_set(error, ERROR_REQUEST, "the first day is too far from today");
    if (absence->until == ROW_NOTHING) return true;
    if (absence->until < absence->since)
        return error_set(error, ERROR_REQUEST, "the last day is before the first");
    return absence->until <= desk->today + DAYS_LARGEST ||
           error_set(error, ERROR_REQUEST, "the last day is too far from today") ||
           error_advise(error, "Leave it empty where it is not known yet");
}

static bool optional_day(struct desk *desk, const char *key, const char *called, int64_t without,
                         int64_t *ret_day, struct error *error)
{
    *ret_day = without;
    return order_value(desk->order, key).length == 0 || desk_day(desk, key, called, ret_day, error);
}

bool facts_record_absence(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct absence_row *absence = &found->absence;
    desk->found = found;
    if (!desk_person(desk, "person", "the person", &found->person, error) ||
        !desk_day(desk, "since", "the first day", &absence->since, error) ||
        !optional_day(desk, "until", "the last day", ROW_NOTHING, &absence->until, error))
        return false;
    absence->person = found->person.id;
    if (!slice_is(found->person.state, "here"))
        return error_set(error, ERROR_REQUEST, "this person is not here any more");
    return check_days(desk, absence, error);
}

static bool emit_absence(struct desk *desk, const char *kind, const struct absence_row *absence,
                         struct error *error)
{
    struct event *event = desk_event(desk, kind);
    const struct id *id = id_is_none(&absence->id) ? &event->id : &absence->id;
    desk->outcome->made = *id;
    desk_set_id(desk, event, "absence", id);
    desk_set_id(desk, event, "person", &absence->person);
    desk_set_number(desk, event, "since", absence->since);
    if (absence->until != ROW_NOTHING) desk_set_number(desk, event, "until", absence->until);
    if (!id_is_none(&absence->id)) desk_set(desk, event, "state", absence->state);
    return desk_emit(desk, event, error);
}

bool do_record_absence(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    return emit_absence(desk, "absence-recorded", &found->absence, error);
}

bool facts_end_absence(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct absence_row *absence = &found->absence;
    struct id id;
    bool there, own;
    int64_t last;
    desk->found = found;
    if (!desk_id(desk, "absence", "the absence", &id, error) ||
        !absence_get(desk->db, &id, desk->arena, absence, &there, error))
        return false;
    if (!there) return error_set(error, ERROR_REQUEST, "the absence is not one that we know");
    desk->person = absence->person;
    if (!desk_unbarred(desk, &desk->person, "the absence", error) ||
        !people_row(desk->db, &desk->person, desk->arena, &found->person, error) ||
        !optional_day(desk, "until", "the last day", desk->today - 1, &last, error) ||
        !desk_is_actor(desk, &desk->person, &own, error) || !desk_say(desk, "own", own, error))
        return false;
    desk->scope = found->person.org;
    if (!slice_is(absence->state, "open") ||
        (absence->until != ROW_NOTHING && absence->until < desk->today))
        return error_set(error, ERROR_REQUEST, "this absence is over");
    absence->until = last;
    absence->state = last < desk->today ? SLICE("ended") : SLICE("open");
    return slice_is(absence->state, "ended") || check_days(desk, absence, error);
}

bool do_end_absence(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    return emit_absence(desk, "absence-ended", &found->absence, error);
}

/* ---- deputies ---- */

struct others {
    const struct deputy_row *wanted;
    int64_t place; /* the next free one */
    bool there;
};

static bool look_at(void *context, const void *row, struct error *error)
{
    struct others *others = context;
    const struct deputy_row *deputy = row;
    (void)error;
    if (!id_same(&deputy->org, &others->wanted->org)) return true;
    if (deputy->place >= others->place) others->place = deputy->place + 1;
    if (id_same(&deputy->person, &others->wanted->person)) others->there = true;
    return true;
}

static bool read_place(struct desk *desk, struct deputy_row *deputy, struct error *error)
{
    struct others others = {deputy, 1, false};
    struct slice place = slice_trim(order_value(desk->order, "place"));
    if (!deputies_of(desk->db, deputy->role, desk->arena, look_at, &others, error)) return false;
    if (others.there)
        return error_set(error, ERROR_REQUEST, "this person stands in for that role there already");
    deputy->place = others.place;
    if (place.length > 0 && !slice_number(place, &deputy->place))
        return error_set(error, ERROR_REQUEST, "the place is no number");
    return (deputy->place >= 1 && deputy->place <= PLACE_LARGEST) ||
           error_set(error, ERROR_REQUEST, "the place is a number from 1 to %d", PLACE_LARGEST);
}

/* One person's hand names a deputy: it must not open to somebody what only two confirmations open. */
static bool check_trust(struct desk *desk, const struct found *found, struct error *error)
{
    enum role roles[ROLES];
    size_t count;
    if (!role_row(role_of(found->deputy.role))->trusted) return true;
    if (!people_acting_roles(desk->record, desk->db, &found->person.id, &(struct id){{0}},
                             desk->today, desk->arena, roles, &count, error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (role_row(roles[i])->trusted) return true;
    error_set(error, ERROR_REQUEST, "only somebody in a role of trust can stand in for this role");
    return error_advise(error, "Propose a role of trust for them first, such as deputy "
                               "safeguarding lead, and have it confirmed");
}

bool facts_name_deputy(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct deputy_row *deputy = &found->deputy;
    struct org_row org;
    struct slice code;
    desk->found = found;
    if (!desk_person(desk, "person", "the person", &found->person, error) ||
        !desk_text(desk, "role", "the role", 40, &code, error) ||
        !desk_id(desk, "org", "the school", &deputy->org, error) ||
        !people_org(desk->db, &deputy->org, desk->arena, &org, error))
        return false;
    if (role_of(code) == ROLES)
        return error_set(error, ERROR_REQUEST, "the role is not one that we know");
    if (!slice_is(found->person.state, "here"))
        return error_set(error, ERROR_REQUEST, "this person is not here any more");
    deputy->role = role_row(role_of(code))->code;
    deputy->person = found->person.id;
    desk->scope = deputy->org;
    return true;
}

static bool emit_deputy(struct desk *desk, const char *kind, const struct deputy_row *deputy,
                        struct error *error)
{
    struct event *event = desk_event(desk, kind);
    const struct id *id = id_is_none(&deputy->id) ? &event->id : &deputy->id;
    desk->outcome->made = *id;
    desk_set_id(desk, event, "deputy", id);
    desk_set_id(desk, event, "org", &deputy->org);
    desk_set_id(desk, event, "person", &deputy->person);
    desk_set(desk, event, "role", deputy->role);
    desk_set_number(desk, event, "place", deputy->place);
    return desk_emit(desk, event, error);
}

bool do_name_deputy(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    return read_place(desk, &found->deputy, error) && check_trust(desk, found, error) &&
           emit_deputy(desk, "deputy-named", &found->deputy, error);
}

bool facts_remove_deputy(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct id id;
    bool there, own;
    desk->found = found;
    if (!desk_id(desk, "deputy", "the deputy", &id, error) ||
        !deputy_get(desk->db, &id, desk->arena, &found->deputy, &there, error))
        return false;
    if (!there || !slice_is(found->deputy.state, "named"))
        return error_set(error, ERROR_REQUEST, "the deputy is not one that we know");
    desk->person = found->deputy.person;
    desk->scope = found->deputy.org;
    return desk_unbarred(desk, &desk->person, "the deputy", error) &&
           desk_is_actor(desk, &desk->person, &own, error) && desk_say(desk, "own", own, error);
}

bool do_remove_deputy(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    return emit_deputy(desk, "deputy-removed", &found->deputy, error);
}
