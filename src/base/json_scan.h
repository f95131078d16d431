/* What the JSON reader and writer share: how far a run of bytes goes that means itself inside a
 * string, and what an escape stands for. */
#pragma once

#include <endian.h>
#include <string.h>

#include "base/slice.h"

#define JSON_EACH_BYTE(b) (0x0101010101010101u * (b))

/* The first byte of at..end that is a quote, a backslash, a control character or not ASCII; end
 * where there is none. Eight bytes at a time: the lowest marked byte is always right (a borrow can
 * only mark bytes above one that is). */
static inline const char *json_plain_end(const char *at, const char *end)
{
    while (end - at >= 8) {
        uint64_t eight;
        memcpy(&eight, at, sizeof eight);
        eight = le64toh(eight);
        uint64_t quote = (eight ^ JSON_EACH_BYTE((uint64_t)'"')) - JSON_EACH_BYTE(1u);
        uint64_t backslash = (eight ^ JSON_EACH_BYTE((uint64_t)'\\')) - JSON_EACH_BYTE(1u);
        uint64_t control = eight - JSON_EACH_BYTE(0x20u);
        uint64_t marked = (quote | backslash | control | eight) & JSON_EACH_BYTE(0x80u);
        if (marked != 0) return at + __builtin_ctzll(marked) / 8;
        at += 8;
    }
    while (at < end && (unsigned char)*at >= 0x20 && (unsigned char)*at < 0x80 && *at != '"' &&
           *at != '\\')
        at++;
    return at;
}

/* What the letter behind a backslash stands for; 0 where it stands for nothing by itself. */
static inline char json_escaped(char letter)
{
    switch (letter) {
    case '"': return '"';
    case '\\': return '\\';
    case '/': return '/';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
    }
}
