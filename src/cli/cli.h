/* What the commands share: the table, exit codes, opening a policy, text for people. One command a file; main.c runs the
 * table. */
#pragma once

#include "service/folder.h"

#include <stdio.h>

/* Exit codes every command keeps to; `ask` gives the verdict's (decision_exit). */
enum cli_exit {
    EXIT_DONE = 0,
    EXIT_FOUND = 1,
    EXIT_USAGE = 2,
    EXIT_DOCUMENT = 3,
    EXIT_READ = 4,
    EXIT_TROUBLE = 5
};

struct command {
    const char *name, *arguments, *summary;
    int (*run)(int argc, char **argv); /* argv[0] is the command's name */
    const char *help; /* after the usage line: options, a line each, and examples */
};

extern const struct command cli_commands[];
extern const size_t cli_command_count;
const struct command *cli_command(const char *name);
/* `usage: lanyard NAME ARGUMENTS` on the stream, with the help where `whole`. */
void cli_usage(FILE *out, const struct command *command, bool whole);
/* For wrong use: the sentence, the usage line and how to get help on stderr; gives EXIT_USAGE. */
int cli_wrong(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* An error on stderr in the same form everywhere; gives its exit code. */
int cli_fail(const char *command, const struct error *error);
/* Opens a policy that must compile. On failure everything is said on stderr and *ret_exit is set. */
MUST_USE bool cli_open(const char *command, const char *path, struct folder *ret_folder,
                       int *ret_exit);
/* The same for a folder that the command tried to open itself. */
MUST_USE bool cli_opened(const char *command, bool opened, const struct error *error,
                         struct folder *ret_folder, int *ret_exit);
/* Takes the warnings out: `check` shows them to authors, nobody else is troubled with them. */
void cli_drop_warnings(struct problems *problems);
/* The errors of a folder on stderr, without its warnings. */
void cli_errors(struct folder *folder);
void cli_print(FILE *out, struct slice text);
/* True, with `--help` served and *ret_exit set, where the first argument asks for it. */
bool cli_help(const struct command *command, int argc, char **argv, int *ret_exit);

int command_check(int argc, char **argv);
int command_fmt(int argc, char **argv);
int command_ask(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_test(int argc, char **argv);
int command_compare(int argc, char **argv);
int command_changes(int argc, char **argv);
int command_cover(int argc, char **argv);
int command_show(int argc, char **argv);
int command_new(int argc, char **argv);
int command_first(int argc, char **argv);
int command_init(int argc, char **argv);
int command_serve(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_checkpoint(int argc, char **argv);
int command_rebuild(int argc, char **argv);
int command_export(int argc, char **argv);
int command_backup(int argc, char **argv);
int command_restore(int argc, char **argv);
int command_rotate_key(int argc, char **argv);
int command_hold(int argc, char **argv);
int command_import(int argc, char **argv);
int command_erase(int argc, char **argv);
int command_screen(int argc, char **argv);
