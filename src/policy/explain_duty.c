/* Step 8: the duties, those conditional among them; routes that replace, stand-ins, what law drops, equal ones merged. */
#include "policy/explain.h"

#include <string.h>

/* A debt of one rule while the list is made. */
struct due {
    const struct compiled *compiled;
    const struct debt *debt;
    enum stage stage;
    enum tri stands;
};

struct dues {
    LIST(struct due) list;
};

static bool is_tell(const struct judged *judged, const struct duty *duty)
{
    return duty->tell || slice_is(judged->space->policy->words.acts.at[duty->act].word.id, "tell");
}

/* Over the people shown a duty is owed if it is for any of them. */
static enum tri some_person(const struct judged *judged, unsigned place,
                            const struct compiled *compiled, const struct debt *debt)
{
    enum tri value = TRI_NO;
    int from, to;
    people_at(judged, compiled, &from, &to);
    for (int p = from; p < to; p++) {
        enum tri stands;
        if (debt->origin == TAIL_AND_THEN) {
            stands = test_at(judged, compiled, &compiled->base, p) &
                     test_at(judged, compiled, &compiled->unless.at[debt->exception].test, p);
        } else {
            stands = rule_applies(judged->space, place, p);
        }
        value |= stands & (debt->conditional ? test_at(judged, compiled, &debt->when, p) : TRI_YES);
    }
    return compiled->personal && judged->space->open_list && value != TRI_NO ? TRI_MAYBE : value;
}

static enum tri debt_stands(const struct judged *judged, unsigned place,
                            const struct compiled *compiled, const struct debt *debt)
{
    bool may = compiled->effect == EFFECT_MAY || compiled->effect == EFFECT_OWED;
    if (debt->origin == TAIL_AND_THEN) {
        return some_person(judged, place, compiled, debt);
    }
    if (may && judged->space->results[place].lifting == TRI_NO) {
        return TRI_NO;
    }
    if (compiled->effect == EFFECT_MAY && judged->refused) {
        return TRI_NO;
    }
    return some_person(judged, place, compiled, debt);
}

bool explain_debts(const struct judged *judged, bool compare, bool *debts)
{
    bool lost = false;
    size_t at = 0;
    for (unsigned place = 0; place < judged->space->code->rules.count; place++) {
        const struct compiled *compiled = rule_at(judged, place);
        enum stage stage;
        bool due = compiled->effect != EFFECT_DEED &&
                   stage_of(judged, &judged->space->code->rules.at[place], compiled, &stage);
        for (size_t i = 0; i < compiled->debts.count; i++, at++) {
            bool stands =
                due && debt_stands(judged, place, compiled, &compiled->debts.at[i]) != TRI_NO;
            lost = lost || (compare && debts[at] && !stands);
            debts[at] = compare ? debts[at] : stands;
        }
    }
    return lost;
}

/* INSTEAD: a route that stands replaces the other telling duties of its statement. */
static void drop_replaced(const struct judged *judged, struct dues *dues, size_t first)
{
    bool replaced = false;
    for (size_t i = first; i < dues->list.count; i++) {
        replaced = replaced ||
                   (dues->list.at[i].debt->duty->instead && dues->list.at[i].stands == TRI_YES);
    }
    for (size_t i = first; replaced && i < dues->list.count; i++) {
        struct due *due = &dues->list.at[i];
        if (!due->debt->duty->instead && is_tell(judged, due->debt->duty)) {
            due->stands = TRI_NO;
        }
    }
}

static void collect_rule(struct judged *judged, unsigned place, struct dues *dues)
{
    const struct compiled *compiled = rule_at(judged, place);
    size_t first = dues->list.count;
    enum stage stage;
    if (compiled->effect == EFFECT_DEED ||
        !stage_of(judged, &judged->space->code->rules.at[place], compiled, &stage)) {
        return;
    }
    for (size_t i = 0; i < compiled->debts.count; i++) {
        const struct debt *debt = &compiled->debts.at[i];
        enum tri stands = debt_stands(judged, place, compiled, debt);
        LIST_PUSH(judged->arena, &dues->list, (struct due){compiled, debt, stage, stands});
    }
    drop_replaced(judged, dues, first);
}

/* Who does it: stand-ins take the place of those who are away. */
static struct roles stand_in(const struct judged *judged, const struct roles *roles)
{
    const struct program *program = judged->space->program;
    struct roles result = {.each = roles->each};
    for (size_t i = 0; i < roles->list.count; i++) {
        int role = roles->list.at[i];
        for (size_t k = 0; k < program->stand_ins.count; k++) {
            const struct stand_in *stand = &program->stand_ins.at[k];
            enum tri away =
                stand->conditional
                    ? test_tri(&stand->when, &judged->space->active[0]->all, NULL, program->words)
                    : TRI_YES;
            role = stand->from == roles->list.at[i] && away == TRI_YES ? stand->to : role;
        }
        LIST_PUSH(judged->arena, &result.list, role);
    }
    return result;
}

/* Under `stop` a duty whose act the stopping law forbids is dropped. */
static const struct clause *dropped_by(const struct judged *judged, const struct duty *duty)
{
    for (unsigned i = 0;
         judged->outcome.verdict == VERDICT_STOP && i < judged->space->code->rules.count; i++) {
        const struct compiled *compiled = rule_at(judged, i);
        const struct statement *statement = compiled->rule->statement;
        if (!compiled->stop || judged->space->results[i].app != TRI_YES) {
            continue;
        }
        for (size_t k = 0; k < statement->acts.list.count; k++) {
            if (policy_counts(judged->space->policy, WORD_ACT, duty->act,
                              statement->acts.list.at[k])) {
                return compiled->rule->clause;
            }
        }
    }
    return NULL;
}

