/* The search for a case: see reach.h. People and channels first, as whole lists, since completions
 * are not taken over them; then answers, one variable at a time. */
#include "policy/reach.h"

#include <string.h>

#define SETS_LARGEST 120 /* lists of roles or channels tried for one place */

/* Lists of one or two roles or channels, those of one first. */
struct sets {
    struct set {
        int at[2];
        unsigned count;
    } list[SETS_LARGEST];
    size_t count, simple;
    bool full; /* some found no place: what is not found may yet be */
};

struct frames {
    struct sets actor, other, via;
    LIST(int) shown; /* roles that a person shown may have; SHOWN_NOBODY, SHOWN_ANYBODY */
    bool done;
};
enum { SHOWN_OPEN = -3, SHOWN_NOBODY = -2, SHOWN_ANYBODY = -1 };

struct search {
    struct reach *reach;
    struct goal *goal;
    struct world world;
    bool gave_up;
};

void reach_init(struct reach *reach, const struct policy *policy, struct arena *arena)
{
    *reach =
        (struct reach){.policy = policy, .space = space_new(policy, arena), .arena = arena_new()};
}

void reach_clear(struct reach *reach)
{
    arena_free(reach->arena);
    reach->arena = NULL;
}

static void join_definitions(const struct program *program, uint64_t *reads)
{
    for (size_t i = program->derived.count; i-- > 0;) {
        const struct derived *derived = &program->derived.at[i];
        if (mask_has(reads, derived->literal)) {
            mask_join(reads, derived->uses, program->words);
        }
    }
}

uint64_t *reach_reads(const struct policy *policy, int rule, struct arena *arena)
{
    const struct program *program = policy->program;
    uint64_t *reads = ARENA_ARRAY(arena, uint64_t, program->words);
    bool *needed = ARENA_ARRAY(arena, bool, program->rules.count + 1);
    needed[rule] = true;
    for (size_t i = (size_t)rule + 1; i-- > 0;) { /* lifters stand before what they lift */
        const struct compiled *compiled = &program->rules.at[i];
        if (!needed[i]) {
            continue;
        }
        mask_join(reads, compiled->uses, program->words);
        for (size_t k = 0; k < compiled->lifted_by.count; k++) {
            needed[compiled->lifted_by.at[k]] = true;
        }
    }
    join_definitions(program, reads);
    return reads;
}

static void add_set(struct sets *sets, int a, int b)
{
    sets->full = sets->full || sets->count == SETS_LARGEST;
    if (sets->count < SETS_LARGEST && a != b) {
        struct set *set = &sets->list[sets->count++];
        *set = (struct set){{a, b}, (a >= 0) + (b >= 0 ? 1u : 0u)};
        set->at[0] = a >= 0 ? a : b;
    }
}

/* Roles or channels that the rules read. */
struct extras {
    LIST(int) list;
};

static void add_extra(struct extras *extras, int index, struct arena *arena)
{
    for (size_t i = 0; i < extras->list.count; i++) {
        if (extras->list.at[i] == index) return;
    }
    LIST_PUSH(arena, &extras->list, index);
}

static void find_extras(const struct search *search, enum literal_kind kind, const uint64_t *reads,
                        struct extras *extras)
{
    const struct program *program = search->reach->policy->program;
    struct arena *arena = search->reach->arena;
    for (size_t l = 0; l < program->literals.count; l++) {
        const struct literal *literal = &program->literals.at[l];
        if (!mask_has(reads, (int)l)) {
            continue;
        }
        if (literal->kind == kind) {
            add_extra(extras, literal->index, arena);
        }
        bool through = kind == LITERAL_CHANNEL && literal->kind == LITERAL_THROUGH;
        for (size_t i = 0; through && i < literal->through->list.count; i++) {
            add_extra(extras, literal->through->list.at[i], arena);
        }
    }
}

/* Whether it may stand alone for a named one. Where a rule is looked at its own scope decides. */
static bool stands_for(const struct search *search, int extra, const int *named, size_t count,
                       enum literal_kind kind)
{
    enum word_place place = kind == LITERAL_CHANNEL ? WORD_CHANNEL : WORD_PERSON;
    bool stands = search->goal->rule >= 0;
    for (size_t i = 0; i < count; i++) {
        stands = stands || policy_counts(search->reach->policy, place, extra, named[i]);
    }
    return stands;
}

