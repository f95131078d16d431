/* SHA-256: the padding and the choice of compression. On x86-64 with SHA instructions the blocks go through them; elsewhere
 * libsodium hashes the whole. Both ways are compared by the tests. */
#include "ledger/sha256.h"

#include <sodium.h>
#include <string.h>

#include "ledger/sha256_x86.h"

#define BLOCK ((size_t)64)

struct hashing {
    uint32_t state[8];
    unsigned char block[64]; /* what does not fill one yet */
    size_t filled;
    uint64_t length;
};

static const uint32_t first_state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static void feed(struct hashing *hashing, const unsigned char *at, size_t length)
{
    hashing->length += length;
    if (hashing->filled > 0) {
        size_t room = BLOCK - hashing->filled;
        size_t part = length < room ? length : room;
        memcpy(hashing->block + hashing->filled, at, part);
        hashing->filled += part;
        at += part;
        length -= part;
        if (hashing->filled < BLOCK) return;
        sha256_x86_blocks(hashing->state, hashing->block, 1);
        hashing->filled = 0;
    }
    sha256_x86_blocks(hashing->state, at, length / BLOCK);
    hashing->filled = length % BLOCK;
    memcpy(hashing->block, at + (length - hashing->filled), hashing->filled);
}

static void finish(struct hashing *hashing, unsigned char ret_hash[SHA256_SIZE])
{
    uint64_t bits = hashing->length * 8;
    unsigned char tail[2 * 64] = {0};
    memcpy(tail, hashing->block, hashing->filled);
    tail[hashing->filled] = 0x80;
    size_t size = hashing->filled + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
    for (size_t i = 0; i < 8; i++) tail[size - 1 - i] = (unsigned char)(bits >> (8 * i));
    sha256_x86_blocks(hashing->state, tail, size / BLOCK);
    for (size_t i = 0; i < SHA256_SIZE; i++)
        ret_hash[i] = (unsigned char)(hashing->state[i / 4] >> (24 - 8 * (i % 4)));
}

static const unsigned char *start_of(struct slice bytes)
{
    return (const unsigned char *)bytes.at;
}

void sha256(struct slice bytes, unsigned char ret_hash[SHA256_SIZE])
{
    if (!sha256_x86_works()) {
        crypto_hash_sha256(ret_hash, start_of(bytes), bytes.length);
        return;
    }
    struct hashing hashing;
    memcpy(hashing.state, first_state, sizeof first_state);
    hashing.filled = 0;
    hashing.length = 0;
    feed(&hashing, start_of(bytes), bytes.length);
    finish(&hashing, ret_hash);
}

static void portable_prefixed(unsigned char prefix, struct slice a, struct slice b,
                              unsigned char ret_hash[SHA256_SIZE])
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &prefix, 1);
    crypto_hash_sha256_update(&state, start_of(a), a.length);
    crypto_hash_sha256_update(&state, start_of(b), b.length);
    crypto_hash_sha256_final(&state, ret_hash);
}

void sha256_prefixed(unsigned char prefix, struct slice a, struct slice b,
                     unsigned char ret_hash[SHA256_SIZE])
{
    if (!sha256_x86_works()) {
        portable_prefixed(prefix, a, b, ret_hash);
        return;
    }
    struct hashing hashing;
    memcpy(hashing.state, first_state, sizeof first_state);
    hashing.block[0] = prefix;
    hashing.filled = 1;
    hashing.length = 1;
    feed(&hashing, start_of(a), a.length);
    feed(&hashing, start_of(b), b.length);
    finish(&hashing, ret_hash);
}
