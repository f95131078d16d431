/* What handlers and fact finders build with: values read, facts said, events made, sealed, numbered, appended, projected. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "service/desk_parts.h"
#include "service/mail_queue.h"
#include "service/people.h"
#include "store/events.h"

/* ---- values ---- */

static bool missing(const char *called, struct error *error)
{
    return error_set(error, ERROR_REQUEST, "%s is missing", called);
}

bool desk_id(struct desk *desk, const char *key, const char *called, struct id *ret_id,
             struct error *error)
{
    struct slice value = order_value(desk->order, key);
    if (value.length == 0) return missing(called, error);
    return id_read(value, ret_id) ||
           error_set(error, ERROR_REQUEST, "%s is not one that we know", called);
}

bool desk_day(struct desk *desk, const char *key, const char *called, int64_t *ret_day,
              struct error *error)
{
    struct date date;
    struct slice value = order_value(desk->order, key);
    if (value.length == 0) return missing(called, error);
    if (!date_parse(value, &date)) {
        error_set(error, ERROR_REQUEST, "%s is no date", called);
        return error_advise(error, "Write it as year-month-day, such as 2026-09-01");
    }
    *ret_day = date_to_day(date);
    return true;
}

bool desk_text(struct desk *desk, const char *key, const char *called, size_t largest,
               struct slice *ret_text, struct error *error)
{
    *ret_text = slice_trim(order_value(desk->order, key));
    if (ret_text->length == 0) return missing(called, error);
    return ret_text->length <= largest ||
           error_set(error, ERROR_LIMIT, "%s is too long: at most %zu bytes", called, largest);
}

bool desk_say(struct desk *desk, const char *fact, bool yes, struct error *error)
{
    return request_set(&desk->request, slice_of(fact), yes ? SLICE("yes") : SLICE("no"), error);
}

/* ---- people ---- */

bool desk_linked(struct desk *desk, const struct id *person, struct arena *arena,
                 struct id **ret_ids, size_t *ret_count, struct error *error)
{
    return people_linked(desk->db, person, arena, ret_ids, ret_count, error);
}

