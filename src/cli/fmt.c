/* lanyard fmt: rule and policy blocks in canonical form, every other byte as it was. A file is replaced whole or not at all,
 * and one that does not compile is left alone. What the form is: policy/fmt.c. */
#include "policy/fmt.h"
#include "base/file.h"
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FORMATTED_LARGEST ((size_t)2 * DOCUMENT_SIZE_LARGEST)

struct formatting {
    bool check, print;
};

/* A file that is being formatted, with what its text borrows from. */
struct formatted {
    struct folder folder; /* of a policy; empty for a law */
    struct arena *arena;
    struct slice path, source;
    struct document law;
    const struct document *document;
    struct words words, own;
};

static bool cannot_write(const char *path, struct error *error)
{
    (void)error_set(error, ERROR_READ, "%s cannot be written: %s.", path, strerror(errno));
    return error_advise(error, "The file is as it was.");
}

static bool write_all(int handle, struct slice text)
{
    while (text.length > 0) {
        ssize_t done = write(handle, text.at, text.length);
        if (done < 0 && errno != EINTR) {
            return false;
        }
        size_t taken = done < 0 ? 0 : (size_t)done;
        text = slice_part(text, taken, text.length);
    }
    return true;
}

/* Writes beside the file and renames, so that a full disk or a lost machine never leaves half a policy. */
static bool replace_real(const char *path, struct slice text, struct arena *arena,
                         struct error *error)
{
    struct stat about;
    struct slice beside = arena_format(arena, "%s.XXXXXX", path);
    char *name = (char *)arena_take(arena, beside.length + 1, 1);
    memcpy(name, beside.at, beside.length);
    int handle = stat(path, &about) == 0 ? mkstemp(name) : -1;
    if (handle < 0) {
        return cannot_write(path, error);
    }
    bool done =
        fchmod(handle, about.st_mode & 07777) == 0 && write_all(handle, text) && fsync(handle) == 0;
    done = close(handle) == 0 && done;
    if (!done || rename(name, path) != 0) {
        (void)cannot_write(path, error);
        (void)unlink(name);
        return false;
    }
    return true;
}

/* The file that a link names is replaced, not the link. */
static bool replace_file(const char *path, struct slice text, struct arena *arena,
                         struct error *error)
{
    char *real = realpath(path, NULL);
    if (real == NULL) {
        return cannot_write(path, error);
    }
    bool done = replace_real(real, text, arena, error);
    free(real);
    return done;
}

static int refuse(const struct formatted *formatted, const struct problems *problems,
                  struct slice words)
{
    struct text report AUTO_TEXT;
    text_init(&report, 1u << 20);
    for (size_t i = 0; i < problems->list.count; i++) {
        const struct problem *problem = &problems->list.at[i];
        bool ours = slice_equal(problem->file, formatted->path);
        if (!problem->warning) {
            problem_print(problem, ours ? formatted->source : words, &report);
        }
    }
    cli_print(stderr, text_slice(&report));
    return EXIT_DOCUMENT;
}

/* A law has no folder of its own: its vocabulary stands beside it. */
static int open_law(const char *path, struct formatted *formatted, struct error *error)
{
    const char *slash = strrchr(path, '/');
    struct slice folder = slash == NULL ? SLICE(".") : (struct slice){path, (size_t)(slash - path)};
    struct slice file = arena_format(formatted->arena, "%.*s/words.md", SLICE_PRINT(folder)), text;
    struct problems problems;
    problems_init(&problems, formatted->arena);
    formatted->path = slice_of(path);
    if (!file_read(path, DOCUMENT_SIZE_LARGEST, formatted->arena, &formatted->source, error) ||
        !file_read(file.at, DOCUMENT_SIZE_LARGEST, formatted->arena, &text, error)) {
        return cli_fail("fmt", error);
    }
    bool good = words_read(file, text, formatted->arena, &problems, &formatted->words);
    if (good) {
        words_copy(&formatted->words, formatted->arena, &formatted->own);
        good = document_read(formatted->path, formatted->source, true, formatted->arena, &problems,
                             &formatted->law) &&
               parse_document(&formatted->law, &formatted->own, &problems);
    }
    formatted->document = &formatted->law;
    return good ? EXIT_DONE : refuse(formatted, &problems, text);
}

