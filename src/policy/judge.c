/* The verdict of one act by the numbered steps of grammar.md 8.4, in Kleene's logic: what rules come to, then which step
 * speaks first. Gives `not known` where open facts could change the outcome and this logic cannot see otherwise; decide.c
 * is exact. */
#include "policy/steps.h"

#include <string.h>

static void bits_new(struct bits *bits, unsigned words, struct arena *arena)
{
    bits->t = ARENA_ARRAY(arena, uint64_t, words);
    bits->f = ARENA_ARRAY(arena, uint64_t, words);
}

void space_plain(struct space *space)
{
    for (size_t e = 0; e < space->environment_count; e++) {
        space->active[e] = &space->environments[0];
    }
}

struct space *space_new(const struct policy *policy, struct arena *arena)
{
    struct space *space = ARENA_NEW(arena, struct space);
    const struct program *program = policy->program;
    space->policy = policy;
    space->program = program;
    space->arena = arena;
    space->environment_count = program->unknowns.count + 1;
    space->environments = ARENA_ARRAY(arena, struct environment, space->environment_count);
    space->active = ARENA_ARRAY(arena, const struct environment *, space->environment_count);
    for (size_t i = 0; i < space->environment_count; i++) {
        bits_new(&space->environments[i].all, program->words, arena);
    }
    space_plain(space);
    bits_new(&space->asker.all, program->words, arena);
    space->forced = -1;
    size_t debts = 0;
    for (size_t i = 0; i < program->act_count; i++) {
        debts = program->acts[i].debt_count > debts ? program->acts[i].debt_count : debts;
    }
    space->results = ARENA_ARRAY(arena, struct result, program->rules.count + 1);
    space->applies = ARENA_ARRAY(arena, uint64_t, program->rules.count / 64 + 1);
    space->duties = ARENA_ARRAY(arena, uint64_t, debts / 64 + 1);
    return space;
}

static const struct environment *environment_of(const struct space *space,
                                                const struct compiled *compiled)
{
    return space->active[compiled->environment];
}

static enum tri test_for(const struct space *space, const struct compiled *compiled,
                         const struct test *test, int person)
{
    const struct environment *environment = environment_of(space, compiled);
    return test_tri(test, &environment->all, person >= 0 ? &environment->shown[person] : NULL,
                    space->program->words);
}

static enum tri exceptions(const struct space *space, const struct compiled *compiled, int person)
{
    enum tri value = TRI_NO;
    for (size_t i = 0; i < compiled->unless.count; i++) {
        value |= test_for(space, compiled, &compiled->unless.at[i].test, person);
    }
    return value;
}

static enum tri lifted(const struct space *space, const struct act_rule *rule)
{
    enum tri value = TRI_NO;
    for (unsigned i = 0; i < rule->lifter_count; i++) {
        value |= space->results[rule->lifters[i]].lifting;
    }
    return value;
}

enum tri rule_applies(const struct space *space, unsigned place, int person)
{
    const struct act_rule *rule = &space->code->rules.at[place];
    const struct compiled *compiled = &space->program->rules.at[rule->rule];
    enum tri base = test_for(space, compiled, &compiled->base, person);
    if (base == TRI_NO) {
        return TRI_NO;
    }
    return base & tri_not(exceptions(space, compiled, person)) & tri_not(lifted(space, rule));
}

enum tri rule_only(const struct space *space, const struct compiled *compiled, int person)
{
    enum tri value = TRI_YES;
    for (size_t i = 0; i < compiled->only.count; i++) {
        value &= test_for(space, compiled, &compiled->only.at[i], person);
    }
    return value;
}

struct gate_state gate_state(const struct space *space, const struct compiled *compiled,
                             const struct gate *gate, int person)
{
    const struct environment *environment = environment_of(space, compiled);
    struct gate_state state = {.asks = TRI_YES};
    if (gate->every >= 0) {
        state.asks &= literal_tri(space->program, environment, gate->every, person);
    }
    if (gate->conditional) {
        enum tri when = test_for(space, compiled, &gate->when, person);
        state.asks &= gate->unless ? tri_not(when) : when;
    }
    state.lacks =
        state.asks & tri_not(literal_tri(space->program, environment, gate->given, person));
    state.refused = state.asks & literal_tri(space->program, environment, gate->refused, person);
    return state;
}

