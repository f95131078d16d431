/* Words that a name may be taken for, and words that stand in front of one. */
#include <stdlib.h>
#include <string.h>

#include "screen/names_parts.h"

static const struct slice common[] = {
#define WORD(word) {(word), sizeof(word) - 1},
#include "screen/names_common.def"
#undef WORD
};

/* Always written with a capital, and hardly ever the person: never a name alone. */
static const char *const never_alone[] = {
    "april",  "august",   "autumn", "bank",   "bible",   "british", "christian", "christmas",
    "church", "college",  "east",   "easter", "england", "english", "france",    "french",
    "german", "god",      "green",  "hall",   "head",    "hill",    "house",     "ireland",
    "irish",  "jesus",    "july",   "june",   "king",    "lent",    "london",    "lord",
    "march",  "may",      "monday", "north",  "park",    "paris",   "queen",     "road",
    "school", "scotland", "south",  "st",     "street",  "summer",  "sunday",    "trinity",
    "wales",  "welsh",    "west",   "winter", "young",
};

static const char *const titles[] = {
    "coach", "dame",      "dr",   "father", "headteacher", "lady", "lord",
    "madam", "master",    "miss", "mr",     "mrs",         "ms",   "mx",
    "nurse", "professor", "prof", "rabbi",  "rev",         "sir",  "sister",
};

static int by_letters(const void *key, const void *entry)
{
    const struct slice *word = key, *other = entry;
    return slice_compare(*word, *other);
}

bool name_is_common(struct slice word)
{
    return bsearch(&word, common, sizeof common / sizeof *common, sizeof *common, by_letters) !=
           NULL;
}

bool name_is_never_alone(struct slice word)
{
    for (size_t i = 0; i < sizeof never_alone / sizeof *never_alone; i++) {
        if (slice_is(word, never_alone[i])) return true;
    }
    return false;
}

bool name_is_title(struct slice word)
{
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        if (slice_is(word, titles[i])) return true;
    }
    return false;
}
