/* What every import comes to: organisations, people with dated roles, and parent links, as the
 * other system gave them, for the importer to compare with the register. Also what was left out and
 * why, without a name or any other personal value. Everything is copied into the arena, so the
 * files may be wiped; passwords, and columns not listed here, are never copied. */
#pragma once

#include "base/date.h"
#include "base/error.h"
#include "base/map.h"

#define ROSTER_NONE SIZE_MAX /* no such organisation or person in these files */
#define ROSTER_PROBLEMS_KEPT ((size_t)10000)
#define ROSTER_PARENTS_DEEPEST 20 /* organisations above an organisation */

/* code, what it is called. The one list of the roles an import can speak of. */
#define ROSTER_ROLES(X)                                                                            \
    X(TEACHER, "teacher")                                                                          \
    X(TEACHING_ASSISTANT, "teaching-assistant")                                                    \
    X(SUPPORT_STAFF, "support-staff")                                                              \
    X(HEADTEACHER, "headteacher")                                                                  \
    X(SAFEGUARDING_LEAD, "safeguarding-lead")                                                      \
    X(ADMINISTRATOR, "administrator")                                                              \
    X(CONTRACTOR, "contractor")                                                                    \
    X(VOLUNTEER, "volunteer")                                                                      \
    X(GOVERNOR, "governor")                                                                        \
    X(TRUSTEE, "trustee")                                                                          \
    X(PUPIL, "pupil")                                                                              \
    X(PARENT, "parent")                                                                            \
    X(VISITOR, "visitor")

enum roster_role {
#define X(name, code) ROSTER_##name,
    ROSTER_ROLES(X)
#undef X
        ROSTER_ROLE_COUNT, /* also: none of these */
};

const char *roster_role_code(enum roster_role role);
/* ROSTER_ROLE_COUNT where it is none of ours. */
enum roster_role roster_role_find(struct slice code);

/* Their words for roles and ours; a table ends with a NULL. */
struct roster_word {
    const char *theirs;
    enum roster_role role;
};
enum roster_role roster_word_find(const struct roster_word *words, struct slice theirs);

enum roster_org_kind { ROSTER_OTHER, ROSTER_SCHOOL, ROSTER_TRUST };

struct roster_org {
    struct slice id, name, identifier;
    struct slice parent_id; /* empty where it has none */
    size_t parent;          /* index, or ROSTER_NONE */
    enum roster_org_kind kind;
    bool removed; /* a change file says so */
};

/* A date that was not given has the year 0. */
struct roster_held {
    enum roster_role role;
    struct slice org_id; /* empty where none was given */
    size_t org;          /* index, or ROSTER_NONE */
    struct date from, until;
    bool removed; /* a change file says so */
    struct roster_held *next;
};

enum roster_status {
    ROSTER_PRESENT,
    ROSTER_REMOVED, /* a change file says so */
    ROSTER_PARTIAL, /* a change file gives roles or a birth only: nothing else is said of them */
    ROSTER_UNREAD,  /* their row was left out, or two rows contradict: change nothing, not even
                       their links, and do not take them for gone */
};

struct roster_person {
    struct slice id, given, family;
    struct slice known_as; /* empty: the given name */
    struct slice email, phone, username;
    struct date birth;
    struct date left; /* the last day, where the file says it; being disabled is not being gone */
    enum roster_status status;
    struct roster_held *roles;
};

/* "The person of this row is kin to that one", whichever of them is the child. */
struct roster_agent {
    struct slice from, to;
    struct slice file, field; /* where it is said */
    size_t line;
};

/* Days on which there is school, both included; every school of the files. */
struct roster_term {
    struct date first, last;
};

struct roster_link {
    struct slice parent_id, child_id;
    size_t parent, child; /* indices of people */
};

enum roster_done { ROSTER_ROW_LEFT_OUT, ROSTER_FIELD_LEFT_OUT, ROSTER_ONLY_NOTED };

struct roster_problem {
    struct slice file;
    size_t line, column; /* column in characters, 0 where it is not known */
    struct slice id;     /* the person's or organisation's in the other system; may be empty */
    struct slice field;  /* as the file calls it; may be empty */
    const char *what;
    enum roster_done done;
};

struct roster {
    struct arena *arena;
    LIST(struct roster_org) orgs;
    LIST(struct roster_person) people;
    LIST(struct roster_link) links;
    LIST(struct roster_term) terms;       /* by first days; empty where the files say none */
    LIST(struct roster_problem) problems; /* the first ROSTER_PROBLEMS_KEPT */
    size_t problem_count;
    size_t rows_left_out; /* while any are, who is missing may only have been unreadable */
    bool whole_people;    /* the files mean to hold everybody; else only changes */
    bool whole_orgs;
    struct map org_places, person_places, links_known;
    /* claims of kinship; after roster_finish those of a change file that only the register can
     * settle, because the file does not say what one of the two is */
    LIST(struct roster_agent) agents;
};

void roster_init(struct roster *roster, struct arena *arena);
void roster_problem(struct roster *roster, struct roster_problem problem);

/* A new organisation of that id; NULL where there is one already. */
struct roster_org *roster_org_add(struct roster *roster, struct slice id);
/* Indices by id, or ROSTER_NONE. */
size_t roster_org_find(const struct roster *roster, struct slice id);
size_t roster_person_find(const struct roster *roster, struct slice id);
/* The person of that id, made where there is none; valid until the next is made. */
struct roster_person *roster_person_at(struct roster *roster, struct slice id, bool *ret_new);
/* From now on nothing is said of this person: see ROSTER_UNREAD. */
void roster_unread(struct roster *roster, struct slice id);
/* Adds a role unless the person holds the very same; gives it. */
struct roster_held *roster_hold(struct roster *roster, struct roster_person *person,
                                enum roster_role role, struct slice org_id);
bool roster_holds(const struct roster_person *person, enum roster_role role);
/* Both must be there. Kept once, however often it is said. */
void roster_link(struct roster *roster, struct slice parent_id, struct slice child_id);
/* Settles what needs everybody to be known: organisations of roles and above organisations, and
 * the kinship claims. To be called once, at the end. */
void roster_finish(struct roster *roster);
