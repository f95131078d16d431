/* The reader: a row is cut into cells where they lie, by memchr, and looked over once for control
 * characters and bytes that are no UTF-8, eight bytes at a time. Decoding waits for csv_cell. */
#include "format/csv.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/utf8.h"

#define EACH_BYTE 0x0101010101010101u
#define HIGH_BITS 0x8080808080808080u

/* 0x80..0x9F of Windows-1252; the five it leaves free keep their number, which is a control. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

const char *csv_fault_says(enum csv_fault fault)
{
    switch (fault) {
    case CSV_SOUND: return "nothing";
    case CSV_RAGGED: return "the row has not as many cells as the header";
    case CSV_QUOTE: return "a quotation mark stands where none belongs";
    case CSV_CONTROL: return "a control character stands in a cell";
    case CSV_LONG: return "a cell is longer than 64 KiB";
    }
    return "the row cannot be read";
}

/* ---- where a fault lies ---------------------------------------------------------------------- */

/* The first fault of a row is the one that is told. */
static void fault_at(struct csv *csv, enum csv_fault fault, size_t offset, size_t cell)
{
    if (csv->fault != CSV_SOUND) return;
    csv->fault = fault;
    csv->fault_cell = cell;
    csv->fault_line = csv->line;
    csv->fault_column = 1;
    for (size_t i = csv->start; i < offset; i++) {
        if (csv->all.at[i] == '\n') {
            csv->fault_line++;
            csv->fault_column = 1;
        } else if (!csv->encoded || ((unsigned char)csv->all.at[i] & 0xC0) != 0x80) {
            csv->fault_column++;
        }
    }
}

static enum csv_step broken(const struct csv *csv, enum error_code code, size_t line,
                            const char *sentence, const char *advice, struct error *error)
{
    error_set(error, code, "%s", sentence);
    error_advise(error, "%s", advice);
    error_at(error, csv->file, line, 0);
    return CSV_BROKEN;
}

/* ---- looking a row over ---------------------------------------------------------------------- */

/* Whether a byte below 0x20, or 0x7F, or one above it stands in the eight. */
static bool eight_are_plain(const char *at)
{
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    uint64_t low = (eight - EACH_BYTE * 0x20) & ~eight;
    uint64_t delete = eight ^ (EACH_BYTE * 0x7F);
    uint64_t no_delete = (delete - EACH_BYTE) & ~delete;
    return ((low | no_delete | eight) & HIGH_BITS) == 0;
}

static bool is_plain(struct slice row)
{
    size_t at = 0;
    while (row.length - at >= 8) {
        if (!eight_are_plain(row.at + at)) return false;
        at += 8;
    }
    while (at < row.length) {
        unsigned char c = (unsigned char)row.at[at++];
        if (c < 0x20 || c >= 0x7F) return false;
    }
    return true;
}

/* Whether `rest` begins with a control character: of ASCII, of U+0080..U+009F, or a byte that
 * Windows-1252 leaves free. *ret_taken: the bytes of its first character. */
static bool starts_with_control(struct slice rest, bool quoted, size_t *ret_taken)
{
    unsigned char c = (unsigned char)rest.at[0];
    size_t taken = utf8_first(rest);
    *ret_taken = taken > 0 ? taken : 1;
    if (c == '\t') return false;
    if (c == '\n' || c == '\r') return !quoted;
    if (c < 0x20 || c == 0x7F) return true;
    if (taken == 2) return c == 0xC2 && (unsigned char)rest.at[1] < 0xA0;
    return taken == 0 && c < 0xA0 && windows_1252[c - 0x80] == c;
}

static void look_for_controls(struct csv *csv)
{
    size_t count = csv->count < csv->columns ? csv->count : csv->columns;
    for (size_t cell = 0; cell < count && csv->fault == CSV_SOUND; cell++) {
        struct slice rest = csv->cells[cell].bytes;
        if (is_plain(rest)) continue;
        while (rest.length > 0) {
            size_t taken;
            if (starts_with_control(rest, csv->cells[cell].quoted, &taken)) {
                fault_at(csv, CSV_CONTROL, (size_t)(rest.at - csv->all.at), cell);
                break;
            }
            rest = slice_part(rest, taken, rest.length);
        }
    }
}

