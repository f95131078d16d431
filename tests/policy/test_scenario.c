/* Scenarios: what passes, what fails and in which words, and every sentence of a bad block at its place. */
#include "front_end.h"
#include "policy/scenario.h"
#include "scenario_policy.h"

/* A policy with these scenarios in a document beside it. */
struct bench {
    struct arena *arena;
    struct problems problems;
    struct policy_source beside;
    struct policy *policy;
    struct scenarios scenarios;
    bool read;
};

static void bench_open(struct bench *bench, const char *scenarios)
{
    *bench = (struct bench){.arena = arena_new()};
    problems_init(&bench->problems, bench->arena);
    bench->beside = (struct policy_source){SLICE("file.md"), slice_of(scenarios)};
    struct policy_sources sources = {.words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
                                     .policy = {SLICE("policy.md"), SLICE(SCENARIO_POLICY)},
                                     .law = {SLICE("law.md"), SLICE(SCENARIO_LAW)},
                                     .scenarios = &bench->beside,
                                     .scenario_count = 1};
    bench->policy = policy_new(&sources, &bench->problems);
    if (bench->policy == NULL) {
        for (size_t i = 0; i < bench->problems.list.count; i++)
            print_error("%.*s\n", SLICE_PRINT(bench->problems.list.at[i].sentence));
        fail_msg("the small policy does not compile");
    }
    bench->read = scenarios_read(bench->policy, bench->arena, &bench->problems, &bench->scenarios);
}

static void bench_close(struct bench *bench)
{
    policy_free(bench->policy);
    arena_free(bench->arena);
}

/* What every scenario says, a line a failure; the short way round must agree with the long one. */
static void run(const struct bench *bench, struct text *out)
{
    struct decider *decider = decider_new(bench->policy, bench->arena);
    for (size_t i = 0; i < bench->scenarios.list.count; i++) {
        const struct scenario *scenario = &bench->scenarios.list.at[i];
        struct outcome_of_scenario outcome;
        scenario_run(scenario, bench->policy, bench->arena, &outcome);
        assert_int_equal(outcome.failures.count == 0,
                         scenario_passes(scenario, bench->policy, decider, bench->arena));
        for (size_t k = 0; k < outcome.failures.count; k++) {
            const struct failure *failure = &outcome.failures.at[k];
            text_format(out, "%zu %.*s: %.*s\n", failure->expectation->line,
                        SLICE_PRINT(scenario->name), SLICE_PRINT(failure->sentence));
        }
    }
}

static void expect_run(const char *scenarios, size_t count, const char *expected)
{
    struct bench bench;
    struct text out;
    bench_open(&bench, scenarios);
    text_init(&out, 1 << 20);
    for (size_t i = 0; i < bench.problems.list.count; i++)
        print_error("%zu: %.*s\n", bench.problems.list.at[i].line,
                    SLICE_PRINT(bench.problems.list.at[i].sentence));
    assert_true(bench.read);
    assert_int_equal(bench.scenarios.list.count, count);
    run(&bench, &out);
    if (strcmp(out.at, expected) != 0) fputs(out.at, stderr);
    assert_string_equal(out.at, expected);
    text_clear(&out);
    bench_close(&bench);
}

#define BLOCK(name, lines) "```scenario \"" name "\"\n" lines "```\n"
#define PRIVATE "actor: a teacher\nact: message\nother: a pupil\nvia: a personal account\n"
#define REQUEST "actor: a teacher\nact: receive a request\nother: a pupil\n"

