/* What changed lately where somebody leads: versions of the policy, roles of trust that began or ended, calendars. */
#include <stdlib.h>

#include "base/london.h"
#include "service/overview_parts.h"
#include "store/events.h"
#include "store/policies.h"

static bool is_lately(const struct overviewing *making, int64_t day)
{
    return day > making->viewer->today - OVERVIEW_DAYS && day <= making->viewer->today;
}

enum { OF_VERSIONS, OF_CALENDARS, OF_ROLES };

static void add(struct overviewing *making, int64_t day, int rank, struct slice words)
{
    LIST_PUSH(making->arena, &making->overview->changes,
              (struct overview_change){day, rank, words});
}

static struct slice on(const struct overviewing *making, int64_t day)
{
    return date_words(date_from_day(day), making->arena);
}

/* ---- versions ---- */

static struct slice called(const struct overviewing *making, const struct version_row *row)
{
    if (row->number.length == 0) return SLICE("A version of the policy");
    return arena_format(making->arena, "Version %.*s of the policy", SLICE_PRINT(row->number));
}

static void see_approved(struct overviewing *making, const struct version_row *row)
{
    struct slice name = called(making, row);
    int64_t today = making->viewer->today;
    int64_t approved =
        row->approved == ROW_NOTHING ? row->in_force : london_moment(row->approved).day;
    if (is_lately(making, approved) && row->in_force > today)
        add(making, approved, OF_VERSIONS,
            arena_format(making->arena, "%.*s was approved; it is in force from %.*s",
                         SLICE_PRINT(name), SLICE_PRINT(on(making, row->in_force))));
    else if (is_lately(making, row->in_force))
        add(making, row->in_force, OF_VERSIONS,
            arena_format(making->arena, "%.*s came into force", SLICE_PRINT(name)));
}

static bool see_version(void *context, const void *at, struct error *error)
{
    struct overviewing *making = context;
    const struct version_row *row = at;
    struct overview_policy *policy = &making->overview->policy;
    int64_t brought = london_moment(row->brought).day;
    (void)error;
    if (id_same(&row->id, &policy->version)) {
        policy->number = row->number;
        policy->since = row->in_force;
    }
    if (slice_is(row->state, "approved")) see_approved(making, row);
    if (slice_is(row->state, "brought") && is_lately(making, brought))
        add(making, brought, OF_VERSIONS,
            arena_format(making->arena, "%.*s was brought and waits for approval",
                         SLICE_PRINT(called(making, row))));
    return true;
}

/* ---- roles of trust ---- */

static struct slice name_of(const struct overviewing *making, const struct registered *person)
{
    const struct details *details = &person->details;
    if (person->erased || details->family.length == 0) return person->shown_as;
    return arena_format(making->arena, "%.*s %.*s", SLICE_PRINT(details->given),
                        SLICE_PRINT(details->family));
}

static void see_role(struct overviewing *making, const struct registered *person,
                     const struct held_role *held)
{
    const struct role_row *row = role_row(held->role);
    bool began = is_lately(making, held->since), ended = is_lately(making, held->until);
    unsigned sees;
    if (!row->trusted || (!began && !ended) || !viewer_leads(making->viewer, &held->org) ||
        viewer_person(making->viewer, &person->id, &sees) == NULL)
        return;
    const struct org *org = register_org(making->viewer->view, &held->org);
    struct slice name = name_of(making, person);
    struct slice where = org != NULL ? org->name : SLICE_EMPTY;
    add(making, ended ? held->until : held->since, OF_ROLES,
        arena_format(making->arena, "Role %s: %.*s, %.*s (%.*s)", ended ? "ended" : "given",
                     SLICE_PRINT(name), SLICE_PRINT(row->title), SLICE_PRINT(where)));
}

static void see_roles(struct overviewing *making)
{
    const struct register_view *view = making->viewer->view;
    size_t count = register_count(view);
    for (size_t i = 0; i < count; i++) {
        const struct registered *person = register_at(view, i);
        for (size_t k = 0; k < person->role_count; k++) see_role(making, person, &person->roles[k]);
    }
}

/* ---- calendars ---- */

static bool see_calendar(void *context, const void *at, struct error *error)
{
    struct overviewing *making = context;
    const struct calendar_row *row = at;
    const struct org *org = register_org(making->viewer->view, &row->org);
    struct slice body;
    struct event event;
    if (org == NULL || !viewer_leads(making->viewer, &row->org)) return true;
    if (!events_read(making->db, (uint64_t)row->n, making->arena, &body, error) ||
        !event_read(body, making->arena, &event, error))
        return false;
    int64_t day = london_moment(event.at).day;
    if (is_lately(making, day))
        add(making, day, OF_CALENDARS,
            arena_format(making->arena, "The school calendar of %.*s was set",
                         SLICE_PRINT(org->name)));
    return true;
}

/* ---- all ---- */

static int newest_first(const void *a, const void *b)
{
    const struct overview_change *one = a, *other = b;
    if (one->day != other->day) return one->day < other->day ? 1 : -1;
    if (one->rank != other->rank) return one->rank < other->rank ? -1 : 1;
    return slice_compare(one->words, other->words);
}

bool overview_changes(struct overviewing *making, struct error *error)
{
    if (!versions_each(making->db, making->arena, see_version, making, error) ||
        !calendars_each(making->db, making->arena, see_calendar, making, error))
        return false;
    see_roles(making);
    size_t count = making->overview->changes.count;
    if (count > 1)
        qsort(making->overview->changes.at, count, sizeof *making->overview->changes.at,
              newest_first);
    if (count > OVERVIEW_CHANGES_LARGEST)
        making->overview->changes.count = OVERVIEW_CHANGES_LARGEST;
    return true;
}
