/* What must hold of any policy and any request, tried on random ones: an answer never overturns a verdict, order and tails
 * do not matter, every question can matter, a prohibition wins, law saves, print and parse agree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "compare.h"
#include "policy/print.h"
#include "policy/question.h"

#define WORLDS_LARGEST 400

/* One random policy with one random request, compiled. */
struct trial {
    struct arena *arena;
    struct generated generated;
    struct compiled compiled;
    struct request request;
    struct decision decision;
    uint64_t seed;
};

static size_t scaled(size_t usual)
{
    int64_t number;
    const char *wanted = getenv("LANYARD_CASES");
    return wanted && slice_number(slice_of(wanted), &number) && number > 0 ? (size_t)number / 50
                                                                           : usual;
}

static bool trial_start(struct trial *trial, uint64_t seed)
{
    *trial = (struct trial){.arena = arena_new(), .seed = seed};
    generate_policy(&trial->generated, seed, trial->arena);
    generate_request(&trial->generated, seed);
    if (!compiled_make(&trial->compiled, &trial->generated, NULL)) return false;
    struct error error = {.code = ERROR_NONE};
    if (!generated_request(&trial->generated, trial->compiled.policy, trial->arena, &trial->request,
                           &error))
        fail_msg("seed %llu: %s", (unsigned long long)seed, error.sentence);
    decide(&trial->request, trial->arena, &trial->decision);
    return true;
}

static void trial_end(struct trial *trial)
{
    compiled_clear(&trial->compiled);
    arena_free(trial->arena);
}

static bool same_verdict(const struct decision *a, const struct decision *b)
{
    return a->verdict == b->verdict && a->strength == b->strength &&
           a->needs.count == b->needs.count && a->duties.count == b->duties.count;
}

/* The same request put to another text of the policy. */
static bool decide_again(struct trial *trial, struct compiled *other, struct decision *ret_decision)
{
    struct request request;
    if (!generated_request(&trial->generated, other->policy, other->arena, &request, NULL))
        return false;
    decide(&request, other->arena, ret_decision);
    return true;
}

static void fail_trial(const struct trial *trial, const struct decision *other, const char *what)
{
    AUTO_TEXT struct text policy, law;
    text_init(&policy, 1 << 20);
    text_init(&law, 1 << 20);
    generated_policy_text(&trial->generated, NULL, &policy);
    generated_law_text(&trial->generated, &law);
    fprintf(stderr, "%s%srequest (%s world)\n", policy.at, law.at,
            trial->generated.closed ? "closed" : "open");
    for (size_t i = 0; i < trial->generated.keys.count; i++)
        fprintf(stderr, "  %.*s: %.*s\n", SLICE_PRINT(trial->generated.keys.at[i].key),
                SLICE_PRINT(trial->generated.keys.at[i].value));
    fail_msg("seed %llu: %s: %s %s, then %s %s", (unsigned long long)trial->seed, what,
             verdict_word(trial->decision.verdict), strength_word(trial->decision.strength),
             other ? verdict_word(other->verdict) : "",
             other ? strength_word(other->strength) : "");
}

/* --- an answer never changes a decided verdict -------------------------------------------------------------------- */

static size_t answer_all(struct trial *trial)
{
    struct in_play play;
    struct random random;
    size_t answered = 0;
    random_init(&random, trial->seed);
    question_in_play(&trial->request, trial->request.acts.at[0], trial->arena, &play);
    for (size_t i = 0; i < play.list.count; i++) {
        struct request request;
        struct decision decision;
        if (play.list.at[i].value_count == 0) continue;
        request_copy(&trial->request, trial->arena, &request);
        question_answer(&play.list.at[i], random_below(&random, play.list.at[i].value_count),
                        &request);
        decide(&request, trial->arena, &decision);
        answered++;
        if (decision.verdict != trial->decision.verdict ||
            decision.strength != trial->decision.strength)
            fail_trial(trial, &decision, "an answer overturned a verdict");
    }
    return answered;
}

