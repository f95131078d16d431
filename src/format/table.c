/* Rows into a roster. No cell's content goes into a problem: file, line, column and field name say
 * where to look. */
#include "format/table.h"

#define YEAR_EARLIEST 1880 /* of a birth or a role; a file that says less means no date */

bool table_open(struct table *table, const struct bundle *bundle, struct slice name, bool any_case,
                struct roster *roster, struct error *error)
{
    *table = (struct table){.roster = roster, .id_column = CSV_NONE, .id = SLICE_EMPTY};
    table->name = arena_copy(roster->arena, name);
    if (!bundle_open(bundle, name, &table->open, error)) return false;
    return csv_open(&table->csv, table->name, table->open.bytes, any_case, roster->arena, error);
}

void table_close(struct table *table)
{
    bundle_close(&table->open);
}

bool table_column(const struct table *table, struct slice name, bool needed, size_t *ret_column,
                  struct error *error)
{
    if (!csv_find(&table->csv, name, ret_column, error)) return false;
    if (*ret_column != CSV_NONE || !needed) return true;
    error_set(error, ERROR_MEANING, "The file has no column called \"%.*s\".", SLICE_PRINT(name));
    error_advise(error, "Export it again with that column; capital letters may matter.");
    return error_at(error, table->name, 1, 0);
}

/* ---- problems -------------------------------------------------------------------------------- */

/* The character at which a cell of the present row begins, its line from *line on. */
static size_t column_of(const struct table *table, size_t column, size_t *line)
{
    const struct csv *csv = &table->csv;
    if (column >= csv->count || column >= csv->columns) return 0;
    size_t at = (size_t)(csv->cells[column].bytes.at - csv->all.at);
    size_t character = 1;
    for (size_t i = csv->start; i < at; i++) {
        if (csv->all.at[i] == '\n') {
            ++*line;
            character = 1;
        } else if (!csv->encoded || ((unsigned char)csv->all.at[i] & 0xC0) != 0x80) {
            character++;
        }
    }
    return character;
}

void table_problem(struct table *table, size_t column, enum roster_done done, const char *what)
{
    size_t line = table->csv.line;
    size_t character = column_of(table, column, &line);
    roster_problem(table->roster, (struct roster_problem){.file = table->name,
                                                          .line = line,
                                                          .column = character,
                                                          .id = table->id,
                                                          .field = column < table->csv.columns
                                                                       ? table->csv.names[column]
                                                                       : SLICE_EMPTY,
                                                          .what = what,
                                                          .done = done});
}

void table_leave_out(struct table *table, size_t column, const char *what)
{
    table_problem(table, column, ROSTER_ROW_LEFT_OUT, what);
    if (table->people && table->id.length > 0) roster_unread(table->roster, table->id);
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* Without any control character. A sound row can hold only tabs and line breaks; one with another
 * fault, anything. */
static bool is_one_line(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < 0x20 || c == 0x7F) return false;
        if (c == 0xC2 && i + 1 < text.length && (unsigned char)text.at[i + 1] < 0xA0) return false;
    }
    return true;
}

struct slice table_look(struct table *table, size_t column)
{
    return slice_trim(csv_cell(&table->csv, column));
}

/* A row with a fault: whose it was is said only where the id can be trusted. */
static void leave_faulty(struct table *table)
{
    struct csv *csv = &table->csv;
    bool trusted =
        csv->fault == CSV_RAGGED ? table->id_column == 0 : table->id_column != csv->fault_cell;
    struct slice id = trusted ? table_look(table, table->id_column) : SLICE_EMPTY;
    if (id.length <= TABLE_ID_LARGEST && is_one_line(id) && id.length > 0)
        table->id = arena_copy(table->roster->arena, id);
    roster_problem(table->roster, (struct roster_problem){.file = table->name,
                                                          .line = csv->fault_line,
                                                          .column = csv->fault_column,
                                                          .id = table->id,
                                                          .field = csv->fault_cell < csv->columns
                                                                       ? csv->names[csv->fault_cell]
                                                                       : SLICE_EMPTY,
                                                          .what = csv_fault_says(csv->fault),
                                                          .done = ROSTER_ROW_LEFT_OUT});
    if (table->people && table->id.length > 0) roster_unread(table->roster, table->id);
}

/* Whether the row can be worked with; its id is kept. */
static bool row_is_sound(struct table *table)
{
    table->id = SLICE_EMPTY;
    if (table->csv.fault != CSV_SOUND) {
        leave_faulty(table);
        return false;
    }
    if (table->id_column == CSV_NONE) return true;
    struct slice id = table_look(table, table->id_column);
    if (id.length == 0 || id.length > TABLE_ID_LARGEST || !is_one_line(id)) {
        table_problem(table, table->id_column, ROSTER_ROW_LEFT_OUT,
                      id.length == 0 ? "the row has no id"
                                     : "the id is too long or no single line");
        return false;
    }
    table->id = arena_copy(table->roster->arena, id);
    return true;
}

static void note_encoding(struct table *table)
{
    if (table->csv.converted == 0) return;
    roster_problem(
        table->roster,
        (struct roster_problem){.file = table->name,
                                .line = table->csv.converted_line,
                                .id = SLICE_EMPTY,
                                .field = SLICE_EMPTY,
                                .what = "the file is not UTF-8 from this line on; it was read as "
                                        "Windows-1252, so look at names with accents",
                                .done = ROSTER_ONLY_NOTED});
}

