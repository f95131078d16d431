/* What the rules that one version alone has come to, as far as it is settled, and whether both versions thereby come to the same:
 * what they give besides a verdict must be equal, and what they add to the verdict equal or hidden. */
#include <stdlib.h>

#include "policy/change_trial.h"

/* What a rule that gives nothing but an effect adds to the verdict. */
enum {
    CLASS_STOP = 1,
    CLASS_MUST = 2,
    CLASS_SHOULD = 4,
    CLASS_ADVISE = 8,
    CLASS_OWED = 16,
    CLASS_ALLOW = 32,
    CLASS_COMPLETE = 64,
    CLASS_LOWER = CLASS_ADVISE | CLASS_OWED | CLASS_ALLOW
};

struct touch {
    LIST(int64_t) gives; /* of those that give more than an effect, settled */
    bool open;           /* one of those is not settled */
    unsigned yes, maybe; /* classes of the others */
};

static unsigned class_of(const struct compiled *compiled)
{
    switch (compiled->effect) {
    case EFFECT_FORBID:
        return compiled->stop ? CLASS_STOP : compiled->should ? CLASS_SHOULD : CLASS_MUST;
    case EFFECT_ADVISE: return CLASS_ADVISE;
    case EFFECT_OWED: return CLASS_OWED;
    case EFFECT_MAY: return CLASS_COMPLETE;
    case EFFECT_DEED: return compiled->option ? CLASS_ALLOW : CLASS_OWED;
    case EFFECT_GATE:
    case EFFECT_EVENT: break;
    }
    return 0;
}

/* Whether it adds its class to the verdict. */
static enum tri class_tri(const struct side *side, size_t place)
{
    const struct result *result = &side->space->results[place];
    const struct compiled *compiled = compiled_at(side, place);
    if (!side->code->rules.at[place].on_act) return TRI_NO;
    bool every = compiled->effect == EFFECT_OWED || compiled->effect == EFFECT_MAY;
    return every ? result->lifting : result->app;
}

bool touch_silent(const struct side *side, size_t place)
{
    const struct result *result = &side->space->results[place];
    return result->app == TRI_NO && result->lifting == TRI_NO &&
           (result->used == TRI_NO || side->thens[side->code->rules.at[place].rule] == 0);
}

static enum tri base_tri(const struct side *side, const struct compiled *compiled)
{
    if (compiled->personal) return TRI_MAYBE;
    const struct environment *environment = side->space->active[compiled->environment];
    return test_tri(&compiled->base, &environment->all, NULL, side->program->words);
}

/* Whether the duty by name is that of whoever acts, whoever stands in for whom. */
bool touch_falls(const struct trial *trial, int s, const struct duty *duty)
{
    const struct seeker *seeker = trial->seeker;
    const struct program *program = seeker->sides[s].program;
    const struct joint_words *people = &seeker->joint->people;
    for (size_t i = 0; i < duty->bearer.roles.list.count; i++) {
        int role = duty->bearer.roles.list.at[i];
        if (trial->goal->falls[s][joint_find(people, s, role)]) return true;
        for (size_t k = 0; k < program->stand_ins.count; k++) {
            if (program->stand_ins.at[k].from == role &&
                trial->goal->falls[s][joint_find(people, s, program->stand_ins.at[k].to)])
                return true;
        }
    }
    return false;
}

/* Whether one of those whom the duty names is `role`, or whoever stands in for them is. */
static bool names(const struct side *side, const struct duty *duty, int role)
{
    const struct roles *roles = &duty->bearer.roles;
    for (size_t k = 0; role >= 0 && k < roles->list.count; k++) {
        if (roles->list.at[k] == role) return true;
        for (size_t n = 0; n < side->program->stand_ins.count; n++) {
            const struct stand_in *stand = &side->program->stand_ins.at[n];
            if (stand->from == roles->list.at[k] && stand->to == role) return true;
        }
    }
    return false;
}

/* Whether the duty by name counts in this search: it falls to whoever acts, or, of a bearer's, to them and not so. */
bool touch_looked_at(const struct trial *trial, int s, const struct duty *duty)
{
    const struct seeker *seeker = trial->seeker;
    bool falls = touch_falls(trial, s, duty);
    if (trial->goal->kind != GOAL_BEARER) return falls;
    return !falls &&
           names(&seeker->sides[s], duty, seeker->joint->people.list.at[trial->goal->bearer].at[s]);
}

static void give_number(struct trial *trial, struct touch *touch, int64_t number, int64_t flags)
{
    LIST_PUSH(trial->seeker->scratch, &touch->gives, number * 32 + flags);
}

/* Duties by name of a rule that applies, or of its exceptions. */
static void touch_named(struct trial *trial, int s, int rule, bool then, enum tri holds,
                        int64_t flags, struct touch *touch)
{
    const struct named_debts *named = &trial->seeker->sides[s].named[rule];
    for (size_t i = 0; i < named->list.count && holds != TRI_NO; i++) {
        const struct named_debt *debt = &named->list.at[i];
        if (debt->then != then || !touch_looked_at(trial, s, debt->duty)) continue;
        touch->open = touch->open || holds == TRI_MAYBE;
        give_number(trial, touch, debt->number, flags);
    }
}

