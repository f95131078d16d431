/* Keeping time: see timekeeper.h. A duty that was to be done at once goes to the next in line while nobody has taken it; the
 * first ones keep it too. Clause 6.5. */
#include "service/duty.h"
#include "service/keeping_parts.h"
#include "service/mail_queue.h"
#include "service/people.h"
#include "service/time_parts.h"

#define TOLD_WITHIN (24LL * 3600 * 1000)
#define PASSED_ON_LARGEST                                                                          \
    500 /* at one time: after a week without a server the rest has its turn a minute later */
#define MINUTE_MS (60LL * 1000)

bool facts_keep_time(struct desk *desk, struct error *error)
{
    (void)desk;
    (void)error;
    return true;
}

/* ---- one duty, and all who were given it ---------------------------------------------------------- */

struct step {
    struct desk *desk;
    struct task_row task;
    struct task_list siblings; /* open ones, this one aside */
    struct id subject, second;
    const struct policy *policy; /* NULL: it can no longer be read */
    const struct duty *duty;     /* NULL: nor then */
    const struct statement *statement;
    int64_t minutes; /* after which it goes on */
    bool told;       /* that the time is up */
    bool pending;    /* that is still to come */
};

static bool see_else(void *context, const void *row, struct error *error)
{
    struct step *step = context;
    const struct task_row *task = row;
    (void)error;
    if (slice_is(task->kind, TASK_ELSE) && slice_equal(task->clause, step->task.clause) &&
        slice_equal(task->deed, step->task.deed))
        step->told = true;
    return true;
}

static bool open_for(struct step *step, const struct route *route, const struct task_plan *plan,
                     struct error *error)
{
    struct task_plan one = *plan;
    for (size_t i = 0; i < route->count; i++) {
        one.owner = &route->people[i];
        one.role = route->role;
        if (!desk_task(step->desk, &one, NULL, error)) return false;
    }
    return true;
}

static struct task_plan plan_of(const struct step *step, const char *kind)
{
    const struct task_row *task = &step->task;
    return (struct task_plan){.kind = kind,
                              .role = ROLES,
                              .org = &task->org,
                              .about = &task->about,
                              .due = task->due,
                              .steps = task->steps + 1,
                              .version = &task->version,
                              .clause = task->clause,
                              .deed = task->deed,
                              .strength = task->strength};
}

static void start_line(const struct step *step, const struct duty_offices *offices,
                       struct line_plan *line)
{
    *line = (struct line_plan){.count = offices->count,
                               .org = step->task.org,
                               .subject = step->subject,
                               .second = step->second,
                               .day = step->desk->today};
    for (size_t i = 0; i < offices->count; i++) line->roles[i] = offices->at[i];
}

/* Those whom the policy names for when it was not done in time; whoever recorded the act where they are not of the register. */
static bool tell_late(struct step *step, struct error *error)
{
    struct duty_offices offices = {.count = 0};
    struct line_plan line;
    struct route route;
    struct occurrence_row occurrence;
    bool found;
    struct task_plan plan = plan_of(step, TASK_ELSE);
    plan.due = step->desk->now + TOLD_WITHIN;
    duty_offices(&step->policy->words, &step->duty->otherwise, &offices);
    start_line(step, &offices, &line);
    if (offices.count > 0) {
        if (!duty_route(step->desk->record, step->desk->db, &line, &route, error)) return false;
        plan.role = offices.at[0];
        return route.count > 0 ? open_for(step, &route, &plan, error)
                               : desk_task(step->desk, &plan, NULL, error);
    }
    if (!occurrence_get(step->desk->db, &step->task.about, step->desk->arena, &occurrence, &found,
                        error))
        return false;
    plan.role = ROLE_HEADTEACHER;
    if (found) plan.owner = &occurrence.actor;
    return desk_task(step->desk, &plan, NULL, error);
}

