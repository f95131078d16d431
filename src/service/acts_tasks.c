/* Tasks: taken, done, let go. What somebody does with the task of a duty holds for all who were given the same duty: it ends
 * for the others. A note and a reason are sealed under the key of whoever wrote them. Clauses 6.2 and 6.4. */
#include "service/allowed.h"
#include "service/duty.h"
#include "service/keeping_parts.h"
#include "service/people.h"

struct found_task {
    struct task_row row;
    struct slice reason; /* or a note */
};

/* ---- whose it is ---------------------------------------------------------------------------------- */

bool task_mine(struct desk *desk, const struct task_row *task, bool *ret_mine, struct error *error)
{
    enum role roles[ROLES], role = role_of(task->role);
    size_t count;
    bool hidden;
    *ret_mine = false;
    if (!id_is_none(&task->owner)) return desk_is_actor(desk, &task->owner, ret_mine, error);
    if (id_is_none(&desk->order->actor) || role == ROLES) return true;
    if (!people_acting_roles(desk->record, desk->db, &desk->order->actor, &task->org, desk->today,
                             desk->arena, roles, &count, error) ||
        !duty_hidden(desk->record, desk->db, task, &desk->order->actor, desk->arena, &hidden,
                     error))
        return false;
    *ret_mine = !hidden && allowed_task(desk->record, task->kind, role, roles, count);
    return true;
}

struct gathering {
    struct desk *desk;
    const struct task_row *task;
    struct task_list *out;
};

static bool gather(void *context, const void *row, struct error *error)
{
    struct gathering *gathering = context;
    const struct task_row *one = gathering->task, *other = row;
    (void)error;
    if (slice_is(other->state, "open") && task_is_free(other->kind) &&
        slice_is(other->kind, TASK_ELSE) == slice_is(one->kind, TASK_ELSE) &&
        slice_equal(other->clause, one->clause) && slice_equal(other->deed, one->deed) &&
        !id_same(&other->id, &one->id))
        LIST_PUSH(gathering->desk->arena, &gathering->out->list, *other);
    return true;
}

bool task_siblings(struct desk *desk, const struct task_row *task, struct task_list *ret_siblings,
                   struct error *error)
{
    struct gathering gathering = {desk, task, ret_siblings};
    *ret_siblings = (struct task_list){.list = {.count = 0}};
    if (!task_is_free(task->kind) || id_is_none(&task->about)) return true;
    return tasks_about(desk->db, &task->about, desk->arena, gather, &gathering, error);
}

/* ---- facts ---------------------------------------------------------------------------------------- */

static bool not_yours(struct error *error)
{
    return error_set(error, ERROR_REQUEST, "the task is not one of yours that is open");
}

/* Of another's task not even that it is there. `anybody`: a clause may allow it to those whose task it is not. */
static bool read_task(struct desk *desk, bool anybody, struct error *error)
{
    struct found_task *task = ARENA_NEW(desk->arena, struct found_task);
    struct id id;
    bool found, mine, hidden;
    desk->found = task;
    if (!desk_id(desk, "task", "the task", &id, error) ||
        !task_get(desk->db, &id, desk->arena, &task->row, &found, error))
        return false;
    if (!found) return not_yours(error);
    if (!task_mine(desk, &task->row, &mine, error) ||
        !duty_hidden(desk->record, desk->db, &task->row, &desk->order->actor, desk->arena, &hidden,
                     error))
        return false;
    if (hidden || (!mine && !anybody)) return not_yours(error);
    if (!slice_is(task->row.state, "open"))
        return error_set(error, ERROR_REQUEST,
                         "the task is not one of yours that is open: somebody has seen to it");
    desk->scope = task->row.org;
    return desk_say(desk, "mine", mine, error);
}

static bool is_free(const struct found_task *task, const char *what, struct error *error)
{
    return task_is_free(task->row.kind) ||
           error_set(error, ERROR_REQUEST,
                     "a task of this kind cannot be %s: it is done, or it waits", what);
}

