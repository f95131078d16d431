/* The thread that keeps time; see timekeeper.h. */
#include "service/timekeeper.h"

#include <stdlib.h>

#include "service/rounds.h"
#include "service/time_parts.h"

#define LOOKS_EVERY 60000LL /* milliseconds */
#define FIRST_LOOK 5000LL

struct timekeeper {
    struct record *record;
    struct rounds rounds;
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

/* What could not be done, the disk being full say, is tried again in a minute. */
static void go(struct rounds *rounds, void *context)
{
    struct timekeeper *keeper = context;
    for (int64_t wait = FIRST_LOOK; rounds_wait(rounds, wait); wait = LOOKS_EVERY) {
        struct error ignored = {.code = ERROR_NONE};
        bool kept = time_keep(keeper->record, NULL, &ignored);
        (void)kept;
    }
}

struct timekeeper *timekeeper_start(struct record *record)
{
    struct timekeeper *keeper = memory_grow(NULL, sizeof *keeper);
    keeper->record = record;
    if (rounds_start(&keeper->rounds, go, keeper)) return keeper;
    free(keeper);
    return NULL;
}

void timekeeper_stop(struct timekeeper *keeper)
{
    if (keeper == NULL) return;
    rounds_end(&keeper->rounds);
    free(keeper);
}
