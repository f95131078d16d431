/* Deadlines by the calendar, each with a date worked out by hand: half-term, INSET days, the bank holidays of each nation, both
 * clock changes, the year's end, the leap day, the ends of months; and what is not known is never to somebody's harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/london.h"
#include "base/random.h"
#include "service/calendar_text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define HOUR 3600000LL

/* A made-up school's year. 2 September 2026 is a Wednesday; 2 November and 4 January, both Mondays, are INSET days. */
static const char terms_2026[] = "2 September 2026 to 23 October 2026\n"
                                 "2 November 2026 to 18 December 2026\n"
                                 "4 January 2027 to 12 February 2027\n"
                                 "22 February 2027 to 25 March 2027\n"
                                 "12 April 2027 to 28 May 2027\n"
                                 "7 June 2027 to 21 July 2027\n";
static const char terms_2027[] = "1 September 2027 to 22 October 2027\n"
                                 "1 November 2027 to 17 December 2027\n";
static const char inset_2026[] = "1 September 2026\n2 November 2026\n4 January 2027\n";

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct calendar calendar_with(enum nation nation, const char *terms, const char *closed)
{
    struct error error = {.code = ERROR_NONE};
    struct calendar calendar = calendar_unknown();
    calendar.nation = nation;
    if (!calendar_read_terms(slice_of(terms), arena, &calendar, &error) ||
        !calendar_read_closed(slice_of(closed), arena, &calendar, &error))
        fail_msg("%s", error.sentence);
    return calendar;
}

static struct calendar school_year(enum nation nation)
{
    return calendar_with(nation, terms_2026, inset_2026);
}

static int64_t day_of(const char *text)
{
    struct date date;
    if (!date_parse(slice_of(text), &date)) fail_msg("%s is no date", text);
    return date_to_day(date);
}

/* `2026-10-22 10:00` by the clock here. */
static int64_t moment_of(const char *text)
{
    struct moment moment;
    bool has_time;
    if (!moment_parse(slice_of(text), &moment, &has_time)) fail_msg("%s is no moment", text);
    return london_milliseconds(moment);
}

struct expected {
    const char *event; /* by the clock here */
    enum span_unit unit;
    int64_t number;
    const char *due; /* the day at whose end it is due */
    unsigned notes;
};

static void expect(const struct calendar *calendar, const struct expected *expected)
{
    int64_t due;
    unsigned notes;
    struct span within = {expected->unit, expected->number};
    assert_true(calendar_due(calendar, within, moment_of(expected->event), &due, &notes));
    if (due != london_day_end(day_of(expected->due))) {
        char found[11];
        date_format(date_from_day(london_moment(due).day), found);
        fail_msg("%s and %lld of unit %d: %s instead of %s", expected->event,
                 (long long)expected->number, (int)expected->unit, found, expected->due);
    }
    if (notes != expected->notes) fail_msg("%s: notes %u", expected->event, notes);
    assert_true(calendar_late(calendar, within, due) == due);
}

static void expect_all(const struct calendar *calendar, const struct expected *expected,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) expect(calendar, &expected[i]);
}

/* ---- school days ---------------------------------------------------------------------------------- */

