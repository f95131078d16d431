/* Digits and signs taken for the letters they look like, repeats for one letter or two; see evade_guess.h. A guess counts only where it is a
 * word of the lexicon and the text looks more like a word than like a code. */
#include "screen/evade_guess.h"

#include <string.h>

/* What has two readings: a bit each. */
enum {
    ONE_AS_L = 1, /* 1 ! | */
    SIX_AS_B = 2,
    L_AS_I = 4,       /* where letters only look Latin */
    CAPITAL_AS_L = 8, /* an I */
    READINGS = 16
};

#define ITSELF(c) [c] = (c), [(c)-32] = (c)
const char evade_letters[128] = {
    ITSELF('a'), ITSELF('b'), ITSELF('c'), ITSELF('d'), ITSELF('e'), ITSELF('f'), ITSELF('g'),
    ITSELF('h'), ITSELF('i'), ITSELF('j'), ITSELF('k'), ITSELF('l'), ITSELF('m'), ITSELF('n'),
    ITSELF('o'), ITSELF('p'), ITSELF('q'), ITSELF('r'), ITSELF('s'), ITSELF('t'), ITSELF('u'),
    ITSELF('v'), ITSELF('w'), ITSELF('x'), ITSELF('y'), ITSELF('z'), ['0'] = 'o', ['1'] = 'i',
    ['2'] = 'z', ['3'] = 'e', ['4'] = 'a', ['5'] = 's', ['6'] = 'g', ['7'] = 't', ['8'] = 'b',
    ['9'] = 'g', ['!'] = 'i', ['|'] = 'i', ['@'] = 'a', ['&'] = 'a', ['$'] = 's', ['+'] = 't',
    ['('] = 'c', ['<'] = 'c', ['#'] = 'h',
};

/* The reading that a cell has beside the usual one, or none. */
static unsigned other_reading(const struct evade_cell *cell, bool looks_latin)
{
    switch (cell->c) {
    case '1':
    case '!':
    case '|': return ONE_AS_L;
    case '6': return SIX_AS_B;
    case 'l': return looks_latin ? L_AS_I : 0;
    case 'i': return cell->capital ? CAPITAL_AS_L : 0;
    default: return 0;
    }
}

static char letter_of(unsigned reading)
{
    switch (reading) {
    case ONE_AS_L:
    case CAPITAL_AS_L: return 'l';
    case SIX_AS_B: return 'b';
    default: return 'i';
    }
}

static char read_cell(const struct evade_cell *cell, bool looks_latin, unsigned readings)
{
    unsigned other = other_reading(cell, looks_latin) & readings;
    return other == 0 ? evade_letter(cell->c) : letter_of(other);
}

static bool can_be(const struct evade_cell *cell, bool looks_latin, char letter)
{
    if (evade_letter(cell->c) == letter) return true;
    unsigned other = other_reading(cell, looks_latin);
    return other != 0 && letter_of(other) == letter;
}

/* ---- whether it looks like a word --------------------------------------------------------------- */

struct look {
    size_t letters, digits, signs;
    size_t loose;       /* signs that are much else as well */
    size_t first, last; /* digits at the beginning, at the end */
    unsigned readings;  /* the other ones there are */
    bool repeated, capitals;
};

/* Cells in a row. */
struct cells {
    const struct evade_cell *at;
    size_t count;
    bool looks_latin;
};

static void weigh_cell(struct look *look, const struct evade_cell *cell, bool looks_latin)
{
    if (evade_is_digit(cell->c)) {
        look->digits += cell->count;
        look->last += cell->count;
        if (look->letters + look->signs == 0) look->first += cell->count;
    } else {
        look->last = 0;
    }
    if (evade_is_letter(cell->c)) {
        look->letters += cell->count;
        look->capitals = look->capitals && cell->capital;
        look->repeated = look->repeated || cell->count >= 3;
    } else if (!evade_is_digit(cell->c)) {
        look->signs += cell->count;
        if (strchr("&#+(<|", cell->c) != NULL) look->loose += cell->count;
    }
    look->readings |= other_reading(cell, looks_latin);
}

static struct look weigh(struct cells cells)
{
    struct look look = {.capitals = true};
    for (size_t i = 0; i < cells.count; i++) weigh_cell(&look, &cells.at[i], cells.looks_latin);
    return look;
}

