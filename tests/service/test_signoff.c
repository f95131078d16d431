/* Who must sign, and who may: on the screen, on paper, again after a change; whom nobody asks; training; coverage. Certificates
 * are in test_certificate.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "service/calendars.h"
#include "service/record_parts.h"
#include "service/signoff.h"
#include "store/events.h"
#include "versions.h"

#define STAFF "staff, the headteacher, the office"

static struct school school;
static struct id first;

static int set_up(void **state)
{
    (void)state;
    school_open(&school);
    first = version_first(
        &school, &(struct version_plan){.binds = STAFF, .said = "We read it, and sign it."});
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    school_close(&school);
    return 0;
}

static const char *hex(struct id id)
{
    return school_hex(&school, id);
}

static const char *day(int64_t from_today)
{
    char text[11];
    date_format(date_from_day(record_today(school.record) + from_today), text);
    return arena_copy(school.arena, slice_of(text)).at;
}

static struct signoff state_of(struct id person)
{
    struct signoff signoff;
    signoff_of(school.record, &person, &signoff);
    return signoff;
}

static const char *seen(struct id version)
{
    struct error error = {.code = ERROR_NONE};
    const struct policy *policy = record_policy_version(school.record, &version, &error);
    assert_non_null(policy);
    struct slice text = signoff_text(policy, school.arena);
    record_policy_let_go(school.record, policy);
    return text.at;
}

static struct outcome sign(struct id actor, struct id person, struct id version)
{
    return school_do(&school, ACT_SIGN_POLICY, actor, "person", hex(person), "version",
                     hex(version), "seen", seen(version), NULL);
}

static void signs(struct id person, struct id version)
{
    struct outcome outcome = sign(person, person, version);
    assert_true(outcome.done);
}

static struct outcome sheet(struct id actor, struct id person, struct id version,
                            const char *signed_on)
{
    return school_do(&school, ACT_RECORD_SHEET, actor, "person", hex(person), "version",
                     hex(version), "signed", signed_on, NULL);
}

static void says(const char *sentence, const char *words)
{
    if (strstr(sentence, words) == NULL) fail_msg("it does not say '%s': %s", words, sentence);
}

/* ---- who is asked ---------------------------------------------------------------------------------- */

static void whom_it_binds_is_asked(void **state)
{
    (void)state;
    struct signoff teacher = state_of(school.teacher);
    assert_true(teacher.owed);
    assert_int_equal(teacher.why, SIGNOFF_NEVER);
    assert_true(id_same(&teacher.version, &first));
    assert_true(teacher.roles == role_bit(ROLE_TEACHER));
    assert_int_equal(teacher.since, record_today(school.record));
    assert_false(teacher.signed_before);
    assert_true(state_of(school.head).owed);
    assert_true(state_of(school.office).owed);
    assert_false(state_of(school.pupil).owed);
    assert_false(state_of(school.parent).owed);
    assert_false(state_of(school.governor).owed);
    assert_true(state_of(school.pupil).roles == 0);
    assert_true(signed_current(school.record, &school.pupil));
    assert_false(signed_current(school.record, &school.teacher));
}

/* Five school days after the day on which they were asked; a school without a calendar counts weekdays. */
static void the_day_by_which_is_a_school_day(void **state)
{
    (void)state;
    unsigned notes;
    struct calendar calendar = calendar_unknown();
    int64_t today = record_today(school.record);
    int64_t due = calendar_due_day(&calendar, (struct span){SPAN_SCHOOL_DAYS, 5}, today, &notes);
    struct signoff teacher = state_of(school.teacher);
    assert_int_equal(teacher.due, due);
    /* from a Sunday no weekend lies between, from any other day one */
    assert_in_range(due - today, 5, 7);
    assert_false(teacher.overdue);
}

static void a_joiner_is_asked_that_day(void **state)
{
    (void)state;
    struct id person = school_person(&school, "Nia", "New");
    assert_false(state_of(person).owed);
    school_role(&school, person, "teacher");
    assert_true(state_of(person).owed);
    assert_int_equal(state_of(person).since, record_today(school.record));
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.office, "person", hex(person), "day",
                          day(0), NULL)
                    .done);
    assert_false(state_of(person).owed);
}

