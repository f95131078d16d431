/* From conditions to literals: interning, roles and channels with what counts as them, definitions in order of dependence,
 * circles. compile.c builds statements from these. */
#include "policy/compile.h"

#include <stdio.h>

#define CONDITION_DEPTH_LARGEST 64

uint64_t *mask_new(struct maker *maker)
{
    return ARENA_ARRAY(maker->arena, uint64_t, maker->program->words);
}

static int literal_intern(struct maker *maker, struct literal literal, struct slice key,
                          bool *ret_new)
{
    struct program *program = maker->program;
    int64_t known = map_get(&program->interned, key);
    *ret_new = known < 0;
    if (known >= 0) {
        return (int)known;
    }
    if (program->literals.count >= (size_t)program->words * 64) {
        maker->narrow = true;
        *ret_new = false;
        return 0;
    }
    literal.derived = -1;
    int number = (int)program->literals.count;
    LIST_PUSH(maker->arena, &program->literals, literal);
    (void)map_set(&program->interned, key, number);
    return number;
}

/* A literal with nothing behind it: kind, index, bounds and whether it is personal say all. */
static int literal_plain(struct maker *maker, enum literal_kind kind, int index, int64_t low,
                         int64_t high, bool personal)
{
    struct literal literal = {
        .kind = kind, .index = index, .low = low, .high = high, .personal = personal};
    bool is_new;
    return literal_intern(maker, literal,
                          arena_format(maker->arena, "%d %d %lld %lld", (int)kind, index,
                                       (long long)low, (long long)high),
                          &is_new);
}

static struct derived *derived_begin(struct maker *maker, int literal)
{
    struct derived *derived = ARENA_NEW(maker->arena, struct derived);
    maker->program->literals.at[literal].derived = -2; /* open: met again, it is a circle */
    derived->literal = literal;
    derived->below = mask_new(maker);
    derived->uses = mask_new(maker);
    return derived;
}

static void derived_end(struct maker *maker, struct derived *derived)
{
    struct program *program = maker->program;
    program->literals.at[derived->literal].derived = (int)program->derived.count;
    LIST_PUSH(maker->arena, &program->derived, *derived);
}

static bool circle(struct maker *maker, int literal, struct slice phrase)
{
    if (maker->program->literals.at[literal].derived != -2) {
        return false;
    }
    problems_add(maker->problems, false, ERROR_MEANING, maker->clause->file, maker->clause->line, 1,
                 "the meaning of '%.*s' goes in a circle", SLICE_PRINT(phrase));
    return true;
}

void test_uses(const struct test *test, uint64_t *into, unsigned words)
{
    mask_join(into, test->t, words);
    mask_join(into, test->f, words);
    for (unsigned i = 0; i < test->group_count; i++) {
        mask_join(into, test->groups[i].t, words);
        mask_join(into, test->groups[i].f, words);
    }
}

/* Adds the definition's conditions to the derived literal, read for `self`. */
static void derive_from(struct maker *maker, struct derived *derived, enum word_place place,
                        int index, enum person_of self)
{
    for (size_t i = 0; i < maker->definitions.count; i++) {
        const struct definition *definition = &maker->definitions.at[i];
        if (definition->place != place || definition->index != index) {
            continue;
        }
        enum person_of outer = maker->self;
        const struct clause *clause = maker->clause;
        maker->self = self;
        maker->clause = definition->rule->clause;
        struct test test;
        if (test_of_condition(maker, &definition->rule->statement->condition, &test)) {
            test_uses(&test, derived->uses, maker->program->words);
            LIST_PUSH(
                maker->arena, &derived->tests,
                (struct meaning){test, definition->rule->clause, definition->rule->statement});
        }
        maker->self = outer;
        maker->clause = clause;
    }
}

static bool is_defined(const struct maker *maker, enum word_place place, int index)
{
    for (size_t i = 0; i < maker->definitions.count; i++) {
        if (maker->definitions.at[i].place == place && maker->definitions.at[i].index == index) {
            return true;
        }
    }
    return false;
}

