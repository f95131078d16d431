/* The lines below a head: what begins on a line, the reading before it, and each tail's own form. Which tails may stand
 * under which head is the business of parse.c. */
#include "policy/parser.h"

bool read_under(struct reader *reader, unsigned *ret_reading, bool *ret_not)
{
    *ret_reading = 0;
    *ret_not = false;
    if (!reader_take(reader, "UNDER")) return true;
    *ret_not = reader_take(reader, "NOT");
    struct slice rest = reader->rest;
    size_t digits = 1;
    while (digits < rest.length && rest.at[digits] >= '0' && rest.at[digits] <= '9') digits++;
    int64_t number;
    bool named = digits > 1 && digits <= 4 && rest.at[0] == 'R' &&
                 slice_number(slice_part(rest, 1, digits), &number);
    if (!named || digits >= rest.length || rest.at[digits] != ':')
        return reader_fail(reader, rest, ERROR_SYNTAX, "write it as in 'UNDER R6: DESPITE 5.2a'",
                           "UNDER needs a reading and ':'");
    const struct words *words = reader->parser->words;
    for (size_t i = 0; i < words->readings.count; i++)
        if (words->readings.at[i].number == number) *ret_reading = (unsigned)number;
    struct slice id = slice_part(rest, 0, digits);
    reader_skip(reader, digits + 1);
    return *ret_reading > 0 ||
           reader_fail(reader, id, ERROR_WORD, "add it to Readings in words.md",
                       "there is no reading %.*s in the vocabulary", SLICE_PRINT(id));
}

static const struct {
    const char *keyword;
    enum line_kind line;
    enum tail_kind tail;
} starts[] = {
    {"AND THEN", LINE_TAIL, TAIL_AND_THEN},
    {"THEN", LINE_TAIL, TAIL_THEN},
    {"TELL", LINE_TAIL, TAIL_TELL},
    {"NEEDS", LINE_TAIL, TAIL_NEEDS},
    {"NEED", LINE_TAIL, TAIL_NEEDS},
    {"ONLY THROUGH", LINE_TAIL, TAIL_ONLY_THROUGH},
    {"ONLY IF", LINE_TAIL, TAIL_ONLY_IF},
    {"IF", LINE_TAIL, TAIL_IF},
    {"UNLESS", LINE_TAIL, TAIL_UNLESS},
    {"REMIND", LINE_TAIL, TAIL_REMIND},
    {"OUTCOMES", LINE_TAIL, TAIL_OUTCOMES},
    {"NOT KNOWN", LINE_TAIL, TAIL_NOT_KNOWN},
    {"DESPITE", LINE_TAIL, TAIL_DESPITE},
    {"CLASHES WITH", LINE_TAIL, TAIL_CLASHES},
    {"SUBJECT TO", LINE_TAIL, TAIL_SUBJECT},
    {"ALWAYS", LINE_TAIL, TAIL_ALWAYS},
    {"STOP", LINE_TAIL, TAIL_STOP},
    {"WHEN", LINE_WHEN, 0},
    {"ASK", LINE_ASK, 0},
    {"RECORD", LINE_RECORD, 0},
};

enum line_kind read_line_kind(struct reader *reader, enum tail_kind *ret_tail,
                              const char **ret_keyword)
{
    *ret_keyword = "-";
    if (reader->rest.length > 0 && reader->rest.at[0] == '-') return LINE_ITEM;
    bool capital =
        reader->rest.length > 0 && reader->rest.at[0] >= 'A' && reader->rest.at[0] <= 'Z';
    for (size_t i = 0; capital && i < sizeof starts / sizeof *starts; i++) {
        if (!reader_take(reader, starts[i].keyword)) continue;
        *ret_tail = starts[i].tail;
        *ret_keyword = starts[i].keyword;
        return starts[i].line;
    }
    return LINE_HEAD;
}

static bool is_id(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
}

