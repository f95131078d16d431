/* Whom a policy binds, who approves it, and every role it turns to: by its lines, through its definitions, and only by what is
 * awake under its readings. */
#include "front_end.h"
#include "scenario_policy.h"

#include "policy/addressed.h"

#define FRONT "---\npolicy: p\ntitle: P\nversion: 1\nin force from: 2025-01-01\nnorms: p\nreads: "
#define LINES(lines)                                                                               \
    "\n---\n# P\n\n## Lines {#c-lines}\nWho.\nnorms: p-1\n```policy\n" lines "```\n\n"
#define RULES(id, rules) "## " id " {#c-" id "}\nText.\n```rule\n" rules "```\n\n"

struct bench {
    struct arena *arena;
    struct policy *policy;
};

static void bench_open(struct bench *bench, const char *text)
{
    struct problems problems;
    AUTO_TEXT struct text out;
    *bench = (struct bench){.arena = arena_new()};
    problems_init(&problems, bench->arena);
    text_init(&out, 1 << 20);
    struct policy_sources sources = {.words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
                                     .policy = {SLICE("p.md"), slice_of(text)}};
    bench->policy = policy_new(&sources, &problems);
    for (size_t i = 0; i < problems.list.count; i++)
        problem_print(&problems.list.at[i], SLICE_EMPTY, &out);
    if (bench->policy == NULL) fail_msg("does not compile:\n%s", out.at);
}

static void bench_close(struct bench *bench)
{
    policy_free(bench->policy);
    arena_free(bench->arena);
}

static int person(const struct bench *bench, const char *id)
{
    int index = words_find_id(&bench->policy->words, WORD_PERSON, slice_of(id));
    assert_true(index >= 0);
    return index;
}

static void expect_binds(const char *text, const char *bound, const char *unbound)
{
    struct bench bench;
    bench_open(&bench, text);
    for (int k = 0; k < 2; k++) {
        struct slice rest = slice_of(k == 0 ? bound : unbound), id;
        while (slice_split(&rest, ' ', &id)) {
            int role = words_find_id(&bench.policy->words, WORD_PERSON, id);
            assert_true(role >= 0);
            if (policy_binds(bench.policy, role) != (k == 0))
                fail_msg("%.*s is %sbound by %s", SLICE_PRINT(id), k == 0 ? "not " : "", text);
        }
    }
    bench_close(&bench);
}

static void test_binds(void **state)
{
    (void)state;
    const char *all = "staff teacher headteacher pupil parent visitor organisation";
    expect_binds(FRONT "R6" LINES("THIS POLICY BINDS staff, a pupil [1]\n"),
                 "staff teacher headteacher lead pupil", "parent visitor organisation");
    expect_binds(FRONT "R6" LINES("REVIEW DUE June 2025 [1]\n"), all, "");
    /* What staff means is the policy's to say. */
    expect_binds(FRONT "R6" LINES("THIS POLICY BINDS staff [1]\n")
                     RULES("1", "staff INCLUDES any of:\n- a visitor\n"),
                 "staff teacher visitor", "pupil parent");
    expect_binds(FRONT "R6" LINES("THIS POLICY BINDS staff [1]\n")
                     RULES("1", "staff MEANS any of:\n- the headteacher\n"),
                 "staff headteacher", "teacher lead pupil");
    expect_binds(FRONT "R6" LINES("THIS POLICY BINDS staff [1]\na teacher DOES NOT COUNT AS "
                                  "staff\n"),
                 "staff headteacher", "teacher pupil");
    /* A fact may make the difference: bound, since there is a case; a limit that only a role meets lets go. */
    expect_binds(FRONT "R6" LINES("THIS POLICY BINDS staff UNLESS it is a lesson [1]\n"), "teacher",
                 "pupil");
    expect_binds(FRONT "R6" LINES("THIS POLICY BINDS staff UNLESS the actor is a teacher [1]\n"),
                 "staff headteacher", "teacher pupil");
    expect_binds(FRONT "R6" LINES("THIS POLICY BINDS staff [1]\n")
                     RULES("1", "staff INCLUDES all of:\n- a parent\n- it is a lesson\n"),
                 "teacher parent", "pupil");
}

