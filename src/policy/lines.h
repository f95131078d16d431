/* A Markdown source line by line, the same way for policies, vocabularies and fmt: what may be read at all, headings, and
 * fences as CommonMark has them. Knows nothing of clauses or tables. */
#pragma once

#include "policy/problem.h"

/* The text made ready: checked for size, UTF-8, control characters, marks that turn the direction of writing and long
 * lines; without its byte order mark, every line ended by \n alone. It lives in the source or in the arena.
 * False where there was an error (added). */
MUST_USE bool lines_prepare(struct slice file, struct slice source, size_t largest,
                            size_t line_largest, struct arena *arena, struct problems *problems,
                            struct slice *ret_text);

/* An ATX heading: its level and what follows the signs, trimmed. */
bool lines_heading(struct slice line, size_t *ret_level, struct slice *ret_text);

struct fence {
    char mark;         /* '`' or '~' */
    size_t length;     /* how many */
    struct slice word; /* first word of the info string */
    struct slice info; /* the rest of it, trimmed */
};
bool lines_fence_opens(struct slice line, struct fence *ret_fence);
bool lines_fence_closes(struct slice line, const struct fence *fence);

/* A line that starts raw HTML, or holds a comment of it: readers of the page would not see what follows. */
bool lines_html(struct slice line);
/* Where `part` of `line` stands, in characters from 1. */
size_t lines_column(struct slice line, struct slice part);
