/* Documents read into clauses, sections and blocks; fences as CommonMark has them; every sentence that a bad one earns. */
#include "front_end.h"

#include "policy/lines.h"

#define FRONT "---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2024-03-15\n---\n"

static const char good[] = "---  \n"
                           "policy: early-life\n"
                           "title: A title: with a colon\n"
                           "version: draft 3\n"
                           "in force from: June 2024\n"
                           "norms: early\n"
                           "reads: R1, R2 R14\n"
                           "\n"
                           "based on: other\n"
                           "words: our-words.md\n"
                           "law: law.md\n"
                           "---\n"
                           "Before all.\n"
                           "\n"
                           "# The policy\n"
                           "Under the title.\n"
                           "\n"
                           "## 4 Official accounts ##\n"
                           "### Lines {#c-policy}\n"
                           "norms: early-1\n"
                           "```policy\n"
                           "REVIEW DUE March 2024\n"
                           "```\n"
                           "### 4.2a. Approval {#c-4.2a}\n"
                           "First run.\n"
                           "norms: early-4.2a, early-app1-14\n"
                           "Second run.\n"
                           "~~~~rule  \n"
                           "```\n"
                           "# no heading\n"
                           "~~~\n"
                           "staff MAY post\n"
                           "  ~~~~~ \n"
                           "```note\n"
                           "Why.\n"
                           "```\n"
                           "```scenario \"A name\"\n"
                           "act: post\n"
                           "```\n"
                           "Third run.\n"
                           "#### Deeper\n"
                           "##### Deepest {#c-L1}\n"
                           "```norule workflow sign-off \"People sign it.\"\n"
                           "```\n"
                           "## app1 Appendix\n"
                           "Its prose.\n"
                           "```scenarios\n"
                           "| name |\n"
                           "```\n"
                           "### 2024 review {#c-x-1}\n"
                           "````text\n"
                           "```rule\n"
                           "```\n"
                           "````\n"
                           "```norule define\n"
                           "It is a word.\n"
                           "```\n";

struct fixture {
    struct arena *arena;
    struct problems problems;
    struct document document;
};

static bool read_text(struct fixture *fixture, struct slice source)
{
    fixture->arena = arena_new();
    problems_init(&fixture->problems, fixture->arena);
    return document_read(SLICE("file.md"), source, false, fixture->arena, &fixture->problems,
                         &fixture->document);
}

static void expect_slice(struct slice got, const char *expected)
{
    if (!slice_is(got, expected)) fail_msg("'%.*s', not '%s'", SLICE_PRINT(got), expected);
}

static void expect_good_front(const struct document *document)
{
    expect_slice(document->policy, "early-life");
    expect_slice(document->title, "A title: with a colon");
    expect_slice(document->version, "draft 3");
    expect_slice(document->norms_prefix, "early");
    expect_slice(document->based_on, "other");
    expect_slice(document->words, "our-words.md");
    expect_slice(document->law, "law.md");
    assert_true(document->in_force_month && document->in_force.month == 6 &&
                document->in_force.day == 30);
    assert_int_equal(document->reads, 1u << 1 | 1u << 2 | 1u << 14);
}

static void expect_good_clauses(const struct document *document)
{
    assert_int_equal(document->clauses.count, 4);
    const struct clause *clause = &document->clauses.at[1];
    expect_slice(clause->id, "4.2a");
    expect_slice(clause->number, "4.2a");
    expect_slice(clause->title, "Approval");
    expect_slice(clause->prose, "First run.\nSecond run.\nThird run.");
    expect_slice(clause->block.text, "```\n# no heading\n~~~\nstaff MAY post\n");
    expect_slice(clause->notes.at[0], "Why.\n");
    assert_int_equal(clause->block.kind, BLOCK_RULE);
    assert_int_equal(clause->block.line, 29);
    assert_int_equal(clause->line, 24);
    assert_int_equal(clause->norms.count, 2);
    assert_int_equal(clause->norms_line, 26);
    expect_slice(clause->norms.at[1], "early-app1-14");
    const struct clause *norule = &document->clauses.at[2];
    expect_slice(norule->number, "");
    expect_slice(norule->mechanism, "workflow");
    expect_slice(norule->feature, "sign-off");
    expect_slice(norule->reason, "People sign it.");
    assert_int_equal(norule->level, 5);
    const struct clause *last = &document->clauses.at[3];
    expect_slice(last->number, "2024");
    expect_slice(last->title, "review");
    expect_slice(last->prose, "````text\n```rule\n```\n````");
    expect_slice(last->feature, "");
    expect_slice(last->reason, "It is a word.");
    assert_int_equal(document->clauses.at[0].block.kind, BLOCK_POLICY);
}

