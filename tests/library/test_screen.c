/* The screening of lanyard.h as a program that links the library sees it: what is found and handed out, names that change while others
 * screen, lists with mistakes in them, texts that are refused. Nobody here is real. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <lanyard.h>

static const lanyard_person people[] = {
    {.id = "P1", .given = "Ada", .family = "Byron", .known_as = "Addie", .kind = LANYARD_PUPIL},
    {.id = "P2", .given = "Zo\xC3\xAB", .family = "O'Neil", .kind = LANYARD_STAFF},
};
#define PEOPLE (sizeof people / sizeof *people)

static lanyard_source source(const char *text)
{
    return (lanyard_source){"list", text, strlen(text)};
}

static lanyard_names *two_people(void)
{
    lanyard_problems *problems = (lanyard_problems *)1;
    lanyard_names *names = lanyard_names_new(people, PEOPLE, &problems);
    assert_non_null(names);
    assert_null(problems);
    return names;
}

static size_t found(lanyard_screen_work *work, const char *text)
{
    assert_int_equal(lanyard_screen(work, text, strlen(text)), LANYARD_DONE);
    return lanyard_finding_count(work);
}

static void test_findings(void **state)
{
    (void)state;
    lanyard_names *names = two_people();
    lanyard_lexicon *lexicon = lanyard_lexicon_new(NULL, NULL);
    lanyard_source lines = source("host bbc.co.uk\n");
    lanyard_allow *allow = lanyard_allow_new(&lines, NULL);
    lanyard_screen_plan plan = {names, lexicon, allow};
    lanyard_screen_work *work = lanyard_screen_work_new(&plan);
    char *text = strdup("caf\xC3\xA9: Zo\xC3\xAB O'Neil, 07700 900123, this shit, bbc.co.uk");
    assert_int_equal(found(work, text), 3);
    free(text);
    assert_string_equal(lanyard_finding_kind(work, 0), "name");
    assert_string_equal(lanyard_finding_form(work, 0), "full");
    assert_true(lanyard_finding_is_hold(work, 0));
    assert_int_equal(lanyard_finding_start(work, 0), 7);
    assert_int_equal(lanyard_finding_end(work, 0), 18);
    assert_int_equal(lanyard_finding_who_count(work, 0), 1);
    assert_string_equal(lanyard_finding_who(work, 0, 0), "P2");
    assert_ptr_equal(lanyard_finding_who(work, 0, 0), lanyard_finding_who(work, 0, 0));
    assert_null(lanyard_finding_who(work, 0, 1));
    assert_false(lanyard_finding_has_more(work, 0));
    assert_string_equal(lanyard_finding_fix(work, 0), "Zo\xC3\xAB O");
    assert_string_equal(lanyard_finding_entry(work, 0), "");
    assert_string_equal(lanyard_finding_kind(work, 1), "phone-mobile");
    assert_true(strlen(lanyard_finding_title(work, 1)) > 0);
    assert_string_equal(lanyard_finding_form(work, 1), "");
    assert_int_equal(lanyard_finding_who_count(work, 1), 0);
    assert_string_equal(lanyard_finding_kind(work, 2), "profanity");
    assert_string_equal(lanyard_finding_entry(work, 2), "shit");
    assert_null(lanyard_finding_fix(work, 2));
    lanyard_screen_work_free(work);
    lanyard_allow_free(allow);
    lanyard_lexicon_free(lexicon);
    lanyard_names_free(names);
}

static void test_out_of_range(void **state)
{
    (void)state;
    lanyard_screen_plan plan = {NULL, NULL, NULL};
    lanyard_screen_work *work = lanyard_screen_work_new(&plan);
    assert_int_equal(lanyard_finding_count(work), 0);
    assert_null(lanyard_finding_kind(work, 0));
    assert_int_equal(found(work, "07700 900123"), 1);
    assert_null(lanyard_finding_kind(work, 1));
    assert_null(lanyard_finding_title(work, 1));
    assert_null(lanyard_finding_form(work, 1));
    assert_null(lanyard_finding_entry(work, 1));
    assert_null(lanyard_finding_fix(work, 1));
    assert_null(lanyard_finding_who(work, 1, 0));
    assert_false(lanyard_finding_is_hold(work, 1));
    assert_int_equal(lanyard_finding_end(work, 1), 0);
    assert_false(lanyard_finding_is_full(work));
    lanyard_screen_work_free(work);
    lanyard_screen_work_free(NULL);
    lanyard_names_free(NULL);
    lanyard_lexicon_free(NULL);
    lanyard_allow_free(NULL);
}

static void test_refused_texts(void **state)
{
    (void)state;
    lanyard_names *names = two_people();
    lanyard_screen_plan plan = {.names = names};
    lanyard_screen_work *work = lanyard_screen_work_new(&plan);
    static const char ada[] = "Ada Byron ";
    size_t length = ((size_t)1 << 20) + 1;
    char *text = malloc(length);
    assert_non_null(text);
    memset(text, 'a', length);
    for (size_t i = 0; i < sizeof ada - 1; i++) text[i] = ada[i];
    assert_int_equal(lanyard_screen(work, text, length - 1), LANYARD_DONE);
    assert_int_equal(lanyard_finding_count(work), 1);
    assert_int_equal(lanyard_screen(work, text, length), LANYARD_LIMIT);
    assert_int_equal(lanyard_finding_count(work), 0);
    assert_int_equal(lanyard_screen(work, "Ada Byron \xFF", 11), LANYARD_ENCODING);
    assert_int_equal(lanyard_finding_count(work), 0);
    assert_null(lanyard_finding_fix(work, 0));
    assert_int_equal(lanyard_screen(work, NULL, 0), LANYARD_DONE);
    assert_int_equal(lanyard_screen(work, "Ada\0Byron", 9), LANYARD_DONE);
    assert_int_equal(found(work, "Ada Byron"), 1);
    free(text);
    lanyard_screen_work_free(work);
    lanyard_names_free(names);
}

static void test_full(void **state)
{
    (void)state;
    lanyard_screen_plan plan = {NULL, NULL, NULL};
    lanyard_screen_work *work = lanyard_screen_work_new(&plan);
    static const char number[] = "07700 900123, ";
    size_t length = 12000 * (sizeof number - 1);
    char *text = malloc(length);
    assert_non_null(text);
    for (size_t i = 0; i < length; i++) text[i] = number[i % (sizeof number - 1)];
    assert_int_equal(lanyard_screen(work, text, length), LANYARD_DONE);
    assert_int_equal(lanyard_finding_count(work), 10000);
    assert_true(lanyard_finding_is_full(work));
    free(text);
    lanyard_screen_work_free(work);
}

static void test_names_change(void **state)
{
    (void)state;
    lanyard_names *names = two_people();
    lanyard_screen_plan plan = {.names = names};
    lanyard_screen_work *work = lanyard_screen_work_new(&plan);
    lanyard_person mary = {.id = "P3", .given = "Mary", .family = "Shelley"};
    assert_int_equal(found(work, "Ada Byron and Mary Shelley"), 1);
    assert_int_equal(lanyard_names_set(names, &mary, NULL), LANYARD_DONE);
    assert_int_equal(lanyard_names_remove(names, "P1", NULL), LANYARD_DONE);
    assert_int_equal(lanyard_names_remove(names, "P99", NULL), LANYARD_DONE);
    assert_string_equal(lanyard_finding_who(work, 0, 0), "P1"); /* what it began with */
    assert_int_equal(found(work, "Ada Byron and Mary Shelley"), 1);
    assert_string_equal(lanyard_finding_who(work, 0, 0), "P3");
    lanyard_source csv = source("id,given,family\nP7,Jane,Austen\n"), bad = source("id\nP7\n");
    lanyard_problems *problems = NULL;
    assert_int_equal(lanyard_names_reload(names, &bad, &problems), LANYARD_SYNTAX);
    assert_int_equal(lanyard_problem_count(problems), 1);
    assert_string_equal(lanyard_problem_file(problems, 0), "list");
    lanyard_problems_free(problems);
    assert_int_equal(found(work, "Mary Shelley, Jane Austen"), 1);
    assert_int_equal(lanyard_names_reload(names, &csv, &problems), LANYARD_DONE);
    assert_null(problems);
    assert_int_equal(found(work, "Mary Shelley, Jane Austen"), 1);
    assert_string_equal(lanyard_finding_who(work, 0, 0), "P7");
    lanyard_screen_work_free(work);
    lanyard_names_free(names);
}

