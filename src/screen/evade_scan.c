/* Signs of disguise: a digit or sign beside a letter within a word, a letter three times, three letters in a row that stand alone, a capital
 * behind a small letter; in a text with letters that only look Latin, an l. Masks of 64 bytes, each looking back only; see evade_scan.h. */
#include "screen/evade_scan.h"

#include <string.h>

#include "base/wide.h"

#define STRETCH 64

/* A bit a byte. */
struct evade_classes {
    uint64_t letter, digit;
    uint64_t either;  /* signs that stand for a letter wherever one is beside them */
    uint64_t behind;  /* signs that do where a letter stands before them */
    uint64_t between; /* signs that do only between letters */
    uint64_t joint;   /* signs that do only behind the first letters of a word */
    uint64_t high;    /* of a letter beyond ASCII */
    uint64_t equal;   /* the byte behind is the same */
    uint64_t l;
};

/* Each bit moved on by `count`, with what comes from the stretch before. */
TAKEN_IN uint64_t moved(uint64_t here, uint64_t before, unsigned count)
{
    return here << count | before >> (64 - count);
}

/* Single letters or digits with the same gap between them: three, or two a blank apart. Digits alone are scores. */
TAKEN_IN uint64_t in_rows(const struct evade_carry *carry, uint64_t single, uint64_t lone)
{
    uint64_t two = moved(single, carry->single, 2) & (lone | moved(lone, carry->lone, 2));
    uint64_t three = moved(single, carry->single, 3) & moved(single, carry->single, 6) &
                     (lone | moved(lone, carry->lone, 3) | moved(lone, carry->lone, 6));
    uint64_t four = moved(single, carry->single, 4) & moved(single, carry->single, 8) &
                    (lone | moved(lone, carry->lone, 4) | moved(lone, carry->lone, 8));
    return single & (two | three | four);
}

/* A letter behind one joint or two that stand behind the first two letters of a word at most. */
TAKEN_IN uint64_t behind_joints(const struct evade_carry *carry, uint64_t letter, uint64_t joint,
                                uint64_t start)
{
    uint64_t one = moved(joint, carry->joint, 1);
    uint64_t early = moved(start, carry->start, 2) |
                     (moved(start, carry->start, 3) & moved(letter, carry->letter, 2));
    uint64_t early_two = moved(start, carry->start, 3) |
                         (moved(start, carry->start, 4) & moved(letter, carry->letter, 3));
    return letter & one & (early | (moved(joint, carry->joint, 2) & early_two));
}

/* Signs that a text beyond ASCII may show: letters of two scripts in one word, an l where letters only look Latin, a doubled letter at the
 * beginning, which may be a sharp s for a B. */
TAKEN_IN uint64_t beyond_ascii(const struct evade_carry *carry, const struct evade_classes *here,
                               uint64_t start, bool changed)
{
    uint64_t high = here->high, low = here->letter & ~high;
    uint64_t low_before = moved(low, carry->letter & ~carry->high, 1);
    uint64_t odd = (high & low_before) | (low & moved(high, carry->high, 1));
    odd |= start & here->equal;
    if (changed) odd |= here->l & moved(here->letter, carry->letter, 1);
    return odd;
}

TAKEN_IN void read_classes(struct evade_carry *carry, const struct folded *folded, size_t base,
                           const struct evade_classes *here, struct evade_marks *ret_marks)
{
    uint64_t capital = folded->capitals[base / STRETCH];
    uint64_t letter = here->letter, word = letter | here->digit, small = letter & ~capital;
    uint64_t letter_before = moved(letter, carry->letter, 1);
    uint64_t start = letter & ~moved(word, carry->word, 1);
    uint64_t odd = (letter & moved(here->digit, carry->digit, 1)) | (here->digit & letter_before);
    odd |= (letter & moved(here->either, carry->either, 1)) | (here->either & letter_before);
    odd |= here->behind & letter_before;
    odd |= letter & moved(here->between, carry->between, 1) &
           (moved(letter, carry->letter, 2) |
            (moved(here->between, carry->between, 2) & moved(letter, carry->letter, 3)));
    odd |= behind_joints(carry, letter, here->joint, start);
    odd |= letter & here->equal & moved(here->equal, carry->equal, 1);
    odd |= capital & moved(small, carry->small, 1); /* a new word, or an l */
    if (!folded->ascii) odd |= beyond_ascii(carry, here, start, folded->changed);
    /* right behind a single one */
    uint64_t behind = moved(word, carry->word, 1) & ~word & ~moved(word, carry->word, 2);
    uint64_t lone = behind & letter_before;
    *ret_marks = (struct evade_marks){base, odd, in_rows(carry, behind, lone)};
    *carry = (struct evade_carry){letter,        here->digit, word,  here->either,
                                  here->between, here->joint, start, small,
                                  here->equal,   behind,      lone,  here->high};
}

TAKEN_IN bool go_on(struct evade_scan *scan, struct evade_classes (*classes)(const char *at))
{
    const struct folded *folded = scan->folded;
    if (scan->next >= folded->length) return false;
    struct evade_carry carry = scan->carry; /* here, so that it stays in registers */
    size_t count = 0, base = scan->next, left = (folded->length - base + STRETCH - 1) / STRETCH;
    size_t end = base + STRETCH * (left < EVADE_BLOCK ? left : EVADE_BLOCK);
    for (; base < end; base += STRETCH) {
        struct evade_classes here = classes(folded->at + base);
        struct evade_marks *marks = &scan->at[count];
        read_classes(&carry, folded, base, &here, marks);
        count += (marks->odd | marks->spaced) != 0;
    }
    scan->carry = carry;
    scan->next = end;
    scan->count = count;
    return true;
}

