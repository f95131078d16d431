/* The lines `key: value` at the top of a document (grammar.md section 2.1), each key once, none that is not in the table. */
#include "policy/document_reader.h"

#include "policy/phrase.h"

#include <string.h>

#define NAMES_LARGEST 100

enum key {
    KEY_POLICY,
    KEY_TITLE,
    KEY_VERSION,
    KEY_FORCE,
    KEY_NORMS,
    KEY_READS,
    KEY_BASED,
    KEY_NAMES,
    KEY_WORDS,
    KEY_LAW,
    KEY_ORGANISATION,
    KEYS
};

static const char *const key_names[KEYS] = {"policy", "title", "version",     "in force from",
                                            "norms",  "reads", "based on",    "names",
                                            "words",  "law",   "organisation"};
#define KEYS_NEEDED 4 /* the first ones of the table */

static const char name_advice[] =
    "a name begins with a small letter and holds small letters, digits and hyphens";

/* `[a-z][a-z0-9-]*` */
static bool is_name(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if (!((c >= 'a' && c <= 'z') || (i > 0 && ((c >= '0' && c <= '9') || c == '-'))))
            return false;
    }
    return text.length > 0;
}

/* The name of a file in the same place: no folder, nothing hidden. */
static bool is_file_name(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (i == 0 || (c != '.' && c != '-' && c != '_'))) return false;
    }
    return text.length > 0;
}

static void read_name(struct document_reader *reader, struct slice value, struct slice *ret_name)
{
    if (is_name(value))
        *ret_name = value;
    else
        reader_fault(reader, value, ERROR_SYNTAX, name_advice, "'%.*s' is no name",
                     SLICE_PRINT(problem_quote(value)));
}

static void read_file_name(struct document_reader *reader, struct slice value,
                           struct slice *ret_name)
{
    if (is_file_name(value))
        *ret_name = value;
    else
        reader_fault(reader, value, ERROR_SYNTAX,
                     "write a file name without a folder, such as words.md",
                     "'%.*s' is no file name", SLICE_PRINT(problem_quote(value)));
}

static void read_force(struct document_reader *reader, struct slice value)
{
    struct document *document = reader->document;
    if (!date_parse_month(value, &document->in_force, &document->in_force_month))
        reader_fault(reader, value, ERROR_SYNTAX, "write 2024-03-15 or March 2024",
                     "'%.*s' is no date", SLICE_PRINT(problem_quote(value)));
}

/* Readings adopted, with blanks or commas between. */
static void read_readings(struct document_reader *reader, struct slice value)
{
    size_t at = 0;
    while (at < value.length) {
        size_t end = at;
        while (end < value.length && value.at[end] != ' ' && value.at[end] != '\t' &&
               value.at[end] != ',')
            end++;
        struct slice reading = slice_part(value, at, end);
        int64_t number = 0;
        at = end + 1;
        if (reading.length == 0) continue;
        if (reading.at[0] == 'R' && slice_number(slice_part(reading, 1, reading.length), &number) &&
            number >= 1 && number <= 31)
            reader->document->reads |= 1u << number;
        else
            reader_fault(reader, reading, ERROR_SYNTAX, "write readings as R1 R2 R4",
                         "'%.*s' is no reading", SLICE_PRINT(problem_quote(reading)));
    }
}

static bool is_plain(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (strchr("`|<>{}#\"~", text.at[i]) != NULL) return false;
    }
    return text.length > 0;
}

/* `Geeks Room = Imbue Ventures, the team leader = the mentor`: what the base's text is read with. */
static void read_names(struct document_reader *reader, struct slice value)
{
    struct document *document = reader->document;
    struct slice rest = value, pair;
    while (slice_split(&rest, ',', &pair)) {
        size_t equal = slice_find(pair, '=');
        struct naming naming = {slice_trim(slice_part(pair, 0, equal)),
                                slice_trim(slice_part(pair, equal + 1, pair.length))};
        if (!is_plain(naming.from) || !is_plain(naming.to) ||
            slice_find(naming.to, '=') < naming.to.length) {
            reader_fault(reader, slice_trim(pair).length > 0 ? slice_trim(pair) : value,
                         ERROR_SYNTAX, "write the base's name, '=', and the name used here",
                         "'%.*s' does not say what stands for what",
                         SLICE_PRINT(problem_quote(slice_trim(pair))));
            return;
        }
        for (size_t i = 0; i < document->names.count; i++) {
            if (slice_equal(document->names.at[i].from, naming.from))
                reader_fault(reader, naming.from, ERROR_MEANING, "keep one of the two",
                             "'%.*s' is given two names", SLICE_PRINT(problem_quote(naming.from)));
        }
        if (document->names.count == NAMES_LARGEST) {
            reader_fault(reader, pair, ERROR_LIMIT, "name what differs, and no more",
                         "there are more than %d names", NAMES_LARGEST);
            return;
        }
        LIST_PUSH(document->arena, &document->names, naming);
    }
}

