/* What each rule says, written out: its effect, fences, gates and duties, the conditions on which they hang, its exceptions. */
#include "policy/change_writer.h"

static void add_ids(struct writer *writer, enum word_place place, const int *list, size_t count)
{
    struct numbers ids = {.list = {0}};
    for (size_t i = 0; i < count; i++)
        LIST_PUSH(writer->signer->arena, &ids.list,
                  signer_number(writer->signer,
                                words_word(&writer->side->policy->words, place, list[i])->id));
    sign_sorted(&writer->text, ',', &ids);
}

/* Roles of a duty, and who stands in for them. */
static void add_roles(struct writer *writer, const struct roles *roles)
{
    const struct program *program = writer->side->program;
    text_format(&writer->text, " %d", roles->each);
    add_ids(writer, WORD_PERSON, roles->list.at, roles->list.count);
    for (size_t i = 0; i < program->stand_ins.count; i++) {
        const struct stand_in *stand = &program->stand_ins.at[i];
        bool named = false;
        for (size_t k = 0; k < roles->list.count; k++)
            named = named || roles->list.at[k] == stand->from;
        if (!named) continue;
        text_add_string(&writer->text, " for");
        sign_id(writer, WORD_PERSON, stand->from);
        sign_id(writer, WORD_PERSON, stand->to);
        text_format(&writer->text, " %lld", (long long)sign_test(writer, &stand->when));
    }
}

static void add_span(struct writer *writer, struct span span)
{
    text_format(&writer->text, " %d %lld", (int)span.unit, (long long)span.number);
}

/* A duty; `whole`: with the conditions on which it hangs. */
static int64_t debt_number(struct writer *writer, const struct compiled *compiled,
                           const struct debt *debt, bool whole)
{
    const struct duty *duty = debt->duty;
    size_t from = writer->text.length;
    text_format(&writer->text, "debt %d %d %d %d %d %d %d", (int)debt->origin, duty->actor,
                duty->bearer.anyone, (int)duty->modal, (int)duty->when, duty->once, duty->instead);
    text_format(&writer->text, " %d %d", duty->tell, debt->conditional);
    sign_id(writer, WORD_ACT, duty->act);
    add_roles(writer, &duty->bearer.roles);
    add_roles(writer, &duty->object);
    add_ids(writer, WORD_CHANNEL, duty->channels.list.at, duty->channels.list.count);
    add_ids(writer, WORD_PERSON, duty->otherwise.list.at, duty->otherwise.list.count);
    add_span(writer, duty->within);
    add_span(writer, duty->keep);
    text_add(&writer->text, duty->until);
    if (whole) text_format(&writer->text, " %lld", (long long)sign_test(writer, &debt->when));
    if (whole && debt->origin == TAIL_AND_THEN)
        text_format(&writer->text, " %lld",
                    (long long)sign_test(writer, &compiled->unless.at[debt->exception].test));
    return sign_take(writer, from);
}

static int64_t gate_number(struct writer *writer, const struct gate *gate, bool whole)
{
    size_t from = writer->text.length;
    text_format(&writer->text, "gate %lld %lld %lld %d %d %lld",
                (long long)writer->side->literals[gate->given],
                (long long)writer->side->literals[gate->refused],
                gate->every >= 0 ? (long long)writer->side->literals[gate->every] : -1LL,
                gate->conditional, gate->unless,
                whole ? (long long)sign_test(writer, &gate->when) : -1LL);
    add_ids(writer, WORD_PERSON, gate->need->from.list.at, gate->need->from.list.count);
    return sign_take(writer, from);
}

/* Whether it falls to somebody by name. A route that replaces others counts as a part of them. */
static bool by_name(const struct compiled *compiled, const struct debt *debt)
{
    bool instead = false;
    for (size_t i = 0; i < compiled->debts.count; i++)
        instead = instead || compiled->debts.at[i].duty->instead;
    return !instead && !debt->duty->actor && !debt->duty->bearer.anyone &&
           debt->duty->bearer.roles.list.count > 0;
}

