/* A ZIP with all its files at the root, as rosters are sent: its directory read and checked against
 * every local header before anything is unpacked, then one file at a time. Everything doubtful is
 * refused with the reason; nothing is repaired. Which files belong to a roster is for bundle.h. */
#pragma once

#include "base/error.h"

#define ZIP_FILES_LARGEST ((size_t)1000)
#define ZIP_NAME_LARGEST ((size_t)200)
#define ZIP_FILE_LARGEST ((size_t)256 << 20)  /* one file, unpacked */
#define ZIP_TOTAL_LARGEST ((size_t)512 << 20) /* all of them, unpacked; the ZIP itself too */
#define ZIP_RATIO_LARGEST ((size_t)200)       /* unpacked to packed, of a file larger than */
#define ZIP_RATIO_FREE ((size_t)1 << 20)      /* this, unpacked */

struct zip_entry {
    struct slice name; /* UTF-8, no folder; borrowed from the ZIP */
    struct slice packed;
    size_t header, end; /* where its local header begins, and its data end */
    size_t size;        /* unpacked */
    uint32_t crc;
    bool deflated; /* else stored */
};

struct zip {
    struct slice file; /* its name, for messages */
    struct zip_entry *entries;
    size_t count;
};

/* Whether the bytes begin as a ZIP does. */
bool zip_looks_like(struct slice all);
/* Borrows file and all; the entries live in the arena. */
MUST_USE bool zip_open(struct slice file, struct slice all, struct arena *arena,
                       struct zip *ret_zip, struct error *error);
/* Unpacks into `into`, which has room for entry->size bytes. Where it fails the bytes mean nothing.
 * A file that is itself an archive is refused by its first bytes. */
MUST_USE bool zip_unpack(const struct zip *zip, const struct zip_entry *entry, char *into,
                         struct error *error);
