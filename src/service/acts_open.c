/* Opening what is sealed apart: a reason, somebody's whole record, what was told. Every opening is an event and stands in the
 * list that the person may see. Clauses 5.4 and 6.2. */
#include <string.h>

#include "service/keeping_parts.h"
#include "service/open_whole.h"
#include "service/people.h"
#include "store/events.h"

enum what { WHAT_HOLD, WHAT_ERASURE, WHAT_BAR, WHAT_WHOLE, WHAT_TOLD, WHATS };
static const char *const whats[WHATS] = {"hold-reason", "erasure-reason", "bar-reason",
                                         "whole-record", "told"};

struct found_open {
    enum what what;
    struct id of; /* the hold, erasure, tie or task */
    struct slice reason;
    uint64_t n, second; /* events to open; second: 0 where there is none */
    struct tie_row tie;
    struct id report;
    bool own;
};

/* ---- facts ---------------------------------------------------------------------------------------- */

static bool unknown(const char *what, struct error *error)
{
    return error_set(error, ERROR_REQUEST, "%s is not one that we know", what);
}

static bool read_hold(struct desk *desk, struct found_open *found, struct error *error)
{
    struct hold_row row;
    bool there;
    if (!hold_get(desk->db, &found->of, desk->arena, &row, &there, error)) return false;
    if (!there) return unknown("the hold", error);
    desk->person = row.person;
    found->n = (uint64_t)row.placed;
    found->second = row.lifted == ROW_NOTHING ? 0 : (uint64_t)row.lifted;
    return true;
}

static bool read_erasure(struct desk *desk, struct found_open *found, struct error *error)
{
    struct erasure_row row;
    bool there;
    if (!erasure_get(desk->db, &found->of, desk->arena, &row, &there, error)) return false;
    if (!there) return unknown("the erasure", error);
    desk->person = row.person;
    found->n = (uint64_t)row.asked;
    return true;
}

static bool read_tie(struct desk *desk, struct found_open *found, struct error *error)
{
    bool there;
    if (!tie_get(desk->db, &found->of, desk->arena, &found->tie, &there, error)) return false;
    if (!there) return unknown("the link", error);
    desk->person = found->tie.child;
    return true;
}

struct find_told {
    struct desk *desk;
    const struct id *report;
    uint64_t n;
    bool found;
};

static bool see_told(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct find_told *find = context;
    struct event event;
    AUTO(arena) struct arena *arena = arena_new();
    if (!event_read(body, arena, &event, error)) return false;
    for (size_t i = 0; i < event.parts.count; i++)
        if (id_same(&event.parts.at[i].person, find->report)) {
            find->n = n;
            find->found = true;
        }
    return true;
}

/* The report's event is written just before the first task about it: the search begins at the newest and ends there. */
bool report_find(struct desk *desk, const struct id *report, uint64_t *ret_n, struct error *error)
{
    struct find_told find = {.desk = desk, .report = report};
    uint64_t end = desk->record->tree.size, step = 256;
    while (end > 0 && !find.found) {
        uint64_t from = end > step ? end - step : 0;
        if (!events_each(desk->db, from, end, see_told, &find, error)) return false;
        end = from;
        step = step < 65536 ? step * 2 : step;
    }
    *ret_n = find.n;
    return find.found || unknown("the report", error);
}

static bool read_told(struct desk *desk, struct found_open *found, struct error *error)
{
    struct task_row task;
    bool there, mine = false;
    if (!task_get(desk->db, &found->of, desk->arena, &task, &there, error)) return false;
    if (there && slice_is(task.kind, "told") && !id_is_none(&task.owner) &&
        !desk_is_actor(desk, &task.owner, &mine, error))
        return false;
    if (!mine) return unknown("the report", error); /* of another's not even that it is there */
    found->report = task.about;
    desk->scope = task.org;
    return report_find(desk, &found->report, &found->n, error) &&
           desk_say(desk, "mine", true, error);
}

static bool read_of(struct desk *desk, struct found_open *found, struct error *error)
{
    struct person_row person;
    if (found->what == WHAT_WHOLE) {
        if (!desk_person(desk, "person", "the person", &person, error)) return false;
        return true;
    }
    if (!desk_id(desk, "of", "what to open", &found->of, error)) return false;
    switch (found->what) {
    case WHAT_HOLD: return read_hold(desk, found, error);
    case WHAT_ERASURE: return read_erasure(desk, found, error);
    case WHAT_BAR: return read_tie(desk, found, error);
    default: return read_told(desk, found, error);
    }
}

