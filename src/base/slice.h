/* A borrowed run of bytes: where it starts and how long it is. Owns nothing, need not end in NUL.
 * The pointer is never NULL, an empty slice points at "". */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))

struct slice {
    const char *at;
    size_t length;
};

#define SLICE(literal) ((struct slice){"" literal, sizeof(literal) - 1})
#define SLICE_EMPTY SLICE("")
/* For printf: printf("%.*s", SLICE_PRINT(s)) */
#define SLICE_PRINT(s) (int)(s).length, (s).at

/* A slice over a NUL-terminated string of ours (an argument, a literal); NULL gives an empty one.
 * */
struct slice slice_of(const char *string);
bool slice_equal(struct slice a, struct slice b);
/* <0, 0, >0 by bytes, a shorter prefix first. */
int slice_compare(struct slice a, struct slice b);
bool slice_is(struct slice a, const char *string);
bool slice_starts(struct slice a, struct slice prefix);
bool slice_ends(struct slice a, struct slice suffix);
/* Bytes from..to of a; both are clamped to its length. */
struct slice slice_part(struct slice a, size_t from, size_t to);
/* Without ASCII blanks at either end. */
struct slice slice_trim(struct slice a);
/* The offset of the first byte `c` (or of needle), or a.length where there is none. */
size_t slice_find(struct slice a, char c);
size_t slice_search(struct slice a, struct slice needle);
/* Cuts *rest at the first `c`: gives what stands before it, leaves what follows. False when *rest
 * is empty, so an empty last part is not given. */
bool slice_split(struct slice *rest, char c, struct slice *ret_part);
/* One line without its \n or \r\n; false when nothing is left. */
bool slice_line(struct slice *rest, struct slice *ret_line);
/* A decimal number of at most 18 digits, the whole slice; an optional '-' in front. */
MUST_USE bool slice_number(struct slice a, int64_t *ret_number);
/* FNV-1a, 64 bits: for hash tables only. */
uint64_t slice_hash(struct slice a);
