/* The bytes that announce something, found 64 at a time: as the processor can, chosen at run time, else a byte at a time. What is marked is a
 * superset of what the machines of detect.c take; what cannot begin anything by its neighbours alone is left out here, where it costs least. */
#include "screen/detect_scan.h"

#include <string.h>

#include "base/wide.h"

/* What may begin, a bit each: a byte begins it where its own table has the bit, and those of the two bytes behind it, of which the highest
 * bit is not looked at. A stop with a blank behind it ends a sentence, as with most signs; a blank before it tells more. */
enum beginning {
    SIGN = 1,  /* @ # _ */
    STOP = 2,  /* . and a letter, a digit or a bracket closed */
    COLON = 4, /* : and no digit */
    APART = 8, /* a blank and a stop */
    AT = 16,   /* a blank and at */
    DOT = 32,
    ZERO = 64, /* zer(o); oh that ends there */
    SEVEN = 128
};
#define BYTES 128 /* of each table */

static const unsigned char own[BYTES] = {
    ['#'] = SIGN,       ['@'] = SIGN, ['_'] = SIGN,  ['.'] = STOP, [':'] = COLON,
    [' '] = APART | AT, ['D'] = DOT,  ['d'] = DOT,   ['O'] = ZERO, ['o'] = ZERO,
    ['Z'] = ZERO,       ['z'] = ZERO, ['S'] = SEVEN, ['s'] = SEVEN};

#define ENDS (SIGN | COLON)
#define GOES_ON (SIGN | COLON | STOP)
static const unsigned char next[BYTES] = {
    ['\0' ... '\b'] = ENDS,
    ['\t'] = GOES_ON,
    ['\n' ... 0x1F] = ENDS,
    [' ' ... '('] = ENDS,
    [')'] = GOES_ON,
    ['*' ... '-'] = ENDS,
    ['.'] = ENDS | APART,
    ['/'] = ENDS,
    ['0' ... '9'] = SIGN | STOP,
    [':' ... '@'] = GOES_ON,
    ['A'] = GOES_ON | AT,
    ['B' ... 'D'] = GOES_ON,
    ['E'] = GOES_ON | ZERO | SEVEN,
    ['F' ... 'G'] = GOES_ON,
    ['H'] = GOES_ON | ZERO,
    ['I' ... 'N'] = GOES_ON,
    ['O'] = GOES_ON | DOT,
    ['P' ... '`'] = GOES_ON,
    ['a'] = GOES_ON | AT,
    ['b' ... 'd'] = GOES_ON,
    ['e'] = GOES_ON | ZERO | SEVEN,
    ['f' ... 'g'] = GOES_ON,
    ['h'] = GOES_ON | ZERO,
    ['i' ... 'n'] = GOES_ON,
    ['o'] = GOES_ON | DOT,
    ['p' ... 0x7F] = GOES_ON,
};

#define ANY (SIGN | STOP | COLON | APART)
static const unsigned char third[BYTES] = {
    ['\0' ... '?'] = ANY | ZERO, ['@' ... 'Q'] = ANY,  ['R'] = ANY | ZERO,     ['S'] = ANY,
    ['T'] = ANY | AT | DOT,      ['U'] = ANY,          ['V'] = ANY | SEVEN,    ['W' ... 'q'] = ANY,
    ['r'] = ANY | ZERO,          ['s'] = ANY,          ['t'] = ANY | AT | DOT, ['u'] = ANY,
    ['v'] = ANY | SEVEN,         ['w' ... 0x7F] = ANY,
};

#define AHEAD ((size_t)2) /* bytes behind a block that are looked at together with its last */

static struct scan scan_scalar(const char *at, size_t left)
{
    struct scan scan = {0};
    size_t count = left < SCAN_BYTES ? left : SCAN_BYTES;
    for (size_t i = 0; i < count; i++) {
        unsigned char c = (unsigned char)at[i];
        uint64_t bit = (uint64_t)1 << i;
        unsigned char a = i + 1 < left ? (unsigned char)at[i + 1] : ' ';
        unsigned char b = i + 2 < left ? (unsigned char)at[i + 2] : ' ';
        if (c >= '0' && c <= '9') scan.digits |= bit;
        if (c >= BYTES || c == '&') scan.signs |= bit;
        if (c < BYTES && (own[c] & next[a % BYTES] & third[b % BYTES]) != 0) scan.marks |= bit;
    }
    return scan;
}

static void text_scalar(struct slice text, struct scan *to)
{
    for (size_t i = 0; i < SCANS(text.length); i++)
        to[i] = scan_scalar(text.at + i * SCAN_BYTES, text.length - i * SCAN_BYTES);
}

const struct scanner scanner_scalar = {text_scalar};

#if WIDE
#define SAME(a, c) _mm256_cmpeq_epi8((a), _mm256_set1_epi8(c))
#define BOTH(a, b) _mm256_and_si256((a), (b))
#define EITHER(a, b) _mm256_or_si256((a), (b))

