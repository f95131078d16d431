/* One text with what was found in it, for a person to read. */
#pragma once

#include "screen/screen.h"

/* Appends the text with its findings marked, in colour or underlined, and each finding with what it is, its level, why, and what could
 * stand instead. *ret_held: something is to be held. Fails where the text is no UTF-8 or too long. */
MUST_USE bool screen_explain(const struct screen_plan *plan, struct slice text, bool colour,
                             struct text *out, bool *ret_held, struct error *error);

/* Appends lines, three blanks in front, behind a finding. */
typedef void screen_note(void *context, size_t finding, struct text *out);
/* The same with findings that somebody has already and says more of. */
void screen_explain_found(const struct screen_plan *plan, struct slice text,
                          const struct findings *findings, bool colour, screen_note *note,
                          void *context, struct text *out);
