/* Deadlines by the calendar of a school: terms, days without school, bank holidays of the three nations, and the clock of
 * Europe/London. Pure: no record, no clock of its own (calendar_read.h reads and writes calendars). What is not known is
 * counted so that a deadline is never later than it would be, and said in notes. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "policy/rule.h"

#define CALENDAR_TERMS_LARGEST 40
#define CALENDAR_CLOSED_LARGEST 200
#define CALENDAR_LATE 60           /* minutes, where nobody has set them */
#define CALENDAR_LATE_LARGEST 1440 /* what is owed at once is late within a day */
/* Between two terms no holiday is longer, in days: terms are missing there. */
#define CALENDAR_HOLIDAY_LARGEST 77
#define CALENDAR_YEAR_FIRST 2000
#define CALENDAR_YEAR_LAST 2100

enum nation {
    NATION_UNKNOWN, /* a bank holiday is one that all three have */
    NATION_ENGLAND_AND_WALES,
    NATION_SCOTLAND,
    NATION_NORTHERN_IRELAND,
    NATIONS
};
/* `england-and-wales` and so on, empty for the unknown; by code, NATIONS where there is none. */
struct slice nation_code(enum nation nation);
struct slice nation_words(enum nation nation); /* England and Wales */
enum nation nation_of(struct slice code);

struct term {
    int64_t first, last; /* days; both are school days if nothing else speaks against it */
};
/* Days in order, terms in order and apart. */
struct calendar {
    enum nation nation;
    int64_t late; /* minutes after which what is owed at once counts as late */
    LIST(struct term) terms;
    LIST(int64_t) closed; /* INSET days and others without school */
};

/* The calendar of who has none: no terms, no nation, late after CALENDAR_LATE minutes. */
struct calendar calendar_unknown(void);

/* ---- days ---- */

/* The name of the bank holiday, where the day is one; else empty. */
struct slice calendar_bank_holiday(enum nation nation, int64_t day);
/* The first and the last day for which the bank holidays are known, and the day when they were last looked up. */
int64_t calendar_known_from(void);
int64_t calendar_known_until(void);
int64_t calendar_checked(void);

/* Monday to Friday, no bank holiday. */
bool calendar_working_day(const struct calendar *calendar, int64_t day);
/* A working day within a term that is not closed. Where no terms are known any working day that is not closed. */
bool calendar_school_day(const struct calendar *calendar, int64_t day);
/* Whether the terms around a day are known: it lies in one, or in a holiday between two. */
bool calendar_knows(const struct calendar *calendar, int64_t day);
/* The first school day after a day. */
int64_t calendar_next_school_day(const struct calendar *calendar, int64_t day);
/* Whether terms should be asked for on a day: there are none, they end within eight weeks, or it is May or later and next
 * school year's are not there. `ret_last`: the last day known, or 0. */
bool calendar_wants_terms(const struct calendar *calendar, int64_t today, int64_t *ret_last);

/* ---- deadlines ---- */

/* What a deadline rests on that is not certain; bits. */
enum calendar_note {
    CALENDAR_NO_TERMS = 1,    /* days were counted for which no terms are known */
    CALENDAR_NO_HOLIDAYS = 2, /* days were counted of years whose bank holidays are not known */
    CALENDAR_NO_NATION = 4    /* a day was counted that is a bank holiday in some nation */
};
/* When something is due that has to be done within a span of an event, in milliseconds: the last one of the day, except for
 * hours, and for `immediately`, which is due with the event. False: the span sets no deadline. The event's own day does not
 * count. docs/calendar.md says it in full. */
bool calendar_due(const struct calendar *calendar, struct span within, int64_t event,
                  int64_t *ret_due, unsigned *ret_notes);
/* The same from a day to a day, for spans of days: `immediately`, `the same school day` and hours give the day itself. */
int64_t calendar_due_day(const struct calendar *calendar, struct span within, int64_t day,
                         unsigned *ret_notes);
/* From when it counts as late: at once is late after the calendar's minutes, everything else when it was due. */
int64_t calendar_late(const struct calendar *calendar, struct span within, int64_t due);
/* The notes as a sentence or two for whoever sees the deadline; nothing where there are none. */
void calendar_notes(unsigned notes, struct text *out);
