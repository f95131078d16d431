/* Whether two versions of a policy, different in one clause, can be told apart: every act that the clause is about, every set
 * of at most two of the roles and channels that it names, every completion of the facts that it reads in either version, and
 * that the clauses read which lift it or which it lifts. Nothing is sampled: what is too much to try is not equivalent. */
#include <stdlib.h>

#include "policy/mutate_parts.h"
#include "policy/world.h"

#define DAY_OF_TRIAL 20103 /* 2025-01-15 */
#define NOON (12 * 60)

struct indexes {
    LIST(int) list;
};

struct version {
    const struct policy *policy;
    bool *own, *read;    /* by rule of the program: of the clause; or in its reach */
    uint64_t *facts;     /* literals that those read */
    struct space *space; /* for finding what is open */
};

struct comparison {
    struct arena *arena, *scratch;
    int clause;
    struct version versions[2];
    struct indexes actors, others, shown, channels, not_known;
    bool *acts;
    struct opens open; /* of the act being tried */
    struct twins twins;
    size_t worlds;
    bool apart;
};

/* ---- what the clause reaches ------------------------------------------------------------------------ */

static void add_index(struct comparison *comparison, struct indexes *indexes, int index)
{
    for (size_t i = 0; i < indexes->list.count; i++) {
        if (indexes->list.at[i] == index) return;
    }
    LIST_PUSH(comparison->arena, &indexes->list, index);
}

static void add_roles(struct comparison *comparison, struct indexes *indexes,
                      const struct roles *roles)
{
    for (size_t i = 0; i < roles->list.count; i++)
        add_index(comparison, indexes, roles->list.at[i]);
}

static void add_channels(struct comparison *comparison, const struct channels *channels)
{
    for (size_t i = 0; i < channels->list.count; i++)
        add_index(comparison, &comparison->channels, channels->list.at[i]);
}

static void name_atom(struct comparison *comparison, const struct atom *atom)
{
    if (atom->kind == ATOM_CHANNEL) add_index(comparison, &comparison->channels, atom->index);
    if (atom->kind == ATOM_EVERY) add_index(comparison, &comparison->shown, atom->index);
    if (atom->kind != ATOM_PERSON) return;
    if (atom->person != PERSON_OTHER) add_index(comparison, &comparison->actors, atom->index);
    if (atom->person != PERSON_ACTOR) add_index(comparison, &comparison->others, atom->index);
    if (atom->person == PERSON_SELF) add_index(comparison, &comparison->shown, atom->index);
}

static void name_condition(struct comparison *comparison, const struct condition *condition)
{
    for (size_t i = 0; i < condition->atoms.count; i++) {
        const struct atom *atom = &condition->atoms.at[i];
        name_atom(comparison, atom);
        for (size_t k = 0; atom->kind == ATOM_EVERY && k < atom->every->atoms.count; k++)
            name_atom(comparison, &atom->every->atoms.at[k]);
    }
}

/* A duty's deed may be the act asked about. */
static void name_duty(struct comparison *comparison, const struct duty *duty)
{
    add_roles(comparison, &comparison->actors, &duty->bearer.roles);
    add_roles(comparison, &comparison->others, &duty->object);
    add_channels(comparison, &duty->channels);
    if (duty->conditional) name_atom(comparison, &duty->condition);
}

static void name_need(struct comparison *comparison, const struct need *need)
{
    if (need->every >= 0) add_index(comparison, &comparison->shown, need->every);
    if (need->conditional) name_atom(comparison, &need->condition);
}

static void name_tail(struct comparison *comparison, const struct tail *tail)
{
    name_condition(comparison, &tail->condition);
    add_channels(comparison, &tail->channels);
    if (tail->kind == TAIL_NEEDS) name_need(comparison, &tail->need);
    if (tail->kind == TAIL_NOT_KNOWN) add_index(comparison, &comparison->not_known, tail->fact);
    if (tail->kind == TAIL_ROUTE || tail->kind == TAIL_THEN || tail->kind == TAIL_AND_THEN ||
        tail->kind == TAIL_TELL)
        name_duty(comparison, &tail->duty);
}

