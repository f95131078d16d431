/* The pages about people as people meet them: who sees whom, forms that are sent twice or too late, what a page never shows. */
#include "../web/check.h"

#include <stdio.h>
#include <string.h>

#include "page/here.h"
#include "visitor.h"

struct world {
    struct visitor visitor;
    struct slice admin, head, dsl, office, teacher, parent;
};

static void world_open(struct world *world)
{
    struct school *school = &world->visitor.school;
    visitor_open(&world->visitor);
    world->admin = school_sign_in(school, school->admin, "ada@hill.example");
    world->office = school_sign_in(school, school->office, "olive@hill.example");
}

static void as(struct world *world, struct slice cookie)
{
    visitor_be(&world->visitor, cookie);
}

/* ---- adding and changing ---- */

static void a_person_is_added_once_and_found_by_name(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    world_open(&world);
    as(&world, world.office);
    assert_int_equal(visitor_get(visitor, "/people/add"), 200);
    struct slice org = visitor_hidden(visitor, "org"), once = visitor_once(visitor);
    assert_int_equal(
        visitor_post(visitor, "/people/add", "given=Zo%C3%AB&born-day=31&born-month=2"), 200);
    assert_true(visitor_says(visitor, "Enter a family name"));
    assert_true(visitor_says(visitor, "Date of birth must be a real date"));
    assert_true(visitor_says(visitor, "value=\"Zo\xc3\xab\"")); /* what was typed stays */
    assert_true(visitor_says(visitor, "<title>Error: Add a person"));
    struct slice body = arena_format(visitor->school.arena,
                                     "%.*s&org=%.*s&given=Zo%%C3%%AB&family=Quill&born-day=27&"
                                     "born-month=3&born-year=2012",
                                     SLICE_PRINT(once), SLICE_PRINT(org));
    assert_int_equal(visitor_send(visitor, "/people/add", body), 303);
    assert_true(slice_ends(visitor->caller.response.location, SLICE("/added")));
    assert_int_equal(visitor_send(visitor, "/people/add", body), 303); /* a second click */
    assert_true(visitor_sent_to(visitor, "/people"));
    visitor_get(visitor, "/people");
    assert_int_equal(visitor_post(visitor, "/people", "words=quill"), 400); /* no order here */
    visitor_get(visitor, "/people");
    body = arena_format(visitor->school.arena, "token=%.*s&words=quill+zoe&kind=here",
                        SLICE_PRINT(visitor_hidden(visitor, "token")));
    assert_int_equal(visitor_send(visitor, "/people", body), 200);
    assert_true(visitor_says(visitor, "1 found"));
    assert_true(visitor_says(visitor, "Quill, Zo\xc3\xab"));
    visitor_close(visitor);
}

static void a_stale_form_says_what_changed_and_loses_nothing(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    as(&world, world.office);
    const char *path = visitor_path(visitor, "/people/change/", school->teacher, "");
    assert_int_equal(visitor_get(visitor, path), 200);
    struct slice once = visitor_once(visitor);
    school_do(school, ACT_CHANGE_PERSON, school->admin, "person",
              school_hex(school, school->teacher), "phone", "01632 960 001", NULL);
    const char *typed = "given=Tom&family=Tailor&was-given=Tom&was-family=Teacher";
    struct slice body = arena_format(school->arena, "%.*s&%s", SLICE_PRINT(once), typed);
    assert_int_equal(visitor_send(visitor, path, body), 200);
    assert_true(visitor_says(visitor, "Somebody else changed this record"));
    assert_true(visitor_says(visitor, "Telephone number is now \xe2\x80\x9c"
                                      "01632 960 001"));
    assert_true(visitor_says(visitor, "value=\"Tailor\"")); /* what was typed is kept */
    assert_int_equal(
        visitor_post(visitor, path,
                     "given=Tom&family=Tailor&phone=01632+960+001&was-given=Tom&was-family="
                     "Teacher&was-phone=01632+960+001"),
        303);
    visitor_get(visitor, visitor_path(visitor, "/people/", school->teacher, "/changed"));
    assert_true(visitor_says(visitor, "Tom Tailor") && visitor_says(visitor, "01632 960 001"));
    assert_true(visitor_says(visitor, "The details are changed"));
    visitor_close(visitor);
}

