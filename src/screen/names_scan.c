/* Where in a text a name may begin, for 64 words at once: each word's signs are looked up by its key, and the rest is done on bits. Most
 * words of most texts are left out here; names_find.c looks at the others. */
#include "base/wide.h"
#include "screen/names_look.h"

#define WORDS 64
#define TOGETHER 8 /* words: keys of so many may be read at once, see TOKENS_SPARE */
_Static_assert(TOGETHER <= TOKENS_SPARE, "read without asking");

/* Bits of words: of each, of what stands behind it, and of the second behind; which are long. */
struct signs {
    uint64_t first, lone, handle, next, second;
};
struct lengths {
    uint64_t least, unmarked; /* HANDLE_LEAST, HANDLE_UNMARKED letters */
};

static struct signs signs_plain(const struct name_table *table, const uint32_t *keys, size_t count)
{
    struct signs signs = {0};
    for (size_t i = 0; i < count; i++) {
        uint64_t own = name_signs(table, keys[i]);
        signs.first |= (own >> SIGN_FIRST_BIT & 1) << i;
        signs.lone |= (own >> SIGN_LONE_BIT & 1) << i;
        signs.handle |= (own >> SIGN_HANDLE_BIT & 1) << i;
        signs.next |= (uint64_t)(name_signs(table, keys[i + 1]) >> SIGN_NEXT_BIT & 1) << i;
        signs.second |= (uint64_t)(name_signs(table, keys[i + 2]) >> SIGN_NEXT_BIT & 1) << i;
    }
    return signs;
}

static struct lengths lengths_plain(const struct token *tokens, size_t count)
{
    struct lengths lengths = {0};
    for (size_t i = 0; i < count; i++) {
        uint32_t length = tokens[i].end - tokens[i].start;
        lengths.least |= (uint64_t)(length >= HANDLE_LEAST) << i;
        lengths.unmarked |= (uint64_t)(length >= HANDLE_UNMARKED) << i;
    }
    return lengths;
}

#if WIDE
WIDE_TARGET static inline __m256i load(const void *at)
{
    return _mm256_loadu_si256((const __m256i *)at);
}

/* The signs of eight words, side by side. One by one: the processors' own way of gathering takes longer. */
WIDE_TARGET static inline __m128i eight_signs(const struct name_table *table, const uint32_t *keys)
{
    const uint8_t *of = table->vocabulary;
    unsigned shift = 32 - table->vocabulary_bits;
    __m128i signs = _mm_cvtsi32_si128(of[keys[0] >> shift]);
    signs = _mm_insert_epi8(signs, of[keys[1] >> shift], 1);
    signs = _mm_insert_epi8(signs, of[keys[2] >> shift], 2);
    signs = _mm_insert_epi8(signs, of[keys[3] >> shift], 3);
    signs = _mm_insert_epi8(signs, of[keys[4] >> shift], 4);
    signs = _mm_insert_epi8(signs, of[keys[5] >> shift], 5);
    signs = _mm_insert_epi8(signs, of[keys[6] >> shift], 6);
    return _mm_insert_epi8(signs, of[keys[7] >> shift], 7);
}

/* The bits number `bit` of eight signs. */
#define BITS(eight, bit) ((uint64_t)(unsigned)_mm_movemask_epi8(_mm_slli_epi16((eight), 7 - (bit))))

/* Of what lies behind the last of `count` too: two words more are looked up than there are. */
WIDE_TARGET static struct signs signs_wide(const struct name_table *table, const uint32_t *keys,
                                           size_t count)
{
    struct signs signs = {0};
    uint64_t next = 0, behind = 0;
    for (size_t i = 0; i < count + 2; i += TOGETHER) {
        __m128i eight = eight_signs(table, keys + i);
        if (i == WORDS) {
            behind = BITS(eight, SIGN_NEXT_BIT);
            break;
        }
        signs.first |= BITS(eight, SIGN_FIRST_BIT) << i;
        signs.lone |= BITS(eight, SIGN_LONE_BIT) << i;
        signs.handle |= BITS(eight, SIGN_HANDLE_BIT) << i;
        next |= BITS(eight, SIGN_NEXT_BIT) << i;
    }
    signs.next = next >> 1 | behind << 63;
    signs.second = next >> 2 | behind << 62;
    return signs;
}

/* What lies behind the last of `count` is read too. */
WIDE_TARGET static struct lengths lengths_wide(const struct token *tokens, size_t count)
{
    const __m256i least = _mm256_set1_epi64x((int64_t)(HANDLE_LEAST - 1) << 32 | UINT32_MAX);
    const __m256i unmarked = _mm256_set1_epi64x((int64_t)(HANDLE_UNMARKED - 1) << 32 | UINT32_MAX);
    struct lengths bits = {0};
    for (size_t i = 0; i < count; i += 4) {
        __m256i places = load(tokens + i);
        __m256i lengths = _mm256_sub_epi32(places, _mm256_slli_epi64(places, 32));
        __m256d some = _mm256_castsi256_pd(_mm256_cmpgt_epi32(lengths, least));
        __m256d many = _mm256_castsi256_pd(_mm256_cmpgt_epi32(lengths, unmarked));
        bits.least |= (uint64_t)(unsigned)_mm256_movemask_pd(some) << i;
        bits.unmarked |= (uint64_t)(unsigned)_mm256_movemask_pd(many) << i;
    }
    return bits;
}

