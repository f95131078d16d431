/* The search for a case in which two versions answer differently: both are judged on what is settled so far, in Kleene's logic,
 * and a branch ends where what was touched stays silent or comes to the same. Exact over the people and channels of
 * change_frames.c and every completion of facts, records, times and rulings; past its limit it gives up and says so. */
#include "policy/change_parts.h"

#include <stdlib.h>

#define DAY_OF_TRIAL 20103 /* 2025-01-15 */
#define NOON (12 * 60)
#define JOINT_VALUES_LARGEST 729 /* of one record: six givers */

/* One open thing, as either version has it; values stand in the same order in both. */
struct pair {
    enum variable_kind kind;
    int joint; /* fact, record or name; -1: the time of day */
    int shown;
    struct variable variables[2];
    bool has[2];
    size_t count, rulings; /* rulings: values that are set; one more: left to be ruled */
    bool set;
    size_t value;
};

struct trial {
    struct seeker *seeker;
    const struct change_goal *goal;
    struct request base[2];
    struct world worlds[2];
    LIST(struct pair) pairs;
    struct outcome outcomes[2];
    bool *mine[2]; /* by place: the goal looks at it */
    bool *live[2]; /* by place: touched, with no like in the other version from here on */
    bool gave_up;
    size_t limit;
};

/* ---- what is open ------------------------------------------------------------------------------------ */

static const struct joint_words *joint_table(const struct seeker *seeker, enum variable_kind kind)
{
    return kind == VARIABLE_JUDGEMENT ? &seeker->joint->names : &seeker->joint->facts;
}

static struct pair *pair_of(struct trial *trial, int s, const struct variable *variable)
{
    const struct joint_words *table = joint_table(trial->seeker, variable->kind);
    int joint = variable->index < 0 ? -1 : joint_find(table, s, variable->index);
    for (size_t i = 0; i < trial->pairs.count; i++) {
        struct pair *pair = &trial->pairs.at[i];
        if (pair->kind == variable->kind && pair->joint == joint && pair->shown == variable->shown)
            return pair;
    }
    struct pair *pair = LIST_ADD(trial->seeker->scratch, &trial->pairs);
    pair->kind = variable->kind;
    pair->joint = joint;
    pair->shown = variable->shown;
    return pair;
}

static void add_value(struct trial *trial, struct pair *pair, int64_t one, int64_t two)
{
    for (size_t i = 0; i < pair->count; i++) {
        if (pair->variables[0].values[i] == one && pair->variables[1].values[i] == two) return;
    }
    int64_t both[2] = {one, two};
    for (int s = 0; s < 2; s++) {
        int64_t *values = ARENA_ARRAY(trial->seeker->scratch, int64_t, pair->count + 1);
        for (size_t i = 0; i < pair->count; i++) values[i] = pair->variables[s].values[i];
        values[pair->count] = both[s];
        pair->variables[s].values = values;
    }
    pair->count++;
}

/* The value of a choice is its word; a word that the other version has not is a value that meets nothing there. */
static int64_t other_value(const struct trial *trial, const struct pair *pair, int s, int64_t value)
{
    if (pair->kind != VARIABLE_FACT || pair->joint < 0) return value;
    const struct joint_word *word = &trial->seeker->joint->facts.list.at[pair->joint];
    if (word->at[1 - s] < 0) return value;
    const struct fact *here = &trial->seeker->sides[s].policy->words.facts.at[word->at[s]];
    const struct fact *there = &trial->seeker->sides[1 - s].policy->words.facts.at[word->at[1 - s]];
    if (here->kind != FACT_CHOICE || there->kind != FACT_CHOICE) return value;
    for (size_t i = 0; i < there->values.count; i++) {
        if (slice_equal(there->values.at[i], here->values.at[value])) return (int64_t)i;
    }
    return (int64_t)there->values.count;
}

