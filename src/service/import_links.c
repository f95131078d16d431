/* Parents and children: links that the file has and the record has not, and those that it no longer has. A bar that lies
 * stays, whatever the file says: linking writes over nothing but whether there is a link. */
#include "service/import_parts.h"

/* One end of a link: somebody of the plan, or of the record alone. */
struct end {
    size_t place; /* in the plan, or NOWHERE */
    struct id id; /* none: a joiner */
    bool there;
};

static struct end end_of_plan(const struct planning *planning, size_t place)
{
    const struct plan_person *person = &planning->parts->people.at[place];
    bool there = !person->skipped && person->what != PLAN_LEAVE &&
                 (person->known != NOWHERE || person->what == PLAN_JOIN);
    return (struct end){place, person->id, there};
}

static void add(struct planning *planning, const struct end *parent, const struct end *child)
{
    LIST_PUSH(planning->arena, &planning->parts->links,
              (struct plan_link){.parent = parent->place,
                                 .child = child->place,
                                 .parent_id = parent->id,
                                 .child_id = child->id});
    planning->plan->links++;
}

/* Links as they lie: a row may stand for a bar alone. */
static bool is_linked(struct planning *planning, struct known_tie *tie, bool *ret_linked,
                      struct error *error)
{
    struct tie_said said;
    bool there;
    *ret_linked = false;
    tie->seen = true;
    if (slice_is(tie->row.state, "ended")) return true;
    if (!people_tie(planning->record, planning->db, &tie->row, planning->scratch, &said, &there,
                    error))
        return false;
    *ret_linked = there && said.linked;
    return true;
}

static bool plan_link(struct planning *planning, const struct end *parent, const struct end *child,
                      struct error *error)
{
    bool linked = false;
    arena_reset(planning->scratch);
    if (!parent->there || !child->there) return true;
    if (!id_is_none(&parent->id) && !id_is_none(&child->id)) {
        struct id lookup = people_parent_lookup(planning->record, &parent->id);
        size_t at = known_tie(&planning->known, &child->id, &lookup);
        if (id_same(&parent->id, &child->id)) return true;
        if (at != NOWHERE && !is_linked(planning, &planning->known.ties.at[at], &linked, error))
            return false;
    }
    if (!linked) add(planning, parent, child);
    return true;
}

/* ---- claims of a file of changes, which the record settles ---- */

static struct end end_by_id(struct planning *planning, struct slice id)
{
    size_t place = roster_person_find(planning->roster, id);
    if (place != ROSTER_NONE) return end_of_plan(planning, place);
    struct id lookup =
        people_identifier_lookup(planning->record, planning->id_kind.at, id, planning->scratch);
    size_t known = known_identifier(&planning->known, &lookup);
    if (known == NOWHERE) return (struct end){.place = NOWHERE};
    const struct person_row *row = &planning->known.people.at[known].row;
    bool there = slice_is(row->state, "here") && !plan_is_barred(planning, &row->id);
    return (struct end){NOWHERE, row->id, there};
}

static bool holds(const struct planning *planning, const struct end *end, enum role role,
                  enum roster_role theirs)
{
    if (end->place != NOWHERE && roster_holds(&planning->roster->people.at[end->place], theirs))
        return true;
    size_t known = id_is_none(&end->id) ? NOWHERE : known_person(&planning->known, &end->id);
    size_t at = known == NOWHERE ? NOWHERE : planning->known.people.at[known].roles;
    for (; at != NOWHERE; at = planning->known.roles.at[at].next) {
        const struct role_held *row = &planning->known.roles.at[at].row;
        if (role_of(row->role) == role && role_held_on(row, planning->today)) return true;
    }
    return false;
}

static bool settle(struct planning *planning, const struct roster_agent *agent, struct error *error)
{
    struct end from = end_by_id(planning, agent->from), to = end_by_id(planning, agent->to);
    bool child = holds(planning, &from, ROLE_PUPIL, ROSTER_PUPIL) &&
                 holds(planning, &to, ROLE_PARENT, ROSTER_PARENT);
    bool parent = holds(planning, &from, ROLE_PARENT, ROSTER_PARENT) &&
                  holds(planning, &to, ROLE_PUPIL, ROSTER_PUPIL);
    arena_reset(planning->scratch);
    if (child != parent)
        return plan_link(planning, child ? &to : &from, child ? &from : &to, error);
    if (planning->plan->problems.count < ROSTER_PROBLEMS_KEPT)
        LIST_PUSH(planning->arena, &planning->plan->problems,
                  (struct roster_problem){
                      .file = agent->file,
                      .line = agent->line,
                      .id = agent->from,
                      .field = agent->field,
                      .what = child ? "it is not clear which of the two is the child"
                                    : "the two are not a parent and a pupil, so they are not "
                                      "linked",
                      .done = ROSTER_FIELD_LEFT_OUT});
    return true;
}

/* ---- links that the file no longer has ---- */

/* Of a child whom the whole file knows. A tie that somebody changed by hand, with a bar say, stays with people's hands. */
static void plan_unlinks(struct planning *planning)
{
    for (size_t i = 0; i < planning->known.ties.count; i++) {
        const struct known_tie *tie = &planning->known.ties.at[i];
        if (tie->seen || !slice_is(tie->row.state, "linked") ||
            !slice_equal(tie->row.source, planning->import->source))
            continue;
        size_t known = known_person(&planning->known, &tie->row.child);
        size_t place = known == NOWHERE ? NOWHERE : planning->known.people.at[known].taken;
        if (place == NOWHERE || !end_of_plan(planning, place).there) continue;
        LIST_PUSH(planning->arena, &planning->parts->links,
                  (struct plan_link){.parent = NOWHERE,
                                     .child = place,
                                     .child_id = tie->row.child,
                                     .tie = &tie->row,
                                     .ends = true});
        planning->plan->unlinks++;
    }
}

/* A parent whose row could not be read is in no link of the roster; their links are not to end for that. */
static void see_unread(struct planning *planning)
{
    struct map parents;
    map_init(&parents, planning->arena);
    for (size_t i = 0; i < planning->roster->people.count; i++) {
        const struct plan_person *person = &planning->parts->people.at[i];
        if (!person->skipped || person->known == NOWHERE) continue;
        struct id lookup = people_parent_lookup(planning->record, &person->id);
        map_set(&parents, arena_copy(planning->arena, id_slice(&lookup)), 1);
    }
    for (size_t i = 0; i < planning->known.ties.count; i++) {
        struct known_tie *tie = &planning->known.ties.at[i];
        if (map_get(&parents, id_slice(&tie->row.parent_lookup)) > 0) tie->seen = true;
    }
}

bool plan_links(struct planning *planning, struct error *error)
{
    const struct roster *roster = planning->roster;
    for (size_t i = 0; i < roster->links.count; i++) {
        struct end parent = end_of_plan(planning, roster->links.at[i].parent);
        struct end child = end_of_plan(planning, roster->links.at[i].child);
        if (!plan_link(planning, &parent, &child, error)) return false;
    }
    for (size_t i = 0; i < roster->agents.count; i++)
        if (!settle(planning, &roster->agents.at[i], error)) return false;
    if (!roster->whole_people || planning->plan->nobody_missing) return true;
    see_unread(planning);
    plan_unlinks(planning);
    return true;
}
