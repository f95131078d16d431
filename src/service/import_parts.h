/* What the files of importing share; inside the room only. A plan is made over a snapshot of the record (import_known.c), with
 * one entry for each person of the roster, in its order, and behind them those who are missing. */
#pragma once

#include "service/calendar_text.h"
#include "service/import.h"
#include "service/people.h"

#define NOWHERE SIZE_MAX

/* ---- the record as it is ---- */

struct known_person {
    struct person_row row;
    size_t roles;     /* first of them, or NOWHERE */
    size_t of_source; /* identifiers of this source that they have */
    size_t taken;     /* by which entry of the plan, or NOWHERE */
};
struct known_role {
    struct role_held row;
    size_t next; /* of the same person */
};
struct known_identifier {
    struct id lookup;
    size_t person;
};
struct known_tie {
    struct tie_row row;
    struct id key[2]; /* child, parent's lookup */
    bool seen;        /* in the file */
};

struct known_record {
    struct arena *arena;
    struct slice kind; /* `id:SOURCE` */
    LIST(struct known_person) people;
    LIST(struct known_role) roles;
    LIST(struct known_identifier) identifiers;
    LIST(struct known_tie) ties;
    LIST(struct org_row) orgs;
    struct map people_at, identifiers_at, ties_at;
};
MUST_USE bool known_load(struct db *db, struct slice source, struct arena *arena,
                         struct known_record *ret_known, struct error *error);
/* Places, or NOWHERE. */
size_t known_person(const struct known_record *known, const struct id *id);
size_t known_identifier(const struct known_record *known, const struct id *lookup);
size_t known_tie(const struct known_record *known, const struct id *child,
                 const struct id *parent_lookup);

/* ---- the plan ---- */

struct plan_org {
    struct id id; /* none: to be made */
    struct slice name, source;
};

struct plan_person {
    struct id id; /* none: to be made */
    size_t known; /* place, or NOWHERE */
    size_t place; /* in the roster, or NOWHERE: missing there */
    enum plan_what what;
    unsigned changes;
    bool skipped;               /* nothing is done about them */
    const struct plan_org *org; /* of a joiner, and where it changes; NULL: it stays */
    int64_t day;                /* a leaver's last */
};

enum plan_role_what { PLAN_GIVE, PLAN_PROPOSE, PLAN_END };
struct plan_role {
    size_t person;
    enum plan_role_what what;
    enum role role;
    const struct plan_org *org;
    int64_t since, until;
    const struct role_held *held; /* the one that ends, as it is known */
};

struct plan_link {
    size_t parent, child;          /* places in the plan, or NOWHERE */
    struct id parent_id, child_id; /* where it is NOWHERE */
    const struct tie_row *tie;     /* the one that ends, as it is known */
    bool ends;
};

struct plan_calendar {
    const struct plan_org *org;
    struct calendar calendar;
};

struct plan_parts {
    LIST(struct plan_org *) orgs; /* of the roster, in its order; NULL where it is none of ours */
    struct plan_org *top;
    LIST(struct plan_person) people;
    LIST(struct plan_role) roles; /* in the order of people */
    LIST(struct plan_link) links;
    LIST(struct plan_calendar) calendars;
    struct planning *planning; /* for the details of whoever joins or changes */
};

/* A plan in the making. */
struct planning {
    struct record *record;
    struct db *db;
    struct arena *arena, *scratch; /* scratch: reset between people */
    const struct import *import;
    const struct roster *roster;
    struct id actor;
    struct id *own; /* every record of the actor */
    size_t own_count;
    struct people_ids barred; /* children from whom the actor is barred: left as they are */
    int64_t today;
    struct known_record known;
    struct map shared; /* identifiers that two people of the file claim: kind and value */
    struct plan *plan;
    struct plan_parts *parts;
    struct slice id_kind; /* `id:SOURCE` */
};
MUST_USE bool plan_make(struct record *record, struct db *db, const struct import *import,
                        const struct id *actor, struct arena *arena, struct plan *ret_plan,
                        struct error *error);

/* The steps, a file each or two. */
void plan_orgs(struct planning *planning);
/* The organisation of an id in the other system, or NULL. */
const struct plan_org *plan_org_of(struct planning *planning, const struct roster_held *held);
bool plan_speaks_of(const struct planning *planning, const struct id *org);
void plan_match(struct planning *planning);
MUST_USE bool plan_people(struct planning *planning, struct error *error);
void plan_roles(struct planning *planning, size_t person);
MUST_USE bool plan_links(struct planning *planning, struct error *error);
MUST_USE bool plan_missing(struct planning *planning, struct error *error);
MUST_USE bool plan_calendars(struct planning *planning, struct error *error);

/* What a person's details become: what the file says laid over what is there; what it leaves empty stays. */
void plan_details(struct planning *planning, size_t person, const struct pairs *before,
                  struct arena *arena, struct pairs *ret_details);
void plan_problem(struct planning *planning, struct slice id, struct slice field, const char *what,
                  enum roster_done done);
void plan_show(struct planning *planning, const struct plan_person *person,
               const struct pairs *details);
bool plan_is_own(const struct planning *planning, const struct id *person);
bool plan_is_barred(const struct planning *planning, const struct id *person);

/* import_apply.c: in the transaction; writes every event. */
MUST_USE bool import_apply(struct desk *desk, const struct import *import, struct plan *plan,
                           const struct import_order *order, struct error *error);

/* import_calendar.c, of import_apply: schools that were new are there by now. */
MUST_USE bool import_calendars(struct desk *desk, const struct plan_parts *parts,
                               struct error *error);

/* import_keep.c: the file as it waits, sealed under a key of its own. */
MUST_USE bool import_keep(struct desk *desk, const struct import_file *file, const struct id *id,
                          struct slice *ret_upload, struct error *error);
MUST_USE bool import_kept(struct record *record, struct db *db, const struct id *id,
                          struct slice upload, struct arena *arena, struct import_file **ret_file,
                          struct error *error);
