/* Being away: one's own days, and for who may say it for others, everybody's who is away now or will be. Why is not asked. */
#include "page/absences.h"

const struct field absence_fields[] = {
    [ABSENCE_ORDER] = HERE_ORDER_FIELD,
    PEOPLE_DAY_FIELDS("since"),
    PEOPLE_DAY_FIELDS("until"),
};

/* ---- the list ---- */

static void write_back_form(struct people *people, const struct absent *absent, struct slice name)
{
    people_small_form(people, SLICE("/absences/end"), UI_BUTTON_LINK,
                      absent->since > people->viewer.today ? SLICE("Not away after all")
                                                           : SLICE("Back again"),
                      arena_format(people->arena, "%.*s", SLICE_PRINT(name)), SLICE("of"),
                      people_hex(people, &absent->id));
}

static bool own_absence(const struct people *people, const struct absent *absent)
{
    return register_same(people->view, &absent->person, &people->viewer.person);
}

static void write_row(struct people *people, const struct absent *absent,
                      const struct registered *person)
{
    struct text *out = people->out;
    struct slice name = people_called(people, person);
    HTML(out, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
    html_link(out, people_address(people, &person->id, ""), person->shown_as);
    HTML(out, "</th><td class=\"govuk-table__cell\">");
    html_text(out, people_days(people, absent->since, absent->until));
    HTML(out, "</td><td class=\"govuk-table__cell\">");
    if (people_may(people, person, ACT_END_ABSENCE)) write_back_form(people, absent, name);
    HTML(out, "</td></tr>\n");
}

static size_t write_rows(struct people *people, const struct absent *absences, size_t count,
                         bool own, struct slice caption)
{
    static const struct slice heads[] = {SLICE("Who"), SLICE("Away"), SLICE("Change")};
    size_t shown = 0;
    unsigned sees;
    for (size_t i = 0; i < count; i++) {
        const struct registered *person =
            viewer_person(&people->viewer, &absences[i].person, &sees);
        if (person == NULL || !(sees & SEES_AWAY) || own_absence(people, &absences[i]) != own)
            continue;
        if (shown++ == 0) {
            HTML(people->out, "<div class=\"lanyard-people\">\n");
            ui_table_open(people->out, caption, heads, 3);
        }
        write_row(people, &absences[i], person);
    }
    if (shown == 0) return 0;
    ui_table_close(people->out);
    HTML(people->out, "</div>\n");
    return shown;
}

static bool may_for_others(struct people *people)
{
    const struct org **orgs;
    size_t count = viewer_orgs(&people->viewer, people->arena, &orgs);
    for (size_t i = 0; i < count; i++)
        if (allowed_in(viewer_acts(&people->viewer, &orgs[i]->id), ACT_RECORD_ABSENCE)) return true;
    return false;
}

static void write_list(struct people *people, const struct absent *absences, size_t count)
{
    struct text *out = people->out;
    struct slice me = people_hex(people, &people->viewer.person);
    if (write_rows(people, absences, count, true, SLICE("You")) == 0)
        ui_paragraph(out, SLICE("No day is recorded on which you are away."));
    HTML(out, "<p class=\"govuk-body\">");
    html_link(out, arena_format(people->arena, "/absences/for/%.*s", SLICE_PRINT(me)),
              SLICE("Say when you are away"));
    HTML(out, "</p>\n");
    if (!people->viewer.lists) return;
    if (write_rows(people, absences, count, false, SLICE("Others")) == 0)
        ui_paragraph(out, SLICE("Nobody else is recorded as away, now or on a day to come."));
    if (may_for_others(people))
        ui_paragraph(out, SLICE("To record an absence for somebody else, open them in the list of "
                                "people."));
}

static void write_page(struct people *people, struct slice wrong)
{
    struct error error = {.code = ERROR_NONE};
    struct absent *absences;
    size_t count;
    struct ui_question problem = people_question("absences", SLICE_EMPTY, SLICE_EMPTY);
    problem.error = wrong;
    if (!people_absences(people->record, people->viewer.lists ? NULL : &people->viewer.person,
                         people->arena, &absences, &count, &error)) {
        here_fail(people->visit, &error);
        return;
    }
    struct ui_frame frame = here_frame_open(people->visit, SLICE("Away"), SLICE("/home"),
                                            SLICE("/home"), wrong.length > 0);
    struct slice done = people_part(people->visit, 0);
    if (wrong.length > 0) ui_problem(people->out, &problem, 1);
    if (slice_is(done, "recorded")) ui_success(people->out, SLICE("The absence is recorded"));
    if (slice_is(done, "ended")) ui_success(people->out, SLICE("The absence is over"));
    ui_heading(people->out, 1, UI_LARGE, SLICE("absences"), SLICE("Away"));
    write_list(people, absences, count);
    ui_frame_close(people->out, &frame);
}

static void show(struct people *people)
{
    write_page(people, SLICE_EMPTY);
}

void absences_page(struct visit *visit)
{
    people_visit(visit, show);
}

static void end_one(struct people *people)
{
    struct order order;
    struct outcome outcome;
    struct slice words;
    if (!people_order(people, ONCE_ORDER, ACT_END_ABSENCE, &order)) return;
    people_set(people, &order, "absence", form_value(people->visit->form, ONCE_OF));
    enum people_end end = people_do(people, &order, &outcome, &words);
    if (end == PEOPLE_DONE) response_see(people->visit->response, SLICE("/absences/ended"));
    if (end == PEOPLE_WRONG) write_page(people, words);
}

void absence_end_answer(struct visit *visit)
{
    people_visit(visit, end_one);
}

/* ---- recording one ---- */

struct typed {
    struct typed_day since, until;
    struct slice since_iso, until_iso, wrong_since, wrong_until, wrong;
};

static void write_form(struct people *people, const struct registered *person,
                       const struct typed *typed)
{
    struct ui_question questions[] = {
        people_question("since", SLICE("First day"), SLICE("For example, 27 3 2027")),
        people_question("until", SLICE("Last day"), SLICE("Leave it empty where it is not known")),
    };
    questions[0].error = typed->wrong_since;
    questions[1].error = typed->wrong_until;
    bool own = register_same(people->view, &person->id, &people->viewer.person);
    struct people_form form = {
        .title = own ? SLICE("Say when you are away") : SLICE("Record an absence"),
        .caption = people_called(people, person),
        .back = own ? SLICE("/absences") : people_address(people, &person->id, ""),
        .questions = questions,
        .count = 2,
        .wrong = typed->wrong};
    struct ui_frame frame = people_form_open(people, &form);
    ui_paragraph(people->out,
                 SLICE("While everybody with a role is away, those who stand in for it have it. "
                       "Why somebody is away is not kept."));
    ui_date(people->out, &questions[0], typed->since.day, typed->since.month, typed->since.year);
    ui_date(people->out, &questions[1], typed->until.day, typed->until.month, typed->until.year);
    people_form_close(people, &frame, UI_BUTTON_MAIN, SLICE("Save"));
}

static void show_form(struct people *people)
{
    const struct registered *person = people_subject(people, 0, ACT_RECORD_ABSENCE);
    struct typed typed = {.since = people_typed_day(people, people->viewer.today)};
    if (person != NULL) write_form(people, person, &typed);
}

void absence_form_page(struct visit *visit)
{
    people_visit(visit, show_form);
}

static bool read_form(struct people *people, struct typed *typed)
{
    typed->since = people_typed(people->visit, ABSENCE_SINCE);
    typed->until = people_typed(people->visit, ABSENCE_UNTIL);
    if (!people_iso(people, &typed->since, &typed->since_iso) || typed->since_iso.length == 0)
        typed->wrong_since = SLICE("First day must be a real date, such as 27 3 2027");
    if (!people_iso(people, &typed->until, &typed->until_iso))
        typed->wrong_until = SLICE("Last day must be a real date, such as 30 3 2027");
    return typed->wrong_since.length + typed->wrong_until.length == 0;
}

static void place_wrong(struct typed *typed, struct slice words)
{
    if (slice_starts(words, SLICE("The first day")))
        typed->wrong_since = words;
    else if (slice_starts(words, SLICE("The last day")))
        typed->wrong_until = words;
    else
        typed->wrong = words;
}

static void record(struct people *people)
{
    struct typed typed = {0};
    struct order order;
    struct outcome outcome;
    struct slice words = SLICE_EMPTY;
    enum people_end end = PEOPLE_WRONG;
    const struct registered *person = people_subject(people, 0, ACT_RECORD_ABSENCE);
    if (person == NULL) return;
    struct id id = person->id;
    bool own = register_same(people->view, &id, &people->viewer.person);
    if (read_form(people, &typed)) {
        if (!people_order(people, ABSENCE_ORDER, ACT_RECORD_ABSENCE, &order)) return;
        people_set_id(people, &order, "person", &id);
        people_set(people, &order, "since", typed.since_iso);
        people_set(people, &order, "until", typed.until_iso);
        end = people_do(people, &order, &outcome, &words);
    }
    if (end == PEOPLE_DONE) {
        response_see(people->visit->response,
                     own ? SLICE("/absences/recorded") : people_address(people, &id, "/away"));
    } else if (end == PEOPLE_WRONG && (person = people_subject(people, 0, ACTS)) != NULL) {
        if (words.length > 0) place_wrong(&typed, words);
        write_form(people, person, &typed);
    }
}

void absence_form_answer(struct visit *visit)
{
    people_visit(visit, record);
}
