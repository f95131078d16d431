/* Errors: filled, cut between characters, and one meaning a code. */
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "testing.h"

static void fills_and_returns_false(void **state)
{
    (void)state;
    struct error error = {0};
    assert_false(error_set(&error, ERROR_WORD, "Nobody knows \"%s\".", "pupl"));
    assert_false(error_advise(&error, "Did you mean \"%s\"?", "pupil"));
    assert_false(error_at(&error, SLICE("policy.md"), 3, 7));
    assert_int_equal(error.code, ERROR_WORD);
    assert_string_equal(error.sentence, "Nobody knows \"pupl\".");
    assert_string_equal(error.advice, "Did you mean \"pupil\"?");
    assert_string_equal(error.file, "policy.md");
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 7);
}

static void a_new_error_forgets_the_old_place(void **state)
{
    (void)state;
    struct error error = {0};
    error_set(&error, ERROR_WORD, "first");
    error_advise(&error, "advice");
    error_at(&error, SLICE("a"), 1, 1);
    error_set(&error, ERROR_READ, "then %s", error.sentence);
    assert_string_equal(error.sentence, "then first");
    assert_string_equal(error.advice, "");
    assert_string_equal(error.file, "");
    assert_int_equal(error.line, 0);
}

static void nobody_need_ask(void **state)
{
    (void)state;
    assert_false(error_set(NULL, ERROR_READ, "x"));
    assert_false(error_advise(NULL, "x"));
    assert_false(error_at(NULL, SLICE("x"), 1, 1));
}

static void cuts_between_characters(void **state)
{
    (void)state;
    static const char *const characters[] = {"a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    AUTO(arena) struct arena *arena = arena_new();
    for (size_t i = 0; i < 4; i++) {
        for (size_t shift = 0; shift < 4; shift++) {
            struct slice text = arena_copy(arena, slice_part(SLICE("...."), 0, shift));
            while (text.length < 500) text = arena_format(arena, "%s%s", text.at, characters[i]);
            struct error error = {0};
            error_set(&error, ERROR_READ, "%s", text.at);
            error_at(&error, text, 1, 1);
            struct slice sentence = slice_of(error.sentence);
            struct slice file = slice_of(error.file);
            assert_int_equal(utf8_check(sentence), sentence.length);
            assert_int_equal(utf8_check(file), file.length);
            assert_in_range(sentence.length, sizeof error.sentence - 4, sizeof error.sentence - 1);
            assert_in_range(file.length, sizeof error.file - 4, sizeof error.file - 1);
        }
    }
}

static void every_code_has_a_meaning(void **state)
{
    (void)state;
    assert_int_equal(error_exit_code(ERROR_NONE), 0);
    assert_int_equal(error_http_status(ERROR_NONE), 200);
    for (enum error_code code = ERROR_USAGE; code < ERROR_CODES; code++) {
        assert_in_range(error_http_status(code), 400, 599);
        assert_in_range(error_exit_code(code), 2, 9); /* 10 and above are verdicts */
        for (enum error_code other = ERROR_NONE; other < code; other++)
            assert_string_not_equal(error_name(code), error_name(other));
    }
    assert_int_equal(error_exit_code(ERROR_USAGE), 2);
    assert_int_equal(error_exit_code(ERROR_SYNTAX), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_and_returns_false),
        cmocka_unit_test(a_new_error_forgets_the_old_place),
        cmocka_unit_test(nobody_need_ask),
        cmocka_unit_test(cuts_between_characters),
        cmocka_unit_test(every_code_has_a_meaning),
    };
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
