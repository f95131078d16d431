/* Makes the sieve of each act from the quick rules: every rule and every duty a row, its conditions as single literals that
 * must hold or fail and as choices, of which one literal must be right. How it is read is in quick.c. */
#include "policy/sieve.h"

#include <string.h>

/* What a literal does to the rows where it fails and where it holds. */
struct literal_sift {
    struct sift when[2];
};

/* One sieve in the making. */
struct sifter {
    const struct program *program;
    const struct act_code *code;
    struct arena *arena;
    struct literal_sift *literals; /* each as the rows read it */
    struct literal_sift *given;    /* each that has a definition too, as it was given */
    unsigned rows;
    struct sift start; /* what holds before any answer */
    unsigned choices[SIEVE_ROWS_LARGEST];
    bool fits;
    struct sieve *sieve;
};

/* The next literal of the mask after `literal`, -1: the first; false where there is none. */
static bool next_literal(const struct sifter *sifter, const uint64_t *mask, int *literal)
{
    for (int i = *literal + 1; i < (int)sifter->program->literals.count; i++) {
        uint64_t rest = mask[i / 64] >> (i % 64);
        if (rest != 0) {
            *literal = i + __builtin_ctzll(rest);
            return true;
        }
        i |= 63;
    }
    return false;
}

/* ---- a row's conditions ---- */

static unsigned count_literals(const uint64_t *mask, unsigned words)
{
    unsigned count = 0;
    for (unsigned i = 0; i < words; i++) {
        count += (unsigned)__builtin_popcountll(mask[i]);
    }
    return count;
}

/* One of `t` holds or one of `f` fails. */
static void add_choice(struct sifter *sifter, unsigned row, const uint64_t *t, const uint64_t *f)
{
    unsigned choice = sifter->choices[row]++;
    if (choice >= SIEVE_CHOICES) {
        sifter->fits = false;
        return;
    }
    for (int i = -1; next_literal(sifter, t, &i);) {
        sifter->literals[i].when[true].met[choice] |= 1ull << row;
    }
    for (int i = -1; next_literal(sifter, f, &i);) {
        sifter->literals[i].when[false].met[choice] |= 1ull << row;
    }
}

/* All of `t` hold and all of `f` fail. */
static void add_literals(struct sifter *sifter, unsigned row, const uint64_t *t, const uint64_t *f)
{
    for (int i = -1; next_literal(sifter, t, &i);) {
        sifter->literals[i].when[false].dead |= 1ull << row;
    }
    for (int i = -1; next_literal(sifter, f, &i);) {
        sifter->literals[i].when[true].dead |= 1ull << row;
    }
}

static void add_test(struct sifter *sifter, unsigned row, const struct test *test)
{
    add_literals(sifter, row, test->t, test->f);
    for (unsigned g = 0; g < test->group_count; g++) {
        add_choice(sifter, row, test->groups[g].t, test->groups[g].f);
    }
}

/* The test must fail: of an `all of` one part is wrong, of an `any of` each. The language writes no mixture of the two in one
 * exception; where there is one all the same, the act takes the common path. */
static void add_unless(struct sifter *sifter, unsigned row, const struct test *test)
{
    unsigned words = sifter->program->words;
    unsigned single = count_literals(test->t, words) + count_literals(test->f, words);
    if (test->group_count == 0 && single == 1) {
        add_literals(sifter, row, test->f, test->t);
    } else if (test->group_count == 0) {
        add_choice(sifter, row, test->f, test->t);
    } else if (test->group_count == 1 && single == 0) {
        add_literals(sifter, row, test->groups[0].f, test->groups[0].t);
    } else {
        sifter->fits = false;
    }
}

static void add_conditions(struct sifter *sifter, unsigned row, const struct quick_rule *rule)
{
    add_test(sifter, row, &rule->base);
    for (unsigned i = 0; i < rule->unless_count; i++) {
        add_unless(sifter, row, &rule->unless[i].test);
    }
}

/* ---- rules and duties ---- */

static void add_class(struct sifter *sifter, unsigned row, const struct quick_rule *rule)
{
    uint64_t *classes = sifter->sieve->classes;
    enum sieve_class class = SIEVE_SILENT;
    switch (rule->effect) {
    case EFFECT_FORBID:
        class = rule->stop ? SIEVE_STOP : rule->should ? SIEVE_SHOULD : SIEVE_MUST;
        break;
    case EFFECT_ADVISE: class = SIEVE_ADVISE; break;
    case EFFECT_MAY: class = SIEVE_ALLOW; break;
    case EFFECT_OWED: class = SIEVE_OWED; break;
    case EFFECT_DEED: class = rule->option ? SIEVE_ALLOW : SIEVE_OWED; break;
    case EFFECT_GATE:
    case EFFECT_EVENT: break;
    }
    if (class != SIEVE_SILENT && rule->on_act) {
        classes[class] |= 1ull << row;
    }
}

