/* bundles FOLDER: writes every made ledger there, damaged as the table says, as NAME.bundle beside NAME.tie (the verifier key and
 * the checkpoint from elsewhere), and prints for each its name and the kinds that our own verify finds. For agree. */
#include <stdio.h>
#include <stdlib.h>

#include "made.h"

static bool put(const char *folder, const char *name, const char *ending, struct slice bytes)
{
    char *path = NULL;
    if (asprintf(&path, "%s/%s.%s", folder, name, ending) < 0) abort();
    FILE *file = fopen(path, "wb");
    free(path);
    if (file == NULL) return false;
    bool written = fwrite(bytes.at, 1, bytes.length, file) == bytes.length;
    return fclose(file) == 0 && written;
}

static bool one(const char *folder, const struct made_damage *damage)
{
    struct arena *arena = arena_new();
    struct made made;
    struct text bundle;
    struct verify *verify = NULL;
    bool tied = false;
    made_ledger(arena, &made);
    damage->done(&made);
    text_init(&bundle, 1 << 20);
    made_bundle(&made, &bundle);
    struct bundle_memory memory = {text_slice(&bundle)};
    bool done = bundle_verify(bundle_of(&memory), made.vkey, made.since, &verify, NULL);
    if (done) {
        size_t count = verify_end(verify, &tied);
        struct slice kinds = made_kinds(verify, arena);
        printf("%s|%.*s|%d\n", damage->name, SLICE_PRINT(kinds), count > 0 ? 1 : tied ? 0 : 4);
    }
    verify_free(verify);
    done = done && put(folder, damage->name, "bundle", text_slice(&bundle)) &&
           put(folder, damage->name, "tie",
               arena_format(arena, "%.*s\n%.*s", SLICE_PRINT(made.vkey), SLICE_PRINT(made.since)));
    text_clear(&bundle);
    arena_free(arena);
    return done;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    for (size_t i = 0; i < made_damage_count; i++) {
        if (!one(argv[1], &made_damages[i])) return 1;
    }
    return 0;
}
