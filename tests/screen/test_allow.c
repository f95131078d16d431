/* The allow list: what its lines let through and what not, and what is wrong with a line. */
#include "base/text.h"
#include "screen/detect.h"
#include "testing.h"

static struct allow_list *made(const char *lines)
{
    struct error error = {0};
    struct allow_list *allow = allow_new(slice_of(lines), &error);
    if (allow == NULL) fail_msg("%s", error.sentence);
    return allow;
}

static void hosts_with_their_subdomains(void **state)
{
    (void)state;
    struct allow_list *allow =
        made("host bbc.co.uk\r\n\n  host  Example.ORG \nonly maps.example.com\n");
    assert_true(allow_host(allow, SLICE("bbc.co.uk")));
    assert_true(allow_host(allow, SLICE("news.bbc.co.uk")));
    assert_true(allow_host(allow, SLICE("a.b.BBC.co.uk")));
    assert_true(allow_host(allow, SLICE("example.org")));
    assert_false(allow_host(allow, SLICE("notbbc.co.uk")));
    assert_false(allow_host(allow, SLICE("bbc.co.uk.example.net")));
    assert_false(allow_host(allow, SLICE("co.uk")));
    assert_false(allow_host(allow, SLICE("")));
    allow_free(allow);
}

static void only_is_that_host_and_no_other(void **state)
{
    (void)state;
    struct allow_list *allow = made("only maps.example.com");
    assert_true(allow_host(allow, SLICE("maps.example.com")));
    assert_true(allow_host(allow, SLICE("MAPS.example.com")));
    assert_false(allow_host(allow, SLICE("x.maps.example.com")));
    assert_false(allow_host(allow, SLICE("example.com")));
    allow_free(allow);
}

static void hashtags_and_mail(void **state)
{
    (void)state;
    struct allow_list *allow =
        made("# ours\nhashtag #WorldBookDay\nhashtag year7\nmail school.example.org\n");
    assert_true(allow_hashtag(allow, SLICE("#worldbookday")));
    assert_true(allow_hashtag(allow, SLICE("WorldBookDay")));
    assert_true(allow_hashtag(allow, SLICE("#Year7")));
    assert_false(allow_hashtag(allow, SLICE("#WorldBook")));
    assert_false(allow_hashtag(allow, SLICE("#")));
    assert_true(allow_mail(allow, SLICE("school.example.org")));
    assert_true(allow_mail(allow, SLICE("pupils.School.example.org")));
    assert_false(allow_mail(allow, SLICE("example.org")));
    assert_false(allow_mail(allow, SLICE("myschool.example.org")));
    assert_false(allow_host(allow, SLICE("school.example.org")));
    allow_free(allow);
}

static void none_allows_nothing(void **state)
{
    (void)state;
    assert_false(allow_host(NULL, SLICE("bbc.co.uk")));
    assert_false(allow_hashtag(NULL, SLICE("#x")));
    assert_false(allow_mail(NULL, SLICE("example.org")));
    struct allow_list *allow = made("");
    assert_false(allow_host(allow, SLICE("bbc.co.uk")));
    allow_free(allow);
    allow_free(NULL);
}

struct wrong {
    const char *lines, *says;
    size_t line;
};

static const struct wrong wrongs[] = {
    {"host https://bbc.co.uk", "https://bbc.co.uk", 1},
    {"host bbc.co.uk/news", "the name of a site", 1},
    {"host bbc.co.uk\nhost", "the name of a site", 2},
    {"host localhost", "the name of a site", 1},
    {"host a..b", "the name of a site", 1},
    {"host -a.com", "the name of a site", 1},
    {"only *.example.com", "the name of a site", 1},
    {"\n\nhashtag #two words", "a hashtag", 3},
    {"hashtag #", "a hashtag", 1},
    {"hashtag", "a hashtag", 1},
    {"mail ada@example.org", "a domain of e-mail addresses", 1},
    {"mail", "a domain of e-mail addresses", 1},
    {"hosts bbc.co.uk", "\"hosts\"", 1},
    {"bbc.co.uk", "host, only, hashtag or mail", 1},
    {"host caf\xE9.example", "UTF-8", 0},
};

static void what_is_wrong_is_named_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        struct error error = {0};
        assert_null(allow_new(slice_of(wrongs[i].lines), &error));
        if (strstr(error.sentence, wrongs[i].says) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", error.sentence, wrongs[i].says);
        assert_int_equal(error.line, wrongs[i].line);
        assert_true(error.advice[0] != '\0');
    }
}

static void too_many_lines_are_refused(void **state)
{
    (void)state;
    AUTO_TEXT struct text lines;
    text_init(&lines, (size_t)1 << 24);
    for (size_t i = 0; i < ALLOW_LINES_LARGEST; i++) text_add_string(&lines, "host example.org\n");
    struct error error = {0};
    struct allow_list *allow = allow_new(text_slice(&lines), &error);
    assert_non_null(allow);
    allow_free(allow);
    text_add_string(&lines, "host example.org\n");
    assert_null(allow_new(text_slice(&lines), &error));
    assert_int_equal(error.code, ERROR_LIMIT);
    assert_int_equal(error.line, ALLOW_LINES_LARGEST + 1);
    assert_true(error.advice[0] != '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_with_their_subdomains),
        cmocka_unit_test(only_is_that_host_and_no_other),
        cmocka_unit_test(hashtags_and_mail),
        cmocka_unit_test(none_allows_nothing),
        cmocka_unit_test(what_is_wrong_is_named_with_its_line),
        cmocka_unit_test(too_many_lines_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
