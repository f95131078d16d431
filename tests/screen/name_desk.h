/* A roster and what finding names in a text needs, for the tests of the name index. */
#pragma once

#include "base/text.h"
#include "screen/names.h"
#include "testing.h"

struct desk {
    struct arena *arena;
    struct name_people people;
    struct name_index *index;
    struct folded folded;
    struct tokens tokens;
    struct findings findings;
};

/* A file beside these, in the arena. */
struct slice desk_file(struct arena *arena, const char *name);
void desk_open(struct desk *desk, struct slice csv, bool full_only);
void desk_close(struct desk *desk);
void desk_find_in(struct desk *desk, const struct name_index *index, struct slice text);
void desk_find(struct desk *desk, struct slice text);
/* "full:P01 first_only:P01,P22" */
void desk_show(const struct desk *desk, const struct name_index *index, struct text *out);