static void half_term_and_inset_days_do_not_count(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        /* Thursday 22 October. Friday 23 is the first; then half-term to Sunday 1 November; Monday 2 is INSET, so Tuesday 3. */
        {"2026-10-22 10:00", SPAN_SCHOOL_DAYS, 2, "2026-11-03", 0},
        /* Friday, the last day before half-term. */
        {"2026-10-23 15:30", SPAN_SCHOOL_DAYS, 1, "2026-11-03", 0},
        /* Wednesday in half-term, and the INSET day itself. */
        {"2026-10-28 09:00", SPAN_SCHOOL_DAYS, 1, "2026-11-03", 0},
        {"2026-11-02 09:00", SPAN_SCHOOL_DAYS, 1, "2026-11-03", 0},
        /* Saturday 14 November: Monday 16, Tuesday 17. */
        {"2026-11-14 12:00", SPAN_SCHOOL_DAYS, 2, "2026-11-17", 0},
        /* Five from Monday 16: Tuesday to Friday are four, Monday 23 the fifth. */
        {"2026-11-16 23:59", SPAN_SCHOOL_DAYS, 5, "2026-11-23", 0},
        /* Staff work on an INSET day: Friday 30 October, Monday 2 November. */
        {"2026-10-30 09:00", SPAN_WORKING_DAYS, 1, "2026-11-02", 0},
        /* Friday 12 February, half-term to the 21st: Monday 22 and Tuesday 23. */
        {"2027-02-12 09:00", SPAN_SCHOOL_DAYS, 2, "2027-02-23", 0},
        /* Thursday 29 April: Friday 30; Monday 3 May is a bank holiday; Tuesday 4. */
        {"2027-04-29 09:00", SPAN_SCHOOL_DAYS, 2, "2027-05-04", 0},
    };
    struct calendar calendar = school_year(NATION_ENGLAND_AND_WALES);
    expect_all(&calendar, expected, COUNT(expected));
    assert_int_equal(calendar_next_school_day(&calendar, day_of("2026-10-23")),
                     day_of("2026-11-03"));
    assert_true(calendar_working_day(&calendar, day_of("2026-11-02")));
    assert_false(calendar_school_day(&calendar, day_of("2026-11-02")));
    assert_false(calendar_school_day(&calendar, day_of("2026-11-14")));
    assert_true(calendar_school_day(&calendar, day_of("2026-11-16")));
}

static void the_end_of_the_year(void **state)
{
    (void)state;
    static const struct expected english[] = {
        /* Thursday 17 December: Friday 18; holidays; Monday 4 January is INSET; Tuesday 5, Wednesday 6. */
        {"2026-12-17 15:00", SPAN_SCHOOL_DAYS, 3, "2027-01-06", 0},
        /* Tuesday 22: Wednesday 23, Thursday 24; Friday 25 Christmas, Monday 28 for Boxing Day; Tuesday 29 to Thursday 31. */
        {"2026-12-22 09:00", SPAN_WORKING_DAYS, 5, "2026-12-31", 0},
        /* Thursday 31: Friday 1 January is a bank holiday; Monday 4, Tuesday 5. */
        {"2026-12-31 23:30", SPAN_WORKING_DAYS, 2, "2027-01-05", 0},
        {"2026-12-31 23:59", SPAN_DAYS, 1, "2027-01-01", 0},
        {"2026-12-18 09:00", SPAN_WEEKS, 2, "2027-01-01", 0},
    };
    /* Friday 1 and Monday 4 January, for the 2nd, are bank holidays: Tuesday 5, Wednesday 6. */
    static const struct expected scottish = {"2026-12-31 09:00", SPAN_WORKING_DAYS, 2, "2027-01-06",
                                             0};
    struct calendar calendar = school_year(NATION_ENGLAND_AND_WALES);
    expect_all(&calendar, english, COUNT(english));
    calendar = school_year(NATION_SCOTLAND);
    expect(&calendar, &scottish);
}

/* ---- nations -------------------------------------------------------------------------------------- */

