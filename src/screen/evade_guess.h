/* What a disguised word may be: a piece of text read as cells, guessed against the words of the lexicon. evade_piece.c reads,
 * evade_guess.c and evade_stars.c guess, evade.c asks. */
#pragma once

#include "screen/evade_words.h"
#include "screen/fold.h"
#include "screen/lexicon.h"

#define EVADE_CELLS 32 /* of one piece; a longer one is no word */

/* One character, or several alike in a row. */
struct evade_cell {
    uint32_t start, end; /* in the folded text */
    uint32_t count;
    char
        c; /* a letter, a digit or a sign; A to Z for signs of several characters that look like that letter */
    bool capital;
};
#define EVADE_FOREIGN '\x7f' /* a letter that is not a Latin one, or a picture */
#define EVADE_JOINT '?'      /* one of - _ . , between letters */

struct evade_piece {
    struct evade_cell cells[EVADE_CELLS];
    size_t count;
    uint32_t letters, digits, signs, sign_cells;
    bool repeated; /* a letter three times or more */
    bool joined;   /* capitals behind small letters */
    bool too_long;
    bool hidden;      /* holds a foreign letter, a joint or a picture */
    bool looks_latin; /* the text has letters that only look Latin: an l may be an i */
};

static inline bool evade_is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool evade_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads the piece that begins at `at`, a word with the signs in it, and gives where it ends: at the latest at `end`, behind `at` in any case.
 * With `joints`, one joint early in the word, or a picture, stands for a letter; without, the piece ends before it.
 * What is no word, or nothing but a word, or a code at first sight, has no cells. */
size_t evade_piece_read(struct evade_piece *piece, const struct folded *folded, size_t at,
                        size_t end, bool joints);

struct evade_asked {
    const struct lexicon *lexicon;
    const struct evade_words *words;
};
struct evade_guess {
    uint32_t start, end; /* in the folded text: what is meant by it */
    uint32_t from, to;   /* with what is left out before and behind it */
    size_t length;       /* of the letters: at most end - start */
    char letters[2 * EVADE_CELLS];
    uint32_t entry;
};

/* The likeliest word; false where none is likely. */
bool evade_guess(const struct evade_asked *asked, const struct evade_piece *piece,
                 struct evade_guess *ret_guess);
/* The same for letters that stood apart, a cell each. */
bool evade_guess_apart(const struct evade_asked *asked, const struct evade_cell *cells,
                       size_t count, struct evade_guess *ret_guess);
/* Whether such letters are any word of any wording. */
bool evade_is_known(const struct evade_asked *asked, const struct evade_cell *cells, size_t count);
/* The same for letters of which only some stood apart: whole held words only. */
bool evade_guess_split(const struct evade_asked *asked, const struct evade_cell *cells,
                       size_t count, struct evade_guess *ret_guess);
/* The next held word from the cell *at on that capitals or digits set apart in a longer one; *at goes on behind it. */
bool evade_guess_joined(const struct evade_asked *asked, const struct evade_piece *piece,
                        size_t *at, struct evade_guess *ret_guess);

/* Between evade_guess.c and evade_stars.c: cells from..to, and what a character is most likely to be, 0 where that cannot be said. */
struct evade_part {
    const struct evade_piece *piece;
    size_t from, to;
};
extern const char evade_letters[128];
static inline char evade_letter(char c)
{
    return evade_letters[(unsigned char)c & 127];
}
/* A word of which some letters are hidden behind signs. */
bool evade_guess_hidden(const struct evade_asked *asked, struct evade_part part,
                        struct evade_guess *ret_guess);
