/* What the tests of this room share beside those of base: a table read whole, and a slice of bytes
 * with NULs in it. */
#pragma once

#include "../base/testing.h"
#include "base/error.h"

#define assert_done(call, error)                                                                   \
    do {                                                                                           \
        if (!(call)) fail_msg("line %zu: %s", (error)->line, (error)->sentence);                   \
    } while (0)
#define assert_says(text, part)                                                                    \
    do {                                                                                           \
        struct slice text_ = slice_of(text);                                                       \
        if (slice_search(text_, slice_of(part)) == text_.length && (part)[0] != '\0')              \
            fail_msg("\"%s\" does not say \"%s\"", text_.at, part);                                \
    } while (0)
