/* A verdict as a person takes it in at a glance: a few words, a shape and a colour that say the same. */
#pragma once

#include "service/compare.h"

/* The heading: `No`, `Yes, once you have this first` ... */
struct slice verdict_heading(const struct decision *decision);
/* The line below it. */
struct slice verdict_line(const struct decision *decision, struct arena *arena);
/* The short form in a list: what would come out then. */
struct slice verdict_short(enum verdict verdict);
/* The box: shape, heading as the page's <h1>, line. */
void verdict_write(struct text *out, const struct decision *decision, struct arena *arena);
/* The same in a column of its own: no heading. Needs verdict_signs on the page. */
void verdict_band(struct text *out, const struct decision *decision, struct arena *arena);
/* The shapes, drawn once for all bands and marks of a page. */
void verdict_signs(struct text *out);
/* One cell of a table: shape and a word or two. */
void verdict_mark(struct text *out, const struct compared_cell *cell);
struct slice verdict_mark_words(const struct compared_cell *cell);
