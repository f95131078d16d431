/* The table behind session.h: a fixed array under one lock; ids from the kernel's random source, compared in constant
 * time. Expired sessions are swept whenever one is looked for. */
#include "web/session.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

struct sessions {
    pthread_mutex_t lock;
    pthread_cond_t let_go;
    struct session *at;
    size_t largest;
    int64_t idle_seconds;
    void (*state_free)(void *state);
};

struct sessions *sessions_new(size_t largest, int64_t idle_seconds, void (*state_free)(void *state))
{
    struct sessions *sessions = calloc(1, sizeof *sessions);
    struct session *at = calloc(largest, sizeof *at);
    if (sessions == NULL || at == NULL) abort();
    pthread_mutex_init(&sessions->lock, NULL);
    pthread_cond_init(&sessions->let_go, NULL);
    sessions->at = at;
    sessions->largest = largest;
    sessions->idle_seconds = idle_seconds;
    sessions->state_free = state_free;
    return sessions;
}

static void wipe(const struct sessions *sessions, struct session *session)
{
    if (session->state != NULL && sessions->state_free != NULL)
        sessions->state_free(session->state);
    explicit_bzero(session, sizeof *session);
}

void sessions_free(struct sessions *sessions)
{
    if (sessions == NULL) return;
    for (size_t at = 0; at < sessions->largest; at++) {
        assert(!sessions->at[at].held);
        wipe(sessions, &sessions->at[at]);
    }
    pthread_cond_destroy(&sessions->let_go);
    pthread_mutex_destroy(&sessions->lock);
    free(sessions->at);
    free(sessions);
}

static bool random_hex(char ret_hex[SESSION_ID_LENGTH + 1])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[SESSION_ID_LENGTH / 2];
    ssize_t got;
    do got = getrandom(bytes, sizeof bytes, 0);
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof bytes) return false;
    for (size_t at = 0; at < sizeof bytes; at++) {
        ret_hex[2 * at] = digits[bytes[at] >> 4];
        ret_hex[2 * at + 1] = digits[bytes[at] & 15];
    }
    ret_hex[SESSION_ID_LENGTH] = '\0';
    explicit_bzero(bytes, sizeof bytes);
    return true;
}

static bool id_equal(const char *ours, struct slice theirs)
{
    unsigned char difference = 0;
    if (theirs.length != SESSION_ID_LENGTH) return false;
    for (size_t at = 0; at < SESSION_ID_LENGTH; at++)
        difference |= (unsigned char)(ours[at] ^ theirs.at[at]);
    return difference == 0;
}

static void sweep(struct sessions *sessions, int64_t now)
{
    for (size_t at = 0; at < sessions->largest; at++) {
        struct session *session = &sessions->at[at];
        bool old = session->taken && now - session->used >= sessions->idle_seconds;
        if (old && !session->held) wipe(sessions, session);
    }
}

static struct session *find(struct sessions *sessions, struct slice id)
{
    for (size_t at = 0; at < sessions->largest; at++) {
        struct session *session = &sessions->at[at];
        if (session->taken && !session->ending && id_equal(session->id, id)) return session;
    }
    return NULL;
}

struct session *session_hold(struct sessions *sessions, struct slice id, int64_t now)
{
    if (id.length != SESSION_ID_LENGTH) return NULL;
    pthread_mutex_lock(&sessions->lock);
    sweep(sessions, now);
    struct session *session = find(sessions, id);
    while (session != NULL && session->held) {
        pthread_cond_wait(&sessions->let_go, &sessions->lock);
        session = find(sessions, id);
    }
    if (session != NULL) {
        session->held = true;
        session->used = now;
    }
    pthread_mutex_unlock(&sessions->lock);
    return session;
}

/* A free slot, else that of the longest idle session whose holder has told us nothing yet. */
static struct session *room(struct sessions *sessions)
{
    struct session *oldest = NULL;
    for (size_t at = 0; at < sessions->largest; at++) {
        struct session *session = &sessions->at[at];
        if (!session->taken) return session;
        if (session->held || session->state != NULL) continue;
        if (oldest == NULL || session->used < oldest->used) oldest = session;
    }
    if (oldest != NULL) wipe(sessions, oldest);
    return oldest;
}

struct session *session_open(struct sessions *sessions, int64_t now, struct error *error)
{
    pthread_mutex_lock(&sessions->lock);
    sweep(sessions, now);
    struct session *session = room(sessions);
    if (session == NULL) {
        error_set(error, ERROR_LIMIT, "Too many people are asking at this moment.");
        error_advise(error, "Try again in a few minutes, or ask a leader in person.");
    } else if (!random_hex(session->id) || !random_hex(session->token)) {
        explicit_bzero(session, sizeof *session);
        session = NULL;
        error_set(error, ERROR_INTERNAL, "The system gave no random numbers.");
    } else {
        session->taken = session->held = true;
        session->used = now;
    }
    pthread_mutex_unlock(&sessions->lock);
    return session;
}

void session_let_go(struct sessions *sessions, struct session *session)
{
    if (session == NULL) return;
    pthread_mutex_lock(&sessions->lock);
    session->held = false;
    if (session->ending) wipe(sessions, session);
    pthread_cond_broadcast(&sessions->let_go);
    pthread_mutex_unlock(&sessions->lock);
}

void session_end(struct sessions *sessions, struct session *session)
{
    pthread_mutex_lock(&sessions->lock);
    session->ending = true;
    pthread_cond_broadcast(&sessions->let_go);
    pthread_mutex_unlock(&sessions->lock);
}

size_t sessions_count(struct sessions *sessions)
{
    size_t count = 0;
    pthread_mutex_lock(&sessions->lock);
    for (size_t at = 0; at < sessions->largest; at++)
        if (sessions->at[at].taken && !sessions->at[at].ending) count++;
    pthread_mutex_unlock(&sessions->lock);
    return count;
}

int64_t session_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}
