/* One message to one receiver over SMTP, and what came of it. Connections are encrypted, except to this very machine or where
 * the settings say otherwise; every wait has an end. What is said of a failure holds no address and no words of a server. */
#pragma once

#include "link/mail_message.h"

struct mail_server {
    const char *url;      /* smtp://HOST[:PORT] or smtps://HOST[:PORT] */
    const char *from;     /* the sender's address */
    const char *user;     /* NULL: without signing in */
    const char *password; /* with a user */
    const char *
        authority; /* a file of certificates to trust instead of the system's; NULL: the system's. Given, a server
                              on this machine is encrypted as well */
    bool plain;      /* unencrypted over a network too */
    long connect_ms; /* 0: ten seconds */
    long whole_ms;   /* for one message; 0: a minute */
};

enum mail_result {
    MAIL_SENT,    /* the server has taken it over */
    MAIL_REFUSED, /* this message, for good */
    MAIL_LATER,   /* it may go another time */
};
#define MAIL_REASON_LARGEST 16
struct mail_answer {
    enum mail_result result;
    bool server; /* it lay at the server: another message would fare no better */
    char reason
        [MAIL_REASON_LARGEST]; /* smtp-550, no-host, no-connection, slow, tls, sign-in, cut-off, address, other */
};

struct mail; /* opaque; of one thread at a time */

/* Looks at the settings alone; fails with what to mend. */
MUST_USE bool mail_server_check(const struct mail_server *server, struct error *error);
/* Settings that were checked; they stay the caller's and must outlive it. NULL where there is no memory for a connection. */
struct mail *mail_new(const struct mail_server *server);
void mail_free(struct mail *mail); /* NULL is allowed */
/* `from` of the message is the server's. Blocks for at most the times above, and ten seconds of parting. */
void mail_send(struct mail *mail, const struct mail_message *message,
               struct mail_answer *ret_answer);
/* From another thread: what the server has not been offered yet is given up, also what comes later, to be sent another time. */
void mail_hurry(struct mail *mail);
/* Parts from the server, where it was still connected: nothing is to be sent for a while. */
void mail_rest(struct mail *mail);