static void expect_good(const struct document *document)
{
    expect_good_front(document);
    expect_good_clauses(document);
    expect_slice(document->preamble, "Before all.");
    assert_int_equal(document->sections.count, 4);
    expect_slice(document->sections.at[0].prose, "Under the title.");
    expect_slice(document->sections.at[1].title, "Official accounts");
    expect_slice(document->sections.at[3].number, "app1");
    expect_slice(document->sections.at[3].prose, "Its prose.");
    assert_int_equal(document->sections.at[2].parent, 1);
    assert_int_equal(document->sections.at[1].first_clause, 0);
    assert_int_equal(document->clauses.at[2].section, 2);
    assert_true(document_in_section(document, 2, SLICE("4")));
    assert_false(document_in_section(document, 3, SLICE("4")));
    assert_true(document_in_section(document, 3, SLICE("app1")));
    assert_int_equal(document->scenarios.count, 2);
    expect_slice(document->scenarios.at[0].info, "\"A name\"");
    expect_slice(document->scenarios.at[0].text, "act: post\n");
    assert_int_equal(document->scenarios.at[0].clause, 1);
    assert_int_equal(document->scenarios.at[1].kind, BLOCK_SCENARIOS);
    assert_int_equal(document->scenarios.at[1].clause, -1);
    assert_int_equal(document_clause(document, SLICE("L1")), 2);
    assert_int_equal(document_clause(document, SLICE("5.2")), -1);
}

static void test_reads_a_document(void **state)
{
    (void)state;
    struct fixture fixture;
    if (!read_text(&fixture, slice_of(good)))
        fail_msg("%s", fixture.problems.list.at[0].sentence.at);
    expect_good(&fixture.document);
    arena_free(fixture.arena);
}

static void test_same_with_returns_and_mark(void **state)
{
    (void)state;
    struct text text;
    text_init(&text, 1 << 16);
    text_add_string(&text, "\xef\xbb\xbf");
    for (size_t i = 0; i < sizeof good - 1; i++) {
        if (good[i] == '\n') text_add_char(&text, '\r');
        text_add_char(&text, good[i]);
    }
    struct fixture fixture;
    assert_true(read_text(&fixture, text_slice(&text)));
    expect_good(&fixture.document);
    text_clear(&text);
    arena_free(fixture.arena);
}

static void test_a_file_of_scenarios(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct problems problems;
    struct document document;
    problems_init(&problems, arena);
    struct slice text = SLICE("# Scenarios\n```scenario\nact: post\n```");
    assert_true(document_read(SLICE("s.md"), text, true, arena, &problems, &document));
    assert_int_equal(document.scenarios.count, 1);
    expect_slice(document.words, "words.md");
    expect_slice(document.law, "law.md");
    arena_free(arena);
}

