/* Lines of NDJSON: what is taken, what is wrong with the others, and that the id is kept wherever it can be read. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "format/ndjson.h"
#include "testing.h"

#define NAUGHT ""

struct example {
    struct slice line;
    enum ndjson_fault fault;
    const char *id, *text; /* the text of a sound line */
};

#define ROW(line, fault, id, text)                                                                 \
    {                                                                                              \
        {line, sizeof(line) - 1}, fault, id, text                                                  \
    }

static const struct example examples[] = {
    ROW("{\"id\":\"7\",\"text\":\"a b\"}", NDJSON_SOUND, "\"7\"", "a b"),
    ROW("{\"text\":\"a\",\"id\":7}", NDJSON_SOUND, "7", "a"),
    ROW(" {\t\"text\" : \"a\" , \"id\" : -1.50e+3 } \r", NDJSON_SOUND, "-1.50e+3", "a"),
    ROW("{\"text\":\"a\"}", NDJSON_SOUND, NAUGHT, "a"),
    ROW("{\"id\":null,\"text\":\"\"}", NDJSON_SOUND, NAUGHT, ""),
    ROW("{\"id\":\"a\\\"b\\u0041\",\"text\":\"a\"}", NDJSON_SOUND, "\"a\\\"b\\u0041\"", "a"),
    ROW("{\"id\":1,\"text\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", NDJSON_SOUND, "1", "\"\\/\b\f\n\r\t"),
    ROW("{\"id\":1,\"text\":\"caf\\u00E9 \\ud83d\\uDE00.\"}", NDJSON_SOUND, "1",
        "caf\xC3\xA9 \xF0\x9F\x98\x80."),
    ROW("{\"id\":1,\"text\":\"caf\xC3\xA9 \xE2\x80\x99s\"}", NDJSON_SOUND, "1",
        "caf\xC3\xA9 \xE2\x80\x99s"),
    ROW("{\"id\":1,\"text\":\"a text that is longer than thirty-two bytes, with no escape\"}",
        NDJSON_SOUND, "1", "a text that is longer than thirty-two bytes, with no escape"),
    ROW("{\"id\":1,\"text\":\"thirty-one bytes and an escape: \\n and so on to the end of it\"}",
        NDJSON_SOUND, "1", "thirty-one bytes and an escape: \n and so on to the end of it"),
    ROW("{\"i\\u0064\":1,\"te\\u0078\\u0074\":\"a\"}", NDJSON_SOUND, "1", "a"),
    ROW("{\"x\":[1,[],{},[{\"id\":2,\"text\":3}],true,false,null,0.5,-0,1E9],\"text\":\"a\"}",
        NDJSON_SOUND, NAUGHT, "a"),
    ROW("{\"id\":1,\"texts\":\"b\",\"tex\":\"c\",\"text\":\"a\",\"Text\":\"d\"}", NDJSON_SOUND, "1",
        "a"),
    ROW("{\"x\":1,\"x\":2,\"text\":\"a\"}", NDJSON_SOUND, NAUGHT, "a"),
    ROW("{\"id\":1e999,\"text\":\"a\"}", NDJSON_SOUND, "1e999", "a"),

    ROW("", NDJSON_EMPTY, NAUGHT, NULL),
    ROW(" \t\r", NDJSON_EMPTY, NAUGHT, NULL),
    ROW("[1]", NDJSON_NO_OBJECT, NAUGHT, NULL),
    ROW("\"text\"", NDJSON_NO_OBJECT, NAUGHT, NULL),
    ROW("plain words", NDJSON_NO_OBJECT, NAUGHT, NULL),
    ROW("{", NDJSON_ENDS, NAUGHT, NULL),
    ROW("{\"id\":3,\"text\":\"a", NDJSON_ENDS, "3", NULL),
    ROW("{\"id\":3,\"text\":\"a\\", NDJSON_ENDS, "3", NULL),
    ROW("{\"id\":3,\"text\":\"a\\\"", NDJSON_ENDS, "3", NULL),
    ROW("{\"id\":3,\"text\":\"a\"", NDJSON_ENDS, "3", NULL),
    ROW("{\"id\":3,\"text\"", NDJSON_ENDS, "3", NULL),
    ROW("{\"id\":3,text:\"a\"}", NDJSON_KEY, "3", NULL),
    ROW("{\"id\":3,}", NDJSON_KEY, "3", NULL),
    ROW("{,\"text\":\"a\"}", NDJSON_KEY, NAUGHT, NULL),
    ROW("{\"id\":3,\"text\" \"a\"}", NDJSON_COLON, "3", NULL),
    ROW("{\"id\":3 \"text\":\"a\"}", NDJSON_COMMA, "3", NULL),
    ROW("{\"id\":3,\"x\":[1 2],\"text\":\"a\"}", NDJSON_COMMA, "3", NULL),
    ROW("{\"id\":3,\"x\":[1},\"text\":\"a\"}", NDJSON_COMMA, "3", NULL),
    ROW("{\"id\":3,\"x\":[1,],\"text\":\"a\"}", NDJSON_VALUE, "3", NULL),
    ROW("{\"id\":3,\"x\":True,\"text\":\"a\"}", NDJSON_VALUE, "3", NULL),
    ROW("{\"id\":3,\"x\":nul,\"text\":\"a\"}", NDJSON_VALUE, "3", NULL),
    ROW("{\"id\":3,\"x\":'a',\"text\":\"a\"}", NDJSON_VALUE, "3", NULL),
    ROW("{\"id\":3,\"x\":-,\"text\":\"a\"}", NDJSON_NUMBER, "3", NULL),
    ROW("{\"id\":3,\"x\":1.,\"text\":\"a\"}", NDJSON_NUMBER, "3", NULL),
    ROW("{\"id\":3,\"x\":1e,\"text\":\"a\"}", NDJSON_NUMBER, "3", NULL),
    ROW("{\"id\":01,\"text\":\"a\"}", NDJSON_COMMA, NAUGHT, NULL),
    ROW("{\"id\":12x,\"text\":\"a\"}", NDJSON_COMMA, NAUGHT, NULL),
    ROW("{\"text\":\"a\",\"id\":12", NDJSON_ENDS, NAUGHT, NULL),
    ROW("{\"text\":\"a\",\"id\":\"12\"", NDJSON_ENDS, "\"12\"", NULL),
    ROW("{\"id\":3,\"text\":\"a\"}}", NDJSON_BEHIND, "3", NULL),
    ROW("{\"id\":3,\"text\":\"a\"} {}", NDJSON_BEHIND, "3", NULL),
    ROW("{\"text\":\"a\xFF\",\"id\":3}", NDJSON_ENCODING, "3", NULL),
    ROW("{\"text\":\"a\xC3\",\"id\":3}", NDJSON_ENCODING, "3", NULL),
    ROW("{\"text\":\"a\xED\xA0\x80\",\"id\":\"b\"}", NDJSON_ENCODING, "\"b\"", NULL),
    ROW("{\"id\":\"\xFF\",\"text\":\"a\"}", NDJSON_ENCODING, NAUGHT, NULL),
    ROW("{\"text\":\"a\xFF\",\"id\":\"\xFF\"}", NDJSON_ENCODING, NAUGHT, NULL),
    ROW("{\"text\":\"a\tb\",\"id\":3}", NDJSON_CONTROL, "3", NULL),
    ROW("{\"text\":\"a\0b\",\"id\":3}", NDJSON_CONTROL, "3", NULL),
    ROW("\0{\"text\":\"a\",\"id\":3}", NDJSON_NO_OBJECT, NAUGHT, NULL),
    ROW("{\"text\":\"\\x\",\"id\":3}", NDJSON_ESCAPE, "3", NULL),
    ROW("{\"text\":\"\\u12\",\"id\":3}", NDJSON_ESCAPE, "3", NULL),
    ROW("{\"text\":\"\\u12g4\",\"id\":3}", NDJSON_ESCAPE, "3", NULL),
    ROW("{\"text\":\"\\ud83d\",\"id\":3}", NDJSON_SURROGATE, "3", NULL),
    ROW("{\"text\":\"\\ud83d\\u0041\",\"id\":3}", NDJSON_SURROGATE, "3", NULL),
    ROW("{\"text\":\"\\ude00\\ud83d\",\"id\":3}", NDJSON_SURROGATE, "3", NULL),
    ROW("{\"x\":\"\\ud83d\",\"id\":3,\"text\":\"a\"}", NDJSON_SURROGATE, "3", NULL),
    ROW("{\"id\":1,\"text\":\"a\",\"id\":2}", NDJSON_ID_TWICE, NAUGHT, NULL),
    ROW("{\"id\":1,\"text\":\"a\",\"text\":\"a\"}", NDJSON_TEXT_TWICE, "1", NULL),
    ROW("{\"id\":1,\"text\":\"a\",\"\\u0074ext\":\"b\"}", NDJSON_TEXT_TWICE, "1", NULL),
    ROW("{\"id\":[7],\"text\":\"a\"}", NDJSON_ID_KIND, NAUGHT, NULL),
    ROW("{\"id\":true,\"text\":\"a\"}", NDJSON_ID_KIND, NAUGHT, NULL),
    ROW("{\"text\":7,\"id\":1}", NDJSON_TEXT_KIND, "1", NULL),
    ROW("{\"text\":null,\"id\":1}", NDJSON_TEXT_KIND, "1", NULL),
    ROW("{\"text\":{\"text\":\"a\"},\"id\":1}", NDJSON_TEXT_KIND, "1", NULL),
    ROW("{\"id\":1}", NDJSON_NO_TEXT, "1", NULL),
    ROW("{}", NDJSON_NO_TEXT, NAUGHT, NULL),
};

