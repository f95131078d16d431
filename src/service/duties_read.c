/* Tasks as their pages show them: mine, one with its history, what is late where somebody leads, what came of an act. Read by
 * index in one unchanging view; the words of a duty come from the version that it belongs to, behind it. */
#include <stdlib.h>
#include <string.h>

#include "service/allowed.h"
#include "service/duties_parts.h"
#include "service/keeping_parts.h"
#include "service/people.h"
#include "store/events.h"

/* ---- a row as it is shown ------------------------------------------------------------------------- */

bool duties_begin(struct duties_reading *reading, struct record *record, const struct id *reader,
                  struct arena *arena, struct error *error)
{
    *reading = (struct duties_reading){.record = record,
                                       .reader = reader,
                                       .arena = arena,
                                       .view = register_hold(record),
                                       .now = record_now(record)};
    viewer_init(&reading->viewer, record, reading->view, *reader, arena);
    reading->db = record_read(record, error);
    if (reading->db == NULL) register_let_go(record, reading->view);
    return reading->db != NULL;
}

void duties_end(struct duties_reading *reading)
{
    record_read_done(reading->record, reading->db);
    register_let_go(reading->record, reading->view);
}

struct task_seen duties_seen(const struct duties_reading *reading, const struct task_row *task)
{
    const struct org *org = register_org(reading->view, &task->org);
    enum role role = id_is_none(&task->owner) ? role_of(task->role) : ROLES;
    return (struct task_seen){
        .id = task->id,
        .about = task->about,
        .kind = task->kind,
        .role = role != ROLES ? role_row(role)->title : SLICE_EMPTY,
        .org = org != NULL ? arena_copy(reading->arena, org->name) : SLICE_EMPTY,
        .opened = task->opened,
        .due = task->due,
        .overdue = task->due <= reading->now,
        .of_person = register_person(reading->view, &task->about) != NULL &&
                     !register_barred(reading->view, reading->reader, &task->about),
        .duty = task_is_duty(task->kind),
        .free = task_is_free(task->kind),
        .taken = task->taken != ROW_NOTHING,
        .own = !id_is_none(&task->owner) &&
               register_same(reading->view, &task->owner, reading->reader),
        .at_once = duty_at_once(task->deed),
        .must = slice_is(task->strength, "must"),
        .deed = task->deed,
        .clause = task->clause,
        .version = task->version};
}

void duties_say(struct record *record, struct task_seen *task, struct arena *arena)
{
    struct error ignored = {.code = ERROR_NONE};
    if (!task->duty || id_is_none(&task->version)) return;
    const struct policy *policy = record_policy_version(record, &task->version, &ignored);
    if (policy == NULL) return; /* then the deed as it was written down will do */
    bool you = task->own && slice_is(task->kind, TASK_DUTY);
    task->deed = duty_sentence(policy, task->clause, task->deed, you, arena);
    record_policy_let_go(record, policy);
}

/* ---- mine ----------------------------------------------------------------------------------------- */

bool duties_mine(const struct duties_reading *reading, const struct task_row *task, bool *ret_mine,
                 struct error *error)
{
    enum role roles[ROLES], role = role_of(task->role);
    bool hidden;
    *ret_mine = false;
    if (!id_is_none(&task->owner)) {
        *ret_mine = register_same(reading->view, &task->owner, reading->reader);
        return true;
    }
    if (role == ROLES) return true;
    size_t count = register_roles(reading->view, reading->reader, &task->org,
                                  record_today(reading->record), roles);
    if (!allowed_task(reading->record, task->kind, role, roles, count)) return true;
    if (!duty_hidden(reading->record, reading->db, task, reading->reader, reading->arena, &hidden,
                     error))
        return false;
    *ret_mine = !hidden;
    return true;
}

struct listing {
    const struct duties_reading *reading;
    struct tasks_seen *out;
};

/* One thing that waits for several roles is one for whoever holds two of them. */
static bool listed(const struct listing *listing, const struct task_row *task)
{
    if (!id_is_none(&task->owner) || id_is_none(&task->about)) return false;
    for (size_t i = 0; i < listing->out->list.count; i++) {
        const struct task_seen *before = &listing->out->list.at[i];
        if (!before->own && slice_equal(before->kind, task->kind) &&
            slice_equal(before->clause, task->clause) && id_same(&before->about, &task->about) &&
            slice_equal(before->deed, task->deed) && slice_is(task->kind, "import-waiting"))
            return true;
    }
    return false;
}

