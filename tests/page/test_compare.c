/* Compare's HTML from two small policies: the cards, the table of all acts, and that a single policy has neither. */
#include "../web/check.h"

#include <stdio.h>

#include "../policy/scenario_policy.h"
#include "page/compare.h"
#include "page/may.h"
#include "page/verdict.h"

#define HEAD(name, title, organisation)                                                            \
    "---\npolicy: " name "\ntitle: " title                                                         \
    "\nversion: 1\nin force from: 2025-01-01\norganisation: " organisation "\n---\n# T\n"          \
    "## Lines {#c-lines}\nWho.\n```policy\nTHIS POLICY BINDS staff\n```\n"

#define OAK                                                                                        \
    HEAD("oak", "Oak policy", "Oak & Ash")                                                         \
    "## Contact {#c-1}\nNo *private* contact.\n```rule\nstaff MUST NOT contact a pupil\n"          \
    "\nWHEN staff contact a pupil\nthe member of staff MUST tell the headteacher WITHIN 2 "        \
    "hours\n```\n"                                                                                 \
    "## Diary {#c-2}\nWrite.\n```rule\nstaff MAY keep a diary\n```\n"

#define ELM                                                                                        \
    HEAD("elm", "Elm policy", "Elm School")                                                        \
    "## Contact {#c-7}\nBetter not, **ever**.\n```rule\nstaff SHOULD NOT contact a pupil\n"        \
    "UNLESS it is an emergency\n```\n"                                                             \
    "## Photos {#c-8}\nAsk first.\n```rule\n"                                                      \
    "anyone NEEDS approval FROM the headteacher TO publish a photo\n```\n"                         \
    "## Diary {#c-9}\nWrite.\n```rule\nstaff MAY keep a diary\n```\n"

struct world {
    struct arena *arena;
    struct policy *made[2];
    const struct policy *policies[2];
    struct assets assets;
    struct pages pages;
    struct site site;
    struct text out;
};

static struct policy *compiled(const char *text, struct arena *arena)
{
    struct problems problems;
    struct policy_sources sources = {.words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
                                     .policy = {SLICE("policy.md"), slice_of(text)}};
    problems_init(&problems, arena);
    struct policy *policy = policy_new(&sources, &problems);
    if (policy == NULL) fail_msg("%.*s", SLICE_PRINT(problems.list.at[0].sentence));
    return policy;
}

static void world_open(struct world *world, size_t policies)
{
    *world = (struct world){.arena = arena_new()};
    world->made[0] = compiled(OAK, world->arena);
    world->made[1] = compiled(ELM, world->arena);
    for (size_t at = 0; at < 2; at++) world->policies[at] = world->made[at];
    world->assets = (struct assets){.base = SLICE("/assets/0/")};
    pages_init(&world->pages, world->policies, policies, &world->assets);
    world->site = (struct site){.routes = page_routes,
                                .route_count = page_route_count(&world->pages),
                                .sessions = sessions_new(8, 100, may_free),
                                .pages = &world->pages,
                                .error_page = error_page,
                                .before = pages_before,
                                .after = pages_after,
                                .quiet = true};
    text_init(&world->out, 1 << 20);
}

static void world_close(struct world *world)
{
    text_clear(&world->out);
    sessions_free(world->site.sessions);
    pages_clear(&world->pages);
    for (size_t at = 0; at < 2; at++) policy_free(world->made[at]);
    arena_free(world->arena);
}

static size_t times(const struct text *out, const char *part)
{
    struct slice rest = text_slice(out), wanted = slice_of(part);
    size_t count = 0;
    for (size_t at = slice_search(rest, wanted); at < rest.length;
         at = slice_search(rest, wanted)) {
        rest = slice_part(rest, at + wanted.length, rest.length);
        count++;
    }
    return count;
}

static void expect(const struct text *out, const char *part, size_t count)
{
    size_t found = times(out, part);
    if (found != count) fail_msg("%zu times, not %zu: %s\nin\n%s", found, count, part, out->at);
}

/* ---- the cards ---- */

