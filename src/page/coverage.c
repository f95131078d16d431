/* Who has signed and who has not: by school and role for those who lead or look after it, as a page and as a table to download;
 * and the names behind a number, as far as the reader may see them. */
#include "page/keeping.h"
#include "page/signing.h"

#define WHO_ROWS 50u
#define EVERY_ROLE SLICE("all")

/* ---- whose numbers the reader may see --------------------------------------------------------------- */

static bool sees_org(const struct people *people, const struct id *org)
{
    return viewer_leads(&people->viewer, org) ||
           allowed_in(viewer_acts(&people->viewer, org), ACT_RECORD_TRAINING);
}

/* The rows of the reader's schools alone; the sum is theirs too. */
static void find(struct people *people, struct coverage *ret_coverage)
{
    struct id anywhere = {{0}};
    struct coverage all;
    signoff_coverage(people->record, people->view, &anywhere,
                     people->viewer.barred ? &people->viewer.person : &anywhere, people->arena,
                     &all);
    *ret_coverage = (struct coverage){.version = all.version};
    for (size_t i = 0; i < all.rows.count; i++) {
        const struct coverage_row *row = &all.rows.at[i];
        if (!sees_org(people, &row->org->id)) continue;
        LIST_PUSH(people->arena, &ret_coverage->rows, *row);
        if (row->role != ROLES) continue;
        ret_coverage->all.bound += row->count.bound;
        ret_coverage->all.owed += row->count.owed;
        ret_coverage->all.overdue += row->count.overdue;
        ret_coverage->frozen += row->frozen;
    }
}

/* ---- the numbers ----------------------------------------------------------------------------------- */

static struct slice of_hundred(const struct coverage_count *count, struct arena *arena)
{
    size_t done = count->bound - count->owed;
    return count->bound == 0 ? SLICE_EMPTY
                             : arena_format(arena, "%zu%%", done * 100 / count->bound);
}

static struct slice who_address(struct people *people, const struct coverage_row *row)
{
    struct slice role = row->role == ROLES ? EVERY_ROLE : role_row(row->role)->code;
    return arena_format(people->arena, "/coverage/who/%.*s/%.*s/1",
                        SLICE_PRINT(people_hex(people, &row->org->id)), SLICE_PRINT(role));
}

static void number_cell(struct text *out, const char *label, size_t number)
{
    HTML(out, "<td class=\"govuk-table__cell\"><span class=\"lanyard-label\">");
    html_string(out, label);
    HTML(out, " </span>");
    html_number(out, (int64_t)number);
    HTML(out, "</td>");
}

