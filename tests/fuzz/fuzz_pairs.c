/* Fuzzes the pairs that sealed parts hold. Promises: no crash; what is read is written back as the same bytes. */
#include <stdlib.h>

#include "ledger/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct slice bytes = arena_copy(arena, (struct slice){(const char *)data, size});
    struct pairs pairs;
    struct text again;
    text_init(&again, size + 1);
    if (pairs_read(bytes, arena, &pairs)) {
        pairs_write(&pairs, &again);
        if (again.overflowed || !slice_equal(text_slice(&again), bytes)) abort();
    }
    text_clear(&again);
    arena_free(arena);
    return 0;
}
