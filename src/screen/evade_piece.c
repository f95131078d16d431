/* A piece of text read as cells: letters, digits and the signs that may stand for letters, equal ones counted; see evade_guess.h. */
#include <string.h>

#include "screen/evade_guess.h"

/* Signs of several characters, the longer ones first. */
static const struct {
    const char *signs;
    char c;
} drawn[] = {
    {"\\/\\/", 'W'}, {"|-|", 'H'}, {"|\\|", 'N'}, {"()", 'O'},
    {"[]", 'O'},     {"|<", 'K'},  {"|)", 'D'},   {"\\/", 'V'},
};

static char drawn_at(const char *at, size_t left, size_t *ret_length)
{
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++) {
        size_t length = strlen(drawn[i].signs);
        if (length > left || memcmp(at, drawn[i].signs, length) != 0) continue;
        *ret_length = length;
        return drawn[i].c;
    }
    return 0;
}

static bool stands_for_something(char c)
{
    switch (c) {
    case '!':
    case '#':
    case '$':
    case '%':
    case '&':
    case '(':
    case '*':
    case '+':
    case '<':
    case '@':
    case '^':
    case '|':
    case '~': return true;
    default: return evade_is_letter(c) || evade_is_digit(c);
    }
}

/* What stands at `at`; 0: the end of the piece. */
static char sign_at(const struct folded *folded, size_t at, size_t end, size_t *ret_length)
{
    char c = folded->at[at];
    *ret_length = 1;
    if (evade_is_letter(c)) return c;
    if ((unsigned char)c >= 0x80) {
        while (at + *ret_length < end && (folded->at[at + *ret_length] & 0xC0) == 0x80)
            ++*ret_length;
        return EVADE_FOREIGN;
    }
    if (c == '(' || c == '[' || c == '|' || c == '\\') {
        char one = drawn_at(folded->at + at, end - at, ret_length);
        if (one != 0) return one;
    }
    return stands_for_something(c) ? c : 0;
}

static bool begins_something(char c)
{
    return c == '#' || c == '%' || c == '&' || c == '*' || c == '+' || c == '^' || c == '~';
}

static bool is_capital(const struct folded *folded, size_t at)
{
    return (folded->capitals[at / 64] >> (at % 64) & 1) != 0;
}

static bool goes_on(const struct evade_cell *cell, const struct evade_cell *next)
{
    return cell->c == next->c && cell->capital == next->capital &&
           !(cell->c >= 'A' && cell->c <= 'Z') && cell->c != EVADE_FOREIGN;
}

static void add(struct evade_piece *piece, const struct evade_cell *cell)
{
    struct evade_cell *last = piece->count == 0 ? NULL : &piece->cells[piece->count - 1];
    piece->letters += evade_is_letter(cell->c);
    piece->digits += evade_is_digit(cell->c);
    if (last != NULL && goes_on(last, cell)) {
        last->end = cell->end;
        last->count++;
        piece->repeated = piece->repeated || (last->count >= 3 && evade_is_letter(cell->c));
    } else if (piece->count < EVADE_CELLS) {
        if (last != NULL && cell->capital && !last->capital) {
            piece->joined = true;
            /* FUCKlNG: an l that is an I */
            bool between = piece->count > 1 && last[-1].capital && last->c == 'l';
            piece->looks_latin = piece->looks_latin || between;
        }
        piece->sign_cells += !evade_is_letter(cell->c) && !evade_is_digit(cell->c);
        piece->cells[piece->count++] = *cell;
    } else {
        piece->too_long = true;
    }
}

#define SIGNS_LARGEST 5 /* of one word, those alike in a row counted once */

/* Times, years and sizes, 10pm, 1990s, XL12: digits at one end, beside two letters at most, are no word in any reading. */
static bool is_number(const struct evade_piece *piece)
{
    if (piece->signs > 0 || piece->digits < 2 || piece->letters > 2) return false;
    size_t changes = 0; /* from digits to letters and back */
    for (size_t i = 1; i < piece->count; i++)
        changes += evade_is_digit(piece->cells[i].c) != evade_is_digit(piece->cells[i - 1].c);
    return changes == 1;
}

/* Whether there is anything to guess at. Rooms, years, ordinals and units are a few letters and digits. */
static bool is_worth_it(const struct evade_piece *piece)
{
    if (piece->count < 2 || piece->too_long || piece->letters == 0) return false;
    if (piece->sign_cells > SIGNS_LARGEST) return false;
    if (piece->hidden) return piece->letters >= 2;
    if (piece->letters + piece->digits + piece->signs < EVADE_WORD_LEAST || is_number(piece))
        return false;
    if (piece->signs > 0 || piece->repeated || piece->joined || piece->looks_latin) return true;
    return piece->digits > 0 && piece->letters >= 2 && piece->letters + piece->digits >= 4;
}

