/* The JSON writer: puts the commas, the lines and the escapes. That keys and values alternate as
 * they should is asserted; that what is written stays within its largest size is the text's
 * business. */
#include <assert.h>

#include "base/json.h"
#include "base/json_scan.h"
#include "base/utf8.h"

void json_writer_init(struct json_writer *writer, struct text *out, bool indent)
{
    *writer = (struct json_writer){.out = out, .indent = indent};
}

static void new_line(struct json_writer *writer)
{
    char *at = text_extend(writer->out, 1 + 2 * (size_t)writer->depth);
    if (at == NULL) return;
    *at = '\n';
    memset(at + 1, ' ', 2 * (size_t)writer->depth);
}

/* Whether a comma stands before a value or a key: not at the top nor behind a key, else from the
 * second on. */
static inline bool wants_comma(struct json_writer *writer)
{
    if (writer->after_key || writer->depth == 0) {
        writer->after_key = false;
        return false;
    }
    uint64_t level = (uint64_t)1 << (writer->depth - 1);
    bool comma = (writer->started & level) != 0;
    writer->started |= level;
    return comma;
}

static void separate(struct json_writer *writer)
{
    bool member = !writer->after_key && writer->depth > 0;
    if (wants_comma(writer)) text_add_char(writer->out, ',');
    if (member && writer->indent) new_line(writer);
}

static void open_level(struct json_writer *writer, char bracket)
{
    separate(writer);
    assert(writer->depth < JSON_DEPTH_LARGEST);
    text_add_char(writer->out, bracket);
    writer->started &= ~((uint64_t)1 << writer->depth);
    writer->depth++;
}

static void close_level(struct json_writer *writer, char bracket)
{
    assert(writer->depth > 0 && !writer->after_key);
    writer->depth--;
    if (writer->indent && (writer->started >> writer->depth & 1) != 0) new_line(writer);
    text_add_char(writer->out, bracket);
}

void json_open_object(struct json_writer *writer)
{
    open_level(writer, '{');
}

void json_close_object(struct json_writer *writer)
{
    close_level(writer, '}');
}

void json_open_array(struct json_writer *writer)
{
    open_level(writer, '[');
}

void json_close_array(struct json_writer *writer)
{
    close_level(writer, ']');
}

static void add_control(struct text *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char short_forms[0x20] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r',
    };
    if (short_forms[c] != 0) {
        const char form[2] = {'\\', short_forms[c]};
        text_add(out, (struct slice){form, sizeof form});
        return;
    }
    const char form[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    text_add(out, (struct slice){form, sizeof form});
}

/* Adds the one character that does not simply mean itself; gives the bytes of the value that it
 * took. */
static size_t add_special(struct text *out, struct slice rest)
{
    unsigned char c = (unsigned char)rest.at[0];
    if (c < 0x20) {
        add_control(out, c);
        return 1;
    }
    if (c < 0x80) {
        const char form[2] = {'\\', rest.at[0]};
        text_add(out, (struct slice){form, sizeof form});
        return 1;
    }
    size_t length = utf8_first(rest);
    text_add(out, length == 0 ? SLICE("\xEF\xBF\xBD") : slice_part(rest, 0, length));
    return length == 0 ? 1 : length;
}

/* The length of a run that means itself: plain ASCII and well-formed characters. */
static size_t run_length(struct slice rest)
{
    const char *end = rest.at + rest.length;
    const char *at = rest.at;
    for (;;) {
        at = json_plain_end(at, end);
        if (at == end || (unsigned char)*at < 0x80) break;
        size_t length = utf8_first((struct slice){at, (size_t)(end - at)});
        if (length == 0) break;
        at += length;
    }
    return (size_t)(at - rest.at);
}

/* A string in quotes that is not one plain run. */
static void add_string_in_runs(struct text *out, struct slice value, size_t run)
{
    text_add_char(out, '"');
    for (;;) {
        text_add(out, slice_part(value, 0, run));
        value = slice_part(value, run, value.length);
        if (value.length == 0) break;
        value = slice_part(value, add_special(out, value), value.length);
        run = run_length(value);
    }
    text_add_char(out, '"');
}

/* A string in quotes with the comma before it and, behind a key, the colon: nearly every one needs
 * no escape and is one append. */
static inline void add_string(struct json_writer *writer, struct slice value, bool key)
{
    struct text *out = writer->out;
    if (writer->indent) separate(writer);
    size_t comma = !writer->indent && wants_comma(writer);
    size_t run = run_length(value);
    if (run == value.length) {
        char *at = text_extend(out, comma + run + 2 + key);
        if (at == NULL) return;
        at[0] = ',';
        at += comma;
        at[0] = '"';
        memcpy(at + 1, value.at, run);
        at[1 + run] = '"';
        if (key) at[2 + run] = ':';
    } else {
        if (comma != 0) text_add_char(out, ',');
        add_string_in_runs(out, value, run);
        if (key) text_add_char(out, ':');
    }
    if (key && writer->indent) text_add_char(out, ' ');
}

void json_key(struct json_writer *writer, struct slice name)
{
    assert(writer->depth > 0 && !writer->after_key);
    add_string(writer, name, true);
    writer->after_key = true;
}

void json_string(struct json_writer *writer, struct slice value)
{
    add_string(writer, value, false);
}

void json_number(struct json_writer *writer, int64_t value)
{
    separate(writer);
    text_add_number(writer->out, value);
}

void json_bool(struct json_writer *writer, bool value)
{
    separate(writer);
    text_add(writer->out, value ? SLICE("true") : SLICE("false"));
}

void json_null(struct json_writer *writer)
{
    separate(writer);
    text_add(writer->out, SLICE("null"));
}
