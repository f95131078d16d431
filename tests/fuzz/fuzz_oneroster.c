/* Any files into the reader of OneRoster: what comes out keeps the roster's promises. */
#include "format/oneroster.h"
#include "fuzz_files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 65536) return 0;
    AUTO(arena) struct arena *arena = arena_new();
    struct bundle bundle;
    struct roster roster;
    struct error error = {0};
    split_files(&bundle, (struct slice){size == 0 ? "" : (const char *)data, size}, arena);
    if (oneroster_read(&bundle, arena, &roster, &error))
        require_roster(&roster);
    else
        require(error.code != ERROR_NONE && error.file[0] != '\0');
    return 0;
}
