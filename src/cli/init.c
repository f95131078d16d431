/* lanyard init: makes a data folder and its key, and prints the first administrator's link. What stands in it is the business
 * of service/record_make.c. */
#include "cli/demo.h"
#include "cli/keep.h"

#include <string.h>
#include <unistd.h>

#define ANSWER_LARGEST 200

struct init_options {
    struct record_place place;
    const char *name, *kind, *policy, *given, *family, *email;
    bool demo;
};

/* What a terminal is asked for where it was not said. */
struct init_question {
    const char *option, **value, *question;
};

/* A line from the terminal, in the arena; NULL at the end of input. */
static const char *ask_for(const char *question, struct arena *arena)
{
    char line[ANSWER_LARGEST + 2];
    fprintf(stderr, "%s ", question);
    if (fgets(line, sizeof line, stdin) == NULL) return NULL;
    return arena_copy(arena, slice_trim(slice_of(line))).at;
}

static int fill_in(const struct init_question *questions, size_t count, struct arena *arena)
{
    bool terminal = isatty(STDIN_FILENO) != 0;
    for (size_t i = 0; i < count; i++) {
        const char **value = questions[i].value;
        if (*value != NULL) continue;
        if (terminal) *value = ask_for(questions[i].question, arena);
        if (*value == NULL || (*value)[0] == '\0')
            return cli_wrong("init", "say with %s: %s", questions[i].option, questions[i].question);
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
    printf("\nA role of trust takes two others to confirm it, so put two more people in now:\n"
           "\n  lanyard first %s --role headteacher --given NAME --family NAME --email ADDRESS\n",
           given->place.folder);
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

/* ---- a demo ---- */

/* It brings names and policy of its own. */
static int make_demo(const struct init_options *given, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct demo demo;
    struct slice link;
    const char *folder = demo_folder(arena).at;
    if (given->name != NULL || given->kind != NULL || given->given != NULL ||
        given->family != NULL || given->email != NULL)
        return cli_wrong("init", "a demo brings its own names: say --demo without them");
    if (!demo_read(folder, arena, &demo, &error)) return cli_fail("init", &error);
    struct record_plan plan = {.name = slice_of(demo_set_up(&demo, "name")),
                               .kind = slice_of(demo_set_up(&demo, "kind")),
                               .policy = given->policy != NULL ? given->policy : folder,
                               .given = slice_of(demo_set_up(&demo, "given")),
                               .family = slice_of(demo_set_up(&demo, "family")),
                               .email = slice_of(demo_set_up(&demo, "email")),
                               .demo = true,
                               .fill = demo_fill,
                               .context = &demo};
    if (!record_make(&given->place, &plan, arena, &link, &error)) return cli_fail("init", &error);
    printf("The demo stands in %s: %.*s, with everybody in it made up.\n"
           "It can never become a real record. Serve it:\n\n  lanyard serve %s\n\n"
           "and open http://localhost:8080/demo on this computer: one press, and you are any of "
           "them.\n",
           given->place.folder, SLICE_PRINT(plan.name), given->place.folder);
    return EXIT_DONE;
}

int command_init(int argc, char **argv)
{
    struct init_options given = {.name = NULL};
    const struct keep_option options[] = {
        {"--name", &given.name, NULL},          {"--kind", &given.kind, NULL},
        {"--policy", &given.policy, NULL},      {"--given", &given.given, NULL},
        {"--family", &given.family, NULL},      {"--email", &given.email, NULL},
        {"--key", &given.place.key_file, NULL}, {"--demo", NULL, &given.demo}};
    const struct init_question questions[] = {
        {"--name", &given.name, "What is the organisation called?"},
        {"--given", &given.given, "The first administrator's given name?"},
        {"--family", &given.family, "Their family name?"},
        {"--email", &given.email, "Their e-mail address?"}};
    static const char *const called[] = {"the folder to make"};
    AUTO(arena) struct arena *arena = arena_new();
    int status = keep_options(argc, argv, options, sizeof options / sizeof *options,
                              &given.place.folder, called, 1);
    if (status == EXIT_DONE && given.demo) return make_demo(&given, arena);
    if (status == EXIT_DONE)
        status = fill_in(questions, sizeof questions / sizeof *questions, arena);
    return status == EXIT_DONE ? make(&given, arena) : status;
}
