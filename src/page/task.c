/* One task: what, by when, why, what became of it, and what to do with it. And what is late where somebody leads. */
#include "page/keeping.h"

#include "page/markdown.h"
#include "service/duties.h"

#define TASKS SLICE("/tasks")

/* ---- one ------------------------------------------------------------------------------------------ */

/* Where the clause stands: in the version that the duty follows from, which another may have followed. */
static struct slice clause_address(struct visit *visit, const struct task_whole *whole)
{
    struct id here = visit_version(visit);
    struct slice page = SLICE("/policy");
    if (!id_is_none(&whole->task.version) && !id_same(&whole->task.version, &here))
        page = keeping_address("/policy/versions/", &whole->task.version, visit->arena);
    return arena_format(visit->arena, "%.*s#%s%.*s", SLICE_PRINT(page), whole->law ? "law-" : "c-",
                        SLICE_PRINT(whole->task.clause));
}

static void write_why(struct visit *visit, const struct task_whole *whole)
{
    struct text *out = visit->out;
    if (whole->clause_name.length == 0) return;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Why"));
    HTML(out, "<div class=\"lanyard-clause\"><h3 class=\"govuk-heading-s\">");
    html_link(out, clause_address(visit, whole), whole->clause_name);
    HTML(out, "</h3>\n<blockquote>\n");
    markdown_write(out, whole->clause_prose);
    HTML(out, "</blockquote></div>\n");
}

static void write_history(struct visit *visit, const struct task_whole *whole)
{
    struct text *out = visit->out;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What became of it"));
    ui_list_open(out, false);
    for (size_t i = 0; i < whole->steps.count; i++)
        ui_list_item(out,
                     arena_format(visit->arena, "%.*s: %.*s",
                                  SLICE_PRINT(keeping_when(whole->steps.at[i].at, visit->arena)),
                                  SLICE_PRINT(whole->steps.at[i].words)));
    ui_list_close(out, false);
    if (whole->words.length > 0)
        ui_inset(out, arena_format(visit->arena, "You wrote: %.*s", SLICE_PRINT(whole->words)));
}

static void open_form(struct visit *visit, const struct task_whole *whole, struct slice at)
{
    ui_form_open(visit->out, at, visit_token(visit));
    here_order_field(visit);
    ui_hidden(visit->out, SLICE("task"), keeping_hex(&whole->task.id, visit->arena));
}

static void write_doing(struct visit *visit, const struct task_whole *whole)
{
    struct text *out = visit->out;
    struct ui_question note =
        keeping_question("note", SLICE("A note (optional)"),
                         SLICE("It is sealed, and opens for you alone"), SLICE_EMPTY);
    struct slice deed = whole->task.deed;
    if (whole->task.duty && whole->task.own && slice_search(deed, SLICE(" tell ")) < deed.length)
        keeping_link_line(out, SLICE("/tell"), SLICE("Tell somebody now"));
    if (whole->task.free && !whole->task.taken) {
        open_form(visit, whole, SLICE("/tasks/take"));
        ui_button(out, UI_BUTTON_MAIN, SLICE("I am on it"));
        ui_form_close(out);
    }
    open_form(visit, whole, SLICE("/tasks/close"));
    ui_textarea(out, &note, SLICE_EMPTY, 2);
    ui_button(out, whole->task.taken ? UI_BUTTON_MAIN : UI_BUTTON_SECOND, SLICE("It is done"));
    ui_form_close(out);
}

static void write_letting(struct visit *visit, const struct task_whole *whole, bool wrong,
                          struct slice reason)
{
    struct text *out = visit->out;
    struct ui_question question = keeping_question(
        "reason", SLICE("Why does it make no sense any more?"),
        SLICE("The reason is kept, sealed. It ends for everybody who was given it"),
        wrong ? SLICE("Say why it can be let go") : SLICE_EMPTY);
    if (!wrong) ui_details_open(out, SLICE("Let it go"));
    open_form(visit, whole, SLICE("/tasks/waive"));
    ui_textarea(out, &question, reason, 3);
    ui_button(out, UI_BUTTON_WARNING, SLICE("Let it go"));
    ui_form_close(out);
    if (!wrong) ui_details_close(out);
}

static void write_state(struct visit *visit, const struct task_whole *whole)
{
    struct text *out = visit->out;
    const struct task_seen *task = &whole->task;
    bool open = slice_is(whole->state, "open");
    ui_summary_open(out);
    ui_summary_row(out, SLICE("By when"),
                   task_due_words(task, record_now(visit_record(visit)), visit->arena));
    if (task->duty)
        ui_summary_row(out, SLICE("How strongly"), task->must ? SLICE("must") : SLICE("should"));
    ui_summary_row(out, SLICE("Whose"), whole->who);
    ui_summary_row(out, SLICE("State"),
                   slice_is(whole->state, "waived") ? SLICE("let go")
                   : !open                          ? SLICE("done, or somebody else saw to it")
                   : task->overdue                  ? SLICE("overdue")
                   : task->taken                    ? SLICE("somebody is on it")
                                                    : SLICE("open"));
    ui_summary_close(out);
}

