/* Words of which some letters are hidden behind signs: f**k. A star stands for any one letter, another sign by itself for a vowel or the letter
 * it looks like. See evade_guess.h. */
#include <string.h>

#include "screen/evade_guess.h"

#define ANY '*'
#define VOWEL '?'

/* The word as far as it can be read, a character a letter. */
struct pattern {
    char at[EVADE_WORD_LARGEST];
    char like[EVADE_WORD_LARGEST];           /* the letter that a sign looks like, or 0 */
    uint16_t places[EVADE_WORD_LARGEST + 1]; /* from `start` on */
    uint32_t start;
    uint16_t length;
    uint16_t letters, known, hidden;
    uint16_t tail; /* hidden ones at the end */
};

/* What is taken for hidden. */
enum taking {
    SIGNS,          /* stars, signs, joints, pictures, foreign letters */
    WITHOUT_JOINTS, /* the same, a joint standing for nothing */
    DIGITS          /* a digit or a drawn letter, for any vowel */
};

static bool hides(const struct evade_cell *cell, enum taking taking)
{
    bool drawn = cell->c >= 'A' && cell->c <= 'Z';
    if (drawn || evade_is_digit(cell->c)) return taking == DIGITS;
    return !evade_is_letter(cell->c);
}

/* One sign alone between letters is a vowel; several together are anything. */
static char hidden_as(const struct evade_part *part, size_t at)
{
    const struct evade_cell *cells = part->piece->cells;
    if (cells[at].c == '*' || cells[at].c == EVADE_FOREIGN || cells[at].count > 1) return ANY;
    if (at > part->from && hides(&cells[at - 1], SIGNS)) return ANY;
    return at + 1 < part->to && hides(&cells[at + 1], SIGNS) ? ANY : VOWEL;
}

static bool add(struct pattern *pattern, const struct evade_part *part, size_t at,
                enum taking taking)
{
    const struct evade_cell *cell = &part->piece->cells[at];
    bool hidden = hides(cell, taking);
    if (taking == WITHOUT_JOINTS && cell->c == EVADE_JOINT) return true;
    if (pattern->length + cell->count > EVADE_WORD_LARGEST) return false;
    uint16_t count = (uint16_t)cell->count, width = (uint16_t)((cell->end - cell->start) / count);
    uint16_t place = (uint16_t)(cell->start - pattern->start);
    for (uint16_t i = 0; i < count; i++) {
        char letter = evade_letter(cell->c);
        pattern->at[pattern->length] = hidden ? hidden_as(part, at) : letter;
        pattern->like[pattern->length] = letter;
        pattern->places[pattern->length++] = place;
        place = (uint16_t)(place + width);
    }
    pattern->places[pattern->length] = place;
    pattern->hidden = (uint16_t)(pattern->hidden + (hidden ? count : 0));
    pattern->tail = (uint16_t)(hidden ? pattern->tail + count : 0);
    pattern->known = (uint16_t)(pattern->known + (hidden ? 0 : count));
    pattern->letters = (uint16_t)(pattern->letters + (evade_is_letter(cell->c) ? count : 0));
    return true;
}

static bool read_pattern(struct pattern *pattern, const struct evade_part *part, enum taking taking)
{
    pattern->start = part->piece->cells[part->from].start;
    pattern->length = pattern->letters = pattern->known = pattern->hidden = pattern->tail = 0;
    for (size_t i = part->from; i < part->to; i++) {
        if (!add(pattern, part, i, taking)) return false;
    }
    return pattern->letters > 0 && evade_is_letter(pattern->at[0]);
}

static bool is_vowel(char c)
{
    return strchr("aeiou", c) != NULL;
}

static bool fits(const struct pattern *pattern, size_t from, const struct evade_word *word)
{
    for (size_t i = 0; i < word->length; i++) {
        char wanted = pattern->at[from + i], letter = word->letters[i];
        bool good = wanted == ANY || wanted == letter ||
                    (wanted == VOWEL && (is_vowel(letter) || pattern->like[from + i] == letter));
        if (!good) return false;
    }
    return true;
}

