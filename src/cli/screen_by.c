/* Files to screen by; see screen_by.h. */
#include "cli/screen_by.h"

#include "base/file.h"
#include "cli/cli.h"
#include "service/screened.h"

#define ROSTER_SIZE_LARGEST ((size_t)512 << 20)
#define LIST_SIZE_LARGEST ((size_t)16 << 20)

/* An error of a list, with the file's name. */
static int list_failed(const char *command, const char *path, struct error *error)
{
    if (error->file[0] == '\0')
        error_at(error, slice_of(path), error->line, error->column > 0 ? error->column : 1);
    return cli_fail(command, error);
}

static int load_roster(const char *command, struct screen_by *by)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    struct slice csv;
    if (!file_read(by->roster, ROSTER_SIZE_LARGEST, arena, &csv, &error))
        return cli_fail(command, &error);
    by->names = names_load(csv, &error);
    return by->names == NULL ? list_failed(command, by->roster, &error) : EXIT_DONE;
}

static int load_allowed(const char *command, struct screen_by *by)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    struct slice lines;
    if (!file_read(by->allow, LIST_SIZE_LARGEST, arena, &lines, &error))
        return cli_fail(command, &error);
    by->allowed = allow_new(lines, &error);
    return by->allowed == NULL ? list_failed(command, by->allow, &error) : EXIT_DONE;
}

static int load_words(const char *command, const struct policy *policy, struct screen_by *by)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    struct slice own = SLICE_EMPTY;
    if (by->words != NULL && !file_read(by->words, LIST_SIZE_LARGEST, arena, &own, &error))
        return cli_fail(command, &error);
    by->lexicon = policy != NULL ? screened_lexicon(policy, own, &error)
                                 : lexicon_new(&(struct lexicon_plan){.own = own}, &error);
    if (by->lexicon != NULL) return EXIT_DONE;
    return list_failed(command, by->words != NULL ? by->words : "", &error);
}

int screen_by_load(const char *command, const struct policy *policy, struct screen_by *by)
{
    int result = load_words(command, policy, by);
    if (result == EXIT_DONE && by->allow != NULL) result = load_allowed(command, by);
    if (result == EXIT_DONE && by->roster != NULL) result = load_roster(command, by);
    return result;
}

struct screen_plan screen_by_plan(const struct screen_by *by)
{
    return (struct screen_plan){by->names, by->lexicon, by->allowed};
}

void screen_by_clear(struct screen_by *by)
{
    names_free(by->names);
    lexicon_free(by->lexicon);
    allow_free(by->allowed);
}
