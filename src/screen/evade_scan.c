/* Signs of disguise: a digit or sign beside a letter within a word, a letter three times, three letters in a row that stand alone, a capital
 * behind a small letter; in a text with letters that only look Latin, an l. Masks of 64 bytes, each looking back only; see evade_scan.h. */
#include "screen/evade_scan.h"

#include "screen/wide.h"

#define STRETCH 64

/* A bit a byte. */
struct evade_classes {
    uint64_t letter, digit;
    uint64_t strong; /* signs that stand for a letter at an end of a word too */
    uint64_t weak;   /* signs that do only between letters */
    uint64_t equal;  /* the byte behind is the same */
    uint64_t l;
};

/* Each bit moved on by `count`, with what comes from the stretch before. */
TAKEN_IN uint64_t moved(uint64_t here, uint64_t before, unsigned count)
{
    return here << count | before >> (64 - count);
}

/* Three single letters with the same gap between them. */
TAKEN_IN uint64_t in_rows(uint64_t single, uint64_t before)
{
    uint64_t two = moved(single, before, 2) & moved(single, before, 4);
    uint64_t three = moved(single, before, 3) & moved(single, before, 6);
    uint64_t four = moved(single, before, 4) & moved(single, before, 8);
    return single & (two | three | four);
}

TAKEN_IN void read_classes(struct evade_scan *scan, const struct evade_classes *here,
                           uint64_t capital)
{
    struct evade_carry *carry = &scan->carry;
    uint64_t letter = here->letter, word = letter | here->digit, small = letter & ~capital;
    uint64_t letter_before = moved(letter, carry->letter, 1);
    uint64_t odd = (letter & moved(here->digit, carry->digit, 1)) | (here->digit & letter_before);
    odd |= (letter & moved(here->strong, carry->strong, 1)) | (here->strong & letter_before);
    odd |= letter & moved(here->weak, carry->weak, 1) & moved(letter, carry->letter, 2);
    odd |= letter & here->equal & moved(here->equal, carry->equal, 1);
    odd |= capital & moved(small, carry->small, 1);
    if (scan->folded->changed) odd |= here->l & letter_before;
    /* right behind a single one */
    uint64_t behind = moved(word, carry->word, 1) & ~word & ~moved(word, carry->word, 2);
    scan->odd = odd;
    scan->spaced = in_rows(behind, carry->single);
    *carry = (struct evade_carry){letter,     here->digit, word,        here->strong,
                                  here->weak, small,       here->equal, behind};
}

TAKEN_IN bool next(struct evade_scan *scan, struct evade_classes (*classes)(const char *at))
{
    const struct folded *folded = scan->folded;
    while (scan->next < folded->length) {
        scan->base = scan->next;
        scan->next += STRETCH;
        struct evade_classes here = classes(folded->at + scan->base);
        read_classes(scan, &here, folded->capitals[scan->base / STRETCH]);
        if ((scan->odd | scan->spaced) != 0) return true;
    }
    return false;
}

static bool is_strong(unsigned char c)
{
    switch (c) {
    case '#':
    case '$':
    case '%':
    case '&':
    case '*':
    case '+':
    case '<':
    case '@':
    case '^':
    case '|':
    case '~': return true;
    default: return false;
    }
}

static struct evade_classes classes_plain(const char *at)
{
    struct evade_classes classes = {0};
    const unsigned char *bytes = (const unsigned char *)at;
    for (size_t i = 0; i < STRETCH; i++) {
        uint64_t bit = UINT64_C(1) << i;
        unsigned char c = bytes[i];
        if ((c >= 'a' && c <= 'z') || c >= 0x80) classes.letter |= bit;
        if (c >= '0' && c <= '9') classes.digit |= bit;
        if (is_strong(c)) classes.strong |= bit;
        if (c == '!' || c == '(' || c == '[' || c == '\\') classes.weak |= bit;
        if (c == bytes[i + 1]) classes.equal |= bit;
        if (c == 'l') classes.l |= bit;
    }
    return classes;
}

bool evade_scan_scalar(struct evade_scan *scan)
{
    return next(scan, classes_plain);
}

