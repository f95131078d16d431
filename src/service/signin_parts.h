/* What the files of signing in share: what is kept sealed for a person, the hashing places, the counters that slow down.
 * Inside the room only. */
#pragma once

#include "service/desk_parts.h"
#include "service/invitation.h"
#include "service/register.h"
#include "service/signin.h"

#define ID_HEX (2 * (size_t)ID_SIZE)

/* ---- what is kept (signin_secret.c) ---- */

struct signin_secrets {
    struct slice password; /* argon2id, as libsodium writes it; empty: never set */
    struct slice seed;     /* base32; empty: no sign-in codes */
    int64_t step; /* the newest step of the clock whose code was used; none is used again */
    LIST(struct id) recovery; /* keyed hashes of the codes that are left */
};
/* Of a person that has none: empty. */
MUST_USE bool secrets_read(struct record *record, struct db *db, const struct id *person,
                           struct arena *arena, struct signin_secrets *ret_secrets,
                           struct error *error);
MUST_USE bool secrets_write(struct record *record, struct db *db, const struct id *person,
                            const struct signin_secrets *secrets, struct arena *arena,
                            struct error *error);
/* What a password's proof is bound to: it no longer holds once another password is set. */
struct id secrets_proof(struct record *record, struct slice password_hash);
/* Whether a code of the app's, or a recovery code, holds now; then it is used up in `secrets`. */
bool secrets_use_code(struct record *record, const struct id *person,
                      struct signin_secrets *secrets, struct slice code, int64_t now);
/* Whether a code comes from a seed, and from which step of the clock, later than `after`. */
bool seed_gives(struct slice seed, struct slice code, int64_t now, int64_t after,
                int64_t *ret_step);
/* Ten new ones in place of the old; one a line, to be shown once. */
struct slice secrets_new_recovery(struct record *record, const struct id *person,
                                  struct signin_secrets *secrets, struct arena *arena);

/* Why a new password will not do, as a sentence; empty: it does (signin_rules.c). `own` are words that it may not be made
 * of: the person's names and address, the organisation's name. */
struct slice password_fault(struct slice password, const struct slice *own, size_t own_count,
                            struct arena *arena);

/* ---- counters (signin_slow.c) ---- */

#define SLOW_FREE 5        /* failures without a wait */
#define SLOW_WAIT 60       /* seconds at most, where a stranger could try to keep somebody out */
#define SLOW_WAIT_CODE 900 /* where the first proof was given already */
#define SLOW_FORGET 3600   /* seconds after which failures no longer count */

struct slow; /* opaque; in memory, of a fixed size, the oldest give way */
struct slow *slow_new(void);
void slow_free(struct slow *slow);
/* Seconds to wait before the next attempt under this key; `now` in milliseconds of a clock that never jumps. */
int64_t slow_wait(struct slow *slow, const struct id *key, int64_t largest, int64_t now);
/* Counts a failure; gives how many there are now. */
unsigned slow_fail(struct slow *slow, const struct id *key, int64_t now);
unsigned slow_count(struct slow *slow, const struct id *key, int64_t now);
void slow_clear(struct slow *slow, const struct id *key);

/* ---- hashing (signin_hash.c) ---- */

#define HASH_AT_ONCE 2
#define HASH_WAITING 64      /* who comes on top is told that we are busy */
#define HASH_WAIT_SECONDS 10 /* less than a connection may be idle */

enum hash_answer { HASH_RIGHT, HASH_WRONG, HASH_BUSY };
/* An empty hash: as slow as with one, and wrong. */
enum hash_answer hash_check(struct record *record, struct slice hash, struct slice password);
/* False where too many wait. */
MUST_USE bool hash_make(struct record *record, struct slice password, struct arena *arena,
                        struct slice *ret_hash);
struct slow *signin_slow(struct record *record);
int64_t signin_clock(void); /* milliseconds, never jumps */
/* Holds a stranger's attempt back while an account is being tried by many; never for long, and never many at once. */
void signin_hold_back(struct record *record, int64_t milliseconds);

/* ---- getting in (signin.c) ---- */

struct id signin_session_hash(struct record *record, struct slice secret);
/* The cookie by which a device of this person's is known later: a nonce, and a keyed hash over both. */
struct slice signin_device(struct record *record, const struct id *person, struct arena *arena);

/* ---- acts: what an order of signing in carries beside its values, in order.matter ---- */

struct signin_matter {
    struct id proof;   /* of the password that was verified; none: nothing was proved */
    struct slice code; /* to be used up inside the transaction; may be empty */
    struct slice hash; /* of the new password */
    struct slice seed; /* new */
    struct slice seed_code;
    struct id link;    /* hash of its secret */
    struct id session; /* to open, to keep, or to end; none: none */
    bool everywhere;   /* sign-out: all of them */
};
