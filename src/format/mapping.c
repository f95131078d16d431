/* The mapping's text: `left = right`, a line each. mapping_read.c reads a table by it,
 * mapping_date.c knows the dates. */
#include "format/mapping.h"

#include <strings.h>

#include "base/utf8.h"
#include "format/mapping_date.h"

struct reading {
    struct slice name;
    size_t line;
    struct arena *arena;
    struct mapping *mapping;
    bool dated; /* a date format was given */
};

static bool refuse(const struct reading *reading, struct error *error, const char *what,
                   const char *advice)
{
    error_set(error, ERROR_SYNTAX, "%s", what);
    error_advise(error, "%s", advice);
    return error_at(error, reading->name, reading->line, 1);
}

static bool contains_any_case(struct slice text, struct slice word)
{
    for (size_t i = 0; i + word.length <= text.length; i++) {
        if (strncasecmp(text.at + i, word.at, word.length) == 0) return true;
    }
    return false;
}

static bool is_secret(struct slice header)
{
    return contains_any_case(header, SLICE("password")) ||
           contains_any_case(header, SLICE("passcode")) || contains_any_case(header, SLICE("pwd"));
}

static enum mapping_field field_of(struct slice word)
{
    static const char *const words[] = {
#define X(name, word) word,
        MAPPING_FIELDS(X)
#undef X
    };
    for (size_t i = 0; i < MAPPING_FIELD_COUNT; i++) {
        if (slice_is(word, words[i])) return (enum mapping_field)i;
    }
    return MAPPING_FIELD_COUNT;
}

static bool take_column(struct reading *reading, struct slice header, struct slice word,
                        struct error *error)
{
    enum mapping_field field = field_of(word);
    if (is_secret(header))
        return refuse(reading, error, "A column of passwords is never read.",
                      "Take this line out; better still, take the column out of the report.");
    if (field == MAPPING_FIELD_COUNT)
        return refuse(reading, error, "What stands after = is no field of ours.",
                      "Fields are: source id, given name, family name, known as, date of birth, "
                      "email, phone, username, role, role from, role until, school, school name, "
                      "left on, parents, children.");
    if (reading->mapping->headers[field].length > 0)
        return refuse(reading, error, "The field has a column already.",
                      "Keep one line for each field.");
    reading->mapping->headers[field] = arena_copy(reading->arena, header);
    return true;
}

static bool role_word(struct reading *reading, struct slice word, enum roster_role *ret_role,
                      struct error *error)
{
    *ret_role = roster_role_find(word);
    if (*ret_role != ROSTER_ROLE_COUNT) return true;
    return refuse(reading, error, "What stands after = is no role of ours.",
                  "Roles are: teacher, teaching-assistant, support-staff, headteacher, "
                  "safeguarding-lead, administrator, contractor, volunteer, governor, trustee, "
                  "pupil, parent, visitor.");
}

static bool take_value(struct reading *reading, struct slice theirs, struct slice word,
                       struct error *error)
{
    struct mapping_value value = {arena_copy(reading->arena, theirs), ROSTER_ROLE_COUNT};
    bool nothing = slice_is(word, "nothing");
    if (!nothing && !role_word(reading, word, &value.role, error)) return false;
    for (size_t i = 0; i < reading->mapping->values.count; i++) {
        struct slice other = reading->mapping->values.at[i].theirs;
        if (other.length == theirs.length && strncasecmp(other.at, theirs.at, theirs.length) == 0)
            return refuse(reading, error, "This role value has a line already.",
                          "Keep one line for each value; capital letters do not matter.");
    }
    LIST_PUSH(reading->arena, &reading->mapping->values, value);
    return true;
}

static bool take_date_format(struct reading *reading, struct slice word, struct error *error)
{
    const struct mapping_date *found = mapping_date_find(word);
    if (reading->dated)
        return refuse(reading, error, "The date format is given twice.", "Keep one of the lines.");
    if (found == NULL) {
        error_set(error, ERROR_SYNTAX, "The date format is not known.");
        error_advise(error, "Write %s.", mapping_date_names);
        return error_at(error, reading->name, reading->line, 1);
    }
    reading->mapping->read_date = found->read;
    reading->dated = true;
    return true;
}

