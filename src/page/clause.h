/* A clause as people read it: heading, prose, the rule in short, the norms it serves. Shared by the policy page, the document
 * to sign and the answer. */
#pragma once

#include "base/text.h"
#include "policy/policy.h"

/* What of a clause is written. */
struct clause_view {
    const struct policy *policy;
    const struct document *document; /* the policy's own or its law */
    struct arena *arena;             /* for the making only */
    bool norms;                      /* with the ids of the norms it serves */
};

/* `c-5.2a` in the policy, `law-L1` in the law: the clause's id on a page. */
void clause_anchor(struct text *out, bool law, struct slice id);
/* `5.2a Friends and followers`: number, or id where there is none, and title. */
struct slice clause_name(const struct clause *clause, struct arena *arena);
/* Prose, "In short" box, norms; without the heading. */
void clause_write(struct text *out, const struct clause_view *view, size_t clause);
/* Every section and clause of a document with headings from <h2> on. */
void clauses_write(struct text *out, const struct clause_view *view);
/* A list of links to them. */
void clauses_contents(struct text *out, const struct clause_view *view);
