/* A plan as events: schools and their terms, then person by person with their roles, then parents' links, and at the end
 * whoever leaves. In the act's one transaction, so it is all there or nothing is. Its working memory is reset between people. */
#include <string.h>

#include "service/import_parts.h"
#include "service/setup.h"

#define PROGRESS_EVERY 500
#define LARGE 2000 /* people and links: the database gets more memory for the while */

struct applying {
    struct desk work; /* the act's, with working memory of its own */
    struct planning *planning;
    struct plan_parts *parts;
    struct slice source;
    size_t role; /* the next of the plan's */
    size_t done, all;
    const struct import_order *order;
};

static void forget_working_memory(struct desk *work)
{
    arena_reset(work->arena);
    memset(&work->plain, 0, sizeof work->plain); /* lay in there */
    work->plain_of = NULL;
}

static void step(struct applying *applying)
{
    forget_working_memory(&applying->work);
    applying->done++;
    if (applying->order == NULL || applying->order->progress == NULL) return;
    if (applying->done % PROGRESS_EVERY == 0 || applying->done == applying->all)
        applying->order->progress(applying->order->context, applying->done, applying->all);
}

static bool make_orgs(struct applying *applying, struct error *error)
{
    for (size_t i = 0; i < applying->parts->orgs.count; i++) {
        struct plan_org *org = applying->parts->orgs.at[i];
        if (org == NULL || !id_is_none(&org->id)) continue;
        if (!setup_organisation(&applying->work, org->name, SLICE("school"), org->source, &org->id,
                                error))
            return false;
    }
    return true;
}

/* ---- people ---- */

static bool add_person(struct applying *applying, size_t at, struct error *error)
{
    struct plan_person *entry = &applying->parts->people.at[at];
    struct pairs none = {0}, details;
    plan_details(applying->planning, at, &none, applying->work.arena, &details);
    return people_add(&applying->work, &entry->org->id, &details, applying->source, &entry->id,
                      error);
}

static bool change_person(struct applying *applying, size_t at, struct error *error)
{
    struct desk *work = &applying->work;
    struct plan_person *entry = &applying->parts->people.at[at];
    const struct person_row *row = &applying->planning->known.people.at[entry->known].row;
    struct pairs before, details;
    struct id org = entry->org != NULL ? entry->org->id : (struct id){{0}};
    bool there;
    if ((entry->changes & ~(unsigned)PLAN_ROLES) == 0) return true;
    if (!people_details(work->record, work->db, row, work->arena, &before, &there, error))
        return false;
    if (!there) return true;
    plan_details(applying->planning, at, &before, work->arena, &details);
    return people_change(work, &entry->id, &details, &org, (entry->changes & PLAN_BACK) != 0,
                         applying->source, error);
}

static bool set_role(struct applying *applying, const struct plan_role *role, struct error *error)
{
    struct id made;
    struct role_held held = {.person = applying->parts->people.at[role->person].id,
                             .role = role_row(role->role)->code,
                             .since = role->since,
                             .until = role->until,
                             .state = role->what == PLAN_GIVE ? SLICE("held") : SLICE("proposed"),
                             .source = applying->source};
    if (role->what == PLAN_END)
        return people_end_role(&applying->work, role->held, role->until, error);
    held.org = role->org->id;
    return people_set_role(&applying->work, &held, &made, error);
}

static bool set_roles(struct applying *applying, size_t at, struct error *error)
{
    const struct plan_parts *parts = applying->parts;
    while (applying->role < parts->roles.count && parts->roles.at[applying->role].person == at)
        if (!set_role(applying, &parts->roles.at[applying->role++], error)) return false;
    return true;
}

static bool do_people(struct applying *applying, struct error *error)
{
    for (size_t i = 0; i < applying->parts->people.count; i++) {
        enum plan_what what = applying->parts->people.at[i].what;
        if (what == PLAN_LEAVE) continue;
        if (what == PLAN_JOIN && !add_person(applying, i, error)) return false;
        if (what == PLAN_MOVE && !change_person(applying, i, error)) return false;
        if (!set_roles(applying, i, error)) return false;
        step(applying);
    }
    return true;
}

/* ---- parents ---- */

static struct id end_of(const struct applying *applying, size_t place, const struct id *id)
{
    return place != NOWHERE ? applying->parts->people.at[place].id : *id;
}

static bool end_link(struct applying *applying, const struct plan_link *link, struct error *error)
{
    struct desk *work = &applying->work;
    struct tie_said said;
    struct id tie;
    bool there;
    if (!people_tie(work->record, work->db, link->tie, work->arena, &said, &there, error))
        return false;
    if (!there || !said.linked) return true;
    said.linked = false;
    return people_set_tie(work, &link->tie->id, &link->tie->child, &said, applying->source, &tie,
                          error);
}

/* Between two who were both here before there may lie a bar, which stays; a joiner has nothing to be looked up. */
static bool set_link(struct applying *applying, const struct plan_link *link, struct error *error)
{
    struct id parent = end_of(applying, link->parent, &link->parent_id);
    struct id child = end_of(applying, link->child, &link->child_id);
    struct id tie, none = {{0}};
    bool fresh;
    if (!id_is_none(&link->parent_id) && !id_is_none(&link->child_id))
        return people_link_parent(&applying->work, &child, &parent, applying->source, &tie, &fresh,
                                  error);
    struct tie_said said = {.parent = parent, .linked = true, .reason = SLICE_EMPTY};
    return people_set_tie(&applying->work, &none, &child, &said, applying->source, &tie, error);
}

static bool do_links(struct applying *applying, struct error *error)
{
    for (size_t i = 0; i < applying->parts->links.count; i++) {
        const struct plan_link *link = &applying->parts->links.at[i];
        if (!(link->ends ? end_link : set_link)(applying, link, error)) return false;
        step(applying);
    }
    return true;
}

static bool do_leavers(struct applying *applying, struct error *error)
{
    for (size_t i = 0; i < applying->parts->people.count; i++) {
        const struct plan_person *entry = &applying->parts->people.at[i];
        if (entry->what != PLAN_LEAVE) continue;
        if (!people_leave(&applying->work, &entry->id, entry->day, error)) return false;
        step(applying);
    }
    return true;
}

bool import_apply(struct desk *desk, const struct import *import, struct plan *plan,
                  const struct import_order *order, struct error *error)
{
    AUTO(arena) struct arena *scratch = arena_new();
    struct applying applying = {.work = *desk,
                                .planning = plan->parts->planning,
                                .parts = plan->parts,
                                .source = import->source,
                                .all = plan->parts->people.count + plan->parts->links.count,
                                .order = order};
    if (!make_orgs(&applying, error) || !import_calendars(&applying.work, plan->parts, error))
        return false;
    applying.work.arena = scratch;
    forget_working_memory(&applying.work);
    applying.work.person = (struct id){{0}};
    plan->parts->planning->scratch = scratch;
    bool large = applying.all > LARGE;
    if (large) db_roomy(desk->db, true);
    bool applied =
        do_people(&applying, error) && do_links(&applying, error) && do_leavers(&applying, error);
    plan->parts->planning->scratch = NULL;
    if (large) db_roomy(desk->db, false);
    desk->events = applying.work.events;
    return applied;
}
