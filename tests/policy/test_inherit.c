/* A policy based on another: what it takes over and under which names and ids, what of its own goes in where, lines and
 * scenarios that take a place, what makes a base unfit. */
#include "front_end.h"
#include "scenario_policy.h"

#include "policy/fmt.h"
#include "policy/scenario.h"

#define WORDS SCENARIO_WORDS "| the second choice | R5 | it holds | it does not |\n"

#define BASE_FRONT                                                                                 \
    "---\npolicy: base\ntitle: Old House rules\nversion: 1\nin force from: 2025-01-01\nnorms: "    \
    "old\nreads: R6\n---\n"
#define BASE_BODY                                                                                  \
    "# Old House\n\nHow Old House goes online; see old-1. Sold House is another.\n\n"              \
    "## 1 First\n\nThe head decides.\n\n"                                                          \
    "### Lines {#c-lines}\nWho and when.\nnorms: old-0\n```policy\n"                               \
    "THIS POLICY BINDS staff [0]\nREVIEW DUE June 2025 [0b]\n"                                     \
    "WHEN no clause speaks: ASK the headteacher BEFOREHAND\n"                                      \
    "WHEN no clause speaks: TELL the headteacher AFTERWARDS\n"                                     \
    "the coordinator STANDS IN FOR the safeguarding lead\n```\n"                                   \
    "### 1a Contact {#c-1a}\nNo private contact at Old\nHouse.\nnorms: old-1, old-2\n```rule\n"    \
    "staff SHOULD NOT contact a pupil via a personal account\n"                                    \
    "UNDER R6: UNLESS it is an emergency\n"                                                        \
    "REMIND \"Old House looks (old-1).\"\n```\n"                                                   \
    "```note\nold-1 and old-2 meet.\n```\n"                                                        \
    "```scenario \"contact\"\nactor: a teacher\nact: message\nother: a pupil\n"                    \
    "via: a personal account\nexpect: not-allowed should\ncites: old-1\n```\n"                     \
    "## 2 Second\n\n"                                                                              \
    "### 2a Photos {#c-2a}\nAsk the headteacher first.\nnorms: old-3\n```rule\n"                   \
    "anyone NEEDS approval FROM the headteacher TO publish a photo\n```\n"                         \
    "```scenario \"photo\"\nactor: a teacher\nact: publish a photo\nexpect: allowed-if\n```\n"     \
    "### 2b Diaries {#c-2b}\nKeep one.\nnorms: old-4\n```rule\nstaff SHOULD keep a diary\n```\n"   \
    "```scenario \"diary\"\nactor: a teacher\nact: keep a diary\nexpect: allowed required\n```\n"
#define BASE BASE_FRONT BASE_BODY

#define OWN_FRONT                                                                                  \
    "---\npolicy: own\ntitle: New Hall rules\nversion: 1\nin force from: 2025-01-01\nnorms: new\n" \
    "based on: base\nnames: Old House = New Hall, the head = the principal\n---\n"
#define OWN_BODY                                                                                   \
    "# New Hall\n\n"                                                                               \
    "## 1 First of ours\n\n"                                                                       \
    "### Lines {#c-lines}\n```policy\nREVIEW DUE June 2030\n"                                      \
    "WHEN no clause speaks: ASK the coordinator BEFOREHAND\n```\n"                                 \
    "### Copies {#c-copies}\nNo copies.\nnorms: new-9\n```rule\nstaff MUST NOT copy an "           \
    "image\n```\n"                                                                                 \
    "## 2 Second\n\n"                                                                              \
    "### 2b Diaries {#c-2b}\nNot with us.\nnorms: new-4\n"                                         \
    "```norule define \"not adopted\"\n```\n"                                                      \
    "## 3 Third\n\n### 3a Friends {#c-3a}\nNone.\nnorms: new-5\n```rule\n"                         \
    "staff MUST NOT befriend a pupil\n```\n"                                                       \
    "```scenario \"photo\"\nactor: a visitor\nact: publish a photo\nexpect: allowed-if\n"          \
    "cites: new-3\n```\n"
