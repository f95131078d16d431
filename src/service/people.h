/* People as the writer's transaction sees them: what the desk needs before a decision, and the events by which a person and
 * a role come into the record, shared by the desk's acts, the import and the first start. */
#pragma once

#include "service/desk_parts.h"

/* Every record linked to a person's, the person's own first; in the arena. */
MUST_USE bool people_linked(struct db *db, const struct id *person, struct arena *arena,
                            struct id **ret_ids, size_t *ret_count, struct error *error);
/* The roles that a person, by any linked record, holds on a day at an organisation or above it (`over` none: anywhere), and
 * those whose holders there are all away and whose deputy the person is. `ret_roles` has room for ROLES. */
MUST_USE bool people_acting_roles(struct record *record, struct db *db, const struct id *person,
                                  const struct id *over, int64_t day, struct arena *arena,
                                  enum role *ret_roles, size_t *ret_count, struct error *error);

/* Writes the event of a new person with these sealed details; gives the new id. */
MUST_USE bool people_add(struct desk *desk, const struct id *org, const struct pairs *details,
                         struct slice source, struct id *ret_person, struct error *error);
/* Writes the event by which a person holds a role from a day on, without proposal: plain roles, and the first
 * administrator's at set-up. */
MUST_USE bool people_give_role(struct desk *desk, const struct id *person, enum role role,
                               const struct id *org, int64_t since, struct slice source,
                               struct id *ret_role, struct error *error);
