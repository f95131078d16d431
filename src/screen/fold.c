/* Folding with a map back; see fold.h. ASCII goes 32 bytes at a time where the processor can, everything else a character at a time
 * through the table. The map is kept as runs: one for a stretch that moved, one for a character that changed its length. */
#include "screen/fold.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/wide.h"
#include "screen/fold_entity.h"
#include "screen/fold_table.h"

#define GROWTH                                                                                     \
    3 /* no character folds to more than three times its bytes: tools/make-fold sees to it */
#define HANGUL_FIRST 0xAC00u
#define HANGUL_LAST 0xD7A3u
#define REGION_FIRST 0x1F1E6u
#define REGION_LAST 0x1F1FFu

struct folding {
    struct folded *to;
    const unsigned char *from, *end, *at;
    char *out;
    uint32_t step; /* of the run that is open, 0: bytes stay as long as they are */
    size_t gap;    /* of that run: original less folded */
};

static void make_room(struct folded *folded, size_t length)
{
    if (folded->space < length + FOLD_BEHIND) {
        folded->space = length + FOLD_BEHIND + length / 2;
        folded->at = memory_grow(folded->at, folded->space);
    }
    size_t words = length / 64 + 3;
    if (folded->capital_space < words) {
        folded->capital_space = words + words / 2;
        folded->capitals =
            memory_grow(folded->capitals, folded->capital_space * sizeof *folded->capitals);
    }
}

static void add_run(struct folding *folding, size_t original, uint32_t step)
{
    struct folded *folded = folding->to;
    if (folded->run_count == folded->run_space) {
        folded->run_space = folded->run_space * 2 + 32;
        folded->runs = memory_grow(folded->runs, folded->run_space * sizeof *folded->runs);
    }
    size_t at = (size_t)(folding->out - folded->at);
    folding->step = step;
    folding->gap = original - at;
    folded->runs[folded->run_count++] = (struct fold_run){(uint32_t)at, (uint32_t)original, step};
}

/* Before bytes that stay as long as they are: a run begins unless the open one holds still. */
static void stay(struct folding *folding, size_t original)
{
    size_t gap = original - (size_t)(folding->out - folding->to->at);
    if (folding->step != 0 || folding->gap != gap) add_run(folding, original, 0);
}

static void set_capitals(struct folding *folding, uint64_t bits)
{
    size_t at = (size_t)(folding->out - folding->to->at);
    uint64_t *words = folding->to->capitals + at / 64;
    unsigned shift = (unsigned)(at % 64);
    words[0] |= bits << shift;
    if (shift > 0) words[1] |= bits >> (64 - shift);
}

static void write(struct folding *folding, size_t original, size_t taken, struct slice folded,
                  bool capital)
{
    if (folded.length == taken) {
        stay(folding, original);
    } else {
        add_run(folding, original, (uint32_t)taken);
    }
    if (capital) set_capitals(folding, (UINT64_C(1) << folded.length) - 1);
    memcpy(folding->out, folded.at, folded.length);
    folding->out += folded.length;
}

static uint32_t decode(const unsigned char *at, size_t *ret_length)
{
    uint32_t lead = at[0];
    if (lead < 0x80) {
        *ret_length = 1;
        return lead;
    }
    size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t code = lead & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) code = code << 6 | (at[i] & 0x3Fu);
    *ret_length = length;
    return code;
}