/* Givers of both versions, one list for each in the same order; whom a version does not know answers there for anyone. */
static void add_givers(struct trial *trial, struct pair *pair, int s, const struct roles *from)
{
    const struct joint_words *people = &trial->seeker->joint->people;
    for (size_t i = 0; i < from->list.count; i++) {
        int giver = from->list.at[i];
        int joint = giver < 0 ? -1 : joint_find(people, s, giver);
        int at[2] = {joint < 0 ? -1 : people->list.at[joint].at[0],
                     joint < 0 ? -1 : people->list.at[joint].at[1]};
        bool known = false;
        const struct roles *givers = pair->variables[s].givers;
        for (size_t k = 0; givers != NULL && k < givers->list.count; k++)
            known = known || givers->list.at[k] == giver;
        for (int t = 0; t < 2 && !known; t++) {
            struct roles *grown = ARENA_NEW(trial->seeker->scratch, struct roles);
            givers = pair->variables[t].givers;
            for (size_t k = 0; givers != NULL && k < givers->list.count; k++)
                LIST_PUSH(trial->seeker->scratch, &grown->list, givers->list.at[k]);
            LIST_PUSH(trial->seeker->scratch, &grown->list, at[t]);
            pair->variables[t].givers = grown;
        }
    }
}

static void count_record(struct trial *trial, struct pair *pair)
{
    size_t count = 1;
    for (size_t i = 0; i < pair->variables[0].givers->list.count; i++)
        count = count <= JOINT_VALUES_LARGEST ? count * 3 : count;
    trial->gave_up = trial->gave_up || count > JOINT_VALUES_LARGEST;
    count = count > JOINT_VALUES_LARGEST ? JOINT_VALUES_LARGEST : count;
    int64_t *values = ARENA_ARRAY(trial->seeker->scratch, int64_t, count);
    for (size_t i = 0; i < count; i++) values[i] = (int64_t)i;
    pair->variables[0].values = pair->variables[1].values = values;
    pair->count = count;
}

static void add_variable(struct trial *trial, int s, const struct variable *variable)
{
    struct pair *pair = pair_of(trial, s, variable);
    struct variable *mine = &pair->variables[s];
    const int64_t *values = mine->values;
    const struct roles *givers = mine->givers;
    pair->has[s] = true;
    *mine = *variable;
    mine->givers = givers;
    if (variable->kind == VARIABLE_RECORD) {
        mine->values = NULL;
        add_givers(trial, pair, s, variable->givers);
        return;
    }
    int64_t *kept = ARENA_ARRAY(trial->seeker->scratch, int64_t, pair->count + 1);
    for (size_t i = 0; i < pair->count; i++) kept[i] = values[i];
    mine->values = kept;
    for (size_t i = 0; i < variable->count; i++) {
        int64_t other = other_value(trial, pair, s, variable->values[i]);
        add_value(trial, pair, s == 0 ? variable->values[i] : other,
                  s == 0 ? other : variable->values[i]);
    }
}

static void add_variables(struct trial *trial)
{
    trial->pairs.at = NULL;
    trial->pairs.count = trial->pairs.space = 0;
    for (int s = 0; s < 2; s++) {
        const struct variables *lists[] = {&trial->worlds[s].open, &trial->worlds[s].pending};
        for (int l = 0; l < 2; l++) {
            for (size_t i = 0; i < lists[l]->list.count; i++)
                add_variable(trial, s, &lists[l]->list.at[i]);
        }
    }
    for (size_t i = 0; i < trial->pairs.count; i++) {
        struct pair *pair = &trial->pairs.at[i];
        if (pair->kind == VARIABLE_RECORD) count_record(trial, pair);
        pair->rulings = pair->count;
        pair->count += pair->kind == VARIABLE_JUDGEMENT && pair->joint >= 0 &&
                       trial->seeker->judges[pair->joint];
        for (int s = 0; s < 2; s++) pair->variables[s].count = pair->rulings;
    }
}

static void set_pair(struct trial *trial, struct pair *pair, size_t value)
{
    pair->set = true;
    pair->value = value;
    for (int s = 0; s < 2; s++) {
        if (pair->has[s] && value < pair->rulings)
            world_set(&trial->worlds[s], &pair->variables[s], value);
    }
}

static void unset_pair(struct trial *trial, struct pair *pair)
{
    for (int s = 0; s < 2; s++) {
        if (pair->has[s] && pair->value < pair->rulings)
            world_unset(&trial->worlds[s], &pair->variables[s]);
    }
    pair->set = false;
}

/* ---- what was touched, as far as it is settled --------------------------------------------------------- */

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

static const struct compiled *compiled_at(const struct side *side, size_t place)
{
    return &side->program->rules.at[side->code->rules.at[place].rule];
}

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

