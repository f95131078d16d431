/* The pages of keeping over a real record: holds, erasures by two, who opened what, tasks, telling. What each shows to whom, what
 * a form sent twice or too late does, and that nothing personal stands in an address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "caller.h"

struct world {
    struct school school;
    struct caller caller;
};

static void world_open(struct world *world)
{
    school_open(&world->school);
    caller_open(&world->caller, &world->school, false);
}

static void world_close(struct world *world)
{
    caller_close(&world->caller);
    school_close(&world->school);
}

static const char *format(struct world *world, const char *before, struct id id)
{
    return arena_format(world->caller.arena, "%s%s", before, school_hex(&world->school, id)).at;
}

/* The end of the address of the first link that begins so, into the arena. */
static const char *link_of(struct world *world, const char *beginning)
{
    struct slice page = text_slice(&world->caller.response.body);
    struct slice start = arena_format(world->caller.arena, "href=\"%s", beginning);
    size_t at = slice_search(page, start);
    if (at == page.length) fail_msg("no link to %s in\n%s", beginning, page.at);
    struct slice rest = slice_part(page, at + 6, page.length);
    return arena_copy(world->caller.arena, slice_part(rest, 0, slice_find(rest, '"'))).at;
}

/* ---- holds ---- */

static void a_hold_is_found_by_name_placed_once_and_lifted(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    caller_be(caller, world.school.head);
    assert_int_equal(caller_get(caller, "/holds/place"), 200);
    assert_int_equal(caller_post(caller, "/holds/place", "name="), 200);
    caller_see(&world.caller, "Type a name");
    assert_int_equal(caller_post(caller, "/holds/place", "name=tom"), 200);
    caller_see(&world.caller, "Teacher, Tom");
    const char *address = link_of(&world, "/holds/place/");
    assert_string_equal(address, format(&world, "/holds/place/", world.school.teacher));
    assert_int_equal(caller_get(caller, address), 200);
    struct slice fields =
        arena_format(caller->arena, "person=%s", school_hex(&world.school, world.school.teacher));
    assert_int_equal(caller_post(caller, "/holds/place/new", fields.at), 200);
    caller_see(&world.caller, "<title>Error: Place a hold");
    caller_see(&world.caller, "href=\"#reason\"");
    struct slice token = caller_field(caller, "token"), order = caller_field(caller, "order");
    fields = arena_format(caller->arena, "%s&reason=a+tribunal%%2C+case+7", fields.at);
    struct slice body = arena_format(caller->arena, "token=%.*s&order=%.*s&%s", SLICE_PRINT(token),
                                     SLICE_PRINT(order), fields.at);
    for (int i = 0; i < 2; i++) { /* a double click */
        assert_int_equal(caller_ask(caller, METHOD_POST, SLICE("/holds/place/new"), body), 200);
        caller_see(&world.caller, "The hold lies");
    }
    caller_get(caller, "/holds");
    const char *lift = link_of(&world, "/holds/lift/");
    caller_see_not(&world.caller, "case 7");
    caller_see(&world.caller, "Nothing of theirs can be erased");
    struct slice page = text_slice(&caller->response.body);
    size_t first = slice_search(page, SLICE("Teacher, Tom</h3>"));
    assert_true(slice_search(slice_part(page, first + 5, page.length),
                             SLICE("Teacher, Tom</h3>")) == page.length - first - 5);
    assert_int_equal(caller_get(caller, lift), 200);
    struct slice hold = caller_field(caller, "hold");
    fields = arena_format(caller->arena, "hold=%.*s&reason=over", SLICE_PRINT(hold));
    struct slice late = caller_field(caller, "token");
    assert_int_equal(caller_post(caller, "/holds/lift", fields.at), 200);
    caller_see(&world.caller, "The hold is lifted");
    /* A page that was left open, with a once-token of its own. */
    body = arena_format(caller->arena, "token=%.*s&order=0123456789abcdef0123456789abcdef&%s",
                        SLICE_PRINT(late), fields.at);
    assert_int_equal(caller_ask(caller, METHOD_POST, SLICE("/holds/lift"), body), 409);
    caller_see(&world.caller, "This hold has been lifted already.");
    caller_see(&world.caller, "Nothing was changed.");
    world_close(&world);
}

