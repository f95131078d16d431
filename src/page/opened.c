/* Who opened what: of mine for everybody, of all for the head and the data protection officer; and the opening itself, with a
 * reason, by POST. What was opened stands on the answer to the form and nowhere else. */
#include "page/keeping.h"

const struct field open_fields[] = {
    HERE_ORDER_FIELD,
    [OPEN_WHAT] = {"what", form_is_id, 20, 1},
    [OPEN_OF] = {"of", form_is_hex, 2 * ID_SIZE, 1},
    [OPEN_REASON] = {"reason", form_is_text, KEEPING_REASON_LARGEST, 1},
};

/* What can be opened: its name in the address and for the act, and how it is said. */
struct sealed {
    const char *what;
    struct slice title, words; /* words: in lists */
};
static const struct sealed kinds[] = {
    {"hold-reason", SLICE("Open the reason of a legal hold"), SLICE("The reason of a legal hold")},
    {"erasure-reason", SLICE("Open the reason of an erasure"), SLICE("The reason of an erasure")},
    {"bar-reason", SLICE("Open the reason of a bar"), SLICE("The reason of a bar")},
    {"whole-record", SLICE("Open a whole record"), SLICE("The whole record")},
    {"told", SLICE("Open what was told to you"), SLICE("What was told")},
};

static const struct sealed *kind_of(struct slice what)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (slice_is(what, kinds[i].what)) return &kinds[i];
    return NULL;
}

/* ---- the lists ------------------------------------------------------------------------------------ */

/* Of one's own only the whole record is named: that a hold lies or a bar is nothing that a list tells. */
static struct slice what_words(const struct opened_seen *opened, bool own)
{
    const struct sealed *kind = kind_of(opened->what);
    if (own)
        return slice_is(opened->what, "whole-record") ? SLICE("Your whole record")
                                                      : SLICE("A sealed note about you");
    return kind != NULL ? kind->words : SLICE("Something sealed");
}

static void write_list(struct visit *visit, const struct opened_list *opened, bool own)
{
    struct text *out = visit->out;
    for (size_t i = 0; i < opened->list.count; i++) {
        const struct opened_seen *row = &opened->list.at[i];
        ui_summary_open(out);
        ui_summary_row(out, SLICE("When"), keeping_when(row->at, visit->arena));
        ui_summary_row(out, SLICE("Who"), row->who);
        ui_summary_row(out, SLICE("What"), what_words(row, own));
        if (!own) ui_summary_row(out, SLICE("Whose"), row->about);
        ui_summary_close(out);
    }
    if (opened->list.count == KEEPING_ROWS_LARGEST)
        ui_paragraph(out, SLICE("These are the newest 200."));
}

static void write_own(struct visit *visit, const struct opened_list *own)
{
    struct text *out = visit->out;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Of yours"));
    if (own->list.count == 0)
        ui_paragraph(out, SLICE("Nobody has opened anything of yours that is sealed."));
    write_list(visit, own, true);
    keeping_link_line(
        out, keeping_address("/open/whole-record/", &visit_person(visit)->who.person, visit->arena),
        SLICE("Open your whole record"));
}

