/* The register in memory: held by readers, made when a record opens, kept in step by the writer's thread after every commit.
 * Questions stand in register_ask.c and register_search.c. */
#include "service/register.h"

#include <stdlib.h>
#include <string.h>

#include "service/register_parts.h"

#define REBUILT_FROM ((size_t)2000) /* more people at once, and a tenth of all: everything anew */
#define READ_LATER_FROM                                                                            \
    5000 /* events; smaller ones are read at once, so that a fault is told then */
#define WASTE_LARGEST ((size_t)8 << 20) /* of text that nobody has any more */

/* ---- held ---- */

/* Whoever holds it may hold it again: a writer that waits between the two would stop both. */
static _Thread_local struct {
    const struct record *record;
    unsigned depth;
} held;

const struct register_view *register_hold(struct record *record)
{
    struct register_state *state = record->people;
    struct error ignored = {.code = ERROR_NONE};
    if (held.depth > 0 && held.record == record) {
        held.depth++;
        return state->view;
    }
    bool loaded = atomic_load(&state->loaded) || register_load(record, &ignored);
    (void)loaded; /* what was not read is empty: nobody is known */
    pthread_rwlock_rdlock(&state->lock);
    if (held.depth == 0) {
        held.record = record;
        held.depth = 1;
    }
    return state->view;
}

void register_let_go(struct record *record, const struct register_view *view)
{
    (void)view;
    if (held.record == record && held.depth > 1) {
        held.depth--;
        return;
    }
    if (held.record == record) held.depth = 0;
    pthread_rwlock_unlock(&record->people->lock);
}

/* ---- made ---- */

static struct register_state *state_new(void)
{
    pthread_rwlockattr_t attributes;
    struct register_state *state = memory_grow(NULL, sizeof *state);
    memset(state, 0, sizeof *state);
    pthread_rwlockattr_init(&attributes);
    pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(&state->lock, &attributes);
    pthread_rwlockattr_destroy(&attributes);
    pthread_mutex_init(&state->loading, NULL);
    atomic_init(&state->loaded, false);
    state->view = register_view_new();
    return state;
}

/* `loading` is held. */
static bool rebuild(struct record *record, struct db *db, struct error *error)
{
    struct register_state *state = record->people;
    struct register_view *view = register_build(record, db, error);
    if (view == NULL) return false;
    pthread_rwlock_wrlock(&state->lock);
    struct register_view *old = state->view;
    state->view = view;
    pthread_rwlock_unlock(&state->lock);
    register_view_free(old);
    atomic_store(&state->loaded, true);
    return true;
}

/* A large one waits until somebody asks: a server's first page and most commands have no need of it. */
bool register_make(struct record *record, struct db *db, struct error *error)
{
    if (record->people == NULL) record->people = state_new();
    return record->tree.size > READ_LATER_FROM || rebuild(record, db, error);
}

/* By a connection of its own, so that neither the writer nor the readers wait. What is committed meanwhile is put in by
 * register_refresh, which waits for `loading`. */
static bool load(struct record *record, struct error *error)
{
    struct db *db = NULL;
    struct db_options options = {.read_only = true, .vfs = record->place.vfs};
    if (!db_open(record->file.at, &options, &db, error)) return false;
    bool begun = db_begin_read(db, error);
    bool loaded = begun && rebuild(record, db, error);
    if (begun) db_end_read(db);
    db_close(db);
    return loaded;
}

bool register_load(struct record *record, struct error *error)
{
    struct register_state *state = record->people;
    pthread_mutex_lock(&state->loading);
    bool loaded = atomic_load(&state->loaded) || load(record, error);
    pthread_mutex_unlock(&state->loading);
    return loaded;
}

static void *warm(void *context)
{
    struct error ignored = {.code = ERROR_NONE};
    return register_load(context, &ignored) ? NULL : context;
}

void register_warm(struct record *record)
{
    struct register_state *state = record->people;
    if (state->warmed || atomic_load(&state->loaded)) return;
    state->warmed = pthread_create(&state->warming, NULL, warm, record) == 0;
}

void register_free(struct register_state *people)
{
    if (people == NULL) return;
    if (people->warmed) pthread_join(people->warming, NULL);
    register_view_free(people->view);
    pthread_mutex_destroy(&people->loading);
    pthread_rwlock_destroy(&people->lock);
    free(people);
}

/* ---- one person anew: read without the lock, put in under it ---- */

struct fresh {
    struct arena *arena;
    struct id id;
    struct person_row row;
    bool found, same;
    bool kept; /* the details are those that the register has */
    struct pairs details;
    LIST(struct held_role) roles;
    LIST(struct tie_said) ties; /* in which it is the child */
    LIST(struct absence_row) absences;
    LIST(struct tie_row) rows;
    struct signed_newest signature;
};

