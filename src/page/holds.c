/* Legal holds: which lie, placing one, lifting one. The reason is sealed; opening it is a page of its own (opened.c). */
#include "page/keeping.h"

const struct field hold_fields[] = {
    HERE_ORDER_FIELD,
    [HOLD_PERSON] = {"person", form_is_hex, 2 * ID_SIZE, 1},
    [HOLD_REASON] = {"reason", form_is_text, KEEPING_REASON_LARGEST, 1},
};
const struct field lift_fields[] = {
    HERE_ORDER_FIELD,
    [LIFT_HOLD] = {"hold", form_is_hex, 2 * ID_SIZE, 1},
    [LIFT_REASON] = {"reason", form_is_text, KEEPING_REASON_LARGEST, 1},
};

#define HOLDS SLICE("/holds")

/* ---- the list ------------------------------------------------------------------------------------- */

static void write_hold(struct visit *visit, const struct hold_seen *hold)
{
    struct text *out = visit->out;
    bool lies = hold->lifted == 0;
    ui_heading(out, 3, UI_SMALL, SLICE_EMPTY, hold->name);
    ui_summary_open(out);
    ui_summary_row(out, SLICE("Placed"),
                   arena_format(visit->arena, "%.*s by %.*s",
                                SLICE_PRINT(keeping_when(hold->placed, visit->arena)),
                                SLICE_PRINT(hold->placed_by)));
    if (!lies)
        ui_summary_row(out, SLICE("Lifted"),
                       arena_format(visit->arena, "%.*s by %.*s",
                                    SLICE_PRINT(keeping_when(hold->lifted, visit->arena)),
                                    SLICE_PRINT(hold->lifted_by)));
    ui_summary_action(
        out, SLICE("Reason"), SLICE("Sealed"),
        keeping_address("/open/hold-reason/", &hold->id, visit->arena), SLICE("Open"),
        arena_format(visit->arena, "the reason of the hold on %.*s", SLICE_PRINT(hold->name)));
    if (lies)
        ui_summary_action(out, SLICE("It lies"), SLICE("Nothing of theirs can be erased"),
                          keeping_address("/holds/lift/", &hold->id, visit->arena), SLICE("Lift"),
                          arena_format(visit->arena, "the hold on %.*s", SLICE_PRINT(hold->name)));
    ui_summary_close(out);
}

static void write_holds(struct visit *visit, const struct holds_seen *holds, bool lying)
{
    size_t count = 0;
    for (size_t i = 0; i < holds->list.count; i++)
        if ((holds->list.at[i].lifted == 0) == lying) count++;
    if (count == 0 && !lying) return;
    ui_heading(visit->out, 2, UI_MEDIUM, SLICE_EMPTY,
               lying ? SLICE("Holds that lie") : SLICE("Holds that were lifted"));
    if (count == 0) ui_paragraph(visit->out, SLICE("None that you may see."));
    for (size_t i = 0; i < holds->list.count; i++)
        if ((holds->list.at[i].lifted == 0) == lying) write_hold(visit, &holds->list.at[i]);
}

void holds_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct holds_seen holds;
    struct slice title = SLICE("Legal holds");
    if (!keeping_holds(visit_record(visit), &visit_person(visit)->who.person, visit->arena, &holds,
                       &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/keeping"), SLICE("/keeping"), false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(visit->out,
                 SLICE("Where something may be needed in a dispute or an inquiry, a hold keeps it. "
                       "While one lies on somebody, nothing of theirs can be erased."));
    keeping_button_link(visit->out, SLICE("/holds/place"), SLICE("Place a hold"));
    write_holds(visit, &holds, true);
    write_holds(visit, &holds, false);
    ui_frame_close(visit->out, &frame);
}

/* ---- placing -------------------------------------------------------------------------------------- */

static void choose(struct visit *visit, bool sent)
{
    const struct keeping_choice choice = {.title = SLICE("Place a hold"),
                                          .hint = SLICE("On whom should the hold lie?"),
                                          .at = SLICE("/keeping"),
                                          .back = HOLDS,
                                          .action = SLICE("/holds/place"),
                                          .next = "/holds/place/",
                                          .act = ACT_PLACE_HOLD};
    keeping_choose(visit, &choice, sent);
}

void hold_choose_page(struct visit *visit)
{
    choose(visit, false);
}

void hold_choose_answer(struct visit *visit)
{
    choose(visit, true);
}

