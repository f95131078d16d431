/* A certificate: a text that shows by itself that somebody signed a version of a policy: the event's own bytes, the way from
 * its leaf to the root of a signed checkpoint, and the lines that say the same for people. docs/ledger.md gives its bytes.
 * Pure; service/certificate.h makes one from a record. */
#pragma once

#include "ledger/event.h"
#include "ledger/note.h"

#define CERTIFICATE_LARGEST (8u << 20)

/* The lines, in their order. NAME and POLICY are what the record called them: the ledger holds neither. */
enum certificate_line {
    CERTIFICATE_NAME,
    CERTIFICATE_POLICY,
    CERTIFICATE_VERSION,
    CERTIFICATE_PROSE,
    CERTIFICATE_MEANING,
    CERTIFICATE_WORDS,
    CERTIFICATE_LAW_PROSE,
    CERTIFICATE_LAW_MEANING,
    CERTIFICATE_TEXT,
    CERTIFICATE_PERSON,
    CERTIFICATE_ROLES,
    CERTIFICATE_SIGNED,
    CERTIFICATE_METHOD,
    CERTIFICATE_RECORDER,
    CERTIFICATE_ATTESTS,
    CERTIFICATE_EVENT,
    CERTIFICATE_LEAF,
    CERTIFICATE_SIZE,
    CERTIFICATE_PATH,
    CERTIFICATE_BYTES,
    CERTIFICATE_VKEY,
    CERTIFICATE_LINES
};
struct certificate {
    struct slice lines[CERTIFICATE_LINES];
    struct slice note; /* the signed checkpoint */
};

/* What a signature is of: SHA-256 over the five hashes, each with a line end; 64 hexadecimal digits, in the arena. */
struct slice certificate_text(const struct slice hashes[5], struct arena *arena);
/* Fills in what an event, its proof and its checkpoint say; the other lines are the caller's. In the arena. */
MUST_USE bool certificate_fill(struct certificate *certificate, struct slice body,
                               const struct tree_proof *proof, uint64_t size, struct slice note,
                               struct arena *arena, struct error *error);
void certificate_write(const struct certificate *certificate, struct text *out);
/* Slices borrow from `text`. */
MUST_USE bool certificate_read(struct slice text, struct certificate *ret_certificate,
                               struct error *error);
/* Whether every line says what the event says, and the event is one of those that the checkpoint was signed for. `vkey`: the
 * log's key, kept elsewhere; empty: the certificate's own, which shows only that it fits together. */
MUST_USE bool certificate_holds(const struct certificate *certificate, struct slice vkey,
                                struct arena *arena, struct error *error);