static void a_policy_without_such_a_line_binds_everybody(void **state)
{
    (void)state;
    version_later(&school, &(struct version_plan){.said = "All of us.", .in_force = 0});
    assert_true(state_of(school.pupil).owed);
    assert_true(state_of(school.parent).owed);
    assert_true(state_of(school.governor).owed);
}

static void parents_and_pupils_are_bound_where_it_names_them(void **state)
{
    (void)state;
    struct id next =
        version_later(&school, &(struct version_plan){.binds = STAFF ", a pupil, a parent",
                                                      .said = "And parents."});
    assert_true(state_of(school.parent).owed);
    assert_int_equal(state_of(school.parent).since, record_today(school.record));
    signs(school.parent, next);
    signs(school.pupil, next);
    assert_false(state_of(school.parent).owed);
    assert_false(state_of(school.governor).owed);
}

/* ---- signing on the screen ------------------------------------------------------------------------- */

static struct event event_of(uint64_t n)
{
    struct error error = {.code = ERROR_NONE};
    struct event event;
    struct slice body;
    struct db *db = record_read(school.record, &error);
    assert_non_null(db);
    assert_true(events_read(db, n, school.arena, &body, &error));
    record_read_done(school.record, db);
    assert_true(event_read(body, school.arena, &event, &error));
    return event;
}

static void is(const struct event *event, const char *key, const char *value)
{
    struct slice found = event_value(event, key);
    if (!slice_is(found, value)) fail_msg("%s is %.*s", key, SLICE_PRINT(found));
}

static void a_signature_says_what_was_signed(void **state)
{
    (void)state;
    struct outcome outcome = sign(school.teacher, school.teacher, first);
    assert_true(outcome.done);
    struct event event = event_of(outcome.n);
    assert_true(slice_is(event.kind, "policy-signed"));
    is(&event, "version", hex(first));
    is(&event, "person", hex(school.teacher));
    is(&event, "roles", "teacher");
    is(&event, "method", "screen");
    is(&event, "recorder", "");
    is(&event, "attests", "2 3");
    is(&event, "text", seen(first));
    assert_int_equal(event.parts.count, 0);
    struct signoff signoff = state_of(school.teacher);
    assert_false(signoff.owed);
    assert_true(signoff.signed_before);
    assert_true(id_same(&signoff.signature.id, &outcome.made));
    says(school_bad(&school, ACT_SIGN_POLICY, school.teacher, "person", hex(school.teacher),
                    "version", hex(first), "seen", seen(first), NULL),
         "signed already");
    assert_true(state_of(school.other).owed);
    school_again(&school);
    assert_false(state_of(school.teacher).owed);
    assert_true(state_of(school.other).owed);
}

static void nobody_signs_for_another(void **state)
{
    (void)state;
    assert_false(sign(school.head, school.teacher, first).done);
    assert_false(sign(school.teacher, school.other, first).done);
    assert_true(state_of(school.teacher).owed);
}

static void nobody_signs_what_they_have_not_seen(void **state)
{
    (void)state;
    const char *teacher = hex(school.teacher);
    struct outcome outcome = school_do(&school, ACT_SIGN_POLICY, school.teacher, "person", teacher,
                                       "version", hex(first), NULL);
    assert_false(outcome.done);
    outcome = school_do(&school, ACT_SIGN_POLICY, school.teacher, "person", teacher, "version",
                        hex(first), "seen", "0000", NULL);
    assert_false(outcome.done);
    assert_true(state_of(school.teacher).owed);
}

static void whom_it_does_not_bind_signs_nothing(void **state)
{
    (void)state;
    assert_false(sign(school.pupil, school.pupil, first).done);
    assert_false(sign(school.governor, school.governor, first).done);
}

