/* Variables and trial worlds: see world.h. */
#include "policy/world.h"

#include <stdlib.h>
#include <string.h>

static uint64_t *mask_of(struct world *world)
{
    return ARENA_ARRAY(world->arena, uint64_t, world->space->program->words);
}

static int compare_values(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* One value for each interval between thresholds, inside low..high. */
static void number_values(struct world *world, struct variable *variable,
                          const struct fact_code *code, int64_t low, int64_t high)
{
    const struct program *program = world->space->program;
    variable->values = ARENA_ARRAY(world->arena, int64_t, code->literals.count + 1);
    variable->values[variable->count++] = low;
    for (size_t i = 0; i < code->literals.count; i++) {
        int64_t bound = program->literals.at[code->literals.at[i]].low;
        if (bound > low && bound <= high) {
            variable->values[variable->count++] = bound;
        }
    }
    qsort(variable->values, variable->count, sizeof *variable->values, compare_values);
    size_t kept = 0;
    for (size_t i = 0; i < variable->count; i++) {
        if (kept == 0 || variable->values[kept - 1] != variable->values[i]) {
            variable->values[kept++] = variable->values[i];
        }
    }
    variable->count = kept;
}

static void fact_values(struct world *world, struct variable *variable,
                        const struct fact_code *code, const struct unknown *unknown)
{
    const struct fact *fact = &world->space->policy->words.facts.at[code->fact];
    if (unknown != NULL && unknown->kind == UNKNOWN_VALUE) {
        variable->values = ARENA_ARRAY(world->arena, int64_t, 1);
        variable->values[0] = unknown->value;
        variable->count = 1;
        return;
    }
    if (fact->kind == FACT_NUMBER || fact->kind == FACT_DATE) {
        int64_t low = fact->kind == FACT_DATE ? -1000000 : fact->low;
        int64_t high = fact->kind == FACT_DATE ? 3000000 : fact->high;
        if (unknown != NULL && unknown->kind == UNKNOWN_UNDER && unknown->value - 1 < high) {
            high = unknown->value - 1;
        }
        number_values(world, variable, code, low, high < low ? low : high);
        return;
    }
    variable->count = fact->kind == FACT_CHOICE ? fact->values.count : 2;
    variable->values = ARENA_ARRAY(world->arena, int64_t, variable->count);
    for (size_t i = 0; i < variable->count; i++) {
        variable->values[i] = (int64_t)i;
    }
}

static struct variable *add_variable(struct world *world, struct variables *list,
                                     struct variable variable, uint64_t *mask)
{
    const struct program *program = world->space->program;
    variable.mask = mask;
    variable.verdict = mask_meets(mask, world->code->verdict, program->words);
    LIST_PUSH(world->arena, &list->list, variable);
    return &list->list.at[list->list.count - 1];
}

static uint64_t *fact_mask(struct world *world, const struct fact_code *code)
{
    uint64_t *mask = mask_of(world);
    for (size_t i = 0; i < code->literals.count; i++) {
        mask_set(mask, code->literals.at[i]);
    }
    return mask;
}

static struct value *value_in(struct request *request, int fact, int shown)
{
    return shown < 0 ? &request->facts[fact] : &request->shown.at[shown].facts[fact];
}

/* A fact that somebody does not know, under some environments: a value put in its place, or one variable for all of them. */
static void add_unknown(struct world *world, const struct fact_code *code, int shown,
                        const bool *environments, const struct unknown *unknown)
{
    bool refer = unknown->kind == UNKNOWN_REFER;
    struct variable variable = {.kind = VARIABLE_FACT,
                                .open = refer ? OPEN_PENDING : OPEN_NOT_KNOWN,
                                .index = code->fact,
                                .shown = shown,
                                .environments = environments,
                                .role = unknown->role};
    fact_values(world, &variable, code, unknown);
    if (variable.count == 1) {
        world_set(world, &variable, 0);
        return;
    }
    add_variable(world, refer ? &world->pending : &world->unknown, variable,
                 fact_mask(world, code));
}

/* What the clause of this environment itself says of a fact that is not known, or NULL. */
static const struct unknown *own_line(const struct world *world, size_t environment, int fact)
{
    if (environment == 0) {
        return NULL;
    }
    const struct unknowns *unknowns = &world->space->program->unknowns.at[environment - 1];
    for (size_t i = 0; i < unknowns->facts.count; i++) {
        if (unknowns->facts.at[i] == fact) {
            return &unknowns->with.at[i];
        }
    }
    return NULL;
}

/* One for all environments that read the vocabulary's line, so that they agree; one for each clause that has its own. */
static void add_not_known(struct world *world, const struct fact_code *code, int shown)
{
    size_t count = world->space->environment_count;
    bool *common = ARENA_ARRAY(world->arena, bool, count);
    for (size_t e = 0; e < count; e++) {
        common[e] = own_line(world, e, code->fact) == NULL;
    }
    add_unknown(world, code, shown, common,
                &world->space->policy->words.facts.at[code->fact].unknown);
    for (size_t e = 1; e < count; e++) {
        if (world->used[e] && !common[e]) {
            bool *alone = ARENA_ARRAY(world->arena, bool, count);
            alone[e] = true;
            add_unknown(world, code, shown, alone, own_line(world, e, code->fact));
        }
    }
}

static void add_fact(struct world *world, const struct request *request,
                     const struct fact_code *code, int shown)
{
    const struct value *value =
        shown < 0 ? &request->facts[code->fact] : &request->shown.at[shown].facts[code->fact];
    if (value->known == NOT_KNOWN) {
        add_not_known(world, code, shown);
    } else if (value->known == NOT_ASKED && !request->closed) {
        struct variable variable = {.kind = VARIABLE_FACT, .index = code->fact, .shown = shown};
        fact_values(world, &variable, code, NULL);
        add_variable(world, &world->open, variable, fact_mask(world, code));
    }
}

static bool has_record(const struct variables *list, int record, int shown)
{
    for (size_t i = 0; i < list->list.count; i++) {
        const struct variable *variable = &list->list.at[i];
        if (variable->kind == VARIABLE_RECORD && variable->index == record &&
            variable->shown == shown) {
            return true;
        }
    }
    return false;
}

static void add_giver(struct world *world, struct roles *givers, int role)
{
    for (size_t i = 0; i < givers->list.count; i++) {
        if (givers->list.at[i] == role) {
            return;
        }
    }
    if (givers->list.count < RECORD_GIVERS_LARGEST) {
        LIST_PUSH(world->arena, &givers->list, role);
    }
}

/* The record as a whole: which literals read it, and from whom the act's rules want it. */
static void record_variable(struct world *world, struct variable *variable, uint64_t *mask)
{
    const struct program *program = world->space->program;
    struct roles *givers = ARENA_NEW(world->arena, struct roles);
    for (size_t i = 0; i < world->code->records.count; i++) {
        const struct literal *literal = &program->literals.at[world->code->records.at[i]];
        if (literal->index != variable->index) {
            continue;
        }
        mask_set(mask, world->code->records.at[i]);
        if (literal->from->list.count == 0) {
            add_giver(world, givers, -1); /* somebody else may answer a condition without FROM */
        }
        for (size_t k = 0; k < literal->from->list.count; k++) {
            add_giver(world, givers, literal->from->list.at[k]);
        }
    }
    variable->givers = givers;
    variable->count = 1;
    for (size_t i = 0; i < givers->list.count; i++) {
        variable->count *= 3;
    }
    variable->values = ARENA_ARRAY(world->arena, int64_t, variable->count);
    for (size_t i = 0; i < variable->count; i++) {
        variable->values[i] = (int64_t)i;
    }
}

/* A record that somebody does not know: *treat as no* is missing, *treat as yes* given by all who are named. */
static bool substitute_record(struct world *world, const struct variable *variable)
{
    const struct unknown *unknown = &world->space->policy->words.facts.at[variable->index].unknown;
    if (unknown->kind != UNKNOWN_VALUE) {
        return false;
    }
    size_t all_given = 0;
    for (size_t i = 0; i < variable->givers->list.count; i++) {
        all_given = all_given * 3 + ENTRY_GIVEN;
    }
    world_set(world, variable, unknown->value != 0 ? all_given : 0);
    return true;
}

static void add_record(struct world *world, const struct request *request, int number, int shown)
{
    int record = world->space->program->literals.at[number].index;
    const struct value *answered =
        shown < 0 ? &request->facts[record] : &request->shown.at[shown].facts[record];
    bool unknown = answered->known == NOT_KNOWN;
    struct variables *list = unknown ? &world->unknown : &world->open;
    if (literal_tri(world->space->program, &world->space->environments[0], number, shown) !=
            TRI_MAYBE ||
        has_record(list, record, shown)) {
        return;
    }
    struct variable variable = {.kind = VARIABLE_RECORD,
                                .open = unknown ? OPEN_NOT_KNOWN : OPEN_NOT_ASKED,
                                .index = record,
                                .shown = shown};
    uint64_t *mask = mask_of(world);
    record_variable(world, &variable, mask);
    if (!unknown || !substitute_record(world, &variable)) {
        add_variable(world, list, variable, mask);
    }
}

static void add_judgement(struct world *world, const struct request *request, int number, int shown)
{
    const struct literal *literal = &world->space->program->literals.at[number];
    const struct value *value = shown < 0 ? &request->judgements[literal->index]
                                          : &request->shown.at[shown].judgements[literal->index];
    if (value->known == KNOWN) {
        return;
    }
    struct variable variable = {.kind = VARIABLE_JUDGEMENT,
                                .open = OPEN_PENDING,
                                .index = literal->index,
                                .shown = shown,
                                .count = 2};
    variable.values = ARENA_ARRAY(world->arena, int64_t, 2);
    variable.values[1] = 1;
    uint64_t *mask = mask_of(world);
    mask_set(mask, number);
    const struct policy *policy = world->space->policy;
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct statement *statement = policy->rules.at[i].statement;
        if (statement->kind == STATEMENT_DECIDES && statement->index == literal->index) {
            variable.role = statement->judge;
        }
    }
    add_variable(world, &world->pending, variable, mask);
}

