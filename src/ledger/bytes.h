/* Bytes of the ledger's formats: numbers with the highest byte first, runs of known length, what is random. Every read
 * goes through a cursor; one that fails moves nothing. */
#pragma once

#include "base/cursor.h"
#include "base/text.h"

/* A number of `width` bytes, 1 to 8; it must fit (asserted). */
void bytes_add_number(struct text *out, uint64_t number, size_t width);
MUST_USE bool bytes_take_number(struct cursor *cursor, size_t width, uint64_t *ret_number);
MUST_USE bool bytes_take(struct cursor *cursor, size_t length, struct slice *ret_bytes);
/* A number of `width` bytes that is at most `most`, then as many bytes. */
MUST_USE bool bytes_take_run(struct cursor *cursor, size_t width, size_t most,
                             struct slice *ret_bytes);
/* From the system's random source. */
void bytes_random(void *at, size_t size);
/* Standard base64 with padding. */
void bytes_add_base64(struct text *out, struct slice bytes);
/* Exactly `size` bytes from strict base64: padded, no blanks, no stray bits. */
MUST_USE bool bytes_read_base64(struct slice base64, void *ret_bytes, size_t size);

/* The bytes of a member array, as a slice. */
#define BYTES(array) ((struct slice){(const char *)(array), sizeof(array)})
