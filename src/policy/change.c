/* What a version changes for whom: see change.h. Act by act, the rules that one version has and the other has not; for each
 * statement that made the difference and each role, a search for a case. */
#include "policy/change_parts.h"

#include "policy/addressed.h"

#define KEY_LARGEST ((size_t)1 << 20)

/* One search done: roles that the rules of an act cannot tell apart share it. */
struct answered {
    enum sought sought;
    struct policy_change met; /* the case: its words alone are used */
    struct slice example;
    struct decision decisions[2];
};

struct comparison {
    struct arena *arena, *work;
    struct signer signer;
    struct side sides[2];
    struct joint joint;
    struct units units;
    struct seeker seeker;
    struct changes *changes;
    const struct change_role *roles;
    size_t count;
    bool *met;        /* by role and unit */
    bool *alone;      /* by role: something differs for it alone */
    bool *bound;      /* by role: one of the versions binds it */
    struct map asked; /* on the act at hand: goal and people -> index in answers */
    LIST(struct answered) answers;
    LIST(int) bearers; /* joint people to whom a rule of the act can give a duty by name */
};

/* ---- roles ------------------------------------------------------------------------------------------- */

/* The joint index of a role's word, -1: neither version has it. */
static int word_of(const struct comparison *comparison, size_t role, size_t word)
{
    struct slice id = comparison->roles[role].words[word];
    for (int s = 0; s < 2 && id.length > 0; s++) {
        int index = words_find_id(&comparison->sides[s].policy->words, WORD_PERSON, id);
        if (index >= 0) return joint_find(&comparison->joint.people, s, index);
    }
    return -1;
}

static bool word_binds(const struct comparison *comparison, int s, int joint)
{
    int index = comparison->joint.people.list.at[joint].at[s];
    return index >= 0 && policy_binds(comparison->sides[s].policy, index);
}

static bool role_bound(const struct comparison *comparison, size_t role, int s)
{
    bool bound = false;
    for (size_t w = 0; w < CHANGE_ROLE_WORDS; w++) {
        int joint = word_of(comparison, role, w);
        bound = bound || (joint >= 0 && word_binds(comparison, s, joint));
    }
    return bound;
}

/* Whether somebody with the word is one of those whom `other` names, definitions included; that may hang on a fact. */
static bool word_is(struct side *side, int word, int other, struct arena *arena)
{
    const struct program *program = side->program;
    if (word < 0 || other < 0) return false;
    for (size_t l = 0; l < program->literals.count; l++) {
        const struct literal *literal = &program->literals.at[l];
        if (literal->kind != LITERAL_ACTOR || literal->index != other || side->code == NULL)
            continue;
        struct request request;
        request_init_at(side->policy, false, (struct moment){0}, arena, &request);
        request.actor_given = true;
        request.has_time = false;
        LIST_PUSH(arena, &request.actor.list, word);
        encode_asker(side->space, side->code, &request);
        return mask_has(program->actor_roles[word], (int)l) ||
               (literal->derived >= 0 && mask_has(side->code->all, (int)l) &&
                bit_tri(&side->space->asker.all, (int)l) != TRI_NO);
    }
    return policy_counts(side->policy, WORD_PERSON, word, other);
}

static bool role_is(struct comparison *comparison, size_t role, int joint)
{
    const struct joint_words *people = &comparison->joint.people;
    for (size_t w = 0; w < CHANGE_ROLE_WORDS; w++) {
        int word = word_of(comparison, role, w);
        for (int s = 0; s < 2 && word >= 0; s++) {
            if (word_is(&comparison->sides[s], people->list.at[word].at[s],
                        people->list.at[joint].at[s], comparison->work))
                return true;
        }
    }
    return false;
}

/* ---- what was met ------------------------------------------------------------------------------------ */

static void add_met(struct comparison *comparison, size_t role, size_t unit,
                    const struct answered *answered, struct slice together, bool bears)
{
    struct change_for *to = &comparison->changes->roles.at[role];
    struct change_met *met = LIST_ADD(comparison->arena, &to->list);
    *met = (struct change_met){.change = unit,
                               .bears = bears,
                               .untried = answered->sought == SOUGHT_GAVE_UP,
                               .together = together,
                               .example = answered->example,
                               .old_verdict = answered->decisions[0].verdict,
                               .new_verdict = answered->decisions[1].verdict,
                               .old_strength = answered->decisions[0].strength,
                               .new_strength = answered->decisions[1].strength};
    to->meaning = true;
    comparison->met[role * comparison->units.list.count + unit] = true;
    comparison->changes->list.at[unit].matters = true;
    comparison->changes->untried = comparison->changes->untried || met->untried;
}

