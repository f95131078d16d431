/* Duties: who owes which deed, by when; what TELL says in short; spans of time. Also the short forms that requests and
 * scenarios use, read on their own. */
#include "policy/parser.h"

static const struct {
    const char *word;
    enum span_unit unit;
    int64_t times;
} units[] = {
    {"working days", SPAN_WORKING_DAYS, 1},
    {"working day", SPAN_WORKING_DAYS, 1},
    {"school days", SPAN_SCHOOL_DAYS, 1},
    {"school day", SPAN_SCHOOL_DAYS, 1},
    {"hours", SPAN_HOURS, 1},
    {"hour", SPAN_HOURS, 1},
    {"days", SPAN_DAYS, 1},
    {"day", SPAN_DAYS, 1},
    {"weeks", SPAN_WEEKS, 1},
    {"week", SPAN_WEEKS, 1},
    {"months", SPAN_MONTHS, 1},
    {"month", SPAN_MONTHS, 1},
    {"years", SPAN_MONTHS, 12},
    {"year", SPAN_MONTHS, 12},
};

static bool read_span(struct reader *reader, struct span *ret_span)
{
    struct slice whole = reader->rest;
    *ret_span = (struct span){.unit = SPAN_IMMEDIATELY};
    if (reader_take(reader, "immediately")) return true;
    ret_span->unit = SPAN_SAME_DAY;
    if (reader_take(reader, "the same school day")) return true;
    int64_t number;
    if (reader_number(reader, &number) && number > 0 && number <= 10000) {
        for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
            if (!reader_take(reader, units[i].word)) continue;
            *ret_span = (struct span){.unit = units[i].unit, .number = number * units[i].times};
            return true;
        }
    }
    whole = problem_quote(whole);
    return reader_fail(reader, whole, ERROR_SYNTAX,
                       "write immediately, the same school day, or a number of hours, days, "
                       "working days, school days, weeks, months or years",
                       "'%.*s' is no span of time", SLICE_PRINT(whole));
}

/* Text to the end of the line, or to a word that belongs to the deed again. */
static bool read_until(struct reader *reader, struct slice *ret_text)
{
    static const char *const ends[] = {"IF", "ELSE TELL", "WITHIN", "BEFOREHAND", "AFTERWARDS"};
    struct slice rest = reader->rest;
    size_t end = 0;
    for (; end < rest.length; end++) {
        if (end > 0 && rest.at[end - 1] != ' ' && rest.at[end - 1] != '\t') continue;
        size_t length;
        bool stops = false;
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            stops = stops || reader_opens(slice_part(rest, end, rest.length), ends[i], &length);
        if (stops) break;
    }
    *ret_text = slice_trim(slice_part(rest, 0, end));
    reader_skip(reader, end);
    return ret_text->length > 0 || reader_fail(reader, rest, ERROR_SYNTAX, "say what ends it",
                                               "UNTIL has nothing behind it");
}

/* One of the deed's own tails; *ret_more is false where none stands here. */
static bool read_deed_tail(struct reader *reader, struct duty *duty, bool *ret_more)
{
    *ret_more = true;
    if (reader_take(reader, "BEFOREHAND")) {
        duty->when = WHEN_BEFOREHAND;
        return true;
    }
    if (reader_take(reader, "AFTERWARDS")) {
        duty->when = WHEN_AFTERWARDS;
        return true;
    }
    if (reader_take(reader, "once")) return duty->once = true;
    if (reader_take(reader, "WITHIN")) return read_span(reader, &duty->within);
    if (reader_take(reader, "FOR")) return read_span(reader, &duty->keep);
    if (reader_take(reader, "UNTIL")) return read_until(reader, &duty->until);
    if (reader_take(reader, "ELSE TELL")) return read_roles(reader, &duty->otherwise);
    if (!duty->conditional && reader_take(reader, "IF")) {
        duty->conditional = true;
        return read_atom(reader, WORD_NAME, &duty->condition);
    }
    *ret_more = false;
    return true;
}

bool read_deed(struct reader *reader, struct duty *duty)
{
    const char *from = reader->rest.at;
    bool more = true;
    if (!read_one_act(reader, &duty->act)) return false;
    if (!read_object(reader, &duty->object, &(bool){false})) return false;
    if (reader_take(reader, "via") && !read_channels(reader, &duty->channels)) return false;
    while (more)
        if (!read_deed_tail(reader, duty, &more)) return false;
    return reader_end(reader, from);
}

static void begin_duty(const struct reader *reader, struct duty *ret_duty)
{
    *ret_duty = (struct duty){.until = SLICE_EMPTY,
                              .line = reader->line->number,
                              .column = reader_column(reader, reader->rest.at)};
}

bool read_duty(struct reader *reader, struct duty *ret_duty)
{
    struct head_place place;
    begin_duty(reader, ret_duty);
    find_head(reader->rest, &place);
    bool owed = place.head == HEAD_MODAL && place.modal >= MODAL_MAY;
    if (!owed) {
        struct slice shown = problem_quote(reader->rest);
        return reader_fail(reader, shown, ERROR_SYNTAX,
                           "write it as in 'the member of staff MUST tell the headteacher'",
                           "'%.*s' is no duty: it needs MUST, SHOULD or MAY and what is to be done",
                           SLICE_PRINT(shown));
    }
    static const enum duty_modal modals[] = {
        [MODAL_MAY] = DUTY_MAY, [MODAL_MUST] = DUTY_MUST, [MODAL_SHOULD] = DUTY_SHOULD};
    ret_duty->modal = modals[place.modal];
    struct reader who;
    struct reader deed;
    reader_part(&who, reader, place.before);
    reader_part(&deed, reader, place.after);
    if (!read_who(&who, &ret_duty->bearer) || !read_deed(&deed, ret_duty)) return false;
    *reader = deed;
    return true;
}

