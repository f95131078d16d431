/* A bump allocator in blocks that double up to a largest size; what is larger than that gets a
 * block of its own size. Blocks stay in the order they were made, so that a reset can walk them
 * again. Under AddressSanitizer what has not been handed out is poisoned and a gap follows each
 * piece, so that an overrun inside a block is seen too. */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#define POISON(at, size) __asan_poison_memory_region((at), (size))
#define UNPOISON(at, size) __asan_unpoison_memory_region((at), (size))
#define GAP ALIGNMENT
#else
#define POISON(at, size) ((void)(at), (void)(size))
#define UNPOISON(at, size) ((void)(at), (void)(size))
#define GAP ((size_t)0)
#endif

#define ALIGNMENT alignof(max_align_t)
#define BLOCK_FIRST ((size_t)4096)
#define BLOCK_LARGEST ((size_t)1 << 20)

struct block {
    struct block *next;
    size_t size, used;
    size_t touched; /* bytes handed out at any time; those beyond are zero as calloc gave them */
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *first, *last; /* every block */
    struct block *now;          /* the one that pieces are cut from */
    size_t used;                /* bytes handed out, rounded to the alignment */
};

void *memory_grow(void *at, size_t size)
{
    /* not realloc(NULL): GCC 12's analyzer takes two of them for freeing one thing twice */
    void *grown = at == NULL ? malloc(size) : realloc(at, size);
    if (grown == NULL) {
        fputs("lanyard: out of memory\n", stderr);
        abort();
    }
    return grown;
}

static struct block *block_new(size_t size)
{
    struct block *block = calloc(1, sizeof *block + size);
    if (block == NULL) {
        fputs("lanyard: out of memory\n", stderr);
        abort();
    }
    block->size = size;
    POISON(block->bytes, size);
    return block;
}

struct arena *arena_new(void)
{
    struct arena *arena = memory_grow(NULL, sizeof *arena);
    struct block *block = block_new(BLOCK_FIRST);
    *arena = (struct arena){.first = block, .last = block, .now = block};
    return arena;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL) return;
    for (struct block *block = arena->first; block != NULL;) {
        struct block *next = block->next;
        UNPOISON(block->bytes, block->size);
        free(block);
        block = next;
    }
    free(arena);
}

/* Makes `now` a block with room for size bytes: one kept from before a reset, or a new one at the
 * end. */
static void find_room(struct arena *arena, size_t size)
{
    while (arena->now->size - arena->now->used < size && arena->now->next != NULL)
        arena->now = arena->now->next;
    if (arena->now->size - arena->now->used >= size) return;
    size_t grown = arena->last->size < BLOCK_LARGEST / 2 ? arena->last->size * 2 : BLOCK_LARGEST;
    struct block *block = block_new(grown > size ? grown : size);
    arena->last->next = block;
    arena->last = arena->now = block;
}

/* A piece of at least size bytes; the first *ret_dirty of them were used before, the rest is zero. */
static char *take_raw(struct arena *arena, size_t size, size_t *ret_dirty)
{
    assert(size <= SIZE_MAX / 4);
    size_t rounded = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    if (arena->now->size - arena->now->used < rounded + GAP) find_room(arena, rounded + GAP);
    struct block *now = arena->now;
    char *piece = now->bytes + now->used;
    size_t dirty = now->touched > now->used ? now->touched - now->used : 0;
    *ret_dirty = dirty < size ? dirty : size;
    now->used += rounded + GAP;
    now->touched = now->touched > now->used ? now->touched : now->used;
    arena->used += rounded;
    UNPOISON(piece, size);
    return piece;
}

void *arena_take(struct arena *arena, size_t count, size_t size)
{
    size_t total;
    bool overflow = __builtin_mul_overflow(count, size, &total);
    assert(!overflow);
    if (overflow) abort();
    size_t dirty;
    char *piece = take_raw(arena, total, &dirty);
    return memset(piece, 0, dirty);
}

struct slice arena_copy(struct arena *arena, struct slice text)
{
    size_t dirty;
    char *copy = take_raw(arena, text.length + 1, &dirty);
    memcpy(copy, text.at, text.length);
    copy[text.length] = '\0';
    return (struct slice){copy, text.length};
}

struct slice arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    if (length < 0) return SLICE_EMPTY;
    size_t dirty;
    char *at = take_raw(arena, (size_t)length + 1, &dirty);
    va_start(arguments, format);
    (void)vsnprintf(at, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return (struct slice){at, (size_t)length};
}

void arena_reset(struct arena *arena)
{
    for (struct block *block = arena->first; block != NULL; block = block->next) {
        block->used = 0;
        POISON(block->bytes, block->size);
    }
    arena->now = arena->first;
    arena->used = 0;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}

void *list_room(struct arena *arena, void *at, size_t count, size_t *space, size_t size)
{
    if (count < *space) {
        memset((char *)at + count * size, 0,
               size); /* a member may have stood here and been taken off */
        return at;
    }
    size_t wider = *space == 0 ? 8 : *space * 2;
    char *list = arena_take(arena, wider, size);
    if (count > 0) memcpy(list, at, count * size);
    *space = wider;
    return list;
}
