/* Terms and closed days read from lines of text and written back; see calendar_text.h. */
#include "service/calendar_text.h"

#include <string.h>
#include <strings.h>

#include "base/cursor.h"

#define TERM_LARGEST 366 /* days of one line */
#define LETTERS_LEAST 3  /* of a month's or a weekday's name: Sep, Sept, September */

/* In the order of day numbers: 1970-01-01 was the first of them. */
static const char *const weekdays[] = {"Thursday", "Friday",  "Saturday", "Sunday",
                                       "Monday",   "Tuesday", "Wednesday"};

/* ---- a day ---------------------------------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether at least the first letters of a name are written. */
static bool is_name(struct slice word, const char *name)
{
    return word.length >= LETTERS_LEAST && word.length <= strlen(name) &&
           strncasecmp(name, word.at, word.length) == 0;
}

/* 0 is Thursday; -1: it is none. */
static int weekday_named(struct slice word)
{
    for (int i = 0; i < 7; i++)
        if (is_name(word, weekdays[i])) return i;
    return -1;
}

/* 1 is January; 0: it is none. */
static int month_named(struct slice word)
{
    for (int month = 1; month <= 12; month++)
        if (is_name(word, date_month_name(month))) return month;
    return 0;
}

/* One day on its way through a line. */
struct typed {
    struct cursor cursor;
    int weekday; /* as written; -1: not */
};

static void skip_marks(struct typed *typed)
{
    do (void)cursor_skip_blanks(&typed->cursor);
    while (cursor_take(&typed->cursor, ','));
}

static void take_weekday(struct typed *typed)
{
    struct cursor *cursor = &typed->cursor;
    size_t before = cursor->at;
    typed->weekday = weekday_named(cursor_take_while(cursor, is_letter, SIZE_MAX));
    if (typed->weekday < 0)
        cursor->at = before;
    else
        skip_marks(typed);
}

