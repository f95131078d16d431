/* The daily check in a thread of its own, which also keeps up with other programs on the same folder; see keeping.h. */
#include <pthread.h>
#include <stdlib.h>

#include "service/erase.h"
#include "service/import.h"
#include "service/keeping.h"
#include "service/rounds.h"

#define KEEP_UP_SECONDS 5LL /* what a command erased is on no page for longer */
#define FIRST_SECONDS 300
#define DAY_SECONDS (24LL * 3600)

struct keeper {
    struct record *record;
    struct rounds rounds;
    pthread_mutex_t lock; /* for what follows */
    size_t wrong;
};

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

static void go(struct rounds *rounds, void *context)
{
    struct keeper *keeper = context;
    struct error ignored = {.code = ERROR_NONE};
    int64_t left = FIRST_SECONDS;
    while (rounds_wait(rounds, KEEP_UP_SECONDS * 1000)) {
        bool kept_up = record_keep_up(keeper->record, &ignored);
        (void)kept_up; /* tried again in a moment, and by every act */
        left -= KEEP_UP_SECONDS;
        if (left > 0) continue;
        check(keeper);
        left = DAY_SECONDS;
    }
}

static void forget(struct keeper *keeper)
{
    pthread_mutex_destroy(&keeper->lock);
    free(keeper);
}

struct keeper *keeper_start(struct record *record)
{
    struct keeper *keeper = memory_grow(NULL, sizeof *keeper);
    *keeper = (struct keeper){.record = record};
    pthread_mutex_init(&keeper->lock, NULL);
    if (rounds_start(&keeper->rounds, go, keeper)) return keeper;
    forget(keeper);
    return NULL;
}

void keeper_stop(struct keeper *keeper)
{
    if (keeper == NULL) return;
    rounds_end(&keeper->rounds);
    forget(keeper);
}

size_t keeper_wrong(struct keeper *keeper)
{
    if (keeper == NULL) return 0;
    pthread_mutex_lock(&keeper->lock);
    size_t wrong = keeper->wrong;
    pthread_mutex_unlock(&keeper->lock);
    return wrong;
}
