/* Whom a duty's task is about, and who therefore never learns of it: the person themselves and their family, whatever else they
 * are here. It stands in the sealed part of the event by which the act was recorded. */
#include "service/duty.h"
#include "service/keeping_parts.h"
#include "service/people.h"

static struct id id_in(const struct pairs *pairs, const char *key)
{
    struct id id, none = {{0}};
    return id_read(pairs_value(pairs, key), &id) ? id : none;
}

static bool open_part(struct record *record, struct db *db, const struct occurrence_row *row,
                      struct arena *arena, struct id *ret_subject, struct id *ret_second,
                      bool *ret_there, struct error *error)
{
    struct pairs pairs = {0};
    if (!record_part(record, db, (uint64_t)row->n, &row->actor, arena, &pairs, ret_there, error))
        return false;
    if (!*ret_there) return true;
    *ret_subject = id_in(&pairs, "about");
    *ret_second = id_in(&pairs, "shown");
    return true;
}

bool duty_subjects(struct record *record, struct db *db, const struct id *occurrence,
                   struct arena *arena, struct id *ret_subject, struct id *ret_second,
                   struct error *error)
{
    struct occurrence_row row;
    bool found, there;
    *ret_subject = *ret_second = (struct id){{0}};
    if (!occurrence_get(db, occurrence, arena, &row, &found, error)) return false;
    return !found || open_part(record, db, &row, arena, ret_subject, ret_second, &there, error);
}

static bool is_part(struct record *record, struct db *db, const struct id *subject,
                    const struct id *second, const struct id *person, struct arena *arena,
                    bool *ret_part, struct error *error)
{
    struct people_ids matter;
    struct id *linked;
    size_t count;
    *ret_part = false;
    if (id_is_none(subject) && id_is_none(second)) return true;
    if (!route_matter(record, db, subject, second, arena, &matter, error) ||
        !people_linked(db, person, arena, &linked, &count, error))
        return false;
    for (size_t i = 0; i < matter.list.count; i++)
        for (size_t k = 0; k < count; k++)
            if (id_same(&matter.list.at[i], &linked[k])) *ret_part = true;
    return true;
}

/* Once whoever recorded it is erased nobody can tell whom it is about: then it is between those who have it, and only what
 * waits for a role is seen by who holds that. */
bool duty_hidden(struct record *record, struct db *db, const struct task_row *task,
                 const struct id *person, struct arena *arena, bool *ret_hidden,
                 struct error *error)
{
    struct occurrence_row row;
    struct id subject = {{0}}, second = {{0}};
    bool found, there, own = false;
    *ret_hidden = false;
    if (!task_is_duty(task->kind) || id_is_none(person)) return true;
    if (!occurrence_get(db, &task->about, arena, &row, &found, error)) return false;
    if (!found) return true;
    if (!people_same(db, &row.actor, person, &own, error)) return false;
    if (!own && !id_is_none(&task->owner) && !people_same(db, &task->owner, person, &own, error))
        return false;
    if (own) return true;
    if (!open_part(record, db, &row, arena, &subject, &second, &there, error)) return false;
    *ret_hidden = !there && !id_is_none(&task->owner);
    return !there || is_part(record, db, &subject, &second, person, arena, ret_hidden, error);
}
