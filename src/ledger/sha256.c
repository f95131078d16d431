/* SHA-256 but for its compression (sha256_blocks.h): what is left over of a block, and the padding. */
#include "ledger/sha256.h"

#include <string.h>

#include "ledger/sha256_blocks.h"

#define BLOCK ((size_t)64)

static void compress(struct sha256 *hash, const unsigned char *at, size_t count)
{
    if (sha256_x86_works())
        sha256_x86_blocks(hash->state, at, count);
    else
        sha256_portable_blocks(hash->state, at, count);
}

void sha256_begin(struct sha256 *hash)
{
    static const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(hash->state, first, sizeof first);
    hash->filled = 0;
    hash->length = 0;
}

void sha256_add(struct sha256 *hash, struct slice bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    size_t left = bytes.length;
    hash->length += left;
    if (hash->filled > 0) {
        size_t room = BLOCK - hash->filled;
        size_t part = left < room ? left : room;
        memcpy(hash->block + hash->filled, at, part);
        hash->filled += part;
        at += part;
        left -= part;
        if (hash->filled < BLOCK) return;
        compress(hash, hash->block, 1);
        hash->filled = 0;
    }
    if (left >= BLOCK) compress(hash, at, left / BLOCK);
    hash->filled = left % BLOCK;
    memcpy(hash->block, at + (left - hash->filled), hash->filled);
}

void sha256_end(struct sha256 *hash, unsigned char ret_hash[SHA256_SIZE])
{
    uint64_t bits = hash->length * 8;
    unsigned char tail[2 * 64] = {0};
    memcpy(tail, hash->block, hash->filled);
    tail[hash->filled] = 0x80;
    size_t size = hash->filled + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
    for (size_t i = 0; i < 8; i++) tail[size - 1 - i] = (unsigned char)(bits >> (8 * i));
    compress(hash, tail, size / BLOCK);
    for (size_t i = 0; i < SHA256_SIZE; i++)
        ret_hash[i] = (unsigned char)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256(struct slice bytes, unsigned char ret_hash[SHA256_SIZE])
{
    struct sha256 hash;
    sha256_begin(&hash);
    sha256_add(&hash, bytes);
    sha256_end(&hash, ret_hash);
}

void sha256_prefixed(unsigned char prefix, struct slice a, struct slice b,
                     unsigned char ret_hash[SHA256_SIZE])
{
    struct sha256 hash;
    sha256_begin(&hash);
    hash.block[0] = prefix;
    hash.filled = 1;
    hash.length = 1;
    sha256_add(&hash, a);
    sha256_add(&hash, b);
    sha256_end(&hash, ret_hash);
}
