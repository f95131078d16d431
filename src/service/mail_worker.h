/* Empties the outbox in a thread of its own, beside the pages: takes what may go, oldest first, one at a time, sends it, and
 * records what became of it. What cannot go now is tried again, later and later, for three days; nothing is lost where the
 * program is killed, and what is sent a second time for that carries the same Message-ID. */
#pragma once

#include "link/mail.h"
#include "service/mail_state.h"

/* How mail goes out; given by the program that may load a network library. Used by the worker's thread alone. */
struct mail_way {
    void (*send)(void *context, const struct mail_message *message, struct mail_answer *ret_answer);
    void (*rest)(void *context); /* nothing is to be sent for a while */
    void (*hurry)(
        void *context); /* from another thread: what is not under way yet need not begin */
    void *context;
    struct slice from, site; /* the sender's address; the address where people sign in */
};

/* Times in milliseconds. Tests have others. */
struct mail_pace {
    int64_t tick; /* how often is looked for what may go */
    int64_t pause_first,
        pause_largest; /* after a failure that lay at the server, twice as long each time */
    int64_t retry_first,
        retry_largest; /* for one mail: first, then 5 times, 15 times, at most the largest */
    int64_t give_up;
};
extern const struct mail_pace mail_pace_usual;

/* The way must outlive it. NULL where no thread can be had. */
struct mail_worker *mail_worker_start(struct record *record, const struct mail_way *way,
                                      const struct mail_pace *pace);
/* Waits until what is being sent is through, at most for as long as sending may take; NULL is allowed. */
void mail_worker_stop(struct mail_worker *worker);