static void each_nation_has_its_bank_holidays(void **state)
{
    (void)state;
    static const struct {
        const char *event, *due[NATIONS]; /* one working day; the nations in order */
        unsigned note;                    /* where the nation is not known */
    } expected[] = {
        /* St Patrick's Day: Wednesday 17 March 2027. */
        {"2027-03-16 09:00", {"2027-03-17", "2027-03-17", "2027-03-17", "2027-03-18"}, 4},
        /* Good Friday is 26 March 2027 everywhere, Easter Monday the 29th, not in Scotland. */
        {"2027-03-25 09:00", {"2027-03-29", "2027-03-30", "2027-03-29", "2027-03-30"}, 4},
        /* Summer: Scotland Monday 2 August, the others Monday 30 August 2027. */
        {"2027-07-30 09:00", {"2027-08-02", "2027-08-02", "2027-08-03", "2027-08-02"}, 4},
        {"2027-08-27 09:00", {"2027-08-30", "2027-08-31", "2027-08-30", "2027-08-31"}, 4},
        /* St Andrew's Day: Monday 30 November 2026. */
        {"2026-11-27 09:00", {"2026-11-30", "2026-11-30", "2026-12-01", "2026-11-30"}, 4},
        /* Battle of the Boyne: Monday 12 July 2027; in 2025 the 12th is a Saturday, so Monday 14. */
        {"2027-07-09 09:00", {"2027-07-12", "2027-07-12", "2027-07-12", "2027-07-13"}, 4},
        {"2025-07-11 09:00", {"2025-07-14", "2025-07-14", "2025-07-14", "2025-07-15"}, 4},
        /* Scotland's Monday 15 June 2026. */
        {"2026-06-12 09:00", {"2026-06-15", "2026-06-15", "2026-06-16", "2026-06-15"}, 4},
        /* Spring and early May are everybody's: Mondays 31 and 3 May 2027. */
        {"2027-05-28 09:00", {"2027-06-01", "2027-06-01", "2027-06-01", "2027-06-01"}, 0},
        {"2027-04-30 09:00", {"2027-05-04", "2027-05-04", "2027-05-04", "2027-05-04"}, 0},
    };
    for (size_t nation = 0; nation < NATIONS; nation++) {
        struct calendar calendar = calendar_with((enum nation)nation, "", "");
        for (size_t i = 0; i < COUNT(expected); i++) {
            struct expected one = {expected[i].event, SPAN_WORKING_DAYS, 1, expected[i].due[nation],
                                   nation == NATION_UNKNOWN ? expected[i].note : 0};
            expect(&calendar, &one);
        }
    }
}

/* As many as GOV.UK lists: eight a year in England and Wales, nine in Scotland and ten in 2026, ten in Northern Ireland. */
static void the_bank_holidays_are_whole_years(void **state)
{
    (void)state;
    for (int year = 2024; year <= 2027; year++) {
        int counts[NATIONS] = {0};
        for (int64_t day = date_to_day((struct date){year, 1, 1});
             day <= date_to_day((struct date){year, 12, 31}); day++)
            for (size_t nation = 1; nation < NATIONS; nation++)
                counts[nation] += calendar_bank_holiday((enum nation)nation, day).length > 0;
        assert_int_equal(counts[NATION_ENGLAND_AND_WALES], 8);
        assert_int_equal(counts[NATION_SCOTLAND], year == 2026 ? 10 : 9);
        assert_int_equal(counts[NATION_NORTHERN_IRELAND], 10);
    }
    assert_int_equal(calendar_known_from(), day_of("2024-01-01"));
    assert_int_equal(calendar_known_until(), day_of("2027-12-31"));
    assert_true(calendar_checked() >= day_of("2026-11-21"));
    assert_true(
        slice_is(calendar_bank_holiday(NATION_SCOTLAND, day_of("2026-11-30")), "St Andrew’s Day"));
    assert_int_equal(calendar_bank_holiday(NATION_UNKNOWN, day_of("2026-11-30")).length, 0);
}

static void a_year_without_bank_holidays_is_said(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        /* Friday 31 December 2027; Monday 3 January 2028 may be one, and is counted. */
        {"2027-12-31 09:00", SPAN_WORKING_DAYS, 1, "2028-01-03", CALENDAR_NO_HOLIDAYS},
        {"2023-12-28 09:00", SPAN_WORKING_DAYS, 1, "2023-12-29", CALENDAR_NO_HOLIDAYS},
        {"2027-12-30 09:00", SPAN_WORKING_DAYS, 1, "2027-12-31", 0},
        {"2027-12-31 09:00", SPAN_DAYS, 3, "2028-01-03", 0},
    };
    struct calendar calendar = school_year(NATION_SCOTLAND);
    expect_all(&calendar, expected, COUNT(expected));
}

/* ---- the clock ------------------------------------------------------------------------------------ */

static void expect_moment(enum span_unit unit, int64_t number, const char *event, int64_t plus)
{
    struct calendar calendar = school_year(NATION_ENGLAND_AND_WALES);
    int64_t due;
    unsigned notes;
    assert_true(
        calendar_due(&calendar, (struct span){unit, number}, moment_of(event), &due, &notes));
    assert_int_equal(due - moment_of(event), plus);
    assert_int_equal(notes, 0);
}

