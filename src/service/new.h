/* A policy folder of one's own, made out of another: `lanyard new`. The text with the new name and roles in it, its
 * scenarios, norms, vocabulary and law; tried before it is there, written whole or not at all. */
#pragma once

#include "service/folder.h"
#include "service/new_text.h"

#define NEW_NAME_LARGEST 100 /* bytes of the organisation's name */

struct new_order {
    struct folder *source; /* open, and compiled */
    const char *path;      /* of the new folder */
    struct slice name;     /* of the organisation */
    const struct new_role *roles;
    size_t role_count;
    struct date today;
};

struct new_made {
    struct arena *arena; /* owns the rest; new_made_clear frees it */
    struct slice path, policy, title;
    bool named;  /* the source says what it calls itself, and that was exchanged */
    bool review; /* it has no review date yet: the old one was left out */
    bool words;  /* has a vocabulary of its own */
    size_t scenarios;
    struct new_roles roles;
    struct new_text text; /* left_out: sentences with the old dates */
};

/* Whether this can be an organisation's name; says what is wrong. */
MUST_USE bool new_name_check(struct slice name, struct error *error);
/* Whether a folder can be made there: nothing there, or an empty folder. */
MUST_USE bool new_place_check(const char *path, struct error *error);
/* Makes the folder; on failure nothing is left of it. */
MUST_USE bool new_make(const struct new_order *order, struct new_made *ret_made,
                       struct error *error);
void new_made_clear(struct new_made *made);
