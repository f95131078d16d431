/* What the rows of words.md mean: people, channels, acts, facts, records, readings (grammar.md section 6). All phrases and
 * ids are entered first, so that a row may refer to one below it; circles of `counts as` are looked for last. */
#include "policy/vocabulary.h"

#include "base/date.h"
#include "policy/lines.h"
#include "policy/phrase.h"

#define NUMBER_HIGHEST 120
#define VALUES_LARGEST 64 /* of one choice */

static const char *const channel_kinds[] = {"service", "account", "device"};
static const char *const act_kinds[] = {"act", "event", "duty"};
static const char *const act_actors[] = {"person", "anyone", "organisation", "office"};
static const char *const abouts[] = {"",        "actor",       "other", "each person shown",
                                     "account", "organisation"};
static const char *const sources[] = {"the asker",    "the register",   "screening",
                                      "the calendar", "the settings",   "the catalogue",
                                      "the case",     "the application"};

static const struct {
    const char *name;
    enum fact_kind kind;
    bool age;
} fact_kinds[] = {{"yes/no", FACT_YES_NO, false}, {"choice", FACT_CHOICE, false},
                  {"age", FACT_NUMBER, true},     {"count", FACT_NUMBER, false},
                  {"number", FACT_NUMBER, false}, {"duration", FACT_NUMBER, false},
                  {"time", FACT_TIME, false},     {"date", FACT_DATE, false},
                  {"record", FACT_RECORD, false}, {"per person shown", FACT_PERSONAL, false}};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static enum word_place place_of(const struct row *row, const struct words *words)
{
    static const enum word_place places[TABLES] = {WORD_PERSON, WORD_CHANNEL, WORD_ACT, WORD_FACT,
                                                   WORD_NAME};
    if (row->table == TABLE_FACTS && words->facts.at[row->index].kind == FACT_RECORD)
        return WORD_RECORD;
    return places[row->table];
}

static struct word *word_of(struct words *words, const struct row *row)
{
    switch (row->table) {
    case TABLE_PEOPLE: return &words->people.at[row->index].word;
    case TABLE_CHANNELS: return &words->channels.at[row->index].word;
    case TABLE_ACTS: return &words->acts.at[row->index].word;
    default: return &words->facts.at[row->index].word;
    }
}

/* The next member of a cell's list, cut at a comma or a semicolon; empty members are passed over. */
static bool next_member(struct slice *rest, struct slice *ret_member)
{
    while (rest->length > 0) {
        size_t end = 0;
        while (end < rest->length && rest->at[end] != ',' && rest->at[end] != ';') end++;
        *ret_member = slice_trim(slice_part(*rest, 0, end));
        *rest = slice_part(*rest, end + 1, rest->length);
        if (ret_member->length > 0) return true;
    }
    return false;
}

/* Which of the names the cell spells; `unsaid` where it is empty. Another text is an error, and gives `unsaid` too. */
static int name_in_cell(struct vocabulary *vocabulary, const struct row *row, enum column column,
                        const char *const *names, size_t count, int unsaid, const char *advice)
{
    struct slice cell = row->cell[column];
    for (size_t i = 0; i < count && cell.length > 0; i++) {
        if (slice_is(cell, names[i])) return (int)i;
    }
    if (cell.length == 0) return unsaid;
    const char *near = phrase_nearest_name(names, count, cell);
    vocabulary_fault(vocabulary, row, cell, ERROR_WORD, advice,
                     near != NULL ? "'%s' is never '%.*s'; did you mean '%s'?"
                                  : "'%s' is never '%.*s'",
                     vocabulary_column_name(column), SLICE_PRINT(problem_quote(cell)), near);
    return unsaid;
}

/* ---- first pass: phrases, ids, kinds ----------------------------------------------------------- */

static bool is_id(struct slice id)
{
    for (size_t i = 0; i < id.length; i++) {
        char c = id.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'))
            return false;
    }
    return id.length > 0;
}

