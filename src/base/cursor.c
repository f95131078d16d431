/* A position in a slice. Every read is bounded by the slice; a take that fails moves nothing. */
#include "base/cursor.h"

void cursor_init(struct cursor *cursor, struct slice all)
{
    *cursor = (struct cursor){.all = all};
}

bool cursor_done(const struct cursor *cursor)
{
    return cursor->at >= cursor->all.length;
}

struct slice cursor_rest(const struct cursor *cursor)
{
    return slice_part(cursor->all, cursor->at, cursor->all.length);
}

int cursor_peek(const struct cursor *cursor)
{
    return cursor_done(cursor) ? -1 : (unsigned char)cursor->all.at[cursor->at];
}

bool cursor_take(struct cursor *cursor, char c)
{
    if (cursor_peek(cursor) != (unsigned char)c) return false;
    cursor->at++;
    return true;
}

bool cursor_take_slice(struct cursor *cursor, struct slice word)
{
    if (!slice_starts(cursor_rest(cursor), word)) return false;
    cursor->at += word.length;
    return true;
}

size_t cursor_skip_blanks(struct cursor *cursor)
{
    size_t start = cursor->at;
    while (cursor_peek(cursor) == ' ' || cursor_peek(cursor) == '\t') cursor->at++;
    return cursor->at - start;
}

struct slice cursor_take_until(struct cursor *cursor, char stop)
{
    struct slice rest = cursor_rest(cursor);
    struct slice taken = slice_part(rest, 0, slice_find(rest, stop));
    cursor->at += taken.length;
    return taken;
}

struct slice cursor_take_while(struct cursor *cursor, bool (*belongs)(char c), size_t most)
{
    struct slice rest = slice_part(cursor_rest(cursor), 0, most);
    size_t length = 0;
    while (length < rest.length && belongs(rest.at[length])) length++;
    cursor->at += length;
    return slice_part(rest, 0, length);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool cursor_take_number(struct cursor *cursor, size_t most_digits, int64_t *ret_number)
{
    struct slice rest = cursor_rest(cursor);
    size_t length = 0;
    while (length < rest.length && is_digit(rest.at[length])) length++;
    /* a longer run of digits is another number, not this one and some leftovers */
    if (length > most_digits || !slice_number(slice_part(rest, 0, length), ret_number))
        return false;
    cursor->at += length;
    return true;
}

void cursor_place(const struct cursor *cursor, size_t at, size_t *ret_line, size_t *ret_column)
{
    struct slice before = slice_part(cursor->all, 0, at);
    size_t line = 1;
    size_t column = 1;
    for (size_t i = 0; i < before.length; i++) {
        if (before.at[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)before.at[i] & 0xC0) != 0x80) {
            column++;
        }
    }
    *ret_line = line;
    *ret_column = column;
}