#if WIDE
/* Classes by the two halves of a byte: what both halves have in common. Bytes from 0x80 on are letters by their top bit. */
enum {
    LETTER_LOW = 1,  /* a to o */
    LETTER_HIGH = 2, /* p to z */
    DIGIT = 4,
    STRONG_TWO = 8, /* # $ % & * + */
    WEAK_TWO = 16,  /* ! ( */
    WEAK_FIVE = 32  /* [ \ */
};
#define LOW_HALF                                                                                   \
    LETTER_HIGH | DIGIT, LETTER_LOW | LETTER_HIGH | DIGIT | WEAK_TWO,                              \
        LETTER_LOW | LETTER_HIGH | DIGIT, LETTER_LOW | LETTER_HIGH | DIGIT | STRONG_TWO,           \
        LETTER_LOW | LETTER_HIGH | DIGIT | STRONG_TWO,                                             \
        LETTER_LOW | LETTER_HIGH | DIGIT | STRONG_TWO,                                             \
        LETTER_LOW | LETTER_HIGH | DIGIT | STRONG_TWO, LETTER_LOW | LETTER_HIGH | DIGIT,           \
        LETTER_LOW | LETTER_HIGH | DIGIT | WEAK_TWO, LETTER_LOW | LETTER_HIGH | DIGIT,             \
        LETTER_LOW | LETTER_HIGH | STRONG_TWO, LETTER_LOW | STRONG_TWO | WEAK_FIVE,                \
        LETTER_LOW | WEAK_FIVE, LETTER_LOW, LETTER_LOW, LETTER_LOW
#define HIGH_HALF                                                                                  \
    0, 0, STRONG_TWO | WEAK_TWO, DIGIT, 0, WEAK_FIVE, LETTER_LOW, LETTER_HIGH, 0, 0, 0, 0, 0, 0,   \
        0, 0

WIDE_TARGET static inline uint64_t bits(__m256i bytes)
{
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

WIDE_TARGET static inline __m256i is(__m256i bytes, char c)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c));
}

/* Bytes of `classes` that have any of `wanted`. */
WIDE_TARGET static inline uint64_t any(__m256i classes, int wanted)
{
    __m256i held = _mm256_and_si256(classes, _mm256_set1_epi8((char)wanted));
    return ~bits(_mm256_cmpeq_epi8(held, _mm256_setzero_si256())) & UINT32_MAX;
}

WIDE_TARGET static inline struct evade_classes classes_half(const char *at)
{
    const __m256i low = _mm256_setr_epi8(LOW_HALF, LOW_HALF);
    const __m256i high = _mm256_setr_epi8(HIGH_HALF, HIGH_HALF);
    __m256i here = _mm256_loadu_si256((const __m256i *)(const void *)at);
    __m256i behind = _mm256_loadu_si256((const __m256i *)(const void *)(at + 1));
    __m256i upper = _mm256_and_si256(_mm256_srli_epi16(here, 4), _mm256_set1_epi8(15));
    __m256i classes =
        _mm256_and_si256(_mm256_shuffle_epi8(low, here), _mm256_shuffle_epi8(high, upper));
    __m256i more = _mm256_or_si256(_mm256_or_si256(is(here, '@'), is(here, '|')),
                                   _mm256_or_si256(is(here, '^'), is(here, '~')));
    struct evade_classes result;
    result.letter = any(classes, LETTER_LOW | LETTER_HIGH) | bits(here);
    result.digit = any(classes, DIGIT);
    result.strong = any(classes, STRONG_TWO) | bits(_mm256_or_si256(more, is(here, '<')));
    result.weak = any(classes, WEAK_TWO | WEAK_FIVE);
    result.equal = bits(_mm256_cmpeq_epi8(here, behind));
    result.l = bits(is(here, 'l'));
    return result;
}

WIDE_TARGET static inline struct evade_classes classes_wide(const char *at)
{
    struct evade_classes low = classes_half(at), high = classes_half(at + 32);
    low.letter |= high.letter << 32;
    low.digit |= high.digit << 32;
    low.strong |= high.strong << 32;
    low.weak |= high.weak << 32;
    low.equal |= high.equal << 32;
    low.l |= high.l << 32;
    return low;
}

WIDE_TARGET static bool scan_wide(struct evade_scan *scan)
{
    return next(scan, classes_wide);
}

evade_scan_next *evade_scan_best(void)
{
    return wide_here() ? scan_wide : evade_scan_scalar;
}
#else
evade_scan_next *evade_scan_best(void)
{
    return evade_scan_scalar;
}
#endif
