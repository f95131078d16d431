/* The page of a demo: it stands in demos alone, one press makes a visitor one of its people, and every page says what it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "caller.h"

#define MARK "This is a demo: nobody here is real."

static const struct id nobody = {{0}};

static const char *press(struct caller *caller, struct school *school, struct id person)
{
    return arena_format(caller->arena, "person=%s", school_hex(school, person)).at;
}

static void a_real_record_has_no_such_page(void **state)
{
    (void)state;
    struct school school;
    struct caller caller;
    school_open(&school);
    caller_open(&caller, &school, true);
    assert_int_equal(caller_get(&caller, "/demo"), 404);
    assert_int_equal(caller_get(&caller, "/sign-in"), 200);
    assert_false(caller_sees(&caller, MARK));
    assert_false(caller_sees(&caller, "/demo"));
    assert_int_equal(caller_post(&caller, "/demo", press(&caller, &school, school.teacher)), 404);
    assert_int_equal(caller.signed_in.length, 0);
    caller_be(&caller, school.teacher);
    assert_int_equal(caller_get(&caller, "/home"), 200);
    assert_false(caller_sees(&caller, "/demo"));
    assert_int_equal(caller_get(&caller, "/demo"), 404);
    caller_close(&caller);
    school_close(&school);
}

static void one_press_and_you_are_somebody(void **state)
{
    (void)state;
    struct school school;
    struct caller caller;
    school_open_demo(&school);
    caller_open(&caller, &school, true);
    caller_be(&caller, nobody);
    assert_int_equal(caller_get(&caller, "/"), 200);
    assert_true(caller_sees(&caller, "href=\"/demo\""));
    assert_int_equal(caller_get(&caller, "/demo"), 200);
    assert_true(caller_sees(&caller, "Be Hilda Keeper"));
    assert_true(caller_sees(&caller, school_hex(&school, school.head)));
    caller_post(&caller, "/demo", press(&caller, &school, school.head));
    assert_true(caller_sent_to(&caller, "/home"));
    assert_int_equal(caller_get(&caller, "/home"),
                     200); /* of trust, and not sent to set up codes */
    assert_true(caller_sees(&caller, "Hello, Hilda Keeper"));
    assert_int_equal(caller_get(&caller, "/people"), 200);
    caller_close(&caller);
    school_close(&school);
}

/* What one asked as somebody is gone for the next, and so is the session. */
static void the_next_press_leaves_the_last_person_behind(void **state)
{
    (void)state;
    struct school school;
    struct caller caller;
    school_open_demo(&school);
    caller_open(&caller, &school, true);
    caller_get(&caller, "/demo");
    caller_post(&caller, "/demo", press(&caller, &school, school.head));
    struct slice head = caller.signed_in, asked = caller.session;
    caller_get(&caller, "/demo");
    caller_post(&caller, "/demo", press(&caller, &school, school.teacher));
    assert_true(caller_sent_to(&caller, "/home"));
    assert_false(slice_equal(head, caller.signed_in));
    assert_false(slice_equal(asked, caller.session));
    caller_get(&caller, "/home");
    assert_true(caller_sees(&caller, "Hello, Tom Teacher"));
    caller.signed_in = head;
    caller_get(&caller, "/home");
    assert_true(caller_sent_to(&caller, "/sign-in"));
    caller_close(&caller);
    school_close(&school);
}

static void a_press_from_elsewhere_or_for_nobody_does_nothing(void **state)
{
    (void)state;
    struct school school;
    struct caller caller;
    school_open_demo(&school);
    caller_open(&caller, &school, true);
    const char *fields = press(&caller, &school, school.head);
    assert_int_equal(caller_ask(&caller, METHOD_POST, SLICE("/demo"), slice_of(fields)), 403);
    caller_get(&caller, "/demo");
    assert_int_equal(caller_ask(&caller, METHOD_POST, SLICE("/demo"),
                                arena_format(caller.arena, "%s&token=00", fields)),
                     403);
    caller_get(&caller, "/demo");
    assert_int_equal(caller_post(&caller, "/demo", "person=00"), 400);
    caller_get(&caller, "/demo");
    assert_int_equal(caller_post(&caller, "/demo", "person=0123456789abcdef0123456789abcdef"), 400);
    caller_get(&caller, "/demo");
    assert_int_equal(caller_post(&caller, "/demo", "person=00000000000000000000000000000000"), 400);
    assert_int_equal(caller.signed_in.length, 0);
    caller_close(&caller);
    school_close(&school);
}

static void every_page_says_that_it_is_a_demo(void **state)
{
    (void)state;
    struct school school;
    struct caller caller;
    size_t shown = 0;
    school_open_demo(&school);
    caller_open(&caller, &school, true);
    caller_be(&caller, school.admin);
    for (size_t i = 0; i < caller.site.route_count; i++) {
        const struct route *route = &caller.site.routes[i];
        struct slice path = slice_of(route->path);
        if (route->method != METHOD_GET || slice_ends(path, SLICE("*")) ||
            slice_starts(path, SLICE("/policy/print")))
            continue;
        if (caller_get(&caller, route->path) == 303) continue;
        if (!slice_is(slice_of(caller.response.content_type), "text/html; charset=utf-8")) continue;
        if (!caller_sees(&caller, MARK)) fail_msg("%s does not say so", route->path);
        shown++;
    }
    assert_true(shown > 20);
    assert_int_equal(caller_get(&caller, "/nowhere"), 404);
    assert_true(caller_sees(&caller, MARK));
    caller_close(&caller);
    school_close(&school);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_real_record_has_no_such_page),
        cmocka_unit_test(one_press_and_you_are_somebody),
        cmocka_unit_test(the_next_press_leaves_the_last_person_behind),
        cmocka_unit_test(a_press_from_elsewhere_or_for_nobody_does_nothing),
        cmocka_unit_test(every_page_says_that_it_is_a_demo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
