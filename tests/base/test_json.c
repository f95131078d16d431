/* JSON by hand: what is read, what is refused and where, the limits, and what is written.
 * test_json_oracle.c compares with another reader. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "testing.h"

static struct json *read_in(struct arena *arena, struct slice source)
{
    struct json *json = NULL;
    struct error error = {0};
    if (!json_read(source, arena, &json, &error))
        fail_msg("%.*s: %s", SLICE_PRINT(slice_part(source, 0, 80)), error.sentence);
    assert_int_equal(error.code, ERROR_NONE);
    return json;
}

static void assert_refused(struct slice source, enum error_code code, size_t line, size_t column)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct json *json = NULL;
    struct error error = {0};
    if (json_read(source, arena, &json, &error))
        fail_msg("read all the same: %.*s", SLICE_PRINT(slice_part(source, 0, 80)));
    if (error.code != code || error.line != line || error.column != column)
        fail_msg("%.*s: %s at %zu:%zu: %s", SLICE_PRINT(slice_part(source, 0, 80)),
                 error_name(error.code), error.line, error.column, error.sentence);
    assert_null(json);
    assert_int_not_equal(error.sentence[0], '\0');
}

static void reads_a_tree(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    const struct json *root = read_in(
        arena, SLICE(" {\"role\" : \"head\",\n\"facts\":[1,true,null,false,[],{}],\"\":\"\"}\t"));
    assert_int_equal(root->kind, JSON_OBJECT);
    assert_int_equal(root->count, 3);
    assert_int_equal(root->offset, 1);
    assert_slice(json_member(root, SLICE("role"))->string, "head");
    assert_int_equal(json_member(root, SLICE("facts"))->offset, 19);
    assert_slice(json_member(root, SLICE(""))->string, "");
    assert_null(json_member(root, SLICE("rol")));
    const struct json *facts = json_member(root, SLICE("facts"));
    assert_int_equal(facts->count, 6);
    assert_null(json_member(facts, SLICE("role")));
    static const enum json_kind kinds[] = {JSON_NUMBER, JSON_TRUE,  JSON_NULL,
                                           JSON_FALSE,  JSON_ARRAY, JSON_OBJECT};
    const struct json *fact = facts->first;
    for (size_t i = 0; i < 6; i++, fact = fact->next) assert_int_equal(fact->kind, kinds[i]);
    assert_null(fact);
}

static void borrows_plain_strings(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct slice source = SLICE("[\"plain caf\xC3\xA9\",\"with \\n one\"]");
    const struct json *root = read_in(arena, source);
    assert_ptr_equal(root->first->string.at, source.at + 2);
    assert_slice(root->first->string, "plain caf\xC3\xA9");
    assert_slice(root->first->next->string, "with \n one");
}

static void decodes_escapes(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    const struct json *json = read_in(
        arena, SLICE("\"\\\"\\\\\\/\\b\\f\\n\\r\\t \\u0041\\u00e9\\u20AC\\ud83d\\uDE00.\""));
    assert_slice(json->string, "\"\\/\b\f\n\r\t A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80.");
    json = read_in(arena, SLICE("{\"a\\u0000b\":1}"));
    assert_int_equal(json->first->key.length, 3);
    assert_memory_equal(json->first->key.at, "a\0b", 3);
}

static void assert_number(const char *source, bool whole, int64_t number, double real)
{
    AUTO(arena) struct arena *arena = arena_new();
    const struct json *json = read_in(arena, slice_of(source));
    assert_int_equal(json->kind, JSON_NUMBER);
    if (json->whole != whole || (whole && json->number != number) ||
        memcmp(&json->real, &real, sizeof real) != 0)
        fail_msg("%s was read as %d %lld %.17g", source, json->whole, (long long)json->number,
                 json->real);
}

static void reads_numbers(void **state)
{
    (void)state;
    assert_number("0", true, 0, 0.0);
    assert_number("-0", true, 0, -0.0);
    assert_number("13", true, 13, 13.0);
    assert_number("9223372036854775807", true, INT64_MAX, 9223372036854775807.0);
    assert_number("-9223372036854775808", true, INT64_MIN, -9223372036854775808.0);
    assert_number("9223372036854775808", false, 0, 9223372036854775808.0);
    assert_number("-9223372036854775809", false, 0, -9223372036854775809.0);
    assert_number("18446744073709551616", false, 0, 18446744073709551616.0);
    assert_number("1.0", false, 0, 1.0);
    assert_number("-2.5e3", false, 0, -2500.0);
    assert_number("1E+2", false, 0, 100.0);
    assert_number("0.1", false, 0, 0.1);
    assert_number("123456789012345678901234567890e-10", false, 0, 12345678901234567890.123456789);
    assert_number("9007199254740993.0", false, 0, 9007199254740993.0);
    assert_number("2.2250738585072011e-308", false, 0, 2.2250738585072011e-308);
    assert_number("1.7976931348623157e308", false, 0, 1.7976931348623157e308);
    assert_number("1e-999999999999", false, 0, 0.0);
    assert_number("0e99999999999999999999", false, 0, 0.0);
}

static void refuses_wrong_numbers(void **state)
{
    (void)state;
    assert_refused(SLICE("01"), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("-"), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("-a"), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("1."), ERROR_SYNTAX, 1, 3);
    assert_refused(SLICE(".5"), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("1e"), ERROR_SYNTAX, 1, 3);
    assert_refused(SLICE("1e+"), ERROR_SYNTAX, 1, 4);
    assert_refused(SLICE("+1"), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("0x1"), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("NaN"), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("Infinity"), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("[1e309]"), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("-1e999999999999"), ERROR_SYNTAX, 1, 1);
}

static void refuses_wrong_structure(void **state)
{
    (void)state;
    assert_refused(SLICE(""), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE(" \n "), ERROR_SYNTAX, 2, 2);
    assert_refused(SLICE("[1,]"), ERROR_SYNTAX, 1, 4);
    assert_refused(SLICE("[,1]"), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("[1 2]"), ERROR_SYNTAX, 1, 4);
    assert_refused(SLICE("[1}"), ERROR_SYNTAX, 1, 3);
    assert_refused(SLICE("["), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("{\"a\":1,}"), ERROR_SYNTAX, 1, 8);
    assert_refused(SLICE("{\"a\" 1}"), ERROR_SYNTAX, 1, 6);
    assert_refused(SLICE("{\"a\"}"), ERROR_SYNTAX, 1, 5);
    assert_refused(SLICE("{a:1}"), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("{1:1}"), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("{\"a\":1]"), ERROR_SYNTAX, 1, 7);
    assert_refused(SLICE("{\"a\":"), ERROR_SYNTAX, 1, 6);
    assert_refused(SLICE("1 2"), ERROR_SYNTAX, 1, 3);
    assert_refused(SLICE("{}{}"), ERROR_SYNTAX, 1, 3);
    assert_refused(SLICE("]"), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("tru"), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("True"), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("nulll"), ERROR_SYNTAX, 1, 5);
    assert_refused(SLICE("'a'"), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("/**/1"), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("1\0"), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\xEF\xBB\xBF[]"), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("[1,\v2]"), ERROR_SYNTAX, 1, 4);
    assert_refused(SLICE("[1,\xC2\xA0"
                         "2]"),
                   ERROR_SYNTAX, 1, 4);
}