static bool was_met(const struct comparison *comparison, size_t role, size_t unit)
{
    return comparison->met[role * comparison->units.list.count + unit];
}

/* Which duties by name fall to whoever acts: a bit a version and a bearer of the act, as they stand in `bearers`. */
static void find_falls(struct comparison *comparison, const struct crowd *actor,
                       struct change_goal *goal, struct text *key)
{
    const struct joint_words *people = &comparison->joint.people;
    for (int s = 0; s < 2; s++) {
        goal->falls[s] = ARENA_ARRAY(comparison->work, bool, people->list.count + 1);
        for (size_t i = 0; i < comparison->bearers.count; i++) {
            int bearer = comparison->bearers.at[i];
            bool falls = false;
            for (unsigned k = 0; k < actor->count; k++)
                falls = falls || word_is(&comparison->sides[s], people->list.at[actor->at[k]].at[s],
                                         people->list.at[bearer].at[s], comparison->work);
            goal->falls[s][bearer] = falls;
            text_add_char(key, falls ? '1' : '0');
        }
    }
}

/* Asks once for all who look alike to the act. */
static const struct answered *ask(struct comparison *comparison, const struct crowd *actor,
                                  const struct change_goal *sought)
{
    AUTO_TEXT struct text key;
    struct change_goal goal = *sought;
    text_init(&key, KEY_LARGEST);
    text_format(&key, "%d %zu %d ", (int)goal.kind, goal.unit, goal.bearer);
    text_add(&key, actor->key);
    find_falls(comparison, actor, &goal, &key);
    int64_t known = map_get(&comparison->asked, text_slice(&key));
    if (known >= 0) return &comparison->answers.at[known];
    struct slice whole = arena_copy(comparison->work, text_slice(&key));
    struct answered answered = {.example = SLICE_EMPTY};
    answered.sought = seeker_find(&comparison->seeker, actor, &goal);
    if (answered.sought == SOUGHT_FOUND) {
        answered.example = case_say(&comparison->seeker, comparison->arena);
        answered.decisions[0] = comparison->seeker.pair.decisions[0];
        answered.decisions[1] = comparison->seeker.pair.decisions[1];
    }
    (void)map_set(&comparison->asked, whole, (int64_t)comparison->answers.count);
    LIST_PUSH(comparison->work, &comparison->answers, answered);
    return &comparison->answers.at[comparison->answers.count - 1];
}

static struct crowd crowd_of(struct comparison *comparison, int a, int b)
{
    struct crowd crowd = {.at = {a, b}, .count = b < 0 || a == b ? 1 : 2};
    crowd.key = crowd_key(comparison->sides, &comparison->joint, CROWD_ACTOR, crowd.at, crowd.count,
                          comparison->work);
    return crowd;
}

/* ---- one act ----------------------------------------------------------------------------------------- */

static bool unit_here(const struct comparison *comparison, size_t unit)
{
    for (int s = 0; s < 2; s++) {
        const struct side *side = &comparison->sides[s];
        for (size_t i = 0; side->code != NULL && i < side->code->rules.count; i++) {
            if (side->touched[i] && units_has(&comparison->units, s, i, unit)) return true;
        }
    }
    return false;
}

static void try_alone(struct comparison *comparison, size_t unit)
{
    const struct change_goal goal = {.kind = GOAL_UNIT, .unit = unit};
    for (size_t r = 0; r < comparison->count; r++) {
        for (size_t w = 0; w < CHANGE_ROLE_WORDS; w++) {
            int word = word_of(comparison, r, w);
            if (word < 0 || was_met(comparison, r, unit)) continue;
            struct crowd actor = crowd_of(comparison, word, -1);
            const struct answered *answered = ask(comparison, &actor, &goal);
            if (answered->sought != SOUGHT_NEVER)
                add_met(comparison, r, unit, answered, SLICE_EMPTY, false);
        }
    }
}

