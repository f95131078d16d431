/* The planner: expected number of questions over the diagram's cofactors, exactly while they are few, by information gained
 * where they are many. People and channel come first. */
#include "policy/question.h"

#include "policy/exact.h"
#include "policy/explain.h"

#include <math.h>
#include <string.h>

#define PLAN_STATES_LARGEST 6000 /* functions whose cost is worked out exactly */
#define PLAN_SUPPORT_LARGEST 14  /* open facts up to which that is tried */

struct plan {
    double cost;
    int variable; /* to be asked first; -1: none */
    bool known;
    const double *share;     /* of each outcome, or NULL */
    const uint64_t *support; /* variables, or NULL */
};

struct planner {
    struct diagram *diagram;
    struct arena *arena;
    struct map cofactors;
    LIST(struct plan) plans; /* by node */
    size_t states;
};

static struct plan *plan_of(struct planner *planner, int node)
{
    while (planner->plans.count <= (size_t)node) {
        (void)LIST_ADD(planner->arena, &planner->plans);
    }
    return &planner->plans.at[node];
}

static size_t value_count(const struct planner *planner, int variable)
{
    return planner->diagram->variables->list.at[variable].count;
}

/* The function once `variable` has that value. Depth: variables. */
static int cofactor(struct planner *planner, int node, int variable, size_t value)
{
    const struct diagram_node *at = &planner->diagram->nodes.at[node];
    if (at->variable < 0 || at->variable > variable) {
        return node;
    }
    if (at->variable == variable) {
        return at->children[value];
    }
    int *key = ARENA_ARRAY(planner->arena, int, 3);
    key[0] = node;
    key[1] = variable;
    key[2] = (int)value;
    struct slice slice = {(const char *)key, 3 * sizeof *key};
    int64_t known = map_get(&planner->cofactors, slice);
    if (known >= 0) {
        return (int)known;
    }
    int top = at->variable;
    size_t count = value_count(planner, top);
    int *children = ARENA_ARRAY(planner->arena, int, count);
    const int *old = at->children;
    for (size_t i = 0; i < count; i++) {
        children[i] = cofactor(planner, old[i], variable, value);
    }
    int result = diagram_node(planner->diagram, top, children, count);
    (void)map_set(&planner->cofactors, slice, result);
    return result;
}

static bool is_leaf(const struct planner *planner, int node)
{
    return planner->diagram->nodes.at[node].variable < 0;
}

/* The variables a function depends on, as bits; worked out once a node. */
static const uint64_t *support_of(struct planner *planner, int node)
{
    if (plan_of(planner, node)->support != NULL) {
        return plan_of(planner, node)->support;
    }
    unsigned words = (unsigned)(planner->diagram->variables->list.count / 64 + 1);
    uint64_t *support = ARENA_ARRAY(planner->arena, uint64_t, words);
    const struct diagram_node *at = &planner->diagram->nodes.at[node];
    if (at->variable >= 0) {
        mask_set(support, at->variable);
        for (size_t i = 0; i < value_count(planner, at->variable); i++) {
            mask_join(support, support_of(planner, planner->diagram->nodes.at[node].children[i]),
                      words);
        }
    }
    plan_of(planner, node)->support = support;
    return support;
}

static size_t open_count(struct planner *planner, int node)
{
    const uint64_t *support = support_of(planner, node);
    size_t count = 0;
    for (size_t i = 0; i < planner->diagram->variables->list.count; i++) {
        count += mask_has(support, (int)i);
    }
    return count;
}

/* Probabilities of the outcomes, every answer equally likely; worked out once a node. */
static const double *spread(struct planner *planner, int node)
{
    size_t outcomes = planner->diagram->outcomes.count;
    if (plan_of(planner, node)->share != NULL) {
        return plan_of(planner, node)->share;
    }
    double *share = ARENA_ARRAY(planner->arena, double, outcomes + 1);
    const struct diagram_node *at = &planner->diagram->nodes.at[node];
    if (at->variable < 0) {
        share[at->outcome] = 1;
    } else {
        size_t count = value_count(planner, at->variable);
        for (size_t i = 0; i < count; i++) {
            const double *child = spread(planner, planner->diagram->nodes.at[node].children[i]);
            for (size_t k = 0; k < outcomes; k++) {
                share[k] += child[k] / (double)count;
            }
        }
    }
    plan_of(planner, node)->share = share;
    return share;
}

