/* Where in a text wording may begin, for 64 words at once: each word's key, and each pair's, is looked up among those that begin some. Most
 * words of most texts are left out here; lexicon_find.c looks at the others. */
#include "base/wide.h"
#include "screen/lexicon_parts.h"

uint64_t lexicon_scan_scalar(const struct lexicon *lexicon, const uint32_t *keys, size_t count)
{
    uint64_t places = 0;
    for (size_t i = 0; i < count; i++) {
        bool may = lexicon_has(lexicon->words, keys[i]) ||
                   lexicon_has(lexicon->pairs, lexicon_pair(keys[i], keys[i + 1]));
        places |= (uint64_t)may << i;
    }
    return places;
}

#if WIDE
#define EIGHT ((size_t)8)

/* As lexicon_has, of eight keys: all bits of those that it has. */
WIDE_TARGET static inline __m256i have(const lexicon_cells cells, __m256i keys)
{
    const __m256i one = _mm256_set1_epi32(1), low = _mm256_set1_epi32(31);
    __m256i there = _mm256_i32gather_epi32((const int *)(const void *)cells,
                                           _mm256_srli_epi32(keys, CELL_SHIFT), sizeof *cells);
    __m256i mark = _mm256_and_si256(_mm256_srli_epi32(keys, MARK_SHIFT), low);
    __m256i other = _mm256_and_si256(_mm256_srli_epi32(keys, OTHER_SHIFT), low);
    __m256i marks = _mm256_or_si256(_mm256_sllv_epi32(one, mark), _mm256_sllv_epi32(one, other));
    return _mm256_cmpeq_epi32(_mm256_and_si256(there, marks), marks);
}

WIDE_TARGET static inline __m256i load(const uint32_t *keys)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)keys);
}

WIDE_TARGET static inline __m256i pairs_of(__m256i keys, __m256i next)
{
    __m256i turned = _mm256_or_si256(_mm256_slli_epi32(keys, PAIR_TURN),
                                     _mm256_srli_epi32(keys, 32 - PAIR_TURN));
    return _mm256_mullo_epi32(_mm256_xor_si256(turned, next), _mm256_set1_epi32((int)PAIR_FACTOR));
}

WIDE_TARGET static uint64_t scan_wide(const struct lexicon *lexicon, const uint32_t *keys,
                                      size_t count)
{
    uint64_t places = 0;
    for (size_t i = 0; i < count; i += EIGHT) {
        __m256i here = load(keys + i), pairs = pairs_of(here, load(keys + i + 1));
        __m256i may = _mm256_or_si256(have(lexicon->words, here), have(lexicon->pairs, pairs));
        places |= (uint64_t)(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(may)) << i;
    }
    return count < LEXICON_SCANNED ? places & ((UINT64_C(1) << count) - 1) : places;
}

lexicon_scan *lexicon_scan_best(void)
{
    return wide_here() ? scan_wide : lexicon_scan_scalar;
}
#else
lexicon_scan *lexicon_scan_best(void)
{
    return lexicon_scan_scalar;
}
#endif
