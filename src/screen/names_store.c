/* The index in use. Whoever reads holds one; a swap or an edit puts another in its place and the old one goes when the last reader lets it go.
 * An edit copies nothing of the base: a second small index of the people changed stands beside it, with a list of those it takes out. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "screen/names_parts.h"

struct name_store {
    atomic_flag busy; /* for the few instructions of counting a holder */
    struct name_index *index;
};

static void lock(struct name_store *store)
{
    while (atomic_flag_test_and_set_explicit(&store->busy, memory_order_acquire)) continue;
}

static void unlock(struct name_store *store)
{
    atomic_flag_clear_explicit(&store->busy, memory_order_release);
}

struct name_store *name_store_new(struct name_index *index)
{
    struct name_store *store = memory_grow(NULL, sizeof *store);
    store->index = index;
    atomic_flag_clear(&store->busy);
    return store;
}

void name_store_free(struct name_store *store)
{
    if (store == NULL) return;
    names_free(store->index);
    free(store);
}

const struct name_index *name_store_hold(struct name_store *store)
{
    lock(store);
    store->index->holders++;
    const struct name_index *index = store->index;
    unlock(store);
    return index;
}

/* One holder less; the last one's index is freed when the lock is free again: it may be large. */
static void let_go(struct name_store *store, struct name_index *index)
{
    lock(store);
    bool last = --index->holders == 0;
    unlock(store);
    if (last) names_free(index);
}

void name_store_let_go(struct name_store *store, const struct name_index *index)
{
    union {
        const struct name_index *held;
        struct name_index *own;
    } same = {index};
    let_go(store, same.own);
}

void name_store_swap(struct name_store *store, struct name_index *index)
{
    lock(store);
    struct name_index *old = store->index;
    store->index = index;
    unlock(store);
    let_go(store, old);
}

/* ---- edits -------------------------------------------------------------------------------------- */

/* Another index over the same base, with room for one more to be taken out. */
static struct name_index *copy_of(const struct name_index *old)
{
    struct name_index *index = memory_grow(NULL, sizeof *index);
    *index = (struct name_index){.base = old->base, .gone_count = old->gone_count, .holders = 1};
    atomic_fetch_add(&index->base->holders, 1);
    index->gone = memory_grow(NULL, (old->gone_count + 1) * sizeof *index->gone);
    if (old->gone_count > 0) memcpy(index->gone, old->gone, old->gone_count * sizeof *index->gone);
    return index;
}

/* Keeps the order; one that is out already stays so. */
static void take_out(struct name_index *index, uint32_t who)
{
    size_t at = 0;
    while (at < index->gone_count && index->gone[at] < who) at++;
    if (at < index->gone_count && index->gone[at] == who) return;
    memmove(index->gone + at + 1, index->gone + at, (index->gone_count - at) * sizeof *index->gone);
    index->gone[at] = who;
    index->gone_count++;
}

static void take_out_of_base(struct name_index *index, struct slice id)
{
    for (uint32_t who = 0; who < index->base->count; who++) {
        if (!slice_equal(name_core_person(index->base, who).id, id)) continue;
        take_out(index, who);
        return;
    }
}

/* The people that edits brought so far, but the one of this id, and that one as it is now. */
static size_t gather(const struct name_index *old, const struct name_person *person,
                     struct name_person *people)
{
    size_t count = 0, known = old->more != NULL ? old->more->count : 0;
    for (uint32_t i = 0; i < known; i++) {
        struct name_person other = name_core_person(old->more, i);
        if (!slice_equal(other.id, person->id)) people[count++] = other;
    }
    if (person->given.length > 0 || person->family.length > 0) people[count++] = *person;
    return count;
}

/* Everybody in one new base. */
static struct name_index *rebuild(const struct name_index *old, const struct name_index *edited,
                                  const struct name_person *more, size_t count, struct error *error)
{
    struct name_person *people = memory_grow(NULL, (old->base->count + count + 1) * sizeof *people);
    size_t all = 0, gone = 0;
    for (uint32_t who = 0; who < old->base->count; who++) {
        bool out = gone < edited->gone_count && edited->gone[gone] == who;
        if (out)
            gone++;
        else
            people[all++] = name_core_person(old->base, who);
    }
    memcpy(people + all, more, count * sizeof *people);
    struct name_plan plan = {people, all + count, old->base->full_only};
    struct name_index *index = names_build(&plan, error);
    free(people);
    return index;
}

/* The index after an edit, from a copy of the present one; NULL where it cannot be built. */
static struct name_index *edited(struct name_index *copy, const struct name_index *old,
                                 const struct name_person *person, struct error *error)
{
    size_t known = old->more != NULL ? old->more->count : 0;
    struct name_person *people = memory_grow(NULL, (known + 1) * sizeof *people);
    size_t count = gather(old, person, people);
    struct name_index *index = copy;
    take_out_of_base(copy, person->id);
    if (count + copy->gone_count > NAME_EDITS_LARGEST) {
        index = rebuild(old, copy, people, count, error);
    } else if (count > 0) {
        struct name_plan plan = {people, count, old->base->full_only};
        copy->more = name_core_build(&plan, error);
        if (copy->more == NULL) index = NULL;
    }
    free(people);
    return index;
}

bool name_store_edit(struct name_store *store, const struct name_person *person,
                     struct error *error)
{
    if (person->id.length == 0)
        return error_set(error, ERROR_USAGE, "a person of the roster needs an id");
    struct name_index *copy = copy_of(store->index);
    struct name_index *index = edited(copy, store->index, person, error);
    if (index != copy) names_free(copy);
    if (index != NULL) name_store_swap(store, index);
    return index != NULL;
}
