/* The thread that keeps time; see timekeeper.h. It ends at once when asked and waits by a clock that nobody sets. */
#include "service/timekeeper.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "service/time_parts.h"

#define LOOKS_EVERY 60 /* seconds */
#define FIRST_LOOK 5

struct timekeeper {
    struct record *record;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stop;
    bool stopping;
};

bool time_keep(struct record *record, bool *ret_did, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct order order;
    struct outcome outcome;
    bool due;
    if (ret_did != NULL) *ret_did = false;
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool looked = time_due(record, db, &due, error);
    record_read_done(record, db);
    if (!looked || !due) return looked;
    order_init(&order, ACT_KEEP_TIME, (struct id){{0}});
    if (!desk_do(record, &order, arena, &outcome, error)) return false;
    if (ret_did != NULL) *ret_did = true;
    return true;
}

/* False where it was asked to stop. */
static bool wait_for(struct timekeeper *keeper, time_t seconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&keeper->lock);
    while (!keeper->stopping && pthread_cond_timedwait(&keeper->stop, &keeper->lock, &until) == 0) {
    }
    bool goes_on = !keeper->stopping;
    pthread_mutex_unlock(&keeper->lock);
    return goes_on;
}

/* What could not be done, the disk being full say, is tried again in a minute. */
static void *run(void *context)
{
    struct timekeeper *keeper = context;
    time_t seconds = FIRST_LOOK;
    while (wait_for(keeper, seconds)) {
        struct error ignored = {.code = ERROR_NONE};
        bool kept = time_keep(keeper->record, NULL, &ignored);
        (void)kept;
        seconds = LOOKS_EVERY;
    }
    return NULL;
}

struct timekeeper *timekeeper_start(struct record *record)
{
    struct timekeeper *keeper = memory_grow(NULL, sizeof *keeper);
    *keeper = (struct timekeeper){.record = record};
    pthread_mutex_init(&keeper->lock, NULL);
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&keeper->stop, &clock);
    pthread_condattr_destroy(&clock);
    if (pthread_create(&keeper->thread, NULL, run, keeper) == 0) return keeper;
    pthread_mutex_destroy(&keeper->lock);
    pthread_cond_destroy(&keeper->stop);
    free(keeper);
    return NULL;
}

void timekeeper_stop(struct timekeeper *keeper)
{
    if (keeper == NULL) return;
    pthread_mutex_lock(&keeper->lock);
    keeper->stopping = true;
    pthread_cond_signal(&keeper->stop);
    pthread_mutex_unlock(&keeper->lock);
    pthread_join(keeper->thread, NULL);
    pthread_mutex_destroy(&keeper->lock);
    pthread_cond_destroy(&keeper->stop);
    free(keeper);
}
