/* The lists of the register in memory: ties of parents and children, absences, records of one person. */
#include "service/register_parts.h"

/* ---- ties ---- */

static uint32_t take_tie(struct register_view *view)
{
    uint32_t tie = view->tie_free;
    if (tie != SLOT_NONE) {
        view->tie_free = view->ties[tie].next_of_child;
        return tie;
    }
    view->ties = register_room(view->ties, view->tie_count, &view->tie_space, sizeof *view->ties);
    return (uint32_t)view->tie_count++;
}

void register_tie_add(struct register_view *view, uint32_t child, const struct tie_said *said)
{
    uint32_t parent = register_slot_of(view, &said->parent);
    if (parent == SLOT_NONE || !(said->linked || said->barred)) return;
    uint32_t tie = take_tie(view);
    view->ties[tie] = (struct register_tie){.child = child,
                                            .parent = parent,
                                            .next_of_child = view->slots[child].child_ties,
                                            .next_of_parent = view->slots[parent].parent_ties,
                                            .barred = said->barred,
                                            .linked = said->linked};
    view->slots[child].child_ties = tie;
    view->slots[parent].parent_ties = tie;
}

static void leave_parent(struct register_view *view, uint32_t tie)
{
    uint32_t *at = &view->slots[view->ties[tie].parent].parent_ties;
    while (*at != SLOT_NONE && *at != tie) at = &view->ties[*at].next_of_parent;
    if (*at == tie) *at = view->ties[tie].next_of_parent;
}

void register_ties_drop(struct register_view *view, uint32_t child)
{
    uint32_t tie = view->slots[child].child_ties;
    while (tie != SLOT_NONE) {
        uint32_t next = view->ties[tie].next_of_child;
        leave_parent(view, tie);
        view->ties[tie].next_of_child = view->tie_free;
        view->tie_free = tie;
        tie = next;
    }
    view->slots[child].child_ties = SLOT_NONE;
}

/* ---- absences ---- */

void register_absence_add(struct register_view *view, uint32_t slot, int64_t since, int64_t until)
{
    uint32_t absence = view->absence_free;
    if (absence != SLOT_NONE) {
        view->absence_free = view->absences[absence].next;
    } else {
        view->absences = register_room(view->absences, view->absence_count, &view->absence_space,
                                       sizeof *view->absences);
        absence = (uint32_t)view->absence_count++;
    }
    view->absences[absence] = (struct register_absence){since, until, view->slots[slot].absences};
    view->slots[slot].absences = absence;
}

void register_absences_drop(struct register_view *view, uint32_t slot)
{
    uint32_t absence = view->slots[slot].absences;
    while (absence != SLOT_NONE) {
        uint32_t next = view->absences[absence].next;
        view->absences[absence].next = view->absence_free;
        view->absence_free = absence;
        absence = next;
    }
    view->slots[slot].absences = SLOT_NONE;
}

/* ---- records of one person ---- */

/* Two rings become one where their next ones are exchanged; one ring would become two. */
void register_same_join(struct register_view *view, uint32_t one, uint32_t other)
{
    for (uint32_t at = view->slots[one].same; at != one; at = view->slots[at].same)
        if (at == other) return;
    if (one == other) return;
    uint32_t next = view->slots[one].same;
    view->slots[one].same = view->slots[other].same;
    view->slots[other].same = next;
}
