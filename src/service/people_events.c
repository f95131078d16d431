/* The events by which people, their roles and their parents' links come into the record; see people.h. What they do to the
 * tables stands in project_people.c, with the fields of each. */
#include "service/people.h"

#include <string.h>

#include "base/date.h"
#include "base/utf8.h"

#define EMAIL_LARGEST 254
#define DETAIL_LARGEST 200
#define OLDEST_BIRTH (-25567) /* 1 January 1900 */

/* ---- details ---- */

static bool plain_text(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] < ' ' || text.at[i] == 0x7F) return false;
    return utf8_check(text) == text.length;
}

static bool email_fits(struct slice email)
{
    size_t at = slice_find(email, '@');
    struct slice domain = slice_part(email, at + 1, email.length);
    if (at == 0 || domain.length == 0 || email.length > EMAIL_LARGEST) return false;
    return slice_find(domain, '@') == domain.length && slice_find(email, ' ') == email.length;
}

static bool born_fits(struct slice born, int64_t today)
{
    struct date date;
    return date_parse(born, &date) && date_to_day(date) <= today &&
           date_to_day(date) >= OLDEST_BIRTH;
}

static bool check_detail(struct desk *desk, const struct pair *pair, struct error *error)
{
    if (!plain_text(pair->value))
        return error_set(error, ERROR_ENCODING, "%.*s holds characters that no name has",
                         SLICE_PRINT(pair->key));
    if (pair->value.length > DETAIL_LARGEST && !slice_is(pair->key, "email"))
        return error_set(error, ERROR_LIMIT, "%.*s is too long: at most %d bytes",
                         SLICE_PRINT(pair->key), DETAIL_LARGEST);
    if (pair->value.length == 0) return true;
    if (slice_is(pair->key, "email") && !email_fits(pair->value))
        return error_set(error, ERROR_REQUEST, "this is no e-mail address");
    if (slice_is(pair->key, "born") && !born_fits(pair->value, desk->today))
        return error_set(error, ERROR_REQUEST, "this is no date of birth") ||
               error_advise(error, "Write it as year-month-day, such as 2012-09-01");
    return true;
}

static bool find_taken(struct desk *desk, const struct pair *pair, const struct id *person,
                       struct id *ret_taken, struct error *error)
{
    struct slice kind = arena_copy(desk->arena, pair->key);
    struct identifier_row row;
    bool found;
    if (!slice_is(kind, "email") && !slice_starts(kind, SLICE("id:"))) return true;
    if (pair->value.length == 0) return true;
    struct id lookup = people_identifier_lookup(desk->record, kind.at, pair->value, desk->arena);
    if (!identifier_get(desk->db, &lookup, desk->arena, &row, &found, error)) return false;
    if (found && !id_same(&row.person, person)) *ret_taken = row.person;
    return true;
}

bool people_check_details(struct desk *desk, const struct pairs *details, const struct id *person,
                          struct id *ret_taken, struct error *error)
{
    *ret_taken = (struct id){{0}};
    if (pairs_value(details, "given").length + pairs_value(details, "family").length == 0)
        return error_set(error, ERROR_REQUEST, "a name is missing");
    for (size_t i = 0; i < details->list.count; i++) {
        const struct pair *pair = &details->list.at[i];
        if (!check_detail(desk, pair, error) || !find_taken(desk, pair, person, ret_taken, error))
            return false;
    }
    return true;
}

/* ---- people ---- */

bool people_add(struct desk *desk, const struct id *org, const struct pairs *details,
                struct slice source, struct id *ret_person, struct error *error)
{
    struct event *event = desk_event(desk, "person-added");
    *ret_person = id_make();
    desk_set_id(desk, event, "person", ret_person);
    desk_set_id(desk, event, "org", org);
    desk_set(desk, event, "source", source);
    desk_set_number(desk, event, "joined", desk->today);
    return desk_part(desk, event, ret_person, details, error) && desk_emit(desk, event, error);
}

bool people_change(struct desk *desk, const struct id *person, const struct pairs *details,
                   const struct id *org, bool back, struct slice source, struct error *error)
{
    struct event *event = desk_event(desk, "person-changed");
    desk_set_id(desk, event, "person", person);
    desk_set(desk, event, "source", source);
    if (!id_is_none(org)) desk_set_id(desk, event, "org", org);
    if (back) desk_set(desk, event, "state", SLICE("here"));
    return desk_part(desk, event, person, details, error) && desk_emit(desk, event, error);
}

/* A role that ends today or earlier is over at once: yesterday was its last day. */
static int64_t last_day(const struct desk *desk, int64_t day)
{
    return day < desk->today ? day : desk->today - 1;
}

