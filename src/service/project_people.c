/* What events about people do to the tables: people and their identifiers, roles, parents' ties, linked records, absences,
 * deputies. The kinds stand at the bottom with their fields. Where a part is sealed for good, what it said is left out. */
#include "service/project.h"

#include "service/people.h"
#include "store/keeping.h"

/* A row that a later event speaks of must be there: otherwise an event is missing or the tables were changed. */
static bool missing(const struct projection *projection, const char *what, struct error *error)
{
    return error_set(error, ERROR_READ, "event %llu speaks of %s that no event before it made",
                     (unsigned long long)projection->event->n, what);
}

static int64_t event_number(const struct projection *projection)
{
    return (int64_t)projection->event->n;
}

/* ---- people ---- */

static bool put_identifier(struct projection *projection, const struct id *person,
                           const struct pair *pair, struct error *error)
{
    struct slice kind = arena_copy(projection->arena, pair->key);
    if (pair->value.length == 0) return true;
    if (!slice_is(kind, "email") && !slice_starts(kind, SLICE("id:"))) return true;
    struct identifier_row row = {.lookup = people_identifier_lookup(projection->record, kind.at,
                                                                    pair->value, projection->arena),
                                 .kind = kind,
                                 .person = *person};
    return identifier_put(projection->db, &row, error);
}

static bool put_identifiers(struct projection *projection, const struct id *person, bool fresh,
                            struct error *error)
{
    struct pairs pairs = {0};
    bool there;
    if (!projection_part(projection, person, &pairs, &there, error) ||
        (!fresh && !identifiers_drop(projection->db, person, error)))
        return false;
    for (size_t i = 0; there && i < pairs.list.count; i++)
        if (!put_identifier(projection, person, &pairs.list.at[i], error)) return false;
    return true;
}

static bool person_added(struct projection *projection, struct error *error)
{
    struct person_row row = {.id = projection_id(projection, "person"),
                             .org = projection_id(projection, "org"),
                             .state = SLICE("here"),
                             .details = event_number(projection),
                             .source = projection_value(projection, "source"),
                             .joined = projection_number(projection, "joined"),
                             .gone = ROW_NOTHING};
    record_touch(projection->record, &row.id);
    return person_put(projection->db, &row, error) &&
           put_identifiers(projection, &row.id, true, error);
}

static bool find_person(struct projection *projection, struct person_row *ret_row,
                        struct error *error)
{
    struct id id = projection_id(projection, "person");
    bool found;
    if (!person_get(projection->db, &id, projection->arena, ret_row, &found, error)) return false;
    record_touch(projection->record, &id);
    return found || missing(projection, "a person", error);
}

static bool person_changed(struct projection *projection, struct error *error)
{
    struct person_row row;
    if (!find_person(projection, &row, error)) return false;
    struct id org = projection_id(projection, "org");
    if (!id_is_none(&org)) row.org = org;
    if (slice_is(projection_value(projection, "state"), "here")) {
        row.state = SLICE("here");
        row.gone = ROW_NOTHING;
    }
    row.source = projection_value(projection, "source");
    row.details = event_number(projection);
    return person_put(projection->db, &row, error) &&
           put_identifiers(projection, &row.id, false, error);
}

/* Rows are gathered before any is written: a statement that is still giving rows is left alone. */
struct leaving {
    struct arena *arena;
    struct id person;
    LIST(struct role_held) roles;
    LIST(struct task_row) tasks;
    LIST(struct deputy_row) deputies;
};

static bool gather_role(void *context, const void *row, struct error *error)
{
    struct leaving *leaving = context;
    (void)error;
    LIST_PUSH(leaving->arena, &leaving->roles, *(const struct role_held *)row);
    return true;
}

static bool gather_task(void *context, const void *row, struct error *error)
{
    struct leaving *leaving = context;
    const struct task_row *task = row;
    (void)error;
    if (id_same(&task->owner, &leaving->person)) LIST_PUSH(leaving->arena, &leaving->tasks, *task);
    return true;
}

static bool gather_deputy(void *context, const void *row, struct error *error)
{
    struct leaving *leaving = context;
    const struct deputy_row *deputy = row;
    (void)error;
    if (id_same(&deputy->person, &leaving->person) && slice_is(deputy->state, "named"))
        LIST_PUSH(leaving->arena, &leaving->deputies, *deputy);
    return true;
}

