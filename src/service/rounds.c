/* A thread that goes its rounds; see rounds.h. */
#include "service/rounds.h"

#include <time.h>

static void *run(void *context)
{
    struct rounds *rounds = context;
    rounds->go(rounds, rounds->context);
    return NULL;
}

static void forget(struct rounds *rounds)
{
    pthread_mutex_destroy(&rounds->lock);
    pthread_cond_destroy(&rounds->stop);
}

bool rounds_start(struct rounds *rounds, void (*go)(struct rounds *rounds, void *context),
                  void *context)
{
    pthread_condattr_t clock;
    *rounds = (struct rounds){.go = go, .context = context};
    pthread_mutex_init(&rounds->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&rounds->stop, &clock);
    pthread_condattr_destroy(&clock);
    if (pthread_create(&rounds->thread, NULL, run, rounds) == 0) return true;
    forget(rounds);
    return false;
}

bool rounds_wait(struct rounds *rounds, int64_t milliseconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += milliseconds % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_mutex_lock(&rounds->lock);
    while (!rounds->stopping && milliseconds > 0 &&
           pthread_cond_timedwait(&rounds->stop, &rounds->lock, &until) == 0) {
    }
    bool goes_on = !rounds->stopping;
    pthread_mutex_unlock(&rounds->lock);
    return goes_on;
}

void rounds_ask(struct rounds *rounds)
{
    pthread_mutex_lock(&rounds->lock);
    rounds->stopping = true;
    pthread_cond_signal(&rounds->stop);
    pthread_mutex_unlock(&rounds->lock);
}

void rounds_end(struct rounds *rounds)
{
    rounds_ask(rounds);
    pthread_join(rounds->thread, NULL);
    forget(rounds);
}
