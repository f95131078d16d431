/* People as the writer's transaction sees them: what the desk needs before a decision (the register in memory knows what was
 * committed and nothing later), and the events by which people and what they are come into the record, shared by the desk's
 * acts, the import and the first start. Days since 1970; both ends of a role and of an absence count. */
#pragma once

#include "service/desk_parts.h"

struct people_ids {
    LIST(struct id) list;
};

/* A person who must be there, in the arena; fails where nobody has the id. */
MUST_USE bool people_row(struct db *db, const struct id *person, struct arena *arena,
                         struct person_row *ret_row, struct error *error);
/* An organisation that must be there. */
MUST_USE bool people_org(struct db *db, const struct id *org, struct arena *arena,
                         struct org_row *ret_row, struct error *error);
/* Every record linked to a person's, the person's own first; in the arena. */
MUST_USE bool people_linked(struct db *db, const struct id *person, struct arena *arena,
                            struct id **ret_ids, size_t *ret_count, struct error *error);
#define LINKED_LARGEST                                                                             \
    64 /* records of one person; people_linked looks no further, so no more are linked */
/* Whether two ids are one person, by linked records. */
MUST_USE bool people_same(struct db *db, const struct id *a, const struct id *b, bool *ret_same,
                          struct error *error);
/* Whether `org` is `over` or stands below it; `over` or `org` none: yes. */
MUST_USE bool people_under(struct db *db, const struct id *org, const struct id *over,
                           bool *ret_under, struct error *error);
/* The organisation above both, or one of them. */
MUST_USE bool people_org_above(struct db *db, const struct id *a, const struct id *b,
                               struct id *ret_org, struct error *error);

/* The roles of a person over an organisation on a day (over none: over any), as a deputy too: held there or above it, by a
 * person who is here. Plain roles count by every linked record, roles of trust by the record itself alone: linking two
 * records takes one hand, a role of trust three. A deputy holds the role while it has holders and all of them are away; one
 * of trust only while they hold one of trust themselves, as when they were named.
 * `ret_roles` has room for ROLES. */
MUST_USE bool people_acting_roles(struct record *record, struct db *db, const struct id *person,
                                  const struct id *over, int64_t day, struct arena *arena,
                                  enum role *ret_roles, size_t *ret_count, struct error *error);
/* Those who hold a role over an organisation on a day and are here; away or not, each once. */
MUST_USE bool people_holders(struct db *db, enum role role, const struct id *over, int64_t day,
                             struct arena *arena, struct people_ids *ret_ids, struct error *error);
/* Whether a person is away on a day, by any linked record. */
MUST_USE bool people_away(struct db *db, const struct id *person, int64_t day, bool *ret_away,
                          struct error *error);
/* Whether a role is held on a day, by its row alone: both days count. */
bool role_held_on(const struct role_held *row, int64_t day);

/* Whether the person holds a role of trust on a day or later, or is proposed for one. */
MUST_USE bool people_trusted(struct db *db, const struct id *person, int64_t day,
                             struct arena *arena, bool *ret_trusted, struct error *error);

/* Whether the keeper of the machine may still put the first people in: fewer than three hold a role of trust. No for
 * everybody else, who has no need of it. */
MUST_USE bool people_record_new(struct desk *desk, bool *ret_new, struct error *error);
/* Fails where the person is an administrator and nobody else's role as one lasts as long: nobody could let them in again. */
MUST_USE bool people_not_last_administrator(struct desk *desk, const struct id *person,
                                            struct error *error);

/* Whether the person, without whom nobody would hold it there, holds an office today that others rely on: safeguarding lead,
 * head or chair. `held`: only that role; NULL: any of the person's. */
MUST_USE bool people_leaves_empty(struct desk *desk, const struct id *person,
                                  const struct role_held *held, bool *ret_empty,
                                  struct error *error);

