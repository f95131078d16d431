/* What stands beside the verdict: clauses that collide, definitions it turns on, near clauses, what would change it, what
 * stood in for facts that somebody did not know. */
#include "policy/explain.h"
#include "policy/print.h"

#define NEAR_LARGEST 8
#define CHANGES_LARGEST 8
#define CHANGE_PAIRS_LARGEST 24

static bool shadow_speaks(const struct judged *judged, unsigned place)
{
    const struct compiled *compiled = rule_at(judged, place);
    int from, to;
    people_at(judged, compiled, &from, &to);
    for (int p = from; p < to; p++) {
        if (test_at(judged, compiled, &compiled->shadow, p) == TRI_YES) {
            return true;
        }
    }
    return false;
}

static bool ref_is(const struct ref *ref, const struct clause *clause, bool law)
{
    return !ref->every && !ref->section && ref->law == law && slice_equal(ref->id, clause->id);
}

/* Readings on the DESPITE lines between two clauses, either way. */
static uint32_t between(const struct clause *a, const struct clause *b)
{
    uint32_t readings = 0;
    for (size_t i = 0; i < a->statements.count; i++) {
        for (size_t t = 0; t < a->statements.at[i].tails.count; t++) {
            const struct tail *tail = &a->statements.at[i].tails.at[t];
            for (size_t r = 0; tail->kind == TAIL_DESPITE && r < tail->refs.count; r++) {
                readings |= ref_is(&tail->refs.at[r], b, false) && tail->reading > 0
                                ? 1u << tail->reading
                                : 0;
            }
        }
    }
    return readings;
}

static bool has_part(const struct judged *judged, const struct clause *clause, enum part part)
{
    for (size_t i = 0; i < judged->decision->cites.count; i++) {
        if (judged->decision->cites.at[i].clause == clause &&
            judged->decision->cites.at[i].part == part) {
            return true;
        }
    }
    return false;
}

static void add_clash(struct judged *judged, const struct clause *a, const struct clause *b,
                      unsigned reading)
{
    for (size_t i = 0; i < judged->decision->clashes.count; i++) {
        const struct clash *clash = &judged->decision->clashes.at[i];
        if ((clash->a == a && clash->b == b) || (clash->a == b && clash->b == a)) {
            return;
        }
    }
    uint32_t readings = between(a, b) | between(b, a) | (reading > 0 ? 1u << reading : 0);
    bool settled = has_part(judged, a, PART_LIFTED) || has_part(judged, b, PART_LIFTED);
    LIST_PUSH(judged->arena, &judged->decision->clashes, (struct clash){a, b, readings, settled});
}

static void rule_clashes(struct judged *judged, unsigned place, const struct tail *tail)
{
    const struct compiled *compiled = rule_at(judged, place);
    for (size_t r = 0; r < tail->refs.count; r++) {
        for (unsigned i = 0; i < judged->space->code->rules.count; i++) {
            const struct compiled *other = rule_at(judged, i);
            enum stage stage;
            if (ref_is(&tail->refs.at[r], other->rule->clause, other->law) &&
                other->effect != EFFECT_DEED &&
                stage_of(judged, &judged->space->code->rules.at[i], other, &stage) &&
                shadow_speaks(judged, i)) {
                add_clash(judged, compiled->rule->clause, other->rule->clause, tail->reading);
            }
        }
    }
}

void explain_clashes(struct judged *judged)
{
    for (unsigned i = 0; i < judged->space->code->rules.count; i++) {
        unsigned place = judged->order[i];
        const struct compiled *compiled = rule_at(judged, place);
        const struct statement *statement = compiled->rule->statement;
        enum stage stage;
        if (compiled->effect == EFFECT_DEED ||
            !stage_of(judged, &judged->space->code->rules.at[place], compiled, &stage)) {
            continue;
        }
        for (size_t t = 0; t < statement->tails.count; t++) {
            if (statement->tails.at[t].kind == TAIL_CLASHES && shadow_speaks(judged, place)) {
                rule_clashes(judged, place, &statement->tails.at[t]);
            }
        }
    }
}

static bool differs(const struct outcome *a, const struct outcome *b)
{
    return a->verdict != b->verdict || a->strength != b->strength || a->detail != b->detail;
}

/* Whether a clause reads the request in an environment of its own, with what it takes a don't know as. */
static bool own_environment(const struct judged *judged, size_t e)
{
    return e > 0 && judged->world != NULL && judged->world->used[e];
}

/* The outcome of a request that is changed a little: one pass, on the quick path. Every environment is made afresh: the
 * change, or the meaning that is forced, has to be in all of them. */
static struct outcome outcome_of(struct judged *judged, const struct request *request)
{
    struct space *space = judged->space;
    const struct act_code *code = &space->program->acts[judged->act];
    encode(space, code, request, &space->environments[0]);
    for (size_t e = 0; e < space->environment_count; e++) {
        bool own = own_environment(judged, e);
        space->active[e] = &space->environments[own ? e : 0];
        if (own) {
            encode(space, code, &judged->world->requests[e], &space->environments[e]);
        }
    }
    return judge(space, request, judged->act);
}

