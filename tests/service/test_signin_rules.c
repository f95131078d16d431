/* What a new password must be, and how failures slow whoever guesses: both without a record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "service/signin_parts.h"

static void a_password_is_long_and_not_the_first_that_one_would_try(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "short",
                                      "Password123!",
                                      "P@ssw0rd2026",
                                      "1234567890",
                                      "aaaaaaaaaaaa",
                                      "abcdefghijk",
                                      "Hillside2026!",
                                      "ada.byron99",
                                      "qwertyuiop12",
                                      "letmein-welcome",
                                      "0987654321x"};
    static const char *const good[] = {"heron kettle meadow",   "violin gravel sunday soup",
                                       "correct horse battery", "xk9#Lq2!vTz8",
                                       "maryhadalittlelamb",    "l\xc3\xb6wenzahn-tee"};
    static const struct slice own[] = {SLICE("Ada"), SLICE("Byron"), SLICE("Hillside School")};
    AUTO(arena) struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (password_fault(slice_of(bad[i]), own, 3, arena).length == 0) fail_msg("%s", bad[i]);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (password_fault(slice_of(good[i]), own, 3, arena).length > 0) fail_msg("%s", good[i]);
}

static void waiting_grows_has_an_end_and_is_forgotten(void **state)
{
    (void)state;
    struct slow *slow = slow_new();
    struct id key = id_make(), other = id_make();
    for (int i = 0; i < SLOW_FREE; i++) slow_fail(slow, &key, 1000);
    assert_int_equal(slow_wait(slow, &key, SLOW_WAIT, 1000), 0);
    slow_fail(slow, &key, 1000);
    assert_int_equal(slow_wait(slow, &key, SLOW_WAIT, 1000), 1);
    assert_int_equal(slow_wait(slow, &key, SLOW_WAIT, 2000), 0);
    slow_fail(slow, &key, 2000);
    assert_int_equal(slow_wait(slow, &key, SLOW_WAIT, 2000), 2);
    for (int i = 0; i < 100; i++) slow_fail(slow, &key, 3000);
    assert_int_equal(slow_wait(slow, &key, SLOW_WAIT, 3000), SLOW_WAIT);
    assert_int_equal(slow_wait(slow, &other, SLOW_WAIT, 3000), 0);
    assert_int_equal(slow_wait(slow, &key, SLOW_WAIT, 3000 + SLOW_FORGET * 1000LL), 0);
    assert_int_equal(slow_count(slow, &key, 3000 + SLOW_FORGET * 1000LL), 0);
    slow_free(slow);
}

static void the_table_of_failures_never_grows(void **state)
{
    (void)state;
    struct slow *slow = slow_new();
    struct id last = id_make();
    for (int i = 0; i < 100000; i++) {
        last = id_make();
        slow_fail(slow, &last, 1000 + i);
    }
    assert_int_equal(slow_count(slow, &last, 101000), 1);
    slow_free(slow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_password_is_long_and_not_the_first_that_one_would_try),
        cmocka_unit_test(waiting_grows_has_an_end_and_is_forgotten),
        cmocka_unit_test(the_table_of_failures_never_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
