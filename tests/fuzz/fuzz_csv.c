/* Any bytes into the reader of tables. Cells come out as UTF-8, and sound rows, written and read
 * again, are the same, the apostrophe before a formula aside. */
#include <stdlib.h>

#include "base/utf8.h"
#include "format/csv.h"
#include "format/csv_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool kept)
{
    if (!kept) abort();
}

static void require_same(struct slice cell, struct slice again)
{
    if (again.length == cell.length + 1 && again.at[0] == '\'')
        again = slice_part(again, 1, again.length);
    require(slice_equal(cell, again));
}

static void write_and_read(struct csv *csv, const struct slice *row, struct arena *arena)
{
    AUTO_TEXT struct text text;
    text_init(&text, (size_t)1 << 24);
    for (size_t i = 0; i < csv->columns; i++) text_add_string(&text, i == 0 ? "h" : ",h");
    text_add_char(&text, '\n');
    csv_write_row(&text, row, csv->columns);
    struct csv again;
    require(csv_open(&again, SLICE("again"), text_slice(&text), false, arena, NULL));
    require(csv_next(&again, NULL) == CSV_ROW && again.fault == CSV_SOUND);
    require(again.columns == csv->columns && again.converted == 0);
    for (size_t i = 0; i < csv->columns; i++) require_same(row[i], csv_cell(&again, i));
    require(csv_next(&again, NULL) == CSV_DONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 65536) return 0;
    AUTO(arena) struct arena *arena = arena_new();
    struct slice all = {size == 0 ? "" : (const char *)data, size};
    struct csv csv;
    struct error error = {0};
    if (!csv_open(&csv, SLICE("fuzz"), all, size % 2 == 0, arena, &error)) {
        require(error.code != ERROR_NONE && error.line > 0);
        return 0;
    }
    struct slice *row = ARENA_ARRAY(arena, struct slice, csv.columns);
    size_t line = 0;
    enum csv_step step;
    while ((step = csv_next(&csv, &error)) == CSV_ROW) {
        require(csv.line > line);
        line = csv.line;
        for (size_t i = 0; i < csv.columns; i++) {
            row[i] = csv_cell(&csv, i);
            require(utf8_check(row[i]) == row[i].length);
        }
        require((csv.fault == CSV_SOUND) == (csv.fault_line == 0));
        if (csv.fault == CSV_SOUND && csv.rows < 20) write_and_read(&csv, row, arena);
    }
    require(step == CSV_DONE || error.line >= line);
    return 0;
}
