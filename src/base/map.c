/* Open addressing with linear steps, at most three quarters full; nothing is ever taken out, so a
 * search may end at the first empty slot. The hash has no secret: where a stranger chooses the
 * keys, the caller limits their number. */
#include "base/map.h"

#include <assert.h>

#define MAP_FIRST ((size_t)16)

struct map_slot {
    struct slice key;
    uint64_t hash;
    int64_t value;
    bool taken;
};

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){.arena = arena};
}

/* FNV's low bits are its weak ones; fold the high ones in. */
static uint64_t spread(struct slice key)
{
    uint64_t hash = slice_hash(key);
    return hash ^ (hash >> 32);
}

/* The slot that holds the key, or the empty one where it belongs. */
static struct map_slot *find_slot(const struct map *map, struct slice key, uint64_t hash)
{
    size_t mask = map->space - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        struct map_slot *slot = &map->slots[i];
        if (!slot->taken || (slot->hash == hash && slice_equal(slot->key, key))) return slot;
    }
}

static void widen(struct map *map)
{
    struct map wider = *map;
    wider.space = map->space == 0 ? MAP_FIRST : map->space * 2;
    wider.slots = ARENA_ARRAY(map->arena, struct map_slot, wider.space);
    for (size_t i = 0; i < map->space; i++) {
        if (map->slots[i].taken)
            *find_slot(&wider, map->slots[i].key, map->slots[i].hash) = map->slots[i];
    }
    *map = wider;
}

int64_t map_get(const struct map *map, struct slice key)
{
    if (map->count == 0) return -1;
    const struct map_slot *slot = find_slot(map, key, spread(key));
    return slot->taken ? slot->value : -1;
}

int64_t map_set(struct map *map, struct slice key, int64_t value)
{
    assert(value >= 0);
    if ((map->count + 1) * 4 > map->space * 3) widen(map);
    uint64_t hash = spread(key);
    struct map_slot *slot = find_slot(map, key, hash);
    int64_t before = slot->taken ? slot->value : -1;
    if (!slot->taken) map->count++;
    *slot = (struct map_slot){.key = key, .hash = hash, .value = value, .taken = true};
    return before;
}
