/* Telling: a report goes to whom route.c finds, and where nobody is left the ways outside are given and the vacancy is a task
 * that is overdue at once. What was told is sealed under a key of its own, and nothing outside that seal says whom it is
 * about. Clause 6.1; tasks are acts_tasks.c's. */
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
    pairs_add(&pairs, desk->arena, "second", hex_of(desk, &found->plan.second));
    pairs_add(&pairs, desk->arena, "named", found->named);
    pairs_add(&pairs, desk->arena, "from", hex_of(desk, &found->plan.teller));
    pairs_add(&pairs, desk->arena, "role", role_row(found->plan.role)->code);
    desk_set_id(desk, event, "report", report);
    return desk_part(desk, event, report, &pairs, error) && desk_emit(desk, event, error);
}

struct vacancy {
    enum role role;
    const struct id *org;
    bool open;
};

static bool see_vacancy(void *context, const void *row, struct error *error)
{
    struct vacancy *vacancy = context;
    const struct task_row *task = row;
    (void)error;
    if (slice_is(task->kind, "vacancy") && id_same(&task->org, vacancy->org) &&
        slice_equal(task->role, role_row(vacancy->role)->code))
        vacancy->open = true;
    return true;
}

/* Once for a role and an organisation. It says nothing of any report. */
bool vacancy_open(struct desk *desk, enum role role, const struct id *org, struct error *error)
{
    struct vacancy vacancy = {role, org, false};
    if (role == ROLES) return true;
    if (!tasks_of_owner(desk->db, NULL, desk->arena, see_vacancy, &vacancy, error)) return false;
    struct task_plan plan = {.kind = "vacancy", .role = role, .org = org};
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

static bool send(struct desk *desk, const struct found_tell *found, struct id *ret_report,
                 struct error *error)
{
    *ret_report = id_make();
    if (!emit_told(desk, found, ret_report, error)) return false;
    if (found->route.count > 0) return give(desk, found, ret_report, 0, error);
    struct task_plan plan = {
        .kind = "told", .role = ROLES, .org = &found->plan.org, .about = ret_report};
    return desk_task(desk, &plan, NULL, error) &&
           vacancy_open(desk, found->route.vacant, &found->plan.org, error);
}

bool tell_on(struct desk *desk, const struct route_plan *plan, struct slice text,
             struct route *ret_route, struct error *error)
{
    struct found_tell found = {.text = text, .named = SLICE_EMPTY, .plan = *plan};
    struct id report;
    if (!telling_route(desk->record, desk->db, plan, &found.route, error)) return false;
    *ret_route = found.route;
    return send(desk, &found, &report, error);
}

bool do_tell(struct desk *desk, struct error *error)
{
    const struct found_tell *found = desk->found;
    desk->outcome->sentence =
        found->route.count > 0
            ? SLICE("It was sent to the people who look after this. They have it now.")
            : arena_format(desk->arena,
                           "It is kept safely, and nobody here could be given it today. Please use "
                           "a way outside. %.*s",
                           SLICE_PRINT(outside_words(desk->arena)));
    return send(desk, found, &desk->outcome->made, error);
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
    if (!id_read(pairs_value(&pairs, "second"), &found->plan.second)) found->plan.second = none;
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
    if (!tasks_of_owner(desk->db, NULL, desk->arena, see_waiting, &waiting, error)) return false;
    for (size_t i = 0; i < waiting.tasks.count; i++)
        if (!move(desk, &waiting.tasks.at[i], error)) return false;
    return true;
}
