/* fmt: what it changes, what it leaves, comments, and that a formatted document says what it said before. */
#include "front_end.h"

#include "policy/fmt.h"
#include "policy/print.h"

static const char vocabulary[] =
    "## People\n| phrase | id | also called |\n|---|---|---|\n"
    "| staff | staff | staff member |\n| a pupil | pupil | |\n"
    "| the headteacher | head | |\n"
    "## Channels\n| phrase | id |\n|---|---|\n| a personal account | own |\n"
    "## Acts\n| phrase | id | kind | joins |\n|---|---|---|---|\n"
    "| befriend | befriend | act | |\n| post | post | act | |\n| tell | tell | duty | |\n"
    "## Facts\n| phrase | id | kind | if not known |\n|---|---|---|---|\n"
    "| it is late | late | yes/no | treat as no |\n"
    "| it is urgent | urgent | yes/no | treat as no |\n";

#define FRONT "---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2024-03-15\nnorms: n\n---\n"

struct fixture {
    struct arena *arena;
    struct problems problems;
    struct words shared, words;
    struct document document;
};

static void open_document(struct fixture *fixture, struct slice vocabulary_text,
                          struct slice source)
{
    fixture->arena = arena_new();
    problems_init(&fixture->problems, fixture->arena);
    bool read = words_read(SLICE("words.md"), vocabulary_text, fixture->arena, &fixture->problems,
                           &fixture->shared);
    words_copy(&fixture->shared, fixture->arena, &fixture->words);
    read = read &&
           document_read(SLICE("p.md"), source, false, fixture->arena, &fixture->problems,
                         &fixture->document) &&
           parse_document(&fixture->document, &fixture->words, &fixture->problems);
    if (read) return;
    for (size_t i = 0; i < fixture->problems.list.count; i++) {
        const struct problem *problem = &fixture->problems.list.at[i];
        if (!problem->warning) fail_msg("line %zu: %s", problem->line, problem->sentence.at);
    }
}

/* Everything a document says, printed. */
static void say_all(const struct fixture *fixture, struct text *out)
{
    const struct document *document = &fixture->document;
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        text_format(out, "[%.*s] %.*s\n", SLICE_PRINT(clause->id), SLICE_PRINT(clause->prose));
        print_statements(&fixture->words, clause->statements.at, clause->statements.count, out);
    }
    for (size_t i = 0; i < document->lines.count; i++)
        print_policy_line(&fixture->words, &document->lines.at[i], out);
}

/* Formats, reads the result, and expects the same meaning and, formatted again, the same bytes. */
static void format(struct slice vocabulary_text, struct slice source, struct text *out,
                   size_t *ret_left)
{
    struct fixture first, second;
    struct text before, after, again;
    size_t left = 0;
    text_init(&before, 1 << 24);
    text_init(&after, 1 << 24);
    text_init(&again, 1 << 24);
    open_document(&first, vocabulary_text, source);
    assert_true(fmt_document(&first.document, &first.words, out, ret_left));
    open_document(&second, vocabulary_text, text_slice(out));
    say_all(&first, &before);
    say_all(&second, &after);
    assert_string_equal(before.at, after.at);
    assert_true(fmt_document(&second.document, &second.words, &again, &left));
    assert_string_equal(out->at, again.at);
    assert_int_equal(left, *ret_left);
    text_clear(&before);
    text_clear(&after);
    text_clear(&again);
    arena_free(first.arena);
    arena_free(second.arena);
}

static void expect_fmt(const char *source, const char *expected, size_t expected_left)
{
    struct text out;
    size_t left = 0;
    text_init(&out, 1 << 20);
    format(slice_of(vocabulary), slice_of(source), &out, &left);
    assert_string_equal(out.at, expected);
    assert_int_equal(left, expected_left);
    text_clear(&out);
}

static void test_puts_lines_in_order(void **state)
{
    (void)state;
    expect_fmt(FRONT "# Title  \n\n\n* an odd   list\n## A {#c-1}\n|a|b|\n|-|-|\n~~~~rule  \n"
                     "   the staff members SHOULD NOT   befriend pupils\n"
                     "REMIND \"Think.\"\n\n IF any of:\n- it is late\n"
                     "staff MAY post\n ~~~~ \n\ttail ",
               FRONT "# Title  \n\n\n* an odd   list\n## A {#c-1}\n|a|b|\n|-|-|\n~~~~rule  \n"
                     "staff SHOULD NOT befriend a pupil\n"
                     "IF it is late\n"
                     "REMIND \"Think.\"\n\n"
                     "staff MAY post\n ~~~~ \n\ttail ",
               0);
}

