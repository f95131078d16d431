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
    if ((unsigned char)c >= 0x80) return EVADE_FOREIGN;
    if (c == '(' || c == '[' || c == '|' || c == '\\') {
        char one = drawn_at(folded->at + at, end - at, ret_length);
        if (one != 0) return one;
    }
    return stands_for_something(c) ? c : 0;
}

static bool is_capital(const struct folded *folded, size_t at)
{
    return (folded->capitals[at / 64] >> (at % 64) & 1) != 0;
}

static bool goes_on(const struct evade_cell *cell, const struct evade_cell *next)
{
    return cell->c == next->c && cell->capital == next->capital &&
           !(cell->c >= 'A' && cell->c <= 'Z');
}

size_t evade_piece_read(struct evade_piece *piece, const struct folded *folded, size_t at,
                        size_t end)
{
    size_t length, start = at;
    bool foreign = false, long_one = false;
    piece->count = 0;
    piece->looks_latin = folded->changed;
    for (char c; at < end && (c = sign_at(folded, at, end, &length)) != 0; at += length) {
        struct evade_cell cell = {(uint32_t)at, (uint32_t)(at + length), 1, c,
                                  is_capital(folded, at)};
        struct evade_cell *last = &piece->cells[piece->count == 0 ? 0 : piece->count - 1];
        foreign = foreign || c == EVADE_FOREIGN;
        if (piece->count > 0 && goes_on(last, &cell)) {
            last->end = cell.end;
            last->count++;
        } else if (piece->count < EVADE_CELLS) {
            piece->cells[piece->count++] = cell;
        } else {
            long_one = true;
        }
    }
    if (foreign || long_one) piece->count = 0;
    return at > start ? at : at + 1;
}
