/* Civil dates and times of day, proleptic Gregorian, no zones: whole days and minutes, never
 * seconds since 1970. A day number counts from 1970-01-01 = 0. Years 1..9999. */
#pragma once

#include "base/arena.h"

struct date {
    int year, month, day;
};

/* A moment by the local clock: a day and a minute of it, 0..1439. */
struct moment {
    int64_t day;
    int minute;
};

bool date_valid(struct date date);
int64_t date_to_day(struct date date);
/* Days outside the years 1..9999 give their first or last day. */
struct date date_from_day(int64_t day);
int date_month_length(int year, int month);
/* 2024-03-15 */
MUST_USE bool date_parse(struct slice text, struct date *ret_date);
/* `2024-03-15` or `March 2024`, which is its last day (reading R8). */
MUST_USE bool date_parse_month(struct slice text, struct date *ret_date, bool *ret_month_only);
/* 2024-03-15, or 2024-03-15 18:05, or 2024-03-15T18:05 */
MUST_USE bool moment_parse(struct slice text, struct moment *ret_moment, bool *ret_has_time);
/* 18:05 as minutes of the day */
MUST_USE bool clock_parse(struct slice text, int *ret_minute);
/* Whole years between a birth and a day; a birthday on 29 February falls on 1 March in common years
 * (reading R7). Negative where the day is before the birth. */
int date_age(struct date birth, struct date on);
/* Whole calendar months from a to b, the end of a month clamped: the most that can be added to a
 * without passing b, so -1 where b is a day before a. */
int date_months_between(struct date from, struct date to);
/* The same day so many months on, or the last one of a shorter month. Outside 1..9999: its first or
 * last day. */
struct date date_add_months(struct date date, int months);
/* YYYY-MM-DD into 11 bytes, NUL included. */
void date_format(struct date date, char ret_text[11]);
/* January for 1, and so on to 12. */
const char *date_month_name(int month);
/* 15 March 2024, in the arena. */
struct slice date_words(struct date date, struct arena *arena);
/* The local date and minute now (TZ of the process, Europe/London where unset; the first call sets
 * it, so a program with threads calls once before it starts them). */
struct moment moment_now(void);
