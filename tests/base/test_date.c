/* Civil dates: every day of 9,999 years, 29 February, the ends of months, and texts that are no
 * date. */
#include <stdlib.h>
#include <time.h>

#include "base/date.h"
#include "base/random.h"
#include "testing.h"

static struct date date_of(const char *text)
{
    struct date date = {0};
    if (!date_parse(slice_of(text), &date)) fail_msg("%s is no date", text);
    return date;
}

static bool same(struct date a, struct date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static void assert_date(struct date found, const char *expected)
{
    char text[11];
    date_format(found, text);
    assert_string_equal(text, expected);
}

/* Walks the calendar as a person would, one day after the other. */
static void every_day_has_its_number(void **state)
{
    (void)state;
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t day = date_to_day(date_of("0001-01-01"));
    for (int year = 1; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && leap);
            assert_int_equal(date_month_length(year, month), length);
            for (int of_month = 1; of_month <= length; of_month++, day++) {
                struct date date = {year, month, of_month};
                if (date_to_day(date) != day || !same(date_from_day(day), date))
                    fail_msg("day %lld is not %d-%d-%d", (long long)day, year, month, of_month);
            }
        }
    }
    assert_int_equal(date_to_day(date_of("1970-01-01")), 0);
    assert_int_equal(date_to_day(date_of("2000-03-01")), 11017);
    assert_date(date_from_day(INT64_MIN), "0001-01-01");
    assert_date(date_from_day(INT64_MAX), "9999-12-31");
}

static void reads_dates_strictly(void **state)
{
    (void)state;
    assert_date(date_of("2024-02-29"), "2024-02-29");
    assert_date(date_of("0001-01-01"), "0001-01-01");
    static const char *const bad[] = {
        "",           "2024-2-29",  "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10",
        "2024-04-31", "2024-04-00", "0000-01-01", "24-04-01",   "2024/04/01", "2024-04-01 ",
        " 2024-04-1", "+024-04-01", "2024-04-0x", "20240401",   "2024-04-1",  "2024-04-011",
    };
    struct date date = {1, 2, 3};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(date_parse(slice_of(bad[i]), &date));
    assert_true(same(date, (struct date){1, 2, 3}));
}

