/* Two versions of a policy put to the same request, what they answer compared; and what is open in a request, thing by thing,
 * each with the values that make a difference. */
#include "policy/mutate_parts.h"

#define SIGNATURE_LARGEST ((size_t)1 << 20)

/* ---- comparing ------------------------------------------------------------------------------------ */

static void sign_number(struct text *text, int64_t number)
{
    text_add_number(text, number);
    text_add_char(text, ' ');
}

static void sign_list(struct text *text, const int *list, size_t count)
{
    sign_number(text, (int64_t)count);
    for (size_t i = 0; i < count; i++) sign_number(text, list[i]);
}

static void sign_roles(struct text *text, const struct roles *roles)
{
    sign_number(text, roles->each);
    sign_list(text, roles->list.at, roles->list.count);
}

static void sign_need(struct text *text, const struct needed *needed)
{
    text_add_char(text, 'n');
    sign_number(text, needed->need->record);
    sign_roles(text, &needed->need->from);
    sign_number(text, needed->need->another);
    sign_number(text, needed->need->every);
    sign_number(text, needed->refused);
    sign_number(text, needed->bundle);
    text_add(text, needed->person);
}

static void sign_duty(struct text *text, const struct owed *owed)
{
    const struct duty *duty = owed->duty;
    const int64_t numbers[] = {duty->act,           duty->modal,         duty->actor,
                               duty->bearer.anyone, duty->when,          duty->once,
                               owed->within.unit,   owed->within.number, duty->keep.unit,
                               duty->keep.number,   owed->conditional,   owed->stage};
    text_add_char(text, 'd');
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sign_number(text, numbers[i]);
    sign_roles(text, &owed->bearer);
    sign_roles(text, &owed->object);
    sign_roles(text, &duty->otherwise);
    sign_list(text, duty->channels.list.at, duty->channels.list.count);
    text_add(text, duty->until);
}

static void sign(const struct decision *decision, struct text *text)
{
    text_cut(text, 0);
    sign_number(text, decision->verdict);
    sign_number(text, decision->strength);
    sign_roles(text, &decision->refer);
    for (size_t i = 0; i < decision->needs.count; i++) sign_need(text, &decision->needs.at[i]);
    for (size_t i = 0; i < decision->duties.count; i++) sign_duty(text, &decision->duties.at[i]);
}

void twins_init(struct twins *twins, const struct policy *one, const struct policy *two,
                struct arena *arena)
{
    *twins = (struct twins){.policies = {one, two}, .scratch = arena_new()};
    for (size_t v = 0; v < 2; v++) {
        twins->deciders[v] = decider_new(twins->policies[v], arena);
        text_init(&twins->texts[v], SIGNATURE_LARGEST);
    }
}

void twins_clear(struct twins *twins)
{
    for (size_t v = 0; v < 2; v++) text_clear(&twins->texts[v]);
    arena_free(twins->scratch);
}

bool twins_differ(struct twins *twins, struct request *request)
{
    arena_reset(twins->scratch);
    for (size_t v = 0; v < 2; v++) {
        struct decision decision;
        request->policy = twins->policies[v];
        decider_decide(twins->deciders[v], request, false, twins->scratch, &decision);
        sign(&decision, &twins->texts[v]);
    }
    return !slice_equal(text_slice(&twins->texts[0]), text_slice(&twins->texts[1]));
}

/* ---- what is open --------------------------------------------------------------------------------- */

static struct open *open_of(struct opens *opens, const struct variable *variable, int giver,
                            struct arena *arena)
{
    for (size_t i = 0; i < opens->list.count; i++) {
        struct open *open = &opens->list.at[i];
        if (open->kind == variable->kind && open->index == variable->index &&
            open->giver == giver && open->shown == variable->shown)
            return open;
    }
    struct open *open = LIST_ADD(arena, &opens->list);
    open->kind = variable->kind;
    open->index = variable->index;
    open->giver = giver;
    open->shown = variable->shown;
    open->unknown = variable->kind == VARIABLE_JUDGEMENT;
    return open;
}

static void add_values(struct open *open, const struct variable *variable, struct arena *arena)
{
    for (size_t i = 0; i < variable->count; i++) {
        bool known = false;
        for (size_t k = 0; k < open->values.count; k++)
            known = known || open->values.at[k] == variable->values[i];
        if (!known) LIST_PUSH(arena, &open->values, variable->values[i]);
    }
}

void opens_add(struct opens *opens, const struct variables *variables, const uint64_t *facts,
               unsigned words, struct arena *arena)
{
    for (size_t i = 0; i < variables->list.count; i++) {
        const struct variable *variable = &variables->list.at[i];
        if (facts != NULL && !mask_meets(variable->mask, facts, words)) continue;
        if (variable->kind != VARIABLE_RECORD) {
            add_values(open_of(opens, variable, -1, arena), variable, arena);
            continue;
        }
        static int64_t states[] = {ENTRY_MISSING, ENTRY_GIVEN, ENTRY_REFUSED};
        const struct variable one = {.values = states, .count = 3}; /* of each giver by itself */
        for (size_t k = 0; k < variable->givers->list.count; k++)
            add_values(open_of(opens, variable, variable->givers->list.at[k], arena), &one, arena);
    }
}

size_t open_count(const struct open *open)
{
    return open->values.count + open->unknown;
}

static void put_record(const struct open *open, struct request *request, struct arena *arena)
{
    enum entry_state state = (enum entry_state)open->values.at[open->now];
    struct entry entry = {.record = open->index, .state = state, .giver = open->giver};
    if (state == ENTRY_MISSING) return;
    if (open->shown < 0)
        LIST_PUSH(arena, &request->entries, entry);
    else
        LIST_PUSH(arena, &request->shown.at[open->shown].entries, entry);
}

void open_put(const struct open *open, struct request *request, struct arena *arena)
{
    bool unknown = open->now == open->values.count;
    struct value value = {.known = unknown ? NOT_KNOWN : KNOWN,
                          .value = unknown ? 0 : open->values.at[open->now]};
    struct shown *person = open->shown < 0 ? NULL : &request->shown.at[open->shown];
    if (open->kind == VARIABLE_RECORD) {
        put_record(open, request, arena);
    } else if (open->kind == VARIABLE_TIME && open->index < 0) {
        request->has_time = true;
        request->on.minute = (int)value.value;
    } else if (open->kind == VARIABLE_JUDGEMENT) {
        value.known = unknown ? NOT_ASKED : KNOWN;
        *(person == NULL ? &request->judgements[open->index] : &person->judgements[open->index]) =
            value;
    } else {
        *(person == NULL ? &request->facts[open->index] : &person->facts[open->index]) = value;
    }
}
