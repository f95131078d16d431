/* From an event to the tables: the only code that changes a projection. The desk runs it in the act's transaction; rebuild
 * runs it over all events again, with the keys that still exist. */
#pragma once

#include "ledger/event.h"
#include "ledger/seal.h"
#include "store/db.h"

struct record;
struct projection {
    struct record *record;
    struct db *db;
    struct arena *arena; /* reset by the caller between events */
    const struct event *event;
    const struct pairs
        *plain;   /* of each part, where they are at hand; NULL: opened with the keys */
    bool further; /* not the first event of its act, which is noted as done already */
};

/* Applies one event, and what every kind has in common: its act is done, and the uploads that it brings or withdraws are
 * listed or no longer. An unknown kind is an error: the record was made by a newer program. */
MUST_USE bool project(struct projection *projection, struct error *error);
/* The part about a person, opened; false in `ret_there` where it is sealed for good. */
MUST_USE bool projection_part(struct projection *projection, const struct id *person,
                              struct pairs *ret_pairs, bool *ret_there, struct error *error);
/* The value of a field as an id, none where it is not there; a number, ROW_NOTHING where it is not there. */
struct id projection_id(const struct projection *projection, const char *key);
int64_t projection_number(const struct projection *projection, const char *key);
struct slice projection_value(const struct projection *projection, const char *key);

/* A row that a later event speaks of must be there: fails, as an event is missing or the tables were changed. */
MUST_USE bool projection_missing(const struct projection *projection, const char *what,
                                 struct error *error);

/* Tables that are projections, in an order in which they can be compared; NULL behind the last. */
const char *const *project_tables(void);

/* A kind of event and what it does to the tables. */
struct project_kind {
    const char *kind;
    bool (*apply)(struct projection *projection, struct error *error);
};
/* What each file of kinds knows; apply NULL: it changes no table. */
#define KINDS(name)                                                                                \
    extern const struct project_kind project_##name##_kinds[];                                     \
    extern const size_t project_##name##_kind_count;
#include "service/project_kinds.def"
#undef KINDS
