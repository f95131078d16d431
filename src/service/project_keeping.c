/* What events about keeping do to the tables: holds, erasures, who opened what, kept answers. The kinds and their
 * fields stand at the bottom. What is sealed is not opened here: reasons and answers stay in their events. */
#include "service/project.h"

#include "service/record_parts.h"
#include "store/keeping.h"
#include "store/people.h"
#include "store/policies.h"

/* ---- holds ---------------------------------------------------------------------------------------- */

static bool hold_placed(struct projection *projection, struct error *error)
{
    struct hold_row row = {.id = projection_id(projection, "hold"),
                           .person = projection_id(projection, "person"),
                           .placed = (int64_t)projection->event->n,
                           .placed_by = projection->event->actor,
                           .lifted = ROW_NOTHING};
    return hold_put(projection->db, &row, error);
}

static bool hold_lifted(struct projection *projection, struct error *error)
{
    struct id id = projection_id(projection, "hold");
    struct hold_row row;
    bool found;
    if (!hold_get(projection->db, &id, projection->arena, &row, &found, error)) return false;
    if (!found) return projection_missing(projection, "a hold", error);
    row.lifted = (int64_t)projection->event->n;
    row.lifted_by = projection->event->actor;
    return hold_put(projection->db, &row, error);
}

/* ---- erasures ------------------------------------------------------------------------------------- */

static bool erasure_asked(struct projection *projection, struct error *error)
{
    struct erasure_row row = {.id = projection_id(projection, "erasure"),
                              .person = projection_id(projection, "person"),
                              .asked = (int64_t)projection->event->n,
                              .asked_by = projection->event->actor,
                              .state = SLICE("asked")};
    return erasure_put(projection->db, &row, error);
}

static bool erasure_ends(struct projection *projection, struct slice state, const struct id *by,
                         struct error *error)
{
    struct id id = projection_id(projection, "erasure");
    struct erasure_row row;
    bool found;
    if (id_is_none(&id)) return true; /* done again after a backup was brought back */
    if (!erasure_get(projection->db, &id, projection->arena, &row, &found, error)) return false;
    if (!found) return projection_missing(projection, "an erasure", error);
    row.state = state;
    if (by != NULL) row.confirmed_by = *by;
    return erasure_put(projection->db, &row, error);
}

static bool erasure_withdrawn(struct projection *projection, struct error *error)
{
    return erasure_ends(projection, SLICE("withdrawn"), NULL, error);
}

/* Rows are gathered before any is written: a statement that is still giving rows is left alone. */
struct gathered {
    struct arena *arena;
    LIST(struct role_held) roles;
    LIST(struct task_row) tasks;
    LIST(struct deputy_row) deputies;
    LIST(struct absence_row) absences;
    struct id person;
};

static bool gather_role(void *context, const void *row, struct error *error)
{
    struct gathered *gathered = context;
    (void)error;
    LIST_PUSH(gathered->arena, &gathered->roles, *(const struct role_held *)row);
    return true;
}

static bool gather_task(void *context, const void *row, struct error *error)
{
    struct gathered *gathered = context;
    const struct task_row *task = row;
    (void)error;
    if (id_same(&task->owner, &gathered->person) || id_same(&task->about, &gathered->person))
        LIST_PUSH(gathered->arena, &gathered->tasks, *task);
    return true;
}

static bool gather_deputy(void *context, const void *row, struct error *error)
{
    struct gathered *gathered = context;
    const struct deputy_row *deputy = row;
    (void)error;
    if (id_same(&deputy->person, &gathered->person))
        LIST_PUSH(gathered->arena, &gathered->deputies, *deputy);
    return true;
}

static bool end_roles(struct projection *projection, struct gathered *gathered, int64_t day,
                      struct error *error)
{
    if (!roles_of(projection->db, &gathered->person, projection->arena, gather_role, gathered,
                  error))
        return false;
    for (size_t i = 0; i < gathered->roles.count; i++) {
        struct role_held *role = &gathered->roles.at[i];
        bool held = slice_is(role->state, "held");
        if (!held && !slice_is(role->state, "proposed")) continue;
        role->state = held ? SLICE("ended") : SLICE("refused");
        if (held && (role->until == ROW_NOTHING || role->until > day)) role->until = day;
        if (!role_put(projection->db, role, error)) return false;
    }
    return true;
}