/* After TELL. */
bool read_tell(struct reader *reader, struct duty *ret_duty)
{
    const char *from = reader->rest.at;
    begin_duty(reader, ret_duty);
    ret_duty->actor = ret_duty->tell = true;
    ret_duty->act = words_find(reader->parser->words, WORD_ACT, SLICE("tell"));
    if (ret_duty->act < 0)
        return reader_fail(reader, reader->line->text, ERROR_WORD,
                           "add the duty 'tell' to words.md",
                           "TELL needs the act 'tell', which the vocabulary does not have");
    if (!read_roles(reader, &ret_duty->object)) return false;
    if (reader_take(reader, "WITHIN") && !read_span(reader, &ret_duty->within)) return false;
    if (reader_take(reader, "AFTERWARDS"))
        ret_duty->when = WHEN_AFTERWARDS;
    else if (reader_take(reader, "BEFOREHAND"))
        ret_duty->when = WHEN_BEFOREHAND;
    ret_duty->instead = reader_take(reader, "INSTEAD");
    return reader_end(reader, from);
}

/* The first telling duty of a statement where it names who tells; NULL where it leaves that to whoever acts, or there is none.
 * What only an exception brings (AND THEN) is not asked. */
static const struct duty *telling(const struct words *words, const struct statement *statement)
{
    int tell = words_find(words, WORD_ACT, SLICE("tell"));
    for (size_t i = 0; i < statement->duties.count; i++) {
        const struct duty *duty = &statement->duties.at[i];
        if (duty->act == tell) return duty->actor ? NULL : duty;
    }
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        bool then = tail->kind == TAIL_THEN || tail->kind == TAIL_TELL;
        if (then && tail->duty.act == tell) return tail->duty.actor ? NULL : &tail->duty;
    }
    return NULL;
}

void fill_routes(const struct words *words, struct statement *statement)
{
    for (size_t i = 0; i < statement->tails.count; i++) {
        struct tail *tail = &statement->tails.at[i];
        if (tail->kind != TAIL_ROUTE || !tail->duty.instead) continue;
        const struct duty *from = telling(words, statement);
        if (from == NULL) return;
        tail->duty.actor = false;
        tail->duty.bearer = from->bearer;
        tail->duty.modal = from->modal;
    }
}

/* ---- on their own ------------------------------------------------------------------------------ */

struct short_form {
    struct parser parser;
    struct problems problems;
    struct rule_line line;
    struct reader reader;
};

static void short_start(struct short_form *form, struct slice text, const struct words *words,
                        struct arena *arena)
{
    problems_init(&form->problems, arena);
    form->parser = (struct parser){.words = words,
                                   .arena = arena,
                                   .problems = &form->problems,
                                   .file = SLICE_EMPTY,
                                   .clause = SLICE_EMPTY};
    text = slice_trim(text);
    form->line = (struct rule_line){.text = text, .start = text.at, .number = 1, .declared = -1};
    reader_start(&form->reader, &form->parser, &form->line);
}

/* Nothing left over, and what was wrong put into the error. */
static bool short_end(struct short_form *form, bool read, struct error *error)
{
    if (read && reader_end(&form->reader, form->line.text.at)) return true;
    const struct problem *problem = &form->problems.list.at[0];
    error_set(error, problem->code, "%.*s", SLICE_PRINT(problem->sentence));
    if (problem->advice.length > 0) error_advise(error, "%.*s", SLICE_PRINT(problem->advice));
    return error_at(error, SLICE_EMPTY, problem->line, problem->column);
}

bool parse_duty(struct slice text, struct words *words, struct duty *ret_duty, struct error *error)
{
    struct short_form form;
    struct head_place place;
    struct duty duty;
    short_start(&form, text, words, words->arena);
    struct reader *reader = &form.reader;
    find_head(reader->rest, &place);
    bool read;
    if (reader_take(reader, "TELL")) {
        read = read_tell(reader, &duty);
    } else if (place.head == HEAD_MODAL && place.before.length > 0) {
        read = read_duty(reader, &duty);
    } else {
        begin_duty(reader, &duty);
        duty.actor = true;
        read = read_deed(reader, &duty);
    }
    if (!short_end(&form, read, error)) return false;
    *ret_duty = duty;
    return true;
}

bool parse_need(struct slice text, struct words *words, struct need *ret_need, struct error *error)
{
    struct short_form form;
    struct need need;
    short_start(&form, text, words, words->arena);
    if (!short_end(&form, read_need(&form.reader, &need), error)) return false;
    *ret_need = need;
    return true;
}

bool parse_roles(struct slice text, const struct words *words, struct arena *arena,
                 struct roles *ret_roles, struct error *error)
{
    struct short_form form;
    struct roles roles;
    short_start(&form, text, words, arena);
    if (!short_end(&form, read_roles(&form.reader, &roles), error)) return false;
    *ret_roles = roles;
    return true;
}

bool parse_channels(struct slice text, const struct words *words, struct arena *arena,
                    struct channels *ret_channels, struct error *error)
{
    struct short_form form;
    struct channels channels;
    short_start(&form, text, words, arena);
    if (!short_end(&form, read_channels(&form.reader, &channels), error)) return false;
    *ret_channels = channels;
    return true;
}
