/* Characters written as HTML entities, as archives of sites have them: &#102; &amp; &eacute;. For fold.c and detect_view.c. */
#pragma once

#include "base/slice.h"

struct fold_entity {
    size_t at, length; /* no length: there is none */
    uint32_t code;     /* the character, never 0 */
};
/* The first that stands at `from` or behind it. One taken twice (&amp;#39;) is one. */
struct fold_entity fold_entity_next(struct slice text, size_t from);
/* That which begins with the & at `at`, if one does. */
struct fold_entity fold_entity_at(struct slice text, size_t at);
