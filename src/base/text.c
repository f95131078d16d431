/* Text that grows by doubling up to its largest size. The NUL at the end always stands, also after
 * a dropped append. */
#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define TEXT_FIRST ((size_t)64)

void text_init(struct text *text, size_t largest)
{
    assert(largest < SIZE_MAX / 4);
    *text =
        (struct text){.at = memory_grow(NULL, TEXT_FIRST), .space = TEXT_FIRST, .largest = largest};
    text->at[0] = '\0';
}

void text_clear(struct text *text)
{
    free(text->at);
    *text = (struct text){0};
}

static void grow(struct text *text, size_t needed)
{
    size_t space = text->space * 2;
    if (space < needed) space = needed;
    text->at = memory_grow(text->at, space);
    text->space = space;
}

bool text_make_room(struct text *text, size_t more)
{
    if (text->overflowed || more > text->largest - text->length) {
        text->overflowed = true;
        return false;
    }
    if (text->space - text->length <= more) grow(text, text->length + more + 1);
    return true;
}

void text_add(struct text *text, struct slice more)
{
    char *at = text_extend(text, more.length);
    if (at != NULL && more.length > 0) memcpy(at, more.at, more.length); /* nothing may be NULL */
}

void text_add_string(struct text *text, const char *more)
{
    text_add(text, slice_of(more));
}

void text_add_char(struct text *text, char c)
{
    char *at = text_extend(text, 1);
    if (at != NULL) *at = c;
}

void text_add_number(struct text *text, int64_t number)
{
    char digits[20]; /* the longest is -9223372036854775808 */
    size_t at = sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0) digits[--at] = '-';
    text_add(text, (struct slice){digits + at, sizeof digits - at});
}

void text_format(struct text *text, const char *format, ...)
{
    size_t room = text->space - text->length;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text->at + text->length, room, format, arguments);
    va_end(arguments);
    text->at[text->length] = '\0'; /* until it is known to be kept */
    assert(length >= 0);
    if (length < 0 || !text_make_room(text, (size_t)length)) return;
    va_start(arguments, format);
    (void)vsnprintf(text->at + text->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    text->length += (size_t)length;
}

void text_cut(struct text *text, size_t length)
{
    assert(length <= text->length);
    text->length = length;
    text->at[length] = '\0';
    if (length == 0) text->overflowed = false;
}

struct slice text_slice(const struct text *text)
{
    return (struct slice){text->at, text->length};
}