static double entropy(struct planner *planner, int node)
{
    const double *share = spread(planner, node);
    double bits = 0;
    for (size_t i = 0; i < planner->diagram->outcomes.count; i++) {
        bits -= share[i] > 0 ? share[i] * log2(share[i]) : 0;
    }
    return bits;
}

static int greedy(struct planner *planner, int node)
{
    const uint64_t *support = support_of(planner, node);
    int best = -1;
    double least = 0;
    for (size_t v = 0; v < planner->diagram->variables->list.count; v++) {
        if (!mask_has(support, (int)v)) {
            continue;
        }
        double rest = 0;
        size_t count = value_count(planner, (int)v);
        for (size_t k = 0; k < count; k++) {
            int child = cofactor(planner, node, (int)v, k);
            rest += (entropy(planner, child) + 0.01 * (double)open_count(planner, child)) /
                    (double)count;
        }
        if (best < 0 || rest < least - 1e-9) {
            best = (int)v;
            least = rest;
        }
    }
    return best;
}

/* Expected number of further questions, and the first of them; branch and bound over the first question. Where the budget
 * of states is used up, a guess by the number of facts still open. */
static double cost(struct planner *planner, int node)
{
    if (is_leaf(planner, node)) {
        return 0;
    }
    struct plan *plan = plan_of(planner, node);
    if (plan->known) {
        return plan->cost;
    }
    const uint64_t *support = support_of(planner, node);
    struct plan found = *plan_of(planner, node);
    found.cost = 1 + 0.4 * (double)open_count(planner, node);
    found.variable = -1;
    found.known = true;
    if (++planner->states > PLAN_STATES_LARGEST) {
        return found.cost;
    }
    found.cost = HUGE_VAL;
    for (size_t v = 0; v < planner->diagram->variables->list.count; v++) {
        size_t count = value_count(planner, (int)v);
        double sum = 1;
        bool open = mask_has(support, (int)v);
        for (size_t k = 0; open && k < count && sum < found.cost; k++) {
            sum += cost(planner, cofactor(planner, node, (int)v, k)) / (double)count;
        }
        if (open && sum < found.cost - 1e-12) {
            found.cost = sum;
            found.variable = (int)v;
        }
    }
    plan_of(planner, node)->cost = found.cost;
    plan_of(planner, node)->variable = found.variable;
    plan_of(planner, node)->known = true;
    return found.cost;
}

static int choose(struct diagram *diagram, struct arena *arena)
{
    struct planner planner = {.diagram = diagram, .arena = arena};
    map_init(&planner.cofactors, arena);
    if (open_count(&planner, diagram->root) <= PLAN_SUPPORT_LARGEST) {
        (void)cost(&planner, diagram->root);
        if (planner.states <= PLAN_STATES_LARGEST) {
            return plan_of(&planner, diagram->root)->variable;
        }
    }
    return greedy(&planner, diagram->root);
}

/* How many facts could still matter once `variable` has that value; 0: settled. */
static size_t left_after(struct world *world, const struct variable *variable, size_t value)
{
    size_t left = 0;
    world_set(world, variable, value);
    if (!world_judge(world).known) {
        for (size_t i = 0; i < world->open.list.count; i++) {
            const struct variable *other = &world->open.list.at[i];
            left += other != variable && world_matters(world, other);
        }
        left++; /* what is not known or pending may still be to settle */
    }
    world_unset(world, variable);
    return left;
}

/* Whether two completions that differ in `variable` alone come to different outcomes, the others at their first value. */
static bool turns_at_first(struct world *world, size_t variable)
{
    size_t count = world->open.list.count;
    struct outcome first = {0};
    bool turned = false;
    for (size_t i = 0; i < count; i++) {
        if (i != variable) {
            world_set(world, &world->open.list.at[i], 0);
        }
    }
    for (size_t v = 0; v < world->open.list.at[variable].count; v++) {
        world_set(world, &world->open.list.at[variable], v);
        struct outcome outcome = exact_resolve(world, false);
        world_unset(world, &world->open.list.at[variable]);
        turned = turned ||
                 (v > 0 && (outcome.verdict != first.verdict ||
                            outcome.strength != first.strength || outcome.detail != first.detail));
        first = v == 0 ? outcome : first;
    }
    for (size_t i = count; i-- > 0;) {
        if (i != variable) {
            world_unset(world, &world->open.list.at[i]);
        }
    }
    return turned;
}

/* Where the diagram would be too large: the fact after whose answer the fewest others can still matter, on average. It is
 * one that matters: an answer that settles a verdict that is open shows it, else two completions do. */
