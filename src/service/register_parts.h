/* What the files of the register in memory share. People lie in an array of slots that only grows; what belongs to one (roles
 * and text) lies in one piece of a pool of blocks; places in the order of names, and what is found by id, by e-mail address
 * and by role, are arrays of slot numbers. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "service/people.h"
#include "service/register.h"

#define SLOT_NONE UINT32_MAX
#define FOLDED_END '\x1f' /* behind family and given name; sorts before every letter */

struct register_slot {
    struct registered person;
    struct slice folded;  /* family, given and known-as, folded; what they are sorted by */
    int64_t details;      /* event they were read from, or ROW_NOTHING */
    size_t piece;         /* bytes in the pool */
    uint32_t child_ties;  /* first tie in which it is the child, or SLOT_NONE */
    uint32_t parent_ties; /* first in which it is the parent */
    uint32_t absences;    /* first */
    uint32_t same;        /* next record of the same person, in a ring; itself where alone */
};
struct register_tie {
    uint32_t child, parent;
    uint32_t next_of_child, next_of_parent; /* of one that is free: the next free one */
    bool barred, linked;
};
struct register_absence {
    int64_t since, until;
    uint32_t next;
};
struct register_deputy {
    struct id org;
    enum role role;
    int64_t place;
    uint32_t slot;
};
struct register_word { /* a name, or a word of one */
    uint32_t slot, at; /* at: where it begins in the folded text */
};
struct slot_list {
    uint32_t *at;
    size_t count, space;
};
struct slot_index { /* open addressing; SLOT_NONE: free */
    uint32_t *at;
    size_t space, count;
};
struct pool_block {
    struct pool_block *next;
    size_t used, size;
    char bytes[];
};

struct register_view {
    uint64_t stamp; /* another one after every change, and in every register of this program */
    struct register_slot *slots;
    size_t count, space;
    struct pool_block *pool; /* newest first */
    size_t pool_live, pool_waste;
    struct slot_index ids, emails;
    struct slot_list order; /* by folded names */
    struct slot_list holders[ROLES];
    struct register_word *words; /* by folded text from there on */
    size_t word_count, word_space;
    struct org *orgs;
    size_t org_count;
    struct arena *org_text;
    struct register_tie *ties;
    size_t tie_count, tie_space;
    uint32_t tie_free;
    struct register_absence *absences;
    size_t absence_count, absence_space;
    uint32_t absence_free;
    struct register_deputy *deputies;
    size_t deputy_count;
    struct text scratch; /* folded text on its way */
};
struct register_state {
    pthread_rwlock_t lock;
    struct register_view *view;
    pthread_mutex_t loading; /* held by who reads it all, and by who keeps it in step */
    atomic_bool loaded;      /* false: `view` is empty, and read when somebody first asks */
    pthread_t warming;
    bool warmed; /* there is such a thread to be joined */
};

/* register_keep.c: the arrays */
struct register_view *register_view_new(void);
void register_view_stamp(struct register_view *view); /* it has changed */
void register_view_free(struct register_view *view);
uint32_t register_slot_of(const struct register_view *view, const struct id *id);
uint32_t register_slot_of_email(const struct register_view *view, struct slice email);
/* A slot for a person, with nothing but the id. */
uint32_t register_slot_add(struct register_view *view, const struct id *id);
/* Sets what a person is called and holds: everything is copied; found by e-mail and role from then on. The place in the order
 * is the caller's (register_place, register_unplace around it; or register_sort for all). */
void register_fill(struct register_view *view, uint32_t slot, const struct pairs *details,
                   const struct held_role *roles, size_t role_count);
void register_place(struct register_view *view, uint32_t slot);
void register_unplace(struct register_view *view, uint32_t slot);
void register_sort(struct register_view *view);
/* By folded names, then by id. */
int register_compare(const struct register_view *view, uint32_t a, uint32_t b);
/* Copies what is live into fresh blocks, in the order of names. */
void register_pack(struct register_view *view);
void register_tie_add(struct register_view *view, uint32_t child, const struct tie_said *said);
void register_ties_drop(struct register_view *view, uint32_t child);
void register_absence_add(struct register_view *view, uint32_t slot, int64_t since, int64_t until);
void register_absences_drop(struct register_view *view, uint32_t slot);
/* Makes two rings one. */
void register_same_join(struct register_view *view, uint32_t one, uint32_t other);
void *register_room(void *at, size_t count, size_t *space, size_t size);

/* register_words.c: the words of names, sorted. A slot is dropped while its folded text is still the old one. */
void register_words_sort(struct register_view *view);
void register_words_add(struct register_view *view, uint32_t slot);
void register_words_drop(struct register_view *view, uint32_t slot);
/* Those that begin with the prefix: the first, and how many. */
size_t register_words_find(const struct register_view *view, struct slice prefix,
                           const struct register_word **ret_first);

/* register_build.c: everything from the tables; NULL with the error where that cannot be read */
struct register_view *register_build(struct record *record, struct db *db, struct error *error);
MUST_USE bool register_load_orgs(struct register_view *view, struct db *db, struct error *error);
MUST_USE bool register_load_same(struct register_view *view, struct db *db, struct error *error);
MUST_USE bool register_load_deputies(struct register_view *view, struct db *db,
                                     struct error *error);
/* A role's row as it is kept; false where it never came to be. */
bool register_role(const struct role_held *row, struct held_role *ret_role);
/* Takes a signature in where it is newer. */
void register_signed(const struct signature_row *row, struct signed_newest *newest);
