/* Any bytes as a policy and the one it is based on, cut at a line of four equal signs: what is joined holds together, no
 * norm id of the base comes out, and every problem has a way out. */
#include <stdlib.h>

#include "../policy/scenario_policy.h"
#include "policy/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool kept)
{
    if (!kept) abort();
}

static bool has_prefix(const struct document *document, struct slice norm)
{
    struct slice prefix = document->norms_prefix;
    return prefix.length == 0 || (slice_starts(norm, prefix) && norm.length > prefix.length &&
                                  norm.at[prefix.length] == '-');
}

static void check_document(const struct document *document)
{
    int last = 0;
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        require(document_clause(document, clause->id) == (int)i);
        require(clause->section < (int)document->sections.count);
        for (size_t k = 0; k < clause->norms.count; k++)
            require(has_prefix(document, clause->norms.at[k]));
        for (size_t k = 0; k < clause->statements.count; k++)
            require(clause->statements.at[k].clause == (int)i);
    }
    for (size_t i = 0; i < document->sections.count; i++) {
        const struct section *section = &document->sections.at[i];
        require(section->parent < (int)i && section->first_clause >= last);
        require(section->first_clause <= (int)document->clauses.count);
        last = section->first_clause;
    }
    for (size_t i = 0; i < document->lines.count; i++)
        for (size_t k = 0; k < document->lines.at[i].norms.count; k++)
            require(has_prefix(document, document->lines.at[i].norms.at[k]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 32768) return 0;
    AUTO(arena) struct arena *arena = arena_new();
    struct slice all = arena_copy(arena, (struct slice){(const char *)data, size});
    struct slice mark = SLICE("\n====\n");
    size_t cut = slice_search(all, mark);
    struct policy_sources sources = {
        .words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
        .base = {SLICE("base.md"), slice_part(all, 0, cut + 1)},
        .policy = {SLICE("own.md"), slice_part(all, cut + mark.length, all.length)}};
    struct problems problems;
    problems_init(&problems, arena);
    AUTO(policy) struct policy *policy = policy_new(&sources, &problems);
    require((policy == NULL) == (problems.errors > 0));
    struct scenarios scenarios;
    if (policy != NULL) {
        check_document(&policy->document);
        if (!scenarios_read(policy, arena, &problems, &scenarios)) require(problems.errors > 0);
    }
    for (size_t i = 0; i < problems.list.count; i++)
        require(problems.list.at[i].warning || problems.list.at[i].advice.length > 0);
    return 0;
}