/* AND THEN is owed where its exception is what keeps the rule from applying; any other duty where the rule applies. */
static void add_duty(struct sifter *sifter, const struct quick_debt *debt)
{
    unsigned row = sifter->sieve->rules + debt->bit;
    const struct quick_rule *rule = &sifter->code->quick.at[debt->place];
    if (debt->exception != NULL) {
        add_test(sifter, row, &rule->base);
        add_test(sifter, row, debt->exception);
    } else {
        add_conditions(sifter, row, rule);
    }
    if (debt->when != NULL) {
        add_test(sifter, row, debt->when);
    }
    sifter->sieve->granted |= (uint64_t)!debt->only_refused << debt->bit;
    sifter->sieve->refused |= (uint64_t)!debt->not_refused << debt->bit;
}

static bool lifts(const struct quick_rule *rule, unsigned by)
{
    for (unsigned i = 0; i < rule->lifter_count; i++) {
        if (rule->lifters[i] == by) {
            return true;
        }
    }
    return false;
}

/* What is lifted loses its duties too, but not those of its exceptions. */
static void add_lifts(struct sifter *sifter)
{
    const struct act_code *code = sifter->code;
    LIST(struct sieve_lift) list = {0};
    for (unsigned by = 0; by < code->quick.count; by++) {
        uint64_t lifted = 0;
        for (unsigned i = 0; i < code->quick.count; i++) {
            lifted |= (uint64_t)lifts(&code->quick.at[i], by) << i;
        }
        for (size_t i = 0; i < code->debts.count; i++) {
            const struct quick_debt *debt = &code->debts.at[i];
            bool falls = debt->exception == NULL && (lifted >> debt->place & 1);
            lifted |= (uint64_t)falls << (sifter->sieve->rules + debt->bit);
        }
        if (lifted != 0) {
            LIST_PUSH(sifter->arena, &list, (struct sieve_lift){by, lifted});
        }
    }
    sifter->sieve->lifts = list.at;
    sifter->sieve->lift_count = list.count;
}

/* The rows of a definition: what was given, each meaning, and what counts as it. */
static void add_phrase(struct sifter *sifter, const struct derived *derived,
                       struct sieve_phrase *ret_phrase)
{
    enum literal_kind kind = sifter->program->literals.at[derived->literal].kind;
    unsigned words = sifter->program->words, first = sifter->rows;
    const uint64_t *none = ARENA_ARRAY(sifter->arena, uint64_t, words);
    if (kind != LITERAL_NAME) {
        sifter->given[derived->literal].when[false].dead |= 1ull << sifter->rows++;
    }
    for (size_t i = 0; i < derived->tests.count; i++) {
        add_test(sifter, sifter->rows++, &derived->tests.at[i].test);
    }
    if (count_literals(derived->below, words) > 0) {
        add_choice(sifter, sifter->rows++, derived->below, none);
    }
    ret_phrase->rows = (1ull << sifter->rows) - (1ull << first);
}

/* Later meanings read earlier phrases, and rules read them all: only then is known what each does. */
static void add_phrases(struct sifter *sifter)
{
    const struct act_code *code = sifter->code;
    struct sieve_phrase *phrases =
        ARENA_ARRAY(sifter->arena, struct sieve_phrase, code->derived.count + 1);
    for (size_t i = 0; i < code->derived.count; i++) {
        add_phrase(sifter, &sifter->program->derived.at[code->derived.at[i]], &phrases[i]);
    }
    for (size_t i = 0; i < code->derived.count; i++) {
        int literal = sifter->program->derived.at[code->derived.at[i]].literal;
        phrases[i].when[false] = sifter->literals[literal].when[false];
        phrases[i].when[true] = sifter->literals[literal].when[true];
    }
    sifter->sieve->phrases = phrases;
    sifter->sieve->phrase_count = code->derived.count;
}

static void add_rows(struct sifter *sifter)
{
    const struct act_code *code = sifter->code;
    for (unsigned i = 0; i < code->quick.count; i++) {
        add_conditions(sifter, i, &code->quick.at[i]);
        add_class(sifter, i, &code->quick.at[i]);
    }
    for (size_t i = 0; i < code->debts.count; i++) {
        add_duty(sifter, &code->debts.at[i]);
    }
    sifter->rows = sifter->sieve->rules + code->debt_count;
    add_phrases(sifter);
    for (unsigned row = 0; row < sifter->rows; row++) {
        for (unsigned k = sifter->choices[row]; k < SIEVE_CHOICES; k++) {
            sifter->start.met[k] |= 1ull << row;
        }
    }
}

/* ---- answers ---- */

