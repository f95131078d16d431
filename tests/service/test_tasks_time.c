/* What the clock does with tasks: who is next when nobody takes them, through nights and weekends, who is told when the time is
 * up, and what happens to the tasks of whoever is away or left. */
#include "duties.h"

#include <pthread.h>
#include <string.h>

#include "service/mail_queue.h"
#include "service/record_parts.h"
#include "store/outbox.h"

/* ---- next in line ---- */

/* Friday night: nobody takes it, and it goes on each hour through the night and the weekend. */
static void what_nobody_takes_goes_to_the_next_in_line(void **state)
{
    (void)state;
    struct id director = trusted("Dirk", "director");
    struct id chair = trusted("Cher", "chair");
    set_clock("2026-11-20 23:30");
    struct outcome outcome = report(school.teacher, "find-abuse", NULL);
    struct tasks tasks = tasks_of_act(outcome.made);
    assert_null(task_of(&tasks, director, "capture"));
    at += HOUR;
    assert_true(keep());
    tasks = tasks_of_act(outcome.made);
    assert_non_null(task_of(&tasks, director, "capture")); /* the policy names him */
    assert_non_null(task_of(&tasks, school.dsl, "capture"));
    assert_non_null(task_of(&tasks, school.dsl, "tell the")); /* whoever was to be told */
    assert_non_null(task_of(&tasks, school.teacher, "tell the"));
    size_t events = events_now();
    assert_false(keep()); /* done twice it does nothing */
    assert_int_equal(events_now(), events);
    at += HOUR;
    assert_true(keep());
    tasks = tasks_of_act(outcome.made);
    assert_non_null(task_of(&tasks, school.head, "capture"));
    at += 7 * DAY; /* the machine was off */
    assert_true(keep());
    tasks = tasks_of_act(outcome.made);
    assert_non_null(task_of(&tasks, chair, "capture"));
    assert_int_equal(task_of(&tasks, chair, "capture")->steps, 3);
    for (int i = 0; i < 5; i++) {
        at += HOUR;
        keep();
    }
    assert_false(keep()); /* the line has an end */
    assert_non_null(task_of(&tasks, school.dsl, "capture"));
}

static void taking_stops_it_and_ends_it_for_the_others(void **state)
{
    (void)state;
    struct id second = trusted("Sue", "dsl");
    struct outcome outcome = report(school.teacher, "find-abuse", NULL);
    struct tasks tasks = tasks_of_act(outcome.made);
    struct id mine = task_of(&tasks, school.dsl, "capture")->id;
    struct id theirs = task_of(&tasks, second, "capture")->id;
    assert_true(
        school_do(&school, ACT_TAKE_TASK, school.dsl, "task", school_hex(&school, mine), NULL)
            .done);
    tasks = tasks_of_act(outcome.made);
    assert_null(task_of(&tasks, second, "capture"));
    const struct task_row *taken = task_of(&tasks, school.dsl, "capture");
    assert_true(id_same(&taken->taken_by, &school.dsl) && taken->goes_on == ROW_NOTHING);
    assert_non_null(strstr(
        school_bad(&school, ACT_TAKE_TASK, second, "task", school_hex(&school, theirs), NULL),
        "somebody has seen to it"));
    assert_non_null(strstr(
        school_bad(&school, ACT_TAKE_TASK, school.dsl, "task", school_hex(&school, mine), NULL),
        "you have taken"));
    school_bad(&school, ACT_TAKE_TASK, school.other, "task", school_hex(&school, mine), NULL);
    school_bad(&school, ACT_CLOSE_TASK, school.other, "task", school_hex(&school, mine), NULL);
    at += 2 * HOUR;
    keep();
    tasks = tasks_of_act(outcome.made);
    assert_null(task_of(&tasks, school.head, "capture"));
    assert_true(school_do(&school, ACT_CLOSE_TASK, school.dsl, "task", school_hex(&school, mine),
                          "note", "Kept on paper", NULL)
                    .done);
    school_bad(&school, ACT_CLOSE_TASK, school.dsl, "task", school_hex(&school, mine), NULL);
}

