/* What the commands share: see cli.h. */
#include "cli/cli.h"

#include <stdarg.h>
#include <string.h>

const struct command *cli_command(const char *name)
{
    for (size_t i = 0; i < cli_command_count; i++) {
        if (strcmp(cli_commands[i].name, name) == 0) {
            return &cli_commands[i];
        }
    }
    return NULL;
}

void cli_usage(FILE *out, const struct command *command, bool whole)
{
    fprintf(out, "usage: lanyard %s%s%s\n", command->name, command->arguments[0] != '\0' ? " " : "",
            command->arguments);
    if (whole) {
        fprintf(out, "%s.\n\n%s", command->summary, command->help);
    }
}

int cli_wrong(const char *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "lanyard %s: ", command);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    const struct command *known = cli_command(command);
    if (known != NULL) {
        cli_usage(stderr, known, false);
        fprintf(stderr, "`lanyard %s --help` says more.\n", command);
    }
    return EXIT_USAGE;
}

int cli_fail(const char *command, const struct error *error)
{
    if (error->file[0] != '\0' && error->line > 0) {
        fprintf(stderr, "%s:%zu:%zu: ", error->file, error->line, error->column);
    }
    fprintf(stderr, "lanyard %s: %s\n", command, error->sentence);
    if (error->advice[0] != '\0') {
        fprintf(stderr, "  %s\n", error->advice);
    } else if (error_exit_code(error->code) == EXIT_USAGE) {
        fprintf(stderr, "  `lanyard %s --help` says what it takes.\n", command);
    }
    return error_exit_code(error->code);
}

bool cli_open(const char *command, const char *path, struct folder *ret_folder, int *ret_exit)
{
    struct error error = {0};
    bool opened = folder_open(path, ret_folder, &error);
    return cli_opened(command, opened, &error, ret_folder, ret_exit);
}

bool cli_opened(const char *command, bool opened, const struct error *error,
                struct folder *ret_folder, int *ret_exit)
{
    if (!opened) {
        *ret_exit = cli_fail(command, error);
        return false;
    }
    if (ret_folder->policy == NULL) {
        cli_errors(ret_folder);
        folder_close(ret_folder);
        *ret_exit = EXIT_DOCUMENT;
        return false;
    }
    return true;
}

void cli_drop_warnings(struct problems *problems)
{
    size_t kept = 0;
    for (size_t i = 0; i < problems->list.count; i++) {
        if (!problems->list.at[i].warning) {
            problems->list.at[kept++] = problems->list.at[i];
        }
    }
    problems->list.count = kept;
    problems->warnings = 0;
}

void cli_errors(struct folder *folder)
{
    struct text report AUTO_TEXT;
    text_init(&report, 1u << 20);
    cli_drop_warnings(&folder->problems);
    folder_report(folder, &report);
    cli_print(stderr, text_slice(&report));
}

void cli_print(FILE *out, struct slice text)
{
    (void)fwrite(text.at, 1, text.length, out);
}

bool cli_help(const struct command *command, int argc, char **argv, int *ret_exit)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            cli_usage(stdout, command, true);
            *ret_exit = EXIT_DONE;
            return true;
        }
        if (strcmp(argv[i], "--") == 0) {
            break;
        }
    }
    return false;
}
