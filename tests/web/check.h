/* What every test here includes, in the order that cmocka wants it. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"

#define assert_slice(found, expected) assert_slice_is((found), (expected), __FILE__, __LINE__)
static inline void assert_slice_is(struct slice found, const char *expected, const char *file,
                                   int line)
{
    if (slice_is(found, expected)) return;
    print_error("%s:%d: found \"%.*s\", expected \"%s\"\n", file, line, SLICE_PRINT(found),
                expected);
    fail();
}
