/* Between the files of the ZIP reader: numbers as a ZIP stores them, and the one way it refuses. */
#pragma once

#include "format/zip.h"

/* One entry as the central directory has it, before it is checked. */
struct zip_record {
    struct slice name, extra;
    unsigned flags, method;
    uint32_t crc, attributes;
    uint64_t packed, size, header;
};

/* A little-endian number of 2, 4 or 8 bytes at `at`, which must lie within the slice. */
uint64_t zip_number(struct slice bytes, size_t at, size_t width);
/* Fills *error with what is wrong with one file of the ZIP (SLICE_EMPTY: with the ZIP itself). */
bool zip_refuse(struct slice file, struct slice name, enum error_code code, const char *what,
                const char *advice, struct error *error);
/* Puts the 64-bit sizes of a ZIP64 extra field where the 32-bit ones say so. */
bool zip_widen(struct zip_record *record);
/* What may be known of an entry by its directory record alone: name, kind, method, sizes. */
bool zip_check_record(struct slice file, const struct zip_record *record, struct error *error);
