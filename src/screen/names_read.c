/* The roster as CSV: a header that names the columns, one person a line. RFC 4180's quotes; blanks around a cell do not count. A cell with
 * a doubled quote in it is copied, every other one is borrowed. */
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "screen/names.h"

enum column {
    COLUMN_ID,
    COLUMN_KIND,
    COLUMN_GIVEN,
    COLUMN_FAMILY,
    COLUMN_KNOWN_AS,
    COLUMN_YEAR,
    COLUMN_SCHOOL,
    COLUMNS
};
static const char *const column_names[COLUMNS] = {"id",       "kind", "given", "family",
                                                  "known_as", "year", "school"};
static const struct {
    const char *word;
    enum name_kind kind;
} kinds[] = {
    {"pupil", NAME_PUPIL},    {"student", NAME_PUPIL},   {"child", NAME_PUPIL},
    {"staff", NAME_STAFF},    {"teacher", NAME_STAFF},   {"parent", NAME_PARENT},
    {"carer", NAME_PARENT},   {"guardian", NAME_PARENT}, {"other", NAME_OTHER},
    {"governor", NAME_OTHER}, {"", NAME_OTHER},
};
#define CELLS_LARGEST 64

struct reading {
    struct slice rest;
    struct arena *arena;
    struct error *error;
    size_t line, next_line;  /* of the row being read, and of what follows it */
    size_t columns[COLUMNS]; /* place of each; CELLS_LARGEST: not there */
    struct slice cells[CELLS_LARGEST];
    size_t count;
};

static bool fail_at(struct reading *reading, enum error_code code, const char *what)
{
    error_set(reading->error, code, "line %zu of the roster %s", reading->line, what);
    return error_at(reading->error, SLICE_EMPTY, reading->line, 1);
}

/* Without the doubled quotes. */
static struct slice unquoted(struct reading *reading, struct slice cell)
{
    if (slice_search(cell, SLICE("\"\"")) == cell.length) return cell;
    char *to = arena_take(reading->arena, cell.length + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < cell.length; i++) {
        to[length++] = cell.at[i];
        if (cell.at[i] == '"') i++;
    }
    return (struct slice){to, length};
}

/* Behind the opening quote: takes the cell and its closing quote. */
static bool take_quoted(struct reading *reading, struct slice *ret_cell)
{
    struct slice rest = reading->rest;
    size_t at = 1;
    for (; at < rest.length; at++) {
        if (rest.at[at] == '\n') reading->next_line++;
        if (rest.at[at] != '"') continue;
        if (at + 1 < rest.length && rest.at[at + 1] == '"')
            at++;
        else
            break;
    }
    if (at >= rest.length) return fail_at(reading, ERROR_SYNTAX, "has a quote that never ends");
    *ret_cell = unquoted(reading, slice_part(rest, 1, at));
    reading->rest = slice_part(rest, at + 1, rest.length);
    return true;
}

static struct slice take_plain(struct reading *reading)
{
    size_t at = 0;
    while (at < reading->rest.length && strchr(",\r\n", reading->rest.at[at]) == NULL) at++;
    struct slice cell = slice_part(reading->rest, 0, at);
    reading->rest = slice_part(reading->rest, at, reading->rest.length);
    return cell;
}

/* The comma or line end behind a cell; *ret_more: a cell follows. */
static bool take_end(struct reading *reading, bool *ret_more)
{
    struct slice *rest = &reading->rest;
    *ret_more = rest->length > 0 && rest->at[0] == ',';
    if (*ret_more || rest->length == 0) {
        *rest = slice_part(*rest, 1, rest->length);
        return true;
    }
    size_t length = slice_starts(*rest, SLICE("\r\n")) ? 2 : 1;
    if (rest->at[0] != '\n' && rest->at[0] != '\r')
        return fail_at(reading, ERROR_SYNTAX, "has something behind a closing quote");
    *rest = slice_part(*rest, length, rest->length);
    reading->next_line++;
    return true;
}

static bool take_row(struct reading *reading)
{
    bool more = true;
    reading->count = 0;
    reading->line = reading->next_line;
    while (more) {
        if (reading->count == CELLS_LARGEST)
            return fail_at(reading, ERROR_LIMIT, "has more than 64 columns");
        struct slice cell = SLICE_EMPTY;
        if (reading->rest.length > 0 && reading->rest.at[0] == '"') {
            if (!take_quoted(reading, &cell)) return false;
        } else {
            cell = take_plain(reading);
        }
        reading->cells[reading->count++] = slice_trim(cell);
        if (!take_end(reading, &more)) return false;
    }
    return true;
}

