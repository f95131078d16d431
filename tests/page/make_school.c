/* make-school: a data folder with the school of the tests and people who are signed in already, for tests in a browser. Prints
 * the folder, then a line a person: what they are, id, the cookie of their session. */
#include "../web/check.h"

#include <stdio.h>
#include <string.h>

#include "page/here.h"
#include "visitor.h"

static void let_in(struct school *school, const char *who, struct id person)
{
    char email[60];
    snprintf(email, sizeof email, "%s@hill.example", who);
    struct slice cookie = school_sign_in(school, person, email);
    printf("%s %s %.*s\n", who, school_hex(school, person), SLICE_PRINT(cookie));
}

static const char *const families[] = {"Abara",  "Begum", "Castle",  "Devlin", "Eze",
                                       "Farrow", "Grant", "Hussain", "Ives",   "Jones",
                                       "Kaur",   "Lowe",  "Mensah",  "Novak"};
static const char *const givens[] = {"Amina", "Ben", "Cara", "Dev", "Ella", "Femi", "Grace", "Hal"};

/* More pupils than fit on one page of a list. */
static void add_pupils(struct school *school)
{
    for (size_t i = 0; i < 14; i++)
        for (size_t k = 0; k < 8; k++)
            school_role(school, school_person(school, givens[k], families[i]), "pupil");
}

static void make(void **state)
{
    struct school school;
    (void)state;
    school_open(&school);
    printf("folder %s\n", school.folder);
    let_in(&school, "admin", school.admin);
    let_in(&school, "head", school.head);
    let_in(&school, "dsl", school.dsl);
    let_in(&school, "office", school.office);
    let_in(&school, "governor", school.governor);
    let_in(&school, "teacher", school.teacher);
    let_in(&school, "parent", school.parent);
    printf("pupil %s -\n", school_hex(&school, school.pupil));
    add_pupils(&school);
    record_close(school.record);
    arena_free(school.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(make)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
