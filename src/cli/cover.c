/* lanyard cover: which norms a policy serves and by what, and which came out of the running program in tests. */
#include "service/cover.h"

#include <string.h>

#include "base/file.h"
#include "cli/cli.h"

#define SHOWN_LARGEST (16u << 20)

struct cover_options {
    const char *path, *shown;
    bool verbose, take_out;
};

static bool read_options(int argc, char **argv, struct cover_options *ret_options, int *ret_exit)
{
    struct cover_options options = {0};
    *ret_exit = EXIT_DONE;
    for (int i = 1; i < argc && *ret_exit == EXIT_DONE; i++) {
        if (strcmp(argv[i], "--verbose") == 0) {
            options.verbose = true;
        } else if (strcmp(argv[i], "--take-out") == 0) {
            options.take_out = true;
        } else if (strcmp(argv[i], "--shown") == 0 && i + 1 < argc) {
            options.shown = argv[++i];
        } else if (argv[i][0] == '-') {
            *ret_exit = cli_wrong("cover",
                                  strcmp(argv[i], "--shown") == 0 ? "after %s stands a file"
                                                                  : "there is no option %s",
                                  argv[i]);
        } else if (options.path != NULL) {
            *ret_exit = cli_wrong("cover", "name one policy");
        } else {
            options.path = argv[i];
        }
    }
    if (*ret_exit != EXIT_DONE) return false;
    if (options.path == NULL)
        *ret_exit = cli_wrong("cover", "name the folder of a policy");
    else if (options.take_out && options.shown == NULL)
        *ret_exit = cli_wrong("cover", "--take-out needs --shown FILE");
    *ret_options = options;
    return *ret_exit == EXIT_DONE;
}

/* ---- the table ------------------------------------------------------------------------------------- */

static void print_groups(const struct cover *cover)
{
    printf("%-10s %-22s %5s %5s %6s %7s\n", "mechanism", "feature", "norms", "rule", "norule",
           "missing");
    for (size_t i = 0; i < cover->groups.count; i++) {
        const struct cover_group *group = &cover->groups.at[i];
        printf("%-10.*s %-22.*s %5zu %5zu %6zu %7zu\n", SLICE_PRINT(group->mechanism),
               SLICE_PRINT(group->feature), group->norms, group->rules, group->norules,
               group->missing);
    }
}

static void print_norms(const struct cover *cover, bool missing_only)
{
    static const char *const words[] = {"missing", "norule", "rule"};
    for (size_t i = 0; i < cover->norms.count; i++) {
        const struct norm *norm = &cover->norms.at[i];
        if (missing_only && norm->served != SERVED_NOT) continue;
        struct slice clause = norm->clause != NULL ? norm->clause->id : SLICE("-");
        printf("%.*s\t%.*s\t%.*s\t%.*s\t%s\t%.*s\n", SLICE_PRINT(norm->id),
               SLICE_PRINT(norm->modality), SLICE_PRINT(norm->mechanism),
               SLICE_PRINT(norm->feature), words[norm->served], SLICE_PRINT(clause));
    }
}

static int print_cover(const struct cover *cover, const struct cover_options *options)
{
    print_norms(cover, !options->verbose);
    print_groups(cover);
    printf(
        "rules: %zu of %zu decide norms that forbid, permit or require; %zu of %zu notify norms\n",
        cover->decide_rules, cover->decide, cover->notify_rules, cover->notify);
    printf("%zu of %zu norms, %zu missing\n", cover->norms.count - cover->missing,
           cover->norms.count, cover->missing);
    return cover->missing > 0 ? EXIT_FOUND : EXIT_DONE;
}

/* ---- norms shown ----------------------------------------------------------------------------------- */

static int print_shown(const struct cover *cover, bool verbose)
{
    for (size_t i = 0; verbose && i < cover->norms.count; i++) {
        const struct norm *norm = &cover->norms.at[i];
        if (!norm->shown)
            printf("not shown: %.*s\t%.*s\t%.*s\n", SLICE_PRINT(norm->id),
                   SLICE_PRINT(norm->mechanism), SLICE_PRINT(norm->feature));
    }
    printf("%zu norms working\n", cover_shown_count(cover));
    return EXIT_DONE;
}

static int take_out_all(const struct cover *cover, const struct scenarios *scenarios,
                        const struct shown_rows *rows)
{
    size_t counts[TAKE_OUT_ELSEWHERE + 1] = {0};
    for (size_t i = 0; i < rows->list.count; i++) {
        const struct shown_row *row = &rows->list.at[i];
        enum take_out result = cover_take_out(cover, scenarios, row);
        counts[result]++;
        if (result == TAKE_OUT_NOT_NOTICED)
            printf("%.*s: passes although the clause of %.*s is taken out\n",
                   SLICE_PRINT(row->test), SLICE_PRINT(row->norm));
    }
    if (counts[TAKE_OUT_ELSEWHERE] > 0)
        printf("%zu rows point to tests that are no scenario of this policy\n",
               counts[TAKE_OUT_ELSEWHERE]);
    printf("%zu taken out and noticed, %zu not\n", counts[TAKE_OUT_NOTICED],
           counts[TAKE_OUT_NOT_NOTICED]);
    return counts[TAKE_OUT_NOT_NOTICED] > 0 ? EXIT_FOUND : EXIT_DONE;
}

static int report_shown(struct cover *cover, struct folder *folder,
                        const struct cover_options *options)
{
    struct error error = {0};
    struct policy_source source = {.file = slice_of(options->shown)};
    struct shown_rows rows;
    struct scenarios scenarios;
    if (!file_read(options->shown, SHOWN_LARGEST, folder->arena, &source.text, &error) ||
        !cover_shown(cover, source, &rows, &error))
        return cli_fail("cover", &error);
    if (!options->take_out) return print_shown(cover, options->verbose);
    if (!scenarios_read(folder->policy, folder->arena, &folder->problems, &scenarios)) {
        cli_errors(folder);
        return EXIT_DOCUMENT;
    }
    return take_out_all(cover, &scenarios, &rows);
}

/* ---- the command ----------------------------------------------------------------------------------- */

static void print_problems(const struct folder *folder)
{
    AUTO_TEXT struct text report;
    text_init(&report, 4u << 20);
    folder_report(folder, &report);
    cli_print(stderr, text_slice(&report));
}

int command_cover(int argc, char **argv)
{
    int result = EXIT_DONE;
    struct cover_options options;
    struct cover cover;
    AUTO_FOLDER struct folder folder = {0};
    if (!read_options(argc, argv, &options, &result) ||
        !cli_open("cover", options.path, &folder, &result))
        return result;
    if (folder.norms.text.length == 0) {
        fprintf(stderr,
                "lanyard cover: %s has no norms.tsv\n"
                "  list the norms there, a row each: id, locator, modality, strength, mechanism, "
                "feature\n",
                options.path);
        return EXIT_READ;
    }
    folder.problems = (struct problems){.arena = folder.arena};
    bool sound = cover_make(folder.policy, folder.norms, folder.arena, &folder.problems, &cover);
    if (!sound) print_problems(&folder);
    if (options.shown != NULL)
        result = report_shown(&cover, &folder, &options);
    else
        result = print_cover(&cover, &options);
    return sound ? result : EXIT_FOUND;
}