static bool read_ref(struct reader *reader, struct ref *ret_ref)
{
    struct slice whole = reader->rest;
    *ret_ref = (struct ref){
        .id = SLICE_EMPTY, .line = reader->line->number, .column = reader_column(reader, whole.at)};
    if (reader_take(reader, "every clause")) {
        ret_ref->every = true;
        return reader->parser->law || reader_fail(reader, slice_part(whole, 0, 12), ERROR_MEANING,
                                                  "name the clauses that this one lifts",
                                                  "'every clause' belongs to law.md");
    }
    ret_ref->section = reader_take(reader, "section");
    if (!ret_ref->section) ret_ref->law = reader_take(reader, "law");
    size_t length = 0;
    while (length < reader->rest.length && is_id(reader->rest.at[length])) length++;
    ret_ref->id = slice_part(reader->rest, 0, length);
    if (length == 0)
        return reader_fail(reader, reader->rest, ERROR_SYNTAX,
                           "write it as in '5.2c', 'section 4' or 'law L1'",
                           "a clause's id is missing here");
    reader_skip(reader, length);
    return true;
}

static bool read_refs(struct reader *reader, struct tail *tail)
{
    do {
        struct ref ref;
        if (tail->refs.count == RULE_ITEMS_LARGEST)
            return reader_fail(reader, reader->rest, ERROR_LIMIT, "name a section instead",
                               "a list may name at most %d", RULE_ITEMS_LARGEST);
        if (!read_ref(reader, &ref)) return false;
        LIST_PUSH(reader->parser->arena, &tail->refs, ref);
    } while (reader_take_sign(reader, ','));
    return true;
}

/* What `treat as` names, by the fact's kind. */
static bool read_treated(struct reader *reader, const struct fact *fact, struct unknown *unknown)
{
    unknown->kind = UNKNOWN_VALUE;
    struct slice rest = reader->rest;
    if (fact->kind == FACT_NUMBER) {
        if (reader_take(reader, "under")) unknown->kind = UNKNOWN_UNDER;
        return read_bound(reader, fact, &unknown->value);
    }
    if (fact->kind == FACT_CHOICE) {
        unknown->value = read_value(reader, fact);
        if (unknown->value >= 0) return true;
    } else if (fact->kind == FACT_TIME) {
        return read_clock(reader, &unknown->value);
    } else if (fact->kind == FACT_DATE) {
        struct date date;
        if (date_parse(reader_word(reader), &date)) {
            unknown->value = date_to_day(date);
            return true;
        }
    } else if (reader_take(reader, "yes")) {
        unknown->value = 1;
        return true;
    } else if (reader_take(reader, "no")) {
        return true;
    }
    struct slice shown = problem_quote(rest);
    return reader_fail(reader, rest, ERROR_MEANING, "write a value that the fact can have",
                       "'%.*s' cannot be treated as '%.*s'", SLICE_PRINT(fact->word.phrase),
                       SLICE_PRINT(shown));
}

static bool read_not_known(struct reader *reader, struct tail *tail)
{
    tail->fact = reader_phrase(reader, WORD_FACT);
    if (tail->fact < 0)
        return reader_unknown(
            reader, WORD_FACT,
            slice_trim(slice_part(reader->rest, 0, slice_find(reader->rest, ':'))));
    const struct fact *fact = &reader->parser->words->facts.at[tail->fact];
    bool treat = false;
    if (reader_take_sign(reader, ':')) {
        treat = reader_take(reader, "treat as");
        if (treat) return read_treated(reader, fact, &tail->unknown);
        if (reader_take(reader, "refer to")) {
            struct roles roles;
            struct slice rest = reader->rest;
            if (!read_roles(reader, &roles)) return false;
            tail->unknown = (struct unknown){.kind = UNKNOWN_REFER, .role = roles.list.at[0]};
            return roles.list.count == 1 ||
                   reader_fail(reader, rest, ERROR_SYNTAX, "name the one who rules",
                               "'refer to' takes one role");
        }
    }
    return reader_fail(reader, reader->rest, ERROR_SYNTAX,
                       "write ': treat as VALUE' or ': refer to ROLE'",
                       "NOT KNOWN does not say what to do then");
}