static bool take_every(struct reading *reading, bool role, struct slice word, struct error *error)
{
    struct mapping *mapping = reading->mapping;
    if (role ? mapping->has_every_role : mapping->every_school.length > 0)
        return refuse(reading, error, "This is given twice.", "Keep one of the lines.");
    if (!role) {
        mapping->every_school = arena_copy(reading->arena, word);
        return true;
    }
    mapping->has_every_role = true;
    return role_word(reading, word, &mapping->every_role, error);
}

/* The last = parts a line, so that a header may hold one. */
static bool take_line(struct reading *reading, struct slice line, struct error *error)
{
    size_t equals = line.length;
    for (size_t i = 0; i < line.length; i++) equals = line.at[i] == '=' ? i : equals;
    struct slice left = slice_trim(slice_part(line, 0, equals));
    struct slice right = slice_trim(slice_part(line, equals + 1, line.length));
    if (left.length == 0 || right.length == 0)
        return refuse(reading, error, "The line is not of the form `their header = our field`.",
                      "Write for example: Surname = family name. A comment begins with #.");
    if (slice_is(left, "date format")) return take_date_format(reading, right, error);
    if (slice_is(left, "every role")) return take_every(reading, true, right, error);
    if (slice_is(left, "every school")) return take_every(reading, false, right, error);
    struct slice value = SLICE("role value ");
    if (slice_starts(left, value))
        return take_value(reading, slice_trim(slice_part(left, value.length, left.length)), right,
                          error);
    return take_column(reading, left, right, error);
}

/* What only the whole text can show. */
static bool check_whole(struct reading *reading, struct error *error)
{
    const struct mapping *mapping = reading->mapping;
    const struct slice *headers = mapping->headers;
    bool dates = headers[MAPPING_BIRTH].length > 0 || headers[MAPPING_LEFT].length > 0 ||
                 headers[MAPPING_ROLE_FROM].length > 0 || headers[MAPPING_ROLE_UNTIL].length > 0;
    bool role = headers[MAPPING_ROLE].length > 0;
    bool school = headers[MAPPING_SCHOOL].length > 0;
    reading->line = 0;
    if (headers[MAPPING_ID].length == 0)
        return refuse(reading, error, "No column is the source id.",
                      "Name the column that stays the same for a person year by year, such as an "
                      "admission or staff number: Adno = source id.");
    if (headers[MAPPING_GIVEN].length == 0 && headers[MAPPING_FAMILY].length == 0)
        return refuse(reading, error, "No column is a name.",
                      "Add lines for given name and family name.");
    if (role == mapping->has_every_role)
        return refuse(reading, error, "It has to be said once what people are.",
                      "Either name the column: Post = role, or say of all: every role = pupil.");
    if (mapping->values.count > 0 && !role)
        return refuse(reading, error, "There are role values and no role column.",
                      "Name the column: Post = role.");
    if (school && mapping->every_school.length > 0)
        return refuse(reading, error, "Both a school column and one school for all are given.",
                      "Keep one of the lines.");
    if (dates && !reading->dated)
        return refuse(reading, error, "Dates are read, and it is not said how they are written.",
                      "Add a line such as: date format = dd/mm/yyyy.");
    return true;
}

bool mapping_parse(struct slice name, struct slice text, struct arena *arena,
                   struct mapping *ret_mapping, struct error *error)
{
    struct mapping mapping = {.every_school = SLICE_EMPTY};
    for (size_t i = 0; i < MAPPING_FIELD_COUNT; i++) mapping.headers[i] = SLICE_EMPTY;
    struct reading reading = {.name = name, .arena = arena, .mapping = &mapping};
    if (text.length > MAPPING_SIZE_LARGEST)
        return refuse(&reading, error, "The mapping is longer than 64 KiB.",
                      "It has a line for each column that is read, no more.");
    if (slice_starts(text, SLICE("\xEF\xBB\xBF"))) text = slice_part(text, 3, text.length);
    struct slice line;
    while (slice_line(&text, &line)) {
        reading.line++;
        if (utf8_check(line) != line.length)
            return refuse(&reading, error, "The line is not UTF-8.", "Save the mapping as UTF-8.");
        line = slice_trim(line);
        if (line.length == 0 || line.at[0] == '#') continue;
        if (!take_line(&reading, line, error)) return false;
    }
    if (!check_whole(&reading, error)) return false;
    *ret_mapping = mapping;
    return true;
}
