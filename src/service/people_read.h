/* What pages of people show beside the register in memory: proposed roles, absences and deputies with their ids, parents'
 * links as they lie, linked records, tasks that wait. Read from the tables as committed; nothing here asks who is reading. */
#pragma once

#include "service/record.h"
#include "service/roles.h"

#define PEOPLE_OPEN INT64_MAX /* a last day that is not known */

struct proposal {
    struct id held, person, org, proposer, first_yes; /* first_yes none: nobody said yes yet */
    enum role role;
    int64_t since, until;
};
MUST_USE bool people_proposals(struct record *record, struct arena *arena,
                               struct proposal **ret_proposals, size_t *ret_count,
                               struct error *error);

struct absent {
    struct id id, person;
    int64_t since, until;
};
/* Those that are not over: of one person by every linked record, or of everybody where `person` is NULL. */
MUST_USE bool people_absences(struct record *record, const struct id *person, struct arena *arena,
                              struct absent **ret_absences, size_t *ret_count, struct error *error);

struct stand_in {
    struct id id, person, org;
    enum role role;
    int64_t place;
};
MUST_USE bool people_stand_ins(struct record *record, struct arena *arena,
                               struct stand_in **ret_stand_ins, size_t *ret_count,
                               struct error *error);

/* A child's tie with a parent, of this record of the child's or of one linked to it. */
struct bond {
    struct id tie, child, parent, asked_by;
    bool linked, barred, lift_asked;
};
MUST_USE bool people_bonds(struct record *record, const struct id *child, struct arena *arena,
                           struct bond **ret_bonds, size_t *ret_count, struct error *error);

/* The records linked to this one directly. */
MUST_USE bool people_twins(struct record *record, const struct id *person, struct arena *arena,
                           struct id **ret_others, size_t *ret_count, struct error *error);