/* The named ones (or nobody, or any that is read), then each with one more that is read. */
static void make_sets(const struct search *search, const int *named, size_t count,
                      enum literal_kind kind, const uint64_t *reads, struct sets *sets)
{
    struct extras extras = {.list = {0}};
    find_extras(search, kind, reads, &extras);
    sets->count = 0;
    for (size_t i = 0; i < count; i++) {
        add_set(sets, named[i], -1);
    }
    if (count == 0) {
        sets->list[sets->count++] = (struct set){.count = 0};
    }
    for (size_t i = 0; i < extras.list.count && count == 0; i++) {
        add_set(sets, extras.list.at[i], -1);
    }
    sets->simple = sets->count;
    for (size_t k = 0; k < extras.list.count && count > 0; k++) {
        if (stands_for(search, extras.list.at[k], named, count, kind)) {
            add_set(sets, extras.list.at[k], -1);
        }
    }
    for (size_t i = 0; i < sets->simple; i++) {
        for (size_t k = 0; k < extras.list.count && sets->list[i].count == 1; k++) {
            add_set(sets, sets->list[i].at[0], extras.list.at[k]);
        }
    }
}

static void make_shown(const struct search *search, const struct act_code *code,
                       struct frames *frames)
{
    const struct program *program = search->reach->policy->program;
    struct arena *arena = search->reach->arena;
    if (code->plain) {
        LIST_PUSH(arena, &frames->shown, SHOWN_OPEN);
        return;
    }
    for (size_t l = 0; l < program->literals.count; l++) {
        if (program->literals.at[l].kind == LITERAL_SHOWN && mask_has(code->all, (int)l)) {
            LIST_PUSH(arena, &frames->shown, program->literals.at[l].index);
        }
    }
    LIST_PUSH(arena, &frames->shown, SHOWN_ANYBODY);
    LIST_PUSH(arena, &frames->shown, SHOWN_NOBODY);
}

static void make_frames(struct search *search, const struct act_code *code, struct frames *frames)
{
    const struct program *program = search->reach->policy->program;
    const struct goal *goal = search->goal;
    const uint64_t *reads = goal->verdict ? code->verdict : goal->reads;
    size_t actors = goal->who->anyone ? 0 : goal->who->roles.list.count;
    make_sets(search, goal->who->roles.list.at, actors, LITERAL_ACTOR, reads, &frames->actor);
    make_sets(search, goal->acts->object.list.at, goal->acts->object.list.count, LITERAL_OTHER,
              reads, &frames->other);
    make_sets(search, goal->acts->channels.list.at, goal->acts->channels.list.count,
              LITERAL_CHANNEL, reads, &frames->via);
    make_shown(search, code, frames);
    for (size_t l = 0; l < program->literals.count; l++) {
        frames->done = frames->done ||
                       (program->literals.at[l].kind == LITERAL_DONE && mask_has(reads, (int)l));
    }
}

static struct variable *variable_at(struct search *search, size_t index)
{
    struct world *world = &search->world;
    size_t open = world->open.list.count;
    return index < open ? &world->open.list.at[index] : &world->pending.list.at[index - open];
}

/* The next variable that the goal reads, or, once those are settled, that the verdict does. */
static bool next_variable(struct search *search, const uint64_t *set, const struct outcome *outcome,
                          size_t *ret_next)
{
    const struct world *world = &search->world;
    unsigned words = world->space->program->words;
    size_t count = world->open.list.count + world->pending.list.count;
    for (int pass = 0; pass < (search->goal->verdict ? 2 : 1); pass++) {
        for (size_t i = 0; i < count && (pass == 0 || !outcome->known); i++) {
            const struct variable *variable = variable_at(search, i);
            bool wanted = pass == 0 ? mask_meets(variable->mask, search->goal->reads, words)
                                    : world_matters(world, variable);
            if (wanted && !mask_has(set, (int)i)) {
                *ret_next = i;
                return true;
            }
        }
    }
    return false;
}

