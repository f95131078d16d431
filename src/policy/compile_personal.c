/* Which definitions and judgements are about the person shown (docs/semantics.md 16): those that name a fact, record or
 * name about that person, found by going round until nothing changes. */
#include "policy/compile.h"

static bool personal_atom(const struct maker *maker, const struct atom *atom, bool in_role)
{
    const struct words *words = &maker->policy->words;
    switch (atom->kind) {
    case ATOM_FACT: return words->facts.at[atom->index].kind == FACT_PERSONAL;
    case ATOM_RECORD: return words->facts.at[atom->index].about == ABOUT_SHOWN;
    case ATOM_NAME: return maker->personal_names[atom->index];
    case ATOM_NUMBER: {
        struct slice id = words->facts.at[atom->index].word.id;
        struct slice twin = arena_format(maker->arena, "other.%.*s", SLICE_PRINT(id));
        return !in_role && map_get(&words->ids[WORD_FACT], twin) >= 0;
    }
    default: return false;
    }
}

bool personal_condition(const struct maker *maker, const struct condition *condition)
{
    for (size_t i = 0; i < condition->atoms.count; i++) {
        if (personal_atom(maker, &condition->atoms.at[i], false)) {
            return true;
        }
    }
    return false;
}

static bool mark_judgements(struct maker *maker, const struct condition *condition)
{
    bool changed = false;
    for (size_t i = 0; i < condition->atoms.count; i++) {
        const struct atom *atom = &condition->atoms.at[i];
        if (atom->kind == ATOM_NAME && maker->policy->words.names.at[atom->index].judgement) {
            changed |= !maker->personal_names[atom->index];
            maker->personal_names[atom->index] = true;
        }
    }
    return changed;
}

/* Judgements inside `for every` are about each person; so are those beside something personal. */
static bool mark_in_condition(struct maker *maker, const struct condition *condition, bool personal)
{
    bool changed = personal && mark_judgements(maker, condition);
    for (size_t i = 0; i < condition->atoms.count; i++) {
        if (condition->atoms.at[i].kind == ATOM_EVERY) {
            changed |= mark_judgements(maker, condition->atoms.at[i].every);
        }
    }
    return changed;
}

static bool personal_need(const struct maker *maker, const struct need *need)
{
    return need->every >= 0 || maker->policy->words.facts.at[need->record].about == ABOUT_SHOWN;
}

static bool awake(const struct maker *maker, const struct tail *tail)
{
    return policy_awake(maker->policy->reads, tail->reading, tail->not_reading);
}

static bool personal_statement(const struct maker *maker, const struct statement *statement)
{
    bool personal = statement->kind == STATEMENT_GATE && personal_need(maker, &statement->need);
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if (!awake(maker, tail)) {
            continue;
        }
        if (tail->kind == TAIL_NEEDS) {
            personal |= personal_need(maker, &tail->need);
        } else if (tail->kind == TAIL_IF || tail->kind == TAIL_UNLESS ||
                   tail->kind == TAIL_ONLY_IF) {
            personal |= personal_condition(maker, &tail->condition);
        }
    }
    return personal;
}

static bool mark_in_statement(struct maker *maker, const struct statement *statement)
{
    bool changed = false;
    if (statement->kind == STATEMENT_MEANS) {
        bool personal =
            statement->place == WORD_NAME && personal_condition(maker, &statement->condition);
        changed = mark_in_condition(maker, &statement->condition, personal);
        if (personal && !maker->personal_names[statement->index]) {
            maker->personal_names[statement->index] = true;
            changed = true;
        }
        return changed;
    }
    bool personal = personal_statement(maker, statement);
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        changed |= awake(maker, tail) && mark_in_condition(maker, &tail->condition, personal);
    }
    return changed;
}

void personal_collect(struct maker *maker)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < maker->policy->rules.count; i++) {
            changed |= mark_in_statement(maker, maker->policy->rules.at[i].statement);
        }
    }
}
