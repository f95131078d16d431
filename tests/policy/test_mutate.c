/* Mutants: every change that a statement allows, whether scenarios notice them, and which are equivalent. */
#include "front_end.h"
#include "policy/mutate.h"
#include "scenario_policy.h"

struct bench {
    struct arena *arena;
    struct problems problems;
    struct policy *policy;
    struct scenarios scenarios;
    struct mutation mutation;
};

#define FRONT                                                                                      \
    "---\npolicy: x\ntitle: X\nversion: 1\nin force from: 2025-01-01\nreads: R6\n---\n# X\n\n"
#define CLAUSE(id, rule) "## Clause {#c-" id "}\nSo.\n\n```rule\n" rule "```\n\n"
#define BLOCK(name, lines) "```scenario \"" name "\"\n" lines "```\n\n"

static void bench_open(struct bench *bench, const char *policy)
{
    *bench = (struct bench){.arena = arena_new()};
    problems_init(&bench->problems, bench->arena);
    struct policy_sources sources = {.words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
                                     .policy = {SLICE("policy.md"), slice_of(policy)}};
    bench->policy = policy_new(&sources, &bench->problems);
    bool read = bench->policy != NULL &&
                scenarios_read(bench->policy, bench->arena, &bench->problems, &bench->scenarios);
    if (!read)
        fail_msg("line %zu: %.*s", bench->problems.list.at[0].line,
                 SLICE_PRINT(bench->problems.list.at[0].sentence));
    mutation_init(&bench->scenarios, bench->arena, &bench->mutation);
}

static void bench_close(struct bench *bench)
{
    policy_free(bench->policy);
    arena_free(bench->arena);
}

/* Every mutant's change on a line of its own, with what became of it where `fates`. */
static void expect_mutants(const char *policy, bool fates, const char *expected)
{
    static const char *const words[] = {"untried", "killed", "lives", "equivalent", "unsound"};
    struct bench bench;
    struct text out;
    bench_open(&bench, policy);
    AUTO(arena) struct arena *scratch = arena_new();
    text_init(&out, 1 << 20);
    for (size_t i = 0; i < bench.mutation.mutants.count; i++) {
        const struct mutant *mutant = &bench.mutation.mutants.at[i];
        if (fates) text_format(&out, "%s: ", words[mutant_try(&bench.mutation, mutant, scratch)]);
        text_format(&out, "%.*s\n", SLICE_PRINT(mutant->change));
    }
    assert_string_equal(out.at, expected);
    text_clear(&out);
    bench_close(&bench);
}

static void test_every_change(void **state)
{
    (void)state;
    expect_mutants(FRONT CLAUSE("1", "staff SHOULD NOT contact a pupil via a personal account\n"
                                     "IF age of the other person is under 18\n"
                                     "UNLESS it is an emergency\n"
                                     "AND THEN staff MUST tell the headteacher WITHIN 2 hours\n"
                                     "NOT KNOWN age of the other person: treat as under 18\n"),
                   false,
                   "clause taken out\n"
                   "SHOULD NOT turned into MAY\n"
                   "SHOULD NOT turned into MUST NOT\n"
                   "'staff' exchanged for 'a pupil'\n"
                   "'a pupil' exchanged for 'the headteacher'\n"
                   "IF taken out: age of the other person is under 18\n"
                   "'age of the other person is under 18' negated\n"
                   "the number in 'age of the other person is under 18' one up\n"
                   "the number in 'age of the other person is under 18' one down\n"
                   "UNLESS taken out: it is an emergency\n"
                   "'it is an emergency' negated\n"
                   "AND THEN taken out: staff MUST tell the headteacher WITHIN 2 hours\n"
                   "MUST turned into MAY: 'staff MUST tell the headteacher WITHIN 2 hours'\n"
                   "'staff' exchanged for 'a pupil'\n"
                   "'the headteacher' exchanged for 'staff'\n"
                   "WITHIN taken out: 'staff MUST tell the headteacher WITHIN 2 hours'\n"
                   "WITHIN 2 hours: one more\n"
                   "WITHIN 2 hours: one less\n"
                   "NOT KNOWN: treat as under one more\n"
                   "NOT KNOWN: treat as under one less\n");
}