#define OWN OWN_FRONT OWN_BODY

static const char base_beside[] =
    "```scenario \"beside\"\nactor: a teacher\nact: message\nother: a pupil\n"
    "via: a personal account\nfact it is an emergency: yes\nexpect: not-allowed\ncites: old-1\n"
    "not cites: 2a\n```\n";

struct bench {
    struct arena *arena;
    struct problems problems;
    struct policy *policy;
};

static void bench_open(struct bench *bench, const char *base, const char *own)
{
    static struct policy_source beside;
    beside = (struct policy_source){SLICE("base/s.md"), slice_of(base_beside)};
    *bench = (struct bench){.arena = arena_new()};
    problems_init(&bench->problems, bench->arena);
    struct policy_sources sources = {.words = {SLICE("words.md"), SLICE(WORDS)},
                                     .policy = {SLICE("own.md"), slice_of(own)},
                                     .base = {SLICE("base.md"), slice_of(base)},
                                     .base_scenarios = &beside,
                                     .base_scenario_count = 1};
    bench->policy = policy_new(&sources, &bench->problems);
}

static void bench_close(struct bench *bench)
{
    policy_free(bench->policy);
    arena_free(bench->arena);
}

static struct text problems_text(const struct bench *bench)
{
    struct text out;
    text_init(&out, 1 << 20);
    for (size_t i = 0; i < bench->problems.list.count; i++)
        problem_print(&bench->problems.list.at[i], SLICE_EMPTY, &out);
    return out;
}

static void open_good(struct bench *bench, const char *base, const char *own)
{
    bench_open(bench, base, own);
    struct text out = problems_text(bench);
    if (bench->policy == NULL) fail_msg("does not compile:\n%s", out.at);
    text_clear(&out);
}

static const struct clause *clause_of(const struct bench *bench, const char *id)
{
    int index = document_clause(&bench->policy->document, slice_of(id));
    assert_true(index >= 0);
    return &bench->policy->document.clauses.at[index];
}

static void test_order(void **state)
{
    (void)state;
    static const char *const ids[] = {"lines", "1a", "copies", "2a", "2b", "3a"};
    static const char *const sections[] = {"New Hall", "First of ours", "Second", "Third"};
    static const int first[] = {0, 0, 3, 5};
    struct bench bench;
    open_good(&bench, BASE, OWN);
    const struct document *document = &bench.policy->document;
    assert_int_equal(document->clauses.count, 6);
    assert_int_equal(document->sections.count, 4);
    for (size_t i = 0; i < 6; i++) {
        assert_true(slice_is(document->clauses.at[i].id, ids[i]));
        assert_int_equal(document_clause(document, slice_of(ids[i])), i);
    }
    for (size_t i = 0; i < 4; i++) {
        assert_true(slice_is(document->sections.at[i].title, sections[i]));
        assert_int_equal(document->sections.at[i].first_clause, first[i]);
        assert_int_equal(document->sections.at[i].parent, i == 0 ? -1 : 0);
    }
    assert_true(document_in_section(document, 2, SLICE("1")));
    assert_true(document_in_section(document, 3, SLICE("2")));
    bench_close(&bench);
}

static void test_names_and_ids(void **state)
{
    (void)state;
    struct bench bench;
    open_good(&bench, BASE, OWN);
    const struct document *document = &bench.policy->document;
    const struct clause *contact = clause_of(&bench, "1a");
    assert_true(slice_is(document->title, "New Hall rules"));
    assert_true(slice_is(document->sections.at[0].prose,
                         "How New Hall goes online; see new-1. Sold House is another."));
    assert_true(slice_is(document->sections.at[1].prose, "The principal decides."));
    assert_true(slice_is(contact->prose, "No private contact at New\nHall."));
    assert_true(slice_is(contact->norms.at[0], "new-1"));
    assert_true(slice_is(contact->norms.at[1], "new-2"));
    assert_true(slice_is(contact->notes.at[0], "new-1 and new-2 meet.\n"));
    assert_true(slice_is(contact->statements.at[0].tails.at[1].text, "New Hall looks (new-1)."));
    /* a longer word is none of the names */
    assert_true(slice_is(clause_of(&bench, "2a")->prose, "Ask the headteacher first."));
    assert_true(slice_is(contact->file, "base.md"));
    assert_true(slice_is(clause_of(&bench, "copies")->file, "own.md"));
    bench_close(&bench);
}