static unsigned rank(const struct evade_word *word)
{
    return (word->alone ? 4u : 0u) + (word->hold ? 2u : 0u) + (word->swear ? 1u : 0u);
}

/* A bit a letter that is known. */
static uint32_t bits_of(const struct pattern *pattern, size_t from, size_t length)
{
    uint32_t bits = 0;
    for (size_t i = from; i < from + length; i++) {
        if (evade_is_letter(pattern->at[i])) bits |= evade_bit(pattern->at[i]);
    }
    return bits;
}

/* The gravest word from `from` on whose last letter is `last`; of equals the earliest in the list. */
static const struct evade_word *best_shape(const struct evade_words *words,
                                           const struct pattern *pattern, size_t from,
                                           size_t length, char last)
{
    const struct evade_word *best = NULL;
    struct evade_shape shape = evade_words_shape(words, pattern->at[from], length, last);
    uint32_t bits = shape.from == shape.to ? 0 : bits_of(pattern, from, length);
    for (uint32_t at = shape.from; at < shape.to; at++) {
        if ((bits & ~shape.bits[at]) != 0) continue;
        const struct evade_word *word = evade_words_get(words, at);
        if (!fits(pattern, from, word)) continue;
        if (best == NULL || rank(word) > rank(best) ||
            (rank(word) == rank(best) && word->entry < best->entry))
            best = word;
    }
    return best;
}

static void give(const struct pattern *pattern, size_t from, const struct evade_word *word,
                 struct evade_guess *ret_guess)
{
    ret_guess->start = ret_guess->from = pattern->start + pattern->places[from];
    ret_guess->end = ret_guess->to = pattern->start + pattern->places[from + word->length];
    ret_guess->length = word->length;
    ret_guess->entry = word->entry;
    memcpy(ret_guess->letters, word->letters, word->length);
}

/* What is hidden up to the end: only swearing is written so, and only where all that fits is of one kind. */
static const struct evade_word *best_tail(const struct evade_asked *asked,
                                          const struct pattern *pattern)
{
    const struct evade_word *best = NULL;
    for (int last = 'a'; last <= 'z'; last++) {
        const struct evade_word *word =
            best_shape(asked->words, pattern, 0, pattern->length, (char)last);
        if (word == NULL || !word->alone) continue;
        if (!word->hold || !word->swear) return NULL;
        if (best != NULL && lexicon_entry(asked->lexicon, best->entry)->kind !=
                                lexicon_entry(asked->lexicon, word->entry)->kind)
            return NULL;
        if (best == NULL || word->entry < best->entry) best = word;
    }
    return best;
}

/* A first letter and stars says something only where everybody writes it so. */
static bool is_custom(const struct pattern *pattern, struct slice word)
{
    static const char *const customs[] = {"fuck", "fucking", "fucked", "shit", "cunt", "bitch"};
    for (size_t i = 0; i < pattern->length; i++) {
        if (i > 0 && pattern->at[i] != ANY) return false;
    }
    for (size_t i = 0; i < sizeof customs / sizeof *customs; i++) {
        if (slice_is(word, customs[i])) return true;
    }
    return false;
}

static const struct evade_word *best_custom(const struct evade_asked *asked,
                                            const struct pattern *pattern)
{
    for (int last = 'a'; last <= 'z'; last++) {
        struct evade_shape shape =
            evade_words_shape(asked->words, pattern->at[0], pattern->length, (char)last);
        for (uint32_t at = shape.from; at < shape.to; at++) {
            const struct evade_word *word = evade_words_get(asked->words, at);
            if (word->hold && is_custom(pattern, (struct slice){word->letters, word->length}))
                return word;
        }
    }
    return NULL;
}