/* `Oak Lane; Oak Lane School`: what the text calls the organisation. */
static void read_organisation(struct document_reader *reader, struct slice value)
{
    struct document *document = reader->document;
    struct slice rest = value, name;
    while (slice_split(&rest, ';', &name)) {
        name = slice_trim(name);
        if (!is_plain(name) || document->organisation.count == NAMES_LARGEST) {
            reader_fault(reader, value, ERROR_SYNTAX,
                         "write the names that the text uses, with ';' between, in plain letters",
                         "'%.*s' does not say what the organisation is called",
                         SLICE_PRINT(problem_quote(value)));
            return;
        }
        LIST_PUSH(document->arena, &document->organisation, name);
    }
}

static void read_value(struct document_reader *reader, enum key key, struct slice value)
{
    struct document *document = reader->document;
    switch (key) {
    case KEY_POLICY: read_name(reader, value, &document->policy); return;
    case KEY_TITLE: document->title = value; return;
    case KEY_VERSION: document->version = value; return;
    case KEY_FORCE: read_force(reader, value); return;
    case KEY_NORMS: read_name(reader, value, &document->norms_prefix); return;
    case KEY_READS: read_readings(reader, value); return;
    case KEY_BASED:
        read_name(reader, value, &document->based_on);
        document->based_line = reader->number;
        return;
    case KEY_NAMES: read_names(reader, value); return;
    case KEY_WORDS: read_file_name(reader, value, &document->words); return;
    case KEY_LAW: read_file_name(reader, value, &document->law); return;
    case KEY_ORGANISATION: read_organisation(reader, value); return;
    case KEYS: return;
    }
}

/* Which key the line begins with, or KEYS and an error; `ret_value` gets what stands behind the colon. */
static enum key read_key(struct document_reader *reader, struct slice *ret_value)
{
    struct slice line = slice_trim(reader->line);
    size_t colon = slice_find(line, ':');
    if (colon == line.length) {
        reader_fault(reader, line, ERROR_SYNTAX,
                     "write 'key: value', and end the front matter with a line '---'",
                     "this line of the front matter has no colon");
        return KEYS;
    }
    struct slice name = slice_trim(slice_part(line, 0, colon));
    *ret_value = slice_trim(slice_part(line, colon + 1, line.length));
    for (int i = 0; i < KEYS; i++) {
        if (slice_is(name, key_names[i])) return (enum key)i;
    }
    const char *near = phrase_nearest_name(key_names, KEYS, name);
    reader_fault(reader, name, ERROR_WORD,
                 "take the line out, or use a key that the front matter has",
                 near != NULL ? "I do not know the key '%.*s'; did you mean '%s'?"
                              : "I do not know the key '%.*s'",
                 SLICE_PRINT(problem_quote(name)), near);
    return KEYS;
}

static void read_key_line(struct document_reader *reader, unsigned *seen)
{
    struct slice value = SLICE_EMPTY;
    enum key key = read_key(reader, &value);
    if (key == KEYS) return;
    if ((*seen & (1u << key)) != 0) {
        reader_fault(reader, slice_trim(reader->line), ERROR_MEANING, "keep one of the two lines",
                     "the key '%s' is used twice", key_names[key]);
        return;
    }
    *seen |= 1u << key;
    if (value.length > 0)
        read_value(reader, key, value);
    else
        reader_fault(reader, slice_trim(reader->line), ERROR_SYNTAX,
                     "write a value, or take the line out", "the key '%s' has no value",
                     key_names[key]);
}

static void check_needed(struct document_reader *reader, unsigned seen, bool needed)
{
    for (int i = 0; needed && i < KEYS_NEEDED; i++) {
        if ((seen & (1u << i)) == 0)
            problems_add(reader->problems, false, ERROR_SYNTAX, reader->document->file, 1, 1,
                         "the front matter has no '%s'", key_names[i])
                ->advice = SLICE("add the line between the two lines '---'");
    }
    if ((seen & (1u << KEY_NAMES)) != 0 && (seen & (1u << KEY_BASED)) == 0)
        problems_add(reader->problems, false, ERROR_MEANING, reader->document->file, 1, 1,
                     "'names' says how a base is read, and there is no 'based on'")
            ->advice = SLICE("add 'based on: NAME', or take the line out");
}

static bool is_edge(struct slice line)
{
    return slice_starts(line, SLICE("---")) && slice_is(slice_trim(line), "---");
}

void front_matter_read(struct document_reader *reader, bool needed)
{
    struct slice rest = reader->rest;
    struct slice first;
    unsigned seen = 0;
    if (!slice_line(&rest, &first) || !is_edge(first)) {
        if (needed)
            problems_add(reader->problems, false, ERROR_SYNTAX, reader->document->file, 1, 1,
                         "this document has no front matter")
                ->advice =
                SLICE("begin with a line '---', lines such as 'policy: name', and a line '---'");
        return;
    }
    (void)reader_line(reader);
    while (reader_line(reader)) {
        if (is_edge(reader->line)) {
            check_needed(reader, seen, needed);
            return;
        }
        if (slice_trim(reader->line).length > 0) read_key_line(reader, &seen);
    }
    problems_add(reader->problems, false, ERROR_SYNTAX, reader->document->file, 1, 1,
                 "the front matter never ends")
        ->advice = SLICE("write a line '---' below its last key");
}