static void ask(struct world *world, const char *emergency, struct comparison *ret_comparison)
{
    struct compare_question question = {.closed = false};
    struct error error = {.code = ERROR_NONE};
    static const char *const said[][2] = {
        {"actor", "teacher"}, {"act", "contact"}, {"done", "no"}, {"other", "pupil"}};
    for (size_t at = 0; at < 4; at++)
        LIST_PUSH(world->arena, &question.answers,
                  (struct compare_answer){slice_of(said[at][0]), slice_of(said[at][1])});
    if (emergency != NULL)
        LIST_PUSH(world->arena, &question.answers,
                  (struct compare_answer){SLICE("fact emergency"), slice_of(emergency)});
    assert_true(compare_ask(world->policies, 2, &question, world->arena, ret_comparison, &error));
    text_cut(&world->out, 0);
    compare_cards(&world->out, ret_comparison, world->policies[0], world->arena);
}

static void cards_say_each_policy_s_own_answer(void **state)
{
    (void)state;
    struct world world;
    struct comparison comparison;
    world_open(&world, 2);
    ask(&world, "no", &comparison);
    assert_int_equal(comparison.kinds, 2);
    expect(&world.out, "<section class=\"lanyard-card\">", 2);
    expect(&world.out, "Oak &amp; Ash</h2>", 1);
    expect(&world.out, "Elm School</h2>", 1);
    expect(&world.out, "<div class=\"lanyard-band lanyard-verdict--not-allowed\">", 2);
    expect(&world.out, "<use href=\"#sign-not-allowed\"/>", 2);
    expect(&world.out, "<symbol id=\"sign-not-allowed\"", 1);
    expect(&world.out, ">No</p>", 1);
    expect(&world.out, ">No, you should not</p>", 1);
    expect(&world.out, "tell the headteacher", 1);
    expect(&world.out, "No <em>private</em> contact.", 1);
    expect(&world.out, "Better not, <strong>ever</strong>.", 1);
    world_close(&world);
}

/* Only the first policy has a page of its own to link to. */
static void only_clauses_that_are_served_are_links(void **state)
{
    (void)state;
    struct world world;
    struct comparison comparison;
    world_open(&world, 2);
    ask(&world, "no", &comparison);
    expect(&world.out, "href=\"/policy#c-1\"", 2);
    expect(&world.out, "href=\"/policy#c-7\"", 0);
    world_close(&world);
}

static void an_open_answer_says_what_it_turns_on(void **state)
{
    (void)state;
    struct world world;
    struct comparison comparison;
    world_open(&world, 2);
    ask(&world, NULL, &comparison);
    expect(&world.out, "<div class=\"lanyard-band lanyard-verdict--need-answer\">", 1);
    expect(&world.out, "It depends: Is it an emergency?", 1);
    ask(&world, "yes", &comparison);
    expect(&world.out, "lanyard-verdict--need-answer", 0);
    expect(&world.out, "The policy does not say</p>", 1);
    world_close(&world);
}

/* ---- the table ---- */

static void every_act_stands_in_the_table_once(void **state)
{
    (void)state;
    struct world world;
    struct compared_acts acts;
    struct compare_question question = {.closed = true};
    struct error error = {.code = ERROR_NONE};
    world_open(&world, 2);
    LIST_PUSH(world.arena, &question.answers,
              (struct compare_answer){SLICE("actor"), SLICE("teacher")});
    LIST_PUSH(world.arena, &question.answers,
              (struct compare_answer){SLICE("other"), SLICE("pupil")});
    assert_true(compare_acts(world.policies, 2, &question, world.arena, &acts, &error));
    compare_tables(&world.out, world.policies, 2, &acts, world.arena);
    assert_int_equal(acts.list.count, 8);
    expect(&world.out, "<th scope=\"row\"", 8);
    /* contact, and message which counts as it; a photo */
    expect(&world.out, "<span class=\"lanyard-whose\">Oak &amp; Ash</span>", 3);
    expect(&world.out, "<span class=\"lanyard-whose\">Elm School</span>", 3);
    expect(&world.out, "</svg>No</span>", 2);
    expect(&world.out, "</svg>Should not</span>", 2);
    expect(&world.out, "</svg>Only if</span>", 1);
    expect(&world.out, "</svg>Yes</span>", 1); /* the diary: alike, so said once */
    world_close(&world);
}

