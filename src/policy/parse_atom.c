/* One atom of a condition: which phrase it names, and the comparison that the phrase's kind allows (grammar.md sections 3
 * and 6). Where the kind does not fit, the message says what the phrase is. */
#include "policy/parser.h"
#include "policy/phrase.h"

static const char *kind_name(enum fact_kind kind)
{
    switch (kind) {
    case FACT_YES_NO:
    case FACT_PERSONAL: return "yes/no";
    case FACT_CHOICE: return "a choice";
    case FACT_NUMBER: return "a number";
    case FACT_TIME: return "a time";
    case FACT_DATE: return "a date";
    case FACT_RECORD: return "a record";
    }
    return "";
}

/* What the rest of the line takes the phrase for. */
static const char *wanted(const struct reader *reader)
{
    static const struct {
        const char *words, *kind;
    } forms[] = {
        {"is under", "a number"},     {"is at least", "a number"},  {"is over", "a number"},
        {"is at most", "a number"},   {"is between", "a time"},     {"is before", "a date"},
        {"is on or after", "a date"}, {"is on record", "a record"}, {"is refused", "a record"},
        {"FROM", "a record"},         {"is yes", "yes/no"},         {"is no", "yes/no"},
        {"is", "a choice"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (reader_sees(reader, forms[i].words)) return forms[i].kind;
    return "yes/no";
}

static bool wrong_type(const struct reader *reader, const struct fact *fact, struct slice named)
{
    return reader_fail(reader, named, ERROR_MEANING, "compare it as its row in words.md allows",
                       "'%.*s' is %s, not %s", SLICE_PRINT(fact->word.phrase),
                       kind_name(fact->kind), wanted(reader));
}

/* Where no other form follows: nothing, a route's ':', a deed's next keyword, or the `and` of `for every`. */
static bool ends_here(const struct reader *reader)
{
    return !reader_sees(reader, "is") && !reader_sees(reader, "FROM");
}

static bool read_yes_no(struct reader *reader, struct atom *atom)
{
    if (reader_take(reader, "is yes")) return true;
    if (reader_take(reader, "is no")) {
        atom->negated = !atom->negated;
        return true;
    }
    return ends_here(reader);
}

int read_value(struct reader *reader, const struct fact *fact)
{
    int best = -1;
    size_t longest = 0;
    for (size_t i = 0; i < fact->values.count; i++) {
        struct slice value = fact->values.at[i];
        struct slice next = slice_part(reader->rest, 0, value.length);
        bool ends = value.length == reader->rest.length ||
                    (value.length < reader->rest.length && (reader->rest.at[value.length] == ' ' ||
                                                            reader->rest.at[value.length] == ':'));
        if (!slice_equal(value, next) || !ends || value.length <= longest) continue;
        longest = value.length;
        best = (int)i;
    }
    if (best >= 0) reader_skip(reader, longest);
    return best;
}

static bool never(const struct reader *reader, const struct fact *fact)
{
    struct slice value = problem_quote(reader_piece(reader, WORD_FACT));
    struct slice list = SLICE_EMPTY;
    for (size_t i = 0; i < fact->values.count && i < 12; i++)
        list = arena_format(reader->parser->arena, "%.*s%s%.*s", SLICE_PRINT(list),
                            i > 0 ? ", " : "", SLICE_PRINT(fact->values.at[i]));
    list = slice_part(list, 0, 200);
    return reader_fail(reader, value, ERROR_WORD, "use one of these values",
                       "'%.*s' is never '%.*s'; it is one of %.*s", SLICE_PRINT(fact->word.phrase),
                       SLICE_PRINT(value), SLICE_PRINT(list));
}

static bool read_choice(struct reader *reader, const struct fact *fact, struct atom *atom)
{
    if (!reader_take(reader, "is")) return false;
    if (reader_take(reader, "not")) atom->negated = !atom->negated;
    int value = read_value(reader, fact);
    if (value < 0) return never(reader, fact);
    atom->kind = ATOM_CHOICE;
    atom->low = value;
    return true;
}

bool read_unit(struct reader *reader, const struct fact *fact)
{
    static const char *const units[] = {"year",  "month",  "week",  "day",  "hour",  "minute",
                                        "years", "months", "weeks", "days", "hours", "minutes"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!reader_sees(reader, units[i])) continue;
        struct slice word = reader_word(reader);
        size_t shorter = fact->unit.length < word.length ? fact->unit.length : word.length;
        if (shorter >= 3 &&
            slice_equal(slice_part(fact->unit, 0, shorter), slice_part(word, 0, shorter)))
            return true;
        return reader_fail(reader, word, ERROR_MEANING, "give the number in that unit",
                           "'%.*s' is counted in %.*s, not in %.*s", SLICE_PRINT(fact->word.phrase),
                           SLICE_PRINT(fact->unit.length > 0 ? fact->unit : SLICE("plain numbers")),
                           SLICE_PRINT(word));
    }
    return true;
}

bool read_bound(struct reader *reader, const struct fact *fact, int64_t *ret_number)
{
    struct slice here = reader->rest;
    if (!reader_number(reader, ret_number))
        return reader_fail(reader, here, ERROR_SYNTAX, "write a whole number, such as 18",
                           "'%.*s' is compared with a number", SLICE_PRINT(fact->word.phrase));
    if (*ret_number < fact->low || *ret_number > fact->high)
        return reader_fail(
            reader, reader_since(reader, here.at).length > 0 ? reader_since(reader, here.at) : here,
            ERROR_MEANING, "write a number in that range", "'%.*s' lies between %lld and %lld",
            SLICE_PRINT(fact->word.phrase), (long long)fact->low, (long long)fact->high);
    return read_unit(reader, fact);
}

static bool read_comparison(struct reader *reader, const struct fact *fact, struct atom *atom,
                            bool *ret_type)
{
    static const char *const forms[] = {[NUMBER_UNDER] = "is under",
                                        [NUMBER_AT_LEAST] = "is at least",
                                        [NUMBER_OVER] = "is over",
                                        [NUMBER_AT_MOST] = "is at most"};
    for (enum number_op op = NUMBER_UNDER; op <= NUMBER_AT_MOST; op++) {
        if (!reader_take(reader, forms[op])) continue;
        atom->kind = ATOM_NUMBER;
        atom->op = op;
        return read_bound(reader, fact, &atom->low);
    }
    *ret_type = false;
    return false;
}

bool read_clock(struct reader *reader, int64_t *ret_minute)
{
    struct reader ahead = *reader;
    struct slice word = reader_word(&ahead);
    int minute;
    if (word.length > 5) word = slice_part(word, 0, 5);
    if (!clock_parse(word, &minute))
        return reader_fail(reader, word, ERROR_SYNTAX, "write it as 18:00",
                           "'%.*s' is no time of day", SLICE_PRINT(word));
    reader_skip(reader, word.length);
    *ret_minute = minute;
    return true;
}

/* After `is between`. */
static bool read_window(struct reader *reader, int index, struct atom *atom)
{
    atom->kind = ATOM_TIME;
    atom->index = index;
    if (!read_clock(reader, &atom->low)) return false;
    if (!reader_take(reader, "and"))
        return reader_fail(reader, reader->rest, ERROR_SYNTAX,
                           "write it as in 'is between 18:00 and 07:30'", "'and' is missing here");
    return read_clock(reader, &atom->high);
}

static bool read_date(struct reader *reader, struct atom *atom, bool *ret_type)
{
    atom->kind = ATOM_DATE;
    if (reader_take(reader, "is before"))
        atom->op = NUMBER_UNDER;
    else if (reader_take(reader, "is on or after"))
        atom->op = NUMBER_AT_LEAST;
    else
        return *ret_type = false;
    struct reader ahead = *reader;
    struct slice word = slice_part(reader_word(&ahead), 0, 10);
    struct date date;
    if (!date_parse(word, &date))
        return reader_fail(reader, word, ERROR_SYNTAX, "write it as 2024-03-15",
                           "'%.*s' is no date", SLICE_PRINT(word));
    reader_skip(reader, word.length);
    atom->low = date_to_day(date);
    return true;
}

static bool read_record(struct reader *reader, struct atom *atom, bool *ret_type)
{
    atom->kind = ATOM_RECORD;
    if (reader_take(reader, "FROM") && !read_roles(reader, &atom->from)) return false;
    if (reader_take(reader, "is on record")) return true;
    if (reader_take(reader, "is refused")) return atom->refused = true;
    if (atom->from.list.count > 0)
        return reader_fail(reader, reader->rest, ERROR_SYNTAX,
                           "end the condition with 'is on record' or 'is refused'",
                           "'is on record' is missing here");
    return *ret_type = false;
}

/* A fact has been named; `named` is its text. */
static bool read_fact(struct reader *reader, int index, struct slice named, struct atom *atom)
{
    const struct fact *fact = &reader->parser->words->facts.at[index];
    bool type = true;
    bool done = false;
    atom->index = index;
    atom->kind = ATOM_FACT;
    size_t before = reader->parser->problems->errors;
    switch (fact->kind) {
    case FACT_YES_NO:
    case FACT_PERSONAL: done = type = read_yes_no(reader, atom); break;
    case FACT_CHOICE:
        type = reader_sees(reader, "is") && (fact->values.count > 0);
        done = type && read_choice(reader, fact, atom);
        break;
    case FACT_NUMBER: done = read_comparison(reader, fact, atom, &type); break;
    case FACT_TIME:
        type = reader_take(reader, "is between");
        done = type && read_window(reader, index, atom);
        break;
    case FACT_DATE: done = read_date(reader, atom, &type); break;
    case FACT_RECORD: done = read_record(reader, atom, &type); break;
    }
    if (done || reader->parser->problems->errors > before) return done;
    return wrong_type(reader, fact, named);
}

/* `the actor is (not) a teacher`, where no fact begins so. */
static bool read_person(struct reader *reader, struct atom *atom)
{
    atom->kind = ATOM_PERSON;
    if (reader_take(reader, "not")) atom->negated = !atom->negated;
    atom->index = reader_phrase(reader, WORD_PERSON);
    return atom->index >= 0 ||
           reader_unknown(reader, WORD_PERSON, reader_piece(reader, WORD_PERSON));
}

static bool read_channel(struct reader *reader, struct atom *atom)
{
    atom->kind = ATOM_CHANNEL;
    if (reader_take(reader, "not")) atom->negated = !atom->negated;
    atom->index = reader_phrase(reader, WORD_CHANNEL);
    return atom->index >= 0 ||
           reader_unknown(reader, WORD_CHANNEL, reader_piece(reader, WORD_CHANNEL));
}

/* The longest of the phrases that the rest begins with; a name of the policy before a word of the vocabulary. */
static int longest(const struct reader *reader, enum word_place *ret_place, size_t *ret_length)
{
    static const enum word_place order[] = {WORD_NAME, WORD_FACT, WORD_RECORD};
    int best = -1;
    *ret_length = 0;
    for (size_t i = 0; i < 3; i++) {
        size_t length = 0;
        int index = words_match(reader->parser->words, order[i], reader->rest, &length);
        if (index < 0) continue;
        struct slice after = slice_trim(slice_part(reader->rest, length, reader->rest.length));
        size_t took;
        bool record =
            order[i] == WORD_RECORD && length == *ret_length &&
            (reader_opens(after, "FROM", &took) || reader_opens(after, "is on record", &took) ||
             reader_opens(after, "is refused", &took));
        if (length <= *ret_length && !record) continue;
        *ret_length = length;
        *ret_place = order[i];
        best = index;
    }
    return best;
}

static bool read_phrase_atom(struct reader *reader, int index, enum word_place place, size_t length,
                             struct atom *atom)
{
    struct slice named = slice_trim(slice_part(reader->rest, 0, length));
    reader_skip(reader, length);
    if (place != WORD_NAME) return read_fact(reader, index, named, atom);
    atom->kind = ATOM_NAME;
    atom->index = index;
    if (read_yes_no(reader, atom)) return true;
    return reader_fail(reader, named, ERROR_MEANING, "use it as it stands, or with NOT before it",
                       "'%.*s' is yes/no, not %s",
                       SLICE_PRINT(reader->parser->words->names.at[index].word.phrase),
                       wanted(reader));
}

/* Forms that begin with fixed words; false with *ret_good untouched where none does. */
static bool fixed_form(struct reader *reader, struct atom *atom, bool *ret_good)
{
    enum person_of about = atom->person;
    atom->person = PERSON_ACTOR;
    if (reader_take(reader, "the act is done") || reader_sees(reader, "the act is planned")) {
        atom->kind = ATOM_DONE;
        if (reader_take(reader, "the act is planned")) atom->negated = !atom->negated;
        return *ret_good = true;
    }
    if (reader_take(reader, "the time is between")) {
        *ret_good = read_window(reader, -1, atom);
    } else if (reader_take(reader, "the actor is")) {
        *ret_good = read_person(reader, atom);
    } else if (reader_take(reader, "the other person is")) {
        atom->person = PERSON_OTHER;
        *ret_good = read_person(reader, atom);
    } else if (reader_take(reader, "the channel is")) {
        *ret_good = read_channel(reader, atom);
    } else {
        atom->person = about;
        return false;
    }
    return true;
}

bool read_atom(struct reader *reader, enum word_place about, struct atom *ret_atom)
{
    *ret_atom = (struct atom){.person = about == WORD_PERSON ? PERSON_SELF : PERSON_ACTOR,
                              .line = reader->line->number,
                              .column = reader_column(reader, reader->rest.at)};
    ret_atom->negated = reader_take(reader, "NOT");
    if (reader_done(reader))
        return reader_fail(reader, reader->rest, ERROR_SYNTAX, "write a phrase of words.md",
                           "a condition is missing here");
    enum word_place place = WORD_FACT;
    size_t length;
    bool good = false;
    int index = longest(reader, &place, &length);
    if (index >= 0) return read_phrase_atom(reader, index, place, length, ret_atom);
    if (fixed_form(reader, ret_atom, &good)) return good;
    struct slice text = slice_part(reader->rest, 0, slice_find(reader->rest, ':'));
    return reader_unknown(reader, WORD_FACT, slice_trim(text));
}