/* Gives the literal of every defined word that counts as `index` to the derived one: true below, true above. */
static void derive_from_below(struct maker *maker, struct derived *derived, enum word_place place,
                              int index, enum person_of person)
{
    for (size_t i = 0; i < maker->definitions.count; i++) {
        const struct definition *below = &maker->definitions.at[i];
        if (below->place != place || below->index == index ||
            !policy_counts(maker->policy, place, below->index, index)) {
            continue;
        }
        int literal = place == WORD_PERSON ? literal_of_role(maker, person, below->index)
                                           : literal_of_channel(maker, below->index);
        if (literal >= 0) {
            mask_set(derived->below, literal);
            mask_set(derived->uses, literal);
        }
    }
}

static bool any_defined_below(const struct maker *maker, enum word_place place, int index)
{
    for (size_t i = 0; i < maker->definitions.count; i++) {
        const struct definition *definition = &maker->definitions.at[i];
        if (definition->place == place &&
            (definition->index == index ||
             policy_counts(maker->policy, place, definition->index, index))) {
            return true;
        }
    }
    return false;
}

int literal_of_role(struct maker *maker, enum person_of person, int role)
{
    static const enum literal_kind kinds[] = {LITERAL_ACTOR, LITERAL_OTHER, LITERAL_SHOWN};
    struct literal literal = {
        .kind = kinds[person], .index = role, .personal = person == PERSON_SELF};
    bool is_new;
    int number = literal_intern(
        maker, literal, arena_format(maker->arena, "role %d %d", (int)person, role), &is_new);
    const struct person *word = &maker->policy->words.people.at[role];
    if (circle(maker, number, word->word.phrase)) {
        return -1;
    }
    if (is_new && any_defined_below(maker, WORD_PERSON, role)) {
        struct derived *derived = derived_begin(maker, number);
        derived->personal = literal.personal;
        derive_from(maker, derived, WORD_PERSON, role, person);
        derive_from_below(maker, derived, WORD_PERSON, role, person);
        derived_end(maker, derived);
    }
    return number;
}

int literal_of_channel(struct maker *maker, int channel)
{
    struct literal literal = {.kind = LITERAL_CHANNEL, .index = channel};
    bool is_new;
    int number =
        literal_intern(maker, literal, arena_format(maker->arena, "channel %d", channel), &is_new);
    if (circle(maker, number, maker->policy->words.channels.at[channel].word.phrase)) {
        return -1;
    }
    if (is_new && any_defined_below(maker, WORD_CHANNEL, channel)) {
        struct derived *derived = derived_begin(maker, number);
        derive_from(maker, derived, WORD_CHANNEL, channel, maker->self);
        derive_from_below(maker, derived, WORD_CHANNEL, channel, maker->self);
        derived_end(maker, derived);
    }
    return number;
}

int literal_of_record(struct maker *maker, int record, const struct roles *from, bool another,
                      bool refused)
{
    struct literal literal = {.kind = refused ? LITERAL_REFUSED : LITERAL_GIVEN,
                              .index = record,
                              .another = another,
                              .from = from,
                              .personal =
                                  maker->policy->words.facts.at[record].about == ABOUT_SHOWN};
    struct slice key = arena_format(maker->arena, "record %d %d %d", record, another, refused);
    for (size_t i = 0; i < from->list.count; i++) {
        key = arena_format(maker->arena, "%.*s %d", SLICE_PRINT(key), from->list.at[i]);
    }
    bool is_new;
    return literal_intern(maker, literal, key, &is_new);
}

/* A defined channel is of the kinds of the channels in its definition. */
static uint64_t channel_kinds(const struct maker *maker, int channel)
{
    uint64_t kinds = 0;
    for (size_t i = 0; i < maker->definitions.count; i++) {
        const struct definition *definition = &maker->definitions.at[i];
        const struct condition *condition = &definition->rule->statement->condition;
        for (size_t k = 0; definition->place == WORD_CHANNEL && definition->index == channel &&
                           k < condition->atoms.count;
             k++) {
            if (condition->atoms.at[k].kind == ATOM_CHANNEL) {
                kinds |=
                    1ull << maker->policy->words.channels.at[condition->atoms.at[k].index].kind;
            }
        }
    }
    return kinds != 0 ? kinds : 1ull << maker->policy->words.channels.at[channel].kind;
}

int literal_through(struct maker *maker, const struct channels *channels)
{
    struct literal literal = {.kind = LITERAL_THROUGH, .through = channels};
    struct slice key = SLICE("through");
    for (size_t i = 0; i < channels->list.count; i++) {
        int channel = channels->list.at[i];
        literal.kinds |= channel_kinds(maker, channel);
        key = arena_format(maker->arena, "%.*s %d", SLICE_PRINT(key), channel);
        (void)literal_of_channel(maker, channel); /* a channel listed may be a defined one */
    }
    bool is_new;
    return literal_intern(maker, literal, key, &is_new);
}

