/* Mail from the act that is told of to what became of it: who gets one and who does not, what it says, what happens where the
 * server refuses, is down or the program is killed. A made-up way takes the server's place; tests/link has the real one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "post.h"

/* ---- who gets one ---- */

static void without_mail_nothing_is_queued(void **state)
{
    (void)state;
    struct school school;
    begin(&school);
    mail_switch(school.record, false);
    queue(&school, school.teacher, MAIL_WAITING);
    assert_int_equal(waiting(&school), 0);
    mail_switch(school.record, true);
    queue(&school, school.teacher, MAIL_WAITING);
    assert_int_equal(waiting(&school), 1);
    school_close(&school);
}

static void who_has_no_address_or_is_gone_gets_none(void **state)
{
    (void)state;
    struct school school;
    struct id nobody = id_make();
    begin(&school);
    queue(&school, school.other, MAIL_WAITING);
    queue(&school, nobody, MAIL_WAITING);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.admin, "person",
                          school_hex(&school, school.teacher), "day", today(&school), NULL)
                    .done);
    queue(&school, school.teacher, MAIL_WAITING);
    assert_int_equal(waiting(&school), 0);
    school_close(&school);
}

static void one_of_a_kind_waits_and_goes_sooner(void **state)
{
    (void)state;
    struct school school;
    struct outbox_row first, row;
    begin(&school);
    int64_t now = record_now(school.record);
    queue_at(&school, school.teacher, MAIL_SIGN, now + 100000);
    assert_true(row_of(&school, school.teacher, MAIL_SIGN, &first));
    queue_at(&school, school.teacher, MAIL_SIGN, now + 200000);
    assert_true(row_of(&school, school.teacher, MAIL_SIGN, &row));
    assert_int_equal(row.not_before, now + 100000);
    queue_at(&school, school.teacher, MAIL_SIGN, now + 50000);
    assert_true(row_of(&school, school.teacher, MAIL_SIGN, &row));
    assert_int_equal(row.not_before, now + 50000);
    assert_true(id_same(&row.id, &first.id));
    queue(&school, school.teacher, MAIL_URGENT);
    assert_int_equal(waiting(&school), 2);
    school_close(&school);
}

/* ---- what goes out ---- */

static void it_says_that_something_waits_and_no_more(void **state)
{
    (void)state;
    static const char *const secret[] = {"Tom", "Surname", "tom@", "Hill", "policy.md"};
    struct school school;
    struct post post;
    begin(&school);
    post_open(&post, MAIL_SENT, false);
    for (enum mail_kind kind = 0; kind < MAIL_KINDS; kind++) queue(&school, school.teacher, kind);
    empty(&school, &post);
    assert_int_equal(post.count, MAIL_KINDS);
    assert_string_equal(post.sent[0].subject, "Something urgent waits for you in Lanyard");
    for (size_t i = 0; i < post.count; i++) {
        assert_string_equal(post.sent[i].to, "tom@hill.example");
        assert_non_null(strstr(post.sent[i].body, "\n" SITE "\n"));
        for (size_t k = 0; k < sizeof secret / sizeof *secret; k++) {
            assert_null(strstr(post.sent[i].body, secret[k]));
            assert_null(strstr(post.sent[i].subject, secret[k]));
        }
    }
    assert_int_equal(events_of(&school, "mail-sent").count, MAIL_KINDS);
    assert_true(
        slice_is(events_of(&school, "mail-sent").person, school_hex(&school, school.teacher)));
    assert_true(post.rests > 0);
    school_close(&school);
}

static void one_a_day_and_of_urgent_ones_one_an_hour(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    struct outbox_row row;
    begin(&school);
    post_open(&post, MAIL_SENT, false);
    queue(&school, school.teacher, MAIL_WAITING);
    queue(&school, school.teacher, MAIL_URGENT);
    empty(&school, &post);
    int64_t now = record_now(school.record);
    queue(&school, school.teacher, MAIL_WAITING);
    queue(&school, school.teacher, MAIL_URGENT);
    assert_true(row_of(&school, school.teacher, MAIL_URGENT, &row));
    assert_in_range(row.not_before - now, 3590000, 3600000);
    assert_true(row_of(&school, school.teacher, MAIL_WAITING, &row));
    assert_true(slice_is(row.state, "waiting"));
    assert_in_range(row.not_before - now, 6LL * 3600000, 31LL * 3600000);
    assert_int_equal(post.count, 2);
    school_close(&school);
}

static bool put_row(void *context, struct db *db, struct error *error)
{
    return outbox_put(db, context, error);
}

