/* May I? with the words of a draft: what is found answers, is marked and can be put otherwise; names are told to who works here alone, and
 * of no child from whom they are barred; the words stand in no address, no record, no kept answer; bad ones lose nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "caller.h"
#include "page/may_draft.h"
#include "service/record_parts.h"
#include "store/policies.h"

struct world {
    struct school school;
    struct caller caller;
};

static void name(struct world *world, struct id person, const char *given, const char *family)
{
    assert_true(school_do(&world->school, ACT_CHANGE_PERSON, world->school.admin, "person",
                          school_hex(&world->school, person), "given", given, "family", family,
                          NULL)
                    .done);
}

static void world_open(struct world *world)
{
    school_open(&world->school);
    caller_open(&world->caller, &world->school, true);
    name(world, world->school.pupil, "Ottoline", "Fernsby");
    caller_be(&world->caller, world->school.teacher);
}

static void world_close(struct world *world)
{
    caller_close(&world->caller);
    school_close(&world->school);
}

static const char *encoded(struct world *world, struct slice value)
{
    AUTO_TEXT struct text out;
    text_init(&out, 4 * value.length + 1);
    for (size_t i = 0; i < value.length; i++)
        text_format(&out, "%%%02X", (unsigned)(unsigned char)value.at[i]);
    return arena_copy(world->caller.arena, text_slice(&out)).at;
}

/* ---- the way -------------------------------------------------------------------------------------- */

static void begin(struct world *world, const char *actor, const char *act)
{
    struct caller *caller = &world->caller;
    struct arena *arena = caller->arena;
    assert_int_equal(caller_get(caller, "/may"), 200);
    caller_post(caller, "/may", arena_format(arena, "actor=%s", actor).at);
    assert_true(caller_sent_to(caller, "/may/what"));
    caller_get(caller, "/may/what");
    caller_post(caller, "/may/what", arena_format(arena, "act=%s", act).at);
    assert_true(caller_sent_to(caller, "/may/how"));
    assert_int_equal(caller_get(caller, "/may/how"), 200);
}

static unsigned how(struct world *world, struct slice words)
{
    struct caller *caller = &world->caller;
    struct slice fields =
        arena_format(caller->arena, "done=no&via=official-account&words=%s", encoded(world, words));
    return caller_post(caller, "/may/how", fields.at);
}

static void answer(struct world *world, const char *with)
{
    struct caller *caller = &world->caller;
    struct slice key = caller_field(caller, "key");
    bool typed = caller_sees(caller, "name=\"unknown\"");
    struct slice fields = arena_format(
        caller->arena, "key=%s&asked=%s&%s%s", encoded(world, key),
        encoded(world, caller_field(caller, "asked")),
        typed ? "unknown=yes" : "answer=", typed ? "" : encoded(world, slice_of(with)));
    caller_post(caller, "/may/question", fields.at);
    assert_true(caller_sent_to(caller, "/may/question"));
}

/* To the answer's page, with one word to every question; gives how many there were. */
static int finish(struct world *world, const char *with)
{
    struct caller *caller = &world->caller;
    for (int count = 0; count < 40; count++) {
        caller_get(caller, "/may/question");
        if (caller_sent_to(caller, "/may/answer")) {
            assert_int_equal(caller_get(caller, "/may/answer"), 200);
            return count;
        }
        if (caller_sent_to(caller, "/may/shown")) {
            caller_get(caller, "/may/shown");
            caller_post(caller, "/may/shown", "role=no-one-more");
        } else {
            assert_int_equal(caller->response.status, 200);
            answer(world, with);
        }
    }
    fail_msg("too many questions");
    return 0;
}

static void ask(struct world *world, const char *words)
{
    begin(world, "teacher", "post");
    caller_see(&world->caller, "The words you want to use");
    assert_int_equal(how(world, slice_of(words)), 303);
    assert_true(caller_sent_to(&world->caller, "/may/question"));
    (void)finish(world, "don't know");
}

/* By the page of what was said, which has no other form's fields on it. */
static void use_proposed(struct world *world)
{
    caller_get(&world->caller, "/may/check");
    assert_int_equal(caller_post(&world->caller, "/may/words/proposed", ""), 303);
    assert_true(caller_sent_to(&world->caller, "/may/question"));
}

/* ---- what is found -------------------------------------------------------------------------------- */

#define PRAISE "Well done Ottoline Fernsby, who came first! Ring 07700 900123 <b>now</b>."

