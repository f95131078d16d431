/* The organisations of the record, and a form that adds one. */
#include "page/absences.h"

const struct field org_fields[] = {
    [ORG_ORDER] = HERE_ORDER_FIELD,
    [ORG_NAME] = {"name", form_is_line, RECORD_NAME_LARGEST, 1},
    [ORG_KIND] = {"kind", form_is_id, 20, 1},
};

struct typed {
    struct slice name, kind, wrong_name, wrong_kind, wrong;
};

static const struct ui_option kinds[] = {
    {.value = SLICE("school"), .words = SLICE("School")},
    {.value = SLICE("trust"), .words = SLICE("Trust")},
    {.value = SLICE("charity"), .words = SLICE("Charity")},
};
#define KINDS (sizeof kinds / sizeof *kinds)

static struct slice kind_words(struct slice kind)
{
    for (size_t i = 0; i < KINDS; i++)
        if (slice_equal(kinds[i].value, kind)) return kinds[i].words;
    return kind;
}

static void write_list(struct people *people)
{
    static const struct slice heads[] = {SLICE("Name"), SLICE("Kind"), SLICE("Below")};
    const struct org *orgs;
    size_t count = register_orgs(people->view, &orgs);
    HTML(people->out, "<div class=\"lanyard-people\">\n");
    ui_table_open(people->out, SLICE("In this record"), heads, 3);
    for (size_t i = 0; i < count; i++) {
        struct slice above = id_is_none(&orgs[i].parent) ? SLICE("At the top")
                                                         : people_org_name(people, &orgs[i].parent);
        struct slice cells[] = {orgs[i].name, kind_words(orgs[i].kind), above};
        ui_table_row(people->out, cells, 3);
    }
    ui_table_close(people->out);
    HTML(people->out, "</div>\n");
}

static void write_form(struct people *people, const struct ui_question questions[2],
                       const struct typed *typed)
{
    struct ui_option options[KINDS];
    for (size_t i = 0; i < KINDS; i++) {
        options[i] = kinds[i];
        options[i].hint = SLICE_EMPTY;
        options[i].checked = slice_equal(kinds[i].value, typed->kind);
    }
    ui_heading(people->out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Add an organisation"));
    ui_form_open(people->out, SLICE("/organisations"), visit_token(people->visit));
    here_order_field(people->visit);
    ui_input(people->out, &questions[0], typed->name, 0, false);
    ui_radios(people->out, &questions[1], options, KINDS);
    ui_button(people->out, UI_BUTTON_MAIN, SLICE("Add this organisation"));
    ui_form_close(people->out);
}

static void write_page(struct people *people, const struct typed *typed)
{
    struct slice title = SLICE("Organisations");
    struct ui_question questions[] = {
        people_question("name", SLICE("Name"), SLICE_EMPTY),
        people_question("kind", SLICE("What is it?"), SLICE_EMPTY),
    };
    questions[0].error = typed->wrong_name.length > 0 ? typed->wrong_name : typed->wrong;
    questions[1].error = typed->wrong_kind;
    bool problem = questions[0].error.length + questions[1].error.length > 0;
    struct ui_frame frame =
        here_frame_open(people->visit, title, SLICE("/home"), SLICE("/home"), problem);
    if (problem) ui_problem(people->out, questions, 2);
    if (slice_is(people_part(people->visit, 0), "added"))
        ui_success(people->out, SLICE("The organisation is added"));
    ui_heading(people->out, 1, UI_LARGE, SLICE_EMPTY, title);
    write_list(people);
    write_form(people, questions, typed);
    ui_frame_close(people->out, &frame);
}

static void show(struct people *people)
{
    struct typed typed = {.kind = SLICE("school")};
    write_page(people, &typed);
}

void organisations_page(struct visit *visit)
{
    people_visit(visit, show);
}

static void add(struct people *people)
{
    struct order order;
    struct outcome outcome;
    enum people_end end = PEOPLE_WRONG;
    struct typed typed = {.name = form_value(people->visit->form, ORG_NAME),
                          .kind = form_value(people->visit->form, ORG_KIND)};
    if (typed.name.length == 0) typed.wrong_name = SLICE("Enter a name");
    if (typed.kind.length == 0) typed.wrong_kind = SLICE("Choose what it is");
    if (typed.wrong_name.length + typed.wrong_kind.length == 0) {
        if (!people_order(people, ORG_ORDER, ACT_ADD_ORGANISATION, &order)) return;
        people_set(people, &order, "name", typed.name);
        people_set(people, &order, "kind", typed.kind);
        end = people_do(people, &order, &outcome, &typed.wrong);
    }
    if (end == PEOPLE_DONE) response_see(people->visit->response, SLICE("/organisations/added"));
    if (end == PEOPLE_WRONG) write_page(people, &typed);
}

void organisation_answer(struct visit *visit)
{
    people_visit(visit, add);
}