/* Duties of an exception that was used. */
static void touch_then(struct trial *trial, int s, size_t place, struct touch *touch)
{
    const struct side *side = &trial->seeker->sides[s];
    int rule = side->code->rules.at[place].rule;
    if (side->thens[rule] == 0 || side->space->results[place].used == TRI_NO) return;
    enum tri base = base_tri(side, compiled_at(side, place));
    touch_named(trial, s, rule, true, base, 1, touch);
    bool own = trial->goal->kind != GOAL_BEARER && side->thens[rule] != trial->seeker->empty_then;
    if (!own || base == TRI_NO) return;
    touch->open = touch->open || base == TRI_MAYBE;
    give_number(trial, touch, side->thens[rule], 1);
}

static void touch_place(struct trial *trial, int s, size_t place, struct touch *touch)
{
    const struct side *side = &trial->seeker->sides[s];
    const struct act_rule *rule = &side->code->rules.at[place];
    const struct result *result = &side->space->results[place];
    int64_t flags = 16 + (result->app == TRI_YES) + (result->lifting == TRI_YES) * 2 +
                    (rule->on_act   ? 4
                     : rule->arisen ? 8
                                    : 0);
    enum tri holds = result->app == TRI_NO && result->lifting == TRI_NO         ? TRI_NO
                     : result->app == TRI_MAYBE || result->lifting == TRI_MAYBE ? TRI_MAYBE
                                                                                : TRI_YES;
    touch_then(trial, s, place, touch);
    touch_named(trial, s, rule->rule, false, holds, flags, touch);
    if (side->plain[rule->rule]) {
        enum tri adds = class_tri(side, place);
        unsigned class = class_of(compiled_at(side, place));
        touch->yes |= adds == TRI_YES ? class : 0;
        touch->maybe |= adds == TRI_MAYBE ? class : 0;
    } else if (holds != TRI_NO) {
        touch->open = touch->open || holds == TRI_MAYBE;
        bool bearer = trial->goal->kind == GOAL_BEARER;
        give_number(trial, touch, bearer ? side->verdicts[rule->rule] : side->contents[rule->rule],
                    flags);
    }
}

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a;
    const int64_t *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void touch_side(struct trial *trial, int s, struct touch *touch)
{
    const struct side *side = &trial->seeker->sides[s];
    *touch = (struct touch){.open = false};
    for (size_t i = 0; i < side->code->rules.count; i++) {
        if (trial->live[s][i]) touch_place(trial, s, i, touch);
    }
    if (touch->gives.count > 1)
        qsort(touch->gives.at, touch->gives.count, sizeof *touch->gives.at, by_size);
}

static bool same_gives(const struct touch *a, const struct touch *b)
{
    bool same = !a->open && !b->open && a->gives.count == b->gives.count;
    for (size_t i = 0; same && i < a->gives.count; i++) same = a->gives.at[i] == b->gives.at[i];
    return same;
}

/* Classes that rules which both versions have add for certain. */
static unsigned standing(const struct side *side, const bool *live)
{
    unsigned classes = 0;
    for (size_t i = 0; i < side->code->rules.count; i++) {
        const struct compiled *compiled = compiled_at(side, i);
        bool fenced =
            compiled->effect == EFFECT_MAY && compiled->only.count + compiled->gates.count > 0;
        if (!live[i] && !fenced && class_tri(side, i) == TRI_YES) classes |= class_of(compiled);
    }
    return classes;
}

/* Classes that cannot be seen any more where these stand. */
static unsigned hidden_by(unsigned certain, bool may_gates)
{
    unsigned hidden = 0;
    if (certain & CLASS_STOP) hidden |= CLASS_MUST | CLASS_SHOULD | CLASS_LOWER;
    if (certain & CLASS_MUST) hidden |= CLASS_SHOULD | CLASS_LOWER;
    if (certain & CLASS_SHOULD) hidden |= CLASS_LOWER;
    if (certain & CLASS_ADVISE) hidden |= CLASS_OWED | CLASS_ALLOW;
    if (certain & CLASS_OWED) hidden |= CLASS_ALLOW;
    if (may_gates) return hidden;
    if (certain & CLASS_COMPLETE) hidden |= CLASS_ALLOW;
    if (certain != 0) hidden |= CLASS_COMPLETE;
    return hidden;
}

static bool same_outcome(const struct trial *trial)
{
    const struct outcome *a = &trial->outcomes[0];
    const struct outcome *b = &trial->outcomes[1];
    const struct findings *x = &trial->seeker->sides[0].space->found;
    const struct findings *y = &trial->seeker->sides[1].space->found;
    if (!a->known || !b->known || a->verdict != b->verdict || a->strength != b->strength)
        return false;
    if (a->verdict == VERDICT_NO_CLAUSE && a->detail != b->detail) return false;
    return !trial->seeker->may_gates || (x->complete == y->complete && x->complete != TRI_MAYBE);
}

/* Whether both come to the same however what is open is answered. */
bool touch_same(struct trial *trial)
{
    struct touch touch[2];
    for (int s = 0; s < 2; s++) touch_side(trial, s, &touch[s]);
    if (!same_gives(&touch[0], &touch[1])) return false;
    if (same_outcome(trial)) return true;
    unsigned stands = standing(&trial->seeker->sides[0], trial->live[0]);
    unsigned hidden =
        stands | hidden_by(stands | (touch[0].yes & touch[1].yes), trial->seeker->may_gates);
    unsigned open = (touch[0].maybe & ~touch[0].yes) | (touch[1].maybe & ~touch[1].yes);
    return ((touch[0].yes ^ touch[1].yes) & ~hidden) == 0 && (open & ~hidden) == 0;
}