/* Every kind of line about an answer, met. */
static void test_answers_met(void **state)
{
    (void)state;
    expect_run(
        BLOCK("verdict", PRIVATE "expect: not-allowed should\ncites: 1, n-1, 1b\nnot cites: 2\n")
            BLOCK("exception",
                  PRIVATE "fact it is an emergency: yes\nexpect: no-clause\n"
                          "duty: tell the headteacher WITHIN 2 hours\n"
                          "duty: the member of staff MUST tell the headteacher\ncites: 1\n")
                BLOCK("lifted", PRIVATE
                      "fact it is a lesson: yes\nage of the other person: 14\n"
                      "expect: allowed\nclash: 1, 2\nclash: 2, 1\nreading: R6\ncites: 2, 1\n"
                      "no duty: tell\n")
                    BLOCK("need", "actor: a teacher\nact: publish a photo\nexpect: allowed-if\n"
                                  "need: approval FROM the headteacher\nneed: approval\n"
                                  "need: approval FROM the safeguarding lead or the headteacher\n")
                        BLOCK("shown", "actor: a teacher\nact: publish a photo\n"
                                       "record approval: given 2025-01-01 FROM the headteacher\n"
                                       "shown Ana: a pupil\nshown Ben: a pupil; record photo "
                                       "consent refused FROM a parent\n"
                                       "expect: not-allowed must\nneed: photo consent FROM a "
                                       "parent FOR EVERY pupil shown\n")
                            BLOCK("judgement", "actor: a teacher\nact: befriend\nother: a pupil\n"
                                               "judgement the tie is sound: pending\nexpect: refer "
                                               "the headteacher\n"
                                               "cites: 4, 5, n-4\n")
                                BLOCK("event",
                                      REQUEST "fact it is a lesson: yes\n"
                                              "duty: the member of staff MUST tell the "
                                              "safeguarding lead and the coordinator WITHIN "
                                              "immediately ELSE TELL the headteacher\n"
                                              "duty: the member of staff SHOULD keep the message "
                                              "FOR 3 months IF it is a lesson\n"
                                              "duty: keep the message\nno duty: the member of "
                                              "staff MUST keep the message\n"
                                              "no duty: tell the headteacher\nno duty: keep the "
                                              "message FOR 2 months\n")
                                    BLOCK("owed", "actor: staff\nact: keep a "
                                                  "diary\nexpect: "
                                                  "allowed required\ncites: 7\n")
                                        BLOCK("law",
                                              "actor: a visitor\nact: copy an image\nfact the "
                                              "image may be unlawful: yes\n"
                                              "expect: stop\ncites: L1\n"),
        9, "");
}

/* What silence advises, and what may follow. */
static void test_advice_and_outcomes(void **state)
{
    (void)state;
    expect_run(BLOCK("silence", "actor: a teacher\nact: message\nother: nobody\nexpect: no-clause\n"
                                "advice: ask the headteacher\ncites: n-0\n")
                   BLOCK("somebody else",
                         "actor: a teacher\nact: message\nother: nobody\n"
                         "advice: ask the coordinator\nadvice: tell the headteacher\n")
                       BLOCK("not bound", "actor: a visitor\nact: message\nother: nobody\n"
                                          "advice: ask the headteacher\n")
                           BLOCK("outcomes", "actor: staff\nact: keep a diary\n"
                                             "outcomes: a word with the head\noutcomes: praise\n"),
               4,
               "13 somebody else: expected the advice to ask the coordinator; it is to ask the "
               "headteacher\n"
               "14 somebody else: expected the advice to tell the headteacher; it is to ask the "
               "headteacher\n"
               "20 not bound: expected the advice to ask the headteacher; no advice came\n"
               "26 outcomes: expected the outcomes praise; these came: a word with the head\n");
}

/* Lines about questions in an open world and about reviews, met. */
static void test_open_and_review_met(void **state)
{
    (void)state;
    expect_run(BLOCK("open world", "world: open\nactor: a teacher\nact: "
                                   "message\nother: a pupil\n"
                                   "via: a personal account\nexpect: "
                                   "need-answer\nasks: it is a lesson\n"
                                   "does not ask: approval\ndoes not ask: "
                                   "actor\nat most 3 questions\n")
                   BLOCK("nothing to ask", "world: open\nactor: a visitor\nact: "
                                           "message\nother: nobody\nvia: none\n"
                                           "asks: nothing\nat most: 0 questions\n")
                       BLOCK("people first", "world: open\nact: message\nasks: "
                                             "actor\ndoes not ask: other\n"
                                             "does not ask: via\n")
                           BLOCK("in date", "on: 2025-06-30\nreview: "
                                            "in-date\ncites: n-0b\n")
                               BLOCK("overdue", "on: 2025-07-01\nreview: overdue "
                                                "since 2025-07-01\nnot cites: n-0\n"),
               5, "");
}

