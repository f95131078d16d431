/* What waits for me: my own tasks and those of roles that I hold or stand in for today, overdue first; and how a task is called
 * and when it is due, in words, wherever one is shown. One task alone is task.c's page. */
#include "page/keeping.h"

#include "base/london.h"

const struct field task_fields[] = {
    HERE_ORDER_FIELD,
    [TASK_ID] = {"task", form_is_hex, 2 * ID_SIZE, 1},
    [TASK_NOTE] = {"note", form_is_text, KEEPING_REASON_LARGEST, 1},
    [TASK_REASON] = {"reason", form_is_text, KEEPING_REASON_LARGEST, 1},
};

struct task_words {
    const char *kind;
    struct slice title, words;
};
static const struct task_words kinds[] = {
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
    {"version-waiting", SLICE("A version of the policy waits for a decision"),
     SLICE(
         "Look at what it changes for whom, then approve or refuse it. Whoever brought it does not "
         "approve it.")},
    {"hand-reset", SLICE("A reset waits for a second person"),
     SLICE("Somebody else has started it. Make the link and hand it over in person.")},
    {"hand-invite", SLICE("An invitation waits for a second person"),
     SLICE("It is for somebody with a role of trust, and somebody else has begun it. Make the link "
           "and hand it over in person.")},
    {"mail-failed", SLICE("A mail could not be sent"),
     SLICE("Nobody was told by it that something waits for them; the pages show it as ever. See "
           "that the addresses are right, and that the mail server takes our mail: the page about "
           "the record says what it answered.")},
    {"review-due", SLICE("The policy is to be looked at again"),
     SLICE(
         "It stays in force until a new version takes its place. Bring a new version, or the same "
         "one with a new date, and have it approved.")},
    {"calendar-terms", SLICE("The calendar ends too soon"),
     SLICE("A deadline ran past the last term that it knows, so weekdays were counted. Please put "
           "the next terms in.")},
    {"remind", SLICE("See that this is done"),
     SLICE("It falls to somebody who is not on our list, so you are asked to see to it.")},
    {"duty-late", SLICE("This was not done in time"),
     SLICE("The policy says that you are told when it is late. Please see that it is done.")},
    {"role-given", SLICE("Somebody else holds your role now"),
     SLICE("You are told because you hold it too. If it looks wrong, tell the head.")},
};

static const struct task_words *words_of(struct slice kind)
{
    static const struct task_words other = {"", SLICE("Something waits for you"), SLICE("")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (slice_is(kind, kinds[i].kind)) return &kinds[i];
    return &other;
}

struct slice task_title(const struct task_seen *task, struct arena *arena)
{
    if (!task->duty) return words_of(task->kind)->title;
    if (slice_is(task->kind, "duty")) return task->deed;
    return arena_format(arena, "%.*s: %.*s", SLICE_PRINT(words_of(task->kind)->title),
                        SLICE_PRINT(task->deed));
}

/* ---- when ----------------------------------------------------------------------------------------- */

struct slice task_day_words(int64_t day, int64_t today, struct arena *arena)
{
    static const char *const weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                           "Friday", "Saturday", "Sunday"};
    struct date date = date_from_day(day);
    if (day == today) return SLICE("today");
    if (day == today + 1) return SLICE("tomorrow");
    struct slice words = arena_format(arena, "%s %d %s", weekdays[(day + 3) % 7], date.day,
                                      date_month_name(date.month));
    return date.year == date_from_day(today).year
               ? words
               : arena_format(arena, "%.*s %d", SLICE_PRINT(words), date.year);
}

struct slice task_due_words(const struct task_seen *task, int64_t now, struct arena *arena)
{
    struct moment due = london_moment(task->due);
    int64_t today = london_moment(now).day;
    if (task->due >= TASK_WHENEVER) return SLICE("no deadline");
    if (task->overdue && task->due > task->opened)
        return arena_format(arena, "late since %.*s", SLICE_PRINT(keeping_when(task->due, arena)));
    if (task->at_once || task->due <= task->opened) return SLICE("at once");
    struct slice day = task_day_words(due.day, today, arena);
    if (task->due == london_day_end(due.day))
        return arena_format(arena, "by the end of %.*s", SLICE_PRINT(day));
    return arena_format(arena, "by %02d:%02d %.*s", due.minute / 60, due.minute % 60,
                        SLICE_PRINT(day));
}

