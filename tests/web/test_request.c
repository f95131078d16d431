/* The parts of a request that we read ourselves: address, cookie, host, origin. */
#include "check.h"

#include "web/request.h"

static bool address(const char *sent, struct web_request *request)
{
    return web_request_address(slice_of(sent), request);
}

static void addresses_are_split(void **state)
{
    (void)state;
    struct web_request request = {0};
    assert_true(address("/may/question", &request));
    assert_slice(request.path, "/may/question");
    assert_false(request.has_query);
    assert_true(address("/policy?x=1", &request));
    assert_slice(request.path, "/policy");
    assert_true(request.has_query);
    assert_slice(request.query, "x=1");
    assert_true(address("/policy?", &request));
    assert_true(request.has_query);
}

static void odd_addresses_are_refused(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "",      "policy", "*",    "http://localhost/", "/a/../b", "/.git", "//a",
        "/a%2e", "/a\\b",  "/a b", "/\xc3\xa9",         "/a\x7f",  "/<b>"};
    struct web_request request = {0};
    for (size_t at = 0; at < sizeof odd / sizeof *odd; at++)
        if (address(odd[at], &request)) fail_msg("taken: %s", odd[at]);
}

static struct slice cookie(const char *header)
{
    return web_request_cookie(slice_of(header), SLICE("lanyard-session"));
}

static void cookies_are_found_by_whole_name(void **state)
{
    (void)state;
    assert_slice(cookie("lanyard-session=abc"), "abc");
    assert_slice(cookie("a=1;  lanyard-session=abc ; b=2"), "abc");
    assert_slice(cookie("xlanyard-session=abc"), "");
    assert_slice(cookie("lanyard-session"), "");
    assert_slice(cookie("lanyard-session=a; lanyard-session=b"), "");
    assert_slice(cookie(""), "");
}

static void only_our_hosts_are_known(void **state)
{
    (void)state;
    static const char *const school[] = {"policy.school.example"};
    assert_true(web_request_host_known(SLICE("localhost:8080"), NULL, 0));
    assert_true(web_request_host_known(SLICE("LOCALHOST"), NULL, 0));
    assert_true(web_request_host_known(SLICE("127.0.0.1:1"), NULL, 0));
    assert_true(web_request_host_known(SLICE("[::1]:8080"), NULL, 0));
    assert_true(web_request_host_known(SLICE("[::1]"), NULL, 0));
    assert_false(web_request_host_known(SLICE("evil.example"), NULL, 0));
    assert_false(web_request_host_known(SLICE("localhost.evil.example"), NULL, 0));
    assert_false(web_request_host_known(SLICE("localhost:80x"), NULL, 0));
    assert_false(web_request_host_known(SLICE("localhost:"), NULL, 0) &&
                 web_request_host_known(SLICE(":80"), NULL, 0));
    assert_false(web_request_host_known(SLICE(""), NULL, 0));
    assert_false(web_request_host_known(SLICE("[::1"), NULL, 0));
    assert_true(web_request_host_known(SLICE("policy.school.example"), school, 1));
    assert_false(web_request_host_known(SLICE("localhost"), school, 1));
}

