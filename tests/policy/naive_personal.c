/* What is about a person shown (grammar.md 8.3, docs/semantics.md 16): facts and records say so themselves, definitions by
 * what they name, judgements by where they stand. Found by going round until nothing more is. */
#include "naive.h"

bool naive_tail_awake(const struct policy *policy, const struct tail *tail)
{
    return policy_awake(policy->reads, tail->reading, tail->not_reading);
}

static bool personal_atom(const struct naive_world *world, const struct atom *atom)
{
    const struct words *words = &world->policy->words;
    switch (atom->kind) {
    case ATOM_FACT: return words->facts.at[atom->index].kind == FACT_PERSONAL;
    case ATOM_RECORD: return words->facts.at[atom->index].about == ABOUT_SHOWN;
    case ATOM_NUMBER: return slice_is(words->facts.at[atom->index].word.id, "age");
    case ATOM_NAME: return world->personal_names[atom->index];
    default: return false;
    }
}

bool naive_any(const struct naive_world *world, const struct clause *clause,
               const struct atom *atom)
{
    if (!personal_atom(world, atom)) return naive_atom(world, clause, atom, NAIVE_NOBODY, 0);
    for (int self = 0; self < (int)world->request->shown.count; self++)
        if (naive_atom(world, clause, atom, self, 0)) return true;
    return false;
}

static bool personal_condition(const struct naive_world *world, const struct condition *condition)
{
    for (size_t i = 0; i < condition->atoms.count; i++)
        if (personal_atom(world, &condition->atoms.at[i])) return true;
    return false;
}

static bool personal_need(const struct naive_world *world, const struct need *need)
{
    return need->every >= 0 || world->policy->words.facts.at[need->record].about == ABOUT_SHOWN ||
           (need->conditional && personal_atom(world, &need->condition));
}

static bool narrows(const struct tail *tail)
{
    return tail->kind == TAIL_IF || tail->kind == TAIL_UNLESS || tail->kind == TAIL_ONLY_IF;
}

bool naive_personal(const struct naive_world *world, const struct statement *statement)
{
    if (statement->kind == STATEMENT_GATE && personal_need(world, &statement->need)) return true;
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if (!naive_tail_awake(world->policy, tail)) continue;
        if (tail->kind == TAIL_NEEDS && personal_need(world, &tail->need)) return true;
        if (narrows(tail) && personal_condition(world, &tail->condition)) return true;
    }
    return false;
}

/* --- judgements and definitions ------------------------------------------------------------------------------ */

/* Judgements that stand in a condition about a person shown, or in its `for every`, are about that person. */
static void mark(struct naive_world *world, const struct condition *condition, bool personal)
{
    for (size_t i = 0; i < condition->atoms.count; i++) {
        const struct atom *atom = &condition->atoms.at[i];
        if (personal && atom->kind == ATOM_NAME &&
            world->policy->words.names.at[atom->index].judgement)
            world->personal_names[atom->index] = true;
        if (atom->kind == ATOM_EVERY) mark(world, atom->every, true);
    }
}

static void mark_statement(struct naive_world *world, const struct statement *statement)
{
    if (statement->kind == STATEMENT_MEANS && statement->place == WORD_NAME &&
        personal_condition(world, &statement->condition))
        world->personal_names[statement->index] = true;
    if (statement->kind == STATEMENT_MEANS)
        mark(world, &statement->condition,
             statement->place == WORD_NAME && personal_condition(world, &statement->condition));
    bool personal = naive_personal(world, statement);
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if (naive_tail_awake(world->policy, tail)) mark(world, &tail->condition, personal);
    }
}

void naive_find_personal(struct naive_world *world)
{
    for (size_t round = 0; round <= world->policy->words.names.count; round++)
        for (size_t i = 0; i < world->policy->rules.count; i++)
            mark_statement(world, world->policy->rules.at[i].statement);
}

bool naive_shows(const struct naive_world *world)
{
    for (size_t i = 0; i < world->policy->rules.count; i++) {
        const struct statement *statement = world->policy->rules.at[i].statement;
        if (naive_personal(world, statement)) return true;
        for (size_t k = 0; k < statement->tails.count; k++)
            for (size_t n = 0; n < statement->tails.at[k].condition.atoms.count; n++)
                if (statement->tails.at[k].condition.atoms.at[n].kind == ATOM_EVERY) return true;
        for (size_t n = 0; n < statement->condition.atoms.count; n++)
            if (statement->condition.atoms.at[n].kind == ATOM_EVERY) return true;
    }
    return false;
}