/* What the sealed part of a tie says. */
struct tie_said {
    struct id parent;
    bool barred;
    bool linked; /* as a parent; else there is a bar and nothing more */
    bool lift_asked;
    struct id asked_by; /* who asked to lift the bar, where somebody did */
    struct slice reason;
};
/* From the pairs of the part; false where it names nobody. */
bool tie_read(const struct pairs *pairs, struct tie_said *ret_said);
/* Opens it; `ret_there` false: sealed for good. */
MUST_USE bool people_tie(struct record *record, struct db *db, const struct tie_row *row,
                         struct arena *arena, struct tie_said *ret_said, bool *ret_there,
                         struct error *error);
/* The tie of a child and this very record of a parent, ended ones too. */
MUST_USE bool people_tie_of(struct record *record, struct db *db, const struct id *parent,
                            const struct id *child, struct arena *arena, struct tie_row *ret_row,
                            bool *ret_found, struct error *error);

/* Whether a parent, by any record linked to theirs, is barred from a child, by any linked to the child's. */
MUST_USE bool people_barred(struct record *record, struct db *db, const struct id *parent,
                            const struct id *child, bool *ret_barred, struct error *error);
/* Every record of those children, in the arena. */
MUST_USE bool people_barred_children(struct record *record, struct db *db, const struct id *parent,
                                     struct arena *arena, struct people_ids *ret_children,
                                     struct error *error);

/* Keyed hashes: of a parent's id, and of an identifier (`email`, `id:SOURCE`); an e-mail address in small letters. */
struct id people_parent_lookup(const struct record *record, const struct id *parent);
struct id people_identifier_lookup(const struct record *record, const char *kind,
                                   struct slice value, struct arena *arena);
/* A person's sealed details as pairs, newest; `ret_there` false: sealed for good. */
MUST_USE bool people_details(struct record *record, struct db *db, const struct person_row *row,
                             struct arena *arena, struct pairs *ret_pairs, bool *ret_there,
                             struct error *error);

/* ---- events ---- */

/* Details as they may stand in the record: names without control characters, an address with one @, a date of birth that
 * has been. Fails with what to mend; whoever has an identifier of these already is named in `ret_taken`, else none. */
MUST_USE bool people_check_details(struct desk *desk, const struct pairs *details,
                                   const struct id *person, struct id *ret_taken,
                                   struct error *error);
/* Writes the event of a new person with these sealed details; gives the new id. */
MUST_USE bool people_add(struct desk *desk, const struct id *org, const struct pairs *details,
                         struct slice source, struct id *ret_person, struct error *error);
/* The whole set of details anew; `org` none: stays; `back`: who had left is here again. */
MUST_USE bool people_change(struct desk *desk, const struct id *person, const struct pairs *details,
                            const struct id *org, bool back, struct slice source,
                            struct error *error);
/* Who leaves on a day loses roles, sessions, links and deputyships; what waited for them waits for the role. */
MUST_USE bool people_leave(struct desk *desk, const struct id *person, int64_t day,
                           struct error *error);
/* Writes the event by which a person holds a role from a day on, without proposal: plain roles, and the first
 * administrator's at set-up. */
MUST_USE bool people_give_role(struct desk *desk, const struct id *person, enum role role,
                               const struct id *org, int64_t since, struct slice source,
                               struct id *ret_role, struct error *error);
/* The same with a last day (ROW_NOTHING: open), held at once or proposed to be confirmed by two: of trust only so. */
MUST_USE bool people_set_role(struct desk *desk, const struct role_held *role, struct id *ret_role,
                              struct error *error);
/* Ends it after its last day; a day before today: at once. */
MUST_USE bool people_end_role(struct desk *desk, const struct role_held *role, int64_t last,
                              struct error *error);
/* Sets what a tie is, a new one where `tie` is none. */
MUST_USE bool people_set_tie(struct desk *desk, const struct id *tie, const struct id *child,
                             const struct tie_said *said, struct slice source, struct id *ret_tie,
                             struct error *error);
/* Links a parent as far as they are not yet; a bar that lies stays. `ret_new` false: nothing was to be done. */
MUST_USE bool people_link_parent(struct desk *desk, const struct id *child, const struct id *parent,
                                 struct slice source, struct id *ret_tie, bool *ret_new,
                                 struct error *error);