struct taker {
    struct id person, task;
    pthread_t thread;
    bool done;
};

static void *take(void *context)
{
    struct taker *taker = context;
    AUTO(arena) struct arena *arena = arena_new();
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    char hex[2 * ID_SIZE + 1];
    id_hex(&taker->task, hex);
    order_init(&order, ACT_TAKE_TASK, taker->person);
    order_set(&order, arena, "task", slice_of(hex));
    taker->done = desk_do(school.record, &order, arena, &outcome, &error) && outcome.done;
    return NULL;
}

static void taken_twice_at_once_it_is_one_persons(void **state)
{
    (void)state;
    struct id second = trusted("Sue", "dsl");
    for (int round = 0; round < 5; round++) {
        struct tasks tasks = tasks_of_act(report(school.teacher, "find-abuse", NULL).made);
        struct taker takers[2] = {
            {.person = school.dsl, .task = task_of(&tasks, school.dsl, "capture")->id},
            {.person = second, .task = task_of(&tasks, second, "capture")->id}};
        for (size_t i = 0; i < 2; i++)
            assert_int_equal(pthread_create(&takers[i].thread, NULL, take, &takers[i]), 0);
        for (size_t i = 0; i < 2; i++) pthread_join(takers[i].thread, NULL);
        assert_int_equal(takers[0].done + takers[1].done, 1);
    }
}

static void who_is_away_is_passed_over(void **state)
{
    (void)state;
    assert_true(school_do(&school, ACT_RECORD_ABSENCE, school.dsl, "person",
                          school_hex(&school, school.dsl), "since", "2026-11-18", NULL)
                    .done);
    struct id director = trusted("Dirk", "director");
    struct tasks tasks = tasks_of_act(report(school.teacher, "find-abuse", NULL).made);
    assert_null(task_of(&tasks, school.dsl, "capture"));
    assert_non_null(task_of(&tasks, director, "capture"));
    assert_int_equal(open_of_kind("vacancy").count, 0); /* away is not gone */
}

/* An office that nobody holds: the next in line has it, and the vacancy is a task, once. */
static void an_empty_office_is_a_vacancy(void **state)
{
    (void)state;
    at += 2 * DAY;
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.admin, "person",
                          school_hex(&school, school.dsl), "day", "2026-11-19", DESK_DESPITE,
                          "They are ill", NULL)
                    .done);
    struct tasks tasks = tasks_of_act(report(school.teacher, "find-abuse", NULL).made);
    assert_non_null(task_of(&tasks, school.head, "capture"));
    report(school.other, "find-abuse", NULL);
    assert_int_equal(open_of_kind("vacancy").count, 1);
}

/* A task whose owner left waits for the role, and goes on by the clock. */
static void who_left_leaves_the_task_to_the_role(void **state)
{
    (void)state;
    at += 2 * DAY;
    struct outcome outcome = report(school.teacher, "find-unofficial", NULL);
    struct outcome urgent = report(school.other, "find-abuse", NULL);
    struct tasks theirs = tasks_of_act(outcome.made);
    assert_true(
        school_do(&school, ACT_TAKE_TASK, school.teacher, "task",
                  school_hex(&school, task_of(&theirs, school.teacher, "keep the record")->id),
                  NULL)
            .done);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.admin, "person",
                          school_hex(&school, school.teacher), "day", "2026-11-19", NULL)
                    .done);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.admin, "person",
                          school_hex(&school, school.dsl), "day", "2026-11-19", DESK_DESPITE,
                          "They are ill", NULL)
                    .done);
    struct tasks tasks = tasks_of_act(outcome.made);
    const struct task_row *kept = task_of(&tasks, (struct id){{0}}, "keep the record");
    assert_non_null(kept);
    assert_true(slice_is(kept->role, "headteacher"));
    assert_true(
        school_do(&school, ACT_TAKE_TASK, school.head, "task", school_hex(&school, kept->id), NULL)
            .done);
    at += HOUR;
    assert_true(keep());
    tasks = tasks_of_act(urgent.made);
    assert_non_null(task_of(&tasks, school.head, "capture"));
}

