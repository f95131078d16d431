/* Clauses that collide: found by kind with a witness that passes when it is pasted, and no longer found once a rule is changed
 * so that the two stop meeting. */
#include "front_end.h"
#include "scenario_policy.h"

#include "policy/collide.h"

#define FRONT                                                                                      \
    "---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2025-01-01\nnorms: n\nreads: R6\n---\n"  \
    "# T\n"
#define CLAUSE(id, rule) "## C " id " {#c-" id "}\nSo.\nnorms: n-" id "\n```rule\n" rule "\n```\n"

struct bench {
    struct arena *arena;
    struct policy *policy;
    struct problems problems;
};

static void open_bench(struct bench *bench, const char *policy, struct slice beside)
{
    *bench = (struct bench){.arena = arena_new()};
    problems_init(&bench->problems, bench->arena);
    struct policy_source scenarios = {SLICE("s.md"), beside};
    struct policy_sources sources = {.words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
                                     .policy = {SLICE("policy.md"), slice_of(policy)},
                                     .scenarios = &scenarios,
                                     .scenario_count = 1};
    bench->policy = policy_new(&sources, &bench->problems);
    if (bench->policy == NULL) fail_msg("%.*s", SLICE_PRINT(bench->problems.list.at[0].sentence));
}

static void close_bench(struct bench *bench)
{
    policy_free(bench->policy);
    arena_free(bench->arena);
}

/* The witness pasted beside the policy is read, and passes. */
static void expect_passes(const char *policy, struct slice witness)
{
    struct bench bench;
    struct scenarios scenarios;
    open_bench(&bench, policy, witness);
    if (!scenarios_read(bench.policy, bench.arena, &bench.problems, &scenarios))
        fail_msg("%.*s\n%.*s", SLICE_PRINT(bench.problems.list.at[0].sentence),
                 SLICE_PRINT(witness));
    assert_int_equal(scenarios.list.count, 1);
    struct outcome_of_scenario outcome;
    scenario_run(&scenarios.list.at[0], bench.policy, bench.arena, &outcome);
    if (outcome.failures.count > 0)
        fail_msg("%.*s\n%.*s", SLICE_PRINT(outcome.failures.at[0].sentence), SLICE_PRINT(witness));
    close_bench(&bench);
}

struct expected {
    const char *policy;
    const char *a, *b; /* NULL: nothing collides */
    enum collision_kind kind;
    unsigned reading;
};

static void expect(const struct expected *expected)
{
    struct bench bench;
    struct collisions found;
    open_bench(&bench, expected->policy, SLICE_EMPTY);
    collide_find(bench.policy, bench.arena, &found);
    if (found.list.count != (expected->a == NULL ? 0 : 1))
        fail_msg("%zu found, %zu given up, in\n%s", found.list.count, found.given_up,
                 expected->policy);
    if (expected->a != NULL) {
        const struct collision *collision = &found.list.at[0];
        if (!slice_is(collision->a->id, expected->a) || !slice_is(collision->b->id, expected->b) ||
            collision->kind != expected->kind || collision->reading != expected->reading)
            fail_msg("%.*s and %.*s, %d, R%u in\n%s", SLICE_PRINT(collision->a->id),
                     SLICE_PRINT(collision->b->id), collision->kind, collision->reading,
                     expected->policy);
        expect_passes(expected->policy, collision->witness);
    }
    close_bench(&bench);
}

#define BAN CLAUSE("1", "staff MUST NOT contact a pupil via a personal account")

static void test_lifts(void **state)
{
    (void)state;
    static const struct expected list[] = {
        {FRONT BAN CLAUSE("2", "staff MAY message a pupil\nIF it is a lesson\nDESPITE 1"), "2", "1",
         COLLISION_LIFTED, 0},
        {FRONT BAN CLAUSE("2", "staff MAY message a pupil\nUNDER R6: DESPITE 1"), "2", "1",
         COLLISION_LIFTED, 6},
        /* the ban excepts just what the permission is about */
        {FRONT CLAUSE("1", "staff MUST NOT contact a pupil\nUNLESS it is a lesson")
             CLAUSE("2", "staff MAY message a pupil\nIF it is a lesson\nDESPITE 1"),
         NULL, NULL, 0, 0},
        /* never at the same time */
        {FRONT CLAUSE("1", "staff MUST NOT contact a pupil\nIF NOT it is a lesson")
             CLAUSE("2", "staff MAY message a pupil\nIF it is a lesson\nDESPITE 1"),
         NULL, NULL, 0, 0},
        /* another channel alone does not part them: a request may carry both */
        {FRONT BAN CLAUSE("2", "staff MAY message a pupil via a school account\nDESPITE 1"), "2",
         "1", COLLISION_LIFTED, 0},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) expect(&list[i]);
}

static void test_clashes(void **state)
{
    (void)state;
    static const struct expected list[] = {
        {FRONT BAN CLAUSE("2", "WHEN staff message a pupil\nthe member of staff MUST tell the "
                               "headteacher\nCLASHES WITH 1"),
         "2", "1", COLLISION_CLASH, 0},
        {FRONT BAN CLAUSE("2", "WHEN a parent befriends a visitor\nthe headteacher MUST tell the "
                               "coordinator\nCLASHES WITH 1"),
         NULL, NULL, 0, 0},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) expect(&list[i]);
}

