/* An event's canonical bytes (docs/ledger.md): written from a struct that our code filled, read strictly, so that one event
 * has one form. What the kinds and fields mean is the service's matter. */
#include "ledger/event.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "ledger/bytes.h"

struct id id_make(void)
{
    struct id id = {0};
    bytes_random(id.at, sizeof id.at);
    return id;
}

bool id_same(const struct id *a, const struct id *b)
{
    return memcmp(a->at, b->at, sizeof a->at) == 0;
}

bool id_is_none(const struct id *id)
{
    return id_same(id, &(struct id){0});
}

void id_hex(const struct id *id, char ret_hex[2 * ID_SIZE + 1])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < ID_SIZE; i++) {
        ret_hex[2 * i] = digits[id->at[i] >> 4];
        ret_hex[2 * i + 1] = digits[id->at[i] & 15];
    }
    ret_hex[sizeof id->at * 2] = '\0';
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool id_read(struct slice hex, struct id *ret_id)
{
    if (hex.length != (size_t)2 * ID_SIZE) return false;
    struct id id;
    for (size_t i = 0; i < ID_SIZE; i++) {
        int high = hex_value(hex.at[2 * i]);
        int low = hex_value(hex.at[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        id.at[i] = (unsigned char)(high << 4 | low);
    }
    *ret_id = id;
    return true;
}

struct slice id_slice(const struct id *id)
{
    return BYTES(id->at);
}

bool id_of_bytes(struct slice bytes, struct id *ret_id)
{
    if (bytes.length != ID_SIZE) return false;
    memcpy(ret_id->at, bytes.at, ID_SIZE);
    return true;
}

/* Kinds and keys of fields: 1..most of [a-z0-9-]. */
static bool is_word(struct slice word, size_t most)
{
    if (word.length == 0 || word.length > most) return false;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    }
    return true;
}

/* UTF-8 without U+0000..U+001F and U+007F..U+009F. */
bool event_value_fits(struct slice value)
{
    if (value.length > EVENT_FIELD_LARGEST) return false;
    bool plain = true;
    for (size_t i = 0; i < value.length; i++) {
        unsigned char c = (unsigned char)value.at[i];
        if (c < 0x20 || c == 0x7F) return false;
        bool late = c == 0xC2 && i + 1 < value.length && (unsigned char)value.at[i + 1] < 0xA0;
        if (late) return false;
        plain = plain && c < 0x80;
    }
    return plain || utf8_check(value) == value.length;
}

static void write_fields(const struct event *event, struct text *out)
{
    assert(event->fields.count <= EVENT_FIELDS_LARGEST);
    bytes_add_number(out, event->fields.count, 2);
    for (size_t i = 0; i < event->fields.count; i++) {
        const struct event_field *field = &event->fields.at[i];
        assert(is_word(field->key, EVENT_FIELD_KEY_LARGEST) && event_value_fits(field->value));
        assert(i == 0 || slice_compare(field[-1].key, field->key) < 0);
        bytes_add_number(out, field->key.length, 1);
        text_add(out, field->key);
        bytes_add_number(out, field->value.length, 2);
        text_add(out, field->value);
    }
}

static void write_parts(const struct event *event, struct text *out)
{
    assert(event->parts.count <= EVENT_PARTS_LARGEST);
    bytes_add_number(out, event->parts.count, 2);
    for (size_t i = 0; i < event->parts.count; i++) {
        const struct event_part *part = &event->parts.at[i];
        text_add(out, id_slice(&part->person));
        text_add(out, id_slice(&part->key));
        bytes_add_number(out, part->sealed.length, 4);
        text_add(out, part->sealed);
    }
}

void event_write(const struct event *event, struct text *out)
{
    assert(event->at >= 0 && is_word(event->kind, EVENT_KIND_LARGEST));
    size_t start = out->length;
    text_add_string(out, EVENT_MAGIC);
    bytes_add_number(out, event->n, 8);
    bytes_add_number(out, (uint64_t)event->at, 8);
    text_add(out, id_slice(&event->id));
    text_add(out, id_slice(&event->act));
    text_add(out, id_slice(&event->actor));
    bytes_add_number(out, event->kind.length, 1);
    text_add(out, event->kind);
    write_fields(event, out);
    write_parts(event, out);
    assert(out->length - start <= EVENT_SIZE_LARGEST);
    (void)start; /* where assertions are off */
}

static bool take_id(struct cursor *cursor, struct id *ret_id)
{
    struct slice bytes;
    return bytes_take(cursor, ID_SIZE, &bytes) && id_of_bytes(bytes, ret_id);
}

static bool read_head(struct cursor *cursor, struct event *event)
{
    uint64_t at;
    if (!cursor_take_slice(cursor, SLICE(EVENT_MAGIC))) return false;
    if (!bytes_take_number(cursor, 8, &event->n)) return false;
    if (!bytes_take_number(cursor, 8, &at) || at > INT64_MAX) return false;
    event->at = (int64_t)at;
    if (!take_id(cursor, &event->id) || !take_id(cursor, &event->act)) return false;
    if (!take_id(cursor, &event->actor)) return false;
    return bytes_take_run(cursor, 1, EVENT_KIND_LARGEST, &event->kind) &&
           is_word(event->kind, EVENT_KIND_LARGEST);
}

static bool read_fields(struct cursor *cursor, struct arena *arena, struct event *event)
{
    uint64_t count;
    if (!bytes_take_number(cursor, 2, &count) || count > EVENT_FIELDS_LARGEST) return false;
    if (count > 0) event->fields.at = ARENA_ARRAY(arena, struct event_field, (size_t)count);
    event->fields.space = event->fields.count = (size_t)count;
    for (size_t i = 0; i < count; i++) {
        struct event_field *field = &event->fields.at[i];
        if (!bytes_take_run(cursor, 1, EVENT_FIELD_KEY_LARGEST, &field->key)) return false;
        if (!is_word(field->key, EVENT_FIELD_KEY_LARGEST)) return false;
        if (i > 0 && slice_compare(field[-1].key, field->key) >= 0) return false;
        if (!bytes_take_run(cursor, 2, EVENT_FIELD_LARGEST, &field->value)) return false;
        if (!event_value_fits(field->value)) return false;
    }
    return true;
}

static bool read_parts(struct cursor *cursor, struct arena *arena, struct event *event)
{
    uint64_t count;
    if (!bytes_take_number(cursor, 2, &count) || count > EVENT_PARTS_LARGEST) return false;
    if (count > 0) event->parts.at = ARENA_ARRAY(arena, struct event_part, (size_t)count);
    event->parts.space = event->parts.count = (size_t)count;
    for (size_t i = 0; i < count; i++) {
        struct event_part *part = &event->parts.at[i];
        if (!take_id(cursor, &part->person) || !take_id(cursor, &part->key)) return false;
        if (!bytes_take_run(cursor, 4, EVENT_SIZE_LARGEST, &part->sealed)) return false;
    }
    return true;
}

bool event_read(struct slice body, struct arena *arena, struct event *ret_event,
                struct error *error)
{
    if (body.length > EVENT_SIZE_LARGEST)
        return error_set(error, ERROR_LIMIT, "the event has more than %u bytes",
                         EVENT_SIZE_LARGEST);
    struct cursor cursor;
    cursor_init(&cursor, body);
    struct event event = {0};
    const char *where = "head";
    bool read = read_head(&cursor, &event);
    if (read) where = "fields", read = read_fields(&cursor, arena, &event);
    if (read) where = "parts", read = read_parts(&cursor, arena, &event);
    if (!read)
        return error_set(error, ERROR_SYNTAX,
                         "the bytes are no event: its %s cannot be read at byte %zu of %zu", where,
                         cursor.at, body.length);
    if (!cursor_done(&cursor))
        return error_set(error, ERROR_SYNTAX, "the bytes are no event: %zu stand behind its end",
                         body.length - cursor.at);
    *ret_event = event;
    return true;
}

struct slice event_value(const struct event *event, const char *key)
{
    for (size_t i = 0; i < event->fields.count; i++) {
        if (slice_is(event->fields.at[i].key, key)) return event->fields.at[i].value;
    }
    return SLICE_EMPTY;
}

void event_set(struct event *event, struct arena *arena, const char *key, struct slice value)
{
    struct slice name = slice_of(key);
    size_t at = 0;
    while (at < event->fields.count && slice_compare(event->fields.at[at].key, name) < 0) at++;
    if (at < event->fields.count && slice_equal(event->fields.at[at].key, name)) {
        event->fields.at[at].value = value;
        return;
    }
    (void)LIST_ADD(arena, &event->fields);
    struct event_field *field = &event->fields.at[at];
    memmove(field + 1, field, (event->fields.count - 1 - at) * sizeof *field);
    *field = (struct event_field){.key = name, .value = value};
}