/* `IF` is a condition, or with ':' behind an atom a route. */
static bool read_if(struct reader *reader, struct tail *tail)
{
    struct slice keyword = reader->line->text;
    if (!read_condition(reader, WORD_NAME, &tail->condition)) return false;
    if (!reader_take_sign(reader, ':')) return true;
    tail->kind = TAIL_ROUTE;
    if (reader_take(reader, "TELL")) return read_tell(reader, &tail->duty);
    return reader_fail(reader, reader->rest.length > 0 ? reader->rest : keyword, ERROR_SYNTAX,
                       "write it as in 'IF the headteacher is away: TELL the deputy INSTEAD'",
                       "after 'IF ...:' stands TELL and a role");
}

static bool read_need_tail(struct reader *reader, struct tail *tail)
{
    struct need *need = &tail->need;
    if (!read_need(reader, need)) return false;
    need->unless = reader_take(reader, "UNLESS");
    need->conditional = need->unless || reader_take(reader, "IF");
    return !need->conditional || read_atom(reader, WORD_NAME, &need->condition);
}

static bool read_form(struct reader *reader, struct tail *tail)
{
    switch (tail->kind) {
    case TAIL_IF: return read_if(reader, tail);
    case TAIL_UNLESS:
    case TAIL_ONLY_IF: return read_condition(reader, WORD_NAME, &tail->condition);
    case TAIL_AND_THEN:
    case TAIL_THEN: return read_duty(reader, &tail->duty);
    case TAIL_ROUTE: /* begins as IF */
    case TAIL_TELL: return read_tell(reader, &tail->duty);
    case TAIL_NEEDS: return read_need_tail(reader, tail);
    case TAIL_ONLY_THROUGH: return read_channels(reader, &tail->channels);
    case TAIL_REMIND:
    case TAIL_OUTCOMES: return reader_string(reader, &tail->text);
    case TAIL_NOT_KNOWN: return read_not_known(reader, tail);
    case TAIL_DESPITE:
    case TAIL_CLASHES:
    case TAIL_SUBJECT: return read_refs(reader, tail);
    case TAIL_ALWAYS:
    case TAIL_STOP: return true;
    }
    return false;
}

bool read_tail(struct reader *reader, struct tail *tail)
{
    return read_form(reader, tail) && reader_end(reader, reader->line->text.at);
}

static int rank(enum tail_kind kind)
{
    static const int ranks[] = {
        [TAIL_IF] = 0,           [TAIL_UNLESS] = 1,   [TAIL_AND_THEN] = 1, [TAIL_ONLY_IF] = 2,
        [TAIL_ONLY_THROUGH] = 2, [TAIL_NEEDS] = 3,    [TAIL_THEN] = 4,     [TAIL_TELL] = 4,
        [TAIL_ROUTE] = 5,        [TAIL_REMIND] = 6,   [TAIL_OUTCOMES] = 7, [TAIL_NOT_KNOWN] = 8,
        [TAIL_DESPITE] = 9,      [TAIL_CLASHES] = 10, [TAIL_SUBJECT] = 11, [TAIL_ALWAYS] = 12,
        [TAIL_STOP] = 13};
    return ranks[kind];
}

void sort_tails(struct arena *arena, struct statement *statement)
{
    size_t count = statement->tails.count;
    struct tail *sorted = count > 0 ? ARENA_ARRAY(arena, struct tail, count) : NULL;
    size_t filled = 0;
    int unless = -1;
    for (int now = 0; count > 0 && now <= rank(TAIL_STOP); now++) {
        for (size_t i = 0; i < count; i++) {
            const struct tail *tail = &statement->tails.at[i];
            if (rank(tail->kind) != now) continue;
            if (tail->kind == TAIL_UNLESS) unless = (int)filled;
            sorted[filled] = *tail;
            sorted[filled].unless = tail->kind == TAIL_AND_THEN ? unless : -1;
            filled++;
        }
    }
    statement->tails.at = sorted;
    statement->tails.space = count;
}
