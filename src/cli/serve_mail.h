/* Mail for a record that is served: its options, and from them the worker that sends. What SMTP is stands in src/link, what is
 * sent to whom in service/mail_queue.h. */
#pragma once

#include "service/mail_worker.h"

struct mail_options {
    const char *url; /* NULL: no mail */
    const char *from, *user, *password_file, *authority, *site;
    bool plain;
    bool any; /* one of them was given */
};

/* Options for getopt_long, from this character code on: none collides with a letter. */
enum mail_option {
    MAIL_OPTION_URL = 1000,
    MAIL_OPTION_FROM,
    MAIL_OPTION_USER,
    MAIL_OPTION_PASSWORD,
    MAIL_OPTION_AUTHORITY,
    MAIL_OPTION_PLAIN,
    MAIL_OPTION_SITE,
};
#define MAIL_LONG_OPTIONS                                                                          \
    {"mail", required_argument, NULL, MAIL_OPTION_URL},                                            \
        {"mail-from", required_argument, NULL, MAIL_OPTION_FROM},                                  \
        {"mail-user", required_argument, NULL, MAIL_OPTION_USER},                                  \
        {"mail-password-file", required_argument, NULL, MAIL_OPTION_PASSWORD},                     \
        {"mail-authority", required_argument, NULL, MAIL_OPTION_AUTHORITY},                        \
        {"mail-plain", no_argument, NULL, MAIL_OPTION_PLAIN},                                      \
    {                                                                                              \
        "site", required_argument, NULL, MAIL_OPTION_SITE                                          \
    }
/* Takes one; false where it is none of these. */
bool mail_option(struct mail_options *options, int option, const char *value);

struct serve_mail; /* opaque */
/* Starts what sends a record's mail; `ret_mail` NULL where none is wanted. Fails on settings that cannot work. */
MUST_USE bool serve_mail_start(const struct mail_options *options, struct record *record,
                               struct serve_mail **ret_mail, struct error *error);
/* For the page about the record; NULL for none. */
struct mail_worker *serve_mail_worker(struct serve_mail *mail);
/* Before the record is closed; NULL is allowed. */
void serve_mail_stop(struct serve_mail *mail);
