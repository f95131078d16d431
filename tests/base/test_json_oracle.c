/* Our JSON reader against jansson: both must take or refuse each text and see the same values in
 * it, over texts by hand and some thousands of mutations of them. What they may differ in is listed
 * in `justified`. */
#include <string.h>

#include "base/json.h"
#include "base/random.h"
#include "jansson_side.h"
#include "testing.h"

#define MUTATIONS 6000
#define TEXT_LARGEST 4096

static const char *const seeds[] = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "[-1, 0.5, 1e3, 1E-3, -2.25e+2, 0.1, 123456789.123456789]",
    "[9223372036854775807, -9223372036854775808]",
    "[1e308, 4.9e-324, 1e-400, 0.000000000000000000000000000001]",
    "\"\"",
    "\"plain text that is longer than eight bytes\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20ac\\ud83d\\ude00\"",
    "\"caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80 \x7f\"",
    "[]",
    "{}",
    "[[[[[[[[]]]]]]]]",
    " [ 1 , [ 2 , [ 3 ] ] , { } ] ",
    "{\"a\":1,\"b\":[true,false,null],\"c\":{\"d\":\"e\"}}",
    "{\"act\":\"post\",\"facts\":{\"pupil shown\":true,\"age\":12},\"who\":[\"head\"],\"at\":null}",
    "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":10,\"k\":11}",
    "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":10,\"a\":11}",
    "{\"a\":1,\"a\":2}",
    "\r\n\t {\"x\" :\n[1,\n2]}\r\n",
    "[1,]",
    "[,]",
    "{\"a\":1,}",
    "{,}",
    "{\"a\"}",
    "{a:1}",
    "[1 2]",
    "[01]",
    "[1.]",
    "[.1]",
    "[-]",
    "[+1]",
    "[1e]",
    "[1e400]",
    "[-1e400]",
    "nul",
    "nullx",
    "[1] x",
    "'a'",
    "// no\n1",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\ud800\"",
    "\"\\udc00\"",
    "\"\\ud800\\u0041\"",
    "\"\\ud83d\\ud83d\"",
    "\"\xC0\x80\"",
    "\"\xED\xA0\x80\"",
    "\"\xF4\x90\x80\x80\"",
    "\"\xFF\"",
    "\"a\nb\"",
    "\"open",
    "[\"open]",
    "\xEF\xBB\xBF{}",
    "",
    " ",
};

/* Our tree in the words of jansson_side.h. */
static void print(const struct json *json, struct text *out, size_t depth)
{
    assert_true(depth < JSON_DEPTH_LARGEST + 1);
    uint64_t bits;
    memcpy(&bits, &json->real, sizeof bits);
    switch (json->kind) {
    case JSON_NULL: text_add_char(out, 'n'); return;
    case JSON_FALSE: text_add_char(out, 'f'); return;
    case JSON_TRUE: text_add_char(out, 't'); return;
    case JSON_NUMBER:
        if (json->whole)
            text_format(out, "i%lld ", (long long)json->number);
        else
            text_format(out, "r%016llx ", (unsigned long long)bits);
        return;
    case JSON_STRING:
        text_format(out, "s%zu:", json->string.length);
        text_add(out, json->string);
        return;
    case JSON_ARRAY:
    case JSON_OBJECT: break;
    }
    text_format(out, "%c%zu:", json->kind == JSON_ARRAY ? 'a' : 'o', json->count);
    for (const struct json *member = json->first; member != NULL; member = member->next) {
        if (json->kind == JSON_OBJECT) {
            text_format(out, "k%zu:", member->key.length);
            text_add(out, member->key);
        }
        print(member, out, depth + 1);
    }
}

enum outcome { BOTH_TOOK, BOTH_REFUSED, DIFFERED };

/* The differences that are meant: what jansson cannot hold (a whole number past int64, of which we
 * keep the double, and a NUL inside a key), and nesting past our own limit. */
static enum outcome compare(struct slice source)
{
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text our_print;
    AUTO_TEXT struct text their_print;
    text_init(&our_print, 1 << 20);
    text_init(&their_print, 1 << 20);
    struct json *ours = NULL;
    struct error error = {0};
    bool good = json_read(source, arena, &ours, &error);
    enum jansson_answer theirs = jansson_read(source, &their_print);
    if (good && theirs == JANSSON_CANNOT) return DIFFERED;
    if (!good && error.code == ERROR_LIMIT) return theirs == JANSSON_TOOK ? DIFFERED : BOTH_REFUSED;
    if (good != (theirs == JANSSON_TOOK))
        fail_msg("%s, and jansson %s: %.*s", good ? "taken" : error.sentence,
                 theirs == JANSSON_TOOK ? "took it" : "refused it", SLICE_PRINT(source));
    if (!good) return BOTH_REFUSED;
    print(ours, &our_print, 0);
    assert_false(our_print.overflowed || their_print.overflowed);
    if (!slice_equal(text_slice(&our_print), text_slice(&their_print)))
        fail_msg("read differently: %.*s", SLICE_PRINT(source));
    return BOTH_TOOK;
}