void task_tag(struct text *out, const struct task_seen *task)
{
    if (task->overdue)
        ui_tag(out, "red", SLICE("Overdue"));
    else if (task->taken)
        ui_tag(out, "green", SLICE("You are on it"));
    else if (task->at_once)
        ui_tag(out, "yellow", SLICE("At once"));
    else
        ui_tag(out, "blue", SLICE("Open"));
}

/* ---- one of the list ------------------------------------------------------------------------------ */

static void write_button(struct visit *visit, const struct task_seen *task, struct slice at,
                         struct slice words)
{
    ui_form_open(visit->out, at, visit_token(visit));
    here_order_field(visit);
    ui_hidden(visit->out, SLICE("task"), keeping_hex(&task->id, visit->arena));
    ui_button_value(visit->out, UI_BUTTON_SECOND, words, task_title(task, visit->arena),
                    SLICE_EMPTY, SLICE_EMPTY);
    ui_form_close(visit->out);
}

static void write_links(struct visit *visit, const struct task_seen *task)
{
    struct text *out = visit->out;
    if (slice_is(task->kind, "told"))
        keeping_link_line(out, keeping_address("/open/told/", &task->id, visit->arena),
                          SLICE("Read what was told"));
    if (slice_is(task->kind, "record-changed") && visit_may(visit, ACT_ADOPT_POLICY))
        keeping_link_line(out, SLICE("/record"), SLICE("The page about the record"));
    if (slice_is(task->kind, "version-waiting"))
        keeping_link_line(out, keeping_address("/versions/", &task->about, visit->arena),
                          SLICE("Look at the version"));
    if (slice_is(task->kind, "import-waiting"))
        keeping_link_line(out, keeping_address("/imports/", &task->about, visit->arena),
                          SLICE("Look at the file"));
    if (slice_is(task->kind, "calendar-terms"))
        keeping_link_line(out, SLICE("/calendar"), SLICE("The school calendar"));
    if (slice_is(task->kind, "review-due"))
        keeping_link_line(out, SLICE("/policy"), SLICE("The policy"));
    if (task->of_person && slice_starts(task->kind, SLICE("hand-")))
        keeping_link_line(out, keeping_address("/people/hand/", &task->about, visit->arena),
                          SLICE("Make the link"));
    if (task->of_person)
        keeping_link_line(out, keeping_address("/people/", &task->about, visit->arena),
                          SLICE("The record that it is about"));
}

static void write_ways(struct visit *visit, const struct task_seen *task)
{
    struct text *out = visit->out;
    write_links(visit, task);
    HTML(out, "<div class=\"govuk-button-group\">\n");
    if (task->free && !task->taken)
        write_button(visit, task, SLICE("/tasks/take"), SLICE("I am on it"));
    write_button(visit, task, SLICE("/tasks/close"), SLICE("It is done"));
    if (task->free)
        html_link(out, keeping_address("/tasks/", &task->id, visit->arena),
                  SLICE("Why, or let it go"));
    HTML(out, "</div>\n");
}

static void write_task(struct visit *visit, const struct task_seen *task)
{
    struct text *out = visit->out;
    int64_t now = record_now(visit_record(visit));
    HTML(out, "<section class=\"lanyard-task\">\n<h2 class=\"govuk-heading-m\">");
    html_text(out, task_title(task, visit->arena));
    HTML(out, "</h2>\n<p class=\"govuk-body\">");
    task_tag(out, task);
    HTML(out, " ");
    html_text(out, task_due_words(task, now, visit->arena));
    HTML(out, "</p>\n");
    if (words_of(task->kind)->words.length > 0) ui_paragraph(out, words_of(task->kind)->words);
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
