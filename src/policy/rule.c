/* Comparing statements as trees: what round trips of print and parse are measured by. Lines, columns and clauses are left
 * aside, everything that has a meaning counts. */
#include "policy/rule.h"

static bool roles_equal(const struct roles *a, const struct roles *b)
{
    if (a->list.count != b->list.count || a->each != b->each) return false;
    for (size_t i = 0; i < a->list.count; i++)
        if (a->list.at[i] != b->list.at[i]) return false;
    return true;
}

static bool channels_equal(const struct channels *a, const struct channels *b)
{
    if (a->list.count != b->list.count) return false;
    for (size_t i = 0; i < a->list.count; i++)
        if (a->list.at[i] != b->list.at[i]) return false;
    return true;
}

static bool who_equal(const struct who *a, const struct who *b)
{
    return a->anyone == b->anyone && roles_equal(&a->roles, &b->roles);
}

static bool acts_equal(const struct acts *a, const struct acts *b)
{
    if (a->list.count != b->list.count || a->anyone != b->anyone) return false;
    for (size_t i = 0; i < a->list.count; i++)
        if (a->list.at[i] != b->list.at[i]) return false;
    return roles_equal(&a->object, &b->object) && channels_equal(&a->channels, &b->channels);
}

/* An atom, what stands inside `for every` left aside. */
static bool atom_alike(const struct atom *a, const struct atom *b)
{
    return a->kind == b->kind && a->negated == b->negated && a->index == b->index &&
           a->person == b->person && a->op == b->op && a->low == b->low && a->high == b->high &&
           a->refused == b->refused && roles_equal(&a->from, &b->from) &&
           (a->every == NULL) == (b->every == NULL);
}

static bool inner_equal(const struct condition *a, const struct condition *b)
{
    if (a->mode != b->mode || a->atoms.count != b->atoms.count) return false;
    for (size_t i = 0; i < a->atoms.count; i++)
        if (!atom_alike(&a->atoms.at[i], &b->atoms.at[i])) return false;
    return true;
}

/* `for every` never stands inside itself, so two levels are all. */
static bool atom_equal(const struct atom *a, const struct atom *b)
{
    return atom_alike(a, b) && (a->every == NULL || inner_equal(a->every, b->every));
}

static bool condition_equal(const struct condition *a, const struct condition *b)
{
    if (a->mode != b->mode || a->atoms.count != b->atoms.count) return false;
    for (size_t i = 0; i < a->atoms.count; i++)
        if (!atom_equal(&a->atoms.at[i], &b->atoms.at[i])) return false;
    return true;
}

static bool span_equal(struct span a, struct span b)
{
    return a.unit == b.unit && a.number == b.number;
}

/* Who owes it and what; not when. */
static bool deed_equal(const struct duty *a, const struct duty *b)
{
    return a->actor == b->actor && who_equal(&a->bearer, &b->bearer) && a->modal == b->modal &&
           a->act == b->act && roles_equal(&a->object, &b->object) &&
           channels_equal(&a->channels, &b->channels) && a->tell == b->tell;
}

static bool duty_equal(const struct duty *a, const struct duty *b)
{
    return deed_equal(a, b) && a->when == b->when && a->once == b->once &&
           span_equal(a->within, b->within) && span_equal(a->keep, b->keep) &&
           slice_equal(a->until, b->until) && a->conditional == b->conditional &&
           atom_equal(&a->condition, &b->condition) && roles_equal(&a->otherwise, &b->otherwise) &&
           a->instead == b->instead;
}

static bool need_equal(const struct need *a, const struct need *b)
{
    return a->record == b->record && roles_equal(&a->from, &b->from) && a->another == b->another &&
           a->every == b->every && a->conditional == b->conditional && a->unless == b->unless &&
           atom_equal(&a->condition, &b->condition);
}

static bool refs_equal(const struct tail *a, const struct tail *b)
{
    if (a->refs.count != b->refs.count) return false;
    for (size_t i = 0; i < a->refs.count; i++) {
        const struct ref *x = &a->refs.at[i];
        const struct ref *y = &b->refs.at[i];
        if (x->every != y->every || x->section != y->section || x->law != y->law) return false;
        if (!slice_equal(x->id, y->id)) return false;
    }
    return true;
}

static bool tail_equal(const struct tail *a, const struct tail *b)
{
    return a->kind == b->kind && a->reading == b->reading && a->not_reading == b->not_reading &&
           condition_equal(&a->condition, &b->condition) && a->unless == b->unless &&
           duty_equal(&a->duty, &b->duty) && need_equal(&a->need, &b->need) &&
           channels_equal(&a->channels, &b->channels) && slice_equal(a->text, b->text) &&
           a->fact == b->fact && a->unknown.kind == b->unknown.kind &&
           a->unknown.value == b->unknown.value && a->unknown.role == b->unknown.role &&
           refs_equal(a, b);
}

static bool below_equal(const struct statement *a, const struct statement *b)
{
    if (a->tails.count != b->tails.count || a->duties.count != b->duties.count) return false;
    for (size_t i = 0; i < a->tails.count; i++)
        if (!tail_equal(&a->tails.at[i], &b->tails.at[i])) return false;
    for (size_t i = 0; i < a->duties.count; i++)
        if (!duty_equal(&a->duties.at[i], &b->duties.at[i]) ||
            a->duty_readings.at[i] != b->duty_readings.at[i])
            return false;
    return true;
}

bool rule_equal(const struct statement *a, const struct statement *b)
{
    return a->kind == b->kind && a->reading == b->reading && a->not_reading == b->not_reading &&
           who_equal(&a->who, &b->who) && a->modal == b->modal && acts_equal(&a->acts, &b->acts) &&
           need_equal(&a->need, &b->need) && a->judge == b->judge && a->place == b->place &&
           a->index == b->index && a->includes == b->includes &&
           condition_equal(&a->condition, &b->condition) && slice_equal(a->ask, b->ask) &&
           slice_equal(a->record, b->record) && below_equal(a, b);
}
