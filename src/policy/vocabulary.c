/* words.md as Markdown: headings, tables, cells. What stands between the tables is for readers and skipped, fenced blocks
 * included. What a cell means is left to word_rows.c. */
#include "policy/vocabulary.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "policy/document.h"
#include "policy/lines.h"
#include "policy/phrase.h"

static const char *const column_names[COLUMNS] = {[COLUMN_PHRASE] = "phrase",
                                                  [COLUMN_ID] = "id",
                                                  [COLUMN_ALSO] = "also called",
                                                  [COLUMN_COUNTS] = "counts as",
                                                  [COLUMN_KIND] = "kind",
                                                  [COLUMN_ACTOR] = "actor",
                                                  [COLUMN_BEFORE] = "before it",
                                                  [COLUMN_REFUSED] = "if refused",
                                                  [COLUMN_JOINS] = "joins",
                                                  [COLUMN_VALUES] = "values",
                                                  [COLUMN_WHO] = "who knows",
                                                  [COLUMN_QUESTION] = "question",
                                                  [COLUMN_UNKNOWN] = "if not known",
                                                  [COLUMN_ADOPTED] = "adopted",
                                                  [COLUMN_NOT_ADOPTED] = "not adopted"};

#define BIT(column) (1u << (column))
#define NAMED (BIT(COLUMN_PHRASE) | BIT(COLUMN_ID))

static const struct {
    const char *name;
    unsigned allowed, required;
} tables[TABLES] = {
    [TABLE_PEOPLE] = {"people", NAMED | BIT(COLUMN_ALSO) | BIT(COLUMN_COUNTS), NAMED},
    [TABLE_CHANNELS] = {"channels",
                        NAMED | BIT(COLUMN_KIND) | BIT(COLUMN_ALSO) | BIT(COLUMN_COUNTS), NAMED},
    [TABLE_ACTS] = {"acts",
                    NAMED | BIT(COLUMN_ALSO) | BIT(COLUMN_KIND) | BIT(COLUMN_ACTOR) |
                        BIT(COLUMN_COUNTS) | BIT(COLUMN_BEFORE) | BIT(COLUMN_REFUSED) |
                        BIT(COLUMN_JOINS),
                    NAMED | BIT(COLUMN_KIND)},
    [TABLE_FACTS] = {"facts",
                     NAMED | BIT(COLUMN_KIND) | BIT(COLUMN_VALUES) | BIT(COLUMN_WHO) |
                         BIT(COLUMN_QUESTION) | BIT(COLUMN_UNKNOWN),
                     NAMED | BIT(COLUMN_KIND)},
    [TABLE_READINGS] = {"readings", NAMED | BIT(COLUMN_ADOPTED) | BIT(COLUMN_NOT_ADOPTED), NAMED},
};

enum part { PART_TEXT, PART_HEADER, PART_ROWS };

struct reader {
    struct vocabulary *vocabulary;
    struct row now;       /* line and text of the line being read */
    struct slice heading; /* the last one */
    int table;            /* of the last heading, or -1 */
    size_t level;         /* of the heading that named the table */
    enum part part;
    bool skip;            /* the rows of a table whose header could not be read */
    bool any;             /* some table was read */
    int columns[COLUMNS]; /* none twice, so never more */
    size_t count;         /* columns of the table being read */
    size_t rows[TABLES];  /* met so far */
};

const char *vocabulary_column_name(enum column column)
{
    return column_names[column];
}

void vocabulary_fault(struct vocabulary *vocabulary, const struct row *row, struct slice part,
                      enum error_code code, const char *advice, const char *format, ...)
{
    char sentence[ERROR_SENTENCE_LARGEST];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    struct problem *problem =
        problems_add(vocabulary->problems, false, code, vocabulary->words->file, row->line,
                     lines_column(row->text, part), "%s", sentence);
    problem_point(problem, part, advice);
}

/* The next cell of a row; false at its end. A stroke behind a backslash belongs to the cell. */
static bool next_cell(struct slice *rest, struct slice *ret_cell)
{
    if (slice_trim(*rest).length == 0) return false;
    size_t end = 0;
    while (end < rest->length && rest->at[end] != '|')
        end += rest->at[end] == '\\' && end + 1 < rest->length ? 2 : 1;
    *ret_cell = slice_trim(slice_part(*rest, 0, end));
    *rest = slice_part(*rest, end + 1, rest->length);
    return true;
}

