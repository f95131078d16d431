/* What stands beside the verdict: clauses that collide, definitions it turns on, near clauses. */
#include "policy/explain.h"
#include "policy/print.h"

#define NEAR_LARGEST 8

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

bool explain_own_environment(const struct judged *judged, size_t e)
{
    return e > 0 && judged->world != NULL && judged->world->used[e];
}

/* The outcome of a request that is changed a little: one pass, on the quick path. Every environment is made afresh: the
 * change, or the meaning that is forced, has to be in all of them. */
struct outcome explain_outcome(struct judged *judged, const struct request *request)
{
    struct space *space = judged->space;
    const struct act_code *code = &space->program->acts[judged->act];
    encode(space, code, request, &space->environments[0]);
    for (size_t e = 0; e < space->environment_count; e++) {
        bool own = explain_own_environment(judged, e);
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
        if (explain_own_environment(judged, e)) {
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
        struct outcome other = explain_outcome(judged, copy);
        turn_ruling(judged, copy, rule->statement->index);
        if (other.known && differs(&other, &judged->outcome)) {
            (void)cite_add(judged, rule->clause, rule->law, PART_DEFINES);
        }
    }
}

/* Whether the verdict changes, or a duty falls away, where this meaning holds or fails instead. */
static bool turns_on(struct judged *judged, const struct derived *derived, size_t test,
                     const struct request *copy, bool *debts)
{
    struct space *space = judged->space;
    bool turned = false;
    for (int value = 0; value < 2 && !turned; value++) {
        space->forced = derived->literal;
        space->forced_test = test;
        space->force = value == 0 ? TRI_NO : TRI_YES;
        struct outcome other = explain_outcome(judged, copy);
        turned = other.known &&
                 (differs(&other, &judged->outcome) || explain_debts(judged, true, debts));
        space->forced = -1;
    }
    return turned;
}

void explain_defines(struct judged *judged)
{
    struct space *space = judged->space;
    struct request copy;
    cite_judges(judged);
    request_copy(judged->request, judged->arena, &copy);
    (void)explain_outcome(judged, &copy);
    const struct act_code *code = space->code;
    size_t count = 0;
    for (unsigned place = 0; place < code->rules.count; place++) {
        count += rule_at(judged, place)->debts.count;
    }
    bool *debts = ARENA_ARRAY(judged->arena, bool, count + 1);
    (void)explain_debts(judged, false, debts);
    for (size_t i = 0; i < code->derived.count; i++) {
        const struct derived *derived = &space->program->derived.at[code->derived.at[i]];
        for (size_t t = 0; t < derived->tests.count; t++) {
            if (derived->tests.at[t].statement != NULL &&
                turns_on(judged, derived, t, &copy, debts)) {
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

bool explain_cited(const struct judged *judged, const struct clause *clause)
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
            judged->space->results[place].app == TRI_NO &&
            !explain_cited(judged, compiled->rule->clause)) {
            near_rule(judged, place);
        }
    }
}
