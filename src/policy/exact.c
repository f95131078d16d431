/* Quantifiers in their order (docs/semantics.md 5): all completions of what was not asked, the worst of what is not known,
 * agreement over pending judgements. */
#include "policy/exact.h"

#include <string.h>

static bool same_outcome(const struct outcome *a, const struct outcome *b)
{
    return a->known == b->known && a->verdict == b->verdict && a->strength == b->strength &&
           a->detail == b->detail;
}

int diagram_leaf(struct diagram *diagram, struct outcome outcome)
{
    for (size_t i = 0; i < diagram->nodes.count; i++) {
        const struct diagram_node *node = &diagram->nodes.at[i];
        if (node->variable < 0 && same_outcome(&diagram->outcomes.at[node->outcome], &outcome)) {
            return (int)i;
        }
    }
    LIST_PUSH(diagram->arena, &diagram->outcomes, outcome);
    LIST_PUSH(diagram->arena, &diagram->nodes,
              (struct diagram_node){.variable = -1, .outcome = (int)diagram->outcomes.count - 1});
    return (int)diagram->nodes.count - 1;
}

int diagram_node(struct diagram *diagram, int variable, const int *children, size_t count)
{
    bool equal = true;
    for (size_t i = 1; i < count; i++) {
        equal = equal && children[i] == children[0];
    }
    if (equal) {
        return children[0];
    }
    int *key = ARENA_ARRAY(diagram->arena, int, count + 1);
    key[0] = variable;
    memcpy(key + 1, children, count * sizeof(int));
    struct slice slice = {(const char *)key, (count + 1) * sizeof(int)};
    int64_t known = map_get(&diagram->unique, slice);
    if (known >= 0) {
        return (int)known;
    }
    struct diagram_node node = {.variable = variable, .outcome = -1, .children = key + 1};
    LIST_PUSH(diagram->arena, &diagram->nodes, node);
    (void)map_set(&diagram->unique, slice, (int64_t)diagram->nodes.count - 1);
    return (int)diagram->nodes.count - 1;
}

void diagram_support(const struct diagram *diagram, int root, bool *ret_support)
{
    bool *reached = ARENA_ARRAY(diagram->arena, bool, (size_t)root + 1);
    reached[root] = true;
    for (int i = root; i >= 0; i--) {
        const struct diagram_node *node = &diagram->nodes.at[i];
        if (!reached[i] || node->variable < 0) {
            continue;
        }
        ret_support[node->variable] = true;
        for (size_t k = 0; k < diagram->variables->list.at[node->variable].count; k++) {
            reached[node->children[k]] = true;
        }
    }
}

static void diagram_init(struct diagram *diagram, const struct variables *variables,
                         struct arena *arena)
{
    *diagram = (struct diagram){.arena = arena, .variables = variables};
    map_init(&diagram->unique, arena);
    map_init(&diagram->residues, arena);
}

/* What is left of the function here: what was found for certain, which rules are open, and the bits that open rules read.
 * Two worlds that agree in this come to the same, so the second is not walked again. */
static struct slice residue(const struct world *world, struct arena *arena, size_t from)
{
    const struct space *space = world->space;
    unsigned words = space->program->words;
    size_t rules = world->code->rules.count, environments = 0;
    for (size_t e = 0; e < space->environment_count; e++) {
        environments += world->used[e];
    }
    size_t masks = environments * (1 + space->shown_count) * 2 * words;
    size_t size = sizeof(uint64_t) * (1 + words + masks) + sizeof space->found + rules;
    char *key = arena_take(arena, size, 1);
    uint64_t number = from;
    char *at = key;
    memcpy(at, &number, sizeof number);
    at += sizeof number;
    memcpy(at, world->now, words * sizeof(uint64_t));
    at += words * sizeof(uint64_t);
    memcpy(at, &space->found, sizeof space->found);
    at += sizeof space->found;
    for (size_t i = 0; i < rules; i++) {
        const struct result *result = &space->results[i];
        *at++ = (char)((result->app == TRI_MAYBE) | (result->lifting == TRI_MAYBE) << 1);
    }
    for (size_t e = 0; e < space->environment_count; e++) {
        const struct environment *environment = &space->environments[e];
        for (unsigned p = 0; world->used[e] && p <= space->shown_count; p++) {
            const struct bits *bits = p == 0 ? &environment->all : &environment->shown[p - 1];
            for (unsigned i = 0; i < words; i++) {
                uint64_t pair[2] = {bits->t[i] & world->now[i], bits->f[i] & world->now[i]};
                memcpy(at, pair, sizeof pair);
                at += sizeof pair;
            }
        }
    }
    return (struct slice){key, size};
}

/* Shannon expansion in the order of the variables; what gives a leaf is handed in, so that the same walk serves open facts
 * and pending judgements. Depth is at most the number of variables. */