static bool end_tasks(struct projection *projection, struct gathered *gathered, struct error *error)
{
    if (!tasks_open(projection->db, projection->arena, gather_task, gathered, error) ||
        !deputies_each(projection->db, projection->arena, gather_deputy, gathered, error))
        return false;
    for (size_t i = 0; i < gathered->tasks.count; i++) {
        struct task_row *task = &gathered->tasks.at[i];
        /* What waits for the person waits for the role from now on; what is about them is over. */
        if (id_same(&task->about, &gathered->person)) task->state = SLICE("done");
        if (id_same(&task->owner, &gathered->person)) task->owner = (struct id){{0}};
        if (!task_put(projection->db, task, error)) return false;
    }
    for (size_t i = 0; i < gathered->deputies.count; i++) {
        gathered->deputies.at[i].state = SLICE("removed");
        if (!deputy_put(projection->db, &gathered->deputies.at[i], error)) return false;
    }
    return true;
}

static bool drop_content(struct projection *projection, const struct id *person,
                         struct error *error)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(person, hex);
    struct id lookup = record_lookup(projection->record, "parent", slice_of(hex));
    return identifiers_drop(projection->db, person, error) &&
           ties_drop_child(projection->db, person, error) &&
           ties_drop_parent(projection->db, &lookup, error) &&
           kept_drop_of(projection->db, person, error);
}

static bool erased(struct projection *projection, struct error *error)
{
    struct id id = projection_id(projection, "person");
    struct gathered gathered = {.arena = projection->arena, .person = id};
    int64_t day = projection_number(projection, "day");
    struct person_row row;
    bool found;
    if (!person_get(projection->db, &id, projection->arena, &row, &found, error)) return false;
    if (!found) return projection_missing(projection, "a person", error);
    row.state = SLICE("erased");
    row.details = ROW_NOTHING;
    row.source = SLICE_EMPTY;
    if (row.gone == ROW_NOTHING) row.gone = day;
    return person_put(projection->db, &row, error) && drop_content(projection, &id, error) &&
           end_roles(projection, &gathered, day, error) &&
           end_tasks(projection, &gathered, error) &&
           erasure_ends(projection, SLICE("done"), &projection->event->actor, error);
}

/* ---- opened, kept --------------------------------------------------------------------------------- */

static bool opened(struct projection *projection, struct error *error)
{
    struct opened_row row = {.n = (int64_t)projection->event->n,
                             .actor = projection->event->actor,
                             .person = projection_id(projection, "person"),
                             .what = projection_value(projection, "what"),
                             .at = projection->event->at};
    return opened_put(projection->db, &row, error);
}

static bool answer_kept(struct projection *projection, struct error *error)
{
    struct kept_row row = {.id = projection_id(projection, "answer"),
                           .person = projection->event->actor,
                           .n = (int64_t)projection->event->n,
                           .kept = projection->event->at};
    return kept_answer_put(projection->db, &row, error);
}

static bool answer_dropped(struct projection *projection, struct error *error)
{
    struct id id = projection_id(projection, "answer");
    return kept_drop(projection->db, &id, error);
}

/* ---- the kinds ------------------------------------------------------------------------------------ */

/* Sealed parts: under the person's key the `reason` of holds, erasures and openings; under an answer's or a report's own key
 * (so that it can be shredded alone) what it says. */
const struct project_kind project_keeping_kinds[] = {
    {"hold-placed", hold_placed},             /* hold person */
    {"hold-lifted", hold_lifted},             /* hold person */
    {"erasure-asked", erasure_asked},         /* erasure person */
    {"erasure-withdrawn", erasure_withdrawn}, /* erasure */
    {"erased", erased},                       /* erasure person day keys upload-gone */
    {"keys-gone", NULL},                      /* keys: erased ones that came back with a backup */
    {"opened", opened},                       /* person what */
    {"answer-kept", answer_kept},             /* answer */
    {"answer-dropped", answer_dropped},       /* answer keys */
    {"told", NULL},                           /* report */
    {"key-exchanged", NULL},                  /* of the root key */
    {"backup-made", NULL},                    /* size */
    {"restored", NULL},                       /* size list-size */
    {"record-checked", NULL},                 /* events findings */
    {"mail-sent", NULL},                      /* mail mail-kind person tries */
    {"mail-given-up", NULL},                  /* mail mail-kind person tries outcome reason */
};
const size_t project_keeping_kind_count =
    sizeof project_keeping_kinds / sizeof *project_keeping_kinds;