static bool same(struct slice given, const char *wanted)
{
    return slice_equal(given, slice_of(wanted));
}

static void require(const struct example *example, bool kept, const char *what)
{
    if (!kept) fail_msg("%s of: %.*s", what, SLICE_PRINT(example->line));
}

static void check(struct ndjson *reader, const struct example *example)
{
    struct ndjson_line line;
    enum ndjson_fault fault = ndjson_read(reader, example->line, &line);
    require(example, fault == example->fault, ndjson_fault_says(fault));
    require(example, same(line.id, example->id), "the id");
    if (fault == NDJSON_SOUND) require(example, same(line.text, example->text), "the text");
}

static void lines(void **state)
{
    (void)state;
    struct ndjson reader;
    ndjson_init(&reader, SLICE("id"), SLICE("text"));
    for (int wide = 0; wide < 2; wide++) {
        for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
            check(&reader, &examples[i]);
        reader.wide = false;
    }
    ndjson_clear(&reader);
}

/* A line copied to the end of its memory, so that a sanitizer sees a byte read behind it. */
static void nothing_behind_is_read(void **state)
{
    (void)state;
    struct ndjson reader;
    ndjson_init(&reader, SLICE("id"), SLICE("text"));
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct slice whole = examples[i].line;
        for (size_t length = 0; length <= whole.length; length++) {
            char *end = memory_grow(NULL, length == 0 ? 1 : length);
            memcpy(end, whole.at, length);
            struct ndjson_line line;
            enum ndjson_fault fault = ndjson_read(&reader, (struct slice){end, length}, &line);
            assert_true(fault < NDJSON_FAULTS && line.offset <= length);
            free(end);
        }
    }
    ndjson_clear(&reader);
}