/* Whether there is anything to guess. */
static bool is_odd(const struct look *look)
{
    return look->letters > 0 && (look->digits > 0 || look->signs > 0 || look->repeated ||
                                 (look->readings & (L_AS_I | CAPITAL_AS_L)) != 0);
}

/* Codes, grades, registrations and rooms hold digits too: a word has more letters, and not all its digits at one end. */
static bool looks_like(const struct look *look, size_t length)
{
    if (length <= 3) return look->digits == 0 && look->loose == 0;
    if (look->letters < 2) return false;
    if (look->digits == 0) return true;
    if (look->digits > look->letters + (length > 4 ? 1 : 0)) return false;
    if (look->digits >= 2 && look->last == look->digits) return false;
    if (look->digits >= 2 && look->first == look->digits && look->letters < 4) return false;
    return !(look->capitals && look->digits >= 2 && length <= 5);
}

/* ---- whole words -------------------------------------------------------------------------------- */

static void set_span(struct evade_guess *guess, struct cells cells)
{
    guess->start = guess->from = cells.at[0].start;
    guess->end = guess->to = cells.at[cells.count - 1].end;
}

static void give_word(const struct evade_word *word, struct cells cells,
                      struct evade_guess *ret_guess)
{
    set_span(ret_guess, cells);
    ret_guess->length = word->length;
    ret_guess->entry = word->entry;
    memcpy(ret_guess->letters, word->letters, word->length);
}

static unsigned rank(const struct evade_word *word)
{
    return (word->alone ? 2u : 0u) + (word->hold ? 1u : 0u);
}

/* The better of the two; of part of a longer wording only words that say something. */
static const struct evade_word *better(const struct evade_word *word, const struct evade_word *best)
{
    if (!word->alone && word->length <= 3) return best;
    return best == NULL || rank(word) > rank(best) ? word : best;
}

static bool is_spelled(const struct evade_word *word, struct cells cells)
{
    size_t at = 0;
    for (size_t i = 0; i < cells.count; i++) {
        for (uint32_t k = 0; k < cells.at[i].count; k++) {
            char letter = word->letters[at++];
            if (k > 0 ? letter != word->letters[at - 2]
                      : !can_be(&cells.at[i], cells.looks_latin, letter))
                return false;
        }
    }
    return true;
}

/* A bit a letter that some cell can be. */
static uint32_t bits_of(struct cells cells)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < cells.count; i++) {
        char letter = evade_letter(cells.at[i].c);
        unsigned other = other_reading(&cells.at[i], cells.looks_latin);
        if (letter != 0) bits |= evade_bit(letter);
        if (other != 0) bits |= evade_bit(letter_of(other));
    }
    return bits;
}

/* The best word that begins and ends so and is spelled letter by letter. */
static const struct evade_word *best_between(const struct evade_words *words, struct cells cells,
                                             size_t length, char first, char last)
{
    const struct evade_word *best = NULL;
    struct evade_shape shape = evade_words_shape(words, first, length, last);
    uint32_t bits = shape.from == shape.to ? 0 : bits_of(cells);
    for (uint32_t at = shape.from; at < shape.to; at++) {
        if ((shape.bits[at] & ~bits) != 0) continue;
        const struct evade_word *word = evade_words_get(words, at);
        if (is_spelled(word, cells)) best = better(word, best);
    }
    return best;
}

static const struct evade_word *best_spelled(const struct evade_words *words, struct cells cells)
{
    const struct evade_cell *front = &cells.at[0], *back = &cells.at[cells.count - 1];
    unsigned front_other = other_reading(front, cells.looks_latin);
    unsigned back_other = other_reading(back, cells.looks_latin);
    const char firsts[] = {evade_letter(front->c), front_other == 0 ? 0 : letter_of(front_other)};
    const char lasts[] = {evade_letter(back->c), back_other == 0 ? 0 : letter_of(back_other)};
    const struct evade_word *best = NULL;
    size_t length = 0;
    for (size_t i = 0; i < cells.count; i++) length += cells.at[i].count;
    for (size_t i = 0; i < 4; i++) {
        char first = firsts[i / 2], last = lasts[i % 2];
        if (first == 0 || last == 0) continue;
        const struct evade_word *word = best_between(words, cells, length, first, last);
        if (word != NULL) best = better(word, best);
    }
    return best;
}

