/* Borrowed runs of bytes: comparing, searching, cutting. Nothing here allocates or reads past a
 * slice's end. Text that is owned stands in text.c. */
#include "base/slice.h"

#include <string.h>

struct slice slice_of(const char *string)
{
    if (string == NULL) return SLICE_EMPTY;
    return (struct slice){string, strlen(string)};
}

bool slice_equal(struct slice a, struct slice b)
{
    return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

int slice_compare(struct slice a, struct slice b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = memcmp(a.at, b.at, shorter);
    if (order != 0) return order;
    return (a.length > b.length) - (a.length < b.length);
}

bool slice_is(struct slice a, const char *string)
{
    return slice_equal(a, slice_of(string));
}

bool slice_starts(struct slice a, struct slice prefix)
{
    return a.length >= prefix.length && memcmp(a.at, prefix.at, prefix.length) == 0;
}

bool slice_ends(struct slice a, struct slice suffix)
{
    return a.length >= suffix.length &&
           memcmp(a.at + (a.length - suffix.length), suffix.at, suffix.length) == 0;
}

struct slice slice_part(struct slice a, size_t from, size_t to)
{
    if (to > a.length) to = a.length;
    if (from > to) from = to;
    return (struct slice){a.at + from, to - from};
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice slice_trim(struct slice a)
{
    size_t from = 0;
    size_t to = a.length;
    while (from < to && is_blank(a.at[from])) from++;
    while (to > from && is_blank(a.at[to - 1])) to--;
    return (struct slice){a.at + from, to - from};
}

size_t slice_find(struct slice a, char c)
{
    const char *found = memchr(a.at, c, a.length);
    return found == NULL ? a.length : (size_t)(found - a.at);
}

size_t slice_search(struct slice a, struct slice needle)
{
    const char *found = memmem(a.at, a.length, needle.at, needle.length);
    return found == NULL ? a.length : (size_t)(found - a.at);
}

bool slice_split(struct slice *rest, char c, struct slice *ret_part)
{
    if (rest->length == 0) return false;
    size_t end = slice_find(*rest, c);
    *ret_part = slice_part(*rest, 0, end);
    *rest = slice_part(*rest, end + 1, rest->length);
    return true;
}

bool slice_line(struct slice *rest, struct slice *ret_line)
{
    if (!slice_split(rest, '\n', ret_line)) return false;
    if (ret_line->length > 0 && ret_line->at[ret_line->length - 1] == '\r') ret_line->length--;
    return true;
}

bool slice_number(struct slice a, int64_t *ret_number)
{
    bool negative = a.length > 0 && a.at[0] == '-';
    struct slice digits = slice_part(a, negative, a.length);
    if (digits.length < 1 || digits.length > 18) return false;
    int64_t number = 0;
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9') return false;
        number = number * 10 + (digits.at[i] - '0');
    }
    *ret_number = negative ? -number : number;
    return true;
}

uint64_t slice_hash(struct slice a)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < a.length; i++) {
        hash ^= (unsigned char)a.at[i];
        hash *= 0x100000001b3u;
    }
    return hash;
}