static bool add_role(void *context, const void *row, struct error *error)
{
    struct fresh *fresh = context;
    struct held_role role;
    (void)error;
    if (register_role(row, &role)) LIST_PUSH(fresh->arena, &fresh->roles, role);
    return true;
}

static bool add_tie(void *context, const void *row, struct error *error)
{
    struct fresh *fresh = context;
    const struct tie_row *tie = row;
    (void)error;
    if (!slice_is(tie->state, "ended")) LIST_PUSH(fresh->arena, &fresh->rows, *tie);
    return true;
}

static bool add_absence(void *context, const void *row, struct error *error)
{
    struct fresh *fresh = context;
    const struct absence_row *absence = row;
    (void)error;
    if (slice_is(absence->state, "open")) LIST_PUSH(fresh->arena, &fresh->absences, *absence);
    return true;
}

static bool add_signature(void *context, const void *row, struct error *error)
{
    struct fresh *fresh = context;
    (void)error;
    register_signed(row, &fresh->signature);
    return true;
}

static bool note_same(void *context, const void *row, struct error *error)
{
    struct fresh *fresh = context;
    (void)row;
    (void)error;
    fresh->same = true;
    return true;
}

static bool read_ties(struct record *record, struct db *db, struct fresh *fresh,
                      struct error *error)
{
    for (size_t i = 0; i < fresh->rows.count; i++) {
        struct tie_said said;
        bool there;
        if (!people_tie(record, db, &fresh->rows.at[i], fresh->arena, &said, &there, error))
            return false;
        if (there) LIST_PUSH(fresh->arena, &fresh->ties, said);
    }
    return true;
}

/* Opened only where they changed: most acts about somebody leave the name alone. */
static bool read_details(struct record *record, struct db *db, struct fresh *fresh,
                         struct error *error)
{
    const struct register_view *view = record->people->view;
    uint32_t slot = register_slot_of(view, &fresh->id);
    bool there;
    fresh->kept = slot != SLOT_NONE && view->slots[slot].details == fresh->row.details;
    return fresh->kept ||
           people_details(record, db, &fresh->row, fresh->arena, &fresh->details, &there, error);
}

static bool read_fresh(struct record *record, struct db *db, struct fresh *fresh,
                       struct error *error)
{
    if (!person_get(db, &fresh->id, fresh->arena, &fresh->row, &fresh->found, error)) return false;
    if (!fresh->found) return true;
    if (slice_is(fresh->row.state, "erased")) fresh->row.details = ROW_NOTHING;
    return read_details(record, db, fresh, error) &&
           roles_of(db, &fresh->id, fresh->arena, add_role, fresh, error) &&
           ties_of_child(db, &fresh->id, fresh->arena, add_tie, fresh, error) &&
           absences_of(db, &fresh->id, fresh->arena, add_absence, fresh, error) &&
           signatures_of(db, &fresh->id, fresh->arena, add_signature, fresh, error) &&
           same_of(db, &fresh->id, fresh->arena, note_same, fresh, error) &&
           read_ties(record, db, fresh, error);
}

static bool same_role(const struct held_role *a, const struct held_role *b)
{
    return id_same(&a->id, &b->id) && id_same(&a->org, &b->org) && a->role == b->role &&
           a->since == b->since && a->until == b->until;
}

static bool same_roles(const struct registered *person, const struct fresh *fresh)
{
    if (person->role_count != fresh->roles.count) return false;
    for (size_t i = 0; i < person->role_count; i++)
        if (!same_role(&person->roles[i], &fresh->roles.at[i])) return false;
    return true;
}

/* The details that the register has as the pairs they came from. */
static struct pairs kept_details(const struct fresh *fresh, const struct details *details)
{
    struct pairs pairs = {0};
    pairs_add(&pairs, fresh->arena, "given", arena_copy(fresh->arena, details->given));
    pairs_add(&pairs, fresh->arena, "family", arena_copy(fresh->arena, details->family));
    pairs_add(&pairs, fresh->arena, "known-as", arena_copy(fresh->arena, details->known_as));
    pairs_add(&pairs, fresh->arena, "email", arena_copy(fresh->arena, details->email));
    pairs_add(&pairs, fresh->arena, "phone", arena_copy(fresh->arena, details->phone));
    pairs_add(&pairs, fresh->arena, "born", arena_copy(fresh->arena, details->born));
    return pairs;
}

/* With the same names the place in the order and the words stay right: they go by the text alone. */
static void put_names(struct register_view *view, uint32_t slot, bool known,
                      const struct fresh *fresh)
{
    const struct registered *person = &view->slots[slot].person;
    struct pairs details = fresh->details;
    if (fresh->kept) {
        if (same_roles(person, fresh)) return;
        details = kept_details(fresh, &person->details);
    } else if (known) {
        register_unplace(view, slot);
        register_words_drop(view, slot);
    }
    register_fill(view, slot, &details, fresh->roles.at, fresh->roles.count);
    if (fresh->kept) return;
    view->slots[slot].details = fresh->row.details;
    register_place(view, slot);
    register_words_add(view, slot);
}

