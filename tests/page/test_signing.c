/* Signing on the pages, under each policy: whom it binds reads it whole and signs, the event of that names every clause that is
 * kept by being read and accepted, leaders see who has and who has not. Run once a policy, named by LANYARD_POLICY; the norms
 * that came out of a recorded signature are listed for `lanyard cover --shown`. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../service/versions.h"
#include "caller.h"
#include "service/record_parts.h"
#include "service/signoff.h"
#include "store/events.h"

struct world {
    struct school school;
    struct caller caller;
};

static void world_open(struct world *world)
{
    school_open(&world->school);
    caller_open(&world->caller, &world->school, true);
}

static void world_close(struct world *world)
{
    caller_close(&world->caller);
    school_close(&world->school);
}

static struct signoff state_of(struct world *world, struct id person)
{
    struct signoff signoff;
    signoff_of(world->school.record, &person, &signoff);
    return signoff;
}

static bool bound(struct world *world, struct id person)
{
    return state_of(world, person).roles != 0;
}

static unsigned get(struct world *world, struct id who, const char *path)
{
    caller_be(&world->caller, who);
    return caller_get(&world->caller, path);
}

static bool sees(struct world *world, const char *words)
{
    return caller_sees(&world->caller, words);
}

/* ---- norms ----------------------------------------------------------------------------------------- */

static void show(const char *norm, int line)
{
    const char *file = getenv("LANYARD_NORMS_SHOWN");
    FILE *out = file != NULL ? fopen(file, "a") : NULL;
    if (out == NULL) return;
    fprintf(out, "%s\ttests/page/test_signing.c:%d\trecord\n", norm, line);
    fclose(out);
}

static bool has(struct world *world, const char *norm)
{
    const struct policy *policy = record_policy(world->school.record);
    bool found = false;
    for (size_t i = 0; i < policy->document.clauses.count; i++)
        for (size_t k = 0; k < policy->document.clauses.at[i].norms.count; k++)
            found = found || slice_is(policy->document.clauses.at[i].norms.at[k], norm);
    record_policy_let_go(world->school.record, policy);
    return found;
}

/* What a recorded event says that was accepted, clause by clause. */
static struct slice attested(struct world *world, int64_t n)
{
    struct error error = {.code = ERROR_NONE};
    struct arena *arena = world->school.arena;
    struct event event;
    struct slice body;
    struct db *db = record_read(world->school.record, &error);
    assert_non_null(db);
    assert_true(events_read(db, (uint64_t)n, arena, &body, &error));
    record_read_done(world->school.record, db);
    assert_true(event_read(body, arena, &event, &error));
    assert_true(slice_is(event.kind, "policy-signed"));
    assert_int_equal(event_value(&event, "attests-2").length, 0);
    return event_value(&event, "attests");
}

static size_t show_norms(struct world *world, struct slice ids)
{
    const struct policy *policy = record_policy(world->school.record);
    struct slice id;
    size_t count = 0;
    while (ids.length > 0 && slice_split(&ids, ' ', &id)) {
        int at = document_clause(&policy->document, id);
        assert_true(at >= 0);
        const struct clause *clause = &policy->document.clauses.at[at];
        assert_true(signoff_attests(clause));
        count++;
        for (size_t i = 0; i < clause->norms.count; i++)
            show(arena_copy(world->school.arena, clause->norms.at[i]).at, __LINE__);
    }
    record_policy_let_go(world->school.record, policy);
    return count;
}

static size_t attest_clauses(struct world *world)
{
    const struct policy *policy = record_policy(world->school.record);
    size_t count = 0;
    for (size_t i = 0; i < policy->document.clauses.count; i++)
        if (signoff_attests(&policy->document.clauses.at[i])) count++;
    record_policy_let_go(world->school.record, policy);
    return count;
}

/* ---- signing --------------------------------------------------------------------------------------- */

static struct slice form_of(struct world *world, const char *seen)
{
    struct caller *caller = &world->caller;
    struct slice version = caller_field(caller, "version"), own = caller_field(caller, "seen");
    return arena_format(world->school.arena, "version=%.*s&seen=%s&read=yes", SLICE_PRINT(version),
                        seen != NULL ? seen : arena_copy(world->school.arena, own).at);
}

static void sign(struct world *world, struct id person)
{
    assert_int_equal(get(world, person, "/sign"), 200);
    if (!sees(world, "Your signature")) fail_msg("there is nothing to sign");
    assert_true(sees(world, "The whole policy"));
    assert_int_equal(caller_post(&world->caller, "/sign", form_of(world, NULL).at), 303);
    assert_true(caller_sent_to(&world->caller, "/sign/done"));
    assert_int_equal(caller_get(&world->caller, "/sign/done"), 200);
    assert_true(sees(world, "You have signed the policy"));
    assert_true(signed_current(world->school.record, &person));
}

