/* Any bytes into the UTF-8 check and the readers of dates, times and numbers: what is taken must
 * come back the same, and what UTF-8 is said to be well formed must be so character by character.
 * */
#include <stdlib.h>

#include "base/cursor.h"
#include "base/date.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool kept)
{
    if (!kept) abort();
}

static void try_utf8(struct slice text)
{
    size_t good = utf8_check(text);
    size_t characters = 0;
    size_t at = 0;
    for (size_t length; at < good; at += length, characters++) {
        length = utf8_first(slice_part(text, at, good));
        require(length >= 1 && length <= 4);
    }
    require(at == good && utf8_length(slice_part(text, 0, good)) == characters);
    require(good == text.length || utf8_first(slice_part(text, good, text.length)) == 0);
}

static void try_dates(struct slice text)
{
    struct date date;
    struct moment moment;
    bool flag;
    int minute;
    if (date_parse_month(text, &date, &flag)) {
        require(date_valid(date));
        struct date again = date_from_day(date_to_day(date));
        require(again.year == date.year && again.month == date.month && again.day == date.day);
        require(date_age(date, date) == 0 && date_months_between(date, date) == 0);
        char printed[11];
        date_format(date, printed);
        require(flag || slice_is(text, printed));
    }
    if (moment_parse(text, &moment, &flag))
        require(moment.minute >= 0 && moment.minute < 1440 && text.length == (flag ? 16u : 10u));
    if (clock_parse(text, &minute)) require(minute >= 0 && minute < 1440);
}

static void try_cursor(struct slice text)
{
    struct cursor cursor;
    cursor_init(&cursor, text);
    size_t line;
    size_t column;
    while (!cursor_done(&cursor)) {
        size_t before = cursor.at;
        int64_t number;
        if (!cursor_take_number(&cursor, 18, &number)) (void)cursor_take_until(&cursor, ' ');
        if (cursor_skip_blanks(&cursor) == 0 && cursor.at == before)
            require(cursor_take(&cursor, (char)cursor_peek(&cursor)));
        require(cursor.at > before && cursor.at <= text.length);
    }
    cursor_place(&cursor, text.length, &line, &column);
    require(line >= 1 && column >= 1 && line + column <= text.length + 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {size == 0 ? "" : (const char *)data, size};
    try_utf8(text);
    try_dates(text);
    try_cursor(text);
    return 0;
}
