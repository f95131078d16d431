/* When there is school, from academicSessions.csv: the finest sessions that fill the coarser ones, and nothing that loses a
 * school day; what cannot be used is named and keeps nobody out. */
#include <string.h>

#include "format/oneroster.h"
#include "format/sds.h"
#include "format/sessions.h"
#include "roster_show.h"
#include "testing.h"

#define HEAD                                                                                       \
    "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
#define YEAR "y,,,2026,schoolYear,2026-09-02,2027-07-21,,2027\n"
#define AUTUMN "a,,,Autumn,term,2026-09-02,2026-12-18,y,2027\n"
#define FIRST_HALF "a1,,,Autumn 1,gradingPeriod,2026-09-02,2026-10-23,a,2027\n"
#define SECOND_HALF "a2,,,Autumn 2,gradingPeriod,2026-11-02,2026-12-18,a,2027\n"
#define MANIFEST(mode)                                                                             \
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\n"            \
    "file.users,bulk\nfile.academicSessions," mode "\n"
#define USERS                                                                                      \
    "sourcedId,orgSourcedIds,role,status,username,givenName,familyName\n"                          \
    "e1,s1,teacher,,,Eve,Oak\n"
#define ORGS "sourcedId,name,type\ns1,North,school\n"
#define PEOPLE "org s1 North school\nperson e1 present Eve|Oak|||||\nrole e1 teacher@s1\n"

static const char sds_sessions[] = "sourcedId,title,type,schoolYear,startDate,endDate\n"
                                   "1,Autumn,term,2027,2026-09-02,2026-12-18\n";

static void show(const char *manifest, const char *sessions, struct text *text)
{
    AUTO(arena) struct arena *files = arena_new();
    AUTO(arena) struct arena *arena = arena_new();
    static const char users[] = USERS;
    const char *parts[] = {"manifest.csv",         manifest, "orgs.csv", ORGS, "users.csv", users,
                           "academicSessions.csv", sessions, NULL};
    struct bundle bundle;
    struct roster roster;
    struct error error = {0};
    folder_of(&bundle, files, parts);
    if (!oneroster_read(&bundle, arena, &roster, &error)) fail_msg("%s", error.sentence);
    assert_int_equal(roster.people.count, 1);
    assert_int_equal(roster.rows_left_out, 0);
    roster_show(&roster, text);
}

/* What it says of terms and of the file of sessions; people are there whatever it says. */
static void expect(const char *sessions, const char *expected)
{
    AUTO_TEXT struct text text;
    AUTO_TEXT struct text found;
    struct slice rest, line;
    text_init(&text, 100000);
    text_init(&found, 100000);
    show(MANIFEST("bulk"), sessions, &text);
    rest = text_slice(&text);
    while (slice_line(&rest, &line)) {
        if (!slice_starts(line, SLICE("term ")) &&
            !slice_starts(line, SLICE("problem academicSessions")))
            continue;
        text_add(&found, line);
        text_add_char(&found, '\n');
    }
    assert_string_equal(found.at, expected);
}

static void halves_take_the_place_of_their_term(void **state)
{
    (void)state;
    expect(HEAD YEAR AUTUMN FIRST_HALF SECOND_HALF,
           "term 2026-09-02..2026-10-23\nterm 2026-11-02..2026-12-18\n");
    /* whatever their order, and without parents */
    expect(HEAD "a2,,,,gradingPeriod,2026-11-02,2026-12-18,,\n"
                "a,,,,term,2026-09-02,2026-12-18,,\na1,,,,gradingPeriod,2026-09-02,2026-10-23,,\n",
           "term 2026-09-02..2026-10-23\nterm 2026-11-02..2026-12-18\n");
    /* terms within semesters within a year, each half of the next */
    expect(HEAD YEAR "s,,,,semester,2026-09-02,2027-03-25,y,\na,,,,term,2026-09-02,2026-12-18,s,\n"
                     "b,,,,quarter,2027-01-04,2027-03-25,s,\n",
           "term 2026-09-02..2026-12-18\nterm 2027-01-04..2027-03-25\n");
}

