/* Forms: what is declared gets through, checked; everything else is refused with a sentence and nothing of what was sent. */
#include "check.h"

#include "web/form.h"

enum { WHO, AGE, NOTE };
static const struct field fields[] = {
    {"who", form_is_id, 20, 3},
    {"age", form_is_number, 4, 1},
    {"note", form_is_line, 10, 1},
};

static bool read(const char *body, struct arena *arena, struct form *ret_form, struct error *error)
{
    return form_read(slice_of(body), fields, 3, arena, ret_form, error);
}

static void declared_fields_come_through(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct form form;
    struct error error = {0};
    assert_true(read("who=teacher&age=+14+&who=pupil&note=a%20b%C3%A9", arena, &form, &error));
    assert_int_equal(form.at[WHO].values.count, 2);
    assert_slice(form.at[WHO].values.at[1], "pupil");
    assert_slice(form_value(&form, AGE), "14");
    assert_slice(form_value(&form, NOTE), "a b\xc3\xa9");
}

static void an_empty_value_is_no_answer(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct form form;
    struct error error = {0};
    assert_true(read("who=&age=%20&&", arena, &form, &error));
    assert_int_equal(form.at[WHO].values.count, 0);
    assert_slice(form_value(&form, AGE), "");
    assert_true(read("", arena, &form, &error));
}

static void refused(const char *body, const char *part)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct form form;
    struct error error = {0};
    if (read(body, arena, &form, &error)) fail_msg("accepted: %s", body);
    assert_int_equal(error.code, ERROR_SYNTAX);
    if (slice_search(slice_of(error.sentence), slice_of(part)) == slice_of(error.sentence).length)
        fail_msg("%s: %s", body, error.sentence);
    /* what was sent never comes back in the words of an error */
    assert_int_equal(slice_search(slice_of(error.sentence), SLICE("secret")),
                     slice_of(error.sentence).length);
}

static void everything_else_is_refused(void **state)
{
    (void)state;
    refused("secret=1", "does not have");
    refused("who=teacher&secret=", "does not have");
    refused("WHO=teacher", "does not have");
    refused("who%00=teacher", "does not have");
    refused("who=a&who=b&who=c&who=d", "too many times");
    refused("age=12345", "too long");
    refused("note=secret+secret", "too long");
    refused("age=abc", "not one that");
    refused("who=Secret", "not one that");
    refused("who", "no value");
    refused("who=%4", "cut off");
    refused("who=%zz", "cut off");
    refused("who=a%", "cut off");
    refused("note=%00", "not text");
    refused("note=%ff", "not text");
    refused("note=%ed%a0%80", "not text");
    refused("note=a%1b", "not text");
    refused("note=a%0ab", "not one that");
}

static void pairs_are_counted(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text body;
    struct form form;
    struct error error = {0};
    text_init(&body, 10000);
    for (size_t at = 0; at < FORM_PAIRS_LARGEST; at++) text_add_string(&body, "who=&");
    assert_true(form_read(text_slice(&body), fields, 3, arena, &form, &error));
    text_add_string(&body, "who=");
    assert_false(form_read(text_slice(&body), fields, 3, arena, &form, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(declared_fields_come_through),
        cmocka_unit_test(an_empty_value_is_no_answer),
        cmocka_unit_test(everything_else_is_refused),
        cmocka_unit_test(pairs_are_counted),
    };
    return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
