/* Who stands in for a role of trust while everybody who holds it is away: for each school and role the holders, those named to
 * stand in in the order in which they are asked, and a way to name another. */
#include "page/absences.h"
#include "page/person_pair.h"

const struct field deputy_fields[] = {
    [DEPUTY_ORDER] = HERE_ORDER_FIELD,
    [DEPUTY_WORDS] = {"words", form_is_line, 100, 1},
    [DEPUTY_OTHER] = {"other", form_is_hex, (size_t)2 * ID_SIZE, 1},
    [DEPUTY_DO] = {"do", form_is_id, 10, 1},
};

/* ---- the list ---- */

static void write_holders(struct people *people, enum role role, const struct id *org)
{
    const struct registered **holders;
    size_t count =
        register_holders(people->view, role, org, people->viewer.today, people->arena, &holders);
    struct slice words = SLICE_EMPTY;
    for (size_t i = 0; i < count; i++) {
        struct slice name = people_called_id(people, &holders[i]->id);
        const char *away =
            register_away(people->view, &holders[i]->id, people->viewer.today) ? " (away)" : "";
        words = arena_format(people->arena, "%.*s%s%.*s%s", SLICE_PRINT(words), i > 0 ? ", " : "",
                             SLICE_PRINT(name), away);
    }
    HTML(people->out, "<p class=\"govuk-body\">Held by ");
    html_text(people->out, count > 0 ? words : SLICE("nobody"));
    HTML(people->out, ".</p>\n");
}

static void write_stand_in(struct people *people, const struct stand_in *stand_in)
{
    struct slice name = people_called_id(people, &stand_in->person);
    HTML(people->out, "<li>");
    html_text(people->out, name);
    HTML(people->out, " ");
    people_small_form(people, SLICE("/deputies/remove"), UI_BUTTON_LINK, SLICE("Remove"), name,
                      SLICE("of"), people_hex(people, &stand_in->id));
    HTML(people->out, "</li>\n");
}

struct named {
    struct stand_in *at;
    size_t count;
};

static void write_role(struct people *people, const struct org *org, enum role role,
                       const struct named *named)
{
    struct text *out = people->out;
    struct slice title = role_row(role)->title, hex = people_hex(people, &org->id);
    size_t shown = 0;
    ui_heading(out, 3, UI_SMALL, SLICE_EMPTY, title);
    write_holders(people, role, &org->id);
    for (size_t i = 0; i < named->count; i++) {
        const struct stand_in *stand_in = &named->at[i];
        if (stand_in->role != role || !id_same(&stand_in->org, &org->id)) continue;
        if (shown++ == 0) HTML(out, "<ol class=\"govuk-list govuk-list--number\">\n");
        write_stand_in(people, stand_in);
    }
    if (shown > 0)
        HTML(out, "</ol>\n");
    else
        ui_paragraph(out, SLICE("Nobody stands in for it."));
    HTML(out, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
    html_href(out, arena_format(people->arena, "/deputies/add/%.*s/%.*s", SLICE_PRINT(hex),
                                SLICE_PRINT(role_row(role)->code)));
    HTML(out, ">Name somebody<span class=\"govuk-visually-hidden\"> to stand in: ");
    html_text(out, title);
    HTML(out, ", ");
    html_text(out, org->name);
    HTML(out, "</span></a></p>\n");
}

/* Roles that somebody holds there, or stands in for; a trust's pages would else be long lists of nobody. */
static bool is_used(const struct people *people, const struct org *org, enum role role,
                    const struct named *named)
{
    const struct registered **holders;
    if (!role_row(role)->trusted) return false;
    for (size_t i = 0; i < named->count; i++)
        if (named->at[i].role == role && id_same(&named->at[i].org, &org->id)) return true;
    size_t count = register_holders(people->view, role, &org->id, people->viewer.today,
                                    people->arena, &holders);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < holders[i]->role_count; k++)
            if (holders[i]->roles[k].role == role && id_same(&holders[i]->roles[k].org, &org->id))
                return true;
    return false;
}

static void write_org(struct people *people, const struct org *org, const struct named *named)
{
    if (!allowed_in(viewer_acts(&people->viewer, &org->id), ACT_NAME_DEPUTY)) return;
    bool open = false;
    for (int role = 0; role < ROLES; role++) {
        if (!is_used(people, org, (enum role)role, named)) continue;
        if (!open) ui_heading(people->out, 2, UI_MEDIUM, SLICE_EMPTY, org->name);
        open = true;
        write_role(people, org, (enum role)role, named);
    }
}

