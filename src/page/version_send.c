/* Bringing a new version: as a file, or pasted. What does not compile comes back with each problem, its line and a way out. */
#include "page/imports.h"
#include "page/versions.h"

#define PROBLEMS_SHOWN 50
#define TEXT_ROWS 20

const struct field version_send_fields[] = {
    HERE_ORDER_FIELD,
};

/* ---- what is wrong ---- */

static struct slice line_of(struct slice source, size_t number)
{
    struct slice line = SLICE_EMPTY;
    for (size_t i = 0; i < number; i++)
        if (!slice_line(&source, &line)) return SLICE_EMPTY;
    return line;
}

static void write_problem(struct visit *visit, const struct version_brought *brought,
                          const struct problem *problem)
{
    struct text *out = visit->out;
    struct slice line = line_of(version_source(brought, problem->file), problem->line);
    HTML(out, "<li><p class=\"govuk-body\"><strong>");
    html_text(out, problem->file);
    if (problem->line > 0) {
        HTML(out, ", line ");
        html_number(out, (int64_t)problem->line);
    }
    HTML(out, ":</strong> ");
    html_text(out, problem->sentence);
    HTML(out, "</p>\n");
    if (line.length > 0) {
        HTML(out, "<pre class=\"lanyard-line\">");
        html_text(out, line);
        HTML(out, "</pre>\n");
    }
    if (problem->advice.length > 0) {
        HTML(out, "<p class=\"govuk-body-s\">");
        html_text(out, problem->advice);
        HTML(out, "</p>\n");
    }
    HTML(out, "</li>\n");
}

static void write_problems(struct visit *visit, const struct version_brought *brought)
{
    const struct problems *problems = &brought->problems;
    size_t shown = 0;
    ui_heading(visit->out, 2, UI_MEDIUM, SLICE("problems"), SLICE("What to put right"));
    HTML(visit->out, "<ol class=\"govuk-list govuk-list--number\">\n");
    for (size_t i = 0; i < problems->list.count && shown < PROBLEMS_SHOWN; i++) {
        if (problems->list.at[i].warning) continue;
        write_problem(visit, brought, &problems->list.at[i]);
        shown++;
    }
    HTML(visit->out, "</ol>\n");
    if (problems->errors > shown)
        ui_paragraph(visit->out,
                     arena_format(visit->arena, "And %zu more.", problems->errors - shown));
}

/* ---- the form ---- */

struct sending {
    struct slice wrong_file, wrong_text, text; /* text: what was pasted */
    const struct version_brought *brought;     /* what did not compile, or NULL */
};

static void write_file_form(struct visit *visit, const struct ui_question *question)
{
    ui_form_open_upload(visit->out, SLICE("/versions/bring"), visit_token(visit));
    here_order_field(visit);
    ui_upload(visit->out, question, SLICE(".md,.zip"));
    ui_button(visit->out, UI_BUTTON_MAIN, SLICE("Send the file"));
    ui_form_close(visit->out);
}

static void write_text_form(struct visit *visit, const struct ui_question *question,
                            struct slice text)
{
    ui_heading(visit->out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Or paste it"));
    ui_form_open_upload(visit->out, SLICE("/versions/paste"), visit_token(visit));
    here_order_field(visit);
    ui_textarea(visit->out, question, text, TEXT_ROWS);
    ui_button(visit->out, UI_BUTTON_SECOND, SLICE("Send the text"));
    ui_form_close(visit->out);
}

static void write_page(struct visit *visit, const struct sending *sending)
{
    struct slice title = SLICE("Bring a new version of the policy");
    bool file = sending->wrong_file.length > 0, text = sending->wrong_text.length > 0;
    const struct ui_question questions[] = {
        keeping_question(
            VERSION_FILE_FIELD, SLICE("The file"),
            SLICE("policy.md, or a ZIP with policy.md and, where they change, words.md "
                  "and law.md. At most 1 MB each"),
            sending->wrong_file),
        keeping_question(VERSION_TEXT_FIELD, SLICE("The whole text of policy.md"), SLICE_EMPTY,
                         sending->wrong_text)};
    struct ui_frame frame = here_frame_open(visit, title, VERSIONS, VERSIONS, file || text);
    if (file || text) ui_problem(visit->out, &questions[file ? 0 : 1], 1);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(visit->out,
                 SLICE("It is checked first: a text that the program cannot read is not kept. Then "
                       "you see what it changes for whom. It binds nobody until it is approved."));
    if (sending->brought != NULL) write_problems(visit, sending->brought);
    write_file_form(visit, &questions[0]);
    write_text_form(visit, &questions[1], sending->text);
    ui_frame_close(visit->out, &frame);
}

void version_send_page(struct visit *visit)
{
    const struct sending nothing = {SLICE_EMPTY, SLICE_EMPTY, SLICE_EMPTY, NULL};
    write_page(visit, &nothing);
}

/* ---- what was sent ---- */

static void say_wrong(struct sending *sending, bool pasted, struct slice words)
{
    if (pasted)
        sending->wrong_text = words;
    else
        sending->wrong_file = words;
}

/* To the desk; what it finds wrong with the order stands beside the form. */
static void bring(struct visit *visit, struct sending *sending, bool pasted,
                  const struct version_brought *brought)
{
    struct error error = {.code = ERROR_NONE};
    struct order order;
    struct outcome outcome;
    if (!here_order(visit, SEND_ORDER, ACT_BRING_VERSION, &order)) return;
    order.matter = brought;
    if (!desk_do(visit_record(visit), &order, visit->arena, &outcome, &error)) {
        if (error.code == ERROR_INTERNAL || error.code == ERROR_READ) {
            here_fail(visit, &error);
            return;
        }
        say_wrong(sending, pasted, import_said(visit, &error));
        write_page(visit, sending);
        return;
    }
    if (!outcome.done && !outcome.again) {
        here_refused(visit, &outcome);
        return;
    }
    response_see(visit->response, outcome.again
                                      ? VERSIONS
                                      : keeping_address("/versions/", &outcome.made, visit->arena));
}

static void send(struct visit *visit, bool pasted)
{
    struct error error = {.code = ERROR_NONE};
    struct sending sending = {.text = pasted ? visit->request->file : SLICE_EMPTY};
    struct version_sent sent;
    struct version_brought brought;
    if (!version_unpack(visit->request->file_name, visit->request->file, visit->arena, &sent,
                        &error) ||
        !version_read(visit_record(visit), &sent, &brought, &error)) {
        say_wrong(&sending, pasted, import_said(visit, &error));
        write_page(visit, &sending);
        return;
    }
    if (brought.policy != NULL) {
        bring(visit, &sending, pasted, &brought);
    } else {
        sending.brought = &brought;
        say_wrong(&sending, pasted,
                  arena_format(visit->arena, "The text has %zu problem%s. Nothing was kept",
                               brought.problems.errors, brought.problems.errors == 1 ? "" : "s"));
        write_page(visit, &sending);
    }
    version_brought_clear(&brought);
}

void version_send_answer(struct visit *visit)
{
    send(visit, false);
}

void version_paste_answer(struct visit *visit)
{
    send(visit, true);
}
