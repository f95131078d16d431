/* The search for clauses that collide: see collide.h. The case found is written down by collide_witness.c. */
#include "policy/collide.h"

#include "policy/collide_parts.h"

struct collider {
    const struct policy *policy;
    struct arena *arena, *scratch;
    struct reach reach;
    struct collisions *found;
    struct map pairs; /* `a b` of those found */
};

/* ---- whether both speak ----------------------------------------------------------------------------- */

static enum tri holds(const struct space *space, const struct compiled *compiled,
                      const struct test *test)
{
    const struct environment *environment = space->active[compiled->environment];
    const struct bits *person = NULL;
    if (compiled->personal) {
        if (space->shown_count == 0) return TRI_NO;
        person = &environment->shown[0];
    }
    return test_tri(test, &environment->all, person, space->program->words);
}

/* Base and no exception: what the rule would say if nothing lifted it. */
static enum tri would_speak(const struct space *space, int rule)
{
    const struct compiled *compiled = &space->program->rules.at[rule];
    enum tri value = holds(space, compiled, &compiled->base);
    for (size_t i = 0; i < compiled->unless.count && value != TRI_NO; i++)
        value &= tri_not(holds(space, compiled, &compiled->unless.at[i].test));
    return value;
}

/* The lifter applies and the other would have spoken. */
static enum tri meets_lift(const struct goal *goal, const struct space *space,
                           const struct outcome *outcome)
{
    (void)outcome;
    return (enum tri)(space->results[goal->place].app & would_speak(space, goal->other));
}

static enum tri meets_shadow(const struct goal *goal, const struct space *space,
                             const struct outcome *outcome)
{
    (void)outcome;
    const struct compiled *a = &space->program->rules.at[goal->rule];
    const struct compiled *b = &space->program->rules.at[goal->other];
    return (enum tri)(holds(space, a, &a->shadow) & holds(space, b, &b->shadow));
}

/* Base and no exception, but for the lines that a reading brings. */
static enum tri speaks_bare(const struct space *space, const struct compiled *compiled)
{
    enum tri value = holds(space, compiled, &compiled->shadow);
    for (size_t i = 0; i < compiled->unless.count && value != TRI_NO; i++) {
        const struct exception *exception = &compiled->unless.at[i];
        if (compiled->rule->statement->tails.at[exception->tail].reading == 0)
            value &= tri_not(holds(space, compiled, &exception->test));
    }
    return value;
}

/* A line that a reading brings keeps the rule silent. Asked of that line alone: Kleene's logic cannot see that the rest of the
 * rule is the same with and without it. */
static enum tri silenced(const struct space *space, const struct compiled *compiled)
{
    const struct statement *statement = compiled->rule->statement;
    enum tri value = TRI_NO;
    for (size_t i = 0; i < compiled->unless.count; i++) {
        const struct exception *exception = &compiled->unless.at[i];
        if (statement->tails.at[exception->tail].reading > 0)
            value |= holds(space, compiled, &exception->test);
    }
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if (tail->kind == TAIL_IF && tail->reading > 0)
            return value | tri_not(holds(space, compiled, &compiled->base));
    }
    return value;
}

/* Both would have spoken; one is silenced and the other applies. */
static enum tri meets_reading(const struct goal *goal, const struct space *space,
                              const struct outcome *outcome)
{
    (void)outcome;
    const struct compiled *a = &space->program->rules.at[goal->rule];
    const struct compiled *b = &space->program->rules.at[goal->other];
    enum tri parted = (silenced(space, a) & (enum tri)space->results[goal->other_place].app) |
                      (silenced(space, b) & (enum tri)space->results[goal->place].app);
    return parted & speaks_bare(space, a) & speaks_bare(space, b);
}

static enum tri meets_both(const struct goal *goal, const struct space *space,
                           const struct outcome *outcome)
{
    (void)outcome;
    return (enum tri)(space->results[goal->place].app & space->results[goal->other_place].app);
}