static void check_lengths(struct csv *csv)
{
    size_t count = csv->count < csv->columns ? csv->count : csv->columns;
    for (size_t i = 0; i < count; i++) {
        if (csv->cells[i].bytes.length > CSV_CELL_LARGEST)
            fault_at(csv, CSV_LONG, (size_t)(csv->cells[i].bytes.at - csv->all.at), i);
    }
}

static void look_over(struct csv *csv, struct slice row)
{
    csv->encoded = true;
    if (row.length > CSV_CELL_LARGEST) check_lengths(csv);
    if (is_plain(row)) return;
    csv->encoded = utf8_check(row) == row.length;
    if (!csv->encoded && csv->converted++ == 0) csv->converted_line = csv->line;
    look_for_controls(csv);
}

/* ---- cutting a row --------------------------------------------------------------------------- */

static void add_cell(struct csv *csv, struct csv_raw cell)
{
    if (csv->count < csv->columns) csv->cells[csv->count] = cell;
    csv->count++;
}

/* A row without a quote, `row` without its line end. */
static void cut_plain(struct csv *csv, struct slice row)
{
    const char *at = row.at;
    const char *end = row.at + row.length;
    for (;;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma == NULL ? end : comma;
        add_cell(csv, (struct csv_raw){.bytes = {at, (size_t)(stop - at)}});
        if (comma == NULL) return;
        at = comma + 1;
    }
}

/* Where an unquoted cell that starts at `at` ends: at a comma, a line end or the end. */
static size_t unquoted_end(const struct csv *csv, size_t at)
{
    struct slice rest = slice_part(csv->all, at, csv->all.length);
    struct slice line = slice_part(rest, 0, slice_find(rest, '\n'));
    size_t end = slice_find(line, ',');
    if (end == line.length && line.length < rest.length && end > 0 && line.at[end - 1] == '\r')
        end--;
    return at + end;
}

/* The offset of the quote that closes the cell whose first byte is at `at`; the length of the file
 * where there is none. */
static size_t closing_quote(const struct csv *csv, size_t at, bool *ret_doubled)
{
    *ret_doubled = false;
    for (;;) {
        at += slice_find(slice_part(csv->all, at, csv->all.length), '"');
        if (at + 1 >= csv->all.length || csv->all.at[at + 1] != '"') return at;
        *ret_doubled = true;
        at += 2;
    }
}

/* A quoted cell whose opening quote stands at *at; moves behind it and counts the lines it spans. */
static bool cut_quoted(struct csv *csv, size_t *at, size_t *line, struct error *error)
{
    size_t open = *at;
    struct csv_raw cell = {.quoted = true};
    size_t close = closing_quote(csv, open + 1, &cell.doubled);
    cell.bytes = slice_part(csv->all, open + 1, close);
    size_t opened_on = *line;
    for (struct slice left = cell.bytes; slice_find(left, '\n') < left.length; (*line)++)
        left = slice_part(left, slice_find(left, '\n') + 1, left.length);
    bool several_lines = *line > opened_on;
    bool never_closed = close >= csv->all.length;
    size_t end = never_closed ? close : unquoted_end(csv, close + 1);
    if (never_closed || (several_lines && end > close + 1)) {
        (void)broken(csv, ERROR_SYNTAX, opened_on,
                     "A quotation mark opens a cell on this line and is not closed.",
                     "Look for a lone \" on this line, or for a file that was cut off.", error);
        return false;
    }
    if (several_lines && cell.bytes.length > CSV_CELL_LARGEST) {
        (void)broken(csv, ERROR_LIMIT, opened_on,
                     "A quoted cell that starts on this line is longer than 64 KiB.",
                     "Look for a lone \" on this line.", error);
        return false;
    }
    add_cell(csv, cell);
    if (end > close + 1) fault_at(csv, CSV_QUOTE, close, csv->count - 1);
    *at = end;
    return true;
}