static void put_ahead(struct school *school, int64_t now)
{
    struct error error = {.code = ERROR_NONE};
    struct outbox_row row;
    assert_true(row_of(school, school->teacher, MAIL_WAITING, &row));
    row.not_before = now + 400LL * 24 * 3600 * 1000;
    row.tries = 1;
    assert_true(writer_do(school->record->writer, put_row, &row, &error));
}

/* For a while it was next year: neither what was queued then waits for it, nor is the next one kept back until then. */
static void a_clock_that_was_ahead_keeps_nothing_back(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    struct outbox_row row;
    begin(&school);
    post_open(&post, MAIL_SENT, false);
    int64_t now = record_now(school.record);
    queue(&school, school.teacher, MAIL_WAITING);
    put_ahead(&school, now);
    empty(&school, &post);
    assert_int_equal(post.count, 1);
    assert_true(is_state(&school, school.teacher, MAIL_WAITING, "sent"));
    put_ahead(&school, now);
    queue(&school, school.teacher, MAIL_WAITING);
    assert_true(row_of(&school, school.teacher, MAIL_WAITING, &row));
    assert_true(slice_is(row.state, "waiting"));
    assert_in_range(row.not_before - now, 0, 60000);
    school_close(&school);
}

static void the_address_of_the_moment_counts(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    begin(&school);
    post_open(&post, MAIL_SENT, false);
    queue(&school, school.teacher, MAIL_WAITING);
    queue(&school, school.head, MAIL_WAITING);
    queue(&school, school.dsl, MAIL_WAITING);
    give_address(&school, school.teacher, "Tom", "thomas@hill.example");
    give_address(&school, school.dsl, "Dora", "");
    queue(&school, school.pupil, MAIL_WAITING);
    empty(&school, &post);
    assert_int_equal(post.count, 2);
    assert_true(strcmp(post.sent[0].to, "thomas@hill.example") == 0 ||
                strcmp(post.sent[1].to, "thomas@hill.example") == 0);
    school_close(&school);
}

static void who_left_meanwhile_gets_nothing(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    struct outbox_row row;
    begin(&school);
    post_open(&post, MAIL_SENT, false);
    queue(&school, school.teacher, MAIL_WAITING);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.admin, "person",
                          school_hex(&school, school.teacher), "day", today(&school), NULL)
                    .done);
    empty(&school, &post);
    assert_int_equal(post.tries, 0);
    assert_false(row_of(&school, school.teacher, MAIL_WAITING, &row));
    school_close(&school);
}

static void who_was_erased_has_no_row(void **state)
{
    (void)state;
    struct school school;
    struct outbox_row row;
    begin(&school);
    queue(&school, school.teacher, MAIL_WAITING);
    struct outcome asked =
        school_do(&school, ACT_ASK_ERASURE, school.admin, "person",
                  school_hex(&school, school.teacher), "reason", "asked for it", NULL);
    assert_true(asked.done);
    assert_true(school_do(&school, ACT_CONFIRM_ERASURE, school.head, "erasure",
                          school_hex(&school, asked.made), NULL)
                    .done);
    assert_false(row_of(&school, school.teacher, MAIL_WAITING, &row));
    school_close(&school);
}

/* ---- what goes wrong ---- */

static void refused_for_good_is_told_once(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    struct mail_state seen;
    struct error error = {.code = ERROR_NONE};
    begin(&school);
    post_open(&post, MAIL_REFUSED, false);
    queue(&school, school.teacher, MAIL_WAITING);
    queue(&school, school.head, MAIL_WAITING);
    struct mail_worker *worker = work(&school, &post);
    wait_until_empty(&school);
    assert_true(mail_worker_state(worker, school.record, &seen, &error));
    mail_worker_stop(worker);
    assert_true(seen.on && seen.failed > 0 && seen.sent == 0);
    assert_string_equal(seen.reason, "made-up");
    assert_int_equal(post.tries, 3); /* the administrator's, who is told of it, as well */
    assert_int_equal(events_of(&school, "mail-given-up").count, 3);
    assert_true(slice_is(events_of(&school, "mail-given-up").reason, "made-up"));
    assert_int_equal(tasks_of(&school, school.admin, "mail-failed"), 1);
    assert_int_equal(tasks_of(&school, school.teacher, "mail-failed"), 0);
    assert_true(is_state(&school, school.teacher, MAIL_WAITING, "failed"));
    school_close(&school);
}

static void what_cannot_go_now_is_tried_again_as_the_same_mail(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    begin(&school);
    post_open(&post, MAIL_LATER, false);
    post.good_after = 4;
    queue(&school, school.teacher, MAIL_WAITING);
    empty(&school, &post);
    assert_int_equal(post.tries, 4);
    for (size_t i = 1; i < post.count; i++) assert_string_equal(post.sent[i].id, post.sent[0].id);
    assert_int_equal(events_of(&school, "mail-sent").count, 1);
    assert_int_equal(events_of(&school, "mail-given-up").count, 0);
    assert_true(is_state(&school, school.teacher, MAIL_WAITING, "sent"));
    school_close(&school);
}