static void both_clock_changes(void **state)
{
    (void)state;
    /* Forward on Sunday 28 March 2027, which has 23 hours: from midnight to its end. */
    expect_moment(SPAN_SAME_DAY, 0, "2027-03-28 00:00", 23 * HOUR - 1);
    /* Saturday 22:00 and four hours that pass: 03:00 by the new clock. */
    expect_moment(SPAN_HOURS, 4, "2027-03-27 22:00", 4 * HOUR);
    assert_int_equal(moment_of("2027-03-28 03:00") - moment_of("2027-03-27 22:00"), 4 * HOUR);
    /* Saturday 27 and one day: the end of Sunday, 24 + 23 hours after Saturday began. */
    expect_moment(SPAN_DAYS, 1, "2027-03-27 00:00", 47 * HOUR - 1);
    /* Back on Sunday 25 October 2026, which has 25. */
    expect_moment(SPAN_SAME_DAY, 0, "2026-10-25 00:00", 25 * HOUR - 1);
    /* 00:30 and two hours that pass: 01:30, the second time. */
    expect_moment(SPAN_HOURS, 2, "2026-10-25 00:30", 2 * HOUR);
    assert_int_equal(london_moment(moment_of("2026-10-25 00:30") + 2 * HOUR).minute, 90);
    expect_moment(SPAN_DAYS, 1, "2026-10-24 00:00", 49 * HOUR - 1);
    /* 23:30 UTC in summer is 00:30 of the next day here: Monday 7 June 2027, so Tuesday 8. */
    struct calendar calendar = school_year(NATION_ENGLAND_AND_WALES);
    int64_t due, event = day_of("2027-06-06") * 24 * HOUR + 23 * HOUR + HOUR / 2;
    unsigned notes;
    assert_true(calendar_due(&calendar, (struct span){SPAN_SCHOOL_DAYS, 1}, event, &due, &notes));
    assert_int_equal(due, day_of("2027-06-09") * 24 * HOUR - HOUR - 1);
}

static void at_once_and_the_same_day_run_by_the_clock(void **state)
{
    (void)state;
    static const char *const moments[] = {
        "2026-08-09 03:00", /* a Sunday night in the holidays */
        "2026-12-25 12:00", "2026-10-27 23:59", "2027-03-28 03:00", "2026-11-16 10:00",
    };
    struct calendar calendar = school_year(NATION_ENGLAND_AND_WALES);
    struct calendar patient = calendar;
    patient.late = 20;
    for (size_t i = 0; i < COUNT(moments); i++) {
        struct span now = {SPAN_IMMEDIATELY, 0};
        int64_t due, event = moment_of(moments[i]);
        unsigned notes;
        assert_true(calendar_due(&calendar, now, event, &due, &notes));
        assert_true(due == event && notes == 0);
        assert_int_equal(calendar_late(&calendar, now, due), event + HOUR);
        assert_int_equal(calendar_late(&patient, now, due), event + HOUR / 3);
        char day[11];
        date_format(date_from_day(london_moment(event).day), day);
        expect(&calendar, &(struct expected){moments[i], SPAN_SAME_DAY, 0, day, 0});
    }
    assert_false(
        calendar_due(&calendar, (struct span){SPAN_NONE, 0}, 0, &(int64_t){0}, &(unsigned){0}));
}

/* ---- months --------------------------------------------------------------------------------------- */

static void the_leap_day_and_the_ends_of_months(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        {"2027-01-31 09:00", SPAN_MONTHS, 1, "2027-02-28", 0},
        {"2028-01-31 09:00", SPAN_MONTHS, 1, "2028-02-29", 0},
        {"2028-02-29 09:00", SPAN_MONTHS, 12, "2029-02-28", 0},
        {"2028-02-29 09:00", SPAN_MONTHS, 48, "2032-02-29", 0},
        {"2028-02-28 09:00", SPAN_DAYS, 1, "2028-02-29", 0},
        /* Monday 28 February 2028 and a working day: the leap day is one. */
        {"2028-02-28 09:00", SPAN_WORKING_DAYS, 1, "2028-02-29", CALENDAR_NO_HOLIDAYS},
        {"2026-08-31 09:00", SPAN_MONTHS, 1, "2026-09-30", 0},
        {"2026-11-30 09:00", SPAN_MONTHS, 3, "2027-02-28", 0},
        {"2027-03-31 00:10", SPAN_MONTHS, 1, "2027-04-30", 0},
        {"2026-10-31 09:00", SPAN_MONTHS, 300, "2051-10-31", 0},
    };
    struct calendar calendar = school_year(NATION_ENGLAND_AND_WALES);
    expect_all(&calendar, expected, COUNT(expected));
}