static bool end_roles(struct projection *projection, const struct leaving *leaving, int64_t last,
                      struct error *error)
{
    for (size_t i = 0; i < leaving->roles.count; i++) {
        struct role_held *role = &leaving->roles.at[i];
        bool held = slice_is(role->state, "held");
        if (!held && !slice_is(role->state, "proposed")) continue;
        role->state = held ? SLICE("ended") : SLICE("refused");
        if (held && (role->until == ROW_NOTHING || role->until > last)) role->until = last;
        if (!role_put(projection->db, role, error)) return false;
    }
    return true;
}

/* What waited for one person waits for the role from now on, the administrator's where it names none; what told one person
 * of a new colleague is done. A report waits for no role, whose holder may be the one it is about: tell_again() gives it on. */
static bool move_tasks(struct projection *projection, const struct leaving *leaving,
                       struct error *error)
{
    for (size_t i = 0; i < leaving->tasks.count; i++) {
        struct task_row *task = &leaving->tasks.at[i];
        task->owner = task->taken_by = (struct id){{0}};
        task->taken = ROW_NOTHING; /* whoever has it now has not */
        if (slice_is(task->kind, "role-given")) task->state = SLICE("done");
        if (task->role.length == 0 && !slice_is(task->kind, "told"))
            task->role = role_row(ROLE_ADMINISTRATOR)->code;
        if (!task_put(projection->db, task, error)) return false;
    }
    return true;
}

static bool remove_deputies(struct projection *projection, const struct leaving *leaving,
                            struct error *error)
{
    for (size_t i = 0; i < leaving->deputies.count; i++) {
        leaving->deputies.at[i].state = SLICE("removed");
        if (!deputy_put(projection->db, &leaving->deputies.at[i], error)) return false;
    }
    return true;
}

static bool person_left(struct projection *projection, struct error *error)
{
    struct person_row row;
    if (!find_person(projection, &row, error)) return false;
    struct leaving leaving = {.arena = projection->arena, .person = row.id};
    row.state = SLICE("gone");
    row.gone = projection_number(projection, "day");
    return person_put(projection->db, &row, error) &&
           roles_of(projection->db, &row.id, projection->arena, gather_role, &leaving, error) &&
           tasks_open(projection->db, projection->arena, gather_task, &leaving, error) &&
           deputies_each(projection->db, projection->arena, gather_deputy, &leaving, error) &&
           end_roles(projection, &leaving, projection_number(projection, "last"), error) &&
           move_tasks(projection, &leaving, error) && remove_deputies(projection, &leaving, error);
}

/* ---- roles ---- */

static bool put_role(struct projection *projection, struct slice state, const struct id *proposer,
                     struct error *error)
{
    struct role_held row = {.id = projection_id(projection, "held"),
                            .person = projection_id(projection, "person"),
                            .role = projection_value(projection, "role"),
                            .org = projection_id(projection, "org"),
                            .since = projection_number(projection, "since"),
                            .until = projection_number(projection, "until"),
                            .state = state,
                            .source = projection_value(projection, "source"),
                            .proposer = *proposer};
    record_touch(projection->record, &row.person);
    return role_put(projection->db, &row, error);
}

static bool role_given(struct projection *projection, struct error *error)
{
    return put_role(projection, SLICE("held"), &(struct id){{0}}, error);
}

static bool role_proposed(struct projection *projection, struct error *error)
{
    return put_role(projection, SLICE("proposed"), &projection->event->actor, error);
}

static bool find_role(struct projection *projection, struct role_held *ret_row, struct error *error)
{
    struct id id = projection_id(projection, "held");
    bool found;
    if (!role_get(projection->db, &id, projection->arena, ret_row, &found, error)) return false;
    record_touch(projection->record, &ret_row->person);
    return found || missing(projection, "a role", error);
}

static bool role_confirmed(struct projection *projection, struct error *error)
{
    struct role_held row;
    if (!find_role(projection, &row, error)) return false;
    if (projection_number(projection, "yes") == 1) {
        row.first_yes = projection->event->actor;
    } else {
        row.second_yes = projection->event->actor;
        row.since = projection_number(projection, "since");
        row.state = SLICE("held");
    }
    return role_put(projection->db, &row, error);
}

static bool role_refused(struct projection *projection, struct error *error)
{
    struct role_held row;
    if (!find_role(projection, &row, error)) return false;
    row.state = SLICE("refused");
    return role_put(projection->db, &row, error);
}

static bool role_ended(struct projection *projection, struct error *error)
{
    struct role_held row;
    if (!find_role(projection, &row, error)) return false;
    row.until = projection_number(projection, "until");
    row.state = projection_value(projection, "state");
    return role_put(projection->db, &row, error);
}

