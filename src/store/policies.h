/* The life of a policy: versions, signatures, training, what was done, tasks, calendars. Rows are read and written whole;
 * `X_put` inserts or replaces by the first column. Moments are milliseconds, days count from 1970; nothing is ROW_NOTHING. */
#pragma once

#include "store/rows.h"

/* state: brought, approved, refused, withdrawn. files and uploads: names with blanks between, in the same order */
struct version_row {
    struct id id;
    int64_t n;
    struct id org;
    struct slice name;
    struct slice number;
    struct slice files;
    struct slice uploads;
    struct slice meaning;
    struct slice prose;
    struct slice state;
    struct id author;
    int64_t brought;
    struct slice body;
    struct id approved_by;
    int64_t approved;
    int64_t in_force;
    int64_t material;
    struct slice changed;
    struct id base;
    int64_t reason;
};
MUST_USE bool version_put(struct db *db, const struct version_row *row, struct error *error);
MUST_USE bool version_get(struct db *db, const struct id *key, struct arena *arena,
                          struct version_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool versions_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                            struct error *error);
MUST_USE bool versions_approved(struct db *db, struct arena *arena, row_visit *visit, void *context,
                                struct error *error);

/* method: screen, paper */
struct signature_row {
    struct id id;
    struct id person;
    struct id version;
    struct slice roles;
    int64_t signed_on;
    int64_t recorded;
    struct slice method;
    struct id recorder;
    int64_t n;
};
MUST_USE bool signature_put(struct db *db, const struct signature_row *row, struct error *error);
MUST_USE bool signature_get(struct db *db, const struct id *key, struct arena *arena,
                            struct signature_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool signatures_of(struct db *db, const struct id *key, struct arena *arena,
                            row_visit *visit, void *context, struct error *error);
MUST_USE bool signatures_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                              struct error *error);

/* days */
struct training_row {
    struct id id;
    struct id person;
    struct slice course;
    int64_t done;
    int64_t until;
    struct id recorder;
    int64_t n;
};
MUST_USE bool training_put(struct db *db, const struct training_row *row, struct error *error);
MUST_USE bool trainings_of(struct db *db, const struct id *key, struct arena *arena,
                           row_visit *visit, void *context, struct error *error);
MUST_USE bool trainings_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                             struct error *error);

/* stage: done, doing, arisen; happened: day */
struct occurrence_row {
    struct id id;
    struct id actor;
    struct id org;
    struct id version;
    struct slice act;
    struct slice verdict;
    struct slice clauses;
    struct slice stage;
    int64_t happened;
    int64_t at;
    int64_t n;
};
MUST_USE bool occurrence_put(struct db *db, const struct occurrence_row *row, struct error *error);
MUST_USE bool occurrence_get(struct db *db, const struct id *key, struct arena *arena,
                             struct occurrence_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool occurrences_of(struct db *db, const struct id *key, struct arena *arena,
                             row_visit *visit, void *context, struct error *error);
MUST_USE bool occurrences_under(struct db *db, const struct id *key, struct arena *arena,
                                row_visit *visit, void *context, struct error *error);

/* state: open, done, waived; due, goes_on: see the schema */
struct task_row {
    struct id id;
    struct slice kind;
    struct slice role;
    struct id org;
    struct id owner;
    struct id about;
    int64_t opened;
    int64_t due;
    struct slice state;
    int64_t n;
    struct id version;
    struct slice clause;
    struct slice deed;
    struct slice strength;
    int64_t goes_on;
    int64_t steps;
    int64_t taken;
    struct id taken_by;
    int64_t ended;
    struct id ended_by;
};
MUST_USE bool task_put(struct db *db, const struct task_row *row, struct error *error);
MUST_USE bool task_get(struct db *db, const struct id *key, struct arena *arena,
                       struct task_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool tasks_open(struct db *db, struct arena *arena, row_visit *visit, void *context,
                         struct error *error);
MUST_USE bool tasks_about(struct db *db, const struct id *key, struct arena *arena,
                          row_visit *visit, void *context, struct error *error);
/* Open ones of this very person's; of none (a key of NULL): those that wait for a role. */
MUST_USE bool tasks_of_owner(struct db *db, const struct id *key, struct arena *arena,
                             row_visit *visit, void *context, struct error *error);
/* Every one that was ever this person's. */
MUST_USE bool tasks_ever(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                         void *context, struct error *error);
/* Open ones whose time is up at a moment. */
MUST_USE bool tasks_late(struct db *db, int64_t key, struct arena *arena, row_visit *visit,
                         void *context, struct error *error);
MUST_USE bool tasks_going_on(struct db *db, int64_t key, struct arena *arena, row_visit *visit,
                             void *context, struct error *error);

/* source: hand, import */
struct calendar_row {
    struct id org;
    int64_t n;
    struct slice nation;
    int64_t late;
    struct slice terms;
    struct slice closed;
    struct slice source;
};
MUST_USE bool calendar_put(struct db *db, const struct calendar_row *row, struct error *error);
MUST_USE bool calendar_get(struct db *db, const struct id *key, struct arena *arena,
                           struct calendar_row *ret_row, bool *ret_found, struct error *error);
MUST_USE bool calendars_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                             struct error *error);