static void a_month_means_its_last_day(void **state)
{
    (void)state;
    struct date date = {0};
    bool month_only = false;
    assert_true(date_parse_month(SLICE("February 2024"), &date, &month_only));
    assert_date(date, "2024-02-29");
    assert_true(month_only);
    assert_true(date_parse_month(SLICE("december 2025"), &date, &month_only));
    assert_date(date, "2025-12-31");
    assert_true(date_parse_month(SLICE("2024-03-15"), &date, &month_only));
    assert_date(date, "2024-03-15");
    assert_false(month_only);
    static const char *const bad[] = {"March",
                                      "March 24",
                                      "March  2024",
                                      "Mar 2024",
                                      "2024 March",
                                      "March 20245",
                                      "March 0000",
                                      " March 2024",
                                      "Marchy 2024",
                                      "2024-03",
                                      ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(date_parse_month(slice_of(bad[i]), &date, &month_only));
}

static void reads_moments(void **state)
{
    (void)state;
    struct moment moment = {0};
    bool has_time = true;
    assert_true(moment_parse(SLICE("1970-01-02"), &moment, &has_time));
    assert_int_equal(moment.day, 1);
    assert_int_equal(moment.minute, 0);
    assert_false(has_time);
    assert_true(moment_parse(SLICE("1970-01-02 18:05"), &moment, &has_time));
    assert_int_equal(moment.minute, 18 * 60 + 5);
    assert_true(has_time);
    assert_true(moment_parse(SLICE("1970-01-01T23:59"), &moment, &has_time));
    assert_int_equal(moment.minute, 1439);
    static const char *const bad[] = {
        "1970-01-01 24:00",    "1970-01-01 12:60", "1970-01-01t12:00",  "1970-01-01 1:00",
        "1970-01-01 12:00:00", "1970-01-01 ",      "1970-01-01  12:00", "12:00",
        "1970-02-30 12:00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(moment_parse(slice_of(bad[i]), &moment, &has_time));
    int minute = 7;
    assert_true(clock_parse(SLICE("00:00"), &minute));
    assert_int_equal(minute, 0);
    assert_false(clock_parse(SLICE("-1:00"), &minute));
    assert_false(clock_parse(SLICE("12.00"), &minute));
}

static void a_leap_birthday_falls_on_1_march(void **state)
{
    (void)state;
    struct date birth = date_of("2008-02-29");
    assert_int_equal(date_age(birth, date_of("2024-02-28")), 15);
    assert_int_equal(date_age(birth, date_of("2024-02-29")), 16);
    assert_int_equal(date_age(birth, date_of("2025-02-28")), 16);
    assert_int_equal(date_age(birth, date_of("2025-03-01")), 17);
    assert_int_equal(date_age(birth, birth), 0);
    assert_int_equal(date_age(birth, date_of("2008-02-28")), -1);
    assert_int_equal(date_age(date_of("2010-09-01"), date_of("2023-08-31")), 12);
    assert_int_equal(date_age(date_of("2010-09-01"), date_of("2023-09-01")), 13);
}

static void months_are_clamped(void **state)
{
    (void)state;
    assert_date(date_add_months(date_of("2024-01-31"), 1), "2024-02-29");
    assert_date(date_add_months(date_of("2023-01-31"), 1), "2023-02-28");
    assert_date(date_add_months(date_of("2024-03-31"), -1), "2024-02-29");
    assert_date(date_add_months(date_of("2024-11-15"), 2), "2025-01-15");
    assert_date(date_add_months(date_of("2024-01-15"), -13), "2022-12-15");
    assert_date(date_add_months(date_of("9999-12-01"), 1), "9999-12-31");
    assert_date(date_add_months(date_of("0001-01-31"), -1), "0001-01-01");
    assert_date(date_add_months(date_of("2024-01-31"), 2147483647), "9999-12-31");
    assert_int_equal(date_months_between(date_of("2024-01-31"), date_of("2024-02-28")), 0);
    assert_int_equal(date_months_between(date_of("2024-01-31"), date_of("2024-02-29")), 1);
    assert_int_equal(date_months_between(date_of("2023-06-15"), date_of("2024-06-14")), 11);
    assert_int_equal(date_months_between(date_of("2023-06-15"), date_of("2024-06-15")), 12);
    assert_int_equal(date_months_between(date_of("2024-06-15"), date_of("2024-06-14")), -1);
}

/* What the two promise each other: the most months that can be added without passing the day. */
static void months_between_undoes_add(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 20240229);
    for (int i = 0; i < 20000; i++) {
        struct date from = date_from_day((int64_t)random_below(&random, 20000));
        struct date to = date_from_day((int64_t)random_below(&random, 20000));
        int months = date_months_between(from, to);
        assert_true(date_to_day(date_add_months(from, months)) <= date_to_day(to));
        assert_true(date_to_day(date_add_months(from, months + 1)) > date_to_day(to));
    }
}

static void now_is_the_local_clock(void **state)
{
    (void)state;
    unsetenv("TZ");
    struct moment moment = moment_now();
    assert_string_equal(getenv("TZ"), "Europe/London");
    int64_t minutes = moment.day * 1440 + moment.minute;
    int64_t ahead = minutes - (int64_t)time(NULL) / 60;
    assert_in_range(ahead + 1, 0,
                    61); /* Greenwich or summer time, and a minute that may just have turned */
    setenv("TZ", "UTC-5", 1);
    moment = moment_now();
    assert_in_range(moment.day * 1440 + moment.minute - (int64_t)time(NULL) / 60 + 1, 300, 301);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_has_its_number),
        cmocka_unit_test(reads_dates_strictly),
        cmocka_unit_test(a_month_means_its_last_day),
        cmocka_unit_test(reads_moments),
        cmocka_unit_test(a_leap_birthday_falls_on_1_march),
        cmocka_unit_test(months_are_clamped),
        cmocka_unit_test(months_between_undoes_add),
        cmocka_unit_test(now_is_the_local_clock),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
