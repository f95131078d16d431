/* Home of who is signed in: what waits for them, what they may do here, and themselves. */
#include "page/people.h"

/* ---- what waits ---- */

static size_t count_proposals(struct people *people, struct error *error)
{
    struct proposal *proposals;
    size_t count, mine = 0;
    unsigned sees;
    const struct id *me = &people->viewer.person;
    if (!people_proposals(people->record, people->arena, &proposals, &count, error)) return 0;
    for (size_t i = 0; i < count; i++) {
        const struct proposal *proposal = &proposals[i];
        if (allowed_in(viewer_acts(&people->viewer, &proposal->org), ACT_CONFIRM_ROLE) &&
            viewer_person(&people->viewer, &proposal->person, &sees) != NULL &&
            !register_same(people->view, &proposal->person, me) &&
            !register_same(people->view, &proposal->proposer, me) &&
            !register_same(people->view, &proposal->first_yes, me))
            mine++;
    }
    return mine;
}

struct counted {
    size_t tasks, overdue;
};

/* A task about somebody whom the viewer does not see is not theirs to see either; what was told is about no person in clear. */
static bool shows(const struct people *people, const struct waiting *waiting)
{
    unsigned sees;
    if (register_person(people->view, &waiting->about) == NULL) return true;
    return viewer_person(&people->viewer, &waiting->about, &sees) != NULL;
}

static void write_hand(struct people *people, const struct waiting *waiting)
{
    struct slice hex = people_hex(people, &waiting->about);
    struct slice name = people_called_id(people, &waiting->about);
    bool reset = slice_is(waiting->kind, "hand-reset");
    const char *what = reset ? "a reset" : "an invitation";
    if (!reset && !slice_is(waiting->kind, "hand-invite")) return;
    HTML(people->out, "<li>");
    html_link(people->out, arena_format(people->arena, "/people/hand/%.*s", SLICE_PRINT(hex)),
              arena_format(people->arena, "Hand over %s to %.*s", what, SLICE_PRINT(name)));
    HTML(people->out, "</li>\n");
}

static void write_tasks(struct people *people, const struct waiting *waiting, size_t count,
                        struct counted *counted)
{
    int64_t now = record_now(people->record);
    for (size_t i = 0; i < count; i++) {
        if (!shows(people, &waiting[i])) continue;
        counted->tasks++;
        if (waiting[i].due <= now) counted->overdue++;
        write_hand(people, &waiting[i]);
    }
}

static void count_line(struct people *people, struct slice address, size_t count, const char *one,
                       const char *many)
{
    if (count == 0) return;
    HTML(people->out, "<li>");
    html_link(people->out, address,
              count == 1 ? slice_of(one) : arena_format(people->arena, "%zu %s", count, many));
    HTML(people->out, "</li>\n");
}

static bool write_waiting(struct people *people, struct error *error)
{
    struct waiting *waiting;
    struct counted counted = {0};
    size_t count;
    struct text *out = people->out;
    if (!people_waiting(people->record, &people->viewer.person, people->arena, &waiting, &count,
                        error))
        return false;
    size_t proposals = count_proposals(people, error);
    if (error->code != ERROR_NONE) return false;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Waiting for you"));
    HTML(out, "<ul class=\"govuk-list\">\n");
    count_line(people, SLICE("/roles"), proposals, "A proposed role: say yes or no",
               "proposed roles: say yes or no");
    write_tasks(people, waiting, count, &counted);
    count_line(people, SLICE("/tasks"), counted.tasks, "One task", "tasks");
    HTML(out, "</ul>\n");
    if (counted.overdue > 0)
        ui_warning(out, counted.overdue == 1 ? SLICE("One of your tasks is overdue.")
                                             : SLICE("Some of your tasks are overdue."));
    if (counted.tasks + proposals == 0) ui_paragraph(out, SLICE("Nothing waits for you."));
    return true;
}

/* ---- what one may do ---- */

struct doing {
    const char *address, *words;
    enum record_act act; /* that opens it */
};
static const struct doing doings[] = {
    {"/people/add", "Add a person", ACT_ADD_PERSON},
    {"/imports", "Files of people", ACT_BRING_IMPORT},
    {"/roles", "Proposed roles", ACT_CONFIRM_ROLE},
    {"/absences", "Who is away", ACT_RECORD_ABSENCE},
    {"/deputies", "Who stands in for a role", ACT_NAME_DEPUTY},
    {"/organisations", "Organisations", ACT_ADD_ORGANISATION},
    {"/calendar", "School calendar", ACT_SET_CALENDAR},
};

static void link_item(struct text *out, struct slice address, struct slice words)
{
    HTML(out, "<li>");
    html_link(out, address, words);
    HTML(out, "</li>\n");
}

static void write_doings(struct people *people)
{
    struct text *out = people->out;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What you can do here"));
    HTML(out, "<ul class=\"govuk-list\">\n");
    if (people->viewer.lists) link_item(out, SLICE("/people"), SLICE("People"));
    for (size_t i = 0; i < sizeof doings / sizeof *doings; i++)
        if (visit_may(people->visit, doings[i].act))
            link_item(out, slice_of(doings[i].address), slice_of(doings[i].words));
    link_item(out, people_address(people, &people->viewer.person, ""),
              SLICE("What is recorded about you"));
    link_item(out, SLICE("/account"), SLICE("Your password, codes and sessions"));
    HTML(out, "</ul>\n");
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

static void write_start(struct people *people)
{
    struct error error = {.code = ERROR_NONE};
    const struct person_here *here = visit_person(people->visit);
    struct ui_frame frame =
        here_frame_open(people->visit, SLICE("Home"), SLICE("/home"), SLICE_EMPTY, false);
    ui_caption(people->out, UI_LARGE, record_name(people->record));
    ui_heading(people->out, 1, UI_LARGE, SLICE_EMPTY,
               arena_format(people->arena, "Hello, %.*s", SLICE_PRINT(here->who.name)));
    if (!write_waiting(people, &error)) {
        here_fail(people->visit, &error);
        return;
    }
    write_children(people);
    write_doings(people);
    ui_frame_close(people->out, &frame);
}

void start_page(struct visit *visit)
{
    people_visit(visit, write_start);
}
