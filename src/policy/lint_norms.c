/* The register of norms (norms.tsv) against the ids that clauses and policy lines name. */
#include "policy/lint_parts.h"

static void add_all(struct map *map, const struct slice *ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        (void)map_set(map, ids[i], 1);
    }
}

static void collect_served(const struct document *document, struct map *served)
{
    for (size_t i = 0; i < document->clauses.count; i++) {
        add_all(served, document->clauses.at[i].norms.at, document->clauses.at[i].norms.count);
    }
    for (size_t i = 0; i < document->lines.count; i++) {
        add_all(served, document->lines.at[i].norms.at, document->lines.at[i].norms.count);
    }
}

static void check_named(struct linter *linter, const struct document *document,
                        const struct map *known)
{
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        struct rule rule = {.clause = clause, .document = document};
        for (size_t k = 0; k < clause->norms.count; k++) {
            if (map_get(known, clause->norms.at[k]) < 0) {
                lint_say(linter, true, &rule, clause->norms_line, 1,
                         "correct the id, or add the norm to norms.tsv",
                         "clause %.*s names the norm %.*s, which norms.tsv has not",
                         SLICE_PRINT(clause->id), SLICE_PRINT(clause->norms.at[k]));
            }
        }
    }
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct policy_line *line = &document->lines.at[i];
        struct rule rule = lint_rule_of_line(linter, line);
        for (size_t k = 0; k < line->norms.count; k++) {
            if (map_get(known, line->norms.at[k]) < 0) {
                lint_say(linter, true, &rule, line->line, 1,
                         "correct the id, or add the norm to norms.tsv",
                         "a policy line of %.*s names the norm %.*s, which norms.tsv has not",
                         SLICE_PRINT(rule.clause->id), SLICE_PRINT(line->norms.at[k]));
            }
        }
    }
}

void lint_norms(struct linter *linter, struct policy_source norms)
{
    const struct document *document = &linter->policy->document;
    struct map served, known;
    struct slice rest = norms.text, line;
    if (norms.text.length == 0) {
        return;
    }
    map_init(&served, linter->arena);
    map_init(&known, linter->arena);
    collect_served(document, &served);
    (void)slice_line(&rest, &line); /* the header */
    for (size_t number = 2; slice_line(&rest, &line); number++) {
        struct slice id = slice_trim(slice_part(line, 0, slice_find(line, '\t')));
        if (id.length == 0) {
            continue;
        }
        (void)map_set(&known, id, 1);
        if (map_get(&served, id) < 0) {
            struct problem *problem = problems_add(
                linter->problems, true, ERROR_MEANING, norms.file, number, 1,
                "the norm %.*s has no clause; nothing in the policy serves it", SLICE_PRINT(id));
            problem_point(
                problem, id,
                "add its id to the norms line of the clause that serves it, or write that clause");
        }
    }
    check_named(linter, document, &known);
}
