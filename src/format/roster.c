/* The common outcome of all imports: adding to it, and finding in it. roster_finish.c settles what
 * refers from one row to another. */
#include "format/roster.h"

#include <assert.h>

const char *roster_role_code(enum roster_role role)
{
    static const char *const codes[] = {
#define X(name, code) [ROSTER_##name] = (code),
        ROSTER_ROLES(X)
#undef X
    };
    return (unsigned)role < ROSTER_ROLE_COUNT ? codes[role] : "none";
}

enum roster_role roster_role_find(struct slice code)
{
    for (unsigned role = 0; role < ROSTER_ROLE_COUNT; role++) {
        if (slice_is(code, roster_role_code((enum roster_role)role))) return (enum roster_role)role;
    }
    return ROSTER_ROLE_COUNT;
}

enum roster_role roster_word_find(const struct roster_word *words, struct slice theirs)
{
    for (; words->theirs != NULL; words++) {
        if (slice_is(theirs, words->theirs)) return words->role;
    }
    return ROSTER_ROLE_COUNT;
}

void roster_init(struct roster *roster, struct arena *arena)
{
    *roster = (struct roster){.arena = arena};
    map_init(&roster->org_places, arena);
    map_init(&roster->person_places, arena);
    map_init(&roster->links_known, arena);
}

void roster_problem(struct roster *roster, struct roster_problem problem)
{
    roster->problem_count++;
    if (problem.done == ROSTER_ROW_LEFT_OUT) roster->rows_left_out++;
    if (roster->problems.count < ROSTER_PROBLEMS_KEPT)
        LIST_PUSH(roster->arena, &roster->problems, problem);
}

static size_t place(const struct map *places, struct slice id)
{
    int64_t at = map_get(places, id);
    return at < 0 ? ROSTER_NONE : (size_t)at;
}

size_t roster_org_find(const struct roster *roster, struct slice id)
{
    return place(&roster->org_places, id);
}

size_t roster_person_find(const struct roster *roster, struct slice id)
{
    return place(&roster->person_places, id);
}

struct roster_org *roster_org_add(struct roster *roster, struct slice id)
{
    if (roster_org_find(roster, id) != ROSTER_NONE) return NULL;
    struct roster_org *org = LIST_ADD(roster->arena, &roster->orgs);
    *org = (struct roster_org){.id = arena_copy(roster->arena, id),
                               .name = SLICE_EMPTY,
                               .identifier = SLICE_EMPTY,
                               .parent_id = SLICE_EMPTY,
                               .parent = ROSTER_NONE};
    map_set(&roster->org_places, org->id, (int64_t)roster->orgs.count - 1);
    return org;
}

static struct roster_person nobody(struct slice id)
{
    return (struct roster_person){.id = id,
                                  .given = SLICE_EMPTY,
                                  .family = SLICE_EMPTY,
                                  .known_as = SLICE_EMPTY,
                                  .email = SLICE_EMPTY,
                                  .phone = SLICE_EMPTY,
                                  .username = SLICE_EMPTY};
}

struct roster_person *roster_person_at(struct roster *roster, struct slice id, bool *ret_new)
{
    size_t at = roster_person_find(roster, id);
    *ret_new = at == ROSTER_NONE;
    if (at != ROSTER_NONE) return &roster->people.at[at];
    struct roster_person *person = LIST_ADD(roster->arena, &roster->people);
    *person = nobody(arena_copy(roster->arena, id));
    map_set(&roster->person_places, person->id, (int64_t)roster->people.count - 1);
    return person;
}

void roster_unread(struct roster *roster, struct slice id)
{
    bool made;
    struct roster_person *person = roster_person_at(roster, id, &made);
    *person = nobody(person->id);
    person->status = ROSTER_UNREAD;
}

struct roster_held *roster_hold(struct roster *roster, struct roster_person *person,
                                enum roster_role role, struct slice org_id)
{
    struct roster_held **last = &person->roles;
    for (; *last != NULL; last = &(*last)->next) {
        if ((*last)->role == role && slice_equal((*last)->org_id, org_id)) {
            bool dated = (*last)->from.year != 0 || (*last)->until.year != 0;
            if (!dated) return *last; /* one with dates may be held again later */
        }
    }
    struct roster_held *held = ARENA_NEW(roster->arena, struct roster_held);
    size_t org = org_id.length == 0 ? ROSTER_NONE : roster_org_find(roster, org_id);
    struct slice kept = org != ROSTER_NONE   ? roster->orgs.at[org].id
                        : org_id.length == 0 ? SLICE_EMPTY
                                             : arena_copy(roster->arena, org_id);
    *held = (struct roster_held){.role = role, .org_id = kept, .org = org};
    *last = held;
    return held;
}

bool roster_holds(const struct roster_person *person, enum roster_role role)
{
    for (const struct roster_held *held = person->roles; held != NULL; held = held->next) {
        if (held->role == role && !held->removed) return true;
    }
    return false;
}

/* The ids' own lengths keep "a" + "bc" and "ab" + "c" apart. */
static struct slice link_key(struct arena *arena, struct slice parent, struct slice child)
{
    return arena_format(arena, "%zu:%.*s:%.*s", parent.length, SLICE_PRINT(parent),
                        SLICE_PRINT(child));
}

void roster_link(struct roster *roster, struct slice parent_id, struct slice child_id)
{
    size_t parent = roster_person_find(roster, parent_id);
    size_t child = roster_person_find(roster, child_id);
    assert(parent != ROSTER_NONE && child != ROSTER_NONE);
    struct slice key = link_key(roster->arena, parent_id, child_id);
    if (map_set(&roster->links_known, key, 1) >= 0) return;
    LIST_PUSH(roster->arena, &roster->links,
              (struct roster_link){roster->people.at[parent].id, roster->people.at[child].id,
                                   parent, child});
}