static void a_role_that_ended_this_morning_signs_nothing(void **state)
{
    (void)state;
    struct id person = school_person(&school, "Eve", "Ended");
    struct id role = school_role(&school, person, "teacher");
    assert_true(state_of(person).owed);
    assert_true(school_do(&school, ACT_END_ROLE, school.admin, "held", hex(role), NULL).done);
    assert_false(state_of(person).owed);
    assert_false(sign(person, person, first).done);
}

static void only_the_version_that_binds_is_signed(void **state)
{
    (void)state;
    struct id coming = version_later(
        &school, &(struct version_plan){.binds = STAFF, .said = "Soon.", .in_force = 20});
    struct id waiting = version_later(
        &school, &(struct version_plan){.binds = STAFF, .said = "Perhaps.", .waits = true});
    const char *teacher = hex(school.teacher);
    const char *bad = school_bad(&school, ACT_SIGN_POLICY, school.teacher, "person", teacher,
                                 "version", hex(coming), "seen", seen(coming), NULL);
    says(bad, "not in force yet");
    bad = school_bad(&school, ACT_SIGN_POLICY, school.teacher, "person", teacher, "version",
                     hex(waiting), "seen", seen(waiting), NULL);
    says(bad, "not approved");
    version_back(&school, coming);
    bad = school_bad(&school, ACT_SIGN_POLICY, school.teacher, "person", teacher, "version",
                     hex(coming), "seen", seen(coming), NULL);
    says(bad, "withdrawn");
    version_later(&school, &(struct version_plan){.binds = STAFF, .said = "Now."});
    bad = school_bad(&school, ACT_SIGN_POLICY, school.teacher, "person", teacher, "version",
                     hex(first), "seen", seen(first), NULL);
    says(bad, "newer version");
    bad = school_bad(&school, ACT_SIGN_POLICY, school.teacher, "person", teacher, "version",
                     hex(school.teacher), "seen", "00", NULL);
    says(bad, "no such version");
    assert_false(state_of(school.teacher).signed_before);
}

/* ---- asked again ----------------------------------------------------------------------------------- */

static void asked_again_where_the_meaning_changed(void **state)
{
    (void)state;
    signs(school.teacher, first);
    signs(school.office, first);
    version_later(&school, &(struct version_plan){.binds = STAFF, .said = "Prose alone."});
    assert_false(state_of(school.teacher).owed);
    struct id third = version_later(
        &school,
        &(struct version_plan){.binds = STAFF, .said = "A duty.", .changed = "teacher parent"});
    struct signoff teacher = state_of(school.teacher);
    assert_true(teacher.owed);
    assert_int_equal(teacher.why, SIGNOFF_CHANGED);
    assert_true(teacher.asked == role_bit(ROLE_TEACHER));
    assert_true(id_same(&teacher.because, &third));
    assert_false(state_of(school.office).owed);
    signs(school.teacher, third);
    assert_false(state_of(school.teacher).owed);
}

/* The duty to sign does not begin anew with each version: the first change that asked keeps its day. */
static void a_later_version_sets_no_new_day(void **state)
{
    (void)state;
    signs(school.teacher, first);
    version_later(&school,
                  &(struct version_plan){.binds = STAFF, .said = "One.", .changed = "teacher"});
    int64_t due = state_of(school.teacher).due;
    version_later(&school, &(struct version_plan){.binds = STAFF, .said = "Two."});
    assert_true(state_of(school.teacher).owed);
    assert_int_equal(state_of(school.teacher).due, due);
    assert_int_equal(state_of(school.teacher).why, SIGNOFF_CHANGED);
}

static void asked_again_where_it_is_material(void **state)
{
    (void)state;
    signs(school.office, first);
    struct id next = version_later(&school, &(struct version_plan){.binds = STAFF,
                                                                   .said = "For all.",
                                                                   .changed = "office",
                                                                   .reason = "The law changed"});
    struct signoff office = state_of(school.office);
    assert_true(office.owed);
    assert_int_equal(office.why, SIGNOFF_MATERIAL);
    struct slice reason = signoff_reason(school.record, &office.because, school.arena);
    assert_true(slice_is(reason, "The law changed"));
    assert_true(id_same(&office.because, &next));
    assert_int_equal(state_of(school.teacher).why, SIGNOFF_NEVER);
    assert_int_equal(signoff_reason(school.record, &first, school.arena).length, 0);
}

