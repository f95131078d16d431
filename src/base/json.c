/* The JSON reader: one pass over the bytes, a stack of open containers instead of recursion, and
 * the UTF-8 check in the same pass. It steps by pointer rather than by struct cursor, because it is
 * on the path that is benchmarked; every step is bounded by `end`. The writer stands in
 * json_write.c. */
#include "base/json.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cursor.h"
#include "base/json_scan.h"
#include "base/utf8.h"

#define NODES_AT_ONCE 16
#define COMPARED_IN_LINE 24 /* members up to which each new key is compared with all before it */

struct level {
    struct json *container;
    struct json *last; /* its newest member, NULL while it has none */
};

struct reader {
    struct slice source;
    const char *at, *end;
    struct arena *arena;
    struct error *error;
    struct json *spare; /* nodes taken but not used yet */
    size_t spare_count;
    size_t depth;
    struct level levels[JSON_DEPTH_LARGEST];
};

static void place(const struct reader *reader, const char *at)
{
    struct cursor cursor;
    cursor_init(&cursor, reader->source);
    size_t line;
    size_t column;
    cursor_place(&cursor, (size_t)(at - reader->source.at), &line, &column);
    error_at(reader->error, SLICE_EMPTY, line, column);
}

static bool fail(const struct reader *reader, const char *at, enum error_code code,
                 const char *sentence)
{
    error_set(reader->error, code, "%s", sentence);
    place(reader, at);
    return false; /* said here, so that compilers know what a failure leaves unset */
}

static bool fail_syntax(const struct reader *reader, const char *sentence)
{
    if (reader->at >= reader->end) sentence = "The JSON ends too early.";
    return fail(reader, reader->at, ERROR_SYNTAX, sentence);
}

static void skip_blanks(struct reader *reader)
{
    const char *at = reader->at;
    while (at < reader->end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) at++;
    reader->at = at;
}

static bool take(struct reader *reader, char c)
{
    if (reader->at >= reader->end || *reader->at != c) return false;
    reader->at++;
    return true;
}

/* A fresh node, hung behind the newest member of the innermost open container. */
static struct json *add_node(struct reader *reader)
{
    if (reader->spare_count == 0) {
        reader->spare = ARENA_ARRAY(reader->arena, struct json, NODES_AT_ONCE);
        reader->spare_count = NODES_AT_ONCE;
    }
    struct json *node = reader->spare++;
    reader->spare_count--;
    node->string = SLICE_EMPTY;
    node->key = SLICE_EMPTY;
    if (reader->depth == 0) return node;
    struct level *level = &reader->levels[reader->depth - 1];
    if (level->last == NULL)
        level->container->first = node;
    else
        level->last->next = node;
    level->last = node;
    level->container->count++;
    return node;
}

/* ---- strings ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The four hexadecimal digits of \uXXXX that stand at *at, which moves past them. */
static bool take_unit(const char **at, const char *end, uint32_t *ret_unit)
{
    uint32_t unit = 0;
    if (end - *at < 4) return false;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit((*at)[i]);
        if (digit < 0) return false;
        unit = unit << 4 | (uint32_t)digit;
    }
    *at += 4;
    *ret_unit = unit;
    return true;
}

/* The character behind \u, which two escapes make together where it lies above U+FFFF. */
static bool take_code(const struct reader *reader, const char **at, const char *end,
                      uint32_t *ret_code)
{
    const char *start = *at - 2;
    uint32_t code;
    if (!take_unit(at, end, &code))
        return fail(reader, start, ERROR_SYNTAX, "\\u needs four hexadecimal digits.");
    if (code >= 0xD800 && code <= 0xDBFF) {
        uint32_t low = 0;
        bool paired = end - *at >= 2 && (*at)[0] == '\\' && (*at)[1] == 'u';
        *at += paired ? 2 : 0;
        if (!paired || !take_unit(at, end, &low) || low < 0xDC00 || low > 0xDFFF)
            return fail(reader, start, ERROR_SYNTAX, "Half of a surrogate pair stands alone.");
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code <= 0xDFFF) {
        return fail(reader, start, ERROR_SYNTAX, "Half of a surrogate pair stands alone.");
    }
    *ret_code = code;
    return true;
}

