/* Words and spelling (grammar.md section 7): how a word of a phrase is cut to its stem, how a text is cut into such words,
 * and how near two spellings are. Pure text; words.c knows what the phrases name. */
#pragma once

#include "policy/words.h"

#define PHRASE_BYTES_LARGEST 400
#define PHRASE_ADVICE "a phrase has one to 12 words and no comma, colon, bracket or quotation mark"

/* The first words of a text, articles left out, stemmed and joined by blanks. */
struct phrase {
    size_t count;                      /* words, at most PHRASE_WORDS_LARGEST */
    char key[PHRASE_BYTES_LARGEST];    /* the stems, a blank between two */
    size_t ends[PHRASE_WORDS_LARGEST]; /* key length after each word */
    size_t took[PHRASE_WORDS_LARGEST]; /* bytes of the text read after each word */
    size_t next; /* where reading stopped: a separator, the end, or one word too many */
};

/* Cuts at most `most` words (no more than PHRASE_WORDS_LARGEST); stops before , : ; " ( ) [ ] | */
void phrase_cut(struct slice text, size_t most, struct phrase *ret_phrase);
/* The stems of the first `count` words. */
struct slice phrase_key(const struct phrase *phrase, size_t count);
/* One word of the key. */
struct slice phrase_word(const struct phrase *phrase, size_t index);

/* Letters to change, add, drop or swap to come from one to the other; more than `most` gives most + 1. */
size_t phrase_distance(struct slice a, struct slice b, size_t most);
/* Whether one could be a slip of the pen for the other. */
bool phrase_near(struct slice a, struct slice b);
/* The nearest of `count` names, or NULL where none is near. */
const char *phrase_nearest_name(const char *const *names, size_t count, struct slice text);
