/* What has happened becomes tasks: whose they are, by when by the calendar, how they are taken and let go, who never learns of
 * them, and what is no report. */
#include "duties.h"

#include <pthread.h>
#include <string.h>

#include "service/record_parts.h"

/* ---- whose, and by when ---- */

static void duties_become_tasks_of_those_who_owe_them(void **state)
{
    (void)state;
    struct outcome outcome = report(school.teacher, "find-abuse", NULL);
    assert_true(outcome.done);
    struct tasks tasks = tasks_of_act(outcome.made);
    assert_int_equal(tasks.count, 2);
    const struct task_row *tell = task_of(&tasks, school.teacher, "tell the designated");
    const struct task_row *capture = task_of(&tasks, school.dsl, "capture the content");
    assert_non_null(tell);
    assert_non_null(capture);
    assert_true(slice_is(tell->clause, "abuse") && slice_is(tell->strength, "must"));
    assert_true(tell->due == at + HOUR && tell->goes_on == at + HOUR);
    assert_true(slice_is(capture->role, "dsl"));
    assert_false(id_is_none(&capture->version));
    /* No more is owed after the hour, and a second word of it changes nothing. */
    assert_false(keep());
}

static void time_runs_by_the_calendar(void **state)
{
    (void)state;
    /* Wednesday: two school days are Thursday and Friday. */
    struct tasks tasks = tasks_of_act(report(school.teacher, "find-unofficial", NULL).made);
    const struct task_row *review = task_of(&tasks, school.head, "review the report");
    assert_non_null(review);
    assert_true(review->due == london_day_end(review->due / DAY));
    assert_int_equal(london_moment(review->due).day,
                     london_moment(moment_ms("2026-11-20 12:00")).day);
    /* Friday: Monday is an INSET day, so it is Wednesday. */
    set_clock("2026-11-20 15:00");
    tasks = tasks_of_act(report(school.other, "find-unofficial", NULL).made);
    review = task_of(&tasks, school.head, "review the report");
    assert_int_equal(london_moment(review->due).day,
                     london_moment(moment_ms("2026-11-25 12:00")).day);
    /* The last day of term, a Friday: the Tuesday after the holidays. */
    set_clock("2026-12-18 15:00");
    tasks = tasks_of_act(report(school.teacher, "find-unofficial", NULL).made);
    review = task_of(&tasks, school.head, "review the report");
    assert_int_equal(london_moment(review->due).day,
                     london_moment(moment_ms("2027-01-05 12:00")).day);
    /* What has no deadline has none, and is there once however often it is owed. */
    assert_true(task_of(&tasks, school.teacher, "keep the record") == NULL);
    tasks = tasks_of_act(report(school.governor, "find-unofficial", NULL).made);
    assert_true(task_of(&tasks, school.governor, "keep the record")->due == TASK_NO_DEADLINE);
}

/* A calendar without next year's terms: weekdays count, and the terms are asked for, once. */
static void terms_that_are_missing_are_asked_for(void **state)
{
    (void)state;
    set_clock("2027-09-06 10:00");
    struct tasks tasks = tasks_of_act(report(school.teacher, "find-unofficial", NULL).made);
    const struct task_row *review = task_of(&tasks, school.head, "review the report");
    assert_int_equal(london_moment(review->due).day,
                     london_moment(moment_ms("2027-09-08 12:00")).day);
    assert_int_equal(open_of_kind(TASK_TERMS).count, 1);
    report(school.other, "find-unofficial", NULL);
    struct tasks terms = open_of_kind(TASK_TERMS);
    assert_int_equal(terms.count, 1);
    assert_true(slice_is(terms.rows[0].role, "office"));
    assert_true(school_do(&school, ACT_CLOSE_TASK, school.office, "task",
                          school_hex(&school, terms.rows[0].id), NULL)
                    .done);
}

