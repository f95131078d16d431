/* The log's rows: events by number, the log itself with the edge of its tree, a signed checkpoint a day, and which acts are
 * done. What the bytes mean is the ledger's business. */
#pragma once

#include "ledger/event.h"
#include "store/db.h"

/* Fails where that number is taken. */
MUST_USE bool events_append(struct db *db, uint64_t n, struct slice body, struct error *error);
/* The body, in the arena; fails where there is no such event. */
MUST_USE bool events_read(struct db *db, uint64_t n, struct arena *arena, struct slice *ret_body,
                          struct error *error);
/* Events from..to (without `to`; UINT64_MAX for all) in order; false from the callback ends the walk and is its answer. The
 * body is valid inside the callback. */
MUST_USE bool events_each(struct db *db, uint64_t from, uint64_t to,
                          bool (*event)(void *context, uint64_t n, struct slice body,
                                        struct error *error),
                          void *context, struct error *error);
/* One more than the largest number; 0 where there is none. */
MUST_USE bool events_next(struct db *db, uint64_t *ret_n, struct error *error);
/* How many rows there are: less than events_next where one is missing. Reads them all. */
MUST_USE bool events_count(struct db *db, uint64_t *ret_count, struct error *error);

struct log_row {
    struct slice origin, vkey, tree;
};
/* Fails where there is one already. */
MUST_USE bool log_make(struct db *db, const struct log_row *row, struct error *error);
/* In the arena; fails where the record has none. */
MUST_USE bool log_read(struct db *db, struct arena *arena, struct log_row *ret_row,
                       struct error *error);
MUST_USE bool log_set_tree(struct db *db, struct slice tree, struct error *error);

struct checkpoint_row {
    int64_t day; /* since 1970 */
    uint64_t size;
    struct slice note;
};
/* Takes the place of that day's earlier one. */
MUST_USE bool checkpoints_set(struct db *db, const struct checkpoint_row *row, struct error *error);
/* All of them, oldest first, as events_each does it. */
MUST_USE bool checkpoints_each(struct db *db,
                               bool (*checkpoint)(void *context, const struct checkpoint_row *row,
                                                  struct error *error),
                               void *context, struct error *error);
/* The newest, in the arena; `ret_found` says whether there is one. */
MUST_USE bool checkpoints_newest(struct db *db, struct arena *arena, struct checkpoint_row *ret_row,
                                 bool *ret_found, struct error *error);

/* Notes that the act of this name was done with event n first; `ret_new` is false where it was done before. */
MUST_USE bool acts_done(struct db *db, const struct id *act, uint64_t n, bool *ret_new,
                        struct error *error);
/* Whether it was done, and with which event first. */
MUST_USE bool acts_find(struct db *db, const struct id *act, bool *ret_found, uint64_t *ret_n,
                        struct error *error);