static void a_new_role_is_signed_for(void **state)
{
    (void)state;
    signs(school.teacher, first);
    school_role(&school, school.teacher, "parent");
    assert_false(state_of(school.teacher).owed); /* it does not bind parents */
    school_role(&school, school.teacher, "technician");
    struct signoff teacher = state_of(school.teacher);
    assert_true(teacher.owed);
    assert_int_equal(teacher.why, SIGNOFF_ROLE);
    assert_true(teacher.asked == role_bit(ROLE_TECHNICIAN));
    struct outcome again = sign(school.teacher, school.teacher, first);
    assert_true(again.done);
    struct event event = event_of(again.n);
    is(&event, "roles", "teacher technician");
    assert_false(state_of(school.teacher).owed);
}

static void linked_records_sign_as_one(void **state)
{
    (void)state;
    struct id twin = school_person(&school, "Tom", "Twin");
    school_role(&school, twin, "volunteer");
    signs(school.teacher, first);
    struct signoff before = state_of(twin);
    assert_int_equal(before.owed, before.roles != 0);
    assert_true(school_do(&school, ACT_LINK_SAME, school.office, "one", hex(school.teacher),
                          "other", hex(twin), NULL)
                    .done);
    struct signoff signoff = state_of(twin);
    assert_true((signoff.roles & role_bit(ROLE_TEACHER)) != 0);
    assert_true((signoff.asked & role_bit(ROLE_TEACHER)) == 0);
    assert_true(id_same(&signoff.signature.version, &first));
}

/* ---- paper ----------------------------------------------------------------------------------------- */

static void a_sheet_is_recorded_by_somebody_else(void **state)
{
    (void)state;
    struct outcome outcome = sheet(school.office, school.teacher, first, day(-2));
    assert_true(outcome.done);
    struct event event = event_of(outcome.n);
    is(&event, "method", "paper");
    is(&event, "recorder", hex(school.office));
    is(&event, "roles", "teacher");
    assert_false(state_of(school.teacher).owed);
    assert_int_equal(state_of(school.teacher).signature.day, record_today(school.record) - 2);
    assert_false(sheet(school.office, school.office, first, day(-1)).done);
    assert_false(sheet(school.other, school.head, first, day(-1)).done);
    assert_false(sheet(school.office, school.pupil, first, day(-1)).done);
}

static void a_sheet_has_a_date_that_can_be(void **state)
{
    (void)state;
    const char *teacher = hex(school.teacher);
    says(school_bad(&school, ACT_RECORD_SHEET, school.office, "person", teacher, "version",
                    hex(first), "signed", day(1), NULL),
         "still to come");
    says(school_bad(&school, ACT_RECORD_SHEET, school.office, "person", teacher, "version",
                    hex(first), "signed", "2025-12-31", NULL),
         "before there was this version");
    says(school_bad(&school, ACT_RECORD_SHEET, school.office, "person", teacher, "version",
                    hex(first), "signed", "2026-02-30", NULL),
         "date");
    struct id next =
        version_later(&school, &(struct version_plan){.binds = STAFF, .said = "Brought today."});
    says(school_bad(&school, ACT_RECORD_SHEET, school.office, "person", teacher, "version",
                    hex(next), "signed", day(-1), NULL),
         "before there was this version");
    assert_true(sheet(school.office, school.teacher, next, day(0)).done);
}

static void a_sheet_is_of_the_version_that_binds(void **state)
{
    (void)state;
    struct id coming = version_later(
        &school, &(struct version_plan){.binds = STAFF, .said = "Soon.", .in_force = 20});
    says(school_bad(&school, ACT_RECORD_SHEET, school.office, "person", hex(school.teacher),
                    "version", hex(coming), "signed", day(0), NULL),
         "not in force yet");
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.office, "person", hex(school.other),
                          "day", day(0), NULL)
                    .done);
    assert_false(sheet(school.office, school.other, first, day(-1)).done);
}

