/* The roster as CSV: a header that names the columns, one person a line. RFC 4180's quotes; blanks around a cell do not count. A cell with
 * a doubled quote in it is copied, every other one is borrowed. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "screen/names_parts.h"

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
    size_t width;            /* cells of the header */
    struct slice cells[CELLS_LARGEST];
    size_t count;
};

static bool fail_at(struct reading *reading, enum error_code code, const char *what,
                    const char *advice)
{
    (void)error_set(reading->error, code, "line %zu of the roster %s", reading->line, what);
    (void)error_advise(reading->error, "%s", advice);
    return error_at(reading->error, SLICE_EMPTY, reading->line, 1);
}

/* Capitals do not matter to the words that are ours: Pupil, ID. */
static bool is_word(struct slice cell, const char *word)
{
    size_t length = strlen(word);
    if (cell.length != length) return false;
    for (size_t i = 0; i < length; i++) {
        char c = cell.at[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c) != word[i]) return false;
    }
    return true;
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
    if (at >= rest.length)
        return fail_at(reading, ERROR_SYNTAX, "has a quote that never ends",
                       "Close the quotes; write a quote within them twice.");
    *ret_cell = unquoted(reading, slice_part(rest, 1, at));
    reading->rest = slice_part(rest, at + 1, rest.length);
    return true;
}

static struct slice take_plain(struct reading *reading)
{
    size_t at = 0;
    for (; at < reading->rest.length; at++) {
        char c = reading->rest.at[at];
        if (c == ',' || c == '\r' || c == '\n') break;
    }
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
        return fail_at(reading, ERROR_SYNTAX, "has something behind a closing quote",
                       "Write a quote within quotes twice: \"Ann \"\"Annie\"\"\"");
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
            return fail_at(reading, ERROR_LIMIT, "has more than 64 columns",
                           "Keep id,kind,given,family,known_as,year,school.");
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
    reading->width = reading->count;
    for (size_t i = 0; i < COLUMNS; i++) {
        reading->columns[i] = CELLS_LARGEST;
        for (size_t k = 0; k < reading->count; k++) {
            if (!is_word(reading->cells[k], column_names[i])) continue;
            if (reading->columns[i] != CELLS_LARGEST)
                return fail_at(reading, ERROR_SYNTAX, "names a column twice",
                               "Take out the one that is not meant.");
            reading->columns[i] = k;
        }
    }
    if (reading->columns[COLUMN_ID] != CELLS_LARGEST &&
        reading->columns[COLUMN_GIVEN] != CELLS_LARGEST)
        return true;
    return fail_at(reading, ERROR_SYNTAX, "has no column `id` or none `given`",
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
        if (!is_word(cell_of(reading, COLUMN_KIND), kinds[i].word)) continue;
        *ret_kind = kinds[i].kind;
        return true;
    }
    return fail_at(reading, ERROR_WORD, "has a kind of person that is not known",
                   "Write pupil, staff, parent or other.");
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
            return fail_at(reading, ERROR_LIMIT, "has a cell of more than 120 bytes",
                           "Shorten it: look whether a quote or a line end is missing.");
    }
    for (size_t i = reading->width; i < reading->count; i++) {
        if (reading->cells[i].length > 0)
            return fail_at(reading, ERROR_SYNTAX, "has more cells than there are columns",
                           "Put quotes around a cell with a comma in it.");
    }
    if (person.id.length == 0)
        return fail_at(reading, ERROR_SYNTAX, "has no id", "Give everybody an id of their own.");
    if (person.given.length == 0 && person.family.length == 0)
        return fail_at(reading, ERROR_SYNTAX, "names nobody",
                       "Write a name under `given`, or take the line out.");
    if (!read_kind(reading, &person.kind)) return false;
    *ret_person = person;
    return true;
}

/* Whoever takes the people of a roster, one after the other. */
struct taking {
    bool (*take)(void *context, struct reading *reading, const struct name_person *person);
    void *context;
};

