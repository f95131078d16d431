/* lanyard rotate-key: a new root key for a record; says first what a key is. */
#include "cli/keep.h"
#include "service/keeping.h"

static int exchange(const char *command, const struct record_place *place, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct record *record;
    struct slice old;
    int result = EXIT_DONE;
    if (!keep_open(command, place, &record, &result)) return result;
    bool done = record_rotate_key(record, arena, &old, &error);
    record_close(record);
    if (!done) return cli_fail(command, &error);
    struct slice now = record_key_file(place, arena);
    printf("The record has a new key: %.*s\nThe old one is %.*s. Backups made until today open "
           "with it "
           "alone:\nkeep it as long as you keep them, then destroy it. Put a copy of the new key "
           "somewhere safe now.\n",
           SLICE_PRINT(now), SLICE_PRINT(old));
    return EXIT_DONE;
}

int command_rotate_key(int argc, char **argv)
{
    struct record_place place = {.alone = true};
    const struct keep_option options[] = {{"--key", &place.key_file, NULL}};
    static const char *const called[] = {"the data folder"};
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    bool finished;
    int result = keep_options(argc, argv, options, 1, &place.folder, called, 1);
    if (result != EXIT_DONE) return result;
    fputs(keeping_key_words, stderr);
    fputc('\n', stderr);
    if (!record_rotate_finish(&place, &finished, &error)) return cli_fail(argv[0], &error);
    if (finished) {
        puts("An exchange that had been cut off is finished now.");
        return EXIT_DONE;
    }
    return exchange(argv[0], &place, arena);
}
