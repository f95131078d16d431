/* Words found in two goes; see tokens.h. First 64 bytes at a time become bit masks, and the edges of words are read off them; then each
 * word gets its key, with no branch that depends on it. All ways share all but how a byte is classed and how bits are read off. */
#include "screen/tokens.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/wide.h"

#define STRETCH 64

/* A bit a byte of 64. */
struct classes {
    uint64_t letter; /* a..z, and bytes of other letters */
    uint64_t digit, apostrophe;
    uint64_t joint; /* @ # / - */
};

/* The last bits of the stretch before. */
struct edge {
    uint64_t word, letter, joint;
    uint64_t clean; /* a word goes on, and nothing odd was met in it */
};

/* What differs between the ways; known where the loop is taken in. */
struct way {
    struct classes (*classes)(const char *at);
    /* Writes where the bits stand, and perhaps more behind: there are places for 64. */
    void (*edges)(uint32_t *to, uint64_t bits, uint32_t base);
    /* The bits of one mask that stand where another has any, side by side. */
    uint64_t (*beside)(uint64_t bits, uint64_t where);
    /* The keys of so many words as TOKENS_SPARE says, as if no apostrophe were in them. */
    void (*keys)(uint32_t *to, const struct token *words, const char *text);
};

/* ---- hashes ------------------------------------------------------------------------------------- */

