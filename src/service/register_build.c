/* The register in memory made from the tables. Keys are opened once for all people, and the events that hold sealed parts are
 * read in their order, in runs: that is what makes 100,000 people quick. */
#include <stdlib.h>
#include <string.h>

#include "service/register_parts.h"
#include "service/signoff.h"
#include "store/events.h"
#include "store/keys.h"

#define RUN_GAP 8 /* events passed over rather than sought again */

/* A sealed part that is wanted: a person's details, or what is said of a tie, under the key of the person in the slot. */
struct wanted {
    uint64_t n;
    uint32_t slot;
    bool tie;
};
struct opening {
    struct id id;
    struct key key;
    bool there;
};
struct slot_role {
    uint32_t slot;
    struct held_role role;
};
struct build {
    struct record *record;
    struct db *db;
    struct register_view *view;
    struct arena *arena; /* of one row or event */
    struct wanted *wanted;
    size_t wanted_count, wanted_space, next;
    struct opening *openings; /* by slot */
    struct slot_role *roles;  /* by slot, once sorted */
    size_t role_count, role_space;
};

/* ---- rows ---- */

static void want(struct build *build, int64_t n, uint32_t slot, bool tie)
{
    if (n == ROW_NOTHING) return;
    build->wanted = register_room(build->wanted, build->wanted_count, &build->wanted_space,
                                  sizeof *build->wanted);
    build->wanted[build->wanted_count++] = (struct wanted){(uint64_t)n, slot, tie};
}

static bool add_person(void *context, const void *row, struct error *error)
{
    struct build *build = context;
    const struct person_row *person = row;
    uint32_t slot = register_slot_add(build->view, &person->id);
    struct registered *registered = &build->view->slots[slot].person;
    (void)error;
    registered->org = person->org;
    registered->joined = person->joined;
    registered->here = slice_is(person->state, "here");
    registered->erased = slice_is(person->state, "erased");
    if (!registered->erased) want(build, person->details, slot, false);
    if (!registered->erased) build->view->slots[slot].details = person->details;
    arena_reset(build->arena);
    return true;
}

static bool add_tie(void *context, const void *row, struct error *error)
{
    struct build *build = context;
    const struct tie_row *tie = row;
    uint32_t slot = register_slot_of(build->view, &tie->child);
    (void)error;
    if (slot != SLOT_NONE && !slice_is(tie->state, "ended")) want(build, tie->details, slot, true);
    arena_reset(build->arena);
    return true;
}

bool register_role(const struct role_held *row, struct held_role *ret_role)
{
    int64_t until = row->until == ROW_NOTHING ? INT64_MAX : row->until;
    *ret_role = (struct held_role){row->id, row->org, role_of(row->role), row->since, until};
    if (ret_role->role == ROLES || row->since > until) return false;
    return slice_is(row->state, "held") || slice_is(row->state, "ended");
}

static bool add_role(void *context, const void *row, struct error *error)
{
    struct build *build = context;
    const struct role_held *held = row;
    struct slot_role role = {.slot = register_slot_of(build->view, &held->person)};
    (void)error;
    if (role.slot != SLOT_NONE && register_role(held, &role.role)) {
        build->roles = register_room(build->roles, build->role_count, &build->role_space,
                                     sizeof *build->roles);
        build->roles[build->role_count++] = role;
    }
    arena_reset(build->arena);
    return true;
}

void register_signed(const struct signature_row *row, struct signed_newest *newest)
{
    if (!id_is_none(&newest->version) && newest->n > row->n) return;
    *newest = (struct signed_newest){row->id, row->version, role_bits(row->roles), row->signed_on,
                                     row->n};
}

static bool add_absence(void *context, const void *row, struct error *error)
{
    struct build *build = context;
    const struct absence_row *absence = row;
    uint32_t slot = register_slot_of(build->view, &absence->person);
    (void)error;
    if (slot != SLOT_NONE && slice_is(absence->state, "open"))
        register_absence_add(build->view, slot, absence->since,
                             absence->until == ROW_NOTHING ? INT64_MAX : absence->until);
    arena_reset(build->arena);
    return true;
}