static bool same_roles(const struct roles *a, const struct roles *b)
{
    return a->each == b->each && a->list.count == b->list.count &&
           (a->list.count == 0 ||
            memcmp(a->list.at, b->list.at, a->list.count * sizeof *a->list.at) == 0);
}

static bool same_channels(const struct channels *a, const struct channels *b)
{
    return a->list.count == b->list.count &&
           (a->list.count == 0 ||
            memcmp(a->list.at, b->list.at, a->list.count * sizeof *a->list.at) == 0);
}

/* Minutes, for comparing deadlines only: school and working days as days. */
static int64_t span_length(struct span span)
{
    switch (span.unit) {
    case SPAN_IMMEDIATELY: return 0;
    case SPAN_SAME_DAY: return 24 * 60 - 1;
    case SPAN_HOURS: return span.number * 60;
    case SPAN_DAYS:
    case SPAN_WORKING_DAYS:
    case SPAN_SCHOOL_DAYS: return span.number * 24 * 60;
    case SPAN_WEEKS: return span.number * 7 * 24 * 60;
    case SPAN_MONTHS: return span.number * 31 * 24 * 60;
    case SPAN_NONE: break;
    }
    return INT64_MAX;
}

static struct owed *find_equal(struct judged *judged, const struct owed *owed)
{
    for (size_t i = 0; i < judged->decision->duties.count; i++) {
        struct owed *other = &judged->decision->duties.at[i];
        if (other->duty->act == owed->duty->act && other->duty->modal == owed->duty->modal &&
            other->conditional == owed->conditional && other->duty->actor == owed->duty->actor &&
            same_roles(&other->bearer, &owed->bearer) &&
            same_roles(&other->object, &owed->object) &&
            same_channels(&other->duty->channels, &owed->duty->channels) &&
            (!owed->conditional || other->duty == owed->duty)) {
            return other;
        }
    }
    return NULL;
}

static void add_clause(struct judged *judged, struct owed *owed, const struct clause *clause)
{
    for (size_t i = 0; i < owed->clauses.count; i++) {
        if (owed->clauses.at[i] == clause) {
            return;
        }
    }
    LIST_PUSH(judged->arena, &owed->clauses, clause);
    for (size_t i = 0; i < clause->norms.count; i++) {
        LIST_PUSH(judged->arena, &owed->norms, clause->norms.at[i]);
    }
}

/* The first open fact on which the duty waits, as a question. */
static struct question *condition_question(struct judged *judged, const struct due *due)
{
    const struct program *program = judged->space->program;
    uint64_t *mask = ARENA_ARRAY(judged->arena, uint64_t, program->words);
    const struct variables *open;
    struct world *world = judged->world != NULL ? judged->world : judged->collected;
    if (world == NULL) {
        world = ARENA_NEW(judged->arena, struct world);
        world_init(world, judged->space, judged->request, judged->act, judged->arena);
        space_plain(judged->space); /* the answer was found without the clauses' own environments */
        judged->collected = world;
    }
    open = &world->open;
    test_uses(&due->debt->when, mask, program->words);
    test_uses(&due->compiled->base, mask, program->words);
    for (size_t i = 0; i < due->compiled->unless.count; i++) {
        test_uses(&due->compiled->unless.at[i].test, mask, program->words);
    }
    for (size_t i = judged->space->code->derived.count; i-- > 0;) {
        const struct derived *derived = &program->derived.at[judged->space->code->derived.at[i]];
        if (mask_has(mask, derived->literal)) {
            mask_join(mask, derived->uses, program->words);
        }
    }
    for (size_t i = 0; i < open->list.count; i++) {
        if (mask_meets(mask, open->list.at[i].mask, program->words)) {
            struct question *question = ARENA_NEW(judged->arena, struct question);
            question_of(world, &open->list.at[i], judged->arena, question);
            return question;
        }
    }
    return NULL;
}

static void add_due(struct judged *judged, const struct due *due)
{
    const struct duty *duty = due->debt->duty;
    const struct clause *dropped = dropped_by(judged, duty);
    const struct clause *clause = due->compiled->rule->clause;
    if (dropped != NULL) {
        judged->decision->dropped = dropped;
        return;
    }
    struct owed owed = {.duty = duty,
                        .object = stand_in(judged, &duty->object),
                        .bearer = stand_in(judged, &duty->bearer.roles),
                        .stage = due->stage,
                        .within = duty->within,
                        .conditional = due->stands == TRI_MAYBE};
    struct owed *known = find_equal(judged, &owed);
    if (known == NULL) {
        known = LIST_ADD(judged->arena, &judged->decision->duties);
        *known = owed;
        known->question = owed.conditional ? condition_question(judged, due) : NULL;
    } else if (span_length(owed.within) < span_length(known->within)) {
        known->within = owed.within;
    }
    add_clause(judged, known, clause);
    (void)cite_add(judged, clause, due->compiled->law, PART_DUTY);
}

void explain_duties(struct judged *judged)
{
    struct dues dues = {0};
    for (unsigned i = 0; i < judged->space->code->rules.count; i++) {
        collect_rule(judged, judged->order[i], &dues);
    }
    for (size_t i = 0; i < dues.list.count; i++) {
        if (dues.list.at[i].stands != TRI_NO) {
            add_due(judged, &dues.list.at[i]);
        }
    }
}
