/* The home page's parts: what waits for its reader (start_waiting.c), and what they may want to do, by what they are here
 * (start_rows.c). The page itself is start.c. */
#pragma once

#include "page/people.h"

/* ---- what waits ---- */

struct start_item {
    struct slice address, words, more;
    struct slice status; /* `by Friday 27 November`; empty: whenever */
    int64_t due;         /* milliseconds; INT64_MAX: whenever */
    bool overdue;
};
struct start_waiting {
    LIST(struct start_item) items; /* overdue first, then by when they are due */
    size_t overdue;
};
/* Everything that waits for the reader; in the arena. */
MUST_USE bool start_waiting(struct people *people, struct start_waiting *ret_waiting,
                            struct error *error);

/* ---- what one may want to do ---- */

#define START_ROWS_LARGEST 6 /* that stand open on the page; the rest behind `More` */

struct start_row {
    const char *address, *words, *more;
};
struct start_rows {
    LIST(const struct start_row *) first, rest; /* each address once, and none that does not open */
};
void start_rows(struct visit *visit, struct start_rows *ret_rows);