static void an_act_without_words_in_one_policy_says_so(void **state)
{
    (void)state;
    struct world world;
    world_open(&world, 2);
    struct compared_cell cells[2] = {{.known = true, .verdict = VERDICT_STOP}, {.known = false}};
    struct compared_acts acts = {0};
    LIST_PUSH(world.arena, &acts.list,
              (struct compared_act){.id = SLICE("copy"),
                                    .phrase = SLICE("copy an image"),
                                    .differs = true,
                                    .cells = cells});
    compare_tables(&world.out, world.policies, 2, &acts, world.arena);
    expect(&world.out, "Copy an image", 1);
    expect(&world.out, "</svg>Stop</span>", 1);
    expect(&world.out, "It has no such act", 1);
    world_close(&world);
}

/* Every verdict has words and a shape of its own: no two cells that differ look the same without colour. */
static void no_two_marks_look_the_same(void **state)
{
    (void)state;
    AUTO_TEXT struct text signs;
    text_init(&signs, 1 << 16);
    verdict_signs(&signs);
    for (int a = VERDICT_ALLOWED; a <= VERDICT_STOP; a++) {
        struct compared_cell one = {.verdict = (enum verdict)a};
        AUTO_TEXT struct text mark;
        text_init(&mark, 1000);
        verdict_mark(&mark, &one);
        char name[64];
        (void)snprintf(name, sizeof name, "id=\"sign-%s\"", verdict_word((enum verdict)a));
        expect(&signs, name, 1);
        (void)snprintf(name, sizeof name, "href=\"#sign-%s\"", verdict_word((enum verdict)a));
        expect(&mark, name, 1);
        for (int b = a + 1; b <= VERDICT_STOP; b++) {
            struct compared_cell other = {.verdict = (enum verdict)b};
            assert_false(slice_equal(verdict_mark_words(&one), verdict_mark_words(&other)));
        }
    }
}

/* ---- the pages ---- */

static unsigned get(struct world *world, const char *path, const char *cookie)
{
    struct response response;
    struct web_request request = {.arena = world->arena,
                                  .method = METHOD_GET,
                                  .path = slice_of(path),
                                  .query = SLICE_EMPTY,
                                  .host = SLICE("localhost:8080"),
                                  .origin = SLICE_EMPTY,
                                  .fetch_site = SLICE_EMPTY,
                                  .cookie = slice_of(cookie),
                                  .content_type = SLICE_EMPTY,
                                  .if_none_match = SLICE_EMPTY,
                                  .body = SLICE_EMPTY};
    response_init(&response);
    site_answer(&world->site, &request, &response);
    unsigned status = response.status;
    text_cut(&world->out, 0);
    text_add(&world->out, text_slice(&response.body));
    response_clear(&response);
    return status;
}

static void one_policy_has_nothing_to_compare(void **state)
{
    (void)state;
    struct world world;
    world_open(&world, 1);
    assert_int_equal(get(&world, "/", ""), 200);
    expect(&world.out, "/compare", 0);
    assert_int_equal(get(&world, "/may", ""), 200);
    static const char *const paths[] = {"/compare", "/compare/who", "/compare/answer"};
    for (size_t at = 0; at < 3; at++) assert_int_equal(get(&world, paths[at], ""), 404);
    world_close(&world);
}

static void several_policies_have_the_page_in_their_navigation(void **state)
{
    (void)state;
    struct world world;
    world_open(&world, 2);
    assert_int_equal(get(&world, "/", ""), 200);
    expect(&world.out, "<a class=\"govuk-service-navigation__link\" href=\"/compare\">", 1);
    assert_int_equal(get(&world, "/compare", ""), 200);
    expect(&world.out, "href=\"/compare\" aria-current=\"true\"", 1);
    expect(&world.out, "Asked for a teacher. What is not said counts as no.", 1);
    expect(&world.out, "<th scope=\"row\"", 8);
    /* nothing said yet: back to the first page of the question */
    assert_int_equal(get(&world, "/compare/answer", ""), 303);
    assert_int_equal(get(&world, "/compare/question", ""), 303);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cards_say_each_policy_s_own_answer),
        cmocka_unit_test(only_clauses_that_are_served_are_links),
        cmocka_unit_test(an_open_answer_says_what_it_turns_on),
        cmocka_unit_test(every_act_stands_in_the_table_once),
        cmocka_unit_test(an_act_without_words_in_one_policy_says_so),
        cmocka_unit_test(no_two_marks_look_the_same),
        cmocka_unit_test(one_policy_has_nothing_to_compare),
        cmocka_unit_test(several_policies_have_the_page_in_their_navigation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