static void enter_phrase(struct vocabulary *vocabulary, const struct row *row, struct slice phrase)
{
    struct words *words = vocabulary->words;
    enum word_place place = place_of(row, words);
    struct slice quote = problem_quote(phrase);
    int other;
    if (words_enter_phrase(words, place, phrase, row->index, &other)) return;
    if (other < 0)
        vocabulary_fault(vocabulary, row, phrase, ERROR_WORD, PHRASE_ADVICE,
                         "'%.*s' cannot be a phrase", SLICE_PRINT(quote));
    else
        vocabulary_fault(vocabulary, row, phrase, ERROR_MEANING, "let each phrase name one thing",
                         "phrase '%.*s' names both %.*s and %.*s", SLICE_PRINT(quote),
                         SLICE_PRINT(words_word(words, place, other)->id),
                         SLICE_PRINT(row->cell[COLUMN_ID]));
}

static void enter_id(struct vocabulary *vocabulary, const struct row *row)
{
    struct words *words = vocabulary->words;
    enum word_place place = place_of(row, words);
    struct slice id = row->cell[COLUMN_ID];
    enum word_place sibling = place == WORD_FACT     ? WORD_RECORD
                              : place == WORD_RECORD ? WORD_FACT
                                                     : place;
    if (words_find_id(words, sibling, id) >= 0 || words_enter_id(words, place, id, row->index) >= 0)
        vocabulary_fault(vocabulary, row, id, ERROR_MEANING, "give the row an id of its own",
                         "id '%.*s' is used twice", SLICE_PRINT(problem_quote(id)));
}

static const char fact_kind_advice[] = "write one of yes/no, choice, age, count, number, duration, "
                                       "time, date, record, per person shown";

/* A new fact of the kind that the row names; its index, or -1 and an error. */
static int add_fact(struct vocabulary *vocabulary, const struct row *row)
{
    struct words *words = vocabulary->words;
    const char *names[COUNT(fact_kinds)];
    for (size_t i = 0; i < COUNT(fact_kinds); i++) names[i] = fact_kinds[i].name;
    if (row->cell[COLUMN_KIND].length == 0)
        vocabulary_fault(vocabulary, row, row->text, ERROR_SYNTAX, fact_kind_advice,
                         "this fact has no kind");
    int kind =
        name_in_cell(vocabulary, row, COLUMN_KIND, names, COUNT(names), -1, fact_kind_advice);
    if (kind < 0) return -1;
    struct fact *fact = LIST_ADD(words->arena, &words->facts);
    fact->kind = fact_kinds[kind].kind;
    fact->age = fact_kinds[kind].age;
    return (int)words->facts.count - 1;
}

/* The index of the row's new word in its table, or -1 and an error. */
static int add_to_table(struct vocabulary *vocabulary, const struct row *row)
{
    struct words *words = vocabulary->words;
    struct channel *channel;
    switch (row->table) {
    case TABLE_PEOPLE: LIST_ADD(words->arena, &words->people); return (int)words->people.count - 1;
    case TABLE_CHANNELS:
        channel = LIST_ADD(words->arena, &words->channels);
        channel->kind = (enum channel_kind)name_in_cell(
            vocabulary, row, COLUMN_KIND, channel_kinds, COUNT(channel_kinds), CHANNEL_SERVICE,
            "a channel is a service, an account or a device");
        return (int)words->channels.count - 1;
    case TABLE_ACTS: LIST_ADD(words->arena, &words->acts); return (int)words->acts.count - 1;
    default: return add_fact(vocabulary, row);
    }
}

