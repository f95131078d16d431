/* Many strings in many forms; see seek.h. */
#include "seek.h"

#include <ftw.h>
#include <string.h>

#include <sodium.h>

#include "base/file.h"

void seek_begin(struct seek *seek, struct arena *arena)
{
    *seek = (struct seek){.arena = arena};
    map_init(&seek->first, arena);
}

static void add_form(struct seek *seek, struct slice bytes, struct slice of)
{
    if (bytes.length < SEEK_SHORTEST) return;
    bytes = arena_copy(seek->arena, bytes);
    int64_t at = (int64_t)seek->forms.count;
    int64_t next = map_set(&seek->first, slice_part(bytes, 0, SEEK_SHORTEST), at);
    LIST_PUSH(seek->arena, &seek->forms, (struct seek_form){bytes, of, next});
}

static void add_wide(struct seek *seek, struct slice wanted, size_t zero_first)
{
    char *wide = arena_take(seek->arena, 2 * wanted.length + 1, 1);
    for (size_t i = 0; i < wanted.length; i++) wide[2 * i + zero_first] = wanted.at[i];
    add_form(seek, (struct slice){wide, 2 * wanted.length}, wanted);
}

/* The letters of base64 that stand for these bytes alone, where so many bytes stand before them. */
static void add_base64(struct seek *seek, struct slice wanted, size_t before)
{
    size_t length = before + wanted.length;
    unsigned char *plain = arena_take(seek->arena, length + 1, 1);
    size_t space = sodium_base64_encoded_len(length, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    char *letters = arena_take(seek->arena, space, 1);
    memcpy(plain + before, wanted.at, wanted.length);
    sodium_bin2base64(letters, space, plain, length, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    size_t from = (before * 8 + 5) / 6, to = length * 8 / 6;
    add_form(seek, (struct slice){letters + from, to - from}, wanted);
}

void seek_add(struct seek *seek, struct slice wanted)
{
    wanted = arena_copy(seek->arena, wanted);
    seek->wanted++;
    add_form(seek, wanted, wanted);
    add_wide(seek, wanted, 0);
    add_wide(seek, wanted, 1);
    for (size_t before = 0; before < 3; before++) add_base64(seek, wanted, before);
}

void seek_bytes(struct seek *seek, struct slice bytes, const char *called)
{
    seek->files++;
    seek->bytes += bytes.length;
    for (size_t i = 0; i + SEEK_SHORTEST <= bytes.length && seek->found.length == 0; i++) {
        int64_t at = map_get(&seek->first, slice_part(bytes, i, i + SEEK_SHORTEST));
        for (; at >= 0; at = seek->forms.at[at].next) {
            struct slice form = seek->forms.at[at].bytes;
            if (!slice_starts(slice_part(bytes, i, bytes.length), form)) continue;
            seek->found = seek->forms.at[at].of;
            seek->found_in = arena_copy(seek->arena, slice_of(called));
            return;
        }
    }
}

static struct seek *walking; /* nftw hands no context on */

static int see_file(const char *path, const struct stat *about, int type, struct FTW *place)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice bytes;
    struct error error;
    (void)about;
    (void)place;
    if (type == FTW_F && file_read(path, 1u << 30, arena, &bytes, &error))
        seek_bytes(walking, bytes, path);
    return 0;
}

void seek_folder(struct seek *seek, const char *folder)
{
    walking = seek;
    (void)nftw(folder, see_file, 16, FTW_PHYS);
}