/* A row in which some cell is quoted. *ret_end: the offset behind its last cell. */
static bool cut_row(struct csv *csv, size_t *ret_end, size_t *ret_line, struct error *error)
{
    size_t at = csv->start;
    size_t line = csv->line;
    for (;;) {
        if (at < csv->all.length && csv->all.at[at] == '"') {
            if (!cut_quoted(csv, &at, &line, error)) return false;
        } else {
            size_t end = unquoted_end(csv, at);
            struct slice bytes = slice_part(csv->all, at, end);
            size_t quote = slice_find(bytes, '"');
            add_cell(csv, (struct csv_raw){.bytes = bytes});
            if (quote < bytes.length) fault_at(csv, CSV_QUOTE, at + quote, csv->count - 1);
            at = end;
        }
        if (at >= csv->all.length || csv->all.at[at] != ',') break;
        at++;
    }
    *ret_end = at;
    *ret_line = line;
    return true;
}

/* Cuts the row at csv->at and moves behind its line end. */
static bool take_row(struct csv *csv, struct error *error)
{
    csv->start = csv->at;
    csv->line = csv->next_line;
    csv->count = 0;
    csv->fault = CSV_SOUND;
    csv->fault_line = csv->fault_column = 0;
    csv->fault_cell = CSV_NONE;
    csv->encoded = true; /* until looked over: only a fault's column depends on it */
    struct slice rest = slice_part(csv->all, csv->at, csv->all.length);
    size_t line_end = slice_find(rest, '\n');
    struct slice row = slice_part(rest, 0, line_end);
    size_t end = csv->start + line_end;
    size_t last_line = csv->line;
    if (slice_find(row, '"') == row.length) {
        if (line_end < rest.length && row.length > 0 && row.at[row.length - 1] == '\r')
            row.length--;
        cut_plain(csv, row);
    } else {
        if (!cut_row(csv, &end, &last_line, error)) return false;
        row = slice_part(csv->all, csv->start, end);
        if (end < csv->all.length && csv->all.at[end] == '\r') end++;
    }
    csv->next_line = last_line + 1;
    csv->at = end < csv->all.length ? end + 1 : end;
    look_over(csv, row);
    return true;
}

static bool is_blank_row(const struct csv *csv)
{
    return csv->count == 1 && csv->cells[0].bytes.length == 0 && !csv->cells[0].quoted;
}

enum csv_step csv_next(struct csv *csv, struct error *error)
{
    while (csv->at < csv->all.length) {
        if (!take_row(csv, error)) return CSV_BROKEN;
        if (is_blank_row(csv)) continue;
        if (csv->rows == CSV_ROWS_LARGEST)
            return broken(csv, ERROR_LIMIT, csv->line, "The file has more than 5 million rows.",
                          "Split it, or leave out what is not needed.", error);
        csv->rows++;
        if (csv->count != csv->columns) fault_at(csv, CSV_RAGGED, csv->start, CSV_NONE);
        return CSV_ROW;
    }
    return CSV_DONE;
}

/* ---- the header ------------------------------------------------------------------------------ */

static bool refuse(const struct csv *csv, enum error_code code, const char *sentence,
                   const char *advice, struct error *error)
{
    (void)broken(csv, code, 1, sentence, advice, error);
    return false;
}

static bool check_file(const struct csv *csv, struct error *error)
{
    if (csv->all.length > CSV_SIZE_LARGEST)
        return refuse(csv, ERROR_LIMIT, "The file is larger than 256 MiB.",
                      "Leave out columns that are not needed, or split it.", error);
    if (slice_starts(csv->all, SLICE("\xFF\xFE")) || slice_starts(csv->all, SLICE("\xFE\xFF")))
        return refuse(csv, ERROR_ENCODING, "The file is UTF-16 and not UTF-8.",
                      "Save it again as \"CSV UTF-8 (comma delimited)\".", error);
    return true;
}

