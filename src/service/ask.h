/* One question to a policy, answered step by step: what the command `ask` and the page May I? share. Keeps the answers given
 * as keys and values (grammar.md section 17), in order; the request is made anew from them each time, so that an answer can
 * be changed or taken back. Asking is not doing: nothing is recorded. */
#pragma once

#include "policy/decision.h"
#include "policy/question.h"

#define ASK_ANSWERS_LARGEST 200

struct answer {
    struct slice key, value;
};

struct ask {
    const struct policy *policy;
    struct arena *arena; /* of the conversation */
    bool closed;
    LIST(struct answer) answers;
};

void ask_init(struct ask *ask, const struct policy *policy, bool closed, struct arena *arena);
/* Sets or replaces the answer of a key (`shown` alone adds a person). The whole request is tried with it: on an error the
 * answers stay as they were. */
MUST_USE bool ask_answer(struct ask *ask, struct slice key, struct slice value,
                         struct error *error);
/* Takes back the answer of a key and every answer given after it. False where there is none. */
bool ask_back(struct ask *ask, struct slice key);
/* The value given for a key, or empty. */
struct slice ask_value(const struct ask *ask, struct slice key);
/* The request as it stands. Fails only where the policy was reloaded and no longer knows a word. */
MUST_USE bool ask_request(const struct ask *ask, struct arena *arena, struct request *ret_request,
                          struct error *error);
/* The answer, or need-answer with the next question. Fails as request_check does: no act yet, a contradiction. */
MUST_USE bool ask_decide(const struct ask *ask, struct arena *arena, struct decision *ret_decision,
                         struct error *error);
/* Whether a child may be in danger now, as far as the answer tells: law stopped it, or somebody has to be told at once, or
 * the question itself is about a child at risk. Then 999 comes first. */
bool ask_danger(const struct decision *decision, const struct request *request);
/* The duty as it stands after stand-ins and merging, said as a sentence, to the asker where it is theirs; in the arena. */
struct slice ask_duty_sentence(const struct decision *decision, const struct owed *owed,
                               const struct request *request, struct arena *arena);
/* The question on which a duty waits, empty where it waits for none or its own sentence says it already. */
struct slice ask_duty_depends(const struct owed *owed);
/* The acts and events that can be asked about, as indexes of the words, in the vocabulary's order: those on which this
 * policy has a rule first. */
struct acts_offered {
    LIST(int) spoken, others;
};
void ask_acts(const struct policy *policy, struct arena *arena, struct acts_offered *ret_acts);
