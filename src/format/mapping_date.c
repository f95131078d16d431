/* Dates as reports write them. A year has four digits: what "05/06/07" means nobody can tell. Day
 * and month may have one digit, and a spreadsheet's midnight may follow. */
#include "format/mapping_date.h"

const char *const mapping_date_names =
    "yyyy-mm-dd, dd/mm/yyyy, mm/dd/yyyy, dd.mm.yyyy, dd-mm-yyyy or yyyymmdd";

/* Without " 00:00", " 00:00:00" and the like behind it. */
static struct slice without_midnight(struct slice text)
{
    size_t blank = 0;
    while (blank < text.length && text.at[blank] != ' ' && text.at[blank] != 'T') blank++;
    for (size_t i = blank + 1; i < text.length; i++) {
        if (slice_find(SLICE("0:."), text.at[i]) == 3) return text;
    }
    return slice_part(text, 0, blank);
}

/* One part of a date: `digits` at most, as many at least where it is a year. */
static bool take_part(struct slice *rest, char separator, size_t digits, int *ret_part)
{
    struct slice part = slice_part(*rest, 0, slice_find(*rest, separator));
    *rest = slice_part(*rest, part.length + 1, rest->length);
    int64_t number;
    bool fits = part.length > 0 && part.length <= digits && (digits == 2 || part.length == 4);
    if (!fits || part.at[0] == '-' || !slice_number(part, &number)) return false;
    *ret_part = (int)number;
    return true;
}

static bool settle(struct date date, struct slice rest, struct date *ret_date)
{
    if (rest.length > 0 || !date_valid(date)) return false;
    *ret_date = date;
    return true;
}

static bool read_day_first(struct slice text, char separator, struct date *ret_date)
{
    struct date date;
    struct slice rest = without_midnight(text);
    if (!take_part(&rest, separator, 2, &date.day)) return false;
    if (!take_part(&rest, separator, 2, &date.month)) return false;
    if (!take_part(&rest, separator, 4, &date.year)) return false;
    return settle(date, rest, ret_date);
}

static bool read_slashes(struct slice text, struct date *ret_date)
{
    return read_day_first(text, '/', ret_date);
}

static bool read_dots(struct slice text, struct date *ret_date)
{
    return read_day_first(text, '.', ret_date);
}

static bool read_dashes(struct slice text, struct date *ret_date)
{
    return read_day_first(text, '-', ret_date);
}

static bool read_month_first(struct slice text, struct date *ret_date)
{
    struct date date;
    struct slice rest = without_midnight(text);
    if (!take_part(&rest, '/', 2, &date.month)) return false;
    if (!take_part(&rest, '/', 2, &date.day)) return false;
    if (!take_part(&rest, '/', 4, &date.year)) return false;
    return settle(date, rest, ret_date);
}

static bool read_year_first(struct slice text, struct date *ret_date)
{
    return date_parse(without_midnight(text), ret_date);
}

static bool read_digits(struct slice text, struct date *ret_date)
{
    int64_t number;
    if (text.length != 8 || text.at[0] == '-' || !slice_number(text, &number)) return false;
    return settle(
        (struct date){(int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100)},
        SLICE_EMPTY, ret_date);
}

const struct mapping_date *mapping_date_find(struct slice name)
{
    static const struct mapping_date dates[] = {
        {"yyyy-mm-dd", read_year_first},  {"dd/mm/yyyy", read_slashes},
        {"mm/dd/yyyy", read_month_first}, {"dd.mm.yyyy", read_dots},
        {"dd-mm-yyyy", read_dashes},      {"yyyymmdd", read_digits},
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        if (slice_is(name, dates[i].name)) return &dates[i];
    }
    return NULL;
}
