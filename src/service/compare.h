/* One question put to several policies: asked once, answered by each under its own rules, and every act of the vocabulary
 * under the same circumstances. What the command `compare` and its page share. Nothing is recorded. */
#pragma once

#include "policy/decision.h"
#include "service/ask.h"

#define COMPARE_POLICIES_LARGEST 32

/* Keys and values of grammar.md section 17, in order. */
struct compare_answer {
    struct slice key, value;
};
struct compare_question {
    LIST(struct compare_answer) answers;
    bool closed; /* what is not said is no */
};

struct compared {
    const struct policy *policy;
    struct request *request;
    struct decision decision;
    LIST(struct slice) unknown; /* keys of other policies' own words, left out here */
};
struct comparison {
    LIST(struct compared) list;
    size_t kinds; /* different answers: verdict and strength */
};

/* Asks them all. False where none of them understands a key or the question contradicts itself. */
MUST_USE bool compare_ask(const struct policy *const *policies, size_t count,
                          const struct compare_question *question, struct arena *arena,
                          struct comparison *ret_comparison, struct error *error);

struct compared_cell {
    bool known; /* the policy's words have the act */
    bool noted;
    enum verdict verdict;
    enum strength strength;
};
struct compared_act {
    struct slice id, phrase;
    bool event, differs;
    struct compared_cell *cells; /* one a policy */
};
struct compared_acts {
    LIST(struct compared_act) list;
};
/* Every act and event of the first policy's vocabulary under the question's answers, which name no act. */
MUST_USE bool compare_acts(const struct policy *const *policies, size_t count,
                           const struct compare_question *question, struct arena *arena,
                           struct compared_acts *ret_acts, struct error *error);

/* ask_acts for several: the first policy's acts, those first on which any of them has a rule. */
void compare_offered(const struct policy *const *policies, size_t count, struct arena *arena,
                     struct acts_offered *ret_acts);

/* A sign for the verdict, so that nobody needs its colour. */
const char *compare_shape(enum verdict verdict, bool noted);
/* The clauses that an answer rests on, each once, law marked, in the answer's order. */
void compare_clauses(const struct decision *decision, struct text *out);