static void name_statement(struct comparison *comparison, const struct statement *statement)
{
    add_roles(comparison, &comparison->actors, &statement->who.roles);
    add_roles(comparison, &comparison->others, &statement->acts.object);
    add_channels(comparison, &statement->acts.channels);
    if (statement->kind == STATEMENT_GATE) name_need(comparison, &statement->need);
    name_condition(comparison, &statement->condition);
    for (size_t i = 0; i < statement->tails.count; i++)
        name_tail(comparison, &statement->tails.at[i]);
    for (size_t i = 0; i < statement->duties.count; i++)
        name_duty(comparison, &statement->duties.at[i]);
    if (statement->kind != STATEMENT_MEANS) return;
    if (statement->place == WORD_CHANNEL)
        add_index(comparison, &comparison->channels, statement->index);
    if (statement->place != WORD_PERSON) return;
    add_index(comparison, &comparison->actors, statement->index);
    add_index(comparison, &comparison->others, statement->index);
}

/* The literals that a rule reads, through definitions; they stand in order of dependence. */
static void read_through(const struct program *program, uint64_t *mask)
{
    for (size_t i = program->derived.count; i-- > 0;) {
        const struct derived *derived = &program->derived.at[i];
        if (mask_has(mask, derived->literal)) mask_join(mask, derived->uses, program->words);
    }
}

/* Literals whose meaning the clause gives: its definitions, its judgements. */
static void defined_here(const struct version *version, const struct clause *clause, uint64_t *mask)
{
    const struct program *program = version->policy->program;
    for (size_t i = 0; i < program->derived.count; i++) {
        const struct derived *derived = &program->derived.at[i];
        for (size_t k = 0; k < derived->tests.count; k++) {
            if (derived->tests.at[k].clause == clause) mask_set(mask, derived->literal);
        }
    }
    for (size_t s = 0; s < clause->statements.count; s++) {
        const struct statement *statement = &clause->statements.at[s];
        for (size_t i = 0; statement->kind == STATEMENT_DECIDES && i < program->literals.count;
             i++) {
            const struct literal *literal = &program->literals.at[i];
            if (literal->kind == LITERAL_NAME && literal->index == statement->index)
                mask_set(mask, (int)i);
        }
    }
}

static void find_own(struct comparison *comparison, struct version *version)
{
    const struct program *program = version->policy->program;
    const struct clause *clause = &version->policy->document.clauses.at[comparison->clause];
    uint64_t *defined = ARENA_ARRAY(comparison->arena, uint64_t, program->words);
    defined_here(version, clause, defined);
    for (size_t i = 0; i < program->rules.count; i++) {
        const struct compiled *compiled = &program->rules.at[i];
        uint64_t *reads = ARENA_ARRAY(comparison->arena, uint64_t, program->words);
        mask_join(reads, compiled->uses, program->words);
        mask_join(reads, compiled->debt_uses, program->words);
        read_through(program, reads);
        version->own[i] =
            compiled->rule->clause == clause || mask_meets(reads, defined, program->words);
        version->read[i] = version->own[i];
    }
}

/* Who lifts the clause's rules, and whom they lift. */
static void find_near(struct version *version)
{
    const struct program *program = version->policy->program;
    for (size_t i = 0; i < program->rules.count; i++) {
        const struct compiled *compiled = &program->rules.at[i];
        for (size_t k = 0; k < compiled->lifted_by.count; k++) {
            int lifter = compiled->lifted_by.at[k];
            version->read[i] = version->read[i] || version->own[lifter];
            version->read[lifter] = version->read[lifter] || version->own[i];
        }
    }
}

static void find_facts(struct comparison *comparison, struct version *version)
{
    const struct program *program = version->policy->program;
    version->facts = ARENA_ARRAY(comparison->arena, uint64_t, program->words);
    for (size_t i = 0; i < program->rules.count; i++) {
        if (!version->read[i]) continue;
        mask_join(version->facts, program->rules.at[i].uses, program->words);
        mask_join(version->facts, program->rules.at[i].debt_uses, program->words);
        name_statement(comparison, program->rules.at[i].rule->statement);
    }
    read_through(program, version->facts);
}

