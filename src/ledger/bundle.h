/* A whole ledger in one file, to be checked far from its folder: docs/ledger.md gives the layout. Written piece by piece into
 * a text that the caller empties as it likes, read piece by piece through a callback. */
#pragma once

#include "ledger/verify.h"

#define BUNDLE_UPLOAD_LARGEST (UINT32_MAX - 32)

/* In this order: begin, every checkpoint, every event, every upload, end. */
void bundle_begin(struct slice vkey, struct text *out);
void bundle_checkpoint(int64_t day, uint64_t size, struct slice note, struct text *out);
void bundle_event(struct slice body, struct text *out);
/* The head of an upload's record; the caller adds exactly `length` bytes, at most BUNDLE_UPLOAD_LARGEST, behind it. */
void bundle_upload(const struct tree_hash *name, uint64_t length, struct text *out);
void bundle_end(struct text *out);

/* Where a bundle comes from. `read` puts up to `size` bytes at `at` and gives how many; 0 only at the end. */
struct bundle_source {
    void *context;
    bool (*read)(void *context, void *at, size_t size, size_t *ret_size, struct error *error);
};
struct bundle_memory {
    struct slice rest;
};
/* A source over bytes in memory. */
struct bundle_source bundle_of(struct bundle_memory *memory);

/* Checks a bundle. What is damaged in its layout is a finding, bundle-damaged. Fails where the source does, or where `vkey` or
 * `since` cannot be read. To be ended with verify_end. */
MUST_USE bool bundle_verify(struct bundle_source source, struct slice vkey, struct slice since,
                            struct verify **ret_verify, struct error *error);