static void enter_reading(struct vocabulary *vocabulary, const struct row *row)
{
    struct words *words = vocabulary->words;
    struct slice id = row->cell[COLUMN_ID];
    int64_t number;
    if (id.length < 2 || id.at[0] != 'R' || !slice_number(slice_part(id, 1, id.length), &number) ||
        number < 1 || number > 31) {
        vocabulary_fault(vocabulary, row, id, ERROR_SYNTAX, "write R and a number from 1 to 31",
                         "'%.*s' is no id of a reading", SLICE_PRINT(problem_quote(id)));
        return;
    }
    for (size_t i = 0; i < words->readings.count; i++) {
        if (words->readings.at[i].number == (unsigned)number) {
            vocabulary_fault(vocabulary, row, id, ERROR_MEANING, "give the row an id of its own",
                             "id '%.*s' is used twice", SLICE_PRINT(id));
            return;
        }
    }
    LIST_PUSH(words->arena, &words->readings,
              (struct reading){.phrase = row->cell[COLUMN_PHRASE],
                               .id = id,
                               .adopted = row->cell[COLUMN_ADOPTED],
                               .not_adopted = row->cell[COLUMN_NOT_ADOPTED],
                               .number = (unsigned)number,
                               .line = row->line});
}

/* A row that names something: its place in a table of words, its phrase and synonyms, its id. */
static void enter_row(struct vocabulary *vocabulary, struct row *row)
{
    struct words *words = vocabulary->words;
    struct slice id = row->cell[COLUMN_ID];
    if (row->cell[COLUMN_PHRASE].length == 0) {
        vocabulary_fault(vocabulary, row, row->text, ERROR_SYNTAX, "write its phrase",
                         "this row has no phrase");
        return;
    }
    if (row->table == TABLE_READINGS) {
        enter_reading(vocabulary, row);
        return;
    }
    if (!is_id(id)) {
        vocabulary_fault(vocabulary, row, id.length > 0 ? id : row->text, ERROR_SYNTAX,
                         "an id holds small letters, digits, dots and hyphens", "'%.*s' is no id",
                         SLICE_PRINT(problem_quote(id)));
        return;
    }
    row->index = add_to_table(vocabulary, row);
    if (row->index < 0) return;
    struct word *word = word_of(words, row);
    word->phrase = row->cell[COLUMN_PHRASE];
    word->id = id;
    word->line = row->line;
    enter_phrase(vocabulary, row, word->phrase);
    enter_id(vocabulary, row);
    struct slice rest = row->cell[COLUMN_ALSO];
    struct slice synonym;
    while (next_member(&rest, &synonym)) {
        LIST_PUSH(words->arena, &word->also, synonym);
        enter_phrase(vocabulary, row, synonym);
    }
}

/* ---- second pass: what refers to other rows ---------------------------------------------------- */

/* A word of the place by phrase or id, or -1 and an error. */
static int refer(struct vocabulary *vocabulary, const struct row *row, enum word_place place,
                 struct slice text, const char *what)
{
    int index = words_find(vocabulary->words, place, text);
    if (index >= 0) return index;
    struct slice near = words_nearest(vocabulary->words, place, text);
    vocabulary_fault(vocabulary, row, text, ERROR_WORD,
                     "name a row of this document by its phrase or its id",
                     near.length > 0 ? "I do not know the %s '%.*s'; did you mean '%.*s'?"
                                     : "I do not know the %s '%.*s'",
                     what, SLICE_PRINT(problem_quote(text)), SLICE_PRINT(near));
    return -1;
}

static void resolve_counts_as(struct vocabulary *vocabulary, const struct row *row)
{
    static const char *const whats[TABLES] = {"person", "channel", "act", "fact", "reading"};
    struct word *word = word_of(vocabulary->words, row);
    struct slice rest = row->cell[COLUMN_COUNTS];
    struct slice member;
    while (next_member(&rest, &member)) {
        int index =
            refer(vocabulary, row, place_of(row, vocabulary->words), member, whats[row->table]);
        if (index >= 0) LIST_PUSH(vocabulary->words->arena, &word->counts_as, index);
    }
}