static void whoever_it_binds_signs_and_the_event_names_the_clauses(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct school *school = &world.school;
    const struct id people[] = {school->teacher, school->head,   school->dsl,     school->office,
                                school->pupil,   school->parent, school->governor};
    size_t clauses = attest_clauses(&world), signers = 0;
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        if (!bound(&world, people[i])) {
            assert_int_equal(get(&world, people[i], "/sign"), 200);
            assert_true(sees(&world, "There is nothing for you to sign"));
            continue;
        }
        sign(&world, people[i]);
        struct slice ids = attested(&world, state_of(&world, people[i]).signature.n);
        assert_int_equal(show_norms(&world, ids), clauses);
        signers++;
    }
    assert_true(signers >= 1 && bound(&world, school->teacher));
    world_close(&world);
}

static void what_speaks_to_a_role_stands_first(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    assert_int_equal(get(&world, world.school.teacher, "/sign"), 200);
    struct slice page = text_slice(&world.caller.response.body);
    const char *own = memmem(page.at, page.length, "For you as a teacher", 20);
    const char *whole = memmem(page.at, page.length, "The whole policy", 16);
    assert_non_null(own);
    assert_non_null(whole);
    assert_true(own < whole);
    assert_true(sees(&world, "You have not signed it before"));
    world_close(&world);
}

static void a_form_that_was_changed_signs_nothing(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct id teacher = world.school.teacher;
    assert_int_equal(get(&world, teacher, "/sign"), 200);
    assert_int_equal(caller_post(&world.caller, "/sign", form_of(&world, "00ff").at), 403);
    assert_true(sees(&world, "Your signature was not taken"));
    assert_int_equal(caller_get(&world.caller, "/sign"), 200);
    struct slice version = caller_field(&world.caller, "version");
    struct slice unread =
        arena_format(world.school.arena, "version=%.*s&seen=%.*s", SLICE_PRINT(version),
                     SLICE_PRINT(caller_field(&world.caller, "seen")));
    assert_int_equal(caller_post(&world.caller, "/sign", unread.at), 200);
    assert_true(sees(&world, "There is a problem"));
    struct slice other = arena_format(world.school.arena, "version=%s&seen=00&read=yes",
                                      school_hex(&world.school, world.school.head));
    assert_int_equal(caller_get(&world.caller, "/sign"), 200);
    assert_int_equal(caller_post(&world.caller, "/sign", other.at), 409);
    assert_false(signed_current(world.school.record, &teacher));
    world_close(&world);
}

/* ---- certificates ---------------------------------------------------------------------------------- */

static void a_certificate_is_for_who_signed_and_who_looks_after_it(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct school *school = &world.school;
    sign(&world, school->teacher);
    const char *id = school_hex(school, state_of(&world, school->teacher).signature.id);
    const char *page = arena_format(school->arena, "/certificates/%s", id).at;
    const char *file = arena_format(school->arena, "/certificates/text/%s/certificate.txt", id).at;
    assert_int_equal(get(&world, school->teacher, page), 200);
    assert_true(sees(&world, "Tom Teacher"));
    assert_true(sees(&world, "On the screen"));
    assert_int_equal(get(&world, school->teacher, file), 200);
    assert_true(sees(&world, "lanyard-certificate-1"));
    assert_int_equal(get(&world, school->head, page), 200);
    assert_int_equal(get(&world, school->other, page), 404);
    assert_int_equal(get(&world, school->parent, file), 404);
    assert_int_equal(get(&world, school->teacher, "/certificates/00"), 404);
    world_close(&world);
}

/* ---- coverage -------------------------------------------------------------------------------------- */

static void leaders_see_who_has_signed_team_by_team(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct school *school = &world.school;
    const char *top = school_hex(school, school->top);
    const char *who = arena_format(school->arena, "/coverage/who/%s/teacher/1", top).at;
    sign(&world, school->teacher);
    assert_int_equal(get(&world, school->head, "/coverage"), 200);
    assert_true(sees(&world, "Teacher"));
    assert_int_equal(get(&world, school->head, who), 200);
    assert_true(sees(&world, "Teacher, Una"));
    assert_false(sees(&world, "Teacher, Tom"));
    if (has(&world, "qegsmat-061")) show("qegsmat-061", __LINE__);
    const char *all = arena_format(school->arena, "/coverage/who/%s/all/1", top).at;
    assert_int_equal(get(&world, school->office, all), 200);
    assert_int_equal(sees(&world, "Keeper, Hilda"), bound(&world, school->head));
    assert_int_equal(get(&world, school->head, "/coverage/coverage.csv"), 200);
    assert_true(sees(&world, "Hill School,Teacher,2,1,1,0"));
    assert_int_equal(get(&world, school->teacher, "/coverage"), 403);
    assert_int_equal(get(&world, school->parent, who), 403);
    assert_int_equal(get(&world, school->head, "/coverage/who/00/teacher/1"), 404);
    world_close(&world);
}

