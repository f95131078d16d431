/* Certificates of signatures, made from a record: what ledger/certificate.h writes and checks. */
#pragma once

#include "ledger/certificate.h"
#include "service/record.h"

struct signed_by {
    struct id person, version, recorder; /* recorder none: on the screen */
    int64_t day, n;
};
/* Who signed what; false in `ret_found` where there is no such signature. */
MUST_USE bool certificate_find(struct record *record, const struct id *signature,
                               struct signed_by *ret_by, bool *ret_found, struct error *error);
/* The certificate of a signature that is there; in the arena. The first one of a large record reads all its events. */
MUST_USE bool certificate_make(struct record *record, const struct id *signature,
                               struct arena *arena, struct certificate *ret_certificate,
                               struct error *error);
