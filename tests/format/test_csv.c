/* Tables: what RFC 4180 allows, what it does not and where, limits, encodings, and the writer. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "format/csv.h"
#include "format/csv_write.h"
#include "testing.h"

/* The rows as one text: cells between | and rows between /, faults as !LINE:COLUMN. */
static void read_all(struct slice all, struct text *ret_rows, struct csv *csv, struct arena *arena,
                     struct error *error)
{
    if (!csv_open(csv, SLICE("t.csv"), all, false, arena, error)) {
        text_add_string(ret_rows, "refused");
        return;
    }
    enum csv_step step;
    while ((step = csv_next(csv, error)) == CSV_ROW) {
        if (csv->fault != CSV_SOUND)
            text_format(ret_rows, "!%zu:%zu ", csv->fault_line, csv->fault_column);
        for (size_t i = 0; i < csv->columns; i++) {
            if (i > 0) text_add_char(ret_rows, '|');
            text_add(ret_rows, csv_cell(csv, i));
        }
        text_add_char(ret_rows, '/');
    }
    if (step == CSV_BROKEN) text_format(ret_rows, "broken %zu", error->line);
}

struct example {
    const char *bytes, *rows;
    enum csv_fault fault; /* of the last row */
};

static const struct example examples[] = {
    {"a,b\n1,2\n", "1|2/", CSV_SOUND},
    {"a,b\r\n1,2\r\n3,4\r\n", "1|2/3|4/", CSV_SOUND},
    {"\xEF\xBB\xBF"
     "a,b\n1,2",
     "1|2/", CSV_SOUND},
    {"\n\r\na,b\n\n1,2\n\n", "1|2/", CSV_SOUND},
    {"a,b\n,\n", "|/", CSV_SOUND},
    {"a\n\"\"\n", "/", CSV_SOUND},
    {"a,b\n\"x,y\",\"1\"\"2\"\n", "x,y|1\"2/", CSV_SOUND},
    {"a,b\n\"x\ny\",\"\r\n\"\n3,4\n", "x\ny|\r\n/3|4/", CSV_SOUND},
    {"\"a\",\"b\"\r\n\"1\",\"2\"\r\n", "1|2/", CSV_SOUND},
    {"a,b\n\"\"\"\",\"\"\"\"\"\"\n", "\"|\"\"/", CSV_SOUND},
    {"a,b\n\"1\",2", "1|2/", CSV_SOUND},
    {"a,b\n1\t2,3\n", "1\t2|3/", CSV_SOUND},
    {"a,b\n1\n2,3,4\n", "!2:1 1|/!3:1 2|3/", CSV_RAGGED},
    {"a,b\n\"1\n2\",3\n4\n", "1\n2|3/!4:1 4|/", CSV_RAGGED},
    {"a,b\nx\"y,2\n3,4\n", "!2:2 x\"y|2/3|4/", CSV_SOUND},
    {"a,b\n1,\"x\"y\n", "!2:5 1|", CSV_QUOTE},
    {"a,b\n1,caf\xC3\xA9\x01\n", "!2:7 1|caf\xC3\xA9\x01/", CSV_CONTROL},
    {"a,b\n1,2\rx\n", "!2:4 ", CSV_CONTROL},
    {"a,b\n1,\xC2\x85\n", "!2:3 ", CSV_CONTROL},
    {"a,b\n1,\x7F\n", "!2:3 ", CSV_CONTROL},
    {"a,b\n1,\"2\n3\n", "broken 2", CSV_SOUND},
    {"a,b\n1,\"2\n3,\"4\",5\n6,7\n", "broken 2", CSV_SOUND},
    {"a,b\n1,2\n\"", "1|2/broken 3", CSV_SOUND},
};

static void rows_are_as_they_should_be(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        AUTO_TEXT struct text rows;
        text_init(&rows, 1000);
        struct csv csv;
        struct error error = {0};
        /* a copy of the exact size, so that the sanitizer sees a read past it */
        size_t size = strlen(examples[i].bytes);
        char *exact = malloc(size);
        memcpy(exact, examples[i].bytes, size);
        read_all((struct slice){exact, size}, &rows, &csv, arena, &error);
        if (!slice_starts(text_slice(&rows), slice_of(examples[i].rows)))
            fail_msg("example %zu: found %s, expected %s", i, rows.at, examples[i].rows);
        if (error.code == ERROR_NONE) assert_int_equal(csv.fault, examples[i].fault);
        free(exact);
    }
}

static void a_nul_is_named_where_it_stands(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct csv csv;
    struct error error = {0};
    struct slice all = SLICE("a,b\n1,\"\n\n xy\0z\"\n");
    assert_true(csv_open(&csv, SLICE("t.csv"), all, false, arena, &error));
    assert_int_equal(csv_next(&csv, &error), CSV_ROW);
    assert_int_equal(csv.fault, CSV_CONTROL);
    assert_int_equal(csv.fault_line, 4);
    assert_int_equal(csv.fault_column, 4);
    assert_int_equal(csv.fault_cell, 1);
    assert_int_equal(csv_next(&csv, &error), CSV_DONE);
}

