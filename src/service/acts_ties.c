/* Parents, bars, and two records of one person. Values:
 *   link-parent, end-link   child, parent
 *   bar-parent              child, parent, reason?
 *   ask-lift                child, parent, reason
 *   lift-bar                child, parent
 *   link-same, part-same    one, other
 * Events: tie-set, same-linked, same-parted. A bar is placed on the very record that is named and holds for every record
 * linked to it. What a tie says is sealed under the child's key; the task for the second person does not say what it is.
 * Whether there is a bar is looked at by the handlers alone, once a clause has allowed the act: a refusal tells nothing. */
#include "service/people.h"

#define REASON_LARGEST 1000
#define DECIDED_WITHIN (3LL * 24 * 3600 * 1000)

struct found {
    struct person_row child, parent;
    struct tie_row row;
    struct tie_said said;
    struct same_row same;
    bool linked; /* two records, directly */
};

/* ---- who it is about ---- */

static bool say_own(struct desk *desk, const struct id *one, const struct id *other,
                    struct error *error)
{
    bool is_one, is_other;
    return desk_is_actor(desk, one, &is_one, error) &&
           desk_is_actor(desk, other, &is_other, error) &&
           desk_say(desk, "own", is_one || is_other, error);
}

static bool read_reason(struct desk *desk, struct error *error)
{
    struct slice reason = slice_trim(order_value(desk->order, "reason"));
    if (reason.length == 0) return desk_say(desk, "reason", false, error);
    return desk_text(desk, "reason", "the reason", REASON_LARGEST, &reason, error) &&
           desk_say(desk, "reason", true, error);
}

static bool read_tie(struct desk *desk, struct found **ret_found, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct id parent;
    bool there, found_row, same;
    *ret_found = desk->found = found;
    if (!desk_person(desk, "child", "the child", &found->child, error) ||
        !desk_id(desk, "parent", "the parent", &parent, error) ||
        !people_row(desk->db, &parent, desk->arena, &found->parent, error) ||
        !say_own(desk, &found->child.id, &parent, error) ||
        !people_same(desk->db, &found->child.id, &parent, &same, error) ||
        !people_tie_of(desk->record, desk->db, &parent, &found->child.id, desk->arena, &found->row,
                       &found_row, error))
        return false;
    if (same) return error_set(error, ERROR_REQUEST, "nobody is their own parent");
    if (slice_is(found->child.state, "erased") || slice_is(found->parent.state, "erased"))
        return error_set(error, ERROR_REQUEST, "this person's details were erased, for good");
    if (found_row &&
        !people_tie(desk->record, desk->db, &found->row, desk->arena, &found->said, &there, error))
        return false;
    found->said.parent = parent;
    return true;
}

static bool set_tie(struct desk *desk, struct found *found, struct error *error)
{
    return people_set_tie(desk, &found->row.id, &found->child.id, &found->said, SLICE("hand"),
                          &desk->outcome->made, error);
}

/* ---- link-parent, end-link ---- */

bool facts_link_parent(struct desk *desk, struct error *error)
{
    struct found *found;
    return read_tie(desk, &found, error);
}

bool do_link_parent(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    if (found->said.linked)
        return error_set(error, ERROR_REQUEST, "these two are linked as parent and child already");
    found->said.linked = true;
    return set_tie(desk, found, error);
}

bool facts_end_link(struct desk *desk, struct error *error)
{
    struct found *found;
    return read_tie(desk, &found, error);
}

/* A bar stays where the link goes. */
bool do_end_link(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    if (!found->said.linked)
        return error_set(error, ERROR_REQUEST, "these two are not linked as parent and child");
    found->said.linked = false;
    return set_tie(desk, found, error);
}

/* ---- bars ---- */

bool facts_bar_parent(struct desk *desk, struct error *error)
{
    struct found *found;
    return read_tie(desk, &found, error) && read_reason(desk, error);
}

bool do_bar_parent(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    if (found->said.barred) return error_set(error, ERROR_REQUEST, "this parent is barred already");
    found->said.barred = true;
    found->said.lift_asked = false;
    found->said.reason = slice_trim(order_value(desk->order, "reason"));
    return set_tie(desk, found, error);
}

static bool check_barred(const struct found *found, struct error *error)
{
    return found->said.barred ||
           error_set(error, ERROR_REQUEST, "there is no bar between these two records") ||
           error_advise(error, "Where one of them is linked to another record, the bar may lie on "
                               "that one");
}

bool facts_ask_lift(struct desk *desk, struct error *error)
{
    struct found *found;
    return read_tie(desk, &found, error) && read_reason(desk, error);
}

bool do_ask_lift(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    if (!check_barred(found, error)) return false;
    if (found->said.lift_asked)
        return error_set(error, ERROR_REQUEST, "somebody has asked already to lift this bar");
    found->said.lift_asked = true;
    found->said.asked_by = desk->order->actor;
    found->said.reason = slice_trim(order_value(desk->order, "reason"));
    struct task_plan plan = {.kind = "tie-decision",
                             .role = ROLE_DSL,
                             .org = &found->child.org,
                             .about = &found->child.id,
                             .due = desk->now + DECIDED_WITHIN};
    return set_tie(desk, found, error) && desk_task(desk, &plan, NULL, error);
}

bool facts_lift_bar(struct desk *desk, struct error *error)
{
    struct found *found;
    bool began;
    if (!read_tie(desk, &found, error)) return false;
    if (!found->said.lift_asked) return desk_say(desk, "began", false, error);
    return desk_is_actor(desk, &found->said.asked_by, &began, error) &&
           desk_say(desk, "began", began, error);
}