static bool name_is_personal(const struct maker *maker, int name)
{
    return maker->personal_names[name];
}

static bool includes(const struct maker *maker, int name)
{
    for (size_t i = 0; i < maker->definitions.count; i++) {
        const struct definition *definition = &maker->definitions.at[i];
        if (definition->place == WORD_NAME && definition->index == name &&
            definition->rule->statement->includes) {
            return true;
        }
    }
    return false;
}

/* INCLUDES keeps the word itself: a yes/no fact of the vocabulary with the same phrase (docs/semantics.md 21). */
static void derive_from_fact(struct maker *maker, struct derived *derived, int name)
{
    const struct words *words = &maker->policy->words;
    int fact = words_find(words, WORD_FACT, words->names.at[name].word.phrase);
    if (fact < 0 || !includes(maker, name) ||
        (words->facts.at[fact].kind != FACT_YES_NO &&
         words->facts.at[fact].kind != FACT_PERSONAL)) {
        return;
    }
    struct meaning meaning = {0};
    test_begin(maker, &meaning.test);
    int literal =
        literal_plain(maker, LITERAL_FACT, fact, 0, 0, words->facts.at[fact].kind == FACT_PERSONAL);
    test_add_literal(&meaning.test, literal, false);
    mask_set(derived->uses, literal);
    LIST_PUSH(maker->arena, &derived->tests, meaning);
}

static int literal_of_name(struct maker *maker, int name)
{
    bool personal = name_is_personal(maker, name);
    const struct name *word = &maker->policy->words.names.at[name];
    struct literal literal = {.kind = LITERAL_NAME, .index = name, .personal = personal};
    bool is_new;
    int number =
        literal_intern(maker, literal, arena_format(maker->arena, "name %d", name), &is_new);
    if (circle(maker, number, word->word.phrase)) {
        return -1;
    }
    if (is_new && !word->judgement && is_defined(maker, WORD_NAME, name)) {
        struct derived *derived = derived_begin(maker, number);
        derived->personal = personal;
        derive_from(maker, derived, WORD_NAME, name, PERSON_SELF);
        derive_from_fact(maker, derived, name);
        derived_end(maker, derived);
    }
    return number;
}

static int literal_of_every(struct maker *maker, const struct atom *atom)
{
    struct literal literal = {.kind = LITERAL_EVERY, .index = atom->index};
    bool is_new;
    int number = literal_intern(
        maker, literal, arena_format(maker->arena, "every %p", (const void *)atom), &is_new);
    if (!is_new) {
        return number;
    }
    int role = literal_of_role(maker, PERSON_SELF, atom->index);
    if (role < 0) {
        return -1;
    }
    maker->program->literals.at[number].low = role;
    struct derived *derived = derived_begin(maker, number);
    derived->every = true;
    enum person_of outer = maker->self;
    maker->self = PERSON_SELF;
    struct test test;
    if (test_of_condition(maker, atom->every, &test)) {
        test_uses(&test, derived->uses, maker->program->words);
        LIST_PUSH(maker->arena, &derived->tests, (struct meaning){.test = test});
    }
    maker->self = outer;
    mask_set(derived->uses, role);
    derived_end(maker, derived);
    return number;
}

/* `age` is the actor's, the other person's or that of the person shown (docs/semantics.md 19). */
static int fact_of(const struct maker *maker, int fact, bool *ret_personal)
{
    const struct words *words = &maker->policy->words;
    struct slice id = words->facts.at[fact].word.id;
    char twin[80];
    *ret_personal = words->facts.at[fact].kind == FACT_PERSONAL;
    if (id.length > 60 || slice_find(id, '.') < id.length) {
        return fact;
    }
    (void)snprintf(twin, sizeof twin, "%s.%.*s", maker->self == PERSON_ACTOR ? "actor" : "other",
                   SLICE_PRINT(id));
    int64_t other = map_get(&words->ids[WORD_FACT], slice_of(twin));
    if (other < 0) {
        return fact;
    }
    *ret_personal = maker->self == PERSON_SELF;
    return *ret_personal ? fact : (int)other;
}

