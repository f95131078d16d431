/* The writer: jobs of 64 threads, none lost; a failing one undone alone; a failing commit fails its whole batch; alone, and
 * stopping; what it is worth where a sync is slow. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "faulty.h"
#include "store/events.h"
#include "store/writer.h"
#include "testing.h"

#define THREADS 64
#define JOBS 40

static bool append_next(void *context, struct db *db, struct error *error)
{
    (void)context;
    uint64_t n = 0;
    return events_next(db, &n, error) && events_append(db, n, SLICE("body"), error);
}

/* Writes, then fails: its row must go. */
static bool append_and_fail(void *context, struct db *db, struct error *error)
{
    if (!append_next(context, db, error)) return false;
    error_set(error, ERROR_MEANING, "Refused by the job itself.");
    return error_advise(error, "Ask for something else.");
}

/* ---- counting what the hooks see; only the writer's thread touches these ---- */

struct seen {
    int commits, failures, before;
    bool refuse; /* set while nothing runs */
};

static bool before_commit(void *context, struct db *db, struct error *error)
{
    struct seen *seen = context;
    assert_true(db_in_transaction(db));
    seen->before++;
    return !seen->refuse || error_set(error, ERROR_INTERNAL, "The batch was refused.");
}

static void after_commit(void *context)
{
    ((struct seen *)context)->commits++;
}

static void after_failure(void *context)
{
    ((struct seen *)context)->failures++;
}

static struct writer *start(struct place *place, struct db *db, struct seen *seen, size_t largest)
{
    struct writer_hooks hooks = {seen, before_commit, after_commit, after_failure};
    struct writer *writer = NULL;
    assert_good(place, writer_start(db, &hooks, largest, &writer, &place->error));
    return writer;
}

static uint64_t count(struct place *place, struct db *db)
{
    uint64_t count = 0, next = 0;
    assert_good(place, events_count(db, &count, &place->error));
    assert_good(place, events_next(db, &next, &place->error));
    assert_int_equal(count, next);
    return count;
}

/* ---- many threads ---- */

struct client {
    struct writer *writer;
    int number, good, refused, other;
    bool fails; /* every third of its jobs */
};

static void *be_client(void *context)
{
    struct client *client = context;
    for (int i = 0; i < JOBS; i++) {
        bool fail = client->fails && i % 3 == 0;
        struct error error = {.code = ERROR_NONE};
        bool good = writer_do(client->writer, fail ? append_and_fail : append_next, NULL, &error);
        if (good && !fail)
            client->good++;
        else if (!good && fail && error.code == ERROR_MEANING)
            client->refused++;
        else
            client->other++;
    }
    return NULL;
}

