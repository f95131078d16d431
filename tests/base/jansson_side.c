/* jansson behind two words, so that its header meets none of ours that has the same names. */
#include "jansson_side.h"

#include <jansson.h>
#include <string.h>

#define DEPTH_PRINTED 100 /* more than our reader takes, so nobody compares what lies deeper */

static void print(json_t *json, struct text *out, size_t depth);

static void print_members(json_t *json, struct text *out, size_t depth)
{
    if (json_is_array(json)) {
        text_format(out, "a%zu:", json_array_size(json));
        for (size_t i = 0; i < json_array_size(json); i++)
            print(json_array_get(json, i), out, depth + 1);
        return;
    }
    text_format(out, "o%zu:", json_object_size(json));
    for (void *at = json_object_iter(json); at != NULL; at = json_object_iter_next(json, at)) {
        struct slice key = {json_object_iter_key(at), json_object_iter_key_len(at)};
        text_format(out, "k%zu:", key.length);
        text_add(out, key);
        print(json_object_iter_value(at), out, depth + 1);
    }
}

static void print(json_t *json, struct text *out, size_t depth)
{
    if (depth > DEPTH_PRINTED) return;
    double real = json_real_value(json);
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    switch (json_typeof(json)) {
    case JSON_NULL: text_add_char(out, 'n'); break;
    case JSON_FALSE: text_add_char(out, 'f'); break;
    case JSON_TRUE: text_add_char(out, 't'); break;
    case JSON_INTEGER: text_format(out, "i%lld ", (long long)json_integer_value(json)); break;
    case JSON_REAL: text_format(out, "r%016llx ", (unsigned long long)bits); break;
    case JSON_STRING:
        text_format(out, "s%zu:", json_string_length(json));
        text_add(out, (struct slice){json_string_value(json), json_string_length(json)});
        break;
    case JSON_ARRAY:
    case JSON_OBJECT: print_members(json, out, depth); break;
    }
}

enum jansson_answer jansson_read(struct slice source, struct text *ret_print)
{
    json_error_t error;
    json_t *json = json_loadb(source.at, source.length,
                              JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (json != NULL) {
        print(json, ret_print, 0);
        json_decref(json);
        return JANSSON_TOOK;
    }
    enum json_error_code code = json_error_code(&error);
    bool too_wide = code == json_error_numeric_overflow && strstr(error.text, "integer") != NULL;
    return too_wide || code == json_error_null_byte_in_key ? JANSSON_CANNOT : JANSSON_REFUSED;
}
