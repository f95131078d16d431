/* Rules as they stand once people and channels are known: what is left of their conditions, definitions written out. Two that
 * leave the same give the same from here on, however they are said. Compared as numbers of 64 bits. */
#include "policy/change_trial.h"

static uint64_t mix(uint64_t a)
{
    a += 0x9e3779b97f4a7c15u;
    a = (a ^ a >> 30) * 0xbf58476d1ce4e5b9u;
    a = (a ^ a >> 27) * 0x94d049bb133111ebu;
    return a ^ a >> 31;
}

/* What is looked at while rules are written down as they stand: a version, the bits of one environment, and a number for each
 * literal that is still open. */
struct left {
    const struct side *side;
    const struct bits *bits;
    uint64_t *literals;
};

/* What is left open of these literals, as a sum that knows no order. */
static uint64_t mask_left(const struct left *left, const uint64_t *mask, uint64_t sign)
{
    uint64_t sum = 0;
    for (unsigned w = 0; w < left->side->program->words; w++) {
        uint64_t open = mask[w] & ~left->bits->t[w] & ~left->bits->f[w];
        for (; open != 0; open &= open - 1)
            sum += mix(left->literals[w * 64 + (unsigned)__builtin_ctzll(open)] * 2 + sign);
    }
    return sum;
}

/* What is left open of a test that has not failed. */
static uint64_t test_left(const struct left *left, const struct test *test)
{
    unsigned words = left->side->program->words;
    uint64_t sum = mask_left(left, test->t, 0) + mask_left(left, test->f, 1);
    for (unsigned g = 0; g < test->group_count; g++) {
        const struct group *group = &test->groups[g];
        bool met = mask_meets(group->t, left->bits->t, words) ||
                   mask_meets(group->f, left->bits->f, words);
        if (!met) sum += mix(3 + mask_left(left, group->t, 0) + mask_left(left, group->f, 1));
    }
    return sum;
}

/* A condition as it stands: failed, met, or what is left of it. */
static uint64_t condition_left(const struct left *left, const struct test *test)
{
    enum tri holds = test_tri(test, left->bits, NULL, left->side->program->words);
    return holds == TRI_MAYBE ? mix(test_left(left, test)) : (uint64_t)holds + 1;
}

/* Whether being named outright can still make the literal hold. */
static bool nameable(const struct request *request, const struct literal *literal)
{
    switch (literal->kind) {
    case LITERAL_ACTOR: return !request->actor_given;
    case LITERAL_OTHER: return !request->other_given;
    case LITERAL_CHANNEL: return !request->via_given;
    case LITERAL_SHOWN: return true;
    default: return false;
    }
}

/* A literal is what it says; one that follows from others is what is left of its definition. */
static void literals_left(const struct trial *trial, int s, struct left *left)
{
    const struct program *program = left->side->program;
    for (size_t i = 0; i < program->literals.count; i++)
        left->literals[i] = (uint64_t)left->side->literals[i];
    for (size_t i = 0; i < left->side->code->derived.count; i++) {
        const struct derived *derived = &program->derived.at[left->side->code->derived.at[i]];
        const struct literal *literal = &program->literals.at[derived->literal];
        uint64_t sum = mask_left(left, derived->below, 0) + (uint64_t)literal->kind;
        if (nameable(&trial->base[s], literal)) continue;
        if (derived->every) sum += mix(left->literals[literal->low]) * 3;
        for (size_t k = 0; k < derived->tests.count; k++) {
            uint64_t way = condition_left(left, &derived->tests.at[k].test);
            if (way != TRI_NO + 1) sum += mix(way);
        }
        left->literals[derived->literal] = mix(sum + literal->personal);
    }
}

