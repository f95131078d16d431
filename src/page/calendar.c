/* The school calendar: terms, days without school and bank holidays to come, by which deadlines are counted. Everybody who is
 * signed in sees it; the form that sets it stands in calendar_change.c. */
#include "page/calendar.h"

#include "service/calendars.h"

#define AHEAD 400 /* days of bank holidays that are shown */

/* One look at a calendar. */
struct look {
    struct people *people;
    struct id org; /* whose page it is */
    struct calendar_here here;
    int64_t today;
    bool may;
};

/* ---- which ---------------------------------------------------------------------------------------- */

/* The organisation of the path; without one the viewer's own, else the top. */
static bool find_org(const struct people *people, struct id *ret_org)
{
    bool named = slice_find(slice_of(people->visit->route->path), '*') <
                 slice_of(people->visit->route->path).length;
    if (named)
        return id_read(people_part(people->visit, 0), ret_org) &&
               register_org(people->view, ret_org) != NULL;
    const struct registered *me = register_person(people->view, &people->viewer.person);
    *ret_org = me != NULL ? me->org : record_top(people->record);
    return true;
}

static struct slice address_of(const struct people *people, const char *before,
                               const struct id *org)
{
    struct slice hex = people_hex(people, org);
    return arena_format(people->arena, "%s%.*s", before, SLICE_PRINT(hex));
}

/* ---- what it says --------------------------------------------------------------------------------- */

static struct slice whose_words(const struct look *look)
{
    const struct people *people = look->people;
    const struct calendar_here *here = &look->here;
    if (id_is_none(&here->whose)) return SLICE("Nobody has set a calendar yet.");
    struct slice name = people_org_name(people, &here->whose);
    if (!id_same(&here->whose, &look->org))
        return arena_format(people->arena,
                            "This is the calendar of %.*s. It counts here, as there is none of its "
                            "own.",
                            SLICE_PRINT(name));
    return here->by_hand
               ? arena_format(people->arena, "This is the calendar of %.*s.", SLICE_PRINT(name))
               : arena_format(people->arena,
                              "This is the calendar of %.*s, as it came with a file of "
                              "people.",
                              SLICE_PRINT(name));
}

static void write_missing(const struct look *look)
{
    int64_t last;
    const struct people *people = look->people;
    struct slice words = SLICE("No terms are here. Until they are, each weekday that is no bank "
                               "holiday counts as a school day in deadlines.");
    if (!calendar_wants_terms(&look->here.calendar, look->today, &last)) return;
    if (last > 0) {
        struct slice day = people_day(people, last);
        words = arena_format(people->arena,
                             "The terms end on %.*s and the next ones are not here. Until they "
                             "are, each weekday after that counts as a school day in deadlines.",
                             SLICE_PRINT(day));
    }
    ui_warning(people->out, words);
}

static void write_summary(const struct look *look)
{
    struct text *out = look->people->out;
    const struct calendar *calendar = &look->here.calendar;
    struct slice nation = calendar->nation == NATION_UNKNOWN
                              ? SLICE("Not said: only bank holidays that all nations have count")
                              : nation_words(calendar->nation);
    ui_summary_open(out);
    ui_summary_row(out, SLICE("Nation"), nation);
    ui_summary_row(out, SLICE("What is owed at once is late after"),
                   arena_format(look->people->arena, "%lld minute%s", (long long)calendar->late,
                                calendar->late == 1 ? "" : "s"));
    ui_summary_close(out);
}

static size_t write_terms(const struct look *look, bool over, struct slice caption)
{
    static const struct slice heads[] = {SLICE("First day"), SLICE("Last day")};
    const struct people *people = look->people;
    const struct calendar *calendar = &look->here.calendar;
    size_t count = 0;
    for (size_t i = 0; i < calendar->terms.count; i++) {
        const struct term *term = &calendar->terms.at[i];
        if ((term->last < look->today) != over) continue;
        if (count++ == 0) ui_table_open(people->out, caption, heads, 2);
        struct slice cells[] = {people_day(people, term->first), people_day(people, term->last)};
        ui_table_row(people->out, cells, 2);
    }
    if (count > 0) ui_table_close(people->out);
    return count;
}

static bool any_over(const struct look *look)
{
    const struct calendar *calendar = &look->here.calendar;
    return calendar->terms.count > 0 && calendar->terms.at[0].last < look->today;
}

static void write_all_terms(const struct look *look)
{
    struct text *out = look->people->out;
    if (write_terms(look, false, SLICE("Terms, now and to come")) == 0) {
        ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Terms"));
        ui_paragraph(out, SLICE("None that are still to come."));
    }
    if (!any_over(look)) return;
    ui_details_open(out, SLICE("Terms that are over"));
    (void)write_terms(look, true, SLICE("Over"));
    ui_details_close(out);
}

