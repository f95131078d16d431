/* What somebody recorded, and what came of it: their own tasks with their deadlines in words, and which offices have theirs. For
 * whoever recorded it alone; it names nobody. */
#include "page/keeping.h"
#include "service/duties.h"

/* Once told, or done, nothing waits any more. */
static struct slice state_words(struct visit *visit, const struct act_task *task)
{
    if (slice_is(task->state, "done")) return SLICE("done");
    if (slice_is(task->state, "waived")) return SLICE("let go");
    return task_due_words(&task->task, record_now(visit_record(visit)), visit->arena);
}

static void write_task(struct visit *visit, const struct act_task *task, size_t place)
{
    bool open = slice_is(task->state, "open");
    struct ui_task row = {
        .address = keeping_address("/tasks/", &task->task.id, visit->arena),
        .words = task_title(&task->task, visit->arena),
        .more = task->to.length > 0
                    ? arena_format(visit->arena, "It is with: %.*s", SLICE_PRINT(task->to))
                    : SLICE_EMPTY,
        .status = state_words(visit, task),
        .colour = !open                                      ? "green"
                  : task->task.overdue || task->task.at_once ? "red"
                  : task->task.due < TASK_WHENEVER           ? "yellow"
                                                             : NULL};
    ui_tasks_row(visit->out, &row, place);
}

static void write_tasks(struct visit *visit, const struct act_seen *act, bool others,
                        struct slice title, size_t *place)
{
    size_t count = 0;
    for (size_t i = 0; i < act->tasks.count; i++)
        count += (act->tasks.at[i].to.length > 0) == others ? 1 : 0;
    if (count == 0) return;
    ui_heading(visit->out, 2, UI_MEDIUM, SLICE_EMPTY, title);
    ui_tasks_open(visit->out);
    for (size_t i = 0; i < act->tasks.count; i++)
        if ((act->tasks.at[i].to.length > 0) == others)
            write_task(visit, &act->tasks.at[i], ++*place);
    ui_tasks_close(visit->out);
}

static bool is_danger(const struct act_seen *act)
{
    bool danger = act->stop;
    for (size_t i = 0; i < act->tasks.count; i++) danger = danger || act->tasks.at[i].task.at_once;
    return danger;
}

static void write_act(struct visit *visit, const struct act_seen *act)
{
    struct text *out = visit->out;
    int64_t today = record_today(visit_record(visit));
    struct slice day = task_day_words(act->happened, today, visit->arena);
    size_t place = 0;
    struct ui_frame frame =
        here_frame_open(visit, SLICE("It is recorded"), SLICE("/tasks"), SLICE_EMPTY, false);
    if (is_danger(act)) danger_write(out);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, SLICE("It is recorded"));
    if (act->stop)
        ui_warning(out, SLICE("The law forbids this, and nobody here can allow it. Do not go on."));
    ui_inset(out, act->sentence);
    ui_paragraph(out, slice_is(act->stage, REPORT_DOING) ? SLICE("You are doing it.")
                      : slice_is(act->stage, REPORT_ARISEN)
                          ? SLICE("You leave it alone, and what led to it has happened.")
                      : act->happened == today
                          ? SLICE("It happened today.")
                          : arena_format(visit->arena, "It happened on %.*s.", SLICE_PRINT(day)));
    write_tasks(visit, act, false, SLICE("Your tasks"), &place);
    write_tasks(visit, act, true, SLICE("With others"), &place);
    if (act->tasks.count == 0) ui_paragraph(out, SLICE("Nothing more is asked of you."));
    ui_paragraph(out, SLICE("What you said is sealed. Nobody whom it may be about learns of it "
                            "here."));
    keeping_link_line(out, SLICE("/tasks"), SLICE("All my tasks"));
    ui_frame_close(out, &frame);
}

void act_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct id id;
    struct act_seen act;
    bool found;
    if (!keeping_path_id(visit, SLICE("/acts/"), &id)) return;
    if (!duties_act(visit_record(visit), &visit_person(visit)->who.person, &id, visit->arena, &act,
                    &found, &error))
        here_fail(visit, &error);
    else if (!found)
        visit_refuse(visit, 404, NULL);
    else
        write_act(visit, &act);
}
