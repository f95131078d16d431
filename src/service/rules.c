/* The record's own rules; the texts are built in by tools/embed-text, and tested as any policy is. */
#include "service/rules.h"

#include "service/rules_text.h"

bool rules_compile(struct policy **ret_rules, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct problems problems;
    struct policy_sources sources = {
        .words = {SLICE("record/words.md"), rules_words},
        .policy = {SLICE("record/policy.md"), rules_policy},
    };
    problems_init(&problems, arena);
    *ret_rules = policy_new(&sources, &problems);
    return *ret_rules != NULL ||
           error_set(error, ERROR_INTERNAL, "the record's own rules do not compile");
}