static void the_office_records_a_sheet_and_training(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct school *school = &world.school;
    const char *other = school_hex(school, school->other);
    const char *sheet = arena_format(school->arena, "/coverage/sheet/%s", other).at;
    const char *training = arena_format(school->arena, "/coverage/training/%s", other).at;
    struct date today = date_from_day(record_today(school->record));
    assert_int_equal(get(&world, school->office, sheet), 200);
    struct slice version = caller_field(&world.caller, "version");
    struct slice wrong =
        arena_format(school->arena, "version=%.*s&signed-day=30&signed-month=2&signed-year=2026",
                     SLICE_PRINT(version));
    assert_int_equal(caller_post(&world.caller, sheet, wrong.at), 200);
    assert_true(sees(&world, "must be a real date"));
    struct slice right =
        arena_format(school->arena, "version=%.*s&signed-day=%d&signed-month=%d&signed-year=%d",
                     SLICE_PRINT(version), today.day, today.month, today.year);
    assert_int_equal(caller_post(&world.caller, sheet, right.at), 303);
    assert_true(signed_current(school->record, &school->other));
    assert_int_equal(caller_get(&world.caller, sheet), 200);
    assert_true(sees(&world, "There is nothing to record"));
    assert_int_equal(caller_get(&world.caller, training), 200);
    struct slice trained =
        arena_format(school->arena, "course=policy&done-day=%d&done-month=%d&done-year=%d",
                     today.day, today.month, today.year);
    assert_int_equal(caller_post(&world.caller, training, trained.at), 303);
    assert_true(
        trained_on(school->record, &school->other, COURSE_POLICY, record_today(school->record)));
    const char *page = arena_format(school->arena, "/people/%s", other).at;
    assert_int_equal(get(&world, school->other, page), 200);
    assert_true(sees(&world, "This policy, on"));
    assert_true(sees(&world, "The certificate"));
    assert_int_equal(get(&world, school->teacher, sheet), 403);
    world_close(&world);
}

/* Two versions of a small policy: what changed for a teacher stands before the text; who never signed is told of no change. */
static void what_changed_stands_before_the_text(void **state)
{
    struct world world;
    (void)state;
    school_open(&world.school);
    struct id first =
        version_first(&world.school, &(struct version_plan){.binds = "staff", .said = "One."});
    caller_open(&world.caller, &world.school, false);
    sign(&world, world.school.teacher);
    struct version_plan next = {.binds = "staff",
                                .said = "Two.",
                                .changed = "teacher",
                                .rule =
                                    "a teacher MUST NOT accept a friend request from a parent\n"};
    struct id second = version_later(&world.school, &next);
    assert_false(id_same(&first, &second));
    assert_int_equal(get(&world, world.school.teacher, "/sign"), 200);
    assert_true(
        sees(&world, "Since your last signature it has changed what it means for: teacher"));
    assert_true(sees(&world, "What changed for you since you last signed"));
    assert_true(sees(&world, "from a parent"));
    sign(&world, world.school.teacher);
    assert_int_equal(get(&world, world.school.other, "/sign"), 200);
    assert_false(sees(&world, "What changed for you since you last signed"));
    world_close(&world);
}

/* Whoever approved it said why everybody is asked again, and everybody asked can read it. */
static void a_material_change_says_why(void **state)
{
    struct world world;
    (void)state;
    school_open(&world.school);
    version_first(&world.school, &(struct version_plan){.binds = "staff", .said = "One."});
    caller_open(&world.caller, &world.school, false);
    sign(&world, world.school.teacher);
    version_later(&world.school, &(struct version_plan){.binds = "staff",
                                                        .said = "Two.",
                                                        .reason = "The law <changed> in May"});
    assert_int_equal(get(&world, world.school.teacher, "/sign"), 200);
    assert_true(sees(&world, "The law &lt;changed&gt; in May"));
    sign(&world, world.school.teacher);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_it_binds_signs_and_the_event_names_the_clauses),
        cmocka_unit_test(what_speaks_to_a_role_stands_first),
        cmocka_unit_test(a_form_that_was_changed_signs_nothing),
        cmocka_unit_test(a_certificate_is_for_who_signed_and_who_looks_after_it),
        cmocka_unit_test(leaders_see_who_has_signed_team_by_team),
        cmocka_unit_test(the_office_records_a_sheet_and_training),
        cmocka_unit_test(what_changed_stands_before_the_text),
        cmocka_unit_test(a_material_change_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