static bool read_what(struct desk *desk, struct found_open *found, struct error *error)
{
    struct slice what = order_value(desk->order, "what");
    for (found->what = 0; found->what < WHATS; found->what++)
        if (slice_is(what, whats[found->what])) return true;
    return error_set(error, ERROR_REQUEST, "what to open is not one of the things that are sealed");
}

/* What others wrote down about a person is not opened by that person: someone else with the right to does it. */
static bool not_about_self(struct desk *desk, struct found_open *found, struct error *error)
{
    struct person_row person;
    bool barred;
    if (found->what == WHAT_TOLD || found->what == WHAT_WHOLE) return true;
    if (!desk_is_actor(desk, &desk->person, &found->own, error) ||
        !people_row(desk->db, &desk->person, desk->arena, &person, error) ||
        !people_barred(desk->record, desk->db, &desk->order->actor, &desk->person, &barred, error))
        return false;
    if (barred) return unknown("what to open", error);
    desk->scope = person.org;
    if (!found->own) return true;
    error_set(error, ERROR_REQUEST, "what others noted about you is not opened by yourself");
    return error_advise(error, "Ask the data protection officer what you may see of it");
}

bool facts_open_sealed(struct desk *desk, struct error *error)
{
    struct found_open *found = ARENA_NEW(desk->arena, struct found_open);
    desk->found = found;
    if (!read_what(desk, found, error) || !read_of(desk, found, error) ||
        !not_about_self(desk, found, error))
        return false;
    if (found->what == WHAT_WHOLE && !desk_is_actor(desk, &desk->person, &found->own, error))
        return false;
    return keeping_reason(desk, found->what != WHAT_TOLD && !found->own, &found->reason, error);
}

/* ---- handler -------------------------------------------------------------------------------------- */

static bool emit_opened(struct desk *desk, const struct found_open *found, struct error *error)
{
    struct event *event = desk_event(desk, "opened");
    const struct id *person = found->what == WHAT_TOLD ? &found->report : &desk->person;
    desk_set(desk, event, "what", slice_of(whats[found->what]));
    desk_set_id(desk, event, "person", person);
    if (found->reason.length > 0)
        return keeping_emit_reason(desk, event, person, found->reason, error);
    return desk_emit(desk, event, error);
}

static bool add_part(struct desk *desk, uint64_t n, const struct id *person,
                     const char *const *keys, struct text *out, struct error *error)
{
    struct pairs pairs = {0};
    bool there;
    if (!record_part(desk->record, desk->db, n, person, desk->arena, &pairs, &there, error))
        return false;
    if (!there) text_add_string(out, "It was erased.\n");
    for (size_t i = 0; there && keys[i] != NULL; i++) {
        struct slice value = pairs_value(&pairs, keys[i]);
        if (value.length == 0) continue;
        text_add(out, value);
        text_add_char(out, '\n');
    }
    return true;
}

static bool add_bar(struct desk *desk, const struct found_open *found, struct text *out,
                    struct error *error)
{
    struct tie_said said;
    bool there;
    if (!people_tie(desk->record, desk->db, &found->tie, desk->arena, &said, &there, error))
        return false;
    text_add(out, there ? said.reason : SLICE("It was erased."));
    text_add_char(out, '\n');
    return true;
}

static bool read_content(struct desk *desk, const struct found_open *found, struct text *out,
                         struct error *error)
{
    static const char *const reason[] = {"reason", NULL}, *const told[] = {"named", "text", NULL};
    switch (found->what) {
    case WHAT_WHOLE: return open_whole(desk, &desk->person, found->own, out, error);
    case WHAT_BAR: return add_bar(desk, found, out, error);
    case WHAT_TOLD: return add_part(desk, found->n, &found->report, told, out, error);
    default: break;
    }
    return add_part(desk, found->n, &desk->person, reason, out, error) &&
           (found->second == 0 || add_part(desk, found->second, &desk->person, reason, out, error));
}

bool do_open_sealed(struct desk *desk, struct error *error)
{
    const struct found_open *found = desk->found;
    AUTO_TEXT struct text content;
    text_init(&content, OPEN_LARGEST);
    if (!read_content(desk, found, &content, error)) return false;
    desk->outcome->content = arena_copy(desk->arena, text_slice(&content));
    if (content.overflowed) desk->outcome->sentence = SLICE("There is more than fits on one page.");
    explicit_bzero(content.at, content.length);
    return emit_opened(desk, found, error);
}
