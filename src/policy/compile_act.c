/* The index by act: for each act the rules that can speak about it, in order of dependence, and what has to be known and
 * derived to decide them. */
#include "policy/compile.h"

static uint64_t *acts_new(const struct maker *maker)
{
    return ARENA_ARRAY(maker->arena, uint64_t, maker->program->act_words);
}

static void add_closure(const struct maker *maker, int act, uint64_t *into)
{
    for (size_t i = 0; i < maker->policy->words.acts.count; i++) {
        if (policy_counts(maker->policy, WORD_ACT, act, (int)i)) {
            mask_set(into, (int)i);
        }
    }
}

static void make_closures_of_act(const struct maker *maker, int act, struct act_code *code)
{
    const struct words *words = &maker->policy->words;
    code->closure = acts_new(maker);
    code->before = acts_new(maker);
    code->refusal = acts_new(maker);
    add_closure(maker, act, code->closure);
    for (size_t i = 0; i < words->acts.count; i++) {
        for (size_t k = 0; mask_has(code->closure, (int)i) && k < words->acts.at[i].before.count;
             k++) {
            add_closure(maker, words->acts.at[i].before.at[k], code->before);
        }
    }
    if (words->acts.at[act].refused >= 0) {
        add_closure(maker, words->acts.at[act].refused, code->refusal);
    }
}

static void mark_acts(const struct maker *maker, struct compiled *compiled)
{
    const struct statement *statement = compiled->rule->statement;
    compiled->acts = acts_new(maker);
    if (compiled->effect == EFFECT_DEED) {
        mask_set(compiled->acts, statement->duties.at[compiled->deed].act);
        return;
    }
    for (size_t i = 0; i < statement->acts.list.count; i++) {
        mask_set(compiled->acts, statement->acts.list.at[i]);
    }
}

static bool about(const struct maker *maker, const struct compiled *compiled, const uint64_t *acts)
{
    return mask_meets(compiled->acts, acts, maker->program->act_words);
}

/* Lifters that are about the act too; they stand before it in the list. */
static void add_lifters(struct maker *maker, const struct act_code *code,
                        const struct compiled *compiled, struct act_rule *rule)
{
    rule->lifters = ARENA_ARRAY(maker->arena, unsigned, compiled->lifted_by.count + 1);
    rule->readings = ARENA_ARRAY(maker->arena, unsigned, compiled->lifted_by.count + 1);
    for (size_t k = 0; k < compiled->lifted_by.count; k++) {
        for (size_t i = 0; i < code->rules.count; i++) {
            const struct act_rule *lifter = &code->rules.at[i];
            if (lifter->rule == compiled->lifted_by.at[k] && (lifter->on_act || lifter->arisen)) {
                rule->readings[rule->lifter_count] = compiled->lifted_reading.at[k];
                rule->lifters[rule->lifter_count++] = (unsigned)i;
            }
        }
    }
}

static void add_rules(struct maker *maker, struct act_code *code)
{
    struct program *program = maker->program;
    code->verdict = mask_new(maker);
    code->all = mask_new(maker);
    for (size_t i = 0; i < program->rules.count; i++) {
        const struct compiled *compiled = &program->rules.at[i];
        bool event = compiled->effect == EFFECT_EVENT;
        struct act_rule rule = {.rule = (int)i,
                                .on_act = about(maker, compiled, code->closure),
                                .arisen = event && about(maker, compiled, code->before),
                                .refusal = event && about(maker, compiled, code->refusal)};
        if (!rule.on_act && !rule.arisen && !rule.refusal) {
            continue;
        }
        rule.first_debt = code->debt_count;
        add_lifters(maker, code, compiled, &rule);
        LIST_PUSH(maker->arena, &code->rules, rule);
        code->debt_count += (unsigned)compiled->debts.count;
        mask_join(code->all, compiled->uses, program->words);
        mask_join(code->all, compiled->debt_uses, program->words);
    }
    mask_join(code->all, program->extra, program->words);
    mask_join(code->verdict, program->extra, program->words);
}

