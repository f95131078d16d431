/* Versions of the policy on their pages: brought, looked at, approved, and shown to everybody from their day on, while the
 * server runs; a conversation of May I? that meets a new one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../service/clock.h"
#include "../service/edition.h"
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

static void get(struct world *world, const char *path, unsigned status)
{
    unsigned answered = caller_get(&world->caller, path);
    if (answered != status) fail_msg("%s: %u\n%s", path, answered, world->caller.response.body.at);
}

static const char *version_path(struct world *world, const char *before, struct id version)
{
    return arena_format(world->caller.arena, "%s%s", before, school_hex(&world->school, version))
        .at;
}

/* Where the answer sent the browser. */
static const char *follow(struct world *world)
{
    assert_int_equal(world->caller.response.status, 303);
    const char *to = arena_copy(world->caller.arena, world->caller.response.location).at;
    get(world, to, 200);
    return to;
}

static const char *send(struct world *world, const struct edition *edition)
{
    get(world, "/versions/bring", 200);
    world->caller.file = edition_text(&world->school, edition);
    caller_post(&world->caller, "/versions/bring", "");
    return follow(world);
}

static const char *approval(struct world *world, int64_t days, const char *material)
{
    struct date day = date_from_day(record_today(world->school.record) + days);
    struct slice version = caller_field(&world->caller, "version"),
                 base = caller_field(&world->caller, "base");
    return arena_format(world->caller.arena,
                        "version=%.*s&base=%.*s&day-day=%d&day-month=%d&day-year=%d&body=governor&"
                        "material=%s&minute=B%%2F7",
                        SLICE_PRINT(version), SLICE_PRINT(base), day.day, day.month, day.year,
                        material)
        .at;
}

/* The first version by the acts alone. */
static struct id begin(struct world *world)
{
    struct edition first = {.number = "1"};
    struct approval today = {.day = NULL};
    struct outcome outcome;
    struct error error;
    struct id version = edition_brought(&world->school, &first, world->school.office);
    assert_true(
        edition_approve(&world->school, version, world->school.governor, &today, &outcome, &error));
    assert_true(outcome.done);
    return version;
}

static struct id approve_later(struct world *world, const struct edition *edition, int64_t days)
{
    struct approval later = {.day = edition_day(&world->school, days)};
    struct outcome outcome;
    struct error error;
    struct id version = edition_brought(&world->school, edition, world->school.office);
    assert_true(
        edition_approve(&world->school, version, world->school.governor, &later, &outcome, &error));
    assert_true(outcome.done);
    return version;
}

/* ---- from the file to everybody's page ------------------------------------------------------------- */

static void brought_approved_and_shown(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    begin(&world);
    struct edition lifted = {.number = "2",
                             .rule = "staff MAY accept a friend request from a pupil",
                             .prose = "It may be done."};
    caller_be(&world.caller, world.school.office);
    const char *page = send(&world, &lifted);
    caller_see(&world.caller, "Waits to be approved");
    caller_see(&world.caller, "You brought it, so somebody else approves it");
    caller_see(&world.caller, "A ban lifted");
    caller_see(&world.caller, "Staff must not accept a friend request from a pupil.");
    caller_see(&world.caller, "Teacher");
    caller_see_not(&world.caller, "Approve this version");
    caller_be(&world.caller, world.school.governor);
    get(&world, page, 200);
    caller_see(&world.caller, "Approve this version");
    assert_int_equal(caller_post(&world.caller, "/versions/approve", approval(&world, 3, "")), 200);
    caller_see(&world.caller, "Choose whether it matters to everybody");
    caller_see(&world.caller, "B/7"); /* what was typed stays */
    caller_post(&world.caller, "/versions/approve", approval(&world, 3, "no"));
    follow(&world);
    caller_see(&world.caller, "Approved, in force from");
    caller_see(&world.caller, "Governor or trustee");
    caller_see(&world.caller, "B/7");
    caller_see(&world.caller, "Take this version back");
    struct id nobody = {{0}};
    caller_be(&world.caller, nobody);
    get(&world, "/policy", 200);
    caller_see_not(&world.caller, "It may be done.");
    caller_see(&world.caller, "In force since");
    clock_forward(3);
    get(&world, "/policy", 200); /* without a restart */
    caller_see(&world.caller, "It may be done.");
    caller_see(&world.caller, "Governor or trustee");
    get(&world, "/policy/print", 200);
    caller_see(&world.caller, "It may be done.");
    get(&world, "/policy/versions", 200);
    caller_see(&world.caller, "Version 1");
    caller_see(&world.caller, "Was in force from");
    caller_see(&world.caller, "Version 2");
    world_close(&world);
}

