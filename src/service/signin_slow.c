/* Failures counted by key, so that whoever guesses is slowed: a table of a fixed size, keys are keyed hashes, so nobody can
 * choose where theirs fall. In memory only: what an attacker types never costs a write. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "service/signin_parts.h"

#define SETS 1024
#define PLACES 8

struct failures {
    struct id key;
    unsigned count;
    int64_t last;
};
struct slow {
    pthread_mutex_t lock;
    struct failures at[SETS][PLACES];
};

struct slow *slow_new(void)
{
    struct slow *slow = calloc(1, sizeof *slow);
    if (slow == NULL) abort();
    pthread_mutex_init(&slow->lock, NULL);
    return slow;
}

void slow_free(struct slow *slow)
{
    if (slow == NULL) return;
    pthread_mutex_destroy(&slow->lock);
    free(slow);
}

static struct failures *set_of(struct slow *slow, const struct id *key)
{
    return slow->at[((size_t)key->at[0] << 8 | key->at[1]) % SETS];
}

/* The key's own place, NULL where it has none; what is older than an hour is forgotten on the way. */
static struct failures *find(struct slow *slow, const struct id *key, int64_t now)
{
    struct failures *set = set_of(slow, key);
    for (size_t i = 0; i < PLACES; i++) {
        if (set[i].count > 0 && now - set[i].last >= SLOW_FORGET * 1000LL) set[i].count = 0;
        if (set[i].count > 0 && id_same(&set[i].key, key)) return &set[i];
    }
    return NULL;
}

static struct failures *make(struct slow *slow, const struct id *key)
{
    struct failures *set = set_of(slow, key), *oldest = &set[0];
    for (size_t i = 0; i < PLACES; i++) {
        if (set[i].count == 0) oldest = &set[i];
        if (oldest->count > 0 && set[i].last < oldest->last) oldest = &set[i];
    }
    *oldest = (struct failures){.key = *key};
    return oldest;
}

static int64_t wait_after(unsigned count, int64_t largest)
{
    int64_t seconds = 1;
    if (count <= SLOW_FREE) return 0;
    for (unsigned i = SLOW_FREE + 1; i < count && seconds < largest; i++) seconds *= 2;
    return seconds < largest ? seconds : largest;
}

int64_t slow_wait(struct slow *slow, const struct id *key, int64_t largest, int64_t now)
{
    int64_t wait = 0;
    pthread_mutex_lock(&slow->lock);
    const struct failures *failures = find(slow, key, now);
    if (failures != NULL) {
        int64_t until = failures->last + wait_after(failures->count, largest) * 1000;
        if (until > now) wait = (until - now + 999) / 1000;
    }
    pthread_mutex_unlock(&slow->lock);
    return wait;
}

unsigned slow_fail(struct slow *slow, const struct id *key, int64_t now)
{
    pthread_mutex_lock(&slow->lock);
    struct failures *failures = find(slow, key, now);
    if (failures == NULL) failures = make(slow, key);
    if (failures->count < 1000000) failures->count++;
    failures->last = now;
    unsigned count = failures->count;
    pthread_mutex_unlock(&slow->lock);
    return count;
}

unsigned slow_count(struct slow *slow, const struct id *key, int64_t now)
{
    pthread_mutex_lock(&slow->lock);
    const struct failures *failures = find(slow, key, now);
    unsigned count = failures != NULL ? failures->count : 0;
    pthread_mutex_unlock(&slow->lock);
    return count;
}

void slow_clear(struct slow *slow, const struct id *key)
{
    pthread_mutex_lock(&slow->lock);
    struct failures *failures = find(slow, key, 0);
    if (failures != NULL) failures->count = 0;
    pthread_mutex_unlock(&slow->lock);
}
