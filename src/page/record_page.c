/* The record itself, for administrators and heads: the signed checkpoint to be kept somewhere else, the last check, the last
 * backup, and what to do when something is wrong. */
#include "page/keeping.h"
#include "page/record_mail.h"
#include "service/keeping.h"

static struct slice or_never(int64_t at, const struct record_state *state, struct arena *arena)
{
    if (at != 0) return keeping_when(at, arena);
    return state->looked_at_all ? SLICE("Never") : SLICE("Not for a long time");
}

static void write_state(struct visit *visit, const struct record_state *state,
                        const struct mail_state *mail)
{
    struct text *out = visit->out;
    ui_summary_open(out);
    ui_summary_row(out, SLICE("Events"),
                   arena_format(visit->arena, "%llu", (unsigned long long)state->events));
    ui_summary_row(out, SLICE("Last check"), or_never(state->checked, state, visit->arena));
    if (state->checked != 0)
        ui_summary_row(out, SLICE("It found"),
                       state->findings == 0 ? SLICE("Nothing wrong")
                                            : arena_format(visit->arena, "%lld things wrong",
                                                           (long long)state->findings));
    ui_summary_row(out, SLICE("Last backup"), or_never(state->backed_up, state, visit->arena));
    record_mail_rows(visit, mail);
    ui_summary_close(out);
}

static void write_code(struct text *out, struct slice words)
{
    HTML(out, "<pre class=\"lanyard-opened\" tabindex=\"0\">");
    html_text(out, words);
    HTML(out, "</pre>\n");
}

static void write_checkpoint(struct text *out, const struct record_state *state)
{
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("The checkpoint"));
    if (state->note.length == 0) {
        ui_paragraph(out, SLICE("There is none yet. One is signed with every change."));
        return;
    }
    ui_paragraph(
        out, SLICE("Copy it to a place that nobody here can change, each week say: an e-mail to "
                   "the chair of the board, or a print in a folder. Whoever holds one can "
                   "prove later whether anything from before it was changed or cut off."));
    write_code(out, state->note);
    ui_paragraph(out, SLICE("The key that verifies it:"));
    write_code(out, state->vkey);
}

/* Words with commands in them, each between back-quotes. */
static void write_words(struct text *out, struct slice words)
{
    struct slice part;
    bool code = false;
    while (slice_split(&words, '`', &part)) {
        if (code) HTML(out, "<code>");
        html_text(out, part);
        if (code) HTML(out, "</code>");
        code = !code;
    }
}

static void write_step(struct text *out, struct slice words)
{
    HTML(out, "<li>");
    write_words(out, words);
    HTML(out, "</li>\n");
}

static void write_shouts(struct text *out)
{
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("When a check finds something wrong"));
    ui_list_open(out, true);
    ui_list_item(out,
                 SLICE("Do not work on as if nothing were. Tell the head and whoever keeps the "
                       "machine."));
    write_step(out, SLICE("Keep the folder as it is: make a copy before anything is repaired."));
    write_step(out, SLICE("On the machine, `lanyard rebuild --check` names each row that differs "
                          "from its events, and `lanyard verify` says whether the events "
                          "themselves are whole."));
    write_step(out, SLICE("Where the events are whole, `lanyard rebuild` makes the tables again "
                          "from them. Where they are not, bring the newest backup back with "
                          "`lanyard restore`."));
    write_step(out, SLICE("Ask who could reach the file. Nobody can change it through these "
                          "pages."));
    ui_list_close(out, true);
}

void record_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct record_state state;
    struct mail_state mail;
    struct text *out = visit->out;
    struct slice title = SLICE("The record");
    if (!keeping_state(visit_record(visit), visit->arena, &state, &error) ||
        !mail_worker_state(visit_pages(visit)->mail, visit_record(visit), &mail, &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/keeping"), SLICE("/keeping"), false);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    if (state.findings > 0)
        ui_warning(out, SLICE("The last check found that the record does not match its events. "
                              "What to do stands below."));
    write_state(visit, &state, &mail);
    ui_paragraph(out, SLICE("The server checks by itself each day: every table is made again from "
                            "the events and compared."));
    write_checkpoint(out, &state);
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Backups"));
    HTML(out, "<p class=\"govuk-body\">");
    write_words(out, SLICE("They are made on the machine with `lanyard backup`, while people work. "
                           "Two things belong beside them, somewhere else: the key file, without "
                           "which nobody can read anything, and the list of what was erased, "
                           "without which a restore could bring it back."));
    HTML(out, "</p>\n");
    write_shouts(out);
    ui_frame_close(out, &frame);
}