static void write_closed(const struct look *look)
{
    const struct people *people = look->people;
    const struct calendar *calendar = &look->here.calendar;
    bool open = false;
    ui_heading(people->out, 2, UI_MEDIUM, SLICE_EMPTY,
               SLICE("INSET days and others without school"));
    for (size_t i = 0; i < calendar->closed.count; i++) {
        if (calendar->closed.at[i] < look->today) continue;
        if (!open) ui_list_open(people->out, false);
        open = true;
        ui_list_item(people->out, people_day(people, calendar->closed.at[i]));
    }
    if (open)
        ui_list_close(people->out, false);
    else
        ui_paragraph(people->out, SLICE("None that are still to come."));
}

static void write_holidays(const struct look *look)
{
    static const struct slice heads[] = {SLICE("Day"), SLICE("Bank holiday")};
    const struct people *people = look->people;
    struct text *out = people->out;
    ui_table_open(out, SLICE("Bank holidays to come"), heads, 2);
    for (int64_t day = look->today; day < look->today + AHEAD; day++) {
        struct slice name = calendar_bank_holiday(look->here.calendar.nation, day);
        if (name.length == 0) continue;
        struct slice cells[] = {people_day(people, day), name};
        ui_table_row(out, cells, 2);
    }
    ui_table_close(out);
    struct slice until = people_day(people, calendar_known_until());
    struct slice checked = people_day(people, calendar_checked());
    ui_paragraph(out, arena_format(people->arena,
                                   "As published by GOV.UK up to %.*s, looked up on %.*s. After "
                                   "that, each weekday counts until a newer Lanyard knows more.",
                                   SLICE_PRINT(until), SLICE_PRINT(checked)));
}

/* ---- the page ------------------------------------------------------------------------------------- */

/* The other organisations of the record; nothing where there is one. */
static void write_others(const struct look *look)
{
    const struct people *people = look->people;
    const struct org *orgs;
    size_t count = register_orgs(people->view, &orgs);
    if (count < 2) return;
    ui_details_open(people->out, SLICE("Look at another school"));
    HTML(people->out, "<ul class=\"govuk-list\">\n");
    for (size_t i = 0; i < count; i++) {
        if (!orgs[i].open || id_same(&orgs[i].id, &look->org)) continue;
        HTML(people->out, "<li>");
        html_link(people->out, address_of(people, "/calendar/", &orgs[i].id), orgs[i].name);
        HTML(people->out, "</li>\n");
    }
    HTML(people->out, "</ul>\n");
    ui_details_close(people->out);
}

static void write_change(const struct look *look)
{
    struct text *out = look->people->out;
    if (!look->may) return;
    HTML(out, "<p class=\"govuk-body\">");
    html_link(out, address_of(look->people, "/calendar/change/", &look->org),
              id_same(&look->here.whose, &look->org) ? SLICE("Change this calendar")
                                                     : SLICE("Set a calendar of its own"));
    HTML(out, "</p>\n");
}

static void write_page(const struct look *look)
{
    struct people *people = look->people;
    struct slice title = SLICE("School calendar");
    struct ui_frame frame =
        here_frame_open(people->visit, title, SLICE("/home"), SLICE("/home"), false);
    if (slice_is(people_part(people->visit, 1), "saved"))
        ui_success(people->out, SLICE("The calendar is saved"));
    ui_caption(people->out, UI_LARGE, people_org_name(people, &look->org));
    ui_heading(people->out, 1, UI_LARGE, SLICE_EMPTY, title);
    write_missing(look);
    ui_paragraph(people->out, whose_words(look));
    ui_paragraph(people->out,
                 SLICE("Deadlines in school days and working days are counted by it."));
    write_change(look);
    write_others(look);
    write_summary(look);
    write_all_terms(look);
    write_closed(look);
    write_holidays(look);
    ui_frame_close(people->out, &frame);
}

static void show(struct people *people)
{
    struct error error = {.code = ERROR_NONE};
    struct look look = {.people = people, .today = people->viewer.today};
    if (!find_org(people, &look.org)) {
        visit_refuse(people->visit, 404, NULL);
        return;
    }
    if (!calendar_here(people->record, &look.org, people->arena, &look.here, &error)) {
        here_fail(people->visit, &error);
        return;
    }
    look.may = allowed_in(viewer_acts(&people->viewer, &look.org), ACT_SET_CALENDAR);
    write_page(&look);
}

void calendar_page(struct visit *visit)
{
    people_visit(visit, show);
}
