/* One policy based on another (grammar.md section 10): the base read with the new policy's names and norm ids, and laid
 * under what the new one says itself. Works on documents that are read and not yet parsed. Inside the room. */
#pragma once

#include "policy/document.h"

/* Whether `base` can be the base of `own`: the right one, with no base of its own, its norms told apart by a prefix. */
MUST_USE bool inherit_check(const struct document *own, const struct document *base,
                            struct problems *problems);
/* Puts own's names and prefix into everything that people and the parser read of a document of the base; ids stay. */
void inherit_names(const struct document *own, struct slice base_prefix, struct document *document);
/* Sections, clauses and scenarios of the base join own's: an id that own has too stays own's. */
MUST_USE bool inherit_clauses(struct document *own, const struct document *base,
                              struct problems *problems);
/* After parsing: a line of the base goes where own has one of its kind; DOES NOT COUNT AS and CHECK add up. */
void inherit_lines(struct document *own);
