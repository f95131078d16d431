/* The list of people: fifty a page in the order of names, by school and by what they are here, and looking for a name. What
 * was looked for goes by POST and stands in no address. From the register in memory alone. */
#include "page/people.h"

#define FOUND_SHOWN 100

const struct field people_fields[] = {
    [PEOPLE_WORDS] = {"words", form_is_line, 100, 1},
    [PEOPLE_ORG] = {"school", form_is_id, (size_t)2 * ID_SIZE, 1},
    [PEOPLE_KIND] = {"kind", form_is_id, 10, 1},
};

struct kind_row {
    struct slice code, words;
};
static const struct kind_row kinds[PEOPLE_KINDS] = {
    [PEOPLE_HERE] = {SLICE("here"), SLICE("Everybody who is here")},
    [PEOPLE_STAFF] = {SLICE("staff"), SLICE("Staff, governors and volunteers")},
    [PEOPLE_PUPILS] = {SLICE("pupils"), SLICE("Pupils")},
    [PEOPLE_PARENTS] = {SLICE("parents"), SLICE("Parents and carers")},
    [PEOPLE_LEFT] = {SLICE("left"), SLICE("People who have left")},
};

static enum people_kind kind_of(struct slice code)
{
    for (int kind = 0; kind < PEOPLE_KINDS; kind++)
        if (slice_equal(kinds[kind].code, code)) return (enum people_kind)kind;
    return PEOPLE_KINDS;
}

/* ---- the filter ---- */

static void write_filter(struct people *people, const struct people_filter *filter,
                         struct slice words)
{
    const struct org **orgs;
    struct text *out = people->out;
    size_t count = viewer_orgs(&people->viewer, people->arena, &orgs);
    struct ui_option *schools = ARENA_ARRAY(people->arena, struct ui_option, count + 1);
    struct ui_option groups[PEOPLE_KINDS];
    struct ui_question name = people_question("words", SLICE("Name"), SLICE_EMPTY);
    struct ui_question school = people_question("school", SLICE("School"), SLICE_EMPTY);
    struct ui_question group = people_question("kind", SLICE("Who"), SLICE_EMPTY);
    schools[0] = (struct ui_option){
        .value = SLICE("all"), .words = SLICE("All"), .checked = id_is_none(&filter->org)};
    for (size_t i = 0; i < count; i++)
        schools[i + 1] = (struct ui_option){.value = people_hex(people, &orgs[i]->id),
                                            .words = orgs[i]->name,
                                            .checked = id_same(&orgs[i]->id, &filter->org)};
    for (int kind = 0; kind < PEOPLE_KINDS; kind++)
        groups[kind] = (struct ui_option){.value = kinds[kind].code,
                                          .words = kinds[kind].words,
                                          .checked = (enum people_kind)kind == filter->kind};
    ui_form_open(out, SLICE("/people"), visit_token(people->visit));
    HTML(out, "<div class=\"lanyard-filter\">\n");
    ui_input(out, &name, words, 20, false);
    if (count > 1) ui_select(out, &school, schools, count + 1);
    ui_select(out, &group, groups, PEOPLE_KINDS);
    ui_button(out, UI_BUTTON_SECOND, SLICE("Show"));
    HTML(out, "</div>\n");
    ui_form_close(out);
}

/* ---- rows ---- */

static void write_row(struct people *people, const struct registered *person, bool schools)
{
    struct text *out = people->out;
    struct slice roles = people_roles(people, person);
    HTML(out, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
    html_link(out, people_address(people, &person->id, ""), person->shown_as);
    HTML(out, "</th><td class=\"govuk-table__cell\">");
    html_text(out, roles.length > 0 ? roles : SLICE("No role today"));
    if (schools) {
        HTML(out, "</td><td class=\"govuk-table__cell\">");
        html_text(out, people_org_name(people, &person->org));
    }
    HTML(out, "</td></tr>\n");
}

static void write_rows(struct people *people, struct slice caption,
                       const struct registered *const *rows, size_t count)
{
    static const struct slice heads[] = {SLICE("Name"), SLICE("What they are here today"),
                                         SLICE("School")};
    const struct org *orgs;
    struct text *out = people->out;
    bool schools = register_orgs(people->view, &orgs) > 1;
    HTML(out, "<div class=\"lanyard-people\">\n");
    ui_table_open(out, caption, heads, schools ? 3 : 2);
    for (size_t i = 0; i < count; i++) write_row(people, rows[i], schools);
    ui_table_close(out);
    HTML(out, "</div>\n");
}

static struct ui_frame open_list(struct people *people, const struct people_filter *filter,
                                 struct slice words)
{
    struct text *out = people->out;
    struct ui_frame frame = pages_frame(people->visit, SLICE("People"));
    const struct person_here *here = visit_person(people->visit);
    frame.nav = here->menu;
    frame.nav_count = here->menu_count;
    frame.here = SLICE("/people");
    frame.wide = true;
    ui_frame_open(out, &frame);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, SLICE("People"));
    write_filter(people, filter, words);
    if (visit_may(people->visit, ACT_ADD_PERSON)) {
        HTML(out, "<p class=\"govuk-body\">");
        html_link(out, SLICE("/people/add"), SLICE("Add a person"));
        HTML(out, "</p>\n");
    }
    return frame;
}

