/* One policy based on another (grammar.md section 10): the base read with the new policy's names and norm ids, and laid
 * under what the new one says itself. Works on documents that are read and not yet parsed. Outside the room
 * only inherit_renamed is of use, to whoever makes a policy out of another. */
#pragma once

#include "policy/document.h"

/* Whether `base` can be the base of `own`: the right one, with no base of its own, its norms told apart by a prefix. */
MUST_USE bool inherit_check(const struct document *own, const struct document *base,
                            struct problems *problems);
/* What a text is read with: names, and the prefix that norm ids get; prefixes with their '-', empty: ids stay. */
struct renaming {
    struct arena *arena;
    const struct naming *names;
    size_t count;
    struct slice old_prefix, new_prefix;
};

/* The text with the names in it, as whole words; a name may run over the end of a line, and no line is lost. Gives `text`
 * itself where nothing is named. */
struct slice inherit_renamed(const struct renaming *renaming, struct slice text);
/* Puts own's names and prefix into everything that people and the parser read of a document of the base; ids stay. */
void inherit_names(const struct document *own, struct slice base_prefix, struct document *document);
/* Sections, clauses and scenarios of the base join own's: an id that own has too stays own's. */
MUST_USE bool inherit_clauses(struct document *own, const struct document *base,
                              struct problems *problems);
/* After parsing: a line of the base goes where own has one of its kind; DOES NOT COUNT AS and CHECK add up. */
void inherit_lines(struct document *own);
