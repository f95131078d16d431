/* Erasing a person's content: asked for by one, confirmed by another, or withdrawn. What it takes away, and that nobody can
 * bring it back, is said before either. */
#include "page/keeping.h"

const struct field erasure_fields[] = {
    HERE_ORDER_FIELD,
    [ERASURE_PERSON] = {"person", form_is_hex, 2 * ID_SIZE, 1},
    [ERASURE_REASON] = {"reason", form_is_text, KEEPING_REASON_LARGEST, 1},
};
static bool yes(struct slice value)
{
    return slice_is(value, "yes");
}
const struct field confirm_fields[] = {
    HERE_ORDER_FIELD,
    [CONFIRM_ERASURE] = {"erasure", form_is_hex, 2 * ID_SIZE, 1},
    [CONFIRM_SURE] = {"sure", yes, 3, 1},
};
const struct field withdraw_fields[] = {
    HERE_ORDER_FIELD,
    [WITHDRAW_ERASURE] = {"erasure", form_is_hex, 2 * ID_SIZE, 1},
};

#define ERASURES SLICE("/erasures")

/* ---- what it takes -------------------------------------------------------------------------------- */

static void write_what(struct text *out)
{
    static const struct slice gone[] = {
        SLICE("their name, address, telephone number and date of birth, and their numbers in other "
              "systems"),
        SLICE("what they sign in with"),
        SLICE("who their parents and children are, and everything noted about that"),
        SLICE("reasons and notes about them, and what was told about them"),
        SLICE("answers from May I? that they kept"),
        SLICE("files that belong to them alone, and files of people that were brought in"),
    };
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What will be unreadable for good"));
    ui_list_open(out, false);
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) ui_list_item(out, gone[i]);
    ui_list_close(out, false);
    ui_paragraph(out,
                 SLICE("What stays says only that something happened, when, and by which clause, "
                       "under a number that no longer leads to a name."));
    ui_warning(
        out, SLICE("It cannot be undone, by us or by anybody. Restoring a backup does not bring it "
                   "back."));
}

/* ---- the list ------------------------------------------------------------------------------------- */

static struct slice state_words(const struct erasure_seen *erasure)
{
    if (slice_is(erasure->state, "done")) return SLICE("Done");
    if (slice_is(erasure->state, "withdrawn")) return SLICE("Withdrawn");
    if (erasure->held) return SLICE("A legal hold lies: it has to wait");
    if (erasure->began) return SLICE("You asked: somebody else has to confirm");
    if (erasure->own) return SLICE("It is about you: others decide");
    return SLICE("Waits for a second yes");
}

static void write_row(struct visit *visit, const struct erasure_seen *erasure)
{
    struct text *out = visit->out;
    ui_heading(out, 3, UI_SMALL, SLICE_EMPTY, erasure->name);
    ui_summary_open(out);
    ui_summary_row(out, SLICE("Asked for"),
                   arena_format(visit->arena, "%.*s by %.*s",
                                SLICE_PRINT(keeping_when(erasure->asked, visit->arena)),
                                SLICE_PRINT(erasure->asked_by)));
    if (erasure->confirmed_by.length > 0)
        ui_summary_row(out, SLICE("Confirmed by"), erasure->confirmed_by);
    if (slice_is(erasure->state, "asked"))
        ui_summary_action(out, SLICE("State"), state_words(erasure),
                          keeping_address("/erasures/confirm/", &erasure->id, visit->arena),
                          SLICE("Look at it"), erasure->name);
    else
        ui_summary_row(out, SLICE("State"), state_words(erasure));
    ui_summary_close(out);
}

static void write_list(struct visit *visit, const struct erasures_seen *erasures, bool waiting)
{
    size_t count = 0;
    for (size_t i = 0; i < erasures->list.count; i++)
        if (slice_is(erasures->list.at[i].state, "asked") == waiting) count++;
    if (count == 0 && !waiting) return;
    ui_heading(visit->out, 2, UI_MEDIUM, SLICE_EMPTY,
               waiting ? SLICE("Waiting") : SLICE("Done or withdrawn"));
    if (count == 0) ui_paragraph(visit->out, SLICE("None that you may see."));
    for (size_t i = 0; i < erasures->list.count; i++)
        if (slice_is(erasures->list.at[i].state, "asked") == waiting)
            write_row(visit, &erasures->list.at[i]);
}

