/* Acts about people by way of their pages: a role proposed and confirmed by two, parents and bars, absences and deputies, records
 * linked and parted, links to come in with; and that a bar shows nowhere. */
#include "../web/check.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "page/here.h"
#include "visitor.h"

struct world {
    struct visitor visitor;
    struct slice admin, head, dsl, office;
};

static void world_open(struct world *world)
{
    struct school *school = &world->visitor.school;
    visitor_open(&world->visitor);
    world->admin = school_sign_in(school, school->admin, "ada@hill.example");
    world->head = school_sign_in(school, school->head, "hilda@hill.example");
    world->dsl = school_sign_in(school, school->dsl, "dora@hill.example");
    world->office = school_sign_in(school, school->office, "olive@hill.example");
}

static void as(struct world *world, struct slice cookie)
{
    visitor_be(&world->visitor, cookie);
}

static struct slice fields(struct world *world, const char *before, struct id id)
{
    const char *hex = school_hex(&world->visitor.school, id);
    return arena_format(world->visitor.school.arena, "%s%s", before, hex);
}

/* Shows the page at `path` and sends its form. */
static unsigned fill_in(struct world *world, const char *path, const char *with)
{
    if (visitor_get(&world->visitor, path) != 200) return world->visitor.caller.response.status;
    return visitor_post(&world->visitor, path, with);
}

/* ---- roles ---- */

static void a_role_of_trust_takes_two_others(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    as(&world, world.admin);
    const char *path = visitor_path(visitor, "/people/propose/", school->teacher, "");
    assert_int_equal(visitor_get(visitor, path), 200);
    struct slice org = visitor_hidden(visitor, "org");
    assert_false(visitor_says(visitor, "value=\"teacher\"")); /* a plain role is given */
    assert_int_equal(visitor_post(visitor, path, "role=teacher"), 200);
    assert_true(visitor_says(visitor, "Choose a role"));
    struct slice with = arena_format(school->arena, "role=deputy-dsl&org=%.*s", SLICE_PRINT(org));
    assert_int_equal(visitor_post(visitor, path, with.at), 303);
    visitor_get(visitor, "/roles");
    assert_true(visitor_says(visitor, "Deputy safeguarding lead for Tom Teacher"));
    assert_true(visitor_says(visitor, "You proposed it") && !visitor_says(visitor, "Say yes"));
    struct slice of = visitor_hidden(visitor, "of");
    with = arena_format(school->arena, "of=%.*s", SLICE_PRINT(of));
    assert_int_equal(visitor_post(visitor, "/roles/confirm", with.at), 403); /* by hand */
    assert_true(visitor_says(visitor, "clause 2.4a"));
    as(&world, world.head);
    visitor_get(visitor, "/home");
    assert_true(visitor_says(visitor, "A proposed role: say yes or no"));
    visitor_get(visitor, "/roles");
    assert_int_equal(visitor_post(visitor, "/roles/confirm", with.at), 303);
    assert_true(visitor_sent_to(visitor, "/roles/yes"));
    visitor_get(visitor, "/roles/yes");
    assert_true(visitor_says(visitor, "Hilda Keeper") &&
                visitor_says(visitor, "You have said yes"));
    assert_false(school_has(school, school->teacher, ROLE_DEPUTY_DSL));
    as(&world, world.dsl);
    visitor_get(visitor, "/roles");
    struct slice late = visitor_once(visitor);
    assert_int_equal(visitor_post(visitor, "/roles/confirm", with.at), 303);
    assert_true(visitor_sent_to(visitor, "/roles/held"));
    assert_true(school_has(school, school->teacher, ROLE_DEPUTY_DSL));
    struct slice again =
        arena_format(school->arena, "%.*s&%.*s", SLICE_PRINT(late), SLICE_PRINT(with));
    assert_int_equal(visitor_send(visitor, "/roles/confirm", again), 303); /* a double click */
    as(&world, world.head);
    visitor_get(visitor, "/people/add"); /* any page with a token and an order */
    assert_int_equal(visitor_post(visitor, "/roles/refuse", with.at), 200); /* too late */
    assert_true(visitor_says(visitor, "This role is not proposed any more"));
    visitor_close(visitor);
}