/* ---- one pair --------------------------------------------------------------------------------------- */

static struct slice pair_key(const struct collider *collider, const struct clause *a,
                             const struct clause *b)
{
    bool swapped = a > b;
    return arena_format(collider->arena, "%.*s %.*s", SLICE_PRINT((swapped ? b : a)->id),
                        SLICE_PRINT((swapped ? a : b)->id));
}

static bool covers(const struct policy *policy, const struct compiled *compiled, int act)
{
    const struct act_code *code = &policy->program->acts[act];
    return code->closure != NULL &&
           mask_meets(compiled->acts, code->closure, policy->program->act_words);
}

/* Whether the rule is among the act's: as about the act itself, or, where `any`, in its wake. */
static bool among(const struct policy *policy, int rule, int act, bool any)
{
    const struct act_code *code = &policy->program->acts[act];
    for (size_t i = 0; code->closure != NULL && i < code->rules.count; i++) {
        if (code->rules.at[i].rule == rule) return any || code->rules.at[i].on_act;
    }
    return false;
}

static bool names_act(const struct compiled *compiled, int act)
{
    const struct acts *acts = &compiled->rule->statement->acts;
    for (size_t i = 0; i < acts->list.count; i++) {
        if (acts->list.at[i] == act) return true;
    }
    return false;
}

static enum reached try_act(struct collider *collider, struct goal *goal, int act,
                            const struct compiled *a, const struct compiled *b)
{
    /* whoever and whatever the narrower of the two names: the lists of both are tried */
    goal->who = &a->rule->statement->who;
    goal->acts = &a->rule->statement->acts;
    enum reached first = reach_find(&collider->reach, act, goal);
    if (first == REACH_FOUND) return first;
    goal->who = &b->rule->statement->who;
    goal->acts = &b->rule->statement->acts;
    enum reached second = reach_find(&collider->reach, act, goal);
    return second == REACH_FOUND || first == REACH_NEVER ? second : first;
}

static enum reached search_acts(struct collider *collider, struct goal *goal, bool any)
{
    const struct policy *policy = collider->policy;
    const struct compiled *a = &policy->program->rules.at[goal->rule];
    const struct compiled *b = &policy->program->rules.at[goal->other];
    enum reached worst = REACH_NEVER;
    /* acts that one of them names, then those that count as theirs */
    for (int pass = 0; pass < 2; pass++) {
        for (int act = 0; act < (int)policy->program->act_count; act++) {
            bool named = names_act(a, act) || names_act(b, act);
            if (named != (pass == 0) || policy->words.acts.at[act].kind == ACT_DUTY ||
                !among(policy, goal->rule, act, any) || !among(policy, goal->other, act, any) ||
                (!any && (!covers(policy, a, act) || !covers(policy, b, act))))
                continue;
            enum reached reached = try_act(collider, goal, act, a, b);
            if (reached == REACH_FOUND) return reached;
            if (reached == REACH_GAVE_UP) worst = reached;
        }
    }
    return worst;
}

static bool says_clash(const struct clause *one, const struct clause *other)
{
    for (size_t s = 0; s < one->statements.count; s++) {
        const struct statement *statement = &one->statements.at[s];
        for (size_t t = 0; t < statement->tails.count; t++) {
            const struct tail *tail = &statement->tails.at[t];
            for (size_t r = 0; tail->kind == TAIL_CLASHES && r < tail->refs.count; r++) {
                if (slice_equal(tail->refs.at[r].id, other->id)) return true;
            }
        }
    }
    return false;
}

