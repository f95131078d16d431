/* OneRoster 1.1 and 1.2: what becomes of people, roles and links; manifests that are refused; rows
 * that are left out; and that passwords go nowhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/oneroster.h"
#include "roster_show.h"
#include "testing.h"
#include "zip_maker.h"

#define MANIFEST_11(users, orgs, births)                                                           \
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs," orgs             \
    "\nfile.users," users "\nfile.demographics," births "\nfile.classes,absent\n"                  \
    "source.systemName,Test\n"
#define MANIFEST_12(users, orgs, roles)                                                            \
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs," orgs             \
    "\nfile.users," users "\nfile.roles," roles "\nfile.demographics,absent\n"
#define USERS_11                                                                                   \
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName," \
    "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
#define USERS_12                                                                                   \
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"         \
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,"                       \
    "preferredGivenName,preferredFamilyName,metadata.house\n"
#define ORGS "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
#define ORGS_TWO ORGS "t1,,,Trust,district,,\ns1,,,North School,school,100001,t1\n"
#define ROLES                                                                                      \
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,"             \
    "orgSourcedId,userProfileSourcedId\n"

/* What a folder comes to, as text; "refused: SENTENCE" where it is unusable. */
static void shown(const char *const *parts, struct text *text)
{
    AUTO(arena) struct arena *files = arena_new();
    AUTO(arena) struct arena *arena = arena_new();
    struct bundle bundle;
    struct roster roster;
    struct error error = {0};
    folder_of(&bundle, files, parts);
    if (oneroster_read(&bundle, arena, &roster, &error))
        roster_show(&roster, text);
    else
        text_format(text, "refused: %s %s", error.sentence, error.advice);
}

static void expect(const char *const *parts, const char *expected)
{
    AUTO_TEXT struct text text;
    text_init(&text, (size_t)1 << 20);
    shown(parts, &text);
    if (!slice_is(text_slice(&text), expected))
        fail_msg("found\n%s\nexpected\n%s", text.at, expected);
}

static void expect_line(const char *const *parts, const char *line)
{
    AUTO_TEXT struct text text;
    text_init(&text, (size_t)1 << 20);
    shown(parts, &text);
    assert_says(text.at, line);
}

static void a_whole_1_1_set_is_read(void **state)
{
    (void)state;
    expect(
        (const char *const[]){
            "manifest.csv", MANIFEST_11("bulk", "bulk", "bulk"), "orgs.csv", ORGS_TWO, "users.csv",
            USERS_11 "p1,,,true,\"s1\",student,amy,{UPN:X},Amy,Ash,,,amy@n.example,,,g1,4,pw\n"
                     "p2,,,false,s1,student,,,Ben,Ash,,,,,,,4,\n"
                     "g1,,,true,s1,guardian,,,Cat,Ash,,,,07,,\"p1, p2\",,\n"
                     "e1,,,true,\"s1,t1\",teacher,,,Dan,O'Elm,,,,,01 2,,,\n"
                     "e2,,,true,s1,aide,,,Zo\xC3\xAB,Fir,,,,,,,,\n",
            "demographics.csv",
            "sourcedId,status,dateLastModified,birthDate,sex\np1,,,2014-02-28,\np2,,,,\n", NULL},
        "org t1 Trust trust\n"
        "org s1 North School school < t1\n"
        "person p1 present Amy|Ash||2014-02-28|amy@n.example||amy\n"
        "role p1 pupil@s1\n"
        "person p2 present Ben|Ash|||||\n" /* enabledUser=false is not gone */
        "role p2 pupil@s1\n"
        "person g1 present Cat|Ash||||07|\n"
        "role g1 parent@s1\n"
        "person e1 present Dan|O'Elm||||01 2|\n"
        "role e1 teacher@s1\n"
        "role e1 teacher@t1\n"
        "person e2 present Zo\xC3\xAB|Fir|||||\n"
        "role e2 teaching-assistant@s1\n"
        "link g1>p1\n" /* said from both sides, once */
        "link g1>p2\n");
}