static const struct evade_word *best_whole(const struct evade_asked *asked,
                                           const struct pattern *pattern)
{
    if (pattern->length < 4) return NULL;
    if (pattern->tail == 1 || (pattern->tail > 0 && pattern->hidden > pattern->tail)) return NULL;
    if (pattern->known == 1) return pattern->tail > 0 ? best_custom(asked, pattern) : NULL;
    if (pattern->tail > 0) return best_tail(asked, pattern);
    char last = pattern->at[pattern->length - 1];
    const struct evade_word *word = best_shape(asked->words, pattern, 0, pattern->length, last);
    if (word == NULL || word->hold) return word;
    return pattern->hidden == 1 || pattern->known >= 4 ? word : NULL;
}

/* A word that counts inside longer ones, with what is hidden in it. */
static const struct evade_word *best_within(const struct evade_asked *asked,
                                            const struct pattern *pattern, size_t from)
{
    for (size_t length = 4; length <= 8 && from + length <= pattern->length; length++) {
        char first = pattern->at[from], last = pattern->at[from + length - 1];
        if (!evade_is_letter(first) || !evade_is_letter(last)) continue;
        const struct evade_word *word = best_shape(asked->words, pattern, from, length, last);
        if (word == NULL || !word->within || !word->hold) continue;
        if (word->begins && from > 0) continue;
        if (!word->ends || from + length == pattern->length) return word;
    }
    return NULL;
}

static bool guess_signs(const struct evade_asked *asked, const struct evade_part *part,
                        struct evade_guess *ret_guess)
{
    struct pattern pattern;
    if (evade_letter(part->piece->cells[part->from].c) == 0) return false;
    if (!read_pattern(&pattern, part, SIGNS) || pattern.hidden == 0) return false;
    const struct evade_word *word = best_whole(asked, &pattern);
    if (word != NULL) {
        give(&pattern, 0, word, ret_guess);
        return true;
    }
    if (pattern.known < 4) return false;
    for (size_t from = 0; from + 4 <= pattern.length; from++) {
        word = best_within(asked, &pattern, from);
        if (word == NULL) continue;
        give(&pattern, from, word, ret_guess);
        return true;
    }
    return false;
}

/* Whether there are words of that length with its first and last letter. */
static bool may_be_word(const struct evade_words *words, const struct evade_part *part)
{
    const struct evade_cell *cells = part->piece->cells;
    char first = cells[part->from].c, last = cells[part->to - 1].c;
    size_t length = 0;
    for (size_t i = part->from; i < part->to; i++) length += cells[i].count;
    if (!evade_is_letter(first) || !evade_is_letter(last)) return false;
    struct evade_shape shape = evade_words_shape(words, first, length, last);
    return shape.from < shape.to;
}

/* Hidden by what has other uses too: only a whole held word counts. */
static bool guess_strictly(const struct evade_asked *asked, const struct evade_part *part,
                           enum taking taking, struct evade_guess *ret_guess)
{
    struct pattern pattern;
    if (taking == DIGITS && !may_be_word(asked->words, part)) return false;
    if (!read_pattern(&pattern, part, taking)) return false;
    size_t length = pattern.length;
    if (length < 4 || pattern.known < 3 || pattern.tail > 0) return false;
    const struct evade_word *word =
        best_shape(asked->words, &pattern, 0, length, pattern.at[length - 1]);
    if (word == NULL || !word->alone || !word->hold) return false;
    if (taking == DIGITS && !word->swear) return false;
    give(&pattern, 0, word, ret_guess);
    return true;
}

bool evade_guess_hidden(const struct evade_asked *asked, struct evade_part part,
                        struct evade_guess *ret_guess)
{
    const struct evade_piece *piece = part.piece;
    if (piece->hidden)
        return guess_strictly(asked, &part, SIGNS, ret_guess) ||
               guess_strictly(asked, &part, WITHOUT_JOINTS, ret_guess);
    if (piece->signs > 0 && guess_signs(asked, &part, ret_guess)) return true;
    bool capitals = piece->cells[part.from].capital && piece->cells[part.to - 1].capital;
    return piece->digits + piece->signs == 1 && !capitals &&
           guess_strictly(asked, &part, DIGITS, ret_guess);
}
