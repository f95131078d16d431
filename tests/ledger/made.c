/* Makes the ledger of the tests, and writes it as a bundle; damage.c holds what is done to it. */
#include "made.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/sha256.h"

#define ORIGIN "test.example/ledger"
#define DAY (INT64_C(24) * 60 * 60 * 1000)
#define FIRST_DAY INT64_C(20500)

enum { EVENTS = 23, NOTE_ROOM = 4000 };

struct event made_read(struct made *made, size_t n)
{
    struct event event;
    if (!event_read(made->events.at[n], made->arena, &event, NULL)) abort();
    return event;
}

void made_write(struct made *made, size_t n, const struct event *event)
{
    struct text body;
    text_init(&body, EVENT_SIZE_LARGEST);
    event_write(event, &body);
    made->events.at[n] = arena_copy(made->arena, text_slice(&body));
    text_clear(&body);
}

/* Bytes of an upload, and their name in hex. */
static struct slice add_upload(struct made *made, const char *bytes)
{
    struct made_upload upload = {.bytes = slice_of(bytes)};
    struct id halves[2];
    char hex[2][2 * ID_SIZE + 1];
    sha256(upload.bytes, upload.name.at);
    LIST_PUSH(made->arena, &made->uploads, upload);
    memcpy(halves, upload.name.at, sizeof halves);
    id_hex(&halves[0], hex[0]);
    id_hex(&halves[1], hex[1]);
    return arena_format(made->arena, "%s%s", hex[0], hex[1]);
}

static void add_part(struct made *made, struct event *event, const char *content)
{
    struct event_part part = {.person = {{1}}, .key = {{2}}};
    struct seal_place place = {event->id, part.person, part.key, (uint16_t)event->parts.count};
    struct text sealed;
    text_init(&sealed, 10000);
    seal_close(slice_of(content), &made->key, &place, &sealed);
    part.sealed = arena_copy(made->arena, text_slice(&sealed));
    text_clear(&sealed);
    LIST_PUSH(made->arena, &event->parts, part);
}

/* Days of 8, 8 and 7 events; one between them has none. */
static int64_t time_of(size_t n)
{
    int64_t day = FIRST_DAY + (int64_t)(n / 8) + (n >= 16 ? 1 : 0);
    return day * DAY + (int64_t)(n % 8) * 1000;
}

static void add_event(struct made *made, size_t n)
{
    struct event event = {.n = n, .at = time_of(n), .id = id_make(), .kind = SLICE("role-given")};
    event_set(&event, made->arena, "state", SLICE("given"));
    event_set(&event, made->arena, "role", SLICE("head of year"));
    if (n % 3 == 0) add_part(made, &event, "a small secret");
    if (n % 6 == 0) add_part(made, &event, "another of the same size");
    if (n == 2) {
        struct slice one = add_upload(made, "the first file");
        struct slice two = add_upload(made, "the second file, withdrawn later");
        event_set(&event, made->arena, "upload",
                  arena_format(made->arena, "%.*s %.*s", SLICE_PRINT(one), SLICE_PRINT(two)));
    }
    if (n == 9) event_set(&event, made->arena, "upload", add_upload(made, ""));
    if (n == 12) {
        struct event brought = made_read(made, 2);
        event_set(&event, made->arena, "upload-gone",
                  slice_part(event_value(&brought, "upload"), 65, 129));
    }
    (void)LIST_ADD(made->arena, &made->events);
    made_write(made, n, &event);
}

static struct slice signed_note(struct made *made, struct slice origin, uint64_t size)
{
    struct tree tree = {0};
    for (size_t i = 0; i < size; i++) {
        struct tree_hash leaf = tree_leaf(made->events.at[i]);
        tree_append(&tree, &leaf);
    }
    struct text plain;
    struct text note;
    text_init(&plain, NOTE_ROOM);
    text_init(&note, NOTE_ROOM);
    checkpoint_write(&(struct checkpoint){origin, size, tree_root(&tree)}, &plain);
    note_sign(text_slice(&plain), &made->signer, &note);
    struct slice kept = arena_copy(made->arena, text_slice(&note));
    text_clear(&plain);
    text_clear(&note);
    return kept;
}

void made_sign(struct made *made, struct made_row *row, uint64_t size)
{
    row->size = size;
    row->note = signed_note(made, slice_of(made->signer.name), size);
}

void made_ledger(struct arena *arena, struct made *ret_made)
{
    static const uint64_t ends[] = {8, 16, EVENTS};
    struct made made = {.arena = arena, .key = key_make()};
    struct text vkey;
    note_signer_make(SLICE(ORIGIN), &made.signer);
    struct note_verifier verifier = note_verifier_of(&made.signer);
    text_init(&vkey, NOTE_ROOM);
    note_vkey_write(&verifier, &vkey);
    made.vkey = made.own_vkey = arena_copy(arena, text_slice(&vkey));
    text_clear(&vkey);
    for (size_t n = 0; n < EVENTS; n++) add_event(&made, n);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct made_row row = {.day = checkpoint_day(time_of((size_t)ends[i] - 1))};
        made_sign(&made, &row, ends[i]);
        LIST_PUSH(arena, &made.rows, row);
    }
    made.uploads.at[1] = made.uploads.at[2];
    made.uploads.count--;
    made.since = signed_note(&made, SLICE(ORIGIN), 20);
    *ret_made = made;
}

void made_bundle(const struct made *made, struct text *out)
{
    bundle_begin(made->own_vkey, out);
    for (size_t i = 0; i < made->rows.count; i++)
        bundle_checkpoint(made->rows.at[i].day, made->rows.at[i].size, made->rows.at[i].note, out);
    for (size_t i = 0; i < made->events.count; i++) bundle_event(made->events.at[i], out);
    for (size_t i = 0; i < made->uploads.count; i++) {
        bundle_upload(&made->uploads.at[i].name, made->uploads.at[i].bytes.length, out);
        text_add(out, made->uploads.at[i].bytes);
    }
    if (made->cut)
        text_cut(out, out->length - 3);
    else
        bundle_end(out);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct slice made_kinds(struct verify *verify, struct arena *arena)
{
    size_t count;
    const struct verify_finding *findings = verify_findings(verify, &count);
    const char *names[VERIFY_FINDINGS_LARGEST];
    struct slice all = SLICE_EMPTY;
    for (size_t i = 0; i < count; i++) names[i] = findings[i].what;
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++)
        all = arena_format(arena, "%.*s%s%s", SLICE_PRINT(all), i == 0 ? "" : " ", names[i]);
    return all;
}
