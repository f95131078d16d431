/* The checker's list of steps, and what it can say without a search: SUBJECT TO, DOES NOT COUNT
 * AS, norule. Norms are lint_norms.c's, what can never come out lint_meaning.c's, CHECK and double
 * binds lint_check.c's, scenarios lint_reached.c's. */
#include "policy/lint_parts.h"

#include <stdarg.h>
#include <stdio.h>

#define SENTENCE_LARGEST 2000 /* longer ones are cut */

void lint_say(struct linter *linter, bool warning, const struct rule *rule, size_t line,
              size_t column, const char *advice, const char *format, ...)
{
    char *sentence = ARENA_ARRAY(linter->arena, char, SENTENCE_LARGEST);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, SENTENCE_LARGEST, format, arguments);
    va_end(arguments);
    struct problem *problem =
        problems_add(linter->problems, warning, ERROR_MEANING, rule->clause->file, line,
                     column > 0 ? column : 1, "%s", sentence);
    problem->clause = rule->clause->id;
    problem->advice = slice_of(advice);
}

bool lint_means(const struct linter *linter, const struct document *document, const struct ref *ref,
                const struct rule *clause_of)
{
    const struct clause *clause = clause_of->clause;
    bool law = clause_of->law;
    if (ref->every) {
        return !law;
    }
    if (law != (ref->law || document == &linter->policy->law)) {
        return false;
    }
    return ref->section
               ? document_in_section(clause_of->document,
                                     (int)(clause - clause_of->document->clauses.at), ref->id)
               : slice_equal(clause->id, ref->id);
}

struct slice lint_act(const struct linter *linter, int act)
{
    return linter->policy->words.acts.at[act].word.phrase;
}

/* Whether whoever does `act` does one of the acts. */
static bool does_one(const struct linter *linter, int act, const struct acts *acts)
{
    for (size_t i = 0; i < acts->list.count; i++) {
        if (policy_counts(linter->policy, WORD_ACT, act, acts->list.at[i])) return true;
    }
    return false;
}

bool lint_shares_act(const struct linter *linter, const struct rule *a, const struct rule *b)
{
    for (int act = 0; act < (int)linter->policy->words.acts.count; act++) {
        if (does_one(linter, act, &a->statement->acts) &&
            does_one(linter, act, &b->statement->acts)) {
            return true;
        }
    }
    return false;
}

static void check_subject(struct linter *linter, const struct rule *rule, const struct tail *tail,
                          const struct ref *ref)
{
    for (size_t i = 0; i < linter->policy->rules.count; i++) {
        const struct rule *other = &linter->policy->rules.at[i];
        if (other->clause != rule->clause && lint_means(linter, rule->document, ref, other) &&
            lint_shares_act(linter, rule, other)) {
            return;
        }
    }
    lint_say(linter, false, rule, tail->line, tail->column,
             "name the clause that limits this one, or take the line out",
             "SUBJECT TO %.*s in %.*s: that clause cannot limit this one, they share no act",
             SLICE_PRINT(ref->id), SLICE_PRINT(rule->clause->id));
}

static void lint_subjects(struct linter *linter)
{
    for (size_t i = 0; i < linter->policy->rules.count; i++) {
        const struct rule *rule = &linter->policy->rules.at[i];
        for (size_t t = 0; t < rule->statement->tails.count; t++) {
            const struct tail *tail = &rule->statement->tails.at[t];
            bool subject = tail->kind == TAIL_SUBJECT &&
                           policy_awake(linter->policy->reads, tail->reading, tail->not_reading);
            for (size_t r = 0; subject && r < tail->refs.count; r++) {
                check_subject(linter, rule, tail, &tail->refs.at[r]);
            }
        }
    }
}

/* Whether a path of `counts as` leads from a to b in the vocabulary, the policy's own lines left
 * aside. */
static bool vocabulary_joins(const struct linter *linter, enum word_place place, int a, int b)
{
    size_t count = words_count(&linter->policy->words, place);
    bool *reached = ARENA_ARRAY(linter->arena, bool, count + 1);
    int *queue = ARENA_ARRAY(linter->arena, int, count + 1);
    size_t from = 0, to = 0;
    queue[to++] = a;
    reached[a] = true;
    while (from < to) {
        const struct word *word = words_word(&linter->policy->words, place, queue[from++]);
        for (size_t i = 0; i < word->counts_as.count; i++) {
            int next = word->counts_as.at[i];
            if (!reached[next]) {
                reached[next] = true;
                queue[to++] = next;
            }
        }
    }
    return a != b && reached[b];
}

struct rule lint_rule_of_line(const struct linter *linter, const struct policy_line *line)
{
    const struct document *document = &linter->policy->document;
    struct clause *clause = ARENA_NEW(linter->arena, struct clause);
    *clause = document->clauses.at[line->clause];
    clause->file = line->file; /* of a line put upon by others it is the base's */
    return (struct rule){.clause = clause, .document = document};
}

void lint_lines(struct linter *linter)
{
    const struct document *document = &linter->policy->document;
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct policy_line *line = &document->lines.at[i];
        if (line->kind != LINE_NOT_AS ||
            vocabulary_joins(linter, line->place, line->from, line->to)) {
            continue;
        }
        struct rule rule = lint_rule_of_line(linter, line);
        const struct words *words = &linter->policy->words;
        lint_say(
            linter, true, &rule, line->line, line->column,
            "take the line out, or name two words that are joined",
            "'%.*s' never counts as '%.*s' in the vocabulary; this line of %.*s changes nothing",
            SLICE_PRINT(words_word(words, line->place, line->from)->phrase),
            SLICE_PRINT(words_word(words, line->place, line->to)->phrase),
            SLICE_PRINT(rule.clause->id));
    }
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        struct rule rule = {.clause = clause, .document = document};
        bool dropped = slice_search(clause->reason, SLICE("not adopted")) < clause->reason.length;
        if (clause->block.kind == BLOCK_NORULE && clause->feature.length == 0 && !dropped) {
            lint_say(linter, true, &rule,
                     clause->block.line > 1 ? clause->block.line - 1 : clause->line, 1,
                     "write it after the mechanism: norule attest policy-library",
                     "the norule of %.*s names no feature that serves it", SLICE_PRINT(clause->id));
        }
    }
    lint_subjects(linter);
}

void lint_policy(const struct policy *policy, struct policy_source norms,
                 const struct scenarios *scenarios, struct problems *problems)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct linter linter = {.policy = policy, .problems = problems, .arena = arena};
    linter.never = ARENA_ARRAY(arena, bool, policy->program->rules.count + 1);
    reach_init(&linter.reach, policy, arena);
    lint_norms(&linter, norms);
    lint_lines(&linter);
    lint_meaning(&linter);
    lint_checks(&linter);
    if (scenarios != NULL) {
        lint_reached(&linter, scenarios);
    }
    reach_clear(&linter.reach);
}
