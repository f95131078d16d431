/* The quick path: one act, nothing about people shown, every mask one, two or four words. The same steps as encode.c and
 * judge.c with loops unrolled and nothing looked at that is not there; whatever is special goes to judge.c's own functions.
 * Anything else takes the common path. */
#include "policy/space.h"

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

INLINE bool bit_holds(const struct fact_bit *bit, int64_t value)
{
    switch (bit->how) {
    case BIT_EQUAL:
        return value == bit->low;
    case BIT_UNDER:
        return value < bit->low;
    case BIT_AT_LEAST:
        return value >= bit->low;
    case BIT_TRUE:
        break;
    }
    return value != 0;
}

static int64_t age_now(const struct request *request, int64_t birth)
{
    return date_age(date_from_day(birth), date_from_day(request->on.day));
}

INLINE void quick_facts(const struct act_code *code, const struct request *request, uint64_t *t, uint64_t *f)
{
    for (size_t i = 0; i < code->bits.count; i++) {
        const struct fact_bit *bit = &code->bits.at[i];
        const struct value *value = &request->facts[bit->fact];
        if (value->known == KNOWN) {
            bool holds = bit_holds(bit, value->born ? age_now(request, value->value) : value->value);
            *(holds ? &t[bit->word] : &f[bit->word]) |= bit->bit;
        } else if (request->closed && value->known == NOT_ASKED) {
            f[bit->word] |= bit->bit;
        }
    }
}

INLINE void join(uint64_t *into, const uint64_t *from, const unsigned words)
{
    for (unsigned i = 0; i < words; i++) {
        into[i] |= from[i];
    }
}

INLINE void quick_people(const struct program *program, const struct request *request, uint64_t *t, uint64_t *f,
                         const unsigned words)
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

INLINE void quick_encode(struct space *space, const struct act_code *code, const struct request *request,
                         const unsigned words)
{
    uint64_t t[4] = {0}, f[4] = {0};
    struct environment *environment = &space->environments[0];
    quick_people(space->program, request, t, f, words);
    quick_facts(code, request, t, f);
    memcpy(environment->all.t, t, words * sizeof *t);
    memcpy(environment->all.f, f, words * sizeof *f);
    if (code->records.count + code->others.count + code->derived.count > 0) {
        encode_rest(space, code, request, environment);
    }
}

/* A rule without exception, fence or gate: its base, its lifters, and what it finds. */
INLINE void quick_rule(struct space *space, const struct quick_rule *rule, unsigned place, const uint64_t *t,
                       const uint64_t *f, const unsigned words)
{
    struct findings *found = &space->found;
    enum tri app = test_words(&rule->base, t, f, words);
    for (unsigned i = 0; i < rule->lifter_count && app != TRI_NO; i++) {
        app &= tri_not(space->results[rule->lifters[i]].lifting);
    }
    space->results[place] = (struct result){(uint8_t)app, TRI_NO, (uint8_t)app};
    if (app == TRI_NO || !rule->on_act) {
        return;
    }
    switch (rule->effect) {
    case EFFECT_FORBID:
        *(rule->stop ? &found->stop : rule->should ? &found->should : &found->must) |= app;
        break;
    case EFFECT_ADVISE:
        found->advise |= app;
        break;
    case EFFECT_MAY:
        found->complete |= app;
        break;
    case EFFECT_OWED:
        found->owed |= app;
        break;
    case EFFECT_DEED:
        *(rule->option ? &found->allow : &found->owed) |= app;
        break;
    case EFFECT_GATE:
    case EFFECT_EVENT:
        break;
    }
}

INLINE struct outcome quick_judge(struct space *space, const struct request *request, int act, const unsigned words)
{
    const struct act_code *code = &space->program->acts[act];
    space->code = code;
    space->shown_count = 0;
    space->open_list = false;
    quick_encode(space, code, request, words);
    memset(&space->found, 0, sizeof space->found);
    uint64_t t[4], f[4];
    memcpy(t, space->environments[0].all.t, words * sizeof *t);
    memcpy(f, space->environments[0].all.f, words * sizeof *f);
    for (unsigned i = 0; i < code->quick.count; i++) {
        if (code->quick.at[i].plain) {
            quick_rule(space, &code->quick.at[i], i, t, f, words);
        } else {
            judge_rule(space, request, i, &space->found);
        }
    }
    return judge_findings(space, request, act);
}

struct outcome judge_plain(struct space *space, const struct request *request, int act)
{
    const struct act_code *code = &space->program->acts[act];
    if (code->plain) {
        switch (space->program->words) {
        case 1:
            return quick_judge(space, request, act, 1);
        case 2:
            return quick_judge(space, request, act, 2);
        case 4:
            return quick_judge(space, request, act, 4);
        default:
            break;
        }
    }
    encode(space, code, request, &space->environments[0]);
    return judge(space, request, act);
}

static enum tri plain_test(const struct space *space, const struct test *test)
{
    return test_tri(test, &space->environments[0].all, NULL, space->program->words);
}

static bool debt_owed(const struct space *space, const struct compiled *compiled, const struct act_rule *rule,
                      const struct result *result, const struct debt *debt, bool refused)
{
    bool stands = result->app == TRI_YES;
    if (debt->origin == TAIL_AND_THEN) {
        const struct test *test = &compiled->unless.at[debt->exception].test;
        stands = result->used == TRI_YES && (compiled->personal || plain_test(space, test) == TRI_YES);
    } else if (compiled->effect == EFFECT_MAY && refused) {
        stands = false;
    }
    if (compiled->effect == EFFECT_EVENT && !rule->on_act && !rule->arisen && !refused) {
        stands = false;
    }
    return stands && (!debt->conditional || plain_test(space, &debt->when) == TRI_YES);
}

static void collect_duties(struct space *space, bool refused)
{
    const struct act_code *code = space->code;
    for (size_t i = 0; i < code->owing.count; i++) {
        unsigned place = code->owing.at[i];
        const struct act_rule *rule = &code->rules.at[place];
        const struct result *result = &space->results[place];
        const struct compiled *compiled = &space->program->rules.at[rule->rule];
        for (unsigned d = 0; (result->app | result->used) == TRI_YES && d < compiled->debts.count; d++) {
            if (debt_owed(space, compiled, rule, result, &compiled->debts.at[d], refused)) {
                mask_set(space->duties, (int)(rule->first_debt + d));
            }
        }
    }
}

void quick_decide(struct quick *quick, const struct request *request, struct quick_answer *ret_answer)
{
    struct space *space = quick->space;
    struct outcome outcome = judge_plain(space, request, request->acts.at[0]);
    const struct act_code *code = space->code;
    size_t rule_words = code->rules.count / 64 + 1, duty_words = code->debt_count / 64 + 1;
    for (size_t w = 0; w < rule_words; w++) {
        uint64_t applies = 0;
        for (size_t i = w * 64; i < code->rules.count && i < w * 64 + 64; i++) {
            applies |= (uint64_t)(space->results[i].app == TRI_YES) << (i - w * 64);
        }
        space->applies[w] = applies;
    }
    memset(space->duties, 0, duty_words * sizeof(uint64_t));
    if (code->owing.count > 0) {
        collect_duties(space, outcome.verdict >= VERDICT_NOT_ALLOWED);
    }
    *ret_answer = (struct quick_answer){.verdict = outcome.verdict,
                                        .strength = outcome.strength,
                                        .applies = space->applies,
                                        .duties = space->duties,
                                        .words = rule_words,
                                        .duty_words = duty_words};
}
