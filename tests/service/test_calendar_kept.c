/* Calendars in a record: who may set one, which one counts where, what is refused and with which words; and each is there
 * again when the tables are made anew from the events (school_close compares). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/london.h"
#include "school.h"
#include "service/calendars.h"
#include "service/people.h"

#define TERMS "2 September 2026 to 23 October 2026\n2 November 2026 to 18 December 2026"

static struct school school;
static struct id below; /* a school below the one at the top */

static struct id add_org(const char *name)
{
    struct outcome outcome = school_do(&school, ACT_ADD_ORGANISATION, school.admin, "name", name,
                                       "kind", "school", NULL);
    assert_true(outcome.done);
    return outcome.made;
}

static int set_up(void **state)
{
    (void)state;
    school_open(&school);
    below = add_org("Low School");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    school_close(&school);
    return 0;
}

static struct outcome set(struct id actor, struct id org, const char *nation, const char *terms,
                          const char *inset)
{
    return school_do(&school, ACT_SET_CALENDAR, actor, "org", school_hex(&school, org), "nation",
                     nation, "terms", terms, "inset", inset, NULL);
}

static struct calendar_here here_of(struct id org)
{
    struct error error = {.code = ERROR_NONE};
    struct calendar_here here;
    if (!calendar_here(school.record, &org, school.arena, &here, &error))
        fail_msg("%s", error.sentence);
    return here;
}

static void expect_terms(const struct calendar *calendar, const char *terms, const char *inset)
{
    struct text text;
    text_init(&text, 4000);
    calendar_write_terms(calendar, &text);
    assert_string_equal(text.at, terms);
    text_cut(&text, 0);
    calendar_write_closed(calendar, &text);
    assert_string_equal(text.at, inset);
    text_clear(&text);
}

static void a_record_begins_without_one(void **state)
{
    (void)state;
    struct calendar_here here = here_of(below);
    assert_true(id_is_none(&here.whose));
    assert_false(here.by_hand);
    assert_int_equal(here.calendar.nation, NATION_UNKNOWN);
    assert_int_equal(here.calendar.late, CALENDAR_LATE);
    assert_int_equal(here.calendar.terms.count, 0);
    here = here_of((struct id){{0}});
    assert_true(id_is_none(&here.whose));
}

static void a_school_has_its_own_or_the_one_above(void **state)
{
    (void)state;
    assert_true(set(school.admin, school.top, "scotland", TERMS, "1 September 2026").done);
    struct calendar_here here = here_of(below);
    assert_true(id_same(&here.whose, &school.top) && here.by_hand);
    assert_int_equal(here.calendar.nation, NATION_SCOTLAND);
    expect_terms(&here.calendar,
                 "2 September 2026 to 23 October 2026\n2 November 2026 to 18 December 2026\n",
                 "1 September 2026\n");
    assert_true(school_do(&school, ACT_SET_CALENDAR, school.admin, "org",
                          school_hex(&school, below), "nation", "northern-ireland", "late", "15",
                          NULL)
                    .done);
    here = here_of(below);
    assert_true(id_same(&here.whose, &below));
    assert_int_equal(here.calendar.nation, NATION_NORTHERN_IRELAND);
    assert_int_equal(here.calendar.late, 15);
    assert_int_equal(here.calendar.terms.count, 0); /* set whole: nothing stays from above */
    here = here_of(school.top);
    assert_int_equal(here.calendar.nation, NATION_SCOTLAND);
    /* and given up again */
    assert_true(school_do(&school, ACT_SET_CALENDAR, school.admin, "org",
                          school_hex(&school, below), "above", "yes", NULL)
                    .done);
    here = here_of(below);
    assert_true(id_same(&here.whose, &school.top));
    school_again(&school);
    here = here_of(below);
    assert_int_equal(here.calendar.terms.count, 2);
}

static void who_may_not(void **state)
{
    (void)state;
    const struct id nobodies[] = {school.teacher, school.pupil, school.parent, school.governor};
    for (size_t i = 0; i < sizeof nobodies / sizeof *nobodies; i++) {
        struct outcome outcome = set(nobodies[i], school.top, "scotland", "", "");
        assert_false(outcome.done);
    }
    assert_true(set(school.office, school.top, "england-and-wales", TERMS, "").done);
    assert_true(set(school.head, school.top, "england-and-wales", TERMS, "").done);
    assert_false(set(school.keeper, school.top, "scotland", "", "").done);
}

static const char *bad(const char *nation, const char *late, const char *terms, const char *inset)
{
    return school_bad(&school, ACT_SET_CALENDAR, school.admin, "org",
                      school_hex(&school, school.top), "nation", nation, "late", late, "terms",
                      terms, "inset", inset, NULL);
}

