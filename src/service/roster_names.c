/* The register's people in a store of names; see roster_names.h. What the index was made of is remembered as a hash a person, so that a
 * change of the register is found by comparing two sorted lists. */
#include "service/roster_names.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "service/register.h"

struct kept_name {
    struct id id;
    uint64_t hash; /* of what the index knows of them */
};

struct roster_names {
    pthread_mutex_t lock; /* of all below */
    struct name_store *store;
    uint64_t stamp; /* of the register it is in step with */
    int64_t day;    /* roles begin and end by the day */
    struct kept_name *kept;
    size_t kept_count, made;
};

struct roster_names *roster_names_new(void)
{
    struct roster_names *names = memory_grow(NULL, sizeof *names);
    *names = (struct roster_names){.store = NULL};
    pthread_mutex_init(&names->lock, NULL);
    return names;
}

void roster_names_free(struct roster_names *names)
{
    if (names == NULL) return;
    if (names->store != NULL) name_store_free(names->store);
    pthread_mutex_destroy(&names->lock);
    free(names->kept);
    free(names);
}

/* ---- the register's people ------------------------------------------------------------------------ */

struct gathered {
    struct arena *arena;
    const struct register_view *view;
    int64_t day;
    struct name_person *people;
    struct kept_name *kept; /* in the order of ids */
    size_t count;
};

/* A child is a child first, whatever else they are. */
static enum name_kind kind_of(const struct gathered *gathered, const struct registered *person)
{
    static const enum name_kind kinds[] = {[ROLE_KIND_STAFF] = NAME_STAFF,
                                           [ROLE_KIND_PUPIL] = NAME_PUPIL,
                                           [ROLE_KIND_PARENT] = NAME_PARENT,
                                           [ROLE_KIND_FORMER] = NAME_OTHER,
                                           [ROLE_KIND_OTHER] = NAME_OTHER};
    enum role roles[ROLES];
    struct id anywhere = {{0}};
    enum name_kind best = NAME_OTHER;
    size_t count = register_roles(gathered->view, &person->id, &anywhere, gathered->day, roles);
    for (size_t i = 0; i < count; i++) {
        enum name_kind kind = kinds[role_row(roles[i])->kind];
        if (kind < best) best = kind;
    }
    return best;
}

/* What is too long for a name is left out; what is sealed for good has none. */
static struct slice field(struct slice value)
{
    return value.length <= NAME_FIELD_LARGEST ? value : SLICE_EMPTY;
}

static uint64_t hash_of(const struct name_person *person)
{
    const struct slice fields[] = {person->given, person->family, person->known_as};
    uint64_t hash = (uint64_t)person->kind + 1;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        hash = (hash ^ slice_hash(fields[i])) * UINT64_C(0x9FB21C651E98DF25) + fields[i].length;
    return hash;
}

static void take(struct gathered *gathered, const struct registered *person)
{
    char hex[2 * ID_SIZE + 1];
    struct name_person named = {.given = field(person->details.given),
                                .family = field(person->details.family),
                                .known_as = field(person->details.known_as),
                                .year = SLICE_EMPTY,
                                .school = SLICE_EMPTY};
    if (!person->here || person->erased || named.given.length == 0) return;
    id_hex(&person->id, hex);
    named.id = arena_copy(gathered->arena, slice_of(hex));
    named.kind = kind_of(gathered, person);
    gathered->people[gathered->count] = named;
    gathered->kept[gathered->count++] = (struct kept_name){person->id, hash_of(&named)};
}

static int by_id(const void *a, const void *b)
{
    const struct kept_name *one = a, *other = b;
    return memcmp(&one->id, &other->id, sizeof one->id);
}

