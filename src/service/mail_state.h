/* How mail stands, for the page about the record: what waits, and how the last ones went. */
#pragma once

#include "service/record.h"

#define MAIL_STATE_REASON 16

struct mail_worker;
struct mail_state {
    bool on;                        /* this program sends mail */
    int64_t waiting, due;           /* in the outbox; how many of them could go already */
    int64_t next;                   /* when the first of all may go, or could have gone; 0: none */
    int64_t sent, failed;           /* when last, since the program began; 0: never */
    char reason[MAIL_STATE_REASON]; /* of the last failure, as link/mail.h lists them */
};
/* `worker` NULL: mail is off. */
MUST_USE bool mail_worker_state(struct mail_worker *worker, struct record *record,
                                struct mail_state *ret_state, struct error *error);
