/* The sieve of the quick path on policies written by hand, each with every answer to every question of it: to the bit what the
 * common path says, and the verdict of the naive twin. The random policies of test_differential.c come on top. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "compare.h"
#include "policy/quick.h"
#include "table.h"

#define CHOICES_LARGEST 4
#define KEYS 9
#define WORLDS_LARGEST 400

/* A key and all that is answered to it; the first may be left out, which a closed request takes as no. */
struct answers {
    const char *key, *values[CHOICES_LARGEST];
};

static const struct answers all_answers[KEYS] = {
    {"act", {"post", "publish a photo", "see worrying content"}},
    {"actor", {"a teacher", "a governor", "a parent", "the organisation"}},
    {"other", {"nobody", "a pupil of ours"}},
    {"via", {"Facebook", "own phone"}},
    {"fact registered", {NULL, "yes"}},
    {"fact confidential", {"no", "yes"}},
    {"fact emergency", {"no", "yes"}},
    {"fact followers", {"9", "10", "11"}},
    {"fact kind", {"official", "mixed"}},
};

struct row {
    const char *name, *policy;
};

static const struct row rows[] = {
    {"an exception that is a list of all",
     CLAUSE("1", "staff MUST NOT post\nUNLESS all of:\n- the account is registered\n"
                 "- it is an emergency\n- NOT the content is confidential\n"
                 "AND THEN staff MUST keep the message\nTHEN staff MUST tell a parent\n")},
    {"an exception that is a list of any",
     CLAUSE("1", "staff SHOULD NOT post\nUNLESS any of:\n- the account is registered\n"
                 "- it is an emergency\n- NOT the content is confidential\n"
                 "AND THEN staff MUST keep the message\nTHEN staff MUST tell a parent\n")},
    {"three exceptions, the kind of each owed its own",
     CLAUSE("1", "anyone MUST NOT post\nIF any of:\n- the content is confidential\n"
                 "- the kind of account is mixed\n"
                 "UNLESS the account is registered\nAND THEN staff MUST keep the message\n"
                 "UNLESS all of:\n- it is an emergency\n- the number of followers is under 11\n"
                 "AND THEN staff MUST tell a parent\n")},
    {"numbers from both sides",
     CLAUSE("1", "anyone MAY post\nIF the number of followers is under 10\n")
         CLAUSE("2", "anyone MUST NOT post\nIF the number of followers is at least 11\n")},
    {"what counts as a phrase counts with what that includes",
     CLAUSE("1", "staff INCLUDES any of:\n- a pupil\n")
         CLAUSE("2", "an employee INCLUDES any of:\n- a governor\n")
             CLAUSE("3", "staff MUST NOT post\nTHEN an employee MUST keep the message\n")
                 CLAUSE("4", "an employee MAY post\n")},
    {"a phrase of the policy's own",
     CLAUSE("1", "a close matter MEANS any of:\n- the content is confidential\n"
                 "- it is an emergency\n")
         CLAUSE("2", "a grave matter MEANS all of:\n- a close matter\n"
                     "- the account is registered\n")
             CLAUSE("3", "staff MUST NOT post\nIF a close matter\nUNLESS a grave matter\n")
                 CLAUSE("4", "staff MAY post\n")},
    {"one lifts another, and its duty with it",
     CLAUSE("1", "staff MUST NOT post\nTHEN staff MUST tell a parent\n")
         CLAUSE("2", "a teacher MAY post\nIF it is an emergency\nUNLESS the content is "
                     "confidential\nDESPITE 1\nTHEN staff MUST keep the message\n")},
    {"duties that an event, a permission and a refusal bring",
     CLAUSE("1", "WHEN staff post\nstaff MUST keep the message\n") CLAUSE(
         "2", "staff MAY post via Facebook\nTHEN staff MUST tell a parent "
              "IF the account is registered\n") CLAUSE("3", "staff MUST NOT post\nIF it is an "
                                                            "emergency\n")
         CLAUSE("4", "WHEN staff see worrying content\nstaff MUST record the incident\n")},
};

