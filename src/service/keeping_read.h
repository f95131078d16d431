/* What the pages of keeping show: holds, erasures, who opened what, tasks, kept answers, the state of the record. Each list is
 * read in one unchanging view, newest first, names filled in, and holds only what the reader may see: people over whose
 * organisation a clause could allow them the act. Moments are milliseconds since 1970; everything is in the arena. */
#pragma once

#include "service/desk.h"
#include "service/roles.h"

#define KEEPING_ROWS_LARGEST 200

struct hold_seen {
    struct id id, person;
    struct slice name, placed_by, lifted_by;
    int64_t placed, lifted; /* lifted 0: it lies */
};
struct holds_seen {
    LIST(struct hold_seen) list;
};
/* Holds on others than the reader: who is looked into does not learn it from a list. */
MUST_USE bool keeping_holds(struct record *record, const struct id *reader, struct arena *arena,
                            struct holds_seen *ret_holds, struct error *error);

struct erasure_seen {
    struct id id, person;
    struct slice name, asked_by, confirmed_by, state; /* asked, done, withdrawn */
    int64_t asked;
    bool began; /* the reader asked for it: somebody else has to confirm */
    bool own;   /* it is about the reader */
    bool held;  /* a legal hold lies on the person, or on a record linked to theirs */
};
struct erasures_seen {
    LIST(struct erasure_seen) list;
};
MUST_USE bool keeping_erasures(struct record *record, const struct id *reader, struct arena *arena,
                               struct erasures_seen *ret_erasures, struct error *error);

struct opened_seen {
    struct slice who, about, what; /* what: as the act open-sealed names it */
    int64_t at;
};
struct opened_list {
    LIST(struct opened_seen) list;
};
/* Who opened what of the reader's, by any record of theirs. */
MUST_USE bool keeping_opened_own(struct record *record, const struct id *reader,
                                 struct arena *arena, struct opened_list *ret_opened,
                                 struct error *error);
/* The same about everybody in the organisations of which the reader is the head or the data protection officer; `ret_any`
 * false: of none. What was told to somebody is in no list: it would tell whom it is about. */
MUST_USE bool keeping_opened_all(struct record *record, const struct id *reader,
                                 struct arena *arena, struct opened_list *ret_opened, bool *ret_any,
                                 struct error *error);

struct task_seen {
    struct id id, about;
    struct slice kind, role, org; /* role: its title, where it waits for whoever holds it */
    int64_t opened, due;          /* TASK_WHENEVER: no deadline */
    bool overdue;
    bool of_person;            /* `about` is somebody in the register */
    bool duty;                 /* of the policy */
    bool free;                 /* it can be taken and let go */
    bool taken;                /* somebody is on it */
    bool at_once, must, own;   /* own: theirs by name */
    struct slice deed, clause; /* a duty: as a sentence, and its clause's id */
    struct id version;
};
#define TASK_WHENEVER 253402214400000LL /* 31 December 9999 */
struct tasks_seen {
    LIST(struct task_seen) list;
};
/* Open tasks of the reader's, and of roles that they hold or stand in for today: overdue first, then by when they are due. */
MUST_USE bool keeping_tasks(struct record *record, const struct id *reader, struct arena *arena,
                            struct tasks_seen *ret_tasks, struct error *error);

struct kept_seen {
    struct id id;
    int64_t kept;
};
struct kept_list {
    LIST(struct kept_seen) list;
};
MUST_USE bool keeping_kept(struct record *record, const struct id *reader, struct arena *arena,
                           struct kept_list *ret_kept, struct error *error);

#define KEEPING_LOOKED_BACK 100000 /* events that are searched for the last check and backup */
struct record_state {
    uint64_t events;
    struct slice note, vkey;    /* the newest signed checkpoint; empty where there is none yet */
    int64_t checked, backed_up; /* 0: not among the events looked at */
    int64_t findings;           /* of that check */
    bool looked_at_all;
};
MUST_USE bool keeping_state(struct record *record, struct arena *arena,
                            struct record_state *ret_state, struct error *error);

/* As somebody is called in a sentence: `Dora Keeper`; once erased as lists have them. */
struct registered;
struct slice keeping_called(const struct registered *person, struct arena *arena);

/* A person of the register as somebody else may see them. */
struct person_seen {
    struct id id, org;
    struct slice name, org_name;
    struct slice roles; /* titles of today, with commas */
};
/* Whether the reader may do the act to that person, as far as roles tell, and may see them at all: nobody sees a child from
 * whom they are barred. `ret_found` false: there is no such person for them. */
MUST_USE bool keeping_see(struct record *record, const struct id *reader, enum record_act act,
                          const struct id *person, struct arena *arena,
                          struct person_seen *ret_person, bool *ret_found, struct error *error);
struct people_seen {
    LIST(struct person_seen) list;
    bool more; /* than fit */
};
#define KEEPING_FOUND_LARGEST 20
/* People by their names, those whom keeping_see would find. */
void keeping_search(struct record *record, const struct id *reader, enum record_act act,
                    struct slice words, struct arena *arena, struct people_seen *ret_people);

/* To whom a report about nobody in particular would go now, from this teller; none: nobody is left. */
struct told_seen {
    struct id id;
    struct slice name;
};
struct tell_seen {
    LIST(struct told_seen) list;
    struct slice role; /* the title under which they get it */
    struct id org;     /* the teller's, whose people it goes to */
};
MUST_USE bool keeping_tell_goes(struct record *record, const struct id *teller, enum role role,
                                struct arena *arena, struct tell_seen *ret_goes,
                                struct error *error);
/* Whoever could be given a report of this teller's: so that the teller can say that it is about one of them. */
void keeping_tell_line(struct record *record, const struct id *teller, struct arena *arena,
                       struct tell_seen *ret_line);
