/* The files of one import by name, whether they came as a ZIP or as a folder. A file of a ZIP is
 * unpacked when it is opened and wiped when it is closed, so at most one lies open in memory. */
#pragma once

#include "format/zip.h"

struct bundle {
    struct slice name; /* the ZIP's or folder's, for messages */
    struct zip zip;    /* count 0 for a folder */
    LIST(struct bundle_file) files;
    struct arena *arena;
};

struct bundle_file {
    struct slice name;
    struct slice bytes;            /* of a folder; borrowed */
    const struct zip_entry *entry; /* of a ZIP, else NULL */
};

/* Bytes of an open file; close it when the rows are read. */
struct bundle_open {
    struct slice bytes;
    char *own; /* to be wiped and freed, or NULL */
};

/* Borrows name and all, which must outlive the bundle. */
MUST_USE bool bundle_zip(struct bundle *bundle, struct slice name, struct slice all,
                         struct arena *arena, struct error *error);
/* An empty one, then its files one by one; names and bytes are borrowed. False: a name twice. */
void bundle_folder(struct bundle *bundle, struct slice name, struct arena *arena);
MUST_USE bool bundle_add(struct bundle *bundle, struct slice name, struct slice bytes,
                         struct error *error);
bool bundle_has(const struct bundle *bundle, struct slice name);
/* False where it is not there or cannot be unpacked. */
MUST_USE bool bundle_open(const struct bundle *bundle, struct slice name,
                          struct bundle_open *ret_open, struct error *error);
void bundle_close(struct bundle_open *open); /* safe on a zeroed or closed one */
#define AUTO_CLOSE __attribute__((cleanup(bundle_close)))
