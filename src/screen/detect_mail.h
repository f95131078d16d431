/* What links and e-mail addresses share of reading hosts. */
#pragma once

#include "screen/detect_parts.h"

bool label_byte(const struct detect *detect, size_t i);
/* The bracket that closes it; NUL where it is none that opens. */
char closing_of(char open);
/* " dot ", "(dot)", "[.]", " . " at `i`: where the next label begins; 0: none. */
size_t dot_written_out(const struct detect *detect, size_t i);