static void who_is_held_learns_nothing_from_lists(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    struct outcome held =
        school_do(&world.school, ACT_PLACE_HOLD, world.school.dsl, "person",
                  school_hex(&world.school, world.school.admin), "reason", "an inquiry", NULL);
    assert_true(held.done);
    caller_be(caller, world.school.head);
    caller_get(caller, "/holds");
    caller_see(&world.caller, "Admin, Ada");
    caller_be(caller, world.school.admin);
    assert_int_equal(caller_get(caller, "/holds"), 200);
    caller_see_not(&world.caller, "Admin, Ada");
    assert_int_equal(caller_get(caller, format(&world, "/holds/lift/", held.made)), 404);
    world_close(&world);
}

/* ---- erasures ---- */

static const char *ask_erasure(struct world *world)
{
    struct caller *caller = &world->caller;
    caller_be(caller, world->school.admin);
    assert_int_equal(caller_get(caller, format(world, "/erasures/ask/", world->school.pupil)), 200);
    caller_see(&world->caller, "It cannot be undone");
    struct slice fields = arena_format(caller->arena, "person=%s&reason=they+left+in+2010",
                                       school_hex(&world->school, world->school.pupil));
    assert_int_equal(caller_post(caller, "/erasures/ask/new", fields.at), 200);
    caller_see(&world->caller, "Nothing is erased yet");
    caller_get(caller, "/erasures");
    return link_of(world, "/erasures/confirm/");
}

static void an_erasure_takes_two(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    const char *confirm = ask_erasure(&world);
    assert_int_equal(caller_get(caller, confirm), 200);
    caller_see(&world.caller, "You asked: somebody else has to confirm");
    caller_see_not(&world.caller, "Erase for good");
    struct slice token = caller_field(caller, "token");
    struct slice erasure = caller_field(caller, "erasure");
    struct slice body =
        arena_format(caller->arena, "token=%.*s&order=%s&erasure=%.*s&sure=yes", SLICE_PRINT(token),
                     "0123456789abcdef0123456789abcd00", SLICE_PRINT(erasure));
    assert_int_equal(caller_ask(caller, METHOD_POST, SLICE("/erasures/confirm"), body), 403);
    caller_see(&world.caller, "That it was refused has been recorded");
    caller_be(caller, world.school.dsl);
    assert_int_equal(caller_get(caller, confirm), 200);
    struct slice fields = arena_format(caller->arena, "erasure=%.*s", SLICE_PRINT(erasure));
    assert_int_equal(caller_post(caller, "/erasures/confirm", fields.at), 200);
    caller_see(&world.caller, "Tick the box if you are sure");
    fields = arena_format(caller->arena, "%s&sure=yes", fields.at);
    assert_int_equal(caller_post(caller, "/erasures/confirm", fields.at), 200);
    caller_see(&world.caller, "It is erased");
    caller_get(caller, "/erasures");
    caller_see(&world.caller, "Done");
    caller_see_not(&world.caller, "Pupil, Pia");
    assert_int_equal(caller_get(caller, confirm), 303);
    world_close(&world);
}

static void a_hold_makes_an_erasure_wait_and_it_can_be_withdrawn(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    const char *confirm = ask_erasure(&world);
    assert_true(school_do(&world.school, ACT_PLACE_HOLD, world.school.head, "person",
                          school_hex(&world.school, world.school.pupil), "reason", "wait", NULL)
                    .done);
    caller_be(caller, world.school.dsl);
    assert_int_equal(caller_get(caller, confirm), 200);
    caller_see(&world.caller, "A legal hold lies");
    caller_see_not(&world.caller, "Erase for good");
    caller_be(caller, world.school.head);
    assert_int_equal(caller_get(caller, confirm), 200);
    struct slice fields =
        arena_format(caller->arena, "erasure=%.*s", SLICE_PRINT(caller_field(caller, "erasure")));
    assert_int_equal(caller_post(caller, "/erasures/withdraw", fields.at), 200);
    caller_see(&world.caller, "Nothing was erased");
    world_close(&world);
}

/* ---- opening ---- */