static void resolve_act(struct vocabulary *vocabulary, const struct row *row)
{
    struct words *words = vocabulary->words;
    struct act *act = &words->acts.at[row->index];
    if (row->cell[COLUMN_KIND].length == 0)
        vocabulary_fault(vocabulary, row, row->text, ERROR_SYNTAX, "write act, event or duty",
                         "this act has no kind");
    act->kind = (enum act_kind)name_in_cell(vocabulary, row, COLUMN_KIND, act_kinds,
                                            COUNT(act_kinds), ACT_ACT, "write act, event or duty");
    act->actor =
        (enum act_actor)name_in_cell(vocabulary, row, COLUMN_ACTOR, act_actors, COUNT(act_actors),
                                     ACTOR_PERSON, "write person, anyone, organisation or office");
    act->joins = row->cell[COLUMN_JOINS];
    act->refused = -1;
    if (row->cell[COLUMN_REFUSED].length > 0)
        act->refused = refer(vocabulary, row, WORD_ACT, row->cell[COLUMN_REFUSED], "act");
    struct slice rest = row->cell[COLUMN_BEFORE];
    struct slice member;
    while (next_member(&rest, &member)) {
        int index = refer(vocabulary, row, WORD_ACT, member, "act");
        if (index >= 0) LIST_PUSH(words->arena, &act->before, index);
    }
}

static void read_choices(struct vocabulary *vocabulary, const struct row *row, struct fact *fact)
{
    struct slice rest = row->cell[COLUMN_VALUES];
    struct slice value;
    while (next_member(&rest, &value)) {
        for (size_t i = 0; i < fact->values.count; i++) {
            if (slice_equal(fact->values.at[i], value))
                vocabulary_fault(vocabulary, row, value, ERROR_MEANING, "write each value once",
                                 "the value '%.*s' stands here twice",
                                 SLICE_PRINT(problem_quote(value)));
        }
        LIST_PUSH(vocabulary->words->arena, &fact->values, value);
    }
    if (fact->values.count > VALUES_LARGEST)
        vocabulary_fault(vocabulary, row, row->text, ERROR_LIMIT,
                         "ask for a number, or for several facts",
                         "this choice has more than %d values", VALUES_LARGEST);
    if (fact->values.count < 2)
        vocabulary_fault(vocabulary, row, row->text, ERROR_SYNTAX,
                         "list them in the column 'values', with commas",
                         "a choice needs at least two values");
}

/* `low..high` */
static bool read_range(struct slice text, struct fact *fact)
{
    size_t dots = slice_search(text, SLICE(".."));
    int64_t low, high;
    if (!slice_number(slice_part(text, 0, dots), &low) ||
        !slice_number(slice_part(text, dots + 2, text.length), &high) || low < 0 || low >= high)
        return false;
    fact->low = low;
    fact->high = high;
    return true;
}

/* A unit and a range, in any order, either may be left out. */
static void read_measure(struct vocabulary *vocabulary, const struct row *row, struct fact *fact)
{
    struct slice rest = row->cell[COLUMN_VALUES];
    struct slice part;
    fact->high = NUMBER_HIGHEST;
    while (slice_split(&rest, ' ', &part)) {
        while (part.length > 0 && part.at[part.length - 1] == ',') part.length--;
        if (part.length == 0) continue;
        if (slice_search(part, SLICE("..")) == part.length && fact->unit.length == 0) {
            fact->unit = part;
        } else if (!read_range(part, fact)) {
            vocabulary_fault(vocabulary, row, part, ERROR_SYNTAX,
                             "write a unit and a range, such as: years 0..120",
                             "'%.*s' is neither a unit nor a range",
                             SLICE_PRINT(problem_quote(part)));
            return;
        }
    }
}

