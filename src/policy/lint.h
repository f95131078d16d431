/* What compiles and is doubtful all the same: clauses that can never apply, permissions wholly
 * forbidden, exceptions that permit nothing, norms without a clause, what no scenario reaches,
 * CHECK lines. Each sentence names its clause and one way out. Pure; looks for cases by reach.h. */
#pragma once

#include "policy/scenario.h"

/* Adds warnings, and errors for a CHECK that does not hold, a double bind and a SUBJECT TO that
 * cannot be. `norms` is norms.tsv, its text empty where there is none; `scenarios` may be NULL:
 * then nothing is said of what they reach. */
void lint_policy(const struct policy *policy, struct policy_source norms,
                 const struct scenarios *scenarios, struct problems *problems);
/* The shared vocabulary by itself: a warning for two phrases of one table that could be one. */
void lint_words(const struct words *words, struct problems *problems);