static void opening_takes_a_reason_and_the_person_sees_it(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    struct outcome held = school_do(&world.school, ACT_PLACE_HOLD, world.school.dsl, "person",
                                    school_hex(&world.school, world.school.teacher), "reason",
                                    "letter of 3 May", NULL);
    caller_be(caller, world.school.head);
    assert_int_equal(caller_get(caller, format(&world, "/open/hold-reason/", held.made)), 200);
    caller_see_not(&world.caller, "letter of 3 May");
    struct slice fields =
        arena_format(caller->arena, "what=hold-reason&of=%s", school_hex(&world.school, held.made));
    assert_int_equal(caller_post(caller, "/open", fields.at), 200);
    caller_see(&world.caller, "Say why you need to see it");
    caller_see_not(&world.caller, "letter of 3 May");
    struct slice with = arena_format(caller->arena, "%s&reason=court+asks", fields.at);
    assert_int_equal(caller_post(caller, "/open", with.at), 200);
    caller_see(&world.caller, "letter of 3 May");
    caller_get(caller, "/opened");
    caller_see(&world.caller, "The reason of a legal hold");
    caller_see(&world.caller, "Hilda Keeper");
    caller_be(caller, world.school.teacher);
    caller_get(caller, "/opened");
    caller_see(&world.caller, "A sealed note about you");
    caller_see(&world.caller, "Hilda Keeper");
    caller_see_not(&world.caller, "hold");
    caller_see_not(&world.caller, "Of everybody you answer for");
    caller_get(caller, format(&world, "/open/hold-reason/", held.made));
    assert_true(caller_post(caller, "/open", with.at) >= 400);
    caller_see_not(&world.caller, "letter of 3 May");
    world_close(&world);
}

static void one_s_own_record_opens_without_a_reason(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    caller_be(caller, world.school.teacher);
    caller_get(caller, "/opened");
    const char *address = link_of(&world, "/open/whole-record/");
    assert_int_equal(caller_get(caller, address), 200);
    struct slice fields = arena_format(caller->arena, "what=whole-record&of=%s",
                                       school_hex(&world.school, world.school.teacher));
    assert_int_equal(caller_post(caller, "/open", fields.at), 200);
    caller_see(&world.caller, "family: Teacher");
    caller_get(caller, address);
    struct slice other = arena_format(caller->arena, "what=whole-record&of=%s&reason=curious",
                                      school_hex(&world.school, world.school.pupil));
    assert_int_equal(caller_post(caller, "/open", other.at), 403);
    caller_see_not(&world.caller, "Pia");
    caller_see(&world.caller, "This is not for you to do");
    caller_see(&world.caller, "href=\"/who\"");
    caller_see_not(&world.caller, "That form cannot be used");
    assert_int_equal(caller_ask(caller, METHOD_POST, SLICE("/open"), SLICE("token=00")), 403);
    caller_see(&world.caller, "That form cannot be used"); /* not sent from a page of ours */
    caller_be(caller, (struct id){{0}});
    assert_int_equal(caller_ask(caller, METHOD_POST, SLICE("/open"), SLICE("token=00")), 403);
    caller_see(&world.caller, "You are signed out");
    caller_see(&world.caller, "href=\"/sign-in\"");
    caller_be(caller, world.school.teacher);
    assert_int_equal(caller_get(caller, "/open/everything/0"), 404);
    world_close(&world);
}

/* ---- telling ---- */

static const char *tell(struct world *world, const char *fields)
{
    struct caller *caller = &world->caller;
    assert_int_equal(caller_get(caller, "/tell"), 200);
    assert_int_equal(caller_post(caller, "/tell", fields), 200);
    return caller->response.body.at;
}

static void a_report_shows_where_it_goes_and_becomes_a_task(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    caller_be(caller, world.school.teacher);
    assert_int_equal(caller_get(caller, "/tell"), 200);
    struct slice page = text_slice(&caller->response.body);
    size_t danger = slice_search(page, SLICE("call 999")),
           form = slice_search(page, SLICE("<form"));
    assert_true(danger < slice_search(page, SLICE("action=\"/tell\"")) && form < page.length);
    caller_see(&world.caller, "0808 800 5000");
    caller_see(&world.caller, "Today it goes to Dora Keeper (Designated safeguarding lead)");
    tell(&world, "role=dsl&about=no");
    caller_see(&world.caller, "Write what you want to tell");
    tell(&world, "role=dsl&text=something");
    caller_see(&world.caller, "Say whether it is about one of these people");
    caller_see(&world.caller, "something</textarea>");
    tell(&world, "role=dsl&about=no&named=A.+Stranger&text=I+saw+a+car+at+the+gate");
    caller_see(&world.caller, "They have it now");
    caller_get(caller, "/tasks");
    caller_see(&world.caller, "Nothing waits for you");
    caller_be(caller, world.school.dsl);
    caller_get(caller, "/tasks");
    caller_see(&world.caller, "Somebody told you something");
    caller_see_not(&world.caller, "a car");
    const char *address = link_of(&world, "/open/told/");
    struct slice fields =
        arena_format(caller->arena, "task=%.*s", SLICE_PRINT(caller_field(caller, "task")));
    assert_int_equal(caller_get(caller, address), 200);
    struct slice open = arena_format(caller->arena, "what=told&of=%s", strrchr(address, '/') + 1);
    assert_int_equal(caller_post(caller, "/open", open.at), 200);
    caller_see(&world.caller, "I saw a car at the gate");
    caller_be(caller, world.school.head);
    caller_get(caller, address);
    assert_int_equal(caller_post(caller, "/open", open.at), 409);
    caller_see_not(&world.caller, "a car");
    caller_be(caller, world.school.dsl);
    caller_get(caller, "/tasks");
    assert_int_equal(caller_post(caller, "/tasks/close", fields.at), 303);
    caller_get(caller, "/tasks");
    caller_see_not(&world.caller, "Somebody told you something");
    world_close(&world);
}

