/* Which question to put next (grammar.md 8.5): never one that cannot matter, cheapest on average; sections: variables in
 * play, exactness over completions, the planner. */
#pragma once

#include "policy/decision.h"

/* The next question for one act of the request, or kind NONE where the verdict is known. */
void question_next(const struct request *request, int act, struct arena *arena,
                   struct question *ret_question);

/* For tests and benchmarks: the unanswered facts and records that any rule on the act reads; people and channel aside. */
struct in_play {
    LIST(struct question) list;
};
void question_in_play(const struct request *request, int act, struct arena *arena,
                      struct in_play *ret_in_play);
/* Sets answer number `value`, below value_count, in the request (a number by one value of its interval). */
void question_answer(const struct question *question, size_t value, struct request *request);
