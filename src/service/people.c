/* People in the tables: rows that must be there, linked records, organisations above, details and parents; see people.h.
 * Roles of a day stand in people_roles.c. */
#include "service/people.h"

#include <string.h>

#define ABOVE_LARGEST 32 /* organisations above one another */

bool people_row(struct db *db, const struct id *person, struct arena *arena,
                struct person_row *ret_row, struct error *error)
{
    bool found;
    if (!person_get(db, person, arena, ret_row, &found, error)) return false;
    return found || error_set(error, ERROR_REQUEST, "nobody in the record has this number");
}

/* ---- linked records ---- */

struct linking {
    struct arena *arena;
    LIST(struct id) ids;
};

static void add_id(struct linking *linking, const struct id *id)
{
    for (size_t i = 0; i < linking->ids.count; i++)
        if (id_same(&linking->ids.at[i], id)) return;
    LIST_PUSH(linking->arena, &linking->ids, *id);
}

static bool add_linked(void *context, const void *row, struct error *error)
{
    struct linking *linking = context;
    const struct same_row *same = row;
    (void)error;
    if (!slice_is(same->state, "linked") || linking->ids.count >= LINKED_LARGEST) return true;
    add_id(linking, &same->one);
    add_id(linking, &same->other);
    return true;
}

bool people_linked(struct db *db, const struct id *person, struct arena *arena, struct id **ret_ids,
                   size_t *ret_count, struct error *error)
{
    struct linking linking = {.arena = arena};
    add_id(&linking, person);
    for (size_t i = 0; i < linking.ids.count; i++) {
        struct id id = linking.ids.at[i];
        if (!same_of(db, &id, arena, add_linked, &linking, error)) return false;
    }
    *ret_ids = linking.ids.at;
    *ret_count = linking.ids.count;
    return true;
}

