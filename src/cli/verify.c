/* lanyard verify: checks a data folder or a bundle from its rows alone; the checking is service/keeping_verify.c's. */
#include "base/file.h"
#include "cli/keep.h"
#include "ledger/certificate.h"
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

/* A certificate by itself: no folder is needed. */
static int check_certificate(const char *command, const char *path, const char *vkey)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    struct certificate certificate;
    struct note_verifier verifier;
    struct slice text;
    if (!file_read(path, CERTIFICATE_LARGEST, arena, &text, &error) ||
        (vkey != NULL && !note_vkey_read(slice_trim(slice_of(vkey)), &verifier, &error))) {
        (void)cli_fail(command, &error);
        return EXIT_USAGE;
    }
    if (!certificate_read(text, &certificate, &error) ||
        !certificate_holds(&certificate, vkey != NULL ? slice_of(vkey) : SLICE_EMPTY, arena,
                           &error)) {
        printf("certificate-wrong: %s\n", error.sentence);
        return EXIT_FOUND;
    }
    printf("event %.*s: version %.*s was signed on %.*s, %s\n",
           SLICE_PRINT(certificate.lines[CERTIFICATE_EVENT]),
           SLICE_PRINT(certificate.lines[CERTIFICATE_VERSION]),
           SLICE_PRINT(certificate.lines[CERTIFICATE_SIGNED]),
           vkey != NULL ? "whole and tied" : "whole, not tied");
    if (vkey != NULL) return EXIT_DONE;
    fputs("No key from elsewhere was given: whoever made this certificate could have made the key "
          "as well.\nTie it with --vkey, from `lanyard checkpoint --vkey`.\n",
          stderr);
    return EXIT_READ;
}

int command_verify(int argc, char **argv)
{
    const char *place[1] = {NULL}, *vkey = NULL, *since = NULL;
    bool single = false;
    const struct keep_option options[] = {
        {"--vkey", &vkey, NULL}, {"--since", &since, NULL}, {"--certificate", NULL, &single}};
    static const char *const called[] = {"the data folder, bundle or certificate to check"};
    AUTO(arena) struct arena *arena = arena_new();
    AUTO(verify) struct verify *verify = NULL;
    struct error error = {.code = ERROR_NONE};
    struct slice note;
    int result = keep_options(argc, argv, options, 3, place, called, 1);
    if (result == EXIT_DONE && single && since != NULL)
        return cli_wrong(argv[0], "--since is for a folder or a bundle");
    if (result == EXIT_DONE && single) return check_certificate(argv[0], place[0], vkey);
    if (result != EXIT_DONE || !keep_note(argv[0], since, arena, &note, &result)) return result;
    if (record_verify(place[0], slice_of(vkey), note, &verify, &error)) return say(verify);
    (void)cli_fail(argv[0], &error);
    return EXIT_USAGE; /* as the second verifier does: 4 would say that it is whole */
}