/* Times of day at which some window begins or ends, and midnight. */
static void add_time(struct world *world, const struct request *request, int number)
{
    const struct program *program = world->space->program;
    int fact = program->literals.at[number].index;
    bool known = fact < 0 ? request->has_time : request->facts[fact].known != NOT_ASKED;
    for (size_t i = 0; i < world->open.list.count; i++) {
        known = known || (world->open.list.at[i].kind == VARIABLE_TIME &&
                          world->open.list.at[i].index == fact);
    }
    if (known || request->closed) {
        return;
    }
    struct fact_code code = {.fact = fact};
    struct variable variable = {.kind = VARIABLE_TIME, .index = fact, .shown = -1};
    uint64_t *mask = mask_of(world);
    variable.values = ARENA_ARRAY(world->arena, int64_t, 2 * world->code->others.count + 1);
    variable.values[variable.count++] = 0;
    for (size_t i = 0; i < world->code->others.count; i++) {
        const struct literal *literal = &program->literals.at[world->code->others.at[i]];
        if (literal->kind == LITERAL_TIME && literal->index == fact) {
            mask_set(mask, world->code->others.at[i]);
            variable.values[variable.count++] = literal->low;
            variable.values[variable.count++] = literal->high;
        }
    }
    (void)code;
    qsort(variable.values, variable.count, sizeof *variable.values, compare_values);
    size_t kept = 1;
    for (size_t i = 1; i < variable.count; i++) {
        if (variable.values[i] != variable.values[kept - 1]) {
            variable.values[kept++] = variable.values[i];
        }
    }
    variable.count = kept;
    add_variable(world, &world->open, variable, mask);
}

