/* What waits for whoever looks at their home page: the policy to be signed, tasks, proposed roles, versions to be approved,
 * links to be handed over. Each is one row that leads to where it is done; nothing about anybody whom the reader does not see. */
#include <stdlib.h>

#include "base/date.h"
#include "base/london.h"
#include "page/keeping.h"
#include "page/start.h"
#include "service/signoff.h"

#define YEARS (20LL * 366 * 24 * 3600 * 1000) /* what is due later has no deadline */

static struct slice on_day(const struct people *people, int64_t day, const char *before)
{
    return arena_format(people->arena, "%s%.*s", before, SLICE_PRINT(people_day(people, day)));
}

static void add(const struct people *people, struct start_waiting *waiting, struct start_item item)
{
    if (item.status.at == NULL) item.status = SLICE_EMPTY;
    if (item.more.at == NULL) item.more = SLICE_EMPTY;
    if (item.due == 0) item.due = INT64_MAX;
    LIST_PUSH(people->arena, &waiting->items, item);
    if (item.overdue) waiting->overdue++;
}

/* ---- the policy ---- */

static struct slice why_sign(const struct signoff *signoff)
{
    switch (signoff->why) {
    case SIGNOFF_CHANGED: return SLICE("It says something new for your role");
    case SIGNOFF_MATERIAL: return SLICE("Everybody is asked to sign it again");
    case SIGNOFF_ROLE: return SLICE("You have a role that you did not sign for");
    default: return SLICE("Read it, and say that you will keep to it");
    }
}

static void add_signature(struct people *people, struct start_waiting *waiting)
{
    struct signoff signoff;
    if (!visit_opens(people->visit, "/sign")) return;
    signoff_of(people->record, &people->viewer.person, &signoff);
    if (!signoff.owed) return;
    add(people, waiting,
        (struct start_item){.address = SLICE("/sign"),
                            .words = SLICE("Sign the policy"),
                            .more = why_sign(&signoff),
                            .status = on_day(people, signoff.due, "by "),
                            .due = london_day_end(signoff.due),
                            .overdue = signoff.overdue});
}

/* ---- proposed roles ---- */

static bool is_mine(struct people *people, const struct proposal *proposal)
{
    const struct id *me = &people->viewer.person;
    unsigned sees;
    return allowed_in(viewer_acts(&people->viewer, &proposal->org), ACT_CONFIRM_ROLE) &&
           viewer_person(&people->viewer, &proposal->person, &sees) != NULL &&
           !register_same(people->view, &proposal->person, me) &&
           !register_same(people->view, &proposal->proposer, me) &&
           !register_same(people->view, &proposal->first_yes, me);
}

static bool add_proposals(struct people *people, struct start_waiting *waiting, struct error *error)
{
    struct proposal *proposals;
    size_t count, mine = 0;
    if (!people_proposals(people->record, people->arena, &proposals, &count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (is_mine(people, &proposals[i])) mine++;
    if (mine == 0) return true;
    struct slice words =
        mine == 1 ? SLICE("A proposed role: say yes or no")
                  : arena_format(people->arena, "%zu proposed roles: say yes or no", mine);
    add(people, waiting,
        (struct start_item){.address = SLICE("/roles"),
                            .words = words,
                            .more = SLICE("Two people say yes to a role of trust")});
    return true;
}

/* ---- tasks ---- */

/* A task about somebody whom the viewer does not see is not theirs to see either; what was told is about no person in clear. */
static bool shows(const struct people *people, const struct task_seen *task)
{
    unsigned sees;
    if (register_person(people->view, &task->about) == NULL) return true;
    return viewer_person(&people->viewer, &task->about, &sees) != NULL;
}

/* Links that wait for a second hand have a row of their own: there a name says at once what to do. */
static bool add_hand(struct people *people, const struct task_seen *task,
                     struct start_waiting *waiting)
{
    bool reset = slice_is(task->kind, "hand-reset");
    if (!reset && !slice_is(task->kind, "hand-invite")) return false;
    struct slice name = people_called_id(people, &task->about);
    add(people, waiting,
        (struct start_item){
            .address = keeping_address("/people/hand/", &task->about, people->arena),
            .words = arena_format(people->arena, "Hand over %s to %.*s",
                                  reset ? "a reset" : "an invitation", SLICE_PRINT(name)),
            .status = task->overdue ? SLICE("overdue") : SLICE_EMPTY,
            .due = task->due,
            .overdue = task->overdue});
    return true;
}

static bool add_tasks(struct people *people, struct start_waiting *waiting, struct error *error)
{
    struct tasks_seen tasks;
    struct start_item item = {.address = SLICE("/tasks"), .due = INT64_MAX};
    size_t count = 0, overdue = 0;
    if (!keeping_tasks(people->record, &people->viewer.person, people->arena, &tasks, error))
        return false;
    for (size_t i = 0; i < tasks.list.count; i++) {
        const struct task_seen *task = &tasks.list.at[i];
        if (!shows(people, task) || add_hand(people, task, waiting)) continue;
        count++;
        if (task->overdue) overdue++;
        if (task->due < item.due) item.due = task->due;
    }
    if (count == 0) return true;
    item.overdue = overdue > 0;
    item.words = count == 1 ? SLICE("A task") : arena_format(people->arena, "%zu tasks", count);
    bool dated = item.due < record_now(people->record) + YEARS;
    item.status = overdue > 1    ? arena_format(people->arena, "%zu overdue", overdue)
                  : overdue == 1 ? SLICE("overdue")
                  : dated        ? on_day(people, london_moment(item.due).day, "by ")
                                 : SLICE_EMPTY;
    add(people, waiting, item);
    return true;
}

/* ---- all ---- */

static int by_due(const void *a, const void *b)
{
    const struct start_item *one = a, *other = b;
    if (one->overdue != other->overdue) return one->overdue ? -1 : 1;
    return (one->due > other->due) - (one->due < other->due);
}

bool start_waiting(struct people *people, struct start_waiting *ret_waiting, struct error *error)
{
    *ret_waiting = (struct start_waiting){0};
    add_signature(people, ret_waiting);
    if (!add_tasks(people, ret_waiting, error) || !add_proposals(people, ret_waiting, error))
        return false;
    if (ret_waiting->items.count > 1)
        qsort(ret_waiting->items.at, ret_waiting->items.count, sizeof *ret_waiting->items.at,
              by_due);
    return true;
}