static void a_server_that_is_down_is_asked_seldom_and_loses_nothing(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    begin(&school);
    post_open(&post, MAIL_LATER, true);
    queue(&school, school.teacher, MAIL_WAITING);
    queue(&school, school.head, MAIL_WAITING);
    queue(&school, school.dsl, MAIL_WAITING);
    struct mail_worker *worker = work(&school, &post);
    for (int i = 0; i < 60; i++)
        nap(); /* 0.3 s and more: at 40, 80, 80 ms a try, none of them sooner */
    size_t tries = tries_of(&post);
    assert_in_range(tries, 1, 40);
    assert_int_equal(waiting(&school), 3);
    assert_int_equal(events_of(&school, "mail-given-up").count, 0);
    pthread_mutex_lock(&post.lock);
    post.result = MAIL_SENT;
    pthread_mutex_unlock(&post.lock);
    wait_until_empty(&school);
    mail_worker_stop(worker);
    assert_int_equal(events_of(&school, "mail-sent").count, 3);
    school_close(&school);
}

static void after_days_it_is_given_up(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    struct mail_pace impatient = quick;
    begin(&school);
    impatient.give_up = 150;
    post_open(&post, MAIL_LATER, false);
    queue(&school, school.teacher, MAIL_WAITING);
    struct mail_worker *worker = mail_worker_start(school.record, &post.way, &impatient);
    wait_until_empty(&school);
    mail_worker_stop(worker);
    assert_true(post.tries >= 2);
    assert_int_equal(events_of(&school, "mail-given-up").count, 2); /* the administrator's too */
    assert_int_equal(tasks_of(&school, school.admin, "mail-failed"), 1);
    school_close(&school);
}

/* As a killed program leaves it. */
static bool take_it(void *context, struct db *db, struct error *error)
{
    struct outbox_row row = *(const struct outbox_row *)context;
    row.state = SLICE("sending");
    row.tries = 1;
    return outbox_put(db, &row, error);
}

static void what_was_being_sent_when_it_was_killed_is_sent_again(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    struct outbox_row row;
    struct error error = {.code = ERROR_NONE};
    char hex[2 * ID_SIZE + 1];
    begin(&school);
    post_open(&post, MAIL_SENT, false);
    queue(&school, school.teacher, MAIL_WAITING);
    assert_true(row_of(&school, school.teacher, MAIL_WAITING, &row));
    assert_true(writer_do(school.record->writer, take_it, &row, &error));
    school_again(&school);
    mail_switch(school.record, true);
    queue(&school, school.teacher, MAIL_WAITING); /* one is under way: nothing new */
    assert_int_equal(waiting(&school), 1);
    empty(&school, &post);
    id_hex(&row.id, hex);
    assert_int_equal(post.count, 1);
    assert_string_equal(post.sent[0].id, hex);
    school_close(&school);
}

static void of_two_programs_one_sends(void **state)
{
    (void)state;
    struct school school;
    struct post one, two;
    struct error error = {.code = ERROR_NONE};
    struct record *beside;
    begin(&school);
    struct record_place place = {.folder = school.folder, .not_synced = true};
    assert_true(record_open(&place, &beside, &error));
    post_open(&one, MAIL_SENT, false);
    post_open(&two, MAIL_SENT, false);
    struct mail_worker *first = work(&school, &one);
    struct mail_worker *second = mail_worker_start(beside, &two.way, &quick);
    for (enum mail_kind kind = 0; kind < MAIL_KINDS; kind++) {
        queue(&school, school.teacher, kind);
        queue(&school, school.head, kind);
    }
    wait_until_empty(&school);
    assert_int_equal(one.count + two.count, 2 * MAIL_KINDS);
    assert_true(one.count == 0 || two.count == 0);
    bool first_sent = one.count > 0;
    mail_worker_stop(first_sent ? first : second);
    queue(&school, school.dsl, MAIL_WAITING); /* the other takes over */
    wait_until_empty(&school);
    mail_worker_stop(first_sent ? second : first);
    assert_int_equal(one.count + two.count, 2 * MAIL_KINDS + 1);
    record_close(beside);
    school_close(&school);
}

/* ---- tasks ---- */

