/* lanyard.h as a program that links the library sees it: problems, answers by key and by JSON,
 * errors that leave the request as it was, and what is handed out living as long as promised. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <lanyard.h>

#include "texts.h"

static lanyard_policy *compiled(void)
{
    lanyard_source words = {"words.md", words_text, sizeof words_text - 1};
    lanyard_source text = {"policy.md", policy_text, sizeof policy_text - 1};
    lanyard_policy *policy = lanyard_compile(&words, &text, NULL, NULL);
    assert_non_null(policy);
    return policy;
}

static void test_policy(void **state)
{
    (void)state;
    lanyard_policy *policy = compiled();
    assert_string_equal(lanyard_policy_name(policy), "small");
    assert_string_equal(lanyard_policy_title(policy), "A small policy");
    assert_string_equal(lanyard_policy_version(policy), "2");
    assert_int_equal(strlen(lanyard_policy_prose_hash(policy)), 64);
    assert_string_not_equal(lanyard_policy_prose_hash(policy), lanyard_policy_meaning_hash(policy));
    assert_true(strlen(lanyard_version()) > 0);
    lanyard_policy_free(policy);
    lanyard_policy_free(NULL);
}

/* The sources are gone by the time the problems are read. */
static void test_problems(void **state)
{
    (void)state;
    char *bad = strdup("---\npolicy: bad\ntitle: Bad\nversion: 1\nin force from: "
                       "2026-01-01\n---\n# Bad\n\n## One {#c-1}\nSo.\n"
                       "```rule\nstaff MUST NOT befrend a pupil\n```\n");
    lanyard_source words = {"words.md", words_text, sizeof words_text - 1},
                   text = {"bad.md", bad, strlen(bad)};
    lanyard_problems *problems = NULL;
    assert_null(lanyard_compile(&words, &text, NULL, &problems));
    free(bad);
    assert_int_equal(lanyard_problem_count(problems), 1);
    assert_false(lanyard_problem_is_warning(problems, 0));
    assert_string_equal(lanyard_problem_file(problems, 0), "bad.md");
    assert_int_equal(lanyard_problem_line(problems, 0), 12);
    assert_true(lanyard_problem_column(problems, 0) > 1);
    assert_non_null(strstr(lanyard_problem_sentence(problems, 0), "befrend"));
    assert_true(strlen(lanyard_problem_advice(problems, 0)) > 0 ||
                strstr(lanyard_problem_sentence(problems, 0), "did you mean"));
    assert_null(lanyard_problem_sentence(problems, 1));
    lanyard_problems_free(problems);
    lanyard_problems_free(NULL);
    assert_null(lanyard_compile(NULL, NULL, NULL, NULL));
}

static void test_not_allowed_by_key(void **state)
{
    (void)state;
    lanyard_policy *policy = compiled();
    lanyard_request *request = lanyard_request_new(policy, 1);
    assert_int_equal(lanyard_request_set(request, "actor", "a teacher"), LANYARD_DONE);
    assert_int_equal(lanyard_request_set(request, "act", "befriend"), LANYARD_DONE);
    assert_int_equal(lanyard_request_set(request, "other", "a pupil"), LANYARD_DONE);
    lanyard_decision *decision = lanyard_decide(request);
    assert_non_null(decision);
    assert_int_equal(lanyard_decision_verdict(decision), LANYARD_NOT_ALLOWED);
    assert_string_equal(lanyard_decision_strength(decision), "must");
    assert_int_equal(lanyard_decision_cite_count(decision), 2);
    assert_string_equal(lanyard_decision_cite_clause(decision, 0), "1");
    assert_string_equal(lanyard_decision_cite_part(decision, 0), "applies");
    assert_int_equal(lanyard_decision_cite_norm_count(decision, 0), 2);
    assert_string_equal(lanyard_decision_cite_norm(decision, 0, 1), "small-2");
    assert_null(lanyard_decision_cite_norm(decision, 0, 2));
    assert_string_equal(lanyard_decision_cite_part(decision, 1), "duty");
    assert_null(lanyard_decision_cite_clause(decision, 2));
    assert_null(lanyard_decision_cite_part(decision, 2));
    assert_int_equal(lanyard_decision_duty_count(decision), 1);
    assert_non_null(strstr(lanyard_decision_duty(decision, 0), "headteacher"));
    assert_false(lanyard_decision_duty_is_conditional(decision, 0));
    assert_string_equal(lanyard_decision_question(decision), "");
    lanyard_decision_free(decision);
    lanyard_decision_free(NULL);
    lanyard_request_free(request);
    lanyard_request_free(NULL);
    lanyard_policy_free(policy);
}

