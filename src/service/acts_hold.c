/* Legal holds: placed and lifted by name and with a reason, which is sealed under the person's key. Clause 5.1. */
#include "service/keeping_parts.h"

bool keeping_reason(struct desk *desk, bool needed, struct slice *ret_reason, struct error *error)
{
    *ret_reason = slice_trim(order_value(desk->order, "reason"));
    if ((needed || ret_reason->length > REASON_LARGEST) &&
        !desk_text(desk, "reason", "the reason", REASON_LARGEST, ret_reason, error))
        return false;
    return desk_say(desk, "reason", ret_reason->length > 0, error);
}

bool keeping_emit_reason(struct desk *desk, struct event *event, const struct id *person,
                         struct slice reason, struct error *error)
{
    struct pairs pairs = {0};
    pairs_add(&pairs, desk->arena, "reason", reason);
    return desk_part(desk, event, person, &pairs, error) && desk_emit(desk, event, error);
}

static bool see_hold(void *context, const void *row, struct error *error)
{
    bool *lies = context;
    (void)error;
    if (((const struct hold_row *)row)->lifted == ROW_NOTHING) *lies = true;
    return true;
}

bool hold_lies(struct db *db, const struct id *people, size_t count, bool *ret_lies,
               struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    *ret_lies = false;
    for (size_t i = 0; i < count; i++)
        if (!holds_of(db, &people[i], arena, see_hold, ret_lies, error)) return false;
    return true;
}

/* ---- place ---------------------------------------------------------------------------------------- */

struct found_hold {
    struct hold_row row;
    struct slice reason;
};

bool facts_place_hold(struct desk *desk, struct error *error)
{
    struct person_row person;
    struct found_hold *found = ARENA_NEW(desk->arena, struct found_hold);
    desk->found = found;
    if (!desk_person(desk, "person", "the person", &person, error)) return false;
    if (slice_is(person.state, "erased"))
        return error_set(error, ERROR_REQUEST,
                         "this person's content was erased: there is nothing "
                         "left to hold");
    return keeping_reason(desk, true, &found->reason, error);
}

bool do_place_hold(struct desk *desk, struct error *error)
{
    const struct found_hold *found = desk->found;
    struct event *event = desk_event(desk, "hold-placed");
    desk_set_id(desk, event, "hold", &event->id);
    desk->outcome->made = event->id;
    return keeping_emit_reason(desk, event, &desk->person, found->reason, error);
}

/* ---- lift ----------------------------------------------------------------------------------------- */

static bool whom(struct desk *desk, const struct id *id, struct error *error)
{
    struct person_row person;
    bool found, own;
    desk->person = *id;
    if (!person_get(desk->db, id, desk->arena, &person, &found, error)) return false;
    if (!found) return error_set(error, ERROR_REQUEST, "the person is not one that we know");
    desk->scope = person.org;
    return desk_is_actor(desk, id, &own, error) && desk_say(desk, "own", own, error);
}

bool facts_lift_hold(struct desk *desk, struct error *error)
{
    struct found_hold *found = ARENA_NEW(desk->arena, struct found_hold);
    struct id id;
    bool there;
    desk->found = found;
    if (!desk_id(desk, "hold", "the hold", &id, error) ||
        !hold_get(desk->db, &id, desk->arena, &found->row, &there, error))
        return false;
    if (!there) return error_set(error, ERROR_REQUEST, "the hold is not one that we know");
    if (!desk_unbarred(desk, &found->row.person, "the hold", error)) return false;
    if (found->row.lifted != ROW_NOTHING)
        return error_set(error, ERROR_REQUEST, "this hold has been lifted already");
    return whom(desk, &found->row.person, error) &&
           keeping_reason(desk, true, &found->reason, error);
}

bool do_lift_hold(struct desk *desk, struct error *error)
{
    const struct found_hold *found = desk->found;
    struct event *event = desk_event(desk, "hold-lifted");
    desk_set_id(desk, event, "hold", &found->row.id);
    return keeping_emit_reason(desk, event, &desk->person, found->reason, error);
}