static struct slice after_stroke(struct slice line)
{
    struct slice row = slice_trim(line);
    return slice_part(row, 1, row.length);
}

static int column_of(struct slice name)
{
    for (int i = 0; i < COLUMNS; i++) {
        if (slice_is(name, column_names[i])) return i;
    }
    return -1;
}

/* Where each column of the header goes; false where one of them cannot be read. */
static bool read_columns(struct reader *reader, unsigned *ret_seen)
{
    struct slice rest = after_stroke(reader->now.text);
    struct slice cell;
    unsigned seen = 0;
    for (reader->count = 0; next_cell(&rest, &cell); reader->count++) {
        const char *table = tables[reader->table].name;
        struct slice quote = problem_quote(cell);
        int column = column_of(cell);
        if (column < 0 || (tables[reader->table].allowed & BIT(column)) == 0) {
            const char *near = column < 0 ? phrase_nearest_name(column_names, COLUMNS, cell) : NULL;
            vocabulary_fault(
                reader->vocabulary, &reader->now, cell, ERROR_WORD, "take the column out",
                near != NULL ? "the table of %s has no column '%.*s'; did you mean '%s'?"
                             : "the table of %s has no column '%.*s'",
                table, SLICE_PRINT(quote), near);
            return false;
        }
        if ((seen & BIT(column)) != 0) {
            vocabulary_fault(reader->vocabulary, &reader->now, cell, ERROR_MEANING,
                             "keep one of them", "the column '%.*s' stands here twice",
                             SLICE_PRINT(quote));
            return false;
        }
        reader->columns[reader->count] = column;
        seen |= BIT(column);
    }
    *ret_seen = seen;
    return true;
}

static bool read_header(struct reader *reader)
{
    unsigned seen;
    if (!read_columns(reader, &seen)) return false;
    unsigned missing = tables[reader->table].required & ~seen;
    for (enum column column = 0; column < COLUMNS; column++) {
        if ((missing & BIT(column)) != 0) {
            vocabulary_fault(reader->vocabulary, &reader->now, reader->now.text, ERROR_SYNTAX,
                             "add the column", "this table of %s has no column '%s'",
                             tables[reader->table].name, column_names[column]);
            return false;
        }
    }
    return true;
}

static bool is_delimiter(struct slice line)
{
    for (size_t i = 0; i < line.length; i++) {
        if (strchr("|-: \t", line.at[i]) == NULL) return false;
    }
    return slice_find(line, '-') < line.length;
}

/* `\|` in a cell stands for the stroke itself. */
static struct slice unescape(struct arena *arena, struct slice cell)
{
    if (slice_search(cell, SLICE("\\|")) == cell.length) return cell;
    char *at = arena_take(arena, cell.length, 1);
    size_t length = 0;
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.at[i] != '\\' || i + 1 == cell.length || cell.at[i + 1] != '|')
            at[length++] = cell.at[i];
    }
    return (struct slice){at, length};
}

/* Whether the table may have one more row; the first one too many is an error, the others are passed over. */
static bool has_room(struct reader *reader)
{
    size_t *count = &reader->rows[reader->table];
    *count += 1;
    if (*count == WORDS_LARGEST + 1)
        vocabulary_fault(reader->vocabulary, &reader->now, reader->now.text, ERROR_LIMIT,
                         "take out what no policy uses", "the table of %s has more than %d rows",
                         tables[reader->table].name, WORDS_LARGEST);
    return *count <= WORDS_LARGEST;
}

static void read_row(struct reader *reader)
{
    struct vocabulary *vocabulary = reader->vocabulary;
    if (!has_room(reader)) return;
    struct row *row = LIST_ADD(vocabulary->words->arena, &vocabulary->rows);
    *row = (struct row){.table = (enum table)reader->table,
                        .line = reader->now.line,
                        .text = reader->now.text,
                        .index = -1};
    for (size_t i = 0; i < COLUMNS; i++) row->cell[i] = SLICE_EMPTY;
    struct slice rest = after_stroke(reader->now.text);
    struct slice cell;
    size_t count = 0;
    for (; next_cell(&rest, &cell); count++) {
        if (count < reader->count)
            row->cell[reader->columns[count]] = unescape(vocabulary->words->arena, cell);
    }
    if (count == reader->count) return;
    vocabulary_fault(vocabulary, row, row->text, ERROR_SYNTAX,
                     "give the row one cell for each column",
                     "this row has %zu %s and its table %zu columns", count,
                     count == 1 ? "cell" : "cells", reader->count);
    vocabulary->rows.count--;
}