static void a_plain_role_is_given_and_ended_and_never_ones_own(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    as(&world, world.office);
    const char *path = visitor_path(visitor, "/people/role/", school->parent, "");
    visitor_get(visitor, path);
    struct slice org = visitor_hidden(visitor, "org");
    struct slice with =
        arena_format(school->arena,
                     "role=volunteer&org=%.*s&since-day=1&since-month=9&since-year=2026&"
                     "until-day=1&until-month=8&until-year=2026",
                     SLICE_PRINT(org));
    assert_int_equal(visitor_post(visitor, path, with.at), 200);
    assert_true(visitor_says(visitor, "id=\"until-error\"") &&
                visitor_says(visitor, "The last day is before the first"));
    with = arena_format(school->arena, "role=volunteer&org=%.*s", SLICE_PRINT(org));
    assert_int_equal(visitor_post(visitor, path, with.at), 303);
    assert_true(school_has(school, school->parent, ROLE_VOLUNTEER));
    visitor_get(visitor, visitor_path(visitor, "/people/", school->parent, ""));
    struct slice page = text_slice(&visitor->caller.response.body);
    size_t at = slice_search(page, SLICE("<li>Volunteer"));
    at += slice_search(slice_part(page, at, page.length), SLICE("/people/end-role/"));
    struct slice end = slice_part(page, at, page.length);
    end = arena_copy(school->arena, slice_part(end, 0, slice_find(end, '"')));
    assert_int_equal(fill_in(&world, end.at, ""), 303);
    assert_false(school_has(school, school->parent, ROLE_VOLUNTEER));
    assert_int_equal(
        visitor_get(visitor, visitor_path(visitor, "/people/role/", school->office, "")), 403);
    visitor_get(visitor, visitor_path(visitor, "/people/", school->office, ""));
    assert_false(visitor_says(visitor, "/people/end-role/"));
    visitor_close(visitor);
}

/* ---- parents and bars ---- */

static void link_parent(struct world *world)
{
    struct visitor *visitor = &world->visitor;
    struct school *school = &visitor->school;
    as(world, world->office);
    const char *path = visitor_path(visitor, "/people/parent/", school->pupil, "");
    assert_int_equal(fill_in(world, path, "do=look"), 200);
    assert_true(visitor_says(visitor, "Enter a name to look for"));
    assert_int_equal(visitor_post(visitor, path, "do=look&words=pau"), 200);
    assert_true(visitor_says(visitor, "Pupil, Paul"));
    assert_int_equal(
        visitor_post(visitor, path, fields(world, "words=pau&other=", school->parent).at), 303);
    visitor_get(visitor, visitor_path(visitor, "/people/", school->pupil, "/linked"));
    assert_true(visitor_says(visitor, "Paul Pupil"));
}

/* Everything of the school's that somebody could open with this cookie; gives whether any of it has the words. */
static bool finds(struct world *world, struct slice cookie, const char *words)
{
    static const char *const pages[] = {"/home",     "/people", "/people/list/all/pupils/1",
                                        "/absences", "/roles",  "/deputies",
                                        "/account"};
    struct visitor *visitor = &world->visitor;
    struct school *school = &visitor->school;
    const struct id ids[] = {school->pupil, school->parent, school->teacher, school->office};
    bool found = false;
    as(world, cookie);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        visitor_get(visitor, pages[i]);
        found = found || visitor_says(visitor, words);
    }
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        visitor_get(visitor, visitor_path(visitor, "/people/", ids[i], ""));
        found = found || visitor_says(visitor, words);
    }
    return found;
}

static void a_barred_parent_sees_nothing_of_the_child(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    link_parent(&world);
    struct slice paul = school_sign_in(school, school->parent, "paul@hill.example");
    assert_true(finds(&world, paul, "Pia"));
    const char *bar = visitor_path(visitor, "/people/bar/", school->pupil, "");
    assert_int_equal(visitor_get(visitor, bar), 403); /* for parents there is no such page */
    as(&world, world.dsl);
    assert_int_equal(visitor_get(visitor, bar), 200);
    assert_true(visitor_says(visitor, "Pupil, Paul")); /* offered without looking */
    assert_int_equal(visitor_post(visitor, bar,
                                  fields(&world, "reason=A+court+order&other=", school->parent).at),
                     303);
    visitor_get(visitor, visitor_path(visitor, "/people/", school->pupil, ""));
    assert_true(visitor_says(visitor, "Barred") && !visitor_says(visitor, "court order"));
    assert_true(visitor_says(visitor, "href=\"/open/bar-reason/")); /* sealed: an act of its own */
    assert_false(finds(&world, paul, "Pia"));
    assert_false(finds(&world, paul, "arred"));
    assert_int_equal(visitor_get(visitor, visitor_path(visitor, "/people/", school->pupil, "")),
                     404);
    visitor_close(visitor);
}

