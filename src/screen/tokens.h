/* Words of a folded text: runs of letters and digits. An apostrophe between letters is left out of the word (o'neil is oneil) but ends it
 * before a lone s (ada's is ada), and that s is no word. Found with SIMD where the processor has it, chosen at run time; the scalar twin
 * gives the same. Only what most words are left out by is made for every word (its key); the rest is told of those that are asked. */
#pragma once

#include "screen/fold.h"

enum token_flag {
    TOKEN_CAPITAL = 1,    /* began with a capital in the original */
    TOKEN_CAPITALS = 2,   /* all capitals, two letters at least */
    TOKEN_LETTER = 4,     /* holds a letter */
    TOKEN_DIGIT = 8,      /* holds a digit */
    TOKEN_HYPHEN = 16,    /* nothing but a hyphen stands between it and the token before */
    TOKEN_CAMEL = 32,     /* a capital behind a small letter: AdaByron */
    TOKEN_APOSTROPHE = 64 /* one was left out */
};

struct token {
    uint32_t start, end; /* in the folded text; what an apostrophe left out counts in */
};

struct tokens {
    struct token *at;
    uint32_t
        *keys; /* of each word's first eight letters, see token_key: alike where words are alike */
    uint64_t *capital; /* a bit a word, low bit first: it began with a capital */
    uint64_t *
        odd; /* a bit a word: it has more than small letters behind, perhaps, a capital, or stands right behind @ # / or a hyphen */
    size_t count, space;
};
/* Behind the last word keys of empty words follow, so many and on to the next multiple of it. */
#define TOKENS_SPARE 8
/* Places for a folded text of so many bytes: of words and keys, and of words of 64 bits. */
#define TOKENS_SPACE(bytes) (((bytes) + 63) / 64 * 32 + 64)
#define TOKENS_BITS(space) ((space) / 64 + 2)

void tokens_find(struct tokens *tokens, const struct folded *folded);
void tokens_find_scalar(struct tokens *tokens, const struct folded *folded);
/* By the way of a processor with AVX2 alone, for tests; false where this one has not even that. */
bool tokens_find_wide(struct tokens *tokens, const struct folded *folded);
void tokens_clear(struct tokens *tokens);

static inline bool token_is_capital(const struct tokens *tokens, size_t at)
{
    return (tokens->capital[at / 64] >> (at % 64) & 1) != 0;
}
static inline bool token_is_odd(const struct tokens *tokens, size_t at)
{
    return (tokens->odd[at / 64] >> (at % 64) & 1) != 0;
}
/* Of the word at `at`, as the text was folded: its flags; its letters and digits; the hash of these. */
uint32_t token_flags(const struct tokens *tokens, const struct folded *folded, size_t at);
uint32_t token_length(const struct tokens *tokens, const struct folded *folded, size_t at);
uint64_t token_hash_at(const struct tokens *tokens, const struct folded *folded, size_t at);
/* The hash of one word as tokens have it: folded letters and digits, no apostrophe. */
uint64_t token_hash(struct slice word);
/* A key says little of its lowest bits: take the highest. */
uint32_t token_key(struct slice word);
/* Letters and digits of a token into `out`, at most `space` bytes; how many there are. For verifying. */
size_t token_word(const struct folded *folded, const struct token *token, char *out, size_t space);
