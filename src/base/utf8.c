/* Well-formed UTF-8: checked, counted, written. Folding and normalising belong to the screening
 * engine. */
#include "base/utf8.h"

#include <string.h>

#define HIGH_BITS 0x8080808080808080u

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Whether a lead byte and the one after it make an overlong form, a surrogate or a code past the end. */
static bool is_forbidden(unsigned char lead, unsigned char next)
{
    bool overlong = (lead == 0xE0 && next < 0xA0) || (lead == 0xF0 && next < 0x90);
    bool surrogate = lead == 0xED && next > 0x9F;
    bool above = lead == 0xF4 && next > 0x8F;
    return overlong || surrogate || above;
}

/* The bytes of the well-formed character at `at`, which starts with a byte above 0x7F; 0 where
 * there is none. */
static size_t character_length(const unsigned char *at, size_t left)
{
    unsigned char lead = at[0];
    if (lead < 0xC2 || lead > 0xF4) return 0;
    size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (left < length || !is_tail(at[1])) return 0;
    if (is_forbidden(lead, at[1])) return 0;
    for (size_t i = 2; i < length; i++) {
        if (!is_tail(at[i])) return 0;
    }
    return length;
}

/* Which of eight bytes, read together, is the first with its high bit set; one is. */
static size_t first_high(uint64_t high)
{
    bool little = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    return (size_t)(little ? __builtin_ctzll(high) : __builtin_clzll(high)) / 8;
}

static uint64_t high_bits(const unsigned char *at)
{
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    return eight & HIGH_BITS;
}

/* From `at` on, the first byte that is not ASCII, or the end. */
static size_t skip_ascii(const unsigned char *bytes, size_t at, size_t length)
{
    for (; length - at >= 32; at += 32) {
        const unsigned char *part = bytes + at;
        if ((high_bits(part) | high_bits(part + 8) | high_bits(part + 16) | high_bits(part + 24)) !=
            0)
            break;
    }
    for (; length - at >= 8; at += 8) {
        uint64_t high = high_bits(bytes + at);
        if (high != 0) return at + first_high(high);
    }
    if (length >= 8 && high_bits(bytes + length - 8) == 0) return length;
    while (at < length && bytes[at] < 0x80) at++;
    return at;
}

size_t utf8_check(struct slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.at;
    size_t at = 0;
    while (at < text.length) {
        at = skip_ascii(bytes, at, text.length);
        while (at < text.length && bytes[at] >= 0x80) {
            size_t length = character_length(bytes + at, text.length - at);
            if (length == 0) return at;
            at += length;
        }
    }
    return at;
}

size_t utf8_first(struct slice text)
{
    if (text.length == 0) return 0;
    const unsigned char *bytes = (const unsigned char *)text.at;
    return bytes[0] < 0x80 ? 1 : character_length(bytes, text.length);
}

size_t utf8_length(struct slice text)
{
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) length += !is_tail((unsigned char)text.at[i]);
    return length;
}

size_t utf8_encode(uint32_t code, char ret_bytes[4])
{
    if (code < 0x80) {
        ret_bytes[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        ret_bytes[0] = (char)(0xC0 | code >> 6);
        ret_bytes[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0;
    if (code < 0x10000) {
        ret_bytes[0] = (char)(0xE0 | code >> 12);
        ret_bytes[1] = (char)(0x80 | (code >> 6 & 0x3F));
        ret_bytes[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    ret_bytes[0] = (char)(0xF0 | code >> 18);
    ret_bytes[1] = (char)(0x80 | (code >> 12 & 0x3F));
    ret_bytes[2] = (char)(0x80 | (code >> 6 & 0x3F));
    ret_bytes[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}
