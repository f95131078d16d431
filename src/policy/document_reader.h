/* What the two halves of reading a document share: front_matter.c takes the lines at the top, document.c the rest. */
#pragma once

#include "policy/document.h"
#include "policy/lines.h"

struct document_reader {
    struct document *document;
    struct problems *problems;
    struct slice rest; /* lines not yet read */
    struct slice line; /* the one being read */
    size_t number;     /* its number */
};

/* The next line; false at the end. */
bool reader_line(struct document_reader *reader);
/* An error about a part of the line being read; `advice` must outlive the problem. */
struct problem *reader_fault(struct document_reader *reader, struct slice part,
                             enum error_code code, const char *advice, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Front matter, from the first line to the second `---`; reads nothing where there is none. */
void front_matter_read(struct document_reader *reader, bool needed);