/* The verdict reads the rules that give one, and through DESPITE their lifters, events too. */
static void mark_verdict(struct maker *maker, struct act_code *code)
{
    struct program *program = maker->program;
    bool *reads = ARENA_ARRAY(maker->arena, bool, program->rules.count + 1);
    for (size_t i = code->rules.count; i-- > 0;) {
        int number = code->rules.at[i].rule;
        const struct compiled *compiled = &program->rules.at[number];
        if (compiled->effect != EFFECT_EVENT) {
            reads[number] = true;
        }
        if (!reads[number]) {
            continue;
        }
        mask_join(code->verdict, compiled->uses, program->words);
        for (size_t k = 0; k < compiled->lifted_by.count; k++) {
            reads[compiled->lifted_by.at[k]] = true;
        }
    }
}

/* Definitions stand after what they read, so one pass from the end finds all that is needed. */
static void add_derived(struct maker *maker, struct act_code *code)
{
    struct program *program = maker->program;
    bool *needed = ARENA_ARRAY(maker->arena, bool, program->derived.count + 1);
    for (size_t i = program->derived.count; i-- > 0;) {
        const struct derived *derived = &program->derived.at[i];
        needed[i] = mask_has(code->all, derived->literal);
        if (needed[i]) {
            mask_join(code->all, derived->uses, program->words);
        }
        if (mask_has(code->verdict, derived->literal)) {
            mask_join(code->verdict, derived->uses, program->words);
        }
    }
    for (size_t i = 0; i < program->derived.count; i++) {
        if (needed[i]) {
            LIST_PUSH(maker->arena, &code->derived, (int)i);
        }
    }
}

static void add_fact(struct maker *maker, struct act_code *code, int number)
{
    struct program *program = maker->program;
    const struct literal *literal = &program->literals.at[number];
    struct fact_code *into = NULL;
    size_t count = literal->personal ? code->personal.count : code->facts.count;
    for (size_t i = 0; i < count && into == NULL; i++) {
        struct fact_code *known = literal->personal ? &code->personal.at[i] : &code->facts.at[i];
        into = known->fact == literal->index ? known : NULL;
    }
    if (into == NULL) {
        into = literal->personal ? LIST_ADD(maker->arena, &code->personal)
                                 : LIST_ADD(maker->arena, &code->facts);
        into->fact = literal->index;
        into->kind = maker->policy->words.facts.at[literal->index].kind;
    }
    LIST_PUSH(maker->arena, &into->literals, number);
}

static void add_codes(struct maker *maker, struct act_code *code)
{
    for (size_t i = 0; i < maker->program->literals.count; i++) {
        const struct literal *literal = &maker->program->literals.at[i];
        if (!mask_has(code->all, (int)i)) {
            continue;
        }
        switch (literal->kind) {
        case LITERAL_FACT:
        case LITERAL_CHOICE:
        case LITERAL_UNDER: add_fact(maker, code, (int)i); break;
        case LITERAL_GIVEN:
        case LITERAL_REFUSED: LIST_PUSH(maker->arena, &code->records, (int)i); break;
        case LITERAL_TIME:
        case LITERAL_DONE:
        case LITERAL_THROUGH: LIST_PUSH(maker->arena, &code->others, (int)i); break;
        case LITERAL_NAME:
            if (literal->derived < 0) {
                LIST_PUSH(maker->arena, &code->others, (int)i);
            }
            break;
        default: break;
        }
    }
}

static void mark_plain(struct maker *maker, struct act_code *code)
{
    code->plain = !mask_meets(code->all, maker->program->personal_mask, maker->program->words);
    for (size_t i = 0; i < code->derived.count; i++) {
        code->plain = code->plain && !maker->program->derived.at[code->derived.at[i]].every;
    }
    for (size_t i = 0; i < code->rules.count; i++) {
        code->plain = code->plain && !maker->program->rules.at[code->rules.at[i].rule].personal;
    }
}

