/* Words found, 64 bytes at a time as bit masks where the processor can; see tokens.h. The masks of a stretch are made first, then edges
 * are read off them, so that both ways share all but how a byte is classed. */
#include "screen/tokens.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "screen/wide.h"

#define STRETCH 64

/* A bit a byte of 64. */
struct classes {
    uint64_t letter; /* a..z, and bytes of other letters */
    uint64_t lead;   /* letters without the later bytes of one: to count them */
    uint64_t digit;
    uint64_t apostrophe, hyphen, s;
};

/* What stands for a stretch once its neighbours are known. */
struct marks {
    uint64_t word; /* in a word, apostrophes left out counted in */
    uint64_t apostrophe, letter, lead, digit, capital, camel;
    uint64_t hyphened; /* behind a word and a hyphen */
};

struct finding_state {
    const struct folded *folded;
    struct token *next; /* where the next word goes */
    /* last bits of the stretch before */
    uint64_t word_before, letter_before, small_before, lone_before, last_lone, hyphen_before;
    uint64_t last_words; /* the last two, for what is two back */
    /* of a word that goes on from the stretch before */
    bool open;
    uint32_t start, flags, letters, capitals, left_out;
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

/* ---- from masks to words ------------------------------------------------------------------------ */

TAKEN_IN uint64_t bits_between(unsigned from, unsigned to)
{
    uint64_t up_to = to >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << to) - 1;
    return up_to & (~UINT64_C(0) << from);
}

TAKEN_IN uint32_t flag_where(bool true_of, uint32_t flag)
{
    return (0u - (uint32_t)true_of) & flag;
}

/* The flags of what lies in these bits, but for those of its beginning and of all its capitals. */
TAKEN_IN uint32_t flags_of(const struct marks *marks, uint64_t part)
{
    return flag_where((marks->letter & part) != 0, TOKEN_LETTER) |
           flag_where((marks->digit & part) != 0, TOKEN_DIGIT) |
           flag_where((marks->camel & part) != 0, TOKEN_CAMEL);
}

TAKEN_IN uint32_t flags_of_start(const struct marks *marks, unsigned bit)
{
    return (uint32_t)(marks->capital >> bit & 1) * TOKEN_CAPITAL |
           (uint32_t)(marks->hyphened >> bit & 1) * TOKEN_HYPHEN;
}

TAKEN_IN void put(struct finding_state *state, uint32_t start, uint32_t end, uint32_t flags,
                  uint32_t left_out)
{
    const char *at = state->folded->at;
    struct token *token = state->next++;
    token->start = start;
    token->end = end;
    token->length = end - start - left_out;
    token->flags = flags;
    if (__builtin_expect(left_out > 0, 0)) {
        token->flags |= TOKEN_APOSTROPHE;
        token->hash = hash_gathered(at + start, at + end, token->length);
    } else {
        token->hash = hash_readable(at + start, token->length);
    }
}

/* A word that lies in one stretch. */
TAKEN_IN void put_word(struct finding_state *state, const struct marks *marks, uint32_t base,
                       unsigned from, unsigned to)
{
    uint64_t part = bits_between(from, to), lead = marks->lead & part;
    bool loud = (lead & ~marks->capital) == 0 && (lead & (lead - 1)) != 0;
    uint32_t flags =
        flags_of_start(marks, from) | flags_of(marks, part) | flag_where(loud, TOKEN_CAPITALS);
    uint64_t apostrophes = marks->apostrophe & part;
    uint32_t left_out = apostrophes == 0 ? 0 : (uint32_t)__builtin_popcountll(apostrophes);
    put(state, base + from, base + to, flags, left_out);
}

/* Nothing but letters, and no two capitals together: most stretches of most texts. */
TAKEN_IN bool is_prose(const struct marks *marks)
{
    uint64_t odd = marks->digit | marks->camel | marks->apostrophe | marks->hyphened |
                   (marks->capital & marks->capital << 1);
    return odd == 0;
}

/* A word in such a stretch. */
TAKEN_IN void put_plain(struct finding_state *state, const struct marks *marks, uint32_t base,
                        unsigned from, unsigned to)
{
    uint32_t capital = (uint32_t)(marks->capital >> from & 1) * TOKEN_CAPITAL;
    put(state, base + from, base + to, TOKEN_LETTER | capital, 0);
}

