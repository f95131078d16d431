/* What the files of an open record share; inside the room only. Two threads' worlds meet here: the writer's (everything
 * marked so is touched by its thread alone) and everybody's, behind `lock` or never changed. */
#pragma once

#include <pthread.h>

#include "ledger/note.h"
#include "ledger/seal.h"
#include "ledger/tree.h"
#include "service/record.h"
#include "store/writer.h"

#define RECORD_READERS_LARGEST 16

/* A version of the policy, compiled. */
struct compiled_version {
    struct arena *arena;
    struct policy *policy;
    struct id id;
    size_t holders;
    struct compiled_version *next;
};
/* An approved version, the day from which it is in force, and whom it asks to sign (signoff.h). */
struct dated_version {
    struct id id;
    int64_t in_force;
    int64_t brought;  /* day */
    int64_t reason;   /* event that says why it is material, or ROW_NOTHING */
    uint64_t changed; /* bits of roles */
    uint64_t bound;   /* the same: whom it binds, once that is known */
    bool material, bound_known;
};

/* Persons whose rows changed since the last commit; everything: the register is read anew. */
struct touched {
    struct id *at;
    size_t count, space;
    bool everything;
};

struct record {
    struct arena *arena; /* what never changes */
    struct slice folder, file, key_file, origin, vkey;
    struct key root, persons, vault; /* of the key file; rotated under `lock` by the writer */
    struct key lookup, secrets;      /* random, wrapped in the vault */
    struct note_signer signer;       /* random, wrapped in the vault */
    struct policy *rules;            /* the record's own */
    struct db *db;                   /* the writer's */
    struct writer *writer;           /* NULL: read only */
    struct tree tree, tree_kept;     /* the writer's: as written, as committed */
    int64_t last_at, last_at_kept;   /* the writer's: time of the newest event */
    struct touched touched;          /* the writer's */
    bool policy_touched;             /* the writer's */
    struct decider *decider;         /* the writer's: working memory for the rules */
    pthread_mutex_t lock;            /* for what follows */
    pthread_cond_t reader_free;
    struct db *readers[RECORD_READERS_LARGEST];
    size_t reader_count, readers_out;
    struct compiled_version *compiled; /* used last first */
    struct dated_version
        *versions; /* those approved, by the day of coming into force, last first */
    size_t version_count;
    struct tree_hash *runs; /* roots of whole runs of events: certificate.c */
    size_t run_count;
    int64_t now;
    struct id top;
    struct slice name;             /* the organisation's at the top */
    bool demo;                     /* never changed once the record is open */
    struct register_state *people; /* register.c's, with a lock of its own; NULL: read only */
    struct signin_state
        *signin;     /* signin_hash.c's, with locks of its own; NULL: nobody signed in yet */
    int folder_lock; /* a handle of the folder, locked; 0: none */
    bool mail_on;    /* this program sends mail; set before others come in */
    struct record_place place;
};

/* A connection for reading, within one unchanging view, held until let go. NULL with the error where none can be had. There
 * are so many and no more: whoever needs the register too holds that first, or a writer between the two stops everybody. */
struct db *record_read(struct record *record, struct error *error);
void record_read_done(struct record *record, struct db *db);

/* The key of a person under its id, unwrapped; false in `ret_there` where it was shredded or never was. */
MUST_USE bool record_key(struct record *record, struct db *db, const struct id *key,
                         const struct id *person, struct key *ret_key, bool *ret_there,
                         struct error *error);
/* The person's present key; made where `make` and there is none (the writer's connection then). */
MUST_USE bool record_key_of(struct record *record, struct db *db, const struct id *person,
                            bool make, struct id *ret_id, struct key *ret_key, bool *ret_there,
                            struct error *error);
/* The part about a person in event n, opened; `ret_there` false: no such part, or sealed for good. */
MUST_USE bool record_part(struct record *record, struct db *db, uint64_t n, const struct id *person,
                          struct arena *arena, struct pairs *ret_pairs, bool *ret_there,
                          struct error *error);
/* The same for an event at hand. */
MUST_USE bool record_part_of(struct record *record, struct db *db, const struct event *event,
                             const struct id *person, struct arena *arena, struct pairs *ret_pairs,
                             bool *ret_there, struct error *error);
/* What is sealed outside events: bound to the person and to what it is. */
void record_secret_close(struct record *record, const struct id *person, const char *what,
                         struct slice content, struct text *out);
MUST_USE bool record_secret_open(struct record *record, const struct id *person, const char *what,
                                 struct slice sealed, struct arena *arena,
                                 struct slice *ret_content);
struct id record_lookup(const struct record *record, const char *what, struct slice value);
/* In the writer's thread, before an act: what another program wrote meanwhile is taken in. */
MUST_USE bool record_catch_up(struct record *record, struct db *db, struct error *error);
/* Notes that a person's rows change in this transaction. */
void record_touch(struct record *record, const struct id *person);

/* signin_hash.c */
void signin_state_free(struct signin_state *state);

/* Signs the tree as it stands, as the checkpoint of its newest event's day; in the writer's transaction. */
MUST_USE bool record_sign(struct record *record, struct db *db, struct error *error);

/* register.c */
MUST_USE bool register_make(struct record *record, struct db *db, struct error *error);
MUST_USE bool register_refresh(struct record *record, struct db *db, const struct touched *touched,
                               struct error *error);
void register_free(struct register_state *people);

/* record_policy.c */
MUST_USE bool record_policy_load(struct record *record, struct db *db, struct error *error);
/* What a version's event says of its files. */
struct version_said {
    struct slice name, number;   /* the front matter's */
    struct slice files, uploads; /* names with blanks between, in the same order */
    struct slice meaning, prose; /* hashes */
    int64_t in_force;            /* the front matter's day */
};
/* The files of a version, from uploads/; in the arena. */
struct version_row;
MUST_USE bool record_policy_sources(struct record *record, const struct version_row *row,
                                    struct arena *arena, struct policy_sources *ret_sources,
                                    struct error *error);
/* What a compiled policy says of itself; files and uploads stay empty. */
void version_describe(const struct policy *policy, struct arena *arena,
                      struct version_said *ret_said);
/* Writes the files of a policy folder that compiles into uploads/. */
MUST_USE bool record_policy_upload(struct record *record, const char *folder, struct arena *arena,
                                   struct version_said *ret_said, struct error *error);
struct order;
/* Adds to an order what set-up and adopt-policy need of it. */
/* Writes the files into uploads/, and says which; inside a transaction or before it. */
MUST_USE bool version_upload(struct record *record, const struct policy_sources *sources,
                             struct arena *arena, struct version_said *said, struct error *error);
void version_order(struct order *order, const struct version_said *said, struct arena *arena);
