/* A ledger made for tests, whole in memory: three days of events with sealed parts and uploads, signed; and a table of everything
 * that can be done to it, with the kinds that verify must name. */
#pragma once

#include "ledger/bundle.h"
#include "ledger/seal.h"

struct made_row {
    int64_t day;
    uint64_t size;
    struct slice note;
};
struct made_upload {
    struct tree_hash name;
    struct slice bytes;
};
struct made {
    struct arena *arena;
    struct note_signer signer;
    struct key key; /* of the one person */
    LIST(struct slice) events;
    LIST(struct made_row) rows;
    LIST(struct made_upload) uploads;
    struct slice own_vkey;
    struct slice vkey, since; /* given from elsewhere; may be emptied by a damage */
    bool cut;                 /* the bundle ends in the middle */
};

/* Names of kinds, separated by blanks, in the order of the alphabet, each as often as it is found; empty: whole. */
struct made_damage {
    const char *name;
    void (*done)(struct made *made);
    const char *found;
    bool not_tied;
};
extern const struct made_damage made_damages[];
extern const size_t made_damage_count;

void made_ledger(struct arena *arena, struct made *ret_made);
/* Signs row `row` again, over the first `size` events as they are now. */
void made_sign(struct made *made, struct made_row *row, uint64_t size);
struct event made_read(struct made *made, size_t n);
void made_write(struct made *made, size_t n, const struct event *event);
void made_bundle(const struct made *made, struct text *out);
/* The kinds that were found, as in made_damage. */
struct slice made_kinds(struct verify *verify, struct arena *arena);