static void test_fences(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        size_t length; /* 0: no fence */
        const char *word, *info;
    } opens[] = {
        {"```rule", 3, "rule", ""},
        {"   ~~~ rule a b ", 3, "rule", "a b"},
        {"    ```rule", 0, "", ""},
        {"``rule", 0, "", ""},
        {"``` a`b", 0, "", ""},
        {"~~~ a`b", 3, "a`b", ""},
        {"`````", 5, "", ""},
        {"text ```", 0, "", ""},
        {"", 0, "", ""},
    };
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
        struct fence fence = {.length = 0};
        bool opened = lines_fence_opens(slice_of(opens[i].line), &fence);
        assert_int_equal(opened, opens[i].length > 0);
        assert_int_equal(fence.length, opens[i].length);
        if (opened) expect_slice(fence.word, opens[i].word);
        if (opened) expect_slice(fence.info, opens[i].info);
    }
    struct fence four = {.mark = '`', .length = 4};
    assert_true(lines_fence_closes(SLICE("````"), &four));
    assert_true(lines_fence_closes(SLICE("  ``````  "), &four));
    assert_false(lines_fence_closes(SLICE("```"), &four));
    assert_false(lines_fence_closes(SLICE("~~~~"), &four));
    assert_false(lines_fence_closes(SLICE("````rule"), &four));
    assert_false(lines_fence_closes(SLICE("     ````"), &four));
}

static void test_headings_and_html(void **state)
{
    (void)state;
    size_t level;
    struct slice text;
    assert_true(lines_heading(SLICE("  ## Two "), &level, &text) && level == 2 &&
                slice_is(text, "Two"));
    assert_true(lines_heading(SLICE("######"), &level, &text) && level == 6 && text.length == 0);
    assert_false(lines_heading(SLICE("#Two"), &level, &text));
    assert_false(lines_heading(SLICE("####### Seven"), &level, &text));
    assert_false(lines_heading(SLICE("    # code"), &level, &text));
    assert_true(lines_html(SLICE("<div>")) && lines_html(SLICE("</p>")) &&
                lines_html(SLICE("a <!-- b -->")));
    assert_true(lines_html(SLICE("<!DOCTYPE>")) && lines_html(SLICE("<?php")));
    assert_false(lines_html(SLICE("<https://example.org/>")) || lines_html(SLICE("<a@b.example>")));
    assert_false(lines_html(SLICE("<mailto:someone>")) || lines_html(SLICE("< 3")) ||
                 lines_html(SLICE("a < b")));
    assert_false(lines_html(SLICE("<")));
    assert_int_equal(lines_column(SLICE("abc"), SLICE("elsewhere")), 1);
}

