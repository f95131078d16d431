/* Any text as the terms and as the INSET days of a calendar, and as what a row keeps: what is taken must be in order and apart,
 * come back the same as people would type it and as a row keeps it, and every span of days must end behind its beginning, on a
 * day that counts. */
#include <stdlib.h>

#include "service/calendar_text.h"

#define TEXT_LARGEST ((size_t)100000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool kept)
{
    if (!kept) abort();
}

static void require_sound(const struct calendar *calendar)
{
    require(calendar->terms.count <= CALENDAR_TERMS_LARGEST);
    require(calendar->closed.count <= CALENDAR_CLOSED_LARGEST);
    for (size_t i = 0; i < calendar->terms.count; i++) {
        require(calendar->terms.at[i].first <= calendar->terms.at[i].last);
        require(i == 0 || calendar->terms.at[i - 1].last < calendar->terms.at[i].first);
    }
    for (size_t i = 1; i < calendar->closed.count; i++)
        require(calendar->closed.at[i - 1] < calendar->closed.at[i]);
}

static void require_same(const struct calendar *a, const struct calendar *b)
{
    require(a->terms.count == b->terms.count && a->closed.count == b->closed.count);
    for (size_t i = 0; i < a->terms.count; i++)
        require(a->terms.at[i].first == b->terms.at[i].first &&
                a->terms.at[i].last == b->terms.at[i].last);
    for (size_t i = 0; i < a->closed.count; i++) require(a->closed.at[i] == b->closed.at[i]);
}

static void try_typed_again(const struct calendar *calendar, struct arena *arena)
{
    AUTO_TEXT struct text terms, closed;
    struct calendar again = calendar_unknown();
    text_init(&terms, TEXT_LARGEST);
    text_init(&closed, TEXT_LARGEST);
    calendar_write_terms(calendar, &terms);
    calendar_write_closed(calendar, &closed);
    require(calendar_read_terms(text_slice(&terms), arena, &again, NULL));
    require(calendar_read_closed(text_slice(&closed), arena, &again, NULL));
    require_same(calendar, &again);
}

static void try_kept_again(const struct calendar *calendar, struct arena *arena)
{
    AUTO_TEXT struct text terms, closed;
    text_init(&terms, TEXT_LARGEST);
    text_init(&closed, TEXT_LARGEST);
    calendar_store_terms(calendar, &terms);
    calendar_store_closed(calendar, &closed);
    struct calendar again = calendar_load(nation_code(calendar->nation), calendar->late,
                                          text_slice(&terms), text_slice(&closed), arena);
    require_same(calendar, &again);
    require(again.nation == calendar->nation && again.late == calendar->late);
}

static void try_deadlines(const struct calendar *calendar)
{
    static const enum span_unit units[] = {SPAN_SCHOOL_DAYS, SPAN_WORKING_DAYS};
    int64_t event = calendar->terms.count > 0 ? calendar->terms.at[0].last : 20000;
    for (size_t i = 0; i < 2; i++) {
        unsigned notes;
        struct span within = {units[i], 3};
        int64_t day = calendar_due_day(calendar, within, event, &notes);
        require(day >= event + 3);
        require(i == 0 ? calendar_school_day(calendar, day) : calendar_working_day(calendar, day));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice text = {size == 0 ? "" : (const char *)data, size};
    struct calendar calendar = calendar_unknown();
    struct error error = {.code = ERROR_NONE};
    if (size > 0) calendar.nation = (enum nation)(data[0] % NATIONS);
    bool terms = calendar_read_terms(text, arena, &calendar, &error);
    require(terms || error.sentence[0] != '\0');
    require_sound(&calendar);
    bool closed = calendar_read_closed(text, arena, &calendar, &error);
    require(closed || error.sentence[0] != '\0');
    require_sound(&calendar);
    try_typed_again(&calendar, arena);
    try_kept_again(&calendar, arena);
    try_deadlines(&calendar);
    struct calendar loaded = calendar_load(SLICE("scotland"), 60, text, text, arena);
    require_sound(&loaded);
    try_deadlines(&loaded);
    return 0;
}