static int expand(struct diagram *diagram, struct world *world, size_t from,
                  struct outcome (*leaf)(struct world *world))
{
    struct outcome outcome = world_judge(world);
    if (outcome.known) {
        return diagram_leaf(diagram, outcome);
    }
    if (diagram->gave_up || world->judged > diagram->judged_largest) {
        diagram->gave_up = true;
        return diagram_leaf(diagram, outcome);
    }
    while (from < diagram->variables->list.count &&
           !world_matters(world, &diagram->variables->list.at[from])) {
        from++;
    }
    if (from == diagram->variables->list.count) {
        return diagram_leaf(diagram, leaf(world));
    }
    const struct variable *variable = &diagram->variables->list.at[from];
    struct slice key = residue(world, diagram->arena, from);
    int64_t known = map_get(&diagram->residues, key);
    if (known >= 0) {
        return (int)known;
    }
    int *children = ARENA_ARRAY(diagram->arena, int, variable->count);
    for (size_t i = 0; i < variable->count; i++) {
        world_set(world, variable, i);
        children[i] = expand(diagram, world, from + 1, leaf);
        world_unset(world, variable);
    }
    int node = diagram_node(diagram, (int)from, children, variable->count);
    (void)map_set(&diagram->residues, key, node);
    return node;
}

static struct outcome leaf_open(struct world *world)
{
    return world_judge(world); /* channels or people not given: nothing left to try */
}

static void add_referral(const struct world *world, const struct variable *variable,
                         struct referral *referral)
{
    const struct words *words = &world->space->policy->words;
    bool known = false;
    for (size_t i = 0; i < referral->roles.list.count; i++) {
        known = known || referral->roles.list.at[i] == variable->role;
    }
    if (!known) {
        LIST_PUSH(world->arena, &referral->roles.list, variable->role);
    }
    const struct word *word = variable->kind == VARIABLE_JUDGEMENT
                                  ? &words->names.at[variable->index].word
                                  : &words->facts.at[variable->index].word;
    LIST_PUSH(world->arena, &referral->judgements, word->phrase);
}

/* Step 0: refer, to the roles whose judgements the verdict turns on. */
static struct outcome refer(const struct world *world, const struct diagram *diagram)
{
    bool *support = ARENA_ARRAY(world->arena, bool, diagram->variables->list.count + 1);
    diagram_support(diagram, diagram->root, support);
    struct referral *referral = ARENA_NEW(world->arena, struct referral);
    struct outcome outcome = {.known = true, .verdict = VERDICT_REFER, .referral = referral};
    for (size_t v = 0; v < diagram->variables->list.count; v++) {
        if (support[v]) {
            add_referral(world, &diagram->variables->list.at[v], referral);
        }
    }
    for (size_t i = 0; i < referral->roles.list.count; i++) {
        outcome.detail += ((uint64_t)referral->roles.list.at[i] + 1) * 0x9e3779b97f4a7c15u;
    }
    return outcome;
}

static struct outcome resolve_pending(struct world *world)
{
    struct outcome outcome = world_judge(world);
    if (outcome.known || world->pending.list.count == 0) {
        return outcome;
    }
    struct diagram diagram;
    diagram_init(&diagram, &world->pending, world->arena);
    diagram.judged_largest = world->judged + EXACT_JUDGED_LARGEST;
    diagram.root = expand(&diagram, world, 0, leaf_open);
    const struct diagram_node *root = &diagram.nodes.at[diagram.root];
    if (root->variable < 0) {
        return diagram.outcomes.at[root->outcome];
    }
    for (size_t i = 0; i < diagram.outcomes.count; i++) {
        if (!diagram.outcomes.at[i].known) {
            return diagram.outcomes.at[i];
        }
    }
    return refer(world, &diagram);
}

/* How bad an outcome is: the verdict, then its strength. A deed that is owed is better than one that is only allowed. */
static int badness(enum verdict verdict, enum strength strength)
{
    return (int)verdict * 4 +
           (verdict == VERDICT_ALLOWED ? (int)(STRENGTH_REQUIRED - strength) : (int)strength);
}

/* How bad it can become that the last judgement left open: by what may speak, and by rulings that may differ. */
static int badness_largest(const struct world *world)
{
    const struct findings *found = &world->space->found;
    if (found->stop != TRI_NO) {
        return badness(VERDICT_STOP, STRENGTH_NONE);
    }
    if ((found->must | (tri_not(found->complete) & found->may_refused)) != TRI_NO) {
        return badness(VERDICT_NOT_ALLOWED, STRENGTH_MUST);
    }
    if (found->should != TRI_NO) {
        return badness(VERDICT_NOT_ALLOWED, STRENGTH_SHOULD);
    }
    for (size_t i = 0; i < world->pending.list.count; i++) {
        if (world_matters(world, &world->pending.list.at[i])) {
            return badness(VERDICT_REFER, STRENGTH_NONE);
        }
    }
    if (found->needs != TRI_NO || found->may_lacks != TRI_NO) {
        return badness(VERDICT_ALLOWED_IF, STRENGTH_NONE);
    }
    return badness(found->advise != TRI_NO ? VERDICT_ADVISED_AGAINST : VERDICT_NO_CLAUSE,
                   STRENGTH_NONE);
}

