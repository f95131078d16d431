/* The folder of a test: made, opened in, and removed with whatever lies in it. */
#include "testing.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int place_make(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    if (place == NULL) return 1;
    place->arena = arena_new();
    memcpy(place->folder, "/tmp/lanyard-store-XXXXXX", sizeof "/tmp/lanyard-store-XXXXXX");
    if (mkdtemp(place->folder) == NULL) return 1;
    place->path = place_path(place, "lanyard.db");
    *state = place;
    return 0;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

int place_remove(void **state)
{
    struct place *place = *state;
    int code = nftw(place->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(place->arena);
    free(place);
    return code;
}

struct db *place_open(struct place *place, const char *vfs)
{
    struct db_options options = {.create = true, .vfs = vfs};
    struct db *db = NULL;
    assert_good(place, db_open(place->path, &options, &db, &place->error));
    assert_good(place, db_migrate(db, &place->error));
    return db;
}

const char *place_path(struct place *place, const char *name)
{
    return arena_format(place->arena, "%s/%s", place->folder, name).at;
}
