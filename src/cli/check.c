/* lanyard check: compile, and say what is wrong or doubtful. */
#include "base/file.h"
#include "cli/several.h"
#include "policy/lint.h"
#include "policy/notes.h"
#include "policy/parse.h"
#include "policy/scenario.h"
#include "service/review.h"
#include "service/words_alone.h"

#include <assert.h>
#include <string.h>

/* No warning: nothing in the text is doubtful. */
static void print_review(const char *path, const struct policy *policy)
{
    struct text review AUTO_TEXT;
    text_init(&review, 1000);
    if (review_overdue(policy, moment_now().day, &review)) {
        printf("%s: %.*s\n", path, SLICE_PRINT(text_slice(&review)));
    }
}

static int check_one(const char *path, bool quiet)
{
    struct folder folder AUTO_FOLDER = {0};
    struct error error = {0};
    if (!folder_open(path, &folder, &error)) {
        return cli_fail("check", &error);
    }
    if (folder.policy != NULL) {
        struct scenarios scenarios;
        bool read = scenarios_read(folder.policy, folder.arena, &folder.problems, &scenarios);
        lint_policy(folder.policy, folder.norms, read ? &scenarios : NULL, &folder.problems);
    }
    size_t errors = folder.problems.errors;
    if (quiet) {
        cli_drop_warnings(&folder.problems);
    }
    struct text report AUTO_TEXT;
    text_init(&report, 4u << 20);
    folder_report(&folder, &report);
    cli_print(errors > 0 ? stderr : stdout, text_slice(&report));
    if (errors == 0) {
        assert(folder.policy != NULL); /* see folder_open */
        if (!quiet) {
            print_review(path, folder.policy);
        }
        printf("%s: compiles, %zu clauses, %zu rules\n", path,
               folder.policy->document.clauses.count, folder.policy->rules.count);
    }
    return errors > 0 ? EXIT_DOCUMENT : EXIT_DONE;
}

static int report(const char *path, struct problems *problems, struct slice source, bool quiet,
                  size_t parts, const char *what)
{
    struct text out AUTO_TEXT;
    size_t errors = problems->errors;
    text_init(&out, 4u << 20);
    if (quiet) {
        cli_drop_warnings(problems);
    }
    for (size_t i = 0; i < problems->list.count; i++) {
        problem_print(&problems->list.at[i], source, &out);
    }
    cli_print(errors > 0 ? stderr : stdout, text_slice(&out));
    if (errors == 0) {
        printf("%s: reads well, %zu %s\n", path, parts, what);
    }
    return errors > 0 ? EXIT_DOCUMENT : EXIT_DONE;
}

static void print_lone(const char *path, const struct words_alone *alone)
{
    struct text users AUTO_TEXT;
    text_init(&users, 4000);
    for (size_t i = 0; i < alone->list.count; i++) {
        const struct lone_word *word = &alone->list.at[i];
        text_cut(&users, 0);
        words_alone_users(alone, word->users, &users);
        printf("%s:%zu: '%.*s' is used by %.*s alone\n", path, word->line,
               SLICE_PRINT(word->phrase), SLICE_PRINT(text_slice(&users)));
    }
}

/* No warning: a phrase may well be one policy's own matter. Two policies or more make it worth knowing. */
static int check_alone(const char *path, const struct words *words, struct arena *arena)
{
    struct words_alone alone;
    struct error error = {0};
    if (!words_alone_find(words, arena, &alone, &error)) {
        return cli_fail("check", &error);
    }
    for (size_t i = 0; i < alone.bad.count; i++) {
        printf("%s: %.*s does not compile, and is not counted among those that use it\n", path,
               SLICE_PRINT(alone.bad.at[i]));
    }
    if (alone.policies.count < 2) {
        return EXIT_DONE;
    }
    print_lone(path, &alone);
    printf("%s: %zu policies share it; %zu of its %zu phrases are used by one alone", path,
           alone.policies.count, alone.list.count, alone.phrases);
    puts(alone.families ? ", counting a policy and those based on it as one" : "");
    return EXIT_DONE;
}

