/* Text as people type it when they look for somebody: small letters, no accents. For lists and search only: what is folded is
 * no longer a name. */
#pragma once

#include "base/text.h"

/* Appends well-formed UTF-8 folded: Latin letters small and without diacritics (`Ł` is l, `ß` ss, `Æ` ae), apostrophes and
 * combining marks left out, hyphens and blanks of every kind one blank; Greek and Cyrillic letters small. */
void fold_add(struct text *out, struct slice text);