static void find_acts(struct comparison *comparison, const struct version *version)
{
    const struct program *program = version->policy->program;
    for (size_t act = 0; act < program->act_count; act++) {
        const struct act_code *code = &program->acts[act];
        for (size_t i = 0; i < code->rules.count; i++)
            comparison->acts[act] = comparison->acts[act] || version->own[code->rules.at[i].rule];
    }
}

static void version_init(struct comparison *comparison, struct version *version,
                         const struct policy *policy)
{
    size_t rules = policy->program->rules.count + 1;
    const struct clause *clause = &policy->document.clauses.at[comparison->clause];
    version->policy = policy;
    version->own = ARENA_ARRAY(comparison->arena, bool, rules);
    version->read = ARENA_ARRAY(comparison->arena, bool, rules);
    version->space = space_new(policy, comparison->arena);
    find_own(comparison, version);
    find_near(version);
    find_facts(comparison, version);
    find_acts(comparison, version);
    for (size_t i = 0; i < clause->statements.count; i++)
        name_statement(comparison, &clause->statements.at[i]);
}

/* ---- what is open ----------------------------------------------------------------------------------- */

static bool names_fact(const struct comparison *comparison, int fact)
{
    for (size_t i = 0; i < comparison->not_known.list.count; i++) {
        if (comparison->not_known.list.at[i] == fact) return true;
    }
    return false;
}

/* A request about the act with nobody and nothing in it yet. */
static void request_blank(struct comparison *comparison, int act, int shown,
                          struct request *request)
{
    request_init(comparison->versions[0].policy, false, comparison->scratch, request);
    request->on = (struct moment){DAY_OF_TRIAL, NOON};
    request->on_given = request->act_given = request->shown_given = true;
    request->has_time = false;
    LIST_PUSH(comparison->scratch, &request->acts, act);
    if (shown < 0) return;
    const struct words *words = &comparison->versions[0].policy->words;
    struct shown *person = LIST_ADD(comparison->scratch, &request->shown);
    person->name = SLICE("somebody");
    LIST_PUSH(comparison->scratch, &person->roles.list, shown);
    person->facts = ARENA_ARRAY(comparison->scratch, struct value, words->facts.count + 1);
    person->judgements = ARENA_ARRAY(comparison->scratch, struct value, words->names.count + 1);
}

static void find_open(struct comparison *comparison, int act, int shown)
{
    comparison->open = (struct opens){0};
    for (size_t v = 0; v < 2; v++) {
        struct version *version = &comparison->versions[v];
        struct request request;
        struct world world;
        request_blank(comparison, act, shown, &request);
        request.policy = version->policy;
        world_init(&world, version->space, &request, act, comparison->scratch);
        unsigned words = version->policy->program->words;
        opens_add(&comparison->open, &world.open, version->facts, words, comparison->scratch);
        opens_add(&comparison->open, &world.pending, version->facts, words, comparison->scratch);
    }
    for (size_t i = 0; i < comparison->open.list.count; i++) {
        struct open *open = &comparison->open.list.at[i];
        open->unknown =
            open->unknown || (open->kind == VARIABLE_FACT && names_fact(comparison, open->index));
    }
}

/* ---- every world ------------------------------------------------------------------------------------ */

/* The next combination of values; false after the last. */
static bool advance(struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->open.list.count; i++) {
        struct open *open = &comparison->open.list.at[i];
        if (++open->now < open_count(open)) return true;
        open->now = 0;
    }
    return false;
}

static void try_completions(struct comparison *comparison, struct request *request)
{
    do {
        request->entries.count = 0;
        for (size_t i = 0; i < request->shown.count; i++) request->shown.at[i].entries.count = 0;
        for (size_t i = 0; i < comparison->open.list.count; i++)
            open_put(&comparison->open.list.at[i], request, comparison->scratch);
        comparison->apart = twins_differ(&comparison->twins, request);
    } while (!comparison->apart && advance(comparison));
}

/* Sets of at most two: none, each, each pair. */
static size_t set_count(size_t count)
{
    return 1 + count + count * (count - (count > 0)) / 2;
}

