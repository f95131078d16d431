/* Each of the five policies on a record: its review becomes a task when its day has come, and what a teacher does becomes tasks
 * that cite their clauses. A norm whose task was really opened is written down as shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy/print.h"
#include "school.h"
#include "service/ask.h"
#include "service/duties.h"
#include "service/duty.h"
#include "service/record_parts.h"
#include "service/timekeeper.h"

static struct school school;

static void adopt(const char *folder)
{
    struct error error = {.code = ERROR_NONE};
    struct version_said said;
    struct order order;
    struct outcome outcome;
    order_init(&order, ACT_ADOPT_POLICY, school.admin);
    if (!record_policy_upload(school.record, folder, school.arena, &said, &error))
        fail_msg("%s", error.sentence);
    version_order(&order, &said, school.arena);
    if (!desk_do(school.record, &order, school.arena, &outcome, &error))
        fail_msg("%s", error.sentence);
    assert_true(outcome.done);
}

static int begin(void **state)
{
    const char *source = getenv("LANYARD_SOURCE");
    assert_non_null(source);
    school_open(&school);
    adopt(arena_format(school.arena, "%s/policies/%s", source, (const char *)*state).at);
    return 0;
}

static int end(void **state)
{
    (void)state;
    school_close(&school);
    return 0;
}

static void write_down(struct slice norm, int line)
{
    static char written[40000]; /* each once is enough */
    size_t at = strlen(written);
    struct slice before = slice_of(written);
    struct slice row = arena_format(school.arena, "\n%.*s\n", SLICE_PRINT(norm));
    if (slice_search(before, row) < before.length || at + row.length >= sizeof written) return;
    memcpy(written + at, row.at, row.length);
    const char *file = getenv("LANYARD_NORMS_SHOWN");
    FILE *out = file != NULL ? fopen(file, "a") : NULL;
    if (out == NULL) return;
    fprintf(out, "%.*s\ttests/service/test_task_norms.c:%d\ttask\n", SLICE_PRINT(norm), line);
    fclose(out);
}

struct tasks {
    LIST(struct task_row) list;
};

static bool see(void *context, const void *row, struct error *error)
{
    (void)error;
    LIST_PUSH(school.arena, &((struct tasks *)context)->list, *(const struct task_row *)row);
    return true;
}

static struct tasks tasks_of_thing(struct id thing)
{
    struct tasks tasks = {0};
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(school.record, &error);
    assert_true(tasks_about(db, &thing, school.arena, see, &tasks, &error));
    record_read_done(school.record, db);
    return tasks;
}

static const struct policy_line *review_line(const struct policy *policy)
{
    for (size_t i = 0; i < policy->document.lines.count; i++)
        if (policy->document.lines.at[i].kind == LINE_REVIEW) return &policy->document.lines.at[i];
    return NULL;
}

/* Every policy that says by when it is looked at again said a day that is past. */
static void the_review_is_a_task(const struct policy *policy, struct id version)
{
    const struct policy_line *line = review_line(policy);
    struct error error = {.code = ERROR_NONE};
    bool did;
    assert_true(time_keep(school.record, &did, &error));
    struct tasks tasks = tasks_of_thing(version);
    assert_int_equal(tasks.list.count, line != NULL ? 1 : 0);
    assert_true(did == (line != NULL));
    if (line == NULL) return;
    assert_true(slice_is(tasks.list.at[0].kind, TASK_REVIEW));
    assert_true(slice_equal(tasks.list.at[0].clause, policy->document.clauses.at[line->clause].id));
    for (size_t i = 0; i < line->norms.count; i++) write_down(line->norms.at[i], __LINE__);
}

static const struct policy_line *line_of(const struct policy *policy, struct slice deed)
{
    for (size_t i = 0; i < policy->document.lines.count; i++) {
        AUTO_TEXT struct text print;
        text_init(&print, 4000);
        print_policy_line(&policy->words, &policy->document.lines.at[i], &print);
        if (slice_starts(slice_trim(text_slice(&print)), deed))
            return &policy->document.lines.at[i];
    }
    return NULL;
}

/* Of a policy line only what hangs on it; of a duty what its clause serves. */
static void check_task(const struct policy *policy, const struct task_row *task)
{
    const struct clause *clause = duty_clause(policy, task->clause);
    const struct statement *statement;
    assert_non_null(clause);
    if (duty_find(policy, task->clause, task->deed, &statement) != NULL) {
        for (size_t i = 0; i < clause->norms.count; i++) write_down(clause->norms.at[i], __LINE__);
        return;
    }
    const struct policy_line *line = line_of(policy, task->deed);
    assert_non_null(line);
    for (size_t i = 0; i < line->norms.count; i++) write_down(line->norms.at[i], __LINE__);
}

/* What is not said is no. Where the policy still wants an answer nothing is recorded. */
static size_t do_act(const struct policy *policy, int act)
{
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    order_init(&order, ACT_REPORT_ACT, school.teacher);
    order_set(&order, school.arena, "stage", SLICE(REPORT_DONE));
    order_set(&order, school.arena, "said",
              arena_format(school.arena, "world=closed\nactor=teacher\nact=%.*s\n",
                           SLICE_PRINT(words_word(&policy->words, WORD_ACT, act)->id)));
    if (!desk_do(school.record, &order, school.arena, &outcome, &error)) {
        assert_int_equal(error.code, ERROR_REQUEST);
        return 0;
    }
    assert_true(outcome.done);
    struct tasks tasks = tasks_of_thing(outcome.made);
    for (size_t i = 0; i < tasks.list.count; i++) check_task(policy, &tasks.list.at[i]);
    return tasks.list.count;
}

static void duties_are_tasks(void **state)
{
    (void)state;
    struct id version;
    const struct policy *policy =
        record_policy_on(school.record, record_today(school.record), &version);
    struct acts_offered acts;
    size_t opened = 0;
    assert_non_null(policy);
    the_review_is_a_task(policy, version);
    ask_acts(policy, school.arena, &acts);
    for (size_t i = 0; i < acts.spoken.count; i++) opened += do_act(policy, acts.spoken.at[i]);
    record_policy_let_go(school.record, policy);
    assert_true(opened >= 3);
}

int main(void)
{
#define POLICY(name)                                                                               \
    {                                                                                              \
        name, duties_are_tasks, begin, end, name                                                   \
    }
    static char policies[][20] = {"early-life", "geeks-room", "imbue-ventures", "pass-move-grin",
                                  "qegsmat"};
    const struct CMUnitTest tests[] = {
        POLICY(policies[0]), POLICY(policies[1]), POLICY(policies[2]),
        POLICY(policies[3]), POLICY(policies[4]),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
