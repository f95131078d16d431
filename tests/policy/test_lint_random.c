/* The checker held against chance: of random policies nothing that it calls impossible comes out of
 * a random request, and no policy makes it slow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "generate.h"
#include "policy/exact.h"
#include "policy/lint.h"

#define POLICIES_USUAL 400
#define REQUESTS_A_POLICY 80

struct tally {
    size_t policies, never, dead, unheld, applied;
};

/* What was said of each rule of the program. */
struct said {
    bool *never, *dead;
    int *unheld; /* the line of an UNLESS that can never hold; 0: none */
};

static bool says(const struct problem *problem, const char *words)
{
    return slice_search(problem->sentence, slice_of(words)) < problem->sentence.length;
}

static void note(const struct policy *policy, const struct problem *problem, struct said *said,
                 struct tally *tally)
{
    for (size_t i = 0; i < policy->program->rules.count; i++) {
        const struct compiled *compiled = &policy->program->rules.at[i];
        const struct rule *rule = compiled->rule;
        if (compiled->effect == EFFECT_DEED || !slice_equal(rule->document->file, problem->file)) {
            continue;
        }
        if (rule->statement->line == problem->line) {
            said->never[i] = said->never[i] || says(problem, "can never apply here");
            said->dead[i] = said->dead[i] || says(problem, "permits nothing: wherever");
            tally->never += says(problem, "can never apply here");
            tally->dead += says(problem, "permits nothing: wherever");
        }
        for (size_t k = 0; k < compiled->unless.count; k++) {
            const struct tail *tail = &rule->statement->tails.at[compiled->unless.at[k].tail];
            if (tail->line == problem->line && says(problem, "can never hold")) {
                said->unheld[i] = (int)k + 1;
                tally->unheld++;
            }
        }
    }
}

/* A request that holds an exception said never to hold, for nobody in particular. */
static bool unheld_holds(const struct space *space, const struct compiled *compiled, int unheld)
{
    const struct environment *environment = space->active[compiled->environment];
    if (unheld == 0 || compiled->personal) return false;
    unsigned words = space->program->words;
    const struct test *test = &compiled->unless.at[unheld - 1].test;
    return (test_tri(&compiled->base, &environment->all, NULL, words) &
            test_tri(test, &environment->all, NULL, words)) == TRI_YES;
}

static void look(struct space *space, const struct said *said, const struct outcome *outcome,
                 uint64_t seed, struct tally *tally)
{
    for (unsigned place = 0; place < space->code->rules.count; place++) {
        int rule = space->code->rules.at[place].rule;
        const struct compiled *compiled = &space->program->rules.at[rule];
        bool now = space->code->rules.at[place].on_act;
        bool applies = now && space->results[place].app == TRI_YES;
        tally->applied += applies;
        if (applies && said->never[rule])
            fail_msg("seed %llu: line %zu can never apply, and does", (unsigned long long)seed,
                     compiled->rule->statement->line);
        if (applies && said->dead[rule] && outcome->known && outcome->verdict < VERDICT_NOT_ALLOWED)
            fail_msg("seed %llu: line %zu permits nothing, and does", (unsigned long long)seed,
                     compiled->rule->statement->line);
        if (now && unheld_holds(space, compiled, said->unheld[rule]))
            fail_msg("seed %llu: an UNLESS of line %zu never holds, and does",
                     (unsigned long long)seed, compiled->rule->statement->line);
    }
}

/* What the checker tries: two roles and two channels, one person shown, and answers. *Don't know* is
 * none, nor is the closed world, where a number not given is neither under nor over anything. */
static bool is_plain(const struct request *request)
{
    for (size_t i = 0; i < request->policy->words.facts.count; i++) {
        bool unknown = request->facts[i].known == NOT_KNOWN;
        for (size_t p = 0; p < request->shown.count; p++)
            unknown = unknown || request->shown.at[p].facts[i].known == NOT_KNOWN;
        if (unknown || request->closed || request->shown.count > 1) return false;
    }
    return request->actor.list.count <= 2 && request->other.list.count <= 2 &&
           request->via.list.count <= 2;
}

static void run_requests(struct generated *generated, const struct policy *policy,
                         const struct said *said, uint64_t seed, struct tally *tally)
{
    for (uint64_t i = 0; i < REQUESTS_A_POLICY; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        struct request request;
        struct error error = {.code = ERROR_NONE};
        generate_request(generated, seed * 1000 + i);
        if (!generated_request(generated, policy, arena, &request, &error) || !is_plain(&request))
            continue;
        struct space *space = space_new(policy, arena);
        for (size_t k = 0; k < request.acts.count; k++) {
            struct world world;
            world_init(&world, space, &request, request.acts.at[k], arena);
            struct outcome outcome = world_judge(&world);
            look(space, said, &outcome, seed, tally);
        }
    }
}

static size_t run_policy(uint64_t seed, struct tally *tally)
{
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text text, law;
    struct generated generated;
    struct problems problems;
    struct timespec before, after;
    text_init(&text, 1 << 20);
    text_init(&law, 1 << 20);
    generate_policy(&generated, seed, arena);
    generated_policy_text(&generated, NULL, &text);
    generated_law_text(&generated, &law);
    struct policy_sources sources = {.words = {SLICE("words.md"), generated_words()},
                                     .policy = {SLICE("policy.md"), text_slice(&text)},
                                     .law = {SLICE("law.md"), text_slice(&law)}};
    problems_init(&problems, arena);
    AUTO(policy) struct policy *policy = policy_new(&sources, &problems);
    if (policy == NULL) return 0;
    struct said said = {.never = ARENA_ARRAY(arena, bool, policy->program->rules.count + 1),
                        .dead = ARENA_ARRAY(arena, bool, policy->program->rules.count + 1),
                        .unheld = ARENA_ARRAY(arena, int, policy->program->rules.count + 1)};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    lint_policy(policy, (struct policy_source){SLICE_EMPTY, SLICE_EMPTY}, NULL, &problems);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    for (size_t i = 0; i < problems.list.count; i++)
        note(policy, &problems.list.at[i], &said, tally);
    tally->policies++;
    run_requests(&generated, policy, &said, seed, tally);
    return (size_t)((after.tv_sec - before.tv_sec) * 1000 +
                    (after.tv_nsec - before.tv_nsec) / 1000000);
}

static void test_nothing_impossible_comes_out(void **state)
{
    (void)state;
    struct tally tally = {.policies = 0};
    size_t slowest = 0;
    for (uint64_t seed = 1; seed <= POLICIES_USUAL; seed++) {
        size_t took = run_policy(seed, &tally);
        slowest = took > slowest ? took : slowest;
    }
    print_message("%zu policies, %zu rules never apply, %zu permit nothing, %zu exceptions never "
                  "hold; %zu applied; slowest %zu ms\n",
                  tally.policies, tally.never, tally.dead, tally.unheld, tally.applied, slowest);
    assert_true(tally.policies > POLICIES_USUAL / 2);
    assert_true(tally.never > 0 && tally.dead > 0 && tally.unheld > 0 && tally.applied > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_impossible_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