static void test_monotone(void **state)
{
    (void)state;
    size_t answered = 0, wanted = scaled(400);
    for (uint64_t seed = 1; answered < wanted; seed++) {
        struct trial trial;
        assert_true(seed < 100 * wanted);
        if (trial_start(&trial, seed) && !trial.request.closed && trial.request.acts.count == 1 &&
            trial.decision.verdict != VERDICT_NEED_ANSWER && !trial.decision.noted)
            answered += answer_all(&trial);
        trial_end(&trial);
    }
}

/* --- order -------------------------------------------------------------------------------------------------------- */

static void shuffle(size_t *order, size_t count, uint64_t seed)
{
    struct random random;
    random_init(&random, seed);
    for (size_t i = 0; i < count; i++) order[i] = i;
    for (size_t i = count; i > 1; i--) {
        size_t k = random_below(&random, i), kept = order[k];
        order[k] = order[i - 1];
        order[i - 1] = kept;
    }
}

static void test_order(void **state)
{
    (void)state;
    size_t wanted = scaled(300);
    for (uint64_t seed = 1, done = 0; done < wanted; seed++) {
        struct trial trial;
        struct compiled other = {.policy = NULL};
        struct decision decision;
        size_t order[64];
        bool started = trial_start(&trial, seed);
        assert_true(trial.generated.clauses <= 64);
        shuffle(order, trial.generated.clauses, seed);
        if (started) {
            assert_true(compiled_make(&other, &trial.generated, order));
            assert_true(decide_again(&trial, &other, &decision));
            if (!same_verdict(&trial.decision, &decision))
                fail_trial(&trial, &decision, "the order of clauses matters");
            compiled_clear(&other);
            done++;
        }
        trial_end(&trial);
    }
}

/* --- print and parse ---------------------------------------------------------------------------------------------- */

static void print_clauses(const struct policy *policy, const struct document *document,
                          struct text *out)
{
    text_format(out, "---\npolicy: %.*s\ntitle: A test\nversion: 1\nin force from: 2020-01-01\n",
                SLICE_PRINT(document->policy));
    if (document->reads)
        text_format(out, "reads:%s%s\n", document->reads >> 3 & 1 ? " R3" : "",
                    document->reads >> 6 & 1 ? " R6" : "");
    text_add_string(out, "---\n# A test\n\n");
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        bool lines = clause->block.kind == BLOCK_POLICY;
        text_format(out, "## Clause {#c-%.*s}\nSo it is.\n\n```%s\n", SLICE_PRINT(clause->id),
                    lines ? "policy" : "rule");
        for (size_t k = 0; lines && k < document->lines.count; k++) {
            print_policy_line(&policy->words, &document->lines.at[k], out);
            if (out->at[out->length - 1] != '\n') text_add_char(out, '\n');
        }
        if (!lines)
            print_statements(&policy->words, clause->statements.at, clause->statements.count, out);
        text_add_string(out, out->at[out->length - 1] == '\n' ? "```\n\n" : "\n```\n\n");
    }
}

static void check_round(struct trial *trial)
{
    AUTO_TEXT struct text policy, law;
    struct compiled other = {.policy = NULL};
    struct decision decision;
    text_init(&policy, 1 << 20);
    text_init(&law, 1 << 20);
    print_clauses(trial->compiled.policy, &trial->compiled.policy->document, &policy);
    if (trial->compiled.policy->has_law)
        print_clauses(trial->compiled.policy, &trial->compiled.policy->law, &law);
    if (!compiled_from(&other, text_slice(&policy), text_slice(&law)))
        fail_msg("seed %llu: what was printed does not parse: %.*s\n%s",
                 (unsigned long long)trial->seed, SLICE_PRINT(other.problems.list.at[0].sentence),
                 policy.at);
    assert_true(decide_again(trial, &other, &decision));
    if (!same_verdict(&trial->decision, &decision)) {
        fprintf(stderr, "printed:\n%s", policy.at);
        fail_trial(trial, &decision, "the printed policy says something else");
    }
    compiled_clear(&other);
}

static void test_print(void **state)
{
    (void)state;
    size_t wanted = scaled(300);
    for (uint64_t seed = 1, done = 0; done < wanted; seed++) {
        struct trial trial;
        if (trial_start(&trial, seed)) {
            check_round(&trial);
            done++;
        }
        trial_end(&trial);
    }
}

