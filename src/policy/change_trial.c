/* What is open to both versions, thing by thing, each with the values that make a difference to either; and the question put to
 * both with it. */
#include "policy/change_trial.h"

#define JOINT_VALUES_LARGEST 729 /* of one record: six givers */

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

void trial_open(struct trial *trial)
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

void trial_set(struct trial *trial, struct pair *pair, size_t value)
{
    pair->set = true;
    pair->value = value;
    for (int s = 0; s < 2; s++) {
        if (pair->has[s] && value < pair->rulings)
            world_set(&trial->worlds[s], &pair->variables[s], value);
    }
}

void trial_unset(struct trial *trial, struct pair *pair)
{
    for (int s = 0; s < 2; s++) {
        if (pair->has[s] && pair->value < pair->rulings)
            world_unset(&trial->worlds[s], &pair->variables[s]);
    }
    pair->set = false;
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

static bool ask_both(struct trial *trial, const struct request requests[2],
                     struct answer_pair *ret_pair)
{
    struct seeker *seeker = trial->seeker;
    answers_compare(seeker->sides, seeker->joint, trial->goal->falls, requests, seeker->scratch,
                    ret_pair);
    return sought_here(trial, ret_pair);
}

static bool same_verdicts(const struct answer_pair *a, const struct answer_pair *b)
{
    bool same = true;
    for (int s = 0; s < 2; s++)
        same = same && a->decisions[s].verdict == b->decisions[s].verdict &&
               a->decisions[s].strength == b->decisions[s].strength;
    return same;
}

/* Numbers, dates and choices that make no difference are left unsaid: a case is plainer without them. */
static void leave_out(struct trial *trial, struct request requests[2],
                      const struct answer_pair *found)
{
    const struct seeker *seeker = trial->seeker;
    for (size_t i = 0; i < trial->pairs.count; i++) {
        const struct pair *pair = &trial->pairs.at[i];
        struct answer_pair without;
        struct value kept[2] = {0};
        if (pair->kind != VARIABLE_FACT || pair->joint < 0 || pair->shown >= 0) continue;
        const struct joint_word *word = &seeker->joint->facts.list.at[pair->joint];
        int s = pair->has[1] ? 1 : 0;
        if (seeker->sides[s].policy->words.facts.at[word->at[s]].kind == FACT_YES_NO) continue;
        for (s = 0; s < 2; s++) {
            struct value *value = word->at[s] < 0 ? NULL : &requests[s].facts[word->at[s]];
            if (value == NULL) continue;
            kept[s] = *value;
            value->known = NOT_ASKED;
        }
        if (ask_both(trial, requests, &without) && same_verdicts(&without, found)) continue;
        for (s = 0; s < 2; s++) {
            if (word->at[s] >= 0) requests[s].facts[word->at[s]] = kept[s];
        }
    }
}

bool trial_ask(struct trial *trial)
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
    if (!ask_both(trial, requests, &pair)) return false;
    leave_out(trial, requests, &pair);
    for (int s = 0; s < 2; s++) {
        request_copy(&requests[s], seeker->arena, &seeker->found[s]);
        seeker->pair.decisions[s] = (struct decision){.policy = seeker->sides[s].policy,
                                                      .verdict = pair.decisions[s].verdict,
                                                      .strength = pair.decisions[s].strength,
                                                      .noted = pair.decisions[s].noted};
    }
    return true;
}
