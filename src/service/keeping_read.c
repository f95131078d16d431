/* Lists for the pages of keeping; see keeping_read.h. Who may see what is asked of the same clauses as the acts themselves. */
#include "service/keeping_read.h"

#include <stdlib.h>
#include <string.h>

#include "service/keeping_parts.h"
#include "service/people.h"
#include "service/register.h"
#include "store/events.h"

/* One list on its way. */
struct list_reading {
    struct record *record;
    struct id reader;
    struct arena *arena;
    struct db *db;
    const struct register_view *view;
    LIST(struct org_answer {
        struct id org;
        bool yes;
    })
    answers; /* what clauses said of an organisation */
    void *out;
};

/* The register first, always: see record_parts.h. */
static bool reading_begin(struct list_reading *reading, struct error *error)
{
    reading->view = register_hold(reading->record);
    reading->db = record_read(reading->record, error);
    if (reading->db != NULL) return true;
    register_let_go(reading->record, reading->view);
    return false;
}

static bool reading_end(struct list_reading *reading, bool done)
{
    record_read_done(reading->record, reading->db);
    register_let_go(reading->record, reading->view);
    return done;
}

/* ---- who, and who may see ------------------------------------------------------------------------- */

struct slice keeping_called(const struct registered *person, struct arena *arena)
{
    const struct details *details = &person->details;
    struct slice first = details->known_as.length > 0 ? details->known_as : details->given;
    if (first.length + details->family.length == 0) return arena_copy(arena, person->shown_as);
    return slice_trim(
        arena_format(arena, "%.*s %.*s", SLICE_PRINT(first), SLICE_PRINT(details->family)));
}

/* As in a list of names. */
static struct slice name_of(const struct list_reading *reading, const struct id *person)
{
    const struct registered *found = register_person(reading->view, person);
    return found != NULL ? arena_copy(reading->arena, found->shown_as)
                         : SLICE("Somebody not in the record");
}

/* Who did something, in a sentence. */
static struct slice doer(const struct list_reading *reading, const struct id *person)
{
    if (id_is_none(person)) return SLICE("the keeper of the machine");
    const struct registered *found = register_person(reading->view, person);
    return found != NULL ? keeping_called(found, reading->arena)
                         : SLICE("somebody not in the record");
}

static bool over(struct list_reading *reading, const struct id *org, const enum record_act *acts,
                 size_t count)
{
    bool yes = false;
    for (size_t i = 0; i < reading->answers.count; i++)
        if (id_same(&reading->answers.at[i].org, org)) return reading->answers.at[i].yes;
    for (size_t i = 0; i < count && !yes; i++)
        yes = desk_may_over(reading->record, &reading->reader, acts[i], org);
    LIST_PUSH(reading->arena, &reading->answers, (struct org_answer){*org, yes});
    return yes;
}

/* Whether the person's row may be shown: a clause could allow one of the acts, and no bar stands between the two. */
static bool shows(struct list_reading *reading, const struct id *person,
                  const enum record_act *acts, size_t count)
{
    const struct registered *found = register_person(reading->view, person);
    return found != NULL && over(reading, &found->org, acts, count) &&
           !register_barred(reading->view, &reading->reader, person);
}

static bool moment_of(struct list_reading *reading, int64_t n, int64_t *ret_at, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice body;
    struct event event;
    if (!events_read(reading->db, (uint64_t)n, arena, &body, error) ||
        !event_read(body, arena, &event, error))
        return false;
    *ret_at = event.at;
    return true;
}

/* ---- holds ---------------------------------------------------------------------------------------- */

static bool see_hold(void *context, const void *row, struct error *error)
{
    static const enum record_act acts[] = {ACT_PLACE_HOLD};
    struct list_reading *reading = context;
    struct holds_seen *out = reading->out;
    const struct hold_row *hold = row;
    struct hold_seen seen = {.id = hold->id, .person = hold->person};
    if (!shows(reading, &hold->person, acts, 1) ||
        register_same(reading->view, &hold->person, &reading->reader))
        return true;
    if (!moment_of(reading, hold->placed, &seen.placed, error) ||
        (hold->lifted != ROW_NOTHING && !moment_of(reading, hold->lifted, &seen.lifted, error)))
        return false;
    seen.name = name_of(reading, &hold->person);
    seen.placed_by = doer(reading, &hold->placed_by);
    seen.lifted_by = seen.lifted != 0 ? doer(reading, &hold->lifted_by) : SLICE_EMPTY;
    LIST_PUSH(reading->arena, &out->list, seen);
    return true;
}

