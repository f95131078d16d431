/* Deciding on a version of the policy: material or not and why, for whom it changed, and two who decide at once. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "edition.h"

/* ---- material, and for whom it changed ------------------------------------------------------------- */

static void material_wants_a_reason_and_keeps_it_sealed(void **state)
{
    (void)state;
    struct school school;
    struct error error;
    struct outcome outcome;
    struct version_said_why why;
    school_open(&school);
    struct edition first = {.number = "1"};
    struct id version = edition_brought(&school, &first, school.office);
    struct approval bare = {.material = "yes"}, unsaid = {.material = "perhaps"};
    assert_false(edition_approve(&school, version, school.governor, &bare, &outcome, &error));
    assert_false(edition_approve(&school, version, school.governor, &unsaid, &outcome, &error));
    struct approval full = {
        .material = "yes", .why = "Everybody has to know", .minute = "B/2026/7"};
    assert_true(edition_decide(&school, version, school.governor, &full).done);
    assert_true(version_why(school.record, &version, school.arena, &why, &error));
    assert_true(slice_is(why.reason, "Everybody has to know"));
    assert_true(slice_is(why.minute, "B/2026/7"));
    school_close(&school);
}

static bool has_code(struct slice codes, const char *code)
{
    struct slice one;
    while (slice_split(&codes, ' ', &one))
        if (slice_is(one, code)) return true;
    return false;
}

static struct slice changed_by(struct school *school, const struct edition *edition)
{
    struct error error = {.code = ERROR_NONE};
    struct version_look look;
    struct id version = edition_brought(school, edition, school->office);
    if (!version_look(school->record, &version, school->arena, &look, &error))
        fail_msg("%s", error.sentence);
    version_look_clear(&look);
    return look.changed;
}

static void it_says_for_whom_it_changed(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    edition_begin(&school);
    struct edition prose = {.number = "2", .prose = "Nobody, ever, befriends a pupil."};
    assert_int_equal(changed_by(&school, &prose).length, 0);
    struct edition rule = {.number = "3",
                           .rule = "a teacher MAY accept a friend request from a pupil"};
    struct slice codes = changed_by(&school, &rule);
    assert_true(has_code(codes, "teacher"));
    assert_false(has_code(codes, "parent"));
    school_close(&school);
}

/* ---- two at once ----------------------------------------------------------------------------------- */

struct race {
    struct school *school;
    struct version_look look;
    struct arena *arena;
    struct id version, actor;
    const char *day;
    struct outcome outcome;
    struct error error;
    bool done;
};

static void *run(void *context)
{
    struct race *race = context;
    struct order order;
    char hex[2 * ID_SIZE + 1];
    order_init(&order, ACT_APPROVE_VERSION, race->actor);
    order.matter = &race->look;
    id_hex(&race->version, hex);
    order_set(&order, race->arena, "version", slice_of(hex));
    order_set(&order, race->arena, "in-force", slice_of(race->day));
    order_set(&order, race->arena, "material", SLICE("no"));
    race->done = desk_do(race->school->record, &order, race->arena, &race->outcome, &race->error);
    return NULL;
}

static void of_two_at_once_one_wins(void **state)
{
    (void)state;
    struct school school;
    struct race races[2];
    pthread_t threads[2];
    school_open(&school);
    edition_begin(&school);
    const char *told[] = {"the line manager", "the designated safeguarding lead"};
    for (int i = 0; i < 2; i++) {
        struct edition next = {.number = i == 0 ? "2" : "3", .told = told[i]};
        races[i] = (struct race){.school = &school,
                                 .arena = arena_new(),
                                 .version = edition_brought(&school, &next, school.office),
                                 .actor = school.governor,
                                 .day = edition_day(&school, 7),
                                 .error = {.code = ERROR_NONE}};
        assert_true(version_look(school.record, &races[i].version, races[i].arena, &races[i].look,
                                 &races[i].error));
    }
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, run, &races[i]), 0);
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    assert_true(races[0].done && races[1].done);
    assert_true(races[0].outcome.done != races[1].outcome.done);
    edition_says(races[races[0].outcome.done ? 1 : 0].outcome, "is in force from that very day");
    for (int i = 0; i < 2; i++) {
        version_look_clear(&races[i].look);
        arena_free(races[i].arena);
    }
    school_close(&school);
}

/* What was looked at is not what it would change any more. */
static void another_base_is_looked_at_again(void **state)
{
    (void)state;
    struct school school;
    struct error error = {.code = ERROR_NONE};
    school_open(&school);
    edition_begin(&school);
    struct edition second = {.number = "2", .told = "the line manager"};
    struct edition third = {.number = "3", .told = "the designated safeguarding lead"};
    struct race race = {.school = &school,
                        .arena = school.arena,
                        .version = edition_brought(&school, &third, school.office),
                        .actor = school.governor,
                        .day = edition_day(&school, 9)};
    assert_true(version_look(school.record, &race.version, school.arena, &race.look, &error));
    struct id two = edition_brought(&school, &second, school.office);
    struct approval in_two = {.day = edition_day(&school, 2)};
    assert_true(edition_decide(&school, two, school.governor, &in_two).done);
    run(&race);
    assert_false(race.done);
    assert_non_null(strstr(race.error.sentence, "approved meanwhile"));
    version_look_clear(&race.look);
    school_close(&school);
}

#define ONE(test) cmocka_unit_test(test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ONE(material_wants_a_reason_and_keeps_it_sealed),
        ONE(it_says_for_whom_it_changed),
        ONE(of_two_at_once_one_wins),
        ONE(another_base_is_looked_at_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