static void test_keeps_comments(void **state)
{
    (void)state;
    expect_fmt(FRONT "## A {#c-1}\n```rule\n"
                     "-- first of all\n--   and second\n"
                     "staff MAY   post -- behind the head\n"
                     "REMIND \"a -- b\" -- behind the reminder\n"
                     "-- above the condition\n"
                     "IF  it is late\n"
                     "-- above the next\n\n"
                     "staff MAY befriend pupil\n"
                     "-- at the end\n```\n",
               FRONT "## A {#c-1}\n```rule\n"
                     "-- first of all\n--   and second\n"
                     "staff MAY post  -- behind the head\n"
                     "-- above the condition\n"
                     "IF it is late\n"
                     "REMIND \"a -- b\"  -- behind the reminder\n\n"
                     "-- above the next\n"
                     "staff MAY befriend a pupil\n"
                     "-- at the end\n```\n",
               0);
}

/* A list of one loses its line: its comment would have no place, so the block stays. */
static void test_leaves_what_is_not_safe(void **state)
{
    (void)state;
    static const char one[] =
        FRONT "## A {#c-1}\n```rule\nstaff   MAY post\nIF any of: -- why\n- it is late\n```\n";
    expect_fmt(one, one, 1);
    static const char twice[] =
        FRONT "## A {#c-1}\n```rule\nstaff   MAY post\nREMIND \"a\" -- why\nREMIND \"a\"\n```\n";
    expect_fmt(twice, twice, 1);
}

static void test_formats_policy_lines(void **state)
{
    (void)state;
    expect_fmt(FRONT "## Lines {#c-policy}\nnorms: n-1\n```policy\n"
                     "-- whom\nTHIS POLICY  BINDS staff,   pupils [1, 2]\n\n"
                     "REVIEW DUE   March 2024 -- each year\n```\n",
               FRONT "## Lines {#c-policy}\nnorms: n-1\n```policy\n"
                     "-- whom\nTHIS POLICY BINDS staff or a pupil   [1, 2]\n"
                     "REVIEW DUE March 2024  -- each year\n```\n",
               0);
}

static void test_keeps_returns(void **state)
{
    (void)state;
    static const char source[] = "\xef\xbb\xbf---\r\npolicy: p\r\ntitle: T\r\nversion: 1\r\nin "
                                 "force from: 2024-03-15\r\n---\r\n"
                                 "## A {#c-1}\r\n```rule\r\nstaff   MAY post\r\n```\r\n";
    static const char expected[] = "\xef\xbb\xbf---\r\npolicy: p\r\ntitle: T\r\nversion: 1\r\nin "
                                   "force from: 2024-03-15\r\n---\r\n"
                                   "## A {#c-1}\r\n```rule\r\nstaff MAY post\r\n```\r\n";
    expect_fmt(source, expected, 0);
}

static void test_says_when_it_does_not_fit(void **state)
{
    (void)state;
    struct fixture fixture;
    struct text out;
    size_t left = 7;
    open_document(&fixture, slice_of(vocabulary),
                  SLICE(FRONT "## A {#c-1}\n```rule\nstaff MAY post\n```\n"));
    text_init(&out, 20);
    assert_false(fmt_document(&fixture.document, &fixture.words, &out, &left));
    assert_int_equal(left, 7);
    text_clear(&out);
    arena_free(fixture.arena);
}

/* The lines of both texts that stand outside rule and policy blocks are the same. */
static void expect_same_outside(struct slice a, struct slice b, struct arena *arena)
{
    struct slice sources[2] = {a, b};
    struct text outside[2];
    for (int i = 0; i < 2; i++) {
        struct problems problems;
        struct document document;
        problems_init(&problems, arena);
        assert_true(document_read(SLICE("p.md"), sources[i], false, arena, &problems, &document));
        text_init(&outside[i], 1 << 24);
        const char *from = sources[i].at;
        for (size_t k = 0; k < document.clauses.count; k++) {
            const struct block *block = &document.clauses.at[k].block;
            if (block->kind == BLOCK_NORULE) continue;
            text_add(&outside[i], (struct slice){from, (size_t)(block->text.at - from)});
            from = block->text.at + block->text.length;
        }
        text_add(&outside[i],
                 (struct slice){from, (size_t)(sources[i].at + sources[i].length - from)});
    }
    assert_string_equal(outside[0].at, outside[1].at);
    text_clear(&outside[0]);
    text_clear(&outside[1]);
}

static void test_the_policies_themselves(void **state)
{
    (void)state;
    static const char *const names[] = {"policies/law.md", "policies/early-life/policy.md"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct arena *arena = arena_new();
        struct slice words = project_file("policies/words.md", 1 << 20, arena);
        struct slice source = project_file(names[i], 1 << 20, arena);
        struct text out;
        size_t left = 0;
        text_init(&out, 1 << 24);
        format(words, source, &out, &left);
        expect_same_outside(source, text_slice(&out), arena);
        assert_int_equal(left, 0);
        text_clear(&out);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_puts_lines_in_order),
        cmocka_unit_test(test_keeps_comments),
        cmocka_unit_test(test_leaves_what_is_not_safe),
        cmocka_unit_test(test_formats_policy_lines),
        cmocka_unit_test(test_keeps_returns),
        cmocka_unit_test(test_says_when_it_does_not_fit),
        cmocka_unit_test(test_the_policies_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
