/* Civil dates by whole numbers. What a day means (school day, working day, deadline) is for the
 * rooms above. */
#include "base/date.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define YEAR_LAST 9999

static const struct date first_date = {1, 1, 1};
static const struct date last_date = {YEAR_LAST, 12, 31};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int date_month_length(int year, int month)
{
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert(month >= 1 && month <= 12);
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

bool date_valid(struct date date)
{
    return date.year >= 1 && date.year <= YEAR_LAST && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= date_month_length(date.year, date.month);
}

/* Both ways by Howard Hinnant's "chrono-compatible low-level date algorithms": years that begin in
 * March put the leap day last, 400 of them make an era of 146,097 days. 719,468 days lie between
 * 0000-03-01 and 1970-01-01. */
int64_t date_to_day(struct date date)
{
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = year / 400; /* never negative: the earliest year here is 0 */
    int64_t year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct date date_from_day(int64_t day)
{
    if (day <= date_to_day(first_date)) return first_date;
    if (day >= date_to_day(last_date)) return last_date;
    day += 719468;
    int64_t era = day / 146097;
    int64_t day_of_era = day - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    int month_of_year = (int)(month < 10 ? month + 3 : month - 9);
    return (struct date){
        .year = (int)(year_of_era + era * 400) + (month_of_year <= 2),
        .month = month_of_year,
        .day = (int)(day_of_year - (153 * month + 2) / 5) + 1,
    };
}

/* Exactly `count` digits at offset `at`, or -1. */
static int digits_at(struct slice text, size_t at, size_t count)
{
    if (at > text.length || text.length - at < count) return -1;
    int number = 0;
    for (size_t i = at; i < at + count; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return -1;
        number = number * 10 + (text.at[i] - '0');
    }
    return number;
}

bool date_parse(struct slice text, struct date *ret_date)
{
    if (text.length != 10 || text.at[4] != '-' || text.at[7] != '-') return false;
    struct date date = {digits_at(text, 0, 4), digits_at(text, 5, 2), digits_at(text, 8, 2)};
    if (!date_valid(date)) return false;
    *ret_date = date;
    return true;
}

static const char *const month_names[12] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};

const char *date_month_name(int month)
{
    assert(month >= 1 && month <= 12);
    return month_names[month - 1];
}

struct slice date_words(struct date date, struct arena *arena)
{
    return arena_format(arena, "%d %s %d", date.day, month_names[date.month - 1], date.year);
}

/* The month's number by its whole English name, capitals or not; 0 where it is none. */
static int month_named(struct slice name)
{
    for (int i = 0; i < 12; i++) {
        if (strlen(month_names[i]) == name.length &&
            strncasecmp(month_names[i], name.at, name.length) == 0)
            return i + 1;
    }
    return 0;
}

bool date_parse_month(struct slice text, struct date *ret_date, bool *ret_month_only)
{
    if (date_parse(text, ret_date)) {
        *ret_month_only = false;
        return true;
    }
    size_t blank = slice_find(text, ' ');
    int month = month_named(slice_part(text, 0, blank));
    int year = text.length == blank + 5 ? digits_at(text, blank + 1, 4) : -1;
    if (month == 0 || year < 1) return false;
    *ret_date = (struct date){year, month, date_month_length(year, month)};
    *ret_month_only = true;
    return true;
}

bool clock_parse(struct slice text, int *ret_minute)
{
    if (text.length != 5 || text.at[2] != ':') return false;
    int hour = digits_at(text, 0, 2);
    int minute = digits_at(text, 3, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
    *ret_minute = hour * 60 + minute;
    return true;
}

bool moment_parse(struct slice text, struct moment *ret_moment, bool *ret_has_time)
{
    struct date date;
    int minute = 0;
    if (!date_parse(slice_part(text, 0, 10), &date)) return false;
    bool has_time = text.length > 10;
    if (has_time && text.at[10] != ' ' && text.at[10] != 'T') return false;
    if (has_time && !clock_parse(slice_part(text, 11, text.length), &minute)) return false;
    *ret_moment = (struct moment){date_to_day(date), minute};
    *ret_has_time = has_time;
    return true;
}

int date_age(struct date birth, struct date on)
{
    /* 29 February stands between 28 February and 1 March in every year, which is reading R7 */
    bool before_birthday =
        on.month < birth.month || (on.month == birth.month && on.day < birth.day);
    return on.year - birth.year - before_birthday;
}

int date_months_between(struct date from, struct date to)
{
    int months = (to.year - from.year) * 12 + (to.month - from.month);
    int length = date_month_length(to.year, to.month);
    int day = from.day < length ? from.day : length;
    return months - (to.day < day);
}

struct date date_add_months(struct date date, int months)
{
    int64_t month = (int64_t)date.year * 12 + (date.month - 1) + months;
    if (month < 12) return first_date;
    if (month >= (int64_t)(YEAR_LAST + 1) * 12) return last_date;
    struct date moved = {(int)(month / 12), (int)(month % 12) + 1, date.day};
    int length = date_month_length(moved.year, moved.month);
    if (moved.day > length) moved.day = length;
    return moved;
}

void date_format(struct date date, char ret_text[11])
{
    assert(date_valid(date));
    const int parts[3] = {date.year, date.month, date.day};
    static const int widths[3] = {4, 2, 2};
    char *at = ret_text;
    for (int i = 0; i < 3; i++) {
        int left = parts[i];
        for (int digit = widths[i]; digit-- > 0; left /= 10) at[digit] = (char)('0' + left % 10);
        at += widths[i];
        *at++ = i < 2 ? '-' : '\0';
    }
}

struct moment moment_now(void)
{
    if (getenv("TZ") == NULL) (void)setenv("TZ", "Europe/London", 0);
    tzset();
    time_t now = time(NULL);
    struct tm local;
    if (localtime_r(&now, &local) == NULL)
        return (struct moment){now / 86400,
                               (int)(now % 86400 / 60)}; /* a year past int: UTC will do */
    struct date today = {local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
    return (struct moment){date_to_day(today), local.tm_hour * 60 + local.tm_min};
}
