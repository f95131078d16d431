/* A whole file into memory, with a largest size. */
#pragma once

#include "base/arena.h"
#include "base/error.h"

/* Reads all of `path` into the arena. Fails where it cannot be read, is no regular file or pipe, or
 * holds more than `largest` bytes. */
MUST_USE bool file_read(const char *path, size_t largest, struct arena *arena,
                        struct slice *ret_content, struct error *error);