static bool is_letter(unsigned char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool is_digit(unsigned char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* Whether a currency sign stands among letters: `fu¢k`, not `£5` or `5€each`. */
static bool among_letters(const struct folding *folding, size_t length)
{
    unsigned char before = folding->at > folding->from ? folding->at[-1] : ' ';
    unsigned char behind = folding->at + length < folding->end ? folding->at[length] : ' ';
    return !is_digit(before) && !is_digit(behind) && (is_letter(before) || is_letter(behind));
}

/* The vowel parts of a syllable, as NFD takes it apart. */
static void fold_hangul(struct folding *folding, size_t original, uint32_t code)
{
    uint32_t place = code - HANGUL_FIRST;
    uint32_t parts[] = {0x1100 + place / 588, 0x1161 + place % 588 / 28, 0x11A7 + place % 28};
    size_t count = place % 28 == 0 ? 2 : 3;
    char bytes[9];
    for (size_t i = 0; i < count; i++) {
        bytes[3 * i] = (char)(0xE0 | parts[i] >> 12);
        bytes[3 * i + 1] = (char)(0x80 | (parts[i] >> 6 & 0x3F));
        bytes[3 * i + 2] = (char)(0x80 | (parts[i] & 0x3F));
    }
    write(folding, original, 3, (struct slice){bytes, 3 * count}, false);
}

/* Regional indicators: an even number are flags, signs; any other stretch spells something. */
static void fold_regions(struct folding *folding)
{
    const unsigned char *at = folding->at;
    size_t count = 0, length;
    while (folding->end - at >= 4) {
        uint32_t code = decode(at, &length);
        if (code < REGION_FIRST || code > REGION_LAST) break;
        at += 4;
        count++;
    }
    bool spells = count % 2 != 0 || count >= 4;
    if (spells) folding->to->changed = true;
    for (; folding->at < at; folding->at += 4) {
        char c = (char)('a' + (decode(folding->at, &length) - REGION_FIRST));
        if (!spells) c = FOLD_SIGN;
        write(folding, (size_t)(folding->at - folding->from), 4, (struct slice){&c, 1}, spells);
    }
}

/* A character of the table; `bytes` are its own, `length` those that it takes of the text. */
static void fold_entry(struct folding *folding, struct slice bytes, size_t length, uint32_t entry)
{
    size_t original = (size_t)(folding->at - folding->from);
    uint32_t what = entry & FOLD_WHAT;
    char one = (char)what;
    struct slice folded = {&one, 1};
    bool price = (entry & FOLD_PRICE) != 0 && !among_letters(folding, length);
    if (price) {
        one = FOLD_SIGN;
    } else if (what == FOLD_KEEP) {
        folded = bytes;
    } else if (what >= FOLD_POOL) {
        const uint16_t *place = fold_places + (what - FOLD_POOL);
        folded = (struct slice){fold_pool + place[0], (size_t)(place[1] - place[0])};
    }
    if ((entry & FOLD_DISGUISE) != 0 && !price) folding->to->changed = true;
    if (what != FOLD_DROP) write(folding, original, length, folded, (entry & FOLD_CAPITAL) != 0);
    folding->at += length;
}

static uint32_t entry_of(uint32_t code)
{
    return fold_blocks[fold_stage[code >> 6]][code & 63];
}

/* One character beyond ASCII, or one flag's worth of them. */
static void fold_one(struct folding *folding)
{
    size_t length;
    uint32_t code = decode(folding->at, &length);
    if (code >= REGION_FIRST && code <= REGION_LAST) {
        fold_regions(folding);
    } else if (code >= HANGUL_FIRST && code <= HANGUL_LAST) {
        fold_hangul(folding, (size_t)(folding->at - folding->from), code);
        folding->at += length;
    } else {
        struct slice bytes = {(const char *)folding->at, length};
        fold_entry(folding, bytes, length, entry_of(code));
    }
}

static void fold_ascii_byte(struct folding *folding)
{
    unsigned char c = *folding->at;
    stay(folding, (size_t)(folding->at - folding->from));
    bool capital = (unsigned char)(c - 'A') < 26;
    if (capital) set_capitals(folding, 1);
    *folding->out++ = (char)(capital ? c | 0x20 : c);
    folding->at++;
}

/* Of a text whose first `done` bytes, a multiple of 64, are folded already. */
static struct folding begin_behind(struct folded *folded, struct slice text, size_t done)
{
    size_t words = (text.length - done) / 64 + 3;
    memset(folded->capitals + done / 64, 0, words * sizeof *folded->capitals);
    const unsigned char *from = (const unsigned char *)text.at;
    return (struct folding){folded, from, from + text.length, from + done, folded->at + done, 0, 0};
}

static void begin(struct folded *folded, struct slice text)
{
    assert(text.length <= FOLD_TEXT_LARGEST);
    make_room(folded, text.length);
    folded->run_count = 0;
    folded->original = text;
    folded->ascii = true;
    folded->changed = false;
}

/* At the first character beyond ASCII: from here on the text may grow. */
static void leave_ascii(struct folding *folding)
{
    struct folded *folded = folding->to;
    size_t done = (size_t)(folding->out - folded->at), length = folded->original.length;
    size_t words = length / 64 + 3, all = GROWTH * length / 64 + 3;
    make_room(folded, GROWTH * length);
    memset(folded->capitals + words, 0, (all - words) * sizeof *folded->capitals);
    folded->ascii = false;
    folding->out = folded->at + done;
    if (folded->run_count == 0) {
        char *out = folding->out;
        folding->out = folded->at;
        add_run(folding, 0, 0);
        folding->out = out;
    }
}

/* The text is past ASCII from here on: an entity is longer than what it says. */
static void fold_entity(struct folding *folding, const struct fold_entity *entity)
{
    char bytes[4];
    struct slice character = {bytes, utf8_encode(entity->code, bytes)};
    if (folding->to->ascii) leave_ascii(folding);
    if (entity->code < 0x80) {
        bool capital = entity->code - 'A' < 26;
        if (capital) bytes[0] = (char)(bytes[0] | 0x20);
        write(folding, entity->at, entity->length, character, capital);
        folding->at += entity->length;
    } else {
        fold_entry(folding, character, entity->length, entry_of(entity->code));
    }
}

/* Sets the end of what is folded before the next entity; gives the entity. */
static struct fold_entity up_to_entity(struct folding *folding)
{
    struct slice text = folding->to->original;
    struct fold_entity entity = fold_entity_next(text, (size_t)(folding->at - folding->from));
    folding->end = folding->from + (entity.length == 0 ? text.length : entity.at);
    return entity;
}

static void finish(struct folding *folding)
{
    struct folded *folded = folding->to;
    folded->length = (size_t)(folding->out - folded->at);
    memset(folding->out, 0, FOLD_BEHIND);
}

void fold_text_scalar(struct folded *folded, struct slice text)
{
    begin(folded, text);
    struct folding folding = begin_behind(folded, text, 0);
    for (struct fold_entity entity = {.length = 1}; entity.length > 0;) {
        entity = up_to_entity(&folding);
        while (folding.at < folding.end) {
            if (*folding.at < 0x80) {
                fold_ascii_byte(&folding);
                continue;
            }
            if (folded->ascii) leave_ascii(&folding);
            fold_one(&folding);
        }
        if (entity.length > 0) fold_entity(&folding, &entity);
    }
    finish(&folding);
}

#if WIDE
/* Small letters for capitals, and which they were. */
WIDE_TARGET static inline __m256i small_of(__m256i bytes, uint64_t *ret_capitals)
{
    __m256i from_a = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)('A' + 128)));
    __m256i capital = _mm256_cmpgt_epi8(_mm256_set1_epi8(-128 + 26), from_a);
    *ret_capitals = (uint32_t)_mm256_movemask_epi8(capital);
    return _mm256_or_si256(bytes, _mm256_and_si256(capital, _mm256_set1_epi8(0x20)));
}

