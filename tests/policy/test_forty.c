/* The forty hardest clauses of the five sources, in our own words (tests/fixtures/forty): each is there by the id of its norm,
 * says something that runs, and its document compiles whole with the vocabulary and law of the project. */
#include "front_end.h"

#include "policy/policy.h"
#include "policy/print.h"

struct hard {
    const char *document;
    const char *norms[20];
};

static const struct hard forty[] = {
    {"early-life",
     {"earlylife-5.2c", "earlylife-5.4", "earlylife-5.3a", "earlylife-app1-14", "earlylife-app1-15",
      "earlylife-app1-16", "earlylife-app1-17", "earlylife-app1-22", "earlylife-app1-24",
      "earlylife-app1-26", "earlylife-4.4a", "earlylife-4.4b", "earlylife-4.2b", "earlylife-5.8b",
      "earlylife-5.11b", "earlylife-6h", "earlylife-media-1"}},
    {"geeks-room",
     {"geeksroom-067", "geeksroom-068", "geeksroom-069", "geeksroom-027", "geeksroom-029",
      "geeksroom-032", "geeksroom-050", "geeksroom-056", "geeksroom-061", "geeksroom-072",
      "geeksroom-075", "geeksroom-095"}},
    {"qegsmat", {"qegsmat-012", "qegsmat-038", "qegsmat-066", "qegsmat-075", "qegsmat-093"}},
    {"pass-move-grin",
     {"passmovegrin-008", "passmovegrin-009", "passmovegrin-040", "passmovegrin-063",
      "passmovegrin-076", "passmovegrin-078"}},
};

static struct policy *compile(const struct hard *hard, struct arena *arena)
{
    struct slice path = arena_format(arena, "tests/fixtures/forty/%s.md", hard->document);
    struct problems problems;
    problems_init(&problems, arena);
    struct policy_sources sources = {
        .words = {SLICE("words.md"), project_file("policies/words.md", 1 << 20, arena)},
        .law = {SLICE("law.md"), project_file("policies/law.md", 1 << 20, arena)},
        .policy = {SLICE("file.md"), project_file(path.at, 1 << 20, arena)},
    };
    struct policy *policy = policy_new(&sources, &problems);
    for (size_t i = 0; policy == NULL && i < problems.list.count; i++) {
        const struct problem *problem = &problems.list.at[i];
        if (!problem->warning)
            fail_msg("%s:%zu: %.*s", hard->document, problem->line, SLICE_PRINT(problem->sentence));
    }
    assert_non_null(policy);
    return policy;
}

static bool lists(const struct slice *norms, size_t count, const char *norm)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is(norms[i], norm)) return true;
    return false;
}

/* A rule's statement, or a policy line, that serves the norm. */
static bool served(const struct document *document, const char *norm)
{
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct policy_line *line = &document->lines.at[i];
        if (lists(line->norms.at, line->norms.count, norm)) return true;
    }
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        if (!lists(clause->norms.at, clause->norms.count, norm)) continue;
        assert_true(clause->prose.length > 40);
        if (clause->statements.count > 0) return true;
    }
    return false;
}

static void test_forty(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t i = 0; i < sizeof forty / sizeof *forty; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        AUTO(policy) struct policy *policy = compile(&forty[i], arena);
        for (size_t k = 0; forty[i].norms[k] != NULL; k++, count++)
            if (!served(&policy->document, forty[i].norms[k]))
                fail_msg("nothing serves %s", forty[i].norms[k]);
    }
    assert_int_equal(count, 40);
}

/* Every statement is said in sentences that begin with a capital and end with a stop. */
static void test_said(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forty / sizeof *forty; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        AUTO(policy) struct policy *policy = compile(&forty[i], arena);
        for (size_t k = 0; k < policy->rules.count; k++) {
            struct sentences said;
            print_in_short(&policy->words, policy->reads, policy->rules.at[k].statement, arena,
                           &said);
            assert_true(said.list.count > 0);
            for (size_t n = 0; n < said.list.count; n++) {
                struct slice sentence = said.list.at[n];
                char first = sentence.at[sentence.at[0] == '"'];
                char last = sentence.at[sentence.length - 1];
                if (first < 'A' || first > 'Z' || (last != '.' && last != '?'))
                    fail_msg("no sentence: %.*s", SLICE_PRINT(sentence));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forty),
        cmocka_unit_test(test_said),
    };
    return cmocka_run_group_tests_name("policy forty", tests, NULL, NULL);
}