/* Turns a ruling round in the request and in those of the clauses' own environments. */
static void turn_ruling(struct judged *judged, struct request *copy, int name)
{
    copy->judgements[name].value = !copy->judgements[name].value;
    for (size_t e = 1; e < judged->space->environment_count; e++) {
        if (own_environment(judged, e)) {
            struct value *value = &judged->world->requests[e].judgements[name];
            value->value = !value->value;
        }
    }
}

static void cite_judges(struct judged *judged)
{
    const struct policy *policy = judged->space->policy;
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct rule *rule = &policy->rules.at[i];
        if (rule->statement->kind != STATEMENT_DECIDES) {
            continue;
        }
        struct slice phrase = policy->words.names.at[rule->statement->index].word.phrase;
        for (size_t k = 0; k < judged->decision->judgements.count; k++) {
            if (slice_equal(phrase, judged->decision->judgements.at[k])) {
                (void)cite_add(judged, rule->clause, rule->law, PART_DEFINES);
            }
        }
    }
}

/* Judgements already ruled: which the answer turns on. */
static void cite_rulings(struct judged *judged, struct request *copy)
{
    const struct policy *policy = judged->space->policy;
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct rule *rule = &policy->rules.at[i];
        if (rule->statement->kind != STATEMENT_DECIDES) {
            continue;
        }
        if (copy->judgements[rule->statement->index].known != KNOWN) {
            continue;
        }
        turn_ruling(judged, copy, rule->statement->index);
        struct outcome other = outcome_of(judged, copy);
        turn_ruling(judged, copy, rule->statement->index);
        if (other.known && differs(&other, &judged->outcome)) {
            (void)cite_add(judged, rule->clause, rule->law, PART_DEFINES);
        }
    }
}

/* Whether the answer changes where this meaning holds or fails instead. */
static bool turns_on(struct judged *judged, const struct derived *derived, size_t test,
                     const struct request *copy)
{
    struct space *space = judged->space;
    bool turned = false;
    for (int value = 0; value < 2 && !turned; value++) {
        space->forced = derived->literal;
        space->forced_test = test;
        space->force = value == 0 ? TRI_NO : TRI_YES;
        struct outcome other = outcome_of(judged, copy);
        space->forced = -1;
        turned = other.known && differs(&other, &judged->outcome);
    }
    return turned;
}

void explain_defines(struct judged *judged)
{
    struct space *space = judged->space;
    struct request copy;
    cite_judges(judged);
    request_copy(judged->request, judged->arena, &copy);
    const struct act_code *code = space->code;
    for (size_t i = 0; i < code->derived.count; i++) {
        const struct derived *derived = &space->program->derived.at[code->derived.at[i]];
        for (size_t t = 0; t < derived->tests.count; t++) {
            if (derived->tests.at[t].statement != NULL && turns_on(judged, derived, t, &copy)) {
                (void)cite_add(judged, derived->tests.at[t].clause, false, PART_DEFINES);
            }
        }
    }
    cite_rulings(judged, &copy);
}

static void literal_text(const struct judged *judged, int number, bool negated, struct text *out)
{
    const struct words *words = &judged->space->policy->words;
    const struct literal *literal = &judged->space->program->literals.at[number];
    struct atom atom = {
        .negated = negated, .index = literal->index, .low = literal->low, .high = literal->high};
    switch (literal->kind) {
    case LITERAL_ACTOR:
    case LITERAL_OTHER:
    case LITERAL_SHOWN:
        atom.kind = ATOM_PERSON;
        atom.person = literal->kind == LITERAL_ACTOR   ? PERSON_ACTOR
                      : literal->kind == LITERAL_OTHER ? PERSON_OTHER
                                                       : PERSON_SELF;
        break;
    case LITERAL_CHANNEL: atom.kind = ATOM_CHANNEL; break;
    case LITERAL_FACT: atom.kind = ATOM_FACT; break;
    case LITERAL_CHOICE: atom.kind = ATOM_CHOICE; break;
    case LITERAL_UNDER:
        atom.kind = words->facts.at[literal->index].kind == FACT_DATE ? ATOM_DATE : ATOM_NUMBER;
        atom.op = literal->high != 0 ? NUMBER_AT_LEAST : NUMBER_UNDER;
        break;
    case LITERAL_TIME: atom.kind = ATOM_TIME; break;
    case LITERAL_GIVEN:
    case LITERAL_REFUSED:
        atom.kind = ATOM_RECORD;
        atom.from = *literal->from;
        atom.refused = literal->kind == LITERAL_REFUSED;
        break;
    case LITERAL_DONE: atom.kind = ATOM_DONE; break;
    case LITERAL_NAME: atom.kind = ATOM_NAME; break;
    default: text_add_string(out, "what each person shown has to meet"); return;
    }
    print_atom(words, &atom, out);
}

