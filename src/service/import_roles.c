/* What people are, by the file: plain roles are given and end, roles of trust are proposed and nothing more, and whoever brings
 * the file keeps the roles they have. Roles that were given by hand, or by another system, are left alone. */
#include "service/import_parts.h"

#include "base/date.h"

static enum role role_for(enum roster_role role)
{
    switch (role) {
    case ROSTER_TEACHER: return ROLE_TEACHER;
    case ROSTER_TEACHING_ASSISTANT: return ROLE_TEACHING_ASSISTANT;
    case ROSTER_SUPPORT_STAFF: return ROLE_EMPLOYEE;
    case ROSTER_HEADTEACHER: return ROLE_HEADTEACHER;
    case ROSTER_SAFEGUARDING_LEAD: return ROLE_DSL;
    case ROSTER_ADMINISTRATOR: return ROLE_ADMINISTRATOR;
    case ROSTER_CONTRACTOR: return ROLE_CONTRACTOR;
    case ROSTER_VOLUNTEER: return ROLE_VOLUNTEER;
    case ROSTER_GOVERNOR:
    case ROSTER_TRUSTEE: return ROLE_GOVERNOR;
    case ROSTER_PUPIL: return ROLE_PUPIL;
    case ROSTER_PARENT: return ROLE_PARENT;
    case ROSTER_VISITOR: return ROLE_VISITOR;
    default: return ROLES;
    }
}

static int64_t day_of(struct date date, int64_t without)
{
    return date.year != 0 ? date_to_day(date) : without;
}

/* A role of the record that is held or will be. */
static bool runs(const struct planning *planning, const struct role_held *row)
{
    return slice_is(row->state, "held") &&
           (row->until == ROW_NOTHING || row->until >= planning->today);
}

static bool matches(const struct role_held *row, enum role role, const struct plan_org *org)
{
    return role_of(row->role) == role && !id_is_none(&org->id) && id_same(&row->org, &org->id);
}

/* ---- one role of the file ---- */

enum known_as { KNOWN_NOT, KNOWN_RUNS, KNOWN_ANSWERED };

/* KNOWN_ANSWERED: it waits for its confirmation, or was refused: it is not proposed again each night. */
static enum known_as look_up(const struct planning *planning, size_t person, enum role role,
                             const struct plan_org *org, const struct role_held **ret_row)
{
    enum known_as found = KNOWN_NOT;
    size_t known = planning->parts->people.at[person].known;
    if (known == NOWHERE) return KNOWN_NOT;
    size_t at = planning->known.people.at[known].roles;
    for (; at != NOWHERE; at = planning->known.roles.at[at].next) {
        const struct role_held *row = &planning->known.roles.at[at].row;
        if (!matches(row, role, org)) continue;
        if (runs(planning, row)) {
            *ret_row = row;
            return KNOWN_RUNS;
        }
        if (slice_is(row->state, "proposed") || slice_is(row->state, "refused"))
            found = KNOWN_ANSWERED;
    }
    return found;
}

/* In this plan already: two of their roles may be one of ours. */
static bool planned(const struct planning *planning, size_t person, enum role role,
                    const struct plan_org *org)
{
    for (size_t i = planning->parts->roles.count; i > 0; i--) {
        const struct plan_role *other = &planning->parts->roles.at[i - 1];
        if (other->person != person) return false;
        if (other->role == role && other->what != PLAN_END &&
            (other->org == org || (!id_is_none(&org->id) && id_same(&other->org->id, &org->id))))
            return true;
    }
    return false;
}

static void add(struct planning *planning, struct plan_role role)
{
    struct plan_person *person = &planning->parts->people.at[role.person];
    size_t *counts[] = {[PLAN_GIVE] = &planning->plan->given,
                        [PLAN_PROPOSE] = &planning->plan->proposed,
                        [PLAN_END] = &planning->plan->ended};
    LIST_PUSH(planning->arena, &planning->parts->roles, role);
    (*counts[role.what])++;
    if (person->known != NOWHERE) person->changes |= PLAN_ROLES;
}

static void end(struct planning *planning, size_t person, const struct role_held *row, int64_t last)
{
    add(planning, (struct plan_role){.person = person,
                                     .what = PLAN_END,
                                     .role = role_of(row->role),
                                     .until = last,
                                     .held = row});
}

/* Its last day as the file has it; a role of trust keeps the one that people gave it. */
static void compare_end(struct planning *planning, size_t person, const struct role_held *row,
                        const struct roster_held *held)
{
    int64_t last = day_of(held->until, ROW_NOTHING);
    if (last == ROW_NOTHING || row->until == last || role_row(role_of(row->role))->trusted) return;
    if (last < row->since) return;
    end(planning, person, row, last);
}

