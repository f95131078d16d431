/* What a form may say: a page declares its fields and gets checked values, nothing else. Reads
 * application/x-www-form-urlencoded; a field that is not declared, said too often, too long or malformed is an error. */
#pragma once

#include "base/arena.h"
#include "base/error.h"

#define FORM_FIELDS_LARGEST 24 /* fields of one page */
#define FORM_PAIRS_LARGEST 256 /* name=value pairs of one request */

/* One declared field; its place in the page's table is its number. */
struct field {
    const char *name;
    bool (*valid)(struct slice value); /* of the decoded, trimmed value; see the checks below */
    size_t largest;                    /* bytes of one value */
    size_t most;                       /* how often it may be given (check boxes) */
};

/* The values of one field in the order sent; empty values count as not given. */
struct form_field {
    LIST(struct slice) values;
};

struct form {
    struct form_field at[FORM_FIELDS_LARGEST];
};

/* Reads a body against the declared fields; values live in the arena. The error's sentence is fit for a person and never
 * repeats what was sent. */
MUST_USE bool form_read(struct slice body, const struct field *fields, size_t count,
                        struct arena *arena, struct form *ret_form, struct error *error);
/* The first value of a field, or an empty slice. */
struct slice form_value(const struct form *form, size_t field);
/* Decodes %XX and + into the arena. False where an escape is broken. */
MUST_USE bool form_decode(struct slice encoded, struct arena *arena, struct slice *ret_decoded);

/* Checks to declare: an id of the vocabulary [a-z0-9.-], a token of hex digits, a whole number, one printed line,
 * lines of text. */
bool form_is_id(struct slice value);
bool form_is_hex(struct slice value);
bool form_is_number(struct slice value);
bool form_is_line(struct slice value);
bool form_is_text(struct slice value);
