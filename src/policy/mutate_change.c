/* The changes that can be made to one statement: modals turned, lines taken out, conditions negated, numbers moved, roles and
 * deadlines exchanged. Each place that fits is a site; the walk counts them and changes the one that is wanted. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "policy/mutate_parts.h"
#include "policy/print.h"

#define CHANGE_LARGEST ((size_t)2000)

struct changer {
    const struct mutation *mutation;
    const struct words *words;
    struct arena *arena;
    struct change_made *made;
    unsigned wanted, at;
    bool done;
};

/* Whether this is the place wanted; if so, notes what is changed. */
__attribute__((format(printf, 3, 4))) static bool here(struct changer *changer, size_t line,
                                                       const char *format, ...)
{
    if (changer->done || changer->at++ != changer->wanted) return false;
    char change[CHANGE_LARGEST];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(change, sizeof change, format, arguments);
    va_end(arguments);
    changer->done = true;
    changer->made->line = line;
    changer->made->change = arena_copy(changer->arena, slice_of(length < 0 ? "" : change));
    return true;
}

/* ---- what to say ---------------------------------------------------------------------------------- */

static const char *role_name(const struct changer *changer, int role)
{
    return arena_copy(changer->arena, words_word(changer->words, WORD_PERSON, role)->phrase).at;
}

static const char *atom_text(const struct changer *changer, const struct atom *atom)
{
    AUTO_TEXT struct text text;
    text_init(&text, CHANGE_LARGEST);
    print_atom(changer->words, atom, &text);
    return arena_copy(changer->arena, text_slice(&text)).at;
}

static const char *duty_text(const struct changer *changer, const struct duty *duty)
{
    AUTO_TEXT struct text text;
    text_init(&text, CHANGE_LARGEST);
    print_duty(changer->words, duty, &text);
    return arena_copy(changer->arena, text_slice(&text)).at;
}

static const char *span_text(const struct changer *changer, struct span span)
{
    AUTO_TEXT struct text text;
    text_init(&text, CHANGE_LARGEST);
    print_span(span, &text);
    return arena_copy(changer->arena, text_slice(&text)).at;
}

/* ---- roles and spans ------------------------------------------------------------------------------- */

/* Another role of the policy, the next in the order in which it names them; -1 where there is none. */
static int other_role(const struct changer *changer, const struct roles *roles, int role)
{
    size_t count = changer->mutation->roles.count, from = 0;
    while (from < count && changer->mutation->roles.at[from] != role) from++;
    for (size_t step = 1; step < count; step++) {
        int other = changer->mutation->roles.at[(from + step) % count];
        bool named = other == role;
        for (size_t i = 0; roles != NULL && i < roles->list.count; i++)
            named = named || roles->list.at[i] == other;
        if (!named) return other;
    }
    return -1;
}

static void exchange_roles(struct changer *changer, struct roles *roles, size_t line)
{
    for (size_t i = 0; i < roles->list.count; i++) {
        int role = roles->list.at[i], other = other_role(changer, roles, role);
        if (other < 0 || !here(changer, line, "'%s' exchanged for '%s'", role_name(changer, role),
                               role_name(changer, other)))
            continue;
        int *copy = ARENA_ARRAY(changer->arena, int, roles->list.count);
        memcpy(copy, roles->list.at, roles->list.count * sizeof *copy);
        copy[i] = other;
        roles->list.at = copy;
        roles->list.space = roles->list.count;
        return;
    }
}

static bool same_span(struct span a, struct span b)
{
    return a.unit == b.unit && a.number == b.number;
}

static void change_span(struct changer *changer, struct span *span, const struct span *pool,
                        size_t count, const char *keyword, size_t line)
{
    if (span->unit == SPAN_NONE) return;
    struct span old = *span;
    if (span->number > 0 &&
        here(changer, line, "%s %s: one more", keyword, span_text(changer, old)))
        span->number++;
    if (span->number > 1 &&
        here(changer, line, "%s %s: one less", keyword, span_text(changer, old)))
        span->number--;
    for (size_t i = 0; i < count; i++) {
        if (same_span(pool[i], old)) continue;
        if (here(changer, line, "%s %s exchanged for %s", keyword, span_text(changer, old),
                 span_text(changer, pool[i])))
            *span = pool[i];
        return;
    }
}

/* ---- conditions ------------------------------------------------------------------------------------ */

static bool has_number(const struct atom *atom)
{
    return atom->kind == ATOM_NUMBER || atom->kind == ATOM_DATE || atom->kind == ATOM_TIME;
}

