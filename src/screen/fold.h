/* Text folded so that spellings which look alike are alike: small letters, no marks, confusable letters as the Latin letter they look
 * like, nothing invisible. The table is made by tools/make-fold from Unicode data. Offsets lead back to the original. */
#pragma once

#include "base/slice.h"

#define FOLD_TEXT_LARGEST                                                                          \
    ((size_t)1 << 20) /* bytes of one text; a longer one is the caller's to refuse */

/* From `folded` on (to the next run) the text is as long as the original from `original` on; or, where `step` is not 0, the whole run
 * came from `step` bytes of one character of the original. */
struct fold_run {
    uint32_t folded, original;
    uint32_t step;
};

struct folded {
    char *at; /* 32 bytes behind `length` may be read: zeros */
    size_t length, space;
    struct fold_run *runs; /* empty where the text is ASCII: every byte is where it was */
    size_t run_count, run_space;
    struct slice original;
    bool ascii;
    bool changed; /* some character beyond ASCII became a letter: a sign of disguise */
};

/* Folds well-formed UTF-8 of at most FOLD_TEXT_LARGEST bytes; keeps its memory from text to text. */
void fold_text(struct folded *folded, struct slice text);
/* The same by the plain way, for tests: gives the same bytes and runs. */
void fold_text_scalar(struct folded *folded, struct slice text);
void fold_clear(struct folded *folded);
/* Where in the original the folded byte `at` came from: the start of its character; at == length gives the original's end. */
size_t fold_start(const struct folded *folded, size_t at);
/* The end in the original of the character that the folded byte before `at` came from: for ends of spans. */
size_t fold_end(const struct folded *folded, size_t at);
