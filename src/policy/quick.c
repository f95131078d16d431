/* The quick path: one act, nothing about people shown, every mask one, two or four words. The same steps as encode.c and
 * judge.c with loops unrolled and nothing looked at that is not there; whatever is special goes to judge.c's own functions.
 * Anything else takes the common path. */
#include "policy/steps.h"

#include <string.h>

struct quick {
    struct space *space;
};

struct quick *quick_new(const struct policy *policy, struct arena *arena)
{
    struct quick *quick = ARENA_NEW(arena, struct quick);
    quick->space = space_new(policy, arena);
    return quick;
}

#define INLINE static inline __attribute__((always_inline))

static bool bit_holds(const struct fact_bit *bit, int64_t value)
{
    switch (bit->how) {
    case BIT_EQUAL: return value == bit->low;
    case BIT_UNDER: return value < bit->low;
    case BIT_AT_LEAST: return value >= bit->low;
    case BIT_TRUE: break;
    }
    return value != 0;
}

/* A birth date as the age it comes to, a fact not given in a closed world: what is not simply known. */
static void special_fact(const struct fact_bit *bit, const struct request *request, uint64_t *t,
                         uint64_t *f)
{
    const struct value *value = &request->facts[bit->fact];
    if (value->known == KNOWN) {
        int64_t age = date_age(date_from_day(value->value), date_from_day(request->on.day));
        *(bit_holds(bit, age) ? t : f) |= bit->bit;
    } else if (request->closed && value->known == NOT_ASKED) {
        *f |= bit->bit;
    }
}

INLINE void quick_facts(const struct act_code *code, const struct request *request, uint64_t *t,
                        uint64_t *f, const unsigned words)
{
    const struct fact_bit *bit = code->bits.at;
    for (size_t left = code->bits.count; left > 0; left--, bit++) {
        const struct value *value = &request->facts[bit->fact];
        unsigned word = words == 1 ? 0 : bit->word;
        if (value->known == KNOWN && !value->born) {
            bool holds = bit->how == BIT_TRUE ? value->value != 0 : bit_holds(bit, value->value);
            uint64_t mask = -(uint64_t)holds;
            t[word] |= bit->bit & mask;
            f[word] |= bit->bit & ~mask;
        } else {
            special_fact(bit, request, &t[word], &f[word]);
        }
    }
}

INLINE void join(uint64_t *into, const uint64_t *from, const unsigned words)
{
    for (unsigned i = 0; i < words; i++) {
        into[i] |= from[i];
    }
}

INLINE void quick_people(const struct program *program, const struct request *request, uint64_t *t,
                         uint64_t *f, const unsigned words)
{
    for (size_t i = 0; i < request->actor.list.count; i++) {
        join(t, program->actor_roles[request->actor.list.at[i]], words);
    }
    for (size_t i = 0; i < request->other.list.count; i++) {
        join(t, program->other_roles[request->other.list.at[i]], words);
    }
    for (size_t i = 0; i < request->via.list.count; i++) {
        join(t, program->channels[request->via.list.at[i]], words);
    }
    bool closed = request->closed;
    for (unsigned i = 0; i < words; i++) {
        uint64_t settled = (request->actor_given || closed ? program->actor_mask[i] : 0) |
                           (request->other_given || closed ? program->other_mask[i] : 0) |
                           (request->via_given || closed ? program->channel_mask[i] : 0);
        f[i] = settled & ~t[i];
    }
}

/* The bits in t and f, and in the space for whoever looks there. */
INLINE void quick_encode(struct space *space, const struct act_code *code,
                         const struct request *request, uint64_t *t, uint64_t *f,
                         const unsigned words)
{
    struct bits *all = &space->environments[0].all;
    quick_people(space->program, request, t, f, words);
    quick_facts(code, request, t, f, words);
    for (unsigned i = 0; i < words; i++) {
        all->t[i] = t[i];
        all->f[i] = f[i];
    }
    if (code->records.count + code->others.count + code->derived.count > 0) {
        encode_rest(space, code, request, &space->environments[0]);
        for (unsigned i = 0; i < words; i++) {
            t[i] = all->t[i];
            f[i] = all->f[i];
        }
    }
}

