/* What the register in memory is asked: who somebody is, which roles they hold, who is away, parents and children. The rules
 * are those of people.h, over what was committed; people_roles.c asks them of the tables. */
#include <stdlib.h>
#include <string.h>

#include "service/register_parts.h"

#define ABOVE_LARGEST 32

/* ---- people ---- */

uint64_t register_stamp(const struct register_view *view)
{
    return view->stamp;
}

size_t register_count(const struct register_view *view)
{
    return view->order.count;
}

const struct registered *register_person(const struct register_view *view, const struct id *id)
{
    uint32_t slot = register_slot_of(view, id);
    return slot == SLOT_NONE ? NULL : &view->slots[slot].person;
}

const struct registered *register_at(const struct register_view *view, size_t place)
{
    return place < view->order.count ? &view->slots[view->order.at[place]].person : NULL;
}

const struct registered *register_by_email(const struct register_view *view, struct slice email)
{
    uint32_t slot = register_slot_of_email(view, email);
    return slot == SLOT_NONE ? NULL : &view->slots[slot].person;
}

bool register_same(const struct register_view *view, const struct id *a, const struct id *b)
{
    uint32_t one = register_slot_of(view, a), other = register_slot_of(view, b);
    if (id_same(a, b)) return true;
    if (one == SLOT_NONE || other == SLOT_NONE) return false;
    for (uint32_t at = view->slots[one].same; at != one; at = view->slots[at].same)
        if (at == other) return true;
    return false;
}

/* ---- organisations ---- */

const struct org *register_org(const struct register_view *view, const struct id *id)
{
    for (size_t i = 0; i < view->org_count; i++)
        if (id_same(&view->orgs[i].id, id)) return &view->orgs[i];
    return NULL;
}

size_t register_orgs(const struct register_view *view, const struct org **ret_orgs)
{
    *ret_orgs = view->orgs;
    return view->org_count;
}

/* Steps up from `org` to `over`; -1 where it does not stand below. None on either side: 0. */
static int steps_up(const struct register_view *view, const struct id *org, const struct id *over)
{
    struct id at = *org;
    if (id_is_none(org) || id_is_none(over)) return 0;
    for (int steps = 0; steps < ABOVE_LARGEST; steps++) {
        if (id_same(&at, over)) return steps;
        const struct org *found = register_org(view, &at);
        if (found == NULL || id_is_none(&found->parent)) return -1;
        at = found->parent;
    }
    return -1;
}

bool register_under(const struct register_view *view, const struct id *org, const struct id *over)
{
    return steps_up(view, org, over) >= 0;
}

/* ---- away ---- */

static bool slot_away(const struct register_view *view, uint32_t slot, int64_t day)
{
    uint32_t at = slot;
    do {
        uint32_t absence = view->slots[at].absences;
        for (; absence != SLOT_NONE; absence = view->absences[absence].next)
            if (view->absences[absence].since <= day && day <= view->absences[absence].until)
                return true;
        at = view->slots[at].same;
    } while (at != slot);
    return false;
}

bool register_away(const struct register_view *view, const struct id *person, int64_t day)
{
    uint32_t slot = register_slot_of(view, person);
    return slot != SLOT_NONE && slot_away(view, slot, day);
}

/* ---- roles ---- */

/* Steps from the organisation up to where the person holds the role; -1 where they do not. */
static int holds(const struct register_view *view, uint32_t slot, enum role role,
                 const struct id *over, int64_t day)
{
    const struct registered *person = &view->slots[slot].person;
    int nearest = -1;
    for (size_t i = 0; person->here && i < person->role_count; i++) {
        const struct held_role *held = &person->roles[i];
        if (held->role != role || day < held->since || day > held->until) continue;
        int steps = steps_up(view, over, &held->org);
        if (steps >= 0 && (nearest < 0 || steps < nearest)) nearest = steps;
    }
    return nearest;
}

/* A deputy holds the role while it has holders and all of them are away. */
static bool holders_away(const struct register_view *view, enum role role, const struct id *over,
                         int64_t day)
{
    bool some = false;
    for (size_t i = 0; i < view->holders[role].count; i++) {
        uint32_t slot = view->holders[role].at[i];
        if (holds(view, slot, role, over, day) < 0) continue;
        if (!slot_away(view, slot, day)) return false;
        some = true;
    }
    return some;
}

static void add_roles(const struct register_view *view, uint32_t slot, const struct id *over,
                      int64_t day, bool own, bool has[ROLES])
{
    const struct registered *person = &view->slots[slot].person;
    for (size_t i = 0; person->here && i < person->role_count; i++) {
        const struct held_role *held = &person->roles[i];
        if (day < held->since || day > held->until) continue;
        if (role_row(held->role)->trusted && !own) continue;
        if (register_under(view, over, &held->org)) has[held->role] = true;
    }
}

static bool trusted_on(const struct registered *person, int64_t day)
{
    for (size_t i = 0; person->here && i < person->role_count; i++) {
        const struct held_role *held = &person->roles[i];
        if (role_row(held->role)->trusted && held->since <= day && day <= held->until) return true;
    }
    return false;
}

static void add_stand_ins(const struct register_view *view, uint32_t slot, const struct id *over,
                          int64_t day, bool own, bool has[ROLES])
{
    bool trusted = own && trusted_on(&view->slots[slot].person, day);
    for (size_t i = 0; i < view->deputy_count; i++) {
        const struct register_deputy *deputy = &view->deputies[i];
        if (deputy->slot != slot || has[deputy->role]) continue;
        if (role_row(deputy->role)->trusted && !trusted) continue;
        if (register_under(view, over, &deputy->org))
            has[deputy->role] = holders_away(view, deputy->role, &deputy->org, day);
    }
}