/* Decodes a string that holds escapes; what it stands for is never longer than what is written. */
static bool unescape(const struct reader *reader, struct slice raw, struct slice *ret_string)
{
    char *decoded = arena_take(reader->arena, raw.length, 1);
    char *out = decoded;
    const char *at = raw.at;
    const char *end = raw.at + raw.length;
    while (at < end) {
        size_t run = slice_find((struct slice){at, (size_t)(end - at)}, '\\');
        memcpy(out, at, run);
        out += run;
        at += run;
        if (at == end) break;
        char plain =
            json_escaped(at[1]); /* there is one, and it is u or simple: the scan saw to it */
        at += 2;
        if (plain != 0) {
            *out++ = plain;
            continue;
        }
        uint32_t code;
        if (!take_code(reader, &at, end, &code)) return false;
        out += utf8_encode(code, out);
    }
    *ret_string = (struct slice){decoded, (size_t)(out - decoded)};
    return true;
}

/* The rest of a string behind its opening quote; *ret_raw is what stands up to the closing one. */
static bool scan_string(struct reader *reader, struct slice *ret_raw, bool *ret_escaped)
{
    const char *start = reader->at;
    const char *at = start;
    bool escaped = false;
    for (;;) {
        at = json_plain_end(at, reader->end);
        if (at == reader->end)
            return fail(reader, start - 1, ERROR_SYNTAX, "This string has no end.");
        if (*at == '"') break;
        if ((unsigned char)*at < 0x20)
            return fail(reader, at, ERROR_SYNTAX,
                        "A control character in a string must be escaped.");
        size_t length = 2;
        if (*at != '\\') {
            length = utf8_first((struct slice){at, (size_t)(reader->end - at)});
            if (length == 0) return fail(reader, at, ERROR_ENCODING, "This is not UTF-8.");
        } else if (reader->end - at < 2) {
            return fail(reader, start - 1, ERROR_SYNTAX, "This string has no end.");
        } else if (json_escaped(at[1]) == 0 && at[1] != 'u') {
            return fail(reader, at, ERROR_SYNTAX, "JSON has no such escape.");
        } else {
            escaped = true;
        }
        at += length;
    }
    reader->at = at + 1;
    *ret_raw = (struct slice){start, (size_t)(at - start)};
    *ret_escaped = escaped;
    return true;
}

static bool read_string(struct reader *reader, struct slice *ret_string)
{
    struct slice raw;
    bool escaped;
    if (!scan_string(reader, &raw, &escaped)) return false;
    if (escaped) return unescape(reader, raw, ret_string);
    *ret_string = raw;
    return true;
}

/* ---- numbers ---- */

struct digits {
    uint64_t value; /* right while count is at most 19 */
    size_t count;
};

/* One digit or more; false where there is none. */
static bool take_digits(struct reader *reader, struct digits *digits)
{
    const char *start = reader->at;
    const char *at = start;
    uint64_t value = digits->value;
    for (; at < reader->end && *at >= '0' && *at <= '9'; at++)
        value = value * 10 + (uint64_t)(*at - '0');
    digits->value = value;
    digits->count += (size_t)(at - start);
    reader->at = at;
    return at > start;
}

/* The general case, by the C library in the C locale: the program around us may have another
 * decimal point. */
static double slow_real(const struct reader *reader, struct slice text)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    struct slice copy = arena_copy(reader->arena, text);
    double real = plain == (locale_t)0 ? strtod(copy.at, NULL) : strtod_l(copy.at, NULL, plain);
    if (plain != (locale_t)0) freelocale(plain);
    return real;
}

/* Exact where the digits fit a double and one multiplication or division by an exact power of ten
 * does it. */
static double to_real(const struct reader *reader, struct slice text, const struct digits *digits,
                      int64_t exponent)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    bool exact = digits->count <= 19 && digits->value <= (uint64_t)1 << 53;
    if (!exact || exponent < -22 || exponent > 22) return slow_real(reader, text);
    double real = (double)digits->value;
    real = exponent < 0 ? real / powers[-exponent] : real * powers[exponent];
    return text.at[0] == '-' ? -real : real;
}

