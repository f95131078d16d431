/* May I? signed in: what the register knows is not asked, who may not know it is asked as ever, a bar changes no byte of what
 * those see who may not see bars; and an answer that is kept opens for its asker alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "caller.h"
#include "service/known.h"

#define BORN "2012-02-03"

struct world {
    struct school school;
    struct caller caller;
    struct id parent_pupil; /* the pupil whose parent is school.parent */
};

static void born(struct world *world, struct id person, const char *given, const char *family,
                 const char *day)
{
    assert_true(school_do(&world->school, ACT_CHANGE_PERSON, world->school.admin, "person",
                          school_hex(&world->school, person), "given", given, "family", family,
                          "born", day, NULL)
                    .done);
}

static void world_open(struct world *world)
{
    struct school *school = &world->school;
    school_open(school);
    caller_open(&world->caller, school, true);
    born(world, school->pupil, "Pia", "Pupil", BORN);
    born(world, school->teacher, "Tom", "Teacher", "1990-05-06");
    assert_true(school_do(school, ACT_LINK_PARENT, school->office, "child",
                          school_hex(school, school->pupil), "parent",
                          school_hex(school, school->parent), NULL)
                    .done);
}

static void world_close(struct world *world)
{
    caller_close(&world->caller);
    school_close(&world->school);
}

static void bar(struct world *world, struct id parent)
{
    struct outcome outcome =
        school_do(&world->school, ACT_BAR_PARENT, world->school.head, "child",
                  school_hex(&world->school, world->school.pupil), "parent",
                  school_hex(&world->school, parent), "reason", "a court order", NULL);
    assert_true(outcome.done);
}

/* ---- what is known -------------------------------------------------------------------------------- */

static struct known_here look(struct world *world, struct id asker, struct id other,
                              struct id shown)
{
    struct known_here known;
    const struct known_about about = {asker, other, shown};
    const struct policy *policy = record_policy(world->school.record);
    known_of(world->school.record, policy, &about, world->caller.arena, &known);
    record_policy_let_go(world->school.record, policy); /* kept for the next all the same */
    return known;
}

static struct slice fact_of(const struct known_facts *facts, const char *key)
{
    for (size_t i = 0; i < facts->list.count; i++)
        if (slice_is(facts->list.at[i].key, key)) return facts->list.at[i].value;
    return SLICE_EMPTY;
}

static const struct id nobody;

static void who_may_see_somebody_need_not_say_what_the_register_knows(void **state)
{
    (void)state;
    struct world world;
    struct date day;
    world_open(&world);
    const struct school *school = &world.school;
    assert_true(date_parse(SLICE(BORN), &day));
    int age = date_age(day, date_from_day(record_today(school->record)));
    struct known_here known = look(&world, school->office, school->pupil, nobody);
    assert_true(slice_is(known.asker, "office"));
    assert_true(slice_is(known.other, "our-pupil"));
    assert_true(slice_equal(fact_of(&known.of_other, "fact other.age"),
                            arena_format(world.caller.arena, "%d", age)));
    assert_true(slice_is(fact_of(&known.of_other, "fact own-academy"), "yes"));
    assert_int_equal(fact_of(&known.of_other, "fact other-tie").length, 0);
    /* Where nothing is known there is no fact, never a no. */
    known = look(&world, school->office, school->parent, nobody);
    assert_true(slice_is(known.other, "parent"));
    assert_int_equal(known.of_other.list.count, 0);
    world_close(&world);
}

static void others_are_asked_as_ever(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    const struct school *school = &world.school;
    const struct id *askers[] = {&school->teacher, &school->parent, &school->pupil,
                                 &school->governor};
    for (size_t i = 0; i < 4; i++) {
        struct known_here known = look(&world, *askers[i], school->pupil, school->pupil);
        assert_int_equal(known.other.length + known.shown.length + known.shown_age.length, 0);
        assert_int_equal(known.of_other.list.count, 0);
    }
    struct known_here own = look(&world, school->teacher, nobody, nobody);
    assert_true(slice_is(own.asker, "teacher"));
    assert_true(fact_of(&own.of_asker, "fact actor.age").length > 0);
    world_close(&world);
}

static void a_parent_s_tie_is_known_until_a_bar_lies(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    const struct school *school = &world.school;
    struct known_here known = look(&world, school->office, school->parent, school->pupil);
    assert_true(slice_is(fact_of(&known.of_other, "fact to-parent-shown"), "yes"));
    bar(&world, school->parent);
    known = look(&world, school->office, school->parent, school->pupil);
    assert_int_equal(fact_of(&known.of_other, "fact to-parent-shown").length, 0);
    world_close(&world);
}

