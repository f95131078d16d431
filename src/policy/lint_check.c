/* CHECK lines proved or refuted with a case, and double binds: an act that one clause owes and
 * another forbids, neither lifted. */
#include "policy/lint_parts.h"

#define CASE_LARGEST 1200 /* bytes of a case in words */

static enum tri comes_out_allowed(const struct goal *goal, const struct space *space,
                                  const struct outcome *outcome)
{
    (void)goal;
    (void)space;
    return !outcome->known ? TRI_MAYBE : outcome->verdict == VERDICT_ALLOWED ? TRI_YES : TRI_NO;
}

static enum tri both_apply(const struct goal *goal, const struct space *space,
                           const struct outcome *outcome)
{
    (void)outcome;
    return (enum tri)(space->results[goal->place].app & space->results[goal->other_place].app);
}

/* The found case in words, in the problems' arena. */
static struct slice described(const struct linter *linter)
{
    struct text text AUTO_TEXT;
    text_init(&text, CASE_LARGEST);
    reach_describe(&linter->reach, &text);
    return arena_copy(linter->problems->arena, text_slice(&text));
}

/* An act that is only ever owed cannot be asked about, and has no closure. */
static bool named(const struct acts *acts, const struct act_code *code)
{
    for (size_t i = 0; code->closure != NULL && i < acts->list.count; i++) {
        if (mask_has(code->closure, acts->list.at[i])) {
            return true;
        }
    }
    return false;
}

static void check_line(struct linter *linter, const struct policy_line *line)
{
    const struct program *program = linter->policy->program;
    struct rule rule = lint_rule_of_line(linter, line);
    bool open = false;
    for (int act = 0; act < (int)program->act_count; act++) {
        const struct act_code *code = &program->acts[act];
        struct goal goal = {.meets = comes_out_allowed,
                            .who = &line->check->who,
                            .acts = &line->check->acts,
                            .reads = ARENA_ARRAY(linter->arena, uint64_t, program->words),
                            .verdict = true,
                            .rule = -1,
                            .other = -1,
                            .exception = -1};
        if (!named(&line->check->acts, code) ||
            linter->policy->words.acts.at[act].kind == ACT_EVENT) {
            continue;
        }
        enum reached reached = reach_find(&linter->reach, act, &goal);
        if (reached == REACH_FOUND) {
            struct slice text = described(linter);
            lint_say(linter, false, &rule, line->line, line->column,
                     "forbid that case in a clause, or narrow the CHECK line",
                     "the CHECK of %.*s does not hold: allowed comes out for %.*s",
                     SLICE_PRINT(rule.clause->id), SLICE_PRINT(text));
            return;
        }
        open = open || reached == REACH_GAVE_UP;
    }
    if (open) {
        lint_say(
            linter, true, &rule, line->line, line->column,
            "name fewer roles or a narrower act in the CHECK line",
            "the CHECK of %.*s has too many cases to try them all; none of those tried is allowed",
            SLICE_PRINT(rule.clause->id));
    }
}

/* Whether one of the two says CLASHES WITH the other: then the author knows, and every answer is
 * flagged. */
static bool clash_declared(const struct linter *linter, const struct rule *a, const struct rule *b)
{
    for (size_t s = 0; s < a->clause->statements.count; s++) {
        const struct statement *statement = &a->clause->statements.at[s];
        for (size_t t = 0; t < statement->tails.count; t++) {
            const struct tail *tail = &statement->tails.at[t];
            for (size_t r = 0; tail->kind == TAIL_CLASHES && r < tail->refs.count; r++) {
                if (lint_means(linter, a->document, &tail->refs.at[r], b)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* The same act can be done by another channel where the ban alone names channels: no bind. */
static bool can_bind(const struct linter *linter, const struct compiled *owed,
                     const struct compiled *forbids)
{
    const struct statement *duty = owed->rule->statement, *ban = forbids->rule->statement;
    return owed->effect == EFFECT_OWED && duty->modal == MODAL_MUST && !owed->law &&
           forbids->effect == EFFECT_FORBID && !forbids->should && !forbids->law &&
           (ban->acts.channels.list.count == 0 || duty->acts.channels.list.count > 0) &&
           !clash_declared(linter, owed->rule, forbids->rule) &&
           !clash_declared(linter, forbids->rule, owed->rule);
}

static void check_bind(struct linter *linter, int owed, int forbids)
{
    const struct program *program = linter->policy->program;
    const struct rule *duty = program->rules.at[owed].rule, *ban = program->rules.at[forbids].rule;
    uint64_t *reads = reach_reads(linter->policy, owed, linter->arena);
    mask_join(reads, reach_reads(linter->policy, forbids, linter->arena), program->words);
    for (size_t i = 0; i < duty->statement->acts.list.count; i++) {
        struct goal goal = {.meets = both_apply,
                            .who = &duty->statement->who,
                            .acts = &duty->statement->acts,
                            .reads = reads,
                            .rule = owed,
                            .other = forbids,
                            .exception = -1};
        int act = duty->statement->acts.list.at[i];
        if (named(&ban->statement->acts, &program->acts[act]) &&
            reach_find(&linter->reach, act, &goal) == REACH_FOUND) {
            struct slice text = described(linter);
            lint_say(
                linter, false, ban, ban->statement->line, ban->statement->column,
                "let one of them say DESPITE the other, or narrow one",
                "clause %.*s forbids what clause %.*s requires, and neither lifts the other: %.*s",
                SLICE_PRINT(ban->clause->id), SLICE_PRINT(duty->clause->id), SLICE_PRINT(text));
            return;
        }
    }
}

void lint_checks(struct linter *linter)
{
    const struct program *program = linter->policy->program;
    const struct document *document = &linter->policy->document;
    for (size_t i = 0; i < document->lines.count; i++) {
        if (document->lines.at[i].kind == LINE_CHECK) {
            check_line(linter, &document->lines.at[i]);
        }
    }
    for (int owed = 0; owed < (int)program->rules.count; owed++) {
        for (int forbids = 0; forbids < (int)program->rules.count; forbids++) {
            if (can_bind(linter, &program->rules.at[owed], &program->rules.at[forbids])) {
                check_bind(linter, owed, forbids);
            }
        }
    }
}
