/* Any mapping, and any table by it: a mapping is taken or refused with its line, and what comes out
 * keeps the roster's promises. The input has a file "map" and a file "csv". */
#include "format/mapping.h"
#include "fuzz_files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 65536) return 0;
    AUTO(arena) struct arena *arena = arena_new();
    struct bundle bundle;
    struct bundle_open open = {0};
    struct mapping mapping;
    struct roster roster;
    struct error error = {0};
    split_files(&bundle, (struct slice){size == 0 ? "" : (const char *)data, size}, arena);
    if (!bundle_open(&bundle, SLICE("map"), &open, NULL)) return 0;
    if (!mapping_parse(SLICE("map"), open.bytes, arena, &mapping, &error)) {
        require(error.code == ERROR_SYNTAX && error.advice[0] != '\0');
        return 0;
    }
    require(mapping.headers[MAPPING_ID].length > 0);
    if (mapping_read(&mapping, &bundle, SLICE("csv"), arena, &roster, &error))
        require_roster(&roster);
    else
        require(error.code != ERROR_NONE);
    return 0;
}
