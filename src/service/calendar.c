/* Days that count and days that do not, and when a span of them ends; see calendar.h. Bank holidays are data with their source:
 * bank_holidays.def. */
#include "service/calendar.h"

#include "base/london.h"

#define MINUTE 60000LL
#define HOUR (60 * MINUTE)
#define DAYS_LARGEST 36600    /* counting stops a hundred years ahead */
#define NUMBER_LARGEST 120000 /* of a span: what the language takes is less */
#define SOON 56 /* days before the end of the last term in which the next are asked for */
#define MAY 5   /* from here on next school year's terms are wanted, */
#define NEXT_YEAR_BEGUN 10, 1 /* of which one runs at least to this month and day */

/* ---- nations, bank holidays ---------------------------------------------------------------------- */

enum {
    E = 1 << NATION_ENGLAND_AND_WALES,
    S = 1 << NATION_SCOTLAND,
    N = 1 << NATION_NORTHERN_IRELAND
};

static const struct bank_holiday {
    struct date date;
    unsigned where;
    struct slice name;
} holidays[] = {
#define BANK_HOLIDAY(year, month, day, where, name) {{year, month, day}, where, SLICE(name)},
#include "service/bank_holidays.def"
#undef BANK_HOLIDAY
};
#define HOLIDAYS (sizeof holidays / sizeof *holidays)

static const struct {
    struct slice code, words;
} nations[NATIONS] = {
    [NATION_UNKNOWN] = {SLICE(""), SLICE("Not said")},
    [NATION_ENGLAND_AND_WALES] = {SLICE("england-and-wales"), SLICE("England and Wales")},
    [NATION_SCOTLAND] = {SLICE("scotland"), SLICE("Scotland")},
    [NATION_NORTHERN_IRELAND] = {SLICE("northern-ireland"), SLICE("Northern Ireland")},
};

struct slice nation_code(enum nation nation)
{
    return nations[nation].code;
}

struct slice nation_words(enum nation nation)
{
    return nations[nation].words;
}

enum nation nation_of(struct slice code)
{
    size_t nation = 0;
    while (nation < NATIONS && !slice_equal(nations[nation].code, code)) nation++;
    return (enum nation)nation;
}

int64_t calendar_known_from(void)
{
    return date_to_day((struct date)BANK_HOLIDAYS_FROM);
}

int64_t calendar_known_until(void)
{
    return date_to_day((struct date)BANK_HOLIDAYS_UNTIL);
}

int64_t calendar_checked(void)
{
    return date_to_day((struct date)BANK_HOLIDAYS_CHECKED);
}