static void what_is_found_is_marked_and_can_be_put_otherwise(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    ask(&world, PRAISE);
    caller_see(&world.caller, "Your words");
    caller_see(&world.caller, "<mark>Ottoline Fernsby</mark>");
    caller_see(&world.caller, "The full name of a pupil; on this page pupil named 1");
    caller_see(&world.caller, "A full name is given: yes, of pupil named 1");
    caller_see(&world.caller, "4.4c"); /* the clause that turns on it */
    caller_see(&world.caller, "Proposal: write \xE2\x80\x9COttoline F\xE2\x80\x9D");
    caller_see(&world.caller, "<mark>07700 900123</mark>");
    caller_see(&world.caller, "Well done Ottoline F, who came first! Ring &lt;b&gt;now&lt;/b&gt;.");
    caller_see_not(&world.caller, "<b>now");
    use_proposed(&world);
    (void)finish(&world, "don't know");
    caller_see_not(&world.caller, "The full name of");
    caller_see(&world.caller, "Well done <mark>Ottoline F</mark>");
    caller_see_not(&world.caller, "Use the proposed words");
    caller_get(&world.caller, "/may/check");
    caller_see(&world.caller, "Well done Ottoline F, who came first!");
    caller_see(&world.caller, "href=\"/may/words\"");
    world_close(&world);
}

static void what_is_only_looked_at_comes_with_the_question(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    begin(&world, "teacher", "post");
    assert_int_equal(caller_post(&world.caller, "/may/how",
                                 "done=no&via=personal-account&words=What+a+day.%0AOttoline+sang."),
                     303);
    bool seen = false;
    for (int count = 0; count < 30 && !seen; count++) {
        caller_get(&world.caller, "/may/question");
        if (world.caller.response.status != 200) break;
        seen = caller_sees(&world.caller, "In your words:");
        if (!seen) answer(&world, "no");
    }
    assert_true(seen);
    caller_see(&world.caller,
               "A first name, as of a pupil: \xE2\x80\x9C<mark>Ottoline</mark> sang.\xE2\x80\x9D");
    caller_see_not(&world.caller, "What a day");
    world_close(&world);
}

static void who_says_no_to_what_stands_there_is_told(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    begin(&world, "teacher", "post");
    caller_post(&world.caller, "/may/how", "done=no&via=personal-account");
    (void)finish(&world, "no");
    caller_see(&world.caller, "Add the words you want to use");
    caller_see_not(&world.caller, "You said no to this");
    caller_get(&world.caller, "/may/words");
    caller_post(&world.caller, "/may/words",
                "words=Our+school+is+awful,+and+the+headteacher+is+a+liar.");
    assert_true(caller_sent_to(&world.caller, "/may/question"));
    (void)finish(&world, "no");
    caller_see(&world.caller, "You said no to this, but it stands in your words, and that counts.");
    caller_see(&world.caller, "Something that you answered no to");
    world_close(&world);
}