static void refuses_wrong_strings(void **state)
{
    (void)state;
    assert_refused(SLICE("[\"abc"), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\"abc\\\""), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("\"abc\\"), ERROR_SYNTAX, 1, 1);
    assert_refused(SLICE("\"a\nb\""), ERROR_SYNTAX, 1, 3);
    assert_refused(SLICE("\"12345678901\x1f\""), ERROR_SYNTAX, 1, 13);
    assert_refused(SLICE("\"a\0b\""), ERROR_SYNTAX, 1, 3);
    assert_refused(SLICE("\"\\x41\""), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\"\\\xC3\xA9\""), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\"\\u12g4\""), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\"\\u12\""), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\"\\U0041\""), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\"\\ud83d\""), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\"x\\ud83dx\""), ERROR_SYNTAX, 1, 3);
    assert_refused(SLICE("\"\\ud83d\\n\""), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\"\\ud83d\\u0041\""), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\"\\ude00\\ud83d\""), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\"\\ud83d\\ud83d\""), ERROR_SYNTAX, 1, 2);
    assert_refused(SLICE("\"caf\xE9\""), ERROR_ENCODING, 1, 5);
    assert_refused(SLICE("\"12345678\xC0\xAF\""), ERROR_ENCODING, 1, 10);
    assert_refused(SLICE("\"\xED\xA0\x80\""), ERROR_ENCODING, 1, 2);
    assert_refused(SLICE("{\"\n\":1}"), ERROR_SYNTAX, 1, 3);
    assert_refused(SLICE("\"\xF0\x9F\x98\x80\xFF\""), ERROR_ENCODING, 1, 3);
    assert_refused(SLICE("\"\xE2\x82\""), ERROR_ENCODING, 1, 2);
}

