/* Why the verdict is what it is: the clauses and the part each plays, the needs, the remarks, the ground of silence. */
#include "policy/explain.h"

#include "policy/exact.h"

const struct compiled *rule_at(const struct judged *judged, unsigned place)
{
    return &judged->space->program->rules.at[judged->space->code->rules.at[place].rule];
}

enum tri test_at(const struct judged *judged, const struct compiled *compiled,
                 const struct test *test, int person)
{
    const struct environment *environment = judged->space->active[compiled->environment];
    return test_tri(test, &environment->all, person >= 0 ? &environment->shown[person] : NULL,
                    judged->space->program->words);
}

void people_at(const struct judged *judged, const struct compiled *compiled, int *ret_from,
               int *ret_to)
{
    *ret_from = compiled->personal ? 0 : -1;
    *ret_to = compiled->personal ? (int)judged->space->shown_count : 0;
}

struct cite *cite_add(struct judged *judged, const struct clause *clause, bool law, enum part part)
{
    struct decision *decision = judged->decision;
    for (size_t i = 0; i < decision->cites.count; i++) {
        struct cite *cite = &decision->cites.at[i];
        if (cite->clause == clause && cite->part == part) {
            return cite;
        }
    }
    struct cite *cite = LIST_ADD(judged->arena, &decision->cites);
    cite->clause = clause;
    cite->law = law;
    cite->part = part;
    cite->norms.at = clause->norms.at;
    cite->norms.count = clause->norms.count;
    return cite;
}

bool stage_of(const struct judged *judged, const struct act_rule *rule,
              const struct compiled *compiled, enum stage *ret_stage)
{
    *ret_stage = STAGE_WITH;
    if (compiled->effect != EFFECT_EVENT || rule->on_act) {
        return rule->on_act;
    }
    *ret_stage = rule->arisen ? STAGE_ARISEN : STAGE_REFUSAL;
    return rule->arisen || judged->refused;
}

/* The base holds and no exception does: what keeps the rule silent is a lift. */
static bool would_apply(const struct judged *judged, const struct compiled *compiled)
{
    int from, to;
    people_at(judged, compiled, &from, &to);
    for (int p = from; p < to; p++) {
        bool excepted = false;
        for (size_t i = 0; i < compiled->unless.count; i++) {
            excepted =
                excepted || test_at(judged, compiled, &compiled->unless.at[i].test, p) == TRI_YES;
        }
        if (!excepted && test_at(judged, compiled, &compiled->base, p) == TRI_YES) {
            return true;
        }
    }
    return false;
}

static void cite_lift(struct judged *judged, unsigned place)
{
    const struct act_rule *rule = &judged->space->code->rules.at[place];
    const struct compiled *compiled = rule_at(judged, place);
    for (unsigned i = 0; i < rule->lifter_count; i++) {
        const struct compiled *lifter = rule_at(judged, rule->lifters[i]);
        if (judged->space->results[rule->lifters[i]].lifting != TRI_YES ||
            !would_apply(judged, compiled)) {
            continue;
        }
        struct cite *cite = cite_add(judged, compiled->rule->clause, compiled->law, PART_LIFTED);
        cite->by = lifter->rule->clause;
        cite->reading = rule->readings[i];
        judged->decision->readings |= rule->readings[i] > 0 ? 1u << rule->readings[i] : 0;
        judged->decision->readings |= lifter->law && !compiled->law ? 1u << 9 : 0;
        (void)cite_add(judged, lifter->rule->clause, lifter->law, PART_LIFTS);
    }
}

/* Lines tagged with a reading that this rule's domain rests on. */
static void note_readings(struct judged *judged, const struct compiled *compiled)
{
    const struct statement *statement = compiled->rule->statement;
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if (tail->kind == TAIL_IF && tail->reading > 0) {
            judged->decision->readings |= 1u << tail->reading;
        }
    }
}

/* Readings under which an exception stands that holds here. */
static void note_exceptions(struct judged *judged, const struct compiled *compiled)
{
    int from, to;
    people_at(judged, compiled, &from, &to);
    for (size_t i = 0; i < compiled->unless.count; i++) {
        const struct exception *exception = &compiled->unless.at[i];
        unsigned reading = compiled->rule->statement->tails.at[exception->tail].reading;
        for (int p = from; p < to && reading > 0; p++) {
            bool holds = test_at(judged, compiled, &compiled->base, p) == TRI_YES &&
                         test_at(judged, compiled, &exception->test, p) == TRI_YES;
            judged->decision->readings |= holds ? 1u << reading : 0;
        }
    }
}

