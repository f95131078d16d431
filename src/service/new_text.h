/* The texts of a policy put into another organisation's words: its name, its roles, its norm ids. Knows what is prose and
 * what the program reads, and leaves the ids in both alone. */
#pragma once

#include "service/new_roles.h"

/* A sentence that tells a date of the old organisation. */
struct new_sentence {
    struct slice text;
    bool kept; /* nothing else would have been left */
};

struct new_text {
    struct arena *arena;
    struct renaming prose, plain, ids; /* ids: no names, only the prefix */
    const struct new_roles *roles;     /* rows of the vocabulary; NULL: none change */
    const struct map *replaced;        /* scenarios by name that are not written; NULL: all are */
    bool undated; /* leave out REVIEW DUE, its scenarios, and sentences with a date */
    bool review;  /* one was left out */
    LIST(struct new_sentence) left_out;
};

/* A policy without its front matter, a law, or scenarios. */
void new_text_document(struct new_text *how, struct slice text, struct text *out);
/* A vocabulary: its tables. */
void new_text_words(struct new_text *how, struct slice text, struct text *out);
