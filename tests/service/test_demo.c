/* A demo says so in its first event and stays one; only there somebody comes in without a proof; and what fails while a new
 * record is filled leaves nothing behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "school.h"
#include "service/signin.h"

static struct outcome come_in(struct school *school, struct id person, struct slice *ret_secret)
{
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    if (!signin_demo(school->record, &person, school->arena, ret_secret, &outcome, &error))
        fail_msg("%s", error.sentence);
    return outcome;
}

static struct signin_who who_is(struct school *school, struct slice secret)
{
    struct signin_who who;
    struct error error = {.code = ERROR_NONE};
    bool found = false;
    if (!signin_who(school->record, secret, school->arena, &who, &found, &error))
        fail_msg("%s", error.sentence);
    assert_true(found);
    return who;
}

static void in_a_demo_anybody_comes_in_by_one_press(void **state)
{
    (void)state;
    struct school school;
    struct slice secret;
    school_open_demo(&school);
    assert_true(record_is_demo(school.record));
    assert_true(come_in(&school, school.teacher, &secret).done);
    struct signin_who teacher = who_is(&school, secret);
    assert_memory_equal(&teacher.person, &school.teacher, ID_SIZE);
    /* a role of trust, without codes: nothing else is to be done first */
    assert_true(come_in(&school, school.head, &secret).done);
    struct signin_who head = who_is(&school, secret);
    assert_memory_equal(&head.person, &school.head, ID_SIZE);
    assert_false(head.codes);
    assert_false(head.codes_wanted);
    school_close(&school);
}

static void nobody_comes_in_as_who_is_not_here(void **state)
{
    (void)state;
    struct school school;
    struct slice secret;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    school_open_demo(&school);
    const char *other = school_hex(&school, school.other);
    char today[11];
    date_format(date_from_day(record_today(school.record)), today);
    assert_true(
        school_do(&school, ACT_RECORD_LEAVER, school.admin, "person", other, "day", today, NULL)
            .done);
    assert_false(
        signin_demo(school.record, &school.other, school.arena, &secret, &outcome, &error));
    struct id nobody = id_make();
    assert_false(signin_demo(school.record, &nobody, school.arena, &secret, &outcome, &error));
    struct id keeper = {{0}};
    assert_false(signin_demo(school.record, &keeper, school.arena, &secret, &outcome, &error));
    school_close(&school);
}

/* The mark is the first event's: no order, no later event puts it on or takes it off. */
static void a_real_record_stays_real(void **state)
{
    (void)state;
    struct school school;
    struct slice secret;
    school_open(&school);
    assert_false(record_is_demo(school.record));
    struct outcome outcome = come_in(&school, school.teacher, &secret);
    assert_false(outcome.done);
    assert_int_equal(outcome.verdict, VERDICT_NO_CLAUSE);
    assert_int_equal(secret.length, 0);
    assert_true(school_do(&school, ACT_ADD_ORGANISATION, school.admin, "name", "Low School", "kind",
                          "school", "demo", "yes", NULL)
                    .done);
    assert_false(school_do(&school, ACT_SET_UP, school.keeper, "name", "Hill School", "kind",
                           "school", "demo", "yes", NULL)
                     .done);
    assert_false(school_do(&school, ACT_DEMO_SIGN_IN, school.teacher, "demo", "yes", NULL).done);
    school_again(&school);
    assert_false(record_is_demo(school.record));
    assert_false(come_in(&school, school.head, &secret).done);
    school_close(&school);
}

static void a_demo_stays_a_demo(void **state)
{
    (void)state;
    struct school school;
    struct slice secret;
    school_open_demo(&school);
    assert_true(school_do(&school, ACT_ADD_ORGANISATION, school.admin, "name", "Low School", "kind",
                          "school", "demo", "no", NULL)
                    .done);
    assert_false(
        school_do(&school, ACT_SET_UP, school.keeper, "name", "Hill School", "kind", "school", NULL)
            .done);
    school_again(&school);
    assert_true(record_is_demo(school.record));
    assert_true(come_in(&school, school.teacher, &secret).done);
    school_close(&school);
}

static bool fails(struct record *record, void *context, struct error *error)
{
    *(bool *)context = record_is_demo(record);
    return error_set(error, ERROR_READ, "the file is damaged");
}

static void what_fails_while_it_is_filled_leaves_nothing_behind(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    char folder[] = "/tmp/lanyard-demo-XXXXXX";
    bool was_demo = false;
    struct slice link;
    struct error error = {.code = ERROR_NONE};
    assert_non_null(mkdtemp(folder));
    struct slice path = arena_format(arena, "%s/demo", folder);
    struct record_place place = {.folder = path.at, .not_synced = true};
    struct record_plan plan = {.name = SLICE("Hill School"),
                               .kind = SLICE("school"),
                               .given = SLICE("Ada"),
                               .family = SLICE("Admin"),
                               .email = SLICE("ada@hill.example"),
                               .demo = true,
                               .fill = fails,
                               .context = &was_demo};
    assert_false(record_make(&place, &plan, arena, &link, &error));
    assert_string_equal(error.sentence, "the file is damaged");
    assert_true(was_demo);
    assert_int_equal(rmdir(folder), 0); /* neither folder nor key nor draft */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_a_demo_anybody_comes_in_by_one_press),
        cmocka_unit_test(nobody_comes_in_as_who_is_not_here),
        cmocka_unit_test(a_real_record_stays_real),
        cmocka_unit_test(a_demo_stays_a_demo),
        cmocka_unit_test(what_fails_while_it_is_filled_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
