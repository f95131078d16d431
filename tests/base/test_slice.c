/* Slices and cursors: what they find, and that at their ends they stop. */
#include "base/cursor.h"
#include "testing.h"

static void compares(void **state)
{
    (void)state;
    assert_true(slice_equal(SLICE("abc"), slice_of("abc")));
    assert_false(slice_equal(SLICE("abc"), SLICE("abd")));
    assert_false(slice_equal(SLICE("abc"), SLICE("ab")));
    assert_true(slice_compare(SLICE("ab"), SLICE("abc")) < 0);
    assert_true(slice_compare(SLICE("b"), SLICE("abc")) > 0);
    assert_int_equal(slice_compare(SLICE("a\0b"), SLICE("a\0b")), 0);
    assert_true(slice_compare(SLICE("\xff"), SLICE("a")) > 0);
    assert_true(slice_is(SLICE("yes"), "yes"));
    assert_false(slice_is(SLICE("yes"), "yes "));
    assert_int_equal(slice_of(NULL).length, 0);
    assert_non_null(slice_of(NULL).at);
}

static void starts_and_ends(void **state)
{
    (void)state;
    assert_true(slice_starts(SLICE("clause"), SLICE("cl")));
    assert_true(slice_starts(SLICE("clause"), SLICE_EMPTY));
    assert_false(slice_starts(SLICE("cl"), SLICE("clause")));
    assert_true(slice_ends(SLICE("clause"), SLICE("use")));
    assert_false(slice_ends(SLICE("use"), SLICE("clause")));
    assert_false(slice_ends(SLICE("clause"), SLICE("uze")));
}

static void cuts_within_its_length(void **state)
{
    (void)state;
    assert_slice(slice_part(SLICE("abcdef"), 2, 4), "cd");
    assert_slice(slice_part(SLICE("abc"), 2, 99), "c");
    assert_slice(slice_part(SLICE("abc"), 50, 99), "");
    assert_slice(slice_part(SLICE("abc"), 2, 1), "");
    assert_slice(slice_trim(SLICE(" \t a b\r\n")), "a b");
    assert_slice(slice_trim(SLICE(" \n ")), "");
    assert_slice(slice_trim(SLICE("\xC2\xA0x")), "\xC2\xA0x");
}

static void finds(void **state)
{
    (void)state;
    assert_int_equal(slice_find(SLICE("a:b"), ':'), 1);
    assert_int_equal(slice_find(SLICE("ab"), ':'), 2);
    assert_int_equal(slice_find(SLICE_EMPTY, ':'), 0);
    assert_int_equal(slice_search(SLICE("one two"), SLICE("two")), 4);
    assert_int_equal(slice_search(SLICE("one two"), SLICE("tow")), 7);
    assert_int_equal(slice_search(SLICE("tw"), SLICE("two")), 2);
    assert_int_equal(slice_search(SLICE("x"), SLICE_EMPTY), 0);
}

static void splits(void **state)
{
    (void)state;
    struct slice rest = SLICE("a,,b,");
    struct slice part;
    assert_true(slice_split(&rest, ',', &part));
    assert_slice(part, "a");
    assert_true(slice_split(&rest, ',', &part));
    assert_slice(part, "");
    assert_true(slice_split(&rest, ',', &part));
    assert_slice(part, "b");
    assert_false(slice_split(&rest, ',', &part));
}

static void reads_lines(void **state)
{
    (void)state;
    struct slice rest = SLICE("one\r\n\ntwo\rthree");
    struct slice line;
    assert_true(slice_line(&rest, &line));
    assert_slice(line, "one");
    assert_true(slice_line(&rest, &line));
    assert_slice(line, "");
    assert_true(slice_line(&rest, &line));
    assert_slice(line, "two\rthree");
    assert_false(slice_line(&rest, &line));
}

