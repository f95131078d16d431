/* Pictures that stand for words: a raised finger, an aubergine with drops. */
#pragma once

#include "base/slice.h"
#include "screen/finding.h"

/* `text` is UTF-8. Skin tones and variation signs make no difference, nor does a blank between two of a pair; among other food fruit is food. */
void emoji_find(struct slice text, struct findings *findings);
