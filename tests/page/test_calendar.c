/* The school calendar by way of its pages: seen by everybody who is signed in, set by those who may, mended where a line is
 * wrong, given up for the one above. */
#include "../web/check.h"

#include <string.h>

#include "page/here.h"
#include "visitor.h"

#define TERMS "2+September+2026+to+23+October+2026%0D%0A2+November+2026+to+18+December+2026"

struct world {
    struct visitor visitor;
    struct slice admin, office, teacher;
    const char *top; /* in hexadecimal */
};

static void world_open(struct world *world)
{
    struct school *school = &world->visitor.school;
    visitor_open(&world->visitor);
    world->admin = school_sign_in(school, school->admin, "ada@hill.example");
    world->office = school_sign_in(school, school->office, "olive@hill.example");
    world->teacher = school_sign_in(school, school->teacher, "tom@hill.example");
    world->top = school_hex(school, school->top);
}

static const char *change_path(struct world *world)
{
    return visitor_path(&world->visitor, "/calendar/change/", world->visitor.school.top, "");
}

static void expect(const struct visitor *visitor, const char *words)
{
    if (!visitor_says(visitor, words)) fail_msg("the page does not say: %s", words);
}

static void nobody_has_set_one_yet(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    world_open(&world);
    visitor_be(visitor, world.teacher);
    assert_int_equal(visitor_get(visitor, "/calendar"), 200);
    expect(visitor, "Nobody has set a calendar yet.");
    expect(visitor, "No terms are here.");
    expect(visitor, "Christmas Day");
    expect(visitor, "60 minutes");
    expect(visitor, "As published by GOV.UK up to 31 December 2027");
    assert_false(visitor_says(visitor, "/calendar/change/"));
    assert_int_equal(visitor_get(visitor, change_path(&world)), 403);
    assert_int_equal(visitor_get(visitor, "/calendar/0123"), 404);
    assert_int_equal(visitor_get(visitor, "/calendar/00000000000000000000000000000000"), 404);
    visitor_close(visitor);
}

static void the_office_sets_it(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    world_open(&world);
    visitor_be(visitor, world.office);
    visitor_get(visitor, "/home");
    expect(visitor, "/calendar");
    visitor_get(visitor, "/calendar");
    expect(visitor, "Set a calendar of its own");
    assert_int_equal(visitor_get(visitor, change_path(&world)), 200);
    assert_int_equal(visitor_post(visitor, change_path(&world),
                                  "nation=scotland&late=20&terms=" TERMS "&inset=1+September+2026"),
                     303);
    assert_int_equal(
        visitor_get(visitor, visitor_path(visitor, "/calendar/", visitor->school.top, "/saved")),
        200);
    expect(visitor, "The calendar is saved");
    expect(visitor, "This is the calendar of Hill School.");
    expect(visitor, "Scotland");
    expect(visitor, "20 minutes");
    expect(visitor, "23 October 2026");
    /* and the form shows what is kept, as it would be typed */
    visitor_get(visitor, change_path(&world));
    expect(visitor, "2 September 2026 to 23 October 2026\n2 November 2026 to 18 December 2026\n");
    expect(visitor, "1 September 2026\n");
    assert_false(visitor_says(visitor, "Use the calendar above"));
    visitor_be(visitor, world.teacher);
    visitor_get(visitor, "/calendar");
    expect(visitor, "This is the calendar of Hill School.");
    visitor_close(visitor);
}

static void what_is_wrong_is_said_beside_it(void **state)
{
    (void)state;
    static const struct {
        const char *fields, *says, *field;
    } wrong[] = {
        {"nation=scotland&late=60&terms=soon",
         "Line 1 of the terms: a first and a last day are wanted. Write it like this: 2 September "
         "2026 to 23 October 2026",
         "terms-error"},
        {"nation=scotland&late=60&inset=1+Setember+2026%0D%0A%3Cb%3E",
         "Line 1 of the INSET days: this is no date", "inset-error"},
        {"nation=scotland&late=ten", "The minutes are a number from 1 to 1440", "late-error"},
        {"late=60&terms=" TERMS, "Choose where the school is", "nation-error"},
        {"nation=wales", "The nation is not one that we know", "nation-error"},
    };
    struct world world;
    struct visitor *visitor = &world.visitor;
    world_open(&world);
    visitor_be(visitor, world.admin);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        visitor_get(visitor, change_path(&world));
        assert_int_equal(visitor_post(visitor, change_path(&world), wrong[i].fields), 200);
        expect(visitor, wrong[i].says);
        expect(visitor, wrong[i].field);
        expect(visitor, "There is a problem");
    }
    /* what was typed is not lost, and not taken for markup */
    visitor_get(visitor, change_path(&world));
    visitor_post(visitor, change_path(&world), "nation=scotland&terms=%3Cb%3Esoon");
    expect(visitor, "&lt;b&gt;soon");
    visitor_get(visitor, "/calendar");
    expect(visitor, "Nobody has set a calendar yet.");
    visitor_close(visitor);
}

static void who_may_not_is_refused(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    world_open(&world);
    visitor_be(visitor, world.teacher);
    visitor_get(visitor, "/calendar");
    assert_int_equal(visitor_post(visitor, change_path(&world), "nation=scotland"), 403);
    assert_int_equal(visitor_post(visitor, "/calendar/above",
                                  visitor_path(visitor, "of=", visitor->school.top, "")),
                     403);
    visitor_close(visitor);
}

static void a_school_gives_its_own_up(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    world_open(&world);
    struct school *school = &visitor->school;
    struct id low = school_do(school, ACT_ADD_ORGANISATION, school->admin, "name", "Low School",
                              "kind", "school", NULL)
                        .made;
    assert_true(school_do(school, ACT_SET_CALENDAR, school->admin, "org", world.top, "nation",
                          "scotland", NULL)
                    .done);
    visitor_be(visitor, world.admin);
    const char *path = visitor_path(visitor, "/calendar/", low, "");
    const char *change = visitor_path(visitor, "/calendar/change/", low, "");
    visitor_get(visitor, path);
    expect(visitor, "This is the calendar of Hill School. It counts here");
    visitor_get(visitor, change);
    assert_int_equal(visitor_post(visitor, change, "nation=northern-ireland&late=60"), 303);
    visitor_get(visitor, path);
    expect(visitor, "This is the calendar of Low School.");
    expect(visitor, "Look at another school");
    visitor_get(visitor, change);
    expect(visitor, "Use the calendar above");
    assert_int_equal(
        visitor_post(visitor, "/calendar/above", visitor_path(visitor, "of=", low, "")), 303);
    visitor_get(visitor, path);
    expect(visitor, "This is the calendar of Hill School. It counts here");
    visitor_get(visitor, change_path(&world));
    assert_int_equal(
        visitor_post(visitor, "/calendar/above", visitor_path(visitor, "of=", school->top, "")),
        200);
    expect(visitor, "Nobody is above this organisation");
    visitor_close(visitor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_has_set_one_yet),          cmocka_unit_test(the_office_sets_it),
        cmocka_unit_test(what_is_wrong_is_said_beside_it), cmocka_unit_test(who_may_not_is_refused),
        cmocka_unit_test(a_school_gives_its_own_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
