/* The files that dress the pages: read once at start, served from memory. Their address holds a hash of all of them, so
 * that a browser may keep them for a year and still sees a change at once. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "web/route.h"

#define ASSETS_LARGEST 8
#define ASSET_SIZE_LARGEST (1u << 20)

struct asset {
    struct slice name, content, etag;
    const char *type;
};

struct assets {
    struct asset at[ASSETS_LARGEST];
    size_t count;
    struct slice base; /* "/assets/HASH/" */
};

/* Reads the files of a folder; every one must be there. The arena keeps them. */
MUST_USE bool assets_read(const char *folder, struct arena *arena, struct assets *ret_assets,
                          struct error *error);
/* Answers a request whose path begins with /assets/; false where there is no such file. */
MUST_USE bool assets_answer(const struct assets *assets, struct visit *visit);