static void columns_are_found_by_name(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct csv csv;
    struct error error = {0};
    struct slice all = SLICE("given,Given, \"\"x ,twice,twice\n");
    assert_true(csv_open(&csv, SLICE("t.csv"), SLICE("given,Given,\" x\"\"\",twice,twice\n"), false,
                         arena, &error));
    size_t column = 0;
    assert_true(csv_find(&csv, SLICE("Given"), &column, &error));
    assert_int_equal(column, 1);
    assert_true(csv_find(&csv, SLICE(" x\""), &column, &error));
    assert_int_equal(column, 2);
    assert_true(csv_find(&csv, SLICE("GIVEN"), &column, &error));
    assert_true(column == CSV_NONE);
    assert_slice(csv_cell(&csv, CSV_NONE), "");
    assert_false(csv_find(&csv, SLICE("twice"), &column, &error));
    assert_says(error.sentence, "Two columns are called \"twice\"");
    assert_string_equal(error.file, "t.csv");
    assert_true(csv_open(&csv, SLICE("t.csv"), SLICE(" Family Name ,b\n"), true, arena, &error));
    assert_true(csv_find(&csv, SLICE("family name"), &column, &error));
    assert_int_equal(column, 0);
    /* a quote that opens in the middle of a name */
    assert_false(csv_open(&csv, SLICE("t.csv"), all, false, arena, &error));
    assert_int_equal(error.column, 14);
}

static void a_cell_that_needs_no_decoding_is_not_copied(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct csv csv;
    struct error error = {0};
    struct slice all = SLICE("a,b,c\n1,\"two, too\",\"th\"\"ree\"\n");
    assert_true(csv_open(&csv, SLICE("t.csv"), all, false, arena, &error));
    size_t used = arena_used(arena);
    assert_int_equal(csv_next(&csv, &error), CSV_ROW);
    assert_ptr_equal(csv_cell(&csv, 0).at, all.at + 6);
    assert_ptr_equal(csv_cell(&csv, 1).at, all.at + 9);
    assert_int_equal(arena_used(arena), used); /* nor is one that nobody asks for */
    assert_slice(csv_cell(&csv, 2), "th\"ree");
    assert_true(arena_used(arena) > used);
}

static void accents_of_windows_1252_are_kept_and_told(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct csv csv;
    struct error error = {0};
    struct slice all = SLICE("Pr\xE9nom,b\nZo\xC3\xAB,x\nZo\xEB \x93 \x80,\"\xC3\xA9\"\"\xE9\"\n"
                             "\x81,2\n");
    assert_true(csv_open(&csv, SLICE("t.csv"), all, false, arena, &error));
    assert_slice(csv.names[0], "Pr\xC3\xA9nom");
    assert_int_equal(csv.converted, 1);
    assert_int_equal(csv_next(&csv, &error), CSV_ROW);
    assert_slice(csv_cell(&csv, 0), "Zo\xC3\xAB");
    assert_int_equal(csv_next(&csv, &error), CSV_ROW);
    assert_slice(csv_cell(&csv, 0), "Zo\xC3\xAB \xE2\x80\x9C \xE2\x82\xAC");
    assert_slice(csv_cell(&csv, 1), "\xC3\xA9\"\xC3\xA9");
    assert_int_equal(csv.converted, 2);
    assert_int_equal(csv.converted_line, 1);
    assert_int_equal(csv_next(&csv, &error), CSV_ROW);
    assert_int_equal(csv.fault, CSV_CONTROL); /* 0x81 is no character of Windows-1252 */
}

static void refused(struct slice all, enum error_code code, const char *says)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct csv csv;
    struct error error = {0};
    assert_false(csv_open(&csv, SLICE("t.csv"), all, false, arena, &error));
    assert_int_equal(error.code, code);
    assert_says(error.sentence, says);
    assert_true(error.advice[0] != '\0');
}

static void files_that_are_no_table_are_refused(void **state)
{
    (void)state;
    refused(SLICE(""), ERROR_SYNTAX, "empty");
    refused(SLICE("\xEF\xBB\xBF\r\n\n"), ERROR_SYNTAX, "empty");
    refused(SLICE("\xFF\xFE"
                  "a\0,\0"),
            ERROR_ENCODING, "UTF-16");
    refused(SLICE("\xFE\xFF\0a"), ERROR_ENCODING, "UTF-16");
    refused(SLICE("a\0,\0b\0\n\0"), ERROR_SYNTAX, "control character");
    refused(SLICE("a,b\r1,2\r3,4\r"), ERROR_SYNTAX, "control character");
    refused(SLICE("a,\"b\n1,2\n"), ERROR_SYNTAX, "not closed");
    /* the size is looked at before a byte is read */
    refused((struct slice){"", CSV_SIZE_LARGEST + 1}, ERROR_LIMIT, "256 MiB");
}

