/* People and what they are: the statements; see people.h. */
#include "store/people.h"

#include <stddef.h>

/* ---- org ---- */

static const struct column org_columns[] = {
    {COLUMN_ID, offsetof(struct org_row, id)},       {COLUMN_TEXT, offsetof(struct org_row, kind)},
    {COLUMN_ID, offsetof(struct org_row, parent)},   {COLUMN_TEXT, offsetof(struct org_row, name)},
    {COLUMN_TEXT, offsetof(struct org_row, source)}, {COLUMN_TEXT, offsetof(struct org_row, state)},
};
DB_STATEMENT(org_put_sql,
             "INSERT INTO org (id, kind, parent, name, source, state) "
             "VALUES ($1, $2, $3, $4, $5, $6) "
             "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, parent = excluded.parent, name "
             "= excluded.name, source = excluded.source, state = excluded.state");
TABLE(org_table, struct org_row, org_columns, org_put_sql);

bool org_put(struct db *db, const struct org_row *row, struct error *error)
{
    return row_put(db, &org_table, row, error);
}

DB_STATEMENT(orgs_each_sql, "SELECT id, kind, parent, name, source, state FROM org ORDER BY id");
bool orgs_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
               struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &orgs_each_sql);
    return row_each(&query, &org_table, arena, visit, context, error);
}

/* ---- person ---- */

static const struct column person_columns[] = {
    {COLUMN_ID, offsetof(struct person_row, id)},
    {COLUMN_ID, offsetof(struct person_row, org)},
    {COLUMN_TEXT, offsetof(struct person_row, state)},
    {COLUMN_NUMBER, offsetof(struct person_row, details)},
    {COLUMN_TEXT, offsetof(struct person_row, source)},
    {COLUMN_NUMBER, offsetof(struct person_row, joined)},
    {COLUMN_NUMBER, offsetof(struct person_row, gone)},
};
DB_STATEMENT(
    person_put_sql,
    "INSERT INTO person (id, org, state, details, source, joined, gone) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) "
    "ON CONFLICT (id) DO UPDATE SET org = excluded.org, state = excluded.state, details = "
    "excluded.details, source = excluded.source, joined = excluded.joined, gone = excluded.gone");
TABLE(person_table, struct person_row, person_columns, person_put_sql);

bool person_put(struct db *db, const struct person_row *row, struct error *error)
{
    return row_put(db, &person_table, row, error);
}

DB_STATEMENT(person_get_sql,
             "SELECT id, org, state, details, source, joined, gone FROM person WHERE id = $1");
bool person_get(struct db *db, const struct id *key, struct arena *arena,
                struct person_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &person_get_sql);
    bind_id(&query, key);
    return row_first(&query, &person_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(people_each_sql, "SELECT id, org, state, details, source, joined, gone FROM person");
bool people_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                 struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &people_each_sql);
    return row_each(&query, &person_table, arena, visit, context, error);
}

/* ---- identifier ---- */

static const struct column identifier_columns[] = {
    {COLUMN_ID, offsetof(struct identifier_row, lookup)},
    {COLUMN_TEXT, offsetof(struct identifier_row, kind)},
    {COLUMN_ID, offsetof(struct identifier_row, person)},
};
DB_STATEMENT(identifier_put_sql,
             "INSERT INTO identifier (lookup, kind, person) "
             "VALUES ($1, $2, $3) "
             "ON CONFLICT (lookup) DO UPDATE SET kind = excluded.kind, person = excluded.person");
TABLE(identifier_table, struct identifier_row, identifier_columns, identifier_put_sql);

bool identifier_put(struct db *db, const struct identifier_row *row, struct error *error)
{
    return row_put(db, &identifier_table, row, error);
}

DB_STATEMENT(identifier_get_sql, "SELECT lookup, kind, person FROM identifier WHERE lookup = $1");
bool identifier_get(struct db *db, const struct id *key, struct arena *arena,
                    struct identifier_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &identifier_get_sql);
    bind_id(&query, key);
    return row_first(&query, &identifier_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(identifiers_of_sql,
             "SELECT lookup, kind, person FROM identifier WHERE person = $1 ORDER BY lookup");
bool identifiers_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                    void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &identifiers_of_sql);
    bind_id(&query, key);
    return row_each(&query, &identifier_table, arena, visit, context, error);
}

