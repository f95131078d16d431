/* The search for a case in which two versions answer differently: both are judged on what is settled so far, in Kleene's logic,
 * and a branch ends where what was touched stays silent or comes to the same. Exact over the people and channels of
 * change_frames.c and every completion of facts, records, times and rulings; past its limit it gives up and says so. */
#include "policy/change_trial.h"

#define DAY_OF_TRIAL 20103 /* 2025-01-15 */
#define NOON (12 * 60)

/* ---- what cannot be found ------------------------------------------------------------------------------ */

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
    if (first) live_find(trial);
    if (trial->goal->kind == GOAL_ADVICE) return verdict_is_not(trial, VERDICT_NO_CLAUSE);
    if (trial->goal->kind == GOAL_DOOR) return verdict_is_not(trial, VERDICT_NOT_ALLOWED);
    for (int s = 0; s < 2; s++) {
        for (size_t i = 0; quiet && i < seeker->sides[s].code->rules.count; i++)
            quiet = !trial->mine[s][i] || touch_silent(&seeker->sides[s], i) ||
                    !(trial->live[s][i] || turns(trial, s, i));
    }
    return quiet || touch_same(trial);
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
        bool looked =
            open ? trial->mine[s][i] && unsettled : trial->live[s][i] && !touch_silent(side, i);
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
    bool found = try && trial_ask(trial);
    for (size_t i = 0; pair != NULL && i < pair->count && !found && !trial->gave_up; i++) {
        trial_set(trial, pair, i);
        found = explore(trial, false, i == 0 && (tried || try));
        trial_unset(trial, pair);
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
    trial_open(trial);
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
        if (touch_looked_at(trial, s, compiled->debts.at[i].duty)) return true;
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
    int times = seeker->done || goal->kind == GOAL_ADVICE ? 2 : 1; /* planned, and done */
    for (size_t u = 0; u <= seeker->unknown.count; u++) {
        for (int d = 0; d < times; d++) {
            struct frame frame = {
                .actor = actor, .done = d == 1, .unknown = u == 0 ? -1 : seeker->unknown.at[u - 1]};
            if (try_frames(&trial, frame)) return SOUGHT_FOUND;
        }
    }
    return trial.gave_up ? SOUGHT_GAVE_UP : SOUGHT_NEVER;
}
