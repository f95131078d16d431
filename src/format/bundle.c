/* Files by name. A password column may lie in what is unpacked, hence the wiping. */
#include "format/bundle.h"

#include <stdlib.h>
#include <string.h>

static const struct bundle_file *find(const struct bundle *bundle, struct slice name)
{
    for (size_t i = 0; i < bundle->files.count; i++) {
        if (slice_equal(bundle->files.at[i].name, name)) return &bundle->files.at[i];
    }
    return NULL;
}

bool bundle_zip(struct bundle *bundle, struct slice name, struct slice all, struct arena *arena,
                struct error *error)
{
    bundle_folder(bundle, name, arena);
    if (!zip_open(name, all, arena, &bundle->zip, error)) return false;
    for (size_t i = 0; i < bundle->zip.count; i++) {
        const struct zip_entry *entry = &bundle->zip.entries[i];
        LIST_PUSH(arena, &bundle->files, (struct bundle_file){entry->name, SLICE_EMPTY, entry});
    }
    return true;
}

void bundle_folder(struct bundle *bundle, struct slice name, struct arena *arena)
{
    *bundle = (struct bundle){.name = name, .arena = arena};
}

bool bundle_add(struct bundle *bundle, struct slice name, struct slice bytes, struct error *error)
{
    if (bundle_has(bundle, name)) {
        error_set(error, ERROR_MEANING, "A file is there twice.");
        error_advise(error, "Give each file once.");
        return error_at(error, bundle->name, 0, 0);
    }
    LIST_PUSH(bundle->arena, &bundle->files, (struct bundle_file){name, bytes, NULL});
    return true;
}

bool bundle_has(const struct bundle *bundle, struct slice name)
{
    return find(bundle, name) != NULL;
}

bool bundle_open(const struct bundle *bundle, struct slice name, struct bundle_open *ret_open,
                 struct error *error)
{
    const struct bundle_file *file = find(bundle, name);
    if (file == NULL) {
        error_set(error, ERROR_READ, "%.*s is missing.", SLICE_PRINT(name));
        error_advise(error, "Export the files again; the whole set is needed.");
        return error_at(error, bundle->name, 0, 0);
    }
    if (file->entry == NULL) {
        *ret_open = (struct bundle_open){.bytes = file->bytes};
        return true;
    }
    size_t size = file->entry->size;
    struct bundle_open open = {.own = memory_grow(NULL, size + 1)};
    open.bytes = (struct slice){open.own, size};
    if (!zip_unpack(&bundle->zip, file->entry, open.own, error)) {
        bundle_close(&open);
        return false;
    }
    *ret_open = open;
    return true;
}

void bundle_close(struct bundle_open *open)
{
    if (open->own != NULL) explicit_bzero(open->own, open->bytes.length);
    free(open->own);
    *open = (struct bundle_open){.bytes = SLICE_EMPTY};
}
