/* Roles by hand. Values:
 *   give-role, propose-role   person, role (its code), org, since? (today), until? (the last day)
 *   confirm-role, refuse-role held (the proposal)
 *   end-role                  held, until? (the last day; without it: at once)
 * Events: role-given, role-proposed, role-confirmed, role-refused, role-ended; tasks role-given for those who hold it. */
#include "service/people.h"

#define TOLD_WITHIN (7LL * 24 * 3600 * 1000)
#define DAYS_LARGEST 36600 /* a role begins at most so far from today */

struct found {
    struct person_row person;
    struct role_held held;
    struct org_row org;
    enum role role;
    int64_t last; /* day, of one that is ended */
};

/* ---- give-role, propose-role ---- */

static bool optional_day(struct desk *desk, const char *key, const char *called, int64_t without,
                         int64_t *ret_day, struct error *error)
{
    *ret_day = without;
    return order_value(desk->order, key).length == 0 || desk_day(desk, key, called, ret_day, error);
}

static bool read_days(struct desk *desk, struct found *found, struct error *error)
{
    struct role_held *held = &found->held;
    if (!optional_day(desk, "since", "the first day", desk->today, &held->since, error) ||
        !optional_day(desk, "until", "the last day", ROW_NOTHING, &held->until, error))
        return false;
    if (held->since > desk->today + DAYS_LARGEST || held->since < desk->today - DAYS_LARGEST)
        return error_set(error, ERROR_REQUEST, "the first day is too far from today");
    return held->until == ROW_NOTHING || held->until >= held->since ||
           error_set(error, ERROR_REQUEST, "the last day is before the first");
}

struct matching {
    const struct role_held *wanted;
    int64_t today;
    bool there;
};

static bool match(void *context, const void *row, struct error *error)
{
    struct matching *matching = context;
    const struct role_held *held = row;
    (void)error;
    bool open = slice_is(held->state, "proposed") ||
                (slice_is(held->state, "held") &&
                 (held->until == ROW_NOTHING || held->until >= matching->wanted->since));
    if (open && slice_equal(held->role, matching->wanted->role) &&
        id_same(&held->org, &matching->wanted->org))
        matching->there = true;
    return true;
}

static bool check_fresh(struct desk *desk, const struct found *found, struct error *error)
{
    struct matching matching = {&found->held, desk->today, false};
    if (!roles_of(desk->db, &found->person.id, desk->arena, match, &matching, error)) return false;
    return !matching.there || error_set(error, ERROR_REQUEST,
                                        "this person has that role there already, or it is "
                                        "proposed");
}

static bool read_role(struct desk *desk, struct found **ret_found, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct slice code;
    *ret_found = desk->found = found;
    if (!desk_person(desk, "person", "the person", &found->person, error) ||
        !desk_text(desk, "role", "the role", 40, &code, error) ||
        !desk_id(desk, "org", "the school", &found->held.org, error) ||
        !people_org(desk->db, &found->held.org, desk->arena, &found->org, error) ||
        !read_days(desk, found, error))
        return false;
    found->role = role_of(code);
    if (found->role == ROLES)
        return error_set(error, ERROR_REQUEST, "the role is not one that we know");
    if (!slice_is(found->person.state, "here"))
        return error_set(error, ERROR_REQUEST, "this person is not here any more");
    found->held.person = found->person.id;
    found->held.role = role_row(found->role)->code;
    found->held.source = SLICE("hand");
    desk->scope = found->held.org;
    return desk_say(desk, "trusted-role", role_row(found->role)->trusted, error);
}

bool facts_give_role(struct desk *desk, struct error *error)
{
    struct found *found;
    return read_role(desk, &found, error);
}

bool do_give_role(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    found->held.state = SLICE("held");
    return check_fresh(desk, found, error) &&
           people_set_role(desk, &found->held, &desk->outcome->made, error);
}

bool facts_propose_role(struct desk *desk, struct error *error)
{
    struct found *found;
    bool fresh;
    if (!read_role(desk, &found, error) || !people_record_new(desk, &fresh, error) ||
        !desk_say(desk, "new-record", fresh, error))
        return false;
    return role_row(found->role)->trusted ||
           error_set(error, ERROR_REQUEST, "this role needs no proposal: give it");
}

/* The keeper of the machine, whom the rules let propose while the record is new, puts the first people in: there is nobody
 * yet who could confirm them. */
bool do_propose_role(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    bool keeper = id_is_none(&desk->order->actor);
    found->held.state = keeper ? SLICE("held") : SLICE("proposed");
    return check_fresh(desk, found, error) &&
           people_set_role(desk, &found->held, &desk->outcome->made, error);
}

/* ---- a role that is there ---- */