static void test_every_expectation_failed(void **state)
{
    (void)state;
    expect_run(
        BLOCK("verdict", PRIVATE "expect: not-allowed must\ncites: 2\nnot cites: 1\n") BLOCK(
            "none", "actor: a visitor\nact: message\nother: a pupil\nexpect: allowed\ncites: 1\n"
                    "duty: tell the headteacher\nneed: approval\nclash: 1, 2\nreading: R6\n")
            BLOCK("need", "actor: a teacher\nact: publish a photo\nneed: approval FROM a parent\n")
                BLOCK("judgement",
                      "actor: a teacher\nact: befriend\nother: a pupil\n"
                      "judgement the tie is sound: pending\nexpect: refer the coordinator\n")
                    BLOCK("event", REQUEST
                          "no duty: tell the coordinator\n"
                          "duty: tell the coordinator\n"
                          "duty: a parent MUST tell the safeguarding lead and the coordinator\n")
                        BLOCK(
                            "lifted", PRIVATE
                            "fact it is a lesson: yes\nage of the other person: 14\nclash: 1, 3\n")
                            BLOCK("open",
                                  "world: open\nactor: a teacher\nact: message\nother: a pupil\n"
                                  "via: a personal account\nasks: it is an emergency\ndoes not "
                                  "ask: it is a lesson\n"
                                  "at most 1 question\n") BLOCK("closed", PRIVATE
                                                                "asks: it is an emergency\n")
                                BLOCK("review", "on: 2025-07-02\nreview: in-date\n") BLOCK(
                                    "owed", "actor: staff\nact: keep a diary\nexpect: allowed\n")
                                    BLOCK("review 2",
                                          "on: 2025-06-02\nreview: overdue since 2025-06-01\n"),
        11,
        "6 verdict: expected not-allowed must; came not-allowed should\n"
        "7 verdict: expected to be cited: 2; cited: 1\n"
        "8 verdict: expected not to be cited: 1; cited: 1\n"
        "14 none: expected allowed; came no-clause\n"
        "15 none: expected to be cited: 1; cited: lines\n"
        "16 none: expected the duty 'tell the headteacher'; no duty came\n"
        "17 none: expected the need 'approval'; nothing is needed\n"
        "18 none: expected the clash 1, 2; no clash was flagged\n"
        "19 none: expected the reading R6; the answer did not turn on it\n"
        "24 need: expected the need 'approval FROM a parent'; needed is: approval FROM the "
        "headteacher "
        "or the safeguarding lead\n"
        "31 judgement: expected refer the coordinator; came refer to the headteacher\n"
        "37 event: expected no duty 'tell the coordinator'; these came: 'staff MUST tell the "
        "safeguarding lead and the coordinator WITHIN immediately ELSE TELL the headteacher'\n"
        "38 event: expected the duty 'tell the coordinator'; these came: 'staff MUST tell the "
        "safeguarding lead and the coordinator WITHIN immediately ELSE TELL the headteacher'\n"
        "39 event: expected the duty 'a parent MUST tell the safeguarding lead and the "
        "coordinator'; "
        "these came: 'staff MUST tell the safeguarding lead and the coordinator WITHIN immediately "
        "ELSE "
        "TELL the headteacher'\n"
        "48 lifted: expected the clash 1, 3; flagged: 2 with 1\n"
        "56 open: expected as the next question: it is an emergency; asked is 'Is it a lesson?'\n"
        "57 open: expected not as the next question: it is a lesson; asked is 'Is it a lesson?'\n"
        "58 open: expected fewer questions: at most 1 question; some answers lead to more\n"
        "65 closed: expected as the next question: it is an emergency; nothing is asked\n"
        "69 review: expected the review to be in-date; it is overdue since 2025-07-01\n"
        "74 owed: expected allowed; came allowed required\n"
        "78 review 2: expected the review to be overdue since 2025-06-01; it is in-date\n");
}

