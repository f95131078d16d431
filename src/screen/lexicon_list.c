/* The lines of the lexicon that are built in, in the format of a school's own; a file a subject. */
#include "screen/lexicon_parts.h"

#define LINE(text) (text),

const char *const lexicon_list[] = {
#include "screen/lexicon_profanity.def"
    NULL};

const char *const lexicon_topics[] = {
#include "screen/topics.def"
    NULL};
