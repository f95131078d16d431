/* From May I? to an act, to tasks, to done, as pages: nothing is recorded by asking, one press tells, each task says why and by
 * when, what is overdue has its list, and whoever it is about sees the same bytes as if nothing were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "caller.h"
#include "service/record_parts.h"

static struct world {
    struct school school;
    struct caller caller;
} world;

static const struct id nobody;

static int begin(void **state)
{
    (void)state;
    school_open(&world.school);
    caller_open(&world.caller, &world.school, true);
    return 0;
}

static int end(void **state)
{
    (void)state;
    caller_close(&world.caller);
    school_close(&world.school);
    return 0;
}

static void see_not(const char *words)
{
    if (caller_sees(&world.caller, words))
        fail_msg("there: %s\nin\n%s", words, world.caller.response.body.at);
}

static struct slice body(void)
{
    return arena_copy(world.caller.arena, text_slice(&world.caller.response.body));
}

static uint64_t events(void)
{
    return world.school.record->tree_kept.size;
}

/* ---- asking ---- */

static const char *encoded(struct slice value)
{
    AUTO_TEXT struct text out;
    text_init(&out, 10000);
    for (size_t i = 0; i < value.length; i++)
        text_format(&out, "%%%02x", (unsigned)(unsigned char)value.at[i]);
    return arena_copy(world.caller.arena, text_slice(&out)).at;
}

/* `&#39;` and the like as they were. */
static struct slice plain(struct slice value)
{
    AUTO_TEXT struct text out;
    text_init(&out, 10000);
    while (value.length > 0) {
        bool quote = slice_starts(value, SLICE("&#39;"));
        text_add_char(&out, quote ? '\'' : value.at[0]);
        value = slice_part(value, quote ? 5 : 1, value.length);
    }
    return arena_copy(world.caller.arena, text_slice(&out));
}

/* Answers what is asked with `don't know` until the answer stands there. */
static void answer_all(void)
{
    struct caller *caller = &world.caller;
    for (int count = 0; count < 30; count++) {
        caller_get(caller, "/may/question");
        if (caller_sent_to(caller, "/may/answer")) break;
        assert_int_equal(caller->response.status, 200);
        bool typed = caller_sees(caller, "name=\"unknown\"");
        struct slice fields = arena_format(caller->arena, "key=%s&asked=%s&%s",
                                           encoded(plain(caller_field(caller, "key"))),
                                           encoded(plain(caller_field(caller, "asked"))),
                                           typed ? "unknown=yes" : "answer=don%27t+know");
        caller_post(caller, "/may/question", fields.at);
        assert_true(caller_sent_to(caller, "/may/question"));
    }
    assert_int_equal(caller_get(caller, "/may/answer"), 200);
}

static void ask(const char *actor, const char *act, const char *how)
{
    struct caller *caller = &world.caller;
    assert_int_equal(caller_get(caller, "/may"), 200);
    caller_post(caller, "/may", actor);
    caller_get(caller, "/may/what");
    caller_post(caller, "/may/what", act);
    caller_get(caller, "/may/how");
    caller_post(caller, "/may/how", how);
    answer_all();
}

/* A friend request from a pupil, which somebody has to know of. */
static void ask_friend(const char *done)
{
    struct slice how =
        arena_format(world.caller.arena, "done=%s&other=pupil&via=personal-account", done);
    ask("actor=teacher", "act=accept-request", how.at);
}

/* Presses a button of the answer; gives the address of what was recorded. */
static const char *press(const char *fields)
{
    struct caller *caller = &world.caller;
    assert_int_equal(caller_post(caller, "/may/act", fields), 303);
    struct slice address = arena_copy(caller->arena, caller->response.location);
    if (!slice_starts(address, SLICE("/acts/"))) fail_msg("sent to %s", address.at);
    return address.at;
}

/* ---- asking is not doing ---- */

static void asking_records_nothing_and_ends(void **state)
{
    (void)state;
    struct caller *caller = &world.caller;
    caller_be(caller, world.school.teacher);
    uint64_t before = events();
    ask_friend("no");
    caller_see(&world.caller, "I was only asking");
    caller_see(&world.caller, "This has happened");
    caller_see(&world.caller, "Nothing was recorded and nobody was told");
    see_not("I am doing this now"); /* the answer is no */
    struct slice token =
        arena_format(caller->arena, "token=%.*s", SLICE_PRINT(caller_field(caller, "token")));
    assert_int_equal(caller_ask(caller, METHOD_POST, SLICE("/may/restart"), token), 303);
    assert_true(events() == before);
    caller_get(caller, "/may/answer");
    assert_true(caller_sent_to(caller, "/may"));
    /* Nobody signed in: as ever, and how one could. */
    caller_be(caller, nobody);
    ask_friend("no");
    caller_see(&world.caller, "People who sign in can record that it has happened");
    see_not("/may/act");
    caller_see(&world.caller, "Start again");
    assert_true(events() == before);
    assert_true(caller_post(caller, "/may/act",
                            "stage=done&order=0123456789abcdef0123456789abcdef") >= 400 ||
                !slice_starts(caller->response.location, SLICE("/acts/")));
    assert_true(events() == before);
}

