/* Signs of disguise in a folded text, found 64 bytes at a time; for evade.c. */
#pragma once

#include "screen/fold.h"

/* Last bits of the stretch before. */
struct evade_carry {
    uint64_t letter, digit, word, either, between, joint, start, small, equal, single, lone, high;
};

#define EVADE_BLOCK ((size_t)16) /* stretches of 64 bytes looked at together */
/* A stretch with a sign. */
struct evade_marks {
    size_t base;     /* where it begins */
    uint64_t odd;    /* a bit within a word that shows a sign, or right behind one */
    uint64_t spaced; /* a bit right behind the third of three letters that stand alone */
};

struct evade_scan {
    const struct folded *folded;
    size_t next; /* the stretch to be looked at next */
    struct evade_carry carry;
    /* of the block looked at last, those that have one */
    size_t count;
    struct evade_marks at[EVADE_BLOCK];
};

/* Goes on to the next block; false at the end of the text. */
typedef bool evade_scan_next(struct evade_scan *scan);
void evade_scan_begin(struct evade_scan *scan, const struct folded *folded);
extern evade_scan_next evade_scan_scalar; /* the plain way, for tests */
extern evade_scan_next evade_scan_wide;   /* 32 bytes together, where the processor has it */
evade_scan_next *evade_scan_best(void);