/* Whether the act takes both for the first alone. */
static bool adds_nothing(struct comparison *comparison, const struct crowd *both,
                         const struct crowd *first)
{
    AUTO_TEXT struct text one;
    AUTO_TEXT struct text two;
    struct change_goal ignored = {.kind = GOAL_UNIT};
    text_init(&one, KEY_LARGEST);
    text_init(&two, KEY_LARGEST);
    find_falls(comparison, both, &ignored, &one);
    find_falls(comparison, first, &ignored, &two);
    return slice_equal(both->key, first->key) && slice_equal(text_slice(&one), text_slice(&two));
}

/* `a` beside `b`: found where both together see what the unit changed. */
static const struct answered *try_together(struct comparison *comparison, size_t a, size_t b,
                                           const struct change_goal *goal)
{
    for (size_t w = 0; w < CHANGE_ROLE_WORDS; w++) {
        for (size_t v = 0; v < CHANGE_ROLE_WORDS; v++) {
            int one = word_of(comparison, a, w);
            int two = word_of(comparison, b, v);
            if (one < 0 || two < 0) continue;
            struct crowd both = crowd_of(comparison, one, two);
            struct crowd first = crowd_of(comparison, one, -1);
            if (adds_nothing(comparison, &both, &first)) continue;
            const struct answered *answered = ask(comparison, &both, goal);
            if (answered->sought != SOUGHT_NEVER) return answered;
        }
    }
    return NULL;
}

static const struct change_met *met_of(const struct comparison *comparison, size_t role,
                                       size_t unit)
{
    const struct change_for *to = &comparison->changes->roles.at[role];
    for (size_t i = 0; i < to->list.count; i++) {
        if (to->list.at[i].change == unit) return &to->list.at[i];
    }
    return NULL;
}

/* A duty that falls to an account owner falls to whoever may be one. */
static void add_borne(struct comparison *comparison, size_t role, const struct change_met *borne,
                      struct slice together)
{
    struct change_for *to = &comparison->changes->roles.at[role];
    struct change_met *met = LIST_ADD(comparison->arena, &to->list);
    *met = *borne;
    met->together = together;
    to->meaning = true;
    comparison->met[role * comparison->units.list.count + borne->change] = true;
}

/* Whoever is bound may come to be an account owner: what differs for both together differs for them. */
static void try_capacities(struct comparison *comparison, size_t unit,
                           const struct change_goal *goal)
{
    for (size_t r = 0; r < comparison->count; r++) {
        for (size_t c = 0; c < comparison->count; c++) {
            const struct change_met *borne = met_of(comparison, c, unit);
            if (!comparison->roles[r].takes_on || !comparison->roles[c].capacity ||
                !comparison->bound[r] || was_met(comparison, r, unit))
                continue;
            const struct answered *answered = try_together(comparison, r, c, goal);
            if (answered != NULL)
                add_met(comparison, r, unit, answered, comparison->roles[c].name, false);
            else if (borne != NULL && borne->bears)
                add_borne(comparison, r, borne, comparison->roles[c].name);
        }
    }
}

/* Two roles for neither of which anything differs alone. */
static void try_pairs(struct comparison *comparison, size_t unit, const struct change_goal *goal)
{
    for (size_t a = 0; a < comparison->count; a++) {
        for (size_t b = a + 1; b < comparison->count; b++) {
            bool left = comparison->alone[a] || comparison->alone[b] ||
                        comparison->roles[a].capacity || comparison->roles[b].capacity ||
                        (was_met(comparison, a, unit) && was_met(comparison, b, unit));
            const struct answered *answered = left ? NULL : try_together(comparison, a, b, goal);
            if (answered == NULL) continue;
            if (!was_met(comparison, a, unit))
                add_met(comparison, a, unit, answered, comparison->roles[b].name, false);
            if (!was_met(comparison, b, unit))
                add_met(comparison, b, unit, answered, comparison->roles[a].name, false);
        }
    }
}

/* ---- bearers ----------------------------------------------------------------------------------------- */

