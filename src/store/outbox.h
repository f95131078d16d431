/* Mail that is to be sent, and what was sent lately: no projection. A row a person and kind; who may change it when is the
 * business of service/mail_queue.h. */
#pragma once

#include "store/rows.h"

/* state: waiting, sending (a worker has it), sent, failed. not_before, milliseconds: of one that waits, when it may go; of one
 * that was sent or has failed, when the next of its kind may. */
struct outbox_row {
    struct id id;
    struct slice kind;
    struct id person;
    struct slice sealed;
    int64_t not_before;
    int64_t tries;
    struct slice state;
};
/* Nothing is put further ahead than this: what seems to be comes from a clock that was wrong, and counts as due. */
#define OUTBOX_AHEAD_LARGEST (48LL * 3600 * 1000)
/* Whether one that was sent or has failed keeps the next one back. */
bool outbox_kept_back(const struct outbox_row *row, int64_t now);
/* Inserts or replaces by id. */
MUST_USE bool outbox_put(struct db *db, const struct outbox_row *row, struct error *error);
MUST_USE bool outbox_get(struct db *db, const struct id *key, struct arena *arena,
                         struct outbox_row *ret_row, bool *ret_found, struct error *error);
/* That of a person and kind: there is one at most. */
MUST_USE bool outbox_of(struct db *db, const struct id *person, struct slice kind,
                        struct arena *arena, struct outbox_row *ret_row, bool *ret_found,
                        struct error *error);
/* The one that has waited longest of those that may go now; urgent ones first. */
MUST_USE bool outbox_due(struct db *db, int64_t now, struct arena *arena,
                         struct outbox_row *ret_row, bool *ret_found, struct error *error);
/* Those that a worker had when it died wait again, from now on, and that try does not count. */
MUST_USE bool outbox_resume(struct db *db, int64_t now, struct error *error);
/* Takes out what was sent or has failed so long ago that it keeps nothing back any more. */
MUST_USE bool outbox_sweep(struct db *db, int64_t now, struct error *error);
/* How many wait or are under way, how many of them may go now, and when the first of all may, or could have; 0: none. */
MUST_USE bool outbox_count(struct db *db, int64_t now, int64_t *ret_count, int64_t *ret_due,
                           int64_t *ret_next, struct error *error);
MUST_USE bool outbox_drop(struct db *db, const struct id *key, struct error *error);
MUST_USE bool outbox_drop_of(struct db *db, const struct id *person, struct error *error);
