/* Mappings: every mistake with its line and what to write instead, every way to write a date, and
 * tables read by them. */
#include "format/mapping.h"
#include "format/mapping_date.h"
#include "roster_show.h"
#include "testing.h"

#define GOOD                                                                                       \
    "# nightly\n\nAdno = source id\nForename = given name\nSurname = family name\n"                \
    "Known As = known as\nDOB = date of birth\ndate format = dd/mm/yyyy\nPost = role\n"            \
    "role value Class Teacher = teacher\nrole value Agency = nothing\nSchool = school\n"           \
    "School Name = school name\nLeaving = left on\nParents = parents\nE=mail = email\n"

static void refused(const char *text, size_t line, const char *says, const char *advises)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct mapping mapping;
    struct error error = {0};
    assert_false(mapping_parse(SLICE("m.txt"), slice_of(text), arena, &mapping, &error));
    assert_says(error.sentence, says);
    assert_says(error.advice, advises);
    assert_int_equal(error.line, line);
    assert_string_equal(error.file, "m.txt");
}

static void mistakes_are_named_with_their_line(void **state)
{
    (void)state;
    refused("Adno\n", 1, "not of the form", "Surname = family name");
    refused("# x\nAdno = \n", 2, "not of the form", "");
    refused("= source id\n", 1, "not of the form", "");
    refused("Adno = id\n", 1, "no field of ours", "source id, given name");
    refused("A = source id\nB = source id\n", 2, "has a column already", "one line for each field");
    refused("Login Password = username\n", 1, "passwords is never read", "out of the report");
    refused("PWD = username\n", 1, "passwords", "");
    refused("date format = dd/mm/yy\n", 1, "not known", "dd/mm/yyyy");
    refused("date format = yyyymmdd\ndate format = yyyymmdd\n", 2, "twice", "");
    refused("role value Cook = cook\n", 1, "no role of ours", "support-staff");
    refused("every role = pupils\n", 1, "no role of ours", "");
    refused("every role = pupil\nevery role = parent\n", 2, "twice", "");
    refused("every school = 1\nevery school = 2\n", 2, "twice", "");
    refused("role value A = pupil\nrole value a = parent\n", 2, "has a line already", "capital");
    refused("\xFF = source id\n", 1, "not UTF-8", "");
    refused("", 0, "No column is the source id", "Adno = source id");
    refused("A = source id\n", 0, "No column is a name", "");
    refused("A = source id\nB = family name\n", 0, "said once what people are", "every role");
    refused("A = source id\nB = family name\nC = role\nevery role = pupil\n", 0, "said once", "");
    refused("A = source id\nB = family name\nevery role = pupil\nrole value x = pupil\n", 0,
            "no role column", "");
    refused("A = source id\nB = family name\nevery role = pupil\nC = school\nevery school = 1\n", 0,
            "Both a school column", "");
    refused("A = source id\nB = family name\nevery role = pupil\nC = date of birth\n", 0,
            "how they are written", "date format");
    AUTO(arena) struct arena *arena = arena_new();
    struct mapping mapping;
    struct error error = {0};
    struct slice large = {"", MAPPING_SIZE_LARGEST + 1};
    assert_false(mapping_parse(SLICE("m"), large, arena, &mapping, &error));
}

static void shown(const char *mapping_text, const char *csv, struct text *text)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct mapping mapping;
    struct bundle bundle;
    struct roster roster;
    struct error error = {0};
    assert_done(mapping_parse(SLICE("m"), slice_of(mapping_text), arena, &mapping, &error), &error);
    folder_of(&bundle, arena, (const char *const[]){"r.csv", csv, NULL});
    if (mapping_read(&mapping, &bundle, SLICE("r.csv"), arena, &roster, &error))
        roster_show(&roster, text);
    else
        text_format(text, "refused: %s", error.sentence);
}