static void look(struct collider *collider, struct collision collision, int a, int b,
                 enum tri (*meets)(const struct goal *, const struct space *,
                                   const struct outcome *))
{
    const struct program *program = collider->policy->program;
    struct slice key = pair_key(collider, collision.a, collision.b);
    if (collision.a == collision.b || map_get(&collider->pairs, key) >= 0) return;
    uint64_t *reads = reach_reads(collider->policy, a, collider->scratch);
    mask_join(reads, reach_reads(collider->policy, b, collider->scratch), program->words);
    struct goal goal = {.meets = meets, .reads = reads, .rule = a, .other = b, .exception = -1};
    bool wake = collision.kind == COLLISION_CLASH || collision.kind == COLLISION_OPTION;
    enum reached reached = search_acts(collider, &goal, wake);
    if (reached == REACH_FOUND) {
        collision.marked =
            says_clash(collision.a, collision.b) || says_clash(collision.b, collision.a);
        collision.witness = collide_witness(collider->reach.found, &collision, collider->arena);
        if (collision.witness.length > 0) {
            (void)map_set(&collider->pairs, key, 1);
            LIST_PUSH(collider->arena, &collider->found->list, collision);
        }
    }
    collider->found->given_up += reached == REACH_GAVE_UP;
    arena_reset(collider->scratch);
}

/* ---- the pairs --------------------------------------------------------------------------------------- */

static void look_for_lifts(struct collider *collider, int rule)
{
    const struct program *program = collider->policy->program;
    const struct compiled *lifted = &program->rules.at[rule];
    for (size_t i = 0; i < lifted->lifted_by.count; i++) {
        const struct compiled *lifter = &program->rules.at[lifted->lifted_by.at[i]];
        struct collision collision = {.kind = COLLISION_LIFTED,
                                      .a = lifter->rule->clause,
                                      .b = lifted->rule->clause,
                                      .reading = lifted->lifted_reading.at[i]};
        if (!lifter->law && !lifted->law && lifter->effect != EFFECT_DEED &&
            lifted->effect != EFFECT_DEED)
            look(collider, collision, lifted->lifted_by.at[i], rule, meets_lift);
    }
}

static bool ref_is(const struct ref *ref, const struct compiled *other)
{
    return !ref->every && !ref->section && !ref->law && !other->law &&
           slice_equal(ref->id, other->rule->clause->id);
}

static void look_for_clashes(struct collider *collider, int rule)
{
    const struct program *program = collider->policy->program;
    const struct compiled *compiled = &program->rules.at[rule];
    const struct statement *statement = compiled->rule->statement;
    for (size_t t = 0; t < statement->tails.count; t++) {
        const struct tail *tail = &statement->tails.at[t];
        for (size_t r = 0; tail->kind == TAIL_CLASHES && r < tail->refs.count; r++) {
            for (int other = 0; other < (int)program->rules.count; other++) {
                const struct compiled *second = &program->rules.at[other];
                struct collision collision = {.kind = COLLISION_CLASH,
                                              .a = compiled->rule->clause,
                                              .b = second->rule->clause,
                                              .reading = tail->reading};
                if (ref_is(&tail->refs.at[r], second) && second->effect != EFFECT_DEED)
                    look(collider, collision, rule, other, meets_shadow);
            }
        }
    }
}

static bool same_deed(const struct duty *a, const struct duty *b)
{
    if (a->act != b->act || a->object.list.count != b->object.list.count) return false;
    for (size_t i = 0; i < a->object.list.count; i++) {
        if (a->object.list.at[i] != b->object.list.at[i]) return false;
    }
    return true;
}

/* Both about what has happened: one owes the deed, the other leaves it open. */
static void look_for_options(struct collider *collider, int rule, int other)
{
    const struct compiled *one = &collider->policy->program->rules.at[rule];
    const struct compiled *two = &collider->policy->program->rules.at[other];
    struct collision collision = {
        .kind = COLLISION_OPTION, .a = one->rule->clause, .b = two->rule->clause};
    for (size_t i = 0; i < one->debts.count && one->effect == EFFECT_EVENT; i++) {
        for (size_t k = 0; k < two->debts.count && two->effect == EFFECT_EVENT; k++) {
            const struct duty *owed = one->debts.at[i].duty, *option = two->debts.at[k].duty;
            if (owed->modal != DUTY_MAY && option->modal == DUTY_MAY && same_deed(owed, option))
                look(collider, collision, rule, other, meets_both);
        }
    }
}

