/* A document in canonical form: rule and policy blocks printed again from what was parsed, every other byte as it was. */
#pragma once

#include "policy/parse.h"

/* Writes the document, which was read and parsed without an error; `words` are the policy's own, as parsing left them.
 * `ret_left` counts the blocks that stay as they are: their comments would lose their place. False where `out` is too small. */
MUST_USE bool fmt_document(const struct document *document, const struct words *words,
                           struct text *out, size_t *ret_left);
