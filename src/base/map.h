/* From a slice to a number: an open-addressing hash table whose memory lives in an arena. Keys are
 * borrowed. */
#pragma once

#include "base/arena.h"

struct map {
    struct arena *arena;
    struct map_slot *slots; /* power of two, NULL while empty */
    size_t space, count;
};

void map_init(struct map *map, struct arena *arena);
/* The value of a key, or -1. */
int64_t map_get(const struct map *map, struct slice key);
/* Sets it; gives the value that stood there, or -1. Values are not negative. */
int64_t map_set(struct map *map, struct slice key, int64_t value);
