/* Signed notes as C2SP writes them (c2sp.org/signed-note, Ed25519), and the checkpoint of a log as a note
 * (c2sp.org/tlog-checkpoint). Keys that nobody gave are ignored; a known key whose signature fails rejects the note. */
#pragma once

#include "ledger/tree.h"

#define NOTE_LARGEST (1 << 20)
#define NOTE_NAME_LARGEST 100
#define NOTE_SIGNATURES_LARGEST 16

struct note_signer {
    char name[NOTE_NAME_LARGEST + 1];
    unsigned char secret[64], public[32]; /* Ed25519, as libsodium keeps them */
};
/* The public key that checks: `NAME+KEYID8HEX+BASE64(0x01 || public)`. */
struct note_verifier {
    char name[NOTE_NAME_LARGEST + 1];
    unsigned char key_id[4], public[32];
};

/* A new key from the system's random source. The name has no blanks, no `+` and 1..NOTE_NAME_LARGEST bytes. */
void note_signer_make(struct slice name, struct note_signer *ret_signer);
/* The same key again from its 32-byte seed, as a vault keeps it; note_signer_make is this with a random one. */
void note_signer_from(struct slice name, const unsigned char seed[32],
                      struct note_signer *ret_signer);
struct note_verifier note_verifier_of(const struct note_signer *signer);
void note_vkey_write(const struct note_verifier *verifier, struct text *out);
MUST_USE bool note_vkey_read(struct slice vkey, struct note_verifier *ret_verifier,
                             struct error *error);

/* `text` (UTF-8, no control characters but line ends, ends in one) with one signature. */
void note_sign(struct slice text, const struct note_signer *signer, struct text *out);
/* The text of a note that the verifier's key signed. */
MUST_USE bool note_open(struct slice note, const struct note_verifier *verifier,
                        struct slice *ret_text, struct error *error);

struct checkpoint {
    struct slice origin;
    uint64_t size;
    struct tree_hash root;
};
/* The UTC day of a time in milliseconds, in days since 1970: the number of the row that a checkpoint stands in. A row covers
 * every event up to its day's last one, so whoever appends writes the row of the day before when an event begins a new day. */
int64_t checkpoint_day(int64_t at);
/* `ORIGIN\nSIZE\nBASE64(ROOT)\n`: the text to sign. The origin is the signer's name. */
void checkpoint_write(const struct checkpoint *checkpoint, struct text *out);
/* Of an opened note's text; extension lines are allowed and ignored. */
MUST_USE bool checkpoint_read(struct slice text, struct checkpoint *ret_checkpoint,
                              struct error *error);
