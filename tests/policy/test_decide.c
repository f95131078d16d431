/* Verdicts worked out by hand: the rows of table_steps.c and table_facts.c, each put to the engine. What the naive twin
 * says of the same rows is checked too, so that both stand on the same ground. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "compare.h"
#include "table.h"

static const char *const part_names[] = {"applies", "exception", "lifted", "lifts",
                                         "duty",    "defines",   "ground"};
static const char *const stage_names[] = {"with", "arisen", "refusal"};
static const char *const span_names[] = {"",      "immediately",  "same-day",    "hours",
                                         "days",  "working-days", "school-days", "weeks",
                                         "months"};

static void print_roles(const struct words *words, const struct roles *roles, const char *none,
                        struct text *out)
{
    for (size_t i = 0; i < roles->list.count; i++)
        text_format(out, "%s%.*s", i > 0 ? "+" : "",
                    SLICE_PRINT(words->people.at[roles->list.at[i]].word.id));
    if (roles->list.count == 0) text_add_string(out, none);
}

static void print_duties(const struct words *words, const struct decision *decision,
                         struct text *out)
{
    for (size_t i = 0; i < decision->duties.count; i++) {
        const struct owed *owed = &decision->duties.at[i];
        AUTO_TEXT struct text line;
        text_init(&line, 1000);
        text_format(&line, "duty %.*s to ", SLICE_PRINT(words->acts.at[owed->duty->act].word.id));
        print_roles(words, &owed->object, "nobody", &line);
        text_add_string(&line, " by ");
        print_roles(words, &owed->bearer, "actor", &line);
        text_format(&line, " %s", stage_names[owed->stage]);
        text_format(out, "%s\n", line.at);
        if (owed->within.unit == SPAN_IMMEDIATELY || owed->within.unit == SPAN_SAME_DAY)
            text_format(out, "%s within %s\n", line.at, span_names[owed->within.unit]);
        else if (owed->within.unit != SPAN_NONE)
            text_format(out, "%s within %s %lld\n", line.at, span_names[owed->within.unit],
                        (long long)owed->within.number);
        if (owed->conditional) text_format(out, "%s conditional\n", line.at);
    }
}

static void print_needs(const struct words *words, const struct decision *decision,
                        struct text *out)
{
    for (size_t i = 0; i < decision->needs.count; i++) {
        const struct needed *needed = &decision->needs.at[i];
        text_format(out, "need %.*s from ",
                    SLICE_PRINT(words->facts.at[needed->need->record].word.id));
        print_roles(words, &needed->need->from, "anyone", out);
        if (needed->person.length > 0) text_format(out, " for %.*s", SLICE_PRINT(needed->person));
        text_add_string(out, "\n");
    }
}

static void print_cites(const struct decision *decision, struct text *out)
{
    for (size_t i = 0; i < decision->cites.count; i++)
        text_format(out, "cite %.*s %s\n", SLICE_PRINT(decision->cites.at[i].clause->id),
                    part_names[decision->cites.at[i].part]);
    for (size_t i = 0; i < decision->near.count; i++)
        text_format(out, "near %.*s\n", SLICE_PRINT(decision->near.at[i].clause->id));
    for (size_t i = 0; i < decision->clashes.count; i++)
        text_format(out, "clash %.*s %.*s %s\n", SLICE_PRINT(decision->clashes.at[i].a->id),
                    SLICE_PRINT(decision->clashes.at[i].b->id),
                    decision->clashes.at[i].settled ? "settled" : "open");
    if (decision->dropped) text_format(out, "dropped %.*s\n", SLICE_PRINT(decision->dropped->id));
}

static void print_rest(const struct words *words, const struct decision *decision, struct text *out)
{
    for (size_t i = 0; i < decision->judgements.count; i++)
        text_format(out, "judgement %.*s\n", SLICE_PRINT(decision->judgements.at[i]));
    for (size_t i = 0; i < decision->reminders.count; i++)
        text_format(out, "remind %.*s\n", SLICE_PRINT(decision->reminders.at[i].text));
    for (size_t i = 0; i < decision->outcomes.count; i++)
        text_format(out, "outcomes %.*s\n", SLICE_PRINT(decision->outcomes.at[i].text));
    for (size_t i = 0; i < decision->changes.count; i++)
        text_format(out, "change %s\n", verdict_word(decision->changes.at[i].verdict));
    for (size_t i = 0; i < decision->assumed.count; i++)
        text_format(out, "assumed %.*s as %.*s by %.*s\n",
                    SLICE_PRINT(words->facts.at[decision->assumed.at[i].fact].word.id),
                    SLICE_PRINT(decision->assumed.at[i].as),
                    SLICE_PRINT(decision->assumed.at[i].by));
    if (decision->advice) {
        text_format(out, "advice %s ", decision->advice->kind == LINE_SILENCE_ASK ? "ask" : "tell");
        print_roles(words, &decision->advice->roles, "nobody", out);
        text_add_string(out, "\n");
    }
    if (decision->question.kind == QUESTION_FACT || decision->question.kind == QUESTION_RECORD)
        text_format(out, "ask %s %.*s\n",
                    decision->question.kind == QUESTION_FACT ? "fact" : "record",
                    SLICE_PRINT(words->facts.at[decision->question.fact].word.id));
    text_format(out, "%s%sparts %zu\n", decision->door ? "door\n" : "",
                decision->noted ? "noted\n" : "", decision->parts.count);
}

/* One thing a line, in words and ids of the vocabulary. */
static void print_decision(const struct words *words, const struct decision *decision,
                           struct text *out)
{
    const char *strength = decision->strength == STRENGTH_MUST       ? " must"
                           : decision->strength == STRENGTH_SHOULD   ? " should"
                           : decision->strength == STRENGTH_REQUIRED ? " required"
                                                                     : "";
    text_format(out, "\nverdict %s%s\n", verdict_word(decision->verdict), strength);
    if (decision->refer.list.count > 0) {
        text_add_string(out, "refer ");
        print_roles(words, &decision->refer, "nobody", out);
        text_add_string(out, "\n");
    }
    print_needs(words, decision, out);
    print_duties(words, decision, out);
    print_cites(decision, out);
    print_rest(words, decision, out);
}