static bool add_signature(void *context, const void *row, struct error *error)
{
    struct build *build = context;
    const struct signature_row *signature = row;
    uint32_t slot = register_slot_of(build->view, &signature->person);
    (void)error;
    if (slot != SLOT_NONE) register_signed(signature, &build->view->slots[slot].person.signature);
    arena_reset(build->arena);
    return true;
}

static bool add_key(void *context, const struct person_key_row *row, struct error *error)
{
    struct build *build = context;
    uint32_t slot = register_slot_of(build->view, &row->person);
    if (slot == SLOT_NONE) return true;
    struct opening *opening = &build->openings[slot];
    opening->id = row->id;
    opening->there = true;
    if (key_unwrap(row->wrapped, &build->record->persons, &row->id, &row->person, &opening->key))
        return true;
    error_set(error, ERROR_READ, "the wrapped key of a person is damaged, or is another's");
    return error_advise(error, "Run `lanyard rebuild --check`, and restore the keys from a backup");
}

/* ---- sealed parts ---- */

/* The part about the slot's person; false where there is none or its key is gone. */
static bool open_part(struct build *build, const struct event *event, uint32_t slot,
                      struct pairs *ret_pairs)
{
    const struct opening *opening = &build->openings[slot];
    const struct id *person = &build->view->slots[slot].person.id;
    for (size_t i = 0; opening->there && i < event->parts.count; i++) {
        const struct event_part *part = &event->parts.at[i];
        struct seal_place place = {event->id, part->person, part->key, (uint16_t)i};
        struct slice content;
        if (!id_same(&part->person, person) || !id_same(&part->key, &opening->id)) continue;
        return seal_open(part->sealed, &opening->key, &place, build->arena, &content) &&
               pairs_read(content, build->arena, ret_pairs);
    }
    return false;
}

static void fill(struct build *build, uint32_t slot, const struct pairs *details)
{
    size_t low = 0, high = build->role_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (build->roles[middle].slot < slot) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t count = 0;
    while (low + count < build->role_count && build->roles[low + count].slot == slot) count++;
    struct held_role *roles = arena_take(build->arena, count + 1, sizeof *roles);
    for (size_t i = 0; i < count; i++) roles[i] = build->roles[low + i].role;
    register_fill(build->view, slot, details, roles, count);
}

static void use_part(struct build *build, const struct wanted *wanted, const struct pairs *pairs)
{
    struct tie_said said;
    if (wanted->tie) {
        if (tie_read(pairs, &said)) register_tie_add(build->view, wanted->slot, &said);
    } else {
        fill(build, wanted->slot, pairs);
    }
}

static bool use_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct build *build = context;
    struct event event;
    if (build->wanted[build->next].n > n) return true;
    if (!event_read(body, build->arena, &event, error)) return false;
    for (; build->next < build->wanted_count && build->wanted[build->next].n == n; build->next++) {
        const struct wanted *wanted = &build->wanted[build->next];
        struct pairs pairs = {0};
        if (open_part(build, &event, wanted->slot, &pairs)) use_part(build, wanted, &pairs);
    }
    arena_reset(build->arena);
    return true;
}

static int by_event(const void *a, const void *b)
{
    const struct wanted *one = a, *other = b;
    return one->n < other->n ? -1 : one->n > other->n;
}

static int by_slot(const void *a, const void *b)
{
    const struct slot_role *one = a, *other = b;
    if (one->slot != other->slot) return one->slot < other->slot ? -1 : 1;
    return memcmp(one->role.id.at, other->role.id.at, ID_SIZE);
}

static bool open_all(struct build *build, struct error *error)
{
    if (build->wanted_count > 0)
        qsort(build->wanted, build->wanted_count, sizeof *build->wanted, by_event);
    while (build->next < build->wanted_count) {
        size_t first = build->next, last = first;
        while (last + 1 < build->wanted_count &&
               build->wanted[last + 1].n - build->wanted[last].n <= RUN_GAP)
            last++;
        if (!events_each(build->db, build->wanted[first].n, build->wanted[last].n + 1, use_event,
                         build, error))
            return false;
        if (build->next <= last)
            return error_set(error, ERROR_READ, "the tables speak of an event that is not there");
    }
    return true;
}