static void test_approvers(void **state)
{
    (void)state;
    struct bench bench;
    const struct clause *clause = NULL;
    bench_open(&bench, FRONT "R6" LINES("THIS POLICY BINDS staff\n"));
    assert_null(policy_approvers(bench.policy, &clause));
    assert_null(clause);
    bench_close(&bench);
    bench_open(&bench, FRONT "R6" LINES("APPROVED BY the headteacher or a parent   [1]\nREVIEW DUE "
                                        "2030-01-01\n"));
    const struct roles *roles = policy_approvers(bench.policy, &clause);
    assert_non_null(roles);
    assert_int_equal(roles->list.count, 2);
    assert_int_equal(roles->list.at[0], person(&bench, "headteacher"));
    assert_int_equal(roles->list.at[1], person(&bench, "parent"));
    assert_true(slice_is(clause->id, "lines"));
    assert_ptr_equal(policy_approvers(bench.policy, NULL), roles);
    assert_true(slice_is(bench.policy->document.lines.at[0].norms.at[0], "p-1"));
    bench_close(&bench);
}

/* Lines `ROLE WAY CLAUSE`. */
static void expect_addressed(const char *text, const char *expected)
{
    struct bench bench;
    struct addressed_list list;
    AUTO_TEXT struct text out;
    bench_open(&bench, text);
    text_init(&out, 1 << 16);
    policy_addressed(bench.policy, bench.arena, &list);
    for (size_t i = 0; i < list.list.count; i++) {
        const struct addressed *addressed = &list.list.at[i];
        const struct word *word = words_word(&bench.policy->words, WORD_PERSON, addressed->role);
        text_format(&out, "%.*s, %s, %.*s\n", SLICE_PRINT(word->id), addressed_word(addressed->as),
                    SLICE_PRINT(addressed->clause->id));
    }
    assert_string_equal(out.at, expected);
    bench_close(&bench);
}

static void test_addressed(void **state)
{
    (void)state;
    expect_addressed(
        FRONT "R6" LINES("WHEN no clause speaks: ASK the coordinator\n"
                         "staff MAY DEPART FROM this policy: TELL the headteacher\n"
                         "the safeguarding lead STANDS IN FOR the headteacher IF approval FROM a "
                         "parent is on record\n"
                         "APPROVED BY the headteacher   [1]\n")
            RULES("1", "staff MUST NOT contact a pupil\n"
                       "UNLESS approval FROM the headteacher is on record\n"
                       "TELL the safeguarding lead\n"
                       "TELL the safeguarding lead\n"
                       "UNDER R6: TELL the coordinator\n"
                       "UNDER NOT R6: TELL a visitor\n")
                RULES("2", "the headteacher MUST keep a diary\n"
                           "UNDER NOT R6: the coordinator MUST keep a diary\n\n"
                           "anyone NEEDS approval FROM the headteacher TO publish a photo\n"
                           "the coordinator DECIDES WHETHER \"the tie is sound\"\n\n"
                           "WHEN staff receive a request from a pupil\n"
                           "the member of staff MUST tell the safeguarding lead WITHIN 1 hour ELSE "
                           "TELL the headteacher\n"
                           "the headteacher MUST keep the message\n"),
        "headteacher, gives a record, 1\nlead, is told, 1\ncoordinator, is told, 1\n"
        "headteacher, bears a duty, 2\nheadteacher, gives a record, 2\ncoordinator, decides, 2\n"
        "staff, bears a duty, 2\nlead, is told, 2\nheadteacher, is told if too late, 2\n"
        "coordinator, is asked first, lines\nheadteacher, is told of a departure, lines\n"
        "lead, stands in, lines\nparent, gives a record, lines\nheadteacher, approves, lines\n");
    expect_addressed(FRONT "R6" LINES("REVIEW DUE 2030-01-01\n"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_binds),
                                       cmocka_unit_test(test_approvers),
                                       cmocka_unit_test(test_addressed)};
    return cmocka_run_group_tests_name("addressed", tests, NULL, NULL);
}
