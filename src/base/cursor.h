/* The only way our parsers read: a position in a slice that cannot pass its end. Takes are bounded,
 * fail by returning false or an empty slice and then move nothing. Lines and columns count from 1,
 * columns in characters. */
#pragma once

#include "base/slice.h"

struct cursor {
    struct slice all;
    size_t at; /* offset of the next byte */
};

void cursor_init(struct cursor *cursor, struct slice all);
bool cursor_done(const struct cursor *cursor);
struct slice cursor_rest(const struct cursor *cursor);
/* The next byte, or -1 at the end. */
int cursor_peek(const struct cursor *cursor);
bool cursor_take(struct cursor *cursor, char c);
bool cursor_take_slice(struct cursor *cursor, struct slice word);
/* Skips spaces and tabs; gives how many. */
size_t cursor_skip_blanks(struct cursor *cursor);
/* Everything before the first `stop`, or to the end; the stop stays. */
struct slice cursor_take_until(struct cursor *cursor, char stop);
/* Up to `most` bytes that `belongs` accepts. */
struct slice cursor_take_while(struct cursor *cursor, bool (*belongs)(char c), size_t most);
/* A number of 1..most_digits digits (at most 18); false and unmoved otherwise. */
MUST_USE bool cursor_take_number(struct cursor *cursor, size_t most_digits, int64_t *ret_number);
/* Where offset `at` stands: line and column. */
void cursor_place(const struct cursor *cursor, size_t at, size_t *ret_line, size_t *ret_column);