/* Runs the clients and gives how many jobs were confirmed; each of them got the answer that was its own. */
static int run_clients(struct writer *writer, bool fails)
{
    static struct client clients[THREADS];
    pthread_t threads[THREADS];
    int good = 0;
    for (int i = 0; i < THREADS; i++) {
        clients[i] = (struct client){.writer = writer, .number = i, .fails = fails};
        assert_int_equal(pthread_create(&threads[i], NULL, be_client, &clients[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(clients[i].other, 0);
        assert_int_equal(clients[i].good + clients[i].refused, JOBS);
        good += clients[i].good;
    }
    return good;
}

static void no_job_of_64_threads_is_lost(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct seen seen = {.commits = 0};
    struct writer *writer = start(place, db, &seen, WRITER_BATCH_LARGEST);
    assert_int_equal(run_clients(writer, false), THREADS * JOBS);
    writer_stop(writer);
    assert_int_equal(count(place, db), THREADS * JOBS);
    assert_int_equal(seen.before, seen.commits);
    assert_int_equal(seen.failures, 0);
    assert_true(seen.commits < THREADS * JOBS / 2); /* they were grouped */
    db_close(db);
}

static void a_failing_job_is_undone_alone(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct seen seen = {.commits = 0};
    struct writer *writer = start(place, db, &seen, WRITER_BATCH_LARGEST);
    int good = run_clients(writer, true);
    writer_stop(writer);
    assert_true(good > 0 && good < THREADS * JOBS);
    assert_int_equal(count(place, db), good);
    db_close(db);
}

static void a_batch_may_be_of_one(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct seen seen = {.commits = 0};
    struct writer *writer = start(place, db, &seen, 1);
    assert_int_equal(run_clients(writer, false), THREADS * JOBS);
    writer_stop(writer);
    assert_int_equal(seen.commits, THREADS * JOBS);
    db_close(db);
}

static void a_batch_that_may_not_be_committed_is_undone(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct seen seen = {.refuse = true};
    struct writer *writer = start(place, db, &seen, WRITER_BATCH_LARGEST);
    assert_false(writer_do(writer, append_next, NULL, &place->error));
    assert_string_equal(place->error.sentence, "The batch was refused.");
    assert_false(writer_do(writer, append_next, NULL, NULL));
    assert_int_equal(seen.failures, 2);
    assert_int_equal(seen.commits, 0);
    writer_stop(writer);
    assert_int_equal(count(place, db), 0);
    db_close(db);
}

/* ---- a batch of known jobs: the first blocks the thread until the others wait ---- */

struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    bool entered, open;
};

static bool wait_at_gate(void *context, struct db *db, struct error *error)
{
    (void)db, (void)error;
    struct gate *gate = context;
    pthread_mutex_lock(&gate->lock);
    gate->entered = true;
    pthread_cond_broadcast(&gate->opened);
    while (!gate->open) pthread_cond_wait(&gate->opened, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
    return true;
}

struct waiting {
    struct writer *writer;
    bool (*job)(void *context, struct db *db, struct error *error);
    void *context;
    struct error error;
    bool good;
};

static void *be_waiting(void *context)
{
    struct waiting *waiting = context;
    waiting->good = writer_do(waiting->writer, waiting->job, waiting->context, &waiting->error);
    return NULL;
}

static void nap(void)
{
    struct timespec time = {.tv_nsec = 100000000};
    nanosleep(&time, NULL);
}

/* Does the jobs in one batch, behind a job that waits until all are in the queue. */
static void do_together(struct writer *writer, struct waiting *jobs, size_t number)
{
    struct gate gate = {.entered = false};
    struct waiting first = {.writer = writer, .job = wait_at_gate, .context = &gate};
    pthread_t threads[9];
    assert_true(number < 9);
    pthread_mutex_init(&gate.lock, NULL);
    pthread_cond_init(&gate.opened, NULL);
    assert_int_equal(pthread_create(&threads[number], NULL, be_waiting, &first), 0);
    pthread_mutex_lock(&gate.lock);
    while (!gate.entered) pthread_cond_wait(&gate.opened, &gate.lock);
    for (size_t i = 0; i < number; i++) {
        jobs[i].writer = writer;
        assert_int_equal(pthread_create(&threads[i], NULL, be_waiting, &jobs[i]), 0);
    }
    nap();
    gate.open = true;
    pthread_cond_broadcast(&gate.opened);
    pthread_mutex_unlock(&gate.lock);
    for (size_t i = 0; i <= number; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_true(first.good);
    pthread_cond_destroy(&gate.opened);
    pthread_mutex_destroy(&gate.lock);
}

static bool append_and_break(void *context, struct db *db, struct error *error)
{
    if (!append_next(context, db, error)) return false;
    faulty_strike(context, FAULTY_SYNC, 1, FAULTY_ERROR, true);
    return true;
}

/* The commit fails when the disk does: all of the batch hear of it, the next batch is well again. */
static void a_failing_commit_fails_all_of_its_batch(void **state)
{
    struct place *place = *state;
    struct faulty *faulty = faulty_new("faulty-writer", false, 1);
    struct db *db = place_open(place, "faulty-writer");
    struct seen seen = {.commits = 0};
    struct writer *writer = start(place, db, &seen, WRITER_BATCH_LARGEST);
    struct waiting jobs[] = {{.job = append_and_break, .context = faulty},
                             {.job = append_next},
                             {.job = append_and_fail},
                             {.job = append_next}};
    do_together(writer, jobs, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_false(jobs[i].good);
        if (jobs[i].job == append_and_fail)
            assert_int_equal(jobs[i].error.code, ERROR_MEANING);
        else
            assert_non_null(strstr(jobs[i].error.sentence, "did not do as asked"));
    }
    assert_true(seen.failures >= 1);
    faulty_strike(faulty, 0, 0, FAULTY_ERROR, false);
    assert_good(place, writer_do(writer, append_next, NULL, &place->error));
    writer_stop(writer);
    assert_int_equal(count(place, db), 1);
    db_close(db);
    faulty_free(faulty);
}

/* What a job does when SQLite has undone the whole transaction under it. */
static bool lose_transaction(void *context, struct db *db, struct error *error)
{
    (void)context;
    db_rollback(db);
    return error_set(error, ERROR_READ, "Something about Beatrice.");
}

static void a_lost_transaction_fails_the_batch_and_tells_nobodys_words(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct seen seen = {.commits = 0};
    struct writer *writer = start(place, db, &seen, WRITER_BATCH_LARGEST);
    struct waiting jobs[] = {{.job = append_next}, {.job = lose_transaction}, {.job = append_next}};
    do_together(writer, jobs, 3);
    for (size_t i = 0; i < 3; i++) {
        bool own = strstr(jobs[i].error.sentence, "Beatrice") != NULL;
        assert_false(jobs[i].good);
        assert_true(own == (jobs[i].job == lose_transaction));
    }
    assert_good(place, writer_do(writer, append_next, NULL, &place->error));
    writer_stop(writer);
    assert_int_equal(count(place, db), 1);
    db_close(db);
}

/* ---- alone, and stopping ---- */

static bool scrub(void *context, struct db *db, struct error *error)
{
    ++*(int *)context;
    return !db_in_transaction(db) && db_scrub(db, error);
}

static void alone_means_outside_any_transaction(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct seen seen = {.commits = 0};
    struct writer *writer = start(place, db, &seen, WRITER_BATCH_LARGEST);
    struct waiting jobs[] = {{.job = append_next}, {.job = append_next}};
    int scrubbed = 0;
    do_together(writer, jobs, 2);
    assert_good(place, writer_alone(writer, scrub, &scrubbed, &place->error));
    assert_good(place, writer_do(writer, append_next, NULL, &place->error));
    assert_int_equal(scrubbed, 1);
    writer_stop(writer);
    assert_int_equal(count(place, db), 3);
    db_close(db);
}

/* ---- a slow disk ---- */

static double seconds_of(struct writer *writer)
{
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    assert_int_equal(run_clients(writer, false), THREADS * JOBS);
    clock_gettime(CLOCK_MONOTONIC, &to);
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static void grouped_commits_outrun_single_ones_where_a_sync_is_slow(void **state)
{
    struct place *place = *state;
    struct faulty *faulty = faulty_new("faulty-slow", true, 1);
    double took[2] = {0, 0};
    for (size_t grouped = 0; grouped < 2; grouped++) {
        struct db *db = place_open(place, "faulty-slow");
        struct seen seen = {.commits = 0};
        struct writer *writer = start(place, db, &seen, grouped ? WRITER_BATCH_LARGEST : 1);
        faulty_slow(faulty, 1);
        took[grouped] = seconds_of(writer);
        writer_stop(writer);
        faulty_slow(faulty, 0);
        db_close(db);
    }
    faulty_free(faulty);
    print_message("%d acts from %d threads, each sync 1 ms slower: %.2f s one by one, %.2f s "
                  "grouped\n",
                  THREADS * JOBS, THREADS, took[0], took[1]);
    assert_true(took[0] > 3 * took[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)
        TEST(no_job_of_64_threads_is_lost),
        TEST(a_failing_job_is_undone_alone),
        TEST(a_batch_may_be_of_one),
        TEST(a_batch_that_may_not_be_committed_is_undone),
        TEST(a_failing_commit_fails_all_of_its_batch),
        TEST(a_lost_transaction_fails_the_batch_and_tells_nobodys_words),
        TEST(alone_means_outside_any_transaction),
        TEST(grouped_commits_outrun_single_ones_where_a_sync_is_slow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
