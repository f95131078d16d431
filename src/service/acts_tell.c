/* Telling: a report goes to whom route.c finds, and where nobody is left the ways outside are given and the vacancy is a task
 * that is overdue at once. What was told is sealed under a key of its own, and nothing outside that seal says whom it is
 * about. Clause 6.1; tasks, clause 6.2. */
#include "service/allowed.h"
#include "service/keeping_parts.h"
#include "service/people.h"
#include "service/route.h"

#define TOLD_WITHIN (24LL * 3600 * 1000)

struct found_tell {
    struct slice text, named; /* named: in words, where it is about nobody in the record */
    struct route_plan plan;
    struct route route;
};

/* ---- facts ---------------------------------------------------------------------------------------- */

static bool read_role(struct desk *desk, struct route_plan *plan, struct error *error)
{
    struct slice code = order_value(desk->order, "role");
    plan->role = code.length > 0 ? role_of(code) : ROLE_DSL;
    return plan->role != ROLES ||
           error_set(error, ERROR_REQUEST, "the role to tell is not one that we know");
}

/* One that we do not know is passed over: it may not stand in the way of telling, nor may a task wait there. */
static bool read_org(struct desk *desk, struct route_plan *plan, struct error *error)
{
    struct id org;
    struct org_row row;
    struct error unknown = {.code = ERROR_NONE};
    if (!desk_id(desk, "org", "the organisation", &org, error)) return false;
    if (people_org(desk->db, &org, desk->arena, &row, &unknown)) plan->org = org;
    if (unknown.code == ERROR_NONE || unknown.code == ERROR_REQUEST) return true;
    *error = unknown;
    return false;
}

static bool read_about(struct desk *desk, struct route_plan *plan, struct error *error)
{
    struct person_row row;
    bool found;
    plan->org = record_top(desk->record);
    if (order_value(desk->order, "about").length > 0) {
        if (!desk_id(desk, "about", "the person it is about", &plan->subject, error) ||
            !person_get(desk->db, &plan->subject, desk->arena, &row, &found, error))
            return false;
        if (!found)
            return error_set(error, ERROR_REQUEST,
                             "the person it is about is not one that we know");
        plan->org = row.org;
    }
    if (order_value(desk->order, "org").length == 0) return true;
    return read_org(desk, plan, error);
}

bool facts_tell(struct desk *desk, struct error *error)
{
    struct found_tell *found = ARENA_NEW(desk->arena, struct found_tell);
    desk->found = found;
    found->plan.teller = desk->order->actor;
    found->plan.day = desk->today;
    found->named = slice_part(slice_trim(order_value(desk->order, "named")), 0, REASON_LARGEST);
    if (!desk_text(desk, "text", "what you want to tell", TELL_LARGEST, &found->text, error) ||
        !read_role(desk, &found->plan, error) || !read_about(desk, &found->plan, error))
        return false;
    return telling_route(desk->record, desk->db, &found->plan, &found->route, error);
}

/* ---- handler -------------------------------------------------------------------------------------- */

static struct slice hex_of(struct desk *desk, const struct id *id)
{
    char hex[2 * ID_SIZE + 1];
    if (id_is_none(id)) return SLICE_EMPTY;
    id_hex(id, hex);
    return arena_copy(desk->arena, slice_of(hex));
}

static bool emit_told(struct desk *desk, const struct found_tell *found, const struct id *report,
                      struct error *error)
{
    struct event *event = desk_event(desk, "told");
    struct pairs pairs = {0};
    pairs_add(&pairs, desk->arena, "text", found->text);
    pairs_add(&pairs, desk->arena, "about", hex_of(desk, &found->plan.subject));
    pairs_add(&pairs, desk->arena, "named", found->named);
    pairs_add(&pairs, desk->arena, "from", hex_of(desk, &found->plan.teller));
    pairs_add(&pairs, desk->arena, "role", role_row(found->plan.role)->code);
    desk_set_id(desk, event, "report", report);
    return desk_part(desk, event, report, &pairs, error) && desk_emit(desk, event, error);
}

struct vacancy {
    const struct found_tell *found;
    bool open;
};

static bool see_vacancy(void *context, const void *row, struct error *error)
{
    struct vacancy *vacancy = context;
    const struct task_row *task = row;
    (void)error;
    if (slice_is(task->kind, "vacancy") && id_same(&task->org, &vacancy->found->plan.org) &&
        slice_equal(task->role, role_row(vacancy->found->route.vacant)->code))
        vacancy->open = true;
    return true;
}

/* Once for a role and an organisation. It says nothing of any report. */
static bool open_vacancy(struct desk *desk, const struct found_tell *found, struct error *error)
{
    struct vacancy vacancy = {found, false};
    if (found->route.vacant == ROLES) return true;
    if (!tasks_open(desk->db, desk->arena, see_vacancy, &vacancy, error)) return false;
    struct task_plan plan = {
        .kind = "vacancy", .role = found->route.vacant, .org = &found->plan.org};
    return vacancy.open || desk_task(desk, &plan, NULL, error);
}