static void reads_numbers_whole(void **state)
{
    (void)state;
    int64_t number = 7;
    assert_true(slice_number(SLICE("-042"), &number));
    assert_int_equal(number, -42);
    assert_true(slice_number(SLICE("999999999999999999"), &number));
    assert_true(number == 999999999999999999);
    number = 7;
    static const char *const bad[] = {"",    "-",   "+1",  "1 ", " 1",
                                      "1.0", "--1", "0x1", "1-", "1000000000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(slice_number(slice_of(bad[i]), &number));
    assert_int_equal(number, 7);
}

static void hashes_as_fnv_does(void **state)
{
    (void)state;
    /* the values that the authors of FNV publish */
    assert_true(slice_hash(SLICE_EMPTY) == 0xcbf29ce484222325u);
    assert_true(slice_hash(SLICE("a")) == 0xaf63dc4c8601ec8cu);
    assert_true(slice_hash(SLICE("foobar")) == 0x85944171f73967e8u);
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static void cursor_takes(void **state)
{
    (void)state;
    struct cursor cursor;
    cursor_init(&cursor, SLICE("if  name=value;"));
    assert_false(cursor_take(&cursor, 'x'));
    assert_false(cursor_take_slice(&cursor, SLICE("iff")));
    assert_int_equal(cursor.at, 0);
    assert_true(cursor_take_slice(&cursor, SLICE("if")));
    assert_int_equal(cursor_skip_blanks(&cursor), 2);
    assert_int_equal(cursor_skip_blanks(&cursor), 0);
    assert_slice(cursor_take_while(&cursor, is_letter, 3), "nam");
    assert_slice(cursor_take_while(&cursor, is_letter, 99), "e");
    assert_true(cursor_take(&cursor, '='));
    assert_slice(cursor_take_until(&cursor, ';'), "value");
    assert_int_equal(cursor_peek(&cursor), ';');
    assert_slice(cursor_take_until(&cursor, '!'), ";");
    assert_true(cursor_done(&cursor));
    assert_int_equal(cursor_peek(&cursor), -1);
    assert_false(cursor_take(&cursor, ';'));
    assert_slice(cursor_take_while(&cursor, is_letter, 9), "");
    assert_slice(cursor_rest(&cursor), "");
}

static void cursor_tells_a_high_byte_from_the_end(void **state)
{
    (void)state;
    struct cursor cursor;
    cursor_init(&cursor, SLICE("\xff"));
    assert_int_equal(cursor_peek(&cursor), 0xff);
    assert_true(cursor_take(&cursor, (char)0xff));
    assert_int_equal(cursor_peek(&cursor), -1);
}

static void cursor_takes_numbers(void **state)
{
    (void)state;
    struct cursor cursor;
    int64_t number = 7;
    cursor_init(&cursor, SLICE("2024-x"));
    assert_false(cursor_take_number(&cursor, 3, &number));
    assert_int_equal(cursor.at, 0);
    assert_true(cursor_take_number(&cursor, 4, &number));
    assert_int_equal(number, 2024);
    assert_false(cursor_take_number(&cursor, 4, &number));
    assert_int_equal(cursor.at, 4);
    cursor_init(&cursor, SLICE("1234567890123456789"));
    assert_false(cursor_take_number(&cursor, 99, &number));
    assert_int_equal(number, 2024);
}

static void cursor_places_by_character(void **state)
{
    (void)state;
    struct cursor cursor;
    cursor_init(&cursor, SLICE("ab\n\xC3\xA9\xF0\x9F\x98\x80!"));
    size_t line;
    size_t column;
    cursor_place(&cursor, 0, &line, &column);
    assert_int_equal(line, 1);
    assert_int_equal(column, 1);
    cursor_place(&cursor, 3, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 1);
    cursor_place(&cursor, 9, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 3);
    cursor_place(&cursor, 999, &line, &column);
    assert_int_equal(column, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares),
        cmocka_unit_test(starts_and_ends),
        cmocka_unit_test(cuts_within_its_length),
        cmocka_unit_test(finds),
        cmocka_unit_test(splits),
        cmocka_unit_test(reads_lines),
        cmocka_unit_test(reads_numbers_whole),
        cmocka_unit_test(hashes_as_fnv_does),
        cmocka_unit_test(cursor_takes),
        cmocka_unit_test(cursor_tells_a_high_byte_from_the_end),
        cmocka_unit_test(cursor_takes_numbers),
        cmocka_unit_test(cursor_places_by_character),
    };
    return cmocka_run_group_tests_name("slice", tests, NULL, NULL);
}