static void repeat(struct text *text, const char *part, size_t times)
{
    for (size_t i = 0; i < times; i++) text_add_string(text, part);
}

static void limits_hold_at_their_edge(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text text;
    text_init(&text, (size_t)64 << 20);
    struct csv csv;
    struct error error = {0};
    repeat(&text, "c,", CSV_COLUMNS_LARGEST - 1);
    text_add_string(&text, "c\n");
    assert_true(csv_open(&csv, SLICE("t"), text_slice(&text), false, arena, &error));
    text_cut(&text, text.length - 1);
    text_add_string(&text, ",c\n");
    refused(text_slice(&text), ERROR_LIMIT, "200 columns");

    text_cut(&text, 0);
    text_add_string(&text, "a\n");
    repeat(&text, "x", CSV_CELL_LARGEST);
    repeat(&text, "\nx", 1);
    repeat(&text, "x", CSV_CELL_LARGEST);
    assert_true(csv_open(&csv, SLICE("t"), text_slice(&text), false, arena, &error));
    assert_int_equal(csv_next(&csv, &error), CSV_ROW);
    assert_int_equal(csv.fault, CSV_SOUND);
    assert_int_equal(csv_next(&csv, &error), CSV_ROW);
    assert_int_equal(csv.fault, CSV_LONG);

    text_cut(&text, 0);
    text_add_string(&text, "a\n");
    repeat(&text, "x\n", CSV_ROWS_LARGEST);
    assert_true(csv_open(&csv, SLICE("t"), text_slice(&text), false, arena, &error));
    enum csv_step step;
    while ((step = csv_next(&csv, &error)) == CSV_ROW) {
    }
    assert_int_equal(step, CSV_DONE);
    assert_int_equal(csv.rows, CSV_ROWS_LARGEST);
    text_add_string(&text, "x\n");
    assert_true(csv_open(&csv, SLICE("t"), text_slice(&text), false, arena, &error));
    while ((step = csv_next(&csv, &error)) == CSV_ROW) {
    }
    assert_int_equal(step, CSV_BROKEN);
    assert_says(error.sentence, "5 million");
}

static void a_swallowed_half_of_the_file_is_an_error(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text text;
    text_init(&text, (size_t)1 << 20);
    text_add_string(&text, "a,b\n1,\"2\n");
    repeat(&text, "3,4\n", 20000);
    text_add_string(&text, "5,6\"\n");
    struct csv csv;
    struct error error = {0};
    assert_true(csv_open(&csv, SLICE("t"), text_slice(&text), false, arena, &error));
    assert_int_equal(csv_next(&csv, &error), CSV_BROKEN);
    assert_int_equal(error.line, 2);
    assert_says(error.sentence, "64 KiB");
}

static void written_cells_run_nothing_and_come_back(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *written;
    } cells[] = {
        {"plain", "plain"},
        {"a,b", "\"a,b\""},
        {"a\"b", "\"a\"\"b\""},
        {"a\nb", "\"a\nb\""},
        {" a", "\" a\""},
        {"=1+1", "\"'=1+1\""},
        {"+44 20", "\"'+44 20\""},
        {"-1", "\"'-1\""},
        {"@x", "\"'@x\""},
        {"\tx", "\"'\tx\""},
        {"\r=1", "\"'\r=1\""},
        {"  =1", "\"'  =1\""},
        {"a=1", "a=1"},
        {"Zo\xC3\xAB", "Zo\xC3\xAB"},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        AUTO_TEXT struct text text;
        text_init(&text, 1000);
        struct slice row[2] = {slice_of(cells[i].cell), SLICE("z")};
        csv_write_row(&text, row, 2);
        text_cut(&text, text.length - 4);
        assert_string_equal(text.at, cells[i].written);
    }
    AUTO_TEXT struct text text;
    text_init(&text, 1000);
    csv_write_row(&text, &SLICE_EMPTY, 1);
    assert_string_equal(text.at, "\"\"\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_as_they_should_be),
        cmocka_unit_test(a_nul_is_named_where_it_stands),
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(a_cell_that_needs_no_decoding_is_not_copied),
        cmocka_unit_test(accents_of_windows_1252_are_kept_and_told),
        cmocka_unit_test(files_that_are_no_table_are_refused),
        cmocka_unit_test(limits_hold_at_their_edge),
        cmocka_unit_test(a_swallowed_half_of_the_file_is_an_error),
        cmocka_unit_test(written_cells_run_nothing_and_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