/* Letters without repeats, and how often each stood. */
struct runs {
    char letters[EVADE_CELLS];
    uint8_t counts[EVADE_CELLS]; /* at most MANY */
    size_t count;
};
#define MANY 200u

static bool read_runs(struct runs *runs, struct cells cells, unsigned readings)
{
    runs->count = 0;
    for (size_t i = 0; i < cells.count; i++) {
        char letter = read_cell(&cells.at[i], cells.looks_latin, readings);
        if (letter == 0) return false;
        if (runs->count == 0 || runs->letters[runs->count - 1] != letter) {
            runs->letters[runs->count] = letter;
            runs->counts[runs->count++] = 0;
        }
        uint8_t *count = &runs->counts[runs->count - 1];
        uint32_t sum = *count + cells.at[i].count;
        *count = (uint8_t)(sum < MANY ? sum : MANY);
    }
    return runs->count >= 2;
}

/* A letter three times stands for one or two; once or twice it stands for itself. */
static bool same_runs(const struct runs *runs, const struct evade_word *word)
{
    const char *at = word->letters, *end = at + word->length;
    for (size_t i = 0; i < runs->count; i++) {
        uint32_t count = 0, given = runs->counts[i];
        for (; at < end && *at == runs->letters[i]; at++) count++;
        if (count != given && (given < 3 || count > given)) return false;
    }
    return at == end;
}

/* Gives the next set of readings behind `readings` out of those there are; 0 behind the last. */
static unsigned next_readings(unsigned readings, unsigned there)
{
    return (readings - there) & there;
}

static const struct evade_word *best_repeated(const struct evade_words *words, struct cells cells,
                                              unsigned there)
{
    const struct evade_word *best = NULL;
    unsigned readings = 0;
    do {
        struct runs runs;
        if (!read_runs(&runs, cells, readings)) return NULL;
        uint32_t at = evade_words_runs(words, (struct slice){runs.letters, runs.count});
        for (const struct evade_word *word; at != NO_EVADE_WORD; at = word->next_runs) {
            word = evade_words_get(words, at);
            if (same_runs(&runs, word)) best = better(word, best);
        }
        readings = next_readings(readings, there);
    } while (readings != 0);
    return best;
}

static bool guess_whole(const struct evade_asked *asked, struct cells cells, bool repeated,
                        struct evade_guess *ret_guess)
{
    const struct evade_word *word = NULL;
    struct look look;
    if (repeated) {
        look = weigh(cells);
        if (is_odd(&look)) word = best_repeated(asked->words, cells, look.readings);
    } else {
        word = best_spelled(asked->words, cells);
        if (word != NULL) look = weigh(cells);
    }
    if (word == NULL || !is_odd(&look) || !looks_like(&look, word->length)) return false;
    give_word(word, cells, ret_guess);
    return true;
}

/* ---- a word that another one makes bad ---------------------------------------------------------- */

/* Written out with repeats of three and more as `repeats` letters. */
static void write_out(const struct runs *runs, uint32_t repeats, struct evade_guess *guess)
{
    guess->length = 0;
    for (size_t i = 0; i < runs->count; i++) {
        uint32_t count = runs->counts[i] >= 3 ? repeats : runs->counts[i];
        while (count-- > 0) guess->letters[guess->length++] = runs->letters[i];
    }
}

static bool is_held_inside(const struct evade_asked *asked, struct cells cells,
                           const struct runs *runs, uint32_t repeats, struct evade_guess *guess)
{
    write_out(runs, repeats, guess);
    guess->entry =
        evade_words_inside(asked->lexicon, (struct slice){guess->letters, guess->length});
    set_span(guess, cells);
    return guess->entry != 0;
}

static bool guess_within(const struct evade_asked *asked, struct cells cells,
                         struct evade_guess *ret_guess)
{
    struct look look = weigh(cells);
    struct runs runs;
    unsigned readings = 0;
    if (!is_odd(&look)) return false;
    do {
        if (!read_runs(&runs, cells, readings)) return false;
        if (is_held_inside(asked, cells, &runs, 1, ret_guess)) return true;
        if (look.repeated && is_held_inside(asked, cells, &runs, 2, ret_guess)) return true;
        readings = next_readings(readings, look.readings);
    } while (readings != 0);
    return false;
}