struct waiting {
    struct id child;
    struct task_row task;
    bool found;
};

static bool match_task(void *context, const void *row, struct error *error)
{
    struct waiting *waiting = context;
    const struct task_row *task = row;
    (void)error;
    if (waiting->found || !slice_is(task->kind, "tie-decision") ||
        !id_same(&task->about, &waiting->child))
        return true;
    waiting->task = *task;
    waiting->found = true;
    return true;
}

/* One such task a request: they do not say which, so the oldest goes. */
static bool close_task(struct desk *desk, const struct id *child, struct error *error)
{
    struct waiting waiting = {.child = *child};
    if (!tasks_open(desk->db, desk->arena, match_task, &waiting, error)) return false;
    return !waiting.found || desk_task_close(desk, &waiting.task.id, error);
}

bool do_lift_bar(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    if (!check_barred(found, error)) return false;
    if (!found->said.lift_asked)
        return error_set(error, ERROR_REQUEST, "nobody has asked to lift this bar") ||
               error_advise(error, "One person asks, with the reason, and another one agrees");
    found->said.barred = false;
    found->said.lift_asked = false;
    return set_tie(desk, found, error) && close_task(desk, &found->child.id, error);
}

/* ---- two records of one person ---- */

struct direct {
    struct id other;
    struct same_row row;
    bool found;
};

static bool match_direct(void *context, const void *row, struct error *error)
{
    struct direct *direct = context;
    const struct same_row *same = row;
    (void)error;
    if (slice_is(same->state, "linked") &&
        (id_same(&same->one, &direct->other) || id_same(&same->other, &direct->other))) {
        direct->row = *same;
        direct->found = true;
    }
    return true;
}

static bool read_two(struct desk *desk, struct found **ret_found, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct id other;
    *ret_found = desk->found = found;
    if (!desk_person(desk, "one", "the first record", &found->child, error) ||
        !desk_id(desk, "other", "the second record", &other, error) ||
        !people_row(desk->db, &other, desk->arena, &found->parent, error) ||
        !say_own(desk, &found->child.id, &other, error) ||
        !people_org_above(desk->db, &found->child.org, &found->parent.org, &desk->scope, error))
        return false;
    struct direct direct = {.other = other};
    if (!same_of(desk->db, &found->child.id, desk->arena, match_direct, &direct, error))
        return false;
    found->same = direct.row;
    found->linked = direct.found;
    return !id_same(&found->child.id, &other) ||
           error_set(error, ERROR_REQUEST, "this is one record, not two");
}

static bool emit_same(struct desk *desk, const char *kind, const struct id *same,
                      const struct found *found, struct error *error)
{
    struct event *event = desk_event(desk, kind);
    const struct id *id = id_is_none(same) ? &event->id : same;
    desk->outcome->made = *id;
    desk_set_id(desk, event, "same", id);
    desk_set_id(desk, event, "one", &found->child.id);
    desk_set_id(desk, event, "other", &found->parent.id);
    return desk_emit(desk, event, error);
}

bool facts_link_same(struct desk *desk, struct error *error)
{
    struct found *found;
    return read_two(desk, &found, error);
}

bool do_link_same(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    struct id *ids;
    size_t one, other;
    bool same;
    if (!people_same(desk->db, &found->child.id, &found->parent.id, &same, error) ||
        !people_linked(desk->db, &found->child.id, desk->arena, &ids, &one, error) ||
        !people_linked(desk->db, &found->parent.id, desk->arena, &ids, &other, error))
        return false;
    if (same) return error_set(error, ERROR_REQUEST, "these two records are linked already");
    if (one + other > LINKED_LARGEST)
        return error_set(error, ERROR_LIMIT, "one person can have %d records at most",
                         LINKED_LARGEST);
    return emit_same(desk, "same-linked", &(struct id){{0}}, found, error);
}

struct bars {
    struct desk *desk;
    bool some;
};

static bool look_for_bar(void *context, const void *row, struct error *error)
{
    struct bars *bars = context;
    struct tie_said said;
    bool there;
    if (!people_tie(bars->desk->record, bars->desk->db, row, bars->desk->arena, &said, &there,
                    error))
        return false;
    if (there && said.barred) bars->some = true;
    return true;
}

/* Parting would take a bar off the record on which it does not lie itself. */
static bool check_no_bar(struct desk *desk, const struct id *person, struct error *error)
{
    struct bars bars = {desk, false};
    struct id *ids;
    size_t count;
    if (!people_linked(desk->db, person, desk->arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++) {
        struct id lookup = people_parent_lookup(desk->record, &ids[i]);
        if (!ties_of_parent(desk->db, &lookup, desk->arena, look_for_bar, &bars, error) ||
            !ties_of_child(desk->db, &ids[i], desk->arena, look_for_bar, &bars, error))
            return false;
    }
    if (!bars.some) return true;
    error_set(error, ERROR_REQUEST, "a bar lies on one of these records and holds for both");
    return error_advise(error, "Have it lifted by two people before the records are parted; it can "
                               "be placed again at once on the record that it is meant for");
}

bool facts_part_same(struct desk *desk, struct error *error)
{
    struct found *found;
    return read_two(desk, &found, error);
}

bool do_part_same(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    if (!found->linked)
        return error_set(error, ERROR_REQUEST, "these two records are not linked to one another");
    return check_no_bar(desk, &found->child.id, error) &&
           emit_same(desk, "same-parted", &found->same.id, found, error);
}