static int compare_dates(struct date a, struct date b)
{
    if (a.year != b.year) return a.year < b.year ? -1 : 1;
    if (a.month != b.month) return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* The first holiday on a date, HOLIDAYS where there is none: two nations may have theirs under two names. */
static size_t find_holiday(struct date date)
{
    size_t low = 0, high = HOLIDAYS;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_dates(holidays[middle].date, date) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < HOLIDAYS && compare_dates(holidays[low].date, date) == 0 ? low : HOLIDAYS;
}

/* The nations in which a day is a bank holiday. */
static unsigned holiday_where(int64_t day, struct slice *ret_name)
{
    struct date date = date_from_day(day);
    unsigned where = 0;
    *ret_name = SLICE_EMPTY;
    for (size_t i = find_holiday(date); i < HOLIDAYS && compare_dates(holidays[i].date, date) == 0;
         i++) {
        where |= holidays[i].where;
        *ret_name = holidays[i].name;
    }
    return where;
}

static unsigned wanted_where(enum nation nation)
{
    return nation == NATION_UNKNOWN ? E | S | N : 1U << nation;
}

struct slice calendar_bank_holiday(enum nation nation, int64_t day)
{
    struct slice name;
    unsigned wanted = wanted_where(nation);
    return (holiday_where(day, &name) & wanted) == wanted ? name : SLICE_EMPTY;
}

struct calendar calendar_unknown(void)
{
    return (struct calendar){.late = CALENDAR_LATE};
}

/* ---- days ----------------------------------------------------------------------------------------- */

/* 1970-01-01 was a Thursday: Saturdays and Sundays are 2 and 3 modulo 7. */
static bool weekend(int64_t day)
{
    int64_t of_week = (day % 7 + 7) % 7;
    return of_week == 2 || of_week == 3;
}

/* Whether a day counts as a working day, and what is not certain about it. */
static bool working(const struct calendar *calendar, int64_t day, unsigned *notes)
{
    struct slice name;
    if (weekend(day)) return false;
    if (day < calendar_known_from() || day > calendar_known_until()) {
        *notes |= CALENDAR_NO_HOLIDAYS;
        return true;
    }
    unsigned where = holiday_where(day, &name), wanted = wanted_where(calendar->nation);
    if ((where & wanted) == wanted) return false;
    if (calendar->nation == NATION_UNKNOWN && where != 0) *notes |= CALENDAR_NO_NATION;
    return true;
}

bool calendar_knows(const struct calendar *calendar, int64_t day)
{
    size_t after = 0; /* the first term that begins behind the day */
    while (after < calendar->terms.count && calendar->terms.at[after].first <= day) after++;
    if (after == 0) return false;
    int64_t last = calendar->terms.at[after - 1].last;
    if (day <= last) return true;
    return after < calendar->terms.count &&
           calendar->terms.at[after].first - last - 1 <= CALENDAR_HOLIDAY_LARGEST;
}

static bool in_term(const struct calendar *calendar, int64_t day)
{
    for (size_t i = 0; i < calendar->terms.count; i++)
        if (calendar->terms.at[i].first <= day && day <= calendar->terms.at[i].last) return true;
    return false;
}

static bool closed(const struct calendar *calendar, int64_t day)
{
    for (size_t i = 0; i < calendar->closed.count; i++)
        if (calendar->closed.at[i] == day) return true;
    return false;
}

static bool school(const struct calendar *calendar, int64_t day, unsigned *notes)
{
    unsigned seen = 0; /* counts only where the day does */
    if (closed(calendar, day) || !working(calendar, day, &seen)) return false;
    if (!calendar_knows(calendar, day))
        seen |= CALENDAR_NO_TERMS;
    else if (!in_term(calendar, day))
        return false;
    *notes |= seen;
    return true;
}

bool calendar_working_day(const struct calendar *calendar, int64_t day)
{
    unsigned notes = 0;
    return working(calendar, day, &notes);
}

bool calendar_school_day(const struct calendar *calendar, int64_t day)
{
    unsigned notes = 0;
    return school(calendar, day, &notes);
}

bool calendar_wants_terms(const struct calendar *calendar, int64_t today, int64_t *ret_last)
{
    struct date date = date_from_day(today);
    *ret_last = 0;
    if (calendar->terms.count == 0) return true;
    *ret_last = calendar->terms.at[calendar->terms.count - 1].last;
    int64_t begun = date_to_day((struct date){date.year, NEXT_YEAR_BEGUN});
    return *ret_last < today + SOON || (date.month >= MAY && *ret_last < begun);
}

/* ---- deadlines ------------------------------------------------------------------------------------ */

typedef bool counts(const struct calendar *calendar, int64_t day, unsigned *notes);

/* The day on which so many days that count have passed; the first one is after `day`. */
static int64_t count_days(const struct calendar *calendar, counts *count, int64_t day,
                          int64_t number, unsigned *notes)
{
    int64_t end = day + DAYS_LARGEST;
    while (number > 0 && day < end)
        if (count(calendar, ++day, notes)) number--;
    return day;
}

int64_t calendar_next_school_day(const struct calendar *calendar, int64_t day)
{
    unsigned notes = 0;
    return count_days(calendar, school, day, 1, &notes);
}

static int64_t number_of(struct span within)
{
    return within.number < NUMBER_LARGEST ? within.number : NUMBER_LARGEST;
}

int64_t calendar_due_day(const struct calendar *calendar, struct span within, int64_t day,
                         unsigned *ret_notes)
{
    int64_t number = number_of(within);
    *ret_notes = 0;
    switch (within.unit) {
    case SPAN_WORKING_DAYS: return count_days(calendar, working, day, number, ret_notes);
    case SPAN_SCHOOL_DAYS: return count_days(calendar, school, day, number, ret_notes);
    case SPAN_DAYS: return day + number;
    case SPAN_WEEKS: return day + 7 * number;
    case SPAN_MONTHS: return date_to_day(date_add_months(date_from_day(day), (int)number));
    case SPAN_NONE:
    case SPAN_IMMEDIATELY:
    case SPAN_SAME_DAY:
    case SPAN_HOURS: break;
    }
    return day;
}

bool calendar_due(const struct calendar *calendar, struct span within, int64_t event,
                  int64_t *ret_due, unsigned *ret_notes)
{
    *ret_notes = 0;
    *ret_due = event;
    if (within.unit == SPAN_NONE) return false;
    if (within.unit == SPAN_IMMEDIATELY) return true;
    if (within.unit == SPAN_HOURS) {
        *ret_due = event + HOUR * number_of(within);
        return true;
    }
    int64_t day = london_moment(event).day;
    *ret_due = london_day_end(calendar_due_day(calendar, within, day, ret_notes));
    return true;
}

int64_t calendar_late(const struct calendar *calendar, struct span within, int64_t due)
{
    return within.unit == SPAN_IMMEDIATELY ? due + calendar->late * MINUTE : due;
}

void calendar_notes(unsigned notes, struct text *out)
{
    static const struct {
        unsigned note;
        const char *words;
    } sentences[] = {
        {CALENDAR_NO_TERMS, "The terms of some of these days are not in the school calendar, so "
                            "each weekday was counted as a school day."},
        {CALENDAR_NO_HOLIDAYS, "The bank holidays of some of these days are not known yet, so "
                               "each weekday was counted."},
        {CALENDAR_NO_NATION, "The school calendar does not say in which nation the school lies, so "
                             "only bank holidays that all have were left out."},
    };
    bool first = true;
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        if ((notes & sentences[i].note) == 0) continue;
        if (!first) text_add_char(out, ' ');
        text_add_string(out, sentences[i].words);
        first = false;
    }
    if (!first) text_add_string(out, " The deadline may be too early, but not too late.");
}
