/* Scenarios (grammar.md section 17): the tests that stand beside the clauses, as `scenario` blocks and `scenarios` tables.
 * Reads them into requests and expectations, and says of a decision what was expected and did not come. Pure. */
#pragma once

#include "policy/decision.h"
#include "policy/problem.h"

#define SCENARIOS_LARGEST 20000       /* of one policy, rows counted singly */
#define SCENARIO_SETTINGS_LARGEST 200 /* keys of one scenario */
#define SCENARIO_TRIES_LARGEST 20000  /* answers tried for `at most N questions` */

/* One `key: value` as written, or one cell of a table under its column. */
struct setting {
    struct slice key, value;
    size_t line, column, key_column;
    bool cell; /* of a table's row */
};

enum expectation_kind {
    EXPECT_VERDICT,
    EXPECT_REVIEW,
    EXPECT_DUTY,
    EXPECT_NO_DUTY,
    EXPECT_NEED,
    EXPECT_ADVICE,
    EXPECT_OUTCOMES,
    EXPECT_READING,
    EXPECT_CLASH,
    EXPECT_CITES,
    EXPECT_NOT_CITES,
    EXPECT_ASKS,
    EXPECT_NOT_ASKS,
    EXPECT_QUESTIONS
};

enum review_state { REVIEW_UNSET, REVIEW_IN_DATE, REVIEW_OVERDUE };

struct expectation {
    enum expectation_kind kind;
    struct slice text; /* as written */
    size_t line, column;
    enum verdict verdict;
    enum strength strength; /* STRENGTH_NONE: not said; of `allowed`: not required */
    struct roles refer;     /* verdict `refer`, advice: to whom; empty: not said */
    bool afterwards;        /* advice: tell, not ask */
    enum review_state review;
    bool since; /* `overdue since`: the day is in `number` */
    int64_t number;
    struct duty duty;
    struct need need;
    struct slice clause, other; /* cites: an id; clash: both */
    struct question asked;
};

struct scenario {
    bool inherited; /* of the policy that this one is based on */
    struct slice file, name;
    size_t line;
    struct slice disputed; /* why; empty: not disputed */
    bool review;           /* about the policy's review date, no act */
    struct request request;
    LIST(struct expectation) expectations;
};

struct scenarios {
    struct arena *arena;
    const struct policy *policy;
    LIST(struct scenario) list;
};

/* One expectation that was not met. */
struct failure {
    const struct expectation *expectation;
    struct slice sentence; /* `expected not-allowed must, came allowed` */
};

struct outcome_of_scenario {
    struct decision decision; /* of no use for a review */
    enum review_state review;
    LIST(struct failure) failures;
};

/* Reads every scenario of the policy and of the documents beside it. What cannot be read is a problem with its place; false
 * where there was any. */
MUST_USE bool scenarios_read(const struct policy *policy, struct arena *arena,
                             struct problems *problems, struct scenarios *ret_scenarios);
/* Decides and compares. `policy` is the scenario's own or one with the same words (policy_with). */
void scenario_run(const struct scenario *scenario, const struct policy *policy, struct arena *arena,
                  struct outcome_of_scenario *ret_outcome);
/* Whether every expectation is met, found with as little work as that takes. */
bool scenario_passes(const struct scenario *scenario, const struct policy *policy,
                     struct decider *decider, struct arena *arena);
/* The word that `lanyard test --rows` prints: the verdict's, or `in-date`, `overdue`, `unset`. */
const char *scenario_word(const struct scenario *scenario,
                          const struct outcome_of_scenario *outcome);
/* Whether the policy's review date (its REVIEW DUE line) has passed on that day; its first overdue day. */
enum review_state policy_review(const struct policy *policy, int64_t day, int64_t *ret_since);