static void a_term_that_is_not_filled_stays_whole(void **state)
{
    (void)state;
    expect(HEAD AUTUMN FIRST_HALF, "term 2026-09-02..2026-10-23\nterm 2026-09-02..2026-12-18\n");
    expect(HEAD AUTUMN "e,,,Tests,gradingPeriod,2026-11-16,2026-11-20,a,\n",
           "term 2026-09-02..2026-12-18\nterm 2026-11-16..2026-11-20\n");
    /* the halves of another school's term are none of its own */
    expect(HEAD AUTUMN "b1,,,,gradingPeriod,2026-09-02,2026-10-23,b,\n"
                       "b2,,,,gradingPeriod,2026-11-02,2026-12-18,b,\n",
           "term 2026-09-02..2026-10-23\nterm 2026-09-02..2026-12-18\n"
           "term 2026-11-02..2026-12-18\n");
}

static void what_cannot_be_used_is_named(void **state)
{
    (void)state;
    expect(HEAD YEAR, "problem academicSessions.csv:0:0  : it names school years and no terms, so "
                      "the holidays are not known from it (noted)\n");
    expect(HEAD AUTUMN "x,,,,fortnight,2026-09-02,2026-12-18,,\n",
           "term 2026-09-02..2026-12-18\nproblem academicSessions.csv:3:6 x type: this is no kind "
           "of session that is known here; no term is taken from it (noted)\n");
    expect(HEAD AUTUMN "x,,,,term,2027-03-25,2027-01-04,,\n",
           "term 2026-09-02..2026-12-18\nproblem academicSessions.csv:3:22 x endDate: the session "
           "ends before it begins; no term is taken from it (noted)\n");
    expect(HEAD "x,tobedeleted,,,term,2026-09-02,2026-12-18,,\n", "");
    expect(HEAD, "");
    expect("sourcedId,title\n1,Autumn\n",
           "problem academicSessions.csv:0:0  : it does not say type, startDate and endDate, so no "
           "terms are taken from it (noted)\n");
}

static void changes_alone_are_not_read(void **state)
{
    (void)state;
    AUTO_TEXT struct text text;
    text_init(&text, 100000);
    show(MANIFEST("delta"), HEAD AUTUMN, &text);
    assert_string_equal(text.at, PEOPLE);
}

static void there_is_an_end_to_it(void **state)
{
    (void)state;
    AUTO_TEXT struct text sessions;
    AUTO_TEXT struct text text;
    text_init(&sessions, 1000000);
    text_init(&text, 1000000);
    text_add_string(&sessions, HEAD);
    for (int i = 0; i < 5000; i++)
        text_format(&sessions, "s%d,,,,%s,20%02d-09-02,20%02d-12-18,,\n", i,
                    i % 2 == 0 ? "term" : "gradingPeriod", i % 90 + 10, i % 90 + 10);
    show(MANIFEST("bulk"), sessions.at, &text);
    assert_says(text.at, "it holds more than 1000 sessions; the rest are not read");
}

static void school_data_sync_has_the_same_file(void **state)
{
    (void)state;
    AUTO(arena) struct arena *files = arena_new();
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text text;
    static const char *const parts[] = {
        "orgs.csv",
        "sourcedId,name,type\ns1,North,school\n",
        "users.csv",
        "sourcedId,username,givenName,familyName\ne1,eve@n.example,Eve,Oak\n",
        "roles.csv",
        "userSourcedId,orgSourcedId,role\ne1,s1,teacher\n",
        "academicSessions.csv",
        sds_sessions,
        NULL};
    struct bundle bundle;
    struct roster roster;
    struct error error = {0};
    text_init(&text, 100000);
    folder_of(&bundle, files, parts);
    assert_true(sds_read(&bundle, arena, &roster, &error));
    roster_show(&roster, &text);
    assert_says(text.at, "term 2026-09-02..2026-12-18\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(halves_take_the_place_of_their_term),
        cmocka_unit_test(a_term_that_is_not_filled_stays_whole),
        cmocka_unit_test(what_cannot_be_used_is_named),
        cmocka_unit_test(changes_alone_are_not_read),
        cmocka_unit_test(there_is_an_end_to_it),
        cmocka_unit_test(school_data_sync_has_the_same_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
