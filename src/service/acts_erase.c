/* Erasing a person's content: asked for by one, confirmed by another, never under a hold. What is shredded and how stands in
 * erase.c. Clauses 5.2 and 5.3. */
#include "service/erase.h"
#include "service/keeping_parts.h"
#include "service/people.h"

struct found_erasure {
    struct erasure_row row;
    struct slice reason;
    struct id *people; /* the person and every record linked to theirs */
    size_t count;
};

/* ---- facts ---------------------------------------------------------------------------------------- */

static bool see_asked(void *context, const void *row, struct error *error)
{
    bool *asked = context;
    (void)error;
    if (slice_is(((const struct erasure_row *)row)->state, "asked")) *asked = true;
    return true;
}

static bool say_held(struct desk *desk, struct found_erasure *found, struct error *error)
{
    bool held;
    return desk_linked(desk, &desk->person, desk->arena, &found->people, &found->count, error) &&
           hold_lies(desk->db, found->people, found->count, &held, error) &&
           desk_say(desk, "held", held, error);
}

bool facts_ask_erasure(struct desk *desk, struct error *error)
{
    struct found_erasure *found = ARENA_NEW(desk->arena, struct found_erasure);
    struct person_row person;
    bool asked = false;
    desk->found = found;
    if (!desk_person(desk, "person", "the person", &person, error) ||
        !erasures_of(desk->db, &desk->person, desk->arena, see_asked, &asked, error))
        return false;
    if (slice_is(person.state, "erased"))
        return error_set(error, ERROR_REQUEST, "this person's content has been erased already");
    if (asked)
        return error_set(error, ERROR_REQUEST,
                         "an erasure of this person has been asked for and "
                         "waits for a second yes");
    return say_held(desk, found, error) && keeping_reason(desk, true, &found->reason, error);
}

static bool read_erasure(struct desk *desk, struct found_erasure *found, struct error *error)
{
    struct person_row person;
    struct id id;
    bool there, own;
    if (!desk_id(desk, "erasure", "the erasure", &id, error) ||
        !erasure_get(desk->db, &id, desk->arena, &found->row, &there, error))
        return false;
    if (!there) return error_set(error, ERROR_REQUEST, "the erasure is not one that we know");
    if (!desk_unbarred(desk, &found->row.person, "the erasure", error)) return false;
    if (!slice_is(found->row.state, "asked"))
        return error_set(error, ERROR_REQUEST, "this erasure was %s already",
                         slice_is(found->row.state, "done") ? "done" : "withdrawn");
    desk->person = found->row.person;
    if (!person_get(desk->db, &desk->person, desk->arena, &person, &there, error)) return false;
    if (!there) return error_set(error, ERROR_REQUEST, "the person is not one that we know");
    desk->scope = person.org;
    return desk_is_actor(desk, &desk->person, &own, error) && desk_say(desk, "own", own, error);
}

bool facts_confirm_erasure(struct desk *desk, struct error *error)
{
    struct found_erasure *found = ARENA_NEW(desk->arena, struct found_erasure);
    bool began;
    desk->found = found;
    return read_erasure(desk, found, error) && say_held(desk, found, error) &&
           desk_is_actor(desk, &found->row.asked_by, &began, error) &&
           desk_say(desk, "began", began, error);
}

bool facts_withdraw_erasure(struct desk *desk, struct error *error)
{
    desk->found = ARENA_NEW(desk->arena, struct found_erasure);
    return read_erasure(desk, desk->found, error);
}

/* ---- handlers ------------------------------------------------------------------------------------- */

bool do_ask_erasure(struct desk *desk, struct error *error)
{
    const struct found_erasure *found = desk->found;
    struct event *event = desk_event(desk, "erasure-asked");
    desk_set_id(desk, event, "erasure", &event->id);
    desk->outcome->made = event->id;
    return keeping_emit_reason(desk, event, &desk->person, found->reason, error);
}

bool do_withdraw_erasure(struct desk *desk, struct error *error)
{
    const struct found_erasure *found = desk->found;
    struct event *event = desk_event(desk, "erasure-withdrawn");
    desk_set_id(desk, event, "erasure", &found->row.id);
    return desk_emit(desk, event, error);
}

bool do_confirm_erasure(struct desk *desk, struct error *error)
{
    const struct found_erasure *found = desk->found;
    for (size_t i = 0; i < found->count; i++)
        if (!people_not_last_administrator(desk, &found->people[i], error)) return false;
    return erase_people(desk, &found->row.id, found->people, found->count, error) &&
           tell_again(desk, error);
}