static uint64_t mix(uint64_t a)
{
    a *= 0x9e3779b97f4a7c15u;
    a ^= a >> 29;
    a *= 0xbf58476d1ce4e5b9u;
    return a ^ a >> 32;
}

/* Never 0, which would count for nothing in a sum: mix gives that of 0 alone. */
static uint64_t need_number(const struct compiled *compiled, size_t gate, int person)
{
    return mix(1 + (uint64_t)compiled->number * 4096 + gate * 128 + (uint64_t)(person + 1));
}

/* Takes the list of people shown as open: what is certain for whoever is shown may still have nobody to be about. */
static enum tri open_list(const struct space *space, const struct compiled *compiled,
                          enum tri value)
{
    return compiled->personal && space->open_list && value != TRI_NO ? TRI_MAYBE : value;
}

/* Whether the gate is about each person shown; another is asked once, of a rule taken person by person too. */
bool gate_personal(const struct space *space, const struct gate *gate)
{
    return gate->every >= 0 || space->program->literals.at[gate->given].personal ||
           (gate->conditional &&
            mask_meets(gate->uses, space->program->personal_mask, space->program->words));
}

static uint64_t gate_number(const struct space *space, const struct compiled *compiled, size_t gate,
                            int person)
{
    return need_number(compiled, gate,
                       gate_personal(space, &compiled->gates.at[gate]) ? person : -1);
}

/* `asked` has a bit for each gate already asked for in this rule. */
static void standing_gates(const struct space *space, const struct request *request,
                           const struct compiled *compiled, enum tri applies, int person,
                           uint64_t *asked, struct findings *found)
{
    for (size_t g = 0; g < compiled->gates.count; g++) {
        struct gate_state state = gate_state(space, compiled, &compiled->gates.at[g], person);
        enum tri lacks = open_list(space, compiled, applies & state.lacks);
        enum tri refused = open_list(space, compiled, applies & state.refused);
        found->must |= request->done ? lacks : refused;
        enum tri missing = lacks & tri_not(refused);
        found->needs |= missing;
        found->needs_open = found->needs_open || missing == TRI_MAYBE;
        bool again = !gate_personal(space, &compiled->gates.at[g]) && (*asked >> (g % 64) & 1);
        if (missing == TRI_YES && !again) {
            found->standing += gate_number(space, compiled, g, person);
            *asked |= 1ull << (g % 64);
        }
    }
}

/* People shown a personal rule is taken for; a rule about nobody in particular once, as person -1. */
static void people_of(const struct space *space, const struct compiled *compiled, int *ret_from,
                      int *ret_to)
{
    *ret_from = compiled->personal ? 0 : -1;
    *ret_to = compiled->personal ? (int)space->shown_count : 0;
}

static enum tri all_people(const struct space *space, const struct compiled *compiled,
                           enum tri every)
{
    if (compiled->personal && space->shown_count == 0) {
        return TRI_NO;
    }
    return open_list(space, compiled, every);
}

static void permission(const struct space *space, const struct request *request,
                       const struct compiled *compiled, enum tri applies, struct findings *found)
{
    int from, to;
    people_of(space, compiled, &from, &to);
    enum tri only = TRI_YES, met = TRI_YES, refused = TRI_NO, lacks = TRI_NO;
    bool open = false;
    uint64_t bundle = 0;
    for (int p = from; p < to; p++) {
        only &= rule_only(space, compiled, p);
        for (size_t g = 0; g < compiled->gates.count; g++) {
            struct gate_state state = gate_state(space, compiled, &compiled->gates.at[g], p);
            met &= tri_not(state.lacks);
            refused |= request->done ? state.lacks : state.refused;
            lacks |= state.lacks;
            open = open || state.lacks == TRI_MAYBE;
            bool counts = p == from || gate_personal(space, &compiled->gates.at[g]);
            bundle += state.lacks == TRI_YES && counts ? gate_number(space, compiled, g, p) : 0;
        }
    }
    enum tri *fence = compiled->only_should ? &found->should : &found->must;
    *fence |= applies & tri_not(only);
    enum tri stands = applies & only;
    found->complete |= stands & met;
    found->may_refused |= stands & refused;
    found->may_lacks |= stands & lacks;
    found->may_open =
        found->may_open || ((stands & lacks) != TRI_NO && (open || stands != TRI_YES));
    found->bundles += (stands & lacks) == TRI_YES ? mix(bundle + 1) : 0;
}

