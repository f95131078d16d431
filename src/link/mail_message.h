/* A message of ours as RFC 5322 and MIME want it: headers, plain text, bytes ready to be sent. Pure; what it says is the
 * caller's, how it travels is mail.c's. Nothing that a caller gives can add a header or a second receiver. */
#pragma once

#include "base/error.h"
#include "base/text.h"

#define MAIL_ADDRESS_LARGEST 254
#define MAIL_SUBJECT_LARGEST 200
#define MAIL_BODY_LARGEST 20000

struct mail_message {
    struct slice id; /* letters and digits; sent again it is the same, so that it shows once */
    struct slice from, to; /* addresses */
    struct slice subject;  /* UTF-8, one line */
    struct slice body;     /* UTF-8, lines end in \n */
    int64_t at;            /* milliseconds since 1970 UTC */
};

/* Whether it is an address as mail servers everywhere take it: ASCII, one @, a name, a domain; no quotes, no comments. */
bool mail_address_good(struct slice address);
/* What stands behind the @; of an address that is good. */
struct slice mail_address_domain(struct slice address);
/* Fails where an address is none, or something is too long or not text; `out` holds nothing then. */
MUST_USE bool mail_message_write(const struct mail_message *message, struct text *out,
                                 struct error *error);
