/* What literals and rules say, written out by ids and in an order of its own, so that two versions can be laid side by side:
 * equal numbers, equal meaning. Definitions are written out, so that a rule whose words mean something else now is another. */
#include <stdlib.h>

#include "policy/change_writer.h"

void signer_init(struct signer *signer, struct arena *arena)
{
    *signer = (struct signer){.arena = arena};
    map_init(&signer->map, arena);
    text_init(&signer->text, SIGN_LARGEST);
}

void signer_clear(struct signer *signer)
{
    text_clear(&signer->text);
}

int64_t signer_number(struct signer *signer, struct slice text)
{
    int64_t known = map_get(&signer->map, text);
    if (known >= 0) return known;
    int64_t number = (int64_t)signer->map.count + 1;
    (void)map_set(&signer->map, arena_copy(signer->arena, text), number);
    return number;
}

/* ---- sets ------------------------------------------------------------------------------------------ */

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a;
    const int64_t *y = b;
    return *x < *y ? -1 : *x > *y;
}

void sign_sorted(struct text *text, char mark, struct numbers *numbers)
{
    if (numbers->list.count > 1)
        qsort(numbers->list.at, numbers->list.count, sizeof *numbers->list.at, by_size);
    text_add_char(text, mark);
    for (size_t i = 0; i < numbers->list.count; i++) {
        text_add_char(text, ' ');
        text_add_number(text, numbers->list.at[i]);
    }
    text_add_char(text, ';');
}

/* ---- literals -------------------------------------------------------------------------------------- */

void sign_id(struct writer *writer, enum word_place place, int index)
{
    text_add_char(&writer->text, ' ');
    text_add(&writer->text,
             index < 0 ? SLICE("-") : words_word(&writer->side->policy->words, place, index)->id);
}

/* The people or channels of the vocabulary that make the literal true; a policy's own words nobody is named by. */
static void add_closure(struct writer *writer, enum word_place place, uint64_t **rows, int literal)
{
    const struct words *words = &writer->side->policy->words;
    size_t count = words_count(words, place);
    struct numbers ids = {.list = {0}};
    for (size_t i = 0; i < count; i++) {
        const struct word *word = words_word(words, place, (int)i);
        if (!word->own && mask_has(rows[i], literal))
            LIST_PUSH(writer->signer->arena, &ids.list, signer_number(writer->signer, word->id));
    }
    sign_sorted(&writer->text, '<', &ids);
}

/* Everybody of the vocabulary who counts as one of these. */
static void add_givers(struct writer *writer, const struct roles *roles)
{
    const struct policy *policy = writer->side->policy;
    struct numbers ids = {.list = {0}};
    for (size_t i = 0; i < policy->words.people.count; i++) {
        bool counts = false;
        for (size_t k = 0; k < roles->list.count; k++)
            counts = counts || policy_counts(policy, WORD_PERSON, (int)i, roles->list.at[k]);
        if (counts)
            LIST_PUSH(writer->signer->arena, &ids.list,
                      signer_number(writer->signer, policy->words.people.at[i].word.id));
    }
    text_add_string(&writer->text, roles->list.count == 0 ? "anyone" : "");
    sign_sorted(&writer->text, '<', &ids);
}

void sign_unknown(struct writer *writer, const struct unknown *unknown)
{
    text_format(&writer->text, " ? %d %lld", (int)unknown->kind, (long long)unknown->value);
    if (unknown->kind == UNKNOWN_REFER) sign_id(writer, WORD_PERSON, unknown->role);
}

static void add_fact(struct writer *writer, int fact)
{
    const struct fact *row = &writer->side->policy->words.facts.at[fact];
    sign_id(writer, WORD_FACT, fact);
    text_format(&writer->text, " %d", (int)row->kind);
    sign_unknown(writer, &row->unknown);
}

static int judge_of(const struct policy *policy, int name)
{
    int judge = -1;
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct statement *statement = policy->rules.at[i].statement;
        if (statement->kind == STATEMENT_DECIDES && statement->index == name)
            judge = statement->judge;
    }
    return judge;
}

