/* Tables as RFC 4180 has them, read row by row over a slice: BOM, LF or CRLF, quoted cells with
 * doubled quotes and line breaks, columns found by the header's names. A cell that nobody asks for
 * is never decoded or copied. What a cell means is for the readers above; csv_write.h writes. */
#pragma once

#include "base/error.h"

#define CSV_SIZE_LARGEST ((size_t)256 << 20)
#define CSV_COLUMNS_LARGEST ((size_t)200)
#define CSV_CELL_LARGEST ((size_t)64 << 10)
#define CSV_ROWS_LARGEST ((size_t)5000000)
#define CSV_NONE SIZE_MAX /* no such column */

/* What is wrong with one row; the rows after it can still be read. */
enum csv_fault {
    CSV_SOUND,
    CSV_RAGGED,  /* more or fewer cells than the header */
    CSV_QUOTE,   /* a quote inside a cell without quotes, or text after a closing quote */
    CSV_CONTROL, /* NUL or another control character, tabs and quoted line breaks aside */
    CSV_LONG,    /* a cell longer than CSV_CELL_LARGEST */
};

enum csv_step { CSV_ROW, CSV_DONE, CSV_BROKEN };

struct csv_raw {
    struct slice bytes; /* as in the file, without the outer quotes */
    bool quoted;
    bool doubled; /* holds doubled quotes, which stand for one each */
};

struct csv {
    struct slice file; /* its name, for messages */
    struct slice all;
    struct arena *arena; /* header names, and cells that have to be decoded */
    bool any_case;    /* header names are compared without regard to ASCII case and blanks around */
    size_t at;        /* offset of the next row */
    size_t next_line; /* its line */
    struct slice *names; /* the header */
    size_t columns;      /* how many */
    size_t rows;         /* given so far, blank lines not counted */
    /* the present row */
    struct csv_raw *cells; /* room for `columns`; filled up to count */
    size_t count;          /* cells in the row; may be more than columns */
    size_t start, line;    /* where the row begins */
    bool encoded;          /* the row is well-formed UTF-8 */
    enum csv_fault fault;
    size_t fault_line, fault_column; /* in characters; 0 unless there is a fault */
    size_t fault_cell;               /* which column, from 0, or CSV_NONE */
    /* the whole file so far */
    size_t converted;      /* rows that were not UTF-8 and are read as Windows-1252 */
    size_t converted_line; /* the first of them */
};

/* Reads the header line. `all` and `file` are borrowed. False: too large, UTF-16, no header, or a
 * header that cannot be read. */
MUST_USE bool csv_open(struct csv *csv, struct slice file, struct slice all, bool any_case,
                       struct arena *arena, struct error *error);
/* The column with that name, or CSV_NONE. False where two columns have it. */
MUST_USE bool csv_find(const struct csv *csv, struct slice name, size_t *ret_column,
                       struct error *error);
/* The next row that is not blank. A row with a fault is given too; CSV_BROKEN fills *error and ends
 * the file: a quote never closed, or a limit passed. */
MUST_USE enum csv_step csv_next(struct csv *csv, struct error *error);
/* A cell of the present row as UTF-8, empty where the column is CSV_NONE or the row is short. It
 * lies in the file or, where it had to be decoded, in the arena. */
struct slice csv_cell(struct csv *csv, size_t column);
/* What the present row's fault is, for a person; names no cell's content. */
const char *csv_fault_says(enum csv_fault fault);