/* Whether a rule of this act can give the person a duty by name: one that the unit touched, or, with `any`, any. */
static bool can_bear(const struct comparison *comparison, int bearer, size_t unit, bool any)
{
    for (int s = 0; s < 2; s++) {
        const struct side *side = &comparison->sides[s];
        int role = comparison->joint.people.list.at[bearer].at[s];
        for (size_t i = 0; role >= 0 && side->code != NULL && i < side->code->rules.count; i++) {
            const struct compiled *compiled =
                &side->program->rules.at[side->code->rules.at[i].rule];
            bool looked = any || (side->touched[i] && units_has(&comparison->units, s, i, unit));
            for (size_t d = 0; looked && d < compiled->debts.count; d++) {
                const struct roles *roles = &compiled->debts.at[d].duty->bearer.roles;
                for (size_t k = 0; k < roles->list.count; k++) {
                    bool stands = roles->list.at[k] == role;
                    for (size_t n = 0; n < side->program->stand_ins.count; n++)
                        stands =
                            stands || (side->program->stand_ins.at[n].to == role &&
                                       side->program->stand_ins.at[n].from == roles->list.at[k]);
                    if (stands) return true;
                }
            }
        }
    }
    return false;
}

static bool anybody_left(struct comparison *comparison, int bearer, size_t unit, bool *ret_roles)
{
    bool left = false;
    for (size_t r = 0; r < comparison->count; r++) {
        ret_roles[r] = !was_met(comparison, r, unit) && role_is(comparison, r, bearer);
        left = left || ret_roles[r];
    }
    return left;
}

/* Whoever acts: nobody, or anybody of the vocabulary. */
static void try_bearer(struct comparison *comparison, int bearer, size_t unit,
                       const struct crowds *actors)
{
    bool *roles = ARENA_ARRAY(comparison->work, bool, comparison->count + 1);
    const struct change_goal goal = {.kind = GOAL_BEARER, .unit = unit, .bearer = bearer};
    if (!anybody_left(comparison, bearer, unit, roles)) return;
    for (size_t i = 0; i < actors->list.count; i++) {
        const struct answered *answered = ask(comparison, &actors->list.at[i], &goal);
        if (answered->sought == SOUGHT_NEVER) continue;
        for (size_t r = 0; r < comparison->count; r++) {
            if (roles[r]) add_met(comparison, r, unit, answered, SLICE_EMPTY, true);
        }
        return;
    }
}

static void try_bearers(struct comparison *comparison, size_t unit)
{
    size_t people = comparison->joint.people.list.count;
    struct crowds actors;
    bool touched = false;
    crowds_make(comparison->sides, &comparison->joint, CROWD_ACTOR, true, comparison->work,
                &actors);
    for (size_t b = 0; b < people; b++)
        touched = touched || can_bear(comparison, (int)b, unit, false);
    for (size_t b = 0; b < people; b++) {
        if (can_bear(comparison, (int)b, unit, !touched))
            try_bearer(comparison, (int)b, unit, &actors);
    }
}

/* ---- every act ---------------------------------------------------------------------------------------- */

enum pass { PASS_ALONE, PASS_TOGETHER, PASS_LINES };

static void try_unit(struct comparison *comparison, size_t unit, enum pass pass)
{
    const struct change_goal goal = {.kind = GOAL_UNIT, .unit = unit};
    if (pass == PASS_ALONE) {
        try_alone(comparison, unit);
        try_bearers(comparison, unit);
        return;
    }
    try_capacities(comparison, unit, &goal);
    try_pairs(comparison, unit, &goal);
}

static const struct policy_line *line_of(const struct unit *unit)
{
    return unit->line[0] != NULL ? unit->line[0] : unit->line[1];
}

/* Whether an answer can show the line to whoever has this role. */
static bool line_concerns(struct comparison *comparison, const struct unit *unit, size_t role)
{
    const struct policy_line *line = line_of(unit);
    if (line->kind != LINE_DEPART) return comparison->bound[role];
    for (int s = 0; s < 2; s++) {
        const struct policy_line *here = unit->line[s];
        if (here == NULL) continue;
        if (here->who.anyone) return true;
        for (size_t i = 0; i < here->who.roles.list.count; i++) {
            int joint = joint_find(&comparison->joint.people, s, here->who.roles.list.at[i]);
            if (role_is(comparison, role, joint)) return true;
        }
    }
    return false;
}