/* ---- when the time is up ---- */

static void whoever_the_policy_names_is_told_when_the_time_is_up(void **state)
{
    (void)state;
    struct id chair = trusted("Cher", "chair");
    struct outcome outcome = report(school.teacher, "find-unofficial", NULL);
    struct tasks tasks = tasks_of_act(outcome.made);
    const struct task_row *review = task_of(&tasks, school.head, "review");
    assert_true(review->goes_on == review->due);
    assert_true(school_do(&school, ACT_TAKE_TASK, school.head, "task",
                          school_hex(&school, review->id), NULL)
                    .done); /* taking is not doing */
    at = review->due;
    assert_true(keep());
    tasks = tasks_of_act(outcome.made);
    const struct task_row *late = task_of(&tasks, chair, "review");
    assert_non_null(late);
    assert_true(slice_is(late->kind, TASK_ELSE));
    at += 10 * DAY;
    keep();
    tasks = tasks_of_act(outcome.made);
    size_t told = 0;
    for (size_t i = 0; i < tasks.count; i++) told += slice_is(tasks.rows[i].kind, TASK_ELSE);
    assert_int_equal(told, 1);
    /* Done in time, nobody is told. */
    outcome = report(school.other, "find-unofficial", NULL);
    tasks = tasks_of_act(outcome.made);
    assert_true(school_do(&school, ACT_CLOSE_TASK, school.head, "task",
                          school_hex(&school, task_of(&tasks, school.head, "review")->id), NULL)
                    .done);
    at += 20 * DAY;
    keep();
    tasks = tasks_of_act(outcome.made);
    assert_null(task_of(&tasks, chair, "review"));
}

static void the_review_is_asked_for_once(void **state)
{
    (void)state;
    assert_false(keep());
    set_clock("2027-02-09 12:00");
    assert_false(keep());
    set_clock("2027-02-10 12:00"); /* 28 days before */
    assert_true(keep());
    struct tasks reviews = open_of_kind(TASK_REVIEW);
    assert_int_equal(reviews.count, 1);
    assert_true(slice_is(reviews.rows[0].role, "headteacher"));
    assert_int_equal(reviews.rows[0].due,
                     london_day_end(london_moment(moment_ms("2027-03-10 12:00")).day));
    assert_true(slice_is(reviews.rows[0].deed, "REVIEW DUE 2027-03-10"));
    assert_false(keep());
    assert_true(school_do(&school, ACT_CLOSE_TASK, school.head, "task",
                          school_hex(&school, reviews.rows[0].id), NULL)
                    .done);
    at += 100 * DAY;
    assert_false(keep());
}

/* ---- two programs, and mail ----------------------------------------------------------------------- */

static void two_programs_on_one_folder_do_it_once(void **state)
{
    (void)state;
    struct record_place place = {.folder = school.folder, .not_synced = true};
    struct record *other;
    struct error error = {.code = ERROR_NONE};
    bool did;
    struct outcome outcome = report(school.teacher, "find-abuse", NULL);
    if (!record_open(&place, &other, &error)) fail_msg("%s", error.sentence);
    at += HOUR;
    assert_true(keep());
    assert_true(time_keep(other, &did, &error));
    assert_false(did);
    at += HOUR;
    assert_true(time_keep(other, &did, &error) && did);
    assert_false(keep());
    record_close(other);
    struct tasks tasks = tasks_of_act(outcome.made);
    size_t heads = 0;
    for (size_t i = 0; i < tasks.count; i++)
        heads += id_same(&tasks.rows[i].owner, &school.head) &&
                 slice_equal(tasks.rows[i].deed, task_of(&tasks, school.dsl, "capture")->deed);
    assert_int_equal(heads, 1);
}