static void read_values(struct vocabulary *vocabulary, const struct row *row, struct fact *fact)
{
    struct slice cell = row->cell[COLUMN_VALUES];
    fact->unit = SLICE_EMPTY;
    if (fact->kind == FACT_CHOICE)
        read_choices(vocabulary, row, fact);
    else if (fact->kind == FACT_NUMBER)
        read_measure(vocabulary, row, fact);
    else if (fact->kind == FACT_RECORD)
        fact->about = (enum record_about)name_in_cell(
            vocabulary, row, COLUMN_VALUES, abouts, COUNT(abouts), ABOUT_UNSAID,
            "a record is about: actor, other, each person shown, account or organisation");
    else if (cell.length > 0)
        vocabulary_fault(vocabulary, row, cell, ERROR_SYNTAX, "leave the cell empty",
                         "a fact of the kind '%.*s' has no values",
                         SLICE_PRINT(row->cell[COLUMN_KIND]));
}

/* A value as the kind of fact has it; false where it has no such value. */
static bool read_value(const struct fact *fact, struct slice text, int64_t *ret_value)
{
    struct date date;
    int minute;
    switch (fact->kind) {
    case FACT_CHOICE:
        for (size_t i = 0; i < fact->values.count; i++) {
            if (slice_equal(fact->values.at[i], text)) {
                *ret_value = (int64_t)i;
                return true;
            }
        }
        return false;
    case FACT_NUMBER:
        return slice_number(text, ret_value) && *ret_value >= fact->low && *ret_value <= fact->high;
    case FACT_TIME:
        if (!clock_parse(text, &minute)) return false;
        *ret_value = minute;
        return true;
    case FACT_DATE:
        if (!date_parse(text, &date)) return false;
        *ret_value = date_to_day(date);
        return true;
    default:
        *ret_value = slice_is(text, "yes");
        return slice_is(text, "yes") || slice_is(text, "no");
    }
}

/* The text behind a beginning, or false where it does not begin so. */
static bool after(struct slice text, struct slice beginning, struct slice *ret_rest)
{
    if (!slice_starts(text, beginning)) return false;
    *ret_rest = slice_trim(slice_part(text, beginning.length, text.length));
    return true;
}

static void read_unknown(struct vocabulary *vocabulary, const struct row *row, struct fact *fact)
{
    struct slice cell = row->cell[COLUMN_UNKNOWN];
    struct slice rest;
    int64_t value;
    fact->unknown = (struct unknown){.kind = UNKNOWN_WORST, .role = -1};
    if (cell.length == 0) {
        fact->unknown_empty = true;
        return;
    }
    if (after(cell, SLICE("refer to "), &rest)) {
        fact->unknown.role = refer(vocabulary, row, WORD_PERSON, rest, "person");
        if (fact->unknown.role >= 0) fact->unknown.kind = UNKNOWN_REFER;
        return;
    }
    if (fact->kind == FACT_NUMBER && after(cell, SLICE("treat as under "), &rest) &&
        read_value(fact, rest, &value) && value > fact->low) {
        fact->unknown = (struct unknown){.kind = UNKNOWN_UNDER, .value = value, .role = -1};
        return;
    }
    if (after(cell, SLICE("treat as "), &rest) && read_value(fact, rest, &value)) {
        fact->unknown = (struct unknown){.kind = UNKNOWN_VALUE, .value = value, .role = -1};
        return;
    }
    vocabulary_fault(vocabulary, row, cell, ERROR_MEANING,
                     "write 'treat as' and a value of the fact, 'treat as under' and a number, or "
                     "'refer to' and a person",
                     "'%.*s' does not fit this fact", SLICE_PRINT(problem_quote(cell)));
}

