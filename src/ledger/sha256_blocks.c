/* The compression of SHA-256 by libsodium, and in x86's SHA instructions: two rounds an instruction, the state in two
 * registers of four words (A B E F and C D G H). The order of words is the instructions' own; see Intel's description of
 * SHA256RNDS2. */
#include "ledger/sha256_blocks.h"

#include <sodium.h>
#include <string.h>

/* libsodium offers whole hashes only, but its state is public: set, fed whole blocks, and read. */
void sha256_portable_blocks(uint32_t state[8], const unsigned char *at, size_t count)
{
    crypto_hash_sha256_state whole;
    crypto_hash_sha256_init(&whole);
    memcpy(whole.state, state, sizeof whole.state);
    crypto_hash_sha256_update(&whole, at, (unsigned long long)count * 64);
    memcpy(state, whole.state, sizeof whole.state);
}

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>

#define USES_SHA __attribute__((target("sha,sse4.1")))

static const uint32_t rounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static bool ask_processor(void)
{
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0 || !(b & bit_SHA)) return false;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSE4_1) != 0;
}

bool sha256_x86_works(void)
{
    /* Asked once: the question costs more than a hash, above all in a virtual machine. */
    static atomic_int answer; /* 0 not asked, 1 no, 2 yes */
    int known = atomic_load_explicit(&answer, memory_order_relaxed);
    if (known == 0) {
        known = ask_processor() ? 2 : 1;
        atomic_store_explicit(&answer, known, memory_order_relaxed);
    }
    return known == 2;
}

/* Four rounds with the message words in `words`. */
#define FOUR_ROUNDS(words, index)                                                                  \
    do {                                                                                           \
        __m128i sum = _mm_add_epi32(words, _mm_loadu_si128((const void *)(rounds + (index))));     \
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);                                             \
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));                    \
    } while (0)
/* The next four message words take the place of the oldest. */
#define NEXT_WORDS(oldest, second, third, newest)                                                  \
    oldest = _mm_sha256msg2_epu32(                                                                 \
        _mm_add_epi32(_mm_sha256msg1_epu32(oldest, second), _mm_alignr_epi8(newest, third, 4)),    \
        newest)

USES_SHA static void one_block(__m128i *ret_abef, __m128i *ret_cdgh, const unsigned char *at)
{
    const __m128i turn = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abef = *ret_abef;
    __m128i cdgh = *ret_cdgh;
    __m128i a = _mm_shuffle_epi8(_mm_loadu_si128((const void *)at), turn);
    __m128i b = _mm_shuffle_epi8(_mm_loadu_si128((const void *)(at + 16)), turn);
    __m128i c = _mm_shuffle_epi8(_mm_loadu_si128((const void *)(at + 32)), turn);
    __m128i d = _mm_shuffle_epi8(_mm_loadu_si128((const void *)(at + 48)), turn);
    for (size_t i = 0; i < 48; i += 16) {
        FOUR_ROUNDS(a, i);
        NEXT_WORDS(a, b, c, d);
        FOUR_ROUNDS(b, i + 4);
        NEXT_WORDS(b, c, d, a);
        FOUR_ROUNDS(c, i + 8);
        NEXT_WORDS(c, d, a, b);
        FOUR_ROUNDS(d, i + 12);
        NEXT_WORDS(d, a, b, c);
    }
    FOUR_ROUNDS(a, 48);
    FOUR_ROUNDS(b, 52);
    FOUR_ROUNDS(c, 56);
    FOUR_ROUNDS(d, 60);
    *ret_abef = _mm_add_epi32(*ret_abef, abef);
    *ret_cdgh = _mm_add_epi32(*ret_cdgh, cdgh);
}

USES_SHA void sha256_x86_blocks(uint32_t state[8], const unsigned char *at, size_t count)
{
    __m128i dcba = _mm_loadu_si128((const void *)state);
    __m128i hgfe = _mm_loadu_si128((const void *)(state + 4));
    __m128i badc = _mm_shuffle_epi32(dcba, 0xB1);
    __m128i efgh = _mm_shuffle_epi32(hgfe, 0x1B);
    __m128i abef = _mm_alignr_epi8(badc, efgh, 8);
    __m128i cdgh = _mm_blend_epi16(efgh, badc, 0xF0);
    for (; count > 0; count--, at += 64) one_block(&abef, &cdgh, at);
    __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
    __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((void *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

#include <stdlib.h>

bool sha256_x86_works(void)
{
    return false;
}

void sha256_x86_blocks(uint32_t state[8], const unsigned char *at, size_t count)
{
    (void)state;
    (void)at;
    (void)count;
    abort();
}

#endif
