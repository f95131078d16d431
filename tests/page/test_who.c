/* Who is who: what a policy leaves to the register of people is answered from it, beside the clause. Run once a policy, named by
 * LANYARD_POLICY; the norms that came out are listed for `lanyard cover --shown`. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "caller.h"

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

static void show(struct world *world, struct id who)
{
    caller_be(&world->caller, who);
    assert_int_equal(caller_get(&world->caller, "/who"), 200);
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

/* The page names the norm, and says what the record knows of it. */
static void shown(struct world *world, const char *norm, const char *answer, int line)
{
    const char *file = getenv("LANYARD_NORMS_SHOWN");
    if (!has(world, norm)) return;
    if (!caller_sees(&world->caller, norm)) fail_msg("%s is not on the page", norm);
    if (!caller_sees(&world->caller, answer)) fail_msg("the page does not say: %s", answer);
    FILE *out = file != NULL ? fopen(file, "a") : NULL;
    if (out == NULL) return;
    fprintf(out, "%s\ttests/page/test_who.c:%d\trecord\n", norm, line);
    fclose(out);
}

static void a_parent_is_whoever_is_linked_to_a_pupil(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct school *school = &world.school;
    show(&world, school->parent);
    assert_false(caller_sees(&world.caller, "Parent or carer of"));
    assert_true(school_do(school, ACT_LINK_PARENT, school->office, "child",
                          school_hex(school, school->pupil), "parent",
                          school_hex(school, school->parent), NULL)
                    .done);
    show(&world, school->parent);
    shown(&world, "geeksroom-006", "Parent or carer of 1 pupil here", __LINE__);
    shown(&world, "imbue-006", "Parent or carer of 1 pupil here", __LINE__);
    assert_true(school_do(school, ACT_BAR_PARENT, school->head, "child",
                          school_hex(school, school->pupil), "parent",
                          school_hex(school, school->parent), "reason", "a court order", NULL)
                    .done);
    show(&world, school->parent);
    assert_false(caller_sees(&world.caller, "Parent or carer of"));
    world_close(&world);
}

static void the_top_answers_and_each_head_sees_to_it(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct school *school = &world.school;
    struct slice name = record_name(school->record);
    show(&world, school->teacher);
    struct slice said =
        arena_format(school->arena, "%.*s answers for the policy as a whole.", SLICE_PRINT(name));
    shown(&world, "qegsmat-056", said.at, __LINE__);
    assert_true(caller_sees(&world.caller, "Headteacher"));
    struct outcome made = school_do(school, ACT_ADD_ORGANISATION, school->admin, "name",
                                    "Brook Academy", "kind", "school", NULL);
    assert_true(made.done);
    show(&world, school->teacher);
    assert_true(caller_sees(&world.caller, "Brook Academy"));
    shown(&world, "qegsmat-057", "Nobody. What goes to this role goes to the next in line.",
          __LINE__);
    world_close(&world);
}

static void nobody_reads_it_without_signing_in(void **state)
{
    struct world world;
    struct id nobody = {{0}};
    (void)state;
    world_open(&world);
    caller_be(&world.caller, nobody);
    assert_int_equal(caller_get(&world.caller, "/who"), 303);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parent_is_whoever_is_linked_to_a_pupil),
        cmocka_unit_test(the_top_answers_and_each_head_sees_to_it),
        cmocka_unit_test(nobody_reads_it_without_signing_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
