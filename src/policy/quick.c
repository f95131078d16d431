/* The quick path, in two gears. Where the request leaves nothing open, the act's sieve. Else, with nothing about people shown
 * and every mask one, two or four words, the same steps as encode.c and judge.c with loops unrolled and nothing looked at
 * that is not there; whatever is special goes to judge.c's own functions. Anything else takes the common path. */
#include "policy/quick.h"
#include "policy/sieve.h"
#include "policy/steps.h"

#include <string.h>

struct quick {
    struct space *space;
    const struct sieve *sieves; /* by act */
};

struct quick *quick_new(const struct policy *policy, struct arena *arena)
{
    struct quick *quick = ARENA_NEW(arena, struct quick);
    quick->space = space_new(policy, arena);
    quick->sieves = sieve_new(policy, arena);
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

void quick_decide_common(struct quick *quick, const struct request *request,
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

/* ---- the sieve ---- */

INLINE void sift(struct sift *into, const struct sift *from)
{
    into->dead |= from->dead;
    for (unsigned k = 0; k < SIEVE_CHOICES; k++) {
        into->met[k] |= from->met[k];
    }
}

/* What a list of at most one role or channel does. */
#define SIFT_OF(sifts, roles) (&(sifts)[(roles)->list.count > 0 ? (roles)->list.at[0] + 1 : 0])

/* Nobody left out and nobody twice over: two roles of one person are the common path's. */
INLINE bool people_settled(const struct request *request)
{
    bool given = request->actor_given & request->other_given & request->via_given;
    size_t most = request->actor.list.count | request->other.list.count | request->via.list.count;
    return (given | request->closed) & (most <= 1);
}

/* All facts of the act into `into`. False where one is open, or a birth date: the common path knows what to do. */
INLINE bool sift_facts(const struct sieve *sieve, const struct request *request, struct sift *into)
{
    unsigned unsettled = 1u << NOT_KNOWN | (unsigned)!request->closed << NOT_ASKED, open = 0;
    const struct sieve_fact *fact = sieve->facts;
    for (size_t left = sieve->fact_count; left > 0; left--, fact++) {
        const struct value *value = &request->facts[fact->fact];
        bool inside = (uint64_t)value->value - (uint64_t)fact->low <= fact->span;
        bool holds = (inside ^ fact->turned) & (value->known == KNOWN);
        open |= (unsettled >> value->known & 1) | value->born;
        sift(into, &fact->when[holds]);
    }
    return open == 0;
}

static const struct {
    enum verdict verdict;
    enum strength strength;
} answers[2][SIEVE_SILENT + 1] = {
    {[SIEVE_STOP] = {VERDICT_STOP, STRENGTH_NONE},
     [SIEVE_MUST] = {VERDICT_NOT_ALLOWED, STRENGTH_MUST},
     [SIEVE_SHOULD] = {VERDICT_NOT_ALLOWED, STRENGTH_SHOULD},
     [SIEVE_ADVISE] = {VERDICT_ADVISED_AGAINST, STRENGTH_NONE},
     [SIEVE_OWED] = {VERDICT_ALLOWED, STRENGTH_REQUIRED},
     [SIEVE_ALLOW] = {VERDICT_ALLOWED, STRENGTH_NONE},
     [SIEVE_SILENT] = {VERDICT_NO_CLAUSE, STRENGTH_NONE}},
    /* An event is noted unless it is forbidden or required. */
    {[SIEVE_STOP] = {VERDICT_STOP, STRENGTH_NONE},
     [SIEVE_MUST] = {VERDICT_NOT_ALLOWED, STRENGTH_MUST},
     [SIEVE_SHOULD] = {VERDICT_NOT_ALLOWED, STRENGTH_SHOULD},
     [SIEVE_ADVISE] = {VERDICT_ALLOWED, STRENGTH_NONE},
     [SIEVE_OWED] = {VERDICT_ALLOWED, STRENGTH_REQUIRED},
     [SIEVE_ALLOW] = {VERDICT_ALLOWED, STRENGTH_NONE},
     [SIEVE_SILENT] = {VERDICT_ALLOWED, STRENGTH_NONE}},
};

INLINE uint64_t rows_left(const struct sift *sifted)
{
    uint64_t rows = ~sifted->dead;
    for (unsigned k = 0; k < SIEVE_CHOICES; k++) {
        rows &= sifted->met[k];
    }
    return rows;
}

INLINE void sift_phrases(const struct sieve *sieve, struct sift *into)
{
    for (size_t i = 0; i < sieve->phrase_count; i++) {
        bool holds = (rows_left(into) & sieve->phrases[i].rows) != 0;
        sift(into, &sieve->phrases[i].when[holds]);
    }
}

INLINE void sieve_answer(const struct sieve *sieve, const struct sift *sifted, struct space *space,
                         struct quick_answer *ret_answer)
{
    uint64_t rows = rows_left(sifted);
    for (size_t i = 0; i < sieve->lift_count; i++) {
        rows &= ~(-(rows >> sieve->lifts[i].by & 1) & sieve->lifts[i].lifted);
    }
    unsigned class = SIEVE_SILENT;
    for (unsigned i = SIEVE_SILENT; i-- > 0;) {
        class = (rows & sieve->classes[i]) != 0 ? i : class;
    }
    space->applies[0] = rows & sieve->rule_rows;
    space->duties[0] =
        rows >> sieve->rules & (class <= SIEVE_SHOULD ? sieve->refused : sieve->granted);
    *ret_answer = (struct quick_answer){.verdict = answers[sieve->event][class].verdict,
                                        .strength = answers[sieve->event][class].strength,
                                        .applies = space->applies,
                                        .duties = space->duties,
                                        .words = 1,
                                        .duty_words = 1};
}

bool quick_decide_sieve(struct quick *quick, const struct request *request,
                        struct quick_answer *ret_answer)
{
    const struct sieve *sieve = &quick->sieves[request->acts.at[0]];
    if (!sieve->usable || !people_settled(request)) {
        return false;
    }
    struct sift sifted = *SIFT_OF(sieve->actor, &request->actor);
    sift(&sifted, SIFT_OF(sieve->other, &request->other));
    sift(&sifted, SIFT_OF(sieve->via, &request->via));
    if (!sift_facts(sieve, request, &sifted)) {
        return false;
    }
    sift_phrases(sieve, &sifted);
    sieve_answer(sieve, &sifted, quick->space, ret_answer);
    return true;
}

void quick_decide(struct quick *quick, const struct request *request,
                  struct quick_answer *ret_answer)
{
    if (!quick_decide_sieve(quick, request, ret_answer)) {
        quick_decide_common(quick, request, ret_answer);
    }
}
