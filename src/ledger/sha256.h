/* SHA-256 (FIPS 180-4), by Nettle: reading a whole ledger again is hashing above all, and Nettle uses the processor's own
 * instructions where it has them. */
#pragma once

#include <nettle/sha2.h>

#include "base/slice.h"

#define SHA256_SIZE 32

struct sha256 {
    struct sha256_ctx context;
};

void sha256_begin(struct sha256 *hash);
void sha256_add(struct sha256 *hash, struct slice bytes);
void sha256_end(struct sha256 *hash, unsigned char ret_hash[SHA256_SIZE]);

void sha256(struct slice bytes, unsigned char ret_hash[SHA256_SIZE]);
/* Over the one byte `prefix`, then `a`, then `b`: what a tree hashes. */
void sha256_prefixed(unsigned char prefix, struct slice a, struct slice b,
                     unsigned char ret_hash[SHA256_SIZE]);
