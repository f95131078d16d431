/* Where in a text a name may begin, for 64 words at once: each word's signs are looked up by its key, and the rest is done on bits. Most
 * words of most texts are left out here; names_find.c looks at the others. */
#include "base/wide.h"
#include "screen/names_look.h"

#define WORDS 64
#define SIGNS (WORDS + 32) /* two words more, and what is read together with them */

/* Bits of words: of each, of what stands behind it, and of the second behind. */
struct signs {
    uint64_t first, lone, next, second;
};

/* `to` has room for SIGNS; gives at least those of two words more. */
static void look_up(const struct name_table *table, const uint32_t *keys, size_t count, uint8_t *to)
{
    for (size_t i = 0; i < count + 2; i += TOKENS_SPARE) {
        for (size_t k = i; k < i + TOKENS_SPARE; k++) to[k] = name_signs(table, keys[k]);
    }
}

static struct signs signs_plain(const uint8_t *of)
{
    struct signs signs = {0};
    for (unsigned i = 0; i < WORDS; i++) {
        signs.first |= (uint64_t)((of[i] & SIGN_FIRST) != 0) << i;
        signs.lone |= (uint64_t)((of[i] & SIGN_LONE) != 0) << i;
        signs.next |= (uint64_t)((of[i + 1] & SIGN_NEXT) != 0) << i;
        signs.second |= (uint64_t)((of[i + 2] & SIGN_NEXT) != 0) << i;
    }
    return signs;
}

static uint64_t long_plain(const struct token *tokens, size_t count, int least)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < count; i++)
        bits |= (uint64_t)(tokens[i].end - tokens[i].start >= (unsigned)least) << i;
    return bits;
}

#if WIDE
/* The bits number `bit` of 64 bytes. */
#define BITS(at, bit)                                                                              \
    ((uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(load(at), 7 - (bit))) |            \
     (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(load((at) + 32), 7 - (bit)))       \
         << 32)

WIDE_TARGET static inline __m256i load(const uint8_t *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

WIDE_TARGET static struct signs signs_wide(const uint8_t *of)
{
    return (struct signs){.first = BITS(of, SIGN_FIRST_BIT),
                          .lone = BITS(of, SIGN_LONE_BIT),
                          .next = BITS(of + 1, SIGN_NEXT_BIT),
                          .second = BITS(of + 2, SIGN_NEXT_BIT)};
}

/* A bit a word of `least` letters and more; what lies behind the last of `count` is read too. */
WIDE_TARGET static uint64_t long_wide(const struct token *tokens, size_t count, int least)
{
    __m256i shorter =
        _mm256_set1_epi64x((long long)((uint64_t)(unsigned)(least - 1) << 32 | UINT32_MAX));
    uint64_t bits = 0;
    for (size_t i = 0; i < count; i += 4) {
        __m256i places = load((const uint8_t *)(tokens + i));
        __m256i lengths = _mm256_sub_epi32(places, _mm256_slli_epi64(places, 32));
        __m256d longer = _mm256_castsi256_pd(_mm256_cmpgt_epi32(lengths, shorter));
        bits |= (uint64_t)(unsigned)_mm256_movemask_pd(longer) << i;
    }
    return bits;
}

static struct signs signs_of(const uint8_t *of, bool wide)
{
    return wide ? signs_wide(of) : signs_plain(of);
}

static uint64_t long_words(const struct token *tokens, size_t count, int least, bool wide)
{
    return wide ? long_wide(tokens, count, least) : long_plain(tokens, count, least);
}
#else
static struct signs signs_of(const uint8_t *of, bool wide)
{
    (void)wide;
    return signs_plain(of);
}

static uint64_t long_words(const struct token *tokens, size_t count, int least, bool wide)
{
    (void)wide;
    return long_plain(tokens, count, least);
}
#endif

/* Words that may be handles: long ones that begin as some handle does, and those that have something odd. */
static uint64_t handles(const struct name_look *look, size_t from, size_t count, uint64_t odd)
{
    const struct token *tokens = look->tokens->at + from;
    const uint32_t *keys = look->tokens->keys + from;
    uint64_t places = odd & long_words(tokens, count, HANDLE_LEAST, look->wide), yes = 0;
    uint64_t unmarked = long_words(tokens, count, HANDLE_UNMARKED, look->wide) & ~odd;
    for (; unmarked != 0; unmarked &= unmarked - 1) {
        unsigned i = (unsigned)__builtin_ctzll(unmarked);
        yes |= (uint64_t)may_be_handle_key(&look->core->table, keys[i]) << i;
    }
    return places | yes;
}

uint64_t name_scan(const struct name_look *look, size_t from)
{
    const struct tokens *tokens = look->tokens;
    size_t left = tokens->count - from, count = left < WORDS ? left : WORDS, place = from / WORDS;
    uint64_t all = count < WORDS ? (UINT64_C(1) << count) - 1 : ~UINT64_C(0);
    UNCLEARED uint8_t of[SIGNS];
    look_up(&look->core->table, tokens->keys + from, count, of);
    struct signs signs = signs_of(of, look->wide);
    uint64_t capital = tokens->capital[place], odd = tokens->odd[place];
    uint64_t capital_behind = left > WORDS ? tokens->capital[place + 1] : 0;
    uint64_t odd_behind = left > WORDS ? tokens->odd[place + 1] : 0;
    uint64_t capitals =
        capital & (capital >> 1 | capital_behind << 63) & (capital >> 2 | capital_behind << 62);
    uint64_t goes_on = signs.next | (capitals & signs.second) | odd >> 1 | odd_behind << 63;
    uint64_t places = (signs.first & goes_on) | (signs.lone & capital);
    if (!look->core->full_only) places |= handles(look, from, count, odd);
    return places & all;
}