/* --- the planner asks nothing in vain ------------------------------------------------------------------------------ */

/* 1: the question can matter or it was too wide to tell; 0: asked in vain. */
static bool can_matter(const struct trial *trial, bool *ret_told)
{
    const struct question *question = &trial->decision.question;
    struct naive_variable variable = {
        .kind = question->kind == QUESTION_RECORD ? NAIVE_RECORD : NAIVE_FACT,
        .index = question->fact,
        .person = question->shown >= 0 ? question->shown : NAIVE_NOBODY};
    bool matters;
    if (question->kind != QUESTION_FACT && question->kind != QUESTION_RECORD) return true;
    if (slice_is(question->key, "on"))
        variable = (struct naive_variable){.kind = NAIVE_TIME, .person = NAIVE_NOBODY};
    if (!naive_matters(&trial->request, trial->request.acts.at[0], &variable, WORLDS_LARGEST,
                       trial->arena, &matters))
        return true;
    *ret_told = true;
    return matters;
}

static bool asks_in_vain(const struct generated *generated, struct text *ret_why)
{
    struct trial trial = {.arena = arena_new(), .generated = *generated};
    bool told = false, vain = false;
    if (compiled_make(&trial.compiled, generated, NULL) &&
        generated_request(generated, trial.compiled.policy, trial.arena, &trial.request, NULL) &&
        trial.request.acts.count == 1) {
        decide(&trial.request, trial.arena, &trial.decision);
        vain = trial.decision.verdict == VERDICT_NEED_ANSWER && !can_matter(&trial, &told);
        text_format(ret_why, "asked in vain: %.*s\n", SLICE_PRINT(trial.decision.question.key));
    }
    trial_end(&trial);
    return vain;
}

static void test_planner(void **state)
{
    (void)state;
    size_t told = 0, wanted = scaled(150);
    for (uint64_t seed = 1; told < wanted; seed++) {
        struct trial trial;
        bool tells = false;
        assert_true(seed < 1000 * wanted);
        if (trial_start(&trial, seed) && trial.request.acts.count == 1 &&
            trial.decision.verdict == VERDICT_NEED_ANSWER && !can_matter(&trial, &tells)) {
            shrink(&trial.generated, asks_in_vain);
            fail_msg("a question that cannot matter (seed %llu)", (unsigned long long)seed);
        }
        told += tells;
        trial_end(&trial);
    }
}

/* --- prohibitions, law, lifts that do not apply --------------------------------------------------------------------- */

static bool saved_by_law(const struct generated *generated)
{
    for (size_t i = 0; i < generated->lines.count; i++)
        if (slice_is(generated->lines.at[i].text, "DESPITE every clause")) return true;
    return false;
}

static struct slice act_phrase(const struct trial *trial)
{
    return trial->compiled.policy->words.acts.at[trial->request.acts.at[0]].word.phrase;
}

static bool with_clause(struct trial *trial, bool law, const char *head, const char *tail,
                        struct decision *ret_decision, struct compiled *other)
{
    struct slice phrase = arena_copy(trial->arena, act_phrase(trial));
    int clause = generate_clause(&trial->generated, law);
    int line =
        generate_line(&trial->generated, clause,
                      arena_format(trial->arena, "anyone %s %.*s", head, SLICE_PRINT(phrase)));
    if (tail) generate_line(&trial->generated, line, slice_of(tail));
    *other = (struct compiled){.policy = NULL};
    return compiled_make(other, &trial->generated, NULL) &&
           decide_again(trial, other, ret_decision);
}

static bool one_act(const struct trial *trial)
{
    return trial->request.acts.count == 1 && !trial->decision.noted;
}

