/* Small files that must be whole or not there: written under another name, flushed, renamed, the folder flushed. */
#pragma once

#include "base/arena.h"
#include "base/error.h"

/* Mode 0600. Takes the place of what stood there. `path` ends in NUL. */
MUST_USE bool keep_file_write(struct slice path, struct slice bytes, struct error *error);
/* The same bytes, copied by pieces; the target must not be there yet. */
MUST_USE bool keep_file_copy(const char *from, const char *to, struct error *error);
MUST_USE bool keep_file_remove(const char *path, struct error *error);
/* Puts the entries of the folder that holds `path` on disk. */
MUST_USE bool keep_file_flush(struct slice path, struct error *error);
