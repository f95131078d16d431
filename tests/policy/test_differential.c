/* The engine against its naive twin on random policies and requests: LANYARD_CASES of them (make long: a million), some tens of
 * thousands otherwise. A failing case is made small and printed with both answers. The laws are in test_laws.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "compare.h"

#define CASES_USUAL 40000
#define REQUESTS_A_POLICY 20
#define WORLDS_USUAL 400
#define FAILURES_USUAL 8

static size_t number_of(const char *name, size_t usual)
{
    int64_t number;
    const char *wanted = getenv(name);
    return wanted && slice_number(slice_of(wanted), &number) && number > 0 ? (size_t)number : usual;
}

/* Requests that leave more open than that are skipped. */
static size_t worlds_largest(void)
{
    return number_of("LANYARD_WORLDS", WORLDS_USUAL);
}

static bool disagrees(const struct generated *generated, struct text *ret_why)
{
    struct compiled compiled = {.policy = NULL};
    struct request request;
    enum compared compared = COMPARED_SKIPPED;
    if (compiled_make(&compiled, generated, NULL) &&
        generated_request(generated, compiled.policy, compiled.arena, &request, NULL))
        compared = compare(&request, worlds_largest(), compiled.arena, ret_why);
    compiled_clear(&compiled);
    return compared == COMPARED_DIFFERENT;
}

struct tally {
    size_t policies, refused, cases, skipped, different;
    size_t verdicts[VERDICT_STOP + 1];
};

/* Some failures are gone through before the test gives up: one seldom comes alone. */
static void report_small(struct generated *generated, uint64_t seed, struct tally *tally)
{
    fprintf(stderr, "\n--- seed %llu, made small ---\n", (unsigned long long)seed);
    shrink(generated, disagrees);
    if (++tally->different == number_of("LANYARD_FAILURES", FAILURES_USUAL))
        fail_msg("the engine and its naive twin differ in %zu cases", tally->different);
}

static void count_verdict(const struct request *request, struct arena *arena, struct tally *tally)
{
    struct decision decision;
    decide(request, arena, &decision);
    tally->verdicts[decision.verdict]++;
}

static void run_requests(struct generated *generated, const struct compiled *compiled,
                         uint64_t seed, struct tally *tally)
{
    for (uint64_t i = 0; i < REQUESTS_A_POLICY; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        AUTO_TEXT struct text why;
        struct request request;
        struct error error = {.code = ERROR_NONE};
        text_init(&why, 1 << 16);
        generate_request(generated, seed * 1000 + i);
        if (!generated_request(generated, compiled->policy, arena, &request, &error)) {
            fail_msg("a generated request was refused: %s", error.sentence);
        }
        enum compared compared = compare(&request, worlds_largest(), arena, &why);
        if (compared == COMPARED_DIFFERENT) {
            report_small(generated, seed, tally);
            return;
        }
        tally->skipped += compared == COMPARED_SKIPPED;
        tally->cases += compared == COMPARED_SAME;
        if (compared == COMPARED_SAME) count_verdict(&request, arena, tally);
    }
}

static void run_policy(uint64_t seed, struct tally *tally)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct generated generated;
    struct compiled compiled = {.policy = NULL};
    generate_policy(&generated, seed, arena);
    tally->policies++;
    if (compiled_make(&compiled, &generated, NULL)) {
        run_requests(&generated, &compiled, seed, tally);
    } else {
        tally->refused++;
        for (size_t i = 0; tally->refused < 5 && i < compiled.problems.list.count; i++)
            if (!compiled.problems.list.at[i].warning)
                print_message("seed %llu does not compile: %.*s\n", (unsigned long long)seed,
                              SLICE_PRINT(compiled.problems.list.at[i].sentence));
    }
    compiled_clear(&compiled);
}

static void test_engine_is_naive(void **state)
{
    (void)state;
    struct tally tally = {.policies = 0};
    size_t wanted = number_of("LANYARD_CASES", CASES_USUAL);
    size_t seed = number_of("LANYARD_SEED", 1);
    for (; tally.cases < wanted; seed++) {
        run_policy(seed, &tally);
        assert_true(tally.refused <= 3 + tally.policies / 10);
        assert_true(tally.skipped <= 200 + tally.cases);
    }
    print_message(
        "%zu cases of %zu policies agree (%zu policies do not compile, %zu cases too wide):",
        tally.cases, tally.policies, tally.refused, tally.skipped);
    for (int verdict = 0; verdict <= VERDICT_STOP; verdict++) {
        print_message(" %s %zu", verdict_word((enum verdict)verdict), tally.verdicts[verdict]);
        assert_true(tally.verdicts[verdict] * 1000 >= tally.cases);
    }
    print_message(", %zu by the sieve\n", compared_sieves);
    assert_true(compared_sieves * 100 >= tally.cases);
    assert_int_equal(tally.different, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_engine_is_naive)};
    return cmocka_run_group_tests_name("differential", tests, NULL, NULL);
}