static void a_whole_1_2_set_is_read(void **state)
{
    (void)state;
    expect((const char *const[]){"manifest.csv", MANIFEST_12("bulk", "bulk", "bulk"), "orgs.csv",
                                 ORGS_TWO, "users.csv",
                                 USERS_12 "u1,,,true,,,Eve,Oak,,,,,,,,pw,Evie,,red\n"
                                          "u2,,,true,,,Finn,Yew,,,,,,u1,,,,Yewing,\n"
                                          "u3,,,true,,,Gil,Bay,,,,,,,,,,,\n",
                                 "roles.csv",
                                 ROLES "r1,,,u1,primary,principal,2020-09-01,2024-08-31,s1,\n"
                                       "r2,,,u1,secondary,parent,,,s1,\n"
                                       "r3,,,u2,primary,student,,,s1,\n"
                                       "r4,,,u3,primary,systemAdministrator,2024-09-01,2024-01-01,"
                                       "s9,\n"
                                       "r5,,,u9,primary,teacher,,,s1,\n",
                                 NULL},
           "org t1 Trust trust\n"
           "org s1 North School school < t1\n"
           "person u1 present Eve|Oak|Evie||||\n"
           "role u1 headteacher@s1 2020-09-01..2024-08-31\n"
           "role u1 parent@s1\n"
           "person u2 present Finn|Yew|Finn Yewing||||\n"
           "role u2 pupil@s1\n"
           "person u3 present Gil|Bay|||||\n"
           "role u3 administrator@ 2024-09-01..\n"
           "link u1>u2\n"
           "problem roles.csv:5:48 u3 endDate: the role ends before it begins (field left out)\n"
           "problem roles.csv:6:6 u9 userSourcedId: the person is not in the file of people (row "
           "left out)\n"
           "problem orgs.csv:0:0 u3 : a role names an organisation that is not in the file (field "
           "left out)\n");
}

static void changes_say_only_what_they_say(void **state)
{
    (void)state;
    expect((const char *const[]){"manifest.csv", MANIFEST_12("delta", "absent", "delta"),
                                 "users.csv",
                                 USERS_12 "u1,tobedeleted,2024-01-01T00:00:00Z,,,,,,,,,,,,,,,,\n"
                                          "u2,active,2024-01-01,,,,Finn,Yew,,,,,,u7,,,,,\n"
                                          "u3,gone,,,,,Gil,Bay,,,,,,,,,,,\n",
                                 "roles.csv",
                                 ROLES "r1,tobedeleted,,u5,primary,teacher,,,s1,\n"
                                       "r2,active,,u3,primary,student,,,s1,\n",
                                 NULL},
           "person u1 removed ||||||\n"
           "person u2 present Finn|Yew|||||\n"
           "person u3 present Gil|Bay|||||\n"
           "role u3 pupil@s1?\n"
           "person u5 partial ||||||\n"
           "role u5 teacher@s1? removed\n"
           "claim u2?u7\n"
           "problem users.csv:4:4 u3 status: the status is neither active nor tobedeleted (field "
           "left out)\n");
}