WIDE_TARGET static inline __m256i load(const char *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

WIDE_TARGET static inline void store(char *at, __m256i bytes)
{
    _mm256_storeu_si256((__m256i *)(void *)at, bytes);
}

/* 64 bytes; false where one is beyond ASCII or may begin an entity. */
WIDE_TARGET static inline bool fold_64(const char *from, char *to, uint64_t *ret_capitals)
{
    const __m256i ampersand = _mm256_set1_epi8('&');
    __m256i low = load(from), high = load(from + 32);
    __m256i entity =
        _mm256_or_si256(_mm256_cmpeq_epi8(low, ampersand), _mm256_cmpeq_epi8(high, ampersand));
    uint64_t first, second;
    if (_mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(low, high), entity)) != 0)
        return false;
    store(to, small_of(low, &first));
    store(to + 32, small_of(high, &second));
    *ret_capitals = first | second << 32;
    return true;
}

/* The ASCII that the text begins with, up to the first &, in steps of 64 bytes; the last step reaches back over bytes done before. Gives how
 * many bytes are done: all, or a multiple of 64. */
WIDE_TARGET static size_t fold_ascii_wide(struct folded *folded, struct slice text)
{
    size_t done = 0, last;
    uint64_t *capitals = folded->capitals, bits;
    for (; text.length - done >= 64; done += 64) {
        if (!fold_64(text.at + done, folded->at + done, &capitals[done / 64])) return done;
    }
    last = text.length - done;
    if (last == 0 || text.length < 64) return done;
    if (!fold_64(text.at + text.length - 64, folded->at + text.length - 64, &bits)) return done;
    capitals[done / 64] = bits >> (64 - last);
    capitals[done / 64 + 1] = capitals[done / 64 + 2] = 0;
    return text.length;
}