TAKEN_IN uint64_t mix(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

TAKEN_IN uint64_t hash_sixteen(uint64_t before, uint64_t low, uint64_t high)
{
    return mix(low ^ before ^ UINT64_C(0x9E3779B97F4A7C15), high ^ UINT64_C(0xD6E8FEB86659FD93));
}

/* The last sixteen bytes or fewer, with zeros behind; the length tells a word from one with zeros in it. */
TAKEN_IN uint64_t hash_last(uint64_t before, uint64_t low, uint64_t high, size_t length)
{
    return hash_sixteen(before, low, high ^ (uint64_t)length << 56);
}

TAKEN_IN uint64_t eight(const char *at)
{
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

/* The bytes of sixteen that are left, by how many there are: looked up, because how long a word is cannot be foretold. */
#define ONES(count) (~UINT64_C(0) >> (64 - 8 * (count)))
#define ALL (~UINT64_C(0))
static const uint64_t left_low[17] = {0,       ONES(1), ONES(2), ONES(3), ONES(4), ONES(5),
                                      ONES(6), ONES(7), ALL,     ALL,     ALL,     ALL,
                                      ALL,     ALL,     ALL,     ALL,     ALL};
static const uint64_t left_high[17] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, ONES(1), ONES(2), ONES(3), ONES(4), ONES(5), ONES(6), ONES(7), ALL};

/* `at` may be read 16 bytes past its end. */
TAKEN_IN uint64_t hash_readable(const char *at, size_t length)
{
    uint64_t hash = 0;
    size_t left = length;
    for (; __builtin_expect(left > 16, 0); left -= 16, at += 16)
        hash = hash_sixteen(hash, eight(at), eight(at + 8));
    return hash_last(hash, eight(at) & left_low[left], eight(at + 8) & left_high[left], length);
}

uint64_t token_hash(struct slice word)
{
    uint64_t hash = 0;
    struct slice left = word;
    char last[16] = {0};
    for (; left.length > 16; left.at += 16, left.length -= 16)
        hash = hash_sixteen(hash, eight(left.at), eight(left.at + 8));
    memcpy(last, left.at, left.length);
    return hash_last(hash, eight(last), eight(last + 8), word.length);
}

#define KEY_FACTOR UINT64_C(0x9E3779B97F4A7C15)
TAKEN_IN uint32_t key_of(uint64_t letters)
{
    return (uint32_t)(letters * KEY_FACTOR >> 32);
}

uint32_t token_key(struct slice word)
{
    char first[8] = {0};
    memcpy(first, word.at, word.length < sizeof first ? word.length : sizeof first);
    return key_of(eight(first));
}

static bool is_apostrophe(char c)
{
    return c == '\'' || c == '`';
}

/* The same for a word with apostrophes in it. */
static uint64_t hash_gathered(const char *at, const char *end, size_t length)
{
    uint64_t hash = 0;
    char bytes[16] = {0};
    size_t count = 0;
    for (; at < end; at++) {
        if (is_apostrophe(*at)) continue;
        if (count == 16) {
            hash = hash_sixteen(hash, eight(bytes), eight(bytes + 8));
            memset(bytes, 0, sizeof bytes);
            count = 0;
        }
        bytes[count++] = *at;
    }
    return hash_last(hash, eight(bytes), eight(bytes + 8), length);
}

size_t token_word(const struct folded *folded, const struct token *token, char *out, size_t space)
{
    size_t count = 0;
    for (uint32_t i = token->start; i < token->end && count < space; i++) {
        if (!is_apostrophe(folded->at[i])) out[count++] = folded->at[i];
    }
    return count;
}

/* ---- from bytes to masks ------------------------------------------------------------------------ */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct classes classes_plain(const char *at)
{
    struct classes classes = {0};
    for (size_t i = 0; i < STRETCH; i++) {
        char c = at[i];
        uint64_t bit = UINT64_C(1) << i;
        if (is_letter(c)) classes.letter |= bit;
        if (is_digit(c)) classes.digit |= bit;
        if (is_apostrophe(c)) classes.apostrophe |= bit;
        if (c == '@' || c == '#' || c == '/' || c == '-') classes.joint |= bit;
    }
    return classes;
}

/* Rare enough to go one by one: an apostrophe between letters belongs to the word, but with a lone s behind it ends the word, and the s is
 * none. */
static uint64_t with_apostrophes(const char *text, size_t base, uint64_t apostrophes, uint64_t word,
                                 size_t *lone)
{
    for (; apostrophes != 0; apostrophes &= apostrophes - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(apostrophes);
        size_t at = base + bit;
        const char *behind = text + at + 1;
        if (at == 0 || !is_letter(text[at - 1]) || !is_letter(behind[0])) continue;
        if (behind[0] == 's' && !is_letter(behind[1]) && !is_digit(behind[1])) {
            *lone = at + 1;
            if (bit < STRETCH - 1) word &= ~(UINT64_C(2) << bit);
        } else if (*lone + 1 != at) {
            word |= UINT64_C(1) << bit;
        }
    }
    return word;
}

/* ---- words -------------------------------------------------------------------------------------- */

/* For the words of a text of so many stretches. */
static void make_room(struct tokens *tokens, size_t stretches)
{
    size_t space = TOKENS_SPACE(stretches * STRETCH);
    if (tokens->space >= space) return;
    tokens->space = space += space / 2;
    tokens->at = memory_grow(tokens->at, space * sizeof *tokens->at);
    tokens->keys = memory_grow(tokens->keys, space * sizeof *tokens->keys);
    tokens->capital = memory_grow(tokens->capital, TOKENS_BITS(space) * sizeof *tokens->capital);
    tokens->odd = memory_grow(tokens->odd, TOKENS_BITS(space) * sizeof *tokens->odd);
}

/* Bits behind the first `at` ones; those behind are zeros. */
TAKEN_IN void append(uint64_t *to, size_t at, uint64_t bits)
{
    unsigned shift = (unsigned)(at % 64);
    to += at / 64;
    to[0] |= bits << shift;
    to[1] = bits >> 1 >> (63 - shift);
}

struct found {
    uint32_t *edges; /* where the next goes */
    uint64_t *capital, *odd;
    size_t begun, ended; /* words so far */
};

/* The words of one stretch: where they begin and end, which have a capital, and which are odd. A word's bytes that are not odd let a carry
 * run from its beginning to behind its end. */
TAKEN_IN void take_words(struct found *found, struct edge *edge, const struct way *way,
                         uint64_t word, uint64_t odd, uint64_t capital, size_t base)
{
    uint64_t shifted = word << 1 | edge->word;
    uint64_t starts = word & ~shifted, ends = ~word & shifted, run;
    bool over = __builtin_add_overflow(word & ~odd, starts, &run);
    over |= __builtin_add_overflow(run, edge->clean, &run);
    edge->clean = over;
    edge->word = word >> 63;
    way->edges(found->edges, word ^ shifted, (uint32_t)base);
    append(found->capital, found->begun, way->beside(capital, starts));
    append(found->odd, found->ended, way->beside(~run, ends));
    size_t begun = (size_t)__builtin_popcountll(starts), ended = (size_t)__builtin_popcountll(ends);
    found->edges += begun + ended;
    found->begun += begun;
    found->ended += ended;
}

TAKEN_IN void keys_plain(uint32_t *to, const struct token *words, const char *text)
{
    for (size_t k = 0; k < TOKENS_SPARE; k++) {
        uint32_t length = words[k].end - words[k].start;
        to[k] = key_of(eight(text + words[k].start) & left_low[length < 8 ? length : 8]);
    }
}

/* Eight at a time, so that the loop's end can be foretold. */
TAKEN_IN void make_keys(struct tokens *tokens, const struct folded *folded, const struct way *way)
{
    memset(tokens->at + tokens->count, 0, sizeof *tokens->at * 2 * TOKENS_SPARE);
    for (size_t i = 0; i < tokens->count + TOKENS_SPARE; i += TOKENS_SPARE)
        way->keys(tokens->keys + i, tokens->at + i, folded->at);
}

static uint32_t apostrophes(const struct tokens *tokens, const struct folded *folded, size_t word)
{
    const struct token *token = &tokens->at[word];
    uint32_t count = 0;
    if (!token_is_odd(tokens, word)) return 0;
    for (uint32_t i = token->start; i < token->end; i++) count += is_apostrophe(folded->at[i]);
    return count;
}

static void mend_keys(struct tokens *tokens, const struct folded *folded)
{
    for (size_t from = 0; from < tokens->count; from += 64) {
        for (uint64_t odd = tokens->odd[from / 64]; odd != 0; odd &= odd - 1) {
            size_t at = from + (size_t)__builtin_ctzll(odd);
            char first[8];
            if (apostrophes(tokens, folded, at) == 0) continue;
            size_t length = token_word(folded, &tokens->at[at], first, sizeof first);
            tokens->keys[at] = token_key((struct slice){first, length});
        }
    }
}

TAKEN_IN void find(struct tokens *tokens, const struct folded *folded, const struct way *way)
{
    size_t length = folded->length, lone = SIZE_MAX - 1;
    uint64_t apostrophe = 0;
    struct edge edge = {0};
    make_room(tokens, (length + STRETCH - 1) / STRETCH);
    tokens->capital[0] = tokens->odd[0] = 0;
    struct found found = {&tokens->at->start, tokens->capital, tokens->odd, 0, 0};
    for (size_t base = 0; base < length; base += STRETCH) {
        struct classes here = way->classes(folded->at + base);
        uint64_t capital = folded->capitals[base / STRETCH], word = here.letter | here.digit;
        if (__builtin_expect(lone == base, 0)) word &= ~UINT64_C(1);
        if (__builtin_expect(here.apostrophe != 0, 0))
            word = with_apostrophes(folded->at, base, here.apostrophe, word, &lone);
        uint64_t odd = here.digit | here.apostrophe | (capital & (here.letter << 1 | edge.letter)) |
                       here.joint << 1 | edge.joint;
        apostrophe |= here.apostrophe & word;
        edge.letter = here.letter >> 63;
        edge.joint = here.joint >> 63;
        take_words(&found, &edge, way, word, odd & word, capital, base);
    }
    tokens->count = found.begun;
    if (edge.word != 0) {
        *found.edges = (uint32_t)length;
        append(tokens->odd, found.ended, edge.clean == 0);
    }
    make_keys(tokens, folded, way);
    if (__builtin_expect(apostrophe != 0, 0)) mend_keys(tokens, folded);
}

/* ---- what is told of one word ------------------------------------------------------------------- */

uint32_t token_length(const struct tokens *tokens, const struct folded *folded, size_t at)
{
    return tokens->at[at].end - tokens->at[at].start - apostrophes(tokens, folded, at);
}

uint64_t token_hash_at(const struct tokens *tokens, const struct folded *folded, size_t at)
{
    const struct token *token = &tokens->at[at];
    uint32_t length = token->end - token->start, left_out = apostrophes(tokens, folded, at);
    if (left_out == 0) return hash_readable(folded->at + token->start, length);
    return hash_gathered(folded->at + token->start, folded->at + token->end, length - left_out);
}

static bool is_capital(const struct folded *folded, uint32_t at)
{
    return (folded->capitals[at / 64] >> (at % 64) & 1) != 0;
}

/* A hyphen and nothing else stands between it and the word before. */
static bool is_hyphened(const struct tokens *tokens, const struct folded *folded, size_t at)
{
    uint32_t start = tokens->at[at].start;
    return at > 0 && tokens->at[at - 1].end + 1 == start && folded->at[start - 1] == '-';
}

static uint32_t odd_flags(const struct tokens *tokens, const struct folded *folded, size_t at)
{
    const struct token *token = &tokens->at[at];
    uint32_t flags = is_hyphened(tokens, folded, at) ? TOKEN_HYPHEN : 0, letters = 0;
    bool small = false, small_before = false;
    for (uint32_t i = token->start; i < token->end; i++) {
        char c = folded->at[i];
        bool letter = is_letter(c), capital = letter && is_capital(folded, i);
        if (capital && small_before) flags |= TOKEN_CAMEL;
        if (is_digit(c)) flags |= TOKEN_DIGIT;
        if (is_apostrophe(c)) flags |= TOKEN_APOSTROPHE;
        letters += letter && ((unsigned char)c & 0xC0) != 0x80;
        small_before = letter && !capital;
        small = small || small_before;
    }
    if (letters > 0) flags |= TOKEN_LETTER;
    return letters >= 2 && !small ? flags | TOKEN_CAPITALS : flags;
}

uint32_t token_flags(const struct tokens *tokens, const struct folded *folded, size_t at)
{
    uint32_t capital = token_is_capital(tokens, at) ? TOKEN_CAPITAL : 0;
    if (!token_is_odd(tokens, at)) return TOKEN_LETTER | capital;
    return odd_flags(tokens, folded, at) | capital;
}

/* ---- the ways ----------------------------------------------------------------------------------- */

TAKEN_IN void edges_plain(uint32_t *to, uint64_t bits, uint32_t base)
{
    for (; bits != 0; bits &= bits - 1) *to++ = base + (uint32_t)__builtin_ctzll(bits);
}

static uint64_t beside_plain(uint64_t bits, uint64_t where)
{
    uint64_t out = 0;
    for (unsigned i = 0; where != 0; where &= where - 1, i++)
        out |= (bits >> __builtin_ctzll(where) & 1) << i;
    return out;
}

void tokens_find_scalar(struct tokens *tokens, const struct folded *folded)
{
    static const struct way way = {classes_plain, edges_plain, beside_plain, keys_plain};
    find(tokens, folded, &way);
}

#if WIDE
WIDE_TARGET static inline uint64_t mask(__m256i bytes)
{
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

/* From `first` up to 'z' or '9': moved to the very end of the signed numbers. */
WIDE_TARGET static inline __m256i up_to(__m256i bytes, char first, char last)
{
    __m256i moved = _mm256_add_epi8(bytes, _mm256_set1_epi8((char)(127 - last)));
    return _mm256_cmpgt_epi8(moved, _mm256_set1_epi8((char)(126 - last + first)));
}

/* Signs, each where the low half of its byte says. */
typedef char sixteen __attribute__((vector_size(16)));
#define APOSTROPHES                                                                                \
    (sixteen)                                                                                      \
    {                                                                                              \
        '`', 0, 0, 0, 0, 0, 0, '\''                                                                \
    }
#define JOINTS                                                                                     \
    (sixteen)                                                                                      \
    {                                                                                              \
        '@', 0, 0, '#', 0, 0, 0, 0, 0, 0, 0, 0, 0, '-', 0, '/'                                     \
    }

WIDE_TARGET static inline __m256i any_of(__m256i bytes, __m128i signs)
{
    return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(_mm256_broadcastsi128_si256(signs), bytes), bytes);
}

WIDE_TARGET static inline struct classes classes_half(const char *at)
{
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)at);
    struct classes classes;
    classes.letter = mask(_mm256_or_si256(up_to(bytes, 'a', 'z'), bytes));
    classes.digit = mask(up_to(bytes, '0', '9'));
    classes.apostrophe = mask(any_of(bytes, (__m128i)APOSTROPHES));
    classes.joint = mask(any_of(bytes, (__m128i)JOINTS));
    return classes;
}

