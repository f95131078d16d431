/* Step 1 of May I?: who you are. Several answers may be true at once. */
#include "page/here.h"
#include "page/may.h"

const struct field may_who_fields[] = {
    [MAY_WHO_ACTOR] = {"actor", form_is_id, 60, REQUEST_ROLES_LARGEST},
};

static void write(struct visit *visit, struct slice chosen, struct slice error)
{
    struct text *out = visit->out;
    const struct policy *policy = visit_policy(visit);
    bool used[WORDS_LARGEST];
    struct may_options near, far;
    struct ui_question question = {
        .name = SLICE("actor"),
        .words = SLICE("Who are you?"),
        .hint =
            SLICE("Choose all that are true. If you ask for somebody else, choose who they are."),
        .error = error,
        .heading = true,
        .size = UI_LARGE};
    may_offered_people(visit, -1, MAY_ACTOR, used);
    may_options(policy, WORD_PERSON, used, true, chosen, visit->arena, &near);
    may_options(policy, WORD_PERSON, used, false, chosen, visit->arena, &far);
    struct ui_frame frame =
        may_frame_open(visit, question.words, may_compares(visit) ? SLICE("/compare") : SLICE("/"),
                       error.length > 0);
    if (error.length > 0) ui_problem(out, &question, 1);
    const struct person_here *here = visit_person(visit);
    if (here != NULL)
        ui_inset(out, arena_format(visit->arena,
                                   "You are signed in as %.*s. What you are here today is ticked; "
                                   "change it if you ask for somebody else.",
                                   SLICE_PRINT(here->who.name)));
    ui_form_open(out, may_at(visit, MAY_AT_WHO), visit_token(visit));
    ui_checkboxes(out, &question, near.list.at, near.list.count);
    if (far.list.count > 0) {
        struct ui_question more = {.name = SLICE("actor"),
                                   .words = SLICE("Others"),
                                   .hint = SLICE_EMPTY,
                                   .error = SLICE_EMPTY,
                                   .size = UI_SMALL,
                                   .offset = near.list.count};
        ui_details_open(out, SLICE("I am somebody else"));
        ui_checkboxes(out, &more, far.list.at, far.list.count);
        ui_details_close(out);
    }
    ui_button(out, UI_BUTTON_MAIN, SLICE("Continue"));
    ui_form_close(out);
    may_frame_close(visit, &frame);
}

void may_who_page(struct visit *visit)
{
    const struct may *may = visit->session->state;
    struct slice said = may != NULL ? may_get(may, SLICE("actor")) : SLICE_EMPTY;
    write(visit, said.length > 0 ? said : may_known_actor(visit), SLICE_EMPTY);
}

void may_who_answer(struct visit *visit)
{
    const struct form_field *actor = &visit->form->at[MAY_WHO_ACTOR];
    struct slice joined;
    if (actor->values.count == 0) {
        write(visit, SLICE_EMPTY, SLICE("Choose who you are"));
        return;
    }
    if (!may_join(visit_policy(visit), WORD_PERSON, actor, visit->arena, &joined) ||
        !may_set(may_of(visit), SLICE("actor"), joined, SLICE_EMPTY)) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    may_know_actor(visit, may_of(visit));
    response_see(visit->response, may_at(visit, MAY_AT_WHAT));
}
