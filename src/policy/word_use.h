/* Which phrases of the vocabulary a document names in its rules and policy lines. A phrase that only counts as another, or that
 * only scenarios speak of, is not named. For the author of a words.md that several policies share. */
#pragma once

#include "policy/document.h"

/* Marks every word that the parsed document names: marks[place][index], lists as long as the tables of the words it was parsed
 * with; facts and records share WORD_FACT. Marks that are set stay. */
void word_use_mark(const struct document *document, bool *marks[WORD_PLACES]);