static void who_is_barred_does_not_find_the_child_though_they_work_here(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    struct school *school = &world.school;
    assert_true(school_do(school, ACT_LINK_PARENT, school->admin, "child",
                          school_hex(school, school->pupil), "parent",
                          school_hex(school, school->office), NULL)
                    .done);
    struct known_here known = look(&world, school->office, school->pupil, nobody);
    assert_true(slice_is(fact_of(&known.of_other, "fact other-tie"), "yes"));
    bar(&world, school->office);
    known = look(&world, school->office, school->pupil, nobody);
    assert_int_equal(known.other.length, 0);
    assert_int_equal(known.of_other.list.count, 0);
    world_close(&world);
}

/* ---- the pages ------------------------------------------------------------------------------------ */

/* Appends the page that came last, without what differs each time. */
static void keep(struct world *world, struct text *pages)
{
    struct slice rest = text_slice(&world->caller.response.body);
    static const struct slice names[] = {SLICE("name=\"token\" value=\""),
                                         SLICE("name=\"order\" value=\"")};
    text_format(pages, "\n== %u %.*s\n", world->caller.response.status,
                SLICE_PRINT(world->caller.response.location));
    while (rest.length > 0) {
        size_t at = rest.length;
        for (size_t i = 0; i < 2; i++) {
            size_t found = slice_search(rest, names[i]);
            if (found < at) at = found;
        }
        text_add(pages, slice_part(rest, 0, at));
        if (at == rest.length) return;
        rest = slice_part(rest, at + names[0].length, rest.length);
        rest = slice_part(rest, slice_find(rest, '"'), rest.length);
    }
}

static const char *encoded(struct world *world, struct slice value)
{
    AUTO_TEXT struct text out;
    text_init(&out, 4 * value.length + 1);
    for (size_t i = 0; i < value.length; i++)
        text_format(&out, "%%%02X", (unsigned)(unsigned char)value.at[i]);
    return arena_copy(world->caller.arena, text_slice(&out)).at;
}

/* `&name=value` for each id of a list with commas. */
static const char *boxes(struct world *world, const char *name, struct slice ids)
{
    struct slice one, all = SLICE_EMPTY;
    while (slice_split(&ids, ',', &one))
        all = arena_format(world->caller.arena, "%.*s%s%s=%.*s", SLICE_PRINT(all),
                           all.length > 0 ? "&" : "", name, SLICE_PRINT(slice_trim(one)));
    return all.at;
}

/* Who and what; gives how many questions followed how. */
static void begin(struct world *world, const char *actor, struct text *pages)
{
    struct caller *caller = &world->caller;
    assert_int_equal(caller_get(caller, "/may"), 200);
    keep(world, pages);
    caller_post(caller, "/may", actor);
    assert_true(caller_sent_to(caller, "/may/what"));
    assert_int_equal(caller_get(caller, "/may/what"), 200);
    keep(world, pages);
    caller_post(caller, "/may/what", "act=accept-request");
    assert_true(caller_sent_to(caller, "/may/how"));
    assert_int_equal(caller_get(caller, "/may/how"), 200);
    keep(world, pages);
}

static bool asked(struct slice pages, const char *question)
{
    return slice_search(pages, slice_of(question)) < pages.length;
}

/* To the answer, with "don't know" to everything; the questions are in `pages`. */
static void finish(struct world *world, const char *how, struct text *pages)
{
    struct caller *caller = &world->caller;
    caller_post(caller, "/may/how", how);
    assert_true(caller_sent_to(caller, "/may/question"));
    for (int count = 0; count < 30; count++) {
        caller_get(caller, "/may/question");
        keep(world, pages);
        if (caller_sent_to(caller, "/may/answer")) break;
        assert_int_equal(caller->response.status, 200);
        struct slice key = caller_field(caller, "key");
        bool typed = caller_sees(caller, "name=\"unknown\"");
        struct slice fields = arena_format(caller->arena, "key=%s&asked=%s&%s", encoded(world, key),
                                           encoded(world, caller_field(caller, "asked")),
                                           typed ? "unknown=yes" : "answer=don%27t+know");
        caller_post(caller, "/may/question", fields.at);
        assert_true(caller_sent_to(caller, "/may/question"));
    }
    assert_int_equal(caller_get(caller, "/may/answer"), 200);
    keep(world, pages);
    assert_int_equal(caller_get(caller, "/may/check"), 200);
    keep(world, pages);
    assert_int_equal(caller_get(caller, "/may/answer"), 200);
}

#define HOW "done=no&other=our-pupil&via=personal-account"

