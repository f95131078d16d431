/* Lines and words of a rule block. Keywords are compared byte by byte, phrases through the words; every complaint gets its
 * line, its column in characters and the width of what it is about. */
#include "policy/reader.h"

#include <stdarg.h>
#include <stdio.h>

#include "policy/document.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80 || c == '_' || c == '\'' || c == '-';
}

size_t reader_before_comment(struct slice line)
{
    bool quoted = false;
    if (slice_search(line, SLICE("--")) == line.length) return line.length;
    for (size_t i = 0; i < line.length; i++) {
        if (line.at[i] == '"') quoted = !quoted;
        if (quoted || line.at[i] != '-' || i + 1 >= line.length || line.at[i + 1] != '-') continue;
        if (i == 0 || is_blank(line.at[i - 1])) return i;
    }
    return line.length;
}

void reader_cut(struct parser *parser, struct slice text, size_t first_line,
                struct rule_lines *ret_lines)
{
    *ret_lines = (struct rule_lines){0};
    size_t number = first_line;
    struct slice raw;
    for (; slice_line(&text, &raw); number++) {
        struct slice cut = slice_trim(slice_part(raw, 0, reader_before_comment(raw)));
        if (cut.length == 0) continue;
        struct rule_line line = {
            .text = cut, .start = raw.at, .number = number, .place = WORD_NAME, .declared = -1};
        if (raw.length <= DOCUMENT_LINE_LARGEST) {
            LIST_PUSH(parser->arena, &ret_lines->list, line);
            continue;
        }
        struct reader reader;
        reader_start(&reader, parser, &line);
        reader_fail(&reader, slice_part(cut, 0, 1), ERROR_LIMIT, "break the line",
                    "this line is longer than %d bytes", DOCUMENT_LINE_LARGEST);
    }
}

static void skip_blanks(struct reader *reader)
{
    size_t i = 0;
    while (i < reader->rest.length && is_blank(reader->rest.at[i])) i++;
    reader->rest = slice_part(reader->rest, i, reader->rest.length);
}

void reader_start(struct reader *reader, struct parser *parser, const struct rule_line *line)
{
    *reader = (struct reader){.parser = parser, .line = line, .rest = line->text};
    skip_blanks(reader);
}

void reader_part(struct reader *reader, const struct reader *whole, struct slice part)
{
    *reader = (struct reader){.parser = whole->parser, .line = whole->line, .rest = part};
    skip_blanks(reader);
    while (reader->rest.length > 0 && is_blank(reader->rest.at[reader->rest.length - 1]))
        reader->rest.length--;
}

bool reader_done(const struct reader *reader)
{
    return reader->rest.length == 0;
}

void reader_skip(struct reader *reader, size_t length)
{
    reader->rest = slice_part(reader->rest, length, reader->rest.length);
    skip_blanks(reader);
}

bool reader_opens(struct slice text, const char *words, size_t *ret_length)
{
    size_t at = 0;
    for (const char *c = words; *c != '\0'; c++) {
        if (at >= text.length) return false;
        if (*c == ' ') {
            if (!is_blank(text.at[at])) return false;
            while (at < text.length && is_blank(text.at[at])) at++;
        } else if (text.at[at++] != *c) {
            return false;
        }
    }
    if (at < text.length && is_word(text.at[at])) return false;
    *ret_length = at;
    return true;
}

bool reader_sees(const struct reader *reader, const char *words)
{
    size_t length;
    return reader_opens(reader->rest, words, &length);
}

bool reader_take(struct reader *reader, const char *words)
{
    size_t length;
    if (!reader_opens(reader->rest, words, &length)) return false;
    reader_skip(reader, length);
    return true;
}

bool reader_take_sign(struct reader *reader, char sign)
{
    if (reader->rest.length == 0 || reader->rest.at[0] != sign) return false;
    reader_skip(reader, 1);
    return true;
}

int reader_phrase(struct reader *reader, enum word_place place)
{
    size_t length = 0;
    if (reader_done(reader)) return -1;
    int index = words_match(reader->parser->words, place, reader->rest, &length);
    if (index >= 0) reader_skip(reader, length);
    return index;
}

bool reader_string(struct reader *reader, struct slice *ret_text)
{
    struct slice rest = reader->rest;
    size_t end = rest.length > 0 && rest.at[0] == '"'
                     ? 1 + slice_find(slice_part(rest, 1, rest.length), '"')
                     : rest.length;
    if (end >= rest.length)
        return reader_fail(
            reader, rest, ERROR_SYNTAX, "write it as \"...\"",
            "a text in quotation marks is missing here, or does not end on its line");
    *ret_text = slice_trim(slice_part(rest, 1, end));
    if (ret_text->length == 0)
        return reader_fail(reader, slice_part(rest, 0, end + 1), ERROR_SYNTAX, "say what it is",
                           "the text in quotation marks is empty");
    reader_skip(reader, end + 1);
    return true;
}

bool reader_number(struct reader *reader, int64_t *ret_number)
{
    size_t digits = 0;
    while (digits < reader->rest.length && is_word(reader->rest.at[digits])) digits++;
    if (digits > 9 || !slice_number(slice_part(reader->rest, 0, digits), ret_number)) return false;
    reader_skip(reader, digits);
    return true;
}