static int choose_large(struct world *world)
{
    int best = -1, fallback = -1;
    double least = HUGE_VAL;
    for (size_t i = 0; i < world->open.list.count; i++) {
        const struct variable *variable = &world->open.list.at[i];
        (void)world_judge(world);
        if (!world_matters(world, variable)) {
            continue;
        }
        double left = 0;
        bool settles = false;
        for (size_t v = 0; v < variable->count; v++) {
            size_t after = left_after(world, variable, v);
            settles = settles || after == 0;
            left += (double)after / (double)variable->count;
        }
        fallback = fallback < 0 ? (int)i : fallback;
        if (left < least - 1e-9 && (settles || turns_at_first(world, i))) {
            least = left;
            best = (int)i;
        }
    }
    return best >= 0 ? best : fallback;
}

static struct slice giver_text(const struct world *world, const struct roles *givers,
                               struct arena *arena)
{
    struct slice all = SLICE_EMPTY;
    for (size_t i = 0; i < givers->list.count && givers->list.at[i] >= 0; i++) {
        struct slice phrase = world->space->policy->words.people.at[givers->list.at[i]].word.phrase;
        all = all.length == 0
                  ? phrase
                  : arena_format(arena, "%.*s or %.*s", SLICE_PRINT(all), SLICE_PRINT(phrase));
    }
    return all;
}

static void record_answers(const struct world *world, struct arena *arena,
                           struct question *question)
{
    const struct words *words = &world->space->policy->words;
    static const char *const states[] = {"given", "refused"};
    for (size_t s = 0; s < 2; s++) {
        for (size_t i = 0; i < question->givers->list.count; i++) {
            int role = question->givers->list.at[i];
            struct slice giver = role >= 0 ? words->people.at[role].word.phrase : SLICE_EMPTY;
            LIST_PUSH(arena, &question->answers,
                      role < 0
                          ? slice_of(states[s])
                          : arena_format(arena, "%s FROM %.*s", states[s], SLICE_PRINT(giver)));
        }
    }
    LIST_PUSH(arena, &question->answers, SLICE("missing"));
}

static void question_text(const struct world *world, const struct fact *fact, struct arena *arena,
                          struct question *question)
{
    struct slice phrase = fact->word.phrase;
    question->text = fact->question;
    if (fact->kind == FACT_RECORD) {
        struct slice from = giver_text(world, question->givers, arena);
        question->text = from.length == 0
                             ? arena_format(arena, "Is %.*s on record?", SLICE_PRINT(phrase))
                             : arena_format(arena, "Is %.*s from %.*s on record?",
                                            SLICE_PRINT(phrase), SLICE_PRINT(from));
    } else if (fact->question.length == 0) {
        question->text = arena_format(arena, "Is this so: %.*s?", SLICE_PRINT(phrase));
    }
    if (question->shown >= 0) {
        struct slice name = world->requests[0].shown.at[question->shown].name;
        question->text =
            arena_format(arena, "About %.*s: %.*s", SLICE_PRINT(name), SLICE_PRINT(question->text));
        question->key =
            arena_format(arena, "shown %.*s %.*s", SLICE_PRINT(name), SLICE_PRINT(question->key));
    }
}

void question_of(const struct world *world, const struct variable *variable, struct arena *arena,
                 struct question *ret_question)
{
    *ret_question = (struct question){.kind = QUESTION_FACT,
                                      .fact = variable->index,
                                      .shown = variable->shown,
                                      .givers = variable->givers,
                                      .values = variable->values,
                                      .value_count = variable->count};
    if (variable->kind == VARIABLE_TIME && variable->index < 0) {
        ret_question->key = SLICE("on");
        ret_question->text =
            SLICE("When is it? Give the date and the time, such as 2026-09-01 18:05.");
        return;
    }
    const struct fact *fact = &world->space->policy->words.facts.at[variable->index];
    bool record = variable->kind == VARIABLE_RECORD;
    ret_question->kind = record ? QUESTION_RECORD : QUESTION_FACT;
    ret_question->key =
        arena_format(arena, "%s %.*s", record ? "record" : "fact", SLICE_PRINT(fact->word.phrase));
    if (record) {
        record_answers(world, arena, ret_question);
    } else if (fact->kind == FACT_YES_NO || fact->kind == FACT_PERSONAL) {
        LIST_PUSH(arena, &ret_question->answers, SLICE("yes"));
        LIST_PUSH(arena, &ret_question->answers, SLICE("no"));
    } else if (fact->kind == FACT_CHOICE) {
        for (size_t i = 0; i < fact->values.count; i++) {
            LIST_PUSH(arena, &ret_question->answers, fact->values.at[i]);
        }
    }
    question_text(world, fact, arena, ret_question);
}