/* Those that lie come first. */
static int by_hold(const void *a, const void *b)
{
    const struct hold_seen *one = a, *other = b;
    if ((one->lifted == 0) != (other->lifted == 0)) return one->lifted == 0 ? -1 : 1;
    return (one->placed < other->placed) - (one->placed > other->placed);
}

#define CUT(list)                                                                                  \
    if ((list)->count > KEEPING_ROWS_LARGEST) (list)->count = KEEPING_ROWS_LARGEST
#define SORT(list, compare)                                                                        \
    if ((list)->count > 1) qsort((list)->at, (list)->count, sizeof *(list)->at, compare)

bool keeping_holds(struct record *record, const struct id *reader, struct arena *arena,
                   struct holds_seen *ret_holds, struct error *error)
{
    struct holds_seen holds = {0};
    struct list_reading reading = {
        .record = record, .reader = *reader, .arena = arena, .out = &holds};
    if (!reading_begin(&reading, error) ||
        !reading_end(&reading, holds_each(reading.db, arena, see_hold, &reading, error)))
        return false;
    SORT(&holds.list, by_hold);
    CUT(&holds.list);
    *ret_holds = holds;
    return true;
}

/* ---- erasures ------------------------------------------------------------------------------------- */

static bool is_held(struct list_reading *reading, const struct id *person, bool *ret_held,
                    struct error *error)
{
    struct id *people;
    size_t count;
    return people_linked(reading->db, person, reading->arena, &people, &count, error) &&
           hold_lies(reading->db, people, count, ret_held, error);
}

static bool see_erasure(void *context, const void *row, struct error *error)
{
    static const enum record_act acts[] = {ACT_ASK_ERASURE, ACT_CONFIRM_ERASURE};
    struct list_reading *reading = context;
    struct erasures_seen *out = reading->out;
    const struct erasure_row *erasure = row;
    struct erasure_seen seen = {
        .id = erasure->id, .person = erasure->person, .state = erasure->state};
    if (!shows(reading, &erasure->person, acts, 2)) return true;
    if (!moment_of(reading, erasure->asked, &seen.asked, error) ||
        !is_held(reading, &erasure->person, &seen.held, error))
        return false;
    seen.name = name_of(reading, &erasure->person);
    seen.asked_by = doer(reading, &erasure->asked_by);
    seen.began = register_same(reading->view, &erasure->asked_by, &reading->reader);
    seen.own = register_same(reading->view, &erasure->person, &reading->reader);
    seen.confirmed_by =
        slice_is(erasure->state, "done") ? doer(reading, &erasure->confirmed_by) : SLICE_EMPTY;
    LIST_PUSH(reading->arena, &out->list, seen);
    return true;
}

static int by_erasure(const void *a, const void *b)
{
    const struct erasure_seen *one = a, *other = b;
    bool first = slice_is(one->state, "asked"), second = slice_is(other->state, "asked");
    if (first != second) return first ? -1 : 1;
    return (one->asked < other->asked) - (one->asked > other->asked);
}

bool keeping_erasures(struct record *record, const struct id *reader, struct arena *arena,
                      struct erasures_seen *ret_erasures, struct error *error)
{
    struct erasures_seen erasures = {0};
    struct list_reading reading = {
        .record = record, .reader = *reader, .arena = arena, .out = &erasures};
    if (!reading_begin(&reading, error) ||
        !reading_end(&reading, erasures_each(reading.db, arena, see_erasure, &reading, error)))
        return false;
    SORT(&erasures.list, by_erasure);
    CUT(&erasures.list);
    *ret_erasures = erasures;
    return true;
}

/* ---- who opened what ------------------------------------------------------------------------------ */

static void push_opened(struct list_reading *reading, const struct opened_row *row)
{
    struct opened_list *out = reading->out;
    LIST_PUSH(reading->arena, &out->list,
              (struct opened_seen){.who = doer(reading, &row->actor),
                                   .about = name_of(reading, &row->person),
                                   .what = row->what,
                                   .at = row->at});
}

