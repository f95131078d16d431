/* Signs of disguise in a folded text, found 64 bytes at a time; for evade.c. */
#pragma once

#include "screen/fold.h"

/* Last bits of the stretch before. */
struct evade_carry {
    uint64_t letter, digit, word, either, between, joint, start, small, equal, single, high;
};

struct evade_scan {
    const struct folded *folded;
    size_t next; /* the stretch to be looked at next */
    struct evade_carry carry;
    /* of the stretch found */
    size_t base;
    uint64_t odd;    /* a bit within a word that shows a sign, or right behind one */
    uint64_t spaced; /* a bit right behind the third of three letters that stand alone */
};

/* Goes on to the next 64 bytes with a sign; false at the end of the text. */
typedef bool evade_scan_next(struct evade_scan *scan);
extern evade_scan_next evade_scan_scalar; /* the plain way, for tests */
extern evade_scan_next evade_scan_wide;   /* 32 bytes together, where the processor has it */
evade_scan_next *evade_scan_best(void);
