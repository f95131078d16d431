/* What only record*.c share: the key file and the vault. */
#pragma once

#include "service/record_parts.h"

/* Makes it, mode 0600; never over another. */
MUST_USE bool record_key_make(struct slice path, const struct key *root, struct error *error);
/* Reads record->key_file into root, persons and vault. */
MUST_USE bool record_key_load(struct record *record, struct error *error);

/* The record's random keys: lookup, secrets and the signer's seed. */
MUST_USE bool vault_put_key(struct record *record, struct db *db, const char *name,
                            const struct key *key, struct error *error);
MUST_USE bool vault_load(struct record *record, struct db *db, struct error *error);
/* The names of the keys that the vault does not give, NULL behind the last; false where it gives none at all: then the root
 * key is another's. */
#define VAULT_KEYS 3
bool vault_damaged(struct record *record, struct db *db, const char *ret_names[VAULT_KEYS + 1]);

/* A record with nothing but its places; record_close frees whatever became of it. */
struct record *record_new(const struct record_place *place);
/* Everything that is kept in the open store: log, vault, policy, register. */
MUST_USE bool record_load(struct record *record, struct error *error);
/* Starts the writer. */
MUST_USE bool record_start(struct record *record, struct error *error);
void record_policy_free(struct record *record);