static bool read_people(struct reading *reading, const struct taking *taking)
{
    for (size_t count = 0; reading->rest.length > 0;) {
        if (!take_row(reading)) return false;
        if (is_empty_row(reading)) continue;
        struct name_person person = {.id = SLICE_EMPTY};
        if (!read_person(reading, &person)) return false;
        if (count++ == NAMES_LARGEST)
            return fail_at(reading, ERROR_LIMIT, "is one person more than a roster may hold",
                           "Leave out people who left long ago.");
        if (!taking->take(taking->context, reading, &person)) return false;
    }
    return true;
}

static bool read_all(struct reading *reading, struct slice csv, const struct taking *taking)
{
    if (slice_starts(csv, SLICE("\xEF\xBB\xBF"))) csv = slice_part(csv, 3, csv.length);
    reading->rest = csv;
    reading->next_line = 1;
    size_t sound = utf8_check(csv);
    if (sound < csv.length) {
        reading->line = 1;
        for (size_t i = 0; i < sound; i++) reading->line += csv.at[i] == '\n';
        return fail_at(reading, ERROR_ENCODING, "is not UTF-8", "Save it as UTF-8 and try again.");
    }
    return read_header(reading) && read_people(reading, taking);
}

static bool fail_twice(struct reading *reading)
{
    return fail_at(reading, ERROR_MEANING, "has an id that stood there before",
                   "Give each person an id of their own, and one line.");
}

/* ---- a list of people --------------------------------------------------------------------------- */

struct listing {
    struct map ids;
    struct name_people people;
};

static bool list_person(void *context, struct reading *reading, const struct name_person *person)
{
    struct listing *listing = context;
    if (map_set(&listing->ids, person->id, 1) >= 0) return fail_twice(reading);
    LIST_PUSH(reading->arena, &listing->people.list, *person);
    return true;
}

bool names_read(struct slice csv, struct arena *arena, struct name_people *ret_people,
                struct error *error)
{
    struct listing listing = {.people = {.list = {.count = 0}}};
    struct reading reading = {.arena = arena, .error = error};
    map_init(&listing.ids, arena);
    if (!read_all(&reading, csv, &(struct taking){list_person, &listing})) return false;
    *ret_people = listing.people;
    return true;
}

/* ---- an index of them --------------------------------------------------------------------------- */

/* The ids so far, as places in the index, which has them: an id costs eight bytes at most. */
struct indexing {
    struct name_core *core;
    uint32_t *ids; /* 0: free, else a person's place and one */
    size_t id_space;
};

/* False where it stood there before. */
static bool note_id(struct indexing *indexing, struct slice id)
{
    size_t mask = indexing->id_space - 1, at = slice_hash(id) & mask;
    for (; indexing->ids[at] != 0; at = (at + 1) & mask) {
        struct name_person other = name_core_person(indexing->core, indexing->ids[at] - 1);
        if (slice_equal(other.id, id)) return false;
    }
    indexing->ids[at] = (uint32_t)indexing->core->count + 1;
    return true;
}

static bool index_person(void *context, struct reading *reading, const struct name_person *person)
{
    struct indexing *indexing = context;
    if (!note_id(indexing, person->id)) return fail_twice(reading);
    bool added = name_core_add(indexing->core, person, reading->error);
    arena_reset(reading->arena);
    return added;
}

/* As many of a byte as there are, but no more than a roster may hold people. */
static size_t count_of(struct slice csv, char c)
{
    size_t count = 1;
    for (size_t i = 0; i < csv.length; i++) count += csv.at[i] == c;
    return count < NAMES_LARGEST ? count : NAMES_LARGEST;
}

static void indexing_init(struct indexing *indexing, struct slice csv)
{
    size_t lines = count_of(csv, '\n'), returns = count_of(csv, '\r'), space = 64;
    while (space < (lines + returns) / 2 * 3) space *= 2;
    indexing->id_space = space;
    indexing->ids = calloc(space, sizeof *indexing->ids);
    if (indexing->ids == NULL) abort();
    indexing->core = name_core_begin(lines > 1 ? lines : returns, false);
}

struct name_index *names_load(struct slice csv, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct reading reading = {.arena = arena, .error = error};
    struct indexing indexing;
    indexing_init(&indexing, csv);
    bool read = read_all(&reading, csv, &(struct taking){index_person, &indexing});
    free(indexing.ids);
    if (!read) {
        name_core_free(indexing.core);
        return NULL;
    }
    name_core_end(indexing.core);
    return name_index_of(indexing.core);
}
