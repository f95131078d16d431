/* What the commands that keep a record share; see keep.h. */
#include "cli/keep.h"

#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "ledger/note.h"
#include "service/signin.h"

#define LINE_LARGEST 600

/* ---- options ---- */

static int take_option(char **argv, int at, int argc, const struct keep_option *options,
                       size_t count, int *ret_next)
{
    const struct keep_option *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(argv[at], options[i].name) != 0) continue;
        found = &options[i];
        if (found->value == NULL || *found->value == NULL) break;
    }
    if (found == NULL) return cli_wrong(argv[0], "there is no option %s", argv[at]);
    *ret_next = at + 1;
    if (found->value == NULL) {
        *found->flag = true;
        return EXIT_DONE;
    }
    if (*found->value != NULL) return cli_wrong(argv[0], "%s was given too often", argv[at]);
    if (at + 1 >= argc) return cli_wrong(argv[0], "%s wants a value behind it", argv[at]);
    *found->value = argv[at + 1];
    *ret_next = at + 2;
    return EXIT_DONE;
}

int keep_options(int argc, char **argv, const struct keep_option *options, size_t count,
                 const char **places, const char *const *called, size_t place_count)
{
    size_t filled = 0;
    for (int i = 1; i < argc;) {
        if (argv[i][0] == '-' && argv[i][1] != '\0') {
            int result = take_option(argv, i, argc, options, count, &i);
            if (result != EXIT_DONE) return result;
        } else if (filled == place_count) {
            return cli_wrong(argv[0], "'%s' is one word too many", argv[i]);
        } else {
            places[filled++] = argv[i++];
        }
    }
    if (filled < place_count) return cli_wrong(argv[0], "name %s", called[filled]);
    return EXIT_DONE;
}

/* ---- the record ---- */

bool keep_open(const char *command, const struct record_place *place, struct record **ret_record,
               int *ret_exit)
{
    struct error error = {.code = ERROR_NONE};
    if (record_open(place, ret_record, &error)) return true;
    *ret_exit = cli_fail(command, &error);
    return false;
}

/* ---- who acts ---- */

static bool read_line(const char *question, bool unseen, char *line, size_t size)
{
    struct termios before, quiet;
    bool terminal = isatty(STDIN_FILENO) == 1 && tcgetattr(STDIN_FILENO, &before) == 0;
    if (terminal) {
        fprintf(stderr, "%s: ", question);
        quiet = before;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        if (unseen) (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    bool read = fgets(line, (int)size, stdin) != NULL;
    if (terminal && unseen) {
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    if (!read) return false;
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

bool keep_prove(const char *command, struct record *record, const char *email,
                struct id *ret_person, int *ret_exit)
{
    char password[LINE_LARGEST], code[LINE_LARGEST];
    struct error error = {.code = ERROR_NONE};
    if (isatty(STDIN_FILENO) == 1) fprintf(stderr, "%s\n", email);
    if (!read_line("Password", true, password, sizeof password) ||
        !read_line("Sign-in code, or Enter where none is set up", false, code, sizeof code)) {
        *ret_exit = cli_wrong(command,
                              "the password and the sign-in code of %s are missing: a "
                              "line each on standard input",
                              email);
        return false;
    }
    bool proved = signin_prove(record, slice_of(email), slice_of(password), slice_of(code),
                               ret_person, &error);
    explicit_bzero(password, sizeof password);
    explicit_bzero(code, sizeof code);
    if (!proved) *ret_exit = cli_fail(command, &error);
    return proved;
}

bool keep_do(const char *command, struct record *record, const struct order *order,
             struct arena *arena, struct outcome *ret_outcome, int *ret_exit)
{
    struct error error = {.code = ERROR_NONE};
    if (!desk_do(record, order, arena, ret_outcome, &error)) {
        *ret_exit = cli_fail(command, &error);
        return false;
    }
    if (ret_outcome->done) return true;
    fprintf(stderr, "lanyard %s: %.*s\n", command, SLICE_PRINT(ret_outcome->sentence));
    *ret_exit = EXIT_FOUND;
    return false;
}

bool keep_note(const char *command, const char *path, struct arena *arena, struct slice *ret_note,
               int *ret_exit)
{
    struct error error = {.code = ERROR_NONE};
    *ret_note = path != NULL ? slice_of(path) : SLICE_EMPTY;
    if (path == NULL || strchr(path, '\n') != NULL) return true;
    if (file_read(path, NOTE_LARGEST, arena, ret_note, &error)) return true;
    *ret_exit = cli_fail(command, &error);
    return false;
}
