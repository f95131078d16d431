/* Whom a report goes to; see route.h. */
#include "service/route.h"

#include <string.h>

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
    struct id org;
    int64_t day;
    struct people_ids matter; /* whom it is about, who tells and the family of the former, with
                                 every record linked to theirs; and who has it already */
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

static bool add_subjects(struct search *search, const struct id *subject, const struct id *second,
                         struct error *error)
{
    if (!add_linked(search, subject, error) || !add_linked(search, second, error)) return false;
    size_t subjects = search->matter.list.count;
    for (size_t i = 0; i < subjects; i++) {
        struct id person = search->matter.list.at[i];
        if (!add_family(search, &person, error)) return false;
    }
    return true;
}

bool route_matter(struct record *record, struct db *db, const struct id *subject,
                  const struct id *second, struct arena *arena, struct people_ids *ret_ids,
                  struct error *error)
{
    struct search search = {.record = record, .db = db, .arena = arena};
    if (!add_subjects(&search, subject, second, error)) return false;
    *ret_ids = search.matter;
    return true;
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
    if (!people_under(search->db, &search->org, &deputy->org, &under, error)) return false;
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
    if (!people_away(search->db, person, search->day, &away, error)) return false;
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
    if (!people_holders(search->db, role, &search->org, search->day, search->arena, &holders,
                        error))
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

/* The first role with somebody in it, in this order. */
static bool walk(struct search *search, const enum role *line, size_t count,
                 struct route *ret_route, struct error *error)
{
    struct route route = {.vacant = ROLES};
    for (size_t i = 0; i < count && route.count == 0; i++) {
        bool free = false, before = false;
        for (size_t k = 0; k < i; k++) before = before || line[k] == line[i];
        if (before) continue;
        if (!try_role(search, line[i], &route, &free, error)) return false;
        route.role = line[i];
        if (!free && route.vacant == ROLES) route.vacant = line[i];
    }
    *ret_route = route;
    return true;
}

static const enum role behind[] = {ROLE_DSL, ROLE_DEPUTY_DSL, ROLE_HEADTEACHER, ROLE_CHAIR};
#define BEHIND (sizeof behind / sizeof *behind)

bool telling_route(struct record *record, struct db *db, const struct route_plan *plan,
                   struct route *ret_route, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    enum role line[1 + BEHIND] = {plan->role};
    struct search search = {
        .record = record, .db = db, .arena = arena, .org = plan->org, .day = plan->day};
    memcpy(line + 1, behind, sizeof behind);
    return add_subjects(&search, &plan->subject, &plan->second, error) &&
           add_linked(&search, &plan->teller, error) &&
           walk(&search, line, 1 + BEHIND, ret_route, error);
}

bool duty_route(struct record *record, struct db *db, const struct line_plan *plan,
                struct route *ret_route, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    enum role line[LINE_LARGEST + BEHIND];
    struct search search = {
        .record = record, .db = db, .arena = arena, .org = plan->org, .day = plan->day};
    memcpy(line, plan->roles, plan->count * sizeof *line);
    memcpy(line + plan->count, behind, sizeof behind);
    if (!add_subjects(&search, &plan->subject, &plan->second, error)) return false;
    for (size_t i = 0; i < plan->had_count; i++)
        if (!add_linked(&search, &plan->had[i], error)) return false;
    return walk(&search, line, plan->count + BEHIND, ret_route, error);
}