static void words_are_asked_for_where_an_act_has_use_for_them(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    static const struct {
        const char *act;
        bool offered;
    } rows[] = {{"post", true},        {"post-photo", true},      {"message", true},
                {"take-photo", false}, {"accept-request", false}, {"give-password", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        begin(&world, "teacher", rows[i].act);
        assert_int_equal(caller_sees(&world.caller, "name=\"words\""), rows[i].offered);
    }
    /* Those of another act are forgotten. */
    begin(&world, "teacher", "post");
    (void)how(&world, SLICE("Hello Ottoline Fernsby"));
    begin(&world, "teacher", "accept-request");
    caller_post(&world.caller, "/may/how", "done=no&other=our-pupil&via=personal-account");
    (void)finish(&world, "don't know");
    caller_see_not(&world.caller, "Your words");
    caller_get(&world.caller, "/may/check");
    caller_see_not(&world.caller, "Ottoline");
    world_close(&world);
}

/* ---- who is told ----------------------------------------------------------------------------------- */

static void bar(struct world *world, struct id parent)
{
    struct school *school = &world->school;
    assert_true(school_do(school, ACT_LINK_PARENT, school->admin, "child",
                          school_hex(school, school->pupil), "parent", school_hex(school, parent),
                          NULL)
                    .done);
    assert_true(school_do(school, ACT_BAR_PARENT, school->head, "child",
                          school_hex(school, school->pupil), "parent", school_hex(school, parent),
                          "reason", "a court order", NULL)
                    .done);
}

static void names_are_told_to_who_works_here_alone(void **state)
{
    (void)state;
    struct world world;
    const struct id nobody = {{0}};
    world_open(&world);
    const struct id others[] = {nobody, world.school.parent, world.school.pupil};
    for (size_t i = 0; i < 3; i++) {
        caller_be(&world.caller, others[i]);
        ask(&world, PRAISE);
        caller_see_not(&world.caller, "<mark>Ottoline");
        caller_see_not(&world.caller, "The full name of");
        caller_see(&world.caller, "<mark>07700 900123</mark>");
    }
    const struct id staff[] = {world.school.office, world.school.governor};
    for (size_t i = 0; i < 2; i++) {
        caller_be(&world.caller, staff[i]);
        ask(&world, PRAISE);
        caller_see(&world.caller, "The full name of a pupil");
    }
    bar(&world, world.school.office);
    caller_be(&world.caller, world.school.office);
    ask(&world, PRAISE);
    caller_see_not(&world.caller, "<mark>Ottoline");
    caller_be(&world.caller, world.school.teacher);
    ask(&world, PRAISE);
    caller_see(&world.caller, "The full name of a pupil");
    world_close(&world);
}

static void names_are_in_step_with_the_register(void **state)
{
    (void)state;
    struct world world;
    char today[11];
    world_open(&world);
    ask(&world, "Crispin Oldacre sang.");
    caller_see_not(&world.caller, "<mark>Crispin Oldacre");
    struct id child = school_person(&world.school, "Crispin", "Oldacre");
    (void)school_role(&world.school, child, "pupil");
    (void)finish(&world, "don't know"); /* the same draft, looked at again */
    caller_see(&world.caller, "<mark>Crispin Oldacre</mark>");
    date_format(date_from_day(record_today(world.school.record)), today);
    assert_true(school_do(&world.school, ACT_RECORD_LEAVER, world.school.admin, "person",
                          school_hex(&world.school, child), "day", today, NULL)
                    .done);
    (void)finish(&world, "don't know");
    caller_see_not(&world.caller, "<mark>Crispin Oldacre");
    world_close(&world);
}

static void so_many_drafts_an_hour_are_looked_at(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    begin(&world, "teacher", "post");
    (void)how(&world, SLICE("0"));
    for (int i = 1; i < DRAFTS_AN_HOUR; i++) {
        caller_get(&world.caller, "/may/words");
        caller_post(&world.caller, "/may/words",
                    arena_format(world.caller.arena, "words=Draft+%d", i).at);
        assert_int_equal(world.caller.response.status, 303);
    }
    caller_get(&world.caller, "/may/words");
    assert_int_equal(caller_post(&world.caller, "/may/words", "words=One+more"), 200);
    caller_see(&world.caller, "many drafts looked at within the hour");
    caller_see(&world.caller, ">\nOne more</textarea>");
    caller_get(&world.caller, "/may/words");
    caller_see_not(&world.caller, "One more");
    /* The same words again are no new draft. */
    assert_int_equal(
        caller_post(&world.caller, "/may/words",
                    arena_format(world.caller.arena, "words=Draft+%d", DRAFTS_AN_HOUR - 1).at),
        303);
    world_close(&world);
}

/* ---- bad words ------------------------------------------------------------------------------------- */

static struct slice long_words(struct arena *arena, size_t length)
{
    char *at = ARENA_ARRAY(arena, char, length + 1);
    memset(at, 'x', length);
    at[0] = 'B';
    return (struct slice){at, length};
}

static void too_many_words_lose_nothing(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    begin(&world, "teacher", "post");
    assert_int_equal(how(&world, long_words(caller->arena, DRAFT_LARGEST + 1)), 200);
    caller_see(&world.caller, "<title>Error: ");
    caller_see(&world.caller, "href=\"#words\"");
    caller_see(&world.caller, "The words are too long");
    caller_see(&world.caller, ">\nBxxxx");
    caller_see(&world.caller, "value=\"no\" checked");
    caller_see(&world.caller, "value=\"official-account\" checked");
    assert_int_equal(how(&world, long_words(caller->arena, DRAFT_LARGEST)), 303);
    caller_get(caller, "/may/words");
    assert_int_equal(
        caller_post(caller, "/may/words",
                    arena_format(caller->arena, "words=%.*s",
                                 SLICE_PRINT(long_words(caller->arena, DRAFT_LARGEST + 1)))
                        .at),
        200);
    caller_see(&world.caller, "The words are too long");
    world_close(&world);
}

static void words_that_are_no_text_are_refused(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    static const char *const bad[] = {"words=a%00b",     "words=%ff%fe",    "words=%C3",
                                      "words=%ED%A0%80", "words=a&words=b", "words=a%1bb"};
    world_open(&world);
    begin(&world, "teacher", "post");
    (void)how(&world, SLICE("Hello"));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        caller_get(caller, "/may/words");
        assert_int_equal(caller_post(caller, "/may/words", bad[i]), 400);
    }
    caller_get(caller, "/may/words");
    caller_see(&world.caller, ">\nHello</textarea>");
    assert_int_equal(caller_post(caller, "/may/words", "words=+%0D%0A+%09+"), 303);
    caller_get(caller, "/may/words");
    caller_see(&world.caller, ">\n</textarea>");
    (void)finish(&world, "don't know");
    caller_see_not(&world.caller, "Your words");
    /* Nothing to propose is no fault. */
    use_proposed(&world);
    /* Without the first pages there is no box. */
    caller_be(caller, (struct id){{0}});
    caller_get(caller, "/may/words");
    assert_true(caller_sent_to(caller, "/may"));
    world_close(&world);
}