/* Times of day wrap at midnight. */
static int64_t moved(const struct atom *atom, int64_t number, int by)
{
    const int64_t day = 1440;
    return atom->kind == ATOM_TIME ? (number + by + day) % day : number + by;
}

static void change_numbers(struct changer *changer, struct atom *atom)
{
    for (int by = 1; has_number(atom) && by >= -1; by -= 2) {
        const char *way = by > 0 ? "one up" : "one down";
        if (here(changer, atom->line, "the number in '%s' %s", atom_text(changer, atom), way))
            atom->low = moved(atom, atom->low, by);
        if (atom->kind == ATOM_TIME &&
            here(changer, atom->line, "the end of '%s' %s", atom_text(changer, atom), way))
            atom->high = moved(atom, atom->high, by);
    }
}

static void change_atom(struct changer *changer, struct atom *atom)
{
    if (here(changer, atom->line, "'%s' negated", atom_text(changer, atom)))
        atom->negated = !atom->negated;
    change_numbers(changer, atom);
    if (atom->kind == ATOM_RECORD) exchange_roles(changer, &atom->from, atom->line);
    if (atom->kind != ATOM_PERSON) return;
    int other = other_role(changer, NULL, atom->index);
    if (other >= 0 && here(changer, atom->line, "in '%s' the role exchanged for '%s'",
                           atom_text(changer, atom), role_name(changer, other)))
        atom->index = other;
}

static struct atom *copy_atoms(struct changer *changer, const struct condition *condition)
{
    struct atom *copy = ARENA_ARRAY(changer->arena, struct atom, condition->atoms.count + 1);
    if (condition->atoms.count > 0)
        memcpy(copy, condition->atoms.at, condition->atoms.count * sizeof *copy);
    return copy;
}

/* `for every` never stands inside itself, so its own atoms are changed here; it is not negated itself. */
static void change_every(struct changer *changer, struct atom *atom)
{
    struct condition *inner = ARENA_NEW(changer->arena, struct condition);
    *inner = *atom->every;
    inner->atoms.at = copy_atoms(changer, inner);
    atom->every = inner;
    for (size_t i = 0; i < inner->atoms.count; i++) change_atom(changer, &inner->atoms.at[i]);
}

static void change_condition(struct changer *changer, struct condition *condition)
{
    condition->atoms.at = copy_atoms(changer, condition);
    for (size_t i = 0; i < condition->atoms.count; i++) {
        struct atom *atom = &condition->atoms.at[i];
        if (atom->kind == ATOM_EVERY)
            change_every(changer, atom);
        else
            change_atom(changer, atom);
    }
}

/* ---- duties and needs ------------------------------------------------------------------------------- */

static void turn_duty(struct changer *changer, struct duty *duty)
{
    static const char *const names[] = {"MUST", "SHOULD", "MAY"};
    enum duty_modal turned = duty->modal == DUTY_MAY ? DUTY_MUST : DUTY_MAY;
    if (!duty->tell && here(changer, duty->line, "%s turned into %s: '%s'", names[duty->modal],
                            names[turned], duty_text(changer, duty)))
        duty->modal = turned;
}

static void change_duty(struct changer *changer, struct duty *duty)
{
    const struct mutation *mutation = changer->mutation;
    turn_duty(changer, duty);
    if (!duty->tell && !duty->actor && !duty->bearer.anyone)
        exchange_roles(changer, &duty->bearer.roles, duty->line);
    exchange_roles(changer, &duty->object, duty->line);
    exchange_roles(changer, &duty->otherwise, duty->line);
    if (duty->within.unit != SPAN_NONE &&
        here(changer, duty->line, "WITHIN taken out: '%s'", duty_text(changer, duty)))
        duty->within = (struct span){0};
    change_span(changer, &duty->within, mutation->deadlines.at, mutation->deadlines.count, "WITHIN",
                duty->line);
    change_span(changer, &duty->keep, mutation->keepings.at, mutation->keepings.count, "FOR",
                duty->line);
    if (!duty->conditional) return;
    if (here(changer, duty->line, "IF taken out: '%s'", duty_text(changer, duty)))
        duty->conditional = false;
    else
        change_atom(changer, &duty->condition);
}

static void change_need(struct changer *changer, struct need *need)
{
    exchange_roles(changer, &need->from, need->line);
    if (!need->conditional) return;
    if (here(changer, need->line, "%s taken out of a need: %s", need->unless ? "UNLESS" : "IF",
             atom_text(changer, &need->condition)))
        need->conditional = false;
    else
        change_atom(changer, &need->condition);
}