/* A rule without fence or gate: its base, exceptions and lifters, and what it finds. */
INLINE void quick_rule(struct space *space, const struct quick_rule *rule, unsigned place,
                       const uint64_t *t, const uint64_t *f, const unsigned words,
                       struct findings *found)
{
    struct result *result = &space->results[place];
    enum tri app = test_words(&rule->base, t, f, words), used = TRI_NO;
    *result = (struct result){0};
    if (app == TRI_NO) {
        return;
    }
    for (unsigned i = 0; i < rule->unless_count; i++) {
        enum tri exception = test_words(&rule->unless[i].test, t, f, words);
        used |= app & exception;
        app &= tri_not(exception);
    }
    for (unsigned i = 0; i < rule->lifter_count && app != TRI_NO; i++) {
        app &= tri_not(space->results[rule->lifters[i]].lifting);
    }
    *result = (struct result){(uint8_t)app, (uint8_t)used, (uint8_t)app, 0};
    space->applies[place / 64] |= (uint64_t)(app == TRI_YES) << (place % 64);
    if (app == TRI_NO || !rule->on_act) {
        return;
    }
    switch (rule->effect) {
    case EFFECT_FORBID:
        *(rule->stop ? &found->stop : rule->should ? &found->should : &found->must) |= app;
        break;
    case EFFECT_ADVISE: found->advise |= app; break;
    case EFFECT_MAY: found->complete |= app; break;
    case EFFECT_OWED: found->owed |= app; break;
    case EFFECT_DEED: *(rule->option ? &found->allow : &found->owed) |= app; break;
    case EFFECT_GATE:
    case EFFECT_EVENT: break;
    }
}

INLINE struct outcome quick_judge(struct space *space, const struct request *request, int act,
                                  const unsigned words)
{
    const struct act_code *code = &space->program->acts[act];
    space->code = code;
    space->shown_count = 0;
    space->open_list = false;
    uint64_t t[4] = {0}, f[4] = {0};
    struct findings found = {0};
    quick_encode(space, code, request, t, f, words);
    for (size_t w = 0; w <= code->quick.count / 64; w++) {
        space->applies[w] = 0;
    }
    for (unsigned i = 0; i < code->quick.count; i++) {
        if (code->quick.at[i].plain) {
            quick_rule(space, &code->quick.at[i], i, t, f, words, &found);
        } else {
            judge_rule(space, request, i, &found);
            space->applies[i / 64] |= (uint64_t)(space->results[i].app == TRI_YES) << (i % 64);
        }
    }
    return steps_take(space, request, act, &found);
}

/* The rules that apply, where judge.c found them. */
static struct outcome common_judge(struct space *space, const struct request *request, int act)
{
    const struct act_code *code = &space->program->acts[act];
    encode(space, code, request, &space->environments[0]);
    struct outcome outcome = judge(space, request, act);
    memset(space->applies, 0, (code->rules.count / 64 + 1) * sizeof(uint64_t));
    for (unsigned i = 0; i < code->rules.count; i++) {
        space->applies[i / 64] |= (uint64_t)(space->results[i].app == TRI_YES) << (i % 64);
    }
    return outcome;
}

struct outcome judge_plain(struct space *space, const struct request *request, int act)
{
    const struct act_code *code = &space->program->acts[act];
    if (code->plain) {
        switch (space->program->words) {
        case 1: return quick_judge(space, request, act, 1);
        case 2: return quick_judge(space, request, act, 2);
        case 4: return quick_judge(space, request, act, 4);
        default: break;
        }
    }
    return common_judge(space, request, act);
}

static bool holds(const struct space *space, const struct test *test)
{
    return test == NULL ||
           test_tri(test, &space->environments[0].all, NULL, space->program->words) == TRI_YES;
}

/* A duty of a rule about people shown is taken as owed where the rule applies to one of them. */
static void collect_duties(struct space *space, bool refused)
{
    const struct act_code *code = space->code;
    for (size_t i = 0; i < code->debts.count; i++) {
        const struct quick_debt *debt = &code->debts.at[i];
        const struct result *result = &space->results[debt->place];
        bool stands = debt->exception != NULL ? result->used == TRI_YES : result->app == TRI_YES;
        if (!stands || (debt->not_refused && refused) || (debt->only_refused && !refused)) {
            continue;
        }
        bool personal =
            !code->plain && space->program->rules.at[code->rules.at[debt->place].rule].personal;
        if (holds(space, debt->when) && (personal || holds(space, debt->exception))) {
            mask_set(space->duties, (int)debt->bit);
        }
    }
}

void quick_decide(struct quick *quick, const struct request *request,
                  struct quick_answer *ret_answer)
{
    struct space *space = quick->space;
    struct outcome outcome = judge_plain(space, request, request->acts.at[0]);
    const struct act_code *code = space->code;
    size_t rule_words = code->rules.count / 64 + 1, duty_words = code->debt_count / 64 + 1;
    if (code->debts.count > 0) {
        memset(space->duties, 0, duty_words * sizeof(uint64_t));
        collect_duties(space, outcome.verdict >= VERDICT_NOT_ALLOWED);
    } else {
        space->duties[0] = 0;
    }
    *ret_answer = (struct quick_answer){.verdict = outcome.verdict,
                                        .strength = outcome.strength,
                                        .applies = space->applies,
                                        .duties = space->duties,
                                        .words = rule_words,
                                        .duty_words = duty_words};
}