/* ---- a piece, its edges taken off --------------------------------------------------------------- */

static bool is_sign(char c)
{
    return !evade_is_letter(c) && !evade_is_digit(c);
}

static size_t behind_signs(const struct evade_piece *piece)
{
    size_t at = 0;
    while (at < piece->count && is_sign(piece->cells[at].c)) at++;
    return at;
}

static size_t before_signs(const struct evade_piece *piece)
{
    size_t at = piece->count;
    while (at > 0 && is_sign(piece->cells[at - 1].c)) at--;
    return at;
}

typedef bool guesser(const struct evade_asked *asked, struct evade_part part,
                     struct evade_guess *ret_guess);

static struct cells cells_of(const struct evade_part *part)
{
    return (struct cells){part->piece->cells + part->from, part->to - part->from,
                          part->piece->looks_latin};
}

static bool whole(const struct evade_asked *asked, struct evade_part part,
                  struct evade_guess *ret_guess)
{
    return guess_whole(asked, cells_of(&part), part.piece->repeated, ret_guess);
}

static bool within(const struct evade_asked *asked, struct evade_part part,
                   struct evade_guess *ret_guess)
{
    return guess_within(asked, cells_of(&part), ret_guess);
}

/* With all signs at its ends, without the last, without any at the end, without any. */
static bool by_edges(const struct evade_asked *asked, const struct evade_piece *piece,
                     guesser *guess, struct evade_guess *ret_guess)
{
    size_t first = behind_signs(piece), last = before_signs(piece), all = piece->count;
    const size_t starts[] = {0, first}, ends[] = {all, all - 1, last};
    for (size_t i = 0; i < 2; i++) {
        if (i > 0 && first == 0) break;
        for (size_t k = 0; k < 3; k++) {
            if ((k > 0 && ends[k] == ends[k - 1]) || ends[k] < last || starts[i] >= ends[k])
                continue;
            if (guess(asked, (struct evade_part){piece, starts[i], ends[k]}, ret_guess))
                return true;
        }
    }
    return false;
}

/* Digits before or behind a held word, as in the name of an account. */
static bool without_numbers(const struct evade_asked *asked, const struct evade_piece *piece,
                            struct evade_guess *ret_guess)
{
    size_t from = behind_signs(piece), to = before_signs(piece);
    struct evade_part part = {piece, from, to};
    while (part.from < to && evade_is_digit(piece->cells[part.from].c)) part.from++;
    while (part.to > part.from && evade_is_digit(piece->cells[part.to - 1].c)) part.to--;
    if (part.to < part.from + 3 || (part.from == from && part.to == to)) return false;
    struct cells cells = cells_of(&part);
    const struct evade_word *word = best_spelled(asked->words, cells);
    if (word == NULL || !word->alone || !word->hold || word->length < 4) return false;
    struct look look = weigh(cells);
    if (look.digits > 0 || look.signs > 0) return false;
    give_word(word, cells, ret_guess);
    ret_guess->from = piece->cells[from].start;
    ret_guess->to = piece->cells[to - 1].end;
    return true;
}

/* Whether all its digits stand at one end: what is left is a word that the lexicon saw. */
static bool is_numbered(const struct evade_piece *piece)
{
    bool front = evade_is_digit(piece->cells[0].c);
    bool back = evade_is_digit(piece->cells[piece->count - 1].c);
    if (front == back) return false;
    uint32_t sum = 0;
    for (size_t i = 0; i < piece->count; i++) {
        size_t at = front ? i : piece->count - 1 - i;
        if (!evade_is_digit(piece->cells[at].c)) return sum == piece->digits;
        sum += piece->cells[at].count;
    }
    return true;
}

