/* What would change the answer, and what stood in for facts that somebody did not know. */
#include "policy/explain.h"

#define CHANGES_LARGEST 8
#define CHANGE_PAIRS_LARGEST 24

/* A value that could be otherwise. */
struct candidate {
    bool record;
    int index;
    const struct roles *from;
    int64_t value;
    int shown; /* record about a person shown, or -1 */
};

struct candidates {
    LIST(struct candidate) list;
};

static void candidate_facts(struct judged *judged, struct candidates *into)
{
    const struct act_code *code = judged->space->code;
    const struct words *words = &judged->space->policy->words;
    for (size_t i = 0; i < code->facts.count; i++) {
        int index = code->facts.at[i].fact;
        const struct fact *fact = &words->facts.at[index];
        const struct value *now = &judged->request->facts[index];
        int64_t count = fact->kind == FACT_YES_NO   ? 2
                        : fact->kind == FACT_CHOICE ? (int64_t)fact->values.count
                                                    : 0;
        for (int64_t v = 0; v < count; v++) {
            bool known = now->known == KNOWN || judged->request->closed;
            int64_t present = now->known == KNOWN ? now->value : 0;
            if (known && v != present) {
                LIST_PUSH(judged->arena, &into->list,
                          (struct candidate){.index = index, .value = v, .shown = -1});
            }
        }
    }
}

static void candidate_records(struct judged *judged, struct candidates *into)
{
    const struct act_code *code = judged->space->code;
    for (size_t i = 0; i < code->records.count; i++) {
        int number = code->records.at[i];
        const struct literal *literal = &judged->space->program->literals.at[number];
        if (literal->kind != LITERAL_GIVEN || literal->personal ||
            literal_tri(judged->space->program, judged->space->active[0], number, -1) != TRI_NO) {
            continue;
        }
        LIST_PUSH(judged->arena, &into->list,
                  (struct candidate){
                      .record = true, .index = literal->index, .from = literal->from, .shown = -1});
    }
}

static void put_in(struct request *request, const struct candidate *candidate,
                   struct value *ret_old)
{
    *ret_old = request->facts[candidate->index];
    if (!candidate->record) {
        request->facts[candidate->index] =
            (struct value){.known = KNOWN, .value = candidate->value};
        return;
    }
    struct entry entry = {.record = candidate->index,
                          .state = ENTRY_GIVEN,
                          .giver =
                              candidate->from->list.count > 0 ? candidate->from->list.at[0] : -1};
    LIST_PUSH(request->arena, &request->entries, entry);
}

/* Puts the value into the request and into those of the clauses' own environments: were it so, it would be known to all. */
static struct value *put(struct judged *judged, struct request *request,
                         const struct candidate *candidate)
{
    size_t count = judged->space->environment_count;
    struct value *old = ARENA_ARRAY(judged->arena, struct value, count);
    put_in(request, candidate, &old[0]);
    for (size_t e = 1; e < count; e++) {
        if (explain_own_environment(judged, e)) {
            put_in(&judged->world->requests[e], candidate, &old[e]);
        }
    }
    return old;
}

static void take_back(struct judged *judged, struct request *request,
                      const struct candidate *candidate, const struct value *old)
{
    for (size_t e = 0; e < judged->space->environment_count; e++) {
        if (e > 0 && !explain_own_environment(judged, e)) {
            continue;
        }
        struct request *each = e == 0 ? request : &judged->world->requests[e];
        each->facts[candidate->index] = old[e];
        each->entries.count -= candidate->record ? 1 : 0;
    }
}

static void candidate_text(const struct judged *judged, const struct candidate *candidate,
                           struct change *change)
{
    const struct words *words = &judged->space->policy->words;
    const struct fact *fact = &words->facts.at[candidate->index];
    change->key = arena_format(judged->arena, "%s %.*s", candidate->record ? "record" : "fact",
                               SLICE_PRINT(fact->word.phrase));
    if (!candidate->record) {
        change->value = fact->kind == FACT_CHOICE ? fact->values.at[candidate->value]
                        : candidate->value != 0   ? SLICE("yes")
                                                  : SLICE("no");
        return;
    }
    change->value = SLICE("given");
    if (candidate->from->list.count > 0) {
        struct slice giver = words->people.at[candidate->from->list.at[0]].word.phrase;
        change->value = arena_format(judged->arena, "given FROM %.*s", SLICE_PRINT(giver));
    }
}

static void add_change(struct judged *judged, struct change change)
{
    size_t at = judged->decision->changes.count;
    if (at == CHANGES_LARGEST) {
        return;
    }
    (void)LIST_ADD(judged->arena, &judged->decision->changes);
    struct change *list = judged->decision->changes.at;
    while (at > 0 && list[at - 1].verdict > change.verdict) {
        list[at] = list[at - 1];
        at--;
    }
    list[at] = change;
}

static bool better(const struct judged *judged, const struct outcome *outcome)
{
    return outcome->known && outcome->verdict < judged->outcome.verdict;
}

static void try_pairs(struct judged *judged, struct request *copy,
                      const struct candidates *candidates)
{
    size_t count = candidates->list.count < CHANGE_PAIRS_LARGEST ? candidates->list.count
                                                                 : CHANGE_PAIRS_LARGEST;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++) {
            const struct candidate *a = &candidates->list.at[i], *b = &candidates->list.at[k];
            if (!a->record && !b->record && a->index == b->index) {
                continue;
            }
            const struct value *old_a = put(judged, copy, a), *old_b = put(judged, copy, b);
            struct outcome outcome = explain_outcome(judged, copy);
            take_back(judged, copy, b, old_b);
            take_back(judged, copy, a, old_a);
            if (better(judged, &outcome)) {
                struct change first = {.verdict = outcome.verdict, .strength = outcome.strength},
                              second = first;
                candidate_text(judged, a, &first);
                candidate_text(judged, b, &second);
                first.key = arena_format(judged->arena, "%.*s = %.*s, %.*s", SLICE_PRINT(first.key),
                                         SLICE_PRINT(first.value), SLICE_PRINT(second.key));
                first.value = second.value;
                add_change(judged, first);
            }
        }
    }
}