static bool permits(const struct compiled *compiled)
{
    return !compiled->law && (compiled->effect == EFFECT_MAY || compiled->effect == EFFECT_OWED);
}

static bool forbids(const struct compiled *compiled)
{
    return !compiled->law &&
           (compiled->effect == EFFECT_FORBID || compiled->effect == EFFECT_ADVISE);
}

static bool has_if(const struct statement *statement)
{
    for (size_t i = 0; i < statement->tails.count; i++) {
        if (statement->tails.at[i].kind == TAIL_IF) return true;
    }
    return false;
}

/* A ban with an IF of its own limits a permission as texts always do; a flat one, and one on what is owed, contradicts it. */
static bool head_on(const struct compiled *permission, const struct compiled *ban)
{
    return permission->effect == EFFECT_OWED || !has_if(ban->rule->statement);
}

static bool roles_meet(const struct policy *policy, const struct roles *a, const struct roles *b)
{
    for (size_t i = 0; i < a->list.count; i++) {
        for (size_t k = 0; k < b->list.count; k++) {
            int x = a->list.at[i], y = b->list.at[k];
            if (policy_counts(policy, WORD_PERSON, x, y) ||
                policy_counts(policy, WORD_PERSON, y, x))
                return true;
        }
    }
    return false;
}

/* Whether both speak about one kind of actor. Somebody who is two things at once can meet nearly any two clauses. */
static bool same_actors(const struct policy *policy, const struct compiled *a,
                        const struct compiled *b)
{
    const struct who *one = &a->rule->statement->who, *two = &b->rule->statement->who;
    return one->anyone || two->anyone || roles_meet(policy, &one->roles, &two->roles);
}

/* And about one kind of other person, or one of them about any. */
static bool same_people(const struct policy *policy, const struct compiled *a,
                        const struct compiled *b)
{
    const struct roles *one = &a->rule->statement->acts.object;
    const struct roles *two = &b->rule->statement->acts.object;
    bool open = one->list.count == 0 || two->list.count == 0;
    return same_actors(policy, a, b) && (open || roles_meet(policy, one, two));
}

static bool share_givers(const struct compiled *a, const struct compiled *b)
{
    const struct roles *one = &a->gates.at[0].need->from, *other = &b->gates.at[0].need->from;
    for (size_t i = 0; i < one->list.count; i++) {
        for (size_t k = 0; k < other->list.count; k++) {
            if (one->list.at[i] == other->list.at[k]) return true;
        }
    }
    return one->list.count == 0 || other->list.count == 0;
}

static void look_for_gates(struct collider *collider, int rule, int other)
{
    const struct compiled *one = &collider->policy->program->rules.at[rule];
    const struct compiled *two = &collider->policy->program->rules.at[other];
    struct collision collision = {
        .kind = COLLISION_TWO_YES, .a = one->rule->clause, .b = two->rule->clause};
    if (rule < other && one->effect == EFFECT_GATE && two->effect == EFFECT_GATE &&
        !has_if(one->rule->statement) && !has_if(two->rule->statement) && !share_givers(one, two) &&
        same_actors(collider->policy, one, two))
        look(collider, collision, rule, other, meets_both);
}

static void look_for_bans(struct collider *collider, int rule)
{
    const struct program *program = collider->policy->program;
    const struct compiled *permission = &program->rules.at[rule];
    for (int other = 0; permits(permission) && other < (int)program->rules.count; other++) {
        const struct compiled *ban = &program->rules.at[other];
        struct collision collision = {.kind = COLLISION_FORBIDS,
                                      .a = permission->rule->clause,
                                      .b = ban->rule->clause,
                                      .should = ban->should,
                                      .advised = ban->effect == EFFECT_ADVISE};
        bool marked = says_clash(collision.a, collision.b) || says_clash(collision.b, collision.a);
        if (forbids(ban) && (marked || head_on(permission, ban)) &&
            same_actors(collider->policy, permission, ban))
            look(collider, collision, rule, other, meets_both);
    }
}