/* Whether an answer can show the line: whom the policy binds only where it says what to do when it is silent. */
static bool line_answers(const struct comparison *comparison, const struct unit *unit)
{
    const struct policy_line *line = line_of(unit);
    bool silence = false;
    for (int s = 0; s < 2; s++) {
        const struct program *program = comparison->sides[s].program;
        silence = silence || program->line_ask != NULL || program->line_tell != NULL;
    }
    return line != NULL &&
           ((line->kind == LINE_BINDS && silence) || line->kind == LINE_SILENCE_ASK ||
            line->kind == LINE_SILENCE_TELL || line->kind == LINE_DEPART);
}

static void try_line(struct comparison *comparison, size_t number)
{
    const struct unit *unit = &comparison->units.list.at[number];
    if (!line_answers(comparison, unit)) return;
    const struct change_goal goal = {
        .kind = line_of(unit)->kind == LINE_DEPART ? GOAL_DOOR : GOAL_ADVICE, .unit = number};
    for (size_t r = 0; r < comparison->count; r++) {
        for (size_t w = 0; w < CHANGE_ROLE_WORDS; w++) {
            int word = word_of(comparison, r, w);
            if (word < 0 || was_met(comparison, r, number) || !line_concerns(comparison, unit, r))
                continue;
            struct crowd actor = crowd_of(comparison, word, -1);
            const struct answered *answered = ask(comparison, &actor, &goal);
            if (answered->sought == SOUGHT_FOUND)
                add_met(comparison, r, number, answered, SLICE_EMPTY, false);
        }
    }
}

static bool askable(const struct policy *policy, int act)
{
    return act >= 0 && policy->words.acts.at[act].kind != ACT_DUTY;
}

static void try_act(struct comparison *comparison, const struct joint_word *word, enum pass pass)
{
    int act[2];
    for (int s = 0; s < 2; s++)
        act[s] = askable(comparison->sides[s].policy, word->at[s]) ? word->at[s] : -1;
    if (act[0] < 0 && act[1] < 0) return;
    if (pass == PASS_LINES && (act[0] < 0 || act[1] < 0)) return;
    bool touched = sides_take_act(comparison->sides, act, &comparison->signer);
    if (!touched && pass != PASS_LINES) return;
    arena_reset(comparison->work);
    map_init(&comparison->asked, comparison->work);
    comparison->answers.at = NULL;
    comparison->answers.count = comparison->answers.space = 0;
    comparison->bearers.at = NULL;
    comparison->bearers.count = comparison->bearers.space = 0;
    for (size_t b = 0; b < comparison->joint.people.list.count; b++) {
        if (can_bear(comparison, (int)b, 0, true))
            LIST_PUSH(comparison->work, &comparison->bearers, (int)b);
    }
    units_take_act(&comparison->units);
    seeker_take_act(&comparison->seeker, act);
    for (size_t u = 0; u < comparison->units.list.count; u++) {
        if (pass == PASS_LINES)
            try_line(comparison, u);
        else if (unit_here(comparison, u))
            try_unit(comparison, u, pass);
    }
}

/* Whether a statement that was changed names the act itself. */
static bool names_act(const struct comparison *comparison, const struct joint_word *word)
{
    for (size_t u = 0; u < comparison->units.list.count; u++) {
        for (int s = 0; s < 2; s++) {
            const struct rule *rule = comparison->units.list.at[u].rule[s];
            for (size_t i = 0; rule != NULL && i < rule->statement->acts.list.count; i++) {
                if (rule->statement->acts.list.at[i] == word->at[s]) return true;
            }
        }
    }
    return false;
}

/* The acts that the changed statements name come first: a case is plainest there. */
static void try_acts(struct comparison *comparison, enum pass pass)
{
    const struct joint_words *acts = &comparison->joint.acts;
    for (int named = 1; named >= 0; named--) {
        for (size_t i = 0; i < acts->list.count; i++) {
            if (names_act(comparison, &acts->list.at[i]) == (named == 1))
                try_act(comparison, &acts->list.at[i], pass);
        }
    }
}

/* ---- the whole ----------------------------------------------------------------------------------------- */

static bool same_hash(const char *a, const char *b)
{
    return slice_equal(slice_of(a), slice_of(b));
}

