/* Any bytes into the JSON reader; what it takes is written and read again and must be the same.
 * Numbers that are not whole are left out of that: the writer has none. */
#include <stdlib.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool kept)
{
    if (!kept) abort();
}

/* Depth is counted by the reader: at most JSON_DEPTH_LARGEST. */
static void write_again(struct json_writer *writer, const struct json *json)
{
    switch (json->kind) {
    case JSON_NULL: json_null(writer); return;
    case JSON_FALSE: json_bool(writer, false); return;
    case JSON_TRUE: json_bool(writer, true); return;
    case JSON_STRING: json_string(writer, json->string); return;
    case JSON_NUMBER: json_number(writer, json->whole ? json->number : 0); return;
    case JSON_ARRAY: json_open_array(writer); break;
    case JSON_OBJECT: json_open_object(writer); break;
    }
    for (const struct json *member = json->first; member != NULL; member = member->next) {
        if (json->kind == JSON_OBJECT) json_key(writer, member->key);
        write_again(writer, member);
    }
    if (json->kind == JSON_OBJECT)
        json_close_object(writer);
    else
        json_close_array(writer);
}

static void require_same(const struct json *a, const struct json *b)
{
    require(a->kind == b->kind && a->count == b->count);
    require(slice_equal(a->key, b->key) && slice_equal(a->string, b->string));
    require(a->kind != JSON_NUMBER || b->number == (a->whole ? a->number : 0));
    const struct json *other = b->first;
    for (const struct json *member = a->first; member != NULL; member = member->next) {
        if (other == NULL) abort();
        if (a->kind == JSON_OBJECT) require(json_member(b, member->key) == other);
        require_same(member, other);
        other = other->next;
    }
    require(other == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 65536) return 0;
    AUTO(arena) struct arena *arena = arena_new();
    struct json *first = NULL;
    struct error error = {0};
    struct slice source = {size == 0 ? "" : (const char *)data, size};
    if (!json_read(source, arena, &first, &error)) {
        require(first == NULL && error.code != ERROR_NONE && error.line > 0);
        return 0;
    }
    for (int indent = 0; indent < 2; indent++) {
        AUTO_TEXT struct text text;
        text_init(&text, (size_t)JSON_SIZE_LARGEST * 4);
        struct json_writer writer;
        json_writer_init(&writer, &text, indent == 1);
        write_again(&writer, first);
        struct json *again = NULL;
        if (text.length > JSON_SIZE_LARGEST)
            continue; /* indented, it may be larger than the reader takes */
        require(json_read(text_slice(&text), arena, &again, NULL));
        require_same(first, again);
    }
    return 0;
}
