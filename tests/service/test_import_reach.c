/* How far a file reaches: new schools need somebody who may add them, and the office of one school changes nobody at another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "school.h"
#include "service/import.h"

#define MAPPING                                                                                    \
    "No = source id\nGiven = given name\nName = family name\nMail = email\nSchool = school\n"      \
    "School name = school name\nevery role = pupil\n"
#define HEAD "No,Given,Name,Mail,School,School name\n"
#define EAST "1,Eve,East,eve@east.example,E,East School\n"
#define WEST "2,Wim,West,wim@west.example,W,West School\n"

static struct school school;

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

static struct import *read_table(const char *table)
{
    struct import_file *file = ARENA_NEW(school.arena, struct import_file);
    struct import *import = ARENA_NEW(school.arena, struct import);
    struct error error = {.code = ERROR_NONE};
    *file = (struct import_file){.name = SLICE("t.csv"),
                                 .format = IMPORT_CSV,
                                 .mapping_name = SLICE_EMPTY,
                                 .mapping = SLICE(MAPPING)};
    LIST_PUSH(school.arena, &file->pieces, (struct import_piece){SLICE("t.csv"), slice_of(table)});
    if (!import_read(file, school.arena, import, &error)) fail_msg("%s", error.sentence);
    return import;
}

static bool bring(const char *table, struct id actor, struct outcome *ret_outcome,
                  struct error *error)
{
    struct import *import = read_table(table);
    struct order order;
    *error = (struct error){.code = ERROR_NONE};
    struct import_order *matter = ARENA_NEW(school.arena, struct import_order);
    matter->import = import;
    order_init(&order, ACT_BRING_IMPORT, actor);
    order.matter = matter;
    return desk_do(school.record, &order, school.arena, ret_outcome, error);
}

static struct id school_id(const char *name)
{
    const struct org *orgs;
    struct id id = {{0}};
    const struct register_view *view = register_hold(school.record);
    size_t count = register_orgs(view, &orgs);
    for (size_t i = 0; i < count; i++)
        if (slice_is(orgs[i].name, name)) id = orgs[i].id;
    register_let_go(school.record, view);
    return id;
}

static bool is_called(const char *email, const char *shown)
{
    const struct register_view *view = register_hold(school.record);
    const struct registered *person = register_by_email(view, slice_of(email));
    bool same = person != NULL && slice_is(person->shown_as, shown);
    register_let_go(school.record, view);
    return same;
}

/* The office of East School alone, confirmed by two. */
static struct id office_of(struct id org)
{
    const char *over = school_hex(&school, org);
    struct id person = school_person(&school, "Erin", "Eastoffice");
    struct outcome proposed =
        school_do(&school, ACT_PROPOSE_ROLE, school.admin, "person", school_hex(&school, person),
                  "role", "office", "org", over, NULL);
    const char *held = school_hex(&school, proposed.made);
    assert_true(school_do(&school, ACT_CONFIRM_ROLE, school.head, "held", held, NULL).done);
    assert_true(school_do(&school, ACT_CONFIRM_ROLE, school.dsl, "held", held, NULL).done);
    return person;
}

static void test_new_schools(void **state)
{
    (void)state;
    struct outcome outcome;
    struct error error;
    assert_false(bring(HEAD EAST WEST, school.office, &outcome, &error));
    assert_non_null(strstr(error.sentence, "schools that the record does not have"));
    assert_false(is_called("eve@east.example", "East, Eve"));
    assert_true(bring(HEAD EAST WEST, school.admin, &outcome, &error) && outcome.done);
    assert_true(is_called("eve@east.example", "East, Eve"));
    struct id east = school_id("East School");
    assert_false(id_is_none(&east));
    assert_true(bring(HEAD EAST WEST, school.office, &outcome, &error) && outcome.done);
}

