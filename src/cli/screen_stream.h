/* Lines from files or standard input to standard output, by one thread or several. */
#pragma once

#include "base/error.h"
#include "cli/screen_line.h"

#define SCREEN_THREADS_LARGEST 64

struct screen_stream_plan {
    const struct screen_plan *screen;
    const struct screen_policy *policy; /* or NULL */
    const char *const *paths;           /* "-" is standard input; none: standard input */
    size_t path_count, threads;
    struct slice id_field, text_field;
    bool progress; /* on standard error */
};
/* The same bytes whatever the number of threads. Where no more input is ready, what was found goes out at once. *ret_counts is set in any
 * case; a reader of the output that went away is no error. */
MUST_USE bool screen_stream(const struct screen_stream_plan *plan, struct screen_counts *ret_counts,
                            struct error *error);