void explain_changes(struct judged *judged)
{
    enum verdict verdict = judged->outcome.verdict;
    if (verdict == VERDICT_ALLOWED || verdict == VERDICT_NEED_ANSWER || verdict == VERDICT_STOP) {
        return;
    }
    struct candidates candidates = {0};
    struct request copy;
    request_copy(judged->request, judged->arena, &copy);
    candidate_records(judged, &candidates);
    candidate_facts(judged, &candidates);
    for (size_t i = 0; i < candidates.list.count; i++) {
        const struct value *old = put(judged, &copy, &candidates.list.at[i]);
        struct outcome outcome = explain_outcome(judged, &copy);
        take_back(judged, &copy, &candidates.list.at[i], old);
        if (better(judged, &outcome)) {
            struct change change = {.verdict = outcome.verdict, .strength = outcome.strength};
            candidate_text(judged, &candidates.list.at[i], &change);
            add_change(judged, change);
        }
    }
    if (judged->decision->changes.count == 0) {
        try_pairs(judged, &copy, &candidates);
    }
}

static struct slice value_text(const struct judged *judged, const struct fact *fact, int64_t value)
{
    if (fact->kind == FACT_YES_NO || fact->kind == FACT_PERSONAL) {
        return value != 0 ? SLICE("yes") : SLICE("no");
    }
    if (fact->kind == FACT_CHOICE) {
        return fact->values.at[value];
    }
    if (fact->kind == FACT_RECORD) {
        static const char *const states[] = {"missing", "given", "refused"};
        return slice_of(states[value]);
    }
    return arena_format(judged->arena, "%lld", (long long)value);
}

static void assume(struct judged *judged, int fact_index, int shown, struct slice as,
                   struct slice by)
{
    struct assumed *assumed = LIST_ADD(judged->arena, &judged->decision->assumed);
    *assumed = (struct assumed){.fact = fact_index, .as = as, .by = by};
    if (shown >= 0) {
        assumed->person = judged->asked->shown.at[shown].name;
    }
}

static void assume_fact(struct judged *judged, int index, int shown, const struct unknown *unknown,
                        struct slice by)
{
    const struct fact *fact = &judged->space->policy->words.facts.at[index];
    if (unknown->kind == UNKNOWN_VALUE) {
        assume(judged, index, shown, value_text(judged, fact, unknown->value), by);
    } else if (unknown->kind == UNKNOWN_UNDER) {
        assume(judged, index, shown,
               arena_format(judged->arena, "under %lld", (long long)unknown->value), by);
    } else if (unknown->kind == UNKNOWN_REFER) {
        struct slice role = judged->space->policy->words.people.at[unknown->role].word.phrase;
        assume(judged, index, shown,
               arena_format(judged->arena, "for %.*s to say", SLICE_PRINT(role)), by);
    }
}

/* Of a record's answer for several givers what counts: one refusal, else one that was given. */
static int64_t record_state(const struct variable *variable, int64_t number)
{
    int64_t state = ENTRY_MISSING;
    for (size_t k = 0; k < variable->givers->list.count; k++, number /= 3) {
        state = number % 3 > state ? number % 3 : state;
    }
    return state;
}

/* The values that the search for the worst put in, from the trial world. */
static void assume_worst(struct judged *judged)
{
    const struct world *world = judged->world;
    for (size_t i = 0; world != NULL && world->kept != NULL && i < world->unknown.list.count; i++) {
        const struct variable *variable = &world->unknown.list.at[i];
        const struct fact *fact = &judged->space->policy->words.facts.at[variable->index];
        if (world->kept[i] == SIZE_MAX) {
            continue;
        }
        int64_t worst = variable->values[world->kept[i]];
        if (variable->kind == VARIABLE_RECORD) {
            worst = record_state(variable, worst);
        }
        assume(judged, variable->index, variable->shown, value_text(judged, fact, worst),
               SLICE("R2"));
        judged->decision->readings |= 1u << 2;
    }
}

static void assume_known(struct judged *judged, int index, int shown, const struct value *value)
{
    const struct program *program = judged->space->program;
    if (value->known != NOT_KNOWN) {
        return;
    }
    assume_fact(judged, index, shown, &judged->space->policy->words.facts.at[index].unknown,
                SLICE("words.md"));
    for (size_t u = 0; u < program->unknowns.count; u++) {
        const struct unknowns *unknowns = &program->unknowns.at[u];
        for (size_t k = 0; k < unknowns->facts.count; k++) {
            if (unknowns->facts.at[k] == index && explain_cited(judged, unknowns->clause)) {
                assume_fact(judged, index, shown, &unknowns->with.at[k], unknowns->clause->id);
            }
        }
    }
}

void explain_assumed(struct judged *judged)
{
    const struct act_code *code = judged->space->code;
    for (size_t i = 0; i < code->facts.count; i++) {
        int fact = code->facts.at[i].fact;
        assume_known(judged, fact, -1, &judged->asked->facts[fact]);
    }
    for (size_t i = 0; i < code->personal.count; i++) {
        int fact = code->personal.at[i].fact;
        for (size_t p = 0; p < judged->asked->shown.count; p++) {
            assume_known(judged, fact, (int)p, &judged->asked->shown.at[p].facts[fact]);
        }
    }
    assume_worst(judged);
}