static void test_changes_of_other_forms(void **state)
{
    (void)state;
    expect_mutants(
        FRONT CLAUSE("1",
                     "staff MAY contact\nONLY IF it is a lesson\nONLY THROUGH a school account\n"
                     "NEEDS approval FROM the headteacher IF it is a lesson\n\n"
                     "anyone NEEDS approval FROM the headteacher TO publish a photo\n")
            CLAUSE("2", "the tie is sound MEANS any of:\n- the time is between 18:00 and 07:30\n"
                        "- approval FROM the headteacher is on record\n"
                        "- for every pupil shown: photo consent FROM a parent is on record\n")
                CLAUSE("3", "WHEN staff receive a request\n"
                            "staff MUST keep the message FOR 3 months\n"
                            "staff MAY tell the headteacher WITHIN immediately IF it is a lesson\n")
                    CLAUSE("4", "the headteacher DECIDES WHETHER \"it is well\"\n"),
        false,
        "clause taken out\n"
        "statement taken out\n"
        "MAY turned into SHOULD\n"
        "'staff' exchanged for 'the headteacher'\n"
        "ONLY IF taken out: it is a lesson\n"
        "'it is a lesson' negated\n"
        "ONLY THROUGH taken out: \n"
        "NEEDS taken out: \n"
        "'the headteacher' exchanged for 'a parent'\n"
        "IF taken out of a need: it is a lesson\n"
        "'it is a lesson' negated\n"
        "statement taken out\n"
        "'the headteacher' exchanged for 'a parent'\n"
        "clause taken out\n"
        "'the time is between 18:00 and 07:30' negated\n"
        "the number in 'the time is between 18:00 and 07:30' one up\n"
        "the end of 'the time is between 18:00 and 07:30' one up\n"
        "the number in 'the time is between 18:00 and 07:30' one down\n"
        "the end of 'the time is between 18:00 and 07:30' one down\n"
        "'approval FROM the headteacher is on record' negated\n"
        "'the headteacher' exchanged for 'a parent'\n"
        "'photo consent FROM a parent is on record' negated\n"
        "'a parent' exchanged for 'staff'\n"
        "clause taken out\n"
        "'staff' exchanged for 'the headteacher'\n"
        "duty taken out: 'staff MUST keep the message FOR 3 months'\n"
        "MUST turned into MAY: 'staff MUST keep the message FOR 3 months'\n"
        "'staff' exchanged for 'the headteacher'\n"
        "FOR 3 months: one more\n"
        "FOR 3 months: one less\n"
        "duty taken out: 'staff MAY tell the headteacher WITHIN immediately IF it is a lesson'\n"
        "MAY turned into MUST: 'staff MAY tell the headteacher WITHIN immediately IF it is a "
        "lesson'\n"
        "'staff' exchanged for 'the headteacher'\n"
        "'the headteacher' exchanged for 'a parent'\n"
        "WITHIN taken out: 'staff MAY tell the headteacher WITHIN immediately IF it is a lesson'\n"
        "IF taken out: 'staff MAY tell the headteacher WITHIN immediately IF it is a lesson'\n"
        "'it is a lesson' negated\n"
        "clause taken out\n"
        "'the headteacher', who decides, exchanged for 'a parent'\n");
}

