/* One writer: jobs from many threads, done one after another in one transaction, a savepoint each, and one commit for all
 * that waited. A job that fails is undone alone; where the commit fails, all of its jobs fail. */
#pragma once

#include "store/db.h"

struct writer; /* opaque */

struct writer_hooks {
    void *context;
    /* In the writer's thread. `before_commit`: after the last job of a batch, inside the transaction; false fails the batch.
     * `after_commit`: what was waited for is durable. `after_failure`: everything since the last commit is undone. */
    bool (*before_commit)(void *context, struct db *db, struct error *error);
    void (*after_commit)(void *context);
    void (*after_failure)(void *context);
};
#define WRITER_BATCH_LARGEST 256

/* Starts the thread; the connection is the writer's from now on. `hooks`, and each of them, may be NULL. Batches are of at
 * most `batch_largest` jobs, and never more than WRITER_BATCH_LARGEST. */
MUST_USE bool writer_start(struct db *db, const struct writer_hooks *hooks, size_t batch_largest,
                           struct writer **ret_writer, struct error *error);
/* Does the job in the writer's thread and returns when it is durable, or undone: alone, or with its whole batch. */
MUST_USE bool writer_do(struct writer *writer,
                        bool (*job)(void *context, struct db *db, struct error *error),
                        void *context, struct error *error);
/* Waits for what runs, then lets the caller have the connection without any transaction (scrub, copy), and goes on. */
MUST_USE bool writer_alone(struct writer *writer,
                           bool (*job)(void *context, struct db *db, struct error *error),
                           void *context, struct error *error);
/* After the jobs that wait; what comes meanwhile is refused, and nobody may call when it returns. The connection stays
 * open and is the caller's again. */
void writer_stop(struct writer *writer);