static bool read_list(struct visit *visit, struct erasures_seen *ret_erasures)
{
    struct error error = {.code = ERROR_NONE};
    if (keeping_erasures(visit_record(visit), &visit_person(visit)->who.person, visit->arena,
                         ret_erasures, &error))
        return true;
    here_fail(visit, &error);
    return false;
}

void erasures_page(struct visit *visit)
{
    struct erasures_seen erasures;
    struct slice title = SLICE("Erasures");
    if (!read_list(visit, &erasures)) return;
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/keeping"), SLICE("/keeping"), false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(visit->out,
                 SLICE("One person asks for it, another one confirms. It cannot be undone."));
    if (visit_may(visit, ACT_ASK_ERASURE))
        keeping_button_link(visit->out, SLICE("/erasures/ask"), SLICE("Ask for an erasure"));
    write_list(visit, &erasures, true);
    write_list(visit, &erasures, false);
    ui_frame_close(visit->out, &frame);
}

/* ---- asking --------------------------------------------------------------------------------------- */

static void choose(struct visit *visit, bool sent)
{
    const struct keeping_choice choice = {.title = SLICE("Ask for an erasure"),
                                          .hint = SLICE("Whose content should be erased?"),
                                          .at = SLICE("/keeping"),
                                          .back = ERASURES,
                                          .action = SLICE("/erasures/ask"),
                                          .next = "/erasures/ask/",
                                          .act = ACT_ASK_ERASURE};
    keeping_choose(visit, &choice, sent);
}

void erasure_choose_page(struct visit *visit)
{
    choose(visit, false);
}

void erasure_choose_answer(struct visit *visit)
{
    choose(visit, true);
}

static void write_ask(struct visit *visit, const struct id *person, struct slice reason,
                      struct slice problem)
{
    struct error error = {.code = ERROR_NONE};
    struct text *out = visit->out;
    struct person_seen seen;
    bool found;
    struct slice title = SLICE("Ask for an erasure");
    struct ui_question question = keeping_question(
        "reason", SLICE("Why should it be erased?"),
        SLICE("Whoever confirms can read it. It is erased with everything else"), problem);
    if (!keeping_see(visit_record(visit), &visit_person(visit)->who.person, ACT_ASK_ERASURE, person,
                     visit->arena, &seen, &found, &error)) {
        here_fail(visit, &error);
        return;
    }
    if (!found) {
        visit_refuse(visit, 404, NULL);
        return;
    }
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/keeping"), ERASURES, problem.length > 0);
    if (problem.length > 0) ui_problem(out, &question, 1);
    ui_caption(out, UI_LARGE, seen.name);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    write_what(out);
    ui_form_open(out, SLICE("/erasures/ask/new"), visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("person"), keeping_hex(person, visit->arena));
    ui_textarea(out, &question, reason, 5);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Ask for it"));
    ui_form_close(out);
    ui_frame_close(out, &frame);
}

void erasure_ask_page(struct visit *visit)
{
    struct id person;
    if (keeping_path_id(visit, SLICE("/erasures/ask/"), &person))
        write_ask(visit, &person, SLICE_EMPTY, SLICE_EMPTY);
}

void erasure_ask_answer(struct visit *visit)
{
    struct order order;
    struct outcome outcome;
    struct id person;
    struct slice hex = form_value(visit->form, ERASURE_PERSON);
    struct slice reason = keeping_lines(form_value(visit->form, ERASURE_REASON), visit->arena);
    if (!here_order(visit, ERASURE_ORDER, ACT_ASK_ERASURE, &order)) return;
    if (!id_read(hex, &person)) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    if (reason.length == 0) {
        write_ask(visit, &person, reason, SLICE("Say why it should be erased"));
        return;
    }
    order_set(&order, visit->arena, "person", hex);
    order_set(&order, visit->arena, "reason", reason);
    if (keeping_do(visit, &order, ERASURES, &outcome))
        keeping_done(visit, SLICE("The erasure is asked for"),
                     SLICE("Nothing is erased yet. Somebody else who may has to confirm it; until "
                           "then it can be withdrawn."),
                     ERASURES, SLICE("Back to the erasures"));
}

/* ---- confirming, withdrawing ---------------------------------------------------------------------- */

static const struct erasure_seen *find(const struct erasures_seen *erasures, const struct id *id)
{
    for (size_t i = 0; i < erasures->list.count; i++)
        if (id_same(&erasures->list.at[i].id, id)) return &erasures->list.at[i];
    return NULL;
}