bool desk_is_actor(struct desk *desk, const struct id *person, bool *ret_is, struct error *error)
{
    struct id *ids;
    size_t count;
    *ret_is = false;
    if (id_is_none(&desk->order->actor)) return true;
    if (!desk_linked(desk, person, desk->arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (id_same(&ids[i], &desk->order->actor)) *ret_is = true;
    return true;
}

bool desk_unbarred(struct desk *desk, const struct id *person, const char *called,
                   struct error *error)
{
    bool barred;
    if (!people_barred(desk->record, desk->db, &desk->order->actor, person, &barred, error))
        return false;
    return !barred || error_set(error, ERROR_REQUEST, "%s is not one that we know", called);
}

bool desk_person(struct desk *desk, const char *key, const char *called, struct person_row *ret_row,
                 struct error *error)
{
    bool found, own, barred = false;
    if (!desk_id(desk, key, called, &desk->person, error) ||
        !person_get(desk->db, &desk->person, desk->arena, ret_row, &found, error) ||
        !people_barred(desk->record, desk->db, &desk->order->actor, &desk->person, &barred, error))
        return false;
    if (!found || barred)
        return error_set(error, ERROR_REQUEST, "%s is not one that we know", called);
    desk->scope = ret_row->org;
    return desk_is_actor(desk, &desk->person, &own, error) && desk_say(desk, "own", own, error);
}

/* ---- events ---- */

/* What is done to a parent's tie is not told apart in clear, not even where it is refused: a bar would show. */
static const char *act_in_clear(enum record_act act)
{
    bool tie = act == ACT_LINK_PARENT || act == ACT_END_LINK || act == ACT_BAR_PARENT ||
               act == ACT_ASK_LIFT || act == ACT_LIFT_BAR;
    return tie ? "tie" : act_id(act);
}

struct event *desk_event(struct desk *desk, const char *kind)
{
    struct event *event = ARENA_NEW(desk->arena, struct event);
    event->id = id_make();
    event->act = desk->order->id;
    event->actor = desk->order->actor;
    event->kind = slice_of(kind);
    desk_set(desk, event, "act", slice_of(act_in_clear(desk->order->act)));
    desk_set(desk, event, "verdict", slice_of(verdict_word(desk->decision.verdict)));
    desk_set(desk, event, "clauses", desk->clauses);
    desk_set(desk, event, "rules", slice_of(desk->record->rules->hashes.meaning));
    if (!id_is_none(&desk->person)) desk_set_id(desk, event, "person", &desk->person);
    return event;
}

void desk_set(struct desk *desk, struct event *event, const char *key, struct slice value)
{
    event_set(event, desk->arena, key, value);
}

void desk_set_id(struct desk *desk, struct event *event, const char *key, const struct id *id)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(id, hex);
    event_set(event, desk->arena, key, arena_copy(desk->arena, slice_of(hex)));
}

void desk_set_number(struct desk *desk, struct event *event, const char *key, int64_t number)
{
    event_set(event, desk->arena, key, arena_format(desk->arena, "%lld", (long long)number));
}

bool desk_part(struct desk *desk, struct event *event, const struct id *person,
               const struct pairs *pairs, struct error *error)
{
    struct id key_id;
    struct key key;
    bool there;
    if (!record_key_of(desk->record, desk->db, person, true, &key_id, &key, &there, error))
        return false;
    AUTO_TEXT struct text content, sealed;
    text_init(&content, EVENT_SIZE_LARGEST);
    text_init(&sealed, EVENT_SIZE_LARGEST);
    struct seal_place place = {event->id, *person, key_id, (uint16_t)event->parts.count};
    pairs_write(pairs, &content);
    seal_close(text_slice(&content), &key, &place, &sealed);
    key_forget(&key);
    explicit_bzero(content.at, content.length);
    if (content.overflowed || sealed.overflowed || event->parts.count == EVENT_PARTS_LARGEST)
        return error_set(error, ERROR_LIMIT, "this is too much for one entry of the record");
    LIST_PUSH(desk->arena, &event->parts,
              (struct event_part){*person, key_id, arena_copy(desk->arena, text_slice(&sealed))});
    if (desk->plain_of != event) memset(&desk->plain, 0, sizeof desk->plain);
    desk->plain_of = event;
    LIST_PUSH(desk->arena, &desk->plain, *pairs);
    return true;
}

/* The last checkpoint of a day covers all of its events, also where one commit spans midnight. */
static bool close_day(struct desk *desk, int64_t at, struct error *error)
{
    struct record *record = desk->record;
    if (record->tree.size == 0 || checkpoint_day(at) == checkpoint_day(record->last_at))
        return true;
    return record_sign(record, desk->db, error);
}

/* What somebody typed is looked at where it is read; what slipped through there may not stop the program here. */
static bool check_fields(const struct event *event, struct error *error)
{
    for (size_t i = 0; i < event->fields.count; i++)
        if (!event_value_fits(event->fields.at[i].value))
            return error_set(error, ERROR_ENCODING,
                             "the %.*s is too long, or holds characters that cannot be kept",
                             SLICE_PRINT(event->fields.at[i].key));
    return true;
}

/* The event's bytes into the log and the tree. */
static bool append(struct desk *desk, struct event *event, struct error *error)
{
    struct record *record = desk->record;
    AUTO_TEXT struct text body;
    text_init(&body, EVENT_SIZE_LARGEST);
    event->n = record->tree.size;
    event->at = desk->now > record->last_at ? desk->now : record->last_at;
    if (!check_fields(event, error) || !close_day(desk, event->at, error)) return false;
    event_write(event, &body);
    if (body.overflowed)
        return error_set(error, ERROR_LIMIT, "this is too much for one entry of the record");
    if (!events_append(desk->db, event->n, text_slice(&body), error)) return false;
    struct tree_hash leaf = tree_leaf(text_slice(&body));
    tree_append(&record->tree, &leaf);
    record->last_at = event->at;
    return true;
}

bool desk_emit(struct desk *desk, struct event *event, struct error *error)
{
    struct projection projection = {
        .record = desk->record, .db = desk->db, .arena = desk->arena, .event = event};
    projection.further = desk->events > 0;
    if (desk->plain_of == event && desk->plain.count == event->parts.count)
        projection.plain = desk->plain.at; /* no need to open what was sealed just now */
    desk->plain_of = NULL; /* whoever makes many resets the arena in which both lie */
    if (!append(desk, event, error)) return false;
    desk->events++;
    return project(&projection, error);
}

/* ---- tasks ---- */

static void set_if(struct desk *desk, struct event *event, const char *key, const struct id *id)
{
    if (id != NULL && !id_is_none(id)) desk_set_id(desk, event, key, id);
}

static void set_duty(struct desk *desk, struct event *event, const struct task_plan *plan)
{
    set_if(desk, event, "version", plan->version);
    if (plan->clause.length > 0) desk_set(desk, event, "clause", plan->clause);
    if (plan->deed.length > 0) desk_set(desk, event, "deed", plan->deed);
    if (plan->strength.length > 0) desk_set(desk, event, "strength", plan->strength);
}

bool desk_task(struct desk *desk, const struct task_plan *plan, struct id *ret_task,
               struct error *error)
{
    struct event *event = desk_event(desk, "task-opened");
    desk_set_id(desk, event, "task", &event->id);
    desk_set(desk, event, "task-kind", slice_of(plan->kind));
    if (plan->role != ROLES) desk_set(desk, event, "role", role_row(plan->role)->code);
    set_if(desk, event, "org", plan->org);
    set_if(desk, event, "owner", plan->owner);
    set_if(desk, event, "about", plan->about);
    set_duty(desk, event, plan);
    desk_set_number(desk, event, "due", plan->due > 0 ? plan->due : desk->now);
    if (plan->goes_on > 0) desk_set_number(desk, event, "goes-on", plan->goes_on);
    if (plan->steps > 0) desk_set_number(desk, event, "steps", plan->steps);
    if (ret_task != NULL) *ret_task = event->id;
    return desk_emit(desk, event, error) && mail_queue_task(desk, plan, error);
}

bool desk_task_close(struct desk *desk, const struct id *task, struct error *error)
{
    struct event *event = desk_event(desk, "task-closed");
    desk_set_id(desk, event, "task", task);
    return desk_emit(desk, event, error);
}
