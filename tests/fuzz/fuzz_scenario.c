/* Any bytes as a document of scenarios beside a small policy: read, and what could be read is run, the long way and the
 * short way, which must agree. Everything reported has a place and a way out. */
#include <stdlib.h>

#include "../policy/scenario_policy.h"
#include "policy/scenario.h"

#define RUN_LARGEST 40 /* scenarios run of one input */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool kept)
{
    if (!kept) abort();
}

static void check_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->list.count; i++) {
        const struct problem *problem = &problems->list.at[i];
        require(problem->line > 0 && problem->width > 0 && problem->sentence.length > 0);
        require(problem->warning || problem->advice.length > 0);
    }
}

static void run(const struct scenarios *scenarios, struct arena *arena)
{
    struct decider *decider = decider_new(scenarios->policy, arena);
    for (size_t i = 0; i < scenarios->list.count && i < RUN_LARGEST; i++) {
        const struct scenario *scenario = &scenarios->list.at[i];
        AUTO(arena) struct arena *scratch = arena_new();
        struct outcome_of_scenario outcome;
        scenario_run(scenario, scenarios->policy, scratch, &outcome);
        require(scenario_word(scenario, &outcome)[0] != '\0');
        for (size_t k = 0; k < outcome.failures.count; k++)
            require(outcome.failures.at[k].sentence.length > 0);
        require((outcome.failures.count == 0) ==
                scenario_passes(scenario, scenarios->policy, decider, scratch));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 16384) return 0;
    AUTO(arena) struct arena *arena = arena_new();
    struct policy_source beside = {SLICE("s.md"), {size == 0 ? "" : (const char *)data, size}};
    struct policy_sources sources = {.words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
                                     .policy = {SLICE("policy.md"), SLICE(SCENARIO_POLICY)},
                                     .law = {SLICE("law.md"), SLICE(SCENARIO_LAW)},
                                     .scenarios = &beside,
                                     .scenario_count = 1};
    struct problems problems;
    struct scenarios scenarios;
    problems_init(&problems, arena);
    AUTO(policy) struct policy *policy = policy_new(&sources, &problems);
    if (policy == NULL) {
        require(problems.errors > 0);
        return 0;
    }
    if (scenarios_read(policy, arena, &problems, &scenarios)) run(&scenarios, arena);
    check_problems(&problems);
    return 0;
}