static void add_debts(struct writer *writer, const struct compiled *compiled, bool then)
{
    struct numbers numbers = {.list = {0}};
    for (size_t i = 0; i < compiled->debts.count; i++) {
        if ((compiled->debts.at[i].origin == TAIL_AND_THEN) == then &&
            !by_name(compiled, &compiled->debts.at[i]))
            LIST_PUSH(writer->signer->arena, &numbers.list,
                      debt_number(writer, compiled, &compiled->debts.at[i], true));
    }
    sign_sorted(&writer->text, 'd', &numbers);
}

/* REMIND and OUTCOMES. */
static size_t add_remarks(struct writer *writer, const struct compiled *compiled)
{
    const struct statement *statement = compiled->rule->statement;
    struct numbers numbers = {.list = {0}};
    for (size_t i = 0; compiled->effect != EFFECT_DEED && i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if ((tail->kind != TAIL_REMIND && tail->kind != TAIL_OUTCOMES) ||
            !policy_awake(writer->side->policy->reads, tail->reading, tail->not_reading))
            continue;
        size_t from = writer->text.length;
        text_format(&writer->text, "remark %d ", (int)tail->kind);
        text_add(&writer->text, tail->text);
        LIST_PUSH(writer->signer->arena, &numbers.list, sign_take(writer, from));
    }
    sign_sorted(&writer->text, 'r', &numbers);
    return numbers.list.count;
}

static int64_t kind_number(struct writer *writer, const struct compiled *compiled)
{
    text_format(&writer->text, "kind %d %d %d %d %d %d %d", (int)compiled->effect, compiled->should,
                compiled->stop, compiled->only_should, compiled->option, compiled->law,
                compiled->personal);
    if (compiled->stop)
        add_ids(writer, WORD_ACT, compiled->rule->statement->acts.list.at,
                compiled->rule->statement->acts.list.count);
    return sign_take(writer, 0);
}

/* What of it bears on a verdict: its effect, fences, gates. */
static int64_t verdict_number(struct writer *writer, size_t number)
{
    const struct compiled *compiled = &writer->side->program->rules.at[number];
    struct numbers only = {.list = {0}};
    struct numbers gates = {.list = {0}};
    text_format(&writer->text, "verdict %lld", (long long)writer->side->kinds[number]);
    for (size_t i = 0; i < compiled->only.count; i++)
        LIST_PUSH(writer->signer->arena, &only.list, sign_test(writer, &compiled->only.at[i]));
    for (size_t i = 0; i < compiled->gates.count; i++)
        LIST_PUSH(writer->signer->arena, &gates.list,
                  gate_number(writer, &compiled->gates.at[i], true));
    sign_sorted(&writer->text, 'o', &only);
    sign_sorted(&writer->text, 'g', &gates);
    return sign_take(writer, 0);
}

static size_t count_debts(const struct compiled *compiled)
{
    size_t debts = 0;
    for (size_t i = 0; i < compiled->debts.count; i++)
        debts += compiled->debts.at[i].origin != TAIL_AND_THEN &&
                 !by_name(compiled, &compiled->debts.at[i]);
    return debts;
}

/* What it gives where it applies: effect, fences, gates, duties, remarks. */
static void number_content(struct writer *writer, size_t number)
{
    struct side *side = writer->side;
    const struct compiled *compiled = &side->program->rules.at[number];
    side->kinds[number] = kind_number(writer, compiled);
    side->verdicts[number] = verdict_number(writer, number);
    size_t remarks = add_remarks(writer, compiled);
    side->remarks[number] = sign_take(writer, 0);
    text_format(&writer->text, "content %lld %lld", (long long)side->verdicts[number],
                (long long)side->remarks[number]);
    add_debts(writer, compiled, false);
    side->contents[number] = sign_take(writer, 0);
    side->plain[number] =
        compiled->only.count + compiled->gates.count + remarks + count_debts(compiled) == 0 &&
        !compiled->stop && !compiled->law;
}