static void gather(struct gathered *gathered)
{
    size_t count = register_count(gathered->view);
    gathered->people = ARENA_ARRAY(gathered->arena, struct name_person, count + 1);
    gathered->kept = ARENA_ARRAY(gathered->arena, struct kept_name, count + 1);
    for (size_t i = 0; i < count; i++) take(gathered, register_at(gathered->view, i));
    qsort(gathered->kept, gathered->count, sizeof *gathered->kept, by_id);
}

/* ---- in step ---------------------------------------------------------------------------------------- */

static bool make(struct roster_names *names, const struct gathered *gathered, struct error *error)
{
    struct name_plan plan = {.people = gathered->people, .count = gathered->count};
    struct name_index *index = names_build(&plan, error);
    if (index == NULL) return false;
    if (names->store == NULL)
        names->store = name_store_new(index);
    else
        name_store_swap(names->store, index);
    names->made++;
    return true;
}

static bool edit(struct roster_names *names, const struct gathered *gathered, const struct id *id,
                 struct error *error)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(id, hex);
    for (size_t i = 0; i < gathered->count; i++)
        if (slice_is(gathered->people[i].id, hex))
            return name_store_edit(names->store, &gathered->people[i], error);
    return true;
}

#define EDITS_LARGEST                                                                              \
    100 /* of one change: each looks through everybody; beyond it a new index is quicker */

/* Who came or changed. False where they are more than EDITS_LARGEST, or where somebody went: an edit would leave the name of somebody
 * erased in memory. */
static bool find_changes(const struct roster_names *names, const struct gathered *gathered,
                         struct id *ret_changed, size_t *ret_count)
{
    size_t old = 0, new = 0;
    *ret_count = 0;
    while (old < names->kept_count || new < gathered->count) {
        int order = old == names->kept_count ? 1
                    : new == gathered->count ? -1
                                             : by_id(&names->kept[old], &gathered->kept[new]);
        bool same = order == 0 && names->kept[old].hash == gathered->kept[new].hash;
        if (order < 0 || (!same && *ret_count == EDITS_LARGEST)) return false;
        if (!same) ret_changed[(*ret_count)++] = gathered->kept[new].id;
        old += order == 0;
        new ++;
    }
    return true;
}

static bool bring_in_step(struct roster_names *names, const struct gathered *gathered,
                          struct error *error)
{
    struct id changed[EDITS_LARGEST];
    size_t count;
    if (names->store == NULL || !find_changes(names, gathered, changed, &count))
        return make(names, gathered, error);
    for (size_t i = 0; i < count; i++)
        if (!edit(names, gathered, &changed[i], error)) return false;
    return true;
}

static bool refresh(struct roster_names *names, const struct register_view *view, int64_t day,
                    struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct gathered gathered = {.arena = arena, .view = view, .day = day};
    gather(&gathered);
    if (!bring_in_step(names, &gathered, error)) return false;
    size_t size = gathered.count * sizeof *names->kept;
    names->kept = memory_grow(names->kept, size + 1);
    if (size > 0) memcpy(names->kept, gathered.kept, size);
    names->kept_count = gathered.count;
    names->stamp = register_stamp(view);
    names->day = day;
    return true;
}

const struct name_index *roster_names_hold(struct roster_names *names, struct record *record,
                                           struct error *error)
{
    const struct name_index *index = NULL;
    int64_t day = record_today(record);
    const struct register_view *view = register_hold(record);
    pthread_mutex_lock(&names->lock);
    bool fresh = names->store != NULL && names->stamp == register_stamp(view) && names->day == day;
    if (fresh || refresh(names, view, day, error)) index = name_store_hold(names->store);
    pthread_mutex_unlock(&names->lock);
    register_let_go(record, view);
    return index;
}

void roster_names_let_go(struct roster_names *names, const struct name_index *index)
{
    if (index != NULL) name_store_let_go(names->store, index);
}

size_t roster_names_made(struct roster_names *names)
{
    pthread_mutex_lock(&names->lock);
    size_t made = names->made;
    pthread_mutex_unlock(&names->lock);
    return made;
}
