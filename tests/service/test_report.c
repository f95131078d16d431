/* What was done is decided by the version that was in force on its day, and its tasks are that version's, also once another one
 * is in force. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock.h"
#include "edition.h"
#include "service/duties.h"
#include "service/record_parts.h"
#include "store/policies.h"

static struct id in_force(struct school *school, const struct edition *edition, int64_t days)
{
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    struct approval approval = {.day = days == 0 ? NULL : edition_day(school, days)};
    struct id version = edition_brought(school, edition, school->office);
    if (!edition_approve(school, version, school->governor, &approval, &outcome, &error))
        fail_msg("%s", error.sentence);
    assert_true(outcome.done);
    return version;
}

static struct outcome report(struct school *school, const char *act, const char *day)
{
    struct slice said =
        arena_format(school->arena, "actor=teacher\nother=our-pupil\nact=%s\n", act);
    struct outcome outcome = school_do(school, ACT_REPORT_ACT, school->teacher, "stage",
                                       REPORT_DONE, "said", said.at, "happened", day, NULL);
    assert_true(outcome.done);
    return outcome;
}

static struct occurrence_row row_of(struct school *school, struct id occurrence)
{
    struct occurrence_row row;
    struct error error = {.code = ERROR_NONE};
    bool found;
    struct db *db = record_read(school->record, &error);
    assert_true(occurrence_get(db, &occurrence, school->arena, &row, &found, &error) && found);
    record_read_done(school->record, db);
    return row;
}

static bool last_task(void *context, const void *row, struct error *error)
{
    (void)error;
    *(struct task_row *)context = *(const struct task_row *)row;
    return true;
}

static struct task_row task_of(struct school *school, struct id occurrence)
{
    struct task_row row = {.n = 0};
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(school->record, &error);
    assert_true(tasks_about(db, &occurrence, school->arena, last_task, &row, &error));
    record_read_done(school->record, db);
    return row;
}

static void the_version_of_its_day_decides(void **state)
{
    (void)state;
    struct school school;
    school_open(&school);
    struct edition first = {.number = "1"};
    struct edition second = {.number = "2",
                             .rule = "staff MAY accept a friend request from a pupil",
                             .told = "the designated safeguarding lead"};
    struct id old = in_force(&school, &first, 0);
    struct id new = in_force(&school, &second, 2);
    clock_forward(2);
    const char *then = edition_day(&school, -1), *now = edition_day(&school, 0);
    struct occurrence_row row = row_of(&school, report(&school, "accept-request", then).made);
    assert_true(id_same(&row.version, &old) && slice_is(row.verdict, "not-allowed"));
    assert_true(slice_is(row.clauses, "2"));
    row = row_of(&school, report(&school, "accept-request", now).made);
    assert_true(id_same(&row.version, &new) && slice_is(row.verdict, "allowed"));
    struct task_row task = task_of(&school, report(&school, "find-content", then).made);
    assert_true(id_same(&task.version, &old));
    assert_true(slice_search(task.deed, SLICE("headteacher")) < task.deed.length);
    task = task_of(&school, report(&school, "find-content", now).made);
    assert_true(id_same(&task.version, &new));
    assert_true(slice_search(task.deed, SLICE("safeguarding")) < task.deed.length);
    school_bad(&school, ACT_REPORT_ACT, school.teacher, "stage", REPORT_DONE, "said",
               "actor=teacher\nact=find-content\n", "happened", edition_day(&school, -3), NULL);
    school_close(&school);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_version_of_its_day_decides)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
