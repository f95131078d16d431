/* The clock of the United Kingdom against the C library's, hour by hour over a hundred years, and the two changes by hand. */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/london.h"
#include "testing.h"

#define HOUR 3600000LL

static int64_t utc(int year, int month, int day, int hour, int minute)
{
    return (date_to_day((struct date){year, month, day}) * 24 + hour) * HOUR + minute * 60000LL;
}

static void assert_clock(int64_t milliseconds, int year, int month, int day, int hour, int minute)
{
    struct moment found = london_moment(milliseconds);
    assert_int_equal(found.day, date_to_day((struct date){year, month, day}));
    assert_int_equal(found.minute, hour * 60 + minute);
}

/* The last Sundays: 31 March 2027 is a Wednesday, so the 28th; 31 October 2026 is a Saturday, so the 25th. */
static void the_clock_goes_forward_in_march(void **state)
{
    (void)state;
    assert_clock(utc(2027, 3, 28, 0, 59), 2027, 3, 28, 0, 59);
    assert_clock(utc(2027, 3, 28, 1, 0), 2027, 3, 28, 2, 0);
    assert_clock(utc(2027, 3, 27, 23, 59), 2027, 3, 27, 23, 59);
    assert_clock(utc(2027, 3, 28, 23, 0), 2027, 3, 29, 0, 0);
    int64_t day = date_to_day((struct date){2027, 3, 28});
    for (int minute = 60; minute < 120; minute++) /* on no clock: the moment of the change */
        assert_int_equal(london_milliseconds((struct moment){day, minute}), utc(2027, 3, 28, 1, 0));
    assert_int_equal(london_milliseconds((struct moment){day, 120}), utc(2027, 3, 28, 1, 0));
    assert_int_equal(london_milliseconds((struct moment){day, 59}), utc(2027, 3, 28, 0, 59));
    assert_int_equal(london_day_end(day) + 1 - london_day_start(day), 23 * HOUR);
}

static void the_clock_goes_back_in_october(void **state)
{
    (void)state;
    assert_clock(utc(2026, 10, 25, 0, 30), 2026, 10, 25, 1, 30);
    assert_clock(utc(2026, 10, 25, 1, 30), 2026, 10, 25, 1, 30);
    assert_clock(utc(2026, 10, 24, 23, 0), 2026, 10, 25, 0, 0);
    int64_t day = date_to_day((struct date){2026, 10, 25});
    /* 01:30 comes twice: the first time is meant */
    assert_int_equal(london_milliseconds((struct moment){day, 90}), utc(2026, 10, 25, 0, 30));
    assert_int_equal(london_milliseconds((struct moment){day, 120}), utc(2026, 10, 25, 2, 0));
    assert_int_equal(london_day_end(day) + 1 - london_day_start(day), 25 * HOUR);
}

/* Half an hour past every hour of 1996 to 2095, so both sides of each change are seen. */
static void compare(const char *zone)
{
    assert_int_equal(setenv("TZ", zone, 1), 0);
    tzset();
    for (int64_t at = utc(1996, 1, 1, 0, 30); at < utc(2096, 1, 1, 0, 0); at += HOUR) {
        struct tm local;
        time_t seconds = (time_t)(at / 1000);
        assert_non_null(localtime_r(&seconds, &local));
        struct moment found = london_moment(at);
        struct date date = date_from_day(found.day);
        if (date.year != local.tm_year + 1900 || date.month != local.tm_mon + 1 ||
            date.day != local.tm_mday || found.minute != local.tm_hour * 60 + local.tm_min)
            fail_msg("%s: %lld", zone, (long long)at);
        int64_t back = london_milliseconds(found);
        if (back != at && back != at - HOUR) fail_msg("%s, back: %lld", zone, (long long)at);
    }
}

static void it_is_the_library_s_clock(void **state)
{
    (void)state;
    compare("GMT0BST,M3.5.0/1,M10.5.0/2");
    if (access("/usr/share/zoneinfo/Europe/London", R_OK) == 0) compare("Europe/London");
}

static void far_away_it_does_not_fail(void **state)
{
    (void)state;
    assert_clock(-1, 1969, 12, 31, 23, 59);
    assert_clock(utc(9998, 7, 1, 12, 0), 9998, 7, 1, 13, 0);
    assert_clock(utc(1, 1, 1, 0, 0), 1, 1, 1, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_clock_goes_forward_in_march),
        cmocka_unit_test(the_clock_goes_back_in_october),
        cmocka_unit_test(it_is_the_library_s_clock),
        cmocka_unit_test(far_away_it_does_not_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