WIDE_TARGET static inline struct classes classes_wide(const char *at)
{
    struct classes low = classes_half(at), high = classes_half(at + 32);
    low.letter |= high.letter << 32;
    low.digit |= high.digit << 32;
    low.apostrophe |= high.apostrophe << 32;
    low.joint |= high.joint << 32;
    return low;
}

#define EDGES_OFTEN 16 /* of half a stretch: read without asking whether they are there */

WIDE_TARGET static inline void edges_half(uint32_t *to, uint32_t bits, uint32_t base)
{
    for (size_t i = 0; i < EDGES_OFTEN; i++) {
        to[i] = base + _tzcnt_u32(bits);
        bits = _blsr_u32(bits);
    }
    if (__builtin_expect(bits != 0, 0)) edges_plain(to + EDGES_OFTEN, bits, base);
}

WIDE_TARGET static inline void edges_wide(uint32_t *to, uint64_t bits, uint32_t base)
{
    uint32_t low = (uint32_t)bits;
    edges_half(to, low, base);
    edges_half(to + __builtin_popcount(low), (uint32_t)(bits >> 32), base + 32);
}

WIDE_TARGET static inline uint64_t beside_wide(uint64_t bits, uint64_t where)
{
    return _pext_u64(bits, where);
}

WIDE_TARGET static void find_wide(struct tokens *tokens, const struct folded *folded)
{
    static const struct way way = {classes_wide, edges_wide, beside_wide, keys_plain};
    find(tokens, folded, &way);
}

