/* The home page of each role, and how things stand for those who lead: every link opens, nothing tells of what its reader may not
 * know, and few people are not told apart. The clock is the test's own, so that things can fall overdue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "caller.h"
#include "service/signoff.h"

#define DAY (24L * 3600)

static atomic_long ahead; /* seconds */
int clock_gettime(clockid_t clock, struct timespec *ret_now)
{
    int code = (int)syscall(SYS_clock_gettime, clock, ret_now);
    if (clock == CLOCK_REALTIME) ret_now->tv_sec += ahead;
    return code;
}

time_t time(time_t *ret_now)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (ret_now != NULL) *ret_now = now.tv_sec;
    return now.tv_sec;
}

struct world {
    struct school school;
    struct caller caller;
};
static struct world world;

static int open_world(void **state)
{
    (void)state;
    ahead = 0;
    school_open(&world.school);
    caller_open(&world.caller, &world.school, true);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    caller_close(&world.caller);
    school_close(&world.school);
    return 0;
}

/* ---- asking --------------------------------------------------------------------------------------- */

static void shows(const char *words)
{
    if (!caller_sees(&world.caller, words))
        fail_msg("not there: %s\nin %.*s", words, (int)world.caller.response.body.length,
                 world.caller.response.body.at);
}

static void shows_not(const char *words)
{
    if (caller_sees(&world.caller, words)) fail_msg("there: %s", words);
}

static void home_of(struct id person)
{
    caller_be(&world.caller, person);
    assert_int_equal(caller_get(&world.caller, "/home"), 200);
}

static void overview_of(struct id person)
{
    caller_be(&world.caller, person);
    assert_int_equal(caller_get(&world.caller, "/overview"), 200);
}

static struct slice body(void)
{
    return arena_copy(world.school.arena, text_slice(&world.caller.response.body));
}

static const char *hex(struct id id)
{
    return school_hex(&world.school, id);
}

static struct id trusted(const char *given, const char *role, struct id org)
{
    struct school *school = &world.school;
    struct id person = school_person(school, given, "Trusted");
    struct outcome proposed = school_do(school, ACT_PROPOSE_ROLE, school->admin, "person",
                                        hex(person), "role", role, "org", hex(org), NULL);
    const char *held = hex(proposed.made);
    assert_true(school_do(school, ACT_CONFIRM_ROLE, school->head, "held", held, NULL).done);
    assert_true(school_do(school, ACT_CONFIRM_ROLE, school->dsl, "held", held, NULL).done);
    return person;
}

/* ---- home ----------------------------------------------------------------------------------------- */

/* Every link of the page's own part opens for whoever sees it. */
static size_t follow_links(void)
{
    struct slice page = body(), mark = SLICE("href=\"");
    size_t links = 0;
    page = slice_part(page, slice_search(page, SLICE("<main")), page.length);
    for (;;) {
        size_t at = slice_search(page, mark);
        if (at == page.length) return links;
        page = slice_part(page, at + mark.length, page.length);
        size_t end = slice_find(page, '"');
        struct slice address = slice_part(page, 0, end);
        if (address.at[0] != '/' || slice_starts(address, SLICE("/assets"))) continue;
        const char *path = arena_copy(world.school.arena, address).at;
        if (caller_get(&world.caller, path) != 200)
            fail_msg("%s answers %u", path, world.caller.response.status);
        links++;
    }
}

