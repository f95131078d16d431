/* lanyard restore: brings a backup back as a new folder, without what was erased since. */
#include "cli/keep.h"
#include "service/keeping.h"

static void say(const struct restore_plan *plan, const struct restored *restored)
{
    printf("%s: %llu events are back.\n", plan->folder, (unsigned long long)restored->events);
    if (plan->erased == NULL) {
        puts("There was no list of erased keys: whoever was erased after this backup is back in "
             "it. It is "
             "written down\nin the record. Erase them again.");
        return;
    }
    printf("Erased again: %zu %s, %zu answer%s or report%s. The list knew of everything up to "
           "event %llu.\n",
           restored->erased, restored->erased == 1 ? "person" : "people", restored->answers,
           restored->answers == 1 ? "" : "s", restored->answers == 1 ? "" : "s",
           (unsigned long long)restored->size);
}

int command_restore(int argc, char **argv)
{
    struct restore_plan plan = {.backup = NULL};
    const char *places[2] = {NULL, NULL};
    bool without = false;
    const struct keep_option options[] = {{"--key", &plan.key_file, NULL},
                                          {"--keys", &plan.keys, NULL},
                                          {"--erased", &plan.erased, NULL},
                                          {"--without-erased-list", NULL, &without}};
    static const char *const called[] = {"the backup's folder", "the data folder to make"};
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    struct restored restored;
    int result = keep_options(argc, argv, options, 4, places, called, 2);
    if (result != EXIT_DONE) return result;
    plan.backup = places[0];
    plan.folder = places[1];
    if (plan.keys == NULL) plan.keys = arena_format(arena, "%s.keys", places[0]).at;
    if (without == (plan.erased != NULL))
        return cli_wrong(argv[0], "say --erased FILE, the list that stood beside the data folder; "
                                  "where it is lost, --without-erased-list");
    if (without)
        fputs("Without the list, people who were erased after this backup come back: their names, "
              "details, reasons and answers.\n",
              stderr);
    if (!record_restore(&plan, &restored, &error)) return cli_fail(argv[0], &error);
    say(&plan, &restored);
    return EXIT_DONE;
}