static bool see_opened_own(void *context, const void *row, struct error *error)
{
    (void)error;
    push_opened(context, row);
    return true;
}

static int by_opened(const void *a, const void *b)
{
    const struct opened_seen *one = a, *other = b;
    return (one->at < other->at) - (one->at > other->at);
}

static bool read_own(struct list_reading *reading, struct error *error)
{
    struct id *people;
    size_t count;
    if (!people_linked(reading->db, &reading->reader, reading->arena, &people, &count, error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!opened_of(reading->db, &people[i], reading->arena, see_opened_own, reading, error))
            return false;
    return true;
}

bool keeping_opened_own(struct record *record, const struct id *reader, struct arena *arena,
                        struct opened_list *ret_opened, struct error *error)
{
    struct opened_list opened = {0};
    struct list_reading reading = {
        .record = record, .reader = *reader, .arena = arena, .out = &opened};
    if (!reading_begin(&reading, error) || !reading_end(&reading, read_own(&reading, error)))
        return false;
    SORT(&opened.list, by_opened);
    CUT(&opened.list);
    *ret_opened = opened;
    return true;
}

/* The head and the data protection officer answer for who looks into what. */
static bool answers_for(const struct list_reading *reading, const struct id *org)
{
    enum role roles[ROLES];
    size_t count =
        register_roles(reading->view, &reading->reader, org, record_today(reading->record), roles);
    for (size_t i = 0; i < count; i++)
        if (roles[i] == ROLE_DPO || roles[i] == ROLE_HEADTEACHER) return true;
    return false;
}

static bool see_opened(void *context, const void *row, struct error *error)
{
    struct list_reading *reading = context;
    const struct opened_row *opened = row;
    const struct registered *person = register_person(reading->view, &opened->person);
    (void)error;
    if (person != NULL && answers_for(reading, &person->org) &&
        !register_barred(reading->view, &reading->reader, &opened->person))
        push_opened(reading, opened);
    return true;
}

bool keeping_opened_all(struct record *record, const struct id *reader, struct arena *arena,
                        struct opened_list *ret_opened, bool *ret_any, struct error *error)
{
    struct opened_list opened = {0};
    struct id anywhere = {{0}};
    struct list_reading reading = {
        .record = record, .reader = *reader, .arena = arena, .out = &opened};
    if (!reading_begin(&reading, error)) return false;
    bool any = answers_for(&reading, &anywhere);
    if (!reading_end(&reading, !any || opened_each(reading.db, arena, see_opened, &reading, error)))
        return false;
    SORT(&opened.list, by_opened);
    CUT(&opened.list);
    *ret_opened = opened;
    *ret_any = any;
    return true;
}

/* ---- kept answers --------------------------------------------------------------------------------- */

static bool see_kept(void *context, const void *row, struct error *error)
{
    struct list_reading *reading = context;
    struct kept_list *out = reading->out;
    const struct kept_row *kept = row;
    (void)error;
    LIST_PUSH(reading->arena, &out->list, (struct kept_seen){kept->id, kept->kept});
    return true;
}

static int by_kept(const void *a, const void *b)
{
    const struct kept_seen *one = a, *other = b;
    return (one->kept < other->kept) - (one->kept > other->kept);
}

static bool read_kept(struct list_reading *reading, struct error *error)
{
    struct id *people;
    size_t count;
    if (!people_linked(reading->db, &reading->reader, reading->arena, &people, &count, error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!kept_of(reading->db, &people[i], reading->arena, see_kept, reading, error))
            return false;
    return true;
}

bool keeping_kept(struct record *record, const struct id *reader, struct arena *arena,
                  struct kept_list *ret_kept, struct error *error)
{
    struct kept_list kept = {0};
    struct list_reading reading = {
        .record = record, .reader = *reader, .arena = arena, .out = &kept};
    if (!reading_begin(&reading, error) || !reading_end(&reading, read_kept(&reading, error)))
        return false;
    SORT(&kept.list, by_kept);
    CUT(&kept.list);
    *ret_kept = kept;
    return true;
}