DB_STATEMENT(identifiers_each_sql, "SELECT lookup, kind, person FROM identifier ORDER BY lookup");
bool identifiers_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                      struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &identifiers_each_sql);
    return row_each(&query, &identifier_table, arena, visit, context, error);
}

DB_STATEMENT(identifiers_drop_sql, "DELETE FROM identifier WHERE person = $1");
bool identifiers_drop(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &identifiers_drop_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

DB_STATEMENT(identifier_drop_sql, "DELETE FROM identifier WHERE lookup = $1");
bool identifier_drop(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &identifier_drop_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

/* ---- role ---- */

static const struct column role_columns[] = {
    {COLUMN_ID, offsetof(struct role_held, id)},
    {COLUMN_ID, offsetof(struct role_held, person)},
    {COLUMN_TEXT, offsetof(struct role_held, role)},
    {COLUMN_ID, offsetof(struct role_held, org)},
    {COLUMN_NUMBER, offsetof(struct role_held, since)},
    {COLUMN_NUMBER, offsetof(struct role_held, until)},
    {COLUMN_TEXT, offsetof(struct role_held, state)},
    {COLUMN_TEXT, offsetof(struct role_held, source)},
    {COLUMN_ID, offsetof(struct role_held, proposer)},
    {COLUMN_ID, offsetof(struct role_held, first_yes)},
    {COLUMN_ID, offsetof(struct role_held, second_yes)},
};
DB_STATEMENT(role_put_sql,
             "INSERT INTO role (id, person, role, org, since, until, state, source, proposer, "
             "first_yes, second_yes) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
             "ON CONFLICT (id) DO UPDATE SET person = excluded.person, role = excluded.role, org = "
             "excluded.org, since = excluded.since, until = excluded.until, state = "
             "excluded.state, source = excluded.source, proposer = excluded.proposer, first_yes = "
             "excluded.first_yes, second_yes = excluded.second_yes");
TABLE(role_table, struct role_held, role_columns, role_put_sql);

bool role_put(struct db *db, const struct role_held *row, struct error *error)
{
    return row_put(db, &role_table, row, error);
}

DB_STATEMENT(role_get_sql, "SELECT id, person, role, org, since, until, state, source, proposer, "
                           "first_yes, second_yes FROM role WHERE id = $1");
bool role_get(struct db *db, const struct id *key, struct arena *arena, struct role_held *ret_row,
              bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &role_get_sql);
    bind_id(&query, key);
    return row_first(&query, &role_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(roles_of_sql, "SELECT id, person, role, org, since, until, state, source, proposer, "
                           "first_yes, second_yes FROM role WHERE person = $1 ORDER BY id");
bool roles_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
              void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &roles_of_sql);
    bind_id(&query, key);
    return row_each(&query, &role_table, arena, visit, context, error);
}

DB_STATEMENT(roles_named_sql,
             "SELECT id, person, role, org, since, until, state, source, proposer, first_yes, "
             "second_yes FROM role WHERE role = $1 ORDER BY id");
bool roles_named(struct db *db, struct slice key, struct arena *arena, row_visit *visit,
                 void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &roles_named_sql);
    db_bind_text(&query, key);
    return row_each(&query, &role_table, arena, visit, context, error);
}

DB_STATEMENT(roles_proposed_sql,
             "SELECT id, person, role, org, since, until, state, source, proposer, first_yes, "
             "second_yes FROM role WHERE state = 'proposed' ORDER BY since, id");
bool roles_proposed(struct db *db, struct arena *arena, row_visit *visit, void *context,
                    struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &roles_proposed_sql);
    return row_each(&query, &role_table, arena, visit, context, error);
}

DB_STATEMENT(roles_each_sql, "SELECT id, person, role, org, since, until, state, source, proposer, "
                             "first_yes, second_yes FROM role");
bool roles_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &roles_each_sql);
    return row_each(&query, &role_table, arena, visit, context, error);
}

/* ---- tie ---- */

