/* What every test of the base room begins with: cmocka with the headers it wants, and slices
 * compared so that a failure prints both. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/slice.h"

#define assert_slice(found, expected)                                                              \
    do {                                                                                           \
        struct slice found_ = (found);                                                             \
        struct slice expected_ = slice_of(expected);                                               \
        if (!slice_equal(found_, expected_))                                                       \
            fail_msg("found \"%.*s\", expected \"%.*s\"", SLICE_PRINT(found_),                     \
                     SLICE_PRINT(expected_));                                                      \
    } while (0)
