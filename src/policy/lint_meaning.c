/* What can never come out: clauses that never apply, permissions that are always forbidden,
 * exceptions that no permission stands beside. Each is a search for one case to the contrary. */
#include "policy/lint_parts.h"

static enum tri applies(const struct goal *goal, const struct space *space,
                        const struct outcome *outcome)
{
    (void)outcome;
    return (enum tri)space->results[goal->place].app;
}

/* It applies and the act is not forbidden. */
static enum tri permits(const struct goal *goal, const struct space *space,
                        const struct outcome *outcome)
{
    enum tri app = (enum tri)space->results[goal->place].app;
    if (app == TRI_NO || (outcome->known && outcome->verdict >= VERDICT_NOT_ALLOWED)) {
        return TRI_NO;
    }
    return app == TRI_YES && outcome->known ? TRI_YES : TRI_MAYBE;
}

static enum tri some_permission(const struct space *space)
{
    enum tri some = TRI_NO;
    for (size_t i = 0; i < space->code->rules.count; i++) {
        enum effect effect = space->program->rules.at[space->code->rules.at[i].rule].effect;
        bool gives = effect == EFFECT_MAY || effect == EFFECT_OWED || effect == EFFECT_DEED;
        some |= gives && space->code->rules.at[i].on_act ? space->results[i].app : TRI_NO;
    }
    return some;
}

static enum tri exception_holds(const struct goal *goal, const struct space *space)
{
    const struct compiled *compiled = &space->program->rules.at[goal->rule];
    const struct environment *environment = space->active[compiled->environment];
    enum tri value = TRI_NO;
    int to = compiled->personal ? (int)space->shown_count : 0;
    for (int p = compiled->personal ? 0 : -1; p < to; p++) {
        const struct bits *shown = p >= 0 ? &environment->shown[p] : NULL;
        value |= test_tri(&compiled->base, &environment->all, shown, space->program->words) &
                 test_tri(&compiled->unless.at[goal->exception].test, &environment->all, shown,
                          space->program->words);
    }
    return value;
}

/* The exception is used and something allows the act. */
static enum tri exception_permits(const struct goal *goal, const struct space *space,
                                  const struct outcome *outcome)
{
    enum tri used = exception_holds(goal, space);
    bool forbidden = outcome->known && (outcome->verdict >= VERDICT_NOT_ALLOWED ||
                                        outcome->verdict == VERDICT_NO_CLAUSE);
    if (used == TRI_NO || forbidden) {
        return TRI_NO;
    }
    enum tri permission = some_permission(space);
    if (permission == TRI_NO) {
        return TRI_NO;
    }
    return used == TRI_YES && permission == TRI_YES && outcome->known ? TRI_YES : TRI_MAYBE;
}

static enum tri exception_used(const struct goal *goal, const struct space *space,
                               const struct outcome *outcome)
{
    (void)outcome;
    return exception_holds(goal, space);
}

/* On the acts that the rule names; on narrower ones too where that finds nothing. Acts that are only
 * ever owed cannot be asked about: of a rule on such acts alone nothing is said. */
static enum reached find(struct linter *linter, struct goal *goal, const struct acts *acts)
{
    const struct program *program = linter->policy->program;
    enum reached result = REACH_GAVE_UP;
    bool tried = false;
    for (int pass = 0; pass < 2; pass++) {
        for (int act = 0; act < (int)program->act_count; act++) {
            bool named = false, about = false;
            for (size_t i = 0; program->acts[act].closure != NULL && i < acts->list.count; i++) {
                named = named || acts->list.at[i] == act;
                about = about || mask_has(program->acts[act].closure, acts->list.at[i]);
            }
            if (pass == 0 ? !named : named || !about) {
                continue;
            }
            enum reached one = reach_find(&linter->reach, act, goal);
            if (one == REACH_FOUND) {
                return one;
            }
            result = !tried || one == REACH_GAVE_UP ? one : result;
            tried = true;
        }
    }
    return result;
}

