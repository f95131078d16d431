/* Passwords hashed with argon2id, 19 MiB and two passes (OWASP's first choice for it), at most two at once: the memory is
 * what makes guessing dear, so it may not make us fall over. Also the state that signing in keeps while a record is open. */
#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "service/signin_parts.h"

#define HASH_MEMORY (19u << 20)
#define HASH_PASSES 2
#define HELD_BACK_LARGEST 32

struct signin_state {
    pthread_mutex_t lock;
    pthread_cond_t place_free;
    size_t running, waiting, held_back;
    struct slow *slow;
    char dummy[crypto_pwhash_STRBYTES]; /* what unknown addresses are checked against */
};

static struct signin_state *state_new(void)
{
    struct signin_state *state = calloc(1, sizeof *state);
    pthread_condattr_t clock;
    char random[32];
    if (state == NULL || sodium_init() < 0) abort();
    randombytes_buf(random, sizeof random);
    if (crypto_pwhash_str(state->dummy, random, sizeof random, HASH_PASSES, HASH_MEMORY) != 0)
        abort();
    pthread_mutex_init(&state->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&state->place_free, &clock);
    pthread_condattr_destroy(&clock);
    state->slow = slow_new();
    return state;
}

void signin_state_free(struct signin_state *state)
{
    if (state == NULL) return;
    slow_free(state->slow);
    pthread_cond_destroy(&state->place_free);
    pthread_mutex_destroy(&state->lock);
    free(state);
}

/* Made when it is first asked for: most commands never sign anybody in. */
static struct signin_state *state_of(struct record *record)
{
    pthread_mutex_lock(&record->lock);
    if (record->signin == NULL) record->signin = state_new();
    struct signin_state *state = record->signin;
    pthread_mutex_unlock(&record->lock);
    return state;
}

struct slow *signin_slow(struct record *record)
{
    return state_of(record)->slow;
}

int64_t signin_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void signin_hold_back(struct record *record, int64_t milliseconds)
{
    struct signin_state *state = state_of(record);
    struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    pthread_mutex_lock(&state->lock);
    bool room = state->held_back < HELD_BACK_LARGEST;
    if (room) state->held_back++;
    pthread_mutex_unlock(&state->lock);
    if (!room) return;
    while (nanosleep(&pause, &pause) != 0 && errno == EINTR) continue;
    pthread_mutex_lock(&state->lock);
    state->held_back--;
    pthread_mutex_unlock(&state->lock);
}

static bool place_take(struct signin_state *state)
{
    struct timespec until;
    int waited = 0;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += HASH_WAIT_SECONDS;
    pthread_mutex_lock(&state->lock);
    bool taken = state->running < HASH_AT_ONCE;
    if (!taken && state->waiting < HASH_WAITING) {
        state->waiting++;
        while (state->running >= HASH_AT_ONCE && waited == 0)
            waited = pthread_cond_timedwait(&state->place_free, &state->lock, &until);
        state->waiting--;
        taken = state->running < HASH_AT_ONCE;
    }
    if (taken) state->running++;
    pthread_mutex_unlock(&state->lock);
    return taken;
}

static void place_give(struct signin_state *state)
{
    pthread_mutex_lock(&state->lock);
    state->running--;
    pthread_cond_signal(&state->place_free);
    pthread_mutex_unlock(&state->lock);
}

enum hash_answer hash_check(struct record *record, struct slice hash, struct slice password)
{
    struct signin_state *state = state_of(record);
    char whole[crypto_pwhash_STRBYTES] = "";
    bool known = hash.length > 0 && hash.length < sizeof whole;
    if (!place_take(state)) return HASH_BUSY;
    memcpy(whole, known ? hash.at : state->dummy, known ? hash.length : sizeof whole);
    bool fits = crypto_pwhash_str_verify(whole, password.at, password.length) == 0;
    place_give(state);
    return known && fits ? HASH_RIGHT : HASH_WRONG;
}

bool hash_make(struct record *record, struct slice password, struct arena *arena,
               struct slice *ret_hash)
{
    struct signin_state *state = state_of(record);
    char whole[crypto_pwhash_STRBYTES];
    if (!place_take(state)) return false;
    bool made =
        crypto_pwhash_str(whole, password.at, password.length, HASH_PASSES, HASH_MEMORY) == 0;
    place_give(state);
    if (made) *ret_hash = arena_copy(arena, slice_of(whole));
    return made;
}