static void add_plain_literal(struct writer *writer, int number)
{
    const struct program *program = writer->side->program;
    const struct literal *literal = &program->literals.at[number];
    const struct words *words = &writer->side->policy->words;
    switch (literal->kind) {
    case LITERAL_ACTOR: add_closure(writer, WORD_PERSON, program->actor_roles, number); break;
    case LITERAL_OTHER: add_closure(writer, WORD_PERSON, program->other_roles, number); break;
    case LITERAL_SHOWN: add_closure(writer, WORD_PERSON, program->shown_roles, number); break;
    case LITERAL_CHANNEL: add_closure(writer, WORD_CHANNEL, program->channels, number); break;
    case LITERAL_CHOICE:
        add_fact(writer, literal->index);
        text_add_string(&writer->text, " is ");
        text_add(&writer->text, words->facts.at[literal->index].values.at[literal->low]);
        break;
    case LITERAL_TIME:
        if (literal->index >= 0) add_fact(writer, literal->index);
        text_format(&writer->text, " %lld %lld", (long long)literal->low, (long long)literal->high);
        break;
    case LITERAL_FACT:
    case LITERAL_UNDER:
        add_fact(writer, literal->index);
        text_format(&writer->text, " %lld %lld", (long long)literal->low, (long long)literal->high);
        break;
    case LITERAL_GIVEN:
    case LITERAL_REFUSED:
        add_fact(writer, literal->index);
        add_givers(writer, literal->from);
        break;
    case LITERAL_NAME:
        if (literal->derived < 0) {
            sign_id(writer, WORD_NAME, literal->index);
            sign_id(writer, WORD_PERSON, judge_of(writer->side->policy, literal->index));
        }
        break;
    default: break;
    }
    text_format(&writer->text, " %d%d", literal->another, literal->personal);
}

static void mask_numbers(struct writer *writer, const uint64_t *mask, struct numbers *numbers)
{
    for (size_t i = 0; i < writer->side->program->literals.count; i++) {
        if (mask_has(mask, (int)i))
            LIST_PUSH(writer->signer->arena, &numbers->list, writer->side->literals[i]);
    }
}

static void add_mask(struct writer *writer, char mark, const uint64_t *mask)
{
    struct numbers numbers = {.list = {0}};
    mask_numbers(writer, mask, &numbers);
    sign_sorted(&writer->text, mark, &numbers);
}

/* What is in writer->text behind `from`, as a number. */
int64_t sign_take(struct writer *writer, size_t from)
{
    int64_t number = signer_number(
        writer->signer, slice_part(text_slice(&writer->text), from, writer->text.length));
    text_cut(&writer->text, from);
    return number;
}

int64_t sign_test(struct writer *writer, const struct test *test)
{
    size_t from = writer->text.length;
    struct numbers groups = {.list = {0}};
    for (unsigned i = 0; i < test->group_count; i++) {
        add_mask(writer, '+', test->groups[i].t);
        add_mask(writer, '-', test->groups[i].f);
        LIST_PUSH(writer->signer->arena, &groups.list, sign_take(writer, from));
    }
    add_mask(writer, '+', test->t);
    add_mask(writer, '-', test->f);
    sign_sorted(&writer->text, '|', &groups);
    return sign_take(writer, from);
}

/* One condition among several any of which will do: `any of` a list is each of the list. */
static void add_ways(struct writer *writer, const struct test *test, bool every,
                     struct numbers *tests)
{
    unsigned words = writer->side->program->words;
    bool list = test->group_count == 1 && !every;
    for (unsigned w = 0; w < words; w++) list = list && test->t[w] == 0 && test->f[w] == 0;
    if (!list) {
        LIST_PUSH(writer->signer->arena, &tests->list, sign_test(writer, test));
        return;
    }
    for (size_t i = 0; i < writer->side->program->literals.count; i++) {
        struct test one = {.t = ARENA_ARRAY(writer->signer->arena, uint64_t, words),
                           .f = ARENA_ARRAY(writer->signer->arena, uint64_t, words)};
        bool holds = mask_has(test->groups[0].t, (int)i);
        if (!holds && !mask_has(test->groups[0].f, (int)i)) continue;
        mask_set(holds ? one.t : one.f, (int)i);
        LIST_PUSH(writer->signer->arena, &tests->list, sign_test(writer, &one));
    }
}

