/* Folding for lists and search: one row a case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/fold.h"

struct fold_case {
    const char *given, *folded;
};
static const struct fold_case cases[] = {
    {"", ""},
    {"Smith", "smith"},
    {"O'Brien", "obrien"},
    {"O\xE2\x80\x99"
     "Brien",
     "obrien"},
    {"Smith-Jones", "smith jones"},
    {"van  der\tBerg", "van der berg"},
    {"Zo\xC3\xAB", "zoe"},
    {"Zoe\xCC\x88", "zoe"},
    {"\xC5\x81ukasz", "lukasz"},
    {"Wei\xC3\x9F", "weiss"},
    {"\xC3\x86sa", "aesa"},
    {"Nguy\xE1\xBB\x85n", "nguyen"},
    {"\xC3\x9E\xC3\xB3r", "thor"},
    {"\xCE\x91\xCE\xB8", "\xCE\xB1\xCE\xB8"},
    {"\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD", "\xD0\xB8\xD0\xB2\xD0\xB0\xD0\xBD"},
    {"\xE6\x9D\x8E", "\xE6\x9D\x8E"},
    {"3\xC3\x97", "3\xC3\x97"},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        AUTO_TEXT struct text out;
        text_init(&out, 100);
        fold_add(&out, slice_of(cases[i].given));
        assert_string_equal(out.at, cases[i].folded);
    }
}

static void test_damaged_text_ends_it(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    text_init(&out, 100);
    fold_add(&out, slice_of("Ann\xFFMore"));
    assert_string_equal(out.at, "ann");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_damaged_text_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
