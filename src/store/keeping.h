/* What is kept about people's affairs: absences, deputies, holds, erasures, openings, kept answers, imports, mappings.
 * Rows are read and written whole; `X_put` inserts or replaces by the first column. */
#pragma once

#include "store/rows.h"

/* days; state: open, ended */
struct absence_row {
    struct id id;
    struct id person;
    int64_t since;
    int64_t until;
    struct slice state;
};
MUST_USE bool absence_put(struct db *db, const struct absence_row *row, struct error *error);
MUST_USE bool absence_get(struct db *db, const struct id *key, struct arena *arena,
                          struct absence_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool absences_of(struct db *db, const struct id *key, struct arena *arena,
                          row_visit *visit, void *context, struct error *error);
MUST_USE bool absences_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                            struct error *error);

/* state: named, removed */
struct deputy_row {
    struct id id;
    struct slice role;
    struct id org;
    struct id person;
    int64_t place;
    struct slice state;
};
MUST_USE bool deputy_put(struct db *db, const struct deputy_row *row, struct error *error);
MUST_USE bool deputy_get(struct db *db, const struct id *key, struct arena *arena,
                         struct deputy_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool deputies_of(struct db *db, struct slice key, struct arena *arena, row_visit *visit,
                          void *context, struct error *error);
MUST_USE bool deputies_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                            struct error *error);

/* placed, lifted: events; lifted is nothing while it lies */
struct hold_row {
    struct id id;
    struct id person;
    int64_t placed;
    struct id placed_by;
    int64_t lifted;
    struct id lifted_by;
};
MUST_USE bool hold_put(struct db *db, const struct hold_row *row, struct error *error);
MUST_USE bool hold_get(struct db *db, const struct id *key, struct arena *arena,
                       struct hold_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool holds_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                       void *context, struct error *error);
MUST_USE bool holds_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                         struct error *error);

/* state: asked, done, withdrawn */
struct erasure_row {
    struct id id;
    struct id person;
    int64_t asked;
    struct id asked_by;
    struct id confirmed_by;
    struct slice state;
};
MUST_USE bool erasure_put(struct db *db, const struct erasure_row *row, struct error *error);
MUST_USE bool erasure_get(struct db *db, const struct id *key, struct arena *arena,
                          struct erasure_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool erasures_of(struct db *db, const struct id *key, struct arena *arena,
                          row_visit *visit, void *context, struct error *error);
MUST_USE bool erasures_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                            struct error *error);

/* state: waiting, applied, refused; upload: its sealed bytes */
struct import_row {
    struct id id;
    int64_t n;
    struct id brought_by;
    struct slice format;
    struct slice state;
    int64_t joiners;
    int64_t movers;
    int64_t leavers;
    struct slice upload;
};
MUST_USE bool import_put(struct db *db, const struct import_row *row, struct error *error);
MUST_USE bool import_get(struct db *db, const struct id *key, struct arena *arena,
                         struct import_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool imports_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                           struct error *error);

struct mapping_row {
    struct slice name;
    int64_t n;
    struct slice content;
};
MUST_USE bool mapping_put(struct db *db, const struct mapping_row *row, struct error *error);
MUST_USE bool mapping_get(struct db *db, struct slice key, struct arena *arena,
                          struct mapping_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool mappings_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                            struct error *error);

/* kept: milliseconds */
struct kept_row {
    struct id id;
    struct id person;
    int64_t n;
    int64_t kept;
};
MUST_USE bool kept_answer_put(struct db *db, const struct kept_row *row, struct error *error);
MUST_USE bool kept_get(struct db *db, const struct id *key, struct arena *arena,
                       struct kept_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool kept_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                      void *context, struct error *error);
MUST_USE bool kept_drop(struct db *db, const struct id *key, struct error *error);
MUST_USE bool kept_drop_of(struct db *db, const struct id *key, struct error *error);

/* at: milliseconds */
struct opened_row {
    int64_t n;
    struct id actor;
    struct id person;
    struct slice what;
    int64_t at;
};
MUST_USE bool opened_put(struct db *db, const struct opened_row *row, struct error *error);
MUST_USE bool opened_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                        void *context, struct error *error);
MUST_USE bool opened_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                          struct error *error);
