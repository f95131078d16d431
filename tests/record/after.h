/* What must be so after a crash: every confirmed act is there, no act is there in half, the ledger verifies against a
 * checkpoint kept elsewhere, and the tables are what the events make of them. */
#pragma once

#include "crowd.h"

struct after {
    const struct record_place *place;
    struct slice vkey, since; /* kept from before; empty: nothing yet */
    struct arena *arena;      /* the next two are taken from it */
    const struct id *confirmed;
    size_t count;
};
struct after_found {
    size_t lost, half, wrong; /* wrong: findings of verify and rebuild, or it cannot be opened */
    uint64_t acts;            /* that are there */
    char words[1000];         /* of the first thing found */
};

/* Opens the record as a server would, looks, closes it. `vkey` and `since` are set for the next time. */
void after_look(struct after *after, struct after_found *ret_found);
