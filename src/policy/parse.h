/* Reads rule and policy blocks into statements and policy lines. Two passes: the phrases that MEANS, INCLUDES and DECIDES
 * WHETHER introduce are added to the words first, because they are known before and after their line (section 7). */
#pragma once

#include "policy/document.h"

/* Fills the statements of every clause and the document's policy lines. `words` is the policy's own copy and grows.
 * Errors are added to problems with line and column in the document; false where there were any. */
MUST_USE bool parse_document(struct document *document, struct words *words,
                             struct problems *problems);

/* One rule block on its own (for fmt, fuzzing and tests): statements in the arena of the words. */
struct statements {
    LIST(struct statement) list;
};
MUST_USE bool parse_rule(struct slice file, struct slice text, size_t first_line, bool law,
                         struct words *words, struct problems *problems,
                         struct statements *ret_statements);
/* Short forms that requests and scenarios use: a deed line (`the member of staff MUST tell ... WITHIN immediately`, the
 * bearer may be left out), a need (`written photo consent FROM a parent`), a list of roles, of channels. */
MUST_USE bool parse_duty(struct slice text, struct words *words, struct duty *ret_duty,
                         struct error *error);
MUST_USE bool parse_need(struct slice text, struct words *words, struct need *ret_need,
                         struct error *error);
MUST_USE bool parse_roles(struct slice text, const struct words *words, struct arena *arena,
                          struct roles *ret_roles, struct error *error);
MUST_USE bool parse_channels(struct slice text, const struct words *words, struct arena *arena,
                             struct channels *ret_channels, struct error *error);
