/* Any bytes into the ZIP reader: what it opens keeps its promises on names and sizes, and every
 * file of it unpacks whole or is refused. */
#include <stdlib.h>
#include <string.h>

#include "format/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool kept)
{
    if (!kept) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 65536) return 0;
    AUTO(arena) struct arena *arena = arena_new();
    struct slice all = {size == 0 ? "" : (const char *)data, size};
    struct bundle bundle;
    struct error error = {0};
    if (!bundle_zip(&bundle, SLICE("fuzz.zip"), all, arena, &error)) {
        require(error.code != ERROR_NONE && error.sentence[0] != '\0');
        return 0;
    }
    size_t total = 0;
    for (size_t i = 0; i < bundle.files.count; i++) {
        const struct zip_entry *entry = bundle.files.at[i].entry;
        require(entry->name.length > 0 && slice_find(entry->name, '/') == entry->name.length);
        require(entry->packed.at >= all.at && entry->end <= size);
        total += entry->size;
        require(total <= ZIP_TOTAL_LARGEST);
        require(entry->size <= ZIP_RATIO_FREE || entry->size / 201 <= entry->packed.length);
        AUTO_CLOSE struct bundle_open open = {0};
        error = (struct error){0};
        if (!bundle_open(&bundle, entry->name, &open, &error)) {
            require(error.code != ERROR_NONE && open.own == NULL);
            continue;
        }
        require(open.bytes.length == entry->size);
        require(entry->deflated || slice_equal(open.bytes, entry->packed));
    }
    return 0;
}