static void a_bar_holds_for_the_office_too(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    assert_true(finds(&world, world.office, "Pia"));
    as(&world, world.head);
    const char *bar = visitor_path(visitor, "/people/bar/", school->pupil, "");
    assert_int_equal(fill_in(&world, bar, fields(&world, "other=", school->office).at), 303);
    assert_false(finds(&world, world.office, "Pia"));
    visitor_get(visitor, "/people/list/all/pupils/1");
    assert_true(visitor_says(visitor, "Nobody")); /* nor that one more is there */
    visitor_get(visitor, "/people");
    struct slice body = arena_format(school->arena, "token=%.*s&words=pia",
                                     SLICE_PRINT(visitor_hidden(visitor, "token")));
    visitor_send(visitor, "/people", body);
    assert_true(visitor_says(visitor, "0 found"));
    assert_int_equal(
        visitor_get(visitor, visitor_path(visitor, "/people/change/", school->pupil, "")), 404);
    assert_true(finds(&world, world.admin, "Pia")); /* whose list was remembered just before */
    visitor_close(visitor);
}

static void no_parent_learns_of_a_bar_not_even_the_office(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    link_parent(&world);
    assert_true(school_do(school, ACT_LINK_PARENT, school->admin, "child",
                          school_hex(school, school->pupil), "parent",
                          school_hex(school, school->office), NULL)
                    .done);
    assert_true(school_do(school, ACT_BAR_PARENT, school->dsl, "child",
                          school_hex(school, school->pupil), "parent",
                          school_hex(school, school->parent), NULL)
                    .done);
    assert_true(finds(&world, world.head, "Barred"));
    assert_false(finds(&world, world.office, "arred"));
    as(&world, world.office);
    visitor_get(visitor, visitor_path(visitor, "/people/", school->pupil, ""));
    assert_true(visitor_says(visitor, "Pia Pupil") && !visitor_says(visitor, "Bar a parent"));
    assert_int_equal(visitor_get(visitor, visitor_path(visitor, "/people/bar/", school->pupil, "")),
                     403);
    visitor_close(visitor);
}

static const char *pair_path(struct world *world, const char *page)
{
    struct school *school = &world->visitor.school;
    const char *parent = school_hex(school, school->parent);
    const char *before = arena_format(school->arena, "/people/%s/", page).at;
    const char *behind = arena_format(school->arena, "/%s", parent).at;
    return visitor_path(&world->visitor, before, school->pupil, behind);
}

static void a_bar_is_lifted_by_two(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    link_parent(&world);
    as(&world, world.head);
    const char *bar = visitor_path(visitor, "/people/bar/", school->pupil, "");
    assert_int_equal(fill_in(&world, bar, fields(&world, "other=", school->parent).at), 303);
    assert_int_equal(fill_in(&world, bar, fields(&world, "other=", school->parent).at), 200);
    assert_true(visitor_says(visitor, "This parent is barred already")); /* told, and kept */
    assert_int_equal(fill_in(&world, pair_path(&world, "ask-lift"), ""), 200);
    assert_true(visitor_says(visitor, "Say why"));
    assert_int_equal(fill_in(&world, pair_path(&world, "ask-lift"), "reason=It+was+lifted"), 303);
    assert_int_equal(fill_in(&world, pair_path(&world, "lift"), ""), 403); /* one's own asking */
    as(&world, world.office);
    assert_int_equal(visitor_get(visitor, pair_path(&world, "lift")), 403);
    as(&world, world.dsl);
    visitor_get(visitor, visitor_path(visitor, "/people/", school->pupil, ""));
    assert_true(visitor_says(visitor, "Lift the bar"));
    assert_int_equal(fill_in(&world, pair_path(&world, "lift"), ""), 303);
    visitor_get(visitor, visitor_path(visitor, "/people/", school->pupil, "/lifted"));
    assert_true(visitor_says(visitor, "Paul Pupil") && !visitor_says(visitor, "Barred"));
    as(&world, world.office);
    assert_int_equal(fill_in(&world, pair_path(&world, "unlink"), ""), 303);
    assert_int_equal(fill_in(&world, pair_path(&world, "unlink"), ""), 200);
    assert_true(visitor_says(visitor, "These two are not linked as parent and child"));
    visitor_close(visitor);
}