/* ---- one press ---- */

static void one_press_tells_and_says_so_first(void **state)
{
    (void)state;
    struct caller *caller = &world.caller;
    caller_be(caller, world.school.teacher);
    ask_friend("no");
    struct slice page = body();
    size_t tell = slice_search(page, SLICE("Somebody has to know of this at once"));
    assert_true(tell < slice_search(page, SLICE("What to do")));
    const char *act = press("stage=arisen&tell=yes&about=no");
    assert_int_equal(caller_get(caller, act), 200);
    caller_see(&world.caller, "It is recorded");
    caller_see(&world.caller, "call 999");
    caller_see(&world.caller, "what led to it has happened");
    caller_see(&world.caller, ">done<");
    see_not("Dora");
    caller_get(caller, "/may/answer"); /* the question is over */
    assert_true(caller_sent_to(caller, "/may"));
    caller_be(caller, world.school.other);
    assert_int_equal(caller_get(caller, act), 404);
    caller_be(caller, world.school.dsl);
    caller_get(caller, "/tasks");
    caller_see(&world.caller, "Somebody told you something");
    struct slice told = body();
    size_t first = slice_search(told, SLICE("Somebody told you something</h2>"));
    struct slice rest = slice_part(told, first + 10, told.length);
    assert_true(slice_search(rest, SLICE("Somebody told you something</h2>")) == rest.length);
}

/* ---- happened, tasks, done ---- */

static const char *link_of(const char *beginning)
{
    struct slice page = body();
    struct slice start = arena_format(world.caller.arena, "href=\"%s", beginning);
    size_t at = slice_search(page, start);
    if (at == page.length) fail_msg("no link to %s in\n%s", beginning, page.at);
    struct slice rest = slice_part(page, at + 6, page.length);
    return arena_copy(world.caller.arena, slice_part(rest, 0, slice_find(rest, '"'))).at;
}

static const char *yesterday(void)
{
    struct date date = date_from_day(record_today(world.school.record) - 1);
    return arena_format(world.caller.arena,
                        "stage=done&happened-day=%d&happened-month=%d&happened-year=%d&about=no",
                        date.day, date.month, date.year)
        .at;
}

static void what_has_happened_becomes_a_task_and_is_done(void **state)
{
    (void)state;
    struct caller *caller = &world.caller;
    caller_be(caller, world.school.teacher);
    ask_friend("yes");
    const char *act = press("stage=done&about=no");
    caller_get(caller, act);
    caller_see(&world.caller, "Your tasks");
    caller_see(&world.caller, "at once");
    caller_get(caller, "/tasks");
    caller_see(&world.caller, "You must tell the designated safeguarding lead");
    caller_see(&world.caller, "I am on it");
    const char *task = link_of("/tasks/");
    assert_int_equal(caller_get(caller, task), 200);
    caller_see(&world.caller, "Why</h2>");
    caller_see(&world.caller, "href=\"/policy#c-");
    caller_see(&world.caller, "What you recorded");
    caller_see(&world.caller, "must");
    struct slice fields = arena_format(caller->arena, "task=%s", strrchr(task, '/') + 1);
    assert_int_equal(caller_post(caller, "/tasks/take", fields.at), 303);
    caller_get(caller, task);
    caller_see(&world.caller, "Taken by you");
    assert_int_equal(caller_post(caller, "/tasks/waive", fields.at), 200);
    caller_see(&world.caller, "Say why it can be let go");
    caller_see(&world.caller, "<title>Error: A task");
    caller_get(caller, task);
    struct slice note = arena_format(caller->arena, "%s&note=I+rang+her", fields.at);
    assert_int_equal(caller_post(caller, "/tasks/close", note.at), 303);
    caller_get(caller, task);
    caller_see(&world.caller, "Ended by you");
    caller_see(&world.caller, "You wrote: I rang her");
    assert_int_equal(caller_get(caller, "/tasks"), 200);
    see_not(task);
    caller_be(caller, world.school.other);
    assert_int_equal(caller_get(caller, task), 404);
}