size_t register_roles(const struct register_view *view, const struct id *person,
                      const struct id *over, int64_t day, enum role *ret_roles)
{
    uint32_t slot = register_slot_of(view, person), at = slot;
    bool has[ROLES] = {false};
    size_t count = 0;
    if (slot == SLOT_NONE) return 0;
    do {
        add_roles(view, at, over, day, at == slot, has);
        if (view->slots[slot].person.here) add_stand_ins(view, at, over, day, at == slot, has);
        at = view->slots[at].same;
    } while (at != slot);
    for (int role = 0; role < ROLES; role++)
        if (has[role]) ret_roles[count++] = (enum role)role;
    return count;
}

struct ranked {
    const struct register_view *view;
    uint32_t slot;
    int64_t rank;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *one = a, *other = b;
    if (one->rank != other->rank) return one->rank < other->rank ? -1 : 1;
    return slice_compare(one->view->slots[one->slot].folded,
                         other->view->slots[other->slot].folded);
}

static size_t give_ranked(struct ranked *ranked, size_t count, struct arena *arena,
                          const struct registered ***ret_people)
{
    *ret_people = arena_take(arena, count + 1, sizeof **ret_people);
    if (count > 0) qsort(ranked, count, sizeof *ranked, by_rank);
    for (size_t i = 0; i < count; i++)
        (*ret_people)[i] = &ranked[i].view->slots[ranked[i].slot].person;
    return count;
}

size_t register_holders(const struct register_view *view, enum role role, const struct id *over,
                        int64_t day, struct arena *arena, const struct registered ***ret_people)
{
    const struct slot_list *list = &view->holders[role];
    struct ranked *ranked = arena_take(arena, list->count + 1, sizeof *ranked);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        int steps = holds(view, list->at[i], role, over, day);
        if (steps >= 0) ranked[count++] = (struct ranked){view, list->at[i], steps};
    }
    return give_ranked(ranked, count, arena, ret_people);
}

size_t register_deputies(const struct register_view *view, enum role role, const struct id *over,
                         struct arena *arena, const struct registered ***ret_people)
{
    struct ranked *ranked = arena_take(arena, view->deputy_count + 1, sizeof *ranked);
    size_t count = 0;
    for (size_t i = 0; i < view->deputy_count; i++) {
        const struct register_deputy *deputy = &view->deputies[i];
        int steps = steps_up(view, over, &deputy->org);
        if (deputy->role != role || steps < 0 || !view->slots[deputy->slot].person.here) continue;
        ranked[count++] =
            (struct ranked){view, deputy->slot, (int64_t)steps << 32 | (deputy->place & 0xFFFF)};
    }
    return give_ranked(ranked, count, arena, ret_people);
}

/* ---- parents and children ---- */

static bool barred_slots(const struct register_view *view, uint32_t parent, uint32_t child)
{
    uint32_t at = child;
    do {
        uint32_t tie = view->slots[at].child_ties;
        for (; tie != SLOT_NONE; tie = view->ties[tie].next_of_child) {
            const struct register_tie *found = &view->ties[tie];
            if (found->barred && register_same(view, &view->slots[found->parent].person.id,
                                               &view->slots[parent].person.id))
                return true;
        }
        at = view->slots[at].same;
    } while (at != child);
    return false;
}

bool register_barred(const struct register_view *view, const struct id *parent,
                     const struct id *child)
{
    uint32_t one = register_slot_of(view, parent), other = register_slot_of(view, child);
    return one != SLOT_NONE && other != SLOT_NONE && barred_slots(view, one, other);
}

struct relatives {
    const struct register_view *view;
    struct arena *arena;
    LIST(const struct registered *) list;
};

static void add_relative(struct relatives *relatives, const struct register_tie *tie, uint32_t slot,
                         bool barred_too)
{
    const struct registered *person = &relatives->view->slots[slot].person;
    for (size_t i = 0; i < relatives->list.count; i++)
        if (relatives->list.at[i] == person) return;
    if (!barred_too && (!tie->linked || barred_slots(relatives->view, tie->parent, tie->child)))
        return;
    LIST_PUSH(relatives->arena, &relatives->list, person);
}

size_t register_parents(const struct register_view *view, const struct id *child, bool barred_too,
                        struct arena *arena, const struct registered ***ret_people)
{
    struct relatives relatives = {.view = view, .arena = arena};
    uint32_t slot = register_slot_of(view, child), at = slot;
    *ret_people = NULL;
    if (slot == SLOT_NONE) return 0;
    do {
        uint32_t tie = view->slots[at].child_ties;
        for (; tie != SLOT_NONE; tie = view->ties[tie].next_of_child)
            add_relative(&relatives, &view->ties[tie], view->ties[tie].parent, barred_too);
        at = view->slots[at].same;
    } while (at != slot);
    *ret_people = relatives.list.at;
    return relatives.list.count;
}

size_t register_children(const struct register_view *view, const struct id *parent, bool barred_too,
                         struct arena *arena, const struct registered ***ret_people)
{
    struct relatives relatives = {.view = view, .arena = arena};
    uint32_t slot = register_slot_of(view, parent), at = slot;
    *ret_people = NULL;
    if (slot == SLOT_NONE) return 0;
    do {
        uint32_t tie = view->slots[at].parent_ties;
        for (; tie != SLOT_NONE; tie = view->ties[tie].next_of_parent)
            add_relative(&relatives, &view->ties[tie], view->ties[tie].child, barred_too);
        at = view->slots[at].same;
    } while (at != slot);
    *ret_people = relatives.list.at;
    return relatives.list.count;
}