/* One reading of what is not known: how bad it is, or can become where it is open. */
struct weighed {
    bool found;
    int bad;
    struct outcome outcome;
    size_t *values; /* by unknown variable; SIZE_MAX: not needed */
};

/* The worst over what is not known. An open reading counts too: what was not asked may make it the worst. */
struct worst {
    struct weighed known, open;
    size_t *trial;
};

static void weigh(struct world *world, struct outcome outcome, struct worst *worst)
{
    int bad = outcome.known ? 0 : badness_largest(world);
    if (!outcome.known) {
        outcome = resolve_pending(world);
    }
    struct weighed *reading = outcome.known ? &worst->known : &worst->open;
    bad = outcome.known ? badness(outcome.verdict, outcome.strength) : bad;
    if (!reading->found || bad > reading->bad) {
        reading->found = true;
        reading->bad = bad;
        reading->outcome = outcome;
        memcpy(reading->values, worst->trial, world->unknown.list.count * sizeof *worst->trial);
    }
}

static void search_worst(struct world *world, size_t from, struct worst *worst)
{
    struct outcome outcome = world_judge(world);
    while (!outcome.known && from < world->unknown.list.count &&
           !world_matters(world, &world->unknown.list.at[from])) {
        from++;
    }
    if (outcome.known || from == world->unknown.list.count ||
        world->judged > EXACT_JUDGED_LARGEST) {
        weigh(world, outcome, worst);
        return;
    }
    const struct variable *variable = &world->unknown.list.at[from];
    for (size_t i = 0; i < variable->count; i++) {
        world_set(world, variable, i);
        worst->trial[from] = i;
        search_worst(world, from + 1, worst);
        world_unset(world, variable);
    }
    worst->trial[from] = SIZE_MAX;
}

void exact_release(struct world *world)
{
    for (size_t i = world->unknown.list.count; world->kept != NULL && i-- > 0;) {
        if (world->kept[i] != SIZE_MAX) {
            world_unset(world, &world->unknown.list.at[i]);
        }
    }
    world->kept = NULL;
}

void exact_keep(struct world *world, const size_t *values)
{
    for (size_t i = 0; values != NULL && i < world->unknown.list.count; i++) {
        if (values[i] != SIZE_MAX) {
            world_set(world, &world->unknown.list.at[i], values[i]);
        }
    }
    world->kept = values;
    (void)world_judge(world);
}

static size_t *no_values(struct world *world)
{
    size_t *values = ARENA_ARRAY(world->arena, size_t, world->unknown.list.count + 1);
    for (size_t i = 0; i < world->unknown.list.count; i++) {
        values[i] = SIZE_MAX;
    }
    return values;
}

struct outcome exact_resolve(struct world *world, bool keep)
{
    struct worst worst = {.known.values = no_values(world),
                          .open.values = no_values(world),
                          .trial = no_values(world)};
    if (keep) {
        world->judged = 0; /* what is told has a search of its own */
    }
    search_worst(world, 0, &worst);
    bool open = worst.open.found && (!worst.known.found || worst.open.bad > worst.known.bad);
    const struct weighed *reading = open ? &worst.open : &worst.known;
    if (keep) {
        exact_keep(world, reading->values);
    }
    return reading->outcome;
}

static struct outcome leaf_closed(struct world *world)
{
    return exact_resolve(world, false);
}

void diagram_build(struct diagram *diagram, struct world *world)
{
    diagram_init(diagram, &world->open, world->arena);
    diagram->judged_largest = DIAGRAM_JUDGED_LARGEST;
    diagram->root = expand(diagram, world, 0, leaf_closed);
}

/* The first outcome found, and whether another one differs from it. */
struct common {
    struct outcome outcome;
    bool found, differs;
};

static void compare_all(struct world *world, size_t from, struct common *common)
{
    struct outcome outcome = world_judge(world);
    while (!outcome.known && from < world->open.list.count &&
           !world_matters(world, &world->open.list.at[from])) {
        from++;
    }
    if (outcome.known || from == world->open.list.count || world->judged > EXACT_JUDGED_LARGEST) {
        outcome = outcome.known || world->judged > EXACT_JUDGED_LARGEST
                      ? outcome
                      : exact_resolve(world, false);
        common->differs =
            !outcome.known || (common->found && !same_outcome(&outcome, &common->outcome));
        common->outcome = outcome;
        common->found = true;
        return;
    }
    const struct variable *variable = &world->open.list.at[from];
    for (size_t i = 0; i < variable->count && !common->differs; i++) {
        world_set(world, variable, i);
        compare_all(world, from + 1, common);
        world_unset(world, variable);
    }
}

bool exact_known(struct world *world, struct outcome *ret_outcome)
{
    static const struct outcome open = {.verdict = VERDICT_NEED_ANSWER};
    struct common common = {0};
    compare_all(world, 0, &common);
    *ret_outcome = common.differs ? open : common.outcome;
    return !common.differs;
}
