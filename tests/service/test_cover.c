/* Coverage: norms served by rules, lines, norules and nobody; what is wrong with a list or a clause; norms shown by tests, and
 * taking them out again. */
#include "../policy/front_end.h"
#include "../policy/scenario_policy.h"
#include "service/cover.h"

struct bench {
    struct arena *arena;
    struct problems problems;
    struct policy *policy;
    struct cover cover;
    bool sound;
};

#define HEADER "id\tlocator\tmodality\tstrength\tmechanism\tfeature\n"
#define NORMS                                                                                      \
    HEADER "n-0\t1\tdefine\tdefinition\tdecide\tpolicy-library\n"                                  \
           "n-0b\t1\treview\tdefinition\tnotify\tpolicy-library\n"                                 \
           "n-1\t2\tforbid\tshould\tdecide\tchannel-rules\n"                                       \
           "n-1b\t2\troute\tmust\tnotify\tchannel-rules\n"                                         \
           "n-2\t2\tpermit\tmay\tdecide\tchannel-rules\n"                                          \
           "n-3\t3\trequire\tmust\tdecide\timage-consent\n"                                        \
           "n-4\t4\tforbid\tmust\tdecide\tcontact-rules\n"                                         \
           "n-5\t5\troute\tmust\tnotify\tapproach-log\n"                                           \
           "n-5b\t5\trequire\tshould\tledger\tapproach-log\n"

static const char beside[] = "```scenario \"a\"\nactor: a teacher\nact: message\nother: a pupil\n"
                             "via: a personal account\nexpect: not-allowed\ncites: n-1\n```\n"
                             "```scenario \"b\"\nactor: a teacher\nact: message\nother: a pupil\n"
                             "via: a personal account\ncites: 1\nexpect: not-allowed\n```\n"
                             "```scenario \"c\"\nactor: a visitor\nact: message\ncites: n-0\n```\n";

static void bench_open(struct bench *bench, const char *policy, const char *norms)
{
    *bench = (struct bench){.arena = arena_new()};
    problems_init(&bench->problems, bench->arena);
    struct policy_source source = {SLICE("s.md"), slice_of(beside)};
    bool small = policy == NULL;
    struct policy_sources sources = {
        .words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
        .policy = {SLICE("policy.md"), slice_of(small ? SCENARIO_POLICY : policy)},
        .scenarios = &source,
        .scenario_count = small ? 1 : 0};
    bench->policy = policy_new(&sources, &bench->problems);
    assert_non_null(bench->policy);
    bench->problems = (struct problems){.arena = bench->arena};
    bench->sound =
        cover_make(bench->policy, (struct policy_source){SLICE("norms.tsv"), slice_of(norms)},
                   bench->arena, &bench->problems, &bench->cover);
}

static void bench_close(struct bench *bench)
{
    policy_free(bench->policy);
    arena_free(bench->arena);
}

static void test_counts(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench, NULL,
               NORMS "n-6\t6\tdefine\tdefinition\tattest\tpolicy-library\n"
                     "n-7\t7\tforbid\tmust\tdecide\tchannel-rules\n");
    const struct cover *cover = &bench.cover;
    assert_true(bench.sound);
    assert_int_equal(cover->norms.count, 11);
    assert_int_equal(cover->missing, 1);
    assert_int_equal(cover->decide, 5);
    assert_int_equal(cover->decide_rules, 4);
    assert_int_equal(cover->notify, 3);
    assert_int_equal(cover->notify_rules, 3);
    assert_int_equal(cover->norms.at[10].served, SERVED_NOT);
    assert_null(cover->norms.at[10].clause);
    assert_int_equal(cover->norms.at[9].served, SERVED_NORULE);
    assert_true(slice_is(cover->norms.at[0].clause->id, "lines"));
    bool found = false;
    for (size_t i = 0; i < cover->groups.count; i++) {
        const struct cover_group *group = &cover->groups.at[i];
        if (!slice_is(group->mechanism, "decide") || !slice_is(group->feature, "channel-rules"))
            continue;
        found = true;
        assert_int_equal(group->norms, 3);
        assert_int_equal(group->rules, 2);
        assert_int_equal(group->missing, 1);
        assert_int_equal(group->norules, 0);
    }
    assert_true(found);
    /* mechanisms stand together although the list has them mixed */
    for (size_t i = 2; i < cover->groups.count; i++) {
        for (size_t k = 0; k + 1 < i; k++)
            assert_false(
                slice_equal(cover->groups.at[k].mechanism, cover->groups.at[i].mechanism) &&
                !slice_equal(cover->groups.at[i - 1].mechanism, cover->groups.at[i].mechanism));
    }
    bench_close(&bench);
}

static void expect_fault(const char *policy, const char *norms, size_t line, const char *sentence)
{
    struct bench bench;
    bench_open(&bench, policy, norms);
    assert_false(bench.sound);
    assert_int_equal(bench.problems.errors, 1);
    const struct problem *problem = &bench.problems.list.at[0];
    if (!slice_is(problem->sentence, sentence) || problem->line != line)
        fail_msg("%zu: %.*s", problem->line, SLICE_PRINT(problem->sentence));
    assert_true(problem->advice.length > 0);
    bench_close(&bench);
}

#define FRONT                                                                                      \
    "---\npolicy: x\ntitle: X\nversion: 1\nin force from: 2025-01-01\nnorms: n\n---\n# X\n\n"
