/* Text folded so that spellings which look alike are alike: small letters, no marks, confusable letters as the Latin letter they look
 * like, nothing invisible. The table is made by tools/make-fold from Unicode data. Offsets lead back to the original.
 * What comes out is small ASCII, letters of other writing in UTF-8, and FOLD_SIGN for anything else (a picture, a bullet, a dash), so that
 * every byte from 0x80 on is part of a letter. An HTML entity is the character that it says. Curled quotes are ' and ", hyphens -, blanks of every kind a blank. l, i, 1 and | stay what
 * they look most like: taking them for one another is for evade.c. */
#pragma once

#include "base/slice.h"

#define FOLD_TEXT_LARGEST                                                                          \
    ((size_t)1 << 20) /* bytes of one text; a longer one is the caller's to refuse */
#define FOLD_SIGN '\x1f'
#define FOLD_BEHIND 64 /* bytes behind the text that may be read: zeros */

/* From `folded` on (to the next run) the text is as long as the original from `original` on; or, where `step` is not 0, the whole run
 * came from `step` bytes of one character of the original. */
struct fold_run {
    uint32_t folded, original;
    uint32_t step;
};

struct folded {
    char *at; /* FOLD_BEHIND bytes behind `length` may be read: zeros */
    size_t length, space;
    uint64_t *
        capitals; /* a bit a folded byte, low bit first: it came from a capital. Two words behind may be read */
    size_t capital_space;
    struct fold_run *runs; /* empty where the text is ASCII: every byte is where it was */
    size_t run_count, run_space;
    struct slice original;
    bool ascii;
    bool
        changed; /* some character beyond Latin writing became a letter or digit: a sign of disguise */
};

/* Folds well-formed UTF-8 of at most FOLD_TEXT_LARGEST bytes; keeps its memory from text to text. */
void fold_text(struct folded *folded, struct slice text);
/* The same by the plain way, for tests: gives the same bytes and runs. */
void fold_text_scalar(struct folded *folded, struct slice text);
/* By the way of a processor with AVX2 alone, for tests; false where this one has not even that. */
bool fold_text_wide(struct folded *folded, struct slice text);
void fold_clear(struct folded *folded);
struct fold_span {
    uint32_t start, end;
};

/* Where in the original the folded bytes from `from` to before `to` (from < to <= length) came from: from the start of the first one's
 * character to the end of the last one's, with what was left out behind it (marks, invisible signs). */
struct fold_span fold_span(const struct folded *folded, size_t from, size_t to);
