/* Reading what a request says: items of a list, yes and no, the value of one fact. Knows no request's state. */
#include "policy/request_value.h"

bool request_unknown(const struct request *request, enum word_place place, const char *what,
                     struct slice text, struct error *error)
{
    (void)error_set(error, ERROR_REQUEST, "I do not know the %s '%.*s'", what, SLICE_PRINT(text));
    struct slice near = words_nearest(&request->policy->words, place, text);
    return near.length == 0 ? false
                            : error_advise(error, "did you mean '%.*s'?", SLICE_PRINT(near));
}

bool value_is_nobody(struct slice value)
{
    return slice_is(value, "nobody") || slice_is(value, "none") || slice_is(value, "no one");
}

bool value_next_item(struct slice *rest, char separator, struct slice *ret_item)
{
    while (slice_split(rest, separator, ret_item)) {
        *ret_item = slice_trim(*ret_item);
        if (ret_item->length > 0) {
            return true;
        }
    }
    return false;
}

bool value_is_dont_know(struct slice value)
{
    return slice_is(value, "don't know") || slice_is(value, "dont know") ||
           slice_is(value, "not known") || slice_is(value, "unknown");
}

bool value_yes_no(struct slice value, int64_t *ret_value)
{
    *ret_value = slice_is(value, "yes") || slice_is(value, "true");
    return *ret_value != 0 || slice_is(value, "no") || slice_is(value, "false");
}

static bool set_choice(const struct fact *fact, struct slice text, struct value *ret_value,
                       struct error *error)
{
    for (size_t i = 0; i < fact->values.count; i++) {
        if (slice_equal(fact->values.at[i], text)) {
            *ret_value = (struct value){.known = KNOWN, .value = (int64_t)i};
            return true;
        }
    }
    (void)error_set(error, ERROR_REQUEST, "'%.*s' is never '%.*s'", SLICE_PRINT(fact->word.phrase),
                    SLICE_PRINT(text));
    return fact->values.count == 0 ? false
                                   : error_advise(error, "the first of its values is '%.*s'",
                                                  SLICE_PRINT(fact->values.at[0]));
}

static bool set_number(const struct fact *fact, struct slice text, struct value *ret_value,
                       struct error *error)
{
    struct date birth;
    struct slice born = SLICE("born ");
    if (fact->age && slice_starts(text, born) &&
        date_parse(slice_trim(slice_part(text, born.length, text.length)), &birth)) {
        *ret_value = (struct value){.known = KNOWN, .born = true, .value = date_to_day(birth)};
        return true;
    }
    struct slice digits = text;
    size_t blank = slice_find(text, ' ');
    if (fact->unit.length > 0 && blank < text.length) {
        digits = slice_part(text, 0, blank);
    }
    int64_t number;
    if (!slice_number(digits, &number)) {
        (void)error_set(error, ERROR_REQUEST, "'%.*s' is a number, not '%.*s'",
                        SLICE_PRINT(fact->word.phrase), SLICE_PRINT(text));
        return error_advise(error,
                            fact->age ? "write 14, or born 2010-06-01" : "write a whole number");
    }
    if (number < fact->low || number > fact->high) {
        (void)error_set(error, ERROR_REQUEST, "'%.*s' is %lld, which is outside %lld to %lld",
                        SLICE_PRINT(fact->word.phrase), (long long)number, (long long)fact->low,
                        (long long)fact->high);
        return error_advise(error, "check the figure");
    }
    *ret_value = (struct value){.known = KNOWN, .value = number};
    return true;
}

static bool set_time_or_date(const struct fact *fact, struct slice text, struct value *ret_value,
                             struct error *error)
{
    struct date date;
    int minute;
    if (fact->kind == FACT_TIME && clock_parse(text, &minute)) {
        *ret_value = (struct value){.known = KNOWN, .value = minute};
        return true;
    }
    if (fact->kind == FACT_DATE && date_parse(text, &date)) {
        *ret_value = (struct value){.known = KNOWN, .value = date_to_day(date)};
        return true;
    }
    return error_set(error, ERROR_REQUEST, "'%.*s' cannot be '%.*s'; write it as %s",
                     SLICE_PRINT(fact->word.phrase), SLICE_PRINT(text),
                     fact->kind == FACT_TIME ? "18:05" : "2026-09-01");
}

bool value_read(const struct fact *fact, struct slice text, struct value *ret_value,
                struct error *error)
{
    if (value_is_dont_know(text)) {
        *ret_value = (struct value){.known = NOT_KNOWN};
        return true;
    }
    int64_t yes;
    switch (fact->kind) {
    case FACT_YES_NO:
    case FACT_PERSONAL:
        if (!value_yes_no(text, &yes)) {
            return error_set(error, ERROR_REQUEST, "'%.*s' is yes, no or don't know, not '%.*s'",
                             SLICE_PRINT(fact->word.phrase), SLICE_PRINT(text));
        }
        *ret_value = (struct value){.known = KNOWN, .value = yes};
        return true;
    case FACT_CHOICE: return set_choice(fact, text, ret_value, error);
    case FACT_NUMBER: return set_number(fact, text, ret_value, error);
    case FACT_TIME:
    case FACT_DATE: return set_time_or_date(fact, text, ret_value, error);
    case FACT_RECORD: break;
    }
    return error_set(error, ERROR_REQUEST, "'%.*s' is a record; write given, refused or missing",
                     SLICE_PRINT(fact->word.phrase));
}

bool value_take_word(struct slice *rest, struct slice word)
{
    *rest = slice_trim(*rest);
    bool whole =
        rest->length == word.length || (rest->length > word.length && rest->at[word.length] == ' ');
    if (!slice_starts(*rest, word) || !whole) {
        return false;
    }
    *rest = slice_trim(slice_part(*rest, word.length, rest->length));
    return true;
}