#define LETTERS 26
#define EARLY 2 /* letters before a joint */

static bool is_joint(char c)
{
    return c == '-' || c == '_' || c == '.' || c == ',';
}

/* How many bytes of a joint, or a picture, stand for letters at `at`: between letters only. */
static size_t hidden_at(const struct evade_piece *piece, const struct folded *folded, size_t at,
                        size_t end)
{
    const char *text = folded->at;
    bool joint = is_joint(text[at]);
    if (piece->hidden || piece->count == 0 || (!joint && text[at] != FOLD_SIGN)) return 0;
    if (!evade_is_letter(piece->cells[piece->count - 1].c)) return 0;
    if (joint && piece->letters + piece->digits > EARLY) return 0;
    size_t length = at + 1 < end && text[at + 1] == text[at] ? 2 : 1, next = at + length;
    if (next >= end || !evade_is_letter(text[next])) return 0;
    /* One letter to each side: they stand apart. */
    bool word = piece->letters > 1 || (next + 1 < end && evade_is_letter(text[next + 1]));
    return word ? length : 0;
}

static void add_hidden(struct evade_piece *piece, const struct folded *folded, size_t at,
                       size_t length)
{
    char c = folded->at[at] == FOLD_SIGN ? EVADE_FOREIGN : EVADE_JOINT;
    if (piece->count == EVADE_CELLS) return;
    piece->hidden = true;
    piece->cells[piece->count++] =
        (struct evade_cell){(uint32_t)at, (uint32_t)(at + length), (uint32_t)length, c, false};
}

/* Whether letters of ASCII stand with the foreign ones: a word of one script is a word of some language. */
static bool is_mixed(const struct evade_piece *piece, const struct folded *folded)
{
    size_t count = 0;
    struct fold_span span =
        fold_span(folded, piece->cells[0].start, piece->cells[piece->count - 1].end);
    for (size_t at = span.start; at < span.end; at++)
        count += (unsigned char)((folded->original.at[at] | 0x20) - 'a') < LETTERS;
    return count >= 2;
}

/* A sharp s begins no word: there it is a B. */
static bool is_sharp(const struct folded *folded, size_t at)
{
    if (folded->ascii || folded->at[at] != 's' || folded->at[at + 1] != 's') return false;
    struct fold_span span = fold_span(folded, at, at + 2);
    struct slice original = slice_part(folded->original, span.start, span.end);
    return slice_starts(original, SLICE("\xC3\x9F"));
}

static void begin(struct evade_piece *piece, const struct folded *folded)
{
    piece->count = 0;
    piece->letters = piece->digits = piece->sign_cells = 0;
    piece->repeated = piece->joined = piece->too_long = piece->hidden = false;
    piece->looks_latin = folded->changed;
}

/* The cell at `at`; false at the end of the piece. */
static bool read_cell(struct evade_piece *piece, const struct folded *folded, size_t at, size_t end,
                      struct evade_cell *ret_cell)
{
    size_t length;
    char c = sign_at(folded, at, end, &length);
    if (piece->count == 0 && c == 's' && at + 1 < end && is_sharp(folded, at)) {
        c = 'B';
        length = 2;
    }
    *ret_cell =
        (struct evade_cell){(uint32_t)at, (uint32_t)(at + length), 1, c, is_capital(folded, at)};
    return c != 0;
}

size_t evade_piece_read(struct evade_piece *piece, const struct folded *folded, size_t at,
                        size_t end, bool joints)
{
    size_t start = at;
    uint32_t characters = 0;
    bool foreign = false;
    struct evade_cell cell;
    begin(piece, folded);
    /* Signs that begin hashtags, emphasis and entities are no letters there. */
    while (at < end && begins_something(folded->at[at])) at++;
    while (at < end) {
        if (read_cell(piece, folded, at, end, &cell)) {
            if (cell.c == EVADE_FOREIGN) piece->hidden = foreign = true;
            add(piece, &cell);
            characters++;
            at = cell.end;
            continue;
        }
        size_t hidden = joints ? hidden_at(piece, folded, at, end) : 0;
        if (hidden == 0) break;
        add_hidden(piece, folded, at, hidden);
        at += hidden;
    }
    piece->signs = characters - piece->letters - piece->digits;
    if (!is_worth_it(piece) || (foreign && !is_mixed(piece, folded))) piece->count = 0;
    return at > start ? at : at + 1;
}
