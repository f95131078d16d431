/* Rules read into statements: what each form becomes, every sentence that a bad one earns, and inputs made to do harm. */
#include "front_end.h"
#include "rule_words.h"

#include <time.h>

#include "policy/parse.h"
#include "policy/print.h"

struct desk {
    struct arena *arena;
    struct problems problems;
    struct words words;
    struct statements list;
};

static void desk_open(struct desk *desk)
{
    struct words shared;
    *desk = (struct desk){.arena = arena_new()};
    problems_init(&desk->problems, desk->arena);
    assert_true(
        words_read(SLICE("words.md"), slice_of(rule_words), desk->arena, &desk->problems, &shared));
    problems_init(&desk->problems, desk->arena);
    words_copy(&shared, desk->arena, &desk->words);
}

static bool desk_rule(struct desk *desk, struct slice text)
{
    return parse_rule(SLICE("file.md"), text, 1, false, &desk->words, &desk->problems, &desk->list);
}

static const struct statement *only(struct desk *desk, const char *text)
{
    desk_open(desk);
    if (!desk_rule(desk, slice_of(text)))
        fail_msg("%s\n%.*s", text, SLICE_PRINT(desk->problems.list.at[0].sentence));
    assert_int_equal(desk->list.list.count, 1);
    return &desk->list.list.at[0];
}

static int role(const struct desk *desk, const char *phrase)
{
    int index = words_find(&desk->words, WORD_PERSON, slice_of(phrase));
    assert_true(index >= 0);
    return index;
}

/* ---- what becomes of a form -------------------------------------------------------------------- */

static void test_norm(void **state)
{
    (void)state;
    struct desk desk;
    const struct statement *norm = only(&desk, "\n  UNDER NOT R4: staff or teachers SHOULD NOT "
                                               "contact, befriend a pupil via Slack -- no\n");
    assert_int_equal(norm->kind, STATEMENT_NORM);
    assert_int_equal(norm->modal, MODAL_SHOULD_NOT);
    assert_int_equal(norm->reading, 4);
    assert_true(norm->not_reading);
    assert_int_equal(norm->who.roles.list.count, 2);
    assert_int_equal(norm->who.roles.list.at[1], role(&desk, "teacher"));
    assert_false(norm->who.roles.each);
    assert_int_equal(norm->acts.list.count, 2);
    assert_int_equal(norm->acts.object.list.at[0], role(&desk, "student"));
    assert_int_equal(norm->acts.channels.list.count, 1);
    assert_int_equal(norm->line, 2);
    assert_int_equal(norm->column, 3);
    assert_int_equal(norm->clause, -1);
    arena_free(desk.arena);
}

/* Below a WHEN duties are swallowed; what cannot be one begins a statement. */
static void test_event(void **state)
{
    (void)state;
    struct desk desk;
    desk_open(&desk);
    assert_true(desk_rule(
        &desk, SLICE("WHEN staff post\nstaff MUST tell HR\nUNDER R1: staff MAY tell the police\n"
                     "UNDER NOT R6: staff SHOULD record the incident\nREMIND \"x\"\n"
                     "staff MUST NOT contact a pupil\nstaff MAY post\n")));
    assert_int_equal(desk.list.list.count, 3);
    const struct statement *event = &desk.list.list.at[0];
    assert_int_equal(event->kind, STATEMENT_EVENT);
    assert_int_equal(event->duties.count, 3);
    assert_int_equal(event->duties.at[1].modal, DUTY_MAY);
    assert_int_equal(event->duty_readings.at[0], 0);
    assert_int_equal(event->duty_readings.at[1], 1);
    assert_int_equal(event->duty_readings.at[2], 32 + 6);
    assert_int_equal(event->tails.count, 1);
    assert_int_equal(desk.list.list.at[1].modal, MODAL_MUST_NOT);
    assert_int_equal(desk.list.list.at[2].modal, MODAL_MAY);
    arena_free(desk.arena);
}

