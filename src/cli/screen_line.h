/* A line of NDJSON in, a line with what was found in its text out. */
#pragma once

#include "cli/screen_policy.h"
#include "format/ndjson.h"
#include "screen/screen.h"

/* What became of the lines. */
struct screen_counts {
    uint64_t lines, bad, held,
        looked; /* held: with something to hold; looked: with something to look at and nothing to hold */
    uint64_t kinds[FINDING_KINDS];
};

/* One thread's. */
struct screen_lines {
    const struct screen_plan *plan;
    struct screen_work *work;
    struct ndjson reader;
    struct text fix;
    struct screen_judge *judge; /* NULL: no policy is asked */
    struct screen_counts counts;
};
/* All must outlive it. `policy` may be NULL; with one, the plan's lexicon holds topics. */
void screen_lines_init(struct screen_lines *lines, const struct screen_plan *plan,
                       const struct screen_policy *policy, struct slice id_field,
                       struct slice text_field);
void screen_lines_clear(struct screen_lines *lines);
/* Appends exactly one line to `out`, whatever the line holds, and counts it. */
void screen_line(struct screen_lines *lines, struct slice line, struct text *out);