static void test_bans(void **state)
{
    (void)state;
    static const struct expected list[] = {
        {FRONT BAN CLAUSE("2", "staff MAY message a pupil\nIF it is a lesson"), "2", "1",
         COLLISION_FORBIDS, 0},
        {FRONT CLAUSE("1", "staff ADVISED NOT TO contact a pupil")
             CLAUSE("2", "a teacher SHOULD message a pupil"),
         "2", "1", COLLISION_FORBIDS, 0},
        /* a ban with an IF of its own limits what is allowed, as texts do */
        {FRONT CLAUSE("1", "staff MUST NOT contact a pupil\nIF it is an emergency")
             CLAUSE("2", "staff MAY message a pupil"),
         NULL, NULL, 0, 0},
        {FRONT BAN CLAUSE("2", "a visitor MAY message a pupil"), NULL, NULL, 0, 0},
        /* two bans agree, and so do two permissions */
        {FRONT BAN CLAUSE("2", "staff SHOULD NOT message a pupil"), NULL, NULL, 0, 0},
        {FRONT CLAUSE("1", "staff MAY contact a pupil") CLAUSE("2", "staff MAY message a pupil"),
         NULL, NULL, 0, 0},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) expect(&list[i]);
}

/* A reading parts them: found where the line is awake and they would meet without it. */
static void test_readings(void **state)
{
    (void)state;
    static const struct expected list[] = {
        {FRONT CLAUSE("1", "staff MUST NOT contact a pupil\nUNDER R6: UNLESS it is a lesson")
             CLAUSE("2", "staff MAY message a pupil\nIF it is a lesson"),
         "2", "1", COLLISION_READING, 6},
        {FRONT BAN CLAUSE("2", "staff MAY message a pupil\nUNDER R6: IF it is a lesson"), "2", "1",
         COLLISION_READING, 6},
        /* asleep: nothing parts them */
        {FRONT CLAUSE("1", "staff MUST NOT contact a pupil\nUNDER NOT R6: UNLESS it is a lesson")
             CLAUSE("2", "staff MAY message a pupil\nIF it is a lesson"),
         "2", "1", COLLISION_FORBIDS, 0},
        /* the exception belongs to the text, so the text has no collision */
        {FRONT CLAUSE("1", "staff MUST NOT contact a pupil\nUNLESS it is a lesson")
             CLAUSE("2", "staff MAY message a pupil\nIF it is a lesson"),
         NULL, NULL, 0, 0},
        /* other people: the one who is both does not count */
        {FRONT CLAUSE("1", "staff MUST NOT contact a parent\nUNDER R6: UNLESS it is a lesson")
             CLAUSE("2", "staff MAY message a pupil\nIF it is a lesson\nIF NOT the other person is "
                         "a parent"),
         NULL, NULL, 0, 0},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) expect(&list[i]);
}

static void test_duties_and_gates(void **state)
{
    (void)state;
    static const struct expected list[] = {
        {FRONT CLAUSE("1", "WHEN staff contact a pupil\nstaff MAY tell the headteacher")
             CLAUSE("2", "WHEN staff message a pupil\nstaff MUST tell the headteacher"),
         "2", "1", COLLISION_OPTION, 0},
        {FRONT CLAUSE("1", "WHEN staff contact a pupil\nstaff MAY tell the coordinator")
             CLAUSE("2", "WHEN staff message a pupil\nstaff MUST tell the headteacher"),
         NULL, NULL, 0, 0},
        {FRONT CLAUSE("1", "staff NEED approval FROM the headteacher TO message a pupil")
             CLAUSE("2", "a teacher NEEDS approval FROM the coordinator TO contact a pupil"),
         "1", "2", COLLISION_TWO_YES, 0},
        /* one person can give both */
        {FRONT CLAUSE("1", "staff NEED approval FROM the headteacher TO message a pupil") CLAUSE(
             "2", "a teacher NEEDS approval FROM the coordinator or the headteacher TO contact a "
                  "pupil"),
         NULL, NULL, 0, 0},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) expect(&list[i]);
}

/* Facts, ages, records, judgements and people shown come out as a scenario writes them. */
static void test_witnesses(void **state)
{
    (void)state;
    static const struct expected list[] = {
        {FRONT BAN CLAUSE("2", "staff MAY message a pupil\nIF age of the other person is over "
                               "16\nIF approval FROM the headteacher is on record\nDESPITE 1"),
         "2", "1", COLLISION_LIFTED, 0},
        {FRONT BAN CLAUSE("2", "staff MAY message a pupil\nIF the tie is sound\nDESPITE 1\nthe "
                               "headteacher DECIDES WHETHER \"the tie is sound\""),
         "2", "1", COLLISION_LIFTED, 0},
        {FRONT CLAUSE("1", "anyone MUST NOT publish a photo")
             CLAUSE("2", "anyone MAY publish a photo\nIF the act is done\nIF photo consent FROM "
                         "a parent is refused\nDESPITE 1"),
         "2", "1", COLLISION_LIFTED, 0},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) expect(&list[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lifts),
                                       cmocka_unit_test(test_clashes),
                                       cmocka_unit_test(test_bans),
                                       cmocka_unit_test(test_readings),
                                       cmocka_unit_test(test_duties_and_gates),
                                       cmocka_unit_test(test_witnesses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
