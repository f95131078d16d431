/* Who has signed, counted for every organisation and group: once for each state of the register, day and version, and kept for
 * whoever leads, because it goes through everybody. Who is barred from a child has it counted without that child, each time. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "service/overview_parts.h"

struct org_counts {
    struct id org;
    struct coverage_count signing[OVERVIEW_GROUPS];
};
struct counting {
    const struct viewer *viewer; /* who may not know of everybody; NULL: they may */
    struct org_counts *at;
    size_t count, last; /* last: the organisation of the person before */
};

/* Of the record that asked last: a server has one. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    const struct record *record;
    uint64_t stamp;
    int64_t day;
    struct id version;
    struct org_counts *at;
    size_t count;
} kept;

/* ---- counting ---- */

static enum overview_group group_of(uint64_t roles)
{
    const uint64_t pupils = role_bit(ROLE_PUPIL) | role_bit(ROLE_FORMER_PUPIL);
    if ((roles & ~pupils) == 0) return OVERVIEW_PUPILS;
    return (roles & ~role_bit(ROLE_PARENT)) == 0 ? OVERVIEW_PARENTS : OVERVIEW_STAFF;
}

static struct org_counts *counts_of(struct counting *counting, const struct id *org)
{
    for (size_t i = 0; i < counting->count; i++) {
        size_t at = (counting->last + i) % counting->count;
        if (!id_same(&counting->at[at].org, org)) continue;
        counting->last = at;
        return &counting->at[at];
    }
    return NULL;
}

static bool count_person(void *context, const struct registered *person,
                         const struct signoff *signoff)
{
    struct counting *counting = context;
    const struct viewer *viewer = counting->viewer;
    struct org_counts *counts = counts_of(counting, &person->org);
    if (counts == NULL ||
        (viewer != NULL && register_barred(viewer->view, &viewer->person, &person->id)))
        return true;
    struct coverage_count *count = &counts->signing[group_of(signoff->roles)];
    count->bound++;
    if (signoff->owed) count->owed++;
    if (signoff->owed && signoff->overdue) count->overdue++;
    return true;
}

static void count_all(const struct overviewing *making, struct counting *counting)
{
    const struct id all = {{0}};
    const struct org *orgs;
    counting->count = register_orgs(making->viewer->view, &orgs);
    for (size_t i = 0; i < counting->count; i++)
        counting->at[i] = (struct org_counts){.org = orgs[i].id};
    signoff_each(making->record, making->viewer->view, &all, count_person, counting);
}

/* ---- keeping ---- */

static void hand_out(struct overview *overview, const struct org_counts *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct overview_school *school = overview_school(overview, &at[i].org);
        if (school != NULL) memcpy(school->signing, at[i].signing, sizeof school->signing);
    }
}

static bool take_kept(const struct overviewing *making)
{
    pthread_mutex_lock(&lock);
    bool same = kept.record == making->record && kept.day == making->viewer->today &&
                kept.stamp == register_stamp(making->viewer->view) &&
                id_same(&kept.version, &making->overview->policy.version);
    if (same) hand_out(making->overview, kept.at, kept.count);
    pthread_mutex_unlock(&lock);
    return same;
}

static void keep(const struct overviewing *making, const struct counting *counting)
{
    size_t size = (counting->count + 1) * sizeof *kept.at;
    pthread_mutex_lock(&lock);
    kept.at = memory_grow(kept.at, size);
    memcpy(kept.at, counting->at, size);
    kept.count = counting->count;
    kept.record = making->record;
    kept.stamp = register_stamp(making->viewer->view);
    kept.day = making->viewer->today;
    kept.version = making->overview->policy.version;
    pthread_mutex_unlock(&lock);
}

void overview_signatures(struct overviewing *making)
{
    const struct org *orgs;
    size_t count = register_orgs(making->viewer->view, &orgs);
    bool everybody = !making->viewer->barred;
    struct counting counting = {.viewer = everybody ? NULL : making->viewer,
                                .at = ARENA_ARRAY(making->arena, struct org_counts, count + 1)};
    if (everybody && take_kept(making)) return;
    count_all(making, &counting);
    hand_out(making->overview, counting.at, counting.count);
    if (everybody) keep(making, &counting);
}