static bool has_line(const struct text *text, struct slice line)
{
    struct slice rest = text_slice(text), found;
    while (slice_line(&rest, &found))
        if (slice_equal(found, line)) return true;
    return false;
}

static void check_lines(const struct table_row *row, const struct text *printed, struct text *wrong)
{
    struct slice rest = slice_of(row->expected), line;
    while (slice_line(&rest, &line)) {
        bool absent = slice_starts(line, SLICE("!"));
        if (has_line(printed, slice_part(line, absent, line.length)) == absent)
            text_format(wrong, "%s: '%.*s'\n", absent ? "should not be there" : "missing",
                        SLICE_PRINT(line));
    }
}

static bool read_request(const struct table_row *row, const struct policy *policy,
                         struct arena *arena, struct request *request, struct error *error)
{
    struct slice rest = slice_of(row->request), line;
    request_init(policy, true, arena, request);
    while (slice_line(&rest, &line)) {
        size_t colon = slice_find(line, ':');
        if (!request_set(request, slice_part(line, 0, colon),
                         slice_trim(slice_part(line, colon + 1, line.length)), error))
            return false;
    }
    return request_check(request, error);
}

static void decide_row(const struct table_row *row, const struct compiled *compiled,
                       struct text *wrong)
{
    struct request request;
    struct decision decision;
    struct error error = {.code = ERROR_NONE};
    AUTO_TEXT struct text printed, why;
    text_init(&printed, 1 << 16);
    text_init(&why, 1 << 16);
    if (!read_request(row, compiled->policy, compiled->arena, &request, &error)) {
        text_format(wrong, "request: %s\n", error.sentence);
        return;
    }
    decide(&request, compiled->arena, &decision);
    print_decision(&compiled->policy->words, &decision, &printed);
    check_lines(row, &printed, wrong);
    if (compare(&request, 4000, compiled->arena, &why) == COMPARED_DIFFERENT)
        text_format(wrong, "naive: %s", why.at);
    if (wrong->length > 0) text_format(wrong, "printed:%s", printed.at);
}

static void front(const char *name, const char *body, struct text *out)
{
    text_format(out,
                "---\npolicy: %s\ntitle: A test\nversion: 1\nin force from: 2020-01-01\n---\n# A "
                "test\n\n%s",
                name, body);
}

static size_t run_row(const struct table_row *row)
{
    AUTO_TEXT struct text policy, law, wrong;
    struct compiled compiled = {.policy = NULL};
    text_init(&policy, 1 << 16);
    text_init(&law, 1 << 16);
    text_init(&wrong, 1 << 16);
    front("test", row->policy, &policy);
    if (row->law) front("law", row->law, &law);
    if (compiled_from(&compiled, text_slice(&policy), text_slice(&law)))
        decide_row(row, &compiled, &wrong);
    else
        text_format(&wrong, "does not compile: %.*s\n",
                    SLICE_PRINT(compiled.problems.list.count ? compiled.problems.list.at[0].sentence
                                                             : SLICE_EMPTY));
    if (wrong.length > 0) print_message("\n%s\n%s", row->name, wrong.at);
    compiled_clear(&compiled);
    return wrong.length > 0;
}

static void run_table(const struct table_row *rows)
{
    size_t failed = 0, count = 0;
    for (; rows[count].name; count++) failed += run_row(&rows[count]);
    print_message("%zu rows, %zu failed\n", count, failed);
    assert_true(count > 50);
    assert_int_equal(failed, 0);
}

static void test_steps(void **state)
{
    (void)state;
    run_table(table_steps);
}

static void test_facts(void **state)
{
    (void)state;
    run_table(table_facts);
}

/* REVIEW DUE March 2027 falls due on the last day of the month (R8). */
static void test_review_month(void **state)
{
    AUTO_TEXT struct text policy;
    struct compiled compiled = {.policy = NULL};
    (void)state;
    text_init(&policy, 1 << 16);
    front("test", LINES("REVIEW DUE February 2028\n") CLAUSE("1", "staff MAY post\n"), &policy);
    assert_true(compiled_from(&compiled, text_slice(&policy), SLICE_EMPTY));
    const struct policy_line *line = &compiled.policy->document.lines.at[0];
    assert_int_equal(line->kind, LINE_REVIEW);
    assert_true(line->month_only);
    assert_int_equal(line->review.year, 2028);
    assert_int_equal(line->review.month, 2);
    assert_int_equal(line->review.day, 29);
    compiled_clear(&compiled);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_steps), cmocka_unit_test(test_facts),
                                       cmocka_unit_test(test_review_month)};
    return cmocka_run_group_tests_name("decide", tests, NULL, NULL);
}
