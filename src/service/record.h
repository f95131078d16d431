/* An open data folder: its keys, its one writer, its readers, the register in memory, the record's own rules and the policy
 * that the organisation adopted. Everything that a page or command does with a record goes through here and through desk.h;
 * what the room's other files share stands in record_parts.h. Safe to use from many threads. */
#pragma once

#include "base/error.h"
#include "ledger/event.h"
#include "policy/policy.h"

#define RECORD_NAME_LARGEST 200 /* bytes of an organisation's or a person's name */
#define RECORD_CLOCK_STEP                                                                          \
    (5LL * 60 * 1000) /* milliseconds; a clock set back by more was wrong before */

struct record; /* opaque */

struct record_place {
    const char *folder;
    const char *key_file; /* NULL: $CREDENTIALS_DIRECTORY/lanyard.key, else FOLDER.key */
    bool read_only;       /* no writer: for verify, checkpoint and the like */
    bool alone;           /* no other program may have it open: for exchanging the key */
    const char *vfs;      /* tests only, see store/db.h */
    bool not_synced;      /* tests only */
    size_t batch_largest; /* acts in one commit; 0: as many as wait, up to WRITER_BATCH_LARGEST */
};

struct record_plan {
    struct slice name;                 /* of the organisation at the top */
    struct slice kind;                 /* trust, school or charity */
    const char *policy;                /* its policy folder; NULL: adopt one later */
    struct slice given, family, email; /* the first administrator */
    bool demo;                         /* nobody in it is real */
    /* Called with the new record before it takes its name: what fails here leaves nothing behind. NULL: nothing to fill in. */
    bool (*fill)(struct record *record, void *context, struct error *error);
    void *context;
};

/* Makes the folder, the key file beside it and the record in it: whole or not at all. `ret_link` (in the arena) is the path
 * of the first administrator's one-time link. */
MUST_USE bool record_make(const struct record_place *place, const struct record_plan *plan,
                          struct arena *arena, struct slice *ret_link, struct error *error);
/* Where the key of a place is looked for; in the arena, ends in NUL. */
struct slice record_key_file(const struct record_place *place, struct arena *arena);
MUST_USE bool record_open(const struct record_place *place, struct record **ret_record,
                          struct error *error);
void record_close(struct record *record);
/* Takes in what another program, a command beside the server say, wrote meanwhile: every act does so as well. Cheap. */
MUST_USE bool record_keep_up(struct record *record, struct error *error);

/* The name of the organisation at the top, and its id. */
struct slice record_name(const struct record *record);
struct id record_top(const struct record *record);
/* The version of the organisation's policy that is in force today, held for the caller until let go; NULL: none yet. It never
 * changes. */
const struct policy *record_policy(struct record *record);
/* That of a day, and which it is (`ret_version` may be NULL); NULL, and none: there was none that day. */
const struct policy *record_policy_on(struct record *record, int64_t day, struct id *ret_version);
/* Any version, approved or not; NULL with the error. */
const struct policy *record_policy_version(struct record *record, const struct id *version,
                                           struct error *error);
void record_policy_let_go(struct record *record, const struct policy *policy);
/* Whether it is a demo, as its first event says for good: nobody in it is real. */
bool record_is_demo(const struct record *record);
/* Milliseconds since 1970 UTC, and the civil day here. A clock set back by less than five minutes stands still; one set back
 * by more is believed. */
int64_t record_now(struct record *record);
int64_t record_today(struct record *record);

/* What a person's sealed details hold; empty where not known or erased. */
struct details {
    struct slice given, family, known_as, email, phone, born; /* born: YYYY-MM-DD */
};
