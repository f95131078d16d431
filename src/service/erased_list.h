/* The list of erased keys that stands outside the data folder, so that no backup brings back what was erased: a signed note
 * with the log's name and `/erased`, how many events the log had when it was written, then key ids in ascending order, one a
 * line. It names keys only, no person. */
#pragma once

#include "ledger/note.h"
#include "service/record_parts.h"

#define ERASED_LIST_LARGEST (64u << 20)

struct erased_list {
    uint64_t size; /* of the log, when it was written */
    LIST(struct id) keys;
};

/* `FOLDER.erased`, beside the folder; in the arena, ends in NUL. */
struct slice erased_list_path(struct slice folder, struct arena *arena);
/* Of the log with this origin and verifier key. Fails where the file is missing, not signed by it or malformed. */
MUST_USE bool erased_list_read(const char *path, struct slice origin, struct slice vkey,
                               struct arena *arena, struct erased_list *ret_list,
                               struct error *error);
bool erased_list_has(const struct erased_list *list, const struct id *key);
/* Adds these keys (none to renew it) in the writer's thread or while nobody writes, and puts it on disk. Ids whose keys are
 * still there, left from an erasure that was cut off, are dropped. A list that was lost is made again from the events. */
MUST_USE bool erased_list_renew(struct record *record, struct db *db, const struct id *keys,
                                size_t count, struct error *error);
