/* Text that grows: owned bytes, always NUL-terminated, born with a largest size. An append that
 * would pass it keeps what is there and is dropped whole, as is all that follows (no text with a
 * hole in it); `overflowed`, to be asked once at the end, remembers it. Appended bytes may not lie
 * in the text itself. */
#pragma once

#include "base/slice.h"

struct text {
    char *at;        /* never NULL after text_init */
    size_t length;   /* without the NUL */
    size_t space;    /* bytes allocated */
    size_t largest;  /* length may not pass this */
    bool overflowed; /* something was dropped */
};

void text_init(struct text *text, size_t largest);
void text_clear(struct text *text); /* frees; safe on a zeroed or cleared text */
static inline void text_cleanup(struct text *text)
{
    text_clear(text);
}
#define AUTO_TEXT __attribute__((cleanup(text_cleanup)))

void text_add(struct text *text, struct slice more);
void text_add_string(struct text *text, const char *more);
void text_add_char(struct text *text, char c);
void text_add_number(struct text *text, int64_t number);
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Makes room for `more` bytes and the NUL; false, and remembered, where that passes the largest. */
bool text_make_room(struct text *text, size_t more);
/* Lengthens the text by `more` bytes and gives where they stand, for the caller to fill at once;
 * NULL on overflow. Inline, because whatever writes much writes through it. */
static inline char *text_extend(struct text *text, size_t more)
{
    bool fits = more < text->space - text->length && more <= text->largest - text->length;
    if ((!fits || text->overflowed) && !text_make_room(text, more)) return NULL;
    char *at = text->at + text->length;
    text->length += more;
    text->at[text->length] = '\0';
    return at;
}
/* Back to length (no more than the present one, asserted). Cut to 0 it starts afresh, the overflow
 * forgotten. */
void text_cut(struct text *text, size_t length);
struct slice text_slice(const struct text *text);
