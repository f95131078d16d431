/* The questions benchmark: how many questions the planner asks, beside the fewest that are possible and beside document order.
 * questions.c runs it, questions_first.c fills in the first page, questions_plan.c follows the planner, questions_best.c
 * finds the optimum without it. */
#pragma once

#include "policy/question.h"

#define FACTS_LARGEST 128         /* facts in play of one act */
#define FACTS_SEARCHED_LARGEST 12 /* up to which the optimum is searched for */
#define UNANSWERED (-1)

/* One act with its first page filled in, and what is in play then. */
struct subject {
    const struct policy *policy;
    int act;
    struct request first; /* roles, people and channel */
    struct in_play facts; /* in the order of the policy's text */
    struct slice said;    /* the first page, in words */
    struct decider *decider;
    struct arena *arena;   /* of the subject */
    struct arena *scratch; /* of one request */
};

/* What was answered, by fact in play: the number of the value, or UNANSWERED. */
struct answers {
    int at[FACTS_LARGEST];
};

void questions_fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
/* Chooses the first page and lists the facts in play. */
void subject_init(struct subject *subject, const struct policy *policy, int act,
                  struct arena *arena);
void subject_clear(struct subject *subject);
/* The first page and these answers as a request, in the scratch arena, which is reset. */
void subject_request(struct subject *subject, const struct answers *answers,
                     struct request *ret_request);
size_t subject_values(const struct subject *subject, size_t fact);
/* Decides; the decision lies in the scratch arena until the next call. */
void subject_decide(struct subject *subject, const struct answers *answers,
                    struct decision *ret_decision);

/* The planner's next fact after these answers, or -1 where it knows the verdict. */
int plan_next(struct subject *subject, const struct answers *answers);
/* Its mean number of questions over its own decision tree, each answer of a question equally likely. `leaf`, if not NULL, is
 * called where it stops. */
double plan_mean(struct subject *subject,
                 void (*leaf)(void *context, const struct answers *answers), void *context);
/* Means over `rounds` random full answers: the planner's, and that of asking in the order of the text until the verdict is
 * known. */
struct plan_sample {
    double planner, document;
};
struct plan_sample plan_sample(struct subject *subject, size_t rounds, uint64_t seed);

/* What every full answer comes to, facts and values that never matter taken together. */
struct table;
struct table *table_new(struct subject *subject);
/* The fewest questions that any way of asking needs on average, by dynamic programming over all states of knowledge. */
double table_optimum(const struct table *table);
/* Whether all full answers that agree with these come to the same. */
bool table_settled(const struct table *table, const struct answers *answers);
size_t table_facts(const struct table *table); /* that matter */
void table_free(struct table *table);