/* Depth is at most the number of variables: each level sets one more. */
static bool try_answers(struct search *search, uint64_t *set)
{
    struct reach *reach = search->reach;
    struct outcome outcome = world_judge(&search->world);
    enum tri met = search->goal->meets(search->goal, reach->space, &outcome);
    size_t next;
    reach->tried++;
    if (met != TRI_MAYBE || reach->tried > REACH_TRIED_LARGEST) {
        search->gave_up = search->gave_up || met == TRI_MAYBE;
        return met == TRI_YES;
    }
    if (!next_variable(search, set, &outcome, &next)) {
        return false;
    }
    struct variable *variable = variable_at(search, next);
    mask_set(set, (int)next);
    bool found = false;
    for (size_t i = 0; i < variable->count && !found && reach->tried <= REACH_TRIED_LARGEST; i++) {
        world_set(&search->world, variable, i);
        found = try_answers(search, set);
        if (!found) { /* a case found stays set, to be described */
            world_unset(&search->world, variable);
        }
    }
    set[next / 64] &= ~(1ull << (next % 64));
    return found;
}

static void give_set(struct arena *arena, const struct set *set, struct roles *roles)
{
    roles->list.count = 0;
    for (unsigned i = 0; i < set->count; i++) {
        LIST_PUSH(arena, &roles->list, set->at[i]);
    }
}

static void give_shown(struct request *request, int role, struct arena *arena)
{
    request->shown_given = role != SHOWN_OPEN;
    if (role < SHOWN_ANYBODY) {
        return;
    }
    struct shown *shown = LIST_ADD(arena, &request->shown);
    shown->name = SLICE("the person shown");
    shown->facts = ARENA_ARRAY(arena, struct value, request->policy->words.facts.count + 1);
    shown->judgements = ARENA_ARRAY(arena, struct value, request->policy->words.names.count + 1);
    if (role >= 0) {
        LIST_PUSH(arena, &shown->roles.list, role);
    }
}

/* One list of actor, other person and channels, one person shown, the act planned or done. */
static bool try_frame(struct search *search, const struct set *actor, const struct set *other,
                      const struct set *via, const struct frames *frames, int act)
{
    struct reach *reach = search->reach;
    for (size_t s = 0; s < frames->shown.count; s++) {
        for (int done = 0; done <= (frames->done ? 1 : 0); done++) {
            struct request request;
            struct roles channels = {0};
            if (reach->tried > REACH_TRIED_LARGEST) {
                search->gave_up = true;
                return false;
            }
            request_init(reach->policy, false, reach->arena, &request);
            request.actor_given = request.other_given = request.via_given = request.act_given =
                true;
            request.done = done == 1;
            request.has_time = false; /* any time of day, not the one at which it is checked */
            give_set(reach->arena, actor, &request.actor);
            give_set(reach->arena, other, &request.other);
            give_set(reach->arena, via, &channels);
            request.via.list.at = channels.list.at;
            request.via.list.count = channels.list.count;
            give_shown(&request, frames->shown.at[s], reach->arena);
            LIST_PUSH(reach->arena, &request.acts, act);
            world_init(&search->world, reach->space, &request, act, reach->arena);
            size_t count = search->world.open.list.count + search->world.pending.list.count;
            uint64_t *set = ARENA_ARRAY(reach->arena, uint64_t, count / 64 + 1);
            if (try_answers(search, set)) {
                reach->found = &search->world.requests[0];
                return true;
            }
        }
    }
    return false;
}

static bool place_of(const struct act_code *code, int rule, unsigned *ret_place)
{
    for (unsigned i = 0; i < code->rules.count; i++) {
        if (code->rules.at[i].rule == rule) {
            *ret_place = i;
            return true;
        }
    }
    return false;
}