/* ---- lines ------------------------------------------------------------------------------------------ */

static const char *const tail_names[] = {
    [TAIL_IF] = "IF",
    [TAIL_ROUTE] = "IF ...: TELL",
    [TAIL_UNLESS] = "UNLESS",
    [TAIL_AND_THEN] = "AND THEN",
    [TAIL_THEN] = "THEN",
    [TAIL_TELL] = "TELL",
    [TAIL_NEEDS] = "NEEDS",
    [TAIL_ONLY_IF] = "ONLY IF",
    [TAIL_ONLY_THROUGH] = "ONLY THROUGH",
    [TAIL_DESPITE] = "DESPITE",
    [TAIL_STOP] = NULL, /* the rest changes no answer by itself */
};

static bool in_reading(const struct changer *changer, const struct tail *tail)
{
    return policy_awake(changer->mutation->policy->reads, tail->reading, tail->not_reading);
}

/* Without tail `out`, and without what hangs on it where it is an UNLESS. */
static void take_out(struct changer *changer, struct statement *statement, size_t out)
{
    struct tail *kept = ARENA_ARRAY(changer->arena, struct tail, statement->tails.count);
    int *places = ARENA_ARRAY(changer->arena, int, statement->tails.count);
    size_t count = 0;
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        bool hangs = tail->kind == TAIL_AND_THEN && tail->unless == (int)out;
        if (i == out || hangs) continue;
        places[i] = (int)count;
        kept[count++] = *tail;
    }
    for (size_t i = 0; i < count; i++) {
        if (kept[i].kind == TAIL_AND_THEN) kept[i].unless = places[kept[i].unless];
    }
    statement->tails.at = kept;
    statement->tails.count = statement->tails.space = count;
}

static const char *tail_text(const struct changer *changer, const struct tail *tail)
{
    switch (tail->kind) {
    case TAIL_IF:
    case TAIL_UNLESS:
    case TAIL_ONLY_IF: return atom_text(changer, &tail->condition.atoms.at[0]);
    case TAIL_ROUTE:
    case TAIL_AND_THEN:
    case TAIL_THEN:
    case TAIL_TELL: return duty_text(changer, &tail->duty);
    case TAIL_DESPITE: return arena_copy(changer->arena, tail->refs.at[0].id).at;
    default: return "";
    }
}

static void change_tail(struct changer *changer, struct tail *tail)
{
    switch (tail->kind) {
    case TAIL_IF:
    case TAIL_UNLESS:
    case TAIL_ONLY_IF: change_condition(changer, &tail->condition); return;
    case TAIL_ROUTE:
        change_condition(changer, &tail->condition);
        change_duty(changer, &tail->duty);
        return;
    case TAIL_AND_THEN:
    case TAIL_THEN:
    case TAIL_TELL: change_duty(changer, &tail->duty); return;
    case TAIL_NEEDS: change_need(changer, &tail->need); return;
    case TAIL_NOT_KNOWN:
        if (tail->unknown.kind != UNKNOWN_UNDER) return;
        if (here(changer, tail->line, "NOT KNOWN: treat as under one more")) tail->unknown.value++;
        if (here(changer, tail->line, "NOT KNOWN: treat as under one less")) tail->unknown.value--;
        return;
    default: return;
    }
}

static void change_tails(struct changer *changer, struct statement *statement)
{
    struct tail *copy = ARENA_ARRAY(changer->arena, struct tail, statement->tails.count + 1);
    if (statement->tails.count > 0)
        memcpy(copy, statement->tails.at, statement->tails.count * sizeof *copy);
    statement->tails.at = copy;
    for (size_t i = 0; i < statement->tails.count && !changer->done; i++) {
        struct tail *tail = &statement->tails.at[i];
        const char *name = (size_t)tail->kind < sizeof tail_names / sizeof *tail_names
                               ? tail_names[tail->kind]
                               : NULL;
        if (!in_reading(changer, tail)) continue;
        if (name != NULL &&
            here(changer, tail->line, "%s taken out: %s", name, tail_text(changer, tail))) {
            take_out(changer, statement, i);
            return;
        }
        change_tail(changer, tail);
    }
}