static void the_first_page_knows_who_asks(void **state)
{
    (void)state;
    struct world world;
    AUTO_TEXT struct text pages;
    world_open(&world);
    text_init(&pages, 1 << 20);
    caller_be(&world.caller, world.school.teacher);
    caller_get(&world.caller, "/may");
    caller_see(&world.caller, "You are signed in as Tom Teacher");
    caller_see(&world.caller, "value=\"teacher\" checked");
    begin(&world, "actor=teacher", &pages);
    caller_see_not(&world.caller, "/may/about");
    finish(&world, HOW, &pages);
    assert_false(asked(text_slice(&pages), "How old are you?</h1>"));
    caller_get(&world.caller, "/may/check");
    caller_see(&world.caller, "How old are you?");
    caller_see(&world.caller, "(from the register)");
    /* Who asks for somebody else is asked. */
    caller_get(&world.caller, "/may");
    caller_post(&world.caller, "/may", "actor=volunteer");
    caller_get(&world.caller, "/may/check");
    caller_see_not(&world.caller, "(from the register)");
    /* A stranger is offered nothing of it. */
    caller_be(&world.caller, nobody);
    caller_get(&world.caller, "/may");
    caller_see_not(&world.caller, "You are signed in");
    caller_see_not(&world.caller, " checked");
    world_close(&world);
}

static void whom_it_is_about_comes_from_the_register_and_can_be_changed(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    AUTO_TEXT struct text pages;
    world_open(&world);
    text_init(&pages, 1 << 20);
    caller_be(caller, world.school.office);
    begin(&world, "actor=office&actor=employee", &pages);
    caller_see(&world.caller, "Choose who it is from the register");
    assert_int_equal(caller_get(caller, "/may/about"), 200);
    assert_int_equal(caller_post(caller, "/may/about", "name=pia"), 200);
    caller_see(&world.caller, "Pupil, Pia");
    struct slice fields = arena_format(caller->arena, "person=%s&as=other",
                                       school_hex(&world.school, world.school.pupil));
    caller_post(caller, "/may/about/person", fields.at);
    assert_true(caller_sent_to(caller, "/may/how"));
    caller_get(caller, "/may/how");
    caller_see(&world.caller, "Chosen from the register as the other person: Pupil, Pia");
    caller_see(&world.caller, "value=\"our-pupil\" checked");
    text_cut(&pages, 0);
    finish(&world, HOW, &pages);
    assert_false(asked(text_slice(&pages), "How old is the other person today?</h1>"));
    caller_see(&world.caller, "What the register knew");
    caller_see_not(&world.caller, "Pia");
    caller_get(caller, "/may/how");
    caller_post(caller, "/may/how", "done=no&other=former-pupil&via=personal-account");
    caller_get(caller, "/may/check");
    caller_see_not(&world.caller, "How old is the other person");
    world_close(&world);
}

static void choose(struct world *world, struct id person, const char *as)
{
    struct caller *caller = &world->caller;
    caller_get(caller, "/may/about");
    struct slice fields =
        arena_format(caller->arena, "person=%s&as=%s", school_hex(&world->school, person), as);
    caller_post(caller, "/may/about/person", fields.at);
}

static void who_can_be_seen_comes_from_the_register_too(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    AUTO_TEXT struct text pages;
    world_open(&world);
    text_init(&pages, 1 << 20);
    caller_be(caller, world.school.office);
    begin(&world, "actor=office&actor=employee", &pages);
    for (int i = 0; i < 2; i++) { /* chosen twice they are there once */
        choose(&world, world.school.pupil, "shown");
        assert_true(caller_sent_to(caller, "/may/how"));
    }
    choose(&world, world.school.parent, "other");
    caller_get(caller, "/may/how");
    caller_see(&world.caller, "as who can be seen: Pupil, Pia (Pupil)");
    caller_see(&world.caller, "as the other person: Pupil, Paul (Parent or carer)");
    caller_get(caller, "/may/check");
    caller_see(&world.caller, "How old is that person?");
    caller_see(&world.caller, "Does it go to the parent of the child in the picture?");
    caller_see_not(&world.caller, "Pia");
    caller_see(&world.caller, "Shown pupil of ours 1");
    caller_see_not(&world.caller, "Shown pupil of ours 2");
    /* Of somebody whom they may not see there is nothing to be known. */
    caller_be(caller, world.school.teacher);
    begin(&world, "actor=teacher", &pages);
    caller_get(caller, "/may/how");
    choose(&world, world.school.pupil, "other");
    assert_int_equal(caller->response.status, 403);
    world_close(&world);
}

