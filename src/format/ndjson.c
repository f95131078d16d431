/* The reader of lines: one pass by pointer, since it is on the path that is measured; every step is bounded by `end`. What is wrong inside a
 * string is noted and the line read on, for its id; what breaks the line's grammar ends it. See ndjson.h. */
#include "format/ndjson.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json_scan.h"
#include "base/utf8.h"
#include "base/wide.h"

struct reading {
    struct ndjson *reader;
    const char *start, *at, *end;
    const char *fault_at;
    enum ndjson_fault fault; /* the first */
    size_t faults;
    struct slice id, text;
    bool id_seen, text_seen;
    const char *
        text_at; /* where the text's value begins, if it is the second member behind the id; else NULL */
    size_t members;
    bool escaped; /* the string read last */
    bool wide;    /* look at 32 bytes together: there are as many */
};

const char *ndjson_fault_says(enum ndjson_fault fault)
{
    static const char *const sentences[NDJSON_FAULTS] = {
        [NDJSON_SOUND] = "Nothing is wrong.",
        [NDJSON_EMPTY] = "The line is empty.",
        [NDJSON_LONG] = "The line is longer than 1 MiB.",
        [NDJSON_NO_OBJECT] = "A line must hold one JSON object.",
        [NDJSON_ENDS] = "The JSON ends too early.",
        [NDJSON_KEY] = "A key in double quotes belongs here.",
        [NDJSON_COLON] = "A colon belongs behind a key.",
        [NDJSON_COMMA] = "A comma or a closing bracket belongs here.",
        [NDJSON_VALUE] = "A value belongs here.",
        [NDJSON_NUMBER] = "This is no number of JSON.",
        [NDJSON_DEPTH] = "The JSON is nested too deep.",
        [NDJSON_BEHIND] = "Nothing may follow the JSON object.",
        [NDJSON_ENCODING] = "This is not UTF-8.",
        [NDJSON_CONTROL] = "A control character in a string must be escaped.",
        [NDJSON_ESCAPE] = "JSON has no such escape.",
        [NDJSON_SURROGATE] = "Half of a surrogate pair stands alone.",
        [NDJSON_ID_TWICE] = "The field of the id stands there twice.",
        [NDJSON_TEXT_TWICE] = "The field of the text stands there twice.",
        [NDJSON_ID_KIND] = "The id is neither a string nor a number.",
        [NDJSON_TEXT_KIND] = "The text is not a string.",
        [NDJSON_NO_TEXT] = "The field of the text is missing.",
    };
    return sentences[fault];
}

void ndjson_init(struct ndjson *reader, struct slice id_field, struct slice text_field)
{
    *reader = (struct ndjson){.id_field = id_field, .text_field = text_field};
#if WIDE
    reader->wide = wide_here();
#endif
}

void ndjson_clear(struct ndjson *reader)
{
    free(reader->at);
    *reader = (struct ndjson){.id_field = SLICE_EMPTY, .text_field = SLICE_EMPTY};
}

static void note(struct reading *reading, const char *at, enum ndjson_fault fault)
{
    if (reading->faults++ > 0) return;
    reading->fault = fault;
    reading->fault_at = at;
}

/* Ends the reading. */
static bool stop(struct reading *reading, enum ndjson_fault fault)
{
    note(reading, reading->at, reading->at < reading->end ? fault : NDJSON_ENDS);
    return false;
}

static bool take(struct reading *reading, char c)
{
    if (reading->at >= reading->end || *reading->at != c) return false;
    reading->at++;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_blanks(struct reading *reading)
{
    while (reading->at < reading->end && is_blank(*reading->at)) reading->at++;
}

/* ---- strings ------------------------------------------------------------------------------------ */

#if WIDE
/* A bit a byte that a string's run of plain bytes ends at: a signed byte below a blank is a control character or not ASCII. */
WIDE_TARGET static inline uint32_t ends_wide(const char *at)
{
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)at);
    __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
    __m256i backslash = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
    __m256i low = _mm256_cmpgt_epi8(_mm256_set1_epi8(' '), bytes);
    return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(low, _mm256_or_si256(quote, backslash)));
}