/* ---- coverage -------------------------------------------------------------------------------------- */

static struct coverage counted(struct id reader)
{
    struct coverage coverage;
    struct id anywhere = {{0}};
    const struct register_view *view = register_hold(school.record);
    signoff_coverage(school.record, view, &anywhere, &reader, school.arena, &coverage);
    register_let_go(school.record, view);
    return coverage;
}

static struct coverage_count of_role(const struct coverage *coverage, enum role role)
{
    for (size_t i = 0; i < coverage->rows.count; i++)
        if (coverage->rows.at[i].role == role) return coverage->rows.at[i].count;
    return (struct coverage_count){0, 0, 0};
}

static void coverage_counts_by_school_and_role(void **state)
{
    (void)state;
    struct id nobody = {{0}};
    struct coverage coverage = counted(nobody);
    struct coverage_count teachers = of_role(&coverage, ROLE_TEACHER);
    assert_int_equal(teachers.bound, 2);
    assert_int_equal(teachers.owed, 2);
    assert_int_equal(of_role(&coverage, ROLE_PUPIL).bound, 0);
    size_t all = coverage.all.bound;
    assert_int_equal(of_role(&coverage, ROLES).bound, all);
    signs(school.teacher, first);
    signs(school.other, first);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.office, "person", hex(school.other),
                          "day", day(0), NULL)
                    .done);
    coverage = counted(nobody);
    teachers = of_role(&coverage, ROLE_TEACHER);
    assert_int_equal(teachers.bound, 1);
    assert_int_equal(teachers.owed, 0);
    assert_int_equal(coverage.all.bound, all - 1);
    assert_int_equal(coverage.all.owed, all - 2);
    assert_int_equal(coverage.frozen, 1);
    AUTO_TEXT struct text csv;
    text_init(&csv, 10000);
    signoff_csv(&coverage, school.arena, &csv);
    says(text_slice(&csv).at, "Hill School,Teacher,1,1,0,0\r\n");
}

/* Somebody barred from a child is not even told that there is one more. */
static void coverage_hides_a_child_from_who_is_barred(void **state)
{
    (void)state;
    version_later(&school,
                  &(struct version_plan){.binds = STAFF ", a pupil", .said = "And pupils."});
    school_role(&school, school.parent, "teacher");
    assert_true(school_do(&school, ACT_BAR_PARENT, school.head, "child", hex(school.pupil),
                          "parent", hex(school.parent), "reason", "a court order", NULL)
                    .done);
    struct id nobody = {{0}};
    struct coverage all = counted(nobody), theirs = counted(school.parent);
    assert_int_equal(of_role(&all, ROLE_PUPIL).bound, 1);
    assert_int_equal(of_role(&theirs, ROLE_PUPIL).bound, 0);
    assert_int_equal(theirs.all.bound, all.all.bound - 1);
}

/* ---- training -------------------------------------------------------------------------------------- */

static struct outcome train(struct id actor, struct id person, const char *course, const char *done,
                            const char *until)
{
    return school_do(&school, ACT_RECORD_TRAINING, actor, "person", hex(person), "course", course,
                     "done", done, "until", until, NULL);
}

static void training_counts_from_its_day_until_its_last(void **state)
{
    (void)state;
    int64_t today = record_today(school.record);
    assert_false(trained_on(school.record, &school.teacher, COURSE_POLICY, today));
    assert_true(train(school.dsl, school.teacher, "policy", day(-10), day(5)).done);
    assert_true(trained_on(school.record, &school.teacher, COURSE_POLICY, today));
    assert_false(trained_on(school.record, &school.teacher, COURSE_POLICY, today - 11));
    assert_false(trained_on(school.record, &school.teacher, COURSE_POLICY, today + 6));
    assert_false(trained_on(school.record, &school.teacher, COURSE_SAFEGUARDING, today));
    assert_true(train(school.office, school.teacher, "safeguarding", day(-1), "").done);
    assert_true(trained_on(school.record, &school.teacher, COURSE_SAFEGUARDING, today + 900));
    struct trainings trainings;
    struct error error = {.code = ERROR_NONE};
    assert_true(trainings_here(school.record, &school.teacher, school.arena, &trainings, &error));
    assert_int_equal(trainings.list.count, 2);
    assert_int_equal(trainings.list.at[0].course, COURSE_SAFEGUARDING);
}

