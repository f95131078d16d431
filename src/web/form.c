/* Reading of urlencoded forms: pairs, escapes, declared fields. Knows no HTTP and no page. */
#include "web/form.h"

#include "base/utf8.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool form_decode(struct slice encoded, struct arena *arena, struct slice *ret_decoded)
{
    char *decoded = ARENA_ARRAY(arena, char, encoded.length + 1);
    size_t length = 0;
    for (size_t at = 0; at < encoded.length; at++) {
        char c = encoded.at[at];
        if (c == '+') c = ' ';
        if (c == '%') {
            if (encoded.length - at < 3) return false;
            int high = hex_digit(encoded.at[at + 1]), low = hex_digit(encoded.at[at + 2]);
            if (high < 0 || low < 0) return false;
            c = (char)(unsigned char)(high * 16 + low);
            at += 2;
        }
        decoded[length++] = c;
    }
    *ret_decoded = (struct slice){decoded, length};
    return true;
}

static bool field_find(struct slice name, const struct field *fields, size_t count, size_t *ret_at)
{
    for (size_t at = 0; at < count; at++) {
        if (!slice_is(name, fields[at].name)) continue;
        *ret_at = at;
        return true;
    }
    return false;
}

static bool value_clean(struct slice value)
{
    for (size_t at = 0; at < value.length; at++) {
        unsigned char c = (unsigned char)value.at[at];
        if (c == 0x7f || (c < 0x20 && c != '\t' && c != '\n' && c != '\r')) return false;
    }
    return utf8_check(value) == value.length;
}

static bool value_take(struct slice value, const struct field *field, struct form_field *given,
                       struct arena *arena, struct error *error)
{
    if (!value_clean(value))
        return error_set(error, ERROR_SYNTAX, "The form holds characters that are not text.");
    value = slice_trim(value);
    if (value.length == 0) return true;
    if (value.length > field->largest)
        return error_set(error, ERROR_SYNTAX, "An answer is too long.");
    if (given->values.count >= field->most)
        return error_set(error, ERROR_SYNTAX, "An answer was given too many times.");
    if (!field->valid(value))
        return error_set(error, ERROR_SYNTAX, "An answer is not one that this page offers.");
    LIST_PUSH(arena, &given->values, value);
    return true;
}

static bool pair_take(struct slice pair, const struct field *fields, size_t count,
                      struct arena *arena, struct form *form, struct error *error)
{
    size_t equals = slice_find(pair, '=');
    if (equals == pair.length)
        return error_set(error, ERROR_SYNTAX, "The form is not whole: a field has no value.");
    struct slice name, value;
    if (!form_decode(slice_part(pair, 0, equals), arena, &name) ||
        !form_decode(slice_part(pair, equals + 1, pair.length), arena, &value))
        return error_set(error, ERROR_SYNTAX, "The form is not whole: a character is cut off.");
    size_t at;
    if (!field_find(name, fields, count, &at))
        return error_set(error, ERROR_SYNTAX,
                         "The form holds a field that this page does not have.");
    return value_take(value, &fields[at], &form->at[at], arena, error);
}

bool form_read(struct slice body, const struct field *fields, size_t count, struct arena *arena,
               struct form *ret_form, struct error *error)
{
    struct form *form = ARENA_NEW(arena, struct form);
    struct slice pair;
    size_t pairs = 0;
    if (count > FORM_FIELDS_LARGEST)
        return error_set(error, ERROR_INTERNAL, "A page declares too many fields.");
    while (slice_split(&body, '&', &pair)) {
        if (pair.length == 0) continue;
        if (++pairs > FORM_PAIRS_LARGEST)
            return error_set(error, ERROR_SYNTAX, "The form holds too many fields.");
        if (!pair_take(pair, fields, count, arena, form, error)) return false;
    }
    *ret_form = *form;
    return true;
}

struct slice form_value(const struct form *form, size_t field)
{
    const struct form_field *given = &form->at[field];
    return given->values.count > 0 ? given->values.at[0] : SLICE_EMPTY;
}

bool form_is_id(struct slice value)
{
    for (size_t at = 0; at < value.length; at++) {
        char c = value.at[at];
        bool known = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
        if (!known) return false;
    }
    return value.length > 0;
}

bool form_is_hex(struct slice value)
{
    for (size_t at = 0; at < value.length; at++)
        if (hex_digit(value.at[at]) < 0) return false;
    return value.length > 0;
}

bool form_is_number(struct slice value)
{
    int64_t number;
    return slice_number(value, &number);
}

bool form_is_line(struct slice value)
{
    for (size_t at = 0; at < value.length; at++)
        if ((unsigned char)value.at[at] < 0x20) return false;
    return value.length > 0;
}

/* Which characters are text was looked at for every value. */
bool form_is_text(struct slice value)
{
    return value.length > 0;
}
