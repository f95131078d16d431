/* What the scenario files share: expectations read from their text (scenario_expect.c) and met by a decision or not
 * (scenario_check.c). Inside the room. */
#pragma once

#include "policy/scenario.h"

/* The kind of an expectation's key; false where the key is none. `repeats`: it may stand several times, and several values
 * in one cell are split at ';'. */
bool expectation_key(struct slice key, enum expectation_kind *ret_kind, bool *ret_repeats);
/* Reads one expectation; fills kind's members only. `words` is a copy whose arena takes what is read. */
MUST_USE bool expectation_read(enum expectation_kind kind, struct slice key, struct slice text,
                               struct words *words, struct expectation *ret_expectation,
                               struct error *error);
/* The clause, and norms that hang on it, by an id as people write it: of a clause, of a norm with or without prefix. */
bool expectation_id_known(const struct policy *policy, struct slice id);
/* Keys of requests and expectations, for did-you-mean. */
const char *scenario_nearest_key(struct slice key);
bool scenario_request_key(struct slice key);

/* What an expectation is held against. */
struct found {
    const struct scenario *scenario;
    const struct policy *policy;
    const struct decision *decision;
    enum review_state review;
    int64_t review_since;
    struct arena *arena;
};
bool expectation_met(const struct expectation *expectation, const struct found *found);
/* What was expected and what came, in one sentence. */
struct slice expectation_sentence(const struct expectation *expectation, const struct found *found);