static void a_report_is_read(void **state)
{
    (void)state;
    AUTO_TEXT struct text text;
    text_init(&text, 100000);
    shown(GOOD,
          "ADNO,Surname,forename,Known As,DOB,Post,School,School Name,Leaving,Parents,E=mail,x,x\n"
          "1,Ash,Amy,Ames,5/9/2011,pupil,N,North,,\"2; 3\",,,\n"
          "2,Ash,Cat,,05/09/1981 00:00:00,parent,N,,,,c@x.example,,\n"
          "3,Elm,Dan,,31/02/1980,CLASS TEACHER,N,,31/08/2025,,,,\n"
          "3,Elm,Dan,,,parent,M,Moor,,,,,\n"
          "4,Fir,Eve,,,Agency,N,,,,,,\n"
          "5,Yew,Gil,,,cook,N,,,,,,\n",
          &text);
    const char *expected =
        "org N North school\n"
        "org M Moor school\n"
        "person 1 present Amy|Ash|Ames|2011-09-05|||\n"
        "role 1 pupil@N\n"
        "person 2 present Cat|Ash||1981-09-05|c@x.example||\n"
        "role 2 parent@N\n"
        "person 3 present Dan|Elm||||| left 2025-08-31\n"
        "role 3 teacher@N\n"
        "role 3 parent@M\n"
        "person 4 present Eve|Fir|||||\n"
        "person 5 present Gil|Yew|||||\n"
        "link 2>1\n"
        "link 3>1\n"
        "problem r.csv:4:12 3 DOB: this is no date of the expected form (field left out)\n"
        "problem r.csv:7:13 5 Post: the mapping has no line for this role; add one: role value ... "
        "= teacher (field left out)\n";
    if (!slice_is(text_slice(&text), expected))
        fail_msg("found\n%s\nexpected\n%s", text.at, expected);
}

static void a_report_of_one_kind_at_one_school(void **state)
{
    (void)state;
    AUTO_TEXT struct text text;
    text_init(&text, 100000);
    const char *mapping = "A = source id\nN = family name\nevery role = pupil\nevery school = S1\n";
    shown(mapping, "A,N\n1,Ash\n2,Elm\n", &text);
    assert_string_equal(text.at, "org S1 S1 school\n"
                                 "person 1 present |Ash|||||\nrole 1 pupil@S1\n"
                                 "person 2 present |Elm|||||\nrole 2 pupil@S1\n");
    text_cut(&text, 0);
    shown(mapping, "A,M\n1,Ash\n", &text);
    assert_string_equal(text.at, "refused: The file has no column called \"N\".");
    text_cut(&text, 0);
    shown(mapping, "A,N,n\n1,Ash,\n", &text);
    assert_string_equal(text.at, "refused: Two columns are called \"N\".");
}

static void dates_are_read_as_they_are_written(void **state)
{
    (void)state;
    static const struct {
        const char *format, *text, *date; /* NULL: refused */
    } cases[] = {
        {"yyyy-mm-dd", "2011-09-05", "2011-09-05"},
        {"yyyy-mm-dd", "2011-09-05T00:00:00", "2011-09-05"},
        {"yyyy-mm-dd", "2011-09-05 10:00", NULL},
        {"yyyy-mm-dd", "2011-9-5", NULL},
        {"dd/mm/yyyy", "05/09/2011", "2011-09-05"},
        {"dd/mm/yyyy", "5/9/2011", "2011-09-05"},
        {"dd/mm/yyyy", "5/9/2011 00:00", "2011-09-05"},
        {"dd/mm/yyyy", "5/9/11", NULL},
        {"dd/mm/yyyy", "31/04/2011", NULL},
        {"dd/mm/yyyy", "05-09-2011", NULL},
        {"dd/mm/yyyy", "5/9/2011/1", NULL},
        {"dd/mm/yyyy", "005/9/2011", NULL},
        {"dd/mm/yyyy", "-5/9/2011", NULL},
        {"dd/mm/yyyy", "", NULL},
        {"mm/dd/yyyy", "09/05/2011", "2011-09-05"},
        {"mm/dd/yyyy", "13/05/2011", NULL},
        {"dd.mm.yyyy", "5.9.2011", "2011-09-05"},
        {"dd-mm-yyyy", "05-09-2011", "2011-09-05"},
        {"yyyymmdd", "20110905", "2011-09-05"},
        {"yyyymmdd", "20111305", NULL},
        {"yyyymmdd", "-0110905", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct mapping_date *way = mapping_date_find(slice_of(cases[i].format));
        assert_non_null(way);
        struct date date = {0};
        char room[11] = "none";
        if (way->read(slice_of(cases[i].text), &date)) date_format(date, room);
        if (!slice_is(slice_of(room), cases[i].date == NULL ? "none" : cases[i].date))
            fail_msg("%s by %s gave %s", cases[i].text, cases[i].format, room);
    }
    assert_null(mapping_date_find(SLICE("DD/MM/YYYY")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_named_with_their_line),
        cmocka_unit_test(a_report_is_read),
        cmocka_unit_test(a_report_of_one_kind_at_one_school),
        cmocka_unit_test(dates_are_read_as_they_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