static void test_question_then_answer(void **state)
{
    (void)state;
    lanyard_policy *policy = compiled();
    lanyard_request *request = lanyard_request_new(policy, 0);
    const char *json =
        "{\"actor\":[\"teacher\"],\"act\":\"befriend\",\"other\":[\"pupil\"],\"via\":[]}";
    assert_int_equal(lanyard_request_add_json(request, json, strlen(json)), LANYARD_DONE);
    lanyard_decision *decision = lanyard_decide(request);
    assert_int_equal(lanyard_decision_verdict(decision), LANYARD_NEED_ANSWER);
    assert_string_equal(lanyard_decision_question(decision), "Are you family?");
    assert_int_equal(lanyard_request_set(request, lanyard_decision_question_key(decision), "no"),
                     LANYARD_DONE);
    lanyard_decision_free(decision);
    decision = lanyard_decide(request);
    assert_int_equal(lanyard_decision_verdict(decision), LANYARD_NOT_ALLOWED);
    size_t length = 0;
    const char *text = lanyard_decision_json(decision, &length);
    assert_int_equal(strlen(text), length);
    assert_non_null(strstr(text, "\"verdict\":\"not-allowed\""));
    lanyard_decision_free(decision);
    lanyard_request_free(request);
    lanyard_policy_free(policy);
}

static void test_needs(void **state)
{
    (void)state;
    lanyard_policy *policy = compiled();
    lanyard_request *request = lanyard_request_new(policy, 1);
    const char *json = "{\"actor\":[\"teacher\"],\"act\":\"publish-photo\"}";
    assert_int_equal(lanyard_request_add_json(request, json, strlen(json)), LANYARD_DONE);
    lanyard_decision *decision = lanyard_decide(request);
    assert_int_equal(lanyard_decision_verdict(decision), LANYARD_ALLOWED_IF);
    assert_int_equal(lanyard_decision_need_count(decision), 1);
    assert_non_null(strstr(lanyard_decision_need(decision, 0), "approval"));
    assert_null(lanyard_decision_need(decision, 1));
    lanyard_decision_free(decision);
    assert_int_equal(
        lanyard_request_set(request, "record approval", "given 2025-01-10 FROM the headteacher"),
        LANYARD_DONE);
    decision = lanyard_decide(request);
    assert_int_equal(lanyard_decision_verdict(decision), LANYARD_ALLOWED);
    lanyard_decision_free(decision);
    lanyard_request_free(request);
    lanyard_policy_free(policy);
}

static void test_errors(void **state)
{
    (void)state;
    lanyard_policy *policy = compiled();
    lanyard_request *request = lanyard_request_new(policy, 1);
    assert_string_equal(lanyard_request_error(request), "");
    assert_null(lanyard_decide(request));
    assert_int_equal(lanyard_request_code(request), LANYARD_REQUEST);
    assert_true(strlen(lanyard_request_error(request)) > 0);
    assert_int_equal(lanyard_request_set(request, "actor", "a teacher"), LANYARD_DONE);
    assert_int_equal(lanyard_request_set(request, "act", "befriend"), LANYARD_DONE);
    assert_int_not_equal(lanyard_request_set(request, "act", "fly"), LANYARD_DONE);
    assert_non_null(strstr(lanyard_request_error(request), "fly"));
    assert_int_not_equal(
        lanyard_request_add_json(request, "{\"other\":[\"pupil\"],\"wings\":2}", 29), LANYARD_DONE);
    assert_int_not_equal(lanyard_request_add_json(request, "{\"other\":", 9), LANYARD_DONE);
    assert_int_not_equal(lanyard_request_add_json(request, "\xff", 1), LANYARD_DONE);
    lanyard_decision *decision =
        lanyard_decide(request); /* a teacher befriends, and nobody is named: as it was */
    assert_non_null(decision);
    assert_int_equal(lanyard_decision_verdict(decision), LANYARD_NO_CLAUSE);
    assert_string_equal(lanyard_request_error(request), "");
    lanyard_decision_free(decision);
    lanyard_request_free(request);
    lanyard_policy_free(policy);
}

static void test_words(void **state)
{
    (void)state;
    assert_string_equal(lanyard_verdict_word(LANYARD_STOP), "stop");
    assert_string_equal(lanyard_verdict_word(LANYARD_ALLOWED), "allowed");
    assert_null(lanyard_verdict_word((lanyard_verdict)99));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_policy),
        cmocka_unit_test(test_problems),
        cmocka_unit_test(test_not_allowed_by_key),
        cmocka_unit_test(test_question_then_answer),
        cmocka_unit_test(test_needs),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
