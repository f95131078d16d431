/* The two halves of quick_decide (decision.h), which the tests hold one against the other. Inside the room. */
#pragma once

#include "policy/decision.h"

/* By the act's sieve. False where it has none or the request leaves something open that the act reads. */
MUST_USE bool quick_decide_sieve(struct quick *quick, const struct request *request,
                                 struct quick_answer *ret_answer);
/* Rule by rule. */
void quick_decide_common(struct quick *quick, const struct request *request,
                         struct quick_answer *ret_answer);