static bool is_empty_row(const struct reading *reading)
{
    return reading->count == 1 && reading->cells[0].length == 0;
}

static bool read_header(struct reading *reading)
{
    if (!take_row(reading)) return false;
    for (size_t i = 0; i < COLUMNS; i++) {
        reading->columns[i] = CELLS_LARGEST;
        for (size_t k = 0; k < reading->count; k++) {
            if (!slice_is(reading->cells[k], column_names[i])) continue;
            if (reading->columns[i] != CELLS_LARGEST)
                return fail_at(reading, ERROR_SYNTAX, "names a column twice");
            reading->columns[i] = k;
        }
    }
    if (reading->columns[COLUMN_ID] != CELLS_LARGEST &&
        reading->columns[COLUMN_GIVEN] != CELLS_LARGEST)
        return true;
    fail_at(reading, ERROR_SYNTAX, "has no column `id` or none `given`");
    return error_advise(reading->error,
                        "Begin with the line: id,kind,given,family,known_as,year,school");
}

static struct slice cell_of(const struct reading *reading, enum column column)
{
    size_t at = reading->columns[column];
    return at < reading->count ? reading->cells[at] : SLICE_EMPTY;
}

static bool read_kind(struct reading *reading, enum name_kind *ret_kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!slice_is(cell_of(reading, COLUMN_KIND), kinds[i].word)) continue;
        *ret_kind = kinds[i].kind;
        return true;
    }
    fail_at(reading, ERROR_WORD, "has a kind of person that is not known");
    return error_advise(reading->error, "Write pupil, staff, parent or other.");
}

static bool read_person(struct reading *reading, struct name_person *ret_person)
{
    struct name_person person = {
        cell_of(reading, COLUMN_ID),
        cell_of(reading, COLUMN_GIVEN),
        cell_of(reading, COLUMN_FAMILY),
        cell_of(reading, COLUMN_KNOWN_AS),
        cell_of(reading, COLUMN_YEAR),
        cell_of(reading, COLUMN_SCHOOL),
        NAME_OTHER,
    };
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->cells[i].length > NAME_FIELD_LARGEST)
            return fail_at(reading, ERROR_LIMIT, "has a cell of more than 120 bytes");
    }
    if (person.id.length == 0) return fail_at(reading, ERROR_SYNTAX, "has no id");
    if (person.given.length == 0 && person.family.length == 0)
        return fail_at(reading, ERROR_SYNTAX, "names nobody");
    if (!read_kind(reading, &person.kind)) return false;
    *ret_person = person;
    return true;
}

static bool read_people(struct reading *reading, struct name_people *people)
{
    struct map ids;
    map_init(&ids, reading->arena);
    while (reading->rest.length > 0) {
        if (!take_row(reading)) return false;
        if (is_empty_row(reading)) continue;
        struct name_person person = {.id = SLICE_EMPTY};
        if (!read_person(reading, &person)) return false;
        if (map_set(&ids, person.id, 1) >= 0)
            return fail_at(reading, ERROR_MEANING, "has an id that stood there before");
        if (people->list.count == NAMES_LARGEST)
            return fail_at(reading, ERROR_LIMIT, "is one person more than a roster may hold");
        LIST_PUSH(reading->arena, &people->list, person);
    }
    return true;
}

bool names_read(struct slice csv, struct arena *arena, struct name_people *ret_people,
                struct error *error)
{
    if (slice_starts(csv, SLICE("\xEF\xBB\xBF"))) csv = slice_part(csv, 3, csv.length);
    struct reading reading = {.rest = csv, .arena = arena, .error = error, .next_line = 1};
    size_t sound = utf8_check(csv);
    if (sound < csv.length) {
        reading.line = 1;
        for (size_t i = 0; i < sound; i++) reading.line += csv.at[i] == '\n';
        return fail_at(&reading, ERROR_ENCODING, "is not UTF-8");
    }
    struct name_people people = {.list = {.count = 0}};
    if (!read_header(&reading) || !read_people(&reading, &people)) return false;
    *ret_people = people;
    return true;
}