static struct signs signs_of(const struct name_look *look, const uint32_t *keys, size_t count)
{
    const struct name_table *table = &look->core->table;
    return look->wide ? signs_wide(table, keys, count) : signs_plain(table, keys, count);
}

static struct lengths lengths_of(const struct name_look *look, const struct token *tokens,
                                 size_t count)
{
    return look->wide ? lengths_wide(tokens, count) : lengths_plain(tokens, count);
}
#else
static struct signs signs_of(const struct name_look *look, const uint32_t *keys, size_t count)
{
    return signs_plain(&look->core->table, keys, count);
}

static struct lengths lengths_of(const struct name_look *look, const struct token *tokens,
                                 size_t count)
{
    (void)look;
    return lengths_plain(tokens, count);
}
#endif

/* Words that may be handles: those that begin as some handle does, or have digits at their end; long ones, and shorter ones with something
 * odd. */
static uint64_t handles(const struct name_look *look, size_t from, size_t count, uint64_t odd,
                        uint64_t signed_so)
{
    const uint32_t *keys = look->tokens->keys + from;
    struct lengths lengths = lengths_of(look, look->tokens->at + from, count);
    uint64_t yes = 0;
    uint64_t left = (lengths.least & odd) | (lengths.unmarked & ~odd & signed_so);
    if (count < WORDS) left &= (UINT64_C(1) << count) - 1;
    for (; left != 0; left &= left - 1) {
        unsigned i = (unsigned)__builtin_ctzll(left);
        bool may_be = may_be_handle_key(&look->core->table, keys[i]);
        if ((odd >> i & 1) != 0) may_be = may_be || name_ends_in_digit(look, from + i);
        yes |= (uint64_t)may_be << i;
    }
    return yes;
}

/* Of words that begin a name and have an odd one behind: digits at its end hide what it is, as in ada.byron07. */
static uint64_t joined(const struct name_look *look, size_t from, uint64_t bits)
{
    uint64_t yes = 0;
    for (; bits != 0; bits &= bits - 1) {
        size_t i = (size_t)__builtin_ctzll(bits), next = from + i + 1;
        if (next == look->tokens->count) break;
        char gap = look->folded->at[look->tokens->at[next].start - 1];
        yes |= (uint64_t)((gap == '.' || gap == '_') && name_ends_in_digit(look, next)) << i;
    }
    return yes;
}

/* Of words that begin a name, those in front of a word that would go on with it without the s at its end. */
static uint64_t before_s(const struct name_look *look, size_t from, uint64_t bits)
{
    uint64_t yes = 0;
    for (; bits != 0; bits &= bits - 1) {
        size_t i = (size_t)__builtin_ctzll(bits), next = from + i + 1;
        if (next == look->tokens->count) break;
        if (look->folded->at[look->tokens->at[next].end - 1] != 's') continue;
        struct slice cut = name_cut(look, next, CUT_S);
        if (cut.length == 0) continue;
        yes |= (uint64_t)(name_signs(&look->core->table, token_key(cut)) >> SIGN_NEXT_BIT & 1) << i;
    }
    return yes;
}

struct name_places name_scan(const struct name_look *look, size_t from)
{
    const struct tokens *tokens = look->tokens;
    size_t left = tokens->count - from, count = left < WORDS ? left : WORDS, place = from / WORDS;
    uint64_t all = count < WORDS ? (UINT64_C(1) << count) - 1 : ~UINT64_C(0);
    struct signs signs = signs_of(look, tokens->keys + from, count);
    uint64_t capital = tokens->capital[place], odd = tokens->odd[place];
    uint64_t capital_behind = left > WORDS ? tokens->capital[place + 1] : 0;
    uint64_t odd_behind = left > WORDS ? tokens->odd[place + 1] : 0;
    uint64_t capitals =
        capital & (capital >> 1 | capital_behind << 63) & (capital >> 2 | capital_behind << 62);
    uint64_t goes_on = signs.next | (capitals & signs.second);
    uint64_t may_go_on = signs.first & ~goes_on & (odd >> 1 | odd_behind << 63) & all;
    struct name_places places = {.words = signs.first & goes_on & all,
                                 .alone = signs.lone & capital & all};
    uint64_t may_have_s = signs.first & ~goes_on & all;
    if (may_have_s != 0 && !look->core->full_only) places.words |= before_s(look, from, may_have_s);
    if (may_go_on != 0) places.words |= joined(look, from, may_go_on);
    if (!look->core->full_only)
        places.handles = handles(look, from, count, odd & all, signs.handle);
    return places;
}