void opened_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct opened_list own, all;
    bool any;
    const struct id *reader = &visit_person(visit)->who.person;
    struct slice title = SLICE("Who opened what");
    if (!keeping_opened_own(visit_record(visit), reader, visit->arena, &own, &error) ||
        !keeping_opened_all(visit_record(visit), reader, visit->arena, &all, &any, &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/keeping"), SLICE("/keeping"), false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(visit->out,
                 SLICE("Some things are sealed apart, such as notes, reasons or a whole "
                       "record. Opening one takes a reason and is written down here."));
    write_own(visit, &own);
    if (any) {
        ui_heading(visit->out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Of everybody you answer for"));
        if (all.list.count == 0) ui_paragraph(visit->out, SLICE("Nothing was opened yet."));
        write_list(visit, &all, false);
    }
    ui_frame_close(visit->out, &frame);
}

/* ---- opening -------------------------------------------------------------------------------------- */

struct opening {
    const struct sealed *kind;
    struct id of;
    bool own; /* one's own record, or what was told to oneself: no reason is asked for */
};

static struct slice back_of(const struct opening *opening)
{
    if (slice_is(slice_of(opening->kind->what), "hold-reason")) return SLICE("/holds");
    if (slice_is(slice_of(opening->kind->what), "erasure-reason")) return SLICE("/erasures");
    if (slice_is(slice_of(opening->kind->what), "told")) return SLICE("/tasks");
    return SLICE("/opened");
}

static bool is_whole(const struct opening *opening)
{
    return slice_is(slice_of(opening->kind->what), "whole-record");
}

static bool take(struct visit *visit, struct slice what, struct slice hex,
                 struct opening *ret_opening)
{
    ret_opening->kind = kind_of(what);
    if (ret_opening->kind == NULL || !id_read(hex, &ret_opening->of)) return false;
    ret_opening->own =
        slice_is(what, "told") ||
        (is_whole(ret_opening) && id_same(&ret_opening->of, &visit_person(visit)->who.person));
    return true;
}

/* The name stands there only for those who may see the person anyway. */
static void write_whose(struct visit *visit, const struct opening *opening)
{
    struct error error = {.code = ERROR_NONE};
    struct person_seen seen;
    bool found = false;
    if (!is_whole(opening) || opening->own) return;
    if (keeping_see(visit_record(visit), &visit_person(visit)->who.person, ACT_OPEN_SEALED,
                    &opening->of, visit->arena, &seen, &found, &error) &&
        found)
        ui_caption(visit->out, UI_LARGE, seen.name);
}

static void write_form(struct visit *visit, const struct opening *opening, struct slice reason,
                       struct slice problem)
{
    struct text *out = visit->out;
    struct slice title =
        is_whole(opening) && opening->own ? SLICE("Open your whole record") : opening->kind->title;
    struct ui_question question =
        keeping_question("reason", SLICE("Why do you need to see it?"),
                         SLICE("Your name, the time and this reason are written down"), problem);
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/keeping"), back_of(opening), problem.length > 0);
    if (problem.length > 0) ui_problem(out, &question, 1);
    write_whose(visit, opening);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(out, opening->own ? SLICE("That you opened it is written down.")
                                   : SLICE("It is sealed. The person can see that you opened it."));
    ui_form_open(out, SLICE("/open"), visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("what"), slice_of(opening->kind->what));
    ui_hidden(out, SLICE("of"), keeping_hex(&opening->of, visit->arena));
    if (!opening->own) ui_textarea(out, &question, reason, 4);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Open it"));
    ui_form_close(out);
    ui_frame_close(out, &frame);
}

void open_page(struct visit *visit)
{
    struct slice rest = visit->request->path, what;
    struct opening opening;
    rest = slice_part(rest, SLICE("/open/").length, rest.length);
    if (slice_split(&rest, '/', &what) && take(visit, what, rest, &opening))
        write_form(visit, &opening, SLICE_EMPTY, SLICE_EMPTY);
    else
        visit_refuse(visit, 404, NULL);
}

static void write_content(struct visit *visit, const struct opening *opening,
                          const struct outcome *outcome)
{
    struct text *out = visit->out;
    struct slice title =
        opening->own && is_whole(opening) ? SLICE("Your whole record") : opening->kind->words;
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/keeping"), back_of(opening), false);
    write_whose(visit, opening);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    if (outcome->again) {
        ui_paragraph(out, SLICE("It was opened by this form before, and is shown once. Open it "
                                "again from the start if you still need it."));
    } else if (outcome->content.length == 0) {
        ui_paragraph(out, SLICE("There is nothing in it."));
    } else {
        HTML(out, "<pre class=\"lanyard-opened\" tabindex=\"0\">");
        html_text(out, outcome->content);
        HTML(out, "</pre>\n");
    }
    if (outcome->sentence.length > 0) ui_paragraph(out, outcome->sentence);
    ui_paragraph(out, SLICE("That you opened it has been written down. Close this page when you "
                            "have read it."));
    keeping_link_line(out, back_of(opening), SLICE("Back"));
    ui_frame_close(out, &frame);
}

void open_answer(struct visit *visit)
{
    struct order order;
    struct outcome outcome;
    struct opening opening;
    struct slice hex = form_value(visit->form, OPEN_OF);
    struct slice reason = keeping_lines(form_value(visit->form, OPEN_REASON), visit->arena);
    if (!here_order(visit, OPEN_ORDER, ACT_OPEN_SEALED, &order)) return;
    if (!take(visit, form_value(visit->form, OPEN_WHAT), hex, &opening)) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    if (reason.length == 0 && !opening.own) {
        write_form(visit, &opening, reason, SLICE("Say why you need to see it"));
        return;
    }
    order_set(&order, visit->arena, "what", slice_of(opening.kind->what));
    order_set(&order, visit->arena, is_whole(&opening) ? "person" : "of", hex);
    if (reason.length > 0) order_set(&order, visit->arena, "reason", reason);
    if (keeping_do(visit, &order, back_of(&opening), &outcome))
        write_content(visit, &opening, &outcome);
}