static void write_row(struct people *people, const struct coverage_row *row)
{
    struct text *out = people->out;
    const struct coverage_count *count = &row->count;
    struct slice name = row->role == ROLES ? SLICE("Everybody") : role_row(row->role)->title;
    HTML(out, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
    if (count->owed > 0)
        html_link(out, who_address(people, row), name);
    else
        html_text(out, name);
    HTML(out, "</th>");
    number_cell(out, "Bound:", count->bound);
    number_cell(out, "Signed:", count->bound - count->owed);
    number_cell(out, "Not signed:", count->owed);
    number_cell(out, "Overdue:", count->overdue);
    HTML(out, "<td class=\"govuk-table__cell\">");
    html_text(out, of_hundred(count, people->arena));
    HTML(out, "</td></tr>\n");
}

static void write_tables(struct people *people, const struct coverage *coverage)
{
    static const struct slice heads[] = {SLICE("Role"),       SLICE("Bound"),   SLICE("Signed"),
                                         SLICE("Not signed"), SLICE("Overdue"), SLICE("Share")};
    struct text *out = people->out;
    for (size_t i = 0; i < coverage->rows.count; i++) {
        const struct coverage_row *row = &coverage->rows.at[i];
        if (row->role == ROLES) {
            if (i > 0) {
                ui_table_close(out);
                HTML(out, "</div>\n");
            }
            HTML(out, "<div class=\"lanyard-people\">\n");
            ui_table_open(out, row->org->name, heads, sizeof heads / sizeof *heads);
        }
        write_row(people, row);
    }
    if (coverage->rows.count == 0) return;
    ui_table_close(out);
    HTML(out, "</div>\n");
}

static void write_sum(struct people *people, const struct coverage *coverage)
{
    const struct coverage_count *all = &coverage->all;
    struct arena *arena = people->arena;
    ui_paragraph(people->out, arena_format(arena, "%zu of %zu have signed the policy in force.",
                                           all->bound - all->owed, all->bound));
    if (all->overdue > 0)
        ui_warning(people->out, arena_format(arena, "%zu should have signed by now and %s not.",
                                             all->overdue, all->overdue == 1 ? "has" : "have"));
    if (coverage->frozen > 0)
        ui_paragraph(people->out,
                     arena_format(arena,
                                  "%zu who left had signed: their signatures are kept, and they "
                                  "are asked no more.",
                                  coverage->frozen));
}

static void show(struct people *people)
{
    struct coverage coverage;
    struct text *out = people->out;
    struct slice title = SLICE("Who has signed");
    find(people, &coverage);
    struct ui_frame frame =
        here_frame_open(people->visit, title, SLICE("/coverage"), SLICE("/home"), false);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    if (id_is_none(&coverage.version)) {
        ui_paragraph(out, SLICE("No policy is in force, or it binds nobody who is here."));
    } else {
        write_sum(people, &coverage);
        ui_paragraph(out, SLICE("Somebody with two roles is counted in both, and once among "
                                "everybody. Those whom a change concerns, who are new or have a "
                                "new role have five school days from the day they are asked."));
        write_tables(people, &coverage);
        keeping_link_line(out, SLICE("/coverage/coverage.csv"),
                          SLICE("The numbers as a table (CSV)"));
    }
    ui_frame_close(out, &frame);
}

void coverage_page(struct visit *visit)
{
    people_visit(visit, show);
}

static void send(struct people *people)
{
    struct coverage coverage;
    find(people, &coverage);
    people->visit->response->content_type = "text/csv; charset=utf-8";
    signoff_csv(&coverage, people->arena, people->out);
}

void coverage_file(struct visit *visit)
{
    people_visit(visit, send);
}

/* ---- the names ------------------------------------------------------------------------------------- */

struct owing {
    const struct registered *person;
    struct signoff signoff;
};
struct asked {
    struct people *people;
    struct id org;
    uint64_t roles; /* any of these; none: whatever role */
    LIST(struct owing) list;
    size_t unseen;
};

static bool collect(void *context, const struct registered *person, const struct signoff *signoff)
{
    struct asked *asked = context;
    if (!signoff->owed || !id_same(&person->org, &asked->org)) return true;
    if (asked->roles != 0 && (signoff->roles & asked->roles) == 0) return true;
    const struct viewer *viewer = &asked->people->viewer;
    if (register_barred(asked->people->view, &viewer->person, &person->id)) return true;
    if (viewer_sees_listed(viewer, person) & SEES_NAME)
        LIST_PUSH(asked->people->arena, &asked->list, (struct owing){person, *signoff});
    else
        asked->unseen++;
    return true;
}

static void write_owing(struct people *people, const struct owing *owing)
{
    struct text *out = people->out;
    const struct signoff *signoff = &owing->signoff;
    struct slice why = signing_why(people->record, signoff, false, people->arena);
    HTML(out, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
    html_link(out, people_address(people, &owing->person->id, ""), owing->person->shown_as);
    HTML(out, "</th><td class=\"govuk-table__cell\">");
    html_text(out, why);
    HTML(out, "</td><td class=\"govuk-table__cell\">");
    if (signoff->overdue) {
        ui_tag(out, "red", SLICE("Overdue"));
        HTML(out, "<br>");
    }
    html_text(out, arena_format(people->arena, "By %.*s, asked on %.*s",
                                SLICE_PRINT(people_day(people, signoff->due)),
                                SLICE_PRINT(people_day(people, signoff->since))));
    if (people_may(people, owing->person, ACT_RECORD_SHEET)) {
        HTML(out, "<br><a class=\"govuk-link\"");
        html_href(out, keeping_address("/coverage/sheet/", &owing->person->id, people->arena));
        HTML(out, ">Record a sheet<span class=\"govuk-visually-hidden\"> of ");
        html_text(out, people_called(people, owing->person));
        HTML(out, "</span></a>");
    }
    HTML(out, "</td></tr>\n");
}

static void write_names(struct people *people, const struct asked *asked, size_t page, size_t pages)
{
    static const struct slice heads[] = {SLICE("Who"), SLICE("Why"), SLICE("Due")};
    size_t from = (page - 1) * WHO_ROWS;
    struct slice caption = pages == 1 ? arena_format(people->arena, "%zu in all", asked->list.count)
                                      : arena_format(people->arena, "Page %zu of %zu, %zu in all",
                                                     page, pages, asked->list.count);
    if (asked->list.count == 0) return;
    HTML(people->out, "<div class=\"lanyard-people\">\n");
    ui_table_open(people->out, caption, heads, 3);
    for (size_t i = from; i < asked->list.count && i < from + WHO_ROWS; i++)
        write_owing(people, &asked->list.at[i]);
    ui_table_close(people->out);
    HTML(people->out, "</div>\n");
}

static void write_who(struct people *people, const struct asked *asked, struct slice role,
                      size_t page)
{
    struct text *out = people->out;
    size_t pages = (asked->list.count + WHO_ROWS - 1) / WHO_ROWS;
    struct slice title = SLICE("Who has not signed yet");
    if (pages == 0) pages = 1;
    if (page > pages) page = pages;
    struct ui_frame frame =
        here_frame_open(people->visit, title, SLICE("/coverage"), SLICE("/coverage"), false);
    ui_caption(out, UI_LARGE,
               asked->roles == 0 ? people_org_name(people, &asked->org)
                                 : arena_format(people->arena, "%.*s, %.*s",
                                                SLICE_PRINT(people_org_name(people, &asked->org)),
                                                SLICE_PRINT(role_row(role_of(role))->title)));
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    write_names(people, asked, page, pages);
    if (asked->unseen > 0)
        ui_paragraph(out, arena_format(people->arena, "%s%zu whose names are not yours to see.",
                                       asked->list.count > 0 ? "And " : "", asked->unseen));
    if (asked->list.count + asked->unseen == 0) ui_paragraph(out, SLICE("Everybody has."));
    ui_pagination(out,
                  arena_format(people->arena, "/coverage/who/%.*s/%.*s/",
                               SLICE_PRINT(people_hex(people, &asked->org)), SLICE_PRINT(role)),
                  page, pages);
    ui_frame_close(out, &frame);
}

static void show_who(struct people *people)
{
    struct asked asked = {.people = people};
    struct slice role = people_part(people->visit, 1);
    int64_t page;
    bool known = slice_equal(role, EVERY_ROLE) || role_of(role) != ROLES;
    if (!id_read(people_part(people->visit, 0), &asked.org) || !sees_org(people, &asked.org) ||
        !known || !slice_number(people_part(people->visit, 2), &page) || page < 1) {
        visit_refuse(people->visit, 404, NULL);
        return;
    }
    if (!slice_equal(role, EVERY_ROLE)) asked.roles = role_bit(role_of(role));
    signoff_each(people->record, people->view, &asked.org, collect, &asked);
    write_who(people, &asked, role, (size_t)page);
}

void coverage_who_page(struct visit *visit)
{
    people_visit(visit, show_who);
}
