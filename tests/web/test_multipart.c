/* Multipart forms: whole, cut into pieces at every place, and every way in which one is not what a browser sends. */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "web/multipart.h"

#define TYPE "multipart/form-data; boundary=----b0"
#define LONG_TYPE                                                                                  \
    "multipart/form-data; boundary=0123456789012345678901234567"                                   \
    "890123456789012345678901234567890123456789x"
#define DELIMITER "------b0\r\n"
#define LAST "------b0--\r\n"
#define FIELD(name, value)                                                                         \
    DELIMITER "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define PEOPLE(content)                                                                            \
    DELIMITER "Content-Disposition: form-data; name=\"people\"; filename=\"a; b.csv\"\r\n"         \
              "Content-Type: text/csv\r\n\r\n" content "\r\n"

static struct text got;

static bool take(void *context, struct slice bytes, struct error *error)
{
    (void)context;
    (void)error;
    text_add(&got, bytes);
    return true;
}

/* In pieces of so many bytes. */
static bool read_in(struct slice body, size_t size, struct multipart *multipart,
                    struct error *error)
{
    bool going = multipart_init(multipart, SLICE(TYPE), error);
    multipart->file_field = "people";
    multipart->bytes = take;
    text_cut(&got, 0);
    for (size_t at = 0; going && at < body.length; at += size)
        going = multipart_feed(multipart, slice_part(body, at, at + size), error);
    return going && multipart_end(multipart, error);
}

static void whole_in_pieces_of_every_size(void **state)
{
    (void)state;
    static const char content[] = "a\r\n-\r\n--\r\n------b\r\r\n\nz\r";
    struct slice body = SLICE(FIELD("token", "0f&=%") FIELD("empty", "") PEOPLE(
        "a\r\n-\r\n--\r\n------b\r\r\n\nz\r") FIELD("format", "sds") LAST);
    for (size_t size = 1; size <= body.length; size++) {
        struct multipart multipart;
        struct error error = {0};
        assert_true(read_in(body, size, &multipart, &error));
        assert_string_equal(multipart.form.at, "%74%6F%6B%65%6E=%30%66%26%3D%25&%65%6D%70%74%79=&"
                                               "%66%6F%72%6D%61%74=%73%64%73");
        assert_string_equal(multipart.file_name.at, "a; b.csv");
        assert_true(multipart.has_file);
        assert_int_equal(got.length, sizeof content - 1);
        assert_memory_equal(got.at, content, got.length);
        multipart_clear(&multipart);
    }
}

static void cut_off_anywhere(void **state)
{
    (void)state;
    struct slice body = SLICE(FIELD("token", "0f") PEOPLE("x") LAST);
    for (size_t length = 0; length < body.length - 2; length++) {
        struct multipart multipart;
        struct error error = {0};
        assert_false(read_in(slice_part(body, 0, length), 7, &multipart, &error));
        assert_int_equal(error.code, ERROR_SYNTAX);
        multipart_clear(&multipart);
    }
}

static void refused(const char *body)
{
    struct multipart multipart;
    struct error error = {0};
    if (read_in(slice_of(body), 5, &multipart, &error)) fail_msg("taken: %s", body);
    assert_true(error.sentence[0] != '\0');
    multipart_clear(&multipart);
}

static void what_no_browser_sends(void **state)
{
    (void)state;
    refused("preamble\r\n" FIELD("a", "b") LAST);
    refused(FIELD("a", "b") LAST "epilogue");
    refused(DELIMITER "\r\nb\r\n" LAST);
    refused(DELIMITER "Content-Type: text/plain\r\n\r\nb\r\n" LAST);
    refused(DELIMITER "Content-Disposition: attachment; name=\"a\"\r\n\r\nb\r\n" LAST);
    refused(DELIMITER "Content-Disposition: form-data\r\n\r\nb\r\n" LAST);
    refused(DELIMITER "Content-Disposition: form-data; name=\"a\r\n\r\nb\r\n" LAST);
    refused(DELIMITER "Content-Disposition: form-data; name=\"a\"\r\n"
                      "Content-Disposition: form-data; name=\"b\"\r\n\r\nb\r\n" LAST);
    refused(PEOPLE("x") PEOPLE("y") LAST);
    refused(DELIMITER
            "Content-Disposition: form-data; name=\"other\"; filename=\"x\"\r\n\r\nb\r\n" LAST);
}

static void too_much(void **state)
{
    (void)state;
    struct text body;
    text_init(&body, 1 << 20);
    text_add_string(&body, DELIMITER "X: ");
    for (int i = 0; i < 3000; i++) text_add_char(&body, 'x');
    refused(body.at);
    text_cut(&body, 0);
    for (int i = 0; i < 100; i++) text_add_string(&body, FIELD("a", "b"));
    text_add_string(&body, LAST);
    refused(body.at);
    text_cut(&body, 0);
    text_add_string(&body, DELIMITER "Content-Disposition: form-data; name=\"a\"\r\n\r\n");
    for (int i = 0; i < 10000; i++) text_add_char(&body, 'x');
    text_add_string(&body, "\r\n" LAST);
    refused(body.at);
    text_clear(&body);
}

static void headers_of_no_use(void **state)
{
    (void)state;
    static const char *const types[] = {"",
                                        "text/plain; boundary=x",
                                        "multipart/form-data",
                                        "multipart/form-data; boundary=",
                                        "multipart/form-data; boundary=\"a\r\nb\"",
                                        "multipart/form-data; boundary=a b",
                                        LONG_TYPE};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct multipart multipart;
        struct error error = {0};
        if (multipart_init(&multipart, slice_of(types[i]), &error)) fail_msg("taken: %s", types[i]);
        multipart_clear(&multipart);
    }
}

static int set_up(void **state)
{
    (void)state;
    text_init(&got, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    text_clear(&got);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_in_pieces_of_every_size),
        cmocka_unit_test(cut_off_anywhere),
        cmocka_unit_test(what_no_browser_sends),
        cmocka_unit_test(too_much),
        cmocka_unit_test(headers_of_no_use),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
