/* Files beside the record, each under the SHA-256 of its bytes as its name in FOLDER/uploads. What is personal is sealed
 * before it comes here. Written whole and flushed before an event names it; one that no event names is swept away. */
#pragma once

#include "base/arena.h"
#include "base/error.h"

#define UPLOAD_NAME_LENGTH 64

/* The name that these bytes have or would have, in the arena. */
struct slice upload_name(struct slice bytes, struct arena *arena);
/* Gives its name, in the arena. The same bytes twice are one file. */
MUST_USE bool upload_write(struct slice folder, struct slice bytes, struct arena *arena,
                           struct slice *ret_name, struct error *error);
/* The bytes; fails where they are missing, larger than `largest`, or no longer what the name says. */
MUST_USE bool upload_read(struct slice folder, struct slice name, size_t largest,
                          struct arena *arena, struct slice *ret_bytes, struct error *error);
MUST_USE bool upload_remove(struct slice folder, struct slice name, struct error *error);

/* Takes away what a killed program left: files that `known` does not know, drafts among them. Only while
 * nobody else has the folder open. */
MUST_USE bool upload_sweep(struct slice folder,
                           bool (*known)(void *context, struct slice name, bool *ret_known,
                                         struct error *error),
                           void *context, struct error *error);