static int literal_of_number(struct maker *maker, const struct atom *atom)
{
    bool personal;
    int fact = fact_of(maker, atom->index, &personal);
    int64_t bound = atom->low + (atom->op == NUMBER_OVER || atom->op == NUMBER_AT_MOST);
    bool at_least = atom->op == NUMBER_AT_LEAST || atom->op == NUMBER_OVER;
    return literal_plain(maker, LITERAL_UNDER, fact, bound, at_least, personal);
}

int literal_of_atom(struct maker *maker, const struct atom *atom)
{
    bool personal;
    switch (atom->kind) {
    case ATOM_FACT: {
        int fact = fact_of(maker, atom->index, &personal);
        return literal_plain(maker, LITERAL_FACT, fact, 0, 0, personal);
    }
    case ATOM_PERSON:
        return literal_of_role(maker, atom->person == PERSON_SELF ? maker->self : atom->person,
                               atom->index);
    case ATOM_CHANNEL: return literal_of_channel(maker, atom->index);
    case ATOM_CHOICE: return literal_plain(maker, LITERAL_CHOICE, atom->index, atom->low, 0, false);
    case ATOM_NUMBER:
    case ATOM_DATE: return literal_of_number(maker, atom);
    case ATOM_TIME:
        return literal_plain(maker, LITERAL_TIME, atom->index, atom->low, atom->high, false);
    case ATOM_RECORD:
        return literal_of_record(maker, atom->index, &atom->from, false, atom->refused);
    case ATOM_DONE: return literal_plain(maker, LITERAL_DONE, 0, 0, 0, false);
    case ATOM_NAME: return literal_of_name(maker, atom->index);
    case ATOM_EVERY: return literal_of_every(maker, atom);
    }
    return -1;
}

void test_begin(struct maker *maker, struct test *ret_test)
{
    *ret_test = (struct test){.t = mask_new(maker), .f = mask_new(maker)};
}

void test_add_literal(struct test *test, int literal, bool negated)
{
    uint64_t *mask = negated ? test->f : test->t;
    mask_set(mask, literal);
}

/* One more group: any of these. */
struct group *test_add_group(struct maker *maker, struct test *test)
{
    if (test->group_count == TEST_GROUPS_LARGEST) {
        problems_add(maker->problems, false, ERROR_LIMIT, maker->clause->file, maker->clause->line,
                     1, "a statement may have %d lists of alternatives", TEST_GROUPS_LARGEST);
        return NULL;
    }
    if (test->groups == NULL) {
        test->groups = ARENA_ARRAY(maker->arena, struct group, TEST_GROUPS_LARGEST);
    }
    struct group *group = &test->groups[test->group_count++];
    *group = (struct group){mask_new(maker), mask_new(maker)};
    return group;
}

bool test_add_atom(struct maker *maker, struct test *test, const struct atom *atom, bool negated)
{
    int literal = literal_of_atom(maker, atom);
    if (literal < 0) {
        return false;
    }
    test_add_literal(test, literal, atom->negated != negated);
    return true;
}

/* The condition holds, in addition to what the test has. */
bool test_add_condition(struct maker *maker, struct test *test, const struct condition *condition)
{
    if (maker->depth >= CONDITION_DEPTH_LARGEST) {
        problems_add(maker->problems, false, ERROR_LIMIT, maker->clause->file, maker->clause->line,
                     1, "definitions stand more than %d deep in each other",
                     CONDITION_DEPTH_LARGEST);
        return false;
    }
    maker->depth++;
    bool any = condition->mode == CONDITION_ANY && condition->atoms.count > 1;
    struct group *group = any ? test_add_group(maker, test) : NULL;
    bool done = !any || group != NULL;
    for (size_t i = 0; done && i < condition->atoms.count; i++) {
        const struct atom *atom = &condition->atoms.at[i];
        if (any) {
            int literal = literal_of_atom(maker, atom);
            done = literal >= 0;
            if (done) {
                mask_set((atom->negated ? group->f : group->t), literal);
            }
        } else {
            done = test_add_atom(maker, test, atom, condition->mode == CONDITION_NONE);
        }
    }
    maker->depth--;
    return done;
}

bool test_of_condition(struct maker *maker, const struct condition *condition,
                       struct test *ret_test)
{
    test_begin(maker, ret_test);
    return test_add_condition(maker, ret_test, condition);
}
