/* lanyard checkpoint: prints the newest signed checkpoint, to be kept elsewhere. */
#include "cli/keep.h"
#include "service/keeping.h"

int command_checkpoint(int argc, char **argv)
{
    const char *place[1] = {NULL};
    bool vkey = false;
    const struct keep_option options[] = {{"--vkey", NULL, &vkey}};
    static const char *const called[] = {"the data folder"};
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    struct slice note, key;
    int result = keep_options(argc, argv, options, 1, place, called, 1);
    if (result != EXIT_DONE) return result;
    if (!record_checkpoint(place[0], arena, &note, &key, &error)) return cli_fail(argv[0], &error);
    cli_print(stdout, vkey ? key : note);
    if (vkey) putchar('\n');
    return EXIT_DONE;
}
