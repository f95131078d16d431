/* Keeping the record: checking it, making its tables again, exchanging the root key, backups and bringing them back, a bundle
 * for somebody else to check. For the keeper of the machine, who needs no page of it. */
#pragma once

#include "ledger/verify.h"
#include "service/record.h"

/* ---- checking without the key --------------------------------------------------------------------- */

/* The rows of a data folder, or of an exported bundle: no key, no other file, no server. `vkey` and `since` (a whole note)
 * may be empty. To be ended with verify_end. */
MUST_USE bool record_verify(const char *path, struct slice vkey, struct slice since,
                            struct verify **ret_verify, struct error *error);
/* Writes the bundle of a folder; `path` must not be there yet. */
MUST_USE bool record_export(const char *folder, const char *path, uint64_t *ret_events,
                            struct error *error);
/* The newest signed checkpoint of a folder and the log's verifier key, in the arena. */
MUST_USE bool record_checkpoint(const char *folder, struct arena *arena, struct slice *ret_note,
                                struct slice *ret_vkey, struct error *error);

/* ---- making the tables again ---------------------------------------------------------------------- */

#define REBUILD_FINDINGS_LARGEST 100 /* more are counted, not listed */

struct rebuild {
    uint64_t events, keys;
    size_t wrong;
    struct slice findings[REBUILD_FINDINGS_LARGEST]; /* each names table and row, or a key */
};
/* Every projection again from the events and the keys that exist, compared row by row with the tables as they are; and every
 * person's key unwrapped. Changes nothing. Findings are in the arena. */
MUST_USE bool record_rebuild_check(struct record *record, struct arena *arena,
                                   struct rebuild *ret_rebuild, struct error *error);
/* The same for a folder that may be too damaged to be opened as a record. */
MUST_USE bool record_rebuild_folder(const struct record_place *place, struct arena *arena,
                                    struct rebuild *ret_rebuild, struct error *error);
/* Of an open record, written down as an act; where something is wrong the administrators get a task that is overdue at once. */
MUST_USE bool record_check(struct record *record, struct arena *arena, struct rebuild *ret_rebuild,
                           struct error *error);
/* Checks once a day in a thread of its own, the first time some minutes after it starts; NULL where it cannot be started. */
struct keeper; /* opaque */
struct keeper *keeper_start(struct record *record);
void keeper_stop(struct keeper *keeper); /* waits; NULL is allowed */
/* What the newest check found wrong; 0: nothing, or none was made yet. For a line on every page of administrators. */
size_t keeper_wrong(struct keeper *keeper);

/* ---- keys, backups -------------------------------------------------------------------------------- */

/* What losing the key means, for people about to rely on it: printed by `init` and before `rotate-key`. */
extern const char keeping_key_words[];

/* Wraps every key anew under a new root key, which takes the file's place; the old file stays beside it under the name in
 * `ret_old` for the backups that were made with it. The record was opened by this program alone. */
MUST_USE bool record_rotate_key(struct record *record, struct arena *arena, struct slice *ret_old,
                                struct error *error);
/* Finishes an exchange that was cut off after the commit: puts the new key file in its place where it is the one that opens
 * the folder. Nothing where there is nothing to finish. Before record_open. */
MUST_USE bool record_rotate_finish(const struct record_place *place, bool *ret_finished,
                                   struct error *error);

struct backup {
    uint64_t events, keys, uploads;
};
/* Makes the folder `path` (events, checkpoints, tables, uploads) and the file `keys` (wrapped keys and sign-in secrets, of use
 * only with the root key); neither may be there yet. Others may write meanwhile. */
MUST_USE bool record_backup(struct record *record, const char *path, const char *keys,
                            struct backup *ret_backup, struct error *error);

struct restore_plan {
    const char *backup, *keys; /* as record_backup made them */
    const char *folder;        /* to be made */
    const char *key_file;      /* the root key of that time; NULL: FOLDER.key */
    const char *erased;        /* the list of erased keys; NULL: without it */
};
struct restored {
    uint64_t events, size;  /* size: of the log when the list was written; 0 without one */
    size_t erased, answers; /* people, and things of their own key, that the list took out again */
};
/* Brings a backup back as a new folder: what the list names is erased in it before anybody can open it. Fails where the list is
 * older than the backup. Whole or not at all. */
MUST_USE bool record_restore(const struct restore_plan *plan, struct restored *ret_restored,
                             struct error *error);

/* ---- for commands --------------------------------------------------------------------------------- */

/* A person by e-mail address, or by id in hexadecimal. */
MUST_USE bool keeping_person(struct record *record, struct slice who, struct id *ret_person,
                             struct error *error);
/* Holds that lie, and erasures that wait: a line each with its id, the person's id and the day; no name. */
MUST_USE bool keeping_list_holds(struct record *record, struct text *out, struct error *error);
MUST_USE bool keeping_list_erasures(struct record *record, struct text *out, struct error *error);