/* The reading of a line that can keep the rule silent, 0: none. */
static unsigned reading_of(const struct compiled *compiled, uint32_t reads)
{
    const struct statement *statement = compiled->rule->statement;
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if ((tail->kind == TAIL_IF || tail->kind == TAIL_UNLESS) && tail->reading > 0 &&
            policy_awake(reads, tail->reading, tail->not_reading))
            return tail->reading;
    }
    return 0;
}

static void look_for_readings(struct collider *collider, int rule, int other)
{
    const struct policy *policy = collider->policy;
    const struct compiled *permission = &policy->program->rules.at[rule];
    const struct compiled *ban = &policy->program->rules.at[other];
    unsigned of_ban = reading_of(ban, policy->reads);
    struct collision collision = {.kind = COLLISION_READING,
                                  .a = permission->rule->clause,
                                  .b = ban->rule->clause,
                                  .reading =
                                      of_ban > 0 ? of_ban : reading_of(permission, policy->reads)};
    bool marked = says_clash(collision.a, collision.b) || says_clash(collision.b, collision.a);
    if (collision.reading > 0 && permits(permission) && forbids(ban) &&
        (marked || head_on(permission, ban)) && same_people(policy, permission, ban))
        look(collider, collision, rule, other, meets_reading);
}

static void look_at_pairs(struct collider *collider,
                          void (*look_for)(struct collider *, int rule, int other))
{
    const struct program *program = collider->policy->program;
    for (int rule = 0; rule < (int)program->rules.count; rule++) {
        for (int other = 0; other < (int)program->rules.count; other++) {
            if (!program->rules.at[rule].law && !program->rules.at[other].law)
                look_for(collider, rule, other);
        }
    }
}

/* What the author has marked first, then what a reading settles, what nothing but strictness does, and what a clause settles
 * by itself. */
static int rank(const struct collision *collision)
{
    if (collision->marked) return 0;
    if (collision->reading > 0) return 1;
    return collision->kind == COLLISION_LIFTED ? 3 : 2;
}

static bool stands_before(const struct collision *one, const struct collision *two)
{
    int first = rank(one), second = rank(two);
    if (first != second) return first < second;
    return one->a != two->a ? one->a < two->a : one->b < two->b;
}

static void sort_pairs(struct collisions *found)
{
    for (size_t i = 1; i < found->list.count; i++) {
        struct collision moved = found->list.at[i];
        size_t at = i;
        for (; at > 0 && stands_before(&moved, &found->list.at[at - 1]); at--)
            found->list.at[at] = found->list.at[at - 1];
        found->list.at[at] = moved;
    }
}

void collide_find(const struct policy *policy, struct arena *arena,
                  struct collisions *ret_collisions)
{
    struct collider collider = {
        .policy = policy, .arena = arena, .scratch = arena_new(), .found = ret_collisions};
    *ret_collisions = (struct collisions){0};
    map_init(&collider.pairs, arena);
    reach_init(&collider.reach, policy, arena);
    int count = (int)policy->program->rules.count;
    for (int rule = 0; rule < count; rule++) look_for_lifts(&collider, rule);
    look_at_pairs(&collider, look_for_readings);
    look_at_pairs(&collider, look_for_options);
    look_at_pairs(&collider, look_for_gates);
    for (int rule = 0; rule < count; rule++) look_for_bans(&collider, rule);
    for (int rule = 0; rule < count; rule++) look_for_clashes(&collider, rule);
    reach_clear(&collider.reach);
    arena_free(collider.scratch);
    sort_pairs(ret_collisions);
}