WIDER_TARGET static inline uint64_t any_of_wider(__m512i bytes, __m128i signs)
{
    __m512i same = _mm512_shuffle_epi8(_mm512_broadcast_i32x4(signs), bytes);
    return _mm512_cmpeq_epi8_mask(same, bytes);
}

WIDER_TARGET static inline struct classes classes_wider(const char *at)
{
    __m512i bytes = _mm512_loadu_si512(at);
    __m512i from_a = _mm512_sub_epi8(bytes, _mm512_set1_epi8('a'));
    __m512i from_0 = _mm512_sub_epi8(bytes, _mm512_set1_epi8('0'));
    struct classes classes;
    classes.letter =
        _mm512_cmplt_epu8_mask(from_a, _mm512_set1_epi8(26)) | _mm512_movepi8_mask(bytes);
    classes.digit = _mm512_cmplt_epu8_mask(from_0, _mm512_set1_epi8(10));
    classes.apostrophe = any_of_wider(bytes, (__m128i)APOSTROPHES);
    classes.joint = any_of_wider(bytes, (__m128i)JOINTS);
    return classes;
}

static const unsigned char count_up[64] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

WIDER_TARGET static inline void sixteen_edges(uint32_t *to, __m128i places, uint32_t base)
{
    __m512i all = _mm512_cvtepu8_epi32(places);
    _mm512_storeu_si512(to, _mm512_add_epi32(all, _mm512_set1_epi32((int)base)));
}