/* The header is cut with room for the most columns, then kept in as much as it needs. */
static bool read_header(struct csv *csv, struct error *error)
{
    struct csv_raw room[CSV_COLUMNS_LARGEST];
    csv->cells = room;
    csv->columns = CSV_COLUMNS_LARGEST;
    do {
        if (csv->at >= csv->all.length)
            return refuse(csv, ERROR_SYNTAX, "The file is empty; its first line names the columns.",
                          "Export it again, with its header line.", error);
        if (!take_row(csv, error)) return false;
    } while (is_blank_row(csv));
    if (csv->fault != CSV_SOUND) {
        error_set(error, ERROR_SYNTAX, "The header cannot be read: %s.",
                  csv_fault_says(csv->fault));
        error_advise(error, "Save the file as CSV with commas and UTF-8, lines ending in LF or "
                            "CRLF.");
        return error_at(error, csv->file, csv->fault_line, csv->fault_column);
    }
    if (csv->count > CSV_COLUMNS_LARGEST)
        return refuse(csv, ERROR_LIMIT, "The file has more than 200 columns.",
                      "Leave out columns that are not needed.", error);
    csv->columns = csv->count;
    csv->names = ARENA_ARRAY(csv->arena, struct slice, csv->columns);
    for (size_t i = 0; i < csv->columns; i++)
        csv->names[i] = arena_copy(csv->arena, csv_cell(csv, i));
    csv->cells = ARENA_ARRAY(csv->arena, struct csv_raw, csv->columns);
    csv->count = 0;
    return true;
}

bool csv_open(struct csv *csv, struct slice file, struct slice all, bool any_case,
              struct arena *arena, struct error *error)
{
    *csv = (struct csv){
        .file = file, .all = all, .arena = arena, .any_case = any_case, .next_line = 1};
    if (!check_file(csv, error)) return false;
    if (slice_starts(all, SLICE("\xEF\xBB\xBF"))) csv->at = 3;
    return read_header(csv, error);
}

static bool same_name(const struct csv *csv, struct slice a, struct slice b)
{
    if (!csv->any_case) return slice_equal(a, b);
    a = slice_trim(a);
    b = slice_trim(b);
    return a.length == b.length && strncasecmp(a.at, b.at, a.length) == 0;
}

bool csv_find(const struct csv *csv, struct slice name, size_t *ret_column, struct error *error)
{
    size_t found = CSV_NONE;
    for (size_t i = 0; i < csv->columns; i++) {
        if (!same_name(csv, csv->names[i], name)) continue;
        if (found != CSV_NONE) {
            error_set(error, ERROR_MEANING, "Two columns are called \"%.*s\".",
                      SLICE_PRINT(slice_part(name, 0, 80)));
            error_advise(error, "Leave one of them out of the export.");
            return error_at(error, csv->file, 1, 0);
        }
        found = i;
    }
    *ret_column = found;
    return true;
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* A well-formed character stays as it is; any other byte is taken for Windows-1252. */
static struct slice decode(struct csv *csv, const struct csv_raw *cell)
{
    struct slice left = cell->bytes;
    char *into = arena_take(csv->arena, left.length + 1, csv->encoded ? 1 : 3);
    size_t length = 0;
    while (left.length > 0) {
        size_t taken = utf8_first(left);
        unsigned char c = (unsigned char)left.at[0];
        if (taken > 0) {
            memcpy(into + length, left.at, taken);
            length += taken;
        } else {
            uint32_t code = c < 0xA0 ? windows_1252[c - 0x80] : c;
            char bytes[4];
            size_t more = utf8_encode(code, bytes);
            memcpy(into + length, bytes, more);
            length += more;
            taken = 1;
        }
        if (cell->doubled && c == '"') taken = 2;
        left = slice_part(left, taken, left.length);
    }
    return (struct slice){into, length};
}

struct slice csv_cell(struct csv *csv, size_t column)
{
    if (column >= csv->columns || column >= csv->count) return SLICE_EMPTY;
    const struct csv_raw *cell = &csv->cells[column];
    bool encoded = csv->encoded || utf8_check(cell->bytes) == cell->bytes.length;
    if (encoded && !cell->doubled) return cell->bytes;
    return decode(csv, cell);
}