/* The print's order; an AND THEN stays with its own UNLESS. */
static void test_tails(void **state)
{
    (void)state;
    struct desk desk;
    const struct statement *norm =
        only(&desk, "staff MAY post\nDESPITE 5.2a, section 4, law L1\nUNLESS it is an emergency\n"
                    "UNLESS any of:\n- the asker is worried\n- the content is confidential\n"
                    "AND THEN staff MUST tell HR\nAND THEN staff MUST record the incident\nIF the "
                    "photo shows a pupil\n");
    static const enum tail_kind kinds[] = {TAIL_IF,       TAIL_UNLESS,   TAIL_UNLESS,
                                           TAIL_AND_THEN, TAIL_AND_THEN, TAIL_DESPITE};
    assert_int_equal(norm->tails.count, 6);
    for (size_t i = 0; i < 6; i++) assert_int_equal(norm->tails.at[i].kind, kinds[i]);
    assert_int_equal(norm->tails.at[3].unless, 2);
    assert_int_equal(norm->tails.at[4].unless, 2);
    assert_int_equal(norm->tails.at[5].refs.count, 3);
    assert_true(norm->tails.at[5].refs.at[1].section);
    assert_true(norm->tails.at[5].refs.at[2].law);
    assert_true(slice_is(norm->tails.at[5].refs.at[2].id, "L1"));
    arena_free(desk.arena);
}

static void test_definitions(void **state)
{
    (void)state;
    struct desk desk;
    desk_open(&desk);
    /* The definition that decides the kind may stand behind the one that rests on it. */
    assert_true(desk_rule(
        &desk, SLICE("staff MUST NOT contact our child via our way\nIF a tie\n"
                     "our child MEANS all of:\n- our person\n- age is under 18\n"
                     "our way MEANS Slack\nour person MEANS any of:\n- a pupil\n- own child\n"
                     "a tie MEANS the other person is a colleague\n")));
    const struct statement *child = &desk.list.list.at[1];
    assert_int_equal(child->kind, STATEMENT_MEANS);
    assert_int_equal(child->place, WORD_PERSON);
    assert_true(words_word(&desk.words, WORD_PERSON, child->index)->own);
    const struct condition *meaning = &child->condition;
    assert_int_equal(meaning->mode, CONDITION_ALL);
    assert_int_equal(meaning->atoms.at[0].kind, ATOM_PERSON);
    assert_int_equal(meaning->atoms.at[0].person, PERSON_SELF);
    assert_int_equal(meaning->atoms.at[1].kind, ATOM_NUMBER);
    assert_int_equal(meaning->atoms.at[1].person, PERSON_SELF);
    assert_int_equal(desk.list.list.at[2].place, WORD_CHANNEL);
    assert_int_equal(desk.list.list.at[2].condition.atoms.at[0].kind, ATOM_CHANNEL);
    assert_int_equal(desk.list.list.at[3].place, WORD_PERSON);
    assert_int_equal(desk.list.list.at[4].place, WORD_NAME);
    assert_int_equal(desk.list.list.at[0].tails.at[0].condition.atoms.at[0].kind, ATOM_NAME);
    arena_free(desk.arena);
}

static void test_meaning_of_a_word(void **state)
{
    (void)state;
    struct desk desk;
    const struct statement *means = only(&desk, "school email MEANS the channel is Slack\n");
    assert_int_equal(means->place, WORD_CHANNEL);
    assert_int_equal(means->index, words_find(&desk.words, WORD_CHANNEL, SLICE("work email")));
    arena_free(desk.arena);
    desk_open(&desk);
    assert_true(desk_rule(&desk, SLICE("staff INCLUDES a pupil\nstaff INCLUDES a parent\n")));
    assert_true(desk.list.list.at[1].includes);
    assert_int_equal(desk.list.list.at[0].index, role(&desk, "staff"));
    arena_free(desk.arena);
    const struct statement *judged =
        only(&desk, "HR DECIDES WHETHER \"the tie is proper\"\nASK \"Is it?\"\n");
    assert_int_equal(judged->judge, role(&desk, "HR"));
    assert_true(desk.words.names.at[judged->index].judgement);
    assert_true(slice_is(judged->ask, "Is it?"));
    arena_free(desk.arena);
}