static void manifests_in_doubt_refuse_the_set(void **state)
{
    (void)state;
    static const struct {
        const char *manifest, *says;
    } cases[] = {
        {"", "refused: The file is empty"},
        {"name,value\na,b\n", "has no columns propertyName and value"},
        {"propertyName,value\noneroster.version,1.1\nfile.users,bulk\nfile.orgs,bulk\n",
         "does not say its own version"},
        {"propertyName,value\nmanifest.version,1.0\nfile.users,bulk\nfile.orgs,bulk\n",
         "does not say its OneRoster version"},
        {"propertyName,value\nmanifest.version,2.0\n", "a version other than 1.0"},
        {"propertyName,value\nmanifest.version,1.0\noneroster.version,1.0\n", "other than 1.1"},
        {"propertyName,value\nmanifest.version,1.0\nmanifest.version,1.0\n", "twice"},
        {"propertyName,value\nmanifest.version,1.0\nschool.mood,good\n", "does not know"},
        {"propertyName,value\nmanifest.version,1.0\nfile.users,some\n", "neither absent"},
        {"propertyName,value\nmanifest.version,1.0\nfile.users,absent\n", "is absent, and it is"},
        {"propertyName,value\nmanifest.version,1.0\nfile.roles,bulk\n", "promises a file"},
        {"propertyName,value\nmanifest.version,1.0,x\n", "line that cannot be read"},
        {"propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.users,bulk\n"
         "file.orgs,delta\n",
         "without all organisations"},
        {"propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,bulk\n"
         "file.orgs,bulk\n",
         "without all their roles"},
        {"propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\n",
         "there are no users"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_line((const char *const[]){"manifest.csv", cases[i].manifest, "orgs.csv", ORGS,
                                          "users.csv", USERS_11, NULL},
                    cases[i].says);
    expect_line((const char *const[]){"users.csv", USERS_11, NULL}, "manifest.csv is missing");
}

/* One users.csv after a sound manifest, orgs and a sound first pupil. */
static void expect_user(const char *rows, const char *line)
{
    AUTO_TEXT struct text users;
    text_init(&users, (size_t)1 << 20);
    text_add_string(&users, USERS_11 "ok,,,,s1,student,,,Amy,Ash,,,,,,,,\n");
    text_add_string(&users, rows);
    expect_line((const char *const[]){"manifest.csv", MANIFEST_11("bulk", "bulk", "absent"),
                                      "orgs.csv", ORGS_TWO, "users.csv", users.at, NULL},
                line);
}

static void rows_in_doubt_are_left_out_and_named(void **state)
{
    (void)state;
    expect_user("x,,,,s1,student,,,,,,,,,,,,\n", "x givenName: the row has no name (row left out)");
    expect_user("x,,,,s1,student,,,,,,,,,,,,\n", "person x unread ||||||\n");
    expect_user(",,,,s1,student,,,Bo,Elm,,,,,,,,\n", "users.csv:3:1  sourcedId: the row has no id");
    expect_user("x,,\n", "users.csv:3:1 x : the row has not as many cells");
    expect_user("x,,\n", "person x unread ||||||\n");
    expect_user("x,,,,s1,student,,,B\x01o,Elm,,,,,,,,\n",
                "users.csv:3:20 x givenName: a control character stands in a cell (row left out)");
    expect_user("x,,,,s1,janitor,,,Bo,Elm,,,,,,,,\n", "x role: this role is not known here");
    expect_user("x,,,,s1,relative,,,Bo,Elm,,,,,,ok,,\n", "a relative is not taken for a parent");
    expect_user("x,,,,s1,relative,,,Bo,Elm,,,,,,ok,,\n", "the two are not a parent and a pupil");
    expect_user("x,,,,s1,student,,,Bo,Elm,,,at.example,,,,,\n",
                "x email: this is no e-mail address (field left out)");
    expect_user("x,,,,s1,student,,,Bo,Elm,,,a@b@c,,,,,\n", "this is no e-mail");
    expect_user("x,,,,,student,,,Bo,Elm,,,,,,,,\n", "the role is at no organisation (noted)");
    expect_user("x,,,,s1,parent,,,Bo,Elm,,,,,,nobody,,\n", "the person named is not in the file");
    expect_user("x,,,,s1,teacher,,,Bo,Elm,,,,,,ok,,\n", "the two are not a parent and a pupil");
    expect_user("x,,,,s1,student,,,\"Bo\nBa\",Elm,,,,,,,,\n",
                "x givenName: the text has a line break or a tab in it (field left out)");
    expect_user("x,,,,s1,student,,,Jos\xE9,Elm,,,,,,,,\n", "person x present Jos\xC3\xA9|Elm|");
    expect_user("x,,,,s1,student,,,Jos\xE9,Elm,,,,,,,,\n",
                "users.csv:3:0  : the file is not UTF-8");
    expect_user("x,,,,s1,student,,,\"Bo,Elm\n", "refused: A quotation mark opens a cell");
}

static void two_people_with_one_id_are_both_left_alone(void **state)
{
    (void)state;
    const char *twice = "x,,,,s1,student,,,Bo,Elm,,,,,,,,\nx,,,,s1,student,,,Di,Elm,,,,,,,,\n";
    expect_user(twice, "person x unread ||||||\n");
    expect_user(twice, "users.csv:4:1 x sourcedId: two people have this id (row left out)");
    /* the same person at two schools is one */
    const char *again = "x,,,,s1,teacher,,,Bo,Elm,,,,,,,,\nx,,,,t1,teacher,,,Bo,Elm,,,b@c,,,,,\n";
    expect_user(again, "person x present Bo|Elm|||b@c||\nrole x teacher@s1\nrole x teacher@t1\n");
}

static void organisations_that_go_round_are_cut(void **state)
{
    (void)state;
    const char *parts[] = {"manifest.csv",
                           MANIFEST_11("bulk", "bulk", "absent"),
                           "orgs.csv",
                           ORGS "a,,,A,school,,b\nb,,,B,school,,a\nc,,,C,school,,zz\na,,,A,,,\n",
                           "users.csv",
                           USERS_11,
                           NULL};
    expect_line(parts, "a parentSourcedId: the organisations above it go round in a circle");
    expect_line(parts, "c parentSourcedId: the organisation above it is not in the file");
    expect_line(parts, "orgs.csv:5:1 a sourcedId: another organisation has this id");
}

static void columns_are_needed_by_name(void **state)
{
    (void)state;
    const char *parts[] = {"manifest.csv",
                           MANIFEST_11("bulk", "bulk", "absent"),
                           "orgs.csv",
                           ORGS_TWO,
                           "users.csv",
                           "sourcedId,givenname,familyName,role,orgSourcedIds\n",
                           NULL};
    expect_line(parts, "refused: The file has no column called \"givenName\".");
}

/* ---- passwords --------------------------------------------------------------------------------- */

/* How often the secret stands in this process's writable memory. */
static size_t times_in_memory(const char *secret, size_t length)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    FILE *memory = fopen("/proc/self/mem", "rb");
    if (maps == NULL || memory == NULL) skip();
    size_t times = 0;
    size_t space = (size_t)1 << 20;
    char *piece = malloc(space);
    char line[600];
    while (fgets(line, sizeof line, maps) != NULL) {
        char *rest;
        unsigned long from = strtoul(line, &rest, 16);
        unsigned long to = strtoul(rest + 1, &rest, 16);
        if (strncmp(rest, " rw", 3) != 0 || to - from > ((unsigned long)1 << 30)) continue;
        for (unsigned long at = from; at < to; at += space - length) {
            size_t most = to - at < space ? to - at : space;
            if (fseek(memory, (long)at, SEEK_SET) != 0) break;
            size_t got = fread(piece, 1, most, memory);
            for (size_t i = 0; i + length <= got; i++)
                times += piece[i] == secret[0] && memcmp(piece + i, secret, length) == 0 &&
                         at + i != (unsigned long)(uintptr_t)secret;
            if (got < most) break;
        }
        memset(piece, 0, space);
    }
    free(piece);
    fclose(maps);
    fclose(memory);
    return times;
}

static void no_password_outlives_the_file(void **state)
{
    (void)state;
    /* made at run time, in one place that is not counted */
    char secret[25];
    for (size_t i = 0; i < 24; i++) secret[i] = (char)('a' + (i * i * 7 + i * 3 + 5) % 26);
    secret[24] = '\0';
    AUTO_TEXT struct text users;
    text_init(&users, (size_t)1 << 20);
    text_add_string(&users, USERS_11);
    /* doubled quotes and a byte that is no UTF-8, so that a reader that decoded it would copy it */
    text_format(&users, "p1,,,,s1,student,,,Amy,\"A\"\"sh\",,,,,,,,\"%s\"\"\xE9\"\n", secret);
    const struct zip_made files[] = {
        {.name = "manifest.csv", .content = MANIFEST_11("bulk", "bulk", "absent")},
        {.name = "orgs.csv", .content = ORGS_TWO},
        {.name = "users.csv", .content = users.at, .deflate = true}};
    AUTO_TEXT struct text zip;
    text_init(&zip, (size_t)1 << 20);
    zip_make(&zip, files, 3, "");
    explicit_bzero(users.at, users.length);
    AUTO(arena) struct arena *files_arena = arena_new();
    AUTO(arena) struct arena *arena = arena_new();
    struct bundle bundle;
    struct roster roster;
    struct error error = {0};
    assert_done(bundle_zip(&bundle, SLICE("r.zip"), text_slice(&zip), files_arena, &error), &error);
    assert_done(oneroster_read(&bundle, arena, &roster, &error), &error);
    assert_int_equal(roster.people.count, 1);
    explicit_bzero(zip.at, zip.length); /* the raw buffer itself; short text deflates as it is */
    assert_int_equal(times_in_memory(secret, 24), 0);
    /* and the search does find what is there */
    char *copy = malloc(64);
    memcpy(copy + 8, secret, 25);
    assert_true(times_in_memory(secret, 24) >= 1);
    explicit_bzero(copy, 64);
    free(copy);
}

static void user_profiles_are_not_opened(void **state)
{
    (void)state;
    /* it would not even parse */
    const char *parts[] = {"manifest.csv",
                           MANIFEST_12("bulk", "bulk", "bulk") "file.userProfiles,bulk\n",
                           "orgs.csv",
                           ORGS_TWO,
                           "users.csv",
                           USERS_12 "u1,,,true,,,Eve,Oak,,,,,,,,,,,\n",
                           "roles.csv",
                           ROLES "r1,,,u1,primary,teacher,,,s1,\n",
                           "userProfiles.csv",
                           "\xFF\xFE\"",
                           "notes.txt",
                           "x",
                           NULL};
    expect_line(parts, "person u1 present Eve|Oak|");
    expect_line(parts, "problem notes.txt:0:0  : this is no file of OneRoster and was not read");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_1_1_set_is_read),
        cmocka_unit_test(a_whole_1_2_set_is_read),
        cmocka_unit_test(changes_say_only_what_they_say),
        cmocka_unit_test(manifests_in_doubt_refuse_the_set),
        cmocka_unit_test(rows_in_doubt_are_left_out_and_named),
        cmocka_unit_test(two_people_with_one_id_are_both_left_alone),
        cmocka_unit_test(organisations_that_go_round_are_cut),
        cmocka_unit_test(columns_are_needed_by_name),
        cmocka_unit_test(no_password_outlives_the_file),
        cmocka_unit_test(user_profiles_are_not_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
