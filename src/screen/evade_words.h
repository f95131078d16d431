/* The words of a lexicon as disguise is looked up by: their letters without repeats, or their first letter, length and last letter. Made once
 * with the lexicon; for lexicon.c and evade_guess.c. */
#pragma once

#include "base/arena.h"
#include "base/slice.h"

#define EVADE_WORD_LEAST 3
#define EVADE_WORD_LARGEST 24
#define NO_EVADE_WORD UINT32_MAX

struct evade_word {
    const char *letters; /* a to z */
    uint32_t length;
    uint32_t entry;
    uint32_t next_runs, next_shape; /* of the same key, or NO_EVADE_WORD */
    bool hold;
    bool alone;        /* wording by itself; else only one word of some wording */
    bool swear;        /* swearing or a slur: what stars are put in */
    bool within;       /* counts inside longer words ... */
    bool begins, ends; /* ... but only where they begin or end */
};

struct evade_words;
struct lexicon;
/* Lives in the arena; borrows letters and entries from the lexicon. */
const struct evade_words *evade_words_new(const struct lexicon *lexicon, struct arena *arena);

const struct evade_words *evade_words_of(const struct lexicon *lexicon);
const struct evade_word *evade_words_get(const struct evade_words *words, uint32_t place);
/* The first word whose letters without repeats are these; NO_EVADE_WORD: none. */
uint32_t evade_words_runs(const struct evade_words *words, struct slice letters);
/* The first word of that first letter, length and last letter. */
uint32_t evade_words_shape(const struct evade_words *words, char first, size_t length, char last);
/* Whether some word that counts inside others begins with two such letters. */
bool evade_words_within(const struct evade_words *words, char first, char second);
