/* A school and the 64 people who write to it at once: what crashes are tried on. Each act that the desk has confirmed is
 * told to a file descriptor, whole or not at all, so that whoever reads it knows after a crash what must be there. */
#pragma once

#include "service/desk.h"

#define CROWD_CLIENTS 64
#define CROWD_TELL_EVENTS                                                                          \
    4 /* what telling writes here: the report, and a task for each of three who hold the role */

/* Told when the clients begin (act is ACTS then), and for each act that desk_do confirmed. */
struct crowd_done {
    struct id order;
    int act;
};

/* A new record with staff in it; `key` names its key file. `policy`: a folder whose policy it takes in; NULL: none, then nobody
 * records what they did. */
MUST_USE bool crowd_make(const struct record_place *place, const char *policy, struct error *error);
/* Opens it and lets 64 clients act until the process ends. Comes back only where something is wrong: an act that should have
 * gone through did not. `confirmed` may be -1. */
MUST_USE bool crowd_work(const struct record_place *place, int confirmed, uint64_t seed,
                         struct error *error);
/* The same with an open record, until `acts` were confirmed. */
MUST_USE bool crowd_acts(struct record *record, int confirmed, uint64_t seed, uint64_t acts,
                         struct error *error);

/* One act with values, a key of NULL behind the last. What is done is the caller's to see. */
struct given {
    const char *key, *value;
};
MUST_USE bool crowd_act(struct record *record, enum record_act what, struct id actor,
                        const struct given *values, struct arena *arena, struct order *ret_order,
                        struct outcome *ret_outcome, struct error *error);
const char *crowd_hex(struct arena *arena, struct id id);
/* By address: admin, head and lead, teacher0 to teacher7, all at crash.example. */
MUST_USE bool crowd_person(struct record *record, const char *email, struct id *ret_id,
                           struct error *error);
