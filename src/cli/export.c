/* lanyard export: one file with all events, checkpoints and uploads, for somebody else to verify. */
#include "cli/keep.h"
#include "service/keeping.h"

int command_export(int argc, char **argv)
{
    const char *places[2] = {NULL, NULL};
    static const char *const called[] = {"the data folder", "the file to write"};
    struct error error = {.code = ERROR_NONE};
    uint64_t events;
    int result = keep_options(argc, argv, NULL, 0, places, called, 2);
    if (result != EXIT_DONE) return result;
    if (!record_export(places[0], places[1], &events, &error)) return cli_fail(argv[0], &error);
    printf("%s: %llu events. Whoever has it can run `lanyard verify %s`; what is sealed stays "
           "sealed.\n",
           places[1], (unsigned long long)events, places[1]);
    return EXIT_DONE;
}
