/* The terms that came with a file of people: for the schools that it speaks of, where nobody has set a calendar by hand. Nation,
 * minutes and INSET days of such a calendar stay; terms that are over stay too. */
#include "service/calendars.h"
#include "service/import_parts.h"

#define DAYS_BACK 400   /* terms that ended before are not taken */
#define DAYS_AHEAD 1100 /* nor those that begin later */

/* False: there are more than a calendar holds. */
static bool add_terms(struct planning *planning, struct calendar *terms)
{
    const struct roster *roster = planning->roster;
    for (size_t i = 0; i < roster->terms.count; i++) {
        struct term term = {date_to_day(roster->terms.at[i].first),
                            date_to_day(roster->terms.at[i].last)};
        if (term.last < planning->today - DAYS_BACK || term.first > planning->today + DAYS_AHEAD)
            continue;
        if (!calendar_add_term(terms, planning->arena, term)) return false;
    }
    return true;
}

/* Those before the new ones, as many as there is room for; the newest first. */
static void keep_old(struct planning *planning, const struct calendar *old, struct calendar *fresh)
{
    int64_t first = fresh->terms.at[0].first;
    for (size_t i = old->terms.count; i-- > 0;)
        if (old->terms.at[i].last < first - 1 &&
            !calendar_add_term(fresh, planning->arena, old->terms.at[i]))
            return;
}

static bool same_terms(const struct calendar *a, const struct calendar *b)
{
    if (a->terms.count != b->terms.count) return false;
    for (size_t i = 0; i < a->terms.count; i++)
        if (a->terms.at[i].first != b->terms.at[i].first ||
            a->terms.at[i].last != b->terms.at[i].last)
            return false;
    return true;
}

static bool planned_already(const struct planning *planning, const struct plan_org *org)
{
    for (size_t i = 0; i < planning->parts->calendars.count; i++) {
        const struct plan_org *other = planning->parts->calendars.at[i].org;
        if (other == org || (!id_is_none(&org->id) && id_same(&other->id, &org->id))) return true;
    }
    return false;
}

/* A list of its own, since adding to a calendar changes it. */
static struct calendar copy_terms(struct planning *planning, const struct calendar *terms)
{
    struct calendar copy = calendar_unknown();
    for (size_t i = 0; i < terms->terms.count; i++)
        LIST_PUSH(planning->arena, &copy.terms, terms->terms.at[i]);
    return copy;
}

static bool plan_one(struct planning *planning, const struct plan_org *org,
                     const struct calendar *terms, struct error *error)
{
    struct calendar_here here;
    const struct id *at = id_is_none(&org->id) ? &planning->parts->top->id : &org->id;
    if (planned_already(planning, org)) return true;
    if (!calendar_of(planning->db, at, planning->arena, &here, error)) return false;
    if (here.by_hand) return true;
    struct calendar fresh = copy_terms(planning, terms);
    keep_old(planning, &here.calendar, &fresh);
    if (same_terms(&fresh, &here.calendar)) return true;
    fresh.nation = here.calendar.nation;
    fresh.late = here.calendar.late;
    fresh.closed.at = here.calendar.closed.at;
    fresh.closed.count = fresh.closed.space = here.calendar.closed.count;
    LIST_PUSH(planning->arena, &planning->parts->calendars, (struct plan_calendar){org, fresh});
    planning->plan->calendars++;
    return true;
}

bool plan_calendars(struct planning *planning, struct error *error)
{
    struct calendar terms = calendar_unknown();
    bool schools = false;
    if (!add_terms(planning, &terms)) {
        plan_problem(planning, SLICE_EMPTY, SLICE_EMPTY,
                     "the file has more terms than a calendar holds; set the calendar by hand",
                     ROSTER_ONLY_NOTED);
        return true;
    }
    if (terms.terms.count == 0) return true;
    for (size_t i = 0; i < planning->parts->orgs.count; i++) {
        const struct plan_org *org = planning->parts->orgs.at[i];
        if (org == NULL || planning->roster->orgs.at[i].kind != ROSTER_SCHOOL) continue;
        schools = true;
        if (!plan_one(planning, org, &terms, error)) return false;
    }
    return schools || plan_one(planning, planning->parts->top, &terms, error);
}

bool import_calendars(struct desk *desk, const struct plan_parts *parts, struct error *error)
{
    for (size_t i = 0; i < parts->calendars.count; i++) {
        const struct plan_calendar *planned = &parts->calendars.at[i];
        if (!calendar_set(desk, &planned->org->id, &planned->calendar, CALENDAR_BY_IMPORT, error))
            return false;
    }
    return true;
}