static bool list_task(void *context, const void *row, struct error *error)
{
    const struct listing *listing = context;
    const struct task_row *task = row;
    bool mine;
    if (!duties_mine(listing->reading, task, &mine, error)) return false;
    if (mine && !listed(listing, task))
        LIST_PUSH(listing->reading->arena, &listing->out->list,
                  duties_seen(listing->reading, task));
    return true;
}

static bool list_all(struct listing *listing, struct error *error)
{
    const struct duties_reading *reading = listing->reading;
    struct id *ids;
    size_t count;
    struct arena *arena = reading->arena;
    if (!people_linked(reading->db, reading->reader, arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (!tasks_of_owner(reading->db, &ids[i], arena, list_task, listing, error)) return false;
    return tasks_of_owner(reading->db, NULL, arena, list_task, listing, error);
}

static int by_due(const void *a, const void *b)
{
    const struct task_seen *one = a, *other = b;
    if (one->due != other->due) return one->due < other->due ? -1 : 1;
    return memcmp(one->id.at, other->id.at, ID_SIZE);
}

bool keeping_tasks(struct record *record, const struct id *reader, struct arena *arena,
                   struct tasks_seen *ret_tasks, struct error *error)
{
    struct duties_reading reading;
    struct tasks_seen tasks = {0};
    if (!duties_begin(&reading, record, reader, arena, error)) return false;
    struct listing listing = {&reading, &tasks};
    bool done = list_all(&listing, error);
    duties_end(&reading);
    if (!done) return false;
    if (tasks.list.count > 1) qsort(tasks.list.at, tasks.list.count, sizeof *tasks.list.at, by_due);
    if (tasks.list.count > KEEPING_ROWS_LARGEST) tasks.list.count = KEEPING_ROWS_LARGEST;
    for (size_t i = 0; i < tasks.list.count; i++) duties_say(record, &tasks.list.at[i], arena);
    *ret_tasks = tasks;
    return true;
}

/* ---- late ----------------------------------------------------------------------------------------- */

struct late_listing {
    struct duties_reading reading;
    struct late_tasks *out;
};

struct slice duties_who(const struct duties_reading *reading, const struct task_row *task)
{
    unsigned sees;
    enum role role = role_of(task->role);
    struct slice title = role != ROLES ? role_row(role)->title : SLICE("Somebody");
    if (id_is_none(&task->owner)) return title;
    if (register_same(reading->view, &task->owner, reading->reader)) return SLICE("You");
    const struct registered *owner = viewer_person(&reading->viewer, &task->owner, &sees);
    return owner != NULL ? keeping_called(owner, reading->arena) : title;
}

/* As the overview counts them. */
bool duties_led(const struct duties_reading *reading, const struct task_row *task, bool *ret_led,
                struct error *error)
{
    unsigned sees;
    bool hidden;
    *ret_led = false;
    if (slice_is(task->kind, "told") || !viewer_leads(&reading->viewer, &task->org)) return true;
    if (register_person(reading->view, &task->about) != NULL &&
        viewer_person(&reading->viewer, &task->about, &sees) == NULL)
        return true;
    if (!duty_hidden(reading->record, reading->db, task, reading->reader, reading->arena, &hidden,
                     error))
        return false;
    *ret_led = !hidden;
    return true;
}

static bool list_late(void *context, const void *row, struct error *error)
{
    struct late_listing *listing = context;
    const struct task_row *task = row;
    bool seen;
    if (listing->out->list.count == KEEPING_ROWS_LARGEST) return true;
    if (!duties_led(&listing->reading, task, &seen, error)) return false;
    if (seen)
        LIST_PUSH(listing->reading.arena, &listing->out->list,
                  (struct late_task){duties_seen(&listing->reading, task),
                                     duties_who(&listing->reading, task)});
    return true;
}

bool duties_late(struct record *record, const struct id *reader, struct arena *arena,
                 struct late_tasks *ret_late, struct error *error)
{
    struct late_listing listing = {.out = ret_late};
    *ret_late = (struct late_tasks){.list = {.count = 0}};
    if (!duties_begin(&listing.reading, record, reader, arena, error)) return false;
    bool done =
        tasks_late(listing.reading.db, listing.reading.now, arena, list_late, &listing, error);
    duties_end(&listing.reading);
    for (size_t i = 0; done && i < ret_late->list.count; i++)
        duties_say(record, &ret_late->list.at[i].task, arena);
    return done;
}
