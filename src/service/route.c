/* Whom a report goes to; see route.h. */
#include "service/route.h"

#include "store/keeping.h"

static const struct outside_row outside[] = {
#define OUTSIDE(name, number, for_whom, source, checked)                                           \
    {SLICE(name), SLICE(number), SLICE(for_whom), SLICE(source), SLICE(checked)},
#include "service/outside.def"
#undef OUTSIDE
};

const struct outside_row *outside_rows(size_t *ret_count)
{
    *ret_count = sizeof outside / sizeof *outside;
    return outside;
}

struct slice outside_words(struct arena *arena)
{
    struct text words;
    text_init(&words, 4000);
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        text_format(&words, "%s%.*s: %.*s (%.*s).", i > 0 ? " " : "", SLICE_PRINT(outside[i].name),
                    SLICE_PRINT(outside[i].number), SLICE_PRINT(outside[i].for_whom));
    struct slice copy = arena_copy(arena, text_slice(&words));
    text_clear(&words);
    return copy;
}

/* ---- who is part of the matter -------------------------------------------------------------------- */

struct search {
    struct record *record;
    struct db *db;
    struct arena *arena;
    const struct route_plan *plan;
    struct people_ids
        matter; /* subject, teller and the subject's family, with every record linked to theirs */
    LIST(struct tie_row) ties;
    LIST(struct deputy_row) deputies;
};

static bool add_linked(struct search *search, const struct id *person, struct error *error)
{
    struct id *linked;
    size_t count;
    if (id_is_none(person)) return true;
    if (!people_linked(search->db, person, search->arena, &linked, &count, error)) return false;
    for (size_t i = 0; i < count; i++) LIST_PUSH(search->arena, &search->matter.list, linked[i]);
    return true;
}

static bool keep_tie(void *context, const void *row, struct error *error)
{
    struct search *search = context;
    (void)error;
    LIST_PUSH(search->arena, &search->ties, *(const struct tie_row *)row);
    return true;
}

/* Ended ties count too: family stays family. */
static bool add_family(struct search *search, const struct id *person, struct error *error)
{
    struct id lookup = people_parent_lookup(search->record, person);
    search->ties.count = 0;
    if (!ties_of_child(search->db, person, search->arena, keep_tie, search, error)) return false;
    size_t parents = search->ties.count;
    if (!ties_of_parent(search->db, &lookup, search->arena, keep_tie, search, error)) return false;
    for (size_t i = 0; i < search->ties.count; i++) {
        struct tie_said said;
        bool there = true;
        if (i < parents && !people_tie(search->record, search->db, &search->ties.at[i],
                                       search->arena, &said, &there, error))
            return false;
        const struct id *other = i < parents ? &said.parent : &search->ties.at[i].child;
        if (there && !add_linked(search, other, error)) return false;
    }
    return true;
}

static bool add_matter(struct search *search, struct error *error)
{
    if (!add_linked(search, &search->plan->subject, error)) return false;
    size_t subjects = search->matter.list.count;
    for (size_t i = 0; i < subjects; i++) {
        struct id person = search->matter.list.at[i];
        if (!add_family(search, &person, error)) return false;
    }
    return add_linked(search, &search->plan->teller, error);
}

static bool in_matter(const struct search *search, const struct id *person)
{
    for (size_t i = 0; i < search->matter.list.count; i++)
        if (id_same(&search->matter.list.at[i], person)) return true;
    return false;
}

/* ---- the line ------------------------------------------------------------------------------------- */

static bool keep_deputy(void *context, const void *row, struct error *error)
{
    struct search *search = context;
    const struct deputy_row *deputy = row;
    bool under;
    if (!slice_is(deputy->state, "named")) return true;
    if (!people_under(search->db, &search->plan->org, &deputy->org, &under, error)) return false;
    if (under) LIST_PUSH(search->arena, &search->deputies, *deputy);
    return true;
}

/* Takes those who are not away; `free` says whether anybody was there at all, part of the matter or not. */
static bool take(struct search *search, const struct id *person, struct route *route, bool *free,
                 struct error *error)
{
    struct person_row row;
    bool away, found;
    if (!person_get(search->db, person, search->arena, &row, &found, error)) return false;
    if (!found || !slice_is(row.state, "here")) return true;
    if (!people_away(search->db, person, search->plan->day, &away, error)) return false;
    if (away) return true;
    *free = true;
    for (size_t i = 0; i < route->count; i++)
        if (id_same(&route->people[i], person)) return true;
    if (!in_matter(search, person) && route->count < ROUTE_LARGEST)
        route->people[route->count++] = *person;
    return true;
}

static bool try_role(struct search *search, enum role role, struct route *route, bool *free,
                     struct error *error)
{
    struct people_ids holders = {0};
    if (!people_holders(search->db, role, &search->plan->org, search->plan->day, search->arena,
                        &holders, error))
        return false;
    for (size_t i = 0; i < holders.list.count; i++)
        if (!take(search, &holders.list.at[i], route, free, error)) return false;
    search->deputies.count = 0;
    if (route->count > 0) return true;
    if (!deputies_of(search->db, role_row(role)->code, search->arena, keep_deputy, search, error))
        return false;
    for (size_t i = 0; i < search->deputies.count && route->count == 0; i++)
        if (!take(search, &search->deputies.at[i].person, route, free, error)) return false;
    return true;
}

bool telling_route(struct record *record, struct db *db, const struct route_plan *plan,
                   struct route *ret_route, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    const enum role line[] = {plan->role, ROLE_DSL, ROLE_DEPUTY_DSL, ROLE_HEADTEACHER, ROLE_CHAIR};
    struct search search = {.record = record, .db = db, .arena = arena, .plan = plan};
    struct route route = {.vacant = ROLES};
    if (!add_matter(&search, error)) return false;
    for (size_t i = 0; i < sizeof line / sizeof *line && route.count == 0; i++) {
        bool free = false;
        if (i > 0 && line[i] == plan->role) continue;
        if (!try_role(&search, line[i], &route, &free, error)) return false;
        route.role = line[i];
        if (!free && route.vacant == ROLES) route.vacant = line[i];
    }
    *ret_route = route;
    return true;
}