static const struct bad bads[] = {
    {"", ":1:1: error: this document has no front matter", 0},
    {"# Title\n", ":1:1: error: this document has no front matter", 0},
    {"---\npolicy: p\n", ":1:1: error: the front matter never ends", 0},
    {"---\ntitle: T\nversion: 1\nin force from: 2024-03-15\n---\n",
     ":1:1: error: the front matter has no 'policy'", 0},
    {"---\n---\n", ":1:1: error: the front matter has no 'policy'", 4},
    {"---\npolicy: p\ntitle: T\nversion: 1\nversion: 2\nin force from: 2024-03-15\n---\n",
     ":5:1: error: the key 'version' is used twice", 0},
    {"---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2024-03-15\nverson: 2\n---\n",
     ":6:1: error: I do not know the key 'verson'; did you mean 'version'?", 0},
    {"---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2024-03-15\n colour: 2\n---\n",
     ":6:2: error: I do not know the key 'colour'", 0},
    {"---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2024-03-15\nhello\n---\n",
     ":6:1: error: this line of the front matter has no colon", 0},
    {"---\npolicy: p\ntitle:\nversion: 1\nin force from: 2024-03-15\n---\n",
     ":3:1: error: the key 'title' has no value", 0},
    {"---\npolicy: P x\ntitle: T\nversion: 1\nin force from: 2024-03-15\n---\n",
     ":2:9: error: 'P x' is no name", 0},
    {"---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2023-02-29\n---\n",
     ":5:16: error: '2023-02-29' is no date", 0},
    {"---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2024-03-15\nreads: R1 R32\n---\n",
     ":6:11: error: 'R32' is no reading", 0},
    {"---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2024-03-15\nreads: 1\n---\n",
     ":6:8: error: '1' is no reading", 0},
    {"---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2024-03-15\nwords: "
     "../../etc/passwd\n---\n",
     ":6:8: error: '../../etc/passwd' is no file name", 0},
    {FRONT "## A {#c-1}\nText.\n",
     ":7:1: error: clause 1 has neither a rule block nor a norule block (clause 1)", 0},
    {FRONT "## A {#c-1}\n## B\n",
     ":7:1: error: clause 1 has neither a rule block nor a norule block (clause 1)", 0},
    {FRONT "## A {#c-1}\n```rule\n```\n```norule define\n```\n",
     ":10:1: error: this clause has two blocks (clause 1)", 0},
    {FRONT "## A {#c-1}\n```rule\n```\n## B {#c-1}\n```rule\n```\n",
     ":10:10: error: clause id '1' is used twice (clause 1)", 0},
    {FRONT "## A {#5.2a}\n```rule\n```\n",
     ":7:8: error: the id '5.2a' of this heading does not begin with 'c-'", 0},
    {FRONT "## A {#}\n```rule\n```\n",
     ":7:4: error: the id '' of this heading does not begin with 'c-'", 2},
    {FRONT "## A {#c-a b}\n```rule\n```\n", ":7:10: error: 'a b' is no clause id (clause a b)", 0},
    {FRONT "## A {#c-}\n```rule\n```\n", ":7:1: error: '' is no clause id", 0},
    {FRONT "## A {#c-1\n```rule\n```\n",
     ":7:6: error: the id of this heading is not closed by '}' at its end", 0},
    {FRONT "## A {#c-1} more\n```rule\n```\n",
     ":7:6: error: the id of this heading is not closed by '}' at its end", 0},
    {FRONT "```rule\n```\n", ":7:1: error: this block belongs to no clause", 0},
    {FRONT "## A {#c-1}\n```rule\n```\n## B\n```norule define\n```\n",
     ":11:1: error: this block belongs to no clause", 0},
    {FRONT "## A {#c-1}\n```policy\n```\n## B {#c-2}\n```policy\n```\n",
     ":11:1: error: this document has two policy blocks (clause 2)", 0},
    {FRONT "## A {#c-1}\n```rule\nstaff MAY post\n",
     ":8:1: error: this block is never closed (clause 1)", 0},
    {FRONT "## A {#c-1}\n````rule\n```\n", ":8:1: error: this block is never closed (clause 1)", 0},
    {FRONT "## A {#c-1}\n```rul\n```\n```rule\n```\n",
     ":8:4: error: I do not know the block 'rul'; did you mean 'rule'? (clause 1)", 0},
    {FRONT "## A {#c-1}\n```Rule\n```\n```rule\n```\n",
     ":8:4: error: I do not know the block 'Rule'; did you mean 'rule'? (clause 1)", 0},
    {FRONT "## A {#c-1}\n```norule workflw\n```\n",
     ":8:11: error: I do not know the mechanism 'workflw'; did you mean 'workflow'? (clause 1)", 0},
    {FRONT "## A {#c-1}\n```norule zebra\n```\n",
     ":8:11: error: I do not know the mechanism 'zebra' (clause 1)", 0},
    {FRONT "## A {#c-1}\n```norule\n```\n",
     ":8:1: error: I do not know the mechanism '' (clause 1)", 0},
    {FRONT "## A {#c-1}\n```norule define two words\n```\n",
     ":8:18: error: 'two words' is no name of a feature (clause 1)", 0},
    {FRONT "## A {#c-1}\n```norule define \"why\n```\n",
     ":8:18: error: the reason is not in quotation marks (clause 1)", 0},
    {FRONT "## A {#c-1}\n```norule define \"why\" so\n```\n",
     ":8:18: error: the reason is not in quotation marks (clause 1)", 0},
    {FRONT "## A {#c-1}\nnorms: a\nnorms: b\n```rule\n```\n",
     ":9:1: error: this clause has two norms lines (clause 1)", 0},
    {FRONT "## A {#c-1}\n```rule\n```\nnorms: b\n",
     ":10:1: error: the norms line stands below the block (clause 1)", 0},
    {FRONT "norms: b\n", ":7:1: error: this norms line belongs to no clause", 0},
    {FRONT "## A {#c-1}\nnorms:\n```rule\n```\n", ":8:1: error: '' is no norm id (clause 1)", 0},
    {FRONT "## A {#c-1}\nnorms: a, b c\n```rule\n```\n",
     ":8:11: error: 'b c' is no norm id (clause 1)", 0},
    {FRONT "## A {#c-1}\nnorms: a, a\n```rule\n```\n",
     ":8:11: error: the norm 'a' stands here twice (clause 1)", 0},
    {"---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2024-03-15\nnorms: ab\n---\n## A "
     "{#c-1}\nnorms: "
     "ab-1, b-2\n```rule\n```\n",
     ":9:14: error: the norm 'b-2' does not begin with 'ab-' (clause 1)", 0},
    {FRONT "Text\n<!-- hidden -->\n", ":8:1: error: HTML would hide from readers what is compiled",
     0},
    {FRONT "x\xc3\n", ":7:2: error: this is not UTF-8 text", 0},
};