bool people_same(struct db *db, const struct id *a, const struct id *b, bool *ret_same,
                 struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct id *ids;
    size_t count;
    *ret_same = id_same(a, b);
    if (*ret_same || id_is_none(a) || id_is_none(b)) return true;
    if (!people_linked(db, a, arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (id_same(&ids[i], b)) *ret_same = true;
    return true;
}

/* ---- organisations ---- */

struct orgs {
    struct arena *arena;
    LIST(struct org_row) list;
};

static bool add_org(void *context, const void *row, struct error *error)
{
    struct orgs *orgs = context;
    (void)error;
    LIST_PUSH(orgs->arena, &orgs->list, *(const struct org_row *)row);
    return true;
}

static const struct org_row *find_org(const struct orgs *orgs, const struct id *id)
{
    for (size_t i = 0; i < orgs->list.count; i++)
        if (id_same(&orgs->list.at[i].id, id)) return &orgs->list.at[i];
    return NULL;
}

static bool stands_under(const struct orgs *orgs, const struct id *org, const struct id *over)
{
    struct id at = *org;
    for (size_t steps = 0; steps < ABOVE_LARGEST; steps++) {
        if (id_same(&at, over)) return true;
        const struct org_row *row = find_org(orgs, &at);
        if (row == NULL || id_is_none(&row->parent)) return false;
        at = row->parent;
    }
    return false;
}

bool people_org(struct db *db, const struct id *org, struct arena *arena, struct org_row *ret_row,
                struct error *error)
{
    struct orgs orgs = {.arena = arena};
    if (!orgs_each(db, arena, add_org, &orgs, error)) return false;
    const struct org_row *row = find_org(&orgs, org);
    if (row == NULL) return error_set(error, ERROR_REQUEST, "the record has no such organisation");
    *ret_row = *row;
    return true;
}

bool people_under(struct db *db, const struct id *org, const struct id *over, bool *ret_under,
                  struct error *error)
{
    *ret_under = id_is_none(org) || id_is_none(over) || id_same(org, over);
    if (*ret_under) return true;
    AUTO(arena) struct arena *arena = arena_new();
    struct orgs orgs = {.arena = arena};
    if (!orgs_each(db, arena, add_org, &orgs, error)) return false;
    *ret_under = stands_under(&orgs, org, over);
    return true;
}

bool people_org_above(struct db *db, const struct id *a, const struct id *b, struct id *ret_org,
                      struct error *error)
{
    *ret_org = *a;
    if (id_same(a, b)) return true;
    AUTO(arena) struct arena *arena = arena_new();
    struct orgs orgs = {.arena = arena};
    if (!orgs_each(db, arena, add_org, &orgs, error)) return false;
    for (size_t steps = 0; steps < ABOVE_LARGEST && !stands_under(&orgs, b, ret_org); steps++) {
        const struct org_row *row = find_org(&orgs, ret_org);
        if (row == NULL || id_is_none(&row->parent)) break;
        *ret_org = row->parent;
    }
    return true;
}

/* ---- parents ---- */

struct id people_parent_lookup(const struct record *record, const struct id *parent)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(parent, hex);
    return record_lookup(record, "parent", slice_of(hex));
}

bool tie_read(const struct pairs *pairs, struct tie_said *ret_said)
{
    *ret_said = (struct tie_said){.reason = pairs_value(pairs, "reason")};
    ret_said->barred = slice_is(pairs_value(pairs, "barred"), "yes");
    ret_said->linked = slice_is(pairs_value(pairs, "linked"), "yes");
    ret_said->lift_asked = id_read(pairs_value(pairs, "lift"), &ret_said->asked_by);
    return id_read(pairs_value(pairs, "parent"), &ret_said->parent);
}

bool people_tie(struct record *record, struct db *db, const struct tie_row *row,
                struct arena *arena, struct tie_said *ret_said, bool *ret_there,
                struct error *error)
{
    struct pairs pairs;
    *ret_said = (struct tie_said){.reason = SLICE_EMPTY};
    if (!record_part(record, db, (uint64_t)row->details, &row->child, arena, &pairs, ret_there,
                     error))
        return false;
    if (!*ret_there) return true;
    return tie_read(&pairs, ret_said) ||
           error_set(error, ERROR_READ, "the sealed part of a parent's link names nobody");
}

struct tie_search {
    struct id child;
    struct tie_row *row;
    bool *found;
};

static bool match_tie(void *context, const void *row, struct error *error)
{
    struct tie_search *search = context;
    const struct tie_row *tie = row;
    (void)error;
    if (id_same(&tie->child, &search->child)) {
        *search->row = *tie;
        *search->found = true;
    }
    return true;
}

bool people_tie_of(struct record *record, struct db *db, const struct id *parent,
                   const struct id *child, struct arena *arena, struct tie_row *ret_row,
                   bool *ret_found, struct error *error)
{
    struct id lookup = people_parent_lookup(record, parent);
    struct tie_search search = {*child, ret_row, ret_found};
    *ret_found = false;
    return ties_of_parent(db, &lookup, arena, match_tie, &search, error);
}

struct bar_search {
    struct record *record;
    struct db *db;
    struct arena *arena;
    const struct id *parent;
    bool barred;
};

static bool match_bar(void *context, const void *row, struct error *error)
{
    struct bar_search *search = context;
    struct tie_said said;
    bool there, same;
    if (search->barred) return true;
    if (!people_tie(search->record, search->db, row, search->arena, &said, &there, error))
        return false;
    if (!there || !said.barred) return true;
    if (!people_same(search->db, &said.parent, search->parent, &same, error)) return false;
    search->barred = same;
    return true;
}

bool people_barred(struct record *record, struct db *db, const struct id *parent,
                   const struct id *child, bool *ret_barred, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct bar_search search = {record, db, arena, parent, false};
    struct id *ids;
    size_t count;
    *ret_barred = false;
    if (id_is_none(parent) || id_same(parent, child)) return true;
    if (!people_linked(db, child, arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (!ties_of_child(db, &ids[i], arena, match_bar, &search, error)) return false;
    *ret_barred = search.barred;
    return true;
}

struct barred_search {
    struct record *record;
    struct db *db;
    struct arena *arena;
    struct people_ids *children;
};

static bool add_barred(void *context, const void *row, struct error *error)
{
    struct barred_search *search = context;
    const struct tie_row *tie = row;
    struct tie_said said;
    struct id *ids;
    size_t count;
    bool there;
    if (!people_tie(search->record, search->db, tie, search->arena, &said, &there, error))
        return false;
    if (!there || !said.barred) return true;
    if (!people_linked(search->db, &tie->child, search->arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++) LIST_PUSH(search->arena, &search->children->list, ids[i]);
    return true;
}

bool people_barred_children(struct record *record, struct db *db, const struct id *parent,
                            struct arena *arena, struct people_ids *ret_children,
                            struct error *error)
{
    struct barred_search search = {record, db, arena, ret_children};
    struct id *ids;
    size_t count;
    *ret_children = (struct people_ids){0};
    if (id_is_none(parent)) return true;
    if (!people_linked(db, parent, arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++) {
        struct id lookup = people_parent_lookup(record, &ids[i]);
        if (!ties_of_parent(db, &lookup, arena, add_barred, &search, error)) return false;
    }
    return true;
}

/* ---- details ---- */

struct id people_identifier_lookup(const struct record *record, const char *kind,
                                   struct slice value, struct arena *arena)
{
    if (strcmp(kind, "email") != 0) return record_lookup(record, kind, value);
    char *small = arena_take(arena, value.length + 1, 1);
    for (size_t i = 0; i < value.length; i++) {
        char c = value.at[i];
        small[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return record_lookup(record, kind, (struct slice){small, value.length});
}

bool people_details(struct record *record, struct db *db, const struct person_row *row,
                    struct arena *arena, struct pairs *ret_pairs, bool *ret_there,
                    struct error *error)
{
    *ret_pairs = (struct pairs){0};
    *ret_there = false;
    if (row->details == ROW_NOTHING) return true;
    return record_part(record, db, (uint64_t)row->details, &row->id, arena, ret_pairs, ret_there,
                       error);
}
