/* Wrapped keys as rows: the record's own by name (the vault) and one a person. Wrapping and opening them is the ledger's;
 * no key in clear comes here. */
#pragma once

#include "ledger/event.h"
#include "store/db.h"

/* Takes the place of an earlier one of that name. */
MUST_USE bool vault_set(struct db *db, struct slice name, struct slice wrapped,
                        struct error *error);
/* In the arena; `ret_found` says whether there is one. */
MUST_USE bool vault_get(struct db *db, struct slice name, struct arena *arena,
                        struct slice *ret_wrapped, bool *ret_found, struct error *error);
/* All of them by name, valid inside the callback; false from it ends the walk and is its answer. No other statement may
 * change the vault meanwhile. */
MUST_USE bool vault_each(struct db *db,
                         bool (*entry)(void *context, struct slice name, struct slice wrapped,
                                       struct error *error),
                         void *context, struct error *error);

struct person_key_row {
    struct id id, person;
    struct slice wrapped;
};
/* Fails where the key's id is taken or the person has a key. */
MUST_USE bool person_keys_add(struct db *db, const struct person_key_row *row, struct error *error);
/* The key of a person, in the arena; `ret_found` is false for one erased or never known. */
MUST_USE bool person_keys_of(struct db *db, const struct id *person, struct arena *arena,
                             struct person_key_row *ret_row, bool *ret_found, struct error *error);
/* The same by the key's own id. */
MUST_USE bool person_keys_get(struct db *db, const struct id *id, struct arena *arena,
                              struct person_key_row *ret_row, bool *ret_found, struct error *error);
/* Erases; db_scrub afterwards takes it out of the file. `ret_found` is false where it was gone. */
MUST_USE bool person_keys_remove(struct db *db, const struct id *id, bool *ret_found,
                                 struct error *error);
/* All of them in the order of their ids, as vault_each does it. */
MUST_USE bool person_keys_each(struct db *db,
                               bool (*key)(void *context, const struct person_key_row *row,
                                           struct error *error),
                               void *context, struct error *error);
/* Puts a freshly wrapped key in the old one's place; fails where it is gone. */
MUST_USE bool person_keys_rewrap(struct db *db, const struct id *id, struct slice wrapped,
                                 struct error *error);
MUST_USE bool person_keys_count(struct db *db, uint64_t *ret_count, struct error *error);