/* The clock changes at the hour: an hour is an hour, and the day ends when it ends. */
static void the_clock_changes_at_the_hour_of_a_deadline(void **state)
{
    (void)state;
    set_clock("2027-10-31 00:30"); /* the hour from 1 to 2 comes twice */
    assert_true(keep());           /* the review */
    struct tasks tasks = tasks_of_act(report(school.teacher, "find-abuse", NULL).made);
    const struct task_row *capture = task_of(&tasks, school.dsl, "capture");
    int64_t opened = at;
    assert_true(capture->goes_on == opened + HOUR);
    assert_int_equal(london_moment(capture->goes_on).minute, 90); /* the first half past one */
    at = opened + HOUR - 1;
    assert_false(keep());
    at = opened + HOUR;
    assert_true(keep());
    set_clock("2028-03-26 00:30"); /* the hour from 1 to 2 is left out */
    keep();
    tasks = tasks_of_act(report(school.teacher, "find-abuse", NULL).made);
    capture = task_of(&tasks, school.dsl, "capture");
    assert_int_equal(london_moment(capture->goes_on).minute, 150);
}

/* ---- letting go ---- */

static void a_task_is_let_go_with_a_reason(void **state)
{
    (void)state;
    struct outcome outcome = report(school.teacher, "find-abuse", NULL);
    struct tasks tasks = tasks_of_act(outcome.made);
    const char *tell = school_hex(&school, task_of(&tasks, school.teacher, "tell")->id);
    const char *capture = school_hex(&school, task_of(&tasks, school.dsl, "capture")->id);
    school_bad(&school, ACT_WAIVE_TASK, school.teacher, "task", tell, NULL);
    assert_false(school_do(&school, ACT_WAIVE_TASK, school.teacher, "task", capture, "reason",
                           "It is nothing", NULL)
                     .done);
    assert_true(school_do(&school, ACT_WAIVE_TASK, school.teacher, "task", tell, "reason",
                          "They were in the room", NULL)
                    .done);
    assert_true(school_do(&school, ACT_WAIVE_TASK, school.head, "task", capture, "reason",
                          "The site took it down", NULL)
                    .done);
    tasks = tasks_of_act(outcome.made);
    for (size_t i = 0; i < tasks.count; i++) assert_true(slice_is(tasks.rows[i].state, "waived"));
    /* What was told to somebody is no task to let go. */
    assert_true(school_do(&school, ACT_TELL, school.teacher, "text", "A worry", NULL).done);
    struct tasks told = open_of_kind("told");
    school_bad(&school, ACT_WAIVE_TASK, school.dsl, "task", school_hex(&school, told.rows[0].id),
               "reason", "no", NULL);
    school_bad(&school, ACT_TAKE_TASK, school.dsl, "task", school_hex(&school, told.rows[0].id),
               NULL);
}

/* ---- once, until, outside ---- */

static void once_is_once_and_others_are_seen_to(void **state)
{
    (void)state;
    struct outcome outcome = report(school.teacher, "receive-communication", NULL);
    struct tasks tasks = tasks_of_act(outcome.made);
    const struct task_row *declare = task_of(&tasks, school.teacher, "declare the tie");
    assert_non_null(declare);
    const struct task_row *freeze = task_of(&tasks, school.head, "freeze the case");
    assert_non_null(freeze); /* the head acts for the organisation */
    assert_true(freeze->due == TASK_NO_DEADLINE);
    assert_true(slice_search(freeze->deed, SLICE("UNTIL")) < freeze->deed.length);
    assert_non_null(task_of(&tasks, school.teacher, "tell the police"));
    /* What hangs on an answer that nobody gave opens no task. */
    assert_null(task_of(&tasks, school.teacher, "tell the headteacher"));
    assert_true(school_do(&school, ACT_CLOSE_TASK, school.teacher, "task",
                          school_hex(&school, declare->id), NULL)
                    .done);
    tasks = tasks_of_act(report(school.teacher, "receive-communication", NULL).made);
    assert_null(task_of(&tasks, school.teacher, "declare the tie"));
}

static void silence_says_whom_to_tell(void **state)
{
    (void)state;
    struct tasks tasks = tasks_of_act(report(school.teacher, "post", NULL).made);
    assert_int_equal(tasks.count, 1);
    assert_non_null(task_of(&tasks, school.teacher, "TELL the headteacher"));
}

/* ---- telling with it ---- */

