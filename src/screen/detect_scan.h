/* Where something may begin: bits a byte, in one go over the whole text. */
#pragma once

#include "base/slice.h"

/* Of 64 bytes, low bit first. */
struct scan {
    uint64_t digits; /* 0-9 */
    /* @ # _; a colon but before a digit or at an end; a stop where something may follow that belongs to it, or the blank before it; a
     * blank before at; dot, zer, sev, oh */
    uint64_t marks;
    uint64_t signs; /* a byte beyond ASCII, or & */
};
#define SCAN_BYTES ((size_t)64)
/* Places for the scans of so many bytes. */
#define SCANS(bytes) (((bytes) + SCAN_BYTES - 1) / SCAN_BYTES)

/* Writes SCANS(length) of them. */
struct scanner {
    void (*text)(struct slice text, struct scan *to);
};
extern const struct scanner scanner_scalar;
const struct scanner *
scanner_wide(void); /* with AVX2; NULL where this processor has not even that */
const struct scanner *scanner_best(void); /* for this processor */
