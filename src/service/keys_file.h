/* The second file of a backup: every wrapped key and sign-in secret as it stands in the database, of use only with the root key.
 * Lines of text, with an end that shows that nothing is missing. Inside the room only. */
#pragma once

#include "store/keys.h"
#include "store/secrets.h"

#define KEYS_FILE_LARGEST (256u << 20)

struct keys_file {
    struct slice origin;
    uint64_t size; /* of the log it belongs to */
    LIST(struct person_key_row) keys;
    LIST(struct signin_row) signins;
    struct vault_entry {
        struct slice name, wrapped;
    } vault[16];
    size_t vault_count;
};

/* From a database that has them all; `ret_keys` counts the persons' keys. */
MUST_USE bool keys_file_write(struct db *db, struct slice origin, uint64_t size, const char *path,
                              uint64_t *ret_keys, struct error *error);
MUST_USE bool keys_file_read(const char *path, struct arena *arena, struct keys_file *ret_file,
                             struct error *error);
