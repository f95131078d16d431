/* SHA-256 of slices; see sha256.h. */
#include "ledger/sha256.h"

void sha256_begin(struct sha256 *hash)
{
    sha256_init(&hash->context);
}

void sha256_add(struct sha256 *hash, struct slice bytes)
{
    sha256_update(&hash->context, bytes.length, (const uint8_t *)bytes.at);
}

void sha256_end(struct sha256 *hash, unsigned char ret_hash[SHA256_SIZE])
{
    sha256_digest(&hash->context, SHA256_SIZE, ret_hash);
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
    sha256_update(&hash.context, 1, &prefix);
    sha256_add(&hash, a);
    sha256_add(&hash, b);
    sha256_end(&hash, ret_hash);
}
