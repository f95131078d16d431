/* One task with its history and its clause, and what came of an act that somebody recorded; see duties.h. */
#include "service/allowed.h"
#include "service/duties_parts.h"
#include "service/keeping_parts.h"
#include "service/people.h"
#include "store/events.h"

/* ---- the words at its end ------------------------------------------------------------------------- */

struct ending {
    const struct task_row *task;
    struct record *record;
    struct db *db;
    struct arena *arena;
    uint64_t n;
    int64_t at;
    struct slice words;
};

static bool see_at(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct ending *ending = context;
    struct event event;
    AUTO(arena) struct arena *arena = arena_new();
    (void)n;
    if (!event_read(body, arena, &event, error)) return false;
    ending->at = event.at;
    return true;
}

/* The first event of that moment: times never go back along the log. */
static bool find_ending(struct ending *ending, struct error *error)
{
    uint64_t low = (uint64_t)ending->task->n, high;
    if (!events_next(ending->db, &high, error)) return false;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (!events_each(ending->db, middle, middle + 1, see_at, ending, error)) return false;
        if (ending->at < ending->task->ended)
            low = middle + 1;
        else
            high = middle;
    }
    ending->n = low;
    return true;
}

static bool see_words(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct ending *ending = context;
    struct event event;
    struct pairs pairs = {0};
    char hex[2 * ID_SIZE + 1];
    bool there;
    (void)n;
    id_hex(&ending->task->id, hex);
    if (!event_read(body, ending->arena, &event, error)) return false;
    if (event.parts.count == 0 || !slice_is(event_value(&event, "task"), hex)) return true;
    if (!record_part_of(ending->record, ending->db, &event, &ending->task->ended_by, ending->arena,
                        &pairs, &there, error))
        return false;
    ending->words = pairs_value(&pairs, "words");
    if (ending->words.length == 0) ending->words = pairs_value(&pairs, "reason");
    return true;
}

#define ACT_EVENTS 64 /* of one moment that are looked through */

static bool read_words(const struct duties_reading *reading, const struct task_row *task,
                       struct slice *ret_words, struct error *error)
{
    struct ending ending = {.task = task,
                            .record = reading->record,
                            .db = reading->db,
                            .arena = reading->arena,
                            .words = SLICE_EMPTY};
    *ret_words = SLICE_EMPTY;
    if (task->ended == ROW_NOTHING ||
        !register_same(reading->view, &task->ended_by, reading->reader))
        return true;
    if (!find_ending(&ending, error) ||
        !events_each(reading->db, ending.n, ending.n + ACT_EVENTS, see_words, &ending, error))
        return false;
    *ret_words = ending.words;
    return true;
}

/* ---- history -------------------------------------------------------------------------------------- */

static struct slice name_of(const struct duties_reading *reading, const struct id *person)
{
    unsigned sees;
    if (register_same(reading->view, person, reading->reader)) return SLICE("you");
    const struct registered *found = viewer_person(&reading->viewer, person, &sees);
    return found != NULL ? keeping_called(found, reading->arena) : SLICE("somebody else");
}

static void add_step(const struct duties_reading *reading, struct task_whole *whole, int64_t at,
                     struct slice words)
{
    LIST_PUSH(reading->arena, &whole->steps, (struct task_step){at, words});
}

static struct slice with_name(const struct duties_reading *reading, const char *before,
                              const struct id *person)
{
    return arena_format(reading->arena, "%s %.*s", before, SLICE_PRINT(name_of(reading, person)));
}

static void add_steps(const struct duties_reading *reading, const struct task_row *task,
                      struct task_whole *whole)
{
    add_step(reading, whole, task->opened,
             task->steps > 0 && task->kind.length > 0 && !slice_is(task->kind, TASK_ELSE)
                 ? SLICE("It came to the next in line: nobody had taken it")
                 : SLICE("It was opened"));
    if (task->taken != ROW_NOTHING)
        add_step(reading, whole, task->taken, with_name(reading, "Taken by", &task->taken_by));
    if (task->ended != ROW_NOTHING)
        add_step(reading, whole, task->ended,
                 with_name(reading, slice_is(task->state, "waived") ? "Let go by" : "Ended by",
                           &task->ended_by));
}

/* ---- its clause ----------------------------------------------------------------------------------- */

static void say_clause(struct record *record, struct task_whole *whole, struct arena *arena)
{
    struct error ignored = {.code = ERROR_NONE};
    if (id_is_none(&whole->task.version)) return;
    const struct policy *policy = record_policy_version(record, &whole->task.version, &ignored);
    if (policy == NULL) return;
    const struct clause *clause = duty_clause(policy, whole->task.clause);
    if (clause != NULL) {
        struct slice number = clause->number.length > 0 ? clause->number : clause->id;
        whole->clause_name =
            arena_format(arena, "%.*s %.*s", SLICE_PRINT(number), SLICE_PRINT(clause->title));
        whole->clause_prose = arena_copy(arena, clause->prose);
        whole->law = clause < policy->document.clauses.at ||
                     clause >= policy->document.clauses.at + policy->document.clauses.count;
    }
    record_policy_let_go(record, policy);
}

/* ---- the task ------------------------------------------------------------------------------------- */

static bool find_act(const struct duties_reading *reading, const struct task_row *task,
                     struct id *ret_act, struct error *error)
{
    struct occurrence_row row;
    bool found;
    *ret_act = (struct id){{0}};
    if (!occurrence_get(reading->db, &task->about, reading->arena, &row, &found, error))
        return false;
    if (found && register_same(reading->view, &row.actor, reading->reader)) *ret_act = row.id;
    return true;
}