/* ---- ties and linked records ---- */

static bool tie_set(struct projection *projection, struct error *error)
{
    struct tie_row row = {.id = projection_id(projection, "tie"),
                          .child = projection_id(projection, "child"),
                          .details = event_number(projection),
                          .state = projection_value(projection, "state"),
                          .source = projection_value(projection, "source")};
    struct pairs pairs = {0};
    struct id parent;
    bool there;
    record_touch(projection->record, &row.child);
    if (!projection_part(projection, &row.child, &pairs, &there, error)) return false;
    if (!there) return true;
    if (!id_read(pairs_value(&pairs, "parent"), &parent))
        return missing(projection, "a parent", error);
    row.parent_lookup = people_parent_lookup(projection->record, &parent);
    return tie_put(projection->db, &row, error);
}

static bool put_same(struct projection *projection, struct slice state, struct error *error)
{
    struct same_row row = {.id = projection_id(projection, "same"),
                           .one = projection_id(projection, "one"),
                           .other = projection_id(projection, "other"),
                           .state = state};
    record_touch(projection->record, &row.one);
    record_touch(projection->record, &row.other);
    return same_person_put(projection->db, &row, error);
}

static bool same_linked(struct projection *projection, struct error *error)
{
    return put_same(projection, SLICE("linked"), error);
}

static bool same_parted(struct projection *projection, struct error *error)
{
    return put_same(projection, SLICE("parted"), error);
}

/* ---- absences and deputies ---- */

static bool put_absence(struct projection *projection, struct slice state, struct error *error)
{
    struct absence_row row = {.id = projection_id(projection, "absence"),
                              .person = projection_id(projection, "person"),
                              .since = projection_number(projection, "since"),
                              .until = projection_number(projection, "until"),
                              .state = state};
    record_touch(projection->record, &row.person);
    return absence_put(projection->db, &row, error);
}

static bool absence_recorded(struct projection *projection, struct error *error)
{
    return put_absence(projection, SLICE("open"), error);
}

static bool absence_ended(struct projection *projection, struct error *error)
{
    return put_absence(projection, projection_value(projection, "state"), error);
}

static bool put_deputy(struct projection *projection, struct slice state, struct error *error)
{
    struct deputy_row row = {.id = projection_id(projection, "deputy"),
                             .role = projection_value(projection, "role"),
                             .org = projection_id(projection, "org"),
                             .person = projection_id(projection, "person"),
                             .place = projection_number(projection, "place"),
                             .state = state};
    record_touch(projection->record, &row.person);
    return deputy_put(projection->db, &row, error);
}

static bool deputy_named(struct projection *projection, struct error *error)
{
    return put_deputy(projection, SLICE("named"), error);
}

static bool deputy_removed(struct projection *projection, struct error *error)
{
    return put_deputy(projection, SLICE("removed"), error);
}

/* kind                fields (days since 1970; `?`: may be missing)          part about
 * person-added        person org source joined                               person: details, the whole set
 * person-changed      person org? state? source                              person: details, the whole set
 * person-left         person day last (last day of the roles)
 * role-given          held person role org since until? source
 * role-proposed       held person role org since until? source
 * role-confirmed      held person role org yes since? (with the second yes)
 * role-refused        held person role org
 * role-ended          held person role org until state
 * tie-set             tie child state source                                 child: parent linked barred lift? reason?
 * same-linked, same-parted            same one other
 * absence-recorded                    absence person since until?
 * absence-ended                       absence person since until state
 * deputy-named, deputy-removed        deputy role org person place
 * Linking a parent, barring one, asking to lift the bar and lifting it are all tie-set: whoever holds the file without the
 * keys must not see which it was. */
const struct project_kind project_people_kinds[] = {
    {"person-added", person_added},
    {"person-changed", person_changed},
    {"person-left", person_left},
    {"role-given", role_given},
    {"role-proposed", role_proposed},
    {"role-confirmed", role_confirmed},
    {"role-refused", role_refused},
    {"role-ended", role_ended},
    {"tie-set", tie_set},
    {"same-linked", same_linked},
    {"same-parted", same_parted},
    {"absence-recorded", absence_recorded},
    {"absence-ended", absence_ended},
    {"deputy-named", deputy_named},
    {"deputy-removed", deputy_removed},
};
const size_t project_people_kind_count = sizeof project_people_kinds / sizeof *project_people_kinds;