static void read_table_line(struct reader *reader)
{
    switch (reader->part) {
    case PART_TEXT:
        reader->skip = !read_header(reader);
        reader->part = PART_HEADER;
        reader->any = true;
        return;
    case PART_HEADER:
        if (!is_delimiter(reader->now.text) && !reader->skip) {
            vocabulary_fault(reader->vocabulary, &reader->now, reader->now.text, ERROR_SYNTAX,
                             "write |---|---| between the header and the rows",
                             "a line of dashes is missing under the table's header");
            reader->skip = true;
        }
        reader->part = PART_ROWS;
        return;
    case PART_ROWS:
        if (!reader->skip) read_row(reader);
        return;
    }
}

/* A table that looks like one of ours under a heading that is none. */
static void read_stray_line(struct reader *reader)
{
    struct slice rest = after_stroke(reader->now.text);
    struct slice cell;
    bool ours = reader->part == PART_TEXT && next_cell(&rest, &cell) && slice_is(cell, "phrase");
    reader->part = PART_ROWS;
    if (ours)
        vocabulary_fault(reader->vocabulary, &reader->now, reader->now.text, ERROR_WORD,
                         "put it under one of the headings People, Channels, Acts, Facts, Readings",
                         "I do not know the table '%.*s'",
                         SLICE_PRINT(problem_quote(reader->heading)));
}

static void read_heading(struct reader *reader, size_t level, struct slice text)
{
    reader->part = PART_TEXT;
    for (int i = 0; i < TABLES; i++) {
        if (text.length == strlen(tables[i].name) &&
            strncasecmp(text.at, tables[i].name, text.length) == 0) {
            reader->table = i;
            reader->level = level;
            return;
        }
    }
    if (level > reader->level && reader->table >= 0) return; /* a part of the table's own chapter */
    reader->heading = text;
    reader->table = -1;
}

static void read_line(struct reader *reader)
{
    size_t level;
    struct slice text;
    struct slice line = slice_trim(reader->now.text);
    if (lines_heading(reader->now.text, &level, &text)) {
        read_heading(reader, level, text);
    } else if (line.length > 0 && line.at[0] == '|') {
        if (reader->table >= 0)
            read_table_line(reader);
        else
            read_stray_line(reader);
    } else if (line.length > 0 && reader->part == PART_ROWS && reader->table >= 0) {
        vocabulary_fault(reader->vocabulary, &reader->now, line, ERROR_SYNTAX,
                         "start the row with '|', or leave a line free below the table",
                         "this line stands in a table and is no row of it");
        reader->part = PART_TEXT;
    } else {
        reader->part = PART_TEXT;
    }
}

void vocabulary_read(struct vocabulary *vocabulary, struct slice text)
{
    struct reader reader = {.vocabulary = vocabulary, .table = -1, .heading = SLICE_EMPTY};
    struct slice rest = text;
    struct fence fence;
    bool fenced = false;
    for (reader.now.line = 1; slice_line(&rest, &reader.now.text); reader.now.line++) {
        if (fenced) {
            fenced = !lines_fence_closes(reader.now.text, &fence);
        } else if (lines_fence_opens(reader.now.text, &fence)) {
            fenced = true;
            reader.part = PART_TEXT;
        } else {
            read_line(&reader);
        }
    }
    if (!reader.any)
        problems_add(vocabulary->problems, false, ERROR_SYNTAX, vocabulary->words->file, 0, 0,
                     "this vocabulary has no table of people, channels, acts, facts or readings")
            ->advice = SLICE("write the tables under headings of these names");
}

bool words_read(struct slice file, struct slice source, struct arena *arena,
                struct problems *problems, struct words *ret_words)
{
    size_t before = problems->errors;
    words_init(ret_words, file, source, arena);
    struct slice text;
    if (!lines_prepare(file, source, DOCUMENT_SIZE_LARGEST, DOCUMENT_LINE_LARGEST, arena, problems,
                       &text))
        return false;
    struct vocabulary vocabulary = {.words = ret_words, .problems = problems};
    vocabulary_read(&vocabulary, text);
    vocabulary_enter(&vocabulary);
    return problems->errors == before;
}
