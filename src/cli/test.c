/* lanyard test: runs the scenarios that stand beside a policy. How mutants are tried stands in test_mutate.c. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/several.h"
#include "cli/test_mutate.h"
#include "policy/scenario.h"

struct totals {
    size_t passed, failed, disputed;
    size_t rows, rows_failed, rows_disputed; /* of these, rows of the shared scenarios */
};

struct test_options {
    const char **paths;
    size_t path_count;
    bool rows, mutate;
};

/* ---- norms shown ---------------------------------------------------------------------------------- */

/* Where the norm came out of the decision: on a duty alone, or on the verdict; NULL: not at all. */
static const char *came_out(const struct decision *decision, struct slice norm)
{
    for (size_t i = 0; i < decision->cites.count; i++) {
        const struct cite *cite = &decision->cites.at[i];
        for (size_t k = 0; cite->part != PART_DUTY && k < cite->norms.count; k++) {
            if (slice_equal(cite->norms.at[k], norm)) return "decision";
        }
    }
    for (size_t i = 0; i < decision->duties.count; i++) {
        const struct owed *owed = &decision->duties.at[i];
        for (size_t k = 0; k < owed->norms.count; k++) {
            if (slice_equal(owed->norms.at[k], norm)) return "duty";
        }
    }
    return NULL;
}

/* Norms named in full, by hand, in the `cites:` of a scenario that passes. */
static void show_norms(FILE *out, const struct scenario *scenario, const struct decision *decision)
{
    for (size_t i = 0; out != NULL && i < scenario->expectations.count; i++) {
        const struct expectation *expectation = &scenario->expectations.at[i];
        const char *where =
            expectation->kind == EXPECT_CITES ? came_out(decision, expectation->clause) : NULL;
        if (where != NULL)
            fprintf(out, "%.*s\t%.*s:%zu\t%s\n", SLICE_PRINT(expectation->clause),
                    SLICE_PRINT(scenario->file), expectation->line, where);
    }
}

static bool open_shown(FILE **ret_out)
{
    const char *name = getenv("LANYARD_NORMS_SHOWN");
    *ret_out = NULL;
    if (name == NULL || name[0] == '\0') return true;
    *ret_out = fopen(name, "ae");
    if (*ret_out == NULL)
        fprintf(stderr, "lanyard test: cannot write to %s, which LANYARD_NORMS_SHOWN names: %s\n",
                name, strerror(errno));
    return *ret_out != NULL;
}

/* ---- running -------------------------------------------------------------------------------------- */

static bool is_row_name(struct slice name)
{
    size_t digits = 0;
    while (digits + 1 < name.length && name.at[digits + 1] >= '0' && name.at[digits + 1] <= '9')
        digits++;
    size_t rest = name.length - digits;
    bool letter = rest == 2 && name.at[name.length - 1] >= 'a' && name.at[name.length - 1] <= 'z';
    return name.length > 1 && name.at[0] == 'T' && digits > 0 && (rest == 1 || letter);
}

static void print_failures(const struct scenario *scenario,
                           const struct outcome_of_scenario *outcome)
{
    for (size_t i = 0; i < outcome->failures.count; i++) {
        const struct failure *failure = &outcome->failures.at[i];
        printf("%.*s:%zu: %.*s: %.*s\n", SLICE_PRINT(scenario->file), failure->expectation->line,
               SLICE_PRINT(scenario->name), SLICE_PRINT(failure->sentence));
    }
}

static void print_row(const struct scenarios *scenarios, const struct scenario *scenario,
                      const struct outcome_of_scenario *outcome)
{
    const char *result = scenario->disputed.length > 0 ? "disputed"
                         : outcome->failures.count > 0 ? "fail"
                                                       : "pass";
    if (!is_row_name(scenario->name)) return;
    struct slice policy = scenarios->policy->document.norms_prefix;
    if (policy.length == 0) policy = scenarios->policy->document.policy;
    printf("%.*s\t%.*s\t%s\t%s\n", SLICE_PRINT(scenario->name), SLICE_PRINT(policy),
           scenario_word(scenario, outcome), result);
}

static void count_one(const struct scenario *scenario, const struct outcome_of_scenario *outcome,
                      struct totals *totals)
{
    bool row = is_row_name(scenario->name), disputed = scenario->disputed.length > 0;
    bool failed = !disputed && outcome->failures.count > 0;
    totals->disputed += disputed;
    totals->failed += failed;
    totals->passed += !disputed && !failed;
    totals->rows += row;
    totals->rows_failed += row && failed;
    totals->rows_disputed += row && disputed;
}

