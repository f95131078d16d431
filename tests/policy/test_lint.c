/* The checker: each doubt on a small policy that earns it, beside a near neighbour that does not;
 * and the policy that ships, checked in well under a second. */
#include "front_end.h"

#include <time.h>

#include "policy/lint.h"

#define CLAUSE(id, rule)                                                                           \
    "## Clause {#c-" id "}\nSo it is.\nnorms: n-" id "\n```rule\n" rule "```\n\n"
#define LINES(lines) "## Lines {#c-lines}\nSo it is.\n\n```policy\n" lines "```\n\n"

static const char words_text[] =
    "# Words\n\n## People\n\n| phrase | id | also called | counts as |\n|---|---|---|---|\n"
    "| staff | staff | | |\n| a teacher | teacher | | staff |\n| a volunteer | volunteer | | |\n| "
    "a pupil | pupil | | |\n"
    "| the headteacher | headteacher | | staff |\n\n"
    "## Channels\n\n| phrase | id | kind | also called | counts as |\n|---|---|---|---|---|\n"
    "| a personal account | personal | account | | |\n| a school account | school | account | | "
    "|\n\n"
    "## Acts\n\n| phrase | id | also called | kind | actor | counts as | before it | if refused | "
    "joins |\n"
    "|---|---|---|---|---|---|---|---|---|\n"
    "| contact | contact | | act | person | | | | |\n| message | message | | act | person | "
    "contact | | | |\n"
    "| publish | publish | | act | person | | | | |\n| receive a threat | threat | | event | "
    "person | | | | from |\n"
    "| tell | tell | | duty | person | | | | |\n| record | record | | duty | person | | | | |\n\n"
    "## Facts\n\n| phrase | id | kind | values | who knows | question | if not known "
    "|\n|---|---|---|---|---|---|---|\n"
    "| it is an emergency | emergency | yes/no | | the asker | Is it? | treat as no |\n"
    "| it is a lesson | lesson | yes/no | | the asker | Is it? | treat as no |\n"
    "| age of the other person | other.age | age | years | the asker | How old? | treat as under "
    "18 |\n"
    "| approval | approval | record | | the asker | Is there? | |\n\n"
    "## Readings\n\n| phrase | id | adopted | not adopted |\n|---|---|---|---|\n| may be so | R1 | "
    "yes | no |\n";

static const char front[] = "---\npolicy: tried\ntitle: Tried\nversion: 1\nin force from: "
                            "2026-01-01\nnorms: n\n---\n# Tried\n\n";

struct doubt {
    const char *name, *policy, *norms;
    const char *says; /* must come, or NULL: nothing may come */
    bool error;       /* and as an error */
};