static void two_records_are_linked_and_parted(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    as(&world, world.office);
    const char *path = visitor_path(visitor, "/people/same/", school->teacher, "");
    assert_int_equal(fill_in(&world, path, "do=look&words=teacher%2C+u"), 200);
    assert_true(visitor_says(visitor, "Teacher, Una"));
    assert_int_equal(visitor_post(visitor, path, fields(&world, "other=", school->other).at), 303);
    visitor_get(visitor, visitor_path(visitor, "/people/", school->other, ""));
    assert_true(visitor_says(visitor, "Linked records") && visitor_says(visitor, "Tom Teacher"));
    const char *behind = arena_format(school->arena, "/%s", school_hex(school, school->other)).at;
    path = visitor_path(visitor, "/people/part/", school->teacher, behind);
    assert_int_equal(fill_in(&world, path, ""), 303);
    visitor_get(visitor, visitor_path(visitor, "/people/", school->other, ""));
    assert_false(visitor_says(visitor, "Linked records"));
    visitor_close(visitor);
}

/* ---- being away ---- */

static const char *away_today(struct world *world)
{
    struct date today = date_from_day(record_today(world->visitor.school.record));
    return arena_format(world->visitor.school.arena,
                        "since-day=%d&since-month=%d&since-year=%d&until-day=%d&until-month=%d&"
                        "until-year=%d",
                        today.day, today.month, today.year, today.day, today.month, today.year)
        .at;
}

static void while_the_lead_is_away_a_deputy_has_the_role(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    as(&world, world.head);
    assert_int_equal(visitor_get(visitor, "/deputies"), 200);
    assert_true(visitor_says(visitor, "Held by Dora Keeper"));
    const char *add = visitor_path(visitor, "/deputies/add/", school->top, "/dsl");
    assert_int_equal(fill_in(&world, add, "do=look&words=una"), 200);
    assert_int_equal(
        visitor_post(visitor, add, fields(&world, "words=una&other=", school->other).at), 200);
    assert_true(visitor_says(visitor, "Only somebody in a role of trust can stand in"));
    assert_int_equal(visitor_post(visitor, add, fields(&world, "other=", school->governor).at),
                     303);
    visitor_get(visitor, "/deputies/named");
    assert_true(visitor_says(visitor, "Gita Confirmed"));
    as(&world, world.dsl);
    const char *path = visitor_path(visitor, "/absences/for/", school->dsl, "");
    assert_int_equal(fill_in(&world, path, "since-day=40&since-month=1&since-year=2026"), 200);
    assert_true(visitor_says(visitor, "First day must be a real date"));
    assert_int_equal(fill_in(&world, path, away_today(&world)), 303);
    assert_true(school_has(school, school->governor, ROLE_DSL));
    visitor_get(visitor, "/absences/recorded");
    assert_true(visitor_says(visitor, "Back again"));
    struct slice of = visitor_hidden(visitor, "of");
    struct slice with = arena_format(school->arena, "of=%.*s", SLICE_PRINT(of));
    assert_int_equal(visitor_post(visitor, "/absences/end", with.at), 303);
    assert_false(school_has(school, school->governor, ROLE_DSL));
    visitor_get(visitor, "/absences");
    assert_int_equal(fill_in(&world, path, away_today(&world)), 303);
    as(&world, world.office); /* others' absences */
    visitor_get(visitor, "/absences");
    assert_true(visitor_says(visitor, "Keeper, Dora"));
    visitor_close(visitor);
}

/* ---- leaving and coming ---- */