/* Scenarios kill what they notice; a number that nobody checks lives. */
static void test_fates(void **state)
{
    (void)state;
    expect_mutants(
        FRONT CLAUSE("1",
                     "staff MUST NOT contact a pupil\nIF age of the other person is under 18\n")
            BLOCK("ten", "actor: staff\nact: contact\nother: a pupil\nage of the other person: 10\n"
                         "expect: not-allowed must\n")
                BLOCK("thirty", "actor: staff\nact: contact\nother: a pupil\n"
                                "age of the other person: 30\nexpect: no-clause\n")
                    BLOCK(
                        "disputed, so of no use",
                        "actor: staff\nact: contact\nother: a pupil\nage of the other person: 17\n"
                        "expect: not-allowed\ndisputed: why not\n")
                        BLOCK("failing, so of no use",
                              "actor: staff\nact: contact\nother: a pupil\n"
                              "age of the other person: 18\nexpect: not-allowed\n"),
        true,
        "killed: clause taken out\n"
        "killed: MUST NOT turned into MAY\n"
        "killed: MUST NOT turned into SHOULD NOT\n"
        "killed: 'staff' exchanged for 'a pupil'\n"
        "killed: 'a pupil' exchanged for 'staff'\n"
        "killed: IF taken out: age of the other person is under 18\n"
        "killed: 'age of the other person is under 18' negated\n"
        "lives: the number in 'age of the other person is under 18' one up\n"
        "lives: the number in 'age of the other person is under 18' one down\n");
}

/* What a second line says already can be taken out of the first unnoticed: by anybody, ever. A change that scenarios do not
 * look at is no such thing. */
static void test_equivalent(void **state)
{
    (void)state;
    expect_mutants(
        FRONT CLAUSE("1", "staff MUST NOT contact\nIF it is a lesson\nIF it is a lesson\n")
            BLOCK("a", "actor: staff\nact: contact\nfact it is a lesson: yes\n"
                       "expect: not-allowed\n"),
        true,
        "killed: clause taken out\n"
        "killed: MUST NOT turned into MAY\n"
        "lives: MUST NOT turned into SHOULD NOT\n"
        "equivalent: IF taken out: it is a lesson\n"
        "killed: 'it is a lesson' negated\n"
        "equivalent: IF taken out: it is a lesson\n"
        "killed: 'it is a lesson' negated\n");
}

/* Lifting, definitions, judgements, records, people shown and times: told apart where they differ, with no scenario at all. */
static void test_told_apart(void **state)
{
    (void)state;
    static const char *const policies[] = {
        FRONT CLAUSE("1", "staff MUST NOT contact a pupil\nUNLESS it is an emergency\n")
            CLAUSE("2", "staff MAY message a pupil\nIF it is a lesson\nDESPITE 1\n"),
        FRONT CLAUSE(
            "1", "staff MUST NOT contact a pupil\nUNLESS the time is between 09:00 and 15:00\n"),
        FRONT CLAUSE("1", "staff MUST NOT befriend a pupil\nUNLESS the tie is sound\n")
            CLAUSE("2", "the headteacher DECIDES WHETHER \"the tie is sound\"\n"),
        FRONT CLAUSE(
            "1", "staff NEED photo consent FROM a parent FOR EVERY pupil shown TO publish a photo\n"
                 "UNLESS for every pupil shown: photo consent FROM the headteacher is on record\n"),
        FRONT CLAUSE("1", "staff SHOULD contact a pupil\nONLY THROUGH a school account\n"
                          "THEN staff MUST keep the message FOR 2 weeks\nTELL the headteacher\n"
                          "IF it is a lesson: TELL the coordinator INSTEAD\n"),
        FRONT CLAUSE("1", "a visitor MEANS all of:\n- a parent\n- age is at least 18\n")
            CLAUSE("2", "a visitor MUST NOT contact a pupil\n"),
    };
    for (size_t p = 0; p < sizeof policies / sizeof *policies; p++) {
        struct bench bench;
        bench_open(&bench, policies[p]);
        AUTO(arena) struct arena *scratch = arena_new();
        assert_true(bench.mutation.mutants.count >= 6);
        for (size_t i = 0; i < bench.mutation.mutants.count; i++) {
            const struct mutant *mutant = &bench.mutation.mutants.at[i];
            enum fate fate = mutant_try(&bench.mutation, mutant, scratch);
            if (fate != MUTANT_LIVES)
                fail_msg("policy %zu, '%.*s': fate %d", p, SLICE_PRINT(mutant->change), fate);
        }
        bench_close(&bench);
    }
}

