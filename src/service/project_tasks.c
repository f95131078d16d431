/* What events about tasks, about what was done, and about the calendar do to the tables. The kinds and their fields stand at the
 * bottom. Whom something was about, and why a task was waived, stays sealed in its event. */
#include "service/project.h"

#include "service/record_parts.h"
#include "store/policies.h"

/* ---- tasks ---------------------------------------------------------------------------------------- */

static bool task_opened(struct projection *projection, struct error *error)
{
    int64_t steps = projection_number(projection, "steps");
    struct task_row row = {.id = projection_id(projection, "task"),
                           .kind = projection_value(projection, "task-kind"),
                           .role = projection_value(projection, "role"),
                           .org = projection_id(projection, "org"),
                           .owner = projection_id(projection, "owner"),
                           .about = projection_id(projection, "about"),
                           .opened = projection->event->at,
                           .due = projection_number(projection, "due"),
                           .state = SLICE("open"),
                           .n = (int64_t)projection->event->n,
                           .version = projection_id(projection, "version"),
                           .clause = projection_value(projection, "clause"),
                           .deed = projection_value(projection, "deed"),
                           .strength = projection_value(projection, "strength"),
                           .goes_on = projection_number(projection, "goes-on"),
                           .steps = steps != ROW_NOTHING ? steps : 0,
                           .taken = ROW_NOTHING,
                           .ended = ROW_NOTHING};
    return task_put(projection->db, &row, error);
}

static bool read_task(struct projection *projection, struct task_row *ret_row, struct error *error)
{
    struct id id = projection_id(projection, "task");
    bool found;
    if (!task_get(projection->db, &id, projection->arena, ret_row, &found, error)) return false;
    return found || projection_missing(projection, "a task", error);
}

static bool end_task(struct projection *projection, const char *state, struct error *error)
{
    struct task_row row;
    if (!read_task(projection, &row, error)) return false;
    row.state = slice_of(state);
    row.ended = projection->event->at;
    row.ended_by = projection->event->actor;
    return task_put(projection->db, &row, error);
}

static bool task_closed(struct projection *projection, struct error *error)
{
    return end_task(projection, "done", error);
}

static bool task_waived(struct projection *projection, struct error *error)
{
    return end_task(projection, "waived", error);
}

static bool task_moved(struct projection *projection, struct error *error)
{
    struct task_row row;
    if (!read_task(projection, &row, error)) return false;
    row.owner = projection_id(projection, "owner");
    return task_put(projection->db, &row, error);
}

static bool task_taken(struct projection *projection, struct error *error)
{
    struct task_row row;
    if (!read_task(projection, &row, error)) return false;
    row.taken = projection->event->at;
    row.taken_by = projection->event->actor;
    row.goes_on = projection_number(projection, "goes-on");
    return task_put(projection->db, &row, error);
}

static bool task_went_on(struct projection *projection, struct error *error)
{
    struct task_row row;
    if (!read_task(projection, &row, error)) return false;
    row.goes_on = projection_number(projection, "goes-on");
    row.steps++;
    return task_put(projection->db, &row, error);
}

/* ---- what was done -------------------------------------------------------------------------------- */

static bool act_reported(struct projection *projection, struct error *error)
{
    struct occurrence_row row = {.id = projection_id(projection, "occurrence"),
                                 .actor = projection->event->actor,
                                 .org = projection_id(projection, "org"),
                                 .version = projection_id(projection, "version"),
                                 .act = projection_value(projection, "policy-act"),
                                 .verdict = projection_value(projection, "policy-verdict"),
                                 .clauses = projection_value(projection, "policy-clauses"),
                                 .stage = projection_value(projection, "stage"),
                                 .happened = projection_number(projection, "happened"),
                                 .at = projection->event->at,
                                 .n = (int64_t)projection->event->n};
    return occurrence_put(projection->db, &row, error);
}

/* ---- calendars ------------------------------------------------------------------------------------ */

static bool calendar_set(struct projection *projection, struct error *error)
{
    struct calendar_row row = {.org = projection_id(projection, "org"),
                               .n = (int64_t)projection->event->n,
                               .nation = projection_value(projection, "nation"),
                               .late = projection_number(projection, "late"),
                               .terms = projection_value(projection, "terms"),
                               .closed = projection_value(projection, "closed"),
                               .source = projection_value(projection, "source")};
    return calendar_put(projection->db, &row, error);
}

/* ---- the kinds ------------------------------------------------------------------------------------ */

const struct project_kind project_tasks_kinds[] = {
    {"task-opened", task_opened},   /* task task-kind role org owner about due goes-on steps
                                     version clause deed strength */
    {"task-closed", task_closed},   /* task */
    {"task-waived", task_waived},   /* task; the reason is sealed */
    {"task-moved", task_moved},     /* task owner */
    {"task-taken", task_taken},     /* task goes-on */
    {"task-went-on", task_went_on}, /* task goes-on */
    {"act-reported", act_reported}, /* occurrence org version policy-act policy-verdict
                                       policy-clauses stage happened; what was said is sealed */
    {"time-kept", NULL},            /* passed-on reminded: how many */
    {"calendar-set", calendar_set}, /* org nation late terms closed source */
};
const size_t project_tasks_kind_count = sizeof project_tasks_kinds / sizeof *project_tasks_kinds;