static void drop_doubles(struct numbers *numbers)
{
    size_t kept = 0;
    if (numbers->list.count > 1)
        qsort(numbers->list.at, numbers->list.count, sizeof *numbers->list.at, by_size);
    for (size_t i = 0; i < numbers->list.count; i++) {
        if (kept == 0 || numbers->list.at[kept - 1] != numbers->list.at[i])
            numbers->list.at[kept++] = numbers->list.at[i];
    }
    numbers->list.count = kept;
}

/* A definition: what makes it true, its name left out. */
static void add_derived(struct writer *writer, const struct derived *derived)
{
    struct numbers tests = {.list = {0}};
    for (size_t i = 0; i < derived->tests.count; i++)
        add_ways(writer, &derived->tests.at[i].test, derived->every, &tests);
    drop_doubles(&tests);
    sign_sorted(&writer->text, '=', &tests);
    add_mask(writer, '^', derived->below);
    if (derived->every) {
        const struct literal *literal = &writer->side->program->literals.at[derived->literal];
        text_format(&writer->text, "every %lld", (long long)writer->side->literals[literal->low]);
    }
}

/* ONLY THROUGH looks at kinds of channels, at what counts as the listed ones and at what their definitions name. */
static void add_through(struct writer *writer, const struct literal *literal)
{
    const struct policy *policy = writer->side->policy;
    const struct program *program = writer->side->program;
    struct numbers listed = {.list = {0}};
    for (size_t i = 0; i < literal->through->list.count; i++) {
        size_t from = writer->text.length;
        int channel = literal->through->list.at[i];
        for (size_t k = 0; k < policy->words.channels.count; k++) {
            if (policy_counts(policy, WORD_CHANNEL, (int)k, channel))
                sign_id(writer, WORD_CHANNEL, (int)k);
        }
        for (size_t k = 0; k < program->literals.count; k++) {
            if (program->literals.at[k].kind == LITERAL_CHANNEL &&
                program->literals.at[k].index == channel)
                text_format(&writer->text, " %lld", (long long)writer->side->literals[k]);
        }
        LIST_PUSH(writer->signer->arena, &listed.list, sign_take(writer, from));
    }
    text_format(&writer->text, "%llu", (unsigned long long)literal->kinds);
    sign_sorted(&writer->text, '<', &listed);
}

/* Plain ones, then what follows from others in order of dependence, then the fences, which look at channels. */
static void number_literals(struct writer *writer)
{
    const struct program *program = writer->side->program;
    for (size_t i = 0; i < program->literals.count; i++) {
        const struct literal *literal = &program->literals.at[i];
        if (literal->derived >= 0 || literal->kind == LITERAL_THROUGH) continue;
        text_format(&writer->text, "literal %d", (int)literal->kind);
        add_plain_literal(writer, (int)i);
        writer->side->literals[i] = sign_take(writer, 0);
    }
    for (size_t i = 0; i < program->derived.count; i++) {
        const struct derived *derived = &program->derived.at[i];
        text_format(&writer->text, "derived %d", (int)program->literals.at[derived->literal].kind);
        add_plain_literal(writer, derived->literal);
        add_derived(writer, derived);
        writer->side->literals[derived->literal] = sign_take(writer, 0);
    }
    for (size_t i = 0; i < program->literals.count; i++) {
        if (program->literals.at[i].kind != LITERAL_THROUGH) continue;
        text_add_string(&writer->text, "through ");
        add_through(writer, &program->literals.at[i]);
        writer->side->literals[i] = sign_take(writer, 0);
    }
}

/* ---- a version --------------------------------------------------------------------------------------- */