static void test_lines(void **state)
{
    (void)state;
    struct bench bench;
    open_good(&bench, BASE, OWN);
    const struct document *document = &bench.policy->document;
    size_t kinds[LINE_CHECK + 1] = {0};
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct policy_line *line = &document->lines.at[i];
        kinds[line->kind]++;
        if (line->kind == LINE_REVIEW) assert_int_equal(line->review.year, 2030);
        if (line->kind == LINE_BINDS) assert_true(slice_is(line->norms.at[0], "new-0"));
        if (line->kind == LINE_SILENCE_ASK) assert_false(line->inherited);
        if (line->kind == LINE_SILENCE_TELL) assert_true(slice_is(line->file, "base.md"));
    }
    assert_int_equal(document->lines.count, 5);
    for (size_t i = 0; i < document->lines.count; i++)
        assert_int_equal(kinds[document->lines.at[i].kind], 1);
    /* the line's clause has no prose and no norms of its own: the base's hold */
    assert_true(slice_is(clause_of(&bench, "lines")->prose, "Who and when."));
    assert_true(slice_is(clause_of(&bench, "lines")->norms.at[0], "new-0"));
    bench_close(&bench);
}

/* R6 is the base's reading alone, so its exception is asleep here, and the scenario beside the base shows it. */
static void test_scenarios(void **state)
{
    (void)state;
    struct bench bench;
    struct scenarios scenarios;
    open_good(&bench, BASE, OWN);
    assert_true(scenarios_read(bench.policy, bench.arena, &bench.problems, &scenarios));
    assert_int_equal(scenarios.list.count, 3); /* contact, photo of ours, beside; diary went */
    for (size_t i = 0; i < scenarios.list.count; i++) {
        struct outcome_of_scenario outcome;
        scenario_run(&scenarios.list.at[i], bench.policy, bench.arena, &outcome);
        if (outcome.failures.count > 0)
            fail_msg("%.*s: %.*s", SLICE_PRINT(scenarios.list.at[i].name),
                     SLICE_PRINT(outcome.failures.at[0].sentence));
        assert_false(slice_is(scenarios.list.at[i].name, "diary"));
        bool photo = slice_is(scenarios.list.at[i].name, "photo");
        assert_int_equal(scenarios.list.at[i].inherited, !photo);
    }
    bench_close(&bench);
}

static void test_hashes(void **state)
{
    (void)state;
    static const char other_prose[] = BASE_FRONT BASE_BODY "### 2c More {#c-2c}\nMore.\n"
                                                           "```norule define \"x\"\n```\n";
    static const char other_rule[] =
        BASE_FRONT BASE_BODY "### 2c More {#c-2c}\n```rule\nstaff MAY message a parent\n```\n";
    struct bench one, two, three;
    open_good(&one, BASE, OWN);
    open_good(&two, other_prose, OWN);
    open_good(&three, other_rule, OWN);
    assert_string_not_equal(one.policy->hashes.prose, two.policy->hashes.prose);
    assert_string_not_equal(two.policy->hashes.meaning, three.policy->hashes.meaning);
    bench_close(&one);
    bench_close(&two);
    bench_close(&three);
}