/* Plain lists first: nearly every case is found there. */
static bool try_frames(struct search *search, const struct frames *frames, int act, bool simple)
{
    for (size_t a = 0; a < (simple ? frames->actor.simple : frames->actor.count); a++) {
        for (size_t o = 0; o < (simple ? frames->other.simple : frames->other.count); o++) {
            for (size_t v = 0; v < (simple ? frames->via.simple : frames->via.count); v++) {
                bool tried = !simple && a < frames->actor.simple && o < frames->other.simple &&
                             v < frames->via.simple;
                if (!tried && try_frame(search, &frames->actor.list[a], &frames->other.list[o],
                                        &frames->via.list[v], frames, act)) {
                    return true;
                }
            }
        }
    }
    return false;
}

enum reached reach_find(struct reach *reach, int act, struct goal *goal)
{
    const struct act_code *code = &reach->policy->program->acts[act];
    arena_reset(reach->arena);
    reach->tried = 0;
    reach->found = NULL;
    struct search search = {.reach = reach, .goal = goal};
    struct frames *frames = ARENA_NEW(reach->arena, struct frames);
    if ((goal->rule >= 0 && !place_of(code, goal->rule, &goal->place)) ||
        (goal->other >= 0 && !place_of(code, goal->other, &goal->other_place))) {
        return REACH_NEVER;
    }
    make_frames(&search, code, frames);
    if (try_frames(&search, frames, act, true) || try_frames(&search, frames, act, false)) {
        return REACH_FOUND;
    }
    bool full = frames->actor.full || frames->other.full || frames->via.full;
    return search.gave_up || full ? REACH_GAVE_UP : REACH_NEVER;
}

static void describe_roles(const struct words *words, enum word_place place, const int *list,
                           size_t count, const char *before, struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        text_format(out, "%s%.*s", i == 0 ? before : " and ",
                    SLICE_PRINT(words_word(words, place, list[i])->phrase));
    }
}

static void describe_value(const struct fact *fact, const struct value *value, const char *before,
                           struct text *out)
{
    struct slice phrase = fact->word.phrase;
    if (fact->kind == FACT_CHOICE) {
        text_format(out, "%s'%.*s' is %.*s", before, SLICE_PRINT(phrase),
                    SLICE_PRINT(fact->values.at[value->value]));
    } else if (fact->kind == FACT_YES_NO || fact->kind == FACT_PERSONAL) {
        text_format(out, "%s'%.*s' is %s", before, SLICE_PRINT(phrase),
                    value->value != 0 ? "yes" : "no");
    } else {
        text_format(out, "%s'%.*s' is %lld", before, SLICE_PRINT(phrase), (long long)value->value);
    }
}

/* Answers other than a plain no. */
static void describe_facts(const struct reach *reach, struct text *out)
{
    static const char *const states[] = {"missing", "on record", "refused"};
    const struct words *words = &reach->policy->words;
    const char *before = ", where ";
    for (size_t i = 0; i < words->facts.count; i++) {
        const struct fact *fact = &words->facts.at[i];
        const struct value *value = &reach->found->facts[i];
        bool plain =
            (fact->kind == FACT_YES_NO || fact->kind == FACT_PERSONAL) && value->value == 0;
        if (value->known == KNOWN && !plain && fact->kind != FACT_RECORD) {
            describe_value(fact, value, before, out);
            before = " and ";
        }
    }
    for (size_t i = 0; i < reach->found->entries.count; i++) {
        const struct entry *entry = &reach->found->entries.at[i];
        if (entry->state != ENTRY_MISSING) {
            text_format(out, "%s'%.*s' is %s", before,
                        SLICE_PRINT(words->facts.at[entry->record].word.phrase),
                        states[entry->state]);
            before = " and ";
        }
    }
}

void reach_describe(const struct reach *reach, struct text *out)
{
    const struct words *words = &reach->policy->words;
    const struct request *request = reach->found;
    text_format(out, "'%.*s'", SLICE_PRINT(words->acts.at[request->acts.at[0]].word.phrase));
    describe_roles(words, WORD_PERSON, request->actor.list.at, request->actor.list.count, " by ",
                   out);
    describe_roles(words, WORD_PERSON, request->other.list.at, request->other.list.count,
                   ", the other person being ", out);
    describe_roles(words, WORD_CHANNEL, request->via.list.at, request->via.list.count, ", via ",
                   out);
    describe_facts(reach, out);
}
