/* Words and phrases with a class, a level and exceptions; ours, with a school's own additions and removals. Matched by the same token
 * hashes as names. */
#pragma once

#include "base/error.h"
#include "screen/finding.h"
#include "screen/tokens.h"

struct lexicon;
/* From the built-in list and, behind it, a school's own lines (may be empty): `profanity hold WORD`, `sexual look PHRASE except PHRASE;
 * PHRASE`, `remove WORD`. NULL with the error, which names the line. docs/screening.md has the format. */
struct lexicon *lexicon_new(struct slice own, struct error *error);
void lexicon_free(struct lexicon *lexicon);
size_t lexicon_count(const struct lexicon *lexicon);
/* Entry 1 and up: what it says, its class, level and, of discriminatory wording, the protected characteristic. */
struct lexicon_entry {
    struct slice phrase, characteristic;
    enum finding_kind kind;
    enum finding_level level;
};
const struct lexicon_entry *lexicon_entry(const struct lexicon *lexicon, uint32_t entry);
/* `findings` holds the names found already: what they exempt is left alone. */
void lexicon_find(const struct lexicon *lexicon, const struct folded *folded,
                  const struct tokens *tokens, struct findings *findings);
/* The entry of a whole word by its hash and letters; 0: none. For evade.c. */
uint32_t lexicon_word(const struct lexicon *lexicon, struct slice word);
