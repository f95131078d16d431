/* Memory that lives as long as one job: a compile, a request, a test. Freed once, never piece by
 * piece. Memory exhausted aborts here and nowhere else. Not thread-safe: an arena belongs to one
 * thread. */
#pragma once

#include "base/slice.h"

struct arena; /* opaque */

/* Before a local that is large, written before it is read, and taken often: it is not cleared first, as all others are. */
#if defined(__GNUC__) && !defined(__clang__)
#define UNCLEARED __attribute__((uninitialized))
#else
#define UNCLEARED
#endif

#define AUTO(type) __attribute__((cleanup(type##_cleanup)))

struct arena *arena_new(void);
void arena_free(struct arena *arena);
static inline void arena_cleanup(struct arena **arena)
{
    arena_free(*arena);
}

/* Zeroed memory for count items of size bytes, aligned for any type; count * size must not overflow
 * (asserted). */
void *arena_take(struct arena *arena, size_t count, size_t size);
#define ARENA_NEW(arena, type) ((type *)arena_take((arena), 1, sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_take((arena), (count), sizeof(type)))

/* Copies, so that the result outlives its source; NUL-terminated one past the end. */
struct slice arena_copy(struct arena *arena, struct slice text);
/* printf into the arena. */
struct slice arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Forgets everything taken but keeps the memory for the next job. */
void arena_reset(struct arena *arena);
/* Bytes handed out so far, each piece rounded up to the alignment. */
size_t arena_used(const struct arena *arena);

/* A growing array whose members live in an arena: struct { type *at; size_t count, space; }. */
#define LIST(type)                                                                                 \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t count, space;                                                                       \
    }
/* Appends one zeroed member and gives a pointer to it, valid until the next append. */
#define LIST_ADD(arena, list)                                                                      \
    ((list)->at =                                                                                  \
         list_room((arena), (list)->at, (list)->count, &(list)->space, sizeof *(list)->at),        \
     &(list)->at[(list)->count++])
#define LIST_PUSH(arena, list, ...) (*LIST_ADD(arena, list) = __VA_ARGS__)
void *list_room(struct arena *arena, void *at, size_t count, size_t *space, size_t size);

/* realloc that aborts where memory is exhausted; for the few things that outlive an arena. */
void *memory_grow(void *at, size_t size);
