/* The daily check in a thread of its own, which also keeps up with other programs on the same folder; see keeping.h. It ends
 * at once when asked, also in the middle of a wait, and waits by a clock that nobody sets. */
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "service/erase.h"
#include "service/import.h"
#include "service/keeping.h"

#define KEEP_UP_SECONDS 5 /* what a command erased is on no page for longer */
#define FIRST_SECONDS 300
#define DAY_SECONDS ((time_t)24 * 3600)

struct keeper {
    struct record *record;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stop;
    bool stopping;
    size_t wrong;
};

/* False where it was asked to stop. */
static bool wait_for(struct keeper *keeper, time_t seconds)
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

/* A check that could not be made counts as one finding: silence would look like success. */
static void check(struct keeper *keeper)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct rebuild *rebuild = ARENA_NEW(arena, struct rebuild);
    struct error error = {.code = ERROR_NONE};
    size_t wrong = record_check(keeper->record, arena, rebuild, &error) ? rebuild->wrong : 1;
    if (!erase_finish(keeper->record, &error)) wrong++;
    if (!import_sweep(keeper->record, &error)) wrong++;
    pthread_mutex_lock(&keeper->lock);
    keeper->wrong = wrong;
    pthread_mutex_unlock(&keeper->lock);
}

static void *run(void *context)
{
    struct keeper *keeper = context;
    struct error ignored = {.code = ERROR_NONE};
    time_t left = FIRST_SECONDS;
    while (wait_for(keeper, KEEP_UP_SECONDS)) {
        bool kept_up = record_keep_up(keeper->record, &ignored);
        (void)kept_up; /* tried again in a moment, and by every act */
        left -= KEEP_UP_SECONDS;
        if (left > 0) continue;
        check(keeper);
        left = DAY_SECONDS;
    }
    return NULL;
}

struct keeper *keeper_start(struct record *record)
{
    struct keeper *keeper = memory_grow(NULL, sizeof *keeper);
    *keeper = (struct keeper){.record = record};
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

void keeper_stop(struct keeper *keeper)
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

size_t keeper_wrong(struct keeper *keeper)
{
    if (keeper == NULL) return 0;
    pthread_mutex_lock(&keeper->lock);
    size_t wrong = keeper->wrong;
    pthread_mutex_unlock(&keeper->lock);
    return wrong;
}
