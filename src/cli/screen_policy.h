/* lanyard screen --policy: each line's text decided by a policy, as one act that all lines are. */
#pragma once

#include "base/error.h"
#include "screen/screen.h"
#include "service/ask.h"

/* What all threads share: the question, but for the text. */
struct screen_policy {
    const struct ask
        *ask; /* its world is closed unless somebody said otherwise: a filter cannot ask back */
};
/* Whether the question can be put at all. */
MUST_USE bool screen_policy_check(const struct screen_policy *policy, struct error *error);

/* One thread's. */
struct screen_judge;
struct screen_judge *screen_judge_new(const struct screen_policy *policy,
                                      const struct screen_plan *plan);
void screen_judge_free(struct screen_judge *judge);
/* What was found in a text that is well-formed, topics among it; stays until the next. */
void screen_judge_read(struct screen_judge *judge, struct slice text,
                       struct findings *ret_findings);
/* Appends `,"facts":{...},"asks":[...],"verdict":"...","clauses":[...]` about the text read last. */
void screen_judge_add(struct screen_judge *judge, struct text *out);
