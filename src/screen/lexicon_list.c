/* The lines of the lexicon that are built in, in the format of a school's own; a file a subject. */
#include "screen/lexicon_parts.h"

#define LINE(text) (text),

const char *const lexicon_list[] = {
#include "screen/lexicon_discriminatory.def"
#include "screen/lexicon_grooming.def"
#include "screen/lexicon_harm.def"
#include "screen/lexicon_innocent.def"
#include "screen/lexicon_lesson.def"
#include "screen/lexicon_profanity.def"
#include "screen/lexicon_school.def"
#include "screen/lexicon_sexual.def"
    NULL};

const char *const lexicon_topics[] = {
#include "screen/topics.def"
    NULL};