static const struct doubt doubts[] = {
    {"ages that exclude each other",
     CLAUSE("1", "staff MUST NOT contact a pupil\nIF age of the other person is under 10\nIF age "
                 "of the other person is at least 12\n"),
     NULL, "clause 1 can never apply here", false},
    {"ages that leave a gap open",
     CLAUSE("1", "staff MUST NOT contact a pupil\nIF age of the other person is under 12\nIF age "
                 "of the other person is at least 10\n"),
     NULL, NULL, false},
    {"the exception swallows the clause",
     CLAUSE("1", "staff MUST NOT contact a pupil\nIF it is a lesson\nUNLESS it is a lesson\n"),
     NULL, "clause 1 can never apply here", false},
    {"always lifted",
     CLAUSE("1", "staff MUST NOT contact a pupil\n") CLAUSE("2", "anyone MAY contact\nDESPITE 1\n"),
     NULL, "clause 1 can never apply here", false},
    {"lifted for teachers only",
     CLAUSE("1", "staff MUST NOT contact a pupil\n")
         CLAUSE("2", "a teacher MAY contact a pupil\nDESPITE 1\n"),
     NULL, NULL, false},
    {"a role that the actor has beside its own",
     CLAUSE("1", "a volunteer MUST NOT contact a pupil\nIF the actor is a teacher\n"), NULL, NULL,
     false},
    {"a dead permission",
     CLAUSE("1", "staff MUST NOT contact a pupil\n") CLAUSE("2", "a teacher MAY message a pupil\n"),
     NULL, "the permission of 2 to 'message' permits nothing", false},
    {"a permission dead although a choice stands in the way",
     CLAUSE("1", "staff MUST NOT contact a pupil\nIF it is a lesson\n")
         CLAUSE("2", "staff MUST NOT contact a pupil\nIF NOT it is a lesson\n")
             CLAUSE("3", "a teacher MAY message a pupil\n"),
     NULL, "the permission of 3 to 'message' permits nothing", false},
    {"a permission cut in part",
     CLAUSE("1", "staff MUST NOT contact a pupil\nIF it is a lesson\n")
         CLAUSE("2", "a teacher MAY message a pupil\n"),
     NULL, NULL, false},
    {"an exception that permits nothing",
     CLAUSE("1", "staff MUST NOT contact a pupil\nUNLESS it is an emergency\n"), NULL,
     "1 has UNLESS and no clause allows 'contact' then; nothing here permits it", false},
    {"an exception with its permission",
     CLAUSE("1", "staff MUST NOT contact a pupil\nUNLESS it is an emergency\n")
         CLAUSE("2", "staff MAY contact a pupil\nIF it is an emergency\n"),
     NULL, NULL, false},
    {"an exception with a permission that waits for a record",
     CLAUSE("1", "staff MUST NOT contact a pupil\nUNLESS it is an emergency\n")
         CLAUSE("2", "staff MAY contact a pupil\nNEEDS approval FROM the headteacher\n"),
     NULL, NULL, false},
    {"an exception that cannot hold",
     CLAUSE("1", "staff MUST NOT contact a pupil\nIF age of the other person is under 12\nUNLESS "
                 "age of the other person is at least 14\n"),
     NULL, "this UNLESS of 1 can never hold where the clause speaks", false},
    {"a norm without a clause", CLAUSE("1", "staff MUST NOT contact a pupil\n"),
     "id\tlocator\nn-1\t1\nn-2\t2\n", "the norm n-2 has no clause", false},
    {"a norm nobody registered", CLAUSE("1", "staff MUST NOT contact a pupil\n"), "id\tlocator\n",
     "clause 1 names the norm n-1, which norms.tsv has not", false},
    {"norms that agree", CLAUSE("1", "staff MUST NOT contact a pupil\n"), "id\tlocator\nn-1\t1\n",
     NULL, false},
    {"SUBJECT TO without a shared act",
     CLAUSE("1", "staff MAY publish\nSUBJECT TO 2\n")
         CLAUSE("2", "staff MUST NOT contact a pupil\n"),
     NULL, "SUBJECT TO 2 in 1: that clause cannot limit this one, they share no act", true},
    {"SUBJECT TO a wider act",
     CLAUSE("1", "staff MAY message a pupil\nSUBJECT TO 2\n")
         CLAUSE("2", "staff MUST NOT contact a pupil\nIF it is a lesson\n"),
     NULL, NULL, false},
    {"counts as nothing anyway", LINES("publish DOES NOT COUNT AS contact\n"), NULL,
     "'publish' never counts as 'contact' in the vocabulary", false},
    {"counts as, and no longer", LINES("message DOES NOT COUNT AS contact\n"), NULL, NULL, false},
    {"a norule without a feature", "## Ours {#c-1}\nSo it is.\n\n```norule attest\n```\n\n", NULL,
     "the norule of 1 names no feature", false},
    {"CHECK refuted",
     LINES("CHECK no volunteer MAY message a pupil\n")
         CLAUSE("1", "anyone MAY contact\nIF it is a lesson\n"),
     NULL,
     "allowed comes out for 'message' by a volunteer, the other person being a pupil, where 'it is "
     "a lesson' is yes",
     true},
    {"CHECK refuted by a second role",
     LINES("CHECK no volunteer MAY message a pupil\n")
         CLAUSE("1", "a teacher MAY message a pupil\n"),
     NULL, "by a volunteer and a teacher", true},
    {"CHECK holds",
     LINES("CHECK no volunteer MAY message a pupil\n")
         CLAUSE("1", "anyone MAY contact\nIF it is a lesson\n")
             CLAUSE("2", "a volunteer MUST NOT contact a pupil\n"),
     NULL, NULL, false},
    {"a double bind",
     CLAUSE("1", "staff MUST contact a pupil\nIF it is a lesson\n")
         CLAUSE("2", "a teacher MUST NOT contact a pupil\n"),
     NULL, "clause 2 forbids what clause 1 requires, and neither lifts the other", true},
    {"one lifts the other",
     CLAUSE("1", "staff MUST contact a pupil\nIF it is a lesson\nDESPITE 2\n")
         CLAUSE("2", "a teacher MUST NOT contact a pupil\n"),
     NULL, NULL, false},
    {"they never meet",
     CLAUSE("1", "staff MUST contact a pupil\nIF it is a lesson\n")
         CLAUSE("2", "a teacher MUST NOT contact a pupil\nIF NOT it is a lesson\n"),
     NULL, NULL, false},
};