static bool check_late(struct step *step, struct error *error)
{
    if (step->duty == NULL || step->duty->otherwise.list.count == 0) return true;
    if (!tasks_about(step->desk->db, &step->task.about, step->desk->arena, see_else, step, error))
        return false;
    if (step->told) return true;
    step->pending = step->desk->now < step->task.due;
    return step->pending || tell_late(step, error);
}

static bool wait_until(struct step *step, const struct id *task, int64_t goes_on,
                       struct error *error)
{
    struct event *event = desk_event(step->desk, "task-went-on");
    desk_set_id(step->desk, event, "task", task);
    if (goes_on != ROW_NOTHING) desk_set_number(step->desk, event, "goes-on", goes_on);
    return desk_emit(step->desk, event, error);
}

/* The older ones wait from now on: the newest carry the time at which it goes on again. */
static bool settle(struct step *step, int64_t goes_on, struct error *error)
{
    if (!wait_until(step, &step->task.id, goes_on, error)) return false;
    for (size_t i = 0; i < step->siblings.list.count; i++) {
        const struct task_row *sibling = &step->siblings.list.at[i];
        if (sibling->goes_on != ROW_NOTHING && !wait_until(step, &sibling->id, ROW_NOTHING, error))
            return false;
    }
    return true;
}

static bool is_urgent(const struct step *step)
{
    if (step->duty == NULL) return step->policy == NULL;
    return step->duty->within.unit == SPAN_IMMEDIATELY || step->duty->within.unit == SPAN_SAME_DAY;
}

static bool next_in_line(struct step *step, struct route *ret_route, struct error *error)
{
    struct duty_offices offices = {.count = 0};
    struct line_plan line;
    struct people_ids had = {0};
    struct arena *arena = step->desk->arena;
    if (step->duty != NULL)
        duty_line(step->policy, step->statement, step->duty, &step->duty->bearer.roles,
                  &step->duty->object, &offices);
    start_line(step, &offices, &line);
    if (!id_is_none(&step->task.owner)) LIST_PUSH(arena, &had.list, step->task.owner);
    for (size_t i = 0; i < step->siblings.list.count; i++)
        if (!id_is_none(&step->siblings.list.at[i].owner))
            LIST_PUSH(arena, &had.list, step->siblings.list.at[i].owner);
    line.had = had.list.at;
    line.had_count = had.list.count;
    return duty_route(step->desk->record, step->desk->db, &line, ret_route, error);
}

/* What is sealed for good tells no more whom it is about: then it stays with those who have it. */
static bool pass_on(struct step *step, bool known, struct error *error)
{
    struct route route = {.count = 0};
    int64_t until = step->pending ? step->task.due : ROW_NOTHING;
    bool taken = step->task.taken != ROW_NOTHING;
    if (known && !taken && is_urgent(step) && !next_in_line(step, &route, error)) return false;
    if (route.count == 0) return settle(step, until, error);
    struct task_plan plan = plan_of(step, TASK_DUTY);
    plan.goes_on = step->desk->now + step->minutes * MINUTE_MS;
    if (until != ROW_NOTHING && until < plan.goes_on) plan.goes_on = until;
    return settle(step, ROW_NOTHING, error) && open_for(step, &route, &plan, error);
}

static bool find_subjects(struct step *step, bool *ret_known, struct error *error)
{
    struct occurrence_row row;
    struct pairs pairs = {0};
    bool found;
    *ret_known = false;
    if (!occurrence_get(step->desk->db, &step->task.about, step->desk->arena, &row, &found, error))
        return false;
    if (!found) return true;
    return record_part(step->desk->record, step->desk->db, (uint64_t)row.n, &row.actor,
                       step->desk->arena, &pairs, ret_known, error) &&
           duty_subjects(step->desk->record, step->desk->db, &step->task.about, step->desk->arena,
                         &step->subject, &step->second, error);
}

