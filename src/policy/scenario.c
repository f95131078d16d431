/* Runs scenarios: decides what each asks and holds the decision against what it expects. Reading them is scenario_read.c's
 * work, comparing scenario_check.c's. */
#include "policy/scenario_parts.h"

/* The REVIEW DUE line, or NULL. */
static const struct policy_line *review_line(const struct policy *policy)
{
    for (size_t i = 0; i < policy->document.lines.count; i++) {
        const struct policy_line *line = &policy->document.lines.at[i];
        if (line->kind == LINE_REVIEW) return line;
    }
    return NULL;
}

enum review_state policy_review(const struct policy *policy, int64_t day, int64_t *ret_since)
{
    const struct policy_line *line = review_line(policy);
    *ret_since = line == NULL ? 0 : date_to_day(line->review) + 1;
    if (line == NULL) return REVIEW_UNSET;
    return day >= *ret_since ? REVIEW_OVERDUE : REVIEW_IN_DATE;
}

/* The clause of the policy block, where it sets no date: NULL where there is no block. */
static const struct clause *policy_clause(const struct policy *policy)
{
    return policy->document.lines.count == 0
               ? NULL
               : &policy->document.clauses.at[policy->document.lines.at[0].clause];
}

static bool hangs_on_line(const struct policy *policy, struct slice norm)
{
    for (size_t i = 0; i < policy->document.lines.count; i++) {
        for (size_t k = 0; k < policy->document.lines.at[i].norms.count; k++) {
            if (slice_equal(policy->document.lines.at[i].norms.at[k], norm)) return true;
        }
    }
    return false;
}

/* What a question about the review cites: the line that sets the date; without one, the clause of the policy block for its
 * norms that hang on no line. */
static void cite_review(const struct policy *policy, struct arena *arena, struct decision *decision)
{
    const struct policy_line *line = review_line(policy);
    const struct clause *clause =
        line != NULL ? &policy->document.clauses.at[line->clause] : policy_clause(policy);
    if (clause == NULL) return;
    struct cite *cite = LIST_ADD(arena, &decision->cites);
    cite->clause = clause;
    cite->part = PART_GROUND;
    if (line != NULL && line->norms.count > 0) {
        cite->norms.at = line->norms.at;
        cite->norms.count = line->norms.count;
        return;
    }
    for (size_t i = 0; i < clause->norms.count; i++) {
        if (line != NULL || !hangs_on_line(policy, clause->norms.at[i]))
            LIST_PUSH(arena, &cite->norms, clause->norms.at[i]);
    }
}

/* The same question to a policy with the same words. */
static struct request put_to(const struct scenario *scenario, const struct policy *policy)
{
    struct request request = scenario->request;
    request.policy = policy;
    return request;
}

void scenario_run(const struct scenario *scenario, const struct policy *policy, struct arena *arena,
                  struct outcome_of_scenario *ret_outcome)
{
    struct request *request = ARENA_NEW(arena, struct request);
    *request = put_to(scenario, policy);
    *ret_outcome = (struct outcome_of_scenario){0};
    struct found found = {
        .scenario = scenario, .policy = policy, .decision = &ret_outcome->decision, .arena = arena};
    found.review = policy_review(policy, request->on.day, &found.review_since);
    ret_outcome->review = found.review;
    if (scenario->review)
        cite_review(policy, arena, &ret_outcome->decision);
    else
        decide(request, arena, &ret_outcome->decision);
    for (size_t i = 0; i < scenario->expectations.count; i++) {
        const struct expectation *expectation = &scenario->expectations.at[i];
        if (expectation_met(expectation, &found)) continue;
        LIST_PUSH(arena, &ret_outcome->failures,
                  (struct failure){expectation, expectation_sentence(expectation, &found)});
    }
}

/* What only the whole answer can settle, where the short one does not: it adds citations and flags, and takes none back. */
static bool needs_whole(const struct expectation *expectation)
{
    return expectation->kind == EXPECT_CITES || expectation->kind == EXPECT_CLASH ||
           expectation->kind == EXPECT_READING || expectation->kind == EXPECT_NOT_CITES;
}

bool scenario_passes(const struct scenario *scenario, const struct policy *policy,
                     struct decider *decider, struct arena *arena)
{
    struct request request = put_to(scenario, policy);
    struct decision decision = {0};
    struct found found = {
        .scenario = scenario, .policy = policy, .decision = &decision, .arena = arena};
    bool whole = false;
    found.review = policy_review(policy, request.on.day, &found.review_since);
    if (scenario->review)
        cite_review(policy, arena, &decision);
    else
        decider_decide(decider, &request, false, arena, &decision);
    for (size_t i = 0; i < scenario->expectations.count; i++) {
        const struct expectation *expectation = &scenario->expectations.at[i];
        bool met = expectation_met(expectation, &found);
        if (!met && (expectation->kind == EXPECT_NOT_CITES || !needs_whole(expectation)))
            return false;
        whole =
            whole || (needs_whole(expectation) && (!met || expectation->kind == EXPECT_NOT_CITES));
    }
    if (!whole) return true;
    if (!scenario->review) decider_decide(decider, &request, true, arena, &decision);
    for (size_t i = 0; i < scenario->expectations.count; i++) {
        if (!expectation_met(&scenario->expectations.at[i], &found)) return false;
    }
    return true;
}

const char *scenario_word(const struct scenario *scenario,
                          const struct outcome_of_scenario *outcome)
{
    static const char *const reviews[] = {"unset", "in-date", "overdue"};
    return scenario->review ? reviews[outcome->review] : verdict_word(outcome->decision.verdict);
}