static void test_atoms(void **state)
{
    (void)state;
    struct desk desk;
    const struct statement *norm =
        only(&desk, "staff MAY post\nIF any of:\n- the time is between 18:00 and 07:30\n"
                    "- day of joining is on or after 1970-01-02\n- approval FROM HR is refused\n- "
                    "the act is planned\n"
                    "- for every pupil shown: a full name is given\n");
    const struct condition *condition = &norm->tails.at[0].condition;
    assert_int_equal(condition->atoms.at[0].index, -1);
    assert_int_equal(condition->atoms.at[0].low, 18 * 60);
    assert_int_equal(condition->atoms.at[0].high, 7 * 60 + 30);
    assert_int_equal(condition->atoms.at[1].op, NUMBER_AT_LEAST);
    assert_int_equal(condition->atoms.at[1].low, 1);
    assert_true(condition->atoms.at[2].refused);
    assert_int_equal(condition->atoms.at[2].from.list.at[0], role(&desk, "HR"));
    assert_true(condition->atoms.at[3].negated);
    assert_int_equal(condition->atoms.at[4].kind, ATOM_EVERY);
    assert_int_equal(condition->atoms.at[4].index, role(&desk, "pupil"));
    assert_int_equal(condition->atoms.at[4].every->atoms.count, 1);
    assert_int_equal(condition->atoms.at[4].line, 7);
    assert_int_equal(condition->atoms.at[4].column, 3 + 10);
    arena_free(desk.arena);
}

/* ---- policy lines ------------------------------------------------------------------------------ */

#define FRONT                                                                                      \
    "---\npolicy: p\ntitle: T\nversion: 1\nin force from: 2024-03-15\nnorms: my-school\n---\n# "   \
    "P\n"

static void read_policy(struct desk *desk, const char *lines, struct document *ret_document)
{
    desk_open(desk);
    struct slice source = arena_format(
        desk->arena, FRONT "## L {#c-policy}\nnorms: my-school-1\n```policy\n%s```\n", lines);
    bool read = document_read(SLICE("file.md"), source, false, desk->arena, &desk->problems,
                              ret_document) &&
                parse_document(ret_document, &desk->words, &desk->problems);
    if (!read) fail_msg("%s: %.*s", lines, SLICE_PRINT(desk->problems.list.at[0].sentence));
}

static void test_policy_lines(void **state)
{
    (void)state;
    static const char lines[] =
        "THIS POLICY BINDS staff or a pupil UNLESS any of:   [0b, app-1]\n"
        "- the asker is worried\n- it is an emergency\n"
        "THIS POLICY BINDS staff UNLESS it is an emergency   [7]\n"
        "WHEN no clause speaks: ASK the headteacher BEFOREHAND   [041]\n"
        "WHEN no clause speaks: TELL the headteacher AFTERWARDS\n"
        "befriend DOES NOT COUNT AS contact\na teacher DOES NOT COUNT AS staff\n"
        "Facebook DOES NOT COUNT AS social media\n"
        "staff MAY DEPART FROM this policy: TELL the headteacher\n"
        "REVIEW DUE March 2024\nREVIEW DUE 2024-03-15\n"
        "the deputy head STANDS IN FOR the headteacher IF the headteacher is away   [9]\n"
        "CHECK no pupil or parent MAY contact staff via Slack\nCHECK no anyone MAY post\n"
        "APPROVED BY the headteacher or a director   [5]\n";
    struct desk desk;
    struct document document;
    AUTO_TEXT struct text out;
    read_policy(&desk, lines, &document);
    text_init(&out, 1 << 16);
    for (size_t i = 0; i < document.lines.count; i++)
        print_policy_line(&desk.words, &document.lines.at[i], &out);
    assert_string_equal(out.at, lines);
    assert_true(slice_is(document.lines.at[0].norms.at[1], "my-school-app-1"));
    assert_int_equal(document.lines.at[8].review.day, 31);
    assert_int_equal(document.lines.at[10].roles.list.count, 2);
    assert_int_equal(document.lines.at[11].check->modal, MODAL_MAY);
    assert_int_equal(document.lines.at[13].kind, LINE_APPROVED);
    assert_int_equal(document.lines.at[2].clause, 0);
    assert_int_equal(document.lines.at[2].line, 16);
    arena_free(desk.arena);
}

/* ---- bad rules --------------------------------------------------------------------------------- */

static struct slice unescape(struct slice text, struct arena *arena)
{
    char *at = arena_take(arena, text.length + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool line = text.at[i] == '\\' && i + 1 < text.length && text.at[i + 1] == 'n';
        at[length++] = line ? '\n' : text.at[i];
        i += line;
    }
    return (struct slice){at, length};
}

