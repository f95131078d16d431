/* The pieces of a decision as the answer and Compare both write them: a duty, a need, why a clause is cited. How a page
 * orders them is its own. */
#pragma once

#include "policy/decision.h"

/* What the pieces are written from. */
struct advice {
    const struct decision *decision;
    const struct request *request;
    struct arena *arena;
    bool linked; /* its policy is the one that /policy shows: clauses are links */
};

/* <li>: its deadline in front, its sentence, what it depends on, its clauses. */
void advice_duty(struct text *out, const struct advice *advice, const struct owed *owed);
/* Most urgent 0, without a deadline 3. */
int advice_urgency(const struct owed *owed);
/* Lists of what is needed: what is needed in any case, then the ways between which one may choose. */
void advice_needs(struct text *out, const struct advice *advice);
/* A clause may be cited for several parts; its words stand once, with the first. */
bool advice_cited_before(const struct decision *decision, size_t at);
/* The clause's words, why it is cited, and the norms it serves; without its heading. */
void advice_clause(struct text *out, const struct cite *cite, struct arena *arena);
