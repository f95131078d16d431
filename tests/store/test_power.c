/* Power cuts: the machine stops inside the Nth write, sync or truncation, and what was not synced is lost, kept in part or
 * torn. No confirmed commit may be missing afterwards, none may be there in half. With commits that are not synced some must
 * be missing: the cut has teeth. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "faulty.h"
#include "store/events.h"
#include "testing.h"

#define CUTS 500
#define ROWS 3 /* of one commit */

struct run {
    struct place *place;
    struct faulty *faulty;
    struct random random;
    bool not_synced;
    uint64_t confirmed; /* commits since the record was made */
    uint64_t total;     /* commits confirmed in all */
    int lost, half, damaged, cuts;
    int closing; /* cuts while the log was being moved into the file */
};

/* Bodies of one commit are alike, and name it: 40 bytes to 40,000, so that the log is moved into the file now and then. */
static struct slice body_of(struct place *place, uint64_t commit, struct random *random)
{
    int size = random_below(random, 10) == 0 ? 40000 : 40;
    return arena_format(place->arena, "%0*llu", size, (unsigned long long)commit);
}

static bool commit_one(struct run *run, struct db *db, struct error *error)
{
    uint64_t n = 0;
    struct slice body = body_of(run->place, run->confirmed, &run->random);
    if (!db_begin(db, error)) return false;
    bool good = events_next(db, &n, error);
    for (int i = 0; good && i < ROWS; i++) good = events_append(db, n + (uint64_t)i, body, error);
    if (good) return db_commit(db, error);
    db_rollback(db);
    return false;
}

/* Works until the power goes; gives how many commits were confirmed. */
static uint64_t work(struct run *run)
{
    struct db *db = NULL;
    struct error error;
    struct db_options options = {
        .create = true, .vfs = "faulty-power", .not_synced = run->not_synced};
    uint64_t confirmed = 0, most = 1 + random_below(&run->random, 25);
    if (!db_open(run->place->path, &options, &db, &error)) return 0;
    if (db_migrate(db, &error))
        while (confirmed < most && commit_one(run, db, &error)) confirmed++;
    bool power = !faulty_is_cut(run->faulty);
    db_close(db); /* moves the log into the file, where there still is power */
    run->closing += power && faulty_is_cut(run->faulty);
    return confirmed;
}

/* Counts events, and checks that the three of a commit stand together. */
struct counted {
    uint64_t count;
    uint64_t name;
    bool half;
};

static bool count_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct counted *counted = context;
    int64_t name = -1;
    struct slice digits = body.length > 18 ? slice_part(body, body.length - 18, body.length) : body;
    if (n != counted->count || !slice_number(digits, &name)) counted->half = true;
    if (n % ROWS != 0 && counted->name != (uint64_t)name) counted->half = true;
    counted->name = (uint64_t)name;
    counted->count++;
    (void)error;
    return true;
}

/* How many whole commits the record holds now; UINT64_MAX where it cannot be read. */
static uint64_t commits_there(struct run *run)
{
    struct counted counted = {.count = 0};
    struct error error;
    struct db *db = NULL;
    struct db_options options = {.create = true};
    if (!db_open(run->place->path, &options, &db, &error)) return UINT64_MAX;
    bool good = db_migrate(db, &error) && db_sound(db, &error) &&
                events_each(db, 0, UINT64_MAX, count_event, &counted, &error);
    db_close(db);
    if (!good) return UINT64_MAX;
    if (counted.half || counted.count % ROWS != 0) run->half++;
    return counted.count / ROWS;
}

static void start_afresh(struct run *run)
{
    static const char *const names[] = {"lanyard.db", "lanyard.db-wal", "lanyard.db-shm",
                                        "lanyard.db-journal"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)remove(place_path(run->place, names[i]));
    run->confirmed = 0;
}

/* One life of the machine. Where a commit was under way when the power went, both are right: there, and not there. */
static void live_and_cut(struct run *run)
{
    uint64_t nth = 1 + random_below(&run->random, run->confirmed == 0 ? 60 : 150);
    faulty_strike(run->faulty, FAULTY_CHANGES, nth, FAULTY_CUT, false);
    uint64_t confirmed = work(run);
    run->confirmed += confirmed;
    run->total += confirmed;
    if (!faulty_is_cut(run->faulty)) faulty_cut(run->faulty);
    run->cuts++;
    faulty_restart(run->faulty);
    uint64_t there = commits_there(run);
    if (there == UINT64_MAX)
        run->damaged++;
    else if (there < run->confirmed)
        run->lost++;
    else if (there > run->confirmed + 1)
        run->half++;
    run->confirmed = there;
    if (there == UINT64_MAX || there > 200) start_afresh(run);
    arena_reset(run->place->arena);
    run->place->path = place_path(run->place, "lanyard.db");
}

static struct run run_cuts(struct place *place, bool not_synced, int cuts)
{
    struct run run = {.place = place, .not_synced = not_synced};
    run.faulty = faulty_new("faulty-power", true, 11);
    random_init(&run.random, 12);
    while (run.cuts < cuts) live_and_cut(&run);
    print_message("%d cuts, %llu commits confirmed, %d with some lost, %d with half, %d damaged, "
                  "%d cuts inside a checkpoint%s\n",
                  run.cuts, (unsigned long long)run.total, run.lost, run.half, run.damaged,
                  run.closing, not_synced ? " (not synced)" : "");
    assert_true(run.total > (uint64_t)cuts); /* there was something to lose */
    faulty_free(run.faulty);
    return run;
}

static void no_confirmed_commit_is_lost_in_500_cuts(void **state)
{
    struct run run = run_cuts(*state, false, CUTS);
    assert_int_equal(run.lost, 0);
    assert_int_equal(run.half, 0);
    assert_int_equal(run.damaged, 0);
    assert_true(run.closing > CUTS / 50);
}

static void without_syncing_some_are(void **state)
{
    struct run run = run_cuts(*state, true, 60);
    assert_true(run.lost + run.damaged > 0);
}

/* The cut itself: each kind leaves what it says, of a file written with SQLite's own calls. */
static void a_cut_drops_all_where_it_should(void **state)
{
    struct place *place = *state;
    uint64_t next = 0;
    struct faulty *faulty = faulty_new("faulty-power", true, 3);
    struct db_options options = {.vfs = "faulty-power", .not_synced = true};
    struct db *db = place_open(place, NULL);
    assert_good(place, events_append(db, 0, SLICE("synced"), &place->error));
    db_close(db);
    faulty_leave(faulty, FAULTY_NONE);
    assert_good(place, db_open(place->path, &options, &db, &place->error));
    for (uint64_t n = 1; n < 9; n++)
        assert_good(place, events_append(db, n, SLICE("not synced"), &place->error));
    faulty_cut(faulty);
    assert_false(events_append(db, 9, SLICE("too late"), &place->error));
    db_close(db);
    faulty_restart(faulty);
    db = place_open(place, NULL);
    assert_good(place, events_next(db, &next, &place->error));
    assert_int_equal(next, 1);
    db_close(db);
    faulty_free(faulty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)
        TEST(no_confirmed_commit_is_lost_in_500_cuts),
        TEST(without_syncing_some_are),
        TEST(a_cut_drops_all_where_it_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
