/* The words of a lexicon as disguise is looked up by: by first letter, length and last letter, and by their letters without repeats. Made once
 * with the lexicon; for lexicon.c and evade_guess.c. */
#pragma once

#include "base/arena.h"
#include "base/slice.h"

#define EVADE_WORD_LEAST 3
#define EVADE_WORD_LARGEST 24

struct evade_word {
    char letters[EVADE_WORD_LARGEST]; /* a to z */
    uint32_t entry;
    uint32_t next_runs; /* of the same letters without repeats, or NO_EVADE_WORD */
    uint8_t length;
    bool hold;
    bool alone;        /* wording by itself; else only one word of some wording */
    bool swear;        /* swearing or a slur: what stars are put in */
    bool within;       /* counts inside longer words ... */
    bool begins, ends; /* ... but only where they begin or end */
};
#define NO_EVADE_WORD UINT32_MAX

struct evade_words;
struct lexicon;
/* Lives in the arena. */
const struct evade_words *evade_words_new(const struct lexicon *lexicon, struct arena *arena);
const struct evade_words *evade_words_of(const struct lexicon *lexicon);
const struct evade_word *evade_words_get(const struct evade_words *words, uint32_t place);

/* A bit a letter. */
static inline uint32_t evade_bit(char letter)
{
    return UINT32_C(1) << (letter - 'a');
}

/* The words of a first letter, a length and a last letter stand side by side, each with a bit a letter that it has. */
struct evade_shape {
    uint32_t from, to;
    const uint32_t *bits; /* by place */
};
struct evade_shape evade_words_shape(const struct evade_words *words, char first, size_t length,
                                     char last);
/* The first word whose letters without repeats are these; NO_EVADE_WORD: none. */
uint32_t evade_words_runs(const struct evade_words *words, struct slice letters);
/* The entry of a held word that counts inside others and stands in this one; 0: none. */
uint32_t evade_words_inside(const struct lexicon *lexicon, struct slice word);
