/* Roles of trust that are proposed: who proposed, who said yes, and what the viewer may do about each. Where somebody else was
 * quicker the list says what became of it. */
#include "page/person_roles.h"

static bool is_me(const struct people *people, const struct id *id)
{
    return !id_is_none(id) && register_same(people->view, id, &people->viewer.person);
}

/* Why the viewer cannot say yes themselves; empty where they can. */
static struct slice why_not(const struct people *people, const struct proposal *proposal)
{
    if (is_me(people, &proposal->person)) return SLICE("It is about you, so others decide.");
    if (is_me(people, &proposal->proposer)) return SLICE("You proposed it, so others say yes.");
    if (is_me(people, &proposal->first_yes))
        return SLICE("You have said yes. Somebody else has to say yes as well.");
    return SLICE_EMPTY;
}

static void write_said(struct people *people, const struct proposal *proposal)
{
    struct text *out = people->out;
    struct slice first = people_day(people, proposal->since);
    struct slice when = proposal->until == PEOPLE_OPEN
                            ? arena_format(people->arena, "From %.*s", SLICE_PRINT(first))
                            : people_days(people, proposal->since, proposal->until);
    ui_summary_open(out);
    ui_summary_row(out, SLICE("School"), people_org_name(people, &proposal->org));
    ui_summary_row(out, SLICE("When"), when);
    ui_summary_row(out, SLICE("Proposed by"), people_called_id(people, &proposal->proposer));
    ui_summary_row(out, SLICE("Said yes"),
                   id_is_none(&proposal->first_yes)
                       ? SLICE("Nobody yet; two are needed")
                       : people_called_id(people, &proposal->first_yes));
    ui_summary_close(out);
}

static void write_proposal(struct people *people, const struct proposal *proposal)
{
    struct text *out = people->out;
    struct slice name = people_called_id(people, &proposal->person);
    struct slice title = role_row(proposal->role)->title, hex = people_hex(people, &proposal->held);
    struct slice hidden =
        arena_format(people->arena, "to %.*s for %.*s", SLICE_PRINT(title), SLICE_PRINT(name));
    struct slice not = why_not(people, proposal);
    HTML(out, "<section class=\"lanyard-clause\">\n");
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY,
               arena_format(people->arena, "%.*s for %.*s", SLICE_PRINT(title), SLICE_PRINT(name)));
    write_said(people, proposal);
    if (not .length > 0) ui_paragraph(out, not );
    HTML(out, "<div class=\"govuk-button-group\">\n");
    if (not .length == 0)
        people_small_form(people, SLICE("/roles/confirm"), UI_BUTTON_MAIN, SLICE("Say yes"), hidden,
                          SLICE("of"), hex);
    if (!is_me(people, &proposal->person))
        people_small_form(people, SLICE("/roles/refuse"), UI_BUTTON_SECOND, SLICE("Say no"), hidden,
                          SLICE("of"), hex);
    HTML(out, "</div></section>\n");
}

/* Those over whose school the viewer could decide, about people whom they see. */
static bool concerns(const struct people *people, const struct proposal *proposal)
{
    unsigned sees;
    return viewer_person(&people->viewer, &proposal->person, &sees) != NULL &&
           (is_me(people, &proposal->person) ||
            allowed_in(viewer_acts(&people->viewer, &proposal->org), ACT_CONFIRM_ROLE));
}

static void write_page(struct people *people, struct slice wrong)
{
    struct error error = {.code = ERROR_NONE};
    struct proposal *proposals;
    size_t count, shown = 0;
    struct text *out = people->out;
    if (!people_proposals(people->record, people->arena, &proposals, &count, &error)) {
        here_fail(people->visit, &error);
        return;
    }
    struct ui_frame frame = here_frame_open(people->visit, SLICE("Proposed roles"), SLICE("/home"),
                                            SLICE("/home"), wrong.length > 0);
    struct slice done = people_part(people->visit, 0);
    struct ui_question problem = people_question("roles", SLICE_EMPTY, SLICE_EMPTY);
    problem.error = wrong;
    if (wrong.length > 0) ui_problem(out, &problem, 1);
    if (slice_is(done, "yes")) ui_success(out, SLICE("You have said yes"));
    if (slice_is(done, "held")) ui_success(out, SLICE("Two have said yes: the role is held now"));
    if (slice_is(done, "no")) ui_success(out, SLICE("The proposal is refused"));
    ui_heading(out, 1, UI_LARGE, SLICE("roles"), SLICE("Proposed roles"));
    for (size_t i = 0; i < count; i++) {
        if (!concerns(people, &proposals[i])) continue;
        write_proposal(people, &proposals[i]);
        shown++;
    }
    if (shown == 0) ui_paragraph(out, SLICE("No role waits for anybody here."));
    ui_frame_close(out, &frame);
}

static void show(struct people *people)
{
    write_page(people, SLICE_EMPTY);
}

void roles_page(struct visit *visit)
{
    people_visit(visit, show);
}

static bool still_proposed(struct people *people, const struct id *held)
{
    struct error ignored;
    struct proposal *proposals;
    size_t count;
    if (!people_proposals(people->record, people->arena, &proposals, &count, &ignored))
        return false;
    for (size_t i = 0; i < count; i++)
        if (id_same(&proposals[i].held, held)) return true;
    return false;
}

static void decide_on(struct people *people, enum record_act act)
{
    struct id held;
    struct order order;
    struct outcome outcome;
    struct slice words, hex = form_value(people->visit->form, ONCE_OF);
    if (!people_order(people, ONCE_ORDER, act, &order)) return;
    people_set(people, &order, "held", hex);
    enum people_end end = people_do(people, &order, &outcome, &words);
    if (end == PEOPLE_WRONG) write_page(people, words);
    if (end != PEOPLE_DONE) return;
    const char *done = act == ACT_REFUSE_ROLE ? "/roles/no" : "/roles/held";
    if (act == ACT_CONFIRM_ROLE && id_read(hex, &held) && still_proposed(people, &held))
        done = "/roles/yes";
    response_see(people->visit->response, slice_of(done));
}

static void confirm(struct people *people)
{
    decide_on(people, ACT_CONFIRM_ROLE);
}

static void refuse(struct people *people)
{
    decide_on(people, ACT_REFUSE_ROLE);
}

void role_confirm_answer(struct visit *visit)
{
    people_visit(visit, confirm);
}

void role_refuse_answer(struct visit *visit)
{
    people_visit(visit, refuse);
}
