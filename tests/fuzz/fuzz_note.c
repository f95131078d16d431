/* Fuzzes signed notes, verifier keys and checkpoints. Promises: no crash; what opens lies in the note; what is read as a
 * checkpoint or a key and written again is read as the same. */
#include <stdlib.h>
#include <string.h>

#include "ledger/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_checkpoint(struct slice bytes)
{
    struct checkpoint checkpoint;
    struct error error = {0};
    if (!checkpoint_read(bytes, &checkpoint, &error)) {
        if (error.code == ERROR_NONE) abort();
        return;
    }
    struct checkpoint again;
    struct text text;
    text_init(&text, NOTE_LARGEST);
    struct slice origin = checkpoint.origin;
    checkpoint.origin = SLICE("x"); /* another log's origin may be none that we write */
    checkpoint_write(&checkpoint, &text);
    if (!checkpoint_read(text_slice(&text), &again, NULL)) abort();
    if (again.size != checkpoint.size || !tree_hash_same(&again.root, &checkpoint.root)) abort();
    if (origin.length == 0) abort();
    text_clear(&text);
}

static void try_vkey(struct slice bytes)
{
    struct note_verifier verifier;
    struct note_verifier again;
    struct text text;
    if (!note_vkey_read(bytes, &verifier, NULL)) return;
    text_init(&text, 1000);
    note_vkey_write(&verifier, &text);
    if (!note_vkey_read(text_slice(&text), &again, NULL)) abort();
    if (memcmp(&verifier, &again, sizeof again) != 0) abort();
    text_clear(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct slice key =
        SLICE("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    struct arena *arena = arena_new();
    struct slice bytes = arena_copy(arena, (struct slice){(const char *)data, size});
    struct note_verifier verifier;
    struct slice text;
    struct error error = {0};
    if (!note_vkey_read(key, &verifier, NULL)) abort();
    if (note_open(bytes, &verifier, &text, &error)) {
        if (!slice_starts(bytes, text) || text.length >= bytes.length) abort();
    } else if (error.code == ERROR_NONE) {
        abort();
    }
    try_checkpoint(bytes);
    try_vkey(bytes);
    arena_free(arena);
    return 0;
}