/* Gates and duties without the conditions on which they hang. */
static void number_items(struct writer *writer, size_t number)
{
    struct side *side = writer->side;
    const struct compiled *compiled = &side->program->rules.at[number];
    struct arena *arena = writer->signer->arena;
    side->gates[number] = ARENA_ARRAY(arena, int64_t, compiled->gates.count + 1);
    side->debts[number] = ARENA_ARRAY(arena, int64_t, compiled->debts.count + 1);
    for (size_t i = 0; i < compiled->gates.count; i++)
        side->gates[number][i] = gate_number(writer, &compiled->gates.at[i], false);
    for (size_t i = 0; i < compiled->debts.count; i++) {
        int64_t debt = debt_number(writer, compiled, &compiled->debts.at[i], false);
        side->debts[number][i] = by_name(compiled, &compiled->debts.at[i]) ? -debt : debt;
    }
}

static int64_t then_number(struct writer *writer, const struct compiled *compiled)
{
    bool any = false;
    for (size_t i = 0; i < compiled->debts.count; i++)
        any = any || compiled->debts.at[i].origin == TAIL_AND_THEN;
    if (!any) return 0;
    text_add_string(&writer->text, "then");
    add_debts(writer, compiled, true);
    return sign_take(writer, 0);
}

/* What the clause takes a *don't know* for. */
static void add_environment(struct writer *writer, const struct compiled *compiled)
{
    struct numbers numbers = {.list = {0}};
    if (compiled->environment > 0) {
        const struct unknowns *unknowns =
            &writer->side->program->unknowns.at[compiled->environment - 1];
        for (size_t i = 0; i < unknowns->facts.count; i++) {
            size_t from = writer->text.length;
            sign_id(writer, WORD_FACT, unknowns->facts.at[i]);
            sign_unknown(writer, &unknowns->with.at[i]);
            LIST_PUSH(writer->signer->arena, &numbers.list, sign_take(writer, from));
        }
    }
    sign_sorted(&writer->text, 'e', &numbers);
}

/* Duties by name, each by itself. */
static void add_named(struct writer *writer, size_t number)
{
    const struct compiled *compiled = &writer->side->program->rules.at[number];
    struct numbers numbers = {.list = {0}};
    for (size_t i = 0; i < compiled->debts.count; i++) {
        const struct debt *debt = &compiled->debts.at[i];
        if (!by_name(compiled, debt)) continue;
        struct named_debt named = {.number = debt_number(writer, compiled, debt, true),
                                   .duty = debt->duty,
                                   .then = debt->origin == TAIL_AND_THEN};
        LIST_PUSH(writer->signer->arena, &writer->side->named[number].list, named);
        LIST_PUSH(writer->signer->arena, &numbers.list, named.number);
    }
    sign_sorted(&writer->text, 'n', &numbers);
}

void sign_rule(struct writer *writer, size_t number)
{
    struct side *side = writer->side;
    const struct compiled *compiled = &side->program->rules.at[number];
    struct numbers unless = {.list = {0}};
    number_content(writer, number);
    number_items(writer, number);
    side->thens[number] = then_number(writer, compiled);
    for (size_t i = 0; i < compiled->unless.count; i++)
        LIST_PUSH(writer->signer->arena, &unless.list,
                  sign_test(writer, &compiled->unless.at[i].test));
    text_format(&writer->text, "rule %lld %lld %lld", (long long)side->contents[number],
                (long long)side->thens[number], (long long)sign_test(writer, &compiled->base));
    sign_sorted(&writer->text, 'u', &unless);
    add_named(writer, number);
    size_t from = writer->text.length;
    add_environment(writer, compiled);
    side->environments[number] = signer_number(
        writer->signer, slice_part(text_slice(&writer->text), from, writer->text.length));
    side->rules[number] = sign_take(writer, 0);
}
