/* Tables written as RFC 4180 has them, safe to open in a spreadsheet: a cell that would be run as a
 * formula (its first character not a blank is = + - @, a tab or a line end) begins with an
 * apostrophe. */
#pragma once

#include "base/text.h"

/* One row with its CRLF. */
void csv_write_row(struct text *text, const struct slice *cells, size_t count);