static void what_cannot_be_is_refused_and_said(void **state)
{
    (void)state;
    static const struct {
        const char *nation, *late, *terms, *inset, *said;
    } wrong[] = {
        {"", "", "", "", "the nation is missing"},
        {"wales", "", "", "", "the nation is not one that we know"},
        {"scotland", "0", "", "", "the minutes are a number from 1 to 1440"},
        {"scotland", "1441", "", "", "the minutes are a number from 1 to 1440"},
        {"scotland", "soon", "", "", "the minutes are a number from 1 to 1440"},
        {"scotland", "", TERMS "\n1 Dec 2026 to 5 Jan 2027", "",
         "line 3 of the terms: it overlaps a term above it"},
        {"scotland", "", "23 October 2026 to 2 September 2026", "",
         "line 1 of the terms: the last day is before the first"},
        {"scotland", "", "\n\n31 September 2026 to 1 October 2026", "",
         "line 3 of the terms: this is no date"},
        {"scotland", "", "2 September 2026", "",
         "line 1 of the terms: a first and a last day are wanted"},
        {"scotland", "", "2 September 2026 to 3 September 2027", "",
         "line 1 of the terms: these are more days than a year has"},
        {"scotland", "", "2 September 1999 to 3 October 1999", "",
         "line 1 of the terms: the year is not between 2000 and 2100"},
        {"scotland", "", "2 September 2026 to 3 October 2101", "",
         "line 1 of the terms: the year is not between 2000 and 2100"},
        {"scotland", "", "Thursday 2 September 2026 to 3 October 2026", "",
         "line 1 of the terms: 2 September 2026 is a Wednesday"},
        {"scotland", "", TERMS, "29 February 2027", "line 1 of the INSET days: this is no date"},
        {"scotland", "", TERMS, "1 September 2026\nsoon",
         "line 2 of the INSET days: this is no date"},
        {"scotland", "", TERMS, "1 January 2027 to 31 July 2027",
         "these are too many INSET days: at most 200"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_string_equal(bad(wrong[i].nation, wrong[i].late, wrong[i].terms, wrong[i].inset),
                            wrong[i].said);
    assert_string_equal(school_bad(&school, ACT_SET_CALENDAR, school.admin, "org",
                                   school_hex(&school, school.top), "above", "yes", NULL),
                        "nobody is above this organisation: it needs its own");
    assert_string_equal(school_bad(&school, ACT_SET_CALENDAR, school.admin, "org",
                                   school_hex(&school, school.pupil), "nation", "scotland", NULL),
                        "the record has no such organisation");
    struct calendar_here here = here_of(school.top); /* and nothing of it was done */
    assert_true(id_is_none(&here.whose));
}

static void too_many_terms_are_refused(void **state)
{
    (void)state;
    struct text text;
    text_init(&text, 4000);
    for (int year = 2000; year < 2000 + CALENDAR_TERMS_LARGEST; year++)
        text_format(&text, "%s1 March %d to 31 March %d", year > 2000 ? "\n" : "", year, year);
    assert_true(set(school.admin, school.top, "scotland", text.at, "").done);
    assert_int_equal(here_of(school.top).calendar.terms.count, CALENDAR_TERMS_LARGEST);
    text_add_string(&text, "\n1 April 2090 to 2 April 2090");
    assert_string_equal(bad("scotland", "", text.at, ""), "these are too many terms: at most 40");
    text_clear(&text);
}

/* All the ways in which schools write a day. */
static void days_are_read_as_people_write_them(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "2 September 2026 to 23 October 2026",
        "Wednesday 2 September 2026 to Friday 23 October 2026",
        "Wed, 2nd Sept 2026 until Fri 23rd Oct 2026",
        "2026-09-02 - 2026-10-23",
        "2026-09-02..2026-10-23",
        "  02/09/2026 to 23/10/2026  ",
        "2.9.2026 – 23.10.2026",
        "Autumn, first half: 2 SEPTEMBER 2026 — 23 october 2026",
        "2 September, 2026 to 23 October, 2026\r",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_true(set(school.admin, school.top, "scotland", lines[i], lines[i]).done);
        struct calendar_here here = here_of(school.top);
        expect_terms(&here.calendar, "2 September 2026 to 23 October 2026\n",
                     "2 September 2026 to 23 October 2026\n");
    }
}

static void a_row_that_cannot_be_read_does_no_harm(void **state)
{
    (void)state;
    struct calendar calendar = calendar_load(
        SLICE("atlantis"), -5, SLICE("20698..20749 x 5..1 20700..20701 99999999..999999999 .."),
        SLICE("20700 y 20700 99999999999"), school.arena);
    assert_int_equal(calendar.nation, NATION_UNKNOWN);
    assert_int_equal(calendar.late, CALENDAR_LATE);
    assert_int_equal(calendar.terms.count, 1);
    assert_int_equal(calendar.closed.count, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_record_begins_without_one),
        TEST(a_school_has_its_own_or_the_one_above),
        TEST(who_may_not),
        TEST(what_cannot_be_is_refused_and_said),
        TEST(too_many_terms_are_refused),
        TEST(days_are_read_as_people_write_them),
        TEST(a_row_that_cannot_be_read_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