/* Every problem as a line, errors marked; reached through the compiler, as `lanyard check` does. */
static void check(const char *policy_text, const char *norms, bool with_scenarios,
                  struct arena *arena, struct text *out)
{
    struct slice text = arena_format(arena, "%s%s", front, policy_text);
    struct policy_sources sources = {.words = {SLICE("words.md"), slice_of(words_text)},
                                     .policy = {SLICE("policy.md"), text}};
    struct problems problems;
    problems_init(&problems, arena);
    AUTO(policy) struct policy *policy = policy_new(&sources, &problems);
    if (policy != NULL) {
        struct scenarios scenarios;
        assert_true(scenarios_read(policy, arena, &problems, &scenarios));
        lint_policy(
            policy,
            (struct policy_source){SLICE("norms.tsv"), slice_of(norms == NULL ? "" : norms)},
            with_scenarios ? &scenarios : NULL, &problems);
    }
    for (size_t i = 0; i < problems.list.count; i++) {
        const struct problem *problem = &problems.list.at[i];
        if (policy != NULL && problem->advice.length == 0)
            fail_msg("no way out of: %.*s", SLICE_PRINT(problem->sentence));
        text_format(out, "%s: %.*s\n", problem->warning ? "warning" : "error",
                    SLICE_PRINT(problem->sentence));
    }
    if (policy == NULL) fail_msg("does not compile: %s", out->at);
}

static void test_each_doubt(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        AUTO_TEXT struct text out;
        text_init(&out, 1 << 20);
        check(doubts[i].policy, doubts[i].norms, false, arena, &out);
        if (doubts[i].says == NULL && out.length > 0)
            fail_msg("%s: nothing was doubtful, but it says\n%s", doubts[i].name, out.at);
        if (doubts[i].says == NULL) continue;
        const char *found = strstr(out.at, doubts[i].says);
        if (found == NULL)
            fail_msg("%s: expected '%s', said\n%s", doubts[i].name, doubts[i].says, out.at);
        while (found > out.at && found[-1] != '\n') found--;
        if ((strncmp(found, "error: ", 7) == 0) != doubts[i].error)
            fail_msg("%s: wrong kind of problem:\n%s", doubts[i].name, out.at);
    }
}

static const char with_duties[] = CLAUSE(
    "1", "staff MUST NOT contact a pupil\nUNLESS it is an emergency\nAND THEN staff MUST record\n")
    CLAUSE("2", "staff MAY contact a pupil\nIF it is an emergency\n")
        CLAUSE("3", "WHEN staff receive a threat\nstaff MUST tell the headteacher\nstaff MUST "
                    "record IF it is a lesson\n");

static void test_unreached(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text out;
    text_init(&out, 1 << 20);
    check(with_duties, NULL, true, arena, &out);
    assert_string_equal(out.at, "warning: no scenario reaches this UNLESS of 1\n"
                                "warning: no scenario reaches the WHEN of 3\n");
}

static void test_reached(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text out;
    text_init(&out, 1 << 20);
    struct slice text = arena_format(
        arena,
        "%s```scenario \"a\"\nactor: a teacher\nact: contact\nother: a pupil\nfact it is an "
        "emergency: yes\nexpect: allowed\n```\n"
        "```scenario \"b\"\nactor: a teacher\nact: receive a threat\nexpect: allowed\n```\n",
        with_duties);
    check(text.at, NULL, true, arena, &out);
    assert_string_equal(out.at, "warning: no scenario reaches the duty to record in 3\n");
}

/* The policy that ships: no error, no norm without a clause, and quick. */
static void test_early_life(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct policy_sources sources = {
        .words = {SLICE("words.md"), project_file("policies/words.md", 1 << 20, arena)},
        .policy = {SLICE("policy.md"),
                   project_file("policies/early-life/policy.md", 1 << 20, arena)},
        .law = {SLICE("law.md"), project_file("policies/law.md", 1 << 20, arena)}};
    struct policy_source beside = {
        SLICE("scenarios.md"), project_file("policies/early-life/scenarios.md", 1 << 20, arena)};
    struct policy_source norms = {SLICE("norms.tsv"),
                                  project_file("policies/early-life/norms.tsv", 1 << 20, arena)};
    sources.scenarios = &beside;
    sources.scenario_count = 1;
    struct problems problems;
    problems_init(&problems, arena);
    AUTO(policy) struct policy *policy = policy_new(&sources, &problems);
    assert_non_null(policy);
    struct scenarios scenarios;
    assert_true(scenarios_read(policy, arena, &problems, &scenarios));
    struct timespec before, after;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    lint_policy(policy, norms, &scenarios, &problems);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    for (size_t i = 0; i < problems.list.count; i++) {
        const struct problem *problem = &problems.list.at[i];
        bool norm = slice_search(problem->sentence, SLICE("norm")) < problem->sentence.length;
        if (!problem->warning || norm)
            fail_msg("%zu: %.*s", problem->line, SLICE_PRINT(problem->sentence));
    }
    long milliseconds =
        (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
    /* Sanitizers and slow machines allowed for; the release build takes a tenth of a second. */
    if (milliseconds > 3000) fail_msg("it took %ld ms", milliseconds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_doubt),
        cmocka_unit_test(test_unreached),
        cmocka_unit_test(test_reached),
        cmocka_unit_test(test_early_life),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