bool facts_take_task(struct desk *desk, struct error *error)
{
    if (!read_task(desk, false, error)) return false;
    const struct found_task *task = desk->found;
    if (!is_free(task, "taken", error)) return false;
    return task->row.taken == ROW_NOTHING ||
           error_set(error, ERROR_REQUEST, "you have taken this task already");
}

bool facts_close_task(struct desk *desk, struct error *error)
{
    if (!read_task(desk, false, error)) return false;
    struct found_task *task = desk->found;
    task->reason = slice_trim(order_value(desk->order, "note"));
    return task->reason.length <= REASON_LARGEST ||
           error_set(error, ERROR_LIMIT, "the note is too long: at most %d bytes", REASON_LARGEST);
}

bool facts_waive_task(struct desk *desk, struct error *error)
{
    if (!read_task(desk, true, error)) return false;
    struct found_task *task = desk->found;
    return is_free(task, "let go", error) && keeping_reason(desk, true, &task->reason, error);
}

/* ---- handlers ------------------------------------------------------------------------------------- */

static bool end_one(struct desk *desk, const char *kind, const struct id *task, struct slice words,
                    struct error *error)
{
    struct event *event = desk_event(desk, kind);
    struct pairs pairs = {0};
    desk_set_id(desk, event, "task", task);
    if (words.length == 0 || id_is_none(&desk->order->actor)) return desk_emit(desk, event, error);
    pairs_add(&pairs, desk->arena, "words", words);
    return desk_part(desk, event, &desk->order->actor, &pairs, error) &&
           desk_emit(desk, event, error);
}

static bool end_others(struct desk *desk, const char *kind, const struct task_row *task,
                       struct error *error)
{
    struct task_list siblings;
    if (!task_siblings(desk, task, &siblings, error)) return false;
    for (size_t i = 0; i < siblings.list.count; i++)
        if (!end_one(desk, kind, &siblings.list.at[i].id, SLICE_EMPTY, error)) return false;
    return true;
}

/* Whoever is to be told when the time is up is told all the same: taking is not doing. Where the version cannot be read any
 * more it is looked at again then. */
static bool tells_late(struct desk *desk, const struct task_row *row)
{
    struct error ignored = {.code = ERROR_NONE};
    const struct statement *statement;
    const struct policy *policy = record_policy_version(desk->record, &row->version, &ignored);
    if (policy == NULL) return true;
    const struct duty *duty = duty_find(policy, row->clause, row->deed, &statement);
    bool tells = duty != NULL && duty->otherwise.list.count > 0;
    record_policy_let_go(desk->record, policy);
    return tells;
}

static int64_t goes_on(struct desk *desk, const struct task_row *row)
{
    if (row->goes_on == ROW_NOTHING || id_is_none(&row->version) || !tells_late(desk, row))
        return ROW_NOTHING;
    return row->due > row->goes_on ? row->due : row->goes_on;
}

bool do_take_task(struct desk *desk, struct error *error)
{
    const struct found_task *task = desk->found;
    struct event *event = desk_event(desk, "task-taken");
    int64_t later = goes_on(desk, &task->row);
    desk_set_id(desk, event, "task", &task->row.id);
    if (later != ROW_NOTHING) desk_set_number(desk, event, "goes-on", later);
    return desk_emit(desk, event, error) && end_others(desk, "task-closed", &task->row, error);
}

bool do_close_task(struct desk *desk, struct error *error)
{
    const struct found_task *task = desk->found;
    return end_one(desk, "task-closed", &task->row.id, task->reason, error) &&
           end_others(desk, "task-closed", &task->row, error);
}

bool do_waive_task(struct desk *desk, struct error *error)
{
    const struct found_task *task = desk->found;
    return end_one(desk, "task-waived", &task->row.id, task->reason, error) &&
           end_others(desk, "task-waived", &task->row, error);
}
