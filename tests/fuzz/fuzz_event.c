/* Fuzzes the reading of events. Promises: no crash; what is read is written back as the same bytes; what is not has a reason. */
#include <stdlib.h>

#include "ledger/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct slice body = arena_copy(arena, (struct slice){(const char *)data, size});
    struct event event;
    struct error error = {0};
    struct text again;
    text_init(&again, EVENT_SIZE_LARGEST);
    if (event_read(body, arena, &event, &error)) {
        event_write(&event, &again);
        if (again.overflowed || !slice_equal(text_slice(&again), body)) abort();
    } else if (error.code == ERROR_NONE) {
        abort();
    }
    text_clear(&again);
    arena_free(arena);
    return 0;
}
