/* The fold table of tools/make-fold: two stages from a code point to an entry; for fold.c alone. */
#pragma once

#include <stdint.h>

/* An entry: a byte below FOLD_POOL, or a place in the pool from FOLD_POOL on, with these signs. */
#define FOLD_CAPITAL 0x8000u  /* a capital letter */
#define FOLD_DISGUISE 0x4000u /* not a letter of Latin writing, but looks like one */
#define FOLD_PRICE 0x2000u    /* a currency sign: a letter only among letters */
#define FOLD_WHAT 0x1FFFu
#define FOLD_KEEP 0u /* as it is */
#define FOLD_DROP 1u /* nothing */
#define FOLD_POOL 128u

extern const uint16_t fold_stage[17408];
extern const uint16_t fold_blocks[][64];
extern const uint16_t fold_places[];
extern const char fold_pool[];