static void this_machine_is_known_by_plain_names_only(void **state)
{
    (void)state;
    static const char *const ours[] = {"localhost",       "LOCALHOST",   "LocalHost:8080",
                                       "127.0.0.1",       "127.0.0.1:1", "127.0.0.2",
                                       "127.255.255.254", "[::1]",       "[::1]:8080"};
    static const char *const others[] = {"",
                                         ":8080",
                                         "localhost.",
                                         "localhost.:8080",
                                         "localhost.evil.example",
                                         "localhost.localdomain",
                                         "evil.example",
                                         "evil.example:80",
                                         "localhost evil.example",
                                         "localhost,evil.example",
                                         "localhost@evil.example",
                                         "evil.example#localhost",
                                         "localhost:80x",
                                         "localhost:123456",
                                         "127.1",
                                         "127.0.1",
                                         "127.0.0.1.",
                                         "127.0.0.1.evil.example",
                                         "127.0.0.1.2",
                                         "127.0.0.256",
                                         "127.0.0.01",
                                         "127.0.0.-0",
                                         "127..0.1",
                                         "127.0.0.",
                                         "0127.0.0.1",
                                         "2130706433",
                                         "0x7f.0.0.1",
                                         "0.0.0.0",
                                         "10.0.0.1",
                                         "128.0.0.1",
                                         "::1",
                                         "[::1",
                                         "[::1]x",
                                         "[::1].evil.example",
                                         "[::]",
                                         "[0:0:0:0:0:0:0:1]",
                                         "[::ffff:127.0.0.1]"};
    for (size_t at = 0; at < sizeof ours / sizeof *ours; at++)
        if (!web_request_host_loopback(slice_of(ours[at]))) fail_msg("refused: %s", ours[at]);
    for (size_t at = 0; at < sizeof others / sizeof *others; at++)
        if (web_request_host_loopback(slice_of(others[at]))) fail_msg("taken: %s", others[at]);
}

static void a_header_of_a_proxy_is_known(void **state)
{
    (void)state;
    static const char *const theirs[] = {"X-Forwarded-For",
                                         "x-forwarded-for",
                                         "X-FORWARDED-HOST",
                                         "X-Forwarded-Proto",
                                         "X-Forwarded",
                                         "X-Forwarded-Port",
                                         "Forwarded",
                                         "FORWARDED",
                                         "Via",
                                         "via",
                                         "X-Real-IP",
                                         "x-real-ip"};
    static const char *const plain[] = {"Host",   "Cookie",    "Forward", "Viable",
                                        "X-Real", "X-Forward", ""};
    for (size_t at = 0; at < sizeof theirs / sizeof *theirs; at++)
        if (!web_request_header_forwards(slice_of(theirs[at]))) fail_msg("%s", theirs[at]);
    for (size_t at = 0; at < sizeof plain / sizeof *plain; at++)
        if (web_request_header_forwards(slice_of(plain[at]))) fail_msg("%s", plain[at]);
}

static bool same(const char *host, const char *origin, const char *site)
{
    struct web_request request = {
        .host = slice_of(host), .origin = slice_of(origin), .fetch_site = slice_of(site)};
    return web_request_same_origin(&request);
}

static void a_post_comes_from_our_own_pages(void **state)
{
    (void)state;
    assert_true(same("localhost:8080", "http://localhost:8080", "same-origin"));
    assert_true(same("school.example", "https://school.example", ""));
    assert_true(same("localhost:8080", "null", "same-origin"));
    assert_true(same("localhost:8080", "", ""));
    assert_false(same("localhost:8080", "http://localhost:8081", ""));
    assert_false(same("localhost:8080", "http://evil.example", "same-origin"));
    assert_false(same("localhost:8080", "", "cross-site"));
    assert_false(same("localhost:8080", "null", "cross-site"));
    assert_false(same("localhost:8080", "http://localhost:8080", "same-site"));
    assert_false(same("localhost:8080", "ftp://localhost:8080", ""));
}

static void only_forms_are_read(void **state)
{
    (void)state;
    assert_true(web_request_is_form(SLICE("application/x-www-form-urlencoded")));
    assert_true(web_request_is_form(SLICE("Application/X-WWW-Form-Urlencoded; charset=UTF-8")));
    assert_false(web_request_is_form(SLICE("multipart/form-data; boundary=x")));
    assert_false(web_request_is_form(SLICE("text/plain")));
    assert_false(web_request_is_form(SLICE("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_split),
        cmocka_unit_test(odd_addresses_are_refused),
        cmocka_unit_test(cookies_are_found_by_whole_name),
        cmocka_unit_test(only_our_hosts_are_known),
        cmocka_unit_test(this_machine_is_known_by_plain_names_only),
        cmocka_unit_test(a_header_of_a_proxy_is_known),
        cmocka_unit_test(a_post_comes_from_our_own_pages),
        cmocka_unit_test(only_forms_are_read),
    };
    return cmocka_run_group_tests_name("request", tests, NULL, NULL);
}
