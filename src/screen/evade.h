/* Words spelled so as to slip past: spaced out, with digits or signs for letters, letters repeated, stars in the middle, several run together
 * with capitals. Only where a text shows a sign of it, and only what the lexicon knows counts: what is guessed is written over a copy of the
 * text, and the lexicon looks at that copy. Never in links and addresses. docs/screening.md says what is taken and left. */
#pragma once

#include "screen/lexicon.h"

struct evade_scratch;
/* Work memory of one thread, zeroed at birth, kept from text to text. */
struct evade_work {
    struct folded copy; /* its map and capitals are those of the text */
    struct tokens tokens;
    struct fold_span *edits; /* what was written over */
    size_t edit_count, edit_space;
    struct evade_scratch *scratch;
};
void evade_work_clear(struct evade_work *work);

/* Adds what it finds; what the lexicon found in the text itself may be among it. `findings` holds the names found already: what they exempt
 * is left alone. A plain text costs one look at each byte. */
void evade_find(const struct lexicon *lexicon, struct evade_work *work, const struct folded *folded,
                struct findings *findings);
/* The same without SIMD, for tests: gives the same findings. */
void evade_find_scalar(const struct lexicon *lexicon, struct evade_work *work,
                       const struct folded *folded, struct findings *findings);