static void a_task_is_told_to_whom_it_waits_for(void **state)
{
    (void)state;
    struct school school;
    struct outbox_row row;
    begin(&school);
    int64_t now = record_now(school.record);
    struct task_plan plan = {
        .kind = "other", .role = ROLE_DSL, .org = &school.top, .due = now + 86400000};
    queue_task(&school, school.keeper, plan);
    assert_true(row_of(&school, school.dsl, MAIL_WAITING, &row));
    assert_int_equal(waiting(&school), 1);
    plan.kind = "told";
    queue_task(&school, school.keeper, plan);
    assert_true(row_of(&school, school.dsl, MAIL_URGENT, &row));
    plan.role = ROLE_HEADTEACHER;
    plan.kind = "other";
    plan.due = 0;
    queue_task(&school, school.keeper, plan);
    assert_true(row_of(&school, school.head, MAIL_URGENT, &row));
    plan = (struct task_plan){.kind = "other", .role = ROLES, .owner = &school.teacher};
    queue_task(&school, school.teacher, plan); /* who opens it knows */
    assert_false(row_of(&school, school.teacher, MAIL_URGENT, &row));
    queue_task(&school, school.head, plan);
    assert_true(row_of(&school, school.teacher, MAIL_URGENT, &row));
    assert_int_equal(waiting(&school), 4);
    school_close(&school);
}

static void who_is_away_is_spared_where_somebody_stands_in(void **state)
{
    (void)state;
    struct school school;
    struct outbox_row row;
    begin(&school);
    struct task_plan plan = {.kind = "other", .role = ROLE_DSL, .org = &school.top};
    assert_true(school_do(&school, ACT_RECORD_ABSENCE, school.admin, "person",
                          school_hex(&school, school.dsl), "since", today(&school), NULL)
                    .done);
    queue_task(&school, school.keeper, plan); /* nobody else is there */
    assert_true(row_of(&school, school.dsl, MAIL_URGENT, &row));
    assert_true(school_do(&school, ACT_NAME_DEPUTY, school.admin, "person",
                          school_hex(&school, school.head), "role", "dsl", "org",
                          school_hex(&school, school.top), NULL)
                    .done);
    plan.due = record_now(school.record) + 86400000;
    queue_task(&school, school.keeper, plan);
    assert_true(row_of(&school, school.head, MAIL_WAITING, &row));
    assert_false(row_of(&school, school.dsl, MAIL_WAITING, &row));
    school_close(&school);
}

/* ---- the act ---- */

static void nobody_but_the_keeper_says_what_became_of_a_mail(void **state)
{
    (void)state;
    struct school school;
    begin(&school);
    const char *person = school_hex(&school, school.teacher);
    assert_false(school_do(&school, ACT_RECORD_MAIL, school.admin, "mail", person, "person", person,
                           "kind", "waiting", "outcome", "sent", NULL)
                     .done);
    (void)school_bad(&school, ACT_RECORD_MAIL, school.keeper, "mail", person, "person", person,
                     "kind", "love-letter", "outcome", "sent", NULL);
    (void)school_bad(&school, ACT_RECORD_MAIL, school.keeper, "mail", person, "person", person,
                     "kind", "waiting", "outcome", "read", NULL);
    (void)school_bad(&school, ACT_RECORD_MAIL, school.keeper, "mail", "x", "person", person, "kind",
                     "waiting", "outcome", "sent", NULL);
    (void)school_bad(&school, ACT_RECORD_MAIL, school.keeper, "mail", person, "kind", "waiting",
                     "outcome", "sent", NULL);
    assert_int_equal(events_of(&school, "mail-sent").count, 0);
    school_close(&school);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_mail_nothing_is_queued),
        cmocka_unit_test(who_has_no_address_or_is_gone_gets_none),
        cmocka_unit_test(one_of_a_kind_waits_and_goes_sooner),
        cmocka_unit_test(it_says_that_something_waits_and_no_more),
        cmocka_unit_test(one_a_day_and_of_urgent_ones_one_an_hour),
        cmocka_unit_test(a_clock_that_was_ahead_keeps_nothing_back),
        cmocka_unit_test(the_address_of_the_moment_counts),
        cmocka_unit_test(who_left_meanwhile_gets_nothing),
        cmocka_unit_test(who_was_erased_has_no_row),
        cmocka_unit_test(refused_for_good_is_told_once),
        cmocka_unit_test(what_cannot_go_now_is_tried_again_as_the_same_mail),
        cmocka_unit_test(a_server_that_is_down_is_asked_seldom_and_loses_nothing),
        cmocka_unit_test(after_days_it_is_given_up),
        cmocka_unit_test(what_was_being_sent_when_it_was_killed_is_sent_again),
        cmocka_unit_test(of_two_programs_one_sends),
        cmocka_unit_test(a_task_is_told_to_whom_it_waits_for),
        cmocka_unit_test(who_is_away_is_spared_where_somebody_stands_in),
        cmocka_unit_test(nobody_but_the_keeper_says_what_became_of_a_mail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
