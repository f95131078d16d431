/* Signing in: one-time links, passwords, sign-in codes, recovery codes, sessions. What is slow (hashing, waiting) happens
 * here, before the writer's transaction; what counts is looked at again inside it (acts_signin.c). An attempt at an
 * unknown address gets the same answer in the same time as one with a wrong password. */
#pragma once

#include "service/desk.h"
#include "service/roles.h"

#define SIGNIN_SECRET_LENGTH 64 /* hexadecimal digits: of a session's cookie, of a device's */
#define SIGNIN_SESSION_SECONDS (12LL * 3600)
#define SIGNIN_IDLE_SECONDS (30LL * 60)
#define SIGNIN_DEVICE_SECONDS (180LL * 24 * 3600)
#define SIGNIN_PASSWORD_SHORTEST 10 /* characters */
#define SIGNIN_PASSWORD_LARGEST 500 /* bytes */
#define SIGNIN_SEED_LENGTH 32       /* base32 digits: 160 bits */
#define SIGNIN_RECOVERY_CODES 10

/* ---- who is asking ---- */

struct signin_who {
    struct id person, session;
    struct slice name;      /* as the person is called */
    int64_t opened;         /* milliseconds */
    enum role roles[ROLES]; /* of today, read from the register now */
    size_t role_count;
    bool codes; /* sign-in codes are set up */
    bool
        codes_wanted; /* they are not, and a role of trust is held: nothing else can be done first; never in a demo */
};
/* The live session of a cookie. `ret_found` false: none, ended, idle for too long, or its person is no longer here. */
MUST_USE bool signin_who(struct record *record, struct slice secret, struct arena *arena,
                         struct signin_who *ret_who, bool *ret_found, struct error *error);
/* The token in a signed-in person's forms, made from the cookie; 64 hexadecimal digits. */
struct slice signin_token(struct record *record, struct slice secret, struct arena *arena);

/* ---- getting in ---- */

/* Where an attempt comes from: an address and the cookie of a device that signed in before, either may be empty. */
struct signin_from {
    struct slice client, device;
};

enum signin_answer {
    SIGNIN_DONE,
    SIGNIN_CODE_WANTED, /* the password was right; go on with signin_code */
    SIGNIN_WRONG,       /* unknown, wrong, used before: never said which */
    SIGNIN_WAIT,        /* too many attempts: in `wait` seconds */
    SIGNIN_BUSY         /* too many at once */
};

/* A right password waiting for its code; plain bytes, kept by the caller for some minutes. */
struct signin_half {
    struct id person, proof, account;
    int64_t until; /* milliseconds; 0: none */
};

struct signin_result {
    enum signin_answer answer;
    int64_t wait;
    struct signin_half half;
    struct id person;
    struct slice secret; /* of the session: its cookie */
    struct slice device; /* of the device: its cookie, for later attempts */
};

MUST_USE bool signin_password(struct record *record, struct slice email, struct slice password,
                              const struct signin_from *from, struct arena *arena,
                              struct signin_result *ret_result, struct error *error);
/* `code`: six digits of the app, or a recovery code. */
MUST_USE bool signin_code(struct record *record, const struct signin_half *half, struct slice code,
                          const struct signin_from *from, struct arena *arena,
                          struct signin_result *ret_result, struct error *error);
/* In a demo: a session of anybody who is here, without a proof and without codes. `ret_outcome` says where a clause refuses:
 * in every other record. */
MUST_USE bool signin_demo(struct record *record, const struct id *person, struct arena *arena,
                          struct slice *ret_secret, struct outcome *ret_outcome,
                          struct error *error);
/* For commands: the person, proved by all that they sign in with, no session. False with a sentence where it does not hold,
 * and for somebody with a role of trust who has no sign-in codes yet. */
MUST_USE bool signin_prove(struct record *record, struct slice email, struct slice password,
                           struct slice code, struct id *ret_person, struct error *error);

/* ---- one-time links ---- */

struct signin_link {
    struct id person;
    bool reset; /* else an invitation */
    bool
        wants_code; /* the link alone is not enough: the person's sign-in code or a recovery code */
    struct slice email; /* what the person signs in with */
};
/* Opening changes nothing. `ret_found` false: none, used, or too old. */
MUST_USE bool signin_link(struct record *record, struct slice secret, struct arena *arena,
                          struct signin_link *ret_link, bool *ret_found, struct error *error);

/* What is wrong with something typed, said beside its field. */
enum signin_field { SIGNIN_FINE, SIGNIN_PASSWORD, SIGNIN_NEW, SIGNIN_CODE, SIGNIN_NEW_CODE };
struct signin_fault {
    enum signin_field field;
    struct slice words;
};

/* Uses the link: sets the password. A fault leaves the link as it was. `ret_device`: see signin_result. */
MUST_USE bool signin_use_link(struct record *record, struct slice secret, struct slice password,
                              struct slice code, const struct signin_from *from,
                              struct arena *arena, struct signin_fault *ret_fault,
                              struct slice *ret_device, struct error *error);

/* ---- one's own account; each asks for the password again ---- */

/* Other sessions of the person end. */
MUST_USE bool signin_change_password(struct record *record, const struct signin_who *who,
                                     struct slice old, struct slice fresh,
                                     const struct signin_from *from, struct arena *arena,
                                     struct signin_fault *ret_fault, struct error *error);
/* A new seed in base32, and the address that an app reads from a QR code. */
struct slice signin_seed(struct arena *arena);
MUST_USE bool signin_seed_address(struct record *record, const struct signin_who *who,
                                  struct slice seed, struct arena *arena, struct slice *ret_address,
                                  struct error *error);
/* Sets codes up, or exchanges them: `code` comes from the new seed, `old_code` from the old one or the recovery codes where
 * codes were set up before. Gives ten recovery codes, one a line, to be shown once. */
MUST_USE bool signin_set_codes(struct record *record, const struct signin_who *who,
                               struct slice password, struct slice seed, struct slice code,
                               struct slice old_code, const struct signin_from *from,
                               struct arena *arena, struct signin_fault *ret_fault,
                               struct slice *ret_recovery, struct error *error);
MUST_USE bool signin_new_recovery(struct record *record, const struct signin_who *who,
                                  struct slice password, struct slice code,
                                  const struct signin_from *from, struct arena *arena,
                                  struct signin_fault *ret_fault, struct slice *ret_recovery,
                                  struct error *error);
/* Ends this session, or every one of the person's. */
MUST_USE bool signin_out(struct record *record, const struct signin_who *who, bool everywhere,
                         struct arena *arena, struct error *error);

struct signin_session {
    int64_t opened, used; /* milliseconds */
    bool this_one;
};
MUST_USE bool signin_sessions(struct record *record, const struct signin_who *who,
                              struct arena *arena, struct signin_session **ret_sessions,
                              size_t *ret_count, struct error *error);
/* Recovery codes that are left. */
MUST_USE bool signin_recovery_left(struct record *record, const struct id *person,
                                   size_t *ret_count, struct error *error);