static void put_fresh(struct register_view *view, const struct fresh *fresh)
{
    uint32_t slot = register_slot_of(view, &fresh->id);
    bool known = slot != SLOT_NONE;
    if (!fresh->found) return;
    if (!known) slot = register_slot_add(view, &fresh->id);
    struct registered *person = &view->slots[slot].person;
    person->org = fresh->row.org;
    person->here = slice_is(fresh->row.state, "here");
    person->erased = slice_is(fresh->row.state, "erased");
    person->joined = fresh->row.joined;
    person->signature = fresh->signature;
    put_names(view, slot, known, fresh);
    register_absences_drop(view, slot);
    for (size_t i = 0; i < fresh->absences.count; i++) {
        const struct absence_row *absence = &fresh->absences.at[i];
        register_absence_add(view, slot, absence->since,
                             absence->until == ROW_NOTHING ? INT64_MAX : absence->until);
    }
}

/* After all people are there: a parent may have come with the same commit. */
static void put_ties(struct register_view *view, const struct fresh *fresh)
{
    uint32_t slot = register_slot_of(view, &fresh->id);
    if (slot == SLOT_NONE) return;
    register_ties_drop(view, slot);
    for (size_t i = 0; i < fresh->ties.count; i++) register_tie_add(view, slot, &fresh->ties.at[i]);
}

/* ---- what a commit touched ---- */

struct refresh {
    struct arena *arena;
    struct register_view *view;
    LIST(struct id) ids;
    LIST(struct fresh) people;
};

/* The children of those touched too: where a parent was erased the tie is gone. */
static void add_children(struct refresh *refresh, const struct id *id)
{
    const struct register_view *view = refresh->view;
    uint32_t slot = register_slot_of(view, id);
    if (slot == SLOT_NONE) return;
    uint32_t tie = view->slots[slot].parent_ties;
    for (; tie != SLOT_NONE; tie = view->ties[tie].next_of_parent)
        LIST_PUSH(refresh->arena, &refresh->ids, view->slots[view->ties[tie].child].person.id);
}

static int by_id(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct id));
}

static void add_all(struct refresh *refresh, const struct touched *touched)
{
    for (size_t i = 0; i < touched->count; i++) {
        LIST_PUSH(refresh->arena, &refresh->ids, touched->at[i]);
        add_children(refresh, &touched->at[i]);
    }
    if (refresh->ids.count > 0)
        qsort(refresh->ids.at, refresh->ids.count, sizeof *refresh->ids.at, by_id);
    for (size_t i = 0; i < refresh->ids.count; i++) {
        const struct id *id = &refresh->ids.at[i];
        if (id_is_none(id) || (i > 0 && id_same(id, id - 1))) continue;
        LIST_PUSH(refresh->arena, &refresh->people,
                  (struct fresh){.arena = refresh->arena, .id = *id});
    }
}

static bool some_same(const struct refresh *refresh)
{
    for (size_t i = 0; i < refresh->people.count; i++)
        if (refresh->people.at[i].same) return true;
    return false;
}

static bool put_all(struct refresh *refresh, struct db *db, struct error *error)
{
    struct register_view *view = refresh->view;
    register_view_stamp(view);
    for (size_t i = 0; i < refresh->people.count; i++) put_fresh(view, &refresh->people.at[i]);
    for (size_t i = 0; i < refresh->people.count; i++) put_ties(view, &refresh->people.at[i]);
    if (view->pool_waste > WASTE_LARGEST && view->pool_waste > view->pool_live / 2)
        register_pack(view);
    return (!some_same(refresh) || register_load_same(view, db, error)) &&
           register_load_deputies(view, db, error);
}

static bool refresh_touched(struct record *record, struct db *db, const struct touched *touched,
                            struct error *error)
{
    size_t many = record->people->view->count / 10;
    if (touched->everything || touched->count > (many > REBUILT_FROM ? many : REBUILT_FROM))
        return rebuild(record, db, error);
    AUTO(arena) struct arena *arena = arena_new();
    struct refresh refresh = {.arena = arena, .view = record->people->view};
    add_all(&refresh, touched);
    for (size_t i = 0; i < refresh.people.count; i++)
        if (!read_fresh(record, db, &refresh.people.at[i], error)) return false;
    pthread_rwlock_wrlock(&record->people->lock);
    bool done = put_all(&refresh, db, error);
    pthread_rwlock_unlock(&record->people->lock);
    return done;
}

bool register_refresh(struct record *record, struct db *db, const struct touched *touched,
                      struct error *error)
{
    struct register_state *state = record->people;
    if (state == NULL) return register_make(record, db, error);
    pthread_mutex_lock(&state->loading);
    /* what was not read yet will be read as it is then */
    bool done = !atomic_load(&state->loaded) || refresh_touched(record, db, touched, error);
    pthread_mutex_unlock(&state->loading);
    return done;
}