static void who_it_is_about_does_not_get_it(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    caller_be(caller, world.school.teacher);
    struct slice fields = arena_format(caller->arena, "role=dsl&about=%s&text=she+shouts",
                                       school_hex(&world.school, world.school.dsl));
    tell(&world, fields.at);
    caller_see(&world.caller, "They have it now");
    caller_see_not(&world.caller, "Hilda");
    caller_be(caller, world.school.dsl);
    caller_get(caller, "/tasks");
    caller_see_not(&world.caller, "Somebody told you something");
    caller_be(caller, world.school.head);
    caller_get(caller, "/tasks");
    caller_see(&world.caller, "Somebody told you something");
    /* About somebody of the register: where it goes is not shown, whoever they are. */
    caller_be(caller, world.school.office);
    assert_int_equal(caller_get(caller, format(&world, "/tell/about/", world.school.pupil)), 200);
    caller_see(&world.caller, "It is about Pupil, Pia.");
    caller_see_not(&world.caller, "Today it goes to");
    caller_be(caller, world.school.teacher);
    assert_int_equal(caller_get(caller, format(&world, "/tell/about/", world.school.pupil)), 403);
    world_close(&world);
}

static void where_nobody_is_left_the_ways_outside_are_given(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    const struct id *away[] = {&world.school.dsl, &world.school.head};
    for (size_t i = 0; i < 2; i++)
        assert_true(school_do(&world.school, ACT_RECORD_ABSENCE, world.school.office, "person",
                              school_hex(&world.school, *away[i]), "since", "2026-01-01", NULL)
                        .done);
    caller_be(caller, world.school.teacher);
    caller_get(caller, "/tell");
    caller_see(&world.caller, "Nobody here can get it today: use a way outside");
    tell(&world, "role=dsl&about=no&text=please");
    caller_see(&world.caller, "999");
    caller_see(&world.caller, "0808 800 5000");
    caller_be(caller, world.school.admin);
    caller_get(caller, "/tasks");
    caller_see(&world.caller, "Nobody holds a role");
    caller_see(&world.caller, "Overdue");
    world_close(&world);
}

/* ---- the record ---- */

static void the_record_s_page_gives_a_checkpoint_to_copy(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    caller_be(caller, world.school.admin);
    assert_int_equal(caller_get(caller, "/record"), 200);
    caller_see(&world.caller, "Never");
    caller_see(&world.caller, "\xe2\x80\x94 "); /* a signature line of a signed note */
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    order_init(&order, ACT_CHECK_RECORD, world.school.keeper);
    order_set(&order, caller->arena, "events", SLICE("30"));
    order_set(&order, caller->arena, "findings", SLICE("2"));
    assert_true(desk_do(world.school.record, &order, caller->arena, &outcome, &error));
    caller_get(caller, "/record");
    caller_see(&world.caller, "2 things wrong");
    caller_get(caller, "/tasks");
    caller_see(&world.caller, "The record does not match its events");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hold_is_found_by_name_placed_once_and_lifted),
        cmocka_unit_test(who_is_held_learns_nothing_from_lists),
        cmocka_unit_test(an_erasure_takes_two),
        cmocka_unit_test(a_hold_makes_an_erasure_wait_and_it_can_be_withdrawn),
        cmocka_unit_test(opening_takes_a_reason_and_the_person_sees_it),
        cmocka_unit_test(one_s_own_record_opens_without_a_reason),
        cmocka_unit_test(a_report_shows_where_it_goes_and_becomes_a_task),
        cmocka_unit_test(who_it_is_about_does_not_get_it),
        cmocka_unit_test(where_nobody_is_left_the_ways_outside_are_given),
        cmocka_unit_test(the_record_s_page_gives_a_checkpoint_to_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