/* fmt writes the policy's own file: what came from the base is not in it. */
static void test_fmt(void **state)
{
    (void)state;
    struct bench bench;
    struct text out;
    size_t left = 0;
    text_init(&out, 1 << 20);
    open_good(&bench, BASE,
              OWN_FRONT "## 2 Second\n\n### 2a Photos {#c-2a}\nnorms: new-3\n```rule\n"
                        "anyone   MUST NOT  publish a photo\n```\n"
                        "## 1 First\n\n### 1a C {#c-1a}\n```rule\n"
                        "staff MAY contact pupils\n```\n"
                        "### Lines {#c-lines}\n```policy\nREVIEW DUE  June 2030\n```\n");
    assert_true(fmt_document(&bench.policy->document, &bench.policy->words, &out, &left));
    assert_int_equal(left, 0);
    assert_string_equal(out.at,
                        OWN_FRONT "## 2 Second\n\n### 2a Photos {#c-2a}\nnorms: new-3\n```rule\n"
                                  "anyone MUST NOT publish a photo\n```\n"
                                  "## 1 First\n\n### 1a C {#c-1a}\n```rule\n"
                                  "staff MAY contact a pupil\n```\n"
                                  "### Lines {#c-lines}\n```policy\nREVIEW DUE June 2030\n```\n");
    text_clear(&out);
    bench_close(&bench);
}

struct unfit {
    const char *base, *own, *expected;
};

static const char front_of_own[] = "---\npolicy: own\ntitle: T\nversion: 1\nin force from: "
                                   "2025-01-01\nbased on: base\n---\n";

static void test_unfit(void **state)
{
    (void)state;
#define NORMS_OWN "---\npolicy: own\ntitle: T\nversion: 1\nin force from: 2025-01-01\nnorms: new\n"
#define PLAIN(name, more)                                                                          \
    "---\npolicy: " name "\ntitle: T\nversion: 1\nin force from: 2025-01-01\n" more "---\n"
    static const struct unfit list[] = {
        {"", OWN, "own.md:7:1: error: I cannot find the policy 'base' that this one is based on"},
        {PLAIN("other", ""), NULL, "'base' is not what the policy found there calls itself"},
        {PLAIN("base", "based on: own\n"), NULL, "'base' is itself based on this policy: a circle"},
        {PLAIN("base", "based on: third\n"), NULL, "'base' is itself based on another policy"},
        {BASE, NULL, "'base' has norm ids, and this policy has no prefix for them"},
        {PLAIN("base", ""), NORMS_OWN "based on: base\n---\n", "'base' has no prefix for its norm"},
        {BASE_FRONT "## A {#c-a}\n```rule\nstaff FLY\n```\n", OWN,
         "base.md:11:1: error: no keyword in 'staff FLY'"},
        {BASE_FRONT "## A {#c-a}\n```rule\nstaff FLY\n```\n", OWN,
         "own.md:7:1: error: 'base', which this policy is based on, does not compile: 1 error"},
        {BASE_FRONT "## A {#c-a}\nNo block.\n", OWN, "does not compile: 1 error"},
        {BASE, NORMS_OWN "names: a = b\n---\n", "there is no 'based on'"},
        {BASE, NORMS_OWN "based on: base\nnames: a = b, a = c\n---\n", "'a' is given two names"},
        {BASE, NORMS_OWN "based on: base\nnames: a = b, c\n---\n",
         "'c' does not say what stands for what"},
        {BASE, NORMS_OWN "based on: base\nnames: a = b, = c\n---\n", "does not say what stands"},
        {BASE, NORMS_OWN "based on: base\nnames: a = ```\n---\n", "does not say what stands"},
        {BASE, NORMS_OWN "based on: base\norganisation: A; ;\n---\n",
         "does not say what the organ"},
        {BASE, NORMS_OWN "based on: own\n---\n", "'own' is not what the policy found there"},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct bench bench;
        bench_open(&bench, list[i].base, list[i].own != NULL ? list[i].own : front_of_own);
        struct text out = problems_text(&bench);
        assert_null(bench.policy);
        if (strstr(out.at, list[i].expected) == NULL)
            fail_msg("%zu: expected\n%s\nsaid\n%s", i, list[i].expected, out.at);
        for (size_t k = 0; k < bench.problems.list.count; k++)
            assert_true(bench.problems.list.at[k].advice.length > 0);
        text_clear(&out);
        bench_close(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),  cmocka_unit_test(test_names_and_ids),
        cmocka_unit_test(test_lines),  cmocka_unit_test(test_scenarios),
        cmocka_unit_test(test_hashes), cmocka_unit_test(test_fmt),
        cmocka_unit_test(test_unfit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