/* What it does that the literal is given or is not: of a phrase with a definition, to its own row alone. */
static const struct sift *given(const struct sifter *sifter, size_t literal, bool holds)
{
    bool defined = sifter->program->literals.at[literal].derived >= 0;
    return &(defined ? sifter->given : sifter->literals)[literal].when[holds];
}

static void join(struct sift *into, const struct sift *from)
{
    into->dead |= from->dead;
    for (unsigned k = 0; k < SIEVE_CHOICES; k++) {
        into->met[k] |= from->met[k];
    }
}

/* What it does that exactly the role or channel `given` is given, or none: that and what it counts as hold, the rest of the
 * kind fails. */
static const struct sift *people_new(const struct sifter *sifter, uint64_t **closures, size_t count,
                                     const uint64_t *mask, struct sift start)
{
    struct sift *list = ARENA_ARRAY(sifter->arena, struct sift, count + 1);
    uint64_t read[PROGRAM_WORDS_LARGEST] = {0};
    for (unsigned i = 0; i < sifter->program->words; i++) {
        read[i] = mask[i] & sifter->code->all[i];
    }
    for (size_t k = 0; k <= count; k++) {
        list[k] = start;
        for (int i = -1; next_literal(sifter, read, &i);) {
            bool holds = k > 0 && mask_has(closures[k - 1], i);
            join(&list[k], given(sifter, (size_t)i, holds));
        }
    }
    return list;
}

static void add_facts(struct sifter *sifter)
{
    const struct act_code *code = sifter->code;
    struct sieve_fact *facts = ARENA_ARRAY(sifter->arena, struct sieve_fact, code->bits.count + 1);
    for (size_t i = 0; i < code->bits.count; i++) {
        const struct fact_bit *bit = &code->bits.at[i];
        size_t literal = (size_t)bit->word * 64 + (size_t)__builtin_ctzll(bit->bit);
        facts[i].fact = bit->fact;
        facts[i].when[false] = *given(sifter, literal, false);
        facts[i].when[true] = *given(sifter, literal, true);
        facts[i].turned = bit->how == BIT_TRUE || bit->how == BIT_UNDER;
        facts[i].low = bit->how == BIT_TRUE ? 0 : bit->low;
        bool range = bit->how == BIT_UNDER || bit->how == BIT_AT_LEAST;
        facts[i].span = range ? (uint64_t)INT64_MAX - (uint64_t)bit->low : 0;
    }
    sifter->sieve->facts = facts;
    sifter->sieve->fact_count = code->bits.count;
}

static size_t count_rows(const struct program *program, const struct act_code *code)
{
    size_t rows = code->rules.count + code->debt_count;
    for (size_t i = 0; i < code->derived.count; i++) {
        rows += program->derived.at[code->derived.at[i]].tests.count + 2;
    }
    return rows;
}

static bool suits(const struct program *program, const struct act_code *code)
{
    bool plain = code->plain && code->records.count + code->others.count == 0 &&
                 count_rows(program, code) <= SIEVE_ROWS_LARGEST;
    for (size_t i = 0; plain && i < code->quick.count; i++) {
        plain = code->quick.at[i].plain;
    }
    return plain;
}

static void sieve_fill(const struct policy *policy, struct sifter *sifter)
{
    const struct program *program = policy->program;
    const struct words *words = &policy->words;
    struct sieve *sieve = sifter->sieve;
    sieve->rules = (unsigned)sifter->code->rules.count;
    sieve->rule_rows = (1ull << sieve->rules) - 1;
    add_rows(sifter);
    add_lifts(sifter);
    add_facts(sifter);
    sieve->actor = people_new(sifter, program->actor_roles, words->people.count,
                              program->actor_mask, sifter->start);
    sieve->other = people_new(sifter, program->other_roles, words->people.count,
                              program->other_mask, (struct sift){0});
    sieve->via = people_new(sifter, program->channels, words->channels.count, program->channel_mask,
                            (struct sift){0});
    sieve->usable = sifter->fits;
}

/* The literals' memory serves one act after the other. */
struct sieve *sieve_new(const struct policy *policy, struct arena *arena)
{
    const struct program *program = policy->program;
    size_t literals = program->literals.count;
    struct sieve *sieves = ARENA_ARRAY(arena, struct sieve, program->act_count + 1);
    struct literal_sift *memory = ARENA_ARRAY(arena, struct literal_sift, 2 * literals + 1);
    for (size_t i = 0; i < program->act_count; i++) {
        sieves[i].event = policy->words.acts.at[i].kind == ACT_EVENT;
        if (suits(program, &program->acts[i])) {
            memset(memory, 0, 2 * literals * sizeof *memory);
            struct sifter sifter = {.program = program,
                                    .code = &program->acts[i],
                                    .arena = arena,
                                    .literals = memory,
                                    .given = memory + literals,
                                    .fits = true,
                                    .sieve = &sieves[i]};
            sieve_fill(policy, &sifter);
        }
    }
    return sieves;
}