static bool silent(const struct side *side, size_t place)
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
static bool falls_to_actor(const struct trial *trial, int s, const struct duty *duty)
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
static bool looked_at(const struct trial *trial, int s, const struct duty *duty)
{
    const struct seeker *seeker = trial->seeker;
    bool falls = falls_to_actor(trial, s, duty);
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
        if (debt->then != then || !looked_at(trial, s, debt->duty)) continue;
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

/* ---- rules that come to the same from here on ---------------------------------------------------------- */

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
        if (!own && !looked_at(trial, s, debt->duty)) continue;
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
                   rule->on_act * 5u + rule->arisen * 7u + rule->refusal * 11u +
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
static void find_live(struct trial *trial)
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
            trial->live[s][i] = side->touched[i] && !silent(side, i);
        }
    }
    for (size_t i = 0; i < seeker->sides[0].code->rules.count; i++) {
        for (size_t k = 0; trial->live[0][i] && k < seeker->sides[1].code->rules.count; k++) {
            if (trial->live[1][k] && lefts[0][i] == lefts[1][k])
                trial->live[0][i] = trial->live[1][k] = false;
        }
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
static bool same_below(struct trial *trial)
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

static bool verdict_is_not(const struct trial *trial, enum verdict verdict)
{
    for (int s = 0; s < 2; s++) {
        if (trial->outcomes[s].known && trial->outcomes[s].verdict != verdict) return true;
    }
    return false;
}

/* Judges; once the channels are said, a fence that none of them is of fails, as it will when the question is put. */
static struct outcome judge_side(struct trial *trial, int s)
{
    struct world *world = &trial->worlds[s];
    struct space *space = trial->seeker->sides[s].space;
    struct outcome outcome = world_judge(world);
    bool closed = false;
    for (size_t i = 0; trial->base[s].via_given && i < world->code->others.count; i++) {
        int number = world->code->others.at[i];
        if (space->program->literals.at[number].kind != LITERAL_THROUGH) continue;
        for (size_t e = 0; e < space->environment_count; e++) {
            struct bits *bits = &space->environments[e].all;
            if (!world->used[e] || mask_has(bits->t, number) || mask_has(bits->f, number)) continue;
            mask_set(bits->f, number);
            closed = true;
        }
    }
    return closed ? judge(space, &world->requests[0], world->act) : outcome;
}

/* Whether duties of a rule that both versions have can still differ: where they hang on what the answer is. */
static bool turns(const struct trial *trial, int s, size_t place)
{
    const struct side *side = &trial->seeker->sides[s];
    const struct act_rule *rule = &side->code->rules.at[place];
    bool stops = false;
    for (size_t i = 0; i < side->code->rules.count; i++)
        stops = stops || (trial->live[s][i] && compiled_at(side, i)->stop);
    return trial->goal->kind == GOAL_BEARER &&
           (stops || compiled_at(side, place)->effect == EFFECT_MAY ||
            (rule->refusal && !rule->on_act && !rule->arisen));
}

/* Nothing below here can be what is sought. `first`: of this list of people and channels. */
static bool hopeless(struct trial *trial, bool first)
{
    struct seeker *seeker = trial->seeker;
    bool quiet = true;
    for (int s = 0; s < 2; s++) trial->outcomes[s] = judge_side(trial, s);
    seeker->judged++;
    if (first) find_live(trial);
    if (trial->goal->kind == GOAL_ADVICE) return verdict_is_not(trial, VERDICT_NO_CLAUSE);
    if (trial->goal->kind == GOAL_DOOR) return verdict_is_not(trial, VERDICT_NOT_ALLOWED);
    for (int s = 0; s < 2; s++) {
        for (size_t i = 0; quiet && i < seeker->sides[s].code->rules.count; i++)
            quiet = !trial->mine[s][i] || silent(&seeker->sides[s], i) ||
                    !(trial->live[s][i] || turns(trial, s, i));
    }
    return quiet || same_below(trial);
}

/* ---- putting the question -------------------------------------------------------------------------------- */

static void answer_record(const struct pair *pair, int s, int64_t number, struct request *request)
{
    const struct roles *givers = pair->variables[s].givers;
    int index = pair->variables[s].index;
    for (size_t k = givers->list.count; k-- > 0; number /= 3) {
        struct entry entry = {
            .record = index, .state = (enum entry_state)(number % 3), .giver = givers->list.at[k]};
        if (entry.state == ENTRY_MISSING) continue;
        if (pair->shown < 0)
            LIST_PUSH(request->arena, &request->entries, entry);
        else
            LIST_PUSH(request->arena, &request->shown.at[pair->shown].entries, entry);
    }
}

static void answer(const struct pair *pair, int s, struct request *request)
{
    size_t value = pair->set ? pair->value : 0;
    const struct variable *variable = &pair->variables[s];
    if (!pair->has[s] || value >= pair->rulings) return;
    struct value known = {.known = KNOWN, .value = variable->values[value]};
    if (pair->kind == VARIABLE_RECORD) {
        answer_record(pair, s, known.value, request);
    } else if (pair->kind == VARIABLE_TIME && variable->index < 0) {
        request->on.minute = (int)known.value;
    } else if (pair->kind == VARIABLE_JUDGEMENT) {
        *(pair->shown < 0 ? &request->judgements[variable->index]
                          : &request->shown.at[pair->shown].judgements[variable->index]) = known;
    } else {
        *(pair->shown < 0 ? &request->facts[variable->index]
                          : &request->shown.at[pair->shown].facts[variable->index]) = known;
    }
}

static bool same_line(struct side *const sides, const struct policy_line *a,
                      const struct policy_line *b)
{
    if (a == NULL || b == NULL) return a == b;
    if (a->kind != b->kind || a->when != b->when || a->roles.list.count != b->roles.list.count)
        return false;
    for (size_t i = 0; i < a->roles.list.count; i++) {
        bool found = false;
        struct slice id = sides[0].policy->words.people.at[a->roles.list.at[i]].word.id;
        for (size_t k = 0; k < b->roles.list.count; k++)
            found = found ||
                    slice_equal(id, sides[1].policy->words.people.at[b->roles.list.at[k]].word.id);
        if (!found) return false;
    }
    return true;
}

static bool sought_here(const struct trial *trial, const struct answer_pair *pair)
{
    const struct decision *a = &pair->decisions[0];
    const struct decision *b = &pair->decisions[1];
    switch (trial->goal->kind) {
    case GOAL_BEARER: return pair->bearers[trial->goal->bearer];
    case GOAL_ADVICE:
        return a->verdict == VERDICT_NO_CLAUSE && b->verdict == VERDICT_NO_CLAUSE &&
               !same_line(trial->seeker->sides, a->advice, b->advice);
    case GOAL_DOOR:
        return a->verdict == VERDICT_NOT_ALLOWED && b->verdict == VERDICT_NOT_ALLOWED &&
               !same_line(trial->seeker->sides, a->door, b->door);
    case GOAL_UNIT: break;
    }
    return pair->differs;
}

/* Everything that is open gets its first answer, and both versions are asked. */
static bool try_answers(struct trial *trial)
{
    struct seeker *seeker = trial->seeker;
    struct request requests[2];
    struct answer_pair pair;
    for (int s = 0; s < 2; s++) {
        request_copy(&trial->base[s], seeker->scratch, &requests[s]);
        requests[s].arena = seeker->scratch;
        requests[s].closed = requests[s].has_time = true;
        for (size_t i = 0; i < trial->pairs.count; i++)
            answer(&trial->pairs.at[i], s, &requests[s]);
    }
    answers_compare(seeker->sides, seeker->joint, trial->goal->falls, requests, seeker->scratch,
                    &pair);
    if (!sought_here(trial, &pair)) return false;
    for (int s = 0; s < 2; s++) {
        request_copy(&requests[s], seeker->arena, &seeker->found[s]);
        seeker->pair.decisions[s] = (struct decision){.policy = seeker->sides[s].policy,
                                                      .verdict = pair.decisions[s].verdict,
                                                      .strength = pair.decisions[s].strength,
                                                      .noted = pair.decisions[s].noted};
    }
    return true;
}

/* ---- branching ----------------------------------------------------------------------------------------- */

static const uint64_t *reads_of(struct side *side, int rule, struct arena *arena)
{
    if (side->reads[rule] != NULL) return side->reads[rule];
    const struct program *program = side->program;
    uint64_t *reads = ARENA_ARRAY(arena, uint64_t, program->words);
    bool *needed = ARENA_ARRAY(arena, bool, program->rules.count + 1);
    needed[rule] = true;
    mask_join(reads, program->rules.at[rule].debt_uses, program->words);
    for (size_t i = (size_t)rule + 1; i-- > 0;) { /* lifters stand before what they lift */
        const struct compiled *compiled = &program->rules.at[i];
        if (!needed[i]) continue;
        mask_join(reads, compiled->uses, program->words);
        for (size_t k = 0; k < compiled->lifted_by.count; k++)
            needed[compiled->lifted_by.at[k]] = true;
    }
    for (size_t i = program->derived.count; i-- > 0;) {
        const struct derived *derived = &program->derived.at[i];
        if (mask_has(reads, derived->literal)) mask_join(reads, derived->uses, program->words);
    }
    return side->reads[rule] = reads;
}

/* Whether some touched place that is not silent reads the variable; `open`: only such as are not settled. */
static bool read_here(struct trial *trial, int s, const struct pair *pair, bool open)
{
    struct side *side = &trial->seeker->sides[s];
    unsigned words = side->program->words;
    for (size_t i = 0; pair->has[s] && i < side->code->rules.count; i++) {
        const struct result *result = &side->space->results[i];
        bool unsettled =
            result->app == TRI_MAYBE || result->lifting == TRI_MAYBE || result->used == TRI_MAYBE;
        bool looked = open ? trial->mine[s][i] && unsettled : trial->live[s][i] && !silent(side, i);
        if (looked &&
            mask_meets(pair->variables[s].mask,
                       reads_of(side, side->code->rules.at[i].rule, trial->seeker->signer_arena),
                       words))
            return true;
    }
    return false;
}

static bool wanted(struct trial *trial, const struct pair *pair, int pass)
{
    bool line = trial->goal->kind == GOAL_ADVICE || trial->goal->kind == GOAL_DOOR;
    for (int s = 0; s < 2; s++) {
        const struct side *side = &trial->seeker->sides[s];
        if (!pair->has[s]) continue;
        if (pass == 0 && line &&
            mask_meets(pair->variables[s].mask, side->program->extra, side->program->words))
            return true;
        if (pass == 1 && !trial->outcomes[s].known &&
            world_matters(&trial->worlds[s], &pair->variables[s]))
            return true;
        if (pass != 1 && !line && read_here(trial, s, pair, pass == 0)) return true;
    }
    return false;
}

/* What the goal reads first, then what the verdict turns on, then what else the touched rules read. */
static struct pair *next_pair(struct trial *trial)
{
    for (int pass = 0; pass < 3; pass++) {
        for (size_t i = 0; i < trial->pairs.count; i++) {
            if (!trial->pairs.at[i].set && wanted(trial, &trial->pairs.at[i], pass))
                return &trial->pairs.at[i];
        }
    }
    return NULL;
}

/* Nothing that the goal looks at is open. */
static bool settled(const struct trial *trial)
{
    bool settled = true;
    for (int s = 0; s < 2; s++) {
        const struct side *side = &trial->seeker->sides[s];
        for (size_t i = 0; settled && i < side->code->rules.count; i++) {
            const struct result *result = &side->space->results[i];
            settled =
                !trial->mine[s][i] || (result->app != TRI_MAYBE && result->lifting != TRI_MAYBE);
        }
    }
    return settled;
}

/* Depth is at most the number of variables: each level sets one more. `tried`: with first answers it was tried above. */
static bool explore(struct trial *trial, bool top, bool tried)
{
    struct seeker *seeker = trial->seeker;
    if (seeker->judged >= trial->limit) {
        trial->gave_up = true;
        return false;
    }
    if (hopeless(trial, top)) return false;
    struct pair *pair = next_pair(trial);
    bool try = !tried && (top || pair == NULL || settled(trial));
    bool found = try && try_answers(trial);
    for (size_t i = 0; pair != NULL && i < pair->count && !found && !trial->gave_up; i++) {
        set_pair(trial, pair, i);
        found = explore(trial, false, i == 0 && (tried || try));
        unset_pair(trial, pair);
    }
    return found;
}

/* ---- people and channels ---------------------------------------------------------------------------------- */

static void give(const struct seeker *seeker, int s, const struct crowd *crowd,
                 const struct joint_words *words, struct roles *ret_roles)
{
    for (unsigned i = 0; crowd != NULL && i < crowd->count; i++) {
        int index = words->list.at[crowd->at[i]].at[s];
        if (index >= 0) LIST_PUSH(seeker->scratch, &ret_roles->list, index);
    }
}

struct frame {
    const struct crowd *actor, *other, *via, *shown; /* NULL: not given */
    bool done, nobody;                               /* nobody: nobody is shown */
    int unknown;                                     /* joint fact that is not known, -1: none */
};

static void add_shown(struct seeker *seeker, int s, const struct frame *frame, int unknown,
                      struct request *request)
{
    const struct words *words = &seeker->sides[s].policy->words;
    struct shown *person = LIST_ADD(seeker->scratch, &request->shown);
    person->name = SLICE("somebody");
    person->facts = ARENA_ARRAY(seeker->scratch, struct value, words->facts.count + 1);
    person->judgements = ARENA_ARRAY(seeker->scratch, struct value, words->names.count + 1);
    give(seeker, s, frame->shown, &seeker->joint->people, &person->roles);
    if (unknown >= 0) person->facts[unknown].known = NOT_KNOWN;
}

static void frame_request(struct seeker *seeker, int s, const struct frame *frame,
                          struct request *request)
{
    int unknown = frame->unknown < 0 ? -1 : seeker->joint->facts.list.at[frame->unknown].at[s];
    struct roles via = {.list = {0}};
    request_init_at(seeker->sides[s].policy, false, (struct moment){DAY_OF_TRIAL, NOON},
                    seeker->scratch, request);
    request->has_time = false;
    request->on_given = request->act_given = request->actor_given = true;
    request->other_given = frame->other != NULL;
    request->via_given = frame->via != NULL;
    request->shown_given = frame->nobody || frame->shown != NULL;
    request->done = frame->done;
    LIST_PUSH(seeker->scratch, &request->acts, seeker->act[s]);
    give(seeker, s, frame->actor, &seeker->joint->people, &request->actor);
    give(seeker, s, frame->other, &seeker->joint->people, &request->other);
    give(seeker, s, frame->via, &seeker->joint->channels, &via);
    request->via.list.at = via.list.at;
    request->via.list.count = via.list.count;
    if (unknown >= 0) request->facts[unknown].known = NOT_KNOWN;
    if (frame->shown != NULL) add_shown(seeker, s, frame, unknown, request);
}

static void start(struct trial *trial, const struct frame *frame)
{
    struct seeker *seeker = trial->seeker;
    arena_reset(seeker->scratch);
    for (int s = 0; s < 2; s++) {
        frame_request(seeker, s, frame, &trial->base[s]);
        world_init(&trial->worlds[s], seeker->sides[s].space, &trial->base[s], seeker->act[s],
                   seeker->scratch);
    }
}

/* With what the frame leaves open, nothing can be found. */
static bool hopeless_frame(struct trial *trial, const struct frame *frame)
{
    if (trial->seeker->judged >= trial->limit) trial->gave_up = true;
    if (trial->gave_up) return true;
    start(trial, frame);
    return hopeless(trial, true);
}

static bool explore_frame(struct trial *trial, const struct frame *frame)
{
    start(trial, frame);
    add_variables(trial);
    return explore(trial, true, false);
}

/* Each other person and channels with which, taken alone, something can be found. */
static bool try_sets(struct trial *trial, struct frame frame)
{
    const struct crowds *others = &trial->seeker->others;
    const struct crowds *channels = &trial->seeker->channels;
    struct frame open = frame;
    bool *with = ARENA_ARRAY(trial->seeker->arena, bool, others->list.count);
    bool *by = ARENA_ARRAY(trial->seeker->arena, bool, channels->list.count);
    for (size_t i = 0; i < others->list.count; i++) {
        open.other = &others->list.at[i];
        with[i] = !hopeless_frame(trial, &open);
    }
    open.other = NULL;
    for (size_t i = 0; i < channels->list.count; i++) {
        open.via = &channels->list.at[i];
        by[i] = !hopeless_frame(trial, &open);
    }
    for (size_t o = 0; o < others->list.count; o++) {
        for (size_t v = 0; with[o] && v < channels->list.count && !trial->gave_up; v++) {
            frame.other = &others->list.at[o];
            frame.via = &channels->list.at[v];
            if (by[v] && explore_frame(trial, &frame)) return true;
        }
    }
    return false;
}

/* Nobody shown, then one person. */
static bool try_frames(struct trial *trial, struct frame frame)
{
    struct seeker *seeker = trial->seeker;
    size_t count = seeker->personal ? seeker->shown.list.count : 0;
    if (hopeless_frame(trial, &frame)) return false;
    for (size_t i = 0; i <= count && !trial->gave_up; i++) {
        frame.nobody = i == 0;
        frame.shown = i == 0 ? NULL : &seeker->shown.list.at[i - 1];
        if (!hopeless_frame(trial, &frame) && try_sets(trial, frame)) return true;
    }
    return false;
}

/* ---- the search ------------------------------------------------------------------------------------------ */

/* Whether the rule can give the bearer a duty by name that is not that of whoever acts. */
static bool bears(const struct trial *trial, int s, size_t place)
{
    const struct compiled *compiled = compiled_at(&trial->seeker->sides[s], place);
    for (size_t i = 0; i < compiled->debts.count; i++) {
        if (looked_at(trial, s, compiled->debts.at[i].duty)) return true;
    }
    return false;
}

static void find_mine(struct trial *trial)
{
    struct seeker *seeker = trial->seeker;
    for (int s = 0; s < 2; s++) {
        size_t count = seeker->sides[s].code->rules.count;
        trial->mine[s] = ARENA_ARRAY(seeker->arena, bool, count + 1);
        for (size_t i = 0; i < count; i++) {
            if (trial->goal->kind == GOAL_UNIT)
                trial->mine[s][i] = units_has(seeker->units, s, i, trial->goal->unit);
            if (trial->goal->kind == GOAL_BEARER) trial->mine[s][i] = bears(trial, s, i);
        }
    }
}

void seeker_take_act(struct seeker *seeker, const int act[2])
{
    struct side *sides = seeker->sides;
    arena_reset(seeker->arena);
    seeker->done = seeker->personal = seeker->may_gates = false;
    for (int s = 0; s < 2; s++) {
        seeker->act[s] = act[s];
        if (act[s] < 0) return;
        const struct act_code *code = sides[s].code;
        seeker->personal = seeker->personal || !code->plain;
        for (size_t i = 0; i < code->rules.count; i++) {
            const struct compiled *compiled = compiled_at(&sides[s], i);
            seeker->done = seeker->done || compiled->gates.count > 0;
            seeker->may_gates =
                seeker->may_gates || (compiled->effect == EFFECT_MAY && compiled->gates.count > 0);
        }
        for (size_t i = 0; i < code->others.count; i++)
            seeker->done = seeker->done ||
                           sides[s].program->literals.at[code->others.at[i]].kind == LITERAL_DONE;
    }
    crowds_make(sides, seeker->joint, CROWD_OTHER, false, seeker->arena, &seeker->others);
    crowds_make(sides, seeker->joint, CROWD_CHANNEL, false, seeker->arena, &seeker->channels);
    crowds_make(sides, seeker->joint, CROWD_SHOWN, true, seeker->arena, &seeker->shown);
}

enum sought seeker_find(struct seeker *seeker, const struct crowd *actor,
                        const struct change_goal *goal)
{
    struct trial trial = {.seeker = seeker, .goal = goal};
    seeker->found[0].acts.count = seeker->found[1].acts.count = 0;
    seeker->pair = (struct answer_pair){.differs = false};
    if (seeker->act[0] < 0 || seeker->act[1] < 0) return SOUGHT_FOUND; /* an act of one alone */
    size_t left = CHANGE_JUDGED_LARGEST - seeker->judged;
    trial.limit = seeker->judged + (left < CHANGE_SEARCH_LARGEST ? left : CHANGE_SEARCH_LARGEST);
    find_mine(&trial);
    bool done = seeker->done || goal->kind == GOAL_ADVICE;
    for (size_t u = 0; u <= seeker->unknown.count; u++) {
        for (int d = 0; d <= done; d++) {
            struct frame frame = {
                .actor = actor, .done = d == 1, .unknown = u == 0 ? -1 : seeker->unknown.at[u - 1]};
            if (try_frames(&trial, frame)) return SOUGHT_FOUND;
        }
    }
    return trial.gave_up ? SOUGHT_GAVE_UP : SOUGHT_NEVER;
}