static void test_another_school(void **state)
{
    (void)state;
    struct outcome outcome;
    struct error error;
    assert_true(bring(HEAD EAST WEST, school.admin, &outcome, &error) && outcome.done);
    struct id office = office_of(school_id("East School"));
    assert_true(
        bring(HEAD "1,Eva,East,eve@east.example,E,East School\n", office, &outcome, &error));
    assert_true(outcome.done);
    assert_true(is_called("eve@east.example", "East, Eva"));
    /* the number of somebody at the other school, said to be at this one */
    assert_true(
        bring(HEAD EAST "2,Will,West,wim@west.example,E,East School\n", office, &outcome, &error));
    assert_false(outcome.done);
    assert_true(is_called("wim@west.example", "West, Wim"));
    assert_true(bring(HEAD EAST WEST, office, &outcome, &error));
    assert_false(outcome.done);
}

static size_t named(const char *table, struct id reader)
{
    struct plan plan;
    struct error error = {.code = ERROR_NONE};
    if (!import_try(school.record, read_table(table), &reader, school.arena, &plan, &error))
        fail_msg("%s", error.sentence);
    assert_int_equal(plan.rows.count, plan.movers);
    return plan.rows.count;
}

static struct slice family_of(struct id person)
{
    const struct register_view *view = register_hold(school.record);
    struct slice shown = arena_copy(school.arena, register_person(view, &person)->shown_as);
    register_let_go(school.record, view);
    return shown;
}

static bool says(struct slice text, const char *words)
{
    return memmem(text.at, text.length, words, strlen(words)) != NULL;
}

/* A file brought by a parent who works here changes nothing of the child from whom they are barred, and takes them out by
 * leaving them out neither; everybody else's lines count, and somebody else brings the rest. */
static void test_barred_bringer(void **state)
{
    (void)state;
    static const char renamed[] = HEAD "1,Zoe,Zeal,eve@east.example,E,East School\n"
                                       "2,Will,West,wim@west.example,W,West School\n";
    struct outcome outcome;
    struct error error;
    assert_true(bring(HEAD EAST WEST, school.admin, &outcome, &error) && outcome.done);
    const struct register_view *view = register_hold(school.record);
    struct id eve = register_by_email(view, SLICE("eve@east.example"))->id;
    register_let_go(school.record, view);
    assert_true(school_do(&school, ACT_BAR_PARENT, school.dsl, "child", school_hex(&school, eve),
                          "parent", school_hex(&school, school.admin), "reason", "Court order",
                          NULL)
                    .done);
    assert_true(bring(renamed, school.admin, &outcome, &error) && outcome.done);
    assert_true(is_called("wim@west.example", "West, Will"));
    assert_true(slice_is(family_of(eve), "East, Eve"));
    assert_true(says(outcome.sentence, "One line is left out"));
    assert_false(says(outcome.sentence, "Eve") || says(outcome.sentence, "Zoe"));
    assert_true(
        bring(HEAD "1,Eve,East,eve@east.example,W,West School\n", school.admin, &outcome, &error) &&
        outcome.done);
    assert_true(is_called("eve@east.example", "East, Eve"));
    assert_true(bring(HEAD WEST, school.admin, &outcome, &error) && outcome.done);
    assert_true(is_called("eve@east.example", "East, Eve"));
    assert_true(bring(renamed, school.head, &outcome, &error) && outcome.done);
    assert_true(slice_is(family_of(eve), "Zeal, Zoe"));
    assert_false(says(outcome.sentence, "left out"));
}

/* Looking at what a file would change names no child to a parent who is barred from them. */
static void test_barred_reader(void **state)
{
    (void)state;
    struct outcome outcome;
    struct error error;
    assert_true(bring(HEAD EAST WEST, school.admin, &outcome, &error) && outcome.done);
    const struct register_view *view = register_hold(school.record);
    struct id eve = register_by_email(view, SLICE("eve@east.example"))->id;
    register_let_go(school.record, view);
    const char *moved = HEAD "1,Eva,East,eve@east.example,E,East School\n" WEST;
    assert_int_equal(named(moved, school.admin), 1);
    assert_true(school_do(&school, ACT_BAR_PARENT, school.dsl, "child", school_hex(&school, eve),
                          "parent", school_hex(&school, school.admin), "reason", "Court order",
                          NULL)
                    .done);
    assert_int_equal(named(moved, school.admin), 0);
    assert_int_equal(named(moved, school.head), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_new_schools),
        TEST(test_another_school),
        TEST(test_barred_reader),
        TEST(test_barred_bringer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