bool table_next(struct table *table, bool *ret_row, struct error *error)
{
    for (;;) {
        enum csv_step step = csv_next(&table->csv, error);
        if (step == CSV_BROKEN) return false;
        *ret_row = step == CSV_ROW;
        if (step == CSV_DONE) {
            note_encoding(table);
            return true;
        }
        if (row_is_sound(table)) return true;
    }
}

/* ---- cells ----------------------------------------------------------------------------------- */

struct slice table_text(struct table *table, size_t column, size_t most)
{
    struct slice text = table_look(table, column);
    if (text.length == 0) return SLICE_EMPTY;
    const char *wrong = text.length > most   ? "the text is too long"
                        : !is_one_line(text) ? "the text has a line break or a tab in it"
                                             : NULL;
    if (wrong == NULL) return arena_copy(table->roster->arena, text);
    table_problem(table, column, ROSTER_FIELD_LEFT_OUT, wrong);
    return SLICE_EMPTY;
}

/* No more than that a mail could be addressed so; whether it arrives, only a mail can tell. */
static bool is_email(struct slice text)
{
    size_t sign = slice_find(text, '@');
    if (sign == 0 || sign + 1 >= text.length || text.length > TABLE_EMAIL_LARGEST) return false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool wrong = c <= ' ' || c == 0x7F || slice_find(SLICE("\"(),:;<>[\\]"), text.at[i]) < 11;
        if (wrong || (c == '@' && i != sign)) return false;
    }
    return true;
}

struct slice table_email(struct table *table, size_t column)
{
    struct slice text = table_look(table, column);
    if (text.length == 0) return SLICE_EMPTY;
    if (is_email(text)) return arena_copy(table->roster->arena, text);
    table_problem(table, column, ROSTER_FIELD_LEFT_OUT, "this is no e-mail address");
    return SLICE_EMPTY;
}

struct date table_date(struct table *table, size_t column,
                       bool (*read)(struct slice text, struct date *ret_date))
{
    struct date date = {0};
    struct slice text = table_look(table, column);
    if (text.length == 0) return date;
    if (read(text, &date) && date.year >= YEAR_EARLIEST) return date;
    table_problem(table, column, ROSTER_FIELD_LEFT_OUT, "this is no date of the expected form");
    return (struct date){0};
}

bool table_list(struct slice *rest, struct slice separators, struct slice *ret_id)
{
    while (rest->length > 0) {
        size_t end = 0;
        while (end < rest->length && slice_find(separators, rest->at[end]) == separators.length)
            end++;
        *ret_id = slice_trim(slice_part(*rest, 0, end));
        *rest = slice_part(*rest, end + 1, rest->length);
        if (ret_id->length > 0) return true;
    }
    return false;
}

bool table_iso_date(struct slice text, struct date *ret_date)
{
    int64_t number;
    if (text.length == 8 && text.at[0] != '-' && slice_number(text, &number)) {
        struct date date = {(int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100)};
        if (!date_valid(date)) return false;
        *ret_date = date;
        return true;
    }
    if (text.length > 10 && text.at[10] != 'T' && text.at[10] != ' ') return false;
    return date_parse(slice_part(text, 0, 10), ret_date);
}

/* ---- people ---------------------------------------------------------------------------------- */

static bool same_person(const struct roster_person *a, const struct roster_person *b)
{
    bool births =
        a->birth.year == 0 || b->birth.year == 0 || date_to_day(a->birth) == date_to_day(b->birth);
    return births && slice_equal(a->given, b->given) && slice_equal(a->family, b->family);
}

static void fill(struct slice *into, struct slice with)
{
    if (into->length == 0) *into = with;
}

struct roster_person *table_person(struct table *table, const struct roster_person *told)
{
    bool made;
    struct roster_person *person = roster_person_at(table->roster, table->id, &made);
    if (person->status == ROSTER_UNREAD) {
        table_problem(table, table->id_column, ROSTER_ROW_LEFT_OUT,
                      "another row with this id was left out");
        return NULL;
    }
    bool first = made || person->status == ROSTER_PARTIAL;
    if (!first && !same_person(person, told)) {
        table_leave_out(table, table->id_column, "two people have this id");
        return NULL;
    }
    person->status = first || told->status == ROSTER_REMOVED ? told->status : person->status;
    fill(&person->given, told->given);
    fill(&person->family, told->family);
    fill(&person->known_as, told->known_as);
    fill(&person->email, told->email);
    fill(&person->phone, told->phone);
    fill(&person->username, told->username);
    if (person->birth.year == 0) person->birth = told->birth;
    if (person->left.year == 0) person->left = told->left;
    return person;
}

struct roster_person *table_known(struct table *table, struct slice id)
{
    struct roster *roster = table->roster;
    bool made = false;
    if (roster->whole_people && roster_person_find(roster, id) == ROSTER_NONE) {
        table_problem(table, table->id_column, ROSTER_ROW_LEFT_OUT,
                      "the person is not in the file of people");
        return NULL;
    }
    struct roster_person *person = roster_person_at(roster, id, &made);
    if (made) person->status = ROSTER_PARTIAL;
    return person->status == ROSTER_UNREAD ? NULL : person; /* told already */
}

void table_dates(struct table *table, struct roster_held *held, size_t from, size_t until,
                 bool (*read)(struct slice text, struct date *ret_date))
{
    struct date first = table_date(table, from, read);
    struct date last = table_date(table, until, read);
    bool both = first.year != 0 && last.year != 0;
    if (both && date_to_day(last) < date_to_day(first)) {
        table_problem(table, until, ROSTER_FIELD_LEFT_OUT, "the role ends before it begins");
        last = (struct date){0};
    }
    held->from = first;
    held->until = last;
}
