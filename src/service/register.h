/* The register in memory: who is here, what they are, under which name, for lists, search and every page's question of who
 * is asking. Made from the tables and the sealed parts when a record opens, kept in step after every commit. Never on disk.
 * Whoever reads holds it; what it gives is valid until let go. Let it go before an order is put to the desk: the desk waits
 * until the register is in step, and that waits for its readers. The same thread may hold it twice. */
#pragma once

#include "base/date.h"
#include "service/record.h"
#include "service/roles.h"

#define REGISTER_FOUND_LARGEST 200

struct held_role {
    struct id id, org;
    enum role role;
    int64_t since, until; /* days; until INT64_MAX: open */
};

/* Somebody's newest signature of the policy; version none: they never signed. */
struct signed_newest {
    struct id id, version;
    uint64_t roles; /* bits of signoff.h: those it covers */
    int64_t day, n; /* on which they signed; its event */
};

struct registered {
    struct id id, org;
    bool here, erased;
    int64_t joined;                 /* day */
    struct signed_newest signature; /* of this very record */
    struct details details;         /* empty while sealed for good */
    struct slice shown_as;          /* `Family, Given`, or `Person 1f3a` once erased */
    const struct held_role *roles;  /* held, also past and future ones */
    size_t role_count;
};
struct org {
    struct id id, parent;
    struct slice kind, name;
    bool open;
};

/* A large record's register is read when somebody first holds it, which takes a while; this reads it now. What is held is
 * empty where that fails. */
MUST_USE bool register_load(struct record *record, struct error *error);
/* The same in a thread of its own, once; for a server that has begun to answer. */
void register_warm(struct record *record);

struct register_view; /* held register */
const struct register_view *register_hold(struct record *record);
void register_let_go(struct record *record, const struct register_view *view);

/* The same as long as nothing in it has changed; never the same again. */
uint64_t register_stamp(const struct register_view *view);
size_t register_count(const struct register_view *view); /* people, erased ones too */
const struct registered *register_person(const struct register_view *view, const struct id *id);
/* By place in the order of names, 0..count-1. */
const struct registered *register_at(const struct register_view *view, size_t place);
const struct registered *register_by_email(const struct register_view *view, struct slice email);
/* People any of whose names begins with every word of `words` (accents and case folded), in the order of names. */
size_t register_search(const struct register_view *view, struct slice words, struct arena *arena,
                       const struct registered ***ret_found, size_t most);
/* The same among those that `keep` says yes to, without a limit of its own. */
typedef bool register_keep(const void *context, const struct registered *person);
size_t register_search_kept(const struct register_view *view, struct slice words,
                            register_keep *keep, const void *context, struct arena *arena,
                            const struct registered ***ret_found, size_t most);
const struct org *register_org(const struct register_view *view, const struct id *id);
size_t register_orgs(const struct register_view *view, const struct org **ret_orgs);
/* Whether `org` is `over` or stands below it. */
bool register_under(const struct register_view *view, const struct id *org, const struct id *over);

/* The roles that a person holds on a day over an organisation (held there or above it), as people_acting_roles gives them:
 * plain roles through every record linked to theirs, roles of trust by their own, a deputy's while all holders are away.
 * `ret_roles` has room for ROLES; gives their number. */
size_t register_roles(const struct register_view *view, const struct id *person,
                      const struct id *over, int64_t day, enum role *ret_roles);
/* Everybody here who holds a role over an organisation on a day, away or not, nearest organisation first. */
size_t register_holders(const struct register_view *view, enum role role, const struct id *over,
                        int64_t day, struct arena *arena, const struct registered ***ret_people);
/* Those named to stand in for it over an organisation, nearest first, then by place; whether they are wanted now is the
 * caller's to see. */
size_t register_deputies(const struct register_view *view, enum role role, const struct id *over,
                         struct arena *arena, const struct registered ***ret_people);
bool register_away(const struct register_view *view, const struct id *person, int64_t day);
/* Whether the two ids are the same person, by linked records. */
bool register_same(const struct register_view *view, const struct id *a, const struct id *b);
/* The people of these: linked to it as parents, or as children, without those barred (from_bars false) or all. */
size_t register_parents(const struct register_view *view, const struct id *child, bool barred_too,
                        struct arena *arena, const struct registered ***ret_people);
size_t register_children(const struct register_view *view, const struct id *parent, bool barred_too,
                         struct arena *arena, const struct registered ***ret_people);
/* Whether the parent, by any record linked to theirs, is barred from the child. */
bool register_barred(const struct register_view *view, const struct id *parent,
                     const struct id *child);
