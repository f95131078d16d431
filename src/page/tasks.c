/* What waits for me: my own tasks and those of roles that I hold or stand in for today, overdue first. */
#include "page/keeping.h"

const struct field task_fields[] = {
    HERE_ORDER_FIELD,
    [TASK_ID] = {"task", form_is_hex, 2 * ID_SIZE, 1},
};

struct task_words {
    const char *kind;
    struct slice title, words;
};
static const struct task_words words[] = {
    {"told", SLICE("Somebody told you something"),
     SLICE("Read it today. If a child may be in danger, call 999 first.")},
    {"vacancy", SLICE("Nobody holds a role"),
     SLICE("What is told to this role goes to the next in line. Propose somebody for it.")},
    {"record-changed", SLICE("The record does not match its events"),
     SLICE("Somebody or something changed it from outside. The page about the record says what to "
           "do.")},
    {"tie-decision", SLICE("A parent's link asks for a decision"),
     SLICE("Somebody asks to lift a bar. Look at the child's record and decide.")},
    {"import-waiting", SLICE("A file of people waits for a yes"),
     SLICE(
         "It would take many people out at once. Look at it; whoever brought it cannot say yes to "
         "it as well.")},
    {"hand-reset", SLICE("A reset waits for a second person"),
     SLICE("Somebody else has started it. Make the link and hand it over in person.")},
    {"hand-invite", SLICE("An invitation waits for a second person"),
     SLICE("It is for somebody with a role of trust, and somebody else has begun it. Make the link "
           "and hand it over in person.")},
    {"mail-failed", SLICE("A mail could not be sent"),
     SLICE("Nobody was told by it that something waits for them; the pages show it as ever. See "
           "that the addresses are right, and that the mail server takes our mail: the page about "
           "the record says what it answered.")},
    {"role-given", SLICE("Somebody else holds your role now"),
     SLICE("You are told because you hold it too. If it looks wrong, tell the head.")},
};

static const struct task_words *words_of(struct slice kind)
{
    static const struct task_words other = {"", SLICE("Something waits for you"), SLICE("")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(kind, words[i].kind)) return &words[i];
    return &other;
}

static void write_ways(struct visit *visit, const struct task_seen *task)
{
    struct text *out = visit->out;
    if (slice_is(task->kind, "told"))
        keeping_link_line(out, keeping_address("/open/told/", &task->id, visit->arena),
                          SLICE("Read what was told"));
    if (slice_is(task->kind, "record-changed") && visit_may(visit, ACT_ADOPT_POLICY))
        keeping_link_line(out, SLICE("/record"), SLICE("The page about the record"));
    if (slice_is(task->kind, "import-waiting"))
        keeping_link_line(out, keeping_address("/imports/", &task->about, visit->arena),
                          SLICE("Look at the file"));
    if (task->of_person && slice_starts(task->kind, SLICE("hand-")))
        keeping_link_line(out, keeping_address("/people/hand/", &task->about, visit->arena),
                          SLICE("Make the link"));
    if (task->of_person)
        keeping_link_line(out, keeping_address("/people/", &task->about, visit->arena),
                          SLICE("The record that it is about"));
    ui_form_open(out, SLICE("/tasks/close"), visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("task"), keeping_hex(&task->id, visit->arena));
    ui_button_value(out, UI_BUTTON_SECOND, SLICE("It is done"), words_of(task->kind)->title,
                    SLICE_EMPTY, SLICE_EMPTY);
    ui_form_close(out);
}

static void write_task(struct visit *visit, const struct task_seen *task)
{
    struct text *out = visit->out;
    const struct task_words *said = words_of(task->kind);
    HTML(out, "<section class=\"lanyard-task\">\n<h2 class=\"govuk-heading-m\">");
    html_text(out, said->title);
    HTML(out, "</h2>\n<p class=\"govuk-body\">");
    if (task->overdue)
        ui_tag(out, "red", SLICE("Overdue"));
    else
        ui_tag(out, "blue", SLICE("Open"));
    HTML(out, " ");
    html_text(out, task->overdue && task->due == task->opened
                       ? SLICE("due at once")
                       : arena_format(visit->arena, "due %.*s",
                                      SLICE_PRINT(keeping_when(task->due, visit->arena))));
    HTML(out, "</p>\n");
    if (said->words.length > 0) ui_paragraph(out, said->words);
    if (task->role.length > 0)
        ui_paragraph(out, arena_format(visit->arena, "%.*s, %.*s", SLICE_PRINT(task->role),
                                       SLICE_PRINT(task->org)));
    write_ways(visit, task);
    HTML(out, "</section>\n");
}

void tasks_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct tasks_seen tasks;
    struct slice title = SLICE("My tasks");
    if (!keeping_tasks(visit_record(visit), &visit_person(visit)->who.person, visit->arena, &tasks,
                       &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame = here_frame_open(visit, title, SLICE("/tasks"), SLICE_EMPTY, false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    if (tasks.list.count == 0) ui_paragraph(visit->out, SLICE("Nothing waits for you."));
    for (size_t i = 0; i < tasks.list.count; i++) write_task(visit, &tasks.list.at[i]);
    if (tasks.list.count == KEEPING_ROWS_LARGEST)
        ui_paragraph(visit->out, SLICE("These are the first 200."));
    ui_frame_close(visit->out, &frame);
}

void task_close_answer(struct visit *visit)
{
    struct order order;
    struct outcome outcome;
    if (!here_order(visit, TASK_ORDER, ACT_CLOSE_TASK, &order)) return;
    order_set(&order, visit->arena, "task", form_value(visit->form, TASK_ID));
    if (keeping_do(visit, &order, SLICE("/tasks"), &outcome))
        response_see(visit->response, SLICE("/tasks"));
}