/* Fences, gates and duties with what is left of their conditions. */
static uint64_t items_left(const struct trial *trial, int s, int rule,
                           const struct compiled *compiled, const struct left *left)
{
    const struct side *side = left->side;
    uint64_t sum = 0;
    for (size_t i = 0; i < compiled->only.count; i++)
        sum += mix(condition_left(left, &compiled->only.at[i]) + 31);
    for (size_t i = 0; i < compiled->gates.count; i++)
        sum += mix(mix((uint64_t)side->gates[rule][i]) +
                   condition_left(left, &compiled->gates.at[i].when));
    for (size_t i = 0; i < compiled->debts.count; i++) {
        const struct debt *debt = &compiled->debts.at[i];
        bool own = side->debts[rule][i] >= 0 && trial->goal->kind != GOAL_BEARER;
        if (!own && !touch_looked_at(trial, s, debt->duty)) continue;
        uint64_t item =
            mix((uint64_t)side->debts[rule][i]) + mix(condition_left(left, &debt->when));
        if (debt->origin == TAIL_AND_THEN)
            item += 3 * mix(condition_left(left, &compiled->unless.at[debt->exception].test));
        sum += mix(item);
    }
    return sum;
}

/* `left` is by environment. What is left of a rule: what it gives, which of its conditions and exceptions are open, what may still lift it. */
static uint64_t rule_left(const struct trial *trial, int s, size_t place, struct left *left,
                          const uint64_t *lefts)
{
    const struct side *side = left->side;
    const struct act_rule *rule = &side->code->rules.at[place];
    const struct compiled *compiled = compiled_at(side, place);
    bool remarks = trial->goal->kind != GOAL_BEARER;
    bool own = trial->worlds[s].used[compiled->environment];
    left += own ? compiled->environment : 0;
    uint64_t sum = mix((uint64_t)side->kinds[rule->rule]) +
                   (own ? mix((uint64_t)side->environments[rule->rule]) * 37 : 0) +
                   rule->on_act * 5ULL + rule->arisen * 7ULL + rule->refusal * 11ULL +
                   (remarks ? mix((uint64_t)side->remarks[rule->rule]) * 29 : 0) +
                   mix(condition_left(left, &compiled->base)) * 13 +
                   items_left(trial, s, rule->rule, compiled, left);
    for (size_t i = 0; i < compiled->unless.count; i++) {
        uint64_t exception = condition_left(left, &compiled->unless.at[i].test);
        if (exception != TRI_NO + 1) sum += mix(exception) * 19;
    }
    for (unsigned k = 0; k < rule->lifter_count; k++) {
        if (side->space->results[rule->lifters[k]].lifting != TRI_NO)
            sum += mix(lefts[rule->lifters[k]]) * 23;
    }
    return mix(sum);
}

/* Takes out what has its like in the other version from here on, whatever is answered. */
void live_find(struct trial *trial)
{
    struct seeker *seeker = trial->seeker;
    uint64_t *lefts[2];
    for (int s = 0; s < 2; s++) {
        const struct side *side = &seeker->sides[s];
        size_t count = side->code->rules.count;
        lefts[s] = ARENA_ARRAY(seeker->scratch, uint64_t, count + 1);
        trial->live[s] = ARENA_ARRAY(seeker->scratch, bool, count + 1);
        struct left *left =
            ARENA_ARRAY(seeker->scratch, struct left, side->space->environment_count);
        for (size_t e = 0; e < side->space->environment_count; e++) {
            if (!trial->worlds[s].used[e]) continue;
            left[e] = (struct left){.side = side,
                                    .bits = &side->space->environments[e].all,
                                    .literals = ARENA_ARRAY(seeker->scratch, uint64_t,
                                                            side->program->literals.count + 1)};
            literals_left(trial, s, &left[e]);
        }
        for (size_t i = 0; i < count; i++) {
            lefts[s][i] = rule_left(trial, s, i, left, lefts[s]);
            trial->live[s][i] = side->touched[i] && !touch_silent(side, i);
        }
    }
    for (size_t i = 0; i < seeker->sides[0].code->rules.count; i++) {
        for (size_t k = 0; trial->live[0][i] && k < seeker->sides[1].code->rules.count; k++) {
            if (trial->live[1][k] && lefts[0][i] == lefts[1][k])
                trial->live[0][i] = trial->live[1][k] = false;
        }
    }
}