static void parse_bad(struct desk *desk, struct slice block)
{
    struct slice policy = SLICE("POLICY:");
    if (!slice_starts(block, policy)) {
        assert_false(desk_rule(desk, block));
        return;
    }
    block = slice_part(block, policy.length, block.length);
    struct document document;
    struct slice source = arena_format(
        desk->arena, FRONT "## L {#c-policy}\nnorms: my-school-1\n```policy\n%.*s\n```\n",
        SLICE_PRINT(block));
    assert_true(
        document_read(SLICE("file.md"), source, false, desk->arena, &desk->problems, &document));
    assert_false(parse_document(&document, &desk->words, &desk->problems));
    assert_true(slice_is(desk->problems.list.at[0].clause, "policy"));
    desk->problems.list.at[0].line -= 11; /* where the block begins */
}

static void test_errors(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct slice table = project_file("tests/policy/errors.tsv", 1 << 20, arena);
    struct slice row;
    size_t rows = 0;
    while (slice_line(&table, &row)) {
        struct slice block;
        struct slice place;
        if (row.length == 0 || row.at[0] == '#') continue;
        assert_true(slice_split(&row, '\t', &block) && slice_split(&row, '\t', &place));
        struct desk desk;
        desk_open(&desk);
        parse_bad(&desk, unescape(block, desk.arena));
        const struct problem *first = &desk.problems.list.at[0];
        struct slice found =
            arena_format(desk.arena, "%zu:%zu+%zu\t%.*s", first->line, first->column, first->width,
                         SLICE_PRINT(first->sentence));
        struct slice expected =
            arena_format(desk.arena, "%.*s\t%.*s", SLICE_PRINT(place), SLICE_PRINT(row));
        if (!slice_equal(found, expected))
            fail_msg("%.*s\nexpected %.*s\nfound    %.*s", SLICE_PRINT(block),
                     SLICE_PRINT(expected), SLICE_PRINT(found));
        if (desk.problems.errors != 1)
            fail_msg("%.*s\nhas %zu errors, the second: %.*s", SLICE_PRINT(block),
                     desk.problems.errors, SLICE_PRINT(desk.problems.list.at[1].sentence));
        assert_true(first->advice.length > 0);
        arena_free(desk.arena);
        rows++;
    }
    assert_true(rows > 100);
}

/* Several errors are reported in one run, and one error makes no others. */
static void test_recovery(void **state)
{
    (void)state;
    struct desk desk;
    desk_open(&desk);
    assert_false(desk_rule(
        &desk, SLICE("staff never post\nUNLESS it is an emergency\nONLY IF it is an emergency\n"
                     "staff MUST NOT fly\nIF any of:\n- it is a bird\n- it is a plane\n"
                     "- it is an emergency\nAND THEN staff MUST tell HR\n"
                     "UNLESS the moon is full\nAND THEN staff MUST tell HR\n"
                     "UNDER R99: UNLESS it is an emergency\nAND THEN staff MUST tell HR\n"
                     "WHEN staff dance\nIF it is an emergency\nstaff MAY post\n")));
    static const size_t lines[] = {1, 4, 6, 7, 9, 10, 12, 14};
    assert_int_equal(desk.problems.errors, sizeof lines / sizeof *lines);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_int_equal(desk.problems.list.at[i].line, lines[i]);
    arena_free(desk.arena);
}

/* An error of a document names its clause, and other clauses are read all the same. */
static void test_document_errors(void **state)
{
    (void)state;
    struct desk desk;
    struct document document;
    desk_open(&desk);
    struct slice source =
        SLICE(FRONT "## A {#c-a}\n```rule\nstaff MUST NOT fly\n```\n"
                    "## B {#c-b}\n```rule\na tie MEANS it is an emergency\n```\n"
                    "## C {#c-c}\n```rule\nstaff MAY post\nIF a tie\n```\n"
                    "## D {#c-d}\n```rule\na tie MEANS the asker is worried\n```\n");
    assert_true(
        document_read(SLICE("file.md"), source, false, desk.arena, &desk.problems, &document));
    assert_false(parse_document(&document, &desk.words, &desk.problems));
    assert_int_equal(desk.problems.errors, 2);
    assert_true(slice_is(desk.problems.list.at[0].clause, "d"));
    assert_true(slice_is(desk.problems.list.at[1].clause, "a"));
    assert_int_equal(desk.problems.list.at[1].line, 11);
    assert_int_equal(document.clauses.at[2].statements.count, 1);
    assert_int_equal(document.clauses.at[2].statements.at[0].clause, 2);
    arena_free(desk.arena);
}