static void *screen_often(void *context)
{
    lanyard_screen_plan plan = {.names = context};
    lanyard_screen_work *work = lanyard_screen_work_new(&plan);
    const char *text = "Ada Byron and Zo\xC3\xAB O'Neil";
    size_t wrong = 0;
    for (int i = 0; i < 2000; i++) {
        lanyard_screen(work, text, strlen(text));
        size_t count = lanyard_finding_count(work);
        wrong += count == 0 || count > 2 || lanyard_finding_who(work, 0, 0) == NULL;
    }
    lanyard_screen_work_free(work);
    return (void *)(uintptr_t)wrong;
}

static void test_threads(void **state)
{
    (void)state;
    lanyard_names *names = two_people();
    pthread_t threads[2];
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, screen_often, names), 0);
    }
    for (int i = 0; i < 200; i++) {
        assert_int_equal(lanyard_names_remove(names, "P1", NULL), LANYARD_DONE);
        assert_int_equal(lanyard_names_set(names, &people[0], NULL), LANYARD_DONE);
    }
    for (size_t i = 0; i < 2; i++) {
        void *wrong = NULL;
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
    lanyard_names_free(names);
}

static void expect_problem(lanyard_problems *problems, size_t line)
{
    assert_int_equal(lanyard_problem_count(problems), 1);
    assert_false(lanyard_problem_is_warning(problems, 0));
    assert_int_equal(lanyard_problem_line(problems, 0), line);
    assert_true(strlen(lanyard_problem_sentence(problems, 0)) > 0);
    assert_non_null(lanyard_problem_advice(problems, 0));
    lanyard_problems_free(problems);
}