static void write_page(struct people *people, struct slice wrong)
{
    struct error error = {.code = ERROR_NONE};
    struct named named;
    const struct org **orgs;
    struct ui_question problem = people_question("deputies", SLICE_EMPTY, SLICE_EMPTY);
    problem.error = wrong;
    if (!people_stand_ins(people->record, people->arena, &named.at, &named.count, &error)) {
        here_fail(people->visit, &error);
        return;
    }
    struct ui_frame frame = here_frame_open(people->visit, SLICE("Who stands in"), SLICE("/home"),
                                            SLICE("/home"), wrong.length > 0);
    struct slice done = people_part(people->visit, 0);
    if (wrong.length > 0) ui_problem(people->out, &problem, 1);
    if (slice_is(done, "named")) ui_success(people->out, SLICE("They stand in from now on"));
    if (slice_is(done, "removed")) ui_success(people->out, SLICE("They no longer stand in"));
    ui_heading(people->out, 1, UI_LARGE, SLICE("deputies"), SLICE("Who stands in"));
    ui_paragraph(people->out, SLICE("While everybody who holds a role is away, those who stand in "
                                    "for it have it."));
    size_t count = viewer_orgs(&people->viewer, people->arena, &orgs);
    for (size_t i = 0; i < count; i++) write_org(people, orgs[i], &named);
    ui_frame_close(people->out, &frame);
}

static void show(struct people *people)
{
    write_page(people, SLICE_EMPTY);
}

void deputies_page(struct visit *visit)
{
    people_visit(visit, show);
}

static void remove_one(struct people *people)
{
    struct order order;
    struct outcome outcome;
    struct slice words;
    if (!people_order(people, ONCE_ORDER, ACT_REMOVE_DEPUTY, &order)) return;
    people_set(people, &order, "deputy", form_value(people->visit->form, ONCE_OF));
    enum people_end end = people_do(people, &order, &outcome, &words);
    if (end == PEOPLE_DONE) response_see(people->visit->response, SLICE("/deputies/removed"));
    if (end == PEOPLE_WRONG) write_page(people, words);
}

void deputy_remove_answer(struct visit *visit)
{
    people_visit(visit, remove_one);
}

/* ---- naming one ---- */

struct typed {
    struct slice words, other, wrong_words, wrong_other, wrong;
};

/* The school and role of the address; else the visit is answered. */
static bool find_place(struct people *people, struct id *ret_org, enum role *ret_role)
{
    *ret_role = role_of(people_part(people->visit, 1));
    if (*ret_role != ROLES &&
        people_org_of(people, people_part(people->visit, 0), ACT_NAME_DEPUTY, ret_org))
        return true;
    visit_refuse(people->visit, 404, NULL);
    return false;
}

static void write_form(struct people *people, const struct typed *typed)
{
    struct id org;
    enum role role;
    if (!find_place(people, &org, &role)) return;
    struct slice school = people_org_name(people, &org), title = role_row(role)->title;
    struct ui_question questions[] = {
        people_question("words", SLICE("Name"), SLICE_EMPTY),
        people_question("other", SLICE("Who stands in?"), SLICE_EMPTY),
    };
    questions[0].error = typed->wrong_words;
    questions[1].error = typed->wrong_other;
    struct people_form form = {.title = SLICE("Name somebody to stand in"),
                               .caption = arena_format(people->arena, "%.*s, %.*s",
                                                       SLICE_PRINT(title), SLICE_PRINT(school)),
                               .back = SLICE("/deputies"),
                               .questions = questions,
                               .count = 2,
                               .wrong = typed->wrong};
    struct ui_frame frame = people_form_open(people, &form);
    if (pick_write(people, questions, typed->words, NULL, 0, typed->other) > 0) {
        people_form_close(people, &frame, UI_BUTTON_MAIN, SLICE("Name this person"));
        return;
    }
    ui_form_close(people->out);
    ui_frame_close(people->out, &frame);
}

static void show_form(struct people *people)
{
    struct typed typed = {0};
    write_form(people, &typed);
}

void deputy_form_page(struct visit *visit)
{
    people_visit(visit, show_form);
}

static enum people_end send(struct people *people, struct typed *typed)
{
    struct id org, other;
    enum role role;
    unsigned sees;
    struct order order;
    struct outcome outcome;
    if (!find_place(people, &org, &role)) return PEOPLE_ANSWERED;
    if (!id_read(typed->other, &other) || viewer_person(&people->viewer, &other, &sees) == NULL) {
        typed->wrong_other = SLICE("Choose a person");
        return PEOPLE_WRONG;
    }
    if (!people_order(people, DEPUTY_ORDER, ACT_NAME_DEPUTY, &order)) return PEOPLE_ANSWERED;
    people_set_id(people, &order, "person", &other);
    people_set_id(people, &order, "org", &org);
    people_set(people, &order, "role", role_row(role)->code);
    return people_do(people, &order, &outcome, &typed->wrong);
}

static void name(struct people *people)
{
    const struct form *form = people->visit->form;
    enum people_end end = PEOPLE_WRONG;
    struct typed typed = {.words = form_value(form, DEPUTY_WORDS),
                          .other = form_value(form, DEPUTY_OTHER)};
    if (!slice_is(form_value(form, DEPUTY_DO), "look"))
        end = send(people, &typed);
    else if (typed.words.length == 0)
        typed.wrong_words = SLICE("Enter a name to look for");
    if (end == PEOPLE_DONE) response_see(people->visit->response, SLICE("/deputies/named"));
    if (end == PEOPLE_WRONG) write_form(people, &typed);
}

void deputy_form_answer(struct visit *visit)
{
    people_visit(visit, name);
}
