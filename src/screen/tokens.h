/* Words of a folded text: runs of letters and digits, with a hash each. An apostrophe between letters is left out of the word (o'neil is
 * oneil) but ends it before a lone s (ada's is ada), and that s is no word. Found with SIMD where the processor has it, chosen at run
 * time; the scalar twin gives the same. */
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
    uint32_t length;     /* letters and digits that were hashed */
    uint32_t flags;
    uint64_t hash;
};

struct tokens {
    struct token *at;
    size_t count, space;
};

void tokens_find(struct tokens *tokens, const struct folded *folded);
void tokens_find_scalar(struct tokens *tokens, const struct folded *folded);
void tokens_clear(struct tokens *tokens);
/* The hash of one word as tokens have it: folded letters and digits, no apostrophe. */
uint64_t token_hash(struct slice word);
/* Letters and digits of a token into `out`, at most `space` bytes; how many there are. For verifying. */
size_t token_word(const struct folded *folded, const struct token *token, char *out, size_t space);