/* 32 bytes that are ASCII up to `count`: small letters out, capitals noted; the rest is written too and written over. */
WIDE_TARGET static inline void put_wide(struct folding *folding, __m256i bytes, unsigned count)
{
    uint64_t bits;
    __m256i small = small_of(bytes, &bits);
    if (count < 32) bits &= (UINT64_C(1) << count) - 1;
    if (!folding->to->ascii) stay(folding, (size_t)(folding->at - folding->from));
    set_capitals(folding, bits);
    store(folding->out, small);
    folding->out += count;
    folding->at += count;
}

/* As many ASCII bytes as there are, at most 32. */
WIDE_TARGET static inline void fold_wide(struct folding *folding)
{
    size_t left = (size_t)(folding->end - folding->at);
    unsigned char last[32];
    const unsigned char *from = folding->at;
    if (left < 32) {
        memset(last, 0, sizeof last);
        memcpy(last, from, left);
        from = last;
    }
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)from);
    uint32_t beyond = (uint32_t)_mm256_movemask_epi8(bytes);
    unsigned count = beyond == 0 ? 32 : (unsigned)__builtin_ctz(beyond);
    put_wide(folding, bytes, count < left ? count : (unsigned)left);
}

WIDE_TARGET static inline void fold_part_wide(struct folding *folding)
{
    while (folding->at < folding->end) {
        if (*folding->at < 0x80) {
            fold_wide(folding);
            continue;
        }
        if (folding->to->ascii) leave_ascii(folding);
        fold_one(folding);
    }
}

/* From the first step on that is more than plain ASCII. */
WIDE_TARGET static void fold_rest(struct folded *folded, struct slice text, size_t done)
{
    struct folding folding = begin_behind(folded, text, done);
    struct fold_entity entity = {.length = 1};
    while (entity.length > 0) {
        entity = up_to_entity(&folding);
        fold_part_wide(&folding);
        if (entity.length > 0) fold_entity(&folding, &entity);
    }
    finish(&folding);
}

