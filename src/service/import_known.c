/* The record as it stands, for a file to be compared with: people, their identifiers as hashes, roles and parents' ties, all
 * read once. Nothing sealed is opened here. */
#include "service/import_parts.h"

static size_t place(const struct map *map, struct slice key)
{
    int64_t at = map_get(map, key);
    return at < 0 ? NOWHERE : (size_t)at;
}

size_t known_person(const struct known_record *known, const struct id *id)
{
    return place(&known->people_at, id_slice(id));
}

size_t known_identifier(const struct known_record *known, const struct id *lookup)
{
    size_t at = place(&known->identifiers_at, id_slice(lookup));
    return at == NOWHERE ? NOWHERE : known->identifiers.at[at].person;
}

static struct slice tie_key(const struct id key[2])
{
    return (struct slice){(const char *)key, 2 * sizeof(struct id)};
}

size_t known_tie(const struct known_record *known, const struct id *child,
                 const struct id *parent_lookup)
{
    struct id key[2] = {*child, *parent_lookup};
    return place(&known->ties_at, tie_key(key));
}

/* ---- rows ---- */

static bool add_org(void *context, const void *row, struct error *error)
{
    struct known_record *known = context;
    (void)error;
    LIST_PUSH(known->arena, &known->orgs, *(const struct org_row *)row);
    return true;
}

static bool add_person(void *context, const void *row, struct error *error)
{
    struct known_record *known = context;
    (void)error;
    LIST_PUSH(known->arena, &known->people,
              (struct known_person){
                  .row = *(const struct person_row *)row, .roles = NOWHERE, .taken = NOWHERE});
    return true;
}

static bool add_identifier(void *context, const void *row, struct error *error)
{
    struct known_record *known = context;
    const struct identifier_row *identifier = row;
    size_t person = known_person(known, &identifier->person);
    (void)error;
    if (person == NOWHERE) return true;
    if (slice_equal(identifier->kind, known->kind)) known->people.at[person].of_source++;
    LIST_PUSH(known->arena, &known->identifiers,
              (struct known_identifier){identifier->lookup, person});
    return true;
}

static bool add_role(void *context, const void *row, struct error *error)
{
    struct known_record *known = context;
    const struct role_held *held = row;
    size_t person = known_person(known, &held->person);
    (void)error;
    if (person == NOWHERE) return true;
    LIST_PUSH(known->arena, &known->roles,
              (struct known_role){*held, known->people.at[person].roles});
    known->people.at[person].roles = known->roles.count - 1;
    return true;
}

static bool add_tie(void *context, const void *row, struct error *error)
{
    struct known_record *known = context;
    const struct tie_row *tie = row;
    (void)error;
    LIST_PUSH(known->arena, &known->ties,
              (struct known_tie){.row = *tie, .key = {tie->child, tie->parent_lookup}});
    return true;
}

/* ---- maps: of what no longer moves ---- */

static void map_people(struct known_record *known)
{
    map_init(&known->people_at, known->arena);
    for (size_t i = 0; i < known->people.count; i++)
        map_set(&known->people_at, id_slice(&known->people.at[i].row.id), (int64_t)i);
}

static void map_rest(struct known_record *known)
{
    map_init(&known->identifiers_at, known->arena);
    map_init(&known->ties_at, known->arena);
    for (size_t i = 0; i < known->identifiers.count; i++)
        map_set(&known->identifiers_at, id_slice(&known->identifiers.at[i].lookup), (int64_t)i);
    for (size_t i = 0; i < known->ties.count; i++)
        map_set(&known->ties_at, tie_key(known->ties.at[i].key), (int64_t)i);
}

bool known_load(struct db *db, struct slice source, struct arena *arena,
                struct known_record *ret_known, struct error *error)
{
    AUTO(arena) struct arena *passing = arena_new();
    struct known_record *known = ret_known;
    *known = (struct known_record){.arena = arena,
                                   .kind = arena_format(arena, "id:%.*s", SLICE_PRINT(source))};
    if (!orgs_each(db, arena, add_org, known, error) ||
        !people_each(db, arena, add_person, known, error))
        return false;
    map_people(known);
    /* of an identifier nothing is kept that lies in the row's own memory */
    if (!identifiers_each(db, passing, add_identifier, known, error) ||
        !roles_each(db, arena, add_role, known, error) ||
        !ties_each(db, arena, add_tie, known, error))
        return false;
    map_rest(known);
    return true;
}