WIDE_TARGET TAKEN_IN __m256i load(const char *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

WIDE_TARGET TAKEN_IN uint64_t mask(__m256i bytes)
{
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

WIDE_TARGET TAKEN_IN __m256i digits(__m256i bytes)
{
    __m256i from_0 = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(from_0, _mm256_set1_epi8(9)), from_0);
}

/* What the tables say: with `a` and `b`, the two bytes behind, without their highest bits. */
WIDE_TARGET TAKEN_IN __m256i begins(__m256i c, __m256i a, __m256i b)
{
    const __m256i bit = _mm256_set1_epi8(0x20);
    __m256i c_small = EITHER(c, bit), a_small = EITHER(a, bit), b_small = EITHER(b, bit);
    __m256i bracket = EITHER(SAME(a, ')'), SAME(a, '\t'));
    __m256i stop = BOTH(SAME(c, '.'), EITHER(bracket, _mm256_cmpgt_epi8(a, _mm256_set1_epi8('/'))));
    __m256i colon = _mm256_andnot_si256(digits(a), SAME(c, ':'));
    __m256i signs = EITHER(EITHER(SAME(c, '@'), SAME(c, '#')), EITHER(SAME(c, '_'), stop));
    __m256i at = BOTH(SAME(a_small, 'a'), SAME(b_small, 't'));
    __m256i apart = BOTH(SAME(c, ' '), EITHER(SAME(a, '.'), at));
    __m256i dot = BOTH(SAME(c_small, 'd'), BOTH(SAME(a_small, 'o'), SAME(b_small, 't')));
    __m256i e = SAME(a_small, 'e');
    __m256i seven = BOTH(SAME(c_small, 's'), BOTH(e, SAME(b_small, 'v')));
    __m256i zero =
        BOTH(EITHER(SAME(c_small, 'z'), SAME(c_small, 'o')),
             BOTH(EITHER(e, SAME(a_small, 'h')),
                  EITHER(SAME(b_small, 'r'), _mm256_cmpgt_epi8(_mm256_set1_epi8('@'), b))));
    return EITHER(EITHER(EITHER(signs, colon), EITHER(apart, dot)), EITHER(seven, zero));
}

WIDE_TARGET TAKEN_IN struct scan half_wide(const char *at)
{
    const __m256i low = _mm256_set1_epi8(0x7F);
    __m256i c = load(at), a = BOTH(load(at + 1), low), b = BOTH(load(at + 2), low);
    return (struct scan){mask(digits(c)), mask(begins(c, a, b)), mask(EITHER(c, SAME(c, '&')))};
}

WIDE_TARGET TAKEN_IN struct scan scan_wide(const char *at)
{
    struct scan low = half_wide(at), high = half_wide(at + 32);
    return (struct scan){low.digits | high.digits << 32, low.marks | high.marks << 32,
                         low.signs | high.signs << 32};
}

WIDE_TARGET static void text_wide(struct slice text, struct scan *to)
{
    const char *at = text.at;
    size_t left = text.length;
    for (; left >= SCAN_BYTES + AHEAD; at += SCAN_BYTES, left -= SCAN_BYTES) *to++ = scan_wide(at);
    if (left == 0) return;
    char last[2 * SCAN_BYTES + AHEAD];
    memset(last, ' ', sizeof last);
    memcpy(last, at, left);
    *to++ = scan_wide(last);
    if (left > SCAN_BYTES) *to = scan_wide(last + SCAN_BYTES);
}

static const struct scanner wide = {text_wide};

struct tables {
    __m512i own[2], next[2], third[2];
};

WIDER_TARGET TAKEN_IN __m512i look_up(__m512i bytes, const __m512i table[2])
{
    return _mm512_permutex2var_epi8(table[0], bytes, table[1]);
}

WIDER_TARGET TAKEN_IN struct scan scan_wider(const struct tables *tables, __m512i c, __m512i a,
                                             __m512i b)
{
    uint64_t high = _mm512_movepi8_mask(c);
    __m512i from_0 = _mm512_sub_epi8(c, _mm512_set1_epi8('0'));
    __m512i both = _mm512_and_si512(look_up(c, tables->own), look_up(a, tables->next));
    uint64_t marks = _mm512_test_epi8_mask(both, look_up(b, tables->third)) & ~high;
    return (struct scan){_mm512_cmplt_epu8_mask(from_0, _mm512_set1_epi8(10)), marks,
                         high | _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8('&'))};
}

/* Blanks where nothing more is left. */
WIDER_TARGET TAKEN_IN __m512i load_some(const char *at, size_t left)
{
    __mmask64 some = _bzhi_u64(~UINT64_C(0), (unsigned)left);
    return _mm512_mask_loadu_epi8(_mm512_set1_epi8(' '), some, at);
}

WIDER_TARGET static void text_wider(struct slice text, struct scan *to)
{
    const struct tables tables = {
        {_mm512_loadu_si512(own), _mm512_loadu_si512(own + 64)},
        {_mm512_loadu_si512(next), _mm512_loadu_si512(next + 64)},
        {_mm512_loadu_si512(third), _mm512_loadu_si512(third + 64)},
    };
    const char *at = text.at;
    size_t left = text.length;
    for (; left >= SCAN_BYTES + AHEAD; at += SCAN_BYTES, left -= SCAN_BYTES)
        *to++ = scan_wider(&tables, _mm512_loadu_si512(at), _mm512_loadu_si512(at + 1),
                           _mm512_loadu_si512(at + 2));
    for (; left > 0; at += SCAN_BYTES, left -= left < SCAN_BYTES ? left : SCAN_BYTES)
        *to++ = scan_wider(&tables, load_some(at, left), load_some(at + 1, left - 1),
                           load_some(at + 2, left > 2 ? left - 2 : 0));
}

static const struct scanner wider = {text_wider};

const struct scanner *scanner_wide(void)
{
    return wide_here() ? &wide : NULL;
}

const struct scanner *scanner_best(void)
{
    if (wider_here()) return &wider;
    return wide_here() ? &wide : &scanner_scalar;
}
#else
const struct scanner *scanner_wide(void)
{
    return NULL;
}

const struct scanner *scanner_best(void)
{
    return &scanner_scalar;
}
#endif