static void test_says_what_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        struct fixture fixture;
        struct slice source = slice_of(bads[i].text);
        if (read_text(&fixture, source)) fail_msg("read: %s", bads[i].text);
        expect_problem(&fixture.problems, source, &bads[i]);
        arena_free(fixture.arena);
    }
}

static void expect_first(struct text *text, const char *expected, size_t errors)
{
    struct fixture fixture;
    assert_false(read_text(&fixture, text_slice(text)));
    expect_problem(&fixture.problems, text_slice(text),
                   &(struct bad){"a large text", expected, errors});
    arena_free(fixture.arena);
    text_cut(text, 0);
}

static void test_limits(void **state)
{
    (void)state;
    struct text text;
    text_init(&text, 1 << 24);
    text_add_string(&text, FRONT);
    for (int i = 0; i < 1200; i++) text_format(&text, "# A {#c-%d}\n```rule\n```\n", i);
    expect_first(&text, ":3007:1: error: this document has more than 1000 clauses", 1);
    text_add_string(&text, FRONT);
    for (int i = 0; i < 1200; i++) text_add_string(&text, "# A\n");
    expect_first(&text, ":1007:1: error: this document has more than 1000 sections", 1);
    text_add_string(&text, FRONT);
    for (int i = 0; i < 5000; i++) text_add_char(&text, '#');
    expect_first(&text, ":7:4001: error: this line has 5000 characters; 4000 is the most", 1);
    for (int i = 0; i < 10 << 20; i++)
        text_add_char(&text, '\xff'); /* the size is looked at before anything else */
    expect_first(&text, ": error: this file holds 10485760 bytes; 1048576 is the most that is read",
                 1);
    text_add_string(&text, FRONT "# A {#c-1}\n```rule\n```\n");
    for (int i = 0; i < 60000; i++) /* prose in many runs is put together once */
        text_add_string(&text, "x\n```note\n```\n");
    struct fixture fixture;
    assert_true(read_text(&fixture, text_slice(&text)));
    assert_int_equal(fixture.document.clauses.at[0].prose.length, 2 * 60000 - 1);
    arena_free(fixture.arena);
    text_clear(&text);
}

/* ---- problems as they are printed -------------------------------------------------------------- */

static void expect_print(const struct problem *problem, const char *source, const char *expected)
{
    struct text out;
    text_init(&out, 1 << 16);
    problem_print(problem, slice_of(source), &out);
    assert_string_equal(out.at, expected);
    text_clear(&out);
}