/* By their hashes; those who compile without any have to be compared. */
static bool same_meaning(const struct policy *old, const struct policy *new)
{
    const struct policy_hashes *a = &old->hashes;
    const struct policy_hashes *b = &new->hashes;
    return a->meaning[0] != '\0' && same_hash(a->meaning, b->meaning) &&
           same_hash(a->words, b->words) && same_hash(a->law_meaning, b->law_meaning);
}

static void start(struct comparison *comparison, const struct policy *old, const struct policy *new)
{
    size_t cells;
    struct arena *arena = comparison->signer.arena;
    side_init(&comparison->sides[0], old, &comparison->signer);
    side_init(&comparison->sides[1], new, &comparison->signer);
    joint_init(&comparison->joint, old, new, arena);
    units_init(&comparison->units, comparison->sides, &comparison->signer);
    cells = comparison->count * comparison->units.list.count + 1;
    comparison->met = ARENA_ARRAY(arena, bool, cells);
    comparison->alone = ARENA_ARRAY(arena, bool, comparison->count + 1);
    comparison->bound = ARENA_ARRAY(arena, bool, comparison->count + 1);
    comparison->seeker =
        (struct seeker){.empty_then = signer_number(&comparison->signer, SLICE("thend;")),
                        .sides = comparison->sides,
                        .joint = &comparison->joint,
                        .units = &comparison->units,
                        .signer_arena = arena,
                        .arena = arena_new(),
                        .scratch = arena_new()};
    seeker_find_judges(&comparison->seeker);
    seeker_find_unknown(&comparison->seeker);
    for (size_t u = 0; u < comparison->units.list.count; u++)
        unit_say(&comparison->units.list.at[u], comparison->sides, comparison->arena,
                 LIST_ADD(comparison->arena, &comparison->changes->list));
}

/* Who is bound by one version alone. */
static void compare_bound(struct comparison *comparison)
{
    const struct answered none = {.sought = SOUGHT_FOUND, .example = SLICE_EMPTY};
    for (size_t r = 0; r < comparison->count; r++) {
        bool bound[2];
        for (int s = 0; s < 2; s++) bound[s] = role_bound(comparison, r, s);
        comparison->bound[r] = bound[0] || bound[1];
        size_t unit = comparison->units.list.count - 1; /* by what its words mean now */
        for (size_t u = 0; u < comparison->units.list.count; u++) {
            const struct policy_line *line = line_of(&comparison->units.list.at[u]);
            if (line != NULL && line->kind == LINE_BINDS) unit = u;
        }
        if (bound[0] != bound[1]) add_met(comparison, r, unit, &none, SLICE_EMPTY, false);
    }
}

static void compare_all(struct comparison *comparison)
{
    bool lines = false;
    compare_bound(comparison);
    try_acts(comparison, PASS_ALONE);
    for (size_t u = 0; u < comparison->units.list.count; u++)
        lines = lines || line_answers(comparison, &comparison->units.list.at[u]);
    if (lines) try_acts(comparison, PASS_LINES);
    for (size_t r = 0; r < comparison->count; r++)
        comparison->alone[r] = comparison->changes->roles.at[r].meaning;
    try_acts(comparison, PASS_TOGETHER);
    comparison->changes->judged = comparison->seeker.judged;
    /* The words are no change where nothing came of them. */
    size_t last = comparison->changes->list.count - 1;
    if (!comparison->changes->list.at[last].matters) comparison->changes->list.count--;
}

void policy_changes(const struct policy *old, const struct policy *new,
                    const struct change_role *roles, size_t count, struct arena *arena,
                    struct changes *ret_changes)
{
    *ret_changes = (struct changes){.prose = !same_hash(old->hashes.prose, new->hashes.prose)};
    for (size_t r = 0; r < count; r++) LIST_ADD(arena, &ret_changes->roles)->role = &roles[r];
    if (same_meaning(old, new)) return;
    AUTO(arena) struct arena *whole = arena_new();
    struct comparison comparison = {.arena = arena,
                                    .work = arena_new(),
                                    .changes = ret_changes,
                                    .roles = roles,
                                    .count = count};
    signer_init(&comparison.signer, whole);
    start(&comparison, old, new);
    compare_all(&comparison);
    signer_clear(&comparison.signer);
    arena_free(comparison.seeker.arena);
    arena_free(comparison.seeker.scratch);
    arena_free(comparison.work);
}
