/* Lines, headings and fences of a Markdown source (CommonMark 4.2, 4.5). The checks here come before anything is read,
 * so that the readers behind them see well-formed text only. */
#include "policy/lines.h"

#include <string.h>

#include "base/utf8.h"

#define MARK_INDENT ((size_t)3) /* a heading or a fence may be indented as far */

static bool add_problem(struct problems *problems, enum error_code code, struct slice file,
                        size_t line, size_t column, const char *sentence, const char *advice)
{
    struct problem *problem =
        problems_add(problems, false, code, file, line, column, "%s", sentence);
    problem->advice = slice_of(advice);
    return false;
}

static void place_of(struct slice source, size_t at, size_t *ret_line, size_t *ret_column)
{
    size_t line = 1;
    size_t start = 0;
    for (size_t i = 0; i < at; i++) {
        if (source.at[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    *ret_line = line;
    *ret_column = utf8_length(slice_part(source, start, at)) + 1;
}

static bool check_size(struct slice file, struct slice source, size_t largest,
                       struct problems *problems)
{
    if (source.length <= largest) return true;
    struct problem *problem = problems_add(
        problems, false, ERROR_LIMIT, file, 0, 0,
        "this file holds %zu bytes; %zu is the most that is read", source.length, largest);
    problem->advice = SLICE("split it, or take out what is not part of it");
    return false;
}

static bool check_encoding(struct slice file, struct slice source, struct problems *problems)
{
    size_t at = utf8_check(source);
    if (at == source.length) return true;
    size_t line, column;
    place_of(source, at, &line, &column);
    return add_problem(problems, ERROR_ENCODING, file, line, column, "this is not UTF-8 text",
                       "save the file as UTF-8");
}

/* What no line of a document may hold, or NULL. */
static const char *forbidden(struct slice text, size_t at)
{
    unsigned char c = (unsigned char)text.at[at];
    if (c == '\r')
        return at + 1 < text.length && text.at[at + 1] == '\n'
                   ? NULL
                   : "a carriage return stands inside the line";
    if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
        return "there is a control character here";
    if (problem_turns_direction(slice_part(text, at, at + 3)))
        return "a hidden mark here turns the direction of the writing";
    return NULL;
}

#define EVERY_BYTE(c) (0x0101010101010101u * (c))

/* Whether one of eight bytes is below 0x20, 0x7f or 0xe2: most stretches of a document hold none. */
static bool eight_suspect(const char *at)
{
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    uint64_t erased = bytes ^ EVERY_BYTE(0x7fu), marked = bytes ^ EVERY_BYTE(0xe2u);
    uint64_t low = (bytes - EVERY_BYTE(0x20u)) & ~bytes;
    uint64_t found =
        low | ((erased - EVERY_BYTE(1u)) & ~erased) | ((marked - EVERY_BYTE(1u)) & ~marked);
    return (found & EVERY_BYTE(0x80u)) != 0;
}

static bool check_characters(struct slice file, struct slice source, struct problems *problems,
                             bool *ret_returns)
{
    *ret_returns = false;
    for (size_t i = 0; i < source.length; i++) {
        while (i + 8 < source.length && !eight_suspect(source.at + i)) i += 8;
        unsigned char c = (unsigned char)source.at[i];
        if (c >= 0x20 && c != 0x7f && c != 0xe2) continue;
        const char *sentence = forbidden(source, i);
        if (sentence != NULL) {
            size_t line, column;
            place_of(source, i, &line, &column);
            return add_problem(problems, ERROR_ENCODING, file, line, column, sentence,
                               "take it out: people sign what they can see");
        }
        *ret_returns |= c == '\r';
    }
    return true;
}

static bool check_lines(struct slice file, struct slice source, size_t largest,
                        struct problems *problems)
{
    struct slice rest = source;
    struct slice line;
    for (size_t number = 1; slice_line(&rest, &line); number++) {
        if (line.length <= largest || utf8_length(line) <= largest) continue;
        struct problem *problem = problems_add(
            problems, false, ERROR_LIMIT, file, number, largest + 1,
            "this line has %zu characters; %zu is the most", utf8_length(line), largest);
        problem->advice = SLICE("break it into several lines");
        return false;
    }
    return true;
}

static struct slice without_returns(struct slice source, struct arena *arena)
{
    char *at = arena_take(arena, source.length + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < source.length; i++) {
        if (source.at[i] != '\r') at[length++] = source.at[i];
    }
    return (struct slice){at, length};
}

bool lines_prepare(struct slice file, struct slice source, size_t largest, size_t line_largest,
                   struct arena *arena, struct problems *problems, struct slice *ret_text)
{
    bool returns;
    if (!check_size(file, source, largest, problems) || !check_encoding(file, source, problems))
        return false;
    if (slice_starts(source, SLICE("\xef\xbb\xbf"))) source = slice_part(source, 3, source.length);
    if (!check_characters(file, source, problems, &returns) ||
        !check_lines(file, source, line_largest, problems))
        return false;
    *ret_text = returns ? without_returns(source, arena) : source;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* How often `c` stands at the start, after an indentation that leaves the line a heading or fence; 0 where it does not. */
static size_t run_of(struct slice *line, char c)
{
    size_t indent = 0;
    while (indent < line->length && indent <= MARK_INDENT && line->at[indent] == ' ') indent++;
    if (indent > MARK_INDENT) return 0;
    size_t end = indent;
    while (end < line->length && line->at[end] == c) end++;
    *line = slice_part(*line, end, line->length);
    return end - indent;
}

bool lines_heading(struct slice line, size_t *ret_level, struct slice *ret_text)
{
    size_t level = run_of(&line, '#');
    if (level < 1 || level > 6 || (line.length > 0 && !is_blank(line.at[0]))) return false;
    *ret_level = level;
    *ret_text = slice_trim(line);
    return true;
}

static bool opens_with(struct slice line, char mark, struct fence *ret_fence)
{
    size_t length = run_of(&line, mark);
    if (length < 3 || (mark == '`' && slice_find(line, '`') < line.length)) return false;
    struct slice info = slice_trim(line);
    size_t end = 0;
    while (end < info.length && !is_blank(info.at[end])) end++;
    *ret_fence = (struct fence){.mark = mark,
                                .length = length,
                                .word = slice_part(info, 0, end),
                                .info = slice_trim(slice_part(info, end, info.length))};
    return true;
}

bool lines_fence_opens(struct slice line, struct fence *ret_fence)
{
    return opens_with(line, '`', ret_fence) || opens_with(line, '~', ret_fence);
}

bool lines_fence_closes(struct slice line, const struct fence *fence)
{
    return run_of(&line, fence->mark) >= fence->length && slice_trim(line).length == 0;
}

/* `<https://...>` and `<a@b>` are links, not HTML. */
static bool is_autolink(struct slice line)
{
    struct slice inside = slice_part(line, 0, slice_find(line, '>'));
    return slice_search(inside, SLICE("://")) < inside.length ||
           slice_search(inside, SLICE("mailto:")) < inside.length ||
           (slice_find(inside, '@') < inside.length && slice_find(inside, ' ') == inside.length);
}

bool lines_html(struct slice line)
{
    if (slice_find(line, '<') == line.length) return false;
    if (slice_search(line, SLICE("<!--")) < line.length) return true;
    if (run_of(&line, '<') == 0 || line.length == 0 || is_autolink(line)) return false;
    char c = line.at[0];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '!' || c == '?';
}

size_t lines_column(struct slice line, struct slice part)
{
    if (part.at < line.at || part.at > line.at + line.length) return 1;
    return utf8_length(slice_part(line, 0, (size_t)(part.at - line.at))) + 1;
}