static bool take_step(struct step *step, struct error *error)
{
    struct calendar_here calendar;
    bool known;
    if (!task_siblings(step->desk, &step->task, &step->siblings, error) ||
        !find_subjects(step, &known, error) ||
        !calendar_of(step->desk->db, &step->task.org, step->desk->arena, &calendar, error))
        return false;
    step->minutes = calendar.calendar.late;
    if (step->policy != NULL)
        step->duty = duty_find(step->policy, step->task.clause, step->task.deed, &step->statement);
    return check_late(step, error) && pass_on(step, known, error);
}

/* A version that cannot be read any more holds nobody else up: its duties go along the line of those who are always told. */
static bool go_on(struct desk *desk, const struct id *task, bool *ret_went, struct error *error)
{
    struct step step = {.desk = desk};
    struct error ignored = {.code = ERROR_NONE};
    bool found;
    *ret_went = false;
    if (!task_get(desk->db, task, desk->arena, &step.task, &found, error)) return false;
    if (!found || !slice_is(step.task.state, "open") || step.task.goes_on == ROW_NOTHING ||
        step.task.goes_on > desk->now)
        return true; /* a sibling's turn took it along */
    *ret_went = true;
    if (id_is_none(&step.task.version)) return settle(&step, ROW_NOTHING, error);
    step.policy = record_policy_version(desk->record, &step.task.version, &ignored);
    bool done = take_step(&step, error);
    if (step.policy != NULL) record_policy_let_go(desk->record, step.policy);
    return done;
}

struct collected_ids {
    struct arena *arena;
    LIST(struct id) list;
};

static bool collect(void *context, const void *row, struct error *error)
{
    struct collected_ids *collected = context;
    (void)error;
    if (collected->list.count < PASSED_ON_LARGEST)
        LIST_PUSH(collected->arena, &collected->list, ((const struct task_row *)row)->id);
    return true;
}

static bool go_on_all(struct desk *desk, int64_t *ret_count, struct error *error)
{
    struct collected_ids collected = {.arena = desk->arena};
    *ret_count = 0;
    if (!tasks_going_on(desk->db, desk->now, desk->arena, collect, &collected, error)) return false;
    for (size_t i = 0; i < collected.list.count; i++) {
        bool went;
        if (!go_on(desk, &collected.list.at[i], &went, error)) return false;
        *ret_count += went ? 1 : 0;
    }
    return true;
}

/* ---- the handler ---------------------------------------------------------------------------------- */

static bool open_review(struct desk *desk, struct error *error)
{
    struct review_due review;
    struct id top = record_top(desk->record);
    if (!time_review(desk->record, desk->db, desk->arena, &review, error)) return false;
    if (!review.wanted) return true;
    struct task_plan plan = {.kind = TASK_REVIEW,
                             .role = review.role,
                             .org = &top,
                             .about = &review.version,
                             .due = review.due,
                             .version = &review.version,
                             .clause = review.clause,
                             .deed = review.deed,
                             .strength = SLICE("should")};
    return desk_task(desk, &plan, NULL, error);
}

static bool remind(struct desk *desk, int64_t *ret_count, struct error *error)
{
    struct reminders reminders;
    if (!time_reminders(desk->record, desk->db, desk->now, desk->arena, &reminders, error))
        return false;
    for (size_t i = 0; i < reminders.list.count; i++)
        if (!mail_queue(desk, &reminders.list.at[i].person, reminders.list.at[i].kind, 0, error))
            return false;
    *ret_count = (int64_t)reminders.list.count;
    return true;
}

bool do_keep_time(struct desk *desk, struct error *error)
{
    int64_t passed, reminded;
    if (!go_on_all(desk, &passed, error) || !open_review(desk, error) ||
        !remind(desk, &reminded, error))
        return false;
    struct event *event = desk_event(desk, "time-kept");
    desk_set_number(desk, event, "passed-on", passed);
    desk_set_number(desk, event, "reminded", reminded);
    return desk_emit(desk, event, error);
}
