/* Words spelled so as to slip past: spaced out, with digits or signs for letters, letters repeated, stars in the middle. Looked at only
 * where a text shows a sign of it, and only whole words count, never in links, numbers or prices. */
#pragma once

#include "screen/lexicon.h"

/* Whether the text shows any sign; cheap. */
bool evade_triggered(const struct folded *folded, const struct tokens *tokens);
void evade_find(const struct lexicon *lexicon, const struct folded *folded,
                const struct tokens *tokens, struct findings *findings);
