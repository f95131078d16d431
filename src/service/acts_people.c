/* People by hand: adding one, putting details right, recording who has left. Values:
 *   add-person      org, given, family, known-as?, email?, phone?, born?, id:SOURCE?
 *   change-person   person; of the details those that change (empty: taken out); org?; back? (yes: here again);
 *                   was-given? and so on (what stood there when the form was shown)
 *   record-leaver   person, day
 * Events: person-added, person-changed, person-left. */
#include "service/keeping_parts.h"
#include "service/people.h"

#include <string.h>

static const char *const detail_keys[] = {"given", "family", "known-as", "email", "phone", "born"};
#define DETAIL_KEYS (sizeof detail_keys / sizeof *detail_keys)
#define SOURCE_LARGEST 20

struct found {
    struct person_row person;
    struct pairs details, before;
    struct id org, taken; /* taken: by whom an identifier is */
    int64_t day;
};

/* ---- details from values ---- */

static bool source_fits(struct slice key)
{
    if (key.length <= 3 || key.length > 3 + SOURCE_LARGEST) return false;
    for (size_t i = 3; i < key.length; i++) {
        char c = key.at[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') return false;
    }
    return true;
}

static bool is_detail(struct slice key)
{
    for (size_t i = 0; i < DETAIL_KEYS; i++)
        if (slice_is(key, detail_keys[i])) return true;
    return slice_starts(key, SLICE("id:")) && source_fits(key);
}

static void set_pair(struct pairs *pairs, struct arena *arena, struct slice key, struct slice value)
{
    for (size_t i = 0; i < pairs->list.count; i++)
        if (slice_equal(pairs->list.at[i].key, key)) {
            pairs->list.at[i].value = value;
            return;
        }
    LIST_PUSH(arena, &pairs->list, (struct pair){key, value});
}

/* What the order says over what is there; what is empty then is left out. */
static void read_details(struct desk *desk, const struct pairs *before, struct pairs *ret_details)
{
    struct pairs all = {0};
    *ret_details = (struct pairs){0};
    for (size_t i = 0; i < before->list.count; i++)
        set_pair(&all, desk->arena, before->list.at[i].key, before->list.at[i].value);
    for (size_t i = 0; i < desk->order->values.count; i++) {
        const struct order_value *value = &desk->order->values.at[i];
        if (is_detail(value->key))
            set_pair(&all, desk->arena, value->key, slice_trim(value->value));
    }
    for (size_t i = 0; i < all.list.count; i++)
        if (all.list.at[i].value.length > 0)
            LIST_PUSH(desk->arena, &ret_details->list, all.list.at[i]);
}

static bool check(struct desk *desk, struct found *found, struct error *error)
{
    return people_check_details(desk, &found->details, &found->person.id, &found->taken, error);
}

/* Told to those alone whom a clause allows the act. */
static bool check_taken(const struct found *found, struct error *error)
{
    if (id_is_none(&found->taken)) return true;
    error_set(error, ERROR_REQUEST, "somebody in the record has this address or number already");
    return error_advise(error, "Look for them, also among those who have left. Where two records "
                               "are one person, link them");
}

static bool say_new(struct desk *desk, struct error *error)
{
    bool fresh;
    return people_record_new(desk, &fresh, error) && desk_say(desk, "new-record", fresh, error);
}

/* ---- add-person ---- */

bool facts_add_person(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct org_row org;
    desk->found = found;
    if (!desk_id(desk, "org", "the school", &found->org, error) ||
        !people_org(desk->db, &found->org, desk->arena, &org, error))
        return false;
    desk->scope = found->org;
    read_details(desk, &(struct pairs){0}, &found->details);
    return check(desk, found, error) && say_new(desk, error);
}

bool do_add_person(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    return check_taken(found, error) && people_add(desk, &found->org, &found->details,
                                                   SLICE("hand"), &desk->outcome->made, error);
}

/* ---- change-person ---- */

/* A form may say what it showed as `was-given` and so on: who changed the record meanwhile is not overwritten.
 * Told to those alone whom a clause allows the act. */
static bool check_unchanged(struct desk *desk, const struct pairs *before, struct error *error)
{
    struct slice was = SLICE("was-");
    for (size_t i = 0; i < desk->order->values.count; i++) {
        const struct order_value *value = &desk->order->values.at[i];
        if (!slice_starts(value->key, was)) continue;
        struct slice key =
            arena_copy(desk->arena, slice_part(value->key, was.length, value->key.length));
        if (slice_equal(pairs_value(before, key.at), value->value)) continue;
        return error_set(error, ERROR_REQUEST, "somebody else changed this record meanwhile");
    }
    return true;
}

static bool read_org(struct desk *desk, struct found *found, struct error *error)
{
    struct org_row org;
    if (order_value(desk->order, "org").length == 0) return true;
    return desk_id(desk, "org", "the school", &found->org, error) &&
           people_org(desk->db, &found->org, desk->arena, &org, error) &&
           people_org_above(desk->db, &found->person.org, &found->org, &desk->scope, error);
}

static bool erased(struct error *error)
{
    return error_set(error, ERROR_REQUEST, "this person's details were erased, for good");
}

bool facts_change_person(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct pairs before;
    bool there;
    desk->found = found;
    if (!desk_person(desk, "person", "the person", &found->person, error) ||
        !people_details(desk->record, desk->db, &found->person, desk->arena, &before, &there,
                        error))
        return false;
    if (!there || slice_is(found->person.state, "erased")) return erased(error);
    found->before = before;
    read_details(desk, &before, &found->details);
    return read_org(desk, found, error) && check(desk, found, error);
}

bool do_change_person(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    bool back = slice_is(order_value(desk->order, "back"), "yes");
    return check_unchanged(desk, &found->before, error) && check_taken(found, error) &&
           people_change(desk, &found->person.id, &found->details, &found->org,
                         back && slice_is(found->person.state, "gone"), SLICE("hand"), error);
}

/* ---- record-leaver ---- */

bool facts_leaver(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    desk->found = found;
    if (!desk_person(desk, "person", "the person", &found->person, error) ||
        !desk_day(desk, "day", "the last day", &found->day, error))
        return false;
    if (!slice_is(found->person.state, "here"))
        return error_set(error, ERROR_REQUEST, "this person is not here any more");
    if (found->day > desk->today)
        return error_set(error, ERROR_REQUEST, "the last day is still to come") ||
               error_advise(error, "Give the roles their last day now, and record the leaving when "
                                   "it has come");
    if (found->day < found->person.joined)
        return error_set(error, ERROR_REQUEST, "the last day is before this person came");
    bool empty;
    return people_leaves_empty(desk, &found->person.id, NULL, &empty, error) &&
           desk_say(desk, "leaves-empty", empty, error);
}

bool do_leaver(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    return people_not_last_administrator(desk, &found->person.id, error) &&
           people_leave(desk, &found->person.id, found->day, error) && tell_again(desk, error);
}