/* `st` and so on behind a day's number. */
static void skip_ordinal(struct cursor *cursor)
{
    static const struct slice ends[] = {SLICE("st"), SLICE("nd"), SLICE("rd"), SLICE("th")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (cursor_take_slice(cursor, ends[i])) return;
}

static bool take_month(struct typed *typed, int64_t *ret_month)
{
    struct cursor *cursor = &typed->cursor;
    char mark = (char)cursor_peek(cursor);
    if (mark == '/' || mark == '.')
        return cursor_take(cursor, mark) && cursor_take_number(cursor, 2, ret_month) &&
               cursor_take(cursor, mark);
    skip_ordinal(cursor);
    skip_marks(typed);
    *ret_month = month_named(cursor_take_while(cursor, is_letter, SIZE_MAX));
    skip_marks(typed);
    return *ret_month > 0;
}

static bool take_date(struct typed *typed, struct date *ret_date)
{
    int64_t day, month, year;
    struct slice rest = slice_trim(cursor_rest(&typed->cursor));
    if (date_parse(rest, ret_date)) return true;
    if (!cursor_take_number(&typed->cursor, 2, &day) || !take_month(typed, &month) ||
        !cursor_take_number(&typed->cursor, 4, &year) || !cursor_done(&typed->cursor))
        return false;
    *ret_date = (struct date){(int)year, (int)month, (int)day};
    return date_valid(*ret_date);
}

/* Which line of which list, for what is said about it. */
struct line {
    struct slice text;
    size_t number;
    const char *called; /* the terms, the INSET days */
    const char *example;
};

static bool wrong(const struct line *line, struct error *error, const char *what)
{
    error_set(error, ERROR_REQUEST, "line %zu of %s: %s", line->number, line->called, what);
    error_advise(error, "Write it like this: %s", line->example);
    return false;
}

static bool wrong_weekday(const struct line *line, struct error *error, struct date date,
                          int64_t of_week)
{
    error_set(error, ERROR_REQUEST, "line %zu of %s: %d %s %d is a %s", line->number, line->called,
              date.day, date_month_name(date.month), date.year, weekdays[of_week]);
    error_advise(error, "Mend the date or the day of the week");
    return false;
}

static bool read_day(const struct line *line, struct slice text, int64_t *ret_day,
                     struct error *error)
{
    struct typed typed;
    struct date date;
    cursor_init(&typed.cursor, slice_trim(text));
    take_weekday(&typed);
    if (!take_date(&typed, &date)) return wrong(line, error, "this is no date");
    if (date.year < CALENDAR_YEAR_FIRST || date.year > CALENDAR_YEAR_LAST)
        return wrong(line, error, "the year is not between 2000 and 2100");
    *ret_day = date_to_day(date);
    int64_t of_week = (*ret_day % 7 + 7) % 7;
    return typed.weekday < 0 || typed.weekday == of_week ||
           wrong_weekday(line, error, date, of_week);
}

/* ---- a line --------------------------------------------------------------------------------------- */

/* Where two days of a line part; false: there is one. */
static bool part(struct slice line, struct slice *ret_first, struct slice *ret_last)
{
    static const struct slice marks[] = {SLICE(" to "), SLICE(" until "), SLICE(".."),
                                         SLICE(" - "),  SLICE("–"),       SLICE("—")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = slice_search(line, marks[i]);
        if (at == line.length) continue;
        *ret_first = slice_part(line, 0, at);
        *ret_last = slice_part(line, at + marks[i].length, line.length);
        return true;
    }
    *ret_first = line;
    return false;
}

static bool read_line(const struct line *line, bool one_will_do, struct term *ret_term,
                      struct error *error)
{
    struct slice first, last;
    size_t label = slice_find(line->text, ':');
    struct slice days =
        slice_part(line->text, label < line->text.length ? label + 1 : 0, line->text.length);
    bool two = part(days, &first, &last);
    if (!two && !one_will_do) return wrong(line, error, "a first and a last day are wanted");
    if (!read_day(line, first, &ret_term->first, error)) return false;
    ret_term->last = ret_term->first;
    if (two && !read_day(line, last, &ret_term->last, error)) return false;
    if (ret_term->last < ret_term->first)
        return wrong(line, error, "the last day is before the first");
    return ret_term->last - ret_term->first < TERM_LARGEST ||
           wrong(line, error, "these are more days than a year has");
}

/* The next line that says something; false at the end. */
static bool next_line(struct slice *rest, struct line *line)
{
    while (slice_line(rest, &line->text)) {
        line->number++;
        line->text = slice_trim(line->text);
        if (line->text.length > 0) return true;
    }
    return false;
}

/* ---- terms ---------------------------------------------------------------------------------------- */

/* Behind those that begin before it. */
static bool put_term(struct calendar *calendar, struct arena *arena, struct term term)
{
    if (calendar->terms.count == CALENDAR_TERMS_LARGEST) return false;
    LIST_PUSH(arena, &calendar->terms, term);
    struct term *at = calendar->terms.at;
    size_t place = calendar->terms.count - 1;
    for (; place > 0 && at[place - 1].first > term.first; place--) at[place] = at[place - 1];
    at[place] = term;
    return true;
}

static bool overlaps(const struct calendar *calendar, struct term term)
{
    for (size_t i = 0; i < calendar->terms.count; i++)
        if (calendar->terms.at[i].first <= term.last && term.first <= calendar->terms.at[i].last)
            return true;
    return false;
}

bool calendar_read_terms(struct slice text, struct arena *arena, struct calendar *calendar,
                         struct error *error)
{
    struct line line = {.called = "the terms", .example = "2 September 2026 to 23 October 2026"};
    memset(&calendar->terms, 0, sizeof calendar->terms);
    while (next_line(&text, &line)) {
        struct term term;
        if (!read_line(&line, false, &term, error)) return false;
        if (overlaps(calendar, term)) {
            error_set(error, ERROR_REQUEST, "line %zu of the terms: it overlaps a term above it",
                      line.number);
            return error_advise(error, "Each day belongs to one term: mend one of the two");
        }
        if (!put_term(calendar, arena, term))
            return error_set(error, ERROR_LIMIT, "these are too many terms: at most %d",
                             CALENDAR_TERMS_LARGEST) ||
                   error_advise(error, "Leave out years that are long over");
    }
    return true;
}

bool calendar_add_term(struct calendar *calendar, struct arena *arena, struct term term)
{
    size_t kept = 0;
    for (size_t i = 0; i < calendar->terms.count; i++) {
        struct term *other = &calendar->terms.at[i];
        if (other->first > term.last + 1 || term.first > other->last + 1) {
            calendar->terms.at[kept++] = *other;
            continue;
        }
        if (other->first < term.first) term.first = other->first;
        if (other->last > term.last) term.last = other->last;
    }
    calendar->terms.count = kept;
    return put_term(calendar, arena, term);
}

/* ---- closed days ---------------------------------------------------------------------------------- */

static bool add_closed(struct calendar *calendar, struct arena *arena, int64_t day)
{
    size_t place = calendar->closed.count;
    while (place > 0 && calendar->closed.at[place - 1] >= day) place--;
    if (place < calendar->closed.count && calendar->closed.at[place] == day) return true;
    if (calendar->closed.count == CALENDAR_CLOSED_LARGEST) return false;
    LIST_PUSH(arena, &calendar->closed, day);
    int64_t *at = calendar->closed.at;
    for (size_t i = calendar->closed.count - 1; i > place; i--) at[i] = at[i - 1];
    at[place] = day;
    return true;
}

bool calendar_read_closed(struct slice text, struct arena *arena, struct calendar *calendar,
                          struct error *error)
{
    struct line line = {.called = "the INSET days", .example = "1 September 2026"};
    memset(&calendar->closed, 0, sizeof calendar->closed);
    while (next_line(&text, &line)) {
        struct term days;
        if (!read_line(&line, true, &days, error)) return false;
        for (int64_t day = days.first; day <= days.last; day++) {
            if (add_closed(calendar, arena, day)) continue;
            error_set(error, ERROR_LIMIT, "these are too many INSET days: at most %d",
                      CALENDAR_CLOSED_LARGEST);
            return error_advise(error, "Leave out years that are long over; holidays between terms "
                                       "need not be written");
        }
    }
    return true;
}

/* ---- written ---------------------------------------------------------------------------------------- */

void calendar_write_day(int64_t day, struct text *out)
{
    struct date date = date_from_day(day);
    text_format(out, "%d %s %d", date.day, date_month_name(date.month), date.year);
}

static void write_days(int64_t first, int64_t last, struct text *out)
{
    calendar_write_day(first, out);
    if (last > first) {
        text_add_string(out, " to ");
        calendar_write_day(last, out);
    }
    text_add_char(out, '\n');
}

void calendar_write_terms(const struct calendar *calendar, struct text *out)
{
    for (size_t i = 0; i < calendar->terms.count; i++) {
        calendar_write_day(calendar->terms.at[i].first, out);
        text_add_string(out, " to ");
        calendar_write_day(calendar->terms.at[i].last, out);
        text_add_char(out, '\n');
    }
}

void calendar_write_closed(const struct calendar *calendar, struct text *out)
{
    const int64_t *at = calendar->closed.at;
    for (size_t i = 0, next; i < calendar->closed.count; i = next) {
        for (next = i + 1; next < calendar->closed.count && at[next] == at[next - 1] + 1;) next++;
        write_days(at[i], at[next - 1], out);
    }
}

/* ---- a row ---------------------------------------------------------------------------------------- */

void calendar_store_terms(const struct calendar *calendar, struct text *out)
{
    for (size_t i = 0; i < calendar->terms.count; i++)
        text_format(out, "%s%lld..%lld", i > 0 ? " " : "", (long long)calendar->terms.at[i].first,
                    (long long)calendar->terms.at[i].last);
}

void calendar_store_closed(const struct calendar *calendar, struct text *out)
{
    for (size_t i = 0; i < calendar->closed.count; i++)
        text_format(out, "%s%lld", i > 0 ? " " : "", (long long)calendar->closed.at[i]);
}

static bool stored_day(struct slice text, int64_t *ret_day)
{
    return slice_number(text, ret_day) &&
           *ret_day >= date_to_day((struct date){CALENDAR_YEAR_FIRST, 1, 1}) &&
           *ret_day <= date_to_day((struct date){CALENDAR_YEAR_LAST, 12, 31});
}

static void load_term(struct calendar *calendar, struct arena *arena, struct slice text)
{
    struct term term;
    size_t dots = slice_search(text, SLICE(".."));
    if (dots == text.length || !stored_day(slice_part(text, 0, dots), &term.first) ||
        !stored_day(slice_part(text, dots + 2, text.length), &term.last) || term.last < term.first)
        return;
    if (!overlaps(calendar, term)) (void)put_term(calendar, arena, term);
}

struct calendar calendar_load(struct slice nation, int64_t late, struct slice terms,
                              struct slice closed, struct arena *arena)
{
    struct calendar calendar = calendar_unknown();
    struct slice one;
    int64_t day;
    enum nation known = nation_of(nation);
    if (known != NATIONS) calendar.nation = known;
    if (late >= 0 && late <= CALENDAR_LATE_LARGEST) calendar.late = late;
    while (slice_split(&terms, ' ', &one)) load_term(&calendar, arena, one);
    while (slice_split(&closed, ' ', &one))
        if (stored_day(one, &day)) (void)add_closed(&calendar, arena, day);
    return calendar;
}
