/* People and what they are: organisations, persons, identifiers, roles, parent links, linked records.
 * Rows are read and written whole; `X_put` inserts or replaces by the first column. What walks over all people, roles or
 * ties gives them as they lie: an order would cost a search a row. */
#pragma once

#include "store/rows.h"

struct org_row {
    struct id id;
    struct slice kind;
    struct id parent;
    struct slice name;
    struct slice source;
    struct slice state;
};
MUST_USE bool org_put(struct db *db, const struct org_row *row, struct error *error);
MUST_USE bool orgs_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                        struct error *error);

/* details: number of the event that holds the sealed details; state: here, gone, erased */
struct person_row {
    struct id id;
    struct id org;
    struct slice state;
    int64_t details;
    struct slice source;
    int64_t joined;
    int64_t gone;
};
MUST_USE bool person_put(struct db *db, const struct person_row *row, struct error *error);
MUST_USE bool person_get(struct db *db, const struct id *key, struct arena *arena,
                         struct person_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool people_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                          struct error *error);

struct identifier_row {
    struct id lookup;
    struct slice kind;
    struct id person;
};
MUST_USE bool identifier_put(struct db *db, const struct identifier_row *row, struct error *error);
MUST_USE bool identifier_get(struct db *db, const struct id *key, struct arena *arena,
                             struct identifier_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool identifiers_of(struct db *db, const struct id *key, struct arena *arena,
                             row_visit *visit, void *context, struct error *error);
MUST_USE bool identifiers_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                               struct error *error);
MUST_USE bool identifiers_drop(struct db *db, const struct id *key, struct error *error);
MUST_USE bool identifier_drop(struct db *db, const struct id *key, struct error *error);

/* state: proposed, held, refused, ended; days; until: nothing is open */
struct role_held {
    struct id id;
    struct id person;
    struct slice role;
    struct id org;
    int64_t since;
    int64_t until;
    struct slice state;
    struct slice source;
    struct id proposer;
    struct id first_yes;
    struct id second_yes;
};
MUST_USE bool role_put(struct db *db, const struct role_held *row, struct error *error);
MUST_USE bool role_get(struct db *db, const struct id *key, struct arena *arena,
                       struct role_held *ret_row, bool *ret_found, struct error *error);
MUST_USE bool roles_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                       void *context, struct error *error);
MUST_USE bool roles_named(struct db *db, struct slice key, struct arena *arena, row_visit *visit,
                          void *context, struct error *error);
MUST_USE bool roles_proposed(struct db *db, struct arena *arena, row_visit *visit, void *context,
                             struct error *error);
MUST_USE bool roles_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                         struct error *error);

/* parent_lookup: keyed hash of the parent; details: event whose part under the child's key says who, whether linked, whether
 * barred and whether somebody asked to lift the bar; state: linked (a link, a bar or both), ended */
struct tie_row {
    struct id id;
    struct id child;
    struct id parent_lookup;
    int64_t details;
    struct slice state;
    struct slice source;
};
MUST_USE bool tie_put(struct db *db, const struct tie_row *row, struct error *error);
MUST_USE bool tie_get(struct db *db, const struct id *key, struct arena *arena,
                      struct tie_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool ties_of_child(struct db *db, const struct id *key, struct arena *arena,
                            row_visit *visit, void *context, struct error *error);
MUST_USE bool ties_of_parent(struct db *db, const struct id *key, struct arena *arena,
                             row_visit *visit, void *context, struct error *error);
MUST_USE bool ties_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                        struct error *error);
MUST_USE bool ties_drop_child(struct db *db, const struct id *key, struct error *error);
MUST_USE bool ties_drop_parent(struct db *db, const struct id *key, struct error *error);

/* state: linked, parted */
struct same_row {
    struct id id;
    struct id one;
    struct id other;
    struct slice state;
};
MUST_USE bool same_person_put(struct db *db, const struct same_row *row, struct error *error);
MUST_USE bool same_get(struct db *db, const struct id *key, struct arena *arena,
                       struct same_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool same_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                      void *context, struct error *error);
MUST_USE bool same_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                        struct error *error);