/* Those whose details are sealed for good still have roles and a place. */
static void fill_rest(struct build *build)
{
    for (uint32_t slot = 0; slot < build->view->count; slot++) {
        if (build->view->slots[slot].person.shown_as.length > 0) continue;
        fill(build, slot, &(struct pairs){0});
        arena_reset(build->arena);
    }
}

/* ---- small tables ---- */

struct small {
    struct register_view *view;
    size_t space;
};

static bool add_org(void *context, const void *row, struct error *error)
{
    struct small *small = context;
    const struct org_row *org = row;
    struct register_view *view = small->view;
    (void)error;
    view->orgs = register_room(view->orgs, view->org_count, &small->space, sizeof *view->orgs);
    view->orgs[view->org_count++] = (struct org){
        .id = org->id,
        .parent = org->parent,
        .kind = org->kind,
        .name = org->name,
        .open = slice_is(org->state, "open"),
    };
    return true;
}

bool register_load_orgs(struct register_view *view, struct db *db, struct error *error)
{
    struct small small = {.view = view};
    return orgs_each(db, view->org_text, add_org, &small, error);
}

static bool add_same(void *context, const void *row, struct error *error)
{
    struct register_view *view = context;
    const struct same_row *same = row;
    uint32_t one = register_slot_of(view, &same->one), other = register_slot_of(view, &same->other);
    (void)error;
    if (one != SLOT_NONE && other != SLOT_NONE && slice_is(same->state, "linked"))
        register_same_join(view, one, other);
    return true;
}

bool register_load_same(struct register_view *view, struct db *db, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    for (uint32_t slot = 0; slot < view->count; slot++) view->slots[slot].same = slot;
    return same_each(db, arena, add_same, view, error);
}

static bool add_deputy(void *context, const void *row, struct error *error)
{
    struct small *small = context;
    const struct deputy_row *deputy = row;
    struct register_view *view = small->view;
    struct register_deputy kept = {deputy->org, role_of(deputy->role), deputy->place,
                                   register_slot_of(view, &deputy->person)};
    (void)error;
    if (kept.slot == SLOT_NONE || kept.role == ROLES || !slice_is(deputy->state, "named"))
        return true;
    view->deputies =
        register_room(view->deputies, view->deputy_count, &small->space, sizeof *view->deputies);
    view->deputies[view->deputy_count++] = kept;
    return true;
}

bool register_load_deputies(struct register_view *view, struct db *db, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct small small = {.view = view};
    free(view->deputies);
    view->deputies = NULL;
    view->deputy_count = 0;
    return deputies_each(db, arena, add_deputy, &small, error);
}

/* ---- all ---- */

static bool build_people(struct build *build, struct error *error)
{
    if (!people_each(build->db, build->arena, add_person, build, error)) return false;
    build->openings = memory_grow(NULL, (build->view->count + 1) * sizeof *build->openings);
    memset(build->openings, 0, (build->view->count + 1) * sizeof *build->openings);
    if (!person_keys_each(build->db, add_key, build, error) ||
        !roles_each(build->db, build->arena, add_role, build, error) ||
        !ties_each(build->db, build->arena, add_tie, build, error))
        return false;
    if (build->role_count > 0)
        qsort(build->roles, build->role_count, sizeof *build->roles, by_slot);
    return open_all(build, error);
}

static bool build_all(struct build *build, struct error *error)
{
    if (!register_load_orgs(build->view, build->db, error) || !build_people(build, error))
        return false;
    fill_rest(build);
    register_sort(build->view);
    register_pack(build->view);
    register_words_sort(build->view);
    return absences_each(build->db, build->arena, add_absence, build, error) &&
           signatures_each(build->db, build->arena, add_signature, build, error) &&
           register_load_same(build->view, build->db, error) &&
           register_load_deputies(build->view, build->db, error);
}

struct register_view *register_build(struct record *record, struct db *db, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct build build = {.record = record, .db = db, .view = register_view_new(), .arena = arena};
    bool built = build_all(&build, error);
    if (build.openings != NULL)
        explicit_bzero(build.openings, (build.view->count + 1) * sizeof *build.openings);
    free(build.openings);
    free(build.wanted);
    free(build.roles);
    if (built) return build.view;
    register_view_free(build.view);
    return NULL;
}
