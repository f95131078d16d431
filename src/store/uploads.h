/* Which files lie beside the record, by name. Their bytes are sealed, and read and written elsewhere. */
#pragma once

#include "store/db.h"

/* `ret_new` (may be NULL) is false where the name was there. */
MUST_USE bool uploads_add(struct db *db, struct slice name, bool *ret_new, struct error *error);
MUST_USE bool uploads_has(struct db *db, struct slice name, bool *ret_found, struct error *error);
MUST_USE bool uploads_remove(struct db *db, struct slice name, struct error *error);
/* All of them by name (in byte order), valid inside the callback; false from it ends the walk and is its answer. */
MUST_USE bool uploads_each(struct db *db,
                           bool (*upload)(void *context, struct slice name, struct error *error),
                           void *context, struct error *error);
