/* Who is answering: a random id in a cookie, and behind it, in this process's memory alone, whatever the pages keep. A
 * session is held by one request at a time, ends after half an hour without one, and is never written to disk. */
#pragma once

#include "base/error.h"

#define SESSION_COOKIE "lanyard-session"
#define SESSION_NOTE 64
#define SESSION_ID_LENGTH 64 /* hex digits: 256 random bits */
#define SESSION_IDLE_SECONDS 1800
#define SESSIONS_LARGEST 2000

struct session {
    char id[SESSION_ID_LENGTH + 1];    /* in the cookie */
    char token[SESSION_ID_LENGTH + 1]; /* in every form; see csrf.h */
    void *state;                       /* the pages' own; freed with state_free */
    unsigned char note[SESSION_NOTE];  /* a few bytes of the pages' own, zero at first */
    int64_t used;                      /* second of its last request, monotonic */
    bool held;                         /* by a request now */
    bool taken;                        /* the slot is in use */
    bool ending;                       /* session_end was called while held */
};

struct sessions; /* opaque; safe to share between threads */

/* `largest` sessions at most; state_free (may be NULL) is called for each state when its session ends. */
struct sessions *sessions_new(size_t largest, int64_t idle_seconds,
                              void (*state_free)(void *state));
void sessions_free(struct sessions *sessions); /* no session may be held */

/* The live session of an id, held for the caller (waits while another request holds it), or NULL. */
struct session *session_hold(struct sessions *sessions, struct slice id, int64_t now);
/* A new one, held. Where the table is full the longest idle session without state makes room; NULL where all have
 * state, so that a flood of visitors cannot throw out a person half way through. */
struct session *session_open(struct sessions *sessions, int64_t now, struct error *error);
/* Gives it back. Every held session is let go by its holder. */
void session_let_go(struct sessions *sessions, struct session *session);
/* Ends it: its id is worthless at once, its state is freed when the holder lets go. */
void session_end(struct sessions *sessions, struct session *session);
/* Live sessions, for tests. */
size_t sessions_count(struct sessions *sessions);
/* Seconds of a clock that never jumps. */
int64_t session_clock(void);