static void resolve_fact(struct vocabulary *vocabulary, const struct row *row)
{
    struct fact *fact = &vocabulary->words->facts.at[row->index];
    fact->question = row->cell[COLUMN_QUESTION];
    fact->source = (enum fact_source)name_in_cell(
        vocabulary, row, COLUMN_WHO, sources, COUNT(sources), KNOWS_ASKER,
        "write the asker, the register, screening, the calendar, the settings, the catalogue, the "
        "case or the application");
    read_values(vocabulary, row, fact);
    read_unknown(vocabulary, row, fact);
    if (fact->unknown_empty && fact->kind != FACT_RECORD)
        problem_point(
            problems_add(vocabulary->problems, true, ERROR_MEANING, vocabulary->words->file,
                         row->line, lines_column(row->text, row->cell[COLUMN_PHRASE]),
                         "'%.*s' says nothing for 'if not known'; every value would be tried",
                         SLICE_PRINT(problem_quote(fact->word.phrase))),
            fact->word.phrase, "write 'treat as' and the careful value");
}

/* ---- circles ----------------------------------------------------------------------------------- */

struct walk {
    const struct words *words;
    enum word_place place;
    unsigned char state[WORDS_LARGEST]; /* 0 not met, 1 on the way, 2 done */
    int way[WORDS_LARGEST];
    size_t member[WORDS_LARGEST]; /* next of each on the way */
    size_t length;
};

/* Walks on until the way comes back to itself (true) or everything behind `start` is done. */
static bool finds_circle(struct walk *walk, int start, int *ret_again)
{
    walk->length = 1;
    walk->way[0] = start;
    walk->member[0] = 0;
    walk->state[start] = 1;
    while (walk->length > 0) {
        size_t top = walk->length - 1;
        const struct word *word = words_word(walk->words, walk->place, walk->way[top]);
        if (walk->member[top] == word->counts_as.count) {
            walk->state[walk->way[top]] = 2;
            walk->length--;
            continue;
        }
        int next = word->counts_as.at[walk->member[top]++];
        if (walk->state[next] == 1) {
            *ret_again = next;
            return true;
        }
        if (walk->state[next] == 0) {
            walk->state[next] = 1;
            walk->way[walk->length] = next;
            walk->member[walk->length++] = 0;
        }
    }
    return false;
}

static void report_circle(struct vocabulary *vocabulary, const struct walk *walk, int again)
{
    struct words *words = vocabulary->words;
    size_t from = 0;
    while (walk->way[from] != again) from++;
    struct slice path = SLICE_EMPTY;
    for (size_t i = from; i < walk->length && i < from + 8; i++)
        path = arena_format(words->arena, "%.*s%.*s > ", SLICE_PRINT(path),
                            SLICE_PRINT(words_word(words, walk->place, walk->way[i])->id));
    const struct word *word = words_word(words, walk->place, again);
    problems_add(vocabulary->problems, false, ERROR_MEANING, words->file, word->line, 1,
                 "'counts as' goes in a circle: %.*s%.*s", SLICE_PRINT(path), SLICE_PRINT(word->id))
        ->advice = SLICE("take one of these out of the column");
}

static void check_circles(struct vocabulary *vocabulary, enum word_place place)
{
    struct walk walk = {.words = vocabulary->words, .place = place};
    int again;
    for (size_t i = 0; i < words_count(vocabulary->words, place); i++) {
        if (walk.state[i] == 0 && finds_circle(&walk, (int)i, &again)) {
            report_circle(vocabulary, &walk, again);
            return;
        }
    }
}

void vocabulary_enter(struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < vocabulary->rows.count; i++)
        enter_row(vocabulary, &vocabulary->rows.at[i]);
    for (size_t i = 0; i < vocabulary->rows.count; i++) {
        const struct row *row = &vocabulary->rows.at[i];
        if (row->index < 0) continue;
        resolve_counts_as(vocabulary, row);
        if (row->table == TABLE_ACTS) resolve_act(vocabulary, row);
        if (row->table == TABLE_FACTS) resolve_fact(vocabulary, row);
    }
    check_circles(vocabulary, WORD_PERSON);
    check_circles(vocabulary, WORD_CHANNEL);
    check_circles(vocabulary, WORD_ACT);
}