static void what_is_overdue_has_a_list(void **state)
{
    (void)state;
    struct caller *caller = &world.caller;
    caller_be(caller, world.school.teacher);
    assert_int_equal(caller_get(caller, "/overdue"), 403);
    ask_friend("yes");
    press(yesterday());
    caller_get(caller, "/tasks");
    caller_see(&world.caller, ">Overdue<");
    caller_be(caller, world.school.head);
    assert_int_equal(caller_get(caller, "/overdue"), 200);
    caller_see(&world.caller, "Tom Teacher");
    caller_see(&world.caller, "Late since");
    const char *task = link_of("/tasks/");
    assert_int_equal(caller_get(caller, task), 200);
    caller_see(&world.caller, "overdue");
    see_not("I am on it"); /* it is not theirs */
    struct slice fields = arena_format(caller->arena, "task=%s&reason=it+was+told+in+the+corridor",
                                       strrchr(task, '/') + 1);
    assert_int_equal(caller_post(caller, "/tasks/waive", fields.at), 303);
    caller_get(caller, "/overdue");
    see_not(task);
    caller_get(caller, task);
    caller_see(&world.caller, "let go");
    caller_see(&world.caller, "You wrote: it was told in the corridor");
    caller_be(caller, world.school.teacher);
    caller_get(caller, task);
    see_not("corridor"); /* the reason opens for who wrote it */
}

/* ---- silence ---- */

static void pages_of(struct id person, struct slice ret_pages[3])
{
    caller_be(&world.caller, person);
    caller_get(&world.caller, "/overdue");
    ret_pages[0] = body();
    caller_get(&world.caller, "/tasks");
    ret_pages[1] = body();
    caller_get(&world.caller, "/home");
    ret_pages[2] = body();
}

/* Forms carry tokens of their own: the same length. */
static void same_pages(const struct slice before[3], const struct slice after[3])
{
    assert_true(slice_equal(before[0], after[0]));
    assert_int_equal(before[1].length, after[1].length);
    assert_int_equal(before[2].length, after[2].length);
}

static void who_it_is_about_sees_no_trace(void **state)
{
    (void)state;
    struct caller *caller = &world.caller;
    struct slice before[3], after[3];
    pages_of(world.school.head, before);
    caller_be(caller, world.school.teacher);
    ask_friend("yes");
    struct slice fields = arena_format(caller->arena, "%s&tell=yes", yesterday());
    size_t at = slice_search(fields, SLICE("about=no"));
    fields = arena_format(caller->arena, "%.*sabout=%s&tell=yes", (int)at, fields.at,
                          school_hex(&world.school, world.school.head));
    const char *act = press(fields.at);
    pages_of(world.school.head, after);
    same_pages(before, after);
    assert_int_equal(caller_get(caller, act), 404);
    /* Not told, and late: still nothing. */
    caller_be(caller, world.school.other);
    ask_friend("yes");
    fields = arena_format(caller->arena, "%.*sabout=%s", (int)at, yesterday(),
                          school_hex(&world.school, world.school.head));
    press(fields.at);
    pages_of(world.school.head, after);
    same_pages(before, after);
    caller_be(caller, world.school.governor);
    caller_get(caller, "/overdue");
    caller_see(&world.caller, "Late since"); /* others who lead see it */
}

/* ---- bad input ---- */

static void bad_forms_change_nothing(void **state)
{
    (void)state;
    struct caller *caller = &world.caller;
    caller_be(caller, world.school.teacher);
    ask_friend("no");
    uint64_t before = events();
    assert_int_equal(caller_post(caller, "/may/act", ""), 400);
    caller_get(caller, "/may/answer");
    assert_int_equal(caller_post(caller, "/may/act", "stage=perhaps"), 400);
    caller_get(caller, "/may/answer");
    assert_int_equal(caller_post(caller, "/may/act", "stage=doing"), 409); /* the answer is no */
    caller_see(&world.caller, "does not let you go on");
    caller_get(caller, "/may/answer");
    assert_int_equal(caller_post(caller, "/may/act",
                                 "stage=arisen&tell=yes&about=0123456789abcdef0123456789abcdef"),
                     400);
    caller_get(caller, "/may/answer");
    assert_int_equal(caller_post(caller, "/may/act",
                                 "stage=done&happened-day=31&happened-month=2&happened-year=2026"),
                     400);
    caller_see(&world.caller, "real date");
    caller_get(caller, "/may/answer");
    assert_int_equal(caller_post(caller, "/may/act",
                                 "stage=done&happened-day=1&happened-month=1&happened-year=2199"),
                     409);
    caller_see(&world.caller, "still to come");
    assert_true(events() == before);
    assert_int_equal(caller_get(caller, "/acts/nothing"), 404);
    assert_int_equal(caller_get(caller, "/tasks/0123456789abcdef0123456789abcdef"), 404);
    caller_get(caller, "/tasks");
    caller_get(caller, "/tell");
    assert_true(caller_post(caller, "/tasks/take", "task=0123456789abcdef0123456789abcdef") >= 400);
    assert_true(events() == before);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(asking_records_nothing_and_ends),
        TEST(one_press_tells_and_says_so_first),
        TEST(what_has_happened_becomes_a_task_and_is_done),
        TEST(what_is_overdue_has_a_list),
        TEST(who_it_is_about_sees_no_trace),
        TEST(bad_forms_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
