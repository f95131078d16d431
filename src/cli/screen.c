/* lanyard screen: lines of NDJSON from files or standard input, what was found in each to standard output; or one text, explained. */
#include "cli/screen_by.h"
#include "cli/screen_explain.h"
#include "cli/screen_stream.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

enum {
    OPTION_ID = 1,
    OPTION_TEXT,
    OPTION_ROSTER,
    OPTION_ALLOW,
    OPTION_WORDS,
    OPTION_THREADS,
    OPTION_SUMMARY,
    OPTION_EXPLAIN,
    OPTION_COLOUR,
    OPTION_POLICY,
    OPTION_ACT,
    OPTION_FACT
};
static const struct option options[] = {
    {"id", required_argument, NULL, OPTION_ID},
    {"text", required_argument, NULL, OPTION_TEXT},
    {"roster", required_argument, NULL, OPTION_ROSTER},
    {"allow", required_argument, NULL, OPTION_ALLOW},
    {"words", required_argument, NULL, OPTION_WORDS},
    {"threads", required_argument, NULL, OPTION_THREADS},
    {"summary", no_argument, NULL, OPTION_SUMMARY},
    {"explain", no_argument, NULL, OPTION_EXPLAIN},
    {"colour", required_argument, NULL, OPTION_COLOUR},
    {"policy", required_argument, NULL, OPTION_POLICY},
    {"act", required_argument, NULL, OPTION_ACT},
    {"fact", required_argument, NULL, OPTION_FACT},
    {NULL, 0, NULL, 0},
};

struct screening {
    const char *id, *text, *colour;
    size_t threads;
    bool summary, explain, asked;
    const char *const *rest; /* files, or the words of the text to explain */
    size_t rest_count;
    struct screen_by by;
    /* the policy that is asked about each line, and the question */
    const char *policy;
    struct folder folder;
    struct arena *arena;
    struct ask ask;
};

/* ---- lines -------------------------------------------------------------------------------------- */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void summarize(const struct screen_counts *counts, double seconds)
{
    fprintf(stderr, "%llu lines in %.2f s", (unsigned long long)counts->lines, seconds);
    if (seconds > 0.01) fprintf(stderr, " (%.0f a second)", (double)counts->lines / seconds);
    fprintf(stderr, ": %llu to hold, %llu to look at, %llu that cannot be read\n",
            (unsigned long long)counts->held, (unsigned long long)counts->looked,
            (unsigned long long)counts->bad);
    for (int kind = 0; kind < FINDING_KINDS; kind++)
        if (counts->kinds[kind] > 0)
            fprintf(stderr, "  %-16s %llu\n", finding_kind_name((enum finding_kind)kind),
                    (unsigned long long)counts->kinds[kind]);
}

static int screen_lines(const struct screening *screening, const struct screen_plan *by)
{
    struct error error = {.code = ERROR_NONE};
    struct screen_counts counts;
    bool terminal = isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 0;
    double began = now();
    struct screen_policy policy = {.ask = &screening->ask};
    struct screen_stream_plan plan = {.screen = by,
                                      .policy = screening->policy != NULL ? &policy : NULL,
                                      .paths = screening->rest,
                                      .path_count = screening->rest_count,
                                      .threads = screening->threads,
                                      .id_field = slice_of(screening->id),
                                      .text_field = slice_of(screening->text),
                                      .progress = terminal};
    bool done = screen_stream(&plan, &counts, &error);
    if (terminal || screening->summary) summarize(&counts, now() - began);
    return done ? EXIT_DONE : cli_fail("screen", &error);
}

/* ---- one text ----------------------------------------------------------------------------------- */

static bool in_colour(const struct screening *screening)
{
    if (screening->colour != NULL) return strcmp(screening->colour, "always") == 0;
    return isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == NULL;
}

static void read_stdin(struct text *text)
{
    char some[4096];
    size_t got;
    while (!text->overflowed && (got = fread(some, 1, sizeof some, stdin)) > 0)
        text_add(text, (struct slice){some, got});
    if (text->length > 0 && text->at[text->length - 1] == '\n') text_cut(text, text->length - 1);
}

/* The words of the command line, or standard input. */
static bool take_text(const struct screening *screening, struct arena *arena,
                      struct slice *ret_text, struct error *error)
{
    AUTO_TEXT struct text text;
    text_init(&text, SCREEN_TEXT_LARGEST + 1); /* with the end of its last line */
    if (screening->rest_count == 0) read_stdin(&text);
    for (size_t i = 0; i < screening->rest_count; i++) {
        if (i > 0) text_add_char(&text, ' ');
        text_add_string(&text, screening->rest[i]);
    }
    if (text.overflowed) {
        (void)error_set(error, ERROR_LIMIT, "The text is longer than 1 MiB.");
        return error_advise(error, "Screen it in parts.");
    }
    if (ferror(stdin) != 0) {
        error_set(error, ERROR_READ, "Standard input cannot be read.");
        return false;
    }
    *ret_text = arena_copy(arena, text_slice(&text));
    return true;
}

static int explain(const struct screening *screening, const struct screen_plan *by)
{
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text out;
    struct error error = {.code = ERROR_NONE};
    struct slice text = SLICE_EMPTY;
    bool held = false;
    text_init(&out, (size_t)1 << 30);
    if (!take_text(screening, arena, &text, &error) ||
        !screen_explain(by, text, in_colour(screening), &out, &held, &error))
        return cli_fail("screen", &error);
    cli_print(stdout, text_slice(&out));
    return held ? EXIT_FOUND : EXIT_DONE;
}