static void each_person(struct world *world, const struct request *request, int number,
                        bool personal,
                        void (*add)(struct world *, const struct request *, int, int))
{
    if (!personal) {
        add(world, request, number, -1);
        return;
    }
    for (size_t p = 0; p < request->shown.count; p++) {
        add(world, request, number, (int)p);
    }
}

static void collect(struct world *world, const struct request *request)
{
    const struct program *program = world->space->program;
    for (size_t i = 0; i < world->code->facts.count; i++) {
        add_fact(world, request, &world->code->facts.at[i], -1);
    }
    for (size_t i = 0; i < world->code->personal.count; i++) {
        for (size_t p = 0; p < request->shown.count; p++) {
            add_fact(world, request, &world->code->personal.at[i], (int)p);
        }
    }
    for (size_t i = 0; i < world->code->records.count; i++) {
        int number = world->code->records.at[i];
        each_person(world, request, number, program->literals.at[number].personal, add_record);
    }
    for (size_t i = 0; i < world->code->others.count; i++) {
        int number = world->code->others.at[i];
        if (program->literals.at[number].kind == LITERAL_TIME) {
            add_time(world, request, number);
        } else if (program->literals.at[number].kind == LITERAL_NAME) {
            each_person(world, request, number, program->literals.at[number].personal,
                        add_judgement);
        }
    }
}

