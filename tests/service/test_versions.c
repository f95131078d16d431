/* A new version of the policy from its text to the day when it binds: who may bring, approve, refuse, take back; what stands
 * in the way; and that nothing is half done. school_close makes all tables again and compares. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "clock.h"
#include "edition.h"

static enum version_state state_of(struct school *school, struct id version)
{
    struct error error = {.code = ERROR_NONE};
    struct version_seen seen;
    bool found;
    if (!version_seen(school->record, &version, school->arena, &seen, &found, &error))
        fail_msg("%s", error.sentence);
    assert_true(found);
    return seen.state;
}

/* The verdict of the policy in force on a teacher who accepts a friend request from a pupil. */
static enum verdict befriend(struct school *school, int64_t day)
{
    struct error error = {.code = ERROR_NONE};
    struct request request;
    struct decision decision;
    const struct policy *policy = record_policy_on(school->record, day, NULL);
    if (policy == NULL) return VERDICT_NEED_ANSWER;
    request_init(policy, true, school->arena, &request);
    assert_true(request_set(&request, SLICE("actor"), SLICE("teacher"), &error) &&
                request_set(&request, SLICE("act"), SLICE("accept-request"), &error) &&
                request_set(&request, SLICE("other"), SLICE("our-pupil"), &error));
    decide(&request, school->arena, &decision);
    enum verdict verdict = decision.verdict;
    record_policy_let_go(school->record, policy);
    return verdict;
}

/* ---- the way in ------------------------------------------------------------------------------------ */

static void a_version_is_brought_approved_and_binds(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    assert_int_equal(befriend(&school, record_today(school.record)), VERDICT_NEED_ANSWER);
    struct edition first = {.number = "1"};
    struct id version = edition_brought(&school, &first, school.office);
    assert_int_equal(state_of(&school, version), VERSION_WAITS);
    assert_null(record_policy(school.record)); /* it binds nobody until it is approved */
    assert_true(edition_decide(&school, version, school.governor, &edition_today).done);
    assert_int_equal(state_of(&school, version), VERSION_IN_FORCE);
    assert_int_equal(befriend(&school, record_today(school.record)), VERDICT_NOT_ALLOWED);
    school_close(&school);
}

static void what_does_not_compile_leaves_nothing(void **state)
{
    (void)state;
    struct school school;
    struct error error = {.code = ERROR_NONE};
    struct version_brought brought;
    struct versions_seen versions;
    school_open(&school);
    edition_begin(&school);
    struct edition wrong = {.number = "2", .rule = "staff MUST NOT frobnicate a pupil"};
    struct version_sent sent = {
        .policy = edition_text(&school, &wrong), .words = SLICE_EMPTY, .law = SLICE_EMPTY};
    assert_true(version_read(school.record, &sent, &brought, &error));
    assert_null(brought.policy);
    assert_true(brought.problems.errors > 0);
    assert_true(brought.problems.list.at[0].line > 0);
    struct order order;
    struct outcome outcome;
    order_init(&order, ACT_BRING_VERSION, school.office);
    order.matter = &brought;
    assert_false(desk_do(school.record, &order, school.arena, &outcome, &error));
    version_brought_clear(&brought);
    struct version_sent word = {
        .policy = SLICE("PK\x03\x04 a Word file"), .words = SLICE_EMPTY, .law = SLICE_EMPTY};
    assert_false(version_read(school.record, &word, &brought, &error));
    assert_non_null(strstr(error.sentence, "Word"));
    assert_true(versions_seen(school.record, school.arena, &versions, &error));
    assert_int_equal(versions.list.count, 1);
    school_close(&school);
}

static void the_first_one_needs_its_vocabulary(void **state)
{
    (void)state;
    struct school school;
    struct error error = {.code = ERROR_NONE};
    struct version_brought brought;
    struct edition first = {.number = "1"};
    school_open(&school);
    struct version_sent sent = {
        .policy = edition_text(&school, &first), .words = SLICE_EMPTY, .law = SLICE_EMPTY};
    assert_false(version_read(school.record, &sent, &brought, &error));
    assert_non_null(strstr(error.sentence, "words.md"));
    school_close(&school);
}

static void the_same_again_is_not_kept_twice(void **state)
{
    (void)state;
    struct school school;
    struct outcome outcome;
    struct error error;
    school_open(&school);
    edition_begin(&school);
    struct edition first = {.number = "1"}, second = {.number = "2", .told = "the line manager"};
    assert_false(edition_bring(&school, &first, school.admin, NULL, &outcome, &error));
    assert_non_null(strstr(error.sentence, "nothing is different"));
    struct id waits = edition_brought(&school, &second, school.admin);
    assert_false(edition_bring(&school, &second, school.office, NULL, &outcome, &error));
    assert_non_null(strstr(error.sentence, "waits already"));
    assert_true(school_do(&school, ACT_WITHDRAW_VERSION, school.admin, "version",
                          school_hex(&school, waits), NULL)
                    .done);
    edition_brought(&school, &second, school.office); /* what was taken back may come again */
    school_close(&school);
}

