/* An event as bytes, the only form in which it is kept and hashed: docs/ledger.md gives the layout, which this room and the
 * second verifier both follow. The envelope holds no personal data; what concerns a person stands in a part sealed under
 * that person's key (seal.h). */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#define EVENT_MAGIC "LYE1"
#define EVENT_SIZE_LARGEST (4u << 20)
#define EVENT_KIND_LARGEST 40
#define EVENT_FIELDS_LARGEST 64
#define EVENT_FIELD_KEY_LARGEST 40
#define EVENT_FIELD_LARGEST 4000 /* bytes of one value */
#define EVENT_PARTS_LARGEST 64
#define ID_SIZE ((size_t)16)

/* A random 128-bit name: of a person (a pseudonym), a key, an event, a thing. All zeros: none. */
struct id {
    unsigned char at[ID_SIZE];
};
struct id id_make(void); /* from the system's random source */
bool id_same(const struct id *a, const struct id *b);
bool id_is_none(const struct id *id);
/* 32 hexadecimal digits and a NUL. */
void id_hex(const struct id *id, char ret_hex[2 * ID_SIZE + 1]);
MUST_USE bool id_read(struct slice hex, struct id *ret_id);
struct slice id_slice(const struct id *id);
MUST_USE bool id_of_bytes(struct slice bytes, struct id *ret_id);

struct event_field {
    struct slice key, value; /* key: [a-z0-9-]; value: UTF-8 without control characters */
};
struct event_part {
    struct id person, key;
    struct slice sealed;
};
struct event {
    uint64_t n;        /* from 0, without gaps */
    int64_t at;        /* milliseconds since 1970 UTC; never less than the event before */
    struct id id;      /* its own */
    struct id act;     /* the act that made it: several events may share one */
    struct id actor;   /* who acted; none: the program itself */
    struct slice kind; /* [a-z0-9-] */
    LIST(struct event_field) fields; /* in order, keys in ascending order, each once */
    LIST(struct event_part) parts;
};

/* Asserts the limits and the order: an event is made by our code only. */
void event_write(const struct event *event, struct text *out);
/* Strict: every byte belongs to something, so that event_write gives the same bytes back. Slices borrow from `body`. */
MUST_USE bool event_read(struct slice body, struct arena *arena, struct event *ret_event,
                         struct error *error);
/* The value of a field, or empty. */
struct slice event_value(const struct event *event, const char *key);
/* Whether this may be the value of a field: short enough, UTF-8, no control characters. */
bool event_value_fits(struct slice value);
/* Sets a field, keeping the keys in order. Key and value are borrowed. */
void event_set(struct event *event, struct arena *arena, const char *key, struct slice value);
