/* Every role and deadline that a policy's rules name, in order: what mutants exchange them for. */
#include "policy/mutate_parts.h"

static void collect_role(struct mutation *mutation, int role)
{
    for (size_t i = 0; i < mutation->roles.count; i++) {
        if (mutation->roles.at[i] == role) return;
    }
    LIST_PUSH(mutation->arena, &mutation->roles, role);
}

static void collect_roles(struct mutation *mutation, const struct roles *roles)
{
    for (size_t i = 0; i < roles->list.count; i++) collect_role(mutation, roles->list.at[i]);
}

static bool known_span(const struct span *list, size_t count, struct span span)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].unit == span.unit && list[i].number == span.number) return true;
    }
    return span.unit == SPAN_NONE;
}

static void collect_atom(struct mutation *mutation, const struct atom *atom)
{
    if (atom->kind == ATOM_PERSON) collect_role(mutation, atom->index);
    if (atom->kind == ATOM_RECORD) collect_roles(mutation, &atom->from);
}

/* `for every` never stands inside itself. */
static void collect_condition(struct mutation *mutation, const struct condition *condition)
{
    for (size_t i = 0; i < condition->atoms.count; i++) {
        const struct atom *atom = &condition->atoms.at[i];
        collect_atom(mutation, atom);
        for (size_t k = 0; atom->kind == ATOM_EVERY && k < atom->every->atoms.count; k++)
            collect_atom(mutation, &atom->every->atoms.at[k]);
    }
}

static void collect_duty(struct mutation *mutation, const struct duty *duty)
{
    collect_roles(mutation, &duty->bearer.roles);
    collect_roles(mutation, &duty->object);
    collect_roles(mutation, &duty->otherwise);
    if (duty->conditional) collect_atom(mutation, &duty->condition);
    if (!known_span(mutation->deadlines.at, mutation->deadlines.count, duty->within))
        LIST_PUSH(mutation->arena, &mutation->deadlines, duty->within);
    if (!known_span(mutation->keepings.at, mutation->keepings.count, duty->keep))
        LIST_PUSH(mutation->arena, &mutation->keepings, duty->keep);
}

static void collect_need(struct mutation *mutation, const struct need *need)
{
    collect_roles(mutation, &need->from);
    if (need->conditional) collect_atom(mutation, &need->condition);
}

static void collect_tail(struct mutation *mutation, const struct tail *tail)
{
    collect_condition(mutation, &tail->condition);
    if (tail->kind == TAIL_NEEDS) collect_need(mutation, &tail->need);
    if (tail->kind == TAIL_ROUTE || tail->kind == TAIL_THEN || tail->kind == TAIL_AND_THEN ||
        tail->kind == TAIL_TELL)
        collect_duty(mutation, &tail->duty);
}

void mutate_collect(struct mutation *mutation, const struct statement *statement)
{
    collect_roles(mutation, &statement->who.roles);
    collect_roles(mutation, &statement->acts.object);
    if (statement->kind == STATEMENT_GATE) collect_need(mutation, &statement->need);
    if (statement->kind == STATEMENT_DECIDES) collect_role(mutation, statement->judge);
    collect_condition(mutation, &statement->condition);
    for (size_t i = 0; i < statement->tails.count; i++)
        collect_tail(mutation, &statement->tails.at[i]);
    for (size_t i = 0; i < statement->duties.count; i++)
        collect_duty(mutation, &statement->duties.at[i]);
}
