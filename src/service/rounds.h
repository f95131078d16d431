/* A thread of the program's own that goes its rounds beside the pages: it waits by a clock that nobody sets and ends at once when
 * asked, also in the middle of a wait. keeper.c, timekeeper.c and mail_worker.c are such threads. */
#pragma once

#include <pthread.h>

#include "base/slice.h"

struct rounds {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stop;
    bool stopping;
    void (*go)(struct rounds *rounds, void *context);
    void *context;
};

/* Starts `go`, which waits with rounds_wait and returns when that says no. False, and nothing to end, where no thread can be
 * had. The struct must stay where it is until rounds_end. */
MUST_USE bool rounds_start(struct rounds *rounds, void (*go)(struct rounds *rounds, void *context),
                           void *context);
/* From the thread itself: waits so long; false where it was asked to stop. 0: only says so. */
MUST_USE bool rounds_wait(struct rounds *rounds, int64_t milliseconds);
/* From outside: asks it to stop, and does not wait. */
void rounds_ask(struct rounds *rounds);
/* Asks, waits until it has ended, and frees what it holds. */
void rounds_end(struct rounds *rounds);
