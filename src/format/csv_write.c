/* The writer of tables; the reader is csv.c. */
#include "format/csv_write.h"

static bool is_one_of(char c, struct slice set)
{
    return slice_find(set, c) < set.length;
}

static bool would_run(struct slice cell)
{
    size_t at = 0;
    while (at < cell.length && cell.at[at] == ' ') at++;
    return at < cell.length && is_one_of(cell.at[at], SLICE("=+-@\t\r\n"));
}

static bool needs_quotes(struct slice cell)
{
    for (size_t i = 0; i < cell.length; i++) {
        if (is_one_of(cell.at[i], SLICE("\",\r\n"))) return true;
    }
    return cell.length > 0 && (cell.at[0] == ' ' || cell.at[cell.length - 1] == ' ');
}

static void write_cell(struct text *text, struct slice cell)
{
    bool guarded = would_run(cell);
    if (!guarded && !needs_quotes(cell)) {
        text_add(text, cell);
        return;
    }
    text_add_char(text, '"');
    if (guarded) text_add_char(text, '\'');
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.at[i] == '"') text_add_char(text, '"');
        text_add_char(text, cell.at[i]);
    }
    text_add_char(text, '"');
}

void csv_write_row(struct text *text, const struct slice *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0) text_add_char(text, ',');
        write_cell(text, cells[i]);
    }
    /* a lone empty cell would be a blank line, which readers pass over */
    if (count == 1 && cells[0].length == 0) text_add_string(text, "\"\"");
    text_add_string(text, "\r\n");
}
