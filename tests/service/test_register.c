/* The register in memory under many readers while the record changes, and of a record so large that it is read late. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>

#include <cmocka.h>
#include <pthread.h>

#include "base/date.h"
#include "school.h"

#define READERS 4
#define EVENTS_LATE 5100 /* more than the register reads at once */

static struct school school;
static atomic_bool enough;
static atomic_size_t looks, faults;

static int set_up(void **state)
{
    (void)state;
    school_open(&school);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    school_close(&school);
    return 0;
}

/* Whatever a writer does meanwhile, the order is one and everybody is found by id and by name. */
static bool sound(const struct register_view *view, struct arena *arena)
{
    for (size_t i = 0; i < register_count(view); i++) {
        const struct registered *person = register_at(view, i), **found;
        size_t count = register_search(view, person->shown_as, arena, &found, 200);
        bool there = false;
        for (size_t f = 0; f < count; f++) there = there || found[f] == person;
        if (!there || register_person(view, &person->id) != person) return false;
        if (i > 0 &&
            slice_compare(register_at(view, i - 1)->details.family, person->details.family) > 0)
            return false;
    }
    return true;
}

static void *read_on(void *context)
{
    AUTO(arena) struct arena *arena = arena_new();
    (void)context;
    while (!atomic_load(&enough)) {
        const struct register_view *view = register_hold(school.record);
        const struct register_view *again = register_hold(school.record);
        if (view != again || !sound(view, arena)) atomic_fetch_add(&faults, 1);
        register_let_go(school.record, again);
        register_let_go(school.record, view);
        atomic_fetch_add(&looks, 1);
        arena_reset(arena);
    }
    return NULL;
}

static void test_readers_and_a_writer(void **state)
{
    (void)state;
    pthread_t threads[READERS];
    atomic_store(&enough, false);
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, NULL), 0);
    for (int i = 0; i < 60; i++) {
        const char *name = arena_format(school.arena, "%c%d", 'A' + i * 7 % 26, i).at;
        struct id person = school_person(&school, name, name);
        school_role(&school, person, i % 2 == 0 ? "pupil" : "teacher");
        assert_true(school_do(&school, ACT_CHANGE_PERSON, school.admin, "person",
                              school_hex(&school, person), "family", i % 3 == 0 ? "Zed" : "Abel",
                              NULL)
                        .done);
    }
    while (atomic_load(&looks) < READERS) continue;
    atomic_store(&enough, true);
    for (size_t i = 0; i < READERS; i++) pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&faults), 0);
    const struct registered **found;
    const struct register_view *view = register_hold(school.record);
    assert_int_equal(register_search(view, SLICE("zed"), school.arena, &found, 200), 20);
    assert_int_equal(register_search(view, SLICE("abel"), school.arena, &found, 200), 40);
    register_let_go(school.record, view);
}

static const char *today(void)
{
    char text[11];
    date_format(date_from_day(record_today(school.record)), text);
    return arena_copy(school.arena, slice_of(text)).at;
}

static void *warm(void *context)
{
    (void)context;
    return school_has(&school, school.teacher, ROLE_TEACHER) ? &school : NULL;
}

static void test_read_late(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    const char *since = today(), *teacher = school_hex(&school, school.teacher);
    /* refusals are events too */
    for (int i = 0; i < EVENTS_LATE; i++)
        assert_false(school_do(&school, ACT_RECORD_ABSENCE, school.other, "person", teacher,
                               "since", since, NULL)
                         .done);
    assert_true(school_do(&school, ACT_RECORD_ABSENCE, school.office, "person", teacher, "since",
                          since, "until", since, NULL)
                    .done);
    school_again(&school);
    /* acts before it is read are in it when it is */
    struct id late = school_person(&school, "Late", "Comer");
    school_role(&school, late, "volunteer");
    pthread_t threads[READERS];
    register_warm(school.record);
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, warm, NULL), 0);
    struct id later = school_person(&school, "Later", "Comer");
    for (size_t i = 0; i < READERS; i++) {
        void *has;
        pthread_join(threads[i], &has);
        assert_non_null(has);
    }
    assert_true(register_load(school.record, &error));
    assert_true(school_has(&school, late, ROLE_VOLUNTEER));
    const struct register_view *view = register_hold(school.record);
    assert_non_null(register_person(view, &later));
    assert_true(register_away(view, &school.teacher, record_today(school.record)));
    assert_false(register_away(view, &school.teacher, record_today(school.record) + 1));
    register_let_go(school.record, view);
    /* closed while it is being read */
    school_again(&school);
    register_warm(school.record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_readers_and_a_writer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_read_late, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