static struct goal goal_of(struct linter *linter, int number)
{
    const struct compiled *compiled = &linter->policy->program->rules.at[number];
    return (struct goal){.who = &compiled->rule->statement->who,
                         .acts = &compiled->rule->statement->acts,
                         .reads = reach_reads(linter->policy, number, linter->arena),
                         .rule = number,
                         .other = -1,
                         .exception = -1};
}

static void check_applies(struct linter *linter, int number)
{
    const struct rule *rule = linter->policy->program->rules.at[number].rule;
    struct goal goal = goal_of(linter, number);
    goal.meets = applies;
    linter->never[number] = find(linter, &goal, &rule->statement->acts) == REACH_NEVER;
    if (linter->never[number]) {
        lint_say(linter, true, rule, rule->statement->line, rule->statement->column,
                 "look at its IF and UNLESS lines and at the clauses that lift it, or take it out",
                 "clause %.*s can never apply here: no roles, channels and answers make its "
                 "conditions true together",
                 SLICE_PRINT(rule->clause->id));
    }
}

static void check_permission(struct linter *linter, int number)
{
    const struct compiled *compiled = &linter->policy->program->rules.at[number];
    const struct rule *rule = compiled->rule;
    struct goal goal = goal_of(linter, number);
    goal.meets = permits;
    goal.verdict = true;
    if (compiled->effect == EFFECT_MAY && !linter->never[number] &&
        find(linter, &goal, &rule->statement->acts) == REACH_NEVER) {
        lint_say(linter, true, rule, rule->statement->line, rule->statement->column,
                 "let it say DESPITE the clause that forbids, narrow that clause, or take the "
                 "permission out",
                 "the permission of %.*s to '%.*s' permits nothing: wherever it applies another "
                 "clause forbids",
                 SLICE_PRINT(rule->clause->id),
                 SLICE_PRINT(lint_act(linter, rule->statement->acts.list.at[0])));
    }
}

static void check_exception(struct linter *linter, int number, int exception)
{
    const struct compiled *compiled = &linter->policy->program->rules.at[number];
    const struct rule *rule = compiled->rule;
    const struct tail *tail = &rule->statement->tails.at[compiled->unless.at[exception].tail];
    struct goal goal = goal_of(linter, number);
    goal.exception = exception;
    goal.meets = exception_used;
    if (find(linter, &goal, &rule->statement->acts) == REACH_NEVER) {
        lint_say(linter, true, rule, tail->line, tail->column,
                 "look at its condition beside the IF lines, or take it out",
                 "this UNLESS of %.*s can never hold where the clause speaks",
                 SLICE_PRINT(rule->clause->id));
        return;
    }
    bool forbids = compiled->effect == EFFECT_FORBID || compiled->effect == EFFECT_ADVISE ||
                   compiled->effect == EFFECT_GATE;
    goal.meets = exception_permits;
    goal.verdict = true;
    if (forbids && find(linter, &goal, &rule->statement->acts) == REACH_NEVER) {
        lint_say(linter, true, rule, tail->line, tail->column,
                 "write a MAY beside it where the text means that they may; else leave it: the "
                 "answer is no-clause",
                 "%.*s has UNLESS and no clause allows '%.*s' then; nothing here permits it",
                 SLICE_PRINT(rule->clause->id),
                 SLICE_PRINT(lint_act(linter, rule->statement->acts.list.at[0])));
    }
}

void lint_meaning(struct linter *linter)
{
    const struct program *program = linter->policy->program;
    for (size_t i = 0; i < linter->policy->rules.count; i++) {
        for (int number = 0; number < (int)program->rules.count; number++) {
            const struct compiled *compiled = &program->rules.at[number];
            if (compiled->number != (int)i || compiled->effect == EFFECT_DEED) {
                continue;
            }
            check_applies(linter, number);
            check_permission(linter, number);
            for (size_t k = 0; k < compiled->unless.count && !linter->never[number]; k++) {
                check_exception(linter, number, (int)k);
            }
        }
    }
}
