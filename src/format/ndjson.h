/* A line of NDJSON: one JSON object, of which an id and a text are wanted. The whole line is checked as RFC 8259 has it; nothing else of it
 * is kept, and no memory is taken for a line once the longest text was met. Cutting the lines is for the caller. */
#pragma once

#include <stdint.h>

#include "base/slice.h"

#define NDJSON_LINE_LARGEST ((size_t)1 << 20) /* bytes, the line's end not counted */
#define NDJSON_DEPTH_LARGEST 64

enum ndjson_fault {
    NDJSON_SOUND,
    NDJSON_EMPTY,
    NDJSON_LONG,
    NDJSON_NO_OBJECT,
    NDJSON_ENDS, /* too early */
    NDJSON_KEY,
    NDJSON_COLON,
    NDJSON_COMMA,
    NDJSON_VALUE,
    NDJSON_NUMBER,
    NDJSON_DEPTH,
    NDJSON_BEHIND,
    NDJSON_ENCODING,
    NDJSON_CONTROL,
    NDJSON_ESCAPE,
    NDJSON_SURROGATE,
    NDJSON_ID_TWICE,
    NDJSON_TEXT_TWICE,
    NDJSON_ID_KIND,
    NDJSON_TEXT_KIND,
    NDJSON_NO_TEXT,
    NDJSON_FAULTS
};
/* A sentence for a person. */
const char *ndjson_fault_says(enum ndjson_fault fault);

/* Bytes that a line is compared with. */
#define NDJSON_KNOWN_LARGEST 16
struct ndjson_known {
    uint64_t bytes[2], wanted[2]; /* all ones where a byte counts */
    size_t length;                /* 0: nothing is known */
};

/* What to look for, and one thread's memory for decoding. */
struct ndjson {
    struct slice id_field, text_field;
    char *at;
    size_t space;
    bool wide; /* look at 32 bytes together */
    /* Of the line before, where these were the first two members: what stood before the id's value, and from behind it to the text's. The
     * next line is mostly like it. */
    struct ndjson_known before_id, before_text;
};
/* The fields' names must outlive it. */
void ndjson_init(struct ndjson *reader, struct slice id_field, struct slice text_field);
void ndjson_clear(struct ndjson *reader);

struct ndjson_line {
    struct slice id;   /* as it is written, a string in its quotes; empty: none, or null */
    struct slice text; /* well-formed UTF-8, decoded; stays until the next line */
    size_t offset;     /* where the fault lies */
};
/* One line, without its end. The id is given with a fault too, where it could be read. Of a line that is too long the first
 * NDJSON_LINE_LARGEST bytes are enough, and one more to show it. */
enum ndjson_fault ndjson_read(struct ndjson *reader, struct slice line,
                              struct ndjson_line *ret_line);