/* ---- what is not known ---------------------------------------------------------------------------- */

static void without_next_year_each_weekday_counts(void **state)
{
    (void)state;
    static const struct expected missing[] = {
        /* Wednesday 21 July, the last day: Thursday, Friday, Monday 26 instead of 1 to 3 September. */
        {"2027-07-21 09:00", SPAN_SCHOOL_DAYS, 3, "2027-07-26", CALENDAR_NO_TERMS},
        {"2027-07-20 09:00", SPAN_SCHOOL_DAYS, 1, "2027-07-21", 0},
    };
    static const struct expected known = {"2027-07-21 09:00", SPAN_SCHOOL_DAYS, 3, "2027-09-03", 0};
    /* Nothing is known: Friday 23 October, Monday 26 and Tuesday 27. */
    static const struct expected nothing = {"2026-10-23 09:00", SPAN_SCHOOL_DAYS, 2, "2026-10-27",
                                            CALENDAR_NO_TERMS};
    struct calendar calendar = school_year(NATION_ENGLAND_AND_WALES);
    expect(&calendar, &missing[0]);
    expect(&calendar, &missing[1]);
    calendar = calendar_with(NATION_ENGLAND_AND_WALES,
                             arena_format(arena, "%s%s", terms_2026, terms_2027).at, inset_2026);
    expect(&calendar, &known);
    calendar = calendar_unknown();
    expect(&calendar, &nothing);
    assert_int_equal(calendar.late, CALENDAR_LATE);
}

static void before_the_first_term_and_in_a_long_gap(void **state)
{
    (void)state;
    /* Monday 24 August 2026, before the first term: Tuesday 25 is counted, an INSET day before the term is not. */
    static const struct expected before[] = {
        {"2026-08-24 09:00", SPAN_SCHOOL_DAYS, 1, "2026-08-25", CALENDAR_NO_TERMS},
        {"2026-08-31 09:00", SPAN_SCHOOL_DAYS, 1, "2026-09-02", 0},
    };
    /* Autumn and summer are there, spring is not: Monday 1 February lies in a gap that no holiday fills. */
    static const struct expected gap = {"2027-02-01 09:00", SPAN_SCHOOL_DAYS, 1, "2027-02-02",
                                        CALENDAR_NO_TERMS};
    struct calendar calendar = school_year(NATION_ENGLAND_AND_WALES);
    expect_all(&calendar, before, COUNT(before));
    calendar =
        calendar_with(NATION_ENGLAND_AND_WALES,
                      "2 September 2026 to 18 December 2026\n12 April 2027 to 21 July 2027", "");
    expect(&calendar, &gap);
    assert_false(calendar_knows(&calendar, day_of("2027-02-02")));
    assert_true(calendar_knows(&calendar, day_of("2027-07-21")));
    assert_false(calendar_knows(&calendar, day_of("2027-07-22")));
}

