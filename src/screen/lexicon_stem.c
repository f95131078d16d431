/* Letters looked for within words: the first four bytes of all stems at once, 32 places at a time by the halves of each byte where the
 * processor can. Stems stand in eight groups, a bit each; what may stand at a place is compared there. */
#include <stdlib.h>
#include <string.h>

#include "base/wide.h"
#include "screen/lexicon_parts.h"

static int by_letters(const void *a, const void *b)
{
    const struct lexicon_stem *one = a, *other = b;
    return memcmp(one->letters, other->letters, STEM_LARGEST);
}

void lexicon_stems_settle(struct lexicon_stems *stems)
{
    qsort(stems->at, stems->count, sizeof *stems->at, by_letters);
    for (size_t group = 0; group <= STEM_GROUPS; group++)
        stems->groups[group] = stems->count * group / STEM_GROUPS;
    for (size_t i = 0; i < stems->count; i++) {
        uint32_t bit = lexicon_stem_bit(stems->at[i].letters);
        stems->may[bit / 64] |= UINT64_C(1) << (bit % 64);
    }
    for (size_t group = 0; group < STEM_GROUPS; group++) {
        unsigned char bit = (unsigned char)(1u << group);
        for (size_t i = stems->groups[group]; i < stems->groups[group + 1]; i++) {
            for (size_t k = 0; k < STEM_LEAST; k++) {
                unsigned char byte = (unsigned char)stems->at[i].letters[k];
                stems->bytes[k][byte] |= bit;
                stems->low[k][byte & 15] |= bit;
                stems->high[k][byte >> 4] |= bit;
            }
        }
    }
}

size_t lexicon_stem_scan_scalar(const struct lexicon_stems *stems, const char *at, size_t from,
                                size_t length)
{
    const unsigned char *bytes = (const unsigned char *)at;
    for (size_t i = from; i + STEM_LEAST <= length; i++) {
        unsigned groups = stems->bytes[0][bytes[i]] & stems->bytes[1][bytes[i + 1]] &
                          stems->bytes[2][bytes[i + 2]] & stems->bytes[3][bytes[i + 3]];
        if (groups != 0 && lexicon_stem_may(stems, at + i)) return i;
    }
    return length;
}

const struct lexicon_stem *lexicon_stem_at(const struct lexicon_stems *stems, const char *word,
                                           size_t length, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)word + at;
    if (length - at < STEM_LEAST) return NULL;
    unsigned groups = stems->bytes[0][bytes[0]] & stems->bytes[1][bytes[1]] &
                      stems->bytes[2][bytes[2]] & stems->bytes[3][bytes[3]];
    for (; groups != 0; groups &= groups - 1) {
        size_t group = (size_t)__builtin_ctz(groups);
        for (size_t i = stems->groups[group]; i < stems->groups[group + 1]; i++) {
            const struct lexicon_stem *stem = &stems->at[i];
            if (stem->length > length - at || memcmp(word + at, stem->letters, stem->length) != 0)
                continue;
            if (stem->begins && at > 0) continue;
            if (!stem->ends || at + stem->length == length) return stem;
        }
    }
    return NULL;
}

#if WIDE
/* The groups that have each of 32 bytes in one of the first four places. */
WIDE_TARGET static inline __m256i groups_of(const struct lexicon_stems *stems, const char *at,
                                            size_t place)
{
    const __m256i half = _mm256_set1_epi8(15);
    __m256i low = _mm256_broadcastsi128_si256(
        _mm_loadu_si128((const __m128i *)(const void *)stems->low[place]));
    __m256i high = _mm256_broadcastsi128_si256(
        _mm_loadu_si128((const __m128i *)(const void *)stems->high[place]));
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(at + place));
    __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);
    return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(bytes, half)),
                            _mm256_shuffle_epi8(high, upper));
}

WIDE_TARGET static size_t scan_wide(const struct lexicon_stems *stems, const char *at, size_t from,
                                    size_t length)
{
    for (size_t i = from; i < length; i += 32) {
        __m256i groups = _mm256_and_si256(
            _mm256_and_si256(groups_of(stems, at + i, 0), groups_of(stems, at + i, 1)),
            _mm256_and_si256(groups_of(stems, at + i, 2), groups_of(stems, at + i, 3)));
        unsigned none =
            (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(groups, _mm256_setzero_si256()));
        for (unsigned places = ~none; places != 0; places &= places - 1) {
            size_t found = i + (size_t)__builtin_ctz(places);
            if (lexicon_stem_may(stems, at + found)) return found < length ? found : length;
        }
    }
    return length;
}

lexicon_stem_scan *lexicon_stem_scan_best(void)
{
    return wide_here() ? scan_wide : lexicon_stem_scan_scalar;
}
#else
lexicon_stem_scan *lexicon_stem_scan_best(void)
{
    return lexicon_stem_scan_scalar;
}
#endif
