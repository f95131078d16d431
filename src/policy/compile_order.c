/* Who lifts whom: DESPITE lines resolved to rules, circles and lifted ALWAYS clauses refused, rules put into the order of
 * dependence, so that one pass decides them (language.md section 2: a stratified default theory has one solution). */
#include "policy/compile.h"

/* Whether the reference means this rule's clause. Law is named with `law`; `every clause` is all of the policy's own. */
static bool ref_means(const struct maker *maker, const struct ref *ref, const struct rule *from,
                      const struct rule *rule)
{
    if (ref->every) {
        return !rule->law;
    }
    if ((ref->law || from->law) != rule->law) {
        return false;
    }
    if (ref->section) {
        const struct document *document = rule->document;
        int clause = (int)(rule->clause - document->clauses.at);
        return document_in_section(document, clause, ref->id);
    }
    (void)maker;
    return slice_equal(ref->id, rule->clause->id);
}

static void report_ref(struct maker *maker, const struct rule *rule, const struct ref *ref)
{
    struct problem *problem = problems_add(
        maker->problems, false, ERROR_MEANING, rule->clause->file, ref->line, ref->column,
        "there is no %s%.*s", ref->section ? "section " : "clause ", SLICE_PRINT(ref->id));
    problem->clause = rule->clause->id;
    problem->width = ref->id.length > 0 ? ref->id.length : 1;
    problem->advice = SLICE("name a clause by the id in its heading, without the c-");
}

static bool ref_known(const struct maker *maker, const struct rule *from, const struct ref *ref)
{
    bool law = ref->law || from->law;
    const struct document *document = law ? &maker->policy->law : &maker->policy->document;
    if (ref->every) {
        return true;
    }
    if (!ref->section) {
        return document_clause(document, ref->id) >= 0;
    }
    for (size_t i = 0; i < document->sections.count; i++) {
        if (slice_equal(document->sections.at[i].number, ref->id)) {
            return true;
        }
    }
    return false;
}

static bool lift(struct maker *maker, struct compiled *lifter, int number, const struct tail *tail,
                 const struct ref *ref)
{
    bool done = true;
    for (size_t i = 0; i < maker->program->rules.count; i++) {
        struct compiled *lifted = &maker->program->rules.at[i];
        if (!ref_means(maker, ref, lifter->rule, lifted->rule)) {
            continue;
        }
        if (lifted->clause_always && !lifter->law) {
            struct problem *problem = problems_add(
                maker->problems, false, ERROR_MEANING, lifter->rule->clause->file, tail->line,
                tail->column, "clause %.*s is ALWAYS; nothing may lift it", SLICE_PRINT(ref->id));
            problem->clause = lifter->rule->clause->id;
            problem->advice = SLICE("take the DESPITE line out, or ALWAYS out of the other clause");
            done = false;
            break;
        }
        LIST_PUSH(maker->arena, &lifted->lifted_by, number);
        LIST_PUSH(maker->arena, &lifted->lifted_reading, tail->reading);
    }
    return done;
}

static bool check_refs(struct maker *maker, const struct rule *rule, const struct tail *tail)
{
    bool done = true;
    for (size_t i = 0; i < tail->refs.count; i++) {
        if (!ref_known(maker, rule, &tail->refs.at[i])) {
            report_ref(maker, rule, &tail->refs.at[i]);
            done = false;
        }
    }
    return done;
}

static bool make_lifts(struct maker *maker)
{
    bool done = true;
    for (size_t i = 0; i < maker->program->rules.count; i++) {
        struct compiled *lifter = &maker->program->rules.at[i];
        const struct statement *statement = lifter->rule->statement;
        for (size_t t = 0; lifter->effect != EFFECT_DEED && t < statement->tails.count; t++) {
            const struct tail *tail = &statement->tails.at[t];
            if (!check_refs(maker, lifter->rule, tail)) {
                done = false;
                continue;
            }
            bool lifts = tail->kind == TAIL_DESPITE &&
                         policy_awake(maker->policy->reads, tail->reading, tail->not_reading);
            for (size_t r = 0; lifts && r < tail->refs.count; r++) {
                done = lift(maker, lifter, (int)i, tail, &tail->refs.at[r]) && done;
            }
        }
    }
    return done;
}

