/* The names of a record's people, in step with its register: who comes, changes and goes is found and lost again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <pthread.h>

#include "base/date.h"
#include "school.h"
#include "screen/screen.h"
#include "service/roster_names.h"

static struct school school;
static struct roster_names *names;

static int set_up(void **state)
{
    (void)state;
    school_open(&school);
    names = roster_names_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    roster_names_free(names);
    school_close(&school);
    return 0;
}

struct seen {
    bool named;
    enum name_kind kind;
    char id[2 * ID_SIZE + 1];
};

/* Who is named in full in a text. */
static struct seen look(const char *text)
{
    struct error error = {.code = ERROR_NONE};
    struct seen seen = {.named = false};
    const struct findings *findings;
    struct screen_work *work = screen_work_new();
    const struct name_index *index = roster_names_hold(names, school.record, &error);
    assert_non_null(index);
    struct screen_plan plan = {.names = index};
    assert_int_equal(screen(&plan, work, slice_of(text), &findings), SCREEN_DONE);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->at[i];
        if (finding->kind != FINDING_NAME || finding->level != LEVEL_HOLD) continue;
        struct slice id = names_id(index, finding->who[0]);
        seen.named = true;
        seen.kind = names_person(index, finding->who[0]).kind;
        assert_int_equal(id.length, 2 * ID_SIZE);
        for (size_t k = 0; k < id.length; k++) seen.id[k] = id.at[k];
    }
    roster_names_let_go(names, index);
    screen_work_free(work);
    return seen;
}

static void change(struct id person, const char *key, const char *value)
{
    assert_true(school_do(&school, ACT_CHANGE_PERSON, school.admin, "person",
                          school_hex(&school, person), key, value, NULL)
                    .done);
}

static void test_in_step(void **state)
{
    (void)state;
    assert_false(look("Ottoline Fernsby sang.").named);
    assert_int_equal(roster_names_made(names), 1);
    struct id child = school_person(&school, "Ottoline", "Fernsby");
    struct seen seen = look("Ottoline Fernsby sang.");
    assert_true(seen.named);
    assert_int_equal(seen.kind, NAME_OTHER); /* no role yet */
    assert_string_equal(seen.id, school_hex(&school, child));
    school_role(&school, child, "pupil");
    assert_int_equal(look("Ottoline Fernsby sang.").kind, NAME_PUPIL);
    change(child, "family", "Thackeray");
    assert_false(look("Ottoline Fernsby sang.").named);
    assert_true(look("Ottoline Thackeray sang.").named);
    assert_int_equal(roster_names_made(names), 1); /* all of that were edits */
    assert_true(look("Ottoline Thackeray sang.").named);
    assert_int_equal(roster_names_made(names), 1);
}

static void test_kinds(void **state)
{
    (void)state;
    struct id both = school_person(&school, "Crispin", "Oldacre");
    school_role(&school, both, "parent");
    assert_int_equal(look("Crispin Oldacre").kind, NAME_PARENT);
    school_role(&school, both, "teacher");
    assert_int_equal(look("Crispin Oldacre").kind, NAME_STAFF);
}

/* More at once than are edited: the index is made again, and knows everybody. */
static void test_many(void **state)
{
    (void)state;
    (void)look("");
    for (int i = 0; i < 130; i++) {
        const char *family =
            arena_format(school.arena, "Fernsby%c%c", 'a' + i / 26, 'a' + i % 26).at;
        (void)school_person(&school, "Ottoline", family);
    }
    assert_true(look("Ottoline Fernsbyaa and others").named);
    assert_true(look("Ottoline Fernsbyez and others").named);
    assert_int_equal(roster_names_made(names), 2);
}

/* Whoever leaves is looked for no longer, and the index is made without them. */
static void test_leaver(void **state)
{
    (void)state;
    char today[11];
    struct id child = school_person(&school, "Ottoline", "Fernsby");
    school_role(&school, child, "pupil");
    assert_true(look("Ottoline Fernsby").named);
    date_format(date_from_day(record_today(school.record)), today);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.admin, "person",
                          school_hex(&school, child), "day", today, NULL)
                    .done);
    assert_false(look("Ottoline Fernsby").named);
    assert_int_equal(roster_names_made(names), 2);
}

#define READERS 4
static void *read_on(void *context)
{
    (void)context;
    for (int i = 0; i < 50; i++) {
        struct error error = {.code = ERROR_NONE};
        const struct name_index *index = roster_names_hold(names, school.record, &error);
        if (index == NULL || names_count(index) == 0) return &school;
        roster_names_let_go(names, index);
    }
    return NULL;
}

static void test_readers_and_a_writer(void **state)
{
    (void)state;
    pthread_t threads[READERS];
    struct id child = school_person(&school, "Ottoline", "Fernsby");
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, NULL), 0);
    for (int i = 0; i < 20; i++) change(child, "family", i % 2 == 0 ? "Thackeray" : "Fernsby");
    for (size_t i = 0; i < READERS; i++) {
        void *fault;
        pthread_join(threads[i], &fault);
        assert_null(fault);
    }
    assert_true(look("Ottoline Fernsby").named);
    assert_false(look("Ottoline Thackeray").named);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_in_step, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_kinds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_leaver, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_readers_and_a_writer, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