/* ---- who sees whom ---- */

static struct id other_school(struct school *school, const char *name)
{
    struct outcome added = school_do(school, ACT_ADD_ORGANISATION, school->admin, "name", name,
                                     "kind", "school", NULL);
    assert_true(added.done);
    return added.made;
}

static struct id person_at(struct school *school, struct id org, const char *given,
                           const char *family, const char *role)
{
    const char *at = school_hex(school, org);
    struct outcome added = school_do(school, ACT_ADD_PERSON, school->admin, "org", at, "given",
                                     given, "family", family, "phone", "01632 960 999", NULL);
    const char *hex = school_hex(school, added.made);
    bool trusted = role_row(role_of(slice_of(role)))->trusted;
    struct outcome held = school_do(school, trusted ? ACT_PROPOSE_ROLE : ACT_GIVE_ROLE,
                                    school->admin, "person", hex, "role", role, "org", at, NULL);
    if (trusted) {
        const char *proposal = school_hex(school, held.made);
        school_do(school, ACT_CONFIRM_ROLE, school->head, "held", proposal, NULL);
        assert_true(school_do(school, ACT_CONFIRM_ROLE, school->dsl, "held", proposal, NULL).done);
    }
    return added.made;
}

/* Every page about a person, for somebody who has nothing to do with them. */
static const char *const about[] = {"/people/",      "/people/change/", "/people/leave/",
                                    "/people/role/", "/people/parent/", "/people/bar/",
                                    "/people/same/", "/people/invite/", "/absences/for/"};

static void an_office_sees_its_own_school_and_nobody_else(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    struct id dale = other_school(school, "Dale School");
    struct id clerk = person_at(school, dale, "Clara", "Clerk", "office");
    struct id child = person_at(school, dale, "Dan", "Dale", "pupil");
    as(&world, school_sign_in(school, clerk, "clara@dale.example"));
    assert_int_equal(visitor_get(visitor, "/people"), 200);
    assert_true(visitor_says(visitor, "Dale, Dan") && visitor_says(visitor, "1 to 2 of 2"));
    assert_false(visitor_says(visitor, "Pupil, Pia") || visitor_says(visitor, "Teacher"));
    assert_int_equal(visitor_get(visitor, visitor_path(visitor, "/people/", child, "")), 200);
    assert_true(visitor_says(visitor, "01632 960 999"));
    for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
        const char *path = visitor_path(visitor, about[i], school->pupil, "");
        if (visitor_get(visitor, path) != 404) fail_msg("%s", path);
        assert_false(visitor_says(visitor, "Pia"));
    }
    visitor_get(visitor, "/people");
    struct slice body = arena_format(school->arena, "token=%.*s&words=pia",
                                     SLICE_PRINT(visitor_hidden(visitor, "token")));
    assert_int_equal(visitor_send(visitor, "/people", body), 200);
    assert_true(visitor_says(visitor, "0 found"));
    visitor_get(visitor, visitor_path(visitor, "/people/list/", school->top, "/here/1"));
    assert_int_equal(visitor->caller.response.status, 404);
    visitor_close(visitor);
}

static void a_school_can_be_chosen_by_who_sees_several(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    struct id dale = other_school(school, "Dale School");
    person_at(school, dale, "Dan", "Dale", "pupil");
    as(&world, world.admin);
    assert_int_equal(visitor_get(visitor, "/people"), 200);
    assert_true(visitor_says(visitor, "Dale, Dan") && visitor_says(visitor, "Pupil, Pia"));
    struct slice body =
        arena_format(school->arena, "token=%.*s&school=%s&kind=here",
                     SLICE_PRINT(visitor_hidden(visitor, "token")), school_hex(school, dale));
    assert_int_equal(visitor_send(visitor, "/people", body), 303);
    const char *path = visitor_path(visitor, "/people/list/", dale, "/here/1");
    assert_true(visitor_sent_to(visitor, path));
    assert_int_equal(visitor_get(visitor, path), 200);
    assert_true(visitor_says(visitor, "Dale, Dan") && visitor_says(visitor, "1 to 1 of 1"));
    assert_false(visitor_says(visitor, "Pupil, Pia"));
    visitor_close(visitor);
}

