/* Collecting what is wrong with a document and printing it with its line and a caret. Bytes that a terminal might obey
 * are shown as question marks, because a broken document is printed too. */
#include "policy/problem.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

#define SHOWN_CHARACTERS ((size_t)110) /* of a source line that is longer */
#define SHOWN_BEFORE ((size_t)60)      /* of them before the caret */
#define QUOTED_BYTES ((size_t)80)

void problems_init(struct problems *problems, struct arena *arena)
{
    *problems = (struct problems){.arena = arena};
}

__attribute__((format(printf, 2, 0))) static struct slice
format_slice(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(length >= 0);
    char *at = arena_take(arena, (size_t)length + 1, 1);
    vsnprintf(at, (size_t)length + 1, format, arguments);
    return (struct slice){at, (size_t)length};
}

struct problem *problems_add(struct problems *problems, bool warning, enum error_code code,
                             struct slice file, size_t line, size_t column, const char *format, ...)
{
    *(warning ? &problems->warnings : &problems->errors) += 1;
    bool kept = problems->list.count < PROBLEMS_LARGEST;
    struct problem *problem = kept ? LIST_ADD(problems->arena, &problems->list) : &problems->spare;
    *problem = (struct problem){.warning = warning,
                                .code = code,
                                .file = file,
                                .line = line,
                                .column = column,
                                .width = 1,
                                .clause = SLICE_EMPTY,
                                .sentence = SLICE_EMPTY,
                                .advice = SLICE_EMPTY};
    if (!kept) return problem;
    va_list arguments;
    va_start(arguments, format);
    problem->sentence = format_slice(problems->arena, format, arguments);
    va_end(arguments);
    return problem;
}

void problem_point(struct problem *problem, struct slice part, const char *advice)
{
    size_t width = utf8_length(part);
    problem->width = width > 0 ? width : 1;
    problem->advice = slice_of(advice);
}

struct slice problem_quote(struct slice text)
{
    size_t end = text.length;
    if (end > QUOTED_BYTES) {
        end = QUOTED_BYTES;
        while (end > 0 && ((unsigned char)text.at[end] & 0xc0) == 0x80) end--;
    }
    return slice_part(text, 0, end);
}

bool problem_turns_direction(struct slice text)
{
    if (text.length < 3 || (unsigned char)text.at[0] != 0xe2) return false;
    unsigned char second = (unsigned char)text.at[1];
    unsigned char third = (unsigned char)text.at[2];
    return (second == 0x80 &&
            ((third >= 0xaa && third <= 0xae) || third == 0x8e || third == 0x8f)) ||
           (second == 0x81 && third >= 0xa6 && third <= 0xa9);
}

/* Bytes of the character that text begins with, and whether it can be shown as it is. */
static size_t character(struct slice text, bool *ret_fit)
{
    unsigned char lead = (unsigned char)text.at[0];
    size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    struct slice whole = slice_part(text, 0, length);
    if (whole.length < length || utf8_check(whole) < length) {
        *ret_fit = false;
        return 1;
    }
    bool control = (lead < 0x20 && lead != '\t') || lead == 0x7f ||
                   (lead == 0xc2 && (unsigned char)text.at[1] < 0xa0);
    *ret_fit = !control && !problem_turns_direction(whole);
    return length;
}

static struct slice nth_line(struct slice source, size_t line)
{
    struct slice found = SLICE_EMPTY;
    for (size_t i = 0; i < line; i++) {
        if (!slice_line(&source, &found)) return SLICE_EMPTY;
    }
    if (line == 1 && slice_starts(found, SLICE("\xef\xbb\xbf")))
        found = slice_part(found, 3, found.length);
    return found;
}

/* Characters `from` to `to` of the line, each as itself, a tab or '?'; with `blank`, spaces in their place. */
static void add_characters(struct text *out, struct slice line, size_t from, size_t to, bool blank)
{
    for (size_t i = 0; line.length > 0 && i < to; i++) {
        bool fit;
        size_t length = character(line, &fit);
        if (i >= from && line.at[0] == '\t')
            text_add_char(out, '\t');
        else if (i >= from && (blank || !fit))
            text_add_char(out, blank ? ' ' : '?');
        else if (i >= from)
            text_add(out, slice_part(line, 0, length));
        line = slice_part(line, length, line.length);
    }
}

static void add_line_and_caret(const struct problem *problem, struct slice line, struct text *out)
{
    size_t caret = problem->column - 1;
    size_t from = caret > SHOWN_BEFORE ? caret - SHOWN_BEFORE : 0;
    if (line.length <= SHOWN_CHARACTERS) from = 0;
    size_t to = from + SHOWN_CHARACTERS;
    text_add_string(out, "    ");
    add_characters(out, line, from, to, false);
    text_add_string(out, "\n    ");
    add_characters(out, line, from, caret, true);
    size_t width = problem->width < 1 ? 1 : problem->width;
    if (caret + width > to) width = to > caret ? to - caret : 1;
    for (size_t i = 0; i < width; i++) text_add_char(out, '^');
    text_add_char(out, '\n');
}

void problem_print(const struct problem *problem, struct slice source, struct text *out)
{
    text_add(out, problem->file);
    if (problem->line > 0)
        text_format(out, ":%zu:%zu", problem->line, problem->column > 0 ? problem->column : 1);
    text_format(out, ": %s: %.*s", problem->warning ? "warning" : "error",
                SLICE_PRINT(problem->sentence));
    if (problem->clause.length > 0)
        text_format(out, " (clause %.*s)", SLICE_PRINT(problem->clause));
    text_add_char(out, '\n');
    if (problem->line > 0 && problem->column > 0) {
        struct slice line = nth_line(source, problem->line);
        if (line.length > 0) add_line_and_caret(problem, line, out);
    }
    if (problem->advice.length > 0) text_format(out, "    %.*s\n", SLICE_PRINT(problem->advice));
}
