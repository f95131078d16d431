/* Where something may begin: one bit a byte for 64 bytes at once. */
#pragma once

#include "base/slice.h"

struct scan {
    uint64_t digits; /* 0-9 */
    uint64_t
        marks; /* @ # : and . but at the end of a sentence; a blank before .; dot, zer, sev, oh */
    uint64_t high; /* of a character beyond ASCII */
};

/* Looks at no more than 64 bytes from `at` on, of `left` (1 and up) that there are in all. */
struct scanner {
    struct scan (*block)(const char *at, size_t left);
};
extern const struct scanner scanner_scalar;
const struct scanner *scanner_best(void); /* for this processor */
