/* lanyard explain: one clause: its words, norms and rules, what it lifts and what lifts it. */
#include "cli/cli.h"
#include "policy/phrase.h"
#include "policy/print.h"

#include <string.h>

#define NEAR_LARGEST 8 /* clauses named where one was not found */

/* By its id, in the policy or in the law, else by the full id of a norm that it is the first to serve. */
static bool find_clause(const struct policy *policy, struct slice id,
                        const struct clause **ret_clause, bool *ret_law)
{
    if (slice_starts(id, SLICE("c-"))) {
        id = slice_part(id, 2, id.length);
    }
    int index = document_clause(&policy->document, id);
    *ret_law = index < 0 && policy->has_law;
    if (*ret_law) {
        index = document_clause(&policy->law, id);
    }
    if (index >= 0) {
        *ret_clause = &(*ret_law ? &policy->law : &policy->document)->clauses.at[index];
        return true;
    }
    *ret_law = false;
    for (size_t i = 0; i < policy->document.clauses.count; i++) {
        const struct clause *clause = &policy->document.clauses.at[i];
        for (size_t k = 0; k < clause->norms.count; k++) {
            if (slice_equal(clause->norms.at[k], id)) {
                *ret_clause = clause;
                return true;
            }
        }
    }
    return false;
}

static void print_short(const struct policy *policy, const struct clause *clause,
                        struct arena *arena)
{
    for (size_t i = 0; i < clause->statements.count; i++) {
        struct sentences sentences = {0};
        print_in_short(&policy->words, policy->reads, &clause->statements.at[i], arena, &sentences);
        for (size_t k = 0; k < sentences.list.count; k++) {
            printf("%s %.*s\n", k == 0 ? "  *" : "   ", SLICE_PRINT(sentences.list.at[k]));
        }
    }
}

/* A policy block holds lines, no rules: they say in short what they say. */
static void print_lines(const struct policy *policy, const struct clause *clause)
{
    const struct document *document = &policy->document;
    struct text text AUTO_TEXT;
    text_init(&text, 1u << 16);
    for (size_t i = 0; i < document->lines.count; i++) {
        if (&document->clauses.at[document->lines.at[i].clause] == clause) {
            print_policy_line(&policy->words, &document->lines.at[i], &text);
        }
    }
    printf("\nAs policy lines\n%.*s\n", SLICE_PRINT(text_slice(&text)));
}

static void print_rules(const struct policy *policy, const struct clause *clause,
                        struct arena *arena)
{
    struct text text AUTO_TEXT;
    text_init(&text, 1u << 16);
    printf("\nIn short\n");
    print_short(policy, clause, arena);
    print_statements(&policy->words, clause->statements.at, clause->statements.count, &text);
    printf("\nAs a rule\n%.*s\n", SLICE_PRINT(text_slice(&text)));
}

static bool names(const struct tail *tail, const struct clause *clause)
{
    for (size_t r = 0; r < tail->refs.count; r++) {
        if (slice_equal(tail->refs.at[r].id, clause->id) || tail->refs.at[r].every) {
            return true;
        }
    }
    return false;
}

static void print_relations(const struct policy *policy, const struct clause *clause)
{
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct rule *rule = &policy->rules.at[i];
        for (size_t t = 0; t < rule->statement->tails.count; t++) {
            const struct tail *tail = &rule->statement->tails.at[t];
            bool awake = policy_awake(policy->reads, tail->reading, tail->not_reading);
            if (tail->kind == TAIL_DESPITE && rule->clause != clause && names(tail, clause)) {
                printf("Does not apply where %s%.*s does%s\n", rule->law ? "law " : "",
                       SLICE_PRINT(rule->clause->id),
                       awake ? "" : " (only under a reading this policy does not adopt)");
            }
            if (tail->kind == TAIL_CLASHES && rule->clause != clause && names(tail, clause)) {
                printf("Collides in the text with %.*s\n", SLICE_PRINT(rule->clause->id));
            }
        }
    }
}

static void print_clause(const struct policy *policy, const struct clause *clause, bool law,
                         struct arena *arena)
{
    printf("%s%.*s %.*s\n", law ? "law " : "", SLICE_PRINT(clause->id), SLICE_PRINT(clause->title));
    printf("%s:%zu\n", clause->file.at, clause->line);
    printf("\n%.*s\n", SLICE_PRINT(slice_trim(clause->prose)));
    for (size_t i = 0; i < clause->norms.count; i++) {
        printf("%s %.*s", i == 0 ? "\nServes" : ",", SLICE_PRINT(clause->norms.at[i]));
    }
    printf("\n");
    if (clause->block.kind == BLOCK_NORULE) {
        printf("No rule; served by %.*s%s%.*s. %.*s\n", SLICE_PRINT(clause->mechanism),
               clause->feature.length > 0 ? ", " : "", SLICE_PRINT(clause->feature),
               SLICE_PRINT(clause->reason));
        return;
    }
    if (clause->block.kind == BLOCK_POLICY) {
        print_lines(policy, clause);
    } else {
        print_rules(policy, clause, arena);
        print_relations(policy, clause);
    }
    for (size_t i = 0; i < clause->notes.count; i++) {
        printf("\nNote\n%.*s\n", SLICE_PRINT(clause->notes.at[i]));
    }
}

/* Those of its section, else those that the id could be a slip of the pen for. */
static int no_clause(const struct policy *policy, const char *path, const char *id)
{
    size_t found = 0;
    fprintf(stderr, "lanyard explain: there is no clause %s in %s\n", id, path);
    for (int near = 0; near < 2 && found == 0; near++) {
        for (size_t i = 0; i < policy->document.clauses.count && found < NEAR_LARGEST; i++) {
            struct slice other = policy->document.clauses.at[i].id;
            if (near ? phrase_near(other, slice_of(id)) : slice_starts(other, slice_of(id))) {
                fprintf(stderr, "%s%.*s", found++ == 0 ? "  there is " : ", ", SLICE_PRINT(other));
            }
        }
    }
    fputs(found > 0 ? "\n" : "  the id stands in the clause's heading: {#c-5.2c} is written 5.2c\n",
          stderr);
    return EXIT_USAGE;
}

int command_explain(int argc, char **argv)
{
    int result = EXIT_DONE;
    struct folder folder AUTO_FOLDER = {0};
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-') {
            return cli_wrong("explain", "there is no option %s", argv[i]);
        }
    }
    if (argc != 3) {
        return cli_wrong("explain", "name a policy and a clause");
    }
    if (!cli_open("explain", argv[1], &folder, &result)) {
        return result;
    }
    bool law;
    const struct clause *clause;
    if (!find_clause(folder.policy, slice_of(argv[2]), &clause, &law)) {
        return no_clause(folder.policy, argv[1], argv[2]);
    }
    print_clause(folder.policy, clause, law, folder.arena);
    return EXIT_DONE;
}
