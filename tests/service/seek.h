/* Looks for many strings at once in every file of a folder: as UTF-8, as UTF-16 of both orders, and inside base64 at each of
 * its three alignments. */
#pragma once

#include "base/map.h"

#define SEEK_SHORTEST 6 /* bytes of a form; shorter ones are not looked for */

struct seek_form {
    struct slice bytes, of;
    int64_t next; /* another form with the same beginning, -1: none */
};
struct seek {
    struct arena *arena;
    struct map first; /* the first bytes of a form, to the newest form that begins so */
    LIST(struct seek_form) forms;
    size_t wanted, files, bytes; /* what was looked for, and in how much */
    struct slice found;          /* the first string that was found, and where; else empty */
    struct slice found_in;
};
void seek_begin(struct seek *seek, struct arena *arena);
void seek_add(struct seek *seek, struct slice wanted);
void seek_bytes(struct seek *seek, struct slice bytes, const char *called);
/* Every file under it. */
void seek_folder(struct seek *seek, const char *folder);
