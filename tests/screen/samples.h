/* Texts for the tests of the screening engine: strings that break programs, and random well-formed UTF-8. */
#pragma once

#include "base/cursor.h"
#include "base/random.h"
#include "base/text.h"

extern const char *const sample_texts[];
extern const size_t sample_text_count;

/* Appends about `length` bytes: ASCII, letters, marks, look-alikes, pictures and what is invisible, mixed. */
void sample_random(struct text *out, struct random *random, size_t length);

/* Reads what stands behind a backslash in a suite's text: n, r, t, or u and four hexadecimal digits. Fails the test on anything else. */
void sample_escape(struct text *out, struct cursor *cursor);
