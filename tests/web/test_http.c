/* The server over a real socket: what a broken, rude or oversized caller gets, and that nothing leaks when lines break. */
#include "check.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "web/http.h"

static void page(struct visit *visit)
{
    text_add_string(visit->out, "hello");
}

static void refusal(struct visit *visit, const struct error *error)
{
    (void)error;
    text_format(visit->out, "error %u", visit->response->status);
}

static const struct field fields[] = {{"who", form_is_id, 20, 1}};
static const struct route routes[] = {
    {METHOD_GET, "/", "home", SESSION_NONE, page, NULL, 0, 0},
    {METHOD_POST, "/may", "may", SESSION_NEEDS, page, fields, 1, 0},
};

static struct site site;
static struct http *http;

static int start(void **state)
{
    (void)state;
    struct error error = {0};
    struct http_options options = {.port = 0};
    site = (struct site){.routes = routes,
                         .route_count = 2,
                         .sessions = sessions_new(8, 100, NULL),
                         .error_page = refusal,
                         .quiet = true};
    return http_start(&options, &site, &http, &error) ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    http_stop(http);
    sessions_free(site.sessions);
    return 0;
}

static int dial(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(http_port(http))};
    struct timeval patience = {.tv_sec = 20};
    int line = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(line, (struct sockaddr *)&address, sizeof address), 0);
    return line;
}

/* Sends what it can: the server may hang up half way. */
static void say(int line, struct slice words)
{
    while (words.length > 0) {
        ssize_t sent = send(line, words.at, words.length, MSG_NOSIGNAL);
        if (sent <= 0) return;
        words = slice_part(words, (size_t)sent, words.length);
    }
}

static void hear(int line, struct text *out)
{
    char some[4096];
    for (;;) {
        ssize_t got = recv(line, some, sizeof some, 0);
        if (got <= 0) return;
        text_add(out, (struct slice){some, (size_t)got});
    }
}

/* Sends all of a request, closes its end, gives the whole answer. */
static void talk(struct slice words, struct text *out)
{
    int line = dial();
    say(line, words);
    shutdown(line, SHUT_WR);
    text_cut(out, 0);
    hear(line, out);
    close(line);
}

static void expect_status(struct slice words, unsigned status, struct text *out)
{
    char expected[20];
    talk(words, out);
    snprintf(expected, sizeof expected, "HTTP/1.1 %u ", status);
    if (!slice_starts(text_slice(out), slice_of(expected)))
        fail_msg("expected %u, heard: %.60s", status, out->at);
}

