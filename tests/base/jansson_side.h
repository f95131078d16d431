/* What jansson makes of a text. In a file of its own, because its names and those of our writer are
 * the same: a test that asks it links our reader only. */
#pragma once

#include "base/text.h"

enum jansson_answer {
    JANSSON_TOOK,
    JANSSON_REFUSED,
    JANSSON_CANNOT, /* refused for what it cannot hold: a number past int64, a NUL inside a key */
};

/* Reads strictly: any value at the top, no key twice. The print, for comparing: n, t, f; iNUMBER; r
 * and the bits of a double; sLENGTH:BYTES; aCOUNT: or oCOUNT: and the members, those of an object
 * with kLENGTH:BYTES before each. */
enum jansson_answer jansson_read(struct slice source, struct text *ret_print);