/* How many parts of a test fail; `out` gets the last of them in words. */
static unsigned obstacles(const struct judged *judged, const struct compiled *compiled,
                          const struct test *test, struct text *out)
{
    const struct bits *bits = &judged->space->active[compiled->environment]->all;
    unsigned words = judged->space->program->words, failing = 0;
    for (unsigned bit = 0; bit < words * 64; bit++) {
        bool t = mask_has(test->t, (int)bit) && mask_has(bits->f, (int)bit);
        bool f = mask_has(test->f, (int)bit) && mask_has(bits->t, (int)bit);
        if (t || f) {
            failing++;
            text_cut(out, 0);
            literal_text(judged, (int)bit, f, out);
        }
    }
    for (unsigned g = 0; g < test->group_count; g++) {
        uint64_t open = 0;
        int first = -1;
        for (unsigned i = 0; i < words; i++) {
            open |= (test->groups[g].t[i] & ~bits->f[i]) | (test->groups[g].f[i] & ~bits->t[i]);
        }
        for (unsigned bit = 0; bit < words * 64 && first < 0; bit++) {
            first = mask_has(test->groups[g].t, (int)bit) || mask_has(test->groups[g].f, (int)bit)
                        ? (int)bit
                        : -1;
        }
        if (open == 0 && first >= 0) {
            failing++;
            text_cut(out, 0);
            literal_text(judged, first, mask_has(test->groups[g].f, first), out);
            text_add_string(out, " (or one of its alternatives)");
        }
    }
    return failing;
}

static void near_rule(struct judged *judged, unsigned place)
{
    const struct compiled *compiled = rule_at(judged, place);
    struct text text AUTO_TEXT;
    text_init(&text, 1000);
    unsigned failing = obstacles(judged, compiled, &compiled->base, &text);
    if (failing > 1 || compiled->personal) {
        return;
    }
    for (size_t i = 0; i < compiled->unless.count; i++) {
        if (test_at(judged, compiled, &compiled->unless.at[i].test, -1) == TRI_YES) {
            failing++;
            text_cut(&text, 0);
            text_add_string(&text, "its exception: ");
            print_condition(
                &judged->space->policy->words,
                &compiled->rule->statement->tails.at[compiled->unless.at[i].tail].condition, &text);
        }
    }
    if (failing == 1) {
        struct near near = {.clause = compiled->rule->clause,
                            .obstacle = arena_copy(judged->arena, text_slice(&text))};
        LIST_PUSH(judged->arena, &judged->decision->near, near);
    }
}

static bool cited(const struct judged *judged, const struct clause *clause)
{
    for (size_t i = 0; i < judged->decision->cites.count; i++) {
        if (judged->decision->cites.at[i].clause == clause) {
            return true;
        }
    }
    for (size_t i = 0; i < judged->decision->near.count; i++) {
        if (judged->decision->near.at[i].clause == clause) {
            return true;
        }
    }
    return false;
}

void explain_near(struct judged *judged)
{
    for (unsigned i = 0;
         i < judged->space->code->rules.count && judged->decision->near.count < NEAR_LARGEST; i++) {
        unsigned place = judged->order[i];
        const struct compiled *compiled = rule_at(judged, place);
        if (judged->space->code->rules.at[place].on_act && compiled->effect != EFFECT_DEED &&
            judged->space->results[place].app == TRI_NO && !cited(judged, compiled->rule->clause)) {
            near_rule(judged, place);
        }
    }
}

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

static void put(struct request *request, const struct candidate *candidate, struct value *ret_old)
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

static void take_back(struct request *request, const struct candidate *candidate, struct value old)
{
    request->facts[candidate->index] = old;
    request->entries.count -= candidate->record ? 1 : 0;
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
            struct value old_a, old_b;
            if (!a->record && !b->record && a->index == b->index) {
                continue;
            }
            put(copy, a, &old_a);
            put(copy, b, &old_b);
            struct outcome outcome = outcome_of(judged, copy);
            take_back(copy, b, old_b);
            take_back(copy, a, old_a);
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
        struct value old;
        put(&copy, &candidates.list.at[i], &old);
        struct outcome outcome = outcome_of(judged, &copy);
        take_back(&copy, &candidates.list.at[i], old);
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

/* The values that the search for the worst put in, from the trial world. */
static void assume_worst(struct judged *judged)
{
    const struct world *world = judged->world;
    for (size_t i = 0; world != NULL && i < world->unknown.list.count; i++) {
        const struct variable *variable = &world->unknown.list.at[i];
        int environment = variable->environment < 0 ? 0 : variable->environment;
        const struct request *request = &world->requests[environment];
        const struct value *value =
            variable->shown < 0 ? &request->facts[variable->index]
                                : &request->shown.at[variable->shown].facts[variable->index];
        const struct fact *fact = &judged->space->policy->words.facts.at[variable->index];
        if (value->known != KNOWN) {
            continue;
        }
        int64_t worst = value->value;
        if (variable->kind == VARIABLE_RECORD) {
            worst = request->entries.count > 0
                        ? (int64_t)request->entries.at[request->entries.count - 1].state
                        : 0;
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
            if (unknowns->facts.at[k] == index && cited(judged, unknowns->clause)) {
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