static void only_so_many_wait(void **state)
{
    (void)state;
    struct school school;
    struct outcome outcome;
    struct error error;
    school_open(&school);
    edition_begin(&school);
    for (int i = 0; i < VERSIONS_WAITING_LARGEST; i++) {
        struct edition next = {.number = arena_format(school.arena, "2.%d", i).at};
        edition_brought(&school, &next, school.office);
    }
    struct edition more = {.number = "3"};
    assert_false(edition_bring(&school, &more, school.office, NULL, &outcome, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
    school_close(&school);
}

static void a_teacher_brings_none(void **state)
{
    (void)state;
    struct school school;
    struct outcome outcome;
    struct error error;
    school_open(&school);
    struct edition first = {.number = "1"};
    assert_true(edition_bring(&school, &first, school.teacher, NULL, &outcome, &error));
    assert_false(outcome.done);
    school_close(&school);
}

/* ---- who approves ---------------------------------------------------------------------------------- */

static void never_its_author(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    struct edition first = {.number = "1"};
    struct id version = edition_brought(&school, &first, school.governor);
    struct outcome outcome = edition_decide(&school, version, school.governor, &edition_today);
    assert_true(school_refused(&outcome, "7.3"));
    /* nor by another record of the same person */
    struct id twin = school_person(&school, "Gail", "Twin");
    assert_true(school_do(&school, ACT_LINK_SAME, school.office, "one",
                          school_hex(&school, school.governor), "other", school_hex(&school, twin),
                          NULL)
                    .done);
    outcome = edition_decide(&school, version, twin, &edition_today);
    assert_false(outcome.done);
    assert_int_equal(state_of(&school, version), VERSION_WAITS);
    school_close(&school);
}

static void not_by_nobody_nor_by_another_body(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    struct edition first = {.number = "1"};
    struct id version = edition_brought(&school, &first, school.office), nobody = {{0}};
    assert_false(edition_decide(&school, version, nobody, &edition_today).done);
    struct outcome outcome = edition_decide(&school, version, school.head, &edition_today);
    assert_false(outcome.done);
    edition_says(outcome, "Governor or trustee, or Chair of the board");
    assert_false(edition_decide(&school, version, school.teacher, &edition_today).done);
    /* in the name of a body that one does not sit on, whatever else one is */
    struct approval as_chair = {.body = "chair"};
    assert_false(edition_decide(&school, version, school.governor, &as_chair).done);
    assert_int_equal(state_of(&school, version), VERSION_WAITS);
    struct approval as_governor = {.body = "governor"};
    assert_true(edition_decide(&school, version, school.governor, &as_governor).done);
    school_close(&school);
}

/* The version in force says it, not the one that comes. */
static void the_next_one_does_not_choose_its_approver(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    edition_begin(&school);
    struct edition own = {.number = "2", .approved_by = "the headteacher"};
    struct id version = edition_brought(&school, &own, school.office);
    struct approval tomorrow = {.day = edition_day(&school, 1)};
    assert_false(edition_decide(&school, version, school.head, &tomorrow).done);
    assert_true(edition_decide(&school, version, school.governor, &tomorrow).done);
    clock_forward(1);
    struct edition third = {.number = "3"};
    struct id next = edition_brought(&school, &third, school.office);
    struct approval later = {.day = edition_day(&school, 1)};
    assert_false(edition_decide(&school, next, school.governor, &later).done);
    assert_true(edition_decide(&school, next, school.head, &later).done);
    school_close(&school);
}

static void left_open_it_is_for_the_board_or_the_head(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    struct edition open = {.number = "1", .approved_by = ""};
    struct id version = edition_brought(&school, &open, school.office);
    assert_false(edition_decide(&school, version, school.dsl, &edition_today).done);
    struct approval as_governor = {.body = "governor"};
    assert_false(edition_decide(&school, version, school.head, &as_governor).done);
    assert_true(edition_decide(&school, version, school.head, &edition_today).done);
    struct version_seen seen;
    struct error error = {.code = ERROR_NONE};
    bool found;
    assert_true(version_seen(school.record, &version, school.arena, &seen, &found, &error) &&
                found);
    assert_true(slice_is(seen.body, "Headteacher"));
    school_close(&school);
}

/* ---- posts that stand empty ------------------------------------------------------------------------ */

static void an_office_that_nobody_holds_is_named(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    struct edition first = {.number = "1", .told = "the online safety coordinator"};
    struct id version = edition_brought(&school, &first, school.office);
    struct outcome outcome = edition_decide(&school, version, school.governor, &edition_today);
    assert_true(school_refused(&outcome, "7.4"));
    edition_says(outcome, "Online safety coordinator (clause 3)");
    school_close(&school);
}

static struct id held(struct school *school, struct id person, enum role role)
{
    struct id found = {{0}};
    const struct register_view *view = register_hold(school->record);
    const struct registered *registered = register_person(view, &person);
    for (size_t i = 0; i < registered->role_count; i++)
        if (registered->roles[i].role == role) found = registered->roles[i].id;
    register_let_go(school->record, view);
    return found;
}

/* On the day when it comes into force, not only today. */
static void the_office_is_held_on_its_first_day(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    struct id role = held(&school, school.head, ROLE_HEADTEACHER);
    assert_true(school_do(&school, ACT_END_ROLE, school.admin, "held", school_hex(&school, role),
                          "until", edition_day(&school, 3), "despite", "retires", NULL)
                    .done);
    struct edition first = {.number = "1"};
    struct id version = edition_brought(&school, &first, school.office);
    struct approval late = {.day = edition_day(&school, 5)};
    struct outcome outcome = edition_decide(&school, version, school.governor, &late);
    edition_says(outcome, "Headteacher");
    assert_true(school_refused(&outcome, "7.4"));
    struct approval soon = {.day = edition_day(&school, 3)};
    assert_true(edition_decide(&school, version, school.governor, &soon).done);
    school_close(&school);
}

/* ---- dates ----------------------------------------------------------------------------------------- */

static void not_yesterday_and_no_two_on_one_day(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    edition_begin(&school);
    struct edition second = {.number = "2", .told = "the designated safeguarding lead"};
    struct edition third = {.number = "3", .told = "the line manager"};
    struct id two = edition_brought(&school, &second, school.office);
    struct id three = edition_brought(&school, &third, school.office);
    struct approval yesterday = {.day = edition_day(&school, -1)};
    struct outcome outcome = edition_decide(&school, two, school.governor, &yesterday);
    assert_false(outcome.done);
    edition_says(outcome, "has passed");
    outcome = edition_decide(&school, two, school.governor,
                             &edition_today); /* the first is in force from today */
    assert_false(outcome.done);
    edition_says(outcome, "Version 1 is in force from that very day");
    struct approval in_ten = {.day = edition_day(&school, 10)};
    struct approval in_five = {.day = edition_day(&school, 5)};
    assert_true(edition_decide(&school, two, school.governor, &in_ten).done);
    outcome = edition_decide(&school, three, school.governor, &in_ten);
    assert_false(outcome.done);
    edition_says(outcome, "Version 2");
    outcome = edition_decide(&school, three, school.governor, &in_five);
    assert_false(outcome.done);
    edition_says(outcome, "take that version back first");
    assert_true(school_do(&school, ACT_WITHDRAW_VERSION, school.governor, "version",
                          school_hex(&school, two), "reason", "the other one is better", NULL)
                    .done);
    assert_true(edition_decide(&school, three, school.governor, &in_five).done);
    school_close(&school);
}

static void acts_before_its_day_are_decided_by_the_old_one(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    edition_begin(&school);
    int64_t day = record_today(school.record);
    struct edition lifted = {.number = "2",
                             .rule = "staff MAY accept a friend request from a pupil"};
    struct id version = edition_brought(&school, &lifted, school.office);
    struct approval in_two = {.day = edition_day(&school, 2)};
    assert_true(edition_decide(&school, version, school.governor, &in_two).done);
    assert_int_equal(befriend(&school, day), VERDICT_NOT_ALLOWED);
    assert_int_equal(befriend(&school, day + 1), VERDICT_NOT_ALLOWED);
    assert_int_equal(befriend(&school, day + 2), VERDICT_ALLOWED);
    assert_int_equal(state_of(&school, version), VERSION_COMING);
    clock_forward(2);
    assert_int_equal(state_of(&school, version), VERSION_IN_FORCE);
    assert_int_equal(befriend(&school, record_today(school.record)), VERDICT_ALLOWED);
    assert_int_equal(befriend(&school, day + 1), VERDICT_NOT_ALLOWED); /* as it was then */
    school_again(&school);
    assert_int_equal(befriend(&school, record_today(school.record)), VERDICT_ALLOWED);
    school_close(&school);
}

/* ---- turned down and taken back -------------------------------------------------------------------- */

static void refused_with_a_reason_by_those_who_approve(void **state)
{
    (void)state;
    struct school school;
    struct error error = {.code = ERROR_NONE};
    struct version_said_why why;
    school_open(&school);
    struct id first = edition_begin(&school);
    struct edition second = {.number = "2", .told = "the line manager"};
    struct id version = edition_brought(&school, &second, school.office);
    const char *hex = school_hex(&school, version);
    school_bad(&school, ACT_REFUSE_VERSION, school.governor, "version", hex, NULL);
    assert_false(
        school_do(&school, ACT_REFUSE_VERSION, school.head, "version", hex, "reason", "no", NULL)
            .done);
    assert_true(school_do(&school, ACT_REFUSE_VERSION, school.governor, "version", hex, "reason",
                          "The line manager is not trained", NULL)
                    .done);
    assert_int_equal(state_of(&school, version), VERSION_REFUSED);
    assert_true(version_why(school.record, &version, school.arena, &why, &error));
    assert_true(slice_is(why.reason, "The line manager is not trained"));
    struct outcome outcome;
    struct approval later = {.day = edition_day(&school, 1)};
    assert_false(edition_approve(&school, version, school.governor, &later, &outcome, &error));
    assert_non_null(strstr(error.sentence, "refused"));
    school_bad(&school, ACT_REFUSE_VERSION, school.governor, "version", school_hex(&school, first),
               "reason", "too late", NULL);
    school_close(&school);
}

static void taken_back_by_its_author_until_it_is_approved(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    struct id first = edition_begin(&school);
    struct edition second = {.number = "2", .told = "the line manager"};
    struct id version = edition_brought(&school, &second, school.office);
    const char *hex = school_hex(&school, version);
    assert_false(school_do(&school, ACT_WITHDRAW_VERSION, school.admin, "version", hex, "reason",
                           "not mine", NULL)
                     .done);
    struct approval later = {.day = edition_day(&school, 1)};
    assert_true(edition_decide(&school, version, school.governor, &later).done);
    assert_false(school_do(&school, ACT_WITHDRAW_VERSION, school.office, "version", hex, "reason",
                           "I would rather not", NULL)
                     .done);
    assert_true(school_do(&school, ACT_WITHDRAW_VERSION, school.governor, "version", hex, "reason",
                          "a mistake in it", NULL)
                    .done);
    assert_int_equal(state_of(&school, version), VERSION_WITHDRAWN);
    assert_int_equal(state_of(&school, first), VERSION_IN_FORCE);
    struct outcome outcome = school_do(&school, ACT_WITHDRAW_VERSION, school.governor, "version",
                                       school_hex(&school, first), "reason", "away with it", NULL);
    assert_false(outcome.done); /* what is in force stays until another takes its place */
    edition_says(outcome, "bring a new version instead");
    school_close(&school);
}

/* What the later one changes was laid beside it: alone, nobody would sign what the earlier one changed. */
static void one_that_another_follows_is_not_taken_back(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    edition_begin(&school);
    struct edition second = {.number = "2", .told = "the line manager"};
    struct edition third = {.number = "3", .told = "the designated safeguarding lead"};
    struct approval in_two = {.day = edition_day(&school, 2)};
    struct approval in_five = {.day = edition_day(&school, 5)};
    struct id two = edition_brought(&school, &second, school.office);
    assert_true(edition_decide(&school, two, school.governor, &in_two).done);
    struct id three = edition_brought(&school, &third, school.office);
    assert_true(edition_decide(&school, three, school.governor, &in_five).done);
    const char *sentence = school_bad(&school, ACT_WITHDRAW_VERSION, school.governor, "version",
                                      school_hex(&school, two), "reason", "a mistake in it", NULL);
    assert_non_null(strstr(sentence, "version 3"));
    assert_int_equal(state_of(&school, two), VERSION_COMING);
    assert_true(school_do(&school, ACT_WITHDRAW_VERSION, school.governor, "version",
                          school_hex(&school, three), "reason", "first this one", NULL)
                    .done);
    assert_true(school_do(&school, ACT_WITHDRAW_VERSION, school.governor, "version",
                          school_hex(&school, two), "reason", "a mistake in it", NULL)
                    .done);
    school_close(&school);
}

#define ONE(test) cmocka_unit_test(test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ONE(a_version_is_brought_approved_and_binds),
        ONE(what_does_not_compile_leaves_nothing),
        ONE(the_first_one_needs_its_vocabulary),
        ONE(the_same_again_is_not_kept_twice),
        ONE(only_so_many_wait),
        ONE(a_teacher_brings_none),
        ONE(never_its_author),
        ONE(not_by_nobody_nor_by_another_body),
        ONE(the_next_one_does_not_choose_its_approver),
        ONE(left_open_it_is_for_the_board_or_the_head),
        ONE(an_office_that_nobody_holds_is_named),
        ONE(the_office_is_held_on_its_first_day),
        ONE(not_yesterday_and_no_two_on_one_day),
        ONE(acts_before_its_day_are_decided_by_the_old_one),
        ONE(refused_with_a_reason_by_those_who_approve),
        ONE(taken_back_by_its_author_until_it_is_approved),
        ONE(one_that_another_follows_is_not_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