/* ---- the command -------------------------------------------------------------------------------- */

static bool take_threads(struct screening *screening, const char *given)
{
    int64_t number = 0;
    if (!slice_number(slice_of(given), &number) || number < 1 || number > SCREEN_THREADS_LARGEST) {
        (void)cli_wrong("screen", "--threads takes a number from 1 to %d, not '%s'",
                        SCREEN_THREADS_LARGEST, given);
        return false;
    }
    screening->threads = (size_t)number;
    return true;
}

static bool take_colour(struct screening *screening, const char *given)
{
    screening->colour = given;
    if (strcmp(given, "always") == 0 || strcmp(given, "never") == 0) return true;
    if (strcmp(given, "auto") == 0) {
        screening->colour = NULL;
        return true;
    }
    (void)cli_wrong("screen", "--colour is always, never or auto, not '%s'", given);
    return false;
}

static bool take_option(struct screening *screening, int option, const char *given)
{
    switch (option) {
    case OPTION_ID: screening->id = given; return true;
    case OPTION_TEXT: screening->text = given; return true;
    case OPTION_ROSTER: screening->by.roster = given; return true;
    case OPTION_ALLOW: screening->by.allow = given; return true;
    case OPTION_WORDS: screening->by.words = given; return true;
    case OPTION_THREADS: return take_threads(screening, given);
    case OPTION_SUMMARY: screening->summary = true; return true;
    case OPTION_EXPLAIN: screening->explain = true; return true;
    case OPTION_COLOUR: return take_colour(screening, given);
    case OPTION_POLICY: screening->policy = given; return true;
    case OPTION_ACT:
    case OPTION_FACT: screening->asked = true; return true; /* read once the policy is open */
    default: return false;
    }
}

static bool read_options(struct screening *screening, int argc, char **argv)
{
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        if (option == '?' || option == ':') {
            (void)cli_wrong("screen",
                            option == ':' ? "'%s' needs a word behind it"
                                          : "I do not understand '%s'",
                            argv[optind - 1]);
            return false;
        }
        if (!take_option(screening, option, optarg)) return false;
    }
    screening->rest = (const char *const *)argv + optind;
    screening->rest_count = (size_t)(argc - optind);
    if (strcmp(screening->id, screening->text) == 0)
        (void)cli_wrong("screen", "the id and the text are two fields, not both '%s'",
                        screening->id);
    else if (screening->asked && screening->policy == NULL)
        (void)cli_wrong("screen", "--act and --fact go with --policy POLICY");
    else if (screening->explain && screening->policy != NULL)
        (void)cli_wrong("screen", "one text and a policy: lanyard ask POLICY --text FILE");
    else
        return true;
    return false;
}

/* ---- the policy --------------------------------------------------------------------------------- */

static bool take_fact(struct screening *screening, const char *text, struct error *error)
{
    struct slice all = slice_of(text);
    size_t equals = slice_find(all, '=');
    if (equals == all.length) {
        (void)error_set(error, ERROR_USAGE, "'%s' has no '='", text);
        return error_advise(error, "write --fact 'KEY=VALUE', such as --fact 'actor=a teacher'");
    }
    return ask_answer(&screening->ask, slice_trim(slice_part(all, 0, equals)),
                      slice_trim(slice_part(all, equals + 1, all.length)), error);
}

static bool take_question(struct screening *screening, int argc, char **argv, struct error *error)
{
    int option;
    struct screen_policy policy = {.ask = &screening->ask};
    optind = 1;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == OPTION_ACT &&
            !ask_answer(&screening->ask, SLICE("act"), slice_of(optarg), error))
            return false;
        if (option == OPTION_FACT && !take_fact(screening, optarg, error)) return false;
    }
    bool done = ask_value(&screening->ask, SLICE("act")).length > 0 ||
                ask_answer(&screening->ask, SLICE("act"), SLICE("post"), error);
    return done && screen_policy_check(&policy, error);
}

/* A filter cannot ask back: what is neither said nor found is taken as no. */
static int open_policy(struct screening *screening, int argc, char **argv)
{
    int result = EXIT_DONE;
    struct error error = {.code = ERROR_NONE};
    screening->arena = arena_new();
    if (!cli_open("screen", screening->policy, &screening->folder, &result)) return result;
    ask_init(&screening->ask, screening->folder.policy, true, screening->arena);
    return take_question(screening, argc, argv, &error) ? EXIT_DONE : cli_fail("screen", &error);
}

static void close_policy(struct screening *screening)
{
    if (screening->folder.policy != NULL) folder_close(&screening->folder);
    arena_free(screening->arena);
}

int command_screen(int argc, char **argv)
{
    struct screening screening = {.id = "id", .text = "text", .threads = 1};
    if (!read_options(&screening, argc, argv)) return EXIT_USAGE;
    int result = screening.policy != NULL ? open_policy(&screening, argc, argv) : EXIT_DONE;
    if (result == EXIT_DONE)
        result = screen_by_load("screen", screening.folder.policy, &screening.by);
    struct screen_plan by = screen_by_plan(&screening.by);
    if (result == EXIT_DONE && screening.explain)
        result = explain(&screening, &by);
    else if (result == EXIT_DONE)
        result = screen_lines(&screening, &by);
    screen_by_clear(&screening.by);
    close_policy(&screening);
    return result;
}
