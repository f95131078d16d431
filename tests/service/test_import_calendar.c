/* Terms that come with a file of people: where nobody has set a calendar by hand, once, and never instead of what somebody
 * typed. Days are counted from today, as terms that are long over are not taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "school.h"
#include "service/calendars.h"
#include "service/import.h"

#define MANIFEST                                                                                   \
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\n"            \
    "file.users,bulk\nfile.academicSessions,bulk\n"
#define HILL "S1,Hill School,school,\n"
#define TWO "T,Trust,district,\nS1,Hill Academy,school,T\nS2,Dale Academy,school,T\n"

static struct school school;
static int64_t today;

static int set_up(void **state)
{
    (void)state;
    school_open(&school);
    today = record_today(school.record);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    school_close(&school);
    return 0;
}

/* A row of academicSessions.csv, in days from today. */
static const char *session(const char *type, int64_t first, int64_t last)
{
    char from[11], until[11];
    date_format(date_from_day(today + first), from);
    date_format(date_from_day(today + last), until);
    return arena_format(school.arena, "%s%lld,%s,%s,%s\n", type, (long long)first, type, from,
                        until)
        .at;
}

static void add(struct import_file *file, const char *name, const char *text)
{
    LIST_PUSH(school.arena, &file->pieces, (struct import_piece){slice_of(name), slice_of(text)});
}

struct brought {
    struct outcome outcome;
    struct plan plan;
    struct slice says;
};

static struct brought bring(const char *orgs, const char *sessions)
{
    struct brought brought = {0};
    struct import_file file = {.name = SLICE("night"),
                               .mapping_name = SLICE_EMPTY,
                               .mapping = SLICE_EMPTY,
                               .folder = true};
    struct import import;
    struct order order;
    struct text text;
    struct error error = {.code = ERROR_NONE};
    add(&file, "manifest.csv", MANIFEST);
    add(&file, "orgs.csv",
        arena_format(school.arena, "sourcedId,name,type,parentSourcedId\n%s", orgs).at);
    add(&file, "users.csv",
        "sourcedId,orgSourcedIds,role,status,username,givenName,familyName\ne1,S1,teacher,,,Eve,"
        "Oak\n");
    add(&file, "academicSessions.csv",
        arena_format(school.arena, "sourcedId,type,startDate,endDate\n%s", sessions).at);
    if (!import_read(&file, school.arena, &import, &error)) fail_msg("%s", error.sentence);
    struct import_order matter = {.import = &import, .plan = &brought.plan};
    order_init(&order, ACT_BRING_IMPORT, school.admin);
    order.matter = &matter;
    if (!desk_do(school.record, &order, school.arena, &brought.outcome, &error))
        fail_msg("%s", error.sentence);
    assert_true(brought.outcome.done);
    text_init(&text, 2000);
    import_summary(&brought.plan, &text);
    brought.says = arena_copy(school.arena, text_slice(&text));
    text_clear(&text);
    return brought;
}

static struct calendar_here here_of(struct id org)
{
    struct error error = {.code = ERROR_NONE};
    struct calendar_here here;
    if (!calendar_here(school.record, &org, school.arena, &here, &error))
        fail_msg("%s", error.sentence);
    return here;
}

static struct id school_called(const char *name)
{
    const struct org *orgs;
    struct id id = {{0}};
    const struct register_view *view = register_hold(school.record);
    size_t count = register_orgs(view, &orgs);
    for (size_t i = 0; i < count; i++)
        if (slice_is(orgs[i].name, name)) id = orgs[i].id;
    register_let_go(school.record, view);
    assert_false(id_is_none(&id));
    return id;
}

static void expect_term(const struct calendar_here *here, size_t at, int64_t first, int64_t last)
{
    assert_true(at < here->calendar.terms.count);
    assert_int_equal(here->calendar.terms.at[at].first, today + first);
    assert_int_equal(here->calendar.terms.at[at].last, today + last);
}

static void terms_come_with_the_file_once(void **state)
{
    (void)state;
    const char *now = session("term", -20, 40), *next = session("term", 60, 120);
    struct brought brought = bring(HILL, now);
    assert_int_equal(brought.plan.calendars, 1);
    assert_true(
        slice_search(brought.says, SLICE("1 school gets the terms of the file in its calendar")) <
        brought.says.length);
    struct calendar_here here = here_of(school.top);
    assert_true(id_same(&here.whose, &school.top) && !here.by_hand);
    assert_int_equal(here.calendar.nation, NATION_UNKNOWN);
    assert_int_equal(here.calendar.terms.count, 1);
    expect_term(&here, 0, -20, 40);
    brought = bring(HILL, now);
    assert_true(slice_is(brought.says, "Nothing changes."));
    /* A new set: what is over stays. */
    brought = bring(HILL, next);
    assert_int_equal(brought.plan.calendars, 1);
    here = here_of(school.top);
    assert_int_equal(here.calendar.terms.count, 2);
    expect_term(&here, 0, -20, 40);
    expect_term(&here, 1, 60, 120);
}