static void plain_requests_are_answered(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    text_init(&out, 1 << 20);
    expect_status(SLICE("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 200,
                  &out);
    assert_true(slice_ends(text_slice(&out), SLICE("hello")));
    expect_status(SLICE("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 200,
                  &out);
    assert_false(slice_ends(text_slice(&out), SLICE("hello")));
    expect_status(SLICE("GET /no HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 404,
                  &out);
    expect_status(SLICE("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), 421,
                  &out);
    expect_status(SLICE("BREW / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 405,
                  &out);
    expect_status(SLICE("GET /%2e%2e/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                  400, &out);
    expect_status(SLICE("GET /?a=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 400,
                  &out);
}

static void expect(const char *headers, unsigned status)
{
    char words[400];
    AUTO_TEXT struct text out;
    text_init(&out, 1 << 20);
    snprintf(words, sizeof words, "GET / HTTP/1.1\r\n%sConnection: close\r\n\r\n", headers);
    expect_status(slice_of(words), status, &out);
    assert_int_equal(slice_ends(text_slice(&out), SLICE("hello")), status == 200);
}

/* As a demo is served: whatever the words that come over the line, nobody else's request gets through. */
static void other_machines_are_refused_where_only_this_one_may_ask(void **state)
{
    (void)state;
    static const char *const ours[] = {"Host: localhost\r\n", "hOST:   LOCALHOST:8080\r\n",
                                       "Host: 127.0.0.2\r\n", "Host: [::1]:8080\r\n"};
    static const char *const others[] = {"Host: evil.example\r\n",
                                         "Host: localhost.\r\n",
                                         "Host: localhost.evil.example\r\n",
                                         "Host: 127.1\r\n",
                                         "Host: 192.168.1.1\r\n",
                                         "Host:\r\n",
                                         "Host: [::ffff:127.0.0.1]\r\n"};
    static const char *const passed_on[] = {
        "X-Forwarded-For: 127.0.0.1", "x-forwarded-for: ::1", "X-Forwarded-Host: localhost",
        "X-Forwarded-Proto: https",   "FORWARDED: for=[::1]", "Via: 1.1 proxy",
        "X-Real-IP: 127.0.0.1",       "X-Forwarded-For:"};
    site.loopback_only = "Only from this computer.";
    for (size_t at = 0; at < sizeof ours / sizeof *ours; at++) expect(ours[at], 200);
    for (size_t at = 0; at < sizeof others / sizeof *others; at++) expect(others[at], 421);
    for (size_t at = 0; at < sizeof passed_on / sizeof *passed_on; at++) {
        char headers[100];
        snprintf(headers, sizeof headers, "Host: localhost\r\n%s\r\n", passed_on[at]);
        expect(headers, 403);
        snprintf(headers, sizeof headers, "%s\r\nHost: localhost\r\n", passed_on[at]);
        expect(headers, 403);
    }
    expect("Host: localhost\r\nHost: evil.example\r\n", 400);
    expect("Host: localhost\r\nHost: localhost\r\n", 400);
    site.loopback_only = NULL;
    expect("Host: localhost\r\nX-Forwarded-For: 10.0.0.1\r\n", 200);
    expect("Host: evil.example\r\nHost: localhost\r\n", 400);
    expect("Host: localhost\r\nhost: evil.example\r\n", 400);
}

/* An answer in the handler's second call keeps the line open; two requests on one prove it. */
static void a_line_is_kept(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    text_init(&out, 1 << 20);
    talk(SLICE("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
               "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
         &out);
    struct slice first = text_slice(&out);
    size_t at = slice_search(first, SLICE("hello"));
    assert_true(at < first.length);
    struct slice rest = slice_part(first, at + 5, first.length);
    assert_true(slice_starts(rest, SLICE("HTTP/1.1 200")));
    assert_true(slice_ends(rest, SLICE("hello")));
}

static void fill(struct text *out, const char *start, size_t times, const char *end)
{
    text_cut(out, 0);
    text_add_string(out, start);
    for (size_t at = 0; at < times; at++) text_add_string(out, "aaaaaaaaaa");
    text_add_string(out, end);
}

static void oversized_requests_are_refused(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    AUTO_TEXT struct text words;
    text_init(&out, 1 << 20);
    text_init(&words, 4 << 20);
    /* a body announced too large is refused before it is sent */
    expect_status(
        SLICE("POST /may HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
              "application/x-www-form-urlencoded\r\nContent-Length: 10000000\r\n\r\nwho="),
        413, &out);
    expect_status(SLICE("POST /may HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                        "application/x-www-form-urlencoded\r\nContent-Length: "
                        "99999999999999999999\r\n\r\nwho="),
                  413, &out);
    /* a body that grows too large while it comes is refused at its end */
    fill(&words,
         "POST /may HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
         "application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n",
         10000, "\r\n0\r\n\r\n");
    expect_status(text_slice(&words), 413, &out);
    /* an address and headers */
    fill(&words, "GET /", 300, " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    expect_status(text_slice(&words), 414, &out);
    fill(&words, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-More: ", 1700,
         "\r\n\r\n");
    expect_status(text_slice(&words), 431, &out);
    /* beyond the memory of a line the library itself refuses */
    fill(&words, "GET /", 10000, " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    expect_status(text_slice(&words), 414, &out);
}

/* A chunked body without end: the line is cut, not read for ever. */
static void an_endless_body_is_cut_off(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    AUTO_TEXT struct text words;
    text_init(&out, 1 << 20);
    text_init(&words, 4 << 20);
    fill(&words,
         "POST /may HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
         "application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n",
         209000, "");
    talk(text_slice(&words), &out);
    assert_false(slice_starts(text_slice(&out), SLICE("HTTP/1.1 200")));
}

/* Truncated at every byte: no crash, no leak (the sanitizers look), never a page. */
static void truncated_requests_do_no_harm(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    struct slice whole =
        SLICE("POST /may HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
              "application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\nwho=teacher");
    text_init(&out, 1 << 20);
    for (size_t at = 0; at < whole.length; at++) {
        talk(slice_part(whole, 0, at), &out);
        assert_false(slice_starts(text_slice(&out), SLICE("HTTP/1.1 200")));
    }
    expect_status(whole, 403, &out);
}

static void malformed_requests_do_no_harm(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
        "GET / HTTP/1.1\r\n: x\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET\r\n\r\n",
        "\r\n\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "POST /may HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "\x16\x03\x01\x02",
    };
    AUTO_TEXT struct text out;
    text_init(&out, 1 << 20);
    for (size_t at = 0; at < sizeof bad / sizeof *bad; at++) {
        talk(slice_of(bad[at]), &out);
        if (slice_starts(text_slice(&out), SLICE("HTTP/1.1 200")))
            fail_msg("answered: %s", bad[at]);
    }
    expect_status(SLICE("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 200,
                  &out);
}

/* Two servers on one port would share the callers out between them, and each would know half of a conversation. */
static void a_port_in_use_is_refused(void **state)
{
    (void)state;
    struct http *other;
    struct http_options options = {.port = http_port(http)};
    struct error error = {.code = ERROR_NONE};
    assert_false(http_start(&options, &site, &other, &error));
    assert_int_equal(error.code, ERROR_READ);
}

static void an_address_that_is_none_is_refused(void **state)
{
    (void)state;
    struct error error = {0};
    struct http *other = NULL;
    struct http_options options = {.address = "nowhere"};
    assert_false(http_start(&options, &site, &other, &error));
    assert_int_equal(error.code, ERROR_USAGE);
    options = (struct http_options){.address = "192.0.2.1", .port = 1};
    assert_false(http_start(&options, &site, &other, &error));
    assert_int_equal(error.code, ERROR_READ);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_requests_are_answered),
        cmocka_unit_test(other_machines_are_refused_where_only_this_one_may_ask),
        cmocka_unit_test(a_line_is_kept),
        cmocka_unit_test(oversized_requests_are_refused),
        cmocka_unit_test(an_endless_body_is_cut_off),
        cmocka_unit_test(truncated_requests_do_no_harm),
        cmocka_unit_test(malformed_requests_do_no_harm),
        cmocka_unit_test(an_address_that_is_none_is_refused),
        cmocka_unit_test(a_port_in_use_is_refused),
    };
    return cmocka_run_group_tests_name("http", tests, start, stop);
}