static void add_bits(struct maker *maker, struct act_code *code)
{
    for (size_t i = 0; i < code->facts.count; i++) {
        for (size_t k = 0; k < code->facts.at[i].literals.count; k++) {
            int number = code->facts.at[i].literals.at[k];
            const struct literal *literal = &maker->program->literals.at[number];
            struct fact_bit *bit = LIST_ADD(maker->arena, &code->bits);
            bit->fact = code->facts.at[i].fact;
            bit->word = (unsigned)number / 64;
            bit->bit = 1ull << (number % 64);
            bit->low = literal->low;
            bit->how = literal->kind == LITERAL_CHOICE  ? BIT_EQUAL
                       : literal->kind != LITERAL_UNDER ? BIT_TRUE
                       : literal->high != 0             ? BIT_AT_LEAST
                                                        : BIT_UNDER;
        }
    }
}

static void add_debts(struct maker *maker, struct act_code *code, unsigned place)
{
    const struct act_rule *rule = &code->rules.at[place];
    const struct compiled *compiled = &maker->program->rules.at[rule->rule];
    for (size_t i = 0; i < compiled->debts.count; i++) {
        const struct debt *debt = &compiled->debts.at[i];
        bool then = debt->origin == TAIL_AND_THEN;
        struct quick_debt *quick = LIST_ADD(maker->arena, &code->debts);
        *quick = (struct quick_debt){
            .place = place,
            .bit = rule->first_debt + (unsigned)i,
            .exception = then ? &compiled->unless.at[debt->exception].test : NULL,
            .when = debt->conditional ? &debt->when : NULL,
            .not_refused = compiled->effect == EFFECT_MAY && !then,
            .only_refused = compiled->effect == EFFECT_EVENT && !rule->on_act && !rule->arisen};
    }
}

static void add_quick(struct maker *maker, struct act_code *code)
{
    for (size_t i = 0; i < code->rules.count; i++) {
        const struct act_rule *rule = &code->rules.at[i];
        const struct compiled *compiled = &maker->program->rules.at[rule->rule];
        add_debts(maker, code, (unsigned)i);
        if (!code->plain) {
            continue;
        }
        struct quick_rule *quick = LIST_ADD(maker->arena, &code->quick);
        quick->base = compiled->base;
        quick->compiled = compiled;
        quick->lifters = rule->lifters;
        quick->lifter_count = rule->lifter_count;
        quick->effect = compiled->effect;
        quick->unless = compiled->unless.at;
        quick->unless_count = (unsigned)compiled->unless.count;
        quick->plain = compiled->only.count == 0 && compiled->gates.count == 0;
        quick->on_act = rule->on_act;
        quick->should = compiled->should;
        quick->stop = compiled->stop;
        quick->option = compiled->option;
    }
}

/* Places of the rules in the order of their statements; nearly sorted already, so insertion is the quick way. */
static void add_order(struct maker *maker, struct act_code *code)
{
    code->order = ARENA_ARRAY(maker->arena, unsigned, code->rules.count + 1);
    for (size_t i = 0; i < code->rules.count; i++) {
        size_t k = i;
        int number = maker->program->rules.at[code->rules.at[i].rule].number;
        while (k > 0 &&
               maker->program->rules.at[code->rules.at[code->order[k - 1]].rule].number > number) {
            code->order[k] = code->order[k - 1];
            k--;
        }
        code->order[k] = (unsigned)i;
    }
}

void program_index(struct maker *maker)
{
    struct program *program = maker->program;
    program->act_count = maker->policy->words.acts.count;
    program->act_words = (unsigned)(program->act_count / 64 + 1);
    program->acts = ARENA_ARRAY(maker->arena, struct act_code, program->act_count + 1);
    for (size_t i = 0; i < program->rules.count; i++) {
        mark_acts(maker, &program->rules.at[i]);
    }
    for (size_t i = 0; i < program->act_count; i++) {
        struct act_code *code = &program->acts[i];
        make_closures_of_act(maker, (int)i, code);
        if (maker->policy->words.acts.at[i].kind == ACT_DUTY) {
            continue; /* can be owed, not asked about */
        }
        add_rules(maker, code);
        mark_verdict(maker, code);
        add_derived(maker, code);
        add_codes(maker, code);
        mark_plain(maker, code);
        add_bits(maker, code);
        add_quick(maker, code);
        add_order(maker, code);
    }
}