static void mark_always(struct maker *maker)
{
    for (size_t i = 0; i < maker->program->rules.count; i++) {
        struct compiled *a = &maker->program->rules.at[i];
        for (size_t k = 0; a->always && k < maker->program->rules.count; k++) {
            struct compiled *b = &maker->program->rules.at[k];
            b->clause_always = b->clause_always || b->rule->clause == a->rule->clause;
        }
    }
}

/* The first unplaced rule that lifts this one. */
static int unplaced_lifter(const struct maker *maker, const int *left, int at)
{
    const struct compiled *compiled = &maker->program->rules.at[at];
    for (size_t i = 0; i < compiled->lifted_by.count; i++) {
        if (left[compiled->lifted_by.at[i]] > 0) return compiled->lifted_by.at[i];
    }
    return at;
}

/* The circle through `start`, as clause ids, for the message. */
static void report_circle(struct maker *maker, const int *left, int start)
{
    struct slice path = SLICE_EMPTY;
    int at = start;
    for (size_t step = 0; step <= maker->program->rules.count; step++) {
        const struct compiled *compiled = &maker->program->rules.at[at];
        struct slice id = compiled->rule->clause->id;
        path = path.length == 0
                   ? id
                   : arena_format(maker->arena, "%.*s > %.*s", SLICE_PRINT(path), SLICE_PRINT(id));
        if (step > 0 && at == start) {
            break;
        }
        at = unplaced_lifter(maker, left, at);
    }
    const struct rule *rule = maker->program->rules.at[start].rule;
    struct problem *problem = problems_add(
        maker->problems, false, ERROR_MEANING, rule->clause->file, rule->statement->line, 1,
        "clauses lift each other in a circle: %.*s", SLICE_PRINT(path));
    problem->clause = rule->clause->id;
    problem->advice = SLICE("take one of these DESPITE lines out");
}

/* Follows unplaced lifters for as many steps as there are rules: by then it is on a circle. Of that the first rule of the
 * document is given, so that the message does not depend on what else there is. */
static int on_circle(const struct maker *maker, const int *left)
{
    size_t count = maker->program->rules.count;
    int at = -1;
    for (size_t i = 0; i < count && at < 0; i++) {
        at = left[i] > 0 ? (int)i : -1;
    }
    for (size_t step = 0; step < count; step++) at = unplaced_lifter(maker, left, at);
    int first = at;
    for (size_t step = 0; step < count; step++) {
        at = unplaced_lifter(maker, left, at);
        first = at < first ? at : first;
    }
    return first;
}

static void renumber(struct maker *maker, const int *place, const int *order)
{
    struct program *program = maker->program;
    size_t count = program->rules.count;
    struct compiled *sorted = ARENA_ARRAY(maker->arena, struct compiled, count + 1);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = program->rules.at[order[i]];
        for (size_t k = 0; k < sorted[i].lifted_by.count; k++) {
            sorted[i].lifted_by.at[k] = place[sorted[i].lifted_by.at[k]];
        }
    }
    program->rules.at = sorted;
    program->rules.space = count + 1;
}

/* Kahn's algorithm: rules without unplaced lifters first, in document order. left[i]: unplaced lifters of i, -1: placed. */
static bool sort_rules(struct maker *maker)
{
    size_t count = maker->program->rules.count;
    int *left = ARENA_ARRAY(maker->arena, int, count + 1);
    int *place = ARENA_ARRAY(maker->arena, int, count + 1);
    int *order = ARENA_ARRAY(maker->arena, int, count + 1);
    for (size_t i = 0; i < count; i++) {
        left[i] = (int)maker->program->rules.at[i].lifted_by.count;
    }
    size_t placed = 0, before = 1;
    while (placed < count && placed != before) {
        before = placed;
        for (size_t i = 0; i < count; i++) {
            const struct compiled *compiled = &maker->program->rules.at[i];
            bool ready = left[i] >= 0;
            for (size_t k = 0; ready && k < compiled->lifted_by.count; k++) {
                ready = left[compiled->lifted_by.at[k]] < 0;
            }
            if (ready) {
                place[i] = (int)placed;
                order[placed++] = (int)i;
                left[i] = -1;
            }
        }
    }
    if (placed < count) {
        report_circle(maker, left, on_circle(maker, left));
        return false;
    }
    renumber(maker, place, order);
    return true;
}

bool program_order(struct maker *maker)
{
    mark_always(maker);
    return make_lifts(maker) && sort_rules(maker);
}
