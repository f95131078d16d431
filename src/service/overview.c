/* How it stands where somebody leads; see overview.h. Signatures are signoff.c's, posts policy_addressed's; what changed lately
 * stands in overview_changes.c. */
#include "service/overview_parts.h"

#include "format/csv_write.h"
#include "policy/addressed.h"
#include "policy/scenario.h"
#include "service/keeping_parts.h"
#include "service/versions.h"

/* ---- schools ---- */

struct overview_school *overview_school(struct overview *overview, const struct id *org)
{
    for (size_t i = 0; i < overview->schools.count; i++)
        if (id_same(&overview->schools.at[i].org->id, org)) return &overview->schools.at[i];
    return NULL;
}

static void list_schools(struct overviewing *making)
{
    const struct org **orgs;
    size_t count = viewer_led(making->viewer, making->arena, &orgs);
    for (size_t i = 0; i < count; i++)
        if (orgs[i]->open)
            LIST_PUSH(making->arena, &making->overview->schools,
                      (struct overview_school){.org = orgs[i]});
}

/* ---- late tasks ---- */

struct late {
    struct record *record;
    const struct viewer *viewer;
    struct db *db;
    struct arena *passing;
    struct overview *overview; /* NULL: only counted */
    size_t count, most;
};

/* What was told to somebody is theirs: a number that goes up would tell whom it is about. */
static bool counts(struct late *late, const struct task_row *task, bool *ret_counts,
                   struct error *error)
{
    unsigned sees;
    bool hidden;
    const struct viewer *viewer = late->viewer;
    *ret_counts = false;
    if (slice_is(task->kind, "told") || !viewer_leads(viewer, &task->org)) return true;
    if (register_person(viewer->view, &task->about) != NULL &&
        viewer_person(viewer, &task->about, &sees) == NULL)
        return true;
    if (!duty_hidden(late->record, late->db, task, &viewer->person, late->passing, &hidden, error))
        return false;
    *ret_counts = !hidden;
    return true;
}

static bool see_late(void *context, const void *row, struct error *error)
{
    struct late *late = context;
    const struct task_row *task = row;
    bool counted;
    arena_reset(late->passing);
    if (!counts(late, task, &counted, error)) return false;
    if (!counted) return true;
    struct overview_school *school =
        late->overview != NULL ? overview_school(late->overview, &task->org) : NULL;
    if (school != NULL) school->late++;
    late->count++;
    return late->count < late->most;
}

static bool count_late(struct late *late, struct error *error)
{
    AUTO(arena) struct arena *rows = arena_new();
    AUTO(arena) struct arena *passing = arena_new();
    late->passing = passing;
    bool counted = tasks_late(late->db, record_now(late->record), rows, see_late, late, error);
    return counted || (late->count == late->most && error->code == ERROR_NONE);
}

bool overview_late(struct record *record, const struct viewer *viewer, size_t most,
                   size_t *ret_late, struct error *error)
{
    struct late late = {.record = record, .viewer = viewer, .most = most};
    *ret_late = 0;
    if (!viewer->leads) return true;
    late.db = record_read(record, error);
    if (late.db == NULL) return false;
    bool counted = count_late(&late, error);
    record_read_done(record, late.db);
    *ret_late = late.count;
    return counted;
}

/* ---- posts ---- */

/* A post is wanted where people are: in each school, or at the top where there is no school below. */
static bool wants_posts(const struct overviewing *making, const struct org *org)
{
    const struct org *orgs;
    size_t count = register_orgs(making->viewer->view, &orgs);
    for (size_t i = 0; i < count; i++)
        if (orgs[i].open && id_same(&orgs[i].parent, &org->id)) return false;
    return true;
}

static bool is_held(struct overviewing *making, uint64_t roles, const struct id *org)
{
    const struct viewer *viewer = making->viewer;
    const struct registered **holders;
    for (int role = 0; role < ROLES; role++)
        if ((roles & role_bit((enum role)role)) != 0 &&
            register_holders(viewer->view, (enum role)role, org, viewer->today, making->arena,
                             &holders) > 0)
            return true;
    return false;
}

static void look_for_post(struct overviewing *making, uint64_t roles,
                          const struct addressed *addressed)
{
    struct overview *overview = making->overview;
    struct slice title = version_titles(roles, making->arena);
    struct slice clause = arena_copy(making->arena, addressed->clause->id);
    for (size_t i = 0; i < overview->schools.count; i++) {
        struct overview_school *school = &overview->schools.at[i];
        if (!wants_posts(making, school->org) || is_held(making, roles, &school->org->id)) continue;
        LIST_PUSH(making->arena, &school->vacancies,
                  (struct overview_vacancy){title, clause, addressed_word(addressed->as)});
        overview->vacancies++;
    }
}

static void look_for_posts(struct overviewing *making, const struct policy *policy)
{
    struct addressed_list list;
    LIST(uint64_t) seen = {0};
    policy_addressed(policy, making->arena, &list);
    for (size_t i = 0; i < list.list.count; i++) {
        uint64_t roles = version_office(policy, &list.list.at[i]);
        bool again = roles == 0;
        for (size_t k = 0; k < seen.count && !again; k++) again = seen.at[k] == roles;
        if (again) continue;
        LIST_PUSH(making->arena, &seen, roles);
        look_for_post(making, roles, &list.list.at[i]);
    }
}