/* As the desk would decide it with a reason given. */
static bool may_waive(const struct duties_reading *reading, const struct task_row *task, bool mine)
{
    enum role roles[ROLES];
    struct request request;
    struct decision decision;
    struct error ignored = {.code = ERROR_NONE};
    struct slice actor = SLICE("person");
    size_t count = register_roles(reading->view, reading->reader, &task->org,
                                  record_today(reading->record), roles);
    if (!task_is_free(task->kind) || !slice_is(task->state, "open")) return false;
    for (size_t i = 0; i < count; i++)
        actor = arena_format(reading->arena, "%.*s, %.*s", SLICE_PRINT(actor),
                             SLICE_PRINT(role_row(roles[i])->code));
    request_init(reading->record->rules, true, reading->arena, &request);
    if (!request_set(&request, SLICE("actor"), actor, &ignored) ||
        !request_set(&request, SLICE("act"), slice_of(act_id(ACT_WAIVE_TASK)), &ignored) ||
        !request_set(&request, SLICE("mine"), mine ? SLICE("yes") : SLICE("no"), &ignored) ||
        !request_set(&request, SLICE("reason"), SLICE("yes"), &ignored))
        return false;
    decide(&request, reading->arena, &decision);
    return decision.verdict == VERDICT_ALLOWED;
}

static bool read_whole(const struct duties_reading *reading, const struct task_row *task,
                       struct task_whole *whole, bool *ret_found, struct error *error)
{
    bool led;
    if (!duties_mine(reading, task, &whole->mine, error) ||
        !find_act(reading, task, &whole->occurrence, error) ||
        !duties_led(reading, task, &led, error))
        return false;
    *ret_found = whole->mine || led || !id_is_none(&whole->occurrence);
    if (!*ret_found) return true;
    whole->task = duties_seen(reading, task);
    whole->state = task->state;
    whole->who = duties_who(reading, task);
    whole->may_waive = may_waive(reading, task, whole->mine);
    add_steps(reading, task, whole);
    return read_words(reading, task, &whole->words, error);
}

bool duties_task(struct record *record, const struct id *reader, const struct id *task,
                 struct arena *arena, struct task_whole *ret_task, bool *ret_found,
                 struct error *error)
{
    struct duties_reading reading;
    struct task_row row;
    *ret_task = (struct task_whole){.clause_name = SLICE_EMPTY, .clause_prose = SLICE_EMPTY};
    if (!duties_begin(&reading, record, reader, arena, error)) return false;
    bool done = task_get(reading.db, task, arena, &row, ret_found, error) &&
                (!*ret_found || read_whole(&reading, &row, ret_task, ret_found, error));
    duties_end(&reading);
    if (done && *ret_found) {
        say_clause(record, ret_task, arena);
        duties_say(record, &ret_task->task, arena);
    }
    return done;
}

/* ---- an act --------------------------------------------------------------------------------------- */

struct act_reading {
    struct duties_reading reading;
    struct act_seen *out;
};

/* Whom it went to is said by office, and of several who have it once. */
static bool add_task(void *context, const void *row, struct error *error)
{
    struct act_reading *act = context;
    const struct task_row *task = row;
    struct act_task seen = {.task = duties_seen(&act->reading, task), .state = task->state};
    enum role role = role_of(task->role);
    (void)error;
    seen.to = seen.task.own || role == ROLES ? SLICE_EMPTY : role_row(role)->title;
    for (size_t i = 0; i < act->out->tasks.count; i++) {
        const struct act_task *before = &act->out->tasks.at[i];
        if (slice_equal(before->task.deed, seen.task.deed) && slice_equal(before->to, seen.to) &&
            slice_equal(before->state, seen.state))
            return true;
    }
    LIST_PUSH(act->reading.arena, &act->out->tasks, seen);
    return true;
}

static bool read_act(struct act_reading *act, const struct occurrence_row *row, bool *ret_found,
                     struct error *error)
{
    struct pairs pairs = {0};
    bool there;
    *ret_found = register_same(act->reading.view, &row->actor, act->reading.reader);
    if (!*ret_found) return true;
    if (!record_part(act->reading.record, act->reading.db, (uint64_t)row->n, &row->actor,
                     act->reading.arena, &pairs, &there, error))
        return false;
    act->out->happened = row->happened;
    act->out->at = row->at;
    act->out->stage = row->stage;
    act->out->stop = slice_is(row->verdict, "stop");
    act->out->sentence = pairs_value(&pairs, "sentence");
    return tasks_about(act->reading.db, &row->id, act->reading.arena, add_task, act, error);
}

bool duties_act(struct record *record, const struct id *reader, const struct id *act,
                struct arena *arena, struct act_seen *ret_act, bool *ret_found, struct error *error)
{
    struct act_reading reading = {.out = ret_act};
    struct occurrence_row row;
    *ret_act = (struct act_seen){.sentence = SLICE_EMPTY};
    if (!duties_begin(&reading.reading, record, reader, arena, error)) return false;
    bool done = occurrence_get(reading.reading.db, act, arena, &row, ret_found, error) &&
                (!*ret_found || read_act(&reading, &row, ret_found, error));
    duties_end(&reading.reading);
    for (size_t i = 0; done && i < ret_act->tasks.count; i++)
        duties_say(record, &ret_act->tasks.at[i].task, arena);
    return done;
}