void side_init(struct side *side, const struct policy *policy, struct signer *signer)
{
    const struct program *program = policy->program;
    size_t rules = program->rules.count + 1;
    struct arena *arena = signer->arena;
    *side = (struct side){.policy = policy,
                          .program = program,
                          .space = space_new(policy, arena),
                          .decider = decider_new(policy, arena),
                          .literals = ARENA_ARRAY(arena, int64_t, program->literals.count + 1),
                          .rules = ARENA_ARRAY(arena, int64_t, rules),
                          .contents = ARENA_ARRAY(arena, int64_t, rules),
                          .kinds = ARENA_ARRAY(arena, int64_t, rules),
                          .environments = ARENA_ARRAY(arena, int64_t, rules),
                          .remarks = ARENA_ARRAY(arena, int64_t, rules),
                          .verdicts = ARENA_ARRAY(arena, int64_t, rules),
                          .gates = ARENA_ARRAY(arena, int64_t *, rules),
                          .debts = ARENA_ARRAY(arena, int64_t *, rules),
                          .thens = ARENA_ARRAY(arena, int64_t, rules),
                          .named = ARENA_ARRAY(arena, struct named_debts, rules),
                          .says = ARENA_ARRAY(arena, int64_t, rules),
                          .plain = ARENA_ARRAY(arena, bool, rules),
                          .reads = ARENA_ARRAY(arena, uint64_t *, rules),
                          .places = ARENA_ARRAY(arena, int64_t, rules),
                          .touched = ARENA_ARRAY(arena, bool, rules)};
    side->direct = ARENA_ARRAY(arena, uint64_t, program->words);
    side->blank_facts = ARENA_ARRAY(arena, struct value, policy->words.facts.count + 1);
    side->blank_judgements = ARENA_ARRAY(arena, struct value, policy->words.names.count + 1);
    request_init_at(policy, false, (struct moment){0}, arena, &side->blank);
    side->blank.has_time = false;
    struct writer writer = {.signer = signer, .side = side};
    text_init(&writer.text, SIGN_LARGEST);
    number_literals(&writer);
    for (size_t i = 0; i < program->rules.count; i++) sign_rule(&writer, i);
    text_clear(&writer.text);
}

/* ---- one act --------------------------------------------------------------------------------------- */

/* A rule on this act with those that lift it there; lifters stand before what they lift. */
static void number_places(struct side *side, struct signer *signer)
{
    for (size_t i = 0; side->code != NULL && i < side->code->rules.count; i++) {
        const struct act_rule *rule = &side->code->rules.at[i];
        struct numbers lifters = {.list = {0}};
        for (unsigned k = 0; k < rule->lifter_count; k++)
            LIST_PUSH(signer->arena, &lifters.list, side->places[rule->lifters[k]]);
        text_cut(&signer->text, 0);
        text_format(&signer->text, "place %lld %d%d%d", (long long)side->rules[rule->rule],
                    rule->on_act, rule->arisen, rule->refusal);
        sign_sorted(&signer->text, 'l', &lifters);
        side->places[i] = signer_number(signer, text_slice(&signer->text));
        side->touched[i] = true;
    }
}

static void find_direct(struct side *side)
{
    unsigned words = side->program->words;
    for (unsigned w = 0; w < words; w++) side->direct[w] = side->program->extra[w];
    for (size_t i = 0; side->code != NULL && i < side->code->rules.count; i++) {
        const struct compiled *compiled = &side->program->rules.at[side->code->rules.at[i].rule];
        mask_join(side->direct, compiled->uses, words);
        mask_join(side->direct, compiled->debt_uses, words);
    }
}

bool sides_take_act(struct side sides[2], const int act[2], struct signer *signer)
{
    size_t left = 0;
    for (int s = 0; s < 2; s++) {
        sides[s].code = act[s] < 0 ? NULL : &sides[s].program->acts[act[s]];
        number_places(&sides[s], signer);
        find_direct(&sides[s]);
        left += sides[s].code == NULL ? 0 : sides[s].code->rules.count;
    }
    for (size_t i = 0; sides[0].code != NULL && i < sides[0].code->rules.count; i++) {
        for (size_t k = 0; sides[1].code != NULL && k < sides[1].code->rules.count; k++) {
            if (!sides[1].touched[k] || sides[0].places[i] != sides[1].places[k]) continue;
            sides[0].touched[i] = sides[1].touched[k] = false;
            left -= 2;
            break;
        }
    }
    return left > 0;
}