static bool find_role(struct desk *desk, struct found **ret_found, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct id id;
    bool there, own;
    *ret_found = desk->found = found;
    if (!desk_id(desk, "held", "the role", &id, error) ||
        !role_get(desk->db, &id, desk->arena, &found->held, &there, error))
        return false;
    if (!there) return error_set(error, ERROR_REQUEST, "the role is not one that we know");
    if (!desk_unbarred(desk, &found->held.person, "the role", error)) return false;
    desk->person = found->held.person;
    desk->scope = found->held.org;
    found->role = role_of(found->held.role);
    return people_row(desk->db, &desk->person, desk->arena, &found->person, error) &&
           desk_is_actor(desk, &desk->person, &own, error) && desk_say(desk, "own", own, error);
}

static bool find_proposed(struct desk *desk, struct found **ret_found, struct error *error)
{
    if (!find_role(desk, ret_found, error)) return false;
    return slice_is((*ret_found)->held.state, "proposed") ||
           error_set(error, ERROR_REQUEST, "this role is not proposed any more");
}

static bool say_actor(struct desk *desk, const char *fact, const struct id *person,
                      struct error *error)
{
    bool is = false;
    if (!id_is_none(person) && !desk_is_actor(desk, person, &is, error)) return false;
    return desk_say(desk, fact, is, error);
}

/* ---- confirm-role, refuse-role ---- */

bool facts_confirm_role(struct desk *desk, struct error *error)
{
    struct found *found;
    if (!find_proposed(desk, &found, error) ||
        !say_actor(desk, "began", &found->held.proposer, error) ||
        !say_actor(desk, "confirmed-before", &found->held.first_yes, error))
        return false;
    if (!slice_is(found->person.state, "here"))
        return error_set(error, ERROR_REQUEST, "this person is not here any more");
    return found->held.until == ROW_NOTHING || found->held.until >= desk->today ||
           error_set(error, ERROR_REQUEST, "the role's last day has passed");
}

static struct event *role_event(struct desk *desk, const char *kind, const struct role_held *held)
{
    struct event *event = desk_event(desk, kind);
    desk_set_id(desk, event, "held", &held->id);
    desk_set_id(desk, event, "org", &held->org);
    desk_set(desk, event, "role", held->role);
    return event;
}

static bool tell_holders(struct desk *desk, const struct found *found,
                         const struct people_ids *holders, struct error *error)
{
    for (size_t i = 0; i < holders->list.count; i++) {
        const struct id *holder = &holders->list.at[i];
        bool same;
        if (!people_same(desk->db, holder, &found->person.id, &same, error)) return false;
        struct task_plan plan = {.kind = "role-given",
                                 .role = found->role,
                                 .org = &found->held.org,
                                 .owner = holder,
                                 .about = &found->person.id,
                                 .due = desk->now + TOLD_WITHIN};
        if (!same && !desk_task(desk, &plan, NULL, error)) return false;
    }
    return true;
}

bool do_confirm_role(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    struct people_ids holders;
    bool second = !id_is_none(&found->held.first_yes);
    struct event *event = role_event(desk, "role-confirmed", &found->held);
    int64_t since = found->held.since > desk->today ? found->held.since : desk->today;
    desk_set_number(desk, event, "yes", second ? 2 : 1);
    if (second) desk_set_number(desk, event, "since", since);
    desk->outcome->made = found->held.id;
    if (!people_holders(desk->db, found->role, &found->held.org, desk->today, desk->arena, &holders,
                        error) ||
        !desk_emit(desk, event, error))
        return false;
    return !second || tell_holders(desk, found, &holders, error);
}

bool facts_refuse_role(struct desk *desk, struct error *error)
{
    struct found *found;
    return find_proposed(desk, &found, error);
}

bool do_refuse_role(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    return desk_emit(desk, role_event(desk, "role-refused", &found->held), error);
}

/* ---- end-role ---- */

bool facts_end_role(struct desk *desk, struct error *error)
{
    struct found *found;
    int64_t last;
    if (!find_role(desk, &found, error) ||
        !optional_day(desk, "until", "the last day", desk->today - 1, &last, error))
        return false;
    if (!slice_is(found->held.state, "held"))
        return error_set(error, ERROR_REQUEST, "nobody holds this role any more");
    if (last < desk->today - 1)
        return error_set(error, ERROR_REQUEST, "the last day has passed") ||
               error_advise(error, "Leave it empty to end the role at once");
    found->last = last;
    bool empty;
    return people_leaves_empty(desk, &found->person.id, &found->held, &empty, error) &&
           desk_say(desk, "leaves-empty", empty, error);
}

bool do_end_role(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    if (found->role == ROLE_ADMINISTRATOR && role_held_on(&found->held, desk->today) &&
        !people_not_last_administrator(desk, &found->person.id, error))
        return false;
    return people_end_role(desk, &found->held, found->last, error);
}