/* json_plain_end, 32 bytes at a time; the last of them reach back over what is done. 32 bytes stand before `end`. */
WIDE_TARGET static const char *plain_end_wide(const char *at, const char *end)
{
    for (; end - at >= 64; at += 64) {
        uint64_t bits = ends_wide(at) | (uint64_t)ends_wide(at + 32) << 32;
        if (bits != 0) return at + __builtin_ctzll(bits);
    }
    if (end - at >= 32) {
        uint32_t bits = ends_wide(at);
        if (bits != 0) return at + __builtin_ctz(bits);
        at += 32;
    }
    if (at == end) return end;
    uint32_t bits = ends_wide(end - 32) >> (32 - (end - at));
    return bits != 0 ? at + __builtin_ctz(bits) : end;
}
#endif

static const char *plain_end(const struct reading *reading, const char *at)
{
#if WIDE
    if (reading->wide && reading->end - at >= 8) {
        const char *eight = json_plain_end(at, at + 8);
        return eight < at + 8 ? eight : plain_end_wide(eight, reading->end);
    }
#endif
    return json_plain_end(at, reading->end);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The number behind \u, or -1. */
static int32_t unit_at(const char *at, const char *end)
{
    int32_t unit = 0;
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return -1;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0) return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* What \u stands for, with the second half where it takes two; 0 bytes where it is none or half of one. */
static size_t unicode_at(const char *at, const char *end, uint32_t *ret_code)
{
    int32_t unit = unit_at(at, end);
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return 0;
    *ret_code = (uint32_t)unit;
    if (unit < 0xD800 || unit > 0xDFFF) return 6;
    int32_t low = unit_at(at + 6, end);
    if (low < 0xDC00 || low > 0xDFFF) return 0;
    *ret_code = 0x10000 + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
    return 12;
}

/* How much of a string a backslash takes. */
static size_t check_escape(struct reading *reading, const char *at)
{
    uint32_t code;
    reading->escaped = true;
    if (reading->end - at < 2) return 1;
    if (json_escaped(at[1]) != 0) return 2;
    size_t length = at[1] == 'u' ? unicode_at(at, reading->end, &code) : 0;
    if (length > 0) return length;
    note(reading, at, unit_at(at, reading->end) < 0 ? NDJSON_ESCAPE : NDJSON_SURROGATE);
    return 2;
}

/* How many bytes the characters from here take that are not ASCII. */
static size_t check_beyond(struct reading *reading, const char *at)
{
    const char *from = at;
    while (at < reading->end && (unsigned char)*at >= 0x80) {
        size_t length = utf8_first((struct slice){at, (size_t)(reading->end - at)});
        if (length == 0) note(reading, at, NDJSON_ENCODING);
        at += length == 0 ? 1 : length;
    }
    return (size_t)(at - from);
}

/* Behind the opening quote, up to behind the closing one; what stands between them. */
static bool take_string(struct reading *reading, struct slice *ret_raw)
{
    const char *from = reading->at, *at = from;
    reading->escaped = false;
    for (;;) {
        at = plain_end(reading, at);
        if (at >= reading->end) break;
        if (*at == '"') {
            *ret_raw = (struct slice){from, (size_t)(at - from)};
            reading->at = at + 1;
            return true;
        }
        if (*at == '\\') {
            at += check_escape(reading, at);
        } else if ((unsigned char)*at < 0x20) {
            note(reading, at++, NDJSON_CONTROL);
        } else {
            at += check_beyond(reading, at);
        }
    }
    reading->at = reading->end;
    return stop(reading, NDJSON_ENDS);
}

/* The string with its escapes resolved, which are known to be sound; never longer than it is written. */
static struct slice decode(struct ndjson *reader, struct slice raw)
{
    if (reader->space < raw.length) {
        reader->space = raw.length + raw.length / 2;
        reader->at = memory_grow(reader->at, reader->space);
    }
    const char *at = raw.at, *end = raw.at + raw.length;
    char *out = reader->at;
    while (at < end) {
        const char *found = memchr(at, '\\', (size_t)(end - at));
        size_t run = found == NULL ? (size_t)(end - at) : (size_t)(found - at);
        memcpy(out, at, run);
        out += run;
        at += run;
        if (at == end) break;
        uint32_t code = (unsigned char)json_escaped(at[1]);
        at += code != 0 ? 2 : unicode_at(at, end, &code);
        out += utf8_encode(code, out);
    }
    return (struct slice){reader->at, (size_t)(out - reader->at)};
}

/* ---- other values ------------------------------------------------------------------------------- */

static bool take_digits(struct reading *reading)
{
    const char *from = reading->at;
    while (reading->at < reading->end && (unsigned char)(*reading->at - '0') < 10) reading->at++;
    return reading->at > from;
}

static bool take_number(struct reading *reading)
{
    (void)take(reading, '-');
    if (!take(reading, '0') && !take_digits(reading)) return stop(reading, NDJSON_NUMBER);
    if (take(reading, '.') && !take_digits(reading)) return stop(reading, NDJSON_NUMBER);
    if (!take(reading, 'e') && !take(reading, 'E')) return true;
    if (!take(reading, '-')) (void)take(reading, '+');
    return take_digits(reading) || stop(reading, NDJSON_NUMBER);
}

static bool take_word(struct reading *reading, struct slice word)
{
    struct slice rest = {reading->at, (size_t)(reading->end - reading->at)};
    if (!slice_starts(rest, word)) return stop(reading, NDJSON_VALUE);
    reading->at += word.length;
    return true;
}

/* A value that holds no other. */
static bool take_plain(struct reading *reading)
{
    struct slice raw;
    if (take(reading, '"')) return take_string(reading, &raw);
    switch (reading->at < reading->end ? *reading->at : '\0') {
    case 't': return take_word(reading, SLICE("true"));
    case 'f': return take_word(reading, SLICE("false"));
    case 'n': return take_word(reading, SLICE("null"));
    case '-':
    case '0' ... '9': return take_number(reading);
    default: return stop(reading, NDJSON_VALUE);
    }
}

static bool take_key(struct reading *reading, struct slice *ret_raw)
{
    if (!take(reading, '"')) return stop(reading, NDJSON_KEY);
    if (!take_string(reading, ret_raw)) return false;
    skip_blanks(reading);
    if (!take(reading, ':')) return stop(reading, NDJSON_COLON);
    skip_blanks(reading);
    return true;
}

/* Open brackets, of which the outermost is the line's own. */
struct nest {
    uint64_t objects; /* a bit a level: it is an object */
    unsigned depth;
};
_Static_assert(NDJSON_DEPTH_LARGEST == 64, "a bit a level");

static bool in_object(const struct nest *nest)
{
    return (nest->objects >> (nest->depth - 1) & 1) != 0;
}

static bool open_bracket(struct reading *reading, struct nest *nest)
{
    if (nest->depth == NDJSON_DEPTH_LARGEST) return stop(reading, NDJSON_DEPTH);
    uint64_t bit = (uint64_t)1 << nest->depth++;
    nest->objects = *reading->at == '{' ? nest->objects | bit : nest->objects & ~bit;
    reading->at++;
    skip_blanks(reading);
    return true;
}

/* Behind a value: closes what ends there; a comma leads to the next member, whose key is taken. */
static bool go_on(struct reading *reading, struct nest *nest, unsigned outer, bool opened)
{
    struct slice key;
    for (; nest->depth > outer; opened = false) {
        skip_blanks(reading);
        if (take(reading, in_object(nest) ? '}' : ']')) {
            nest->depth--;
            continue;
        }
        if (!opened && !take(reading, ',')) return stop(reading, NDJSON_COMMA);
        skip_blanks(reading);
        return !in_object(nest) || take_key(reading, &key);
    }
    return true;
}

/* Any value, whatever is nested in it. */
static bool skip_value(struct reading *reading)
{
    struct nest nest = {.objects = 1, .depth = 1};
    do {
        bool opens = reading->at < reading->end && (*reading->at == '{' || *reading->at == '[');
        if (!(opens ? open_bracket(reading, &nest) : take_plain(reading))) return false;
        if (!go_on(reading, &nest, 1, opens)) return false;
    } while (nest.depth > 1);
    return true;
}

/* ---- the line's own fields ---------------------------------------------------------------------- */

/* Whether a number ends here: of 01, or of one that is cut off, the digits so far are another's id. */
static bool ends_here(const struct reading *reading)
{
    if (reading->at == reading->end) return false;
    char c = *reading->at;
    return c == ',' || c == '}' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool take_id(struct reading *reading, const char *key_at)
{
    const char *from = reading->at;
    size_t faults = reading->faults;
    if (!skip_value(reading)) return false;
    struct slice id = {from, (size_t)(reading->at - from)};
    bool known = *from == '"' || *from == '-' || (*from >= '0' && *from <= '9');
    bool twice = reading->id_seen;
    reading->id_seen = true;
    reading->id = SLICE_EMPTY;
    if (twice)
        note(reading, key_at, NDJSON_ID_TWICE);
    else if (known && reading->faults == faults && (*from == '"' || ends_here(reading)))
        reading->id = id;
    else if (!known && *from != 'n')
        note(reading, from, NDJSON_ID_KIND);
    return true;
}

static bool take_text(struct reading *reading, const char *key_at)
{
    const char *from = reading->at;
    struct slice raw = SLICE_EMPTY;
    if (reading->text_seen) note(reading, key_at, NDJSON_TEXT_TWICE);
    reading->text_at = reading->members == 2 && reading->id_seen ? from : NULL;
    reading->text_seen = true;
    if (!take(reading, '"')) {
        if (!skip_value(reading)) return false;
        note(reading, from, NDJSON_TEXT_KIND);
        return true;
    }
    if (!take_string(reading, &raw)) return false;
    if (reading->fault != NDJSON_SOUND) return true;
    reading->text = reading->escaped ? decode(reading->reader, raw) : raw;
    return true;
}

/* Whether a key is the name; a key with escapes in it is compared resolved. */
static bool is_field(const struct reading *reading, struct slice key, struct slice name)
{
    if (!reading->escaped) return slice_equal(key, name);
    const char *at = key.at, *end = key.at + key.length;
    size_t length = 0;
    while (at < end) {
        char bytes[4];
        uint32_t code = (unsigned char)*at;
        size_t taken = 1, made = 1;
        bytes[0] = *at;
        if (*at == '\\') {
            code = (unsigned char)json_escaped(at[1]);
            taken = code != 0 ? 2 : unicode_at(at, end, &code);
            made = utf8_encode(code, bytes);
        }
        if (length + made > name.length || memcmp(name.at + length, bytes, made) != 0) return false;
        length += made;
        at += taken;
    }
    return length == name.length;
}

static bool take_member(struct reading *reading)
{
    const char *key_at = reading->at;
    struct slice key = SLICE_EMPTY;
    reading->members++;
    if (!take_key(reading, &key)) return false;
    bool sound = reading->fault == NDJSON_SOUND || !reading->escaped;
    if (sound && is_field(reading, key, reading->reader->text_field))
        return take_text(reading, key_at);
    if (sound && is_field(reading, key, reading->reader->id_field)) return take_id(reading, key_at);
    return skip_value(reading);
}

/* ---- a line like the one before ------------------------------------------------------------------ */

static void know(struct ndjson_known *known, const char *from, const char *to)
{
    unsigned char ones[NDJSON_KNOWN_LARGEST];
    *known = (struct ndjson_known){.length = (size_t)(to - from)};
    if (known->length > NDJSON_KNOWN_LARGEST) known->length = 0;
    memset(ones, 0xFF, sizeof ones);
    memcpy(known->bytes, from, known->length);
    memcpy(known->wanted, ones, known->length);
}

/* Behind a line that is sound. */
static void know_line(const struct reading *reading)
{
    struct ndjson *reader = reading->reader;
    reader->before_id.length = 0;
    if (reading->text_at == NULL || reading->id.length == 0) return;
    know(&reader->before_id, reading->start, reading->id.at);
    know(&reader->before_text, reading->id.at + reading->id.length, reading->text_at);
    if (reader->before_text.length == 0) reader->before_id.length = 0;
}

/* There are as many bytes as one may have. */
static bool stands_at(const struct ndjson_known *known, const char *at)
{
    uint64_t bytes[2];
    memcpy(bytes, at, sizeof bytes);
    return (((bytes[0] ^ known->bytes[0]) & known->wanted[0]) |
            ((bytes[1] ^ known->bytes[1]) & known->wanted[1])) == 0;
}

#define ID_SHORT                                                                                   \
    20 /* digits of an id that is read so; a string has fewer than twice as many bytes */

/* The end of a number without sign, point or leading zero, or of a string without escapes, each of few bytes; NULL where it is none. */
static const char *plain_id_end(const char *at)
{
    const char *end = at;
    if (*at == '"') {
        const char *last = at + 1 + 2 * (size_t)ID_SHORT;
        end = json_plain_end(at + 1, last);
        return end < last && *end == '"' ? end + 1 : NULL;
    }
    if (*at == '0') return NULL;
    while (end - at < ID_SHORT && (unsigned char)(*end - '0') < 10) end++;
    return end > at ? end : NULL;
}

/* Up to the text's value, if all before it is as it was but for the id; what such bytes mean was found out then. */
static bool take_known(struct reading *reading)
{
    const struct ndjson *reader = reading->reader;
    const size_t room = 3 * NDJSON_KNOWN_LARGEST + 2 * ID_SHORT;
    if (reader->before_id.length == 0 || (size_t)(reading->end - reading->at) < room) return false;
    if (!stands_at(&reader->before_id, reading->at)) return false;
    const char *id = reading->at + reader->before_id.length, *end = plain_id_end(id);
    if (end == NULL || !stands_at(&reader->before_text, end)) return false;
    if (end[reader->before_text.length] != '"') return false; /* a blank more, or no text */
    reading->id = (struct slice){id, (size_t)(end - id)};
    reading->id_seen = true;
    reading->at = end + reader->before_text.length;
    return true;
}

/* ---- a line --------------------------------------------------------------------------------------- */

/* Behind a member: whether another follows. */
static bool ends_member(struct reading *reading, bool *ret_more)
{
    skip_blanks(reading);
    *ret_more = take(reading, ',');
    if (!*ret_more && !take(reading, '}')) return stop(reading, NDJSON_COMMA);
    skip_blanks(reading);
    return true;
}

static bool take_members(struct reading *reading, bool more)
{
    while (more) {
        if (!take_member(reading) || !ends_member(reading, &more)) return false;
    }
    skip_blanks(reading);
    if (reading->at < reading->end) return stop(reading, NDJSON_BEHIND);
    if (!reading->text_seen) note(reading, reading->at, NDJSON_NO_TEXT);
    return true;
}

static bool take_object(struct reading *reading)
{
    bool more = true;
    if (take_known(reading)) {
        return take_text(reading, reading->at) && ends_member(reading, &more) &&
               take_members(reading, more);
    }
    skip_blanks(reading);
    if (reading->at == reading->end) {
        note(reading, reading->start, NDJSON_EMPTY);
        return false;
    }
    if (!take(reading, '{')) return stop(reading, NDJSON_NO_OBJECT);
    skip_blanks(reading);
    more = !take(reading, '}');
    if (!take_members(reading, more)) return false;
    if (reading->fault == NDJSON_SOUND) know_line(reading);
    return true;
}

enum ndjson_fault ndjson_read(struct ndjson *reader, struct slice line,
                              struct ndjson_line *ret_line)
{
    bool is_long = line.length > NDJSON_LINE_LARGEST;
    size_t length = is_long ? NDJSON_LINE_LARGEST : line.length;
    struct reading reading = {.reader = reader,
                              .start = line.at,
                              .at = line.at,
                              .end = line.at + length,
                              .fault_at = line.at,
                              .id = SLICE_EMPTY,
                              .text = SLICE_EMPTY,
                              .wide = reader->wide && length >= 32};
    (void)take_object(&reading);
    *ret_line =
        (struct ndjson_line){reading.id, reading.text, (size_t)(reading.fault_at - line.at)};
    if (!is_long) return reading.fault;
    ret_line->offset = NDJSON_LINE_LARGEST;
    return NDJSON_LONG;
}
