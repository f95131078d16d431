/* make-roles: a data folder with the school of the tests, a policy and somebody of every role, signed in already, for tests in a
 * browser. Prints the folder, then a line a person: who (a role's code without hyphens), id, the cookie of their session. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "caller.h"

static void let_in(struct school *school, struct caller *caller, struct slice who, struct id person)
{
    caller_be(caller, person);
    for (size_t i = 0; i < who.length; i++)
        if (who.at[i] != '-') putchar(who.at[i]);
    printf(" %s %.*s\n", school_hex(school, person), SLICE_PRINT(caller->signed_in));
}

static void born(struct school *school, struct id person, const char *given, const char *day)
{
    assert_true(school_do(school, ACT_CHANGE_PERSON, school->office, "person",
                          school_hex(school, person), "given", given, "family", "Pupil", "born",
                          day, NULL)
                    .done);
}

static void add_role(struct school *school, struct caller *caller, enum role role)
{
    const struct role_row *row = role_row(role);
    struct id person = school_person(school, "Robin", "Somebody");
    if (row->trusted) {
        struct outcome proposed =
            school_do(school, ACT_PROPOSE_ROLE, school->admin, "person", school_hex(school, person),
                      "role", row->code.at, "org", school_hex(school, school->top), NULL);
        const char *held = school_hex(school, proposed.made);
        assert_true(school_do(school, ACT_CONFIRM_ROLE, school->head, "held", held, NULL).done);
        assert_true(school_do(school, ACT_CONFIRM_ROLE, school->dsl, "held", held, NULL).done);
    } else {
        school_role(school, person, row->code.at);
    }
    let_in(school, caller, arena_format(school->arena, "a%.*s", SLICE_PRINT(row->code)), person);
}

static void let_in_all(struct school *school, struct caller *caller)
{
    let_in(school, caller, SLICE("admin"), school->admin);
    let_in(school, caller, SLICE("head"), school->head);
    let_in(school, caller, SLICE("dsl"), school->dsl);
    let_in(school, caller, SLICE("office"), school->office);
    let_in(school, caller, SLICE("teacher"), school->teacher);
    let_in(school, caller, SLICE("parent"), school->parent);
    let_in(school, caller, SLICE("pupil"), school->pupil);
    for (int role = 0; role < ROLES; role++) add_role(school, caller, (enum role)role);
}

static void make(void **state)
{
    struct school school;
    struct caller caller;
    (void)state;
    school_open(&school);
    caller_open(&caller, &school, true);
    printf("folder %s\n", school.folder);
    born(&school, school.pupil, "Pia", "2012-02-03");
    assert_true(school_do(&school, ACT_LINK_PARENT, school.office, "child",
                          school_hex(&school, school.pupil), "parent",
                          school_hex(&school, school.parent), NULL)
                    .done);
    let_in_all(&school, &caller);
    caller_close(&caller);
    record_close(school.record);
    arena_free(school.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(make)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