/* Everything that three askers see, one after the other. */
static void walk_all(struct world *world, struct text *pages)
{
    const struct school *school = &world->school;
    const struct id *askers[] = {&school->teacher, &school->parent, &school->pupil};
    for (size_t i = 0; i < 3; i++) {
        struct known_here known = look(world, *askers[i], nobody, nobody);
        caller_be(&world->caller, *askers[i]);
        begin(world, boxes(world, "actor", known.asker), pages);
        finish(world, HOW, pages);
        caller_get(&world->caller, "/opened");
        keep(world, pages);
        caller_get(&world->caller, "/tell");
        keep(world, pages);
    }
}

static void a_bar_and_a_hold_change_no_byte(void **state)
{
    (void)state;
    struct world world;
    AUTO_TEXT struct text before, after;
    world_open(&world);
    text_init(&before, 4 << 20);
    text_init(&after, 4 << 20);
    walk_all(&world, &before);
    bar(&world, world.school.parent);
    assert_true(school_do(&world.school, ACT_PLACE_HOLD, world.school.head, "person",
                          school_hex(&world.school, world.school.pupil), "reason", "a case", NULL)
                    .done);
    walk_all(&world, &after);
    assert_true(before.length > 50000 && !before.overflowed);
    assert_int_equal(before.length, after.length);
    assert_memory_equal(before.at, after.at, before.length);
    world_close(&world);
}

/* ---- keeping -------------------------------------------------------------------------------------- */

static void an_answer_is_kept_opened_and_thrown_away_by_its_asker_alone(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    AUTO_TEXT struct text pages;
    world_open(&world);
    text_init(&pages, 1 << 20);
    caller_be(caller, world.school.teacher);
    begin(&world, "actor=teacher", &pages);
    finish(&world, HOW, &pages);
    caller_see(&world.caller, "it is sealed and opens for you alone");
    assert_int_equal(caller_post(caller, "/may/keep", ""), 200);
    caller_see(&world.caller, "Your answer is kept");
    assert_int_equal(caller_get(caller, "/kept"), 200);
    caller_see(&world.caller, "Kept on ");
    struct slice fields =
        arena_format(caller->arena, "answer=%.*s", SLICE_PRINT(caller_field(caller, "answer")));
    assert_int_equal(caller_post(caller, "/kept/open", fields.at), 200);
    caller_see(&world.caller, "Accept a friend request");
    caller_see(&world.caller, "&quot;verdict&quot;: &quot;");
    caller_see(&world.caller, "What you said");
    caller_be(caller, world.school.head);
    caller_get(caller, "/kept");
    caller_see(&world.caller, "You have kept none");
    caller_get(caller, "/tell"); /* a page with a token */
    assert_int_equal(caller_post(caller, "/kept/open", fields.at), 409);
    caller_see_not(&world.caller, "friend request");
    caller_be(caller, world.school.teacher);
    caller_get(caller, "/kept");
    assert_int_equal(caller_post(caller, "/kept/drop", fields.at), 200);
    caller_see(&world.caller, "Nobody can bring it back");
    fields = arena_format(caller->arena, "%s&sure=yes", fields.at);
    assert_int_equal(caller_post(caller, "/kept/drop", fields.at), 303);
    caller_get(caller, "/kept");
    caller_see(&world.caller, "You have kept none");
    world_close(&world);
}

static void a_stranger_s_answer_is_not_kept(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    AUTO_TEXT struct text pages;
    world_open(&world);
    text_init(&pages, 1 << 20);
    caller_be(caller, nobody);
    begin(&world, "actor=teacher", &pages);
    finish(&world, HOW, &pages);
    caller_see(&world.caller, "People who sign in can keep an answer");
    caller_see_not(&world.caller, "/may/keep");
    assert_int_equal(caller_post(caller, "/may/keep", "order=0123456789abcdef0123456789abcdef"),
                     403);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_may_see_somebody_need_not_say_what_the_register_knows),
        cmocka_unit_test(others_are_asked_as_ever),
        cmocka_unit_test(a_parent_s_tie_is_known_until_a_bar_lies),
        cmocka_unit_test(who_is_barred_does_not_find_the_child_though_they_work_here),
        cmocka_unit_test(the_first_page_knows_who_asks),
        cmocka_unit_test(whom_it_is_about_comes_from_the_register_and_can_be_changed),
        cmocka_unit_test(who_can_be_seen_comes_from_the_register_too),
        cmocka_unit_test(a_bar_and_a_hold_change_no_byte),
        cmocka_unit_test(an_answer_is_kept_opened_and_thrown_away_by_its_asker_alone),
        cmocka_unit_test(a_stranger_s_answer_is_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