static void markup_in_words_is_text(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    ask(&world,
        "<script>alert(1)</script> </textarea><img src=x onerror=\"a()\"> \"Ottoline Fernsby\"");
    caller_see_not(&world.caller, "<script>alert");
    caller_see_not(&world.caller, "<img src=x");
    caller_see(&world.caller, "&lt;script&gt;alert(1)");
    caller_get(&world.caller, "/may/words");
    caller_see_not(&world.caller, "</textarea><img");
    caller_get(&world.caller, "/may/check");
    caller_see_not(&world.caller, "<img src=x");
    world_close(&world);
}

/* ---- what is kept ---------------------------------------------------------------------------------- */

/* Whether the act that was recorded was decided by this clause. */
static bool clauses_hold(struct world *world, struct slice hex, const char *clause)
{
    struct error error = {.code = ERROR_NONE};
    struct occurrence_row row;
    struct id act;
    bool found;
    struct db *db = record_read(world->school.record, &error);
    assert_non_null(db);
    assert_true(id_read(hex, &act));
    assert_true(occurrence_get(db, &act, world->caller.arena, &row, &found, &error) && found);
    record_read_done(world->school.record, db);
    return slice_search(row.clauses, slice_of(clause)) < row.clauses.length;
}

static void an_act_keeps_what_was_found_and_no_word(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    ask(&world, PRAISE);
    assert_int_equal(caller_post(caller, "/may/keep", ""), 200);
    caller_get(caller, "/kept");
    caller_see_not(&world.caller, "Ottoline");
    struct slice kept = caller_field(caller, "answer");
    assert_true(kept.length > 0);
    caller_post(caller, "/kept/open",
                arena_format(caller->arena, "answer=%.*s", SLICE_PRINT(kept)).at);
    assert_int_equal(caller->response.status, 200);
    caller_see(&world.caller, "found in the words");
    caller_see_not(&world.caller, "Ottoline");
    (void)finish(&world, "don't know");
    caller_see(&world.caller, "4.4d");
    caller_post(caller, "/may/act", "stage=done&happened-day=&happened-month=&happened-year=");
    if (caller_sent_to(caller, "/may/question")) { /* done is another question */
        (void)finish(&world, "don't know");
        caller_post(caller, "/may/act", "stage=done&happened-day=&happened-month=&happened-year=");
    }
    assert_int_equal(caller->response.status, 303);
    struct slice to = arena_copy(caller->arena, caller->response.location);
    assert_true(slice_starts(to, SLICE("/acts/")));
    assert_int_equal(caller_ask(caller, METHOD_GET, to, SLICE_EMPTY), 200);
    caller_see_not(&world.caller, "Ottoline");
    caller_see_not(&world.caller, "07700");
    assert_true(clauses_hold(&world, slice_part(to, 6, to.length), "4.4d")); /* on full names */
    /* And the conversation is over. */
    caller_get(caller, "/may/words");
    assert_true(caller_sent_to(caller, "/may"));
    world_close(&world);
}

static void who_signs_out_leaves_no_words_behind(void **state)
{
    (void)state;
    struct world world;
    struct caller *caller = &world.caller;
    world_open(&world);
    ask(&world, PRAISE);
    caller_get(caller, "/account");
    caller_post(caller, "/sign-out", "");
    assert_true(caller_sent_to(caller, "/sign-out"));
    caller_get(caller, "/may/words");
    assert_true(caller_sent_to(caller, "/may"));
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_found_is_marked_and_can_be_put_otherwise),
        cmocka_unit_test(what_is_only_looked_at_comes_with_the_question),
        cmocka_unit_test(who_says_no_to_what_stands_there_is_told),
        cmocka_unit_test(words_are_asked_for_where_an_act_has_use_for_them),
        cmocka_unit_test(names_are_told_to_who_works_here_alone),
        cmocka_unit_test(names_are_in_step_with_the_register),
        cmocka_unit_test(so_many_drafts_an_hour_are_looked_at),
        cmocka_unit_test(too_many_words_lose_nothing),
        cmocka_unit_test(words_that_are_no_text_are_refused),
        cmocka_unit_test(markup_in_words_is_text),
        cmocka_unit_test(an_act_keeps_what_was_found_and_no_word),
        cmocka_unit_test(who_signs_out_leaves_no_words_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