static bool through_matters(const struct world *world)
{
    const struct program *program = world->space->program;
    for (size_t i = 0; i < world->code->others.count; i++) {
        int number = world->code->others.at[i];
        if (program->literals.at[number].kind == LITERAL_THROUGH && mask_has(world->now, number) &&
            bit_tri(&world->space->environments[0].all, number) == TRI_MAYBE) {
            return true;
        }
    }
    return false;
}

/* People and channel that were not given, and can matter. */
static bool ask_frame(const struct world *world, struct question *ret_question)
{
    const struct request *request = &world->requests[0];
    const struct program *program = world->space->program;
    struct {
        bool open, matters;
        enum question_kind kind;
        const char *key, *text;
    } const frame[] = {
        {!request->actor_given, mask_meets(world->now, program->actor_mask, program->words),
         QUESTION_ACTOR, "actor", "Who are you, or who is it about? Name every role that fits."},
        {!request->other_given, mask_meets(world->now, program->other_mask, program->words),
         QUESTION_OTHER, "other", "Who is the other person? Name every role that fits, or nobody."},
        {!request->via_given,
         mask_meets(world->now, program->channel_mask, program->words) || through_matters(world),
         QUESTION_VIA, "via",
         "How: by which service, account or device? Name all that are used, or none."},
        {request->via_given, through_matters(world), QUESTION_VIA, "via",
         "By which service, account or device exactly? Name all that are used."},
        {world->space->open_list, mask_meets(world->now, program->personal_mask, program->words),
         QUESTION_SHOWN, "shown", "Who can be seen or is named in it? List each person, or none."},
    };
    for (size_t i = 0; i < sizeof frame / sizeof *frame; i++) {
        if (frame[i].open && frame[i].matters) {
            *ret_question = (struct question){.kind = frame[i].kind,
                                              .shown = -1,
                                              .fact = -1,
                                              .key = slice_of(frame[i].key),
                                              .text = slice_of(frame[i].text)};
            return true;
        }
    }
    return false;
}

void question_next(const struct request *request, int act, struct arena *arena,
                   struct question *ret_question)
{
    struct space *space = space_new(request->policy, arena);
    struct world world;
    *ret_question = (struct question){.kind = QUESTION_NONE, .shown = -1, .fact = -1};
    world_init(&world, space, request, act, arena);
    if (world_judge(&world).known || ask_frame(&world, ret_question)) {
        return;
    }
    struct diagram diagram;
    diagram_build(&diagram, &world);
    if (diagram.nodes.at[diagram.root].variable < 0 && !diagram.gave_up) {
        return;
    }
    int variable = diagram.gave_up ? choose_large(&world) : choose(&diagram, arena);
    if (variable >= 0) {
        question_of(&world, &world.open.list.at[variable], arena, ret_question);
    }
}

void question_in_play(const struct request *request, int act, struct arena *arena,
                      struct in_play *ret_in_play)
{
    struct world world;
    *ret_in_play = (struct in_play){0};
    world_init(&world, space_new(request->policy, arena), request, act, arena);
    for (size_t i = 0; i < world.open.list.count; i++) {
        if (world.open.list.at[i].verdict) {
            question_of(&world, &world.open.list.at[i], arena, LIST_ADD(arena, &ret_in_play->list));
        }
    }
}

void question_answer(const struct question *question, size_t value, struct request *request)
{
    int64_t number = question->values[value];
    if (question->kind == QUESTION_RECORD) {
        for (size_t k = question->givers->list.count; k-- > 0; number /= 3) {
            struct entry entry = {.record = question->fact,
                                  .state = (enum entry_state)(number % 3),
                                  .giver = question->givers->list.at[k]};
            if (question->shown < 0) {
                LIST_PUSH(request->arena, &request->entries, entry);
            } else {
                LIST_PUSH(request->arena, &request->shown.at[question->shown].entries, entry);
            }
        }
    } else if (question->fact < 0) {
        request->has_time = true;
        request->on.minute = (int)number;
    } else {
        struct value *facts =
            question->shown < 0 ? request->facts : request->shown.at[question->shown].facts;
        facts[question->fact] = (struct value){.known = KNOWN, .value = number};
    }
}