static bool speaks(const struct judged *judged, unsigned place, const struct compiled *compiled)
{
    const struct result *result = &judged->space->results[place];
    if (compiled->effect == EFFECT_MAY || compiled->effect == EFFECT_OWED) {
        return result->lifting == TRI_YES;
    }
    return compiled->effect != EFFECT_EVENT && result->app == TRI_YES;
}

/* A verdict that holds in every completion though no single clause speaks in all: those that speak in some are named. */
static void cite_possible(struct judged *judged)
{
    for (unsigned i = 0; i < judged->space->code->rules.count; i++) {
        const struct compiled *compiled = rule_at(judged, judged->order[i]);
        if (compiled->effect != EFFECT_EVENT &&
            judged->space->results[judged->order[i]].app == TRI_MAYBE) {
            (void)cite_add(judged, compiled->rule->clause, compiled->law, PART_APPLIES);
        }
    }
}

void explain_cites(struct judged *judged)
{
    bool any = false;
    for (unsigned i = 0; i < judged->space->code->rules.count; i++) {
        unsigned place = judged->order[i];
        const struct compiled *compiled = rule_at(judged, place);
        const struct result *result = &judged->space->results[place];
        enum stage stage;
        if (!stage_of(judged, &judged->space->code->rules.at[place], compiled, &stage)) {
            continue;
        }
        if (speaks(judged, place, compiled)) {
            any = true;
            (void)cite_add(judged, compiled->rule->clause, compiled->law, PART_APPLIES);
            note_readings(judged, compiled);
            judged->decision->readings |=
                compiled->effect == EFFECT_DEED || compiled->effect == EFFECT_OWED ? 1u << 13 : 0;
            judged->decision->readings |= compiled->stop ? 1u << 9 : 0;
        }
        if (result->used == TRI_YES && compiled->effect != EFFECT_DEED) {
            (void)cite_add(judged, compiled->rule->clause, compiled->law, PART_EXCEPTION);
            note_exceptions(judged, compiled);
        }
        if (compiled->effect != EFFECT_DEED) {
            cite_lift(judged, place);
        }
    }
    enum verdict verdict = judged->outcome.verdict;
    if (!any && verdict != VERDICT_NO_CLAUSE && verdict != VERDICT_NEED_ANSWER &&
        !judged->decision->noted) {
        cite_possible(judged);
    }
}

static void add_need(struct judged *judged, const struct compiled *compiled,
                     const struct gate *gate, int person, int bundle, bool refused)
{
    const struct clause *clause = compiled->rule->clause;
    struct needed *needed = LIST_ADD(judged->arena, &judged->decision->needs);
    *needed = (struct needed){.need = gate->need,
                              .clause = clause,
                              .law = compiled->law,
                              .refused = refused,
                              .bundle = bundle,
                              .person = person >= 0 && (size_t)person < judged->request->shown.count
                                            ? judged->request->shown.at[person].name
                                            : SLICE_EMPTY};
    needed->norms.at = clause->norms.at;
    needed->norms.count = clause->norms.count;
}

static void rule_needs(struct judged *judged, unsigned place, const struct compiled *compiled,
                       int bundle)
{
    int from, to;
    uint64_t asked = 0;
    people_at(judged, compiled, &from, &to);
    for (int p = from; p < to; p++) {
        if (rule_applies(judged->space, place, p) != TRI_YES) {
            continue;
        }
        for (size_t g = 0; g < compiled->gates.count; g++) {
            const struct gate *gate = &compiled->gates.at[g];
            struct gate_state state = gate_state(judged->space, compiled, gate, p);
            bool personal = gate_personal(judged->space, gate);
            if (state.lacks == TRI_YES && (personal || !(asked >> (g % 64) & 1))) {
                add_need(judged, compiled, gate, personal ? p : -1, bundle,
                         state.refused == TRI_YES);
                asked |= 1ull << (g % 64);
            }
        }
    }
}

static bool complete(const struct judged *judged, unsigned place, const struct compiled *compiled)
{
    int from, to;
    people_at(judged, compiled, &from, &to);
    if (judged->space->results[place].lifting != TRI_YES) {
        return false;
    }
    for (int p = from; p < to; p++) {
        if (rule_only(judged->space, compiled, p) != TRI_YES) {
            return false;
        }
        for (size_t g = 0; g < compiled->gates.count; g++) {
            if (gate_state(judged->space, compiled, &compiled->gates.at[g], p).lacks != TRI_NO) {
                return false;
            }
        }
    }
    return true;
}