static void home_speaks_to_each_role(void **state)
{
    (void)state;
    const struct school *school = &world.school;
    const struct {
        struct id person;
        const char *says[3], *never;
    } homes[] = {
        {school->teacher,
         {"May I?", "About a child, a colleague, yourself", "My answers"},
         "How things stand"},
        {school->office, {"Files of people", "Add a person", "May I?"}, "How things stand"},
        {school->dsl,
         {"What was told to you", "Who holds which post", "May I?"},
         "How things stand"},
        {school->head, {"How things stand", "May I?", "Tell somebody"}, "What was told to you"},
        {school->governor, {"How things stand", "May I?", "Tell somebody"}, "The record"},
        {school->admin, {"The record", "Proposed roles", "May I?"}, "How things stand"},
        {school->parent,
         {"Tell the school", "Before you share a picture", "The policy"},
         "My answers</a><br>"},
        {school->pupil,
         {"If something online worries you", "Before you post or share", "The policy"},
         "How things stand"},
    };
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
        home_of(homes[i].person);
        for (size_t k = 0; k < 3; k++) shows(homes[i].says[k]);
        shows_not(homes[i].never);
        assert_true(follow_links() >= 3);
    }
}

static void the_first_page_shows_everybody_the_way(void **state)
{
    (void)state;
    caller_be(&world.caller, (struct id){{0}});
    assert_int_equal(caller_get(&world.caller, "/"), 200);
    shows("href=\"/may\"");
    shows("href=\"/policy\"");
    shows("href=\"/sign-in\"");
    shows("Tell somebody");
    shows_not("href=\"/home\"");
    assert_true(follow_links() >= 4);
    caller_be(&world.caller, world.school.teacher);
    assert_int_equal(caller_get(&world.caller, "/"), 200);
    shows("Your home page");
    shows_not("href=\"/sign-in\"");
}

static void children_stand_on_a_parent_s_home(void **state)
{
    (void)state;
    struct school *school = &world.school;
    assert_true(school_do(school, ACT_LINK_PARENT, school->office, "child", hex(school->pupil),
                          "parent", hex(school->parent), NULL)
                    .done);
    home_of(school->parent);
    shows("Your children here");
    assert_true(school_do(school, ACT_BAR_PARENT, school->dsl, "child", hex(school->pupil),
                          "parent", hex(school->parent), "reason", "Court order", NULL)
                    .done);
    home_of(school->parent);
    shows_not("Your children here");
}

static void what_is_overdue_stands_first_and_in_red(void **state)
{
    (void)state;
    struct school *school = &world.school;
    home_of(school->dsl);
    shows_not("lanyard-overdue");
    assert_true(school_do(school, ACT_TELL, school->teacher, "text", "A worry", NULL).done);
    home_of(school->dsl);
    shows("Somebody told you something");
    shows_not("lanyard-overdue");
    ahead = 2 * DAY;
    home_of(school->dsl);
    shows("lanyard-overdue");
    shows("One thing that waits for you is overdue");
    shows("govuk-tag--red");
    home_of(school->teacher);
    shows_not("lanyard-overdue");
}

/* ---- how things stand ----------------------------------------------------------------------------- */

static void only_who_leads_sees_how_things_stand(void **state)
{
    (void)state;
    const struct school *school = &world.school;
    const struct id shut[] = {school->teacher, school->office, school->dsl,
                              school->admin,   school->parent, school->pupil};
    for (size_t i = 0; i < sizeof shut / sizeof *shut; i++) {
        caller_be(&world.caller, shut[i]);
        assert_int_equal(caller_get(&world.caller, "/overview"), 403);
        assert_int_equal(caller_get(&world.caller, "/overview/overview.csv"), 403);
    }
    overview_of(school->governor);
    overview_of(school->head);
    shows("Policy in force");
    shows("Staff and others who signed");
    shows("Empty posts");
    shows("Headteacher (Hill School)");
}

static void few_people_are_not_told_apart(void **state)
{
    (void)state;
    overview_of(world.school.head);
    shows("Parents who signed");
    shows("fewer than 5 people");
    shows_not("0 of 1<");
    assert_int_equal(caller_get(&world.caller, "/overview/overview.csv"), 200);
    shows("fewer than 5 people");
}