static void agrees_on_texts_by_hand(void **state)
{
    (void)state;
    size_t outcomes[3] = {0};
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++)
        outcomes[compare(slice_of(seeds[i]))]++;
    assert_int_equal(outcomes[BOTH_TOOK], 20);
    assert_int_equal(outcomes[DIFFERED], 0);
}

static void differs_where_it_is_meant_to(void **state)
{
    (void)state;
    assert_int_equal(compare(SLICE("9223372036854775808")), DIFFERED);
    assert_int_equal(compare(SLICE("{\"a\\u0000b\":1}")), DIFFERED);
    char deep[160];
    memset(deep, '[', 80);
    memset(deep + 80, ']', 80);
    assert_int_equal(compare((struct slice){deep, sizeof deep}), DIFFERED);
    assert_int_equal(compare(SLICE("\"a\\u0000b\"")), BOTH_TOOK);
}

static void put(char *bytes, size_t *length, size_t at, struct slice more)
{
    if (*length + more.length > TEXT_LARGEST) return;
    memmove(bytes + at + more.length, bytes + at, *length - at);
    memcpy(bytes + at, more.at, more.length);
    *length += more.length;
}

static void mutate(struct random *random, char *bytes, size_t *length)
{
    static const char *const pieces[] = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "\\ud83d",
        "\\ude00",
        "0",
        "-",
        ".",
        "e",
        "1",
        "99999999999999999999",
        " ",
        "\n",
        "\t",
        "null",
        "true",
        "\"a\":",
        "\xC3\xA9",
        "\xE2",
        "\x80",
        "\xED\xA0\x80",
        "\x01",
        "\x7f",
        "\\u0000",
        "/",
    };
    size_t at = random_below(random, *length + 1);
    size_t rest = *length - at;
    struct slice other = slice_of(seeds[random_below(random, sizeof seeds / sizeof *seeds)]);
    switch (random_below(random, 5)) {
    case 0: put(bytes, length, at, slice_of(pieces[random_below(random, 31)])); break;
    case 1: put(bytes, length, at, slice_part(other, random_below(random, 9), 99)); break;
    case 2:
        if (rest > 0) bytes[at] = (char)random_below(random, 256);
        break;
    case 3:
        if (rest > 0) bytes[at] = (char)(bytes[at] ^ (1 << random_below(random, 8)));
        break;
    default: {
        size_t gone = rest == 0 ? 0 : 1 + random_below(random, rest < 4 ? rest : 4);
        memmove(bytes + at, bytes + at + gone, rest - gone);
        *length -= gone;
    }
    }
}

static void agrees_on_mutations(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 3);
    size_t outcomes[3] = {0};
    for (int i = 0; i < MUTATIONS; i++) {
        char bytes[TEXT_LARGEST];
        size_t length = 0;
        put(bytes, &length, 0,
            slice_of(seeds[random_below(&random, sizeof seeds / sizeof *seeds)]));
        for (size_t left = 1 + random_below(&random, 3); left > 0; left--)
            mutate(&random, bytes, &length);
        outcomes[compare((struct slice){bytes, length})]++;
    }
    /* enough of both for the agreement to mean something */
    assert_true(outcomes[BOTH_TOOK] > MUTATIONS / 20);
    assert_true(outcomes[BOTH_REFUSED] > MUTATIONS / 4);
    assert_true(outcomes[DIFFERED] < MUTATIONS / 20);
}

/* Numbers written at random, so that the quick way to a double is compared with the C library's. */
static void agrees_on_numbers(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 4);
    for (int i = 0; i < MUTATIONS; i++) {
        AUTO_TEXT struct text text;
        text_init(&text, 200);
        text_format(&text, "[%s%llu", random_below(&random, 2) == 0 ? "-" : "",
                    (unsigned long long)(random_next(&random) >> random_below(&random, 64)));
        if (random_below(&random, 2) == 0)
            text_format(&text, ".%0*llu", (int)random_below(&random, 22) + 1,
                        (unsigned long long)(random_next(&random) >> random_below(&random, 64)));
        if (random_below(&random, 2) == 0)
            text_format(&text, "e%d", (int)random_below(&random, 660) - 330);
        text_add_char(&text, ']');
        (void)compare(text_slice(&text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_on_texts_by_hand),
        cmocka_unit_test(differs_where_it_is_meant_to),
        cmocka_unit_test(agrees_on_mutations),
        cmocka_unit_test(agrees_on_numbers),
    };
    return cmocka_run_group_tests_name("json beside jansson", tests, NULL, NULL);
}
