/* What waits for whoever looks at their home page: the policy to be signed, tasks, proposed roles, versions to be approved,
 * links to be handed over. Each is one row that leads to where it is done; nothing about anybody whom the reader does not see. */
#include <stdlib.h>

#include "base/date.h"
#include "base/london.h"
#include "page/keeping.h"
#include "page/start.h"
#include "service/signoff.h"

/* `by 16:00 today`, `by 5 Dec`: it stands in a narrow place; the page behind the link says it in full. */
static struct slice by_when(const struct people *people, int64_t due)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct moment at = london_moment(due);
    struct date date = date_from_day(at.day);
    if (at.day > people->viewer.today || due == london_day_end(at.day))
        return at.day == people->viewer.today ? SLICE("today")
                                              : arena_format(people->arena, "by %d %s", date.day,
                                                             months[(date.month + 11) % 12]);
    return arena_format(people->arena, "by %02d:%02d today", at.minute / 60, at.minute % 60);
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
                            .status = signoff.overdue
                                          ? SLICE("overdue")
                                          : by_when(people, london_day_end(signoff.due)),
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

#define TASKS_SHOWN 3 /* each with its words; the others are a number */

/* A task about somebody whom the viewer does not see is not theirs to see either; what was told is about no person in clear. */
static bool shows(const struct people *people, const struct task_seen *task)
{
    unsigned sees;
    if (register_person(people->view, &task->about) == NULL) return true;
    return viewer_person(&people->viewer, &task->about, &sees) != NULL;
}

/* Links that wait for a second hand name whom they are for: there a name says at once what to do. */
static struct slice words_of(struct people *people, const struct task_seen *task)
{
    bool reset = slice_is(task->kind, "hand-reset");
    if (!reset && !slice_is(task->kind, "hand-invite")) return task_title(task, people->arena);
    return arena_format(people->arena, "Hand over %s to %.*s", reset ? "a reset" : "an invitation",
                        SLICE_PRINT(people_called_id(people, &task->about)));
}

/* Where it is done, or at least looked at. */
static struct slice address_of(const struct people *people, const struct task_seen *task)
{
    static const struct {
        const char *kind, *before;
    } ways[] = {{"hand-reset", "/people/hand/"},
                {"hand-invite", "/people/hand/"},
                {"version-waiting", "/versions/"},
                {"import-waiting", "/imports/"}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (slice_is(task->kind, ways[i].kind))
            return keeping_address(ways[i].before, &task->about, people->arena);
    return keeping_address("/tasks/", &task->id, people->arena);
}

static void add_task(struct people *people, const struct task_seen *task,
                     struct start_waiting *waiting)
{
    bool dated = task->due < TASK_WHENEVER;
    struct slice when = !dated          ? SLICE_EMPTY
                        : task->at_once ? SLICE("at once")
                                        : by_when(people, task->due);
    add(people, waiting,
        (struct start_item){.address = address_of(people, task),
                            .words = words_of(people, task),
                            .status = task->overdue ? SLICE("overdue")
                                      : dated       ? when
                                                    : SLICE_EMPTY,
                            .due = dated ? task->due : INT64_MAX,
                            .overdue = task->overdue});
}

static void add_rest(struct people *people, size_t count, size_t overdue,
                     struct start_waiting *waiting)
{
    struct slice words =
        count == 1 ? SLICE("One more task") : arena_format(people->arena, "%zu more tasks", count);
    add(people, waiting,
        (struct start_item){.address = SLICE("/tasks"),
                            .words = words,
                            .status = overdue > 0
                                          ? arena_format(people->arena, "%zu overdue", overdue)
                                          : SLICE_EMPTY,
                            .due = INT64_MAX,
                            .overdue = overdue > 0});
}

/* Those of one version or file that wait for two roles of the reader's are one. */
static bool shown_before(const struct tasks_seen *tasks, size_t at)
{
    const struct task_seen *task = &tasks->list.at[at];
    for (size_t i = 0; i < at; i++) {
        const struct task_seen *before = &tasks->list.at[i];
        if (!task->duty && !id_is_none(&task->about) && slice_equal(before->kind, task->kind) &&
            id_same(&before->about, &task->about))
            return true;
    }
    return false;
}

static bool add_tasks(struct people *people, struct start_waiting *waiting, struct error *error)
{
    struct tasks_seen tasks;
    size_t shown = 0, rest = 0, overdue = 0;
    if (!keeping_tasks(people->record, &people->viewer.person, people->arena, &tasks, error))
        return false;
    for (size_t i = 0; i < tasks.list.count; i++) {
        const struct task_seen *task = &tasks.list.at[i];
        if (!shows(people, task) || shown_before(&tasks, i)) continue;
        if (shown++ < TASKS_SHOWN) {
            add_task(people, task, waiting);
            continue;
        }
        rest++;
        if (task->overdue) overdue++;
    }
    if (rest > 0) add_rest(people, rest, overdue, waiting);
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