/* A second clause hides the first unless something holds that the first does not read: one thing, two, a record of a person
 * shown. No scenario says so, but a question near one does, so none of these is equivalent. */
static void test_seen_near_a_scenario(void **state)
{
    (void)state;
    static const char *const policies[] = {
        FRONT CLAUSE("1", "staff MUST NOT contact a pupil via a personal account\n")
            CLAUSE("2", "staff MUST NOT contact a pupil\nUNLESS it is an emergency\n")
                BLOCK("a", "actor: staff\nact: contact\nother: a pupil\nvia: a personal account\n"
                           "fact it is a lesson: yes\nexpect: not-allowed must\n"),
        FRONT CLAUSE("1", "staff MUST NOT contact a pupil via a personal account\n")
            CLAUSE("2", "staff MUST NOT contact a pupil\nUNLESS all of:\n- it is an emergency\n- "
                        "it is a lesson\n"
                        "- approval is on record\n")
                BLOCK("a", "actor: staff\nact: contact\nother: a pupil\nvia: a personal account\n"
                           "record approval: given FROM a parent\nexpect: not-allowed must\n"),
        FRONT CLAUSE("1", "staff MUST NOT publish a photo via a personal account\n")
            CLAUSE("2", "staff MUST NOT publish a photo\n"
                        "UNLESS for every pupil shown: photo consent FROM a parent is on record\n")
                BLOCK("a", "actor: staff\nact: publish a photo\nvia: a personal account\n"
                           "shown Ana: a pupil; record photo consent refused FROM a parent\n"
                           "shown Ben: a pupil; record photo consent given FROM a parent\n"
                           "expect: not-allowed must\n"),
    };
    for (size_t p = 0; p < sizeof policies / sizeof *policies; p++) {
        struct bench bench;
        bench_open(&bench, policies[p]);
        AUTO(arena) struct arena *scratch = arena_new();
        assert_true(bench.mutation.passes[0]);
        for (size_t i = 0; i < bench.mutation.mutants.count; i++) {
            const struct mutant *mutant = &bench.mutation.mutants.at[i];
            if (mutant->clause != 0) continue;
            enum fate fate = mutant_try(&bench.mutation, mutant, scratch);
            if (fate != MUTANT_LIVES)
                fail_msg("policy %zu, '%.*s': fate %d", p, SLICE_PRINT(mutant->change), fate);
        }
        bench_close(&bench);
    }
}

/* A mutant is one change: the rest of the policy stays what it was, and the policy itself stays whole. */
static void test_nothing_else_changes(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench, SCENARIO_POLICY);
    size_t rules = bench.policy->rules.count;
    for (size_t i = 0; i < bench.mutation.mutants.count; i++) {
        const struct mutant *mutant = &bench.mutation.mutants.at[i];
        AUTO(policy) struct policy *changed = mutant_policy(&bench.mutation, mutant);
        if (changed == NULL) continue;
        const struct document *document = &changed->document;
        for (size_t c = 0; c < document->clauses.count; c++) {
            bool same = document->clauses.at[c].statements.at ==
                        bench.policy->document.clauses.at[c].statements.at;
            assert_int_equal(same, (int)c != mutant->clause);
        }
    }
    assert_int_equal(bench.policy->rules.count, rules);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_change),
        cmocka_unit_test(test_changes_of_other_forms),
        cmocka_unit_test(test_fates),
        cmocka_unit_test(test_equivalent),
        cmocka_unit_test(test_told_apart),
        cmocka_unit_test(test_nothing_else_changes),
        cmocka_unit_test(test_seen_near_a_scenario),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