/* An environment is in use where its clause substitutes a fact that somebody does not know. */
static bool environment_used(const struct unknowns *unknowns, const struct request *request)
{
    for (size_t i = 0; i < unknowns->facts.count; i++) {
        int fact = unknowns->facts.at[i];
        bool unknown = request->facts[fact].known == NOT_KNOWN;
        for (size_t p = 0; p < request->shown.count; p++) {
            unknown = unknown || request->shown.at[p].facts[fact].known == NOT_KNOWN;
        }
        if (unknown) {
            return true;
        }
    }
    return false;
}

void world_init(struct world *world, struct space *space, const struct request *request, int act,
                struct arena *arena)
{
    *world = (struct world){
        .space = space, .code = &space->program->acts[act], .act = act, .arena = arena};
    world->requests = ARENA_ARRAY(arena, struct request, space->environment_count);
    world->used = ARENA_ARRAY(arena, bool, space->environment_count);
    for (size_t e = 0; e < space->environment_count; e++) {
        world->used[e] = e == 0 || environment_used(&space->program->unknowns.at[e - 1], request);
        space->active[e] = &space->environments[world->used[e] ? e : 0];
        if (world->used[e]) {
            request_copy(request, arena, &world->requests[e]);
        }
    }
    encode(space, world->code, request, &space->environments[0]);
    collect(world, request);
}

static void set_record(struct request *request, const struct variable *variable, int64_t number,
                       struct arena *arena)
{
    for (size_t k = variable->givers->list.count; k-- > 0; number /= 3) {
        struct entry entry = {.record = variable->index,
                              .state = (enum entry_state)(number % 3),
                              .giver = variable->givers->list.at[k]};
        if (variable->shown < 0) {
            LIST_PUSH(arena, &request->entries, entry);
        } else {
            LIST_PUSH(arena, &request->shown.at[variable->shown].entries, entry);
        }
    }
}

static struct value *variable_value(struct request *request, const struct variable *variable)
{
    if (variable->kind == VARIABLE_JUDGEMENT) {
        return variable->shown < 0
                   ? &request->judgements[variable->index]
                   : &request->shown.at[variable->shown].judgements[variable->index];
    }
    return value_in(request, variable->index, variable->shown);
}

static bool tried_in(const struct world *world, const struct variable *variable, size_t environment)
{
    return world->used[environment] &&
           (variable->environments == NULL || variable->environments[environment]);
}

