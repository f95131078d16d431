/* lanyard backup: a copy of a record while it is in use, its keys in a second file. */
#include "cli/keep.h"
#include "service/keeping.h"

int command_backup(int argc, char **argv)
{
    struct record_place place = {.read_only = false};
    const char *places[2] = {NULL, NULL}, *keys = NULL;
    const struct keep_option options[] = {{"--key", &place.key_file, NULL},
                                          {"--keys", &keys, NULL}};
    static const char *const called[] = {"the data folder", "the folder to make for the backup"};
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    struct record *record;
    struct backup backup;
    int result = keep_options(argc, argv, options, 2, places, called, 2);
    if (result != EXIT_DONE) return result;
    place.folder = places[0];
    if (keys == NULL) keys = arena_format(arena, "%s.keys", places[1]).at;
    if (!keep_open(argv[0], &place, &record, &result)) return result;
    bool done = record_backup(record, places[1], keys, &backup, &error);
    record_close(record);
    if (!done) return cli_fail(argv[0], &error);
    printf(
        "%s: %llu events, %llu uploads\n%s: %llu keys, wrapped under %.*s\n"
        "Keep the two apart, and the root key apart from both. %s.erased names what was erased: "
        "keep "
        "the newest copy\nof it elsewhere, so that nothing erased comes back with this backup.\n",
        places[1], (unsigned long long)backup.events, (unsigned long long)backup.uploads, keys,
        (unsigned long long)backup.keys, SLICE_PRINT(record_key_file(&place, arena)), places[0]);
    return EXIT_DONE;
}
