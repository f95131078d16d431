/* People by name for the pages that choose one, whom a report goes to, and the state of the record as a whole; see
 * keeping_read.h. Tasks are duties_read.c's. */
#include "service/keeping_read.h"

#include <stdlib.h>
#include <string.h>

#include "service/allowed.h"
#include "service/keeping_parts.h"
#include "service/people.h"
#include "service/register.h"
#include "service/route.h"
#include "store/events.h"

/* ---- people --------------------------------------------------------------------------------------- */

static struct slice role_titles(struct record *record, const struct register_view *view,
                                const struct id *person, struct arena *arena)
{
    enum role roles[ROLES];
    struct id anywhere = {{0}};
    AUTO_TEXT struct text titles;
    text_init(&titles, 2000);
    size_t count = register_roles(view, person, &anywhere, record_today(record), roles);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) text_add_string(&titles, ", ");
        text_add(&titles, role_row(roles[i])->title);
    }
    return count > 0 ? arena_copy(arena, text_slice(&titles)) : SLICE("no role today");
}

static struct person_seen seen_of(struct record *record, const struct register_view *view,
                                  const struct registered *person, struct arena *arena)
{
    const struct org *org = register_org(view, &person->org);
    return (struct person_seen){
        .id = person->id,
        .org = person->org,
        .name = arena_copy(arena, person->shown_as),
        .org_name = org != NULL ? arena_copy(arena, org->name) : SLICE_EMPTY,
        .roles = role_titles(record, view, &person->id, arena),
    };
}

static bool visible(struct record *record, const struct register_view *view,
                    const struct id *reader, enum record_act act, const struct registered *person)
{
    return person != NULL && !person->erased && !register_barred(view, reader, &person->id) &&
           desk_may_over(record, reader, act, &person->org);
}

bool keeping_see(struct record *record, const struct id *reader, enum record_act act,
                 const struct id *person, struct arena *arena, struct person_seen *ret_person,
                 bool *ret_found, struct error *error)
{
    const struct register_view *view = register_hold(record);
    const struct registered *found = register_person(view, person);
    (void)error;
    *ret_found = visible(record, view, reader, act, found);
    if (*ret_found) *ret_person = seen_of(record, view, found, arena);
    register_let_go(record, view);
    return true;
}

void keeping_search(struct record *record, const struct id *reader, enum record_act act,
                    struct slice words, struct arena *arena, struct people_seen *ret_people)
{
    struct people_seen people = {0};
    const struct registered **found;
    const struct register_view *view = register_hold(record);
    size_t count = register_search(view, words, arena, &found, REGISTER_FOUND_LARGEST);
    for (size_t i = 0; i < count; i++) {
        if (!visible(record, view, reader, act, found[i])) continue;
        people.more = people.list.count == KEEPING_FOUND_LARGEST;
        if (people.more) break;
        LIST_PUSH(arena, &people.list, seen_of(record, view, found[i], arena));
    }
    register_let_go(record, view);
    *ret_people = people;
}

/* ---- telling -------------------------------------------------------------------------------------- */

static struct id org_of(const struct register_view *view, struct record *record,
                        const struct id *person)
{
    const struct registered *found = register_person(view, person);
    return found != NULL ? found->org : record_top(record);
}

bool keeping_tell_goes(struct record *record, const struct id *teller, enum role role,
                       struct arena *arena, struct tell_seen *ret_goes, struct error *error)
{
    const struct register_view *view = register_hold(record);
    struct db *db = record_read(record, error);
    struct route_plan plan = {.role = role,
                              .org = org_of(view, record, teller),
                              .teller = *teller,
                              .day = record_today(record)};
    struct route route;
    struct tell_seen goes = {.org = plan.org};
    bool done = db != NULL && telling_route(record, db, &plan, &route, error);
    for (size_t i = 0; done && i < route.count; i++) {
        const struct registered *person = register_person(view, &route.people[i]);
        if (person != NULL)
            LIST_PUSH(arena, &goes.list,
                      (struct told_seen){person->id, keeping_called(person, arena)});
    }
    if (done && route.count > 0) goes.role = role_row(route.role)->title;
    if (db != NULL) record_read_done(record, db);
    register_let_go(record, view);
    if (done) *ret_goes = goes;
    return done;
}

static void add_line(struct tell_seen *line, const struct registered *person, struct arena *arena)
{
    for (size_t i = 0; i < line->list.count; i++)
        if (id_same(&line->list.at[i].id, &person->id)) return;
    LIST_PUSH(arena, &line->list, (struct told_seen){person->id, keeping_called(person, arena)});
}

void keeping_tell_line(struct record *record, const struct id *teller, struct arena *arena,
                       struct tell_seen *ret_line)
{
    static const enum role roles[] = {ROLE_DSL, ROLE_DEPUTY_DSL, ROLE_HEADTEACHER, ROLE_CHAIR,
                                      ROLE_HR};
    struct tell_seen line = {0};
    const struct register_view *view = register_hold(record);
    struct id org = org_of(view, record, teller);
    line.org = org;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        const struct registered **people;
        size_t count = register_holders(view, roles[i], &org, record_today(record), arena, &people);
        for (size_t k = 0; k < count; k++) add_line(&line, people[k], arena);
        count = register_deputies(view, roles[i], &org, arena, &people);
        for (size_t k = 0; k < count; k++) add_line(&line, people[k], arena);
    }
    register_let_go(record, view);
    *ret_line = line;
}

/* ---- the record ----------------------------------------------------------------------------------- */

struct last {
    struct record_state *state;
};

/* Events come oldest first: the last one seen is the newest. */
static bool see_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct record_state *state = ((struct last *)context)->state;
    struct event event;
    bool check = memmem(body.at, body.length, "record-checked", 14) != NULL;
    (void)n;
    if (!check && memmem(body.at, body.length, "backup-made", 11) == NULL) return true;
    AUTO(arena) struct arena *arena = arena_new();
    if (!event_read(body, arena, &event, error)) return false;
    if (slice_is(event.kind, "backup-made")) state->backed_up = event.at;
    if (!slice_is(event.kind, "record-checked")) return true;
    state->checked = event.at;
    if (!slice_number(event_value(&event, "findings"), &state->findings)) state->findings = 1;
    return true;
}

static bool read_state(struct db *db, struct arena *arena, struct record_state *state,
                       struct error *error)
{
    struct checkpoint_row checkpoint;
    struct log_row log;
    struct last last = {state};
    bool found;
    if (!events_next(db, &state->events, error) || !log_read(db, arena, &log, error) ||
        !checkpoints_newest(db, arena, &checkpoint, &found, error))
        return false;
    state->vkey = log.vkey;
    if (found) state->note = checkpoint.note;
    uint64_t from = state->events > KEEPING_LOOKED_BACK ? state->events - KEEPING_LOOKED_BACK : 0;
    state->looked_at_all = from == 0;
    return events_each(db, from, UINT64_MAX, see_event, &last, error);
}

bool keeping_state(struct record *record, struct arena *arena, struct record_state *ret_state,
                   struct error *error)
{
    struct record_state state = {.note = SLICE_EMPTY, .vkey = SLICE_EMPTY};
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool done = read_state(db, arena, &state, error);
    record_read_done(record, db);
    if (done) *ret_state = state;
    return done;
}