static void what_was_set_by_hand_stays(void **state)
{
    (void)state;
    assert_true(school_do(&school, ACT_SET_CALENDAR, school.admin, "org",
                          school_hex(&school, school.top), "nation", "scotland", "terms",
                          "2 September 2026 to 23 October 2026", NULL)
                    .done);
    struct brought brought = bring(HILL, session("term", -20, 40));
    assert_int_equal(brought.plan.calendars, 0);
    struct calendar_here here = here_of(school.top);
    assert_true(here.by_hand);
    assert_int_equal(here.calendar.terms.count, 1);
    assert_int_equal(here.calendar.nation, NATION_SCOTLAND);
}

static void each_school_of_the_file_gets_them(void **state)
{
    (void)state;
    struct brought brought = bring(TWO, session("term", -20, 40));
    assert_int_equal(brought.plan.calendars, 2);
    struct id hill = school_called("Hill Academy"), dale = school_called("Dale Academy");
    struct calendar_here here = here_of(hill);
    assert_true(id_same(&here.whose, &hill));
    here = here_of(dale);
    expect_term(&here, 0, -20, 40);
    here = here_of(school.top);
    assert_true(id_is_none(&here.whose));
    /* by hand for one of them: the other goes on with the file */
    assert_true(school_do(&school, ACT_SET_CALENDAR, school.admin, "org", school_hex(&school, dale),
                          "nation", "scotland", NULL)
                    .done);
    brought = bring(TWO, session("term", -19, 41));
    assert_int_equal(brought.plan.calendars, 1);
    here = here_of(hill);
    expect_term(&here, 0, -19, 41);
    here = here_of(dale);
    assert_true(here.by_hand && here.calendar.terms.count == 0);
}

static void a_trust_s_calendar_by_hand_counts_for_new_schools(void **state)
{
    (void)state;
    assert_true(school_do(&school, ACT_SET_CALENDAR, school.admin, "org",
                          school_hex(&school, school.top), "nation", "northern-ireland", NULL)
                    .done);
    struct brought brought = bring(TWO, session("term", -20, 40));
    assert_int_equal(brought.plan.calendars, 0);
    struct calendar_here here = here_of(school_called("Dale Academy"));
    assert_true(id_same(&here.whose, &school.top));
}

static void what_is_long_over_or_too_much_is_not_taken(void **state)
{
    (void)state;
    struct brought brought = bring(HILL, session("term", -900, -800));
    assert_int_equal(brought.plan.calendars, 0);
    brought = bring(HILL, session("schoolYear", -20, 300));
    assert_int_equal(brought.plan.calendars, 0);
    struct slice many = SLICE_EMPTY;
    for (int64_t i = 0; i <= CALENDAR_TERMS_LARGEST; i++)
        many = arena_format(school.arena, "%.*s%s", SLICE_PRINT(many),
                            session("term", i * 10, i * 10 + 5));
    brought = bring(HILL, many.at);
    assert_int_equal(brought.plan.calendars, 0);
    assert_int_equal(brought.plan.problems.count, 1);
    assert_non_null(strstr(brought.plan.problems.at[0].what, "more terms than a calendar holds"));
    struct calendar_here here = here_of(school.top);
    assert_true(id_is_none(&here.whose));
}

/* Halves of a term that overlap between schools are one. */
static void overlapping_terms_are_joined(void **state)
{
    (void)state;
    (void)bring(HILL, arena_format(school.arena, "%s%s%s", session("term", -20, 40),
                                   session("semester", -15, 45), session("term", 46, 50))
                          .at);
    struct calendar_here here = here_of(school.top);
    assert_int_equal(here.calendar.terms.count, 1);
    expect_term(&here, 0, -20, 50);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(terms_come_with_the_file_once),
        TEST(what_was_set_by_hand_stays),
        TEST(each_school_of_the_file_gets_them),
        TEST(a_trust_s_calendar_by_hand_counts_for_new_schools),
        TEST(what_is_long_over_or_too_much_is_not_taken),
        TEST(overlapping_terms_are_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