static struct slice school_part(struct people *people, const struct people_filter *filter)
{
    return id_is_none(&filter->org) ? SLICE("all") : people_hex(people, &filter->org);
}

static void write_list(struct people *people, const struct people_filter *filter, size_t page)
{
    struct people_page list;
    people_list(&people->viewer, filter, page, &list);
    struct ui_frame frame = open_list(people, filter, SLICE_EMPTY);
    size_t first = (list.page - 1) * PEOPLE_LIST_ROWS + 1;
    struct slice caption = list.total == 0 ? SLICE("Nobody")
                                           : arena_format(people->arena, "%zu to %zu of %zu", first,
                                                          first + list.count - 1, list.total);
    struct slice school = school_part(people, filter);
    write_rows(people, caption, list.at, list.count);
    ui_pagination(people->out,
                  arena_format(people->arena, "/people/list/%.*s/%.*s/", SLICE_PRINT(school),
                               SLICE_PRINT(kinds[filter->kind].code)),
                  list.page, list.pages);
    ui_frame_close(people->out, &frame);
}

/* ---- handlers ---- */

static void whole_list(struct people *people)
{
    struct people_filter filter = {.kind = PEOPLE_HERE};
    write_list(people, &filter, 1);
}

void people_page(struct visit *visit)
{
    people_visit(visit, whole_list);
}

/* A school that the viewer sees, or all. */
static bool read_filter(struct people *people, struct slice school, struct slice kind,
                        struct people_filter *ret_filter)
{
    const struct org **orgs;
    *ret_filter = (struct people_filter){.kind = kind_of(kind)};
    if (ret_filter->kind == PEOPLE_KINDS) return false;
    if (slice_is(school, "all")) return true;
    size_t count = viewer_orgs(&people->viewer, people->arena, &orgs);
    if (!id_read(school, &ret_filter->org)) return false;
    for (size_t i = 0; i < count; i++)
        if (id_same(&orgs[i]->id, &ret_filter->org)) return true;
    return false;
}

static void part_of_list(struct people *people)
{
    struct people_filter filter;
    int64_t page;
    if (!read_filter(people, people_part(people->visit, 0), people_part(people->visit, 1),
                     &filter) ||
        !slice_number(people_part(people->visit, 2), &page) || page < 1)
        visit_refuse(people->visit, 404, NULL);
    else
        write_list(people, &filter, (size_t)page);
}

void people_list_page(struct visit *visit)
{
    people_visit(visit, part_of_list);
}

static void write_found(struct people *people, const struct people_filter *filter,
                        struct slice words)
{
    const struct registered **found;
    size_t count =
        people_find(&people->viewer, filter, words, people->arena, &found, FOUND_SHOWN + 1);
    bool more = count > FOUND_SHOWN;
    size_t shown = more ? FOUND_SHOWN : count;
    struct ui_frame frame = open_list(people, filter, words);
    struct slice caption =
        more ? arena_format(people->arena, "The first %d; add another name to see fewer",
                            FOUND_SHOWN)
             : arena_format(people->arena, "%zu found", count);
    write_rows(people, caption, found, shown);
    if (count == 0)
        ui_paragraph(people->out,
                     SLICE("Nobody has a name that begins like this. Try fewer letters, or look "
                           "among those who have left."));
    ui_frame_close(people->out, &frame);
}

static void answer(struct people *people)
{
    const struct form *form = people->visit->form;
    struct slice words = form_value(form, PEOPLE_WORDS);
    struct slice school = form_value(form, PEOPLE_ORG), kind = form_value(form, PEOPLE_KIND);
    struct people_filter filter;
    if (school.length == 0) school = SLICE("all");
    if (kind.length == 0) kind = SLICE("here");
    if (!read_filter(people, school, kind, &filter))
        visit_refuse(people->visit, 400, NULL);
    else if (words.length > 0)
        write_found(people, &filter, words);
    else
        response_see(people->visit->response,
                     arena_format(people->arena, "/people/list/%.*s/%.*s/1", SLICE_PRINT(school),
                                  SLICE_PRINT(kind)));
}

void people_answer(struct visit *visit)
{
    people_visit(visit, answer);
}
