/* Step 8 of the verdict in one settled world: which duties are owed, from which statement and at which stage, with
 * routes that replace, stand-ins, and what a stopping law drops. Merging is left to whoever compares. */
#include "naive.h"

static bool tells(const struct policy *policy, const struct duty *duty)
{
    return duty->tell || slice_is(policy->words.acts.at[duty->act].word.id, "tell");
}

static bool due(const struct naive_world *world, const struct rule *rule, const struct duty *duty)
{
    return !duty->conditional || naive_any(world, rule->clause, &duty->condition);
}

static bool replaced(const struct naive_world *world, const struct rule *rule)
{
    for (size_t i = 0; i < rule->statement->tails.count; i++) {
        const struct tail *tail = &rule->statement->tails.at[i];
        if (tail->kind == TAIL_ROUTE && tail->duty.instead &&
            naive_tail_awake(world->policy, tail) &&
            naive_condition(world, rule->clause, &tail->condition, NAIVE_NOBODY, 0))
            return true;
    }
    return false;
}

/* Under stop a duty whose act the stopping law forbids is dropped. */
static bool dropped(const struct naive_world *world, const struct naive_outcome *outcome,
                    const struct duty *duty)
{
    const struct policy *policy = world->policy;
    for (size_t i = 0; outcome->verdict == VERDICT_STOP && i < policy->rules.count; i++) {
        const struct rule *rule = &policy->rules.at[i];
        const struct statement *statement = rule->statement;
        bool stops = false;
        for (size_t k = 0; k < statement->tails.count; k++)
            stops |= statement->tails.at[k].kind == TAIL_STOP;
        if (!rule->law || !stops || !outcome->applied[i]) continue;
        for (size_t k = 0; k < statement->acts.list.count; k++)
            if (duty->act == statement->acts.list.at[k] ||
                policy_counts(policy, WORD_ACT, duty->act, statement->acts.list.at[k]))
                return true;
    }
    return false;
}

static void stand_in(const struct naive_world *world, struct roles *roles)
{
    const struct document *document = &world->policy->document;
    struct roles copy = {.each = roles->each};
    for (size_t i = 0; i < roles->list.count; i++) {
        int role = roles->list.at[i];
        for (size_t k = 0; k < document->lines.count; k++) {
            const struct policy_line *line = &document->lines.at[k];
            if (line->kind == LINE_STAND_IN && line->roles.list.at[1] == role &&
                naive_condition(world, NULL, &line->condition, NAIVE_NOBODY, 0)) {
                role = line->roles.list.at[0];
                break;
            }
        }
        LIST_PUSH(world->arena, &copy.list, role);
    }
    *roles = copy;
}

/* A route replaces only where its statement speaks: else a duty to tell would go to nobody. */
static void owe(const struct naive_world *world, const struct naive_outcome *outcome, size_t rule,
                const struct duty *duty, enum stage stage, bool speaks, struct naive_duties *duties)
{
    const struct rule *of = &world->policy->rules.at[rule];
    if (!due(world, of, duty) || dropped(world, outcome, duty)) return;
    if (speaks && tells(world->policy, duty) && !duty->instead && replaced(world, of)) return;
    struct naive_owed owed = {.duty = duty, .stage = stage, .rule = rule, .object = duty->object};
    if (!duty->actor) owed.bearer = duty->bearer.roles;
    stand_in(world, &owed.bearer);
    stand_in(world, &owed.object);
    LIST_PUSH(world->arena, &duties->list, owed);
}

static bool unless_holds(const struct naive_world *world, const struct rule *rule,
                         const struct tail *tail)
{
    const struct tail *unless = &rule->statement->tails.at[tail->unless];
    if (!naive_tail_awake(world->policy, unless)) return false;
    if (!naive_personal(world, rule->statement))
        return naive_condition(world, rule->clause, &unless->condition, NAIVE_NOBODY, 0);
    for (int self = 0; self < (int)world->request->shown.count; self++)
        if (naive_base(world, rule, self) &&
            naive_condition(world, rule->clause, &unless->condition, self, 0))
            return true;
    return false;
}

