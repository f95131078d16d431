/* UTF-8: every code point both ways, and every kind of bytes that are none. */
#include <string.h>

#include "base/random.h"
#include "base/utf8.h"
#include "testing.h"

static void every_code_point_comes_back(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x110010; code++) {
        char bytes[4];
        size_t length = utf8_encode(code, bytes);
        bool valid = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        assert_int_equal(length, !valid           ? 0
                                 : code < 0x80    ? 1
                                 : code < 0x800   ? 2
                                 : code < 0x10000 ? 3
                                                  : 4);
        struct slice text = {bytes, length};
        assert_int_equal(utf8_check(text), length);
        assert_int_equal(utf8_first(text), length);
        assert_int_equal(utf8_length(text), valid);
    }
    assert_int_equal(utf8_encode(UINT32_MAX, (char[4]){0}), 0);
}

static void stops_at_the_first_bad_byte(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80",             /* a tail alone */
        "\xC0\x80",         /* overlong NUL */
        "\xC1\xBF",         /* overlong */
        "\xE0\x9F\xBF",     /* overlong */
        "\xF0\x8F\xBF\xBF", /* overlong */
        "\xED\xA0\x80",     /* surrogate */
        "\xED\xBF\xBF",     /* surrogate */
        "\xF4\x90\x80\x80", /* above U+10FFFF */
        "\xF5\x80\x80\x80", /* above */
        "\xFF",             /* never */
        "\xC3",             /* cut short */
        "\xE2\x82",         /* cut short */
        "\xF0\x9F\x98",     /* cut short */
        "\xE2\x28\xA1",     /* a tail missing */
        "\xF0\x9F\x98g",    /* a tail missing */
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        for (size_t before = 0; before < 20; before++) {
            char bytes[64];
            memset(bytes, 'a', sizeof bytes);
            memcpy(bytes + before, bad[i], strlen(bad[i]));
            struct slice cut = {bytes, before + strlen(bad[i])};
            assert_int_equal(utf8_check(cut), before);
            assert_int_equal(utf8_check((struct slice){bytes, sizeof bytes}), before);
        }
        assert_int_equal(utf8_first(slice_of(bad[i])), 0);
    }
    assert_int_equal(utf8_first(SLICE_EMPTY), 0);
}

static void counts_characters(void **state)
{
    (void)state;
    assert_int_equal(utf8_length(SLICE_EMPTY), 0);
    assert_int_equal(utf8_length(SLICE("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80")), 8);
}

static void random_repeats_and_spreads(void **state)
{
    (void)state;
    struct random one;
    struct random two;
    random_init(&one, 5);
    random_init(&two, 5);
    size_t counts[6] = {0};
    for (int i = 0; i < 60000; i++) {
        size_t drawn = random_below(&one, 6);
        assert_int_equal(drawn, random_below(&two, 6));
        assert_in_range(drawn, 0, 5);
        counts[drawn]++;
    }
    for (size_t i = 0; i < 6; i++)
        assert_in_range(counts[i], 9500, 10500); /* 10,000 within five standard deviations */
    assert_int_equal(random_below(&one, 1), 0);
    random_init(&two, 6);
    random_init(&one, 5);
    assert_true(random_next(&one) != random_next(&two));
    random_init(&one, 0);
    assert_true(random_next(&one) != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_comes_back),
        cmocka_unit_test(stops_at_the_first_bad_byte),
        cmocka_unit_test(counts_characters),
        cmocka_unit_test(random_repeats_and_spreads),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
