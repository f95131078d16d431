/* lanyard new: a policy folder of a school's own, made out of another. Finds the policy to start from and asks for the names
 * of roles; what is written is service/new.c's. */
#include "service/new.h"
#include "cli/cli.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef LANYARD_DATADIR
#define LANYARD_DATADIR "/usr/share/lanyard"
#endif

#define LISTED_LARGEST 200
#define ANSWER_LARGEST 200

struct new_options {
    const char *path, *from, *name;
    struct new_role roles[NEW_ROLES_LARGEST];
    size_t role_count;
};

/* ---- what was said -------------------------------------------------------------------------------- */

static bool read_role(const char *given, struct new_options *options)
{
    struct slice text = slice_of(given);
    size_t equal = slice_find(text, '=');
    struct new_role role = {slice_trim(slice_part(text, 0, equal)),
                            slice_trim(slice_part(text, equal + 1, text.length))};
    if (role.from.length == 0 || role.to.length == 0 || options->role_count == NEW_ROLES_LARGEST) {
        return false;
    }
    options->roles[options->role_count++] = role;
    return true;
}

/* Takes an option and the value behind it. */
static int read_option(const char *option, const char *value, struct new_options *options)
{
    bool from = strcmp(option, "--from") == 0, name = strcmp(option, "--name") == 0;
    if (!from && !name && strcmp(option, "--role") != 0) {
        return cli_wrong("new", "there is no option %s", option);
    }
    if (value == NULL) {
        return cli_wrong("new", "%s wants a value behind it", option);
    }
    if (from) {
        options->from = value;
    } else if (name) {
        options->name = value;
    } else if (!read_role(value, options)) {
        return cli_wrong("new", "--role wants 'the headteacher=the principal', at most %d times",
                         NEW_ROLES_LARGEST);
    }
    return EXIT_DONE;
}

static int check_options(const struct new_options *options)
{
    if (options->path == NULL || options->path[0] == '\0') {
        return cli_wrong("new", "name the folder to make");
    }
    if (options->from == NULL) {
        return cli_wrong("new", "say with --from which policy to start from");
    }
    if (options->name == NULL) {
        return cli_wrong("new", "say with --name what the organisation is called");
    }
    return EXIT_DONE;
}

static int read_options(int argc, char **argv, struct new_options *options)
{
    for (int i = 1; i < argc; i++) {
        int result = EXIT_DONE;
        if (argv[i][0] == '-') {
            result = read_option(argv[i], i + 1 < argc ? argv[i + 1] : NULL, options);
            i++;
        } else if (options->path != NULL) {
            result = cli_wrong("new", "name one folder; '%s' is a second", argv[i]);
        } else {
            options->path = argv[i];
        }
        if (result != EXIT_DONE) {
            return result;
        }
    }
    return check_options(options);
}

/* ---- where to start from -------------------------------------------------------------------------- */

static bool is_policy(struct arena *arena, struct slice folder)
{
    return access(arena_format(arena, "%.*s/policy.md", SLICE_PRINT(folder)).at, R_OK) == 0;
}

/* Policies stand in `policies` here, beside the new folder, and where they were installed; empty behind the last. */
static struct slice place(struct arena *arena, const char *path, size_t index)
{
    switch (index) {
    case 0: return SLICE("policies");
    case 1: {
        struct slice beside = slice_of(path);
        while (beside.length > 1 && beside.at[beside.length - 1] == '/') {
            beside.length--;
        }
        while (beside.length > 0 && beside.at[beside.length - 1] != '/') {
            beside.length--;
        }
        return beside.length == 0 ? SLICE(".") : arena_format(arena, "%.*s.", SLICE_PRINT(beside));
    }
    case 2: return SLICE(LANYARD_DATADIR "/policies");
    default: return SLICE_EMPTY;
    }
}

static int compare_slices(const void *a, const void *b)
{
    const struct slice *x = a, *y = b;
    return slice_compare(*x, *y);
}

static void list_place(struct arena *arena, struct slice folder, struct slice *names, size_t *count)
{
    DIR *directory = opendir(folder.at);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        struct slice path = arena_format(arena, "%.*s/%s", SLICE_PRINT(folder), entry->d_name);
        if (entry->d_name[0] != '.' && *count < LISTED_LARGEST && is_policy(arena, path)) {
            names[(*count)++] = arena_copy(arena, slice_of(entry->d_name));
        }
    }
    if (directory != NULL) {
        (void)closedir(directory);
    }
}

static int unknown_source(struct arena *arena, const struct new_options *options)
{
    struct slice *names = ARENA_ARRAY(arena, struct slice, LISTED_LARGEST), at;
    size_t count = 0;
    for (size_t i = 0; (at = place(arena, options->path, i)).length > 0; i++) {
        list_place(arena, at, names, &count);
    }
    qsort(names, count, sizeof *names, compare_slices);
    fprintf(stderr, "lanyard new: there is no policy '%s' to start from.\n", options->from);
    fprintf(stderr, count > 0 ? "  There %s:" : "  Name a folder that holds a policy.md",
            count == 1 ? "is" : "are");
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !slice_equal(names[i], names[i - 1])) {
            fprintf(stderr, " %.*s", SLICE_PRINT(names[i]));
        }
    }
    fputs(count > 0 ? "; or name a folder that holds a policy.md.\n" : ".\n", stderr);
    return EXIT_USAGE;
}