static void write_confirm_form(struct visit *visit, const struct id *id,
                               const struct ui_question *sure)
{
    struct text *out = visit->out;
    const struct ui_option option = {.value = SLICE("yes"),
                                     .words = SLICE("I know that it cannot be undone"),
                                     .hint = SLICE_EMPTY};
    ui_form_open(out, SLICE("/erasures/confirm"), visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("erasure"), keeping_hex(id, visit->arena));
    ui_checkboxes(out, sure, &option, 1);
    ui_button(out, UI_BUTTON_WARNING, SLICE("Erase for good"));
    ui_form_close(out);
}

static void write_withdraw_form(struct visit *visit, const struct id *id)
{
    struct text *out = visit->out;
    ui_form_open(out, SLICE("/erasures/withdraw"), visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("erasure"), keeping_hex(id, visit->arena));
    ui_button(out, UI_BUTTON_SECOND, SLICE("Withdraw it: nothing is erased"));
    ui_form_close(out);
}

static void write_erasure(struct visit *visit, const struct erasure_seen *erasure,
                          struct slice problem)
{
    struct text *out = visit->out;
    struct slice title = SLICE("An erasure that waits");
    struct ui_question sure =
        keeping_question("sure", SLICE("Are you sure?"), SLICE_EMPTY, problem);
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/keeping"), ERASURES, problem.length > 0);
    if (problem.length > 0) ui_problem(out, &sure, 1);
    ui_caption(out, UI_LARGE, erasure->name);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(out, arena_format(visit->arena, "Asked for on %.*s by %.*s.",
                                   SLICE_PRINT(keeping_when(erasure->asked, visit->arena)),
                                   SLICE_PRINT(erasure->asked_by)));
    keeping_link_line(out, keeping_address("/open/erasure-reason/", &erasure->id, visit->arena),
                      SLICE("Open the reason"));
    if (!erasure->began && !erasure->own && !erasure->held) {
        write_what(out);
        write_confirm_form(visit, &erasure->id, &sure);
    } else {
        ui_inset(out, state_words(erasure));
    }
    if (visit_may(visit, ACT_WITHDRAW_ERASURE)) write_withdraw_form(visit, &erasure->id);
    ui_frame_close(out, &frame);
}

static void show_erasure(struct visit *visit, const struct id *id, struct slice problem)
{
    struct erasures_seen erasures;
    if (!read_list(visit, &erasures)) return;
    const struct erasure_seen *erasure = find(&erasures, id);
    if (erasure == NULL)
        visit_refuse(visit, 404, NULL);
    else if (!slice_is(erasure->state, "asked"))
        response_see(visit->response, ERASURES); /* it was decided meanwhile: the list says how */
    else
        write_erasure(visit, erasure, problem);
}

void erasure_confirm_page(struct visit *visit)
{
    struct id id;
    if (keeping_path_id(visit, SLICE("/erasures/confirm/"), &id))
        show_erasure(visit, &id, SLICE_EMPTY);
}

void erasure_confirm_answer(struct visit *visit)
{
    struct order order;
    struct outcome outcome;
    struct id id;
    struct slice hex = form_value(visit->form, CONFIRM_ERASURE);
    if (!here_order(visit, CONFIRM_ORDER, ACT_CONFIRM_ERASURE, &order)) return;
    if (!id_read(hex, &id)) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    if (form_value(visit->form, CONFIRM_SURE).length == 0) {
        show_erasure(visit, &id, SLICE("Tick the box if you are sure"));
        return;
    }
    order_set(&order, visit->arena, "erasure", hex);
    if (keeping_do(visit, &order, ERASURES, &outcome))
        keeping_done(visit, SLICE("It is erased"),
                     outcome.sentence.length > 0
                         ? outcome.sentence
                         : SLICE("Nobody can read it any more. That it was erased, when and by "
                                 "whom stays in the record."),
                     ERASURES, SLICE("Back to the erasures"));
}

void erasure_withdraw_answer(struct visit *visit)
{
    struct order order;
    struct outcome outcome;
    struct slice hex = form_value(visit->form, WITHDRAW_ERASURE);
    if (!here_order(visit, WITHDRAW_ORDER, ACT_WITHDRAW_ERASURE, &order)) return;
    order_set(&order, visit->arena, "erasure", hex);
    if (keeping_do(visit, &order, ERASURES, &outcome))
        keeping_done(visit, SLICE("The erasure is withdrawn"), SLICE("Nothing was erased."),
                     ERASURES, SLICE("Back to the erasures"));
}
