/* Where something may begin: one bit a byte for 64 bytes at once. */
#pragma once

#include "base/slice.h"

struct scan {
    uint64_t digits; /* 0-9 */
    uint64_t marks;  /* @ # . : and the beginnings of dot, zer, sev and oh */
};
/* Both look at no more than 64 bytes from `at` on, of `left` (1 and up) that there are in all. */
struct scanner {
    struct scan (*block)(const char *at, size_t left);
    uint64_t (*high)(const char *at, size_t left); /* one bit a byte beyond ASCII */
};
extern const struct scanner scanner_scalar;
const struct scanner *scanner_best(void); /* for this processor */