WIDER_TARGET static inline void edges_wider(uint32_t *to, uint64_t bits, uint32_t base)
{
    __m512i places = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(count_up));
    sixteen_edges(to, _mm512_castsi512_si128(places), base);
    sixteen_edges(to + 16, _mm512_extracti32x4_epi32(places, 1), base);
    if (__builtin_expect(__builtin_popcountll(bits) <= 32, 1)) return;
    sixteen_edges(to + 32, _mm512_extracti32x4_epi32(places, 2), base);
    sixteen_edges(to + 48, _mm512_extracti32x4_epi32(places, 3), base);
}

WIDER_TARGET static inline uint64_t beside_wider(uint64_t bits, uint64_t where)
{
    return _pext_u64(bits, where);
}

WIDER_TARGET static inline __m128i two(const char *text, const struct token *words)
{
    return _mm_set_epi64x((int64_t)eight(text + words[1].start),
                          (int64_t)eight(text + words[0].start));
}

_Static_assert(TOKENS_SPARE == 8, "as many as fit side by side");

WIDER_TARGET static inline void keys_wider(uint32_t *to, const struct token *words,
                                           const char *text)
{
    __m256i low = _mm256_set_m128i(two(text, words + 2), two(text, words));
    __m256i high = _mm256_set_m128i(two(text, words + 6), two(text, words + 4));
    __m512i letters = _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
    __m512i places = _mm512_loadu_si512(words); /* each: start low, end high */
    __m512i lengths = _mm512_sub_epi32(_mm512_srli_epi64(places, 32), places);
    __m512i most = _mm512_set1_epi64(8);
    lengths = _mm512_min_epu64(_mm512_and_si512(lengths, _mm512_set1_epi64(UINT32_MAX)), most);
    __m512i left_out = _mm512_slli_epi64(_mm512_sub_epi64(most, lengths), 3);
    letters = _mm512_and_si512(letters, _mm512_srlv_epi64(_mm512_set1_epi64(-1), left_out));
    __m512i keys = _mm512_mullo_epi64(letters, _mm512_set1_epi64((int64_t)KEY_FACTOR));
    _mm256_storeu_si256((__m256i *)(void *)to, _mm512_cvtepi64_epi32(_mm512_srli_epi64(keys, 32)));
}

WIDER_TARGET static void find_wider(struct tokens *tokens, const struct folded *folded)
{
    static const struct way way = {classes_wider, edges_wider, beside_wider, keys_wider};
    find(tokens, folded, &way);
}

bool tokens_find_wide(struct tokens *tokens, const struct folded *folded)
{
    if (!wide_here()) return false;
    find_wide(tokens, folded);
    return true;
}

void tokens_find(struct tokens *tokens, const struct folded *folded)
{
    if (wider_here())
        find_wider(tokens, folded);
    else if (wide_here())
        find_wide(tokens, folded);
    else
        tokens_find_scalar(tokens, folded);
}
#else
bool tokens_find_wide(struct tokens *tokens, const struct folded *folded)
{
    (void)tokens, (void)folded;
    return false;
}

void tokens_find(struct tokens *tokens, const struct folded *folded)
{
    tokens_find_scalar(tokens, folded);
}
#endif

void tokens_clear(struct tokens *tokens)
{
    free(tokens->at);
    free(tokens->keys);
    free(tokens->capital);
    free(tokens->odd);
    *tokens = (struct tokens){0};
}
