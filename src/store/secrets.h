/* What is used to sign in: no projections. Sealed by the caller.
 * Rows are read and written whole; `X_put` inserts or replaces by the first column. */
#pragma once

#include "store/rows.h"

/* codes: whether sign-in codes are set up */
struct signin_row {
    struct id person;
    struct slice sealed;
    int64_t codes;
};
MUST_USE bool signin_put(struct db *db, const struct signin_row *row, struct error *error);
MUST_USE bool signin_get(struct db *db, const struct id *key, struct arena *arena,
                         struct signin_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool signin_drop(struct db *db, const struct id *key, struct error *error);
MUST_USE bool signins_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                           struct error *error);

/* expires: milliseconds; kind: invite, reset */
struct link_row {
    struct id hash;
    struct id person;
    struct slice kind;
    struct id made_by;
    int64_t expires;
};
MUST_USE bool link_put(struct db *db, const struct link_row *row, struct error *error);
MUST_USE bool link_get(struct db *db, const struct id *key, struct arena *arena,
                       struct link_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool links_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                       void *context, struct error *error);
MUST_USE bool link_drop(struct db *db, const struct id *key, struct error *error);
MUST_USE bool links_drop_of(struct db *db, const struct id *key, struct error *error);

/* milliseconds */
struct session_row {
    struct id hash;
    struct id person;
    struct slice sealed;
    int64_t opened;
    int64_t used;
    int64_t ends;
};
MUST_USE bool session_put(struct db *db, const struct session_row *row, struct error *error);
MUST_USE bool session_get(struct db *db, const struct id *key, struct arena *arena,
                          struct session_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool sessions_of(struct db *db, const struct id *key, struct arena *arena,
                          row_visit *visit, void *context, struct error *error);
MUST_USE bool session_drop(struct db *db, const struct id *key, struct error *error);
MUST_USE bool sessions_drop_of(struct db *db, const struct id *key, struct error *error);
MUST_USE bool sessions_drop_ended(struct db *db, int64_t key, struct error *error);