static void list_needs(struct judged *judged)
{
    const struct act_code *code = judged->space->code;
    bool some_complete = false;
    int bundle = 0;
    for (unsigned i = 0; i < code->rules.count; i++) {
        const struct compiled *compiled = rule_at(judged, judged->order[i]);
        some_complete = some_complete || (compiled->effect == EFFECT_MAY &&
                                          complete(judged, judged->order[i], compiled));
    }
    for (unsigned i = 0; i < code->rules.count; i++) {
        unsigned place = judged->order[i];
        const struct compiled *compiled = rule_at(judged, place);
        bool may = compiled->effect == EFFECT_MAY;
        bool gates = compiled->effect != EFFECT_EVENT && compiled->effect != EFFECT_DEED &&
                     compiled->gates.count > 0;
        if (!gates || !code->rules.at[place].on_act || (may && some_complete)) {
            continue;
        }
        if (may && judged->space->results[place].lifting != TRI_YES) {
            continue;
        }
        rule_needs(judged, place, compiled, may ? ++bundle : 0);
    }
}

static void set_first(struct world *world, const struct variables *list, bool set)
{
    for (size_t i = 0; i < list->list.count; i++) {
        if (set) {
            world_set(world, &list->list.at[i], 0);
        } else {
            world_unset(world, &list->list.at[list->list.count - 1 - i]);
        }
    }
}

/* A verdict that Kleene's logic did not see alone: the needs are the same in every completion of what was not asked, so one
 * of them is taken; in it the worst of what is not known, which may be another in each; in that any ruling. */
void explain_needs(struct judged *judged)
{
    struct world *world = judged->world;
    if (world == NULL || judged->outcome.verdict != VERDICT_ALLOWED_IF) {
        list_needs(judged);
        return;
    }
    const size_t *kept = world->kept;
    exact_release(world);
    set_first(world, &world->open, true);
    (void)exact_resolve(world, true);
    set_first(world, &world->pending, true);
    (void)world_judge(world);
    list_needs(judged);
    set_first(world, &world->pending, false);
    exact_release(world);
    set_first(world, &world->open, false);
    exact_keep(world, kept);
}

static void rule_remarks(struct judged *judged, const struct compiled *compiled)
{
    const struct statement *statement = compiled->rule->statement;
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if ((tail->kind != TAIL_REMIND && tail->kind != TAIL_OUTCOMES) ||
            !policy_awake(judged->space->policy->reads, tail->reading, tail->not_reading)) {
            continue;
        }
        struct remark remark = {
            .text = tail->text, .clause = compiled->rule->clause, .law = compiled->law};
        if (tail->kind == TAIL_OUTCOMES) {
            LIST_PUSH(judged->arena, &judged->decision->outcomes, remark);
        } else {
            LIST_PUSH(judged->arena, &judged->decision->reminders, remark);
        }
        if (compiled->effect == EFFECT_EVENT) {
            (void)cite_add(judged, compiled->rule->clause, compiled->law, PART_APPLIES);
        }
    }
}

/* A reminder of law is shown unless it is certain that it does not concern the act: it may be the 999 line. */
void explain_remarks(struct judged *judged)
{
    for (unsigned i = 0; i < judged->space->code->rules.count; i++) {
        unsigned place = judged->order[i];
        const struct compiled *compiled = rule_at(judged, place);
        const struct result *result = &judged->space->results[place];
        enum stage stage;
        bool shown = compiled->law ? result->app != TRI_NO : result->app == TRI_YES;
        if (compiled->effect != EFFECT_DEED && shown &&
            stage_of(judged, &judged->space->code->rules.at[place], compiled, &stage)) {
            rule_remarks(judged, compiled);
        }
    }
}

static void cite_line(struct judged *judged, const struct policy_line *line)
{
    const struct clause *clause = &judged->space->policy->document.clauses.at[line->clause];
    struct cite *cite = cite_add(judged, clause, false, PART_GROUND);
    if (line->norms.count > 0) {
        cite->norms.at = line->norms.at;
        cite->norms.count = line->norms.count;
    }
}

void explain_silence(struct judged *judged)
{
    const struct program *program = judged->space->program;
    if (judged->outcome.verdict != VERDICT_NO_CLAUSE) {
        return;
    }
    if (judged->outcome.detail == 1) {
        const struct policy_line *line =
            judged->asked->done ? program->line_tell : program->line_ask;
        judged->decision->advice = line != NULL                ? line
                                   : program->line_ask != NULL ? program->line_ask
                                                               : program->line_tell;
    }
    if (judged->decision->advice != NULL) {
        cite_line(judged, judged->decision->advice);
        judged->decision->readings |= 1u << 12;
    } else if (program->line_binds != NULL) {
        cite_line(judged, program->line_binds);
    }
}

void explain_door(struct judged *judged)
{
    if (judged->decision->door != NULL) {
        cite_line(judged, judged->decision->door);
    }
}