/* words.md by itself: its tables, and phrases that could be one. */
static int check_words(const char *path, bool quiet)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice text;
    struct error error = {0};
    struct problems problems;
    struct words words;
    size_t phrases = 0;
    problems_init(&problems, arena);
    if (!file_read(path, DOCUMENT_SIZE_LARGEST, arena, &text, &error)) {
        return cli_fail("check", &error);
    }
    if (words_read(slice_of(path), text, arena, &problems, &words)) {
        lint_words(&words, &problems);
        phrases = words.people.count + words.channels.count + words.acts.count + words.facts.count;
    }
    int result = report(path, &problems, text, quiet, phrases, "phrases");
    return result != EXIT_DONE || quiet ? result : check_alone(path, &words, arena);
}

/* law.md by itself, with the words beside it; what it does to a policy is checked with each policy. */
static int check_law(const char *path, bool quiet)
{
    AUTO(arena) struct arena *arena = arena_new();
    const char *slash = strrchr(path, '/');
    struct slice folder = slash == NULL ? SLICE(".") : (struct slice){path, (size_t)(slash - path)};
    struct slice file = arena_format(arena, "%.*s/words.md", SLICE_PRINT(folder)), text, vocabulary;
    struct error error = {0};
    struct problems problems;
    struct words words;
    struct document law = {0};
    problems_init(&problems, arena);
    if (!file_read(path, DOCUMENT_SIZE_LARGEST, arena, &text, &error) ||
        !file_read(file.at, DOCUMENT_SIZE_LARGEST, arena, &vocabulary, &error)) {
        return cli_fail("check", &error);
    }
    if (!words_read(file, vocabulary, arena, &problems, &words)) {
        return report(path, &problems, vocabulary, quiet, 0, "");
    }
    bool good = document_read(slice_of(path), text, false, arena, &problems, &law) &&
                parse_document(&law, &words, &problems);
    return report(path, &problems, text, quiet, good ? law.clauses.count : 0, "clauses");
}

static int check_path(const char *path, bool quiet)
{
    switch (several_kind(path)) {
    case PATH_WORDS: return check_words(path, quiet);
    case PATH_LAW: return check_law(path, quiet);
    case PATH_POLICY: break;
    }
    return check_one(path, quiet);
}

/* What collides inside each policy, in place of its warnings. */
static int check_notes(const char *const *paths, size_t count, bool brief)
{
    struct several several AUTO_SEVERAL = {0};
    int result = EXIT_DONE;
    if (!several_open("check", paths, count, &several, &result)) {
        return result;
    }
    for (size_t i = 0; i < several.count; i++) {
        struct text out AUTO_TEXT;
        text_init(&out, NOTES_TEXT_LARGEST);
        notes_print(several.at[i].folder.policy, several_name(&several.at[i]), brief, &out);
        cli_print(stdout, text_slice(&out));
    }
    return EXIT_DONE;
}

struct check_options {
    bool quiet, notes, brief;
};

static bool read_option(struct check_options *options, const char *argument)
{
    if (strcmp(argument, "--quiet") == 0) {
        options->quiet = true;
    } else if (strcmp(argument, "--notes") == 0) {
        options->notes = true;
    } else if (strcmp(argument, "--short") == 0) {
        options->brief = true;
    } else {
        return false;
    }
    return true;
}

int command_check(int argc, char **argv)
{
    struct check_options options = {0};
    AUTO(arena) struct arena *arena = arena_new();
    const char **paths = ARENA_ARRAY(arena, const char *, (size_t)argc);
    int result = EXIT_DONE;
    size_t count = 0;
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-') {
            paths[count++] = argv[i];
        } else if (!read_option(&options, argv[i])) {
            return cli_wrong("check", "there is no option %s", argv[i]);
        }
    }
    if (count == 0 || (options.brief && !options.notes)) {
        return cli_wrong("check",
                         count == 0 ? "name the folder of a policy" : "--short goes with --notes");
    }
    if (options.notes) {
        return check_notes(paths, count, options.brief);
    }
    for (size_t i = 0; i < count; i++) {
        int one = check_path(paths[i], options.quiet);
        result = one > result ? one : result;
    }
    return result;
}
