/* What every test of the screening engine includes. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/slice.h"

static inline void assert_slice(struct slice given, const char *wanted)
{
    if (slice_is(given, wanted)) return;
    print_error("'%.*s' where '%s' was wanted\n", SLICE_PRINT(given), wanted);
    fail();
}
