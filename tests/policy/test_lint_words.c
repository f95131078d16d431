/* Phrases of a vocabulary that could be one, and neighbours that are two. */
#include "front_end.h"
#include "policy/lint.h"
#include "policy/words.h"

static size_t doubts(const char *table, const char *rows, struct text *out)
{
    struct arena *arena = arena_new();
    struct problems problems;
    struct words words;
    struct slice text = arena_format(arena, "# Words\n\n%s%s\n", table, rows);
    problems_init(&problems, arena);
    bool read = words_read(SLICE("words.md"), text, arena, &problems, &words);
    for (size_t i = 0; !read && i < problems.list.count; i++)
        problem_print(&problems.list.at[i], text, out);
    if (!read) fail_msg("%s", out->at);
    problems = (struct problems){.arena = arena};
    lint_words(&words, &problems);
    for (size_t i = 0; i < problems.list.count; i++) {
        assert_true(problems.list.at[i].warning && problems.list.at[i].advice.length > 0);
        problem_print(&problems.list.at[i], SLICE_EMPTY, out);
    }
    arena_free(arena);
    return problems.warnings;
}

struct pair {
    const char *first, *second;
    bool one;
};

#define PEOPLE "## People\n\n| phrase | id | also called | counts as |\n|---|---|---|---|\n"
#define ACTS                                                                                       \
    "## Acts\n\n| phrase | id | also called | kind | actor | counts as | before it | if refused "  \
    "| joins |\n|---|---|---|---|---|---|---|---|---|\n"

static void expect(const char *table, const struct pair *pair, const char *row)
{
    struct text out;
    char *rows = NULL;
    text_init(&out, 1 << 16);
    assert_true(asprintf(&rows, "%s%s%s%s", pair->first, row, pair->second, row) > 0);
    size_t found = doubts(table, rows, &out);
    if (found != (pair->one ? 1 : 0)) fail_msg("%s: %zu\n%s", rows, found, out.at);
    if (pair->one) assert_non_null(strstr(out.at, "could be one with"));
    free(rows);
    text_clear(&out);
}

static void test_acts(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"| publish a photo | a |", "| publish a photograph | b |", true},
        {"| photo of a pupil | a |", "| pupil photo | b |", true},
        {"| use the security settings | a |", "| use the privacy and security settings | b |",
         true},
        {"| remove the content | a |", "| remove the contant | b |", true},
        {"| publish a photo | a |", "| publish a video | b |", false},
        {"| share a post | a |", "| share | b |", false},
        {"| open an account | a |", "| close an account | b |", false},
        {"| befriend | a |", "| contact | b |", false},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        expect(ACTS, &pairs[i], " | act | person | | | | |\n");
}

/* Of people a word more means others; a synonym counts as the phrase does; the order of one odd word is kept. */
static void test_people(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"| the leader of the team | a |", "| the team's leader | b |", true},
        {"| a former pupil | a |", "| a relative of a former pupil | b |", false},
        {"| the team leader | a |", "| the leadership team | b |", false},
        {"| a teacher | a |", "| a parent | b |", false},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) expect(PEOPLE, &pairs[i], " | |\n");
}

static void test_apart(void **state)
{
    (void)state;
    struct text out;
    text_init(&out, 1 << 16);
    /* one counts as the other */
    assert_int_equal(
        doubts(ACTS,
               "| share a post | a | | act | person | | | | |\n"
               "| share an official post | b | | act | person | share a post | | | |\n",
               &out),
        0);
    /* a synonym is compared too */
    assert_int_equal(doubts(ACTS,
                            "| send a note | a | drop a line | act | person | | | | |\n"
                            "| go | c | | act | person | | | | |\n"
                            "| mail | d | line that drops | act | person | | | | |\n",
                            &out),
                     1);
    text_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_acts), cmocka_unit_test(test_people),
                                       cmocka_unit_test(test_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