static void one_press_tells_and_the_duty_is_met(void **state)
{
    (void)state;
    struct outcome outcome = report(school.teacher, "find-abuse", "tell", "yes", "words",
                                    "I found abuse on a page", NULL);
    struct tasks tasks = tasks_of_act(outcome.made);
    assert_null(task_of(&tasks, school.teacher, "tell"));
    assert_non_null(task_of(&tasks, school.dsl, "capture"));
    struct tasks told = open_of_kind("told");
    assert_int_equal(told.count, 1);
    assert_true(id_same(&told.rows[0].owner, &school.dsl));
    struct outcome opened = school_do(&school, ACT_OPEN_SEALED, school.dsl, "what", "told", "of",
                                      school_hex(&school, told.rows[0].id), NULL);
    assert_true(slice_search(opened.content, SLICE("abuse on a page")) < opened.content.length);
    assert_non_null(strstr(bad_report(school.teacher, "tell", "yes"), "missing"));
}

/* ---- whom it is about ---- */

static void who_it_is_about_never_gets_it(void **state)
{
    (void)state;
    const char *dsl = school_hex(&school, school.dsl);
    struct outcome outcome = report(school.teacher, "find-abuse", "about", dsl, NULL);
    struct tasks tasks = tasks_of_act(outcome.made);
    assert_null(task_of(&tasks, school.dsl, "capture"));
    const struct task_row *capture = task_of(&tasks, school.head, "capture");
    assert_non_null(capture);
    at += HOUR;
    keep();
    at += HOUR;
    keep();
    tasks = tasks_of_act(outcome.made);
    for (size_t i = 0; i < tasks.count; i++)
        assert_false(id_same(&tasks.rows[i].owner, &school.dsl));
    /* Nor may they let it go, or learn that it is there. */
    assert_string_equal(school_bad(&school, ACT_WAIVE_TASK, school.dsl, "task",
                                   school_hex(&school, capture->id), "reason", "x", NULL),
                        school_bad(&school, ACT_WAIVE_TASK, school.dsl, "task",
                                   school_hex(&school, id_make()), "reason", "x", NULL));
    /* Nor does it open with the whole record of who recorded it; it does for them. */
    const char *teacher = school_hex(&school, school.teacher);
    struct outcome others = school_do(&school, ACT_OPEN_SEALED, school.head, "what", "whole-record",
                                      "person", teacher, "reason", "I wonder", NULL);
    assert_true(others.done);
    assert_true(slice_search(others.content, SLICE("What I did")) == others.content.length);
    struct outcome own = school_do(&school, ACT_OPEN_SEALED, school.teacher, "what", "whole-record",
                                   "person", teacher, NULL);
    assert_true(slice_search(own.content, SLICE("What I did")) < own.content.length);
    assert_true(slice_search(own.content, SLICE("  happened: 2026-11-18\n")) < own.content.length);
    assert_true(slice_search(others.content, SLICE("happened:")) == others.content.length);
    /* In clear nothing says whom it is about. */
    school_again(&school);
    struct error error = {.code = ERROR_NONE};
    struct pairs pairs;
    bool there;
    struct db *db = record_read(school.record, &error);
    struct occurrence_row row;
    assert_true(occurrence_get(db, &outcome.made, school.arena, &row, &there, &error) && there);
    assert_true(record_part(school.record, db, (uint64_t)row.n, &school.teacher, school.arena,
                            &pairs, &there, &error) &&
                there);
    assert_string_equal(arena_copy(school.arena, pairs_value(&pairs, "about")).at, dsl);
    record_read_done(school.record, db);
}

static void a_barred_parent_has_no_part_in_it(void **state)
{
    (void)state;
    const char *child = school_hex(&school, school.pupil);
    struct id chair = trusted("Cher", "chair");
    assert_true(school_do(&school, ACT_BAR_PARENT, school.admin, "child", child, "parent",
                          school_hex(&school, school.head), "reason", "A court says so", NULL)
                    .done);
    /* Whoever is barred does not know the child. */
    assert_non_null(strstr(bad_report(school.head, "about", child), "not one that we know"));
    struct outcome outcome = report(school.teacher, "find-unofficial", "about", child, NULL);
    struct tasks tasks = tasks_of_act(outcome.made);
    for (size_t i = 0; i < tasks.count; i++)
        assert_false(id_same(&tasks.rows[i].owner, &school.head));
    assert_true(task_of(&tasks, school.dsl, "review") != NULL ||
                task_of(&tasks, chair, "review") != NULL);
}