static void what_is_wrong_comes_back_with_its_line(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    begin(&world);
    struct edition wrong = {.number = "2", .rule = "staff MUST NOT frobnicate a pupil"};
    caller_be(&world.caller, world.school.office);
    get(&world, "/versions/bring", 200);
    world.caller.file = edition_text(&world.school, &wrong);
    assert_int_equal(caller_post(&world.caller, "/versions/paste", ""), 200);
    caller_see(&world.caller, "What to put right");
    caller_see(&world.caller, "policy.md, line ");
    caller_see(&world.caller, "frobnicate a pupil</pre>");
    caller_see(&world.caller, "Nothing was kept");
    caller_see(&world.caller, "norms: hill"); /* what was pasted is still there */
    get(&world, "/versions", 200);
    caller_see_not(&world.caller, "Waiting to be approved");
    get(&world, "/versions/bring", 200);
    assert_int_equal(caller_post(&world.caller, "/versions/bring", ""), 200);
    caller_see(&world.caller, "There is a problem"); /* no file at all */
    world_close(&world);
}

static void what_nobody_approved_is_not_public(void **state)
{
    (void)state;
    struct world world;
    struct id nobody = {{0}};
    world_open(&world);
    struct id first = begin(&world);
    struct edition second = {.number = "2", .told = "the line manager", .prose = "A secret plan."};
    struct id version = edition_brought(&world.school, &second, world.school.office);
    caller_be(&world.caller, nobody);
    get(&world, version_path(&world, "/policy/versions/", version), 404);
    caller_see_not(&world.caller, "A secret plan");
    get(&world, "/policy/versions", 200);
    caller_see_not(&world.caller, "Version 2");
    get(&world, version_path(&world, "/policy/versions/", first), 200);
    caller_see(&world.caller, "Nobody befriends a pupil.");
    caller_see_not(&world.caller, "Gail"); /* nobody's name */
    caller_be(&world.caller, world.school.teacher);
    get(&world, "/versions", 403);
    get(&world, version_path(&world, "/versions/", version), 403);
    get(&world, version_path(&world, "/versions/text/", version), 403);
    caller_be(&world.caller, world.school.governor);
    get(&world, version_path(&world, "/versions/text/", version), 200);
    caller_see(&world.caller, "A secret plan.");
    world_close(&world);
}

static void its_author_sees_no_way_to_approve_it(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    begin(&world);
    struct edition second = {.number = "2", .told = "the line manager"};
    caller_be(&world.caller, world.school.governor);
    send(&world, &second);
    caller_see(&world.caller, "You brought it, so somebody else approves it");
    caller_see_not(&world.caller, "Approve this version");
    assert_int_equal(caller_post(&world.caller, "/versions/withdraw",
                                 arena_format(world.caller.arena, "version=%.*s",
                                              SLICE_PRINT(caller_field(&world.caller, "version")))
                                     .at),
                     303);
    follow(&world);
    caller_see(&world.caller, "Taken back");
    world_close(&world);
}

static void an_empty_post_is_named(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    begin(&world);
    struct edition second = {.number = "2", .told = "the online safety coordinator"};
    struct id version = edition_brought(&world.school, &second, world.school.office);
    caller_be(&world.caller, world.school.governor);
    get(&world, version_path(&world, "/versions/", version), 200);
    caller_see(&world.caller, "Posts that stand empty");
    caller_see(&world.caller, "Online safety coordinator");
    assert_int_equal(caller_post(&world.caller, "/versions/approve", approval(&world, 2, "no")),
                     403);
    caller_see(&world.caller, "Online safety coordinator");
    world_close(&world);
}

static void refused_with_its_reason(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    begin(&world);
    struct edition second = {.number = "2", .told = "the line manager"};
    struct id version = edition_brought(&world.school, &second, world.school.office);
    const char *page = version_path(&world, "/versions/", version);
    caller_be(&world.caller, world.school.governor);
    get(&world, page, 200);
    struct slice hex = caller_field(&world.caller, "version");
    const char *bare = arena_format(world.caller.arena, "version=%.*s", SLICE_PRINT(hex)).at;
    assert_int_equal(caller_post(&world.caller, "/versions/refuse", bare), 200);
    caller_see(&world.caller, "Say why");
    caller_post(&world.caller, "/versions/refuse",
                arena_format(world.caller.arena, "%s&reason=Not+ready", bare).at);
    follow(&world);
    caller_see(&world.caller, "Refused");
    caller_see(&world.caller, "Not ready");
    world_close(&world);
}