/* Whatever is taken away at the end, no deadline moves back. */
static void what_is_missing_never_makes_it_later(void **state)
{
    (void)state;
    static const enum span_unit units[] = {SPAN_SCHOOL_DAYS, SPAN_WORKING_DAYS};
    struct calendar whole =
        calendar_with(NATION_NORTHERN_IRELAND,
                      arena_format(arena, "%s%s", terms_2026, terms_2027).at, inset_2026);
    struct random random;
    random_init(&random, 6);
    for (int i = 0; i < 20000; i++) {
        struct calendar less = whole;
        struct span within = {units[i % 2], (int64_t)random_below(&random, 30) + 1};
        int64_t event = moment_of("2026-09-02 00:00"), due, due_less;
        unsigned notes;
        event +=
            (int64_t)random_below(&random, (size_t)450 * 1440) * 60000; /* a minute of 450 days */
        if (random_below(&random, 2) == 0) less.nation = NATION_UNKNOWN;
        less.terms.count -= random_below(&random, less.terms.count + 1);
        assert_true(calendar_due(&whole, within, event, &due, &notes));
        assert_true(calendar_due(&less, within, event, &due_less, &notes));
        if (due_less > due) fail_msg("later by %lld", (long long)(due_less - due));
        if (due_less < due && notes == 0) fail_msg("earlier, and nothing is said");
    }
}

static void terms_are_asked_for_in_time(void **state)
{
    (void)state;
    static const struct {
        const char *today;
        bool wanted;
    } expected[] = {{"2026-11-21", false}, {"2027-04-30", false}, {"2027-05-01", true},
                    {"2027-07-21", true},  {"2027-09-02", true},  {"2029-01-01", true}};
    int64_t last;
    struct calendar calendar = school_year(NATION_ENGLAND_AND_WALES);
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_int_equal(calendar_wants_terms(&calendar, day_of(expected[i].today), &last),
                         expected[i].wanted);
        assert_int_equal(last, day_of("2027-07-21"));
    }
    calendar = calendar_with(NATION_ENGLAND_AND_WALES,
                             arena_format(arena, "%s%s", terms_2026, terms_2027).at, "");
    assert_false(calendar_wants_terms(&calendar, day_of("2027-05-01"), &last));
    assert_true(calendar_wants_terms(&calendar, day_of("2027-12-01"), &last));
    calendar = calendar_unknown();
    assert_true(calendar_wants_terms(&calendar, day_of("2026-11-21"), &last) && last == 0);
}

static void notes_are_said(void **state)
{
    (void)state;
    struct text text;
    text_init(&text, 2000);
    calendar_notes(0, &text);
    assert_int_equal(text.length, 0);
    calendar_notes(CALENDAR_NO_TERMS | CALENDAR_NO_NATION, &text);
    assert_string_equal(
        text.at, "The terms of some of these days are not in the school calendar, so each weekday "
                 "was counted as a school day. The school calendar does not say in which nation "
                 "the school lies, so only bank holidays that all have were left out. The deadline "
                 "may be too early, but not too late.");
    text_clear(&text);
}

/* A span of any size ends, and soon. */
static void the_largest_spans_end(void **state)
{
    (void)state;
    struct calendar calendar = school_year(NATION_ENGLAND_AND_WALES);
    int64_t event = moment_of("2026-11-21 20:00");
    for (int unit = SPAN_HOURS; unit <= SPAN_MONTHS; unit++) {
        int64_t due, before = event;
        unsigned notes;
        static const int64_t numbers[] = {1, 10000, 120000, INT64_MAX};
        for (size_t i = 0; i < COUNT(numbers); i++) {
            struct span within = {(enum span_unit)unit, numbers[i]};
            assert_true(calendar_due(&calendar, within, event, &due, &notes));
            assert_true(due >= before);
            before = due;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_term_and_inset_days_do_not_count),
        cmocka_unit_test(the_end_of_the_year),
        cmocka_unit_test(each_nation_has_its_bank_holidays),
        cmocka_unit_test(the_bank_holidays_are_whole_years),
        cmocka_unit_test(a_year_without_bank_holidays_is_said),
        cmocka_unit_test(both_clock_changes),
        cmocka_unit_test(at_once_and_the_same_day_run_by_the_clock),
        cmocka_unit_test(the_leap_day_and_the_ends_of_months),
        cmocka_unit_test(without_next_year_each_weekday_counts),
        cmocka_unit_test(before_the_first_term_and_in_a_long_gap),
        cmocka_unit_test(what_is_missing_never_makes_it_later),
        cmocka_unit_test(terms_are_asked_for_in_time),
        cmocka_unit_test(notes_are_said),
        cmocka_unit_test(the_largest_spans_end),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
