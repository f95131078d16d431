/* lanyard verify: checks a data folder or a bundle from its rows alone; the checking is service/keeping_verify.c's. */
#include "cli/keep.h"
#include "service/keeping.h"

static int say(struct verify *verify)
{
    bool tied;
    size_t wrong = verify_end(verify, &tied), listed;
    const struct verify_finding *findings = verify_findings(verify, &listed);
    for (size_t i = 0; i < listed; i++) printf("%s: %s\n", findings[i].what, findings[i].sentence);
    if (wrong > listed) printf("and %zu more\n", wrong - listed);
    if (wrong > 0) {
        printf("%zu thing%s wrong\n", wrong, wrong == 1 ? "" : "s");
        return EXIT_FOUND;
    }
    printf("%llu events, %s\n", (unsigned long long)verify_size(verify),
           tied ? "whole and tied" : "whole, not tied");
    if (tied) return EXIT_DONE;
    fputs("Nothing kept elsewhere was given: whoever could change the whole folder could have made "
          "all of it.\nTie it with --vkey and --since, from `lanyard checkpoint` of an earlier "
          "day.\n",
          stderr);
    return EXIT_READ;
}

int command_verify(int argc, char **argv)
{
    const char *place[1] = {NULL}, *vkey = NULL, *since = NULL;
    const struct keep_option options[] = {{"--vkey", &vkey, NULL}, {"--since", &since, NULL}};
    static const char *const called[] = {"the data folder or bundle to check"};
    AUTO(arena) struct arena *arena = arena_new();
    AUTO(verify) struct verify *verify = NULL;
    struct error error = {.code = ERROR_NONE};
    struct slice note;
    int result = keep_options(argc, argv, options, 2, place, called, 1);
    if (result != EXIT_DONE || !keep_note(argv[0], since, arena, &note, &result)) return result;
    if (record_verify(place[0], slice_of(vkey), note, &verify, &error)) return say(verify);
    (void)cli_fail(argv[0], &error);
    return EXIT_USAGE; /* as the second verifier does: 4 would say that it is whole */
}