static void take_role(struct planning *planning, size_t person, const struct roster_held *held)
{
    const struct roster_person *who = &planning->roster->people.at[person];
    enum role role = role_for(held->role);
    const struct plan_org *org = plan_org_of(planning, held);
    const struct role_held *row = NULL;
    if (role == ROLES) return;
    if (org == NULL) {
        plan_problem(planning, who->id, SLICE_EMPTY,
                     "a role is at an organisation that the record does not have",
                     ROSTER_FIELD_LEFT_OUT);
        return;
    }
    bool trusted = role_row(role)->trusted;
    enum known_as known = look_up(planning, person, role, org, &row);
    if (known == KNOWN_RUNS) {
        compare_end(planning, person, row, held);
        return;
    }
    int64_t until = day_of(held->until, ROW_NOTHING);
    int64_t since = day_of(held->from, planning->today);
    if (until != ROW_NOTHING && (until < planning->today || until < since)) return;
    if ((trusted && known == KNOWN_ANSWERED) || planned(planning, person, role, org)) return;
    add(planning, (struct plan_role){.person = person,
                                     .what = trusted ? PLAN_PROPOSE : PLAN_GIVE,
                                     .role = role,
                                     .org = org,
                                     .since = since,
                                     .until = until});
}

/* ---- roles that the file no longer has ---- */

static bool is_said(struct planning *planning, const struct roster_person *person,
                    const struct role_held *row, bool removed)
{
    for (const struct roster_held *held = person->roles; held != NULL; held = held->next) {
        if (held->removed != removed || role_for(held->role) != role_of(row->role)) continue;
        const struct plan_org *org = plan_org_of(planning, held);
        int64_t until = day_of(held->until, ROW_NOTHING);
        bool over = !removed && until != ROW_NOTHING && until < planning->today;
        if (org != NULL && !over && !id_is_none(&org->id) && id_same(&org->id, &row->org))
            return true;
    }
    return false;
}

/* Only what this source gave; roles of trust are ended by people. In a file of changes, what it takes away. */
static void end_others(struct planning *planning, size_t person)
{
    const struct roster_person *who = &planning->roster->people.at[person];
    size_t at = planning->known.people.at[planning->parts->people.at[person].known].roles;
    bool whole = planning->roster->whole_people;
    for (; at != NOWHERE; at = planning->known.roles.at[at].next) {
        const struct role_held *row = &planning->known.roles.at[at].row;
        enum role role = role_of(row->role);
        if (role == ROLES || role_row(role)->trusted || !runs(planning, row)) continue;
        if (!slice_equal(row->source, planning->import->source)) continue;
        bool said = is_said(planning, who, row, false);
        bool taken = is_said(planning, who, row, true);
        bool spoken = plan_speaks_of(planning, &row->org);
        if (!said && (taken || (whole && spoken))) end(planning, person, row, planning->today - 1);
    }
}

static bool would_change(const struct planning *planning, size_t before)
{
    return planning->parts->roles.count > before;
}

/* Nobody changes their own roles, by a file neither. */
static void take_back(struct planning *planning, size_t person, size_t before)
{
    struct plan_parts *parts = planning->parts;
    if (!would_change(planning, before)) return;
    for (size_t i = before; i < parts->roles.count; i++) {
        enum plan_role_what what = parts->roles.at[i].what;
        size_t *count = what == PLAN_GIVE      ? &planning->plan->given
                        : what == PLAN_PROPOSE ? &planning->plan->proposed
                                               : &planning->plan->ended;
        (*count)--;
    }
    parts->roles.count = before;
    parts->people.at[person].changes &= ~(unsigned)PLAN_ROLES;
    plan_problem(planning, planning->roster->people.at[person].id, SLICE_EMPTY,
                 "this is you, and nobody changes their own roles: somebody else may bring the "
                 "file, or change them by hand",
                 ROSTER_FIELD_LEFT_OUT);
}

void plan_roles(struct planning *planning, size_t person)
{
    const struct roster_person *who = &planning->roster->people.at[person];
    struct plan_person *entry = &planning->parts->people.at[person];
    size_t before = planning->parts->roles.count;
    for (const struct roster_held *held = who->roles; held != NULL; held = held->next)
        if (!held->removed) take_role(planning, person, held);
    if (entry->known != NOWHERE) end_others(planning, person);
    if (entry->known != NOWHERE && plan_is_own(planning, &entry->id))
        take_back(planning, person, before);
}