static void write_place(struct visit *visit, const struct id *person, struct slice reason,
                        struct slice problem)
{
    struct error error = {.code = ERROR_NONE};
    struct text *out = visit->out;
    struct person_seen seen;
    bool found;
    struct slice title = SLICE("Place a hold");
    struct ui_question question = keeping_question(
        "reason", SLICE("Why is it needed?"),
        SLICE("It is sealed, and opened only with a reason by those who may"), problem);
    if (!keeping_see(visit_record(visit), &visit_person(visit)->who.person, ACT_PLACE_HOLD, person,
                     visit->arena, &seen, &found, &error)) {
        here_fail(visit, &error);
        return;
    }
    if (!found) {
        visit_refuse(visit, 404, NULL);
        return;
    }
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/keeping"), HOLDS, problem.length > 0);
    if (problem.length > 0) ui_problem(out, &question, 1);
    ui_caption(out, UI_LARGE, seen.name);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(out, SLICE("The person is not told. Nothing of theirs can be erased until the "
                            "hold is lifted."));
    ui_form_open(out, SLICE("/holds/place/new"), visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("person"), keeping_hex(person, visit->arena));
    ui_textarea(out, &question, reason, 5);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Place the hold"));
    ui_form_close(out);
    ui_frame_close(out, &frame);
}

void hold_place_page(struct visit *visit)
{
    struct id person;
    if (keeping_path_id(visit, SLICE("/holds/place/"), &person))
        write_place(visit, &person, SLICE_EMPTY, SLICE_EMPTY);
}

void hold_place_answer(struct visit *visit)
{
    struct order order;
    struct outcome outcome;
    struct id person;
    struct slice hex = form_value(visit->form, HOLD_PERSON);
    struct slice reason = keeping_lines(form_value(visit->form, HOLD_REASON), visit->arena);
    if (!here_order(visit, HOLD_ORDER, ACT_PLACE_HOLD, &order)) return;
    if (!id_read(hex, &person)) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    if (reason.length == 0) {
        write_place(visit, &person, reason, SLICE("Say why the hold is needed"));
        return;
    }
    order_set(&order, visit->arena, "person", hex);
    order_set(&order, visit->arena, "reason", reason);
    if (keeping_do(visit, &order, HOLDS, &outcome))
        keeping_done(visit, SLICE("The hold lies"),
                     SLICE("Nothing of this person's can be erased until it is lifted."), HOLDS,
                     SLICE("Back to the holds"));
}

/* ---- lifting -------------------------------------------------------------------------------------- */

static const struct hold_seen *find(const struct holds_seen *holds, const struct id *id)
{
    for (size_t i = 0; i < holds->list.count; i++)
        if (id_same(&holds->list.at[i].id, id)) return &holds->list.at[i];
    return NULL;
}

static void write_lift(struct visit *visit, const struct id *id, struct slice reason,
                       struct slice problem)
{
    struct error error = {.code = ERROR_NONE};
    struct text *out = visit->out;
    struct holds_seen holds;
    struct slice title = SLICE("Lift a hold");
    struct ui_question question =
        keeping_question("reason", SLICE("Why is it no longer needed?"), SLICE_EMPTY, problem);
    if (!keeping_holds(visit_record(visit), &visit_person(visit)->who.person, visit->arena, &holds,
                       &error)) {
        here_fail(visit, &error);
        return;
    }
    const struct hold_seen *hold = find(&holds, id);
    if (hold == NULL) {
        visit_refuse(visit, 404, NULL);
        return;
    }
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/keeping"), HOLDS, problem.length > 0);
    if (problem.length > 0) ui_problem(out, &question, 1);
    ui_caption(out, UI_LARGE, hold->name);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(out, arena_format(visit->arena, "Placed on %.*s by %.*s.",
                                   SLICE_PRINT(keeping_when(hold->placed, visit->arena)),
                                   SLICE_PRINT(hold->placed_by)));
    ui_form_open(out, SLICE("/holds/lift"), visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("hold"), keeping_hex(id, visit->arena));
    ui_textarea(out, &question, reason, 5);
    ui_button(out, UI_BUTTON_WARNING, SLICE("Lift the hold"));
    ui_form_close(out);
    ui_frame_close(out, &frame);
}

void hold_lift_page(struct visit *visit)
{
    struct id id;
    if (keeping_path_id(visit, SLICE("/holds/lift/"), &id))
        write_lift(visit, &id, SLICE_EMPTY, SLICE_EMPTY);
}

void hold_lift_answer(struct visit *visit)
{
    struct order order;
    struct outcome outcome;
    struct id id;
    struct slice hex = form_value(visit->form, LIFT_HOLD);
    struct slice reason = keeping_lines(form_value(visit->form, LIFT_REASON), visit->arena);
    if (!here_order(visit, LIFT_ORDER, ACT_LIFT_HOLD, &order)) return;
    if (!id_read(hex, &id)) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    if (reason.length == 0) {
        write_lift(visit, &id, reason, SLICE("Say why the hold is no longer needed"));
        return;
    }
    order_set(&order, visit->arena, "hold", hex);
    order_set(&order, visit->arena, "reason", reason);
    if (keeping_do(visit, &order, HOLDS, &outcome))
        keeping_done(visit, SLICE("The hold is lifted"),
                     SLICE("Who lifted it and why stays in the record."), HOLDS,
                     SLICE("Back to the holds"));
}