static void test_tables(void **state)
{
    (void)state;
    expect_run(
        "```scenarios\n"
        "act: message\nother: a pupil\nvia: a personal account\ncites: 1\n\n"
        "| name | actor | via | fact it is an emergency | duty | expect | cites |\n"
        "|---|:--|---|---|---|---|---|\n"
        "| by herself | a teacher | | | | not-allowed | n-1 |\n"
        "| in need | a teacher | | yes | tell the headteacher; the member of staff MUST tell "
        "the headteacher | no-clause | n-1, n-1b |\n"
        "| at school | a teacher | a school account | no | | no-clause | |\n"
        "| short | a teacher |\n"
        "```\n",
        4, "5 at school: expected to be cited: 1; cited: lines\n");
}

static void test_disputed_and_words(void **state)
{
    (void)state;
    struct bench bench;
    struct outcome_of_scenario outcome;
    bench_open(&bench, BLOCK("T1", PRIVATE "expect: allowed\ndisputed: the text is not clear\n")
                           BLOCK("T2", "on: 2025-07-02\nreview: overdue\n")
                               BLOCK("T3", PRIVATE "expect: stop\ndisputed:\n"));
    assert_true(bench.read);
    const struct scenario *list = bench.scenarios.list.at;
    assert_true(slice_is(list[0].disputed, "the text is not clear"));
    assert_true(slice_is(list[2].disputed, "no reason given"));
    scenario_run(&list[0], bench.policy, bench.arena, &outcome);
    assert_string_equal(scenario_word(&list[0], &outcome), "not-allowed");
    scenario_run(&list[1], bench.policy, bench.arena, &outcome);
    assert_string_equal(scenario_word(&list[1], &outcome), "overdue");
    assert_int_equal(outcome.failures.count, 0);
    bench_close(&bench);
}

/* Without a REVIEW DUE line nothing is ever due. */
static void test_review_unset(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct problems problems;
    struct scenarios scenarios;
    struct outcome_of_scenario outcome;
    problems_init(&problems, arena);
    struct policy_sources sources = {
        .words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
        .policy = {
            SLICE("policy.md"),
            SLICE("---\npolicy: x\ntitle: X\nversion: 1\nin force from: 2025-01-01\n---\n# X\n\n"
                  "## A {#c-1}\nSo.\n\n```rule\nstaff MUST NOT contact\n```\n" BLOCK(
                      "unset", "on: 2025-07-01\nreview: unset\n"))}};
    AUTO(policy) struct policy *policy = policy_new(&sources, &problems);
    assert_non_null(policy);
    assert_true(scenarios_read(policy, arena, &problems, &scenarios));
    scenario_run(&scenarios.list.at[0], policy, arena, &outcome);
    assert_int_equal(outcome.failures.count, 0);
    assert_string_equal(scenario_word(&scenarios.list.at[0], &outcome), "unset");
}

