/* The tables of words.md as rows of cells, between reading Markdown (vocabulary.c) and making words of them
 * (word_rows.c). Columns are found by their header, whatever their order. */
#pragma once

#include "policy/words.h"

enum column {
    COLUMN_PHRASE,
    COLUMN_ID,
    COLUMN_ALSO,
    COLUMN_COUNTS,
    COLUMN_KIND,
    COLUMN_ACTOR,
    COLUMN_BEFORE,
    COLUMN_REFUSED,
    COLUMN_JOINS,
    COLUMN_VALUES,
    COLUMN_WHO,
    COLUMN_QUESTION,
    COLUMN_UNKNOWN,
    COLUMN_ADOPTED,
    COLUMN_NOT_ADOPTED,
    COLUMNS
};
enum table { TABLE_PEOPLE, TABLE_CHANNELS, TABLE_ACTS, TABLE_FACTS, TABLE_READINGS, TABLES };

struct row {
    enum table table;
    size_t line;
    struct slice text;          /* the whole line */
    struct slice cell[COLUMNS]; /* trimmed; empty where the table lacks the column */
    int index;                  /* in its table of words, or -1 where it was not entered */
};

struct vocabulary {
    struct words *words;
    struct problems *problems;
    LIST(struct row) rows;
};

/* Reads every table of `text`; errors are added to problems. */
void vocabulary_read(struct vocabulary *vocabulary, struct slice text);
/* Makes words of the rows: first all phrases and ids, then what refers to them. */
void vocabulary_enter(struct vocabulary *vocabulary);
/* An error about a part of a row's line. */
void vocabulary_fault(struct vocabulary *vocabulary, const struct row *row, struct slice part,
                      enum error_code code, const char *advice, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
const char *vocabulary_column_name(enum column column);
