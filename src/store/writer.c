/* The one thread that writes. Callers queue a job that lies on their own stack and sleep until it is durable or undone; the
 * thread takes what waits, in order, into one transaction. What a job does is its own affair. */
#include "store/writer.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct job {
    bool (*run)(void *context, struct db *db, struct error *error);
    void *context;
    struct error *error; /* the caller's; may be NULL */
    bool alone;          /* outside a transaction */
    bool good;
    bool done; /* under the lock */
    pthread_cond_t finished;
    struct job *next;
};

struct writer {
    struct db *db;
    struct writer_hooks hooks;
    size_t largest;
    pthread_t thread;
    pthread_mutex_t lock; /* the queue, `stopping`, and `done` of every job */
    pthread_cond_t waiting;
    struct job *first, **last;
    bool stopping;
};

/* ---- a batch, in the writer's thread ---- */

static void refuse(struct job *jobs, const struct error *why)
{
    for (struct job *job = jobs; job != NULL; job = job->next) {
        if (!job->good) continue;
        job->good = false;
        if (job->error != NULL) *job->error = *why;
    }
}

/* What the failing job says is for its own caller: it may name somebody. */
static bool undone(struct error *error)
{
    error_set(error, ERROR_READ,
              "The disk failed, or is full, while another act was written: this one was undone.");
    return error_advise(error, "See that the disk has room and is sound, and look whether it was "
                               "recorded after all before you do it again.");
}

/* What a job left in `error` without failing is nobody's business. */
static bool run_job(struct db *db, struct job *job, struct error *error)
{
    struct error own = {.code = ERROR_NONE};
    if (!db_savepoint(db, error)) return false;
    job->good = job->run(job->context, db, &own);
    if (job->good) return db_release(db, error);
    if (job->error != NULL) *job->error = own;
    if (db_in_transaction(db)) {
        db_rollback_to(db);
        return true;
    }
    return undone(error);
}

static bool run_jobs(struct db *db, struct job *jobs, size_t *ret_good, struct error *error)
{
    size_t good = 0;
    for (struct job *job = jobs; job != NULL; job = job->next) {
        if (!run_job(db, job, error)) return false;
        good += job->good;
    }
    *ret_good = good;
    return true;
}

/* True where something is durable now. `good` holds of every job of the batch until it is seen to fail. */
static bool run_batch(struct writer *writer, struct job *jobs, struct error *error)
{
    const struct writer_hooks *hooks = &writer->hooks;
    size_t good = 0;
    if (!db_begin(writer->db, error)) return false;
    if (run_jobs(writer->db, jobs, &good, error) && good > 0 &&
        (hooks->before_commit == NULL || hooks->before_commit(hooks->context, writer->db, error)))
        return db_commit(writer->db, error);
    db_rollback(writer->db);
    return false;
}

static void do_batch(struct writer *writer, struct job *jobs)
{
    struct error error = {.code = ERROR_INTERNAL};
    if (run_batch(writer, jobs, &error)) {
        if (writer->hooks.after_commit != NULL) writer->hooks.after_commit(writer->hooks.context);
        return;
    }
    if (writer->hooks.after_failure != NULL) writer->hooks.after_failure(writer->hooks.context);
    refuse(jobs, &error);
}

static void do_alone(struct writer *writer, struct job *job)
{
    struct error own = {.code = ERROR_NONE};
    job->good = job->run(job->context, writer->db, &own);
    if (!job->good && job->error != NULL) *job->error = own;
    assert(!db_in_transaction(writer->db));
}

/* ---- the queue ---- */

/* With the lock held: the jobs of the next batch, cut off the queue. One that wants to be alone is a batch. */
static struct job *take_batch(struct writer *writer)
{
    struct job *jobs = writer->first, *end = jobs;
    if (!jobs->alone)
        for (size_t count = 1; count < writer->largest && end->next != NULL && !end->next->alone;
             count++)
            end = end->next;
    writer->first = end->next;
    if (writer->first == NULL) writer->last = &writer->first;
    end->next = NULL;
    return jobs;
}

/* With the lock held: a job is its caller's again the moment it is done. */
static void finish(struct job *jobs)
{
    while (jobs != NULL) {
        struct job *next = jobs->next;
        jobs->done = true;
        pthread_cond_signal(&jobs->finished);
        jobs = next;
    }
}

static void *work(void *context)
{
    struct writer *writer = context;
    pthread_mutex_lock(&writer->lock);
    for (;;) {
        while (writer->first == NULL && !writer->stopping)
            pthread_cond_wait(&writer->waiting, &writer->lock);
        if (writer->first == NULL) break;
        struct job *jobs = take_batch(writer);
        pthread_mutex_unlock(&writer->lock);
        if (jobs->alone)
            do_alone(writer, jobs);
        else
            do_batch(writer, jobs);
        pthread_mutex_lock(&writer->lock);
        finish(jobs);
    }
    pthread_mutex_unlock(&writer->lock);
    return NULL;
}

static bool stopped(struct error *error)
{
    error_set(error, ERROR_READ, "The server is stopping: this was not recorded.");
    return error_advise(error, "Send it again when the server is back.");
}

static bool wait_for(struct writer *writer, struct job *job)
{
    assert(!pthread_equal(pthread_self(), writer->thread));
    pthread_cond_init(&job->finished, NULL);
    pthread_mutex_lock(&writer->lock);
    bool refused = writer->stopping;
    if (!refused) {
        *writer->last = job;
        writer->last = &job->next;
        pthread_cond_signal(&writer->waiting);
        while (!job->done) pthread_cond_wait(&job->finished, &writer->lock);
    }
    pthread_mutex_unlock(&writer->lock);
    pthread_cond_destroy(&job->finished);
    return refused ? stopped(job->error) : job->good;
}

bool writer_do(struct writer *writer,
               bool (*job)(void *context, struct db *db, struct error *error), void *context,
               struct error *error)
{
    struct job one = {.run = job, .context = context, .error = error, .good = true};
    return wait_for(writer, &one);
}

bool writer_alone(struct writer *writer,
                  bool (*job)(void *context, struct db *db, struct error *error), void *context,
                  struct error *error)
{
    struct job one = {.run = job, .context = context, .error = error, .alone = true};
    return wait_for(writer, &one);
}

/* ---- start and stop ---- */

/* Signals are for the thread that started us. */
static int start_thread(struct writer *writer)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int code = pthread_create(&writer->thread, NULL, work, writer);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code;
}

static void release_writer(struct writer *writer)
{
    pthread_cond_destroy(&writer->waiting);
    pthread_mutex_destroy(&writer->lock);
    free(writer);
}

bool writer_start(struct db *db, const struct writer_hooks *hooks, size_t batch_largest,
                  struct writer **ret_writer, struct error *error)
{
    assert(batch_largest >= 1);
    struct writer *writer = memory_grow(NULL, sizeof *writer);
    *writer = (struct writer){.db = db};
    if (hooks != NULL) writer->hooks = *hooks;
    writer->largest = batch_largest < WRITER_BATCH_LARGEST ? batch_largest : WRITER_BATCH_LARGEST;
    writer->last = &writer->first;
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->waiting, NULL);
    int code = start_thread(writer);
    if (code == 0) {
        *ret_writer = writer;
        return true;
    }
    release_writer(writer);
    return error_set(error, ERROR_INTERNAL, "The thread that writes could not be started: %s.",
                     strerror(code));
}

void writer_stop(struct writer *writer)
{
    if (writer == NULL) return;
    pthread_mutex_lock(&writer->lock);
    writer->stopping = true;
    pthread_cond_signal(&writer->waiting);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    release_writer(writer);
}