#define HEAD "```scenarios\n"
static const struct bad bads[] = {
    {BLOCK("a", PRIVATE "expct: allowed\n"), ":6:1: error: I do not know the key 'expct'", 0},
    {BLOCK("a", PRIVATE "no such thing at all: yes\nexpect: allowed\n"),
     ":6:1: error: I do not know the key 'no such thing at all'", 0},
    {BLOCK("a", "actor: a techer\nact: message\nexpect: allowed\n"),
     ":2:8: error: I do not know the person 'a techer'", 0},
    {BLOCK("a", PRIVATE "expect: alowed\n"), ":6:9: error: there is no verdict 'alowed'", 0},
    {BLOCK("a", PRIVATE "expect: xyz\n"), ":6:9: error: there is no verdict 'xyz'", 0},
    {BLOCK("a", PRIVATE "expect: allowed often\n"),
     ":6:9: error: after 'allowed' may stand must, should or required, not 'often'", 0},
    {BLOCK("a", PRIVATE "expect: refer the king\n"), ":6:9: error: I do not know who 'the king' is",
     0},
    {BLOCK("a", PRIVATE "expect:\n"), ":6:1: error: 'expect' expects nothing", 0},
    {BLOCK("a", PRIVATE "review: soon\n"), ":6:9: error: a review is never 'soon'", 0},
    {BLOCK("a", PRIVATE "review: overdue since June\n"),
     ":6:9: error: a review is never 'overdue since June'", 0},
    {BLOCK("a", PRIVATE "advice: pray\n"),
     ":6:9: error: advice is to ask or to tell somebody, not 'pray'", 0},
    {BLOCK("a", PRIVATE "advice: ask the king\n"), ":6:9: error: I do not know who 'the king' is",
     0},
    {BLOCK("a", PRIVATE "reading: six\n"), ":6:10: error: 'six' is no reading", 0},
    {BLOCK("a", PRIVATE "reading: R32\n"), ":6:10: error: 'R32' is no reading", 0},
    {BLOCK("a", PRIVATE "clash: 1\n"), ":6:8: error: a clash names two clauses", 0},
    {BLOCK("a", PRIVATE "clash: 1, 9\n"), ":6:8: error: there is no clause or norm '9'", 0},
    {BLOCK("a", PRIVATE "cites: 1, 7z\n"), ":6:11: error: there is no clause or norm '7z'", 0},
    {BLOCK("a", PRIVATE "duty: staff MUST sing\n"), ":6:7: error: I do not know the act 'sing'", 0},
    {BLOCK("a", PRIVATE "need: permit\n"), ":6:7: error: I do not know the record 'permit'", 0},
    {BLOCK("a", PRIVATE "asks: the weather\n"),
     ":6:7: error: I do not know the fact or record 'the weather'", 0},
    {BLOCK("a", PRIVATE "at most some questions\n"),
     ":6:1: error: 'at most some questions' does not say how many questions", 0},
    {BLOCK("a", PRIVATE "just a line\n"), ":6:1: error: a line of a scenario is 'key: value'", 0},
    {BLOCK("a", PRIVATE), ":1:1: error: this scenario expects nothing", 0},
    {BLOCK("a", "actor: a teacher\nexpect: allowed\n"), ":1:1: error: no act was given", 0},
    {BLOCK("a", "actor: a teacher\nact: tell\nexpect: allowed\n"), ":1:1: error: 'tell' is a duty",
     0},
    {"```scenario\n" PRIVATE "expect: allowed\n```\n", ":2:1: error: this scenario has no name", 0},
    {BLOCK("a", PRIVATE "expect: allowed\n") BLOCK("a", PRIVATE "expect: allowed\n"),
     ":8:1: error: two scenarios are called 'a'; the other stands in file.md:1", 0},
    {HEAD "act: message\n```\n", ":2:1: error: this block has no table", 0},
    {HEAD
     "| name | acter | expect |\n|---|---|---|\n| a | x | allowed |\n| b | x | allowed |\n```\n",
     ":2:10: error: I do not know the key 'acter'", 0},
    {HEAD "| who | act | expect |\n|---|---|---|\n```\n",
     ":2:3: error: I do not know the key 'who'", 0},
    {HEAD "| name | act |\n|---|---|\n| a | message | allowed |\n```\n",
     ":4:1: error: this row has more cells than the table has columns", 0},
    {HEAD "| name | act | expect |\n|---|---|---|\n| | message | allowed |\n```\n",
     ":4:1: error: this row has no name", 0},
    {HEAD
     "| name | act | expect |\n|---|---|---|\n| a | message | no-clause |\nactor: a pupil\n```\n",
     ":5:1: error: a line below a table's rows belongs to no row", 0},
    {HEAD
     "act: message\n| name | actor | expect |\n|---|---|---|\n| a | a pupl | no-clause |\n```\n",
     ":5:7: error: I do not know the person 'a pupl'", 0},
};