/* Takes in the part of a word, open at an edge, that lies in this stretch. */
TAKEN_IN void take_part(struct finding_state *state, const struct marks *marks, unsigned from,
                        unsigned to)
{
    uint64_t part = bits_between(from, to);
    state->flags |= flags_of(marks, part);
    state->letters += (uint32_t)__builtin_popcountll(marks->lead & part);
    state->capitals += (uint32_t)__builtin_popcountll(marks->capital & marks->lead & part);
    state->left_out += (uint32_t)__builtin_popcountll(marks->apostrophe & part);
}

TAKEN_IN void close_word(struct finding_state *state, uint32_t end)
{
    bool loud = state->letters >= 2 && state->letters == state->capitals;
    put(state, state->start, end, state->flags | flag_where(loud, TOKEN_CAPITALS), state->left_out);
    state->open = false;
}

TAKEN_IN void open_word(struct finding_state *state, const struct marks *marks, uint32_t base,
                        unsigned bit)
{
    state->start = base + bit;
    state->flags = flags_of_start(marks, bit);
    state->letters = state->capitals = state->left_out = 0;
    state->open = true;
    take_part(state, marks, bit, STRETCH);
}

/* Reads the words of one stretch that begins at `base`. */
TAKEN_IN void read_words(struct finding_state *state, const struct marks *marks, uint32_t base)
{
    uint64_t shifted = marks->word << 1 | state->word_before;
    uint64_t starts = marks->word & ~shifted, ends = ~marks->word & shifted;
    state->word_before = marks->word >> 63;
    if (state->open) {
        unsigned end = ends == 0 ? STRETCH : (unsigned)__builtin_ctzll(ends);
        take_part(state, marks, 0, end);
        if (ends == 0) return;
        close_word(state, base + end);
        ends &= ends - 1;
    }
    if (is_prose(marks)) {
        for (; ends != 0; ends &= ends - 1, starts &= starts - 1)
            put_plain(state, marks, base, (unsigned)__builtin_ctzll(starts),
                      (unsigned)__builtin_ctzll(ends));
    }
    for (; ends != 0; ends &= ends - 1, starts &= starts - 1)
        put_word(state, marks, base, (unsigned)__builtin_ctzll(starts),
                 (unsigned)__builtin_ctzll(ends));
    if (starts != 0) open_word(state, marks, base, (unsigned)__builtin_ctzll(starts));
}

/* Which apostrophes stand in words and which end them, with what comes behind this stretch. */
TAKEN_IN struct marks marks_of(struct finding_state *state, const struct classes *here,
                               const struct classes *next, uint64_t capital)
{
    uint64_t letter = here->letter, next_any = next->letter | next->digit;
    uint64_t before = letter << 1 | state->letter_before;
    uint64_t behind = letter >> 1 | next->letter << 63;
    uint64_t between = here->apostrophe & before & behind;
    uint64_t s_behind = here->s >> 1 | next->s << 63;
    uint64_t word_second = (letter | here->digit) >> 2 | next_any << 62;
    uint64_t ends = between & s_behind & ~word_second;
    uint64_t lone = ends << 1 | state->lone_before;
    struct marks marks = {.letter = letter, .lead = here->lead, .digit = here->digit};
    marks.apostrophe = between & ~ends & ~(lone << 1 | state->last_lone);
    marks.word = ((letter | here->digit) & ~lone) | marks.apostrophe;
    marks.capital = capital;
    marks.hyphened =
        (here->hyphen << 1 | state->hyphen_before) & (marks.word << 2 | state->last_words);
    state->hyphen_before = here->hyphen >> 63;
    state->last_words = marks.word >> 62;
    uint64_t small = letter & ~capital;
    marks.camel = capital & (small << 1 | state->small_before);
    state->letter_before = letter >> 63;
    state->small_before = small >> 63;
    state->lone_before = ends >> 63;
    state->last_lone = lone >> 63;
    return marks;
}

/* For the words of one stretch, and one more. */
TAKEN_IN void make_room(struct tokens *tokens, struct finding_state *state)
{
    size_t count = state->next == NULL ? 0 : (size_t)(state->next - tokens->at);
    if (count + STRETCH > tokens->space) {
        tokens->space = tokens->space * 2 + 4 * (size_t)STRETCH;
        tokens->at = memory_grow(tokens->at, tokens->space * sizeof *tokens->at);
    }
    assert(tokens->at != NULL);
    state->next = tokens->at + count;
}