/* ---- the policy ---- */

static void look_at_policy(struct overviewing *making)
{
    struct overview_policy *seen = &making->overview->policy;
    int64_t today = making->viewer->today, since;
    *seen =
        (struct overview_policy){.title = SLICE_EMPTY, .number = SLICE_EMPTY, .review = INT64_MAX};
    const struct policy *policy = record_policy_on(making->record, today, &seen->version);
    if (policy == NULL) return;
    seen->title = arena_copy(making->arena, policy->document.title);
    enum review_state state = policy_review(policy, today, &since);
    if (state != REVIEW_UNSET) seen->review = since - 1;
    seen->overdue = state == REVIEW_OVERDUE;
    look_for_posts(making, policy);
    record_policy_let_go(making->record, policy);
}

/* ---- all ---- */

static bool read_rows(struct overviewing *making, struct error *error)
{
    struct late late = {.record = making->record,
                        .viewer = making->viewer,
                        .db = making->db,
                        .overview = making->overview,
                        .most = SIZE_MAX};
    if (!count_late(&late, error) || !overview_changes(making, error)) return false;
    making->overview->late = late.count;
    return true;
}

bool overview_make(struct record *record, const struct viewer *viewer, struct arena *arena,
                   struct overview *ret_overview, struct error *error)
{
    struct overviewing making = {
        .record = record, .viewer = viewer, .arena = arena, .overview = ret_overview};
    *ret_overview = (struct overview){.late = 0};
    list_schools(&making);
    look_at_policy(&making);
    overview_signatures(&making);
    making.db = record_read(record, error);
    if (making.db == NULL) return false;
    bool read = read_rows(&making, error);
    record_read_done(record, making.db);
    return read;
}

/* ---- numbers ---- */

static bool is_few(size_t number)
{
    return number > 0 && number < OVERVIEW_FEW;
}

static bool may_tell(enum overview_group group, const struct coverage_count *count)
{
    return group == OVERVIEW_STAFF ||
           !(is_few(count->bound) || is_few(count->owed) || is_few(count->bound - count->owed));
}

struct slice overview_signed(enum overview_group group, const struct coverage_count *count,
                             struct arena *arena)
{
    size_t done = count->bound - count->owed;
    if (count->bound == 0) return SLICE("none here");
    if (may_tell(group, count)) return arena_format(arena, "%zu of %zu", done, count->bound);
    if (is_few(count->bound)) return arena_format(arena, "fewer than %d people", OVERVIEW_FEW);
    if (is_few(done))
        return arena_format(arena, "fewer than %d of %zu", OVERVIEW_FEW, count->bound);
    return arena_format(arena, "nearly all of %zu", count->bound);
}

static size_t rounded(size_t number)
{
    return (number + OVERVIEW_FEW / 2) / OVERVIEW_FEW * OVERVIEW_FEW;
}

struct slice overview_all_signed(const struct overview *overview, enum overview_group group,
                                 struct arena *arena)
{
    struct coverage_count all = {.bound = 0};
    bool tell = true;
    for (size_t i = 0; i < overview->schools.count; i++) {
        const struct coverage_count *count = &overview->schools.at[i].signing[group];
        tell = tell && may_tell(group, count);
        all.bound += count->bound;
        all.owed += count->owed;
    }
    if (tell || overview->schools.count < 2) return overview_signed(group, &all, arena);
    return arena_format(arena, "about %zu of %zu", rounded(all.bound - all.owed),
                        rounded(all.bound));
}

/* ---- as a table ---- */

static void csv_group(const struct overview_school *school, enum overview_group group,
                      struct arena *arena, struct text *out)
{
    static const struct slice titles[] = {[OVERVIEW_STAFF] = SLICE("Staff and others"),
                                          [OVERVIEW_PARENTS] = SLICE("Parents"),
                                          [OVERVIEW_PUPILS] = SLICE("Pupils")};
    const struct coverage_count *count = &school->signing[group];
    bool staff = group == OVERVIEW_STAFF;
    if (count->bound == 0 && !staff) return;
    const struct slice cells[] = {school->org->name,
                                  titles[group],
                                  overview_signed(group, count, arena),
                                  staff ? arena_format(arena, "%zu", count->overdue) : SLICE_EMPTY,
                                  staff ? arena_format(arena, "%zu", school->late) : SLICE_EMPTY,
                                  staff ? arena_format(arena, "%zu", school->vacancies.count)
                                        : SLICE_EMPTY};
    csv_write_row(out, cells, sizeof cells / sizeof *cells);
}

void overview_csv(const struct overview *overview, struct arena *arena, struct text *out)
{
    static const struct slice heads[] = {SLICE("School"),        SLICE("Who"),
                                         SLICE("Signed"),        SLICE("Signatures overdue"),
                                         SLICE("Tasks overdue"), SLICE("Empty posts")};
    csv_write_row(out, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < overview->schools.count; i++)
        for (int group = 0; group < OVERVIEW_GROUPS; group++)
            csv_group(&overview->schools.at[i], (enum overview_group)group, arena, out);
}