static void test_bad_scenarios(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        struct bench bench;
        bench_open(&bench, bads[i].text);
        if (bench.read) fail_msg("read all the same: %s", bads[i].text);
        struct text out;
        text_init(&out, 1 << 20);
        for (size_t k = 0; k < bench.problems.list.count; k++)
            problem_print(&bench.problems.list.at[k], slice_of(bads[i].text), &out);
        size_t length = strlen(bads[i].expected);
        if (strncmp(out.at, "file.md", 7) != 0 ||
            strncmp(out.at + 7, bads[i].expected, length) != 0)
            fail_msg("expected file.md%s\nsaid %s", bads[i].expected, out.at);
        if (bench.problems.errors != 1) fail_msg("%zu errors:\n%s", bench.problems.errors, out.at);
        if (bench.problems.list.at[0].advice.length == 0) fail_msg("no way out: %s", out.at);
        text_clear(&out);
        bench_close(&bench);
    }
}

/* More keys than one scenario may have: said once, nothing lost. */
static void test_too_many_lines(void **state)
{
    (void)state;
    struct text text;
    text_init(&text, 1 << 20);
    text_add_string(&text, "```scenario \"long\"\n" PRIVATE "expect: allowed\n");
    for (size_t i = 0; i < SCENARIO_SETTINGS_LARGEST; i++) text_add_string(&text, "cites: 1\n");
    text_add_string(&text, "```\n");
    struct bench bench;
    bench_open(&bench, text.at);
    assert_false(bench.read);
    assert_true(slice_is(bench.problems.list.at[0].sentence, "this scenario has too many lines"));
    bench_close(&bench);
    text_clear(&text);
}

/* The policy that ships: every scenario beside it passes, and the 33 rows set beforehand are there. */
static void test_early_life(void **state)
{
    (void)state;
    static const char *const rows[] = {"T01", "T02", "T03", "T05", "T06a", "T14", "T22", "T44"};
    AUTO(arena) struct arena *arena = arena_new();
    struct policy_sources sources = {
        .words = {SLICE("words.md"), project_file("policies/words.md", 1 << 20, arena)},
        .policy = {SLICE("policy.md"),
                   project_file("policies/early-life/policy.md", 1 << 20, arena)},
        .law = {SLICE("law.md"), project_file("policies/law.md", 1 << 20, arena)}};
    struct policy_source beside = {
        SLICE("scenarios.md"), project_file("policies/early-life/scenarios.md", 1 << 20, arena)};
    sources.scenarios = &beside;
    sources.scenario_count = 1;
    struct problems problems;
    struct scenarios scenarios;
    problems_init(&problems, arena);
    AUTO(policy) struct policy *policy = policy_new(&sources, &problems);
    assert_non_null(policy);
    assert_true(scenarios_read(policy, arena, &problems, &scenarios));
    size_t named = 0;
    for (size_t i = 0; i < scenarios.list.count; i++) {
        const struct scenario *scenario = &scenarios.list.at[i];
        AUTO(arena) struct arena *scratch = arena_new();
        struct outcome_of_scenario outcome;
        scenario_run(scenario, policy, scratch, &outcome);
        if (outcome.failures.count > 0 && scenario->disputed.length == 0)
            fail_msg("%.*s: %.*s", SLICE_PRINT(scenario->name),
                     SLICE_PRINT(outcome.failures.at[0].sentence));
        for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
            named += slice_is(scenario->name, rows[k]);
    }
    assert_int_equal(named, sizeof rows / sizeof *rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers_met),
        cmocka_unit_test(test_advice_and_outcomes),
        cmocka_unit_test(test_open_and_review_met),
        cmocka_unit_test(test_every_expectation_failed),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_disputed_and_words),
        cmocka_unit_test(test_review_unset),
        cmocka_unit_test(test_bad_scenarios),
        cmocka_unit_test(test_too_many_lines),
        cmocka_unit_test(test_early_life),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
