/* lanyard rebuild --check: makes every table again beside the ones that are there and names what differs. */
#include "cli/keep.h"
#include "service/keeping.h"

static int say(const struct rebuild *rebuild)
{
    for (size_t i = 0; i < rebuild->wrong && i < REBUILD_FINDINGS_LARGEST; i++)
        printf("%.*s\n", SLICE_PRINT(rebuild->findings[i]));
    if (rebuild->wrong > REBUILD_FINDINGS_LARGEST)
        printf("and %zu more\n", rebuild->wrong - REBUILD_FINDINGS_LARGEST);
    printf("%llu events, %llu keys, ", (unsigned long long)rebuild->events,
           (unsigned long long)rebuild->keys);
    if (rebuild->wrong == 0) {
        puts("every table is what the events make of it");
        return EXIT_DONE;
    }
    printf("%zu difference%s\n", rebuild->wrong, rebuild->wrong == 1 ? "" : "s");
    return EXIT_FOUND;
}

int command_rebuild(int argc, char **argv)
{
    struct record_place place = {.folder = NULL};
    bool check = false;
    const struct keep_option options[] = {{"--key", &place.key_file, NULL},
                                          {"--check", NULL, &check}};
    static const char *const called[] = {"the data folder"};
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    int result = keep_options(argc, argv, options, 2, &place.folder, called, 1);
    if (result != EXIT_DONE) return result;
    if (!check) return cli_wrong(argv[0], "say --check: tables are compared, never written over");
    struct rebuild *rebuild = ARENA_NEW(arena, struct rebuild);
    return record_rebuild_folder(&place, arena, rebuild, &error) ? say(rebuild)
                                                                 : cli_fail(argv[0], &error);
}