void world_set(struct world *world, const struct variable *variable, size_t value)
{
    for (size_t e = 0; e < world->space->environment_count; e++) {
        struct request *request = &world->requests[e];
        if (!tried_in(world, variable, e)) {
            continue;
        }
        int64_t number = variable->values[value];
        if (variable->kind == VARIABLE_RECORD) {
            if (variable->open == OPEN_NOT_KNOWN) {
                value_in(request, variable->index, variable->shown)->known = KNOWN;
            }
            set_record(request, variable, number, world->arena);
        } else if (variable->kind == VARIABLE_TIME && variable->index < 0) {
            request->has_time = true;
            request->on.minute = (int)number;
        } else {
            *variable_value(request, variable) = (struct value){.known = KNOWN, .value = number};
        }
    }
}

void world_unset(struct world *world, const struct variable *variable)
{
    enum known open = variable->open == OPEN_NOT_KNOWN ? NOT_KNOWN : NOT_ASKED;
    for (size_t e = 0; e < world->space->environment_count; e++) {
        struct request *request = &world->requests[e];
        if (!tried_in(world, variable, e)) {
            continue;
        }
        if (variable->kind == VARIABLE_RECORD) {
            size_t givers = variable->givers->list.count;
            if (variable->shown < 0) {
                request->entries.count -= givers;
            } else {
                request->shown.at[variable->shown].entries.count -= givers;
            }
            if (variable->open == OPEN_NOT_KNOWN) {
                value_in(request, variable->index, variable->shown)->known = NOT_KNOWN;
            }
        } else if (variable->kind == VARIABLE_TIME && variable->index < 0) {
            request->has_time = false;
        } else {
            *variable_value(request, variable) = (struct value){
                .known = variable->kind == VARIABLE_FACT && variable->open == OPEN_PENDING
                             ? NOT_KNOWN
                             : open};
        }
    }
}

static void gates_mask(const struct compiled *compiled, uint64_t *mask, unsigned words)
{
    for (size_t i = 0; i < compiled->only.count; i++) {
        test_uses(&compiled->only.at[i], mask, words);
    }
    for (size_t i = 0; i < compiled->gates.count; i++) {
        const struct gate *gate = &compiled->gates.at[i];
        mask_set(mask, gate->given);
        mask_set(mask, gate->refused);
        if (gate->every >= 0) {
            mask_set(mask, gate->every);
        }
        test_uses(&gate->when, mask, words);
    }
}

/* What rules still undecided read, through definitions: a variable outside cannot matter any more. */
static void find_now(struct world *world)
{
    const struct space *space = world->space;
    const struct program *program = space->program;
    unsigned words = program->words;
    memcpy(world->now, program->extra, words * sizeof(uint64_t));
    for (size_t i = 0; i < world->code->rules.count; i++) {
        const struct compiled *compiled = &program->rules.at[world->code->rules.at[i].rule];
        bool some = compiled->personal &&
                    space->results[i].app == TRI_YES; /* and open for another person */
        if (some || space->results[i].app == TRI_MAYBE || space->results[i].lifting == TRI_MAYBE) {
            mask_join(world->now, compiled->uses, words);
        } else if (space->results[i].app == TRI_YES) {
            gates_mask(compiled, world->now, words);
        }
    }
    for (size_t i = world->code->derived.count; i-- > 0;) {
        const struct derived *derived = &program->derived.at[world->code->derived.at[i]];
        if (mask_has(world->now, derived->literal)) {
            mask_join(world->now, derived->uses, words);
        }
    }
    for (unsigned i = 0; i < words; i++) {
        world->now[i] &= world->code->verdict[i];
    }
}

struct outcome world_judge(struct world *world)
{
    for (size_t e = 0; e < world->space->environment_count; e++) {
        if (world->used[e]) {
            encode(world->space, world->code, &world->requests[e], &world->space->environments[e]);
        }
    }
    world->judged++;
    struct outcome outcome = judge(world->space, &world->requests[0], world->act);
    if (!outcome.known) {
        find_now(world);
    }
    return outcome;
}

bool world_matters(const struct world *world, const struct variable *variable)
{
    return variable->verdict &&
           mask_meets(world->now, variable->mask, world->space->program->words);
}