/* ---- limits ------------------------------------------------------------------------------------ */

static void expect_limit(const char *head, const char *line, size_t count, const char *sentence)
{
    struct desk desk;
    AUTO_TEXT struct text text;
    text_init(&text, 1 << 20);
    text_add_string(&text, head);
    for (size_t i = 0; i < count; i++) text_add_string(&text, line);
    desk_open(&desk);
    assert_true(desk_rule(&desk, arena_copy(desk.arena, text_slice(&text))));
    arena_free(desk.arena);
    text_add_string(&text, line);
    desk_open(&desk);
    assert_false(desk_rule(&desk, arena_copy(desk.arena, text_slice(&text))));
    if (!slice_is(desk.problems.list.at[0].sentence, sentence))
        fail_msg("%.*s", SLICE_PRINT(desk.problems.list.at[0].sentence));
    assert_int_equal(desk.problems.list.at[0].code, ERROR_LIMIT);
    arena_free(desk.arena);
}

static void test_limits(void **state)
{
    (void)state;
    expect_limit("staff MAY post\n", "UNLESS it is an emergency\n", 64,
                 "a statement may have at most 64 lines");
    expect_limit("WHEN staff post\n", "staff MUST tell HR\n", 64,
                 "a WHEN may have at most 64 duties");
    expect_limit("staff MAY post\nIF any of:\n", "- it is an emergency\n", 128,
                 "a list may have at most 128 items");
    expect_limit("staff MAY contact a pupil", " or a pupil", 127, "a list may name at most 128");
    expect_limit("staff MAY post via Slack", " or Slack", 127, "a list may name at most 128");
    expect_limit("staff MAY post", ", post", 127, "a list may name at most 128");
    expect_limit("staff MAY post\nDESPITE 1", ", 1", 127, "a list may name at most 128");
}

static void test_long_line(void **state)
{
    (void)state;
    struct desk desk;
    desk_open(&desk);
    AUTO_TEXT struct text text;
    text_init(&text, 1 << 20);
    text_add_string(&text, "staff MAY post\nREMIND \"");
    for (size_t i = 0; i < DOCUMENT_LINE_LARGEST; i++) text_add_char(&text, 'a');
    text_add_string(&text, "\"\n");
    assert_false(desk_rule(&desk, text_slice(&text)));
    assert_int_equal(desk.problems.errors, 1);
    assert_true(slice_is(desk.problems.list.at[0].sentence, "this line is longer than 4000 bytes"));
    assert_int_equal(desk.problems.list.at[0].line, 2);
    arena_free(desk.arena);
}

/* Nothing in the reader follows the depth of what it reads. */
static void test_deep(void **state)
{
    (void)state;
    static const char *const repeated[] = {
        "- any of:\n",  "NOT ",     "- ",    "for every pupil shown: ", "UNDER R1: ", "(",
        "IF any of:\n", "any of: ", "WHEN ", "a MEANS any of:\n- ",     "staff MAY ", "\"",
        "or ",          "UNLESS "};
    for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
        struct desk desk;
        AUTO_TEXT struct text text;
        text_init(&text, 1 << 20);
        desk_open(&desk);
        text_add_string(&text, "staff MAY post\nIF ");
        for (size_t k = 0; k < 10000; k++) text_add_string(&text, repeated[i]);
        clock_t start = clock();
        assert_false(desk_rule(&desk, text_slice(&text)));
        assert_true(desk.problems.list.count <= PROBLEMS_LARGEST);
        assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
        arena_free(desk.arena);
    }
}

static void test_many_definitions(void **state)
{
    (void)state;
    struct desk desk;
    AUTO_TEXT struct text text;
    text_init(&text, 1 << 20);
    desk_open(&desk);
    /* Each rests on the one behind it: the worst order for finding their kinds. */
    for (int i = 0; i < 300; i++) text_format(&text, "one%dx MEANS one%dx\n", i, i + 1);
    text_add_string(&text, "one300x MEANS a pupil\n");
    assert_true(desk_rule(&desk, text_slice(&text)));
    assert_int_equal(desk.list.list.at[0].place, WORD_PERSON);
    arena_free(desk.arena);
    desk_open(&desk);
    for (int i = 301; i < 700; i++) text_format(&text, "one%dx MEANS a pupil\n", i);
    assert_false(desk_rule(&desk, text_slice(&text)));
    assert_true(
        slice_is(desk.problems.list.at[0].sentence, "a document may define at most 512 phrases"));
    arena_free(desk.arena);
}

