/* Checks a ledger from its rows alone: every event's bytes, their order, the tree, every checkpoint, the uploads that events
 * name, and the tie to a verifier key and a checkpoint that were kept elsewhere. Fed row by row, so that a million events
 * need no memory: first the checkpoints, then the events, then the uploads. Each finding names the row; docs/ledger.md lists
 * the kinds. */
#pragma once

#include "ledger/event.h"
#include "ledger/note.h"

#define VERIFY_FINDINGS_LARGEST 100 /* more are counted, not listed */

struct verify_finding {
    char what[40]; /* a word for the kind: event-changed, event-missing, checkpoint-signature ... */
    char sentence[300]; /* names the row */
};
struct verify; /* opaque */

/* `vkey` and `since` (a whole note) may be empty. Fails where either cannot be read. `own_vkey`: the
 * one the ledger itself gives; where `vkey` is given they must be the same. */
MUST_USE bool verify_new(struct slice own_vkey, struct slice vkey, struct slice since,
                         struct verify **ret_verify, struct error *error);
void verify_free(struct verify *verify);
static inline void verify_cleanup(struct verify **verify)
{
    verify_free(*verify);
}
/* The origin that the ledger says it has: the name in its verifier key, and in every checkpoint. */
void verify_origin(struct verify *verify, struct slice origin);
/* Before the events: every checkpoint row. `day` is the row's (checkpoint_day of the newest event that it covers); it covers
 * every event up to the end of that day. */
void verify_checkpoint(struct verify *verify, int64_t day, uint64_t size, struct slice note);
/* The rows in order of n, as stored. */
void verify_event(struct verify *verify, uint64_t n, struct slice body);
/* Every upload that is there: its name (hex SHA-256) and the SHA-256 of its bytes; those that events name and were not
 * there, and those that no event names, are findings. */
void verify_upload(struct verify *verify, struct slice name, const struct tree_hash *hash);
/* Something wrong that only the caller can see: a table that cannot be read, a file that is cut off. */
void verify_found(struct verify *verify, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Ends it; gives how many things are wrong. `tied`: a verifier key and a checkpoint from elsewhere were given and hold. */
size_t verify_end(struct verify *verify, bool *ret_tied);
uint64_t verify_size(const struct verify *verify);
const struct verify_finding *verify_findings(const struct verify *verify, size_t *ret_count);
