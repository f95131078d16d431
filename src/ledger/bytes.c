/* Numbers and runs of bytes, written and read in one way for all formats of the ledger. */
#include "ledger/bytes.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

void bytes_add_number(struct text *out, uint64_t number, size_t width)
{
    assert(width >= 1 && width <= 8 && (width == 8 || number >> (8 * width) == 0));
    char *at = text_extend(out, width);
    if (at == NULL) return;
    for (size_t i = width; i-- > 0; number >>= 8) at[i] = (char)(number & 0xFF);
}

bool bytes_take_number(struct cursor *cursor, size_t width, uint64_t *ret_number)
{
    struct slice bytes;
    if (!bytes_take(cursor, width, &bytes)) return false;
    uint64_t number = 0;
    for (size_t i = 0; i < width; i++) number = number << 8 | (unsigned char)bytes.at[i];
    *ret_number = number;
    return true;
}

bool bytes_take(struct cursor *cursor, size_t length, struct slice *ret_bytes)
{
    if (length > cursor->all.length - cursor->at) return false;
    *ret_bytes = (struct slice){cursor->all.at + cursor->at, length};
    cursor->at += length;
    return true;
}

bool bytes_take_run(struct cursor *cursor, size_t width, size_t most, struct slice *ret_bytes)
{
    struct cursor ahead = *cursor;
    uint64_t length;
    if (!bytes_take_number(&ahead, width, &length) || length > most) return false;
    if (!bytes_take(&ahead, (size_t)length, ret_bytes)) return false;
    *cursor = ahead;
    return true;
}

void bytes_random(void *at, size_t size)
{
    /* Safe to call again, from any thread; without it the first draw of two threads would race. */
    if (sodium_init() < 0) abort();
    randombytes_buf(at, size);
}

void bytes_add_base64(struct text *out, struct slice bytes)
{
    size_t length = sodium_base64_ENCODED_LEN(bytes.length, sodium_base64_VARIANT_ORIGINAL);
    char *at = text_extend(out, length);
    if (at == NULL) return;
    sodium_bin2base64(at, length, (const unsigned char *)bytes.at, bytes.length,
                      sodium_base64_VARIANT_ORIGINAL);
    text_cut(out, out->length - 1); /* the NUL that libsodium counts */
}

bool bytes_read_base64(struct slice base64, void *ret_bytes, size_t size)
{
    size_t length = 0;
    const char *end = NULL;
    /* libsodium 1.0.18 takes some bytes above 0x7F for letters. */
    for (size_t i = 0; i < base64.length; i++) {
        if ((unsigned char)base64.at[i] > 0x7F) return false;
    }
    bool read = sodium_base642bin(ret_bytes, size, base64.at, base64.length, NULL, &length, &end,
                                  sodium_base64_VARIANT_ORIGINAL) == 0;
    return read && length == size && end == base64.at + base64.length;
}
