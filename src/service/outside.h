/* The ways outside the organisation, for a page or a sentence: outside.def is the table, with where each was read and when. */
#pragma once

#include "base/arena.h"

struct outside_row {
    struct slice name, number, for_whom, source, checked; /* checked: YYYY-MM-DD */
};
const struct outside_row *outside_rows(size_t *ret_count);
/* All of them as sentences, in the arena. */
struct slice outside_words(struct arena *arena);