static void other_fields(void **state)
{
    (void)state;
    struct ndjson reader;
    struct ndjson_line line;
    ndjson_init(&reader, SLICE("uri"), SLICE("caf\xC3\xA9"));
    assert_int_equal(
        ndjson_read(&reader, SLICE("{\"uri\":\"at://x\",\"id\":1,\"text\":2,\"caf\\u00e9\":\"a\"}"),
                    &line),
        NDJSON_SOUND);
    assert_true(slice_is(line.id, "\"at://x\"") && slice_is(line.text, "a"));
    ndjson_clear(&reader);
}

static void add_nested(struct text *out, size_t depth)
{
    text_cut(out, 0);
    text_add_string(out, "{\"id\":1,\"x\":");
    for (size_t i = 0; i < depth; i++) text_add_string(out, i % 2 == 0 ? "[" : "{\"a\":");
    text_add_char(out, '0');
    for (size_t i = depth; i > 0; i--) text_add_char(out, i % 2 == 1 ? ']' : '}');
    text_add_string(out, ",\"text\":\"a\"}");
}

static void depth(void **state)
{
    (void)state;
    AUTO_TEXT struct text line;
    struct ndjson reader;
    struct ndjson_line read;
    text_init(&line, (size_t)1 << 20);
    ndjson_init(&reader, SLICE("id"), SLICE("text"));
    add_nested(&line, NDJSON_DEPTH_LARGEST - 1);
    assert_int_equal(ndjson_read(&reader, text_slice(&line), &read), NDJSON_SOUND);
    add_nested(&line, NDJSON_DEPTH_LARGEST);
    assert_int_equal(ndjson_read(&reader, text_slice(&line), &read), NDJSON_DEPTH);
    assert_true(slice_is(read.id, "1"));
    add_nested(&line, 100000);
    assert_int_equal(ndjson_read(&reader, text_slice(&line), &read), NDJSON_DEPTH);
    ndjson_clear(&reader);
}

static void length(void **state)
{
    (void)state;
    AUTO_TEXT struct text line;
    struct ndjson reader;
    struct ndjson_line read;
    text_init(&line, NDJSON_LINE_LARGEST + 2);
    ndjson_init(&reader, SLICE("id"), SLICE("text"));
    text_add_string(&line, "{\"id\":\"a\",\"text\":\"");
    while (line.length < NDJSON_LINE_LARGEST - 2) text_add_char(&line, 'x');
    text_add_string(&line, "\"}");
    assert_int_equal(line.length, NDJSON_LINE_LARGEST);
    assert_int_equal(ndjson_read(&reader, text_slice(&line), &read), NDJSON_SOUND);
    assert_int_equal(read.text.length, NDJSON_LINE_LARGEST - 20);
    text_add_char(&line, ' ');
    assert_int_equal(ndjson_read(&reader, text_slice(&line), &read), NDJSON_LONG);
    assert_true(slice_is(read.id, "\"a\""));
    ndjson_clear(&reader);
}