/* The exponent behind e or E; one too long to count is as good as a huge one. */
static bool take_exponent(struct reader *reader, int64_t *ret_exponent)
{
    bool negative = take(reader, '-');
    if (!negative) (void)take(reader, '+');
    struct digits digits = {0};
    if (!take_digits(reader, &digits)) return fail_syntax(reader, "An exponent needs digits.");
    int64_t size = digits.count > 9 ? 999999999 : (int64_t)digits.value;
    *ret_exponent = negative ? -size : size;
    return true;
}

static void set_whole(struct json *node, const struct digits *digits, bool negative)
{
    uint64_t largest = (uint64_t)INT64_MAX + negative;
    if (digits->count > 19 || digits->value > largest) return;
    node->whole = true;
    node->number = (int64_t)(negative ? 0 - digits->value : digits->value);
}

static bool read_number(struct reader *reader, struct json *node)
{
    const char *start = reader->at;
    bool negative = take(reader, '-');
    struct digits digits = {0};
    int64_t exponent = 0;
    if (take(reader, '0'))
        digits.count = 1;
    else if (!take_digits(reader, &digits))
        return fail_syntax(reader, "A digit belongs here.");
    bool whole = true;
    if (take(reader, '.')) {
        size_t before = digits.count;
        whole = false;
        if (!take_digits(reader, &digits))
            return fail_syntax(reader, "A decimal point needs digits behind it.");
        exponent = -(int64_t)(digits.count - before);
    }
    if (take(reader, 'e') || take(reader, 'E')) {
        int64_t written = 0;
        whole = false;
        if (!take_exponent(reader, &written)) return false;
        exponent += written;
    }
    node->kind = JSON_NUMBER;
    struct slice text = {start, (size_t)(reader->at - start)};
    node->real = to_real(reader, text, &digits, exponent);
    if (whole) set_whole(node, &digits, negative);
    if (!isfinite(node->real))
        return fail(reader, start, ERROR_SYNTAX, "This number is too large.");
    return true;
}

/* ---- objects ---- */

static int by_key(const void *left, const void *right)
{
    const struct json *a = *(const struct json *const *)left;
    const struct json *b = *(const struct json *const *)right;
    if (a->key.length != b->key.length) return a->key.length < b->key.length ? -1 : 1;
    int order = memcmp(a->key.at, b->key.at, a->key.length);
    if (order != 0) return order;
    return a->offset < b->offset ? -1 : 1;
}

static bool fail_twice(const struct reader *reader, const struct json *member)
{
    error_set(reader->error, ERROR_SYNTAX, "The key \"%.*s\" stands in this object twice.",
              SLICE_PRINT(slice_part(member->key, 0, 100)));
    place(reader, reader->source.at + member->offset);
    return false;
}

/* Keys of a large object are sorted at its end rather than put into a map: no choice of keys makes
 * sorting slow, while a stranger could choose keys that all collide. */
static bool check_many_keys(const struct reader *reader, const struct json *object)
{
    const struct json **members = ARENA_ARRAY(reader->arena, const struct json *, object->count);
    size_t count = 0;
    for (const struct json *member = object->first; member != NULL; member = member->next)
        members[count++] = member;
    qsort(members, count, sizeof *members, by_key);
    for (size_t i = 1; i < count; i++) {
        if (slice_equal(members[i - 1]->key, members[i]->key))
            return fail_twice(reader, members[i]);
    }
    return true;
}

static bool check_few_keys(const struct reader *reader, const struct json *object)
{
    for (const struct json *member = object->first; member != NULL; member = member->next) {
        for (const struct json *other = object->first; other != member; other = other->next) {
            if (other->key.length == member->key.length && slice_equal(other->key, member->key))
                return fail_twice(reader, member);
        }
    }
    return true;
}

static bool close_container(struct reader *reader)
{
    const struct json *closed = reader->levels[--reader->depth].container;
    if (closed->kind != JSON_OBJECT) return true;
    if (closed->count <= COMPARED_IN_LINE) return check_few_keys(reader, closed);
    return check_many_keys(reader, closed);
}

/* ---- values ---- */

static bool take_word(struct reader *reader, struct slice word)
{
    struct slice rest = {reader->at, (size_t)(reader->end - reader->at)};
    if (!slice_starts(rest, word))
        return fail_syntax(reader, "Only true, false and null may stand without quotes.");
    reader->at += word.length;
    return true;
}