static const struct column tie_columns[] = {
    {COLUMN_ID, offsetof(struct tie_row, id)},
    {COLUMN_ID, offsetof(struct tie_row, child)},
    {COLUMN_ID, offsetof(struct tie_row, parent_lookup)},
    {COLUMN_NUMBER, offsetof(struct tie_row, details)},
    {COLUMN_TEXT, offsetof(struct tie_row, state)},
    {COLUMN_TEXT, offsetof(struct tie_row, source)},
};
DB_STATEMENT(tie_put_sql, "INSERT INTO tie (id, child, parent_lookup, details, state, source) "
                          "VALUES ($1, $2, $3, $4, $5, $6) "
                          "ON CONFLICT (id) DO UPDATE SET child = excluded.child, parent_lookup = "
                          "excluded.parent_lookup, details = excluded.details, state = "
                          "excluded.state, source = excluded.source");
TABLE(tie_table, struct tie_row, tie_columns, tie_put_sql);

bool tie_put(struct db *db, const struct tie_row *row, struct error *error)
{
    return row_put(db, &tie_table, row, error);
}

DB_STATEMENT(tie_get_sql,
             "SELECT id, child, parent_lookup, details, state, source FROM tie WHERE id = $1");
bool tie_get(struct db *db, const struct id *key, struct arena *arena, struct tie_row *ret_row,
             bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &tie_get_sql);
    bind_id(&query, key);
    return row_first(&query, &tie_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(ties_of_child_sql, "SELECT id, child, parent_lookup, details, state, source FROM tie "
                                "WHERE child = $1 ORDER BY id");
bool ties_of_child(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                   void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &ties_of_child_sql);
    bind_id(&query, key);
    return row_each(&query, &tie_table, arena, visit, context, error);
}

DB_STATEMENT(ties_of_parent_sql, "SELECT id, child, parent_lookup, details, state, source FROM tie "
                                 "WHERE parent_lookup = $1 ORDER BY id");
bool ties_of_parent(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                    void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &ties_of_parent_sql);
    bind_id(&query, key);
    return row_each(&query, &tie_table, arena, visit, context, error);
}

DB_STATEMENT(ties_each_sql, "SELECT id, child, parent_lookup, details, state, source FROM tie");
bool ties_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
               struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &ties_each_sql);
    return row_each(&query, &tie_table, arena, visit, context, error);
}

DB_STATEMENT(ties_drop_child_sql, "DELETE FROM tie WHERE child = $1");
bool ties_drop_child(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &ties_drop_child_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

DB_STATEMENT(ties_drop_parent_sql, "DELETE FROM tie WHERE parent_lookup = $1");
bool ties_drop_parent(struct db *db, const struct id *key, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &ties_drop_parent_sql);
    bind_id(&query, key);
    return db_do(&query, NULL, error);
}

/* ---- same_person ---- */

static const struct column same_person_columns[] = {
    {COLUMN_ID, offsetof(struct same_row, id)},
    {COLUMN_ID, offsetof(struct same_row, one)},
    {COLUMN_ID, offsetof(struct same_row, other)},
    {COLUMN_TEXT, offsetof(struct same_row, state)},
};
DB_STATEMENT(same_person_put_sql, "INSERT INTO same_person (id, one, other, state) "
                                  "VALUES ($1, $2, $3, $4) "
                                  "ON CONFLICT (id) DO UPDATE SET one = excluded.one, other = "
                                  "excluded.other, state = excluded.state");
TABLE(same_person_table, struct same_row, same_person_columns, same_person_put_sql);

bool same_person_put(struct db *db, const struct same_row *row, struct error *error)
{
    return row_put(db, &same_person_table, row, error);
}

DB_STATEMENT(same_get_sql, "SELECT id, one, other, state FROM same_person WHERE id = $1");
bool same_get(struct db *db, const struct id *key, struct arena *arena, struct same_row *ret_row,
              bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &same_get_sql);
    bind_id(&query, key);
    return row_first(&query, &same_person_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(
    same_of_sql,
    "SELECT id, one, other, state FROM same_person WHERE one = $1 OR other = $1 ORDER BY id");
bool same_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
             void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &same_of_sql);
    bind_id(&query, key);
    return row_each(&query, &same_person_table, arena, visit, context, error);
}

DB_STATEMENT(same_each_sql, "SELECT id, one, other, state FROM same_person ORDER BY id");
bool same_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
               struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &same_each_sql);
    return row_each(&query, &same_person_table, arena, visit, context, error);
}