/* A SHOULD with ONLY lines permits as a MAY does. */
static bool permits(const struct policy *policy, const struct statement *statement)
{
    bool only = false;
    for (size_t i = 0; i < statement->tails.count; i++)
        only |= (statement->tails.at[i].kind == TAIL_ONLY_IF ||
                 statement->tails.at[i].kind == TAIL_ONLY_THROUGH) &&
                naive_tail_awake(policy, &statement->tails.at[i]);
    return statement->kind == STATEMENT_NORM &&
           (statement->modal == MODAL_MAY || (statement->modal == MODAL_SHOULD && only));
}

static void owe_tails(const struct naive_world *world, const struct naive_outcome *outcome,
                      size_t at, bool speaks, bool used, enum stage stage,
                      struct naive_duties *duties)
{
    const struct rule *rule = &world->policy->rules.at[at];
    bool refused = outcome->verdict == VERDICT_NOT_ALLOWED || outcome->verdict == VERDICT_STOP;
    for (size_t i = 0; i < rule->statement->tails.count; i++) {
        const struct tail *tail = &rule->statement->tails.at[i];
        if (!naive_tail_awake(world->policy, tail)) continue;
        if (tail->kind == TAIL_AND_THEN && used && unless_holds(world, rule, tail))
            owe(world, outcome, at, &tail->duty, stage, speaks, duties);
        if (!speaks || (refused && permits(world->policy, rule->statement))) continue;
        if (tail->kind == TAIL_THEN || tail->kind == TAIL_TELL)
            owe(world, outcome, at, &tail->duty, stage, speaks, duties);
        if (tail->kind == TAIL_ROUTE &&
            naive_condition(world, rule->clause, &tail->condition, NAIVE_NOBODY, 0))
            owe(world, outcome, at, &tail->duty, stage, speaks, duties);
    }
}

static void owe_lines(const struct naive_world *world, const struct naive_outcome *outcome,
                      size_t at, enum stage stage, struct naive_duties *duties)
{
    const struct statement *statement = world->policy->rules.at[at].statement;
    for (size_t i = 0; i < statement->duties.count; i++) {
        unsigned reading = statement->duty_readings.at[i];
        if (policy_awake(world->policy->reads, reading % 32, reading >= 32))
            owe(world, outcome, at, &statement->duties.at[i], stage, true, duties);
    }
}

static void owe_rule(const struct naive_world *world, const struct naive_outcome *outcome,
                     size_t at, enum naive_acts acts, enum stage stage, struct naive_duties *duties)
{
    const struct rule *rule = &world->policy->rules.at[at];
    bool speaks = naive_speaks(world, rule, acts, 0);
    owe_tails(world, outcome, at, speaks, naive_used(world, rule, acts), stage, duties);
    if (speaks) owe_lines(world, outcome, at, stage, duties);
}

void naive_owe(const struct naive_world *world, const struct naive_outcome *outcome,
               struct naive_duties *ret_duties)
{
    bool refused = outcome->verdict == VERDICT_NOT_ALLOWED || outcome->verdict == VERDICT_STOP;
    *ret_duties = (struct naive_duties){.list = {0}};
    for (size_t i = 0; i < world->policy->rules.count; i++) {
        const struct rule *rule = &world->policy->rules.at[i];
        bool event = rule->statement->kind == STATEMENT_EVENT;
        owe_rule(world, outcome, i, NAIVE_WITH, STAGE_WITH, ret_duties);
        if (event && !naive_on(world, rule, NAIVE_WITH))
            owe_rule(world, outcome, i, NAIVE_BEFORE, STAGE_ARISEN, ret_duties);
        if (event && refused) owe_rule(world, outcome, i, NAIVE_REFUSED, STAGE_REFUSAL, ret_duties);
    }
}
