/* Home of who is signed in: what waits for them, overdue first, then what they may want to do, in the words of what they are
 * here. What waits stands in start_waiting.c, the words in start_rows.c. */
#include "page/start.h"

#include "service/overview.h"

#define LATE_LARGEST 100 /* late tasks are counted so far: the page is opened all day */

/* ---- overdue ---- */

static void write_band(struct people *people, struct slice address, struct slice words)
{
    struct text *out = people->out;
    HTML(out, "<p class=\"govuk-body lanyard-overdue\"><a class=\"govuk-link "
              "govuk-link--inverse\"");
    html_href(out, address);
    HTML(out, ">");
    html_text(out, words);
    HTML(out, "</a></p>\n");
}

/* At the top, in red: what is late where one leads, and what waits for oneself and is late. */
static void write_late(struct people *people, size_t late)
{
    struct slice address =
        visit_opens(people->visit, "/overdue") ? SLICE("/overdue") : SLICE("/overview");
    if (late == 0) return;
    write_band(people, address,
               late == 1 ? SLICE("One task is overdue where you lead")
                         : arena_format(people->arena, "%zu%s tasks are overdue where you lead",
                                        late, late == LATE_LARGEST ? " or more" : ""));
}

static void write_overdue(struct people *people, const struct start_waiting *waiting)
{
    const struct start_item *first = waiting->overdue > 0 ? &waiting->items.at[0] : NULL;
    if (first == NULL) return;
    write_band(people, first->address,
               waiting->overdue == 1
                   ? SLICE("One thing that waits for you is overdue")
                   : arena_format(people->arena, "%zu things that wait for you are overdue",
                                  waiting->overdue));
}

/* ---- lists ---- */

static void write_waiting(struct people *people, const struct start_waiting *waiting)
{
    struct text *out = people->out;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Waiting for you"));
    if (waiting->items.count == 0) {
        ui_paragraph(out, SLICE("Nothing waits for you."));
        return;
    }
    ui_tasks_open(out);
    for (size_t i = 0; i < waiting->items.count; i++) {
        const struct start_item *item = &waiting->items.at[i];
        struct ui_task row = {.address = item->address,
                              .words = item->words,
                              .more = item->more,
                              .status = item->status,
                              .colour = item->overdue ? "red" : NULL};
        ui_tasks_row(out, &row, i + 1);
    }
    ui_tasks_close(out);
}

static void link_item(struct text *out, struct slice address, struct slice words)
{
    HTML(out, "<li>");
    html_link(out, address, words);
    HTML(out, "</li>\n");
}

static void write_children(struct people *people)
{
    const struct registered **children;
    size_t count =
        register_children(people->view, &people->viewer.person, false, people->arena, &children);
    if (count == 0) return;
    ui_heading(people->out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Your children here"));
    HTML(people->out, "<ul class=\"govuk-list\">\n");
    for (size_t i = 0; i < count; i++)
        link_item(people->out, people_address(people, &children[i]->id, ""),
                  people_called(people, children[i]));
    HTML(people->out, "</ul>\n");
}

static void write_more(struct people *people, const struct start_rows *rows)
{
    struct text *out = people->out;
    ui_details_open(out, SLICE("More you can do here"));
    HTML(out, "<ul class=\"govuk-list\">\n");
    for (size_t i = 0; i < rows->rest.count; i++)
        link_item(out, slice_of(rows->rest.at[i]->address), slice_of(rows->rest.at[i]->words));
    link_item(out, people_address(people, &people->viewer.person, ""),
              SLICE("What is recorded about you"));
    link_item(out, SLICE("/account"), SLICE("Your password, codes and sessions"));
    HTML(out, "</ul>\n");
    ui_details_close(out);
}

static void write_doings(struct people *people)
{
    struct text *out = people->out;
    struct start_rows rows;
    start_rows(people->visit, &rows);
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What would you like to do?"));
    HTML(out, "<ul class=\"govuk-list lanyard-doings lanyard-doings-short\">\n");
    for (size_t i = 0; i < rows.first.count; i++) {
        HTML(out, "<li>");
        html_link(out, slice_of(rows.first.at[i]->address), slice_of(rows.first.at[i]->words));
        HTML(out, "<br><span class=\"lanyard-soft\">");
        html_string(out, rows.first.at[i]->more);
        HTML(out, "</span></li>\n");
    }
    HTML(out, "</ul>\n");
    write_more(people, &rows);
}

/* ---- the page ---- */

static struct slice own_school(const struct people *people)
{
    const struct registered *me = register_person(people->view, &people->viewer.person);
    return me == NULL ? record_name(people->record) : people_org_name(people, &me->org);
}

static void write_start(struct people *people)
{
    struct error error = {.code = ERROR_NONE};
    struct start_waiting waiting;
    size_t late;
    const struct person_here *here = visit_person(people->visit);
    if (!start_waiting(people, &waiting, &error) ||
        !overview_late(people->record, &people->viewer, LATE_LARGEST, &late, &error)) {
        here_fail(people->visit, &error);
        return;
    }
    struct ui_frame frame = here_frame(people->visit, SLICE("Home"));
    frame.here = SLICE("/home");
    /* that the policy's review is late stands on each page of it, and waits for those who can do something about it */
    struct slice late_review = visit_overdue(people->visit);
    if (late_review.length > 0 && slice_equal(frame.notice, late_review))
        frame.notice = SLICE_EMPTY;
    ui_frame_open(people->out, &frame);
    ui_caption(people->out, UI_LARGE, own_school(people));
    ui_heading(people->out, 1, UI_LARGE, SLICE_EMPTY,
               arena_format(people->arena, "Hello, %.*s", SLICE_PRINT(here->who.name)));
    write_late(people, late);
    write_overdue(people, &waiting);
    write_waiting(people, &waiting);
    write_children(people);
    write_doings(people);
    ui_frame_close(people->out, &frame);
}

void start_page(struct visit *visit)
{
    people_visit(visit, write_start);
}
