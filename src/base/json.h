/* Strict JSON (RFC 8259): UTF-8 only, no duplicate keys, no trailing text, numbers that fit,
 * counted depth. The reader gives a tree in an arena; the writer escapes by construction. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#define JSON_DEPTH_LARGEST 64
#define JSON_SIZE_LARGEST (4u << 20)

enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

struct json {
    enum json_kind kind;
    bool whole;          /* a number without fraction or exponent that fits int64 */
    int64_t number;      /* its value where whole */
    double real;         /* a number's value */
    struct slice string; /* decoded; borrowed from the source where it holds no escape */
    struct slice key;    /* the member's name inside an object */
    struct json *first;  /* first member or element */
    struct json *next;   /* the next sibling */
    size_t count;        /* members or elements */
    size_t offset;       /* where it (a member: its key) starts in the source, for errors */
};

/* The whole of `source` as one value; it must outlive the tree. Errors carry line and column. A
 * whole number past int64 is kept as `real` only; a number past what a double holds is refused, and
 * so is a source over JSON_SIZE_LARGEST. */
MUST_USE bool json_read(struct slice source, struct arena *arena, struct json **ret_json,
                        struct error *error);
/* A member by name, or NULL. */
const struct json *json_member(const struct json *object, struct slice name);

/* A writer over a text: commas and nesting are its business. Depth at most JSON_DEPTH_LARGEST
 * (asserted). Bytes that are not UTF-8 come out as U+FFFD, so that what is written can always be
 * read. */
struct json_writer {
    struct text *out;
    unsigned depth;
    bool indent;      /* a line a member, two blanks a level */
    uint64_t started; /* bit d: level d has a member already */
    bool after_key;
};

void json_writer_init(struct json_writer *writer, struct text *out, bool indent);
void json_open_object(struct json_writer *writer);
void json_close_object(struct json_writer *writer);
void json_open_array(struct json_writer *writer);
void json_close_array(struct json_writer *writer);
void json_key(struct json_writer *writer, struct slice name);
void json_string(struct json_writer *writer, struct slice value);
void json_number(struct json_writer *writer, int64_t value);
void json_bool(struct json_writer *writer, bool value);
void json_null(struct json_writer *writer);