/* ---- short forms ------------------------------------------------------------------------------- */

static void test_short_forms(void **state)
{
    (void)state;
    struct desk desk;
    struct duty duty;
    struct need need;
    struct roles roles;
    struct channels channels;
    struct error error = {0};
    desk_open(&desk);
    assert_true(parse_duty(SLICE(" the member of staff MUST tell HR WITHIN immediately "),
                           &desk.words, &duty, &error));
    assert_false(duty.actor);
    assert_int_equal(duty.within.unit, SPAN_IMMEDIATELY);
    assert_true(parse_duty(SLICE("record the incident"), &desk.words, &duty, &error));
    assert_true(duty.actor);
    assert_true(parse_duty(SLICE("TELL HR and the police"), &desk.words, &duty, &error));
    assert_true(duty.tell && duty.object.each);
    assert_true(parse_need(SLICE("approval FROM another director"), &desk.words, &need, &error));
    assert_true(need.another && need.every == -1);
    assert_true(
        parse_roles(SLICE("a teacher, own child"), &desk.words, desk.arena, &roles, &error));
    assert_int_equal(roles.list.count, 2);
    assert_true(
        parse_channels(SLICE("Slack, own phone"), &desk.words, desk.arena, &channels, &error));
    assert_int_equal(channels.list.count, 2);
    assert_int_equal(error.code, ERROR_NONE);
    assert_false(parse_duty(SLICE("staff MUST fly"), &desk.words, &duty, &error));
    assert_string_equal(error.sentence, "I do not know the act 'fly'");
    assert_int_equal(error.column, 12);
    assert_true(error.advice[0] != '\0');
    assert_false(parse_need(SLICE("approval for posts"), &desk.words, &need, &error));
    assert_string_equal(error.sentence, "after 'approval' I do not understand 'for posts'");
    assert_false(parse_roles(SLICE("a wizard"), &desk.words, desk.arena, &roles, &error));
    assert_false(parse_roles(SLICE(""), &desk.words, desk.arena, &roles, &error));
    assert_string_equal(error.sentence, "a person is missing at the end of this line");
    assert_false(parse_channels(SLICE("a pigeon"), &desk.words, desk.arena, &channels, NULL));
    arena_free(desk.arena);
}

/* Without the act `tell` a TELL line has no meaning. */
static void test_no_tell(void **state)
{
    (void)state;
    struct desk desk;
    struct words shared;
    desk_open(&desk);
    struct slice source = slice_of(rule_words);
    struct slice row = SLICE("| tell | tell | inform | duty | person | | | | |\n");
    size_t at = slice_search(source, row);
    source = arena_format(desk.arena, "%.*s%.*s", (int)at, source.at,
                          SLICE_PRINT(slice_part(source, at + row.length, source.length)));
    assert_true(words_read(SLICE("words.md"), source, desk.arena, &desk.problems, &shared));
    words_copy(&shared, desk.arena, &desk.words);
    assert_false(desk_rule(&desk, SLICE("staff MAY post\nTELL HR\n")));
    assert_true(slice_is(desk.problems.list.at[desk.problems.list.count - 1].sentence,
                         "TELL needs the act 'tell', which the vocabulary does not have"));
    arena_free(desk.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_norm),         cmocka_unit_test(test_event),
        cmocka_unit_test(test_tails),        cmocka_unit_test(test_definitions),
        cmocka_unit_test(test_atoms),        cmocka_unit_test(test_meaning_of_a_word),
        cmocka_unit_test(test_policy_lines), cmocka_unit_test(test_errors),
        cmocka_unit_test(test_recovery),     cmocka_unit_test(test_document_errors),
        cmocka_unit_test(test_limits),       cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_deep),         cmocka_unit_test(test_many_definitions),
        cmocka_unit_test(test_short_forms),  cmocka_unit_test(test_no_tell),
    };
    return cmocka_run_group_tests_name("policy parse", tests, NULL, NULL);
}