static void who_keeps_no_list_sees_themselves_alone(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    as(&world, school_sign_in(school, school->teacher, "tom@hill.example"));
    assert_int_equal(visitor_get(visitor, "/home"), 200);
    assert_false(visitor_says(visitor, "href=\"/people\""));
    assert_int_equal(visitor_get(visitor, "/people"), 403);
    assert_int_equal(visitor_get(visitor, "/people/list/all/here/1"), 403);
    assert_int_equal(visitor_get(visitor, "/people/add"), 403);
    assert_int_equal(visitor_get(visitor, visitor_path(visitor, "/people/", school->pupil, "")),
                     404);
    assert_int_equal(visitor_get(visitor, visitor_path(visitor, "/people/", school->other, "")),
                     404);
    assert_int_equal(visitor_get(visitor, visitor_path(visitor, "/people/", school->teacher, "")),
                     200);
    assert_true(visitor_says(visitor, "tom@hill.example"));
    assert_false(visitor_says(visitor, "Change details") || visitor_says(visitor, "Give a role"));
    assert_true(visitor_says(visitor, "Record an absence"));
    visitor_close(visitor);
}

static void a_governor_sees_the_adults_names_and_no_child(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    as(&world, school_sign_in(school, school->governor, "gita@hill.example"));
    assert_int_equal(visitor_get(visitor, "/people"), 200);
    assert_true(visitor_says(visitor, "Teacher, Tom") && visitor_says(visitor, "Keeper, Hilda"));
    assert_false(visitor_says(visitor, "Pupil, Pia") || visitor_says(visitor, "Pupil, Paul"));
    assert_int_equal(visitor_get(visitor, visitor_path(visitor, "/people/", school->admin, "")),
                     200);
    assert_false(visitor_says(visitor, "ada@hill.example"));
    assert_int_equal(visitor_get(visitor, visitor_path(visitor, "/people/", school->pupil, "")),
                     404);
    visitor_close(visitor);
}

/* ---- lists ---- */

static void a_long_list_has_pages_and_every_name_stands_once(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    char family[40], path[60];
    world_open(&world);
    for (int i = 0; i < 130; i++) {
        snprintf(family, sizeof family, "Zz%03d", i);
        school_person(school, "Many", family);
    }
    as(&world, world.admin);
    int seen[130] = {0};
    for (int page = 1; page <= 3; page++) {
        snprintf(path, sizeof path, "/people/list/all/here/%d", page);
        assert_int_equal(visitor_get(visitor, path), 200);
        assert_true(visitor_says(visitor, "aria-label=\"Page 3\""));
        for (int i = 0; i < 130; i++) {
            snprintf(family, sizeof family, ">Zz%03d, Many<", i);
            if (visitor_says(visitor, family)) seen[i]++;
        }
    }
    for (int i = 0; i < 130; i++) assert_int_equal(seen[i], 1);
    assert_int_equal(visitor_get(visitor, "/people/list/all/here/99"), 200); /* the last one */
    assert_true(visitor_says(visitor, "Zz129"));
    assert_int_equal(visitor_get(visitor, "/people/list/all/nobody/1"), 404);
    assert_int_equal(visitor_get(visitor, "/people/list/all/here/0"), 404);
    assert_int_equal(visitor_get(visitor, "/people/list/all/pupils/1"), 200);
    assert_true(visitor_says(visitor, "1 to 1 of 1") && visitor_says(visitor, "Pupil, Pia"));
    school_role(school, school->other, "pupil"); /* and the list is another one at once */
    visitor_get(visitor, "/people/list/all/pupils/1");
    assert_true(visitor_says(visitor, "1 to 2 of 2"));
    visitor_close(visitor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_added_once_and_found_by_name),
        cmocka_unit_test(a_stale_form_says_what_changed_and_loses_nothing),
        cmocka_unit_test(an_office_sees_its_own_school_and_nobody_else),
        cmocka_unit_test(a_school_can_be_chosen_by_who_sees_several),
        cmocka_unit_test(who_keeps_no_list_sees_themselves_alone),
        cmocka_unit_test(a_governor_sees_the_adults_names_and_no_child),
        cmocka_unit_test(a_long_list_has_pages_and_every_name_stands_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
