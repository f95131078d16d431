/* lanyard init: makes a data folder and its key, and prints the first administrator's link. What stands in it is the business
 * of service/record_make.c. */
#include "cli/cli.h"
#include "service/record.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ANSWER_LARGEST 200

struct init_options {
    struct record_place place;
    const char *name, *kind, *policy, *given, *family, *email;
};

struct init_option {
    const char *option;
    size_t offset;
    const char *question; /* asked at a terminal where it is missing; NULL: it may be missing */
};

static const struct init_option options[] = {
    {"--name", offsetof(struct init_options, name), "What is the organisation called?"},
    {"--kind", offsetof(struct init_options, kind), NULL},
    {"--policy", offsetof(struct init_options, policy), NULL},
    {"--given", offsetof(struct init_options, given), "The first administrator's given name?"},
    {"--family", offsetof(struct init_options, family), "Their family name?"},
    {"--email", offsetof(struct init_options, email), "Their e-mail address?"},
    {"--key", offsetof(struct init_options, place.key_file), NULL},
};
#define OPTIONS (sizeof options / sizeof *options)

static const char **place_of(struct init_options *given, const struct init_option *option)
{
    return (const char **)(void *)((char *)given + option->offset);
}

static int take_option(const char *word, const char *value, struct init_options *given)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        if (strcmp(word, options[i].option) != 0) continue;
        if (value == NULL) return cli_wrong("init", "%s wants a value behind it", word);
        *place_of(given, &options[i]) = value;
        return EXIT_DONE;
    }
    return cli_wrong("init", "there is no option %s", word);
}

static int take_arguments(int argc, char **argv, struct init_options *given)
{
    for (int i = 1; i < argc; i++) {
        int status = EXIT_DONE;
        if (argv[i][0] == '-') {
            status = take_option(argv[i], i + 1 < argc ? argv[i + 1] : NULL, given);
            i++;
        } else if (given->place.folder != NULL) {
            status = cli_wrong("init", "name one folder; '%s' is a second", argv[i]);
        } else {
            given->place.folder = argv[i];
        }
        if (status != EXIT_DONE) return status;
    }
    return given->place.folder != NULL ? EXIT_DONE : cli_wrong("init", "name the folder to make");
}

/* A line from the terminal, in the arena; NULL at the end of input. */
static const char *ask_for(const char *question, struct arena *arena)
{
    char line[ANSWER_LARGEST + 2];
    fprintf(stderr, "%s ", question);
    if (fgets(line, sizeof line, stdin) == NULL) return NULL;
    return arena_copy(arena, slice_trim(slice_of(line))).at;
}

static int fill_in(struct init_options *given, struct arena *arena)
{
    bool terminal = isatty(STDIN_FILENO) != 0;
    for (size_t i = 0; i < OPTIONS; i++) {
        const char **value = place_of(given, &options[i]);
        if (*value != NULL || options[i].question == NULL) continue;
        if (terminal) *value = ask_for(options[i].question, arena);
        if (*value == NULL || (*value)[0] == '\0')
            return cli_wrong("init", "say with %s: %s", options[i].option, options[i].question);
    }
    return EXIT_DONE;
}

static bool line_ok(const char *what, const char *value, struct error *error)
{
    size_t length = value != NULL ? strlen(value) : 0;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)value[i] < ' ' || value[i] == 127)
            return error_set(error, ERROR_USAGE, "%s holds a control character", what);
    return length <= RECORD_NAME_LARGEST ||
           error_set(error, ERROR_LIMIT, "%s is longer than %d bytes", what, RECORD_NAME_LARGEST);
}

static void say_made(const struct init_options *given, const char *key_file, struct slice link)
{
    printf("The record stands in %s.\n\n", given->place.folder);
    printf("Its key is %s. Keep a copy of that file somewhere else, apart from\n"
           "the backups: without it nobody can open what the record holds, and neither can we.\n"
           "Whoever has both the folder and the key can read it.\n\n",
           key_file);
    printf("Serve it:\n\n  lanyard serve %s\n\n", given->place.folder);
    printf(
        "and let the first administrator open this page within three days. The link works once:\n"
        "\n  http://127.0.0.1:8080%.*s\n",
        SLICE_PRINT(link));
}

static int make(const struct init_options *given, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct slice link, key_file;
    struct record_plan plan = {.name = slice_of(given->name),
                               .kind = slice_of(given->kind != NULL ? given->kind : "school"),
                               .policy = given->policy,
                               .given = slice_of(given->given),
                               .family = slice_of(given->family),
                               .email = slice_of(given->email)};
    if (!line_ok("the organisation's name", given->name, &error) ||
        !line_ok("the given name", given->given, &error) ||
        !line_ok("the family name", given->family, &error) ||
        !line_ok("the e-mail address", given->email, &error) ||
        !record_make(&given->place, &plan, arena, &link, &error))
        return cli_fail("init", &error);
    key_file = record_key_file(&given->place, arena);
    say_made(given, key_file.at, link);
    return EXIT_DONE;
}

int command_init(int argc, char **argv)
{
    struct init_options given = {0};
    AUTO(arena) struct arena *arena = arena_new();
    int status = take_arguments(argc, argv, &given);
    if (status == EXIT_DONE) status = fill_in(&given, arena);
    return status == EXIT_DONE ? make(&given, arena) : status;
}