/* A special byte at every place of the eight that are looked at together. */
static void stops_wherever_the_byte_stands(void **state)
{
    (void)state;
    for (size_t before = 0; before < 20; before++) {
        for (int byte = 0; byte < 256; byte++) {
            AUTO(arena) struct arena *arena = arena_new();
            char source[40];
            memset(source, 'a', sizeof source);
            source[0] = '"';
            source[1 + before] = (char)byte;
            source[sizeof source - 1] = '"';
            struct json *json;
            bool good = json_read((struct slice){source, sizeof source}, arena, &json, NULL);
            bool expected = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
            if (good != expected) fail_msg("byte %d after %zu", byte, before);
        }
    }
}

static void refuses_keys_that_stand_twice(void **state)
{
    (void)state;
    assert_refused(SLICE("{\"a\":1,\"b\":2,\"a\":3}"), ERROR_SYNTAX, 1, 14);
    assert_refused(SLICE("{\"a\":1,\n \"\\u0061\":2}"), ERROR_SYNTAX, 2, 2);
    assert_refused(SLICE("[{\"x\":{\"\":1,\"\":1}}]"), ERROR_SYNTAX, 1, 13);
    for (size_t members = 2; members < 40; members++) {
        AUTO(arena) struct arena *arena = arena_new();
        AUTO_TEXT struct text text;
        text_init(&text, 10000);
        for (size_t i = 0; i < members; i++)
            text_format(&text, "%c\"k%zu\":0", i == 0 ? '{' : ',', i);
        size_t column = text.length + 2;
        size_t good = text.length;
        text_add(&text, SLICE("}"));
        assert_int_equal(read_in(arena, text_slice(&text))->count, members);
        text_cut(&text, good);
        text_format(&text, ",\"k%zu\":0}", members / 2);
        assert_refused(text_slice(&text), ERROR_SYNTAX, 1, column);
    }
    AUTO(arena) struct arena *arena = arena_new();
    (void)read_in(arena, SLICE("[{\"a\":{\"a\":1}},{\"a\":1,\"A\":1,\"a \":1}]"));
}

static void counts_depth(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    char deep[2 * JSON_DEPTH_LARGEST + 2];
    memset(deep, '[', JSON_DEPTH_LARGEST);
    memset(deep + JSON_DEPTH_LARGEST, ']', JSON_DEPTH_LARGEST);
    (void)read_in(arena, (struct slice){deep, 2 * JSON_DEPTH_LARGEST});
    memset(deep, '[', JSON_DEPTH_LARGEST + 1);
    memset(deep + JSON_DEPTH_LARGEST + 1, ']', JSON_DEPTH_LARGEST + 1);
    assert_refused((struct slice){deep, sizeof deep}, ERROR_LIMIT, 1, JSON_DEPTH_LARGEST + 1);
    AUTO_TEXT struct text text;
    text_init(&text, 100000);
    for (int i = 0; i < 10000; i++) text_add(&text, SLICE("{\"a\":"));
    assert_refused(text_slice(&text), ERROR_LIMIT, 1, 5 * JSON_DEPTH_LARGEST + 1);
}

