/* The walk over what was parsed: see word_use.h. A form that the grammar gains is marked here too. */
#include "policy/word_use.h"

#define EVERY_DEPTH_LARGEST 4 /* `for every` inside `for every`; the grammar has one */

struct marker {
    bool **marks;
    unsigned depth;
};

static void mark(struct marker *marker, enum word_place place, int index)
{
    if (index >= 0) marker->marks[place == WORD_RECORD ? WORD_FACT : place][index] = true;
}

static void mark_roles(struct marker *marker, const struct roles *roles)
{
    for (size_t i = 0; i < roles->list.count; i++) mark(marker, WORD_PERSON, roles->list.at[i]);
}

static void mark_channels(struct marker *marker, const struct channels *channels)
{
    for (size_t i = 0; i < channels->list.count; i++) {
        mark(marker, WORD_CHANNEL, channels->list.at[i]);
    }
}

static void mark_condition(struct marker *marker, const struct condition *condition);

static void mark_atom(struct marker *marker, const struct atom *atom)
{
    switch (atom->kind) {
    case ATOM_FACT:
    case ATOM_CHOICE:
    case ATOM_NUMBER:
    case ATOM_TIME:
    case ATOM_DATE:
    case ATOM_RECORD: mark(marker, WORD_FACT, atom->index); break;
    case ATOM_PERSON:
    case ATOM_EVERY: mark(marker, WORD_PERSON, atom->index); break;
    case ATOM_CHANNEL: mark(marker, WORD_CHANNEL, atom->index); break;
    case ATOM_NAME: mark(marker, WORD_NAME, atom->index); break;
    case ATOM_DONE: break;
    }
    mark_roles(marker, &atom->from);
    if (atom->every != NULL && marker->depth < EVERY_DEPTH_LARGEST) {
        marker->depth++;
        mark_condition(marker, atom->every);
        marker->depth--;
    }
}

static void mark_condition(struct marker *marker, const struct condition *condition)
{
    for (size_t i = 0; i < condition->atoms.count; i++) mark_atom(marker, &condition->atoms.at[i]);
}

static void mark_duty(struct marker *marker, const struct duty *duty)
{
    mark_roles(marker, &duty->bearer.roles);
    mark_roles(marker, &duty->object);
    mark_roles(marker, &duty->otherwise);
    mark_channels(marker, &duty->channels);
    mark(marker, WORD_ACT, duty->act);
    if (duty->conditional) mark_atom(marker, &duty->condition);
}

static void mark_need(struct marker *marker, const struct need *need)
{
    mark(marker, WORD_RECORD, need->record);
    mark_roles(marker, &need->from);
    mark(marker, WORD_PERSON, need->every);
    if (need->conditional) mark_atom(marker, &need->condition);
}

static void mark_acts(struct marker *marker, const struct acts *acts)
{
    for (size_t i = 0; i < acts->list.count; i++) mark(marker, WORD_ACT, acts->list.at[i]);
    mark_roles(marker, &acts->object);
    mark_channels(marker, &acts->channels);
}

static void mark_tail(struct marker *marker, const struct tail *tail)
{
    mark_condition(marker, &tail->condition);
    switch (tail->kind) {
    case TAIL_ROUTE:
    case TAIL_AND_THEN:
    case TAIL_THEN:
    case TAIL_TELL: mark_duty(marker, &tail->duty); break;
    case TAIL_NEEDS: mark_need(marker, &tail->need); break;
    case TAIL_ONLY_THROUGH: mark_channels(marker, &tail->channels); break;
    case TAIL_NOT_KNOWN:
        mark(marker, WORD_FACT, tail->fact);
        if (tail->unknown.kind == UNKNOWN_REFER) mark(marker, WORD_PERSON, tail->unknown.role);
        break;
    case TAIL_IF:
    case TAIL_UNLESS:
    case TAIL_ONLY_IF:
    case TAIL_REMIND:
    case TAIL_OUTCOMES:
    case TAIL_DESPITE:
    case TAIL_CLASHES:
    case TAIL_SUBJECT:
    case TAIL_ALWAYS:
    case TAIL_STOP: break;
    }
}

static void mark_statement(struct marker *marker, const struct statement *statement)
{
    mark_roles(marker, &statement->who.roles);
    mark_acts(marker, &statement->acts);
    mark_condition(marker, &statement->condition);
    if (statement->kind == STATEMENT_GATE) mark_need(marker, &statement->need);
    if (statement->kind == STATEMENT_DECIDES) mark(marker, WORD_PERSON, statement->judge);
    if (statement->kind == STATEMENT_MEANS) mark(marker, statement->place, statement->index);
    for (size_t i = 0; i < statement->tails.count; i++) mark_tail(marker, &statement->tails.at[i]);
    for (size_t i = 0; i < statement->duties.count; i++) {
        mark_duty(marker, &statement->duties.at[i]);
    }
}

static void mark_line(struct marker *marker, const struct policy_line *line)
{
    mark_roles(marker, &line->roles);
    mark_roles(marker, &line->who.roles);
    mark_condition(marker, &line->condition);
    if (line->kind == LINE_NOT_AS) {
        mark(marker, line->place, line->from);
        mark(marker, line->place, line->to);
    }
    if (line->check != NULL) mark_statement(marker, line->check);
}

void word_use_mark(const struct document *document, bool *marks[WORD_PLACES])
{
    struct marker marker = {.marks = marks};
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        for (size_t k = 0; k < clause->statements.count; k++) {
            mark_statement(&marker, &clause->statements.at[k]);
        }
    }
    for (size_t i = 0; i < document->lines.count; i++) mark_line(&marker, &document->lines.at[i]);
}
