/* The clock of the United Kingdom; see london.h. */
#include "base/london.h"

#define MINUTE 60000LL
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static int64_t floor_part(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

/* 01:00 UTC on the last Sunday of a month that has 31 days. 1970-01-01 was a Thursday: Sundays are 3 modulo 7. */
static int64_t change(int year, int month)
{
    int64_t last = date_to_day((struct date){year, month, 31});
    int64_t since_sunday = (last % 7 + 7 + 4) % 7;
    return (last - since_sunday) * DAY + HOUR;
}

static bool summer(int64_t milliseconds)
{
    int year = date_from_day(floor_part(milliseconds, DAY)).year;
    return milliseconds >= change(year, 3) && milliseconds < change(year, 10);
}

struct moment london_moment(int64_t milliseconds)
{
    int64_t local = milliseconds + (summer(milliseconds) ? HOUR : 0);
    int64_t day = floor_part(local, DAY);
    return (struct moment){day, (int)((local - day * DAY) / MINUTE)};
}

int64_t london_milliseconds(struct moment moment)
{
    int64_t local = moment.day * DAY + moment.minute * MINUTE;
    int64_t spring = change(date_from_day(moment.day).year, 3);
    /* 01:00 to 01:59 on the day of the change in March are on no clock */
    if (local >= spring && local < spring + HOUR) return spring;
    return summer(local - HOUR) ? local - HOUR : local;
}

int64_t london_day_start(int64_t day)
{
    return london_milliseconds((struct moment){day, 0});
}

int64_t london_day_end(int64_t day)
{
    return london_day_start(day + 1) - 1;
}
