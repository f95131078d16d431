/* What collides inside one policy, for `lanyard check --notes`: pairs of clauses that meet, found from the rules, and the
 * `note` blocks that say what no rule carries. Pure; looks for cases by reach.h. */
#pragma once

#include "policy/policy.h"

#define NOTES_TEXT_LARGEST (4u << 20)

/* A line each, `name, clauses, found` or `name, clauses, noted`, clauses with the norms that they serve; below it, unless
 * `brief`, the words of the note. */
void notes_print(const struct policy *policy, struct slice name, bool brief, struct text *out);