/* The first number behind the words for whoever signed. */
static int signed_so_far(void)
{
    struct slice page = body(), mark = SLICE("Staff and others who signed");
    page = slice_part(page, slice_search(page, mark) + mark.length, page.length);
    for (size_t i = 0; i < page.length; i++)
        if (page.at[i] >= '0' && page.at[i] <= '9') return page.at[i] - '0';
    return -1;
}

static void a_signature_counts_at_once(void **state)
{
    (void)state;
    struct school *school = &world.school;
    struct id version;
    home_of(school->teacher);
    shows("Sign the policy");
    shows_not("lanyard-overdue");
    overview_of(school->head);
    assert_int_equal(signed_so_far(), 0);
    const struct policy *policy =
        record_policy_on(school->record, record_today(school->record), &version);
    struct slice text = signoff_text(policy, school->arena);
    record_policy_let_go(school->record, policy);
    assert_true(school_do(school, ACT_SIGN_POLICY, school->teacher, "person", hex(school->teacher),
                          "version", hex(version), "seen", text.at, NULL)
                    .done);
    home_of(school->teacher);
    shows_not("Sign the policy");
    overview_of(school->head);
    assert_int_equal(signed_so_far(), 1);
    ahead = 20 * DAY;
    home_of(school->other);
    shows("One thing that waits for you is overdue");
    home_of(school->teacher);
    shows_not("lanyard-overdue");
}

/* Somebody in whose matter something is late sees the same page, to the byte, as if nothing were. */
static void the_subject_sees_no_number_go_up(void **state)
{
    (void)state;
    struct school *school = &world.school;
    ahead = 2 * DAY;
    overview_of(school->head);
    struct slice before = body();
    home_of(school->head);
    struct slice home = body();
    ahead = 0;
    assert_true(school_do(school, ACT_TELL, school->teacher, "text", "About the head", "about",
                          hex(school->head), NULL)
                    .done);
    ahead = 2 * DAY;
    overview_of(school->head);
    assert_true(slice_equal(before, body()));
    home_of(school->head);
    assert_int_equal(home.length, body().length);
}

static void a_post_that_stands_empty_is_named_with_its_clause(void **state)
{
    (void)state;
    struct school *school = &world.school;
    overview_of(school->head);
    shows("Online safety coordinator, which ");
    shows("/policy#c-");
    trusted("Olga", "osc", school->top);
    overview_of(school->head);
    shows_not("Online safety coordinator, which ");
    shows("Role given: Olga Trusted, Online safety coordinator (Hill School)");
}

static void one_school_s_leader_sees_that_school(void **state)
{
    (void)state;
    struct school *school = &world.school;
    const char *names[] = {"Brook School", "=cmd School"};
    struct id orgs[2];
    for (size_t i = 0; i < 2; i++)
        orgs[i] = school_do(school, ACT_ADD_ORGANISATION, school->admin, "name", names[i], "kind",
                            "school", NULL)
                      .made;
    struct id leader = trusted("Lea", "headteacher", orgs[0]);
    trusted("Hal", "headteacher", orgs[1]);
    overview_of(leader);
    shows("Brook School");
    shows_not("=cmd School");
    shows_not("Hal Trusted");
    overview_of(school->head);
    shows("=cmd School");
    shows("Role given: Hal Trusted, Headteacher (=cmd School)");
    assert_int_equal(caller_get(&world.caller, "/overview/overview.csv"), 200);
    shows("'=cmd School"); /* no spreadsheet runs it */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(home_speaks_to_each_role),
        TEST(the_first_page_shows_everybody_the_way),
        TEST(children_stand_on_a_parent_s_home),
        TEST(what_is_overdue_stands_first_and_in_red),
        TEST(only_who_leads_sees_how_things_stand),
        TEST(few_people_are_not_told_apart),
        TEST(a_signature_counts_at_once),
        TEST(the_subject_sees_no_number_go_up),
        TEST(a_post_that_stands_empty_is_named_with_its_clause),
        TEST(one_school_s_leader_sees_that_school),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
