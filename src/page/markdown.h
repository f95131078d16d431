/* Prose to HTML: Markdown as a policy's author writes it, made safe. Raw HTML and script addresses are dropped, tables built
 * to explode are not read as tables at all. Leaves headings and blocks to the document's own reader. */
#pragma once

#include "base/text.h"

#define MARKDOWN_SIZE_LARGEST (256u << 10)
#define MARKDOWN_COLUMNS_LARGEST 32  /* of a table */
#define MARKDOWN_CELLS_LARGEST 20000 /* columns times the lines below it */

/* Writes the HTML of some prose. Prose that markdown_safe refuses is written as it was typed, escaped. */
void markdown_write(struct text *out, struct slice prose);
/* Whether the Markdown library may read it: its size, and its tables before they are tables. */
bool markdown_safe(struct slice prose);