#define FIVE                                                                                       \
    FRONT "## A {#c-1}\nSo.\nnorms: n-a, n-b, n-c, n-d, n-e\n```rule\nstaff MUST NOT "             \
          "contact\n```\n"
#define SCREENED FRONT "## A {#c-1}\nSo.\nnorms: n-6\n```rule\nstaff MUST NOT contact\n```\n"
#define ROW(id) id "\t1\tforbid\tmust\tdecide\tchannel-rules\n"

static void test_faults(void **state)
{
    (void)state;
    expect_fault(NULL, "id\tlocator\n", 1, "norms.tsv does not begin with its header");
    expect_fault(NULL, NORMS "n-6\t6\n", 11, "a row has six cells, the norm's id first");
    expect_fault(NULL, NORMS "n-5\t6\ta\tb\tc\td\n", 11, "this norm stands in the list twice");
    expect_fault(NULL, NORMS, 77, "clause 6: norms.tsv has no norm n-6");
    expect_fault(NULL, NORMS "n-6\t6\tdefine\tdefinition\tattest\tsign-off\n", 77,
                 "clause 6: its norule names another mechanism or feature than norms.tsv for n-6");
    expect_fault(NULL, NORMS "n-6\t6\tdefine\tdefinition\treview\tpolicy-library\n", 77,
                 "clause 6: its norule names another mechanism or feature than norms.tsv for n-6");
    expect_fault(FIVE, HEADER ROW("n-a") ROW("n-b") ROW("n-c") ROW("n-d") ROW("n-e"), 12,
                 "clause 1: its rule block serves more than four norms, up to n-e");
}

static void test_shown(void **state)
{
    (void)state;
    struct bench bench;
    struct shown_rows rows;
    struct error error = {0};
    bench_open(&bench, NULL, NORMS "n-6\t6\tdefine\tdefinition\tattest\tpolicy-library\n");
    struct policy_source shown = {
        SLICE("shown.tsv"), SLICE("n-1\ts.md:7\tdecision\nn-1\tx.c:9\tduty\nother-1\tx.c:1\ttask\n"
                                  "n-6\tx.c:3\trecord\n")};
    assert_true(cover_shown(&bench.cover, shown, &rows, &error));
    assert_int_equal(rows.list.count, 3);
    assert_int_equal(cover_shown_count(&bench.cover), 2);
    size_t screen, found;
    cover_screen_count(&bench.cover, &screen, &found);
    assert_int_equal(screen + found, 0);
    static const char *const bad[] = {"n-1\ts.md:7\n", "n-1\ts.md:7\tprinted\n", "\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        shown.text = slice_of(bad[i]);
        assert_false(cover_shown(&bench.cover, shown, &rows, &error));
        assert_int_equal(error.line, 1);
        assert_true(error.advice[0] != '\0');
    }
    bench_close(&bench);
}

/* A norm about texts is shown by what was found in one. */
static void test_shown_by_a_finding(void **state)
{
    (void)state;
    static const struct {
        const char *rows;
        size_t shown;
    } cases[] = {{"n-6\tx.c:3\tdecision\n", 0},
                 {"n-6\tx.c:3\tduty\nn-6\tx.c:4\tfinding\n", 1},
                 {"n-6\tx.c:4\tfinding\nn-6\tx.c:3\tduty\n", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench bench;
        struct shown_rows rows;
        struct error error = {0};
        size_t screen, found;
        bench_open(&bench, SCREENED, HEADER "n-6\t6\tforbid\tmust\tscreen\tprepub-check\n");
        assert_true(bench.sound);
        struct policy_source shown = {SLICE("shown.tsv"), slice_of(cases[i].rows)};
        assert_true(cover_shown(&bench.cover, shown, &rows, &error));
        cover_screen_count(&bench.cover, &screen, &found);
        assert_int_equal(screen, 1);
        assert_int_equal(found, cases[i].shown);
        assert_int_equal(cover_shown_count(&bench.cover), cases[i].shown);
        bench_close(&bench);
    }
}

/* A test that names the norm fails without its clause; one that points elsewhere, or does not look, says so. */
static void test_take_out(void **state)
{
    (void)state;
    struct bench bench;
    struct scenarios scenarios;
    bench_open(&bench, NULL, NORMS "n-6\t6\tdefine\tdefinition\tattest\tpolicy-library\n");
    assert_true(scenarios_read(bench.policy, bench.arena, &bench.problems, &scenarios));
    const struct {
        struct shown_row row;
        enum take_out result;
    } cases[] = {
        {{SLICE("n-1"), SLICE("s.md:7"), SLICE("decision"), 1}, TAKE_OUT_NOTICED},
        {{SLICE("n-1"), SLICE("s.md:14"), SLICE("decision"), 1}, TAKE_OUT_ELSEWHERE},
        {{SLICE("n-1"), SLICE("s.md"), SLICE("decision"), 1}, TAKE_OUT_ELSEWHERE},
        {{SLICE("n-1"), SLICE("t.md:7"), SLICE("decision"), 1}, TAKE_OUT_ELSEWHERE},
        {{SLICE("n-2"), SLICE("s.md:7"), SLICE("decision"), 1}, TAKE_OUT_ELSEWHERE},
        {{SLICE("n-0"), SLICE("s.md:20"), SLICE("decision"), 1}, TAKE_OUT_NOTICED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(cover_take_out(&bench.cover, &scenarios, &cases[i].row), cases[i].result);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),   cmocka_unit_test(test_faults),
        cmocka_unit_test(test_shown),    cmocka_unit_test(test_shown_by_a_finding),
        cmocka_unit_test(test_take_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