static size_t mails_waiting(void)
{
    int64_t count, due, next;
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(school.record, &error);
    assert_true(outbox_count(db, at, &count, &due, &next, &error));
    record_read_done(school.record, db);
    return (size_t)count;
}

/* On a weekday from eight o'clock, once: not at night, not at the weekend, nobody without an address, nobody of the matter. */
static void reminders_go_out_on_weekday_mornings(void **state)
{
    (void)state;
    assert_true(school_do(&school, ACT_CHANGE_PERSON, school.admin, "person",
                          school_hex(&school, school.teacher), "given", "Tom", "family", "Teacher",
                          "email", "tom@hill.example", NULL)
                    .done);
    assert_true(school_do(&school, ACT_CHANGE_PERSON, school.admin, "person",
                          school_hex(&school, school.head), "given", "Hilda", "family", "Keeper",
                          "email", "hilda@hill.example", NULL)
                    .done);
    report(school.teacher, "find-abuse", "about", school_hex(&school, school.head), NULL);
    for (int i = 0; i < 3; i++) { /* to the end of the line, so that reminders alone are left */
        at += HOUR;
        keep();
    }
    mail_switch(school.record, true);
    set_clock("2026-11-21 12:00"); /* Saturday */
    size_t before = mails_waiting();
    assert_false(keep());
    set_clock("2026-11-23 07:59");
    assert_false(keep());
    set_clock("2026-11-23 08:00");
    assert_true(keep());
    assert_int_equal(mails_waiting(), before + 1); /* the head is who it is about */
    assert_false(keep());
    at += 3 * HOUR;
    assert_false(keep());
    mail_switch(school.record, false);
}

static bool sealed_says(struct id occurrence, struct id actor)
{
    struct error error = {.code = ERROR_NONE};
    struct occurrence_row row;
    struct pairs pairs;
    bool there = false;
    struct db *db = record_read(school.record, &error);
    assert_true(occurrence_get(db, &occurrence, school.arena, &row, &there, &error) && there);
    assert_true(record_part(school.record, db, (uint64_t)row.n, &actor, school.arena, &pairs,
                            &there, &error));
    record_read_done(school.record, db);
    return there;
}

/* What they said is gone for good, what they owed waits for the head, and what others owe goes on to nobody else, as nobody can
 * tell any more whom it is about. */
static void who_is_erased_leaves_tasks_that_name_nobody(void **state)
{
    (void)state;
    at += 2 * DAY;
    struct outcome urgent = report(school.teacher, "find-abuse", NULL);
    struct outcome own = report(school.teacher, "find-unofficial", NULL);
    assert_true(sealed_says(urgent.made, school.teacher));
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.admin, "person",
                          school_hex(&school, school.teacher), "day", "2026-11-19", NULL)
                    .done);
    struct outcome asked =
        school_do(&school, ACT_ASK_ERASURE, school.admin, "person",
                  school_hex(&school, school.teacher), "reason", "They asked", NULL);
    assert_true(school_do(&school, ACT_CONFIRM_ERASURE, school.head, "erasure",
                          school_hex(&school, asked.made), NULL)
                    .done);
    assert_false(sealed_says(urgent.made, school.teacher));
    for (int hour = 0; hour < 4; hour++) {
        at += HOUR;
        keep();
    }
    assert_false(keep());
    struct tasks tasks = tasks_of_act(urgent.made);
    const struct task_row *capture = task_of(&tasks, school.dsl, "capture");
    assert_non_null(capture);
    assert_null(task_of(&tasks, school.head, "capture"));
    (void)school_bad(&school, ACT_WAIVE_TASK, school.head, "task", school_hex(&school, capture->id),
                     "reason", "It may be about me", NULL);
    assert_true(school_do(&school, ACT_CLOSE_TASK, school.dsl, "task",
                          school_hex(&school, capture->id), "note", "Seen to", NULL)
                    .done);
    tasks = tasks_of_act(own.made);
    const struct task_row *kept = task_of(&tasks, (struct id){{0}}, "keep the record");
    assert_true(school_do(&school, ACT_WAIVE_TASK, school.head, "task",
                          school_hex(&school, kept->id), "reason", "They are gone", NULL)
                    .done);
}