static void a_link_is_shown_once_and_who_leaves_loses_the_roles(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    as(&world, world.office);
    const char *path = visitor_path(visitor, "/people/invite/", school->teacher, "");
    assert_int_equal(fill_in(&world, path, ""), 200);
    assert_true(visitor_says(visitor, "There is a problem")); /* no address yet */
    school_do(school, ACT_CHANGE_PERSON, school->admin, "person",
              school_hex(school, school->teacher), "email", "tom@hill.example", NULL);
    visitor_get(visitor, path);
    struct slice once = visitor_once(visitor);
    assert_int_equal(visitor_send(visitor, path, once), 200);
    assert_true(visitor_says(visitor, "http://localhost/invitation/"));
    assert_int_equal(visitor_send(visitor, path, once), 200);
    assert_false(visitor_says(visitor, "/invitation/"));
    path = visitor_path(visitor, "/people/leave/", school->teacher, "");
    assert_int_equal(visitor_get(visitor, path), 200);
    assert_int_equal(visitor_post(visitor, path, "day-day=1&day-month=1&day-year=2190"), 200);
    assert_true(visitor_says(visitor, "The last day is still to come"));
    struct date today = date_from_day(record_today(school->record));
    struct slice with = arena_format(school->arena, "day-day=%d&day-month=%d&day-year=%d",
                                     today.day, today.month, today.year);
    assert_int_equal(visitor_post(visitor, path, with.at), 303);
    visitor_get(visitor, visitor_path(visitor, "/people/", school->teacher, "/left"));
    assert_true(visitor_says(visitor, "This person has left"));
    const char *back = visitor_path(visitor, "/people/back/", school->teacher, "");
    assert_int_equal(visitor_post(visitor, back, ""), 303);
    visitor_get(visitor, visitor_path(visitor, "/people/", school->teacher, "/back"));
    assert_true(visitor_says(visitor, "This person is here again"));
    visitor_close(visitor);
}

static void an_invitation_to_a_role_of_trust_takes_two(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    struct school *school = &visitor->school;
    world_open(&world);
    school_do(school, ACT_CHANGE_PERSON, school->admin, "person",
              school_hex(school, school->governor), "email", "gwen@hill.example", NULL);
    as(&world, world.office);
    assert_int_equal(
        fill_in(&world, visitor_path(visitor, "/people/invite/", school->governor, ""), ""), 200);
    assert_true(visitor_says(visitor, "The invitation waits for a second person"));
    assert_false(visitor_says(visitor, "/invitation/"));
    const char *path = visitor_path(visitor, "/people/hand/", school->governor, "");
    fill_in(&world, path, "");
    assert_false(visitor_says(visitor, "/invitation/")); /* who began it */
    as(&world, world.head);
    assert_int_equal(visitor_get(visitor, "/home"), 200);
    assert_true(visitor_says(visitor, "Hand over an invitation to"));
    assert_int_equal(visitor_get(visitor, "/tasks"), 200);
    assert_true(visitor_says(visitor, "An invitation waits for a second person"));
    assert_int_equal(fill_in(&world, path, ""), 200);
    assert_true(visitor_says(visitor, "http://localhost/invitation/"));
    visitor_close(visitor);
}

static void an_organisation_is_added(void **state)
{
    (void)state;
    struct world world;
    struct visitor *visitor = &world.visitor;
    world_open(&world);
    as(&world, world.office);
    assert_int_equal(visitor_get(visitor, "/organisations"), 403);
    as(&world, world.head);
    assert_int_equal(fill_in(&world, "/organisations", "kind=school"), 200);
    assert_true(visitor_says(visitor, "Enter a name"));
    assert_int_equal(visitor_post(visitor, "/organisations", "name=Dale+School&kind=school"), 303);
    visitor_get(visitor, "/organisations/added");
    assert_true(visitor_says(visitor, "Dale School"));
    visitor_close(visitor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_role_of_trust_takes_two_others),
        cmocka_unit_test(a_plain_role_is_given_and_ended_and_never_ones_own),
        cmocka_unit_test(a_barred_parent_sees_nothing_of_the_child),
        cmocka_unit_test(a_bar_holds_for_the_office_too),
        cmocka_unit_test(no_parent_learns_of_a_bar_not_even_the_office),
        cmocka_unit_test(a_bar_is_lifted_by_two),
        cmocka_unit_test(two_records_are_linked_and_parted),
        cmocka_unit_test(while_the_lead_is_away_a_deputy_has_the_role),
        cmocka_unit_test(a_link_is_shown_once_and_who_leaves_loses_the_roles),
        cmocka_unit_test(an_invitation_to_a_role_of_trust_takes_two),
        cmocka_unit_test(an_organisation_is_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