/* The approver saw it beside another version than the one that it would follow by now. */
static void what_was_seen_has_to_hold(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    begin(&world);
    struct edition second = {.number = "2", .told = "the line manager"};
    struct edition third = {.number = "3", .told = "the designated safeguarding lead"};
    struct id version = edition_brought(&world.school, &third, world.school.office);
    caller_be(&world.caller, world.school.governor);
    get(&world, version_path(&world, "/versions/", version), 200);
    const char *sent = approval(&world, 9, "no");
    approve_later(&world, &second, 2);
    assert_int_equal(caller_post(&world.caller, "/versions/approve", sent), 409);
    caller_see(&world.caller, "approved meanwhile");
    world_close(&world);
}

/* ---- a conversation that meets a new version ------------------------------------------------------- */

/* A teacher asks, a pupil is the other one, up to where the last page is asked for. */
static void converse(struct world *world, const char *act)
{
    struct id nobody = {{0}};
    caller_be(&world->caller, nobody);
    get(world, "/may", 200);
    assert_int_equal(caller_post(&world->caller, "/may", "actor=teacher"), 303);
    get(world, "/may/what", 200);
    assert_int_equal(caller_post(&world->caller, "/may/what",
                                 arena_format(world->caller.arena, "act=%s", act).at),
                     303);
    get(world, "/may/how", 200);
    assert_int_equal(caller_post(&world->caller, "/may/how", "done=no&other=our-pupil"), 303);
}

static void it_goes_on_under_the_new_one(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    begin(&world);
    struct edition lifted = {.number = "2",
                             .rule = "staff MAY accept a friend request from a pupil"};
    approve_later(&world, &lifted, 1);
    converse(&world, "accept-request");
    get(&world, "/may/answer", 200);
    caller_see(&world.caller, ">No<");
    clock_forward(1);
    get(&world, "/may/answer", 200);
    caller_see(&world.caller, "A new version of the policy has come into force");
    caller_see(&world.caller, "The policy allows it.");
    get(&world, "/may/answer", 200);
    caller_see_not(&world.caller, "has come into force since"); /* said once */
    world_close(&world);
}

/* The old version had a word of its own, which was asked about. */
static void it_begins_again_where_it_no_longer_makes_sense(void **state)
{
    (void)state;
    struct world world;
    struct edition own = {.number = "1",
                          .act = "| juggle with fire | juggle | | act | person | | | | |",
                          .rule = "staff MUST NOT juggle with fire"};
    struct approval today = {.day = NULL};
    struct outcome outcome;
    struct error error;
    world_open(&world);
    struct id version = edition_brought(&world.school, &own, world.school.office);
    assert_true(
        edition_approve(&world.school, version, world.school.governor, &today, &outcome, &error));
    struct edition plain = {.number = "2"};
    approve_later(&world, &plain, 1);
    converse(&world, "juggle");
    get(&world, "/may/answer", 200);
    caller_see(&world.caller, ">No<");
    clock_forward(1);
    assert_int_equal(caller_get(&world.caller, "/may/question"), 303);
    assert_true(caller_sent_to(&world.caller, "/may"));
    get(&world, "/may", 200);
    caller_see(&world.caller, "Please begin again");
    converse(&world, "accept-request");
    get(&world, "/may/answer", 200);
    caller_see(&world.caller, ">No<");
    world_close(&world);
}

static void record_one(struct world *world, struct id actor)
{
    assert_true(school_do(&world->school, ACT_REPORT_ACT, actor, "stage", "done", "said",
                          "actor=teacher\nother=our-pupil\nact=accept-request\n", NULL)
                    .done);
}

/* The head, whom it may be about, reads the same page whether somebody recorded something or nobody did. */
static void little_is_not_told_from_nothing(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    struct id version = begin(&world);
    const char *page = version_path(&world, "/versions/", version);
    caller_be(&world.caller, world.school.head);
    get(&world, page, 200);
    caller_see(&world.caller, "What was decided under it");
    caller_see_not(&world.caller, "Acts that people recorded");
    for (int i = 0; i < 4; i++) {
        record_one(&world, world.school.teacher);
        get(&world, page, 200);
        caller_see_not(&world.caller, "Acts that people recorded");
    }
    record_one(&world, world.school.other);
    get(&world, page, 200);
    caller_see(&world.caller, "Acts that people recorded");
    caller_see(&world.caller, ">5<");
    world_close(&world);
}

#define ONE(test) cmocka_unit_test(test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ONE(brought_approved_and_shown),
        ONE(what_is_wrong_comes_back_with_its_line),
        ONE(what_nobody_approved_is_not_public),
        ONE(its_author_sees_no_way_to_approve_it),
        ONE(an_empty_post_is_named),
        ONE(refused_with_its_reason),
        ONE(what_was_seen_has_to_hold),
        ONE(little_is_not_told_from_nothing),
        ONE(it_goes_on_under_the_new_one),
        ONE(it_begins_again_where_it_no_longer_makes_sense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