TAKEN_IN uint64_t capitals_at(const struct folded *folded, size_t at)
{
    return folded->capitals[at / STRETCH];
}

static struct classes classes_plain(const char *at)
{
    struct classes classes = {0};
    for (size_t i = 0; i < STRETCH; i++) {
        unsigned char c = (unsigned char)at[i];
        uint64_t bit = UINT64_C(1) << i;
        bool small = c >= 'a' && c <= 'z';
        if (small || c >= 0x80) classes.letter |= bit;
        if (small || c >= 0xC0) classes.lead |= bit;
        if (c >= '0' && c <= '9') classes.digit |= bit;
        if (is_apostrophe((char)c)) classes.apostrophe |= bit;
        if (c == '-') classes.hyphen |= bit;
        if (c == 's') classes.s |= bit;
    }
    return classes;
}

/* One stretch after another, each with the classes of the next at hand. `classes` is known where this is taken in. */
TAKEN_IN void find(struct tokens *tokens, const struct folded *folded,
                   struct classes (*classes)(const char *at))
{
    struct finding_state state = {.folded = folded, .next = tokens->at};
    struct classes here = {0}, next;
    if (folded->length > 0) here = classes(folded->at);
    for (size_t base = 0; base < folded->length; base += STRETCH) {
        next = (struct classes){0};
        if (base + STRETCH < folded->length) next = classes(folded->at + base + STRETCH);
        make_room(tokens, &state);
        struct marks marks = marks_of(&state, &here, &next, capitals_at(folded, base));
        read_words(&state, &marks, (uint32_t)base);
        here = next;
    }
    make_room(tokens, &state);
    if (state.open) close_word(&state, (uint32_t)folded->length);
    tokens->count = (size_t)(state.next - tokens->at);
}

void tokens_find_scalar(struct tokens *tokens, const struct folded *folded)
{
    find(tokens, folded, classes_plain);
}

#if WIDE
WIDE_TARGET static inline __m256i between(__m256i bytes, char first, char last)
{
    __m256i moved = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)(first + 128)));
    return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(last - first - 127)), moved);
}

WIDE_TARGET static inline uint64_t mask(__m256i bytes)
{
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

WIDE_TARGET static inline uint64_t equal(__m256i bytes, char c)
{
    return mask(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c)));
}

WIDE_TARGET static inline struct classes classes_half(const char *at)
{
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)at);
    uint64_t small = mask(between(bytes, 'a', 'z')), beyond = mask(bytes);
    __m256i later = _mm256_cmpgt_epi8(_mm256_set1_epi8(-64), bytes); /* 0x80..0xBF */
    struct classes classes;
    classes.letter = small | beyond;
    classes.lead = small | (beyond & ~mask(later));
    classes.digit = mask(between(bytes, '0', '9'));
    classes.apostrophe = equal(bytes, '\'') | equal(bytes, '`');
    classes.hyphen = equal(bytes, '-');
    classes.s = equal(bytes, 's');
    return classes;
}

WIDE_TARGET static inline struct classes classes_wide(const char *at)
{
    struct classes low = classes_half(at), high = classes_half(at + 32);
    low.letter |= high.letter << 32;
    low.lead |= high.lead << 32;
    low.digit |= high.digit << 32;
    low.apostrophe |= high.apostrophe << 32;
    low.hyphen |= high.hyphen << 32;
    low.s |= high.s << 32;
    return low;
}

WIDE_TARGET static void find_wide(struct tokens *tokens, const struct folded *folded)
{
    find(tokens, folded, classes_wide);
}

void tokens_find(struct tokens *tokens, const struct folded *folded)
{
    if (wide_here())
        find_wide(tokens, folded);
    else
        tokens_find_scalar(tokens, folded);
}
#else
void tokens_find(struct tokens *tokens, const struct folded *folded)
{
    tokens_find_scalar(tokens, folded);
}
#endif

void tokens_clear(struct tokens *tokens)
{
    free(tokens->at);
    *tokens = (struct tokens){0};
}
