/* School Data Sync v2.1: the set as a whole, kinship, and what is left out. */
#include "format/sds.h"
#include "roster_show.h"
#include "testing.h"

#define ORGS "sourcedId,name,type,parentSourcedId\nd,Trust,district,\ns,North,school,d\n"
#define USERS                                                                                      \
    "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms\n"
#define ROLES                                                                                      \
    "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\n"
#define KIN "userSourcedId,relationshipUserSourcedId,relationshipRole\n"

static void expect(const char *const *parts, const char *expected, bool whole)
{
    AUTO(arena) struct arena *files = arena_new();
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text text;
    text_init(&text, (size_t)1 << 20);
    struct bundle bundle;
    struct roster roster;
    struct error error = {0};
    folder_of(&bundle, files, parts);
    if (sds_read(&bundle, arena, &roster, &error))
        roster_show(&roster, &text);
    else
        text_format(&text, "refused: %s", error.sentence);
    if (!whole)
        assert_says(text.at, expected);
    else if (!slice_is(text_slice(&text), expected))
        fail_msg("found\n%s\nexpected\n%s", text.at, expected);
}

static void a_whole_set_is_read(void **state)
{
    (void)state;
    expect((const char *const[]){"orgs.csv", ORGS, "users.csv",
                                 USERS "1,amy@n,Amy,Ash,pw,,,,\n2,cat,Cat,Ash,,,c@x.example,,07\n"
                                       "3,dan@n,Dan,Elm,,,,01,\n",
                                 "roles.csv",
                                 ROLES "1,s,student,,4,,2024-09-01,20250831\n"
                                       "3,s,teacherAssistant,,,true,2024-09-01T00:00:00,\n"
                                       "3,s,alumni,,,,,\n",
                                 "relationships.csv", KIN "1,2,guardian\n1,2,parent\n1,3,doctor\n",
                                 "demographics.csv", "userSourcedId,sex,birthDate\n1,,2014-02-28\n",
                                 NULL},
           "org d Trust trust\n"
           "org s North school < d\n"
           "person 1 present Amy|Ash||2014-02-28|||amy@n\n"
           "role 1 pupil@s 2024-09-01..2025-08-31\n"
           "person 2 present Cat|Ash|||c@x.example|07|cat\n"
           "role 2 parent@\n"
           "person 3 present Dan|Elm||||01|dan@n\n"
           "role 3 teaching-assistant@s 2024-09-01..\n"
           "link 2>1\n"
           "problem roles.csv:4:5 3 role: this role is not known here (field left out)\n"
           "problem relationships.csv:4:5 1 relationshipRole: only a parent or guardian is linked "
           "to a pupil (row left out)\n",
           true);
}

static void kinship_in_doubt_is_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *says;
    } cases[] = {
        {KIN "1,9,parent\n", "1 relationshipUserSourcedId: the person named is not in the file"},
        {KIN "1,1,parent\n", "or is the pupil"},
        {KIN "2,1,parent\n", "2 userSourcedId: this is no pupil"},
        {KIN "9,1,parent\n", "9 userSourcedId: the person is not in the file of people"},
        {"userSourcedId,relationshipRole\n", "no column called \"relationshipUserSourcedId\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect((const char *const[]){"orgs.csv", ORGS, "users.csv",
                                     USERS "1,a,Amy,Ash,,,,,\n2,c,Cat,Ash,,,,,\n", "roles.csv",
                                     ROLES "1,s,student,,,,,\n", "relationships.csv", cases[i].rows,
                                     NULL},
               cases[i].says, false);
}

static void the_three_files_are_needed(void **state)
{
    (void)state;
    expect((const char *const[]){"orgs.csv", ORGS, "users.csv", USERS, NULL},
           "refused: roles.csv is missing", false);
    AUTO(arena) struct arena *arena = arena_new();
    struct bundle bundle;
    folder_of(&bundle, arena, (const char *const[]){"orgs.csv", "", "users.csv", "", NULL});
    assert_false(sds_looks_like(&bundle));
    assert_true(bundle_add(&bundle, SLICE("roles.csv"), SLICE_EMPTY, NULL));
    assert_true(sds_looks_like(&bundle));
    assert_true(bundle_add(&bundle, SLICE("manifest.csv"), SLICE_EMPTY, NULL));
    assert_false(sds_looks_like(&bundle));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_set_is_read),
        cmocka_unit_test(kinship_in_doubt_is_left_out),
        cmocka_unit_test(the_three_files_are_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
