/* UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
#pragma once

#include "base/slice.h"

/* The offset of the first byte that is not part of well-formed UTF-8, or the length. */
size_t utf8_check(struct slice text);
/* Characters (code points) in well-formed text. */
size_t utf8_length(struct slice text);
/* Writes one code point; gives 1..4, or 0 where it is none. */
size_t utf8_encode(uint32_t code, char ret_bytes[4]);
/* The bytes of the one well-formed character that text begins with, 1..4; 0 where there is none. */
size_t utf8_first(struct slice text);