/* ---- bad input ---- */

static void bad_reports_change_nothing(void **state)
{
    (void)state;
    size_t events = events_now();
    bad_report(school.teacher, "happened", "2026-11-19");
    bad_report(school.teacher, "happened", "1999-01-01");
    bad_report(school.teacher, "happened", "yesterday");
    bad_report(school.teacher, "time", "25:00");
    bad_report(school.teacher, "time", "10:01");
    bad_report(school.teacher, "about", "nobody");
    bad_report(school.teacher, "about", school_hex(&school, id_make()));
    assert_non_null(
        strstr(bad_report(school.teacher, "happened", "2019-12-31"), "no policy was in force"));
    school_bad(&school, ACT_REPORT_ACT, school.teacher, "stage", "maybe", "said",
               "actor=teacher\nact=find-abuse\n", NULL);
    school_bad(&school, ACT_REPORT_ACT, school.teacher, "stage", REPORT_DONE, NULL);
    school_bad(&school, ACT_REPORT_ACT, school.teacher, "stage", REPORT_DONE, "said", "actor",
               NULL);
    school_bad(&school, ACT_REPORT_ACT, school.teacher, "stage", REPORT_DONE, "said",
               "actor=teacher\nact=fly\n", NULL);
    school_bad(&school, ACT_REPORT_ACT, school.teacher, "stage", REPORT_DONE, "said",
               "actor=teacher\n", NULL);
    school_bad(&school, ACT_REPORT_ACT, school.teacher, "stage", REPORT_DONE, "said",
               "actor=teacher\nasker=parent\nact=find-abuse\n", NULL);
    school_bad(&school, ACT_REPORT_ACT, school.teacher, "stage", REPORT_DOING, "said",
               "actor=teacher\nact=find-abuse\n", NULL);
    assert_int_equal(events_now(), events);
    assert_false(school_do(&school, ACT_KEEP_TIME, school.admin, NULL).done);
    /* The keeper of the machine does nothing that a policy speaks of. */
    assert_false(report(school.keeper, "find-abuse", NULL).done);
}

/* What happened before today runs from then for who did it, and from now for those who hear of it now. */
static void nobody_fills_the_lists_of_others(void **state)
{
    (void)state;
    for (int i = 0; i < REPORTS_A_DAY_LARGEST; i++)
        report(school.teacher, "receive-communication", NULL);
    size_t events = events_now();
    assert_non_null(strstr(bad_report(school.teacher, "sentence", "x"), "no more are taken"));
    assert_int_equal(events_now(), events);
    report(school.other, "find-abuse", NULL); /* others go on */
    report(school.teacher, "find-abuse", "tell", "yes", "words", "It is real", NULL);
    at += DAY;
    report(school.teacher, "find-abuse", NULL);
}

static void what_happened_earlier_is_late_for_who_did_it(void **state)
{
    (void)state;
    struct tasks tasks =
        tasks_of_act(report(school.teacher, "find-abuse", "happened", "2026-11-16", NULL).made);
    assert_true(task_of(&tasks, school.teacher, "tell")->due < at);
    assert_int_equal(task_of(&tasks, school.dsl, "capture")->due, at + HOUR);
    assert_int_equal(task_of(&tasks, school.teacher, "tell")->goes_on, at + HOUR);
    tasks = tasks_of_act(report(school.teacher, "find-abuse", "time", "09:30", NULL).made);
    assert_int_equal(task_of(&tasks, school.teacher, "tell")->due, at + 30 * MINUTE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(duties_become_tasks_of_those_who_owe_them),
        TEST(time_runs_by_the_calendar),
        TEST(terms_that_are_missing_are_asked_for),
        TEST(the_clock_changes_at_the_hour_of_a_deadline),
        TEST(a_task_is_let_go_with_a_reason),
        TEST(once_is_once_and_others_are_seen_to),
        TEST(silence_says_whom_to_tell),
        TEST(one_press_tells_and_the_duty_is_met),
        TEST(who_it_is_about_never_gets_it),
        TEST(a_barred_parent_has_no_part_in_it),
        TEST(bad_reports_change_nothing),
        TEST(nobody_fills_the_lists_of_others),
        TEST(what_happened_earlier_is_late_for_who_did_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