static void test_forbids_over_permits(void **state)
{
    (void)state;
    size_t wanted = scaled(200);
    for (uint64_t seed = 1, done = 0; done < wanted; seed++) {
        struct trial trial;
        struct compiled other = {.policy = NULL}, both = {.policy = NULL};
        struct decision forbidden, decision;
        bool started = trial_start(&trial, seed);
        if (started && one_act(&trial) && !saved_by_law(&trial.generated)) {
            assert_true(with_clause(&trial, false, "MUST NOT", NULL, &forbidden, &other));
            bool unsure =
                forbidden.verdict == VERDICT_NEED_ANSWER || forbidden.verdict == VERDICT_REFER;
            if (forbidden.verdict < VERDICT_NOT_ALLOWED && !unsure)
                fail_trial(&trial, &forbidden, "a prohibition of everything left something");
            assert_true(with_clause(&trial, false, "MAY", NULL, &decision, &both));
            if (decision.verdict != forbidden.verdict || decision.strength != forbidden.strength)
                fail_trial(&trial, &decision, "a permission beat a prohibition");
            done++;
        }
        compiled_clear(&both);
        if (other.arena) compiled_clear(&other);
        trial_end(&trial);
    }
}

static void test_law_saves(void **state)
{
    (void)state;
    size_t wanted = scaled(200);
    for (uint64_t seed = 1, done = 0; done < wanted; seed++) {
        struct trial trial;
        struct compiled other = {.policy = NULL};
        struct decision decision;
        if (trial_start(&trial, seed) && one_act(&trial) && trial.generated.law_clauses == 0) {
            assert_true(
                with_clause(&trial, true, "MAY", "DESPITE every clause", &decision, &other));
            if (decision.verdict != VERDICT_ALLOWED)
                fail_trial(&trial, &decision, "a policy blocked what law saves");
            done++;
        }
        if (other.arena) compiled_clear(&other);
        trial_end(&trial);
    }
}

/* The head line of some norm that does not apply here, or -1. */
static int idle_norm(const struct trial *trial)
{
    struct naive_outcome outcome;
    if (!naive_decide(&trial->request, trial->request.acts.at[0], 1, trial->arena, &outcome))
        return -1;
    for (size_t i = 0; i < trial->compiled.policy->rules.count; i++) {
        const struct rule *rule = &trial->compiled.policy->rules.at[i];
        if (rule->law || rule->statement->kind != STATEMENT_NORM || outcome.applied[i]) continue;
        AUTO_TEXT struct text heading;
        text_init(&heading, 100);
        text_format(&heading, "### Clause {#c-%.*s}", SLICE_PRINT(rule->clause->id));
        for (size_t k = 0; k + 1 < trial->generated.lines.count; k++)
            if (slice_equal(trial->generated.lines.at[k].text, text_slice(&heading))) return (int)k;
    }
    return -1;
}

/* An idle statement lifts nothing: a DESPITE added to a clause of its own makes no difference. */
static void test_idle_lift(void **state)
{
    (void)state;
    size_t wanted = scaled(150);
    for (uint64_t seed = 1, done = 0; done < wanted; seed++) {
        struct trial trial;
        struct compiled other = {.policy = NULL};
        struct decision decision;
        assert_true(seed < 1000 * wanted);
        int heading = trial_start(&trial, seed) && one_act(&trial) ? idle_norm(&trial) : -1;
        struct slice target = SLICE_EMPTY;
        if (heading >= 0) {
            target = trial.generated.lines.at[heading].text;
            target = slice_part(target, slice_find(target, '-') + 1, target.length - 1);
            int clause = generate_clause(&trial.generated, false);
            int head = generate_line(&trial.generated, clause, SLICE("a governor MAY post"));
            generate_line(&trial.generated, head, SLICE("IF all of:"));
            generate_line(&trial.generated, head, SLICE("- it is an emergency"));
            generate_line(&trial.generated, head, SLICE("- NOT it is an emergency"));
            generate_line(&trial.generated, head,
                          arena_format(trial.arena, "DESPITE %.*s", SLICE_PRINT(target)));
            if (compiled_make(&other, &trial.generated, NULL)) {
                assert_true(decide_again(&trial, &other, &decision));
                if (!same_verdict(&trial.decision, &decision))
                    fail_trial(&trial, &decision,
                               "a statement that does not apply lifted a clause");
                done++;
            }
            compiled_clear(&other);
        }
        trial_end(&trial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_monotone),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_planner),
        cmocka_unit_test(test_forbids_over_permits),
        cmocka_unit_test(test_law_saves),
        cmocka_unit_test(test_idle_lift),
    };
    return cmocka_run_group_tests_name("laws", tests, NULL, NULL);
}