static void run_one(const struct scenarios *scenarios, const struct scenario *scenario,
                    const struct test_options *options, FILE *shown, struct totals *totals)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct outcome_of_scenario outcome;
    scenario_run(scenario, scenarios->policy, arena, &outcome);
    if (options->rows) print_row(scenarios, scenario, &outcome);
    count_one(scenario, &outcome, totals);
    if (scenario->disputed.length > 0) {
        if (!options->rows)
            printf("%.*s:%zu: %.*s: disputed: %.*s\n", SLICE_PRINT(scenario->file), scenario->line,
                   SLICE_PRINT(scenario->name), SLICE_PRINT(scenario->disputed));
        return;
    }
    if (!options->rows) print_failures(scenario, &outcome);
    if (outcome.failures.count == 0) show_norms(shown, scenario, &outcome.decision);
}

/* False where the file of norms shown could not be written. */
static bool run_policy(const struct scenarios *scenarios, const struct test_options *options,
                       struct totals *totals)
{
    FILE *shown;
    if (!open_shown(&shown)) return false;
    for (size_t i = 0; i < scenarios->list.count; i++)
        run_one(scenarios, &scenarios->list.at[i], options, shown, totals);
    if (shown != NULL && fclose(shown) != 0) {
        fprintf(stderr, "lanyard test: the norms shown could not all be written: %s\n",
                strerror(errno));
        return false;
    }
    return true;
}

static void add_totals(struct totals *sum, const struct totals *one)
{
    sum->passed += one->passed;
    sum->failed += one->failed;
    sum->disputed += one->disputed;
    sum->rows += one->rows;
    sum->rows_failed += one->rows_failed;
    sum->rows_disputed += one->rows_disputed;
}

static void print_totals(const struct totals *totals, bool several)
{
    if (several)
        printf("%zu of %zu rows run, %zu failed, %zu disputed\n", totals->rows, totals->rows,
               totals->rows_failed, totals->rows_disputed);
    if (totals->disputed > 0) printf("%zu disputed\n", totals->disputed);
    printf("%zu passed, %zu failed\n", totals->passed, totals->failed);
}

static int run_all(const struct several *several, const struct scenarios *list,
                   const struct test_options *options)
{
    struct totals sum = {0};
    for (size_t i = 0; i < several->count; i++) {
        struct totals one = {0};
        if (!run_policy(&list[i], options, &one)) return EXIT_READ;
        add_totals(&sum, &one);
        if (!options->rows && several->count > 1)
            printf("%s: %zu passed, %zu failed\n", several->at[i].path, one.passed, one.failed);
    }
    if (!options->rows) print_totals(&sum, several->count > 1);
    return sum.failed > 0 ? EXIT_FOUND : EXIT_DONE;
}

static int mutate_all(const struct several *several, const struct scenarios *list)
{
    int result = EXIT_DONE;
    for (size_t i = 0; i < several->count; i++) {
        if (several->count > 1) printf("%s:\n", several->at[i].path);
        int one = test_mutate(&list[i]);
        result = one > result ? one : result;
    }
    return result;
}

/* ---- the command ---------------------------------------------------------------------------------- */

static bool read_options(int argc, char **argv, const char **paths,
                         struct test_options *ret_options, int *ret_exit)
{
    struct test_options options = {.paths = paths};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--rows") == 0) {
            options.rows = true;
        } else if (strcmp(argv[i], "--mutate") == 0) {
            options.mutate = true;
        } else if (argv[i][0] == '-') {
            *ret_exit = cli_wrong("test", "there is no option %s", argv[i]);
            return false;
        } else {
            paths[options.path_count++] = argv[i];
        }
    }
    *ret_options = options;
    bool two = options.rows && options.mutate;
    if (options.path_count == 0)
        *ret_exit = cli_wrong("test", "name the folder of a policy");
    else if (two)
        *ret_exit = cli_wrong("test", "--rows and --mutate are two runs");
    return options.path_count > 0 && !two;
}

int command_test(int argc, char **argv)
{
    int result = EXIT_DONE;
    struct test_options options;
    AUTO_SEVERAL struct several several = {0};
    AUTO(arena) struct arena *arena = arena_new();
    const char **paths = ARENA_ARRAY(arena, const char *, (size_t)argc);
    if (!read_options(argc, argv, paths, &options, &result) ||
        !several_open("test", options.paths, options.path_count, &several, &result))
        return result;
    struct scenarios *list = ARENA_ARRAY(arena, struct scenarios, several.count);
    for (size_t i = 0; i < several.count; i++) {
        struct folder *folder = &several.at[i].folder;
        if (scenarios_read(folder->policy, folder->arena, &folder->problems, &list[i])) continue;
        cli_errors(folder);
        result = EXIT_DOCUMENT;
    }
    if (result != EXIT_DONE) return result;
    return options.mutate ? mutate_all(&several, list) : run_all(&several, list, &options);
}