static bool find_source(struct arena *arena, const struct new_options *options,
                        struct slice *ret_path)
{
    struct slice from = slice_of(options->from), at;
    if (from.length > 0 && is_policy(arena, from)) {
        *ret_path = from;
        return true;
    }
    bool plain = from.length > 0 && slice_find(from, '/') == from.length && from.at[0] != '.';
    for (size_t i = 0; plain && (at = place(arena, options->path, i)).length > 0; i++) {
        struct slice path = arena_format(arena, "%.*s/%s", SLICE_PRINT(at), options->from);
        if (is_policy(arena, path)) {
            *ret_path = path;
            return true;
        }
    }
    return false;
}

/* ---- asking for roles ----------------------------------------------------------------------------- */

static void ask_role(struct arena *arena, struct slice phrase, struct new_options *options)
{
    char *answer = NULL;
    size_t space = 0;
    printf("  %.*s [%.*s]: ", SLICE_PRINT(phrase), SLICE_PRINT(phrase));
    (void)fflush(stdout);
    ssize_t length = getline(&answer, &space, stdin);
    if (length > 0 && length < ANSWER_LARGEST) {
        struct slice said = slice_trim((struct slice){answer, (size_t)length});
        if (said.length > 0 && !slice_equal(said, phrase)) {
            options->roles[options->role_count++] =
                (struct new_role){phrase, arena_copy(arena, said)};
        }
    }
    free(answer);
}

/* At a terminal, where no role was given: one after the other, those that the policy speaks of. */
static void ask_roles(struct arena *arena, const struct folder *source, struct new_options *options)
{
    const struct words *words = &source->policy->words;
    struct slice phrase, text = source->sources.policy.text, base = source->sources.base.text;
    base = base.length > 0 ? base : SLICE_EMPTY;
    bool begun = false;
    if (options->role_count > 0 || isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1) {
        return;
    }
    for (size_t i = 0; (phrase = new_roles_office(words, i)).length > 0; i++) {
        if (!new_roles_speaks(words, phrase, text) && !new_roles_speaks(words, phrase, base)) {
            continue;
        }
        if (!begun) {
            puts("What do you call these with you? Press Enter to keep a name.");
        }
        begun = true;
        ask_role(arena, phrase, options);
    }
}

/* ---- what to do next ------------------------------------------------------------------------------ */

static void print_left_out(const struct new_made *made)
{
    bool begun = false;
    for (size_t i = 0; i < made->text.left_out.count; i++) {
        const struct new_sentence *sentence = &made->text.left_out.at[i];
        if (!begun) {
            puts("\nThese sentences tell dates of the policy you started from. Put your own in:");
        }
        begun = true;
        printf("  %s: ", sentence->kept ? "still there" : "left out");
        for (size_t k = 0; k < sentence->text.length; k++) {
            char c = sentence->text.at[k];
            putchar(c == '\n' ? ' ' : c);
        }
        putchar('\n');
    }
}

static void print_swaps(const struct new_made *made)
{
    for (size_t i = 0; i < made->roles.rows.count; i++) {
        const struct new_row *row = &made->roles.rows.at[i];
        if (row->swapped) {
            printf(
                "The role that was '%.*s' in the vocabulary is '%.*s' now: the two names changed "
                "places.\n",
                SLICE_PRINT(row->old_noun), SLICE_PRINT(row->phrase));
        }
    }
}

static void print_next(const struct new_made *made)
{
    struct slice path = made->path;
    printf("%.*s: %.*s\nIt compiles, and %zu scenarios pass.\n", SLICE_PRINT(path),
           SLICE_PRINT(made->title), made->scenarios);
    print_swaps(made);
    print_left_out(made);
    printf("\nNext:\n  edit %.*s/policy.md, first of all 'in force from', which is today",
           SLICE_PRINT(path));
    printf(made->review ? ",\n    and add a line REVIEW DUE to its policy block: it has none yet\n"
                        : "\n");
    if (!made->named) {
        puts("    and the organisation's name: the policy you started from does not say its own");
    }
    printf("  lanyard check %.*s\n  lanyard test %.*s\n  lanyard show %.*s > policy.html\n",
           SLICE_PRINT(path), SLICE_PRINT(path), SLICE_PRINT(path));
}

static int make_policy(struct arena *arena, struct new_options *options, struct slice from)
{
    struct folder source AUTO_FOLDER = {0};
    struct new_made made = {0};
    struct error error = {0};
    int result = EXIT_DONE;
    if (!cli_open("new", from.at, &source, &result)) {
        return result;
    }
    ask_roles(arena, &source, options);
    struct new_order order = {.source = &source,
                              .path = options->path,
                              .name = slice_trim(slice_of(options->name)),
                              .roles = options->roles,
                              .role_count = options->role_count,
                              .today = date_from_day(moment_now().day)};
    if (!new_make(&order, &made, &error)) {
        return cli_fail("new", &error);
    }
    print_next(&made);
    new_made_clear(&made);
    return EXIT_DONE;
}

int command_new(int argc, char **argv)
{
    struct new_options options = {0};
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {0};
    struct slice from;
    int result = read_options(argc, argv, &options);
    if (result != EXIT_DONE) {
        return result;
    }
    if (!new_name_check(slice_trim(slice_of(options.name)), &error) ||
        !new_place_check(options.path, &error)) {
        return cli_fail("new", &error);
    }
    if (!find_source(arena, &options, &from)) {
        return unknown_source(arena, &options);
    }
    return make_policy(arena, &options, from);
}