void evade_scan_begin(struct evade_scan *scan, const struct folded *folded)
{
    scan->folded = folded;
    scan->next = scan->count = 0;
    scan->carry = (struct evade_carry){0};
}

static bool is_one_of(unsigned char c, const char *signs)
{
    return c != 0 && strchr(signs, c) != NULL;
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
        if (is_one_of(c, "$<@")) classes.either |= bit;
        if (is_one_of(c, "#%&*+^")) classes.behind |= bit;
        if (is_one_of(c, "!()[]|\x1f")) classes.between |= bit;
        if (is_one_of(c, "-_.,")) classes.joint |= bit;
        if (c >= 0x80) classes.high |= bit;
        if (c == bytes[i + 1]) classes.equal |= bit;
        if (c == 'l') classes.l |= bit;
    }
    return classes;
}

bool evade_scan_scalar(struct evade_scan *scan)
{
    return go_on(scan, classes_plain);
}

#if WIDE
/* Each sign at the place of its lower half: a byte is one of them if it finds itself there. */
static const char either_signs[16] = {'@', 0, 0, 0, '$', 0, 0, 0, 0, 0, 0, 0, '<'};
static const char behind_signs[16] = {1, 0, 0, '#', 0, '%', '&', 0, 0, 0, '*', '+', 0, 0, '^'};
static const char between_signs[16] = {1,   '!', 0, 0,   0,   0,   0, 0,
                                       '(', ')', 0, '[', '|', ']', 0, FOLD_SIGN};
static const char joint_signs[16] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ',', '-', '.', '_'};

WIDE_TARGET static inline uint64_t bits(__m256i bytes)
{
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

WIDE_TARGET static inline uint64_t among(__m256i bytes, const char *signs)
{
    __m128i table = _mm_loadu_si128((const __m128i *)(const void *)signs);
    __m256i found = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(table), bytes);
    return bits(_mm256_cmpeq_epi8(found, bytes));
}

/* Bytes of a range of `count`. */
WIDE_TARGET static inline __m256i in_range(__m256i bytes, char first, char count)
{
    __m256i moved_down = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)(first + 128)));
    return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(count - 128)), moved_down);
}

WIDE_TARGET static inline struct evade_classes classes_half(const char *at)
{
    __m256i here = _mm256_loadu_si256((const __m256i *)(const void *)at);
    __m256i next = _mm256_loadu_si256((const __m256i *)(const void *)(at + 1));
    struct evade_classes classes;
    classes.letter = bits(_mm256_or_si256(in_range(here, 'a', 26), here));
    classes.digit = bits(in_range(here, '0', 10));
    classes.either = among(here, either_signs);
    classes.behind = among(here, behind_signs);
    classes.between = among(here, between_signs);
    classes.joint = among(here, joint_signs);
    classes.high = bits(here);
    classes.equal = bits(_mm256_cmpeq_epi8(here, next));
    classes.l = bits(_mm256_cmpeq_epi8(here, _mm256_set1_epi8('l')));
    return classes;
}

WIDE_TARGET static inline struct evade_classes classes_wide(const char *at)
{
    struct evade_classes low = classes_half(at), high = classes_half(at + 32);
    low.letter |= high.letter << 32;
    low.digit |= high.digit << 32;
    low.either |= high.either << 32;
    low.behind |= high.behind << 32;
    low.between |= high.between << 32;
    low.joint |= high.joint << 32;
    low.high |= high.high << 32;
    low.equal |= high.equal << 32;
    low.l |= high.l << 32;
    return low;
}

WIDE_TARGET static bool scan_wide(struct evade_scan *scan)
{
    return go_on(scan, classes_wide);
}

WIDER_TARGET static inline uint64_t among_wider(__m512i bytes, const char *signs)
{
    __m128i table = _mm_loadu_si128((const __m128i *)(const void *)signs);
    __m512i found = _mm512_shuffle_epi8(_mm512_broadcast_i32x4(table), bytes);
    return _mm512_cmpeq_epi8_mask(found, bytes);
}

WIDER_TARGET static inline uint64_t in_range_wider(__m512i bytes, char first, char count)
{
    __m512i moved_down = _mm512_sub_epi8(bytes, _mm512_set1_epi8(first));
    return _mm512_cmplt_epu8_mask(moved_down, _mm512_set1_epi8(count));
}

WIDER_TARGET static inline struct evade_classes classes_wider(const char *at)
{
    __m512i here = _mm512_loadu_si512(at), next = _mm512_loadu_si512(at + 1);
    struct evade_classes classes;
    classes.letter = in_range_wider(here, 'a', 26) | _mm512_movepi8_mask(here);
    classes.digit = in_range_wider(here, '0', 10);
    classes.either = among_wider(here, either_signs);
    classes.behind = among_wider(here, behind_signs);
    classes.between = among_wider(here, between_signs);
    classes.joint = among_wider(here, joint_signs);
    classes.high = _mm512_movepi8_mask(here);
    classes.equal = _mm512_cmpeq_epi8_mask(here, next);
    classes.l = _mm512_cmpeq_epi8_mask(here, _mm512_set1_epi8('l'));
    return classes;
}

WIDER_TARGET static bool scan_wider(struct evade_scan *scan)
{
    return go_on(scan, classes_wider);
}

bool evade_scan_wide(struct evade_scan *scan)
{
    return wide_here() ? scan_wide(scan) : evade_scan_scalar(scan);
}

evade_scan_next *evade_scan_best(void)
{
    if (wider_here()) return scan_wider;
    return wide_here() ? scan_wide : evade_scan_scalar;
}
#else
bool evade_scan_wide(struct evade_scan *scan)
{
    return evade_scan_scalar(scan);
}

evade_scan_next *evade_scan_best(void)
{
    return evade_scan_scalar;
}
#endif