/* A report waits for people and never for a role: who holds the role next may be the one it is about. */
static bool give(struct desk *desk, const struct found_tell *found, const struct id *report,
                 size_t from, struct error *error)
{
    for (size_t i = from; i < found->route.count; i++) {
        struct task_plan plan = {.kind = "told",
                                 .role = ROLES,
                                 .org = &found->plan.org,
                                 .owner = &found->route.people[i],
                                 .about = report,
                                 .due = desk->now + TOLD_WITHIN};
        if (!desk_task(desk, &plan, NULL, error)) return false;
    }
    return true;
}

bool do_tell(struct desk *desk, struct error *error)
{
    const struct found_tell *found = desk->found;
    struct id report = id_make();
    if (!emit_told(desk, found, &report, error)) return false;
    desk->outcome->made = report;
    if (found->route.count > 0) {
        desk->outcome->sentence = SLICE("It was sent to the people who look after this. They have "
                                        "it now.");
        return give(desk, found, &report, 0, error);
    }
    desk->outcome->sentence =
        arena_format(desk->arena,
                     "It is kept safely, and nobody here could be given it today. Please use a "
                     "way outside. %.*s",
                     SLICE_PRINT(outside_words(desk->arena)));
    struct task_plan plan = {
        .kind = "told", .role = ROLES, .org = &found->plan.org, .about = &report};
    return desk_task(desk, &plan, NULL, error) && open_vacancy(desk, found, error);
}

/* ---- reports that nobody could be given ------------------------------------------------------------- */

struct waiting {
    struct desk *desk;
    LIST(struct task_row) tasks;
};

static bool see_waiting(void *context, const void *row, struct error *error)
{
    struct waiting *waiting = context;
    const struct task_row *task = row;
    (void)error;
    if (slice_is(task->kind, "told") && id_is_none(&task->owner))
        LIST_PUSH(waiting->desk->arena, &waiting->tasks, *task);
    return true;
}

/* Whom it is about, who told it and which role they asked for, out of the seal; false in `ret_there` once it is erased. */
static bool reopen(struct desk *desk, const struct task_row *task, struct found_tell *found,
                   bool *ret_there, struct error *error)
{
    struct pairs pairs = {0};
    uint64_t n;
    if (!report_find(desk, &task->about, &n, error) ||
        !record_part(desk->record, desk->db, n, &task->about, desk->arena, &pairs, ret_there,
                     error))
        return false;
    if (!*ret_there) return true;
    struct id none = {{0}};
    found->plan = (struct route_plan){
        .role = role_of(pairs_value(&pairs, "role")), .org = task->org, .day = desk->today};
    if (found->plan.role == ROLES) found->plan.role = ROLE_DSL;
    if (!id_read(pairs_value(&pairs, "about"), &found->plan.subject)) found->plan.subject = none;
    if (!id_read(pairs_value(&pairs, "from"), &found->plan.teller)) found->plan.teller = none;
    return telling_route(desk->record, desk->db, &found->plan, &found->route, error);
}

static bool move(struct desk *desk, const struct task_row *task, struct error *error)
{
    struct found_tell found = {.route = {.count = 0}};
    bool there;
    if (!reopen(desk, task, &found, &there, error)) return false;
    if (!there || found.route.count == 0) return true;
    struct event *event = desk_event(desk, "task-moved");
    desk_set_id(desk, event, "task", &task->id);
    desk_set_id(desk, event, "owner", &found.route.people[0]);
    return desk_emit(desk, event, error) && give(desk, &found, &task->about, 1, error);
}

bool tell_again(struct desk *desk, struct error *error)
{
    struct waiting waiting = {.desk = desk};
    if (!tasks_open(desk->db, desk->arena, see_waiting, &waiting, error)) return false;
    for (size_t i = 0; i < waiting.tasks.count; i++)
        if (!move(desk, &waiting.tasks.at[i], error)) return false;
    return true;
}

/* ---- tasks ---------------------------------------------------------------------------------------- */

/* Their own, or one that waits for a role which they hold or stand in for today. */
static bool is_mine(struct desk *desk, const struct task_row *task, bool *ret_mine,
                    struct error *error)
{
    enum role roles[ROLES], role = role_of(task->role);
    size_t count;
    *ret_mine = false;
    if (!id_is_none(&task->owner)) return desk_is_actor(desk, &task->owner, ret_mine, error);
    if (id_is_none(&desk->order->actor) || role == ROLES) return true;
    if (!people_acting_roles(desk->record, desk->db, &desk->order->actor, &task->org, desk->today,
                             desk->arena, roles, &count, error))
        return false;
    *ret_mine = allowed_task(desk->record, task->kind, role, roles, count);
    return true;
}

bool facts_close_task(struct desk *desk, struct error *error)
{
    struct task_row *task = ARENA_NEW(desk->arena, struct task_row);
    struct id id;
    bool found, mine;
    desk->found = task;
    if (!desk_id(desk, "task", "the task", &id, error) ||
        !task_get(desk->db, &id, desk->arena, task, &found, error) ||
        !(found ? is_mine(desk, task, &mine, error) : true))
        return false;
    /* Of another's task not even that it is there. */
    if (!found || !mine || !slice_is(task->state, "open"))
        return error_set(error, ERROR_REQUEST, "the task is not one of yours that is open");
    desk->scope = task->org;
    return desk_say(desk, "mine", true, error);
}

bool do_close_task(struct desk *desk, struct error *error)
{
    const struct task_row *task = desk->found;
    return desk_task_close(desk, &task->id, error);
}