struct slice reader_word(struct reader *reader)
{
    size_t length = 0;
    while (length < reader->rest.length && !is_blank(reader->rest.at[length])) length++;
    struct slice word = slice_part(reader->rest, 0, length);
    reader_skip(reader, length);
    return word;
}

struct slice reader_since(const struct reader *reader, const char *from)
{
    return slice_trim((struct slice){from, (size_t)(reader->rest.at - from)});
}

static size_t characters(const char *from, const char *to)
{
    size_t count = 0;
    for (const char *c = from; c < to; c++) count += ((unsigned char)*c & 0xc0) != 0x80;
    return count;
}

size_t reader_column(const struct reader *reader, const char *at)
{
    return characters(reader->line->start, at) + 1;
}

bool reader_fail(const struct reader *reader, struct slice where, enum error_code code,
                 const char *advice, const char *format, ...)
{
    struct parser *parser = reader->parser;
    char sentence[ERROR_SENTENCE_LARGEST];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    struct problem *problem =
        problems_add(parser->problems, false, code, parser->file, reader->line->number,
                     reader_column(reader, where.at), "%s", sentence);
    size_t width = characters(where.at, where.at + where.length);
    problem->width = width == 0 ? 1 : width;
    problem->clause = parser->clause;
    problem->advice = slice_of(advice);
    return false;
}

static struct slice nearest(const struct parser *parser, enum word_place place, struct slice text)
{
    if (parser->problems->errors >= PROBLEMS_LARGEST) return SLICE_EMPTY;
    struct slice found = words_nearest(parser->words, place, text);
    if (found.length == 0 && place == WORD_FACT)
        found = words_nearest(parser->words, WORD_NAME, text);
    return found;
}

bool reader_unknown(const struct reader *reader, enum word_place place, struct slice text)
{
    static const char *const nouns[WORD_PLACES] = {"who",      "the channel", "the act",
                                                   "the fact", "the record",  "the phrase"};
    struct slice near = problem_quote(nearest(reader->parser, place, text));
    struct slice shown = problem_quote(text);
    struct slice first =
        arena_format(reader->parser->arena, "I do not know %s '%.*s'%s", nouns[place],
                     SLICE_PRINT(shown), place == WORD_PERSON ? " is" : "");
    const char *advice = near.length > 0 ? "write the phrase as words.md has it, or add a row there"
                                         : "add a row for it to words.md, or define it with MEANS";
    if (near.length == 0)
        return reader_fail(reader, text, ERROR_WORD, advice, "%.*s", SLICE_PRINT(first));
    return reader_fail(reader, text, ERROR_WORD, advice, "%.*s; did you mean '%.*s'?",
                       SLICE_PRINT(first), SLICE_PRINT(near));
}

bool reader_end(const struct reader *reader, const char *from)
{
    if (reader_done(reader)) return true;
    struct slice before = problem_quote(reader_since(reader, from));
    struct slice left = problem_quote(reader->rest);
    return reader_fail(
        reader, reader->rest, ERROR_SYNTAX, "take these words out, or say it in a line of its own",
        "after '%.*s' I do not understand '%.*s'", SLICE_PRINT(before), SLICE_PRINT(left));
}

/* Words before which an unknown phrase ends. */
static bool ends_phrase(struct slice rest)
{
    static const char *const ends[] = {
        "or",         "and",        "via",     "is",       "shown", "MUST",   "SHOULD",
        "MAY",        "NEEDS",      "NEED",    "TO",       "FROM",  "FOR",    "WITHIN",
        "IF",         "UNLESS",     "INSTEAD", "ELSE",     "UNTIL", "once",   "STANDS",
        "AFTERWARDS", "BEFOREHAND", "TELL",    "COUNT AS", "DOES",  "DEPART", "ASK"};
    size_t length;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (reader_opens(rest, ends[i], &length)) return true;
    return rest.at[0] == ',' || rest.at[0] == ':' || rest.at[0] == '"';
}

static bool begins_word(struct slice text, size_t i)
{
    return i == 0 || is_blank(text.at[i - 1]) || text.at[i] == ',' || text.at[i] == ':';
}

struct slice reader_piece(const struct reader *reader, enum word_place place)
{
    static const char *const joins[] = {" with", " to", " from", " of", " about", " by", " for"};
    struct slice rest = reader->rest;
    size_t end = 1;
    for (; end < rest.length; end++) {
        if (!begins_word(rest, end) || is_blank(rest.at[end])) continue;
        struct slice next = slice_part(rest, end, rest.length);
        size_t length;
        if (ends_phrase(next)) break;
        if (place == WORD_ACT &&
            words_match(reader->parser->words, WORD_PERSON, next, &length) >= 0)
            break;
    }
    struct slice piece = slice_trim(slice_part(rest, 0, end));
    for (size_t i = 0; place == WORD_ACT && i < sizeof joins / sizeof *joins; i++) {
        struct slice join = slice_of(joins[i]);
        if (slice_ends(piece, join)) piece.length -= join.length;
    }
    return piece;
}
