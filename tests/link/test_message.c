/* Messages as bytes: what is plain stays plain, the rest is encoded so that nothing is lost, and what is no text or no address
 * never becomes a message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "link/mail_message.h"

static struct mail_message ordinary(void)
{
    return (struct mail_message){.id = SLICE("00ff"),
                                 .from = SLICE("lanyard@school.example"),
                                 .to = SLICE("a.b+c@school.example"),
                                 .subject = SLICE("Something waits"),
                                 .body = SLICE("One.\n\nTwo.\n"),
                                 .at = 1793836805000LL};
}

static const char *written(const struct mail_message *message, struct text *out)
{
    struct error error = {.code = ERROR_NONE};
    text_init(out, 100000);
    if (!mail_message_write(message, out, &error)) fail_msg("%s", error.sentence);
    return out->at;
}

static void ascii_travels_as_it_is(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    struct mail_message message = ordinary();
    assert_string_equal(written(&message, &out), "From: Lanyard <lanyard@school.example>\r\n"
                                                 "To: <a.b+c@school.example>\r\n"
                                                 "Subject: Something waits\r\n"
                                                 "Date: Thu, 05 Nov 2026 00:00:05 +0000\r\n"
                                                 "Message-ID: <00ff@school.example>\r\n"
                                                 "Auto-Submitted: auto-generated\r\n"
                                                 "X-Auto-Response-Suppress: All\r\n"
                                                 "MIME-Version: 1.0\r\n"
                                                 "Content-Type: text/plain; charset=utf-8\r\n"
                                                 "Content-Transfer-Encoding: 7bit\r\n"
                                                 "\r\n"
                                                 "One.\r\n"
                                                 "\r\n"
                                                 "Two.\r\n");
}

static void days_have_their_names(void **state)
{
    (void)state;
    static const struct {
        int64_t at;
        const char *said;
    } cases[] = {{0, "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n"},
                 {951782400000LL, "Date: Tue, 29 Feb 2000 00:00:00 +0000\r\n"},
                 {1798761599999LL, "Date: Thu, 31 Dec 2026 23:59:59 +0000\r\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        AUTO_TEXT struct text out;
        struct mail_message message = ordinary();
        message.at = cases[i].at;
        assert_non_null(strstr(written(&message, &out), cases[i].said));
    }
}

static void a_subject_beyond_ascii_is_encoded(void **state)
{
    (void)state;
    AUTO_TEXT struct text out, longer;
    struct mail_message message = ordinary();
    message.subject = SLICE("H\xc3\xa9l\xc3\xa8ne");
    assert_non_null(strstr(written(&message, &out), "Subject: =?utf-8?B?SMOpbMOobmU=?=\r\n"));
    message.subject =
        SLICE("\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
              "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
              "\xe2\x82\xac\xe2\x82\xac\xc3\xa9\xe2\x82\xac");
    /* 42 bytes are 14 signs; the second word starts with the next whole character */
    assert_non_null(strstr(written(&message, &longer), "?=\r\n =?utf-8?B?w6nigqw=?=\r\n"));
}

static void no_line_is_long(const char *all)
{
    struct slice rest = slice_of(all), line;
    while (slice_line(&rest, &line)) assert_true(line.length <= 78);
}

static void long_lines_and_other_letters_are_quoted(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    AUTO(arena) struct arena *arena = arena_new();
    struct mail_message message = ordinary();
    message.body = arena_format(arena, "caf\xc3\xa9 = %0200d \nend\t\n", 7);
    const char *all = written(&message, &out);
    assert_non_null(
        strstr(all, "Content-Transfer-Encoding: quoted-printable\r\n\r\ncaf=C3=A9 =3D 000"));
    assert_non_null(strstr(all, "7=20\r\nend=09\r\n"));
    no_line_is_long(all);
}

static void refused(const struct mail_message *message)
{
    AUTO_TEXT struct text out;
    struct error error = {.code = ERROR_NONE};
    text_init(&out, 100000);
    assert_false(mail_message_write(message, &out, &error));
    assert_int_not_equal(error.code, ERROR_NONE);
    assert_int_equal(out.length, 0);
    assert_null(strchr(error.sentence, '@'));
}

static void what_is_none_becomes_no_message(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct mail_message message = ordinary();
    message.to = SLICE("a@b.example\r\nBcc: c@d.example");
    refused(&message);
    message = ordinary();
    message.from = SLICE("a@b.example>");
    refused(&message);
    message = ordinary();
    message.id = SLICE("a>b");
    refused(&message);
    message.id = SLICE_EMPTY;
    refused(&message);
    message = ordinary();
    message.subject = SLICE("a\r\nb");
    refused(&message);
    message.subject = SLICE("a\xff");
    refused(&message);
    message = ordinary();
    message.body = SLICE("a\xff");
    refused(&message);
    message.body = arena_format(arena, "%0*d", MAIL_BODY_LARGEST + 1, 7);
    refused(&message);
    message = ordinary();
    message.at = -1;
    refused(&message);
}

static void too_little_room_leaves_nothing(void **state)
{
    (void)state;
    struct mail_message message = ordinary();
    for (size_t room = 0; room < 300; room += 7) {
        AUTO_TEXT struct text out;
        struct error error = {.code = ERROR_NONE};
        text_init(&out, room);
        assert_false(mail_message_write(&message, &out, &error));
        assert_int_equal(out.length, 0);
    }
}

static void addresses(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    static const char *const good[] = {"a@b", "a.b@c.example", "o'neill+x@c-d.example", "1@2.3"};
    static const char *const bad[] = {
        "",      "a",          "@",           "a@",    "@b",    "a@b.",  "a@.b",
        ".a@b",  "a.@b",       "a..b@c",      "a@b@c", "a b@c", "a@b c", "a@b_c",
        "<a@b>", "\"a\"@b",    "a@[1.2.3.4]", "a@b-",  "a@-b",  "a,b@c", "a@b\r",
        "a\n@b", "\xc3\xa9@b", "a@\xc3\xa9",  "a(x)@b"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!mail_address_good(slice_of(good[i]))) fail_msg("%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (mail_address_good(slice_of(bad[i]))) fail_msg("%s", bad[i]);
    assert_false(mail_address_good((struct slice){"a@b\0c", 5}));
    assert_true(mail_address_good(arena_format(arena, "%064d@b", 0)));
    assert_false(mail_address_good(arena_format(arena, "%065d@b", 0)));
    assert_true(mail_address_good(arena_format(arena, "a@%063d.%063d.%060d", 0, 0, 0)));
    assert_false(mail_address_good(arena_format(arena, "a@%063d.%063d.%063d.%063d", 0, 0, 0, 0)));
    assert_int_equal(mail_address_domain(SLICE("a@b.example")).length, 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ascii_travels_as_it_is),
        cmocka_unit_test(days_have_their_names),
        cmocka_unit_test(a_subject_beyond_ascii_is_encoded),
        cmocka_unit_test(long_lines_and_other_letters_are_quoted),
        cmocka_unit_test(what_is_none_becomes_no_message),
        cmocka_unit_test(too_little_room_leaves_nothing),
        cmocka_unit_test(addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