static void policy_of(const struct row *row, struct compiled *compiled)
{
    AUTO_TEXT struct text policy;
    text_init(&policy, 1 << 16);
    text_format(&policy,
                "---\npolicy: test\ntitle: A test\nversion: 1\nin force from: 2020-01-01\n---\n"
                "# A test\n\n%s",
                row->policy);
    if (!compiled_from(compiled, text_slice(&policy), SLICE_EMPTY))
        fail_msg("%s: %.*s", row->name, SLICE_PRINT(compiled->problems.list.at[0].sentence));
}

/* The combination of that number as a closed request; false after the last one. */
static bool request_of(const struct policy *policy, size_t number, struct arena *arena,
                       struct request *ret_request)
{
    struct error error = {.code = ERROR_NONE};
    request_init(policy, true, arena, ret_request);
    for (size_t k = 0; k < KEYS; k++) {
        const struct answers *answers = &all_answers[k];
        size_t count = CHOICES_LARGEST;
        while (answers->values[count - 1] == NULL) count--;
        const char *value = answers->values[number % count];
        number /= count;
        if (value != NULL &&
            !request_set(ret_request, slice_of(answers->key), slice_of(value), &error))
            fail_msg("%s: %s", answers->key, error.sentence);
    }
    return number == 0;
}

/* Every request is the sieve's: it would prove nothing if the common path took some of them. */
static void run_row(const struct row *row)
{
    struct compiled compiled = {.policy = NULL};
    size_t count = 0, before = compared_sieves;
    policy_of(row, &compiled);
    for (bool more = true; more;) {
        AUTO(arena) struct arena *arena = arena_new();
        AUTO_TEXT struct text why;
        struct request request;
        text_init(&why, 1 << 16);
        more = request_of(compiled.policy, count, arena, &request);
        if (more && compare(&request, WORLDS_LARGEST, arena, &why) != COMPARED_SAME)
            fail_msg("%s: combination %zu: %s", row->name, count, why.at);
        count += more;
    }
    assert_true(count > 1000);
    assert_int_equal(compared_sieves - before, count);
    compiled_clear(&compiled);
}

static void test_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) run_row(&rows[i]);
}

/* What is left open, said twice over or given as a birth date is not the sieve's. */
static void test_left_to_the_common_path(void **state)
{
    static const char *const keys[][2] = {{"actor", "a teacher, a parent"},
                                          {"via", "Facebook, own phone"},
                                          {"fact emergency", "don't know"},
                                          {"fact actor.age", "born 2001-02-03"}};
    struct compiled compiled = {.policy = NULL};
    (void)state;
    policy_of(&(struct row){"ages", CLAUSE("1", "anyone MUST NOT post via Facebook\nIF any of:\n"
                                                "- it is an emergency\n"
                                                "- age of the actor is under 18\n")},
              &compiled);
    for (size_t i = 0; i <= sizeof keys / sizeof *keys; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        struct error error = {.code = ERROR_NONE};
        struct request request;
        struct quick_answer answer;
        (void)request_of(compiled.policy, 0, arena, &request);
        bool usual = i == sizeof keys / sizeof *keys;
        if (!usual && !request_set(&request, slice_of(keys[i][0]), slice_of(keys[i][1]), &error))
            fail_msg("%s: %s", keys[i][0], error.sentence);
        assert_int_equal(quick_decide_sieve(quick_new(compiled.policy, arena), &request, &answer),
                         usual);
        request.closed = false;
        assert_false(quick_decide_sieve(quick_new(compiled.policy, arena), &request, &answer));
    }
    compiled_clear(&compiled);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms),
                                       cmocka_unit_test(test_left_to_the_common_path)};
    return cmocka_run_group_tests_name("sieve", tests, NULL, NULL);
}