static void change_duties(struct changer *changer, struct statement *statement)
{
    size_t count = statement->duties.count;
    struct duty *copy = ARENA_ARRAY(changer->arena, struct duty, count + 1);
    unsigned *readings = ARENA_ARRAY(changer->arena, unsigned, count + 1);
    for (size_t i = 0; i < count; i++) {
        copy[i] = statement->duties.at[i];
        readings[i] = statement->duty_readings.at[i];
    }
    statement->duties.at = copy;
    statement->duty_readings.at = readings;
    for (size_t i = 0; i < count && !changer->done; i++) {
        unsigned reading = readings[i];
        if (!policy_awake(changer->mutation->policy->reads, reading & 31, reading > 31)) continue;
        if (count > 1 &&
            here(changer, copy[i].line, "duty taken out: '%s'", duty_text(changer, &copy[i]))) {
            memmove(copy + i, copy + i + 1, (count - i - 1) * sizeof *copy);
            memmove(readings + i, readings + i + 1, (count - i - 1) * sizeof *readings);
            statement->duties.count--;
            statement->duty_readings.count--;
            return;
        }
        change_duty(changer, &copy[i]);
    }
}

/* ---- heads ------------------------------------------------------------------------------------------ */

/* ONLY stands under MAY and SHOULD alone. */
static bool has_only(const struct statement *statement)
{
    for (size_t i = 0; i < statement->tails.count; i++) {
        enum tail_kind kind = statement->tails.at[i].kind;
        if (kind == TAIL_ONLY_IF || kind == TAIL_ONLY_THROUGH) return true;
    }
    return false;
}

static void turn_modal(struct changer *changer, struct statement *statement)
{
    static const char *const names[] = {"MUST NOT", "SHOULD NOT", "ADVISED NOT TO",
                                        "MAY",      "MUST",       "SHOULD"};
    static const enum modal turned[][2] = {
        [MODAL_MUST_NOT] = {MODAL_MAY, MODAL_SHOULD_NOT},
        [MODAL_SHOULD_NOT] = {MODAL_MAY, MODAL_MUST_NOT},
        [MODAL_ADVISED_NOT] = {MODAL_MAY, MODAL_SHOULD_NOT},
        [MODAL_MAY] = {MODAL_MUST_NOT, MODAL_MUST},
        [MODAL_MUST] = {MODAL_MUST_NOT, MODAL_MAY},
        [MODAL_SHOULD] = {MODAL_SHOULD_NOT, MODAL_MAY},
    };
    enum modal old = statement->modal;
    for (size_t i = 0; i < 2; i++) {
        enum modal new = turned[old][i];
        if (has_only(statement)) {
            if (i > 0) return;
            new = old == MODAL_MAY ? MODAL_SHOULD : MODAL_MAY;
        }
        if (here(changer, statement->line, "%s turned into %s", names[old], names[new])) {
            statement->modal = new;
            return;
        }
    }
}

static void change_judge(struct changer *changer, struct statement *statement)
{
    int other = other_role(changer, NULL, statement->judge);
    if (other >= 0 && here(changer, statement->line, "'%s', who decides, exchanged for '%s'",
                           role_name(changer, statement->judge), role_name(changer, other)))
        statement->judge = other;
}

static void change_head(struct changer *changer, struct statement *statement)
{
    bool acts = statement->kind == STATEMENT_NORM || statement->kind == STATEMENT_EVENT ||
                statement->kind == STATEMENT_GATE;
    if (statement->kind == STATEMENT_NORM) turn_modal(changer, statement);
    if (acts && !statement->who.anyone)
        exchange_roles(changer, &statement->who.roles, statement->line);
    if (acts) exchange_roles(changer, &statement->acts.object, statement->line);
    if (statement->kind == STATEMENT_GATE) change_need(changer, &statement->need);
    if (statement->kind == STATEMENT_DECIDES) change_judge(changer, statement);
    if (statement->kind == STATEMENT_MEANS) change_condition(changer, &statement->condition);
}

bool mutate_statement(const struct mutation *mutation, const struct statement *statement,
                      unsigned site, bool alone, struct arena *arena, struct change_made *ret_made)
{
    *ret_made = (struct change_made){.statement = *statement};
    struct changer changer = {.mutation = mutation,
                              .words = &mutation->policy->words,
                              .arena = arena,
                              .made = ret_made,
                              .wanted = site};
    if (!alone && here(&changer, statement->line, "statement taken out"))
        return ret_made->taken_out = true;
    change_head(&changer, &ret_made->statement);
    if (!changer.done) change_tails(&changer, &ret_made->statement);
    if (!changer.done) change_duties(&changer, &ret_made->statement);
    return changer.done;
}
