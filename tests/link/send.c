/* send KEY=VALUE...: one message (or `count`) by src/link, with settings from the command line; prints what came of each as
 * `RESULT SERVER REASON MILLISECONDS`. For the tests here, and to try a mail server by hand. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "link/mail.h"

struct asked {
    struct mail_server server;
    const char *to, *subject, *body;
    int64_t count, wait_ms;
};

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool take(struct asked *asked, struct slice key, const char *value)
{
    int64_t number = 0;
    struct mail_server *server = &asked->server;
    bool is_number = slice_number(slice_of(value), &number);
    if (slice_is(key, "url"))
        server->url = value;
    else if (slice_is(key, "from"))
        server->from = value;
    else if (slice_is(key, "user"))
        server->user = value;
    else if (slice_is(key, "password"))
        server->password = value;
    else if (slice_is(key, "authority"))
        server->authority = value;
    else if (slice_is(key, "plain"))
        server->plain = true;
    else if (slice_is(key, "connect") && is_number)
        server->connect_ms = (long)number;
    else if (slice_is(key, "whole") && is_number)
        server->whole_ms = (long)number;
    else if (slice_is(key, "count") && is_number)
        asked->count = number;
    else if (slice_is(key, "wait") && is_number)
        asked->wait_ms = number;
    else if (slice_is(key, "to"))
        asked->to = value;
    else if (slice_is(key, "subject"))
        asked->subject = value;
    else if (slice_is(key, "body"))
        asked->body = value;
    else
        return false;
    return true;
}

static void send_one(struct mail *mail, const struct asked *asked, int64_t n)
{
    static const char *const results[] = {
        [MAIL_SENT] = "sent", [MAIL_REFUSED] = "refused", [MAIL_LATER] = "later"};
    AUTO(arena) struct arena *arena = arena_new();
    struct mail_message message = {.id = arena_format(arena, "%032lld", (long long)n),
                                   .to = slice_of(asked->to),
                                   .subject = slice_of(asked->subject),
                                   .body = slice_of(asked->body),
                                   .at = (int64_t)time(NULL) * 1000};
    struct mail_answer answer;
    int64_t began = milliseconds();
    mail_send(mail, &message, &answer);
    printf("%s %s %s %lld\n", results[answer.result], answer.server ? "server" : "message",
           answer.reason, (long long)(milliseconds() - began));
    fflush(stdout);
}

static int run(const struct asked *asked)
{
    struct error error = {.code = ERROR_NONE};
    if (!mail_server_check(&asked->server, &error)) {
        printf("settings: %s; %s\n", error.sentence, error.advice);
        return 2;
    }
    struct mail *mail = mail_new(&asked->server);
    if (mail == NULL) return 3;
    for (int64_t n = 0; n < asked->count; n++) {
        struct timespec wait = {asked->wait_ms / 1000, asked->wait_ms % 1000 * 1000000};
        if (n > 0) nanosleep(&wait, NULL);
        send_one(mail, asked, n);
    }
    mail_rest(mail);
    mail_free(mail);
    return 0;
}

int main(int count, char **words)
{
    struct asked asked = {.server = {.url = "", .from = "lanyard@school.example"},
                          .to = "someone@school.example",
                          .subject = "A test",
                          .body = "One line.\n",
                          .count = 1};
    for (int i = 1; i < count; i++) {
        struct slice word = slice_of(words[i]);
        size_t at = slice_find(word, '=');
        if (at == word.length || !take(&asked, slice_part(word, 0, at), words[i] + at + 1)) {
            fprintf(stderr, "send: '%s' is no setting\n", words[i]);
            return 2;
        }
    }
    return run(&asked);
}