static void test_unsound_people(void **state)
{
    (void)state;
    char longest[200];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    const lanyard_person unsound[][2] = {
        {{.given = "Ada"}, {.id = "2", .given = "Al"}},
        {{.id = "1"}, {.id = "2", .given = "Al"}},
        {{.id = "1", .given = "Ada"}, {.id = "1", .given = "Al"}},
        {{.id = "1", .given = "Ada", .kind = (lanyard_person_kind)9}, {.id = "2", .given = "Al"}},
        {{.id = "1", .given = longest}, {.id = "2", .given = "Al"}},
        {{.id = "1", .given = "\xFF"}, {.id = "2", .given = "Al"}},
    };
    for (size_t i = 0; i < sizeof unsound / sizeof *unsound; i++) {
        lanyard_problems *problems = NULL;
        assert_null(lanyard_names_new(unsound[i], 2, &problems));
        expect_problem(problems, 0);
        assert_null(lanyard_names_new(unsound[i], 2, NULL));
    }
    lanyard_names *names = two_people();
    lanyard_problems *problems = NULL;
    lanyard_person nobody = {.id = "P1"};
    assert_int_equal(lanyard_names_set(names, &nobody, &problems), LANYARD_USAGE);
    expect_problem(problems, 0);
    lanyard_names_free(names);
    names = lanyard_names_new(NULL, 0, NULL);
    assert_non_null(names);
    lanyard_names_free(names);
}

static void test_unsound_lists(void **state)
{
    (void)state;
    lanyard_problems *problems = NULL;
    lanyard_source csv = source("id,kind,given\nP1,pupil,Ada\nP1,pupil,Al\n");
    assert_null(lanyard_names_read(&csv, &problems));
    expect_problem(problems, 3);
    assert_null(lanyard_names_read(NULL, NULL));
    lanyard_source lines = source("# ours\nhost\n");
    assert_null(lanyard_allow_new(&lines, &problems));
    expect_problem(problems, 2);
    lanyard_source own = source("profanity hold zounds\nnonsense hold gadzooks\n");
    assert_null(lanyard_lexicon_new(&own, &problems));
    expect_problem(problems, 2);
}

static void test_own_wording(void **state)
{
    (void)state;
    lanyard_source own = source("profanity hold zounds\nremove shit\n");
    lanyard_lexicon *lexicon = lanyard_lexicon_new(&own, NULL);
    assert_non_null(lexicon);
    lanyard_screen_plan plan = {.lexicon = lexicon};
    lanyard_screen_work *work = lanyard_screen_work_new(&plan);
    assert_int_equal(found(work, "shit"), 0);
    assert_int_equal(found(work, "oh Zounds!"), 1);
    assert_string_equal(lanyard_finding_entry(work, 0), "zounds");
    lanyard_screen_work_free(work);
    lanyard_lexicon_free(lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings),       cmocka_unit_test(test_out_of_range),
        cmocka_unit_test(test_refused_texts),  cmocka_unit_test(test_full),
        cmocka_unit_test(test_names_change),   cmocka_unit_test(test_threads),
        cmocka_unit_test(test_unsound_people), cmocka_unit_test(test_unsound_lists),
        cmocka_unit_test(test_own_wording),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
