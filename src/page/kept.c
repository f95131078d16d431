/* Answers from May I? that I kept: the list, opening one, throwing one away. They open for me alone; the list knows only when
 * each was kept, because the rest is sealed. */
#include "page/keeping.h"

static bool yes(struct slice value)
{
    return slice_is(value, "yes");
}
const struct field kept_fields[] = {
    HERE_ORDER_FIELD,
    [KEPT_ANSWER] = {"answer", form_is_hex, 2 * ID_SIZE, 1},
    [KEPT_SURE] = {"sure", yes, 3, 1},
};

#define KEPT SLICE("/kept")

static void write_button(struct visit *visit, struct slice action, const struct kept_seen *kept,
                         enum ui_button kind, struct slice words, struct slice when)
{
    struct text *out = visit->out;
    ui_form_open(out, action, visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("answer"), keeping_hex(&kept->id, visit->arena));
    ui_button_value(out, kind, words,
                    arena_format(visit->arena, "the answer of %.*s", SLICE_PRINT(when)),
                    SLICE_EMPTY, SLICE_EMPTY);
    ui_form_close(out);
}

static void write_kept(struct visit *visit, const struct kept_seen *kept)
{
    struct slice when = keeping_when(kept->kept, visit->arena);
    HTML(visit->out, "<li><div class=\"lanyard-kept\"><p class=\"govuk-body\">Kept on ");
    html_text(visit->out, when);
    HTML(visit->out, "</p>\n");
    write_button(visit, SLICE("/kept/open"), kept, UI_BUTTON_LINK, SLICE("Open"), when);
    write_button(visit, SLICE("/kept/drop"), kept, UI_BUTTON_LINK, SLICE("Throw away"), when);
    HTML(visit->out, "</div></li>\n");
}

void kept_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct kept_list kept;
    struct slice title = SLICE("My kept answers");
    if (!keeping_kept(visit_record(visit), &visit_person(visit)->who.person, visit->arena, &kept,
                      &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/keeping"), SLICE("/keeping"), false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(
        visit->out,
        SLICE("Each is sealed under a key of its own and opens for you alone. Thrown away, "
              "it is gone for good."));
    if (kept.list.count == 0)
        ui_paragraph(visit->out, SLICE("You have kept none. An answer from May I? has a button for "
                                       "it."));
    HTML(visit->out, "<ul class=\"govuk-list\">\n");
    for (size_t i = 0; i < kept.list.count; i++) write_kept(visit, &kept.list.at[i]);
    HTML(visit->out, "</ul>\n");
    ui_frame_close(visit->out, &frame);
}

void kept_open_answer(struct visit *visit)
{
    struct order order;
    struct outcome outcome;
    struct text *out = visit->out;
    struct slice title = SLICE("An answer that you kept");
    if (!here_order(visit, KEPT_ORDER, ACT_OPEN_ANSWER, &order)) return;
    order_set(&order, visit->arena, "answer", form_value(visit->form, KEPT_ANSWER));
    if (!keeping_do(visit, &order, KEPT, &outcome)) return;
    struct ui_frame frame = here_frame_open(visit, title, SLICE("/keeping"), KEPT, false);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    if (outcome.again)
        ui_paragraph(out, SLICE("It was opened by this form before. Open it again from the list."));
    else if (!kept_show(out, outcome.content, visit->arena))
        ui_paragraph(out, SLICE("It was erased, or cannot be read any more."));
    keeping_link_line(out, KEPT, SLICE("Back to my kept answers"));
    ui_frame_close(out, &frame);
}

static void ask_drop(struct visit *visit, struct slice hex)
{
    struct text *out = visit->out;
    struct slice title = SLICE("Throw this answer away?");
    struct ui_frame frame = here_frame_open(visit, title, SLICE("/keeping"), KEPT, false);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(out, SLICE("Nobody can bring it back, not even from a backup."));
    ui_form_open(out, SLICE("/kept/drop"), visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("answer"), hex);
    ui_button_value(out, UI_BUTTON_WARNING, SLICE("Throw it away"), SLICE_EMPTY, SLICE("sure"),
                    SLICE("yes"));
    ui_form_close(out);
    keeping_link_line(out, KEPT, SLICE("No, keep it"));
    ui_frame_close(out, &frame);
}

void kept_drop_answer(struct visit *visit)
{
    struct order order;
    struct outcome outcome;
    struct slice hex = form_value(visit->form, KEPT_ANSWER);
    if (!here_order(visit, KEPT_ORDER, ACT_DROP_ANSWER, &order)) return;
    if (form_value(visit->form, KEPT_SURE).length == 0) {
        ask_drop(visit, hex);
        return;
    }
    order_set(&order, visit->arena, "answer", hex);
    if (keeping_do(visit, &order, KEPT, &outcome)) response_see(visit->response, KEPT);
}
