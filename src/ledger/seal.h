/* What is sealed: persons' keys under a key of the root key's, and small records under a person's key. XChaCha20-Poly1305
 * (libsodium), a random nonce each, and what it belongs to as associated data, so that nothing sealed can be moved to
 * another place. Sealed content is padded to a few sizes. Shredding a person's key makes everything under it unreadable. */
#pragma once

#include "ledger/event.h"

#define KEY_SIZE 32
#define WRAPPED_SIZE (24 + KEY_SIZE + 16)
#define SEAL_OVERHEAD (24 + 16)

struct key {
    unsigned char at[KEY_SIZE];
};
struct key key_make(void);
void key_forget(struct key *key); /* wiped */

/* One line: `lanyard-root-key-1 BASE64\n`. */
void root_key_write(const struct key *root, struct text *out);
MUST_USE bool root_key_read(struct slice text, struct key *ret_root, struct error *error);
/* A key of the root key's, for one purpose: `persons`, `vault`, `backup`. */
struct key root_key_for(const struct key *root, const char *purpose);

/* A key wrapped under another; `what` and `owner` are what it is bound to (a key id and a person's, or zeros and a name's hash). */
void key_wrap(const struct key *key, const struct key *under, const struct id *what,
              const struct id *owner, unsigned char ret_wrapped[WRAPPED_SIZE]);
MUST_USE bool key_unwrap(struct slice wrapped, const struct key *under, const struct id *what,
                         const struct id *owner, struct key *ret_key);

/* Pairs of key and value, as a sealed part holds them: u16 count, then u8 length and key, u32 length and value, each. */
struct pair {
    struct slice key, value;
};
struct pairs {
    LIST(struct pair) list;
};
void pairs_add(struct pairs *pairs, struct arena *arena, const char *key, struct slice value);
struct slice pairs_value(const struct pairs *pairs, const char *key);
void pairs_write(const struct pairs *pairs, struct text *out);
MUST_USE bool pairs_read(struct slice bytes, struct arena *arena, struct pairs *ret_pairs);

/* What a sealed part is bound to: its event, its person, its key, its place among the parts. */
struct seal_place {
    struct id event, person, key;
    uint16_t part;
};
/* The padded size of content: 256, 1024, 4096, then steps of 4096; its 4-byte length counts. */
size_t seal_padded(size_t length);
/* nonce || ciphertext || tag, appended to `out`. */
void seal_close(struct slice content, const struct key *key, const struct seal_place *place,
                struct text *out);
/* The content, in the arena. False where the key or the place is another, or a byte was changed. */
MUST_USE bool seal_open(struct slice sealed, const struct key *key, const struct seal_place *place,
                        struct arena *arena, struct slice *ret_content);

/* A keyed hash by which an exact value is looked up without being kept: BLAKE2b-128 over `what`, 0x00 and the value. */
struct id seal_lookup(const struct key *key, const char *what, struct slice value);