/* Behind [ or {: the container becomes the innermost open one. */
static bool open_container(struct reader *reader, struct json *node, enum json_kind kind)
{
    if (reader->depth == JSON_DEPTH_LARGEST)
        return fail(reader, reader->at, ERROR_LIMIT, "The JSON is nested too deep.");
    reader->at++;
    node->kind = kind;
    reader->levels[reader->depth++] = (struct level){.container = node};
    return true;
}

static bool read_value(struct reader *reader, struct json *node)
{
    switch (reader->at < reader->end ? *reader->at : '\0') {
    case '"':
        reader->at++;
        node->kind = JSON_STRING;
        return read_string(reader, &node->string);
    case '{': return open_container(reader, node, JSON_OBJECT);
    case '[': return open_container(reader, node, JSON_ARRAY);
    case 't': node->kind = JSON_TRUE; return take_word(reader, SLICE("true"));
    case 'f': node->kind = JSON_FALSE; return take_word(reader, SLICE("false"));
    case 'n': node->kind = JSON_NULL; return take_word(reader, SLICE("null"));
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': return read_number(reader, node);
    default: return fail_syntax(reader, "A value belongs here.");
    }
}

static bool in_object(const struct reader *reader)
{
    return reader->depth > 0 && reader->levels[reader->depth - 1].container->kind == JSON_OBJECT;
}

/* A value with, inside an object, its key. */
static bool read_member(struct reader *reader, struct json **ret_node)
{
    struct json *node = add_node(reader);
    node->offset = (size_t)(reader->at - reader->source.at);
    if (in_object(reader)) {
        if (!take(reader, '"')) return fail_syntax(reader, "A key in double quotes belongs here.");
        if (!read_string(reader, &node->key)) return false;
        skip_blanks(reader);
        if (!take(reader, ':')) return fail_syntax(reader, "A colon belongs behind a key.");
        skip_blanks(reader);
    }
    *ret_node = node;
    return read_value(reader, node);
}

/* Behind a value or an opening bracket: closes what ends here and takes the comma, so that a member
 * comes next or, with *ret_done, the whole value has ended. */
static bool read_between(struct reader *reader, bool *ret_done)
{
    while (reader->depth > 0) {
        const struct level *level = &reader->levels[reader->depth - 1];
        bool object = level->container->kind == JSON_OBJECT;
        skip_blanks(reader);
        if (take(reader, object ? '}' : ']')) {
            if (!close_container(reader)) return false;
            continue;
        }
        bool opened = level->container->count == 0;
        if (!opened && !take(reader, ','))
            return fail_syntax(reader, object ? "A comma or } belongs here."
                                              : "A comma or ] belongs here.");
        skip_blanks(reader);
        return true;
    }
    *ret_done = true;
    return true;
}

bool json_read(struct slice source, struct arena *arena, struct json **ret_json,
               struct error *error)
{
    struct reader
        reader; /* not set to zero whole: the levels are large and written before they are read */
    reader.source = source;
    reader.at = source.at;
    reader.end = source.at + source.length;
    reader.arena = arena;
    reader.error = error;
    reader.spare_count = 0;
    reader.depth = 0;
    if (source.length > JSON_SIZE_LARGEST)
        return error_set(error, ERROR_LIMIT, "The JSON is larger than %u bytes.",
                         JSON_SIZE_LARGEST);
    skip_blanks(&reader);
    struct json *root;
    bool done = false;
    if (!read_member(&reader, &root) || !read_between(&reader, &done)) return false;
    while (!done) {
        struct json *member;
        if (!read_member(&reader, &member) || !read_between(&reader, &done)) return false;
    }
    skip_blanks(&reader);
    if (reader.at < reader.end) return fail_syntax(&reader, "Nothing may follow the JSON value.");
    *ret_json = root;
    return true;
}

const struct json *json_member(const struct json *object, struct slice name)
{
    if (object->kind != JSON_OBJECT) return NULL;
    for (const struct json *member = object->first; member != NULL; member = member->next) {
        if (slice_equal(member->key, name)) return member;
    }
    return NULL;
}