bool evade_guess(const struct evade_asked *asked, const struct evade_piece *piece,
                 struct evade_guess *ret_guess)
{
    if (by_edges(asked, piece, whole, ret_guess)) return true;
    if (by_edges(asked, piece, evade_guess_hidden, ret_guess)) return true;
    if (piece->hidden || piece->letters < 3) return false;
    if (piece->digits > 0 && without_numbers(asked, piece, ret_guess)) return true;
    bool plain = piece->signs == 0 && !piece->repeated;
    if (plain && (piece->digits == 0 ? !piece->looks_latin : is_numbered(piece))) return false;
    if (piece->digits * 2 > piece->letters) return false;
    return by_edges(asked, piece, within, ret_guess);
}

/* ---- letters that stood apart ------------------------------------------------------------------- */

/* Three letters are initials too: then they are small ones, or what they say is grave. */
static bool is_no_initials(const struct evade_asked *asked, struct cells cells, uint32_t entry)
{
    const struct lexicon_entry *said = lexicon_entry(asked->lexicon, entry);
    if (cells.count > 3) return true;
    if (said->level != LEVEL_HOLD) return false;
    for (size_t i = 0; i < cells.count; i++) {
        if (!cells.at[i].capital) return true;
    }
    return said->kind == FINDING_SELF_HARM || said->kind == FINDING_THREAT;
}

bool evade_guess_apart(const struct evade_asked *asked, const struct evade_cell *at, size_t count,
                       struct evade_guess *ret_guess)
{
    struct cells cells = {at, count, false};
    struct look look = weigh(cells);
    if (count < 3 || look.letters < 2 || look.digits > look.letters) return false;
    const struct evade_word *word = best_spelled(asked->words, cells);
    if (word != NULL && looks_like(&look, word->length)) {
        give_word(word, cells, ret_guess);
        return is_no_initials(asked, cells, word->entry);
    }
    struct runs runs;
    if (count < 5 || look.digits > 0 || !read_runs(&runs, cells, 0)) return false;
    return is_held_inside(asked, cells, &runs, 2, ret_guess);
}

bool evade_is_known(const struct evade_asked *asked, const struct evade_cell *at, size_t count)
{
    struct cells cells = {at, count, false};
    char first = evade_letter(at[0].c), last = evade_letter(at[count - 1].c);
    if (first == 0 || last == 0) return false;
    struct evade_shape shape = evade_words_shape(asked->words, first, count, last);
    for (uint32_t place = shape.from; place < shape.to; place++) {
        if (is_spelled(evade_words_get(asked->words, place), cells)) return true;
    }
    return false;
}

bool evade_guess_split(const struct evade_asked *asked, const struct evade_cell *at, size_t count,
                       struct evade_guess *ret_guess)
{
    struct cells cells = {at, count, false};
    if (count < 4) return false;
    const struct evade_word *word = best_spelled(asked->words, cells);
    if (word == NULL || !word->alone || !word->hold) return false;
    struct look look = weigh(cells);
    if (look.digits > 0) return false;
    give_word(word, cells, ret_guess);
    return true;
}

/* ---- words run together ------------------------------------------------------------------------- */

/* Whether a new word begins at the cell: YouWanker, YOUWanker, Wanker7. */
static bool begins_word(const struct evade_piece *piece, size_t at)
{
    const struct evade_cell *cell = &piece->cells[at], *before = cell - 1;
    if (evade_is_letter(cell->c) != evade_is_letter(before->c)) return true;
    if (cell->capital != before->capital) return cell->capital;
    return cell->capital && at + 1 < piece->count && evade_is_letter(piece->cells[at + 1].c) &&
           !piece->cells[at + 1].capital;
}

bool evade_guess_joined(const struct evade_asked *asked, const struct evade_piece *piece,
                        size_t *at, struct evade_guess *ret_guess)
{
    for (size_t from = *at, to; from < piece->count; from = to) {
        for (to = from + 1; to < piece->count && !begins_word(piece, to);) to++;
        *at = to;
        if (!evade_is_letter(piece->cells[from].c) || to < from + 3) continue;
        if (from == 0 && to == piece->count) return false;
        struct cells cells = {piece->cells + from, to - from, false};
        const struct evade_word *word = best_spelled(asked->words, cells);
        if (word == NULL || !word->alone || !word->hold || word->length < 4) continue;
        struct look look = weigh(cells);
        if (look.digits + look.signs > 0) continue;
        give_word(word, cells, ret_guess);
        return true;
    }
    return false;
}