static void test_prints_a_caret(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct problems problems;
    problems_init(&problems, arena);
    struct problem *problem =
        problems_add(&problems, true, ERROR_WORD, SLICE("p.md"), 2, 4, "odd %s", "word");
    problem_point(problem, SLICE("\xc3\xa9t\xc3\xa9"), "write another");
    expect_print(problem, "one\n\ta \xc3\xa9t\xc3\xa9 b\nthree\n",
                 "p.md:2:4: warning: odd word\n    \ta \xc3\xa9t\xc3\xa9 b\n    \t  ^^^\n    write "
                 "another\n");
    expect_print(problem, "", "p.md:2:4: warning: odd word\n    write another\n");
    problem->clause = SLICE("5.2a");
    problem->column = 0;
    problem->advice = SLICE_EMPTY;
    expect_print(problem, "one\ntwo\n", "p.md:2:1: warning: odd word (clause 5.2a)\n");
    problem->column = 1;
    problem->width = 0;
    expect_print(problem, "one\na\x1b[2J\xff\xe2\x80\xae\xc2\x9b\x7f\xe2\n",
                 "p.md:2:1: warning: odd word (clause 5.2a)\n    a?[2J?????\n    ^\n");
    problem->line = 1;
    expect_print(problem, "\xef\xbb\xbfone\n",
                 "p.md:1:1: warning: odd word (clause 5.2a)\n    one\n    ^\n");
    assert_int_equal(problems.warnings, 1);
    assert_int_equal(problems.errors, 0);
    arena_free(arena);
}

static void test_prints_part_of_a_long_line(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct problems problems;
    problems_init(&problems, arena);
    char line[402];
    memset(line, 'x', 400);
    line[400] = '\n';
    line[401] = '\0';
    line[299] = 'y';
    struct problem *problem =
        problems_add(&problems, false, ERROR_WORD, SLICE("p.md"), 1, 300, "odd");
    problem->width = 400;
    struct text out;
    text_init(&out, 1 << 16);
    problem_print(problem, slice_of(line), &out);
    struct slice rest = text_slice(&out);
    struct slice shown = SLICE_EMPTY;
    struct slice caret = SLICE_EMPTY;
    assert_true(slice_line(&rest, &shown) && slice_line(&rest, &shown) &&
                slice_line(&rest, &caret));
    assert_int_equal(shown.length, 4 + 110);
    assert_int_equal(slice_find(shown, 'y'), slice_find(caret, '^'));
    assert_int_equal(caret.length, shown.length);
    text_clear(&out);
    arena_free(arena);
}

static void test_keeps_no_more_than_its_limit(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct problems problems;
    problems_init(&problems, arena);
    for (size_t i = 0; i < PROBLEMS_LARGEST + 50; i++)
        problems_add(&problems, false, ERROR_WORD, SLICE("p.md"), i, 1, "odd")->advice = SLICE("x");
    assert_int_equal(problems.errors, PROBLEMS_LARGEST + 50);
    assert_int_equal(problems.list.count, PROBLEMS_LARGEST);
    char letters[200];
    memset(letters, 'x', sizeof letters);
    memcpy(letters + 79, "\xc3\xa9", 2);
    assert_int_equal(problem_quote((struct slice){letters, sizeof letters}).length, 79);
    arena_free(arena);
}

static void test_the_policies_themselves(void **state)
{
    (void)state;
    static const char *const names[] = {"policies/law.md",
                                        "policies/early-life/policy.md",
                                        "../shared/design/proof/law.md",
                                        "../shared/design/proof/early-life.md",
                                        "../shared/design/proof/geeks-room.md",
                                        "../shared/design/proof/imbue-ventures.md",
                                        "../shared/design/proof/qegsmat.md",
                                        "../shared/design/proof/pass-move-grin.md"};
    static const size_t clauses[] = {3, 72, 2, 72, 50, 1, 36, 37};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct arena *arena = arena_new();
        struct slice source = project_file(names[i], 1 << 20, arena);
        struct fixture fixture;
        if (!read_text(&fixture, source))
            fail_msg("%s: %s", names[i], fixture.problems.list.at[0].sentence.at);
        assert_true(fixture.document.clauses.count >= clauses[i]);
        arena_free(fixture.arena);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_a_document),
        cmocka_unit_test(test_same_with_returns_and_mark),
        cmocka_unit_test(test_a_file_of_scenarios),
        cmocka_unit_test(test_fences),
        cmocka_unit_test(test_headings_and_html),
        cmocka_unit_test(test_says_what_is_wrong),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_prints_a_caret),
        cmocka_unit_test(test_prints_part_of_a_long_line),
        cmocka_unit_test(test_keeps_no_more_than_its_limit),
        cmocka_unit_test(test_the_policies_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