static void offsets(void **state)
{
    (void)state;
    struct ndjson reader;
    struct ndjson_line read;
    ndjson_init(&reader, SLICE("id"), SLICE("text"));
    (void)ndjson_read(&reader, SLICE("{\"text\":\"ab\\qc\"}"), &read);
    assert_int_equal(read.offset, 11);
    (void)ndjson_read(&reader, SLICE("{\"text\":\"ab\" 7}"), &read);
    assert_int_equal(read.offset, 13);
    ndjson_clear(&reader);
}

/* Whatever line was read before, a line is read as by a reader that has seen none. */
static void assert_read_afresh(struct ndjson *reader, struct slice before, struct slice line)
{
    struct ndjson fresh;
    struct ndjson_line one, other;
    ndjson_init(&fresh, SLICE("id"), SLICE("text"));
    assert_int_equal(ndjson_read(reader, before, &one), NDJSON_SOUND);
    enum ndjson_fault fault = ndjson_read(reader, line, &one);
    assert_int_equal(fault, ndjson_read(&fresh, line, &other));
    assert_int_equal(one.offset, other.offset);
    assert_true(slice_equal(one.id, other.id));
    if (fault == NDJSON_SOUND) assert_true(slice_equal(one.text, other.text));
    ndjson_clear(&fresh);
}

static void behind_a_line_like_it(void **state)
{
    (void)state;
#define LONG                                                                                       \
    "so many words that the line has bytes enough to be read as the line before it was read "
    static const char *const befores[] = {
        "{\"id\":1,\"text\":\"a\"}", "{\"id\":\"a\",\"text\":\"a\",\"x\":1}",
        "{\"id\": \"a\", \"text\": \"a\"}", "{\"text\":\"a\",\"id\":1}",
        "{ \"\\u0069d\" : 1 , \"text\":\"a\"}"};
    static const char *const starts[] = {"{\"id\":", "{\"id\": ", "{\"di\":", "{ \"\\u0069d\" : "};
    static const char *const ids[] = {"1",
                                      "0",
                                      "01",
                                      "-5",
                                      "1.5",
                                      "1e3",
                                      "12345678901234567890",
                                      "123456789012345678901",
                                      "1x",
                                      "\"7\"",
                                      "\"\"",
                                      "\"a\\n\"",
                                      "\"a\\q\"",
                                      "\"caf\xC3\xA9\"",
                                      "\"\xC3\"",
                                      "\"\x01\"",
                                      "\"thirty-nine letters in all are a string.\"",
                                      "\"and forty of them are one letter too long\"",
                                      "null",
                                      "true",
                                      "[1]",
                                      "\"x",
                                      ""};
    static const char *const betweens[] = {
        ",\"text\":", ", \"text\": ", ",\"text\": ", " , \"text\":", ",\"txet\":"};
    static const char *const texts[] = {"\"" LONG "\"",    "\"" LONG "\\u00e9\"",
                                        "\"" LONG "\\q\"", "\"" LONG "caf\xC3\xA9\"",
                                        "\"" LONG,         "[\"" LONG "\"]"};
    static const char *const ends[] = {"}",   "",   ",\"id\":2}",          ",\"text\":\"b\"}",
                                       "} x", ",}", " , \"x\" : [1,{}]}\r"};
    struct ndjson reader;
    ndjson_init(&reader, SLICE("id"), SLICE("text"));
    size_t of[] = {sizeof befores / sizeof *befores, sizeof starts / sizeof *starts,
                   sizeof ids / sizeof *ids,         sizeof betweens / sizeof *betweens,
                   sizeof texts / sizeof *texts,     sizeof ends / sizeof *ends};
    for (size_t i = 0; i < of[0] * of[1] * of[2] * of[3] * of[4] * of[5]; i++) {
        size_t at = i, k[6];
        for (size_t part = 0; part < 6; part++, at /= of[part - 1]) k[part] = at % of[part];
        AUTO_TEXT struct text line;
        text_init(&line, 4096);
        text_add_string(&line, starts[k[1]]);
        text_add_string(&line, ids[k[2]]);
        text_add_string(&line, betweens[k[3]]);
        text_add_string(&line, texts[k[4]]);
        text_add_string(&line, ends[k[5]]);
        assert_read_afresh(&reader, slice_of(befores[k[0]]), text_slice(&line));
    }
    ndjson_clear(&reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),
        cmocka_unit_test(nothing_behind_is_read),
        cmocka_unit_test(other_fields),
        cmocka_unit_test(depth),
        cmocka_unit_test(length),
        cmocka_unit_test(offsets),
        cmocka_unit_test(behind_a_line_like_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
