/* What roles are called in a policy made out of another: `the headteacher = the principal`. A role stays the word of the
 * vocabulary that it is, under its permanent id; its phrase changes there, and the names that the text is read with are
 * made from it. */
#pragma once

#include "base/error.h"
#include "policy/inherit.h"
#include "policy/words.h"

#define NEW_ROLES_LARGEST 60
#define NEW_ROLE_LARGEST 60 /* bytes of one role's name */

struct new_role {
    struct slice from, to;
};

/* A row of the vocabulary whose phrase changes. */
struct new_row {
    int person;
    struct slice old_noun, phrase, noun; /* nouns: without a, an, the */
    bool swapped;    /* takes the phrase that another row gave up, and nobody asked for it */
    bool other_name; /* the old phrase goes on as another name */
};

struct new_roles {
    struct arena *arena;
    const struct words *words;
    LIST(struct new_row) rows;
    LIST(struct naming) plain; /* for rules, scenarios and the vocabulary */
    LIST(struct naming) prose; /* these, and the roles' other names */
};

/* False where a role is not one of the vocabulary, is given two names, or gets one that another has. A main phrase that
 * belongs to another role is exchanged with it, so that two roles never become one. */
MUST_USE bool new_roles_read(const struct words *words, const struct new_role *asked, size_t count,
                             struct arena *arena, struct new_roles *ret_roles, struct error *error);
/* The row that changes for this id, where its phrase is `phrase`; NULL: none. */
const struct new_row *new_roles_row(const struct new_roles *roles, struct slice id,
                                    struct slice phrase);
/* The phrase of an office that schools give names of their own, by rank; empty behind the last. */
struct slice new_roles_office(const struct words *words, size_t rank);
/* Whether the text speaks of a role under the phrase or another name of it. */
bool new_roles_speaks(const struct words *words, struct slice phrase, struct slice text);