static void write_whole(struct visit *visit, const struct task_whole *whole, bool wrong,
                        struct slice reason)
{
    struct text *out = visit->out;
    bool open = slice_is(whole->state, "open");
    struct ui_question problem =
        keeping_question("reason", SLICE_EMPTY, SLICE_EMPTY,
                         wrong ? SLICE("Say why it can be let go") : SLICE_EMPTY);
    struct ui_frame frame = here_frame_open(visit, SLICE("A task"), TASKS, TASKS, wrong);
    if (wrong) ui_problem(out, &problem, 1);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, task_title(&whole->task, visit->arena));
    write_state(visit, whole);
    if (open && whole->mine) write_doing(visit, whole);
    if (open && whole->may_waive) write_letting(visit, whole, wrong, reason);
    write_why(visit, whole);
    write_history(visit, whole);
    if (!id_is_none(&whole->occurrence))
        keeping_link_line(out, keeping_address("/acts/", &whole->occurrence, visit->arena),
                          SLICE("What you recorded"));
    ui_frame_close(out, &frame);
}

/* False: the visit was answered. */
static bool read_whole(struct visit *visit, const struct id *id, struct task_whole *ret_whole)
{
    struct error error = {.code = ERROR_NONE};
    bool found;
    if (!duties_task(visit_record(visit), &visit_person(visit)->who.person, id, visit->arena,
                     ret_whole, &found, &error))
        here_fail(visit, &error);
    else if (!found)
        visit_refuse(visit, 404, NULL);
    else
        return true;
    return false;
}

void task_page(struct visit *visit)
{
    struct id id;
    struct task_whole whole;
    if (keeping_path_id(visit, SLICE("/tasks/"), &id) && read_whole(visit, &id, &whole))
        write_whole(visit, &whole, false, SLICE_EMPTY);
}

/* ---- what is done with it ------------------------------------------------------------------------- */

static bool begin(struct visit *visit, enum record_act act, struct order *order)
{
    if (!here_order(visit, TASK_ORDER, act, order)) return false;
    order_set(order, visit->arena, "task", form_value(visit->form, TASK_ID));
    return true;
}

static void finish(struct visit *visit, const struct order *order)
{
    struct outcome outcome;
    if (keeping_do(visit, order, TASKS, &outcome)) response_see(visit->response, TASKS);
}

void task_take_answer(struct visit *visit)
{
    struct order order;
    if (begin(visit, ACT_TAKE_TASK, &order)) finish(visit, &order);
}

void task_close_answer(struct visit *visit)
{
    struct order order;
    struct slice note = keeping_lines(form_value(visit->form, TASK_NOTE), visit->arena);
    if (!begin(visit, ACT_CLOSE_TASK, &order)) return;
    if (note.length > 0) order_set(&order, visit->arena, "note", note);
    finish(visit, &order);
}

void task_waive_answer(struct visit *visit)
{
    struct order order;
    struct id id;
    struct task_whole whole;
    struct slice reason = keeping_lines(form_value(visit->form, TASK_REASON), visit->arena);
    if (!begin(visit, ACT_WAIVE_TASK, &order)) return;
    if (reason.length > 0) {
        order_set(&order, visit->arena, "reason", reason);
        finish(visit, &order);
    } else if (!id_read(form_value(visit->form, TASK_ID), &id)) {
        visit_refuse(visit, 400, NULL);
    } else if (read_whole(visit, &id, &whole)) {
        write_whole(visit, &whole, true, SLICE_EMPTY);
    }
}

/* ---- late ----------------------------------------------------------------------------------------- */

static void write_late(struct visit *visit, const struct late_task *late, size_t place)
{
    const struct task_seen *task = &late->task;
    struct slice since = keeping_when(task->due, visit->arena);
    struct ui_task row = {
        .address = task->free ? keeping_address("/tasks/", &task->id, visit->arena) : SLICE_EMPTY,
        .words = task_title(task, visit->arena),
        .more = arena_format(visit->arena, "%.*s, %.*s. Late since %.*s%s", SLICE_PRINT(late->who),
                             SLICE_PRINT(task->org), SLICE_PRINT(since),
                             task->taken ? "; somebody is on it" : ""),
        .status = SLICE("Overdue"),
        .colour = "red"};
    ui_tasks_row(visit->out, &row, place);
}

void late_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct late_tasks late;
    struct slice title = SLICE("Overdue");
    if (!duties_late(visit_record(visit), &visit_person(visit)->who.person, visit->arena, &late,
                     &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/overview"), SLICE("/overview"), false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(visit->out,
                 late.list.count == 0
                     ? SLICE("Nothing is overdue where you lead.")
                     : SLICE("What is late where you lead, the oldest first. Talk to whoever has "
                             "it; where it makes no sense any more, let it go with a reason."));
    if (late.list.count > 0) ui_tasks_open(visit->out);
    for (size_t i = 0; i < late.list.count; i++) write_late(visit, &late.list.at[i], i + 1);
    if (late.list.count > 0) ui_tasks_close(visit->out);
    if (late.list.count == KEEPING_ROWS_LARGEST)
        ui_paragraph(visit->out, SLICE("These are the first 200."));
    ui_frame_close(visit->out, &frame);
}
