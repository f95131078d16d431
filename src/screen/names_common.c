/* Words that a name may be taken for, and words that stand in front of one. */
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

/* Behind a name they make it the name of a place, a house, a prize ... */
static const char *const of_places[] = {
    "academy", "avenue",  "award",   "awards",   "block",      "bridge",   "building", "centre",
    "class",   "close",   "college", "cottage",  "court",      "crescent", "cup",      "day",
    "drive",   "farm",    "field",   "fields",   "foundation", "garden",   "gardens",  "green",
    "grove",   "hall",    "hill",    "hospital", "house",      "lake",     "lane",     "library",
    "market",  "park",    "place",   "prize",    "primary",    "river",    "road",     "room",
    "school",  "shield",  "square",  "stadium",  "station",    "street",   "studio",   "suite",
    "terrace", "theatre", "trophy",  "trust",    "university", "way",      "wing",
};

/* In front of a name they make it somebody whom everybody knows, or a place. */
static const char *const of_the_known[] = {
    "baron",   "baroness", "count", "countess", "duchess", "duke",  "earl",
    "emperor", "king",     "lake",  "mount",    "pope",    "port",  "president",
    "prince",  "princess", "queen", "saint",    "st",      "uncle",
};

/* Behind two ordinary words that might be a name they make a sentence of them. */
static const char *const reading_on[] = {
    "adult", "adults", "be",  "been",   "carers", "child",   "children", "drivers", "half",
    "have",  "not",    "old", "people", "person", "persons", "readers",  "team",    "writers",
};

/* No name stands behind them. */
static const char *const of_things[] = {
    "a",   "an", "any",  "each", "every", "her",   "his",   "in",   "its",   "my",   "on",
    "our", "so", "some", "that", "the",   "their", "these", "this", "those", "very", "your",
};

/* Most differ in the first letter. */
static bool is_in(struct slice word, const char *const *words, size_t count)
{
    if (word.length == 0) return false;
    for (size_t i = 0; i < count; i++) {
        if (word.at[0] == words[i][0] && slice_is(word, words[i])) return true;
    }
    return false;
}

/* ---- which words are in any list ------------------------------------------------------------------ */

static void note(uint64_t *listed, struct slice word)
{
    uint32_t place = token_key(word) >> (32 - NAME_LISTED_BITS);
    listed[place / 64] |= UINT64_C(1) << (place % 64);
}

static void note_all(uint64_t *listed, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) note(listed, slice_of(words[i]));
}

/* Ordinary words stand in an open table by their keys, each by its place among them from 1 on. */
#define COMMON_PLACES ((size_t)1 << NAME_COMMON_BITS)
_Static_assert(sizeof common / sizeof *common < COMMON_PLACES / 4, "few meet");

static size_t common_place(struct slice word)
{
    return token_key(word) >> (32 - NAME_COMMON_BITS);
}

static void note_common(struct name_lists *lists)
{
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        size_t place = common_place(common[i]);
        while (lists->common[place] != 0) place = (place + 1) % COMMON_PLACES;
        lists->common[place] = (uint16_t)(i + 1);
        note(lists->listed, common[i]);
    }
}

#define NOTE(words) note_all(lists->listed, words, sizeof(words) / sizeof *(words))
void name_lists_note(struct name_lists *lists)
{
    *lists = (struct name_lists){.listed = {0}};
    note_common(lists);
    NOTE(never_alone);
    NOTE(titles);
    NOTE(of_places);
    NOTE(of_the_known);
    NOTE(reading_on);
    NOTE(of_things);
}

/* ---- the lists ------------------------------------------------------------------------------------ */

bool name_is_common(const struct name_lists *lists, struct slice word)
{
    size_t place = common_place(word);
    for (; lists->common[place] != 0; place = (place + 1) % COMMON_PLACES) {
        if (slice_equal(common[lists->common[place] - 1], word)) return true;
    }
    return false;
}

bool name_is_never_alone(struct slice word)
{
    return is_in(word, never_alone, sizeof never_alone / sizeof *never_alone);
}

bool name_is_title(struct slice word)
{
    return is_in(word, titles, sizeof titles / sizeof *titles);
}

bool name_makes_place(struct slice word)
{
    return is_in(word, of_places, sizeof of_places / sizeof *of_places);
}

bool name_reads_on(struct slice word)
{
    return is_in(word, reading_on, sizeof reading_on / sizeof *reading_on);
}

bool name_makes_thing(struct slice word)
{
    return is_in(word, of_things, sizeof of_things / sizeof *of_things);
}

bool name_makes_known(struct slice word)
{
    return is_in(word, of_the_known, sizeof of_the_known / sizeof *of_the_known);
}
