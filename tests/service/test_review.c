/* The review of a policy: in date to the last minute of its last day, overdue from the next, never without a date. */
#include "../policy/front_end.h"
#include "../policy/scenario_policy.h"
#include "base/date.h"
#include "service/review.h"

static struct policy *compiled(const char *line, struct arena *arena)
{
    struct problems problems;
    struct slice text = arena_format(
        arena,
        "---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2020-01-01\n---\n"
        "# T\n## Lines {#c-lines}\nWho.\n```policy\nTHIS POLICY BINDS staff\n%s\n```\n",
        line);
    struct policy_sources sources = {.words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
                                     .policy = {SLICE("policy.md"), text}};
    problems_init(&problems, arena);
    struct policy *policy = policy_new(&sources, &problems);
    assert_non_null(policy);
    return policy;
}

/* What is said on the day; empty: nothing. */
static void expect_said(const char *line, struct date on, const char *expected)
{
    struct arena *arena = arena_new();
    struct policy *policy = compiled(line, arena);
    struct text out;
    text_init(&out, 1000);
    bool said = review_overdue(policy, date_to_day(on), &out);
    assert_string_equal(out.at, expected);
    assert_int_equal(said, expected[0] != '\0');
    text_clear(&out);
    policy_free(policy);
    arena_free(arena);
}

#define SAID(day)                                                                                  \
    "This policy was due for review by " day ". It stays in force until a new version takes its "  \
    "place."

static void test_overdue(void **state)
{
    (void)state;
    expect_said("", (struct date){2030, 1, 1}, "");
    expect_said("REVIEW DUE June 2025", (struct date){2025, 6, 30}, "");
    expect_said("REVIEW DUE June 2025", (struct date){2025, 7, 1}, SAID("30 June 2025"));
    expect_said("REVIEW DUE February 2024", (struct date){2024, 2, 29}, "");
    expect_said("REVIEW DUE February 2024", (struct date){2024, 3, 1}, SAID("29 February 2024"));
    expect_said("REVIEW DUE 2024-03-15", (struct date){2024, 3, 15}, "");
    expect_said("REVIEW DUE 2024-03-15", (struct date){2031, 1, 1}, SAID("15 March 2024"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_overdue)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