static void nobody_records_training_of_their_own_or_to_come(void **state)
{
    (void)state;
    const char *teacher = hex(school.teacher);
    assert_false(train(school.dsl, school.dsl, "policy", day(-1), "").done);
    assert_false(train(school.other, school.teacher, "policy", day(-1), "").done);
    says(school_bad(&school, ACT_RECORD_TRAINING, school.dsl, "person", teacher, "course",
                    "juggling", "done", day(-1), NULL),
         "not one that we know");
    says(school_bad(&school, ACT_RECORD_TRAINING, school.dsl, "person", teacher, "course", "policy",
                    "done", day(1), NULL),
         "still to come");
    says(school_bad(&school, ACT_RECORD_TRAINING, school.dsl, "person", teacher, "course", "policy",
                    "done", day(-1), "until", day(-2), NULL),
         "end before");
    says(school_bad(&school, ACT_RECORD_TRAINING, school.dsl, "person", teacher, "course", "policy",
                    "done", "1990-01-01", NULL),
         "too long ago");
}

/* Whoever asks what is kept of them reads it with the rest. */
static void the_own_record_has_signatures_and_training(void **state)
{
    (void)state;
    signs(school.teacher, first);
    assert_true(train(school.office, school.teacher, "safeguarding", day(-1), day(20)).done);
    struct outcome own = school_do(&school, ACT_OPEN_SEALED, school.teacher, "what", "whole-record",
                                   "person", hex(school.teacher), NULL);
    assert_true(own.done);
    const char *lines[] = {"policy-signed\n", "  roles: teacher\n", "  method: screen\n",
                           "training-recorded\n", "  course: safeguarding\n"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (slice_search(own.content, slice_of(lines[i])) == own.content.length)
            fail_msg("the record lacks '%s'", lines[i]);
    struct slice until = arena_format(school.arena, "  until: %s\n", day(20));
    assert_true(slice_search(own.content, until) < own.content.length);
    struct outcome other = school_do(&school, ACT_OPEN_SEALED, school.other, "what", "whole-record",
                                     "person", hex(school.other), NULL);
    assert_true(slice_search(other.content, SLICE("policy-signed")) == other.content.length);
}

#define ONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ONE(whom_it_binds_is_asked),
        ONE(the_day_by_which_is_a_school_day),
        ONE(a_joiner_is_asked_that_day),
        ONE(a_policy_without_such_a_line_binds_everybody),
        ONE(parents_and_pupils_are_bound_where_it_names_them),
        ONE(a_signature_says_what_was_signed),
        ONE(nobody_signs_for_another),
        ONE(nobody_signs_what_they_have_not_seen),
        ONE(whom_it_does_not_bind_signs_nothing),
        ONE(a_role_that_ended_this_morning_signs_nothing),
        ONE(only_the_version_that_binds_is_signed),
        ONE(asked_again_where_the_meaning_changed),
        ONE(a_later_version_sets_no_new_day),
        ONE(asked_again_where_it_is_material),
        ONE(a_new_role_is_signed_for),
        ONE(linked_records_sign_as_one),
        ONE(a_sheet_is_recorded_by_somebody_else),
        ONE(a_sheet_has_a_date_that_can_be),
        ONE(a_sheet_is_of_the_version_that_binds),
        ONE(coverage_counts_by_school_and_role),
        ONE(coverage_hides_a_child_from_who_is_barred),
        ONE(training_counts_from_its_day_until_its_last),
        ONE(nobody_records_training_of_their_own_or_to_come),
        ONE(the_own_record_has_signatures_and_training),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