/* The version of a task, behind the events' back; `version` gets the one that was there. */
struct swap {
    struct id task, version;
};

static bool swap_version(void *context, struct db *db, struct error *error)
{
    struct swap *swap = context;
    struct task_row row;
    bool found;
    if (!task_get(db, &swap->task, school.arena, &row, &found, error) || !found) return false;
    struct id before = row.version;
    row.version = swap->version;
    swap->version = before;
    return task_put(db, &row, error);
}

/* What belongs to it goes along the line of those who are always told, and all else has its turn. */
static void a_version_that_cannot_be_read_holds_nobody_up(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct outcome lost = report(school.teacher, "find-abuse", NULL);
    struct outcome other = report(school.other, "find-abuse", NULL);
    struct tasks tasks = tasks_of_act(lost.made);
    struct swap swap = {.task = task_of(&tasks, school.dsl, "capture")->id, .version = id_make()};
    assert_true(writer_do(school.record->writer, swap_version, &swap, &error)); /* it is gone */
    at += HOUR;
    assert_true(keep());
    tasks = tasks_of_act(lost.made);
    assert_non_null(task_of(&tasks, school.head, "capture"));
    tasks = tasks_of_act(other.made);
    assert_non_null(task_of(&tasks, school.head, "capture"));
    assert_true(
        school_do(&school, ACT_TAKE_TASK, school.dsl, "task", school_hex(&school, swap.task), NULL)
            .done);
    for (int hour = 0; hour < 6; hour++) { /* it comes to an end */
        at += HOUR;
        keep();
    }
    assert_false(keep());
    assert_true(writer_do(school.record->writer, swap_version, &swap, &error));
}

/* Their own post is the only one left that it could wait for: it waits, and no mail says that there is something. */
static void whoever_it_is_about_gets_no_mail_of_it(void **state)
{
    (void)state;
    struct outcome outcome;
    at += 2 * DAY;
    assert_true(school_do(&school, ACT_CHANGE_PERSON, school.admin, "person",
                          school_hex(&school, school.head), "given", "Hilda", "family", "Keeper",
                          "email", "hilda@hill.example", NULL)
                    .done);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.admin, "person",
                          school_hex(&school, school.dsl), "day", "2026-11-19", DESK_DESPITE,
                          "They are ill", NULL)
                    .done);
    mail_switch(school.record, true);
    size_t before = mails_waiting();
    outcome =
        report(school.teacher, "find-unofficial", "about", school_hex(&school, school.head), NULL);
    struct tasks tasks = tasks_of_act(outcome.made);
    const struct task_row *review = task_of(&tasks, (struct id){{0}}, "review");
    assert_non_null(review);
    assert_true(slice_is(review->role, "headteacher"));
    assert_int_equal(mails_waiting(), before);
    report(school.other, "find-unofficial", NULL); /* about nobody of the line: they are told */
    assert_int_equal(mails_waiting(), before + 1);
    mail_switch(school.record, false);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(what_nobody_takes_goes_to_the_next_in_line),
        TEST(taking_stops_it_and_ends_it_for_the_others),
        TEST(taken_twice_at_once_it_is_one_persons),
        TEST(who_is_away_is_passed_over),
        TEST(an_empty_office_is_a_vacancy),
        TEST(who_left_leaves_the_task_to_the_role),
        TEST(whoever_the_policy_names_is_told_when_the_time_is_up),
        TEST(two_programs_on_one_folder_do_it_once),
        TEST(reminders_go_out_on_weekday_mornings),
        TEST(who_is_erased_leaves_tasks_that_name_nobody),
        TEST(a_version_that_cannot_be_read_holds_nobody_up),
        TEST(whoever_it_is_about_gets_no_mail_of_it),
        TEST(the_review_is_asked_for_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