static void counts_size(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    size_t size = JSON_SIZE_LARGEST;
    char *large = malloc(size + 1);
    memset(large, 'x', size + 1);
    large[0] = large[size - 1] = '"';
    assert_int_equal(read_in(arena, (struct slice){large, size})->string.length, size - 2);
    large[size - 1] = 'x';
    large[size] = '"';
    assert_refused((struct slice){large, size + 1}, ERROR_LIMIT, 0, 0);
    memset(large, '7', size);
    assert_refused((struct slice){large, size}, ERROR_SYNTAX, 1, 1);
    free(large);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Quadratic work on one object of 4 MiB would take minutes; the limit leaves room for sanitizers.
 * */
static void many_keys_take_no_time(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text text;
    text_init(&text, JSON_SIZE_LARGEST);
    text_add_char(&text, '{');
    for (int i = 0; i < 300000; i++) text_format(&text, "%s\"%x\":1", i == 0 ? "" : ",", i);
    text_add_char(&text, '}');
    assert_false(text.overflowed);
    double before = seconds();
    assert_int_equal(read_in(arena, text_slice(&text))->count, 300000);
    assert_true(seconds() - before < 5.0);
}

static void write_sample(struct json_writer *writer)
{
    json_open_object(writer);
    json_key(writer, SLICE("verdict"));
    json_string(writer, SLICE("not-allowed"));
    json_key(writer, SLICE("clauses"));
    json_open_array(writer);
    json_number(writer, -12);
    json_bool(writer, true);
    json_bool(writer, false);
    json_null(writer);
    json_open_object(writer);
    json_close_object(writer);
    json_open_array(writer);
    json_close_array(writer);
    json_close_array(writer);
    json_key(writer, SLICE("k\"ey"));
    json_number(writer, INT64_MIN);
    json_close_object(writer);
}

static void writes_commas_and_lines(void **state)
{
    (void)state;
    AUTO_TEXT struct text text;
    text_init(&text, 1000);
    struct json_writer writer;
    json_writer_init(&writer, &text, false);
    write_sample(&writer);
    assert_slice(text_slice(&text), "{\"verdict\":\"not-allowed\",\"clauses\":[-12,true,false,"
                                    "null,{},[]],\"k\\\"ey\":-9223372036854775808}");
    text_cut(&text, 0);
    json_writer_init(&writer, &text, true);
    write_sample(&writer);
    assert_slice(text_slice(&text),
                 "{\n  \"verdict\": \"not-allowed\",\n  \"clauses\": [\n    -12,\n    true,\n"
                 "    false,\n    null,\n    {},\n    []\n  ],\n"
                 "  \"k\\\"ey\": -9223372036854775808\n}");
}

static void assert_written(struct slice value, const char *expected)
{
    AUTO_TEXT struct text text;
    text_init(&text, 1000);
    struct json_writer writer;
    json_writer_init(&writer, &text, false);
    json_string(&writer, value);
    assert_slice(text_slice(&text), expected);
}

static void escapes_by_construction(void **state)
{
    (void)state;
    assert_written(SLICE(""), "\"\"");
    assert_written(SLICE("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    assert_written(SLICE("\b\t\n\f\r"), "\"\\b\\t\\n\\f\\r\"");
    assert_written(SLICE("\0\x01\x1f\x7f"), "\"\\u0000\\u0001\\u001f\x7f\"");
    assert_written(SLICE("caf\xC3\xA9 \xF0\x9F\x98\x80\"x"),
                   "\"caf\xC3\xA9 \xF0\x9F\x98\x80\\\"x\"");
    assert_written(SLICE("a\xFF\xC3z\xE2\x82"),
                   "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_written(SLICE("12345678901234567\n8"), "\"12345678901234567\\n8\"");
}

static void writes_to_the_deepest_level(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text text;
    text_init(&text, 100000);
    struct json_writer writer;
    json_writer_init(&writer, &text, true);
    for (int i = 0; i < JSON_DEPTH_LARGEST; i++) json_open_array(&writer);
    json_number(&writer, 1);
    json_number(&writer, 2);
    for (int i = 0; i < JSON_DEPTH_LARGEST; i++) json_close_array(&writer);
    const struct json *json = read_in(arena, text_slice(&text));
    for (int i = 1; i < JSON_DEPTH_LARGEST; i++) {
        assert_int_equal(json->count, 1);
        json = json->first;
    }
    assert_int_equal(json->count, 2);
    assert_int_equal(json->first->next->number, 2);
}

static void a_full_text_is_remembered(void **state)
{
    (void)state;
    AUTO_TEXT struct text text;
    text_init(&text, 30);
    struct json_writer writer;
    json_writer_init(&writer, &text, true);
    write_sample(&writer);
    assert_true(text.overflowed);
    assert_in_range(text.length, 1, 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_tree),
        cmocka_unit_test(borrows_plain_strings),
        cmocka_unit_test(decodes_escapes),
        cmocka_unit_test(reads_numbers),
        cmocka_unit_test(refuses_wrong_numbers),
        cmocka_unit_test(refuses_wrong_structure),
        cmocka_unit_test(refuses_wrong_strings),
        cmocka_unit_test(stops_wherever_the_byte_stands),
        cmocka_unit_test(refuses_keys_that_stand_twice),
        cmocka_unit_test(counts_depth),
        cmocka_unit_test(counts_size),
        cmocka_unit_test(many_keys_take_no_time),
        cmocka_unit_test(writes_commas_and_lines),
        cmocka_unit_test(escapes_by_construction),
        cmocka_unit_test(writes_to_the_deepest_level),
        cmocka_unit_test(a_full_text_is_remembered),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