/* The same as fold_ascii_wide, in one go for each 64 bytes, however many are left. */
WIDER_TARGET static size_t fold_ascii_wider(struct folded *folded, struct slice text)
{
    size_t done = 0;
    for (; done < text.length; done += 64) {
        size_t left = text.length - done;
        __mmask64 some = _bzhi_u64(~UINT64_C(0), left < 64 ? (unsigned)left : 64);
        __m512i bytes = _mm512_maskz_loadu_epi8(some, text.at + done);
        __m512i from_a = _mm512_sub_epi8(bytes, _mm512_set1_epi8('A'));
        __mmask64 capitals = _mm512_cmplt_epu8_mask(from_a, _mm512_set1_epi8(26));
        __mmask64 beyond = _mm512_movepi8_mask(bytes);
        if ((beyond | _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('&'))) != 0) return done;
        bytes = _mm512_mask_add_epi8(bytes, capitals, bytes, _mm512_set1_epi8('a' - 'A'));
        _mm512_storeu_si512(folded->at + done, bytes);
        folded->capitals[done / 64] = capitals;
    }
    return text.length;
}

/* Nothing but plain ASCII was met. */
static void finish_ascii(struct folded *folded, size_t length)
{
    folded->length = length;
    memset(folded->at + length, 0, FOLD_BEHIND);
    memset(folded->capitals + (length + 63) / 64, 0, 2 * sizeof *folded->capitals);
}

static void fold_behind(struct folded *folded, struct slice text, size_t done)
{
    if (done == text.length)
        finish_ascii(folded, done);
    else
        fold_rest(folded, text, done);
}

bool fold_text_wide(struct folded *folded, struct slice text)
{
    if (!wide_here()) return false;
    begin(folded, text);
    fold_behind(folded, text, fold_ascii_wide(folded, text));
    return true;
}

void fold_text(struct folded *folded, struct slice text)
{
    if (!wider_here()) {
        if (!fold_text_wide(folded, text)) fold_text_scalar(folded, text);
        return;
    }
    begin(folded, text);
    fold_behind(folded, text, fold_ascii_wider(folded, text));
}
#else
bool fold_text_wide(struct folded *folded, struct slice text)
{
    (void)folded, (void)text;
    return false;
}

void fold_text(struct folded *folded, struct slice text)
{
    fold_text_scalar(folded, text);
}
#endif

/* The run that holds the folded byte `at`. Halves without a branch: which half it is nobody can foretell. */
static const struct fold_run *run_of(const struct folded *folded, size_t at)
{
    const struct fold_run *run = folded->runs;
    for (size_t left = folded->run_count; left > 1;) {
        size_t half = left / 2;
        run += run[half].folded <= at ? half : 0;
        left -= half;
    }
    return run;
}

static bool inside(const struct folded *folded, size_t original)
{
    return original < folded->original.length && (folded->original.at[original] & 0xC0) == 0x80;
}

static size_t start_in(const struct folded *folded, const struct fold_run *run, size_t at)
{
    if (run->step != 0) return run->original;
    size_t original = run->original + (at - run->folded);
    while (inside(folded, original)) original--;
    return original;
}

/* `run` holds the byte before `at`. */
static size_t end_in(const struct folded *folded, const struct fold_run *run, size_t at)
{
    const struct fold_run *next = run + 1;
    if (at >= folded->length) return folded->original.length;
    if (next < folded->runs + folded->run_count && next->folded <= at) return next->original;
    if (run->step != 0) return run->original + run->step;
    size_t original = run->original + (at - run->folded);
    while (inside(folded, original)) original++;
    return original;
}

struct fold_span fold_span(const struct folded *folded, size_t from, size_t to)
{
    struct fold_span span = {(uint32_t)from, (uint32_t)to};
    if (folded->run_count == 0) return span;
    const struct fold_run *run = run_of(folded, from), *last = folded->runs + folded->run_count - 1;
    span.start = (uint32_t)start_in(folded, run, from);
    while (run < last && run[1].folded < to) run++;
    span.end = (uint32_t)end_in(folded, run, to);
    return span;
}

void fold_clear(struct folded *folded)
{
    free(folded->at);
    free(folded->capitals);
    free(folded->runs);
    *folded = (struct folded){0};
}
