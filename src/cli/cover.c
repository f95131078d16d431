/* lanyard cover: which norms a policy serves and by what, and which came out of the running program in tests. */
#include "service/cover.h"

#include <string.h>

#include "base/file.h"
#include "cli/cover_table.h"

#define SHOWN_LARGEST (16u << 20)

struct cover_options {
    const char *const *paths;
    size_t path_count;
    const char *shown, *against;
    bool verbose, take_out;
};

/* An option with a file behind it. */
static const char **file_option(struct cover_options *options, const char *name)
{
    if (strcmp(name, "--shown") == 0) return &options->shown;
    return strcmp(name, "--against") == 0 ? &options->against : NULL;
}

/* `paths` has room for all of argv. */
static bool read_options(int argc, char **argv, const char **paths,
                         struct cover_options *ret_options, int *ret_exit)
{
    struct cover_options options = {.paths = paths};
    *ret_exit = EXIT_DONE;
    for (int i = 1; i < argc && *ret_exit == EXIT_DONE; i++) {
        const char **file = file_option(&options, argv[i]);
        if (strcmp(argv[i], "--verbose") == 0) {
            options.verbose = true;
        } else if (strcmp(argv[i], "--take-out") == 0) {
            options.take_out = true;
        } else if (file != NULL && i + 1 < argc) {
            *file = argv[++i];
        } else if (argv[i][0] == '-') {
            *ret_exit = cli_wrong("cover",
                                  file != NULL ? "after %s stands a file" : "there is no option %s",
                                  argv[i]);
        } else {
            paths[options.path_count++] = argv[i];
        }
    }
    if (*ret_exit != EXIT_DONE) return false;
    if (options.path_count == 0)
        *ret_exit = cli_wrong("cover", "name the folder of a policy");
    else if (options.take_out && options.shown == NULL)
        *ret_exit = cli_wrong("cover", "--take-out needs --shown FILE");
    *ret_options = options;
    return *ret_exit == EXIT_DONE;
}

/* ---- norms shown ----------------------------------------------------------------------------------- */

struct shown_counts {
    size_t shown, screen, found; /* norms; of mechanism screen; of these, working on a text */
};

static void count_shown(const struct covered *covered, bool verbose, struct shown_counts *counts)
{
    const struct cover *cover = &covered->cover;
    size_t screen, found;
    for (size_t i = 0; verbose && i < cover->norms.count; i++) {
        const struct norm *norm = &cover->norms.at[i];
        if (!norm->shown)
            printf("not shown: %.*s\t%.*s\t%.*s\n", SLICE_PRINT(norm->id),
                   SLICE_PRINT(norm->mechanism), SLICE_PRINT(norm->feature));
    }
    cover_screen_count(cover, &screen, &found);
    counts->shown += cover_shown_count(cover);
    counts->screen += screen;
    counts->found += found;
}

/* Counts what became of the rows. */
static bool take_out_all(struct covered *covered, const struct shown_rows *rows, size_t *counts)
{
    struct scenarios scenarios;
    struct folder *folder = &covered->opened->folder;
    if (!scenarios_read(folder->policy, folder->arena, &folder->problems, &scenarios)) {
        cli_errors(folder);
        return false;
    }
    for (size_t i = 0; i < rows->list.count; i++) {
        const struct shown_row *row = &rows->list.at[i];
        enum take_out result = cover_take_out(&covered->cover, &scenarios, row);
        counts[result]++;
        if (result == TAKE_OUT_NOT_NOTICED)
            printf("%.*s: passes although the clause of %.*s is taken out\n",
                   SLICE_PRINT(row->test), SLICE_PRINT(row->norm));
    }
    return true;
}

static int print_taken_out(const size_t *counts)
{
    if (counts[TAKE_OUT_ELSEWHERE] > 0)
        printf("%zu rows point to tests that are no scenario of this policy\n",
               counts[TAKE_OUT_ELSEWHERE]);
    printf("%zu taken out and noticed, %zu not\n", counts[TAKE_OUT_NOTICED],
           counts[TAKE_OUT_NOT_NOTICED]);
    return counts[TAKE_OUT_NOT_NOTICED] > 0 ? EXIT_FOUND : EXIT_DONE;
}

static int report_shown(struct covered *list, size_t count, const struct cover_options *options)
{
    struct error error = {0};
    struct policy_source source = {.file = slice_of(options->shown)};
    struct shown_counts shown = {0};
    size_t counts[TAKE_OUT_ELSEWHERE + 1] = {0};
    if (!file_read(options->shown, SHOWN_LARGEST, list[0].opened->folder.arena, &source.text,
                   &error))
        return cli_fail("cover", &error);
    for (size_t i = 0; i < count; i++) {
        struct shown_rows rows;
        if (!cover_shown(&list[i].cover, source, &rows, &error)) return cli_fail("cover", &error);
        if (!options->take_out)
            count_shown(&list[i], options->verbose, &shown);
        else if (!take_out_all(&list[i], &rows, counts))
            return EXIT_DOCUMENT;
    }
    if (options->take_out) return print_taken_out(counts);
    if (shown.screen > 0)
        printf("screen: %zu of %zu working on a text\n", shown.found, shown.screen);
    printf("%zu norms working\n", shown.shown);
    return EXIT_DONE;
}

/* ---- the command ----------------------------------------------------------------------------------- */

static void print_problems(const struct folder *folder)
{
    AUTO_TEXT struct text report;
    text_init(&report, 4u << 20);
    folder_report(folder, &report);
    cli_print(stderr, text_slice(&report));
}

/* Holds one policy against its norms.tsv; gives the exit code so far. */
static int cover_one(struct opened *opened, struct covered *ret_covered)
{
    struct folder *folder = &opened->folder;
    ret_covered->opened = opened;
    if (folder->norms.text.length == 0) {
        fprintf(stderr,
                "lanyard cover: %s has no norms.tsv\n"
                "  list the norms there, a row each: id, locator, modality, strength, mechanism, "
                "feature\n",
                opened->path);
        return EXIT_READ;
    }
    folder->problems = (struct problems){.arena = folder->arena};
    if (cover_make(folder->policy, folder->norms, folder->arena, &folder->problems,
                   &ret_covered->cover))
        return EXIT_DONE;
    print_problems(folder);
    return EXIT_FOUND;
}

static int cover_all(struct several *several, struct covered *list,
                     const struct cover_options *options)
{
    int found = EXIT_DONE;
    for (size_t i = 0; i < several->count; i++) {
        int one = cover_one(&several->at[i], &list[i]);
        if (one == EXIT_READ) return one;
        found = one > found ? one : found;
    }
    int result = options->shown != NULL
                     ? report_shown(list, several->count, options)
                     : cover_print(list, several->count, options->verbose, options->against);
    return result > found ? result : found;
}

int command_cover(int argc, char **argv)
{
    int result = EXIT_DONE;
    struct cover_options options;
    AUTO_SEVERAL struct several several = {0};
    AUTO(arena) struct arena *arena = arena_new();
    const char **paths = ARENA_ARRAY(arena, const char *, (size_t)argc);
    if (!read_options(argc, argv, paths, &options, &result) ||
        !several_open("cover", options.paths, options.path_count, &several, &result))
        return result;
    return cover_all(&several, ARENA_ARRAY(arena, struct covered, several.count), &options);
}
