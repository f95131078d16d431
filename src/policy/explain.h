/* What the files that turn a judged act into a decision share. Inside the room. */
#pragma once

#include "policy/question.h"
#include "policy/world.h"

/* One act that has been judged: the space holds its results. */
struct judged {
    struct space *space;
    const struct request *request; /* with what stands in for *not known* */
    const struct request *asked;   /* as it was put */
    struct world *world;           /* of open variables, or NULL on the quick path */
    struct world *collected; /* made on the quick path for the questions of conditional duties */
    struct outcome outcome;
    int act;
    bool refused; /* not-allowed or stop */
    struct arena *arena;
    struct decision *decision;
    const unsigned *order; /* places of the act's rules in document order */
};

const struct compiled *rule_at(const struct judged *judged, unsigned place);
enum tri test_at(const struct judged *judged, const struct compiled *compiled,
                 const struct test *test, int person);
/* People that a rule is taken for: from..to-1, or -1 alone. */
void people_at(const struct judged *judged, const struct compiled *compiled, int *ret_from,
               int *ret_to);
struct cite *cite_add(struct judged *judged, const struct clause *clause, bool law, enum part part);
/* Whether an event's rule is about this stage of the act. */
bool stage_of(const struct judged *judged, const struct act_rule *rule,
              const struct compiled *compiled, enum stage *ret_stage);

/* question.c: how a variable is asked for. */
void question_of(const struct world *world, const struct variable *variable, struct arena *arena,
                 struct question *ret_question);

void explain_cites(struct judged *judged); /* explain.c */
void explain_needs(struct judged *judged);
void explain_remarks(struct judged *judged);
void explain_silence(struct judged *judged);
void explain_door(
    struct judged *judged); /* cites the line under which a departure may be reported */
/* Which debts of the act's rules stand or may stand as the space was last judged, one place a debt; where `compare`, whether
 * one of those that `debts` holds is lost. */
bool explain_debts(const struct judged *judged, bool compare, bool *debts);
void explain_duties(struct judged *judged);  /* explain_duty.c */
void explain_clashes(struct judged *judged); /* explain_more.c: what stands beside the verdict */
void explain_defines(struct judged *judged);
void explain_near(struct judged *judged);
void explain_changes(struct judged *judged); /* explain_change.c */
void explain_assumed(struct judged *judged);
/* explain_more.c: what the act comes to under `request`. The space is left changed. */
struct outcome explain_outcome(struct judged *judged, const struct request *request);
/* Whether a clause reads the request in environment `e` of its own, with what it takes a don't know as. */
bool explain_own_environment(const struct judged *judged, size_t e);
bool explain_cited(const struct judged *judged, const struct clause *clause);