static size_t pick(const struct indexes *indexes, size_t number, int ret_picked[2])
{
    size_t count = indexes->list.count;
    if (number == 0) return 0;
    if (number <= count) {
        ret_picked[0] = indexes->list.at[number - 1];
        return 1;
    }
    number -= count + 1;
    size_t first = 0;
    while (number >= count - first - 1) number -= count - first++ - 1;
    ret_picked[0] = indexes->list.at[first];
    ret_picked[1] = indexes->list.at[first + 1 + number];
    return 2;
}

static void try_people(struct comparison *comparison, struct request *request)
{
    int picked[3][2];
    struct indexes *from[] = {&comparison->actors, &comparison->others, &comparison->channels};
    size_t counts[3], sets[3];
    for (size_t i = 0; i < 3; i++) sets[i] = set_count(from[i]->list.count);
    size_t all = sets[0] * sets[1] * sets[2] * 2;
    for (size_t number = 0; number < all && !comparison->apart; number++) {
        size_t rest = number / 2;
        for (size_t i = 0; i < 3; i++, rest /= sets[i - 1])
            counts[i] = pick(from[i], rest % sets[i], picked[i]);
        request->done = number % 2 == 1;
        request->actor.list.at = picked[0];
        request->actor.list.count = counts[0];
        request->other.list.at = picked[1];
        request->other.list.count = counts[1];
        request->via.list.at = picked[2];
        request->via.list.count = counts[2];
        try_completions(comparison, request);
    }
}

/* How many worlds that will be; more than the largest number gives that and one. */
static size_t world_count(const struct comparison *comparison)
{
    size_t count = set_count(comparison->actors.list.count) *
                   set_count(comparison->others.list.count) *
                   set_count(comparison->channels.list.count) * 2;
    for (size_t i = 0; i < comparison->open.list.count && count <= MUTATE_WORLDS_LARGEST; i++)
        count *= open_count(&comparison->open.list.at[i]);
    return count <= MUTATE_WORLDS_LARGEST ? count : MUTATE_WORLDS_LARGEST + 1;
}

/* Nobody shown, and one person in each role. */
static void each_act(struct comparison *comparison, bool count_only)
{
    size_t acts = comparison->versions[0].policy->words.acts.count;
    for (size_t act = 0; act < acts && !comparison->apart; act++) {
        if (!comparison->acts[act] ||
            comparison->versions[0].policy->words.acts.at[act].kind == ACT_DUTY)
            continue;
        for (size_t i = 0; i <= comparison->shown.list.count && !comparison->apart; i++) {
            int shown = i == 0 ? -1 : comparison->shown.list.at[i - 1];
            struct request request;
            arena_reset(comparison->scratch);
            find_open(comparison, (int)act, shown);
            comparison->worlds += count_only ? world_count(comparison) : 0;
            if (count_only && comparison->worlds > MUTATE_WORLDS_LARGEST) return;
            if (count_only) continue;
            request_blank(comparison, (int)act, shown, &request);
            request.closed = request.actor_given = request.other_given = request.via_given = true;
            request.has_time = true;
            try_people(comparison, &request);
        }
    }
}

bool mutate_equivalent(const struct mutation *mutation, const struct policy *changed, int clause)
{
    AUTO(arena) struct arena *arena = arena_new();
    AUTO(arena) struct arena *scratch = arena_new();
    struct comparison comparison = {.arena = arena, .scratch = scratch, .clause = clause};
    comparison.acts = ARENA_ARRAY(arena, bool, changed->words.acts.count + 1);
    twins_init(&comparison.twins, mutation->policy, changed, arena);
    version_init(&comparison, &comparison.versions[0], mutation->policy);
    version_init(&comparison, &comparison.versions[1], changed);
    each_act(&comparison, true);
    bool few = comparison.worlds <= MUTATE_WORLDS_LARGEST;
    if (few) each_act(&comparison, false);
    twins_clear(&comparison.twins);
    return few && !comparison.apart && !mutate_seen_near(mutation, changed, comparison.acts);
}