static int open_policy(const char *path, struct formatted *formatted)
{
    int result = EXIT_DONE;
    if (!cli_open("fmt", path, &formatted->folder, &result)) {
        return result;
    }
    formatted->path = formatted->folder.sources.policy.file;
    formatted->source = formatted->folder.sources.policy.text;
    formatted->document = &formatted->folder.policy->document;
    return EXIT_DONE;
}

/* Prints, compares or writes the text made of one file. */
static int deliver(const struct formatting *formatting, const struct formatted *formatted,
                   struct slice text)
{
    struct error error = {0};
    bool same = slice_equal(text, formatted->source);
    if (formatting->print) {
        cli_print(stdout, text);
    }
    if (formatting->check) {
        if (!same) {
            printf("%.*s would change; `lanyard fmt` without --check writes it\n",
                   SLICE_PRINT(formatted->path));
        }
        return same ? EXIT_DONE : EXIT_FOUND;
    }
    if (same || formatting->print) {
        return EXIT_DONE;
    }
    if (!replace_file(formatted->path.at, text, formatted->arena, &error)) {
        return cli_fail("fmt", &error);
    }
    printf("%.*s\n", SLICE_PRINT(formatted->path));
    return EXIT_DONE;
}

static int format_opened(const struct formatting *formatting, const struct formatted *formatted)
{
    struct text text AUTO_TEXT;
    size_t left = 0;
    bool law = formatted->folder.policy == NULL;
    text_init(&text, FORMATTED_LARGEST);
    if (!fmt_document(formatted->document, law ? &formatted->own : &formatted->folder.policy->words,
                      &text, &left)) {
        struct error error = {0};
        (void)error_set(&error, ERROR_LIMIT, "%.*s would grow past %zu bytes.",
                        SLICE_PRINT(formatted->path), FORMATTED_LARGEST);
        return cli_fail("fmt", &error);
    }
    if (left > 0) {
        fprintf(stderr, "%.*s: %zu block%s left as written: a comment would lose its place\n",
                SLICE_PRINT(formatted->path), left, left == 1 ? "" : "s");
    }
    return deliver(formatting, formatted, text_slice(&text));
}

static int format_one(const char *path, const struct formatting *formatting)
{
    struct formatted formatted = {.arena = arena_new()};
    struct error error = {0};
    bool law = slice_is(slice_of(path), "law.md") || slice_ends(slice_of(path), SLICE("/law.md"));
    int result = law ? open_law(path, &formatted, &error) : open_policy(path, &formatted);
    if (result == EXIT_DONE) {
        result = format_opened(formatting, &formatted);
    }
    if (formatted.folder.arena != NULL) {
        folder_close(&formatted.folder);
    }
    arena_free(formatted.arena);
    return result;
}

int command_fmt(int argc, char **argv)
{
    struct formatting formatting = {0};
    int result = EXIT_DONE, files = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--check") == 0) {
            formatting.check = true;
        } else if (strcmp(argv[i], "--print") == 0) {
            formatting.print = true;
        } else if (argv[i][0] == '-') {
            return cli_wrong("fmt", "there is no option %s", argv[i]);
        } else {
            files++;
        }
    }
    if (files == 0 || (formatting.check && formatting.print)) {
        return cli_wrong("fmt", files == 0 ? "name a policy or its policy.md"
                                           : "--check or --print, not both");
    }
    for (int i = 1; i < argc; i++) {
        int one = argv[i][0] == '-' ? EXIT_DONE : format_one(argv[i], &formatting);
        result = one > result ? one : result;
    }
    return result;
}
