/* Words and phrases with a class, a level and exceptions; ours, with a school's own additions and removals. Matched by the same token
 * hashes as names; every hit is compared letter by letter before it counts. */
#pragma once

#include "base/error.h"
#include "screen/finding.h"
#include "screen/tokens.h"

#define LEXICON_LINES_LARGEST 10000 /* of a school's own */
#define LEXICON_LINE_LARGEST 4000   /* bytes */
#define LEXICON_WORDS 8             /* of one wording */

struct lexicon;
/* From the built-in list, the wording that is only evidence for facts where `topics` is set, and, behind them, a school's own lines (may be
 * empty), each `CLASS [CHARACTERISTIC] hold|look WORDING [except WORDING]`, `let WORDING`, `remove WORDING` or, behind a #, a comment. There may be
 * several wordings, with commas; in one `(a|b|)` gives alternatives and a * at an end of a single word stands for any letters. docs/screening.md has the
 * format. NULL with the error, which names the line. Never changes: any number of threads may share it. */
struct lexicon_plan {
    struct slice own;
    bool topics;
};
struct lexicon *lexicon_new(const struct lexicon_plan *plan, struct error *error);
void lexicon_free(struct lexicon *lexicon);
size_t lexicon_count(const struct lexicon *lexicon);
/* Entry 1 and up, one a spelling: what it says (a stem without its stars), its class, level and, of discriminatory wording, the protected
 * characteristic. */
struct lexicon_entry {
    struct slice phrase, characteristic;
    enum finding_kind kind;
    enum finding_level level;
};
const struct lexicon_entry *lexicon_entry(const struct lexicon *lexicon, uint32_t entry);
/* Adds what it finds. `findings` holds the names found already: what they exempt is left alone. */
void lexicon_find(const struct lexicon *lexicon, const struct folded *folded,
                  const struct tokens *tokens, struct findings *findings);
/* The same without SIMD, for tests: gives the same findings. */
void lexicon_find_scalar(const struct lexicon *lexicon, const struct folded *folded,
                         const struct tokens *tokens, struct findings *findings);
/* The gravest entry of a whole word of folded letters, or of one that a stem like *fuck* makes it; 0: none. Wording that is only evidence
 * is none. For evade.c. */
uint32_t lexicon_word(const struct lexicon *lexicon, struct slice word);