bool people_leave(struct desk *desk, const struct id *person, int64_t day, struct error *error)
{
    struct event *event = desk_event(desk, "person-left");
    desk_set_id(desk, event, "person", person);
    desk_set_number(desk, event, "day", day);
    desk_set_number(desk, event, "last", last_day(desk, day));
    return sessions_drop_of(desk->db, person, error) && links_drop_of(desk->db, person, error) &&
           desk_emit(desk, event, error);
}

/* ---- roles ---- */

bool people_set_role(struct desk *desk, const struct role_held *role, struct id *ret_role,
                     struct error *error)
{
    bool held = slice_is(role->state, "held");
    struct event *event = desk_event(desk, held ? "role-given" : "role-proposed");
    *ret_role = event->id;
    desk_set_id(desk, event, "held", &event->id);
    desk_set_id(desk, event, "person", &role->person);
    desk_set(desk, event, "role", role->role);
    desk_set_id(desk, event, "org", &role->org);
    desk_set_number(desk, event, "since", role->since);
    if (role->until != ROW_NOTHING) desk_set_number(desk, event, "until", role->until);
    desk_set(desk, event, "source", role->source);
    return desk_emit(desk, event, error);
}

bool people_give_role(struct desk *desk, const struct id *person, enum role role,
                      const struct id *org, int64_t since, struct slice source, struct id *ret_role,
                      struct error *error)
{
    struct role_held row = {.person = *person,
                            .role = role_row(role)->code,
                            .org = *org,
                            .since = since,
                            .until = ROW_NOTHING,
                            .state = SLICE("held"),
                            .source = source};
    return people_set_role(desk, &row, ret_role, error);
}

bool people_end_role(struct desk *desk, const struct role_held *role, int64_t last,
                     struct error *error)
{
    struct event *event = desk_event(desk, "role-ended");
    desk_set_id(desk, event, "held", &role->id);
    desk_set_id(desk, event, "person", &role->person);
    desk_set(desk, event, "role", role->role);
    desk_set_id(desk, event, "org", &role->org);
    desk_set_number(desk, event, "until", last);
    desk_set(desk, event, "state", last >= desk->today ? SLICE("held") : SLICE("ended"));
    return desk_emit(desk, event, error);
}

/* ---- parents ---- */

static struct slice yes_no(bool yes)
{
    return yes ? SLICE("yes") : SLICE("no");
}

/* Which act it was stands in the sealed part alone: see act_in_clear in desk_event.c. */
bool people_set_tie(struct desk *desk, const struct id *tie, const struct id *child,
                    const struct tie_said *said, struct slice source, struct id *ret_tie,
                    struct error *error)
{
    struct event *event = desk_event(desk, "tie-set");
    struct pairs pairs = {0};
    char hex[2 * ID_SIZE + 1];
    id_hex(&said->parent, hex);
    pairs_add(&pairs, desk->arena, "act", slice_of(act_id(desk->order->act)));
    pairs_add(&pairs, desk->arena, "parent", slice_of(hex));
    pairs_add(&pairs, desk->arena, "linked", yes_no(said->linked));
    pairs_add(&pairs, desk->arena, "barred", yes_no(said->barred));
    if (said->lift_asked) {
        char asker[2 * ID_SIZE + 1];
        id_hex(&said->asked_by, asker);
        pairs_add(&pairs, desk->arena, "lift", arena_copy(desk->arena, slice_of(asker)));
    }
    if (said->reason.length > 0) pairs_add(&pairs, desk->arena, "reason", said->reason);
    *ret_tie = id_is_none(tie) ? event->id : *tie;
    desk_set_id(desk, event, "tie", ret_tie);
    desk_set_id(desk, event, "person", child);
    desk_set_id(desk, event, "child", child);
    desk_set(desk, event, "state", said->linked || said->barred ? SLICE("linked") : SLICE("ended"));
    desk_set(desk, event, "source", source);
    return desk_part(desk, event, child, &pairs, error) && desk_emit(desk, event, error);
}

bool people_link_parent(struct desk *desk, const struct id *child, const struct id *parent,
                        struct slice source, struct id *ret_tie, bool *ret_new, struct error *error)
{
    struct tie_row row = {0};
    struct tie_said said = {0};
    bool found, there = false;
    if (!people_tie_of(desk->record, desk->db, parent, child, desk->arena, &row, &found, error) ||
        (found && !people_tie(desk->record, desk->db, &row, desk->arena, &said, &there, error)))
        return false;
    *ret_tie = row.id;
    *ret_new = !(there && said.linked);
    if (!*ret_new) return true;
    said.parent = *parent;
    said.linked = true;
    if (said.reason.at == NULL) said.reason = SLICE_EMPTY;
    return people_set_tie(desk, &row.id, child, &said, source, ret_tie, error);
}