static void add_finding(const struct space *space, const struct request *request,
                        const struct compiled *compiled, const struct result *result,
                        struct findings *found)
{
    switch (compiled->effect) {
    case EFFECT_FORBID:
        if (compiled->stop) {
            found->stop |= result->app;
        } else if (compiled->should) {
            found->should |= result->app;
        } else {
            found->must |= result->app;
        }
        break;
    case EFFECT_ADVISE: found->advise |= result->app; break;
    case EFFECT_MAY: permission(space, request, compiled, result->lifting, found); break;
    case EFFECT_OWED: found->owed |= result->lifting; break;
    case EFFECT_DEED:
        if (compiled->option) {
            found->allow |= result->app;
        } else {
            found->owed |= result->app;
        }
        break;
    case EFFECT_GATE:
    case EFFECT_EVENT: break;
    }
}

void judge_rule(struct space *space, const struct request *request, unsigned place,
                struct findings *found)
{
    const struct act_rule *rule = &space->code->rules.at[place];
    const struct compiled *compiled = &space->program->rules.at[rule->rule];
    struct result *result = &space->results[place];
    enum tri some = TRI_NO, every = TRI_YES, used = TRI_NO;
    uint64_t asked = 0;
    int from, to;
    people_of(space, compiled, &from, &to);
    bool gates = rule->on_act && compiled->effect != EFFECT_MAY &&
                 compiled->effect != EFFECT_EVENT && compiled->effect != EFFECT_DEED &&
                 compiled->gates.count > 0;
    for (int p = from; p < to; p++) {
        enum tri base = test_for(space, compiled, &compiled->base, p);
        enum tri applies = TRI_NO;
        if (base != TRI_NO) {
            enum tri exception = exceptions(space, compiled, p);
            used |= base & exception;
            applies = base & tri_not(exception) & tri_not(lifted(space, rule));
        }
        some |= applies;
        every &= applies;
        if (gates && applies != TRI_NO) {
            standing_gates(space, request, compiled, applies, p, &asked, found);
        }
    }
    result->app = (uint8_t)open_list(space, compiled, some);
    result->lifting = (uint8_t)all_people(space, compiled, every);
    result->used = (uint8_t)open_list(space, compiled, used);
    if (rule->on_act && result->app != TRI_NO) {
        add_finding(space, request, compiled, result, found);
    }
}

/* Step 7: whether the asker is bound, and so is sent on by the line on silence. */
struct outcome judge_silence(struct space *space, const struct request *request)
{
    const struct program *program = space->program;
    if (program->line_binds == NULL || (program->line_ask == NULL && program->line_tell == NULL)) {
        return known(VERDICT_NO_CLAUSE, STRENGTH_NONE, program->line_binds == NULL ? 1 : 0);
    }
    const struct bits *asker = &space->active[0]->all;
    if (request->asker_given) {
        encode_asker(space, space->code, request);
        asker = &space->asker.all;
    }
    enum tri bound = test_tri(&program->binds, asker, NULL, program->words);
    if (program->line_binds->condition.atoms.count > 0) {
        bound &= tri_not(test_tri(&program->binds_unless, asker, NULL, program->words));
    }
    if (bound == TRI_MAYBE) {
        return open_outcome;
    }
    return known(VERDICT_NO_CLAUSE, STRENGTH_NONE, bound == TRI_YES);
}

struct outcome judge(struct space *space, const struct request *request, int act)
{
    space->code = &space->program->acts[act];
    memset(&space->found, 0, sizeof space->found); /* padding too: it is compared as bytes */
    for (unsigned i = 0; i < space->code->rules.count; i++) {
        judge_rule(space, request, i, &space->found);
    }
    return steps_take(space, request, act, &space->found);
}
