/* A school with duties, and its clock; see duties.h. */
#include "duties.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "service/record_parts.h"

/* ---- the clock ---- */

atomic_llong at;
int clock_gettime(clockid_t clock, struct timespec *ret_now)
{
    int code = (int)syscall(SYS_clock_gettime, clock, ret_now);
    long long now = at;
    if (clock == CLOCK_REALTIME && now != 0)
        *ret_now = (struct timespec){now / 1000, now % 1000 * 1000000};
    return code;
}
time_t time(time_t *ret_now)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (ret_now != NULL) *ret_now = now.tv_sec;
    return now.tv_sec;
}

/* By the clock here: 2026-11-20 23:30. */
void set_clock(const char *moment)
{
    struct moment parsed;
    bool has_time;
    assert_true(moment_parse(slice_of(moment), &parsed, &has_time));
    at = london_milliseconds(parsed);
}

int64_t moment_ms(const char *moment)
{
    struct moment parsed;
    bool has_time;
    assert_true(moment_parse(slice_of(moment), &parsed, &has_time));
    return london_milliseconds(parsed);
}

/* ---- the school ---- */

struct school school;

static void adopt(void)
{
    struct error error = {.code = ERROR_NONE};
    struct version_said said;
    struct order order;
    struct outcome outcome;
    const char *source = getenv("LANYARD_SOURCE");
    char folder[] = "/tmp/lanyard-duties-XXXXXX", command[4000];
    assert_non_null(source);
    assert_non_null(mkdtemp(folder));
    (void)snprintf(command, sizeof command,
                   "cp '%s/policies/words.md' '%s/tests/fixtures/duties/policy.md' '%s'", source,
                   source, folder);
    assert_int_equal(system(command), 0);
    order_init(&order, ACT_ADOPT_POLICY, school.admin);
    if (!record_policy_upload(school.record, folder, school.arena, &said, &error))
        fail_msg("%s", error.sentence);
    version_order(&order, &said, school.arena);
    if (!desk_do(school.record, &order, school.arena, &outcome, &error))
        fail_msg("%s", error.sentence);
    assert_true(outcome.done);
    (void)snprintf(command, sizeof command, "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
}

static void set_calendar(void)
{
    struct outcome outcome =
        school_do(&school, ACT_SET_CALENDAR, school.admin, "org", school_hex(&school, school.top),
                  "nation", "england-and-wales", "terms",
                  "2 September 2026 to 23 October 2026\n2 November 2026 to 18 December 2026\n"
                  "4 January 2027 to 26 March 2027\n",
                  "inset", "23 November 2026\n", NULL);
    assert_true(outcome.done);
}

int begin(void **state)
{
    (void)state;
    set_clock("2026-11-18 10:00"); /* a Wednesday in term */
    school_open(&school);
    adopt();
    set_calendar();
    return 0;
}

int end(void **state)
{
    (void)state;
    school_close(&school);
    at = 0;
    return 0;
}

/* ---- reporting ---- */

struct outcome report(struct id actor, const char *act, ...)
{
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    const char *key;
    va_list values;
    order_init(&order, ACT_REPORT_ACT, actor);
    order_set(&order, school.arena, "stage", SLICE(REPORT_DONE));
    order_set(&order, school.arena, "said",
              arena_format(school.arena, "actor=teacher\nact=%s\n", act));
    order_set(&order, school.arena, "sentence", SLICE("What I did"));
    va_start(values, act);
    while ((key = va_arg(values, const char *)) != NULL)
        order_set(&order, school.arena, key, slice_of(va_arg(values, const char *)));
    va_end(values);
    if (!desk_do(school.record, &order, school.arena, &outcome, &error))
        fail_msg("report: %s", error.sentence);
    return outcome;
}

const char *bad_report(struct id actor, const char *key, const char *value)
{
    return school_bad(&school, ACT_REPORT_ACT, actor, "stage", REPORT_DONE, "said",
                      "actor=teacher\nact=find-abuse\n", key, value, NULL);
}

static bool see(void *context, const void *row, struct error *error)
{
    struct tasks *tasks = context;
    (void)error;
    if (tasks->count < 40) tasks->rows[tasks->count++] = *(const struct task_row *)row;
    return true;
}

struct tasks tasks_of_act(struct id occurrence)
{
    struct tasks tasks = {.count = 0};
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(school.record, &error);
    assert_non_null(db);
    assert_true(tasks_about(db, &occurrence, school.arena, see, &tasks, &error));
    record_read_done(school.record, db);
    return tasks;
}

/* The open one with this in its deed, of this owner; NULL: there is none. */
const struct task_row *task_of(const struct tasks *tasks, struct id owner, const char *deed)
{
    for (size_t i = 0; i < tasks->count; i++) {
        const struct task_row *row = &tasks->rows[i];
        if (slice_is(row->state, "open") && id_same(&row->owner, &owner) &&
            slice_search(row->deed, slice_of(deed)) < row->deed.length)
            return row;
    }
    return NULL;
}

bool keep(void)
{
    struct error error = {.code = ERROR_NONE};
    bool did;
    if (!time_keep(school.record, &did, &error)) fail_msg("%s", error.sentence);
    return did;
}

size_t events_now(void)
{
    return (size_t)school.record->tree_kept.size;
}

struct id trusted(const char *given, const char *role)
{
    struct id person = school_person(&school, given, "Trusted");
    struct outcome proposed =
        school_do(&school, ACT_PROPOSE_ROLE, school.admin, "person", school_hex(&school, person),
                  "role", role, "org", school_hex(&school, school.top), NULL);
    const char *held = school_hex(&school, proposed.made);
    assert_true(school_do(&school, ACT_CONFIRM_ROLE, school.head, "held", held, NULL).done);
    assert_true(school_do(&school, ACT_CONFIRM_ROLE, school.dsl, "held", held, NULL).done);
    return person;
}

struct tasks open_of_kind(const char *kind)
{
    struct tasks all = {.count = 0}, tasks = {.count = 0};
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(school.record, &error);
    assert_true(tasks_open(db, school.arena, see, &all, &error));
    record_read_done(school.record, db);
    for (size_t i = 0; i < all.count; i++)
        if (slice_is(all.rows[i].kind, kind)) tasks.rows[tasks.count++] = all.rows[i];
    return tasks;
}
