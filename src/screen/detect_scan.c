/* The bytes that announce something, found 64 at a time: with AVX2 where the processor has it,
 * chosen at run time, else a byte at a time. What they announce is for detect.c. */
#include "screen/detect_scan.h"

#include <string.h>

#include "base/wide.h"

#define BLOCK ((size_t)64)
#define AHEAD ((size_t)2) /* bytes behind a block that a word's beginning reaches into */

static unsigned char small(char c)
{
    return (unsigned char)c | 0x20U;
}

/* A stop with a blank behind it ends a sentence; where one stands before it, the blank tells. */
static bool is_mark(unsigned char a, unsigned char b)
{
    if (a == '.') return b != ' ';
    return a == '@' || a == '#' || a == ':' || a == '_' || (a == ' ' && b == '.');
}

/* dot, zer(o), sev(en); oh that ends there. Blanks, digits and most signs have bit 0x20 set. */
static bool begins_word(unsigned char a, unsigned char b, unsigned char c)
{
    if (a == 'd') return b == 'o' && c == 't';
    if (a == 'z') return b == 'e' && c == 'r';
    if (a == 's') return b == 'e' && c == 'v';
    return a == 'o' && b == 'h' && c < 0x60;
}

static struct scan scan_block_scalar(const char *at, size_t left)
{
    struct scan scan = {0};
    size_t count = left < BLOCK ? left : BLOCK;
    for (size_t i = 0; i < count; i++) {
        char c = at[i];
        uint64_t bit = (uint64_t)1 << i;
        if (c >= '0' && c <= '9') scan.digits |= bit;
        if ((unsigned char)c >= 0x80) scan.high |= bit;
        unsigned char second = i + 1 < left ? small(at[i + 1]) : ' ';
        unsigned char third = i + 2 < left ? small(at[i + 2]) : ' ';
        if (is_mark((unsigned char)c, second)) scan.marks |= bit;
        if (begins_word(small(c), second, third)) scan.marks |= bit;
        if (c == ' ' && second == 'a' && third == 't') scan.marks |= bit;
    }
    return scan;
}

const struct scanner scanner_scalar = {scan_block_scalar};

#if WIDE
#define LOAD(from) _mm256_loadu_si256((const __m256i *)(const void *)(from))
#define SAME(a, c) _mm256_cmpeq_epi8((a), _mm256_set1_epi8(c))

WIDE_TARGET TAKEN_IN uint32_t half_digits(__m256i a)
{
    __m256i from_zero = _mm256_sub_epi8(a, _mm256_set1_epi8('0'));
    __m256i most = _mm256_min_epu8(from_zero, _mm256_set1_epi8(9));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(most, from_zero));
}

WIDE_TARGET TAKEN_IN uint32_t half_marks(const char *at)
{
    const __m256i bit = _mm256_set1_epi8(0x20);
    __m256i a = LOAD(at), first = _mm256_or_si256(a, bit);
    __m256i second = _mm256_or_si256(LOAD(at + 1), bit);
    __m256i third = _mm256_or_si256(LOAD(at + 2), bit);
    __m256i stop = _mm256_or_si256(_mm256_andnot_si256(SAME(second, ' '), SAME(a, '.')),
                                   _mm256_and_si256(SAME(second, '.'), SAME(a, ' ')));
    __m256i marks =
        _mm256_or_si256(_mm256_or_si256(SAME(a, '@'), SAME(a, '#')),
                        _mm256_or_si256(_mm256_or_si256(stop, SAME(a, '_')), SAME(a, ':')));
    __m256i dot =
        _mm256_and_si256(SAME(first, 'd'), _mm256_and_si256(SAME(second, 'o'), SAME(third, 't')));
    __m256i at_word =
        _mm256_and_si256(SAME(a, ' '), _mm256_and_si256(SAME(second, 'a'), SAME(third, 't')));
    __m256i number = _mm256_and_si256(
        SAME(second, 'e'), _mm256_or_si256(_mm256_and_si256(SAME(first, 'z'), SAME(third, 'r')),
                                           _mm256_and_si256(SAME(first, 's'), SAME(third, 'v'))));
    /* unsigned third < 0x60 */
    __m256i low = _mm256_cmpeq_epi8(_mm256_max_epu8(third, _mm256_set1_epi8(0x60)), third);
    __m256i oh = _mm256_andnot_si256(low, _mm256_and_si256(SAME(first, 'o'), SAME(second, 'h')));
    __m256i all = _mm256_or_si256(_mm256_or_si256(_mm256_or_si256(marks, dot), at_word),
                                  _mm256_or_si256(number, oh));
    return (uint32_t)_mm256_movemask_epi8(all);
}

WIDE_TARGET TAKEN_IN struct scan whole_block(const char *at)
{
    return (struct scan){
        half_digits(LOAD(at)) | (uint64_t)half_digits(LOAD(at + 32)) << 32,
        half_marks(at) | (uint64_t)half_marks(at + 32) << 32,
        (uint32_t)_mm256_movemask_epi8(LOAD(at)) |
            (uint64_t)(uint32_t)_mm256_movemask_epi8(LOAD(at + 32)) << 32,
    };
}

WIDE_TARGET static struct scan scan_block_wide(const char *at, size_t left)
{
    if (left >= BLOCK + AHEAD) return whole_block(at);
    char last[BLOCK + AHEAD];
    memset(last, ' ', sizeof last);
    memcpy(last, at, left);
    return whole_block(last);
}

static const struct scanner scanner_wide = {scan_block_wide};

const struct scanner *scanner_best(void)
{
    return wide_here() ? &scanner_wide : &scanner_scalar;
}
#else
const struct scanner *scanner_best(void)
{
    return &scanner_scalar;
}
#endif
