/* What links and e-mail addresses share of reading hosts. */
#pragma once

#include "screen/detect_parts.h"

/* Of what stands in front of an @: letters of two bytes as well. */
bool mail_local_byte(const struct detect *detect, size_t i);
/* Where the mailbox's name that ends before `end` begins; `end` where there is none. */
size_t mail_local_start(const struct detect *detect, size_t end);
/* Behind "gmail": " com", " co uk"; where it ends, or 0. */
size_t ending_without_dots(const struct detect *detect, size_t i);
/* "*dot*", "'dot'" at `i`: a sign on both sides. */
bool dot_in_signs(const struct detect *detect, size_t i);
bool label_byte(const struct detect *detect, size_t i);
/* The bracket that closes it; NUL where it is none that opens. */
char closing_of(char open);
/* " dot ", "(dot)", "[.]", " . " at `i`: where the next label begins; 0: none. */
size_t dot_written_out(const struct detect *detect, size_t i);
