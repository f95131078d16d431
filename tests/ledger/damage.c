/* Everything that is done to the made ledger: edits, reorders, deletions, insertions and truncations of events, sealed parts,
 * checkpoints and uploads, and wrong ties; each with what verify must name. */
#include <string.h>

#include "made.h"

/* A copy of the bytes in which one has another bit. */
static struct slice flipped(struct made *made, struct slice bytes, size_t at)
{
    char *byte = arena_take(made->arena, bytes.length, 1);
    memcpy(byte, bytes.at, bytes.length);
    byte[at] = (char)(byte[at] ^ 1);
    return (struct slice){byte, bytes.length};
}

static void flip_event(struct made *made, size_t n, size_t at)
{
    made->events.at[n] = flipped(made, made->events.at[n], at);
}

/* ---- events ---- */

static void nothing(struct made *made)
{
    (void)made;
}

static void magic(struct made *made)
{
    flip_event(made, 5, 0);
}

static void kind(struct made *made)
{
    flip_event(made, 5, 70); /* role-given: still a word */
}

static void actor(struct made *made)
{
    flip_event(made, 0, 60);
}

static void newest(struct made *made)
{
    flip_event(made, made->events.count - 1, 60);
}

static void shortened(struct made *made)
{
    made->events.at[10].length--;
}

static void lengthened(struct made *made)
{
    struct slice body = made->events.at[10];
    struct text text;
    text_init(&text, EVENT_SIZE_LARGEST);
    text_add(&text, body);
    text_add_char(&text, 'x');
    made->events.at[10] = arena_copy(made->arena, text_slice(&text));
    text_clear(&text);
}

static void emptied(struct made *made)
{
    made->events.at[10] = SLICE_EMPTY;
}

static void field_changed(struct made *made)
{
    struct event event = made_read(made, 7);
    event_set(&event, made->arena, "role", SLICE("safeguarding lead"));
    made_write(made, 7, &event);
}

static void time_back(struct made *made)
{
    struct event event = made_read(made, 13);
    event.at -= 5000;
    made_write(made, 13, &event);
}

static void drop_event(struct made *made, size_t n)
{
    made->events.count--;
    memmove(&made->events.at[n], &made->events.at[n + 1],
            (made->events.count - n) * sizeof *made->events.at);
}

static void deleted(struct made *made)
{
    drop_event(made, 11);
}

static void first_deleted(struct made *made)
{
    drop_event(made, 0);
}

/* As one would who hides it: all that follow get new numbers. */
static void deleted_renumbered(struct made *made)
{
    drop_event(made, 11);
    for (size_t n = 11; n < made->events.count; n++) {
        struct event event = made_read(made, n);
        event.n = n;
        made_write(made, n, &event);
    }
}

static void swapped(struct made *made)
{
    struct slice one = made->events.at[3];
    made->events.at[3] = made->events.at[4];
    made->events.at[4] = one;
}

static void swapped_renumbered(struct made *made)
{
    swapped(made);
    for (size_t n = 3; n <= 4; n++) {
        struct event event = made_read(made, n);
        event.n = n;
        event.at = made_read(made, 2).at;
        made_write(made, n, &event);
    }
}

static void inserted(struct made *made)
{
    (void)LIST_ADD(made->arena, &made->events);
    memmove(&made->events.at[15], &made->events.at[14],
            (made->events.count - 15) * sizeof *made->events.at);
}

static void appended(struct made *made)
{
    struct event event = made_read(made, made->events.count - 1);
    (void)LIST_ADD(made->arena, &made->events);
    event.n++;
    made_write(made, (size_t)event.n, &event);
}

static void newest_cut(struct made *made)
{
    made->events.count -= 5;
}

static void newest_day_cut(struct made *made)
{
    made->events.count = 16;
}

static void newest_cut_everywhere(struct made *made)
{
    made->events.count = 16;
    made->rows.count = 2;
}

static void all_cut(struct made *made)
{
    made->events.count = made->rows.count = made->uploads.count = 0;
}

/* By someone who has the signing key. */
static void rewritten(struct made *made)
{
    field_changed(made);
    for (size_t i = 0; i < made->rows.count; i++)
        made_sign(made, &made->rows.at[i], made->rows.at[i].size);
}

static void rewritten_time(struct made *made)
{
    time_back(made);
    for (size_t i = 0; i < made->rows.count; i++)
        made_sign(made, &made->rows.at[i], made->rows.at[i].size);
}

/* By someone who has not. */
static void rewritten_with_another_key(struct made *made)
{
    struct text vkey;
    note_signer_make(slice_of(made->signer.name), &made->signer);
    struct note_verifier verifier = note_verifier_of(&made->signer);
    text_init(&vkey, 1000);
    note_vkey_write(&verifier, &vkey);
    made->own_vkey = arena_copy(made->arena, text_slice(&vkey));
    text_clear(&vkey);
    rewritten(made);
}

/* ---- sealed parts ---- */

static void part_flipped(struct made *made)
{
    flip_event(made, 6, made->events.at[6].length - 1);
}

static void part_exchanged(struct made *made)
{
    struct event event = made_read(made, 6);
    struct slice one = event.parts.at[0].sealed;
    event.parts.at[0].sealed = event.parts.at[1].sealed;
    event.parts.at[1].sealed = one;
    made_write(made, 6, &event);
}

static void part_removed(struct made *made)
{
    struct event event = made_read(made, 6);
    event.parts.count = 1;
    made_write(made, 6, &event);
}

static void part_added(struct made *made)
{
    struct event event = made_read(made, 5);
    struct event from = made_read(made, 6);
    LIST_PUSH(made->arena, &event.parts, from.parts.at[0]);
    made_write(made, 5, &event);
}

static void part_of_another(struct made *made)
{
    struct event event = made_read(made, 18);
    event.parts.at[0].person.at[0]++;
    made_write(made, 18, &event);
}

static void part_shortened(struct made *made)
{
    struct event event = made_read(made, 18);
    event.parts.at[0].sealed.length--;
    made_write(made, 18, &event);
}

/* ---- checkpoints ---- */

static void drop_row(struct made *made, size_t at)
{
    made->rows.count--;
    memmove(&made->rows.at[at], &made->rows.at[at + 1],
            (made->rows.count - at) * sizeof *made->rows.at);
}

static void row_deleted(struct made *made)
{
    drop_row(made, 1);
}

static void newest_row_deleted(struct made *made)
{
    drop_row(made, 2);
}

static void rows_deleted(struct made *made)
{
    made->rows.count = 0;
}

static void row_signature(struct made *made)
{
    struct made_row *row = &made->rows.at[1];
    row->note = flipped(made, row->note, row->note.length - 10);
}

static void row_root(struct made *made)
{
    struct made_row *row = &made->rows.at[1];
    row->note = flipped(made, row->note, slice_find(row->note, '\n') + 10);
}

static void row_cut(struct made *made)
{
    made->rows.at[1].note.length -= 30;
}

static void row_empty(struct made *made)
{
    made->rows.at[2].note = SLICE_EMPTY;
}

static void row_size(struct made *made)
{
    made->rows.at[1].size = 15;
}

static void row_day(struct made *made)
{
    made->rows.at[1].day++;
}

static void row_older(struct made *made)
{
    made_sign(made, &made->rows.at[1], 12);
}

static void row_later(struct made *made)
{
    made_sign(made, &made->rows.at[0], 9);
}

static void rows_exchanged(struct made *made)
{
    struct slice one = made->rows.at[0].note;
    made->rows.at[0].note = made->rows.at[1].note;
    made->rows.at[1].note = one;
}

static void row_inserted(struct made *made)
{
    struct made_row row = {.day = made->rows.at[1].day + 1};
    made_sign(made, &row, 16);
    LIST_PUSH(made->arena, &made->rows, row);
}

static void sign_text(struct made *made, struct made_row *row, const char *text)
{
    struct text note;
    text_init(&note, 4000);
    note_sign(slice_of(text), &made->signer, &note);
    row->note = arena_copy(made->arena, text_slice(&note));
    text_clear(&note);
}

static void row_no_checkpoint(struct made *made)
{
    sign_text(made, &made->rows.at[1], "test.example/ledger\n016\nAAAA\n");
}

static void row_of_another_log(struct made *made)
{
    sign_text(made, &made->rows.at[1],
              "test.example/other\n16\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
}

static void row_of_other_events(struct made *made)
{
    sign_text(made, &made->rows.at[1],
              "test.example/ledger\n16\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
}

/* ---- uploads ---- */

static void upload_deleted(struct made *made)
{
    made->uploads.at[0] = made->uploads.at[1];
    made->uploads.count--;
}

static void upload_flipped(struct made *made)
{
    struct slice *bytes = &made->uploads.at[0].bytes;
    *bytes = flipped(made, *bytes, 3);
}

static void upload_cut(struct made *made)
{
    made->uploads.at[0].bytes.length--;
}

static void upload_added(struct made *made)
{
    LIST_PUSH(made->arena, &made->uploads, (struct made_upload){{{7}}, SLICE_EMPTY});
}

static void uploads_exchanged(struct made *made)
{
    struct slice one = made->uploads.at[0].bytes;
    made->uploads.at[0].bytes = made->uploads.at[1].bytes;
    made->uploads.at[1].bytes = one;
}

static void upload_kept(struct made *made)
{
    struct made_upload upload = {.bytes = SLICE("the second file, withdrawn later")};
    struct event brought = made_read(made, 2);
    struct slice hex = slice_part(event_value(&brought, "upload"), 65, 129);
    struct id half;
    for (size_t i = 0; i < 2; i++) {
        if (id_read(slice_part(hex, 32 * i, 32 * i + 32), &half))
            memcpy(upload.name.at + ID_SIZE * i, half.at, ID_SIZE);
    }
    LIST_PUSH(made->arena, &made->uploads, upload);
}

/* ---- ties ---- */

static void without_vkey(struct made *made)
{
    made->vkey = SLICE_EMPTY;
}

static void without_since(struct made *made)
{
    made->since = SLICE_EMPTY;
}

static void own_key_changed(struct made *made)
{
    made->own_vkey = flipped(made, made->own_vkey, made->own_vkey.length - 5);
}

static void own_key_unreadable_alone(struct made *made)
{
    own_key_changed(made);
    made->vkey = made->since = SLICE_EMPTY;
}

static void since_flipped(struct made *made)
{
    made->since = flipped(made, made->since, slice_find(made->since, '\n') + 8);
}

static void cut_off(struct made *made)
{
    made->cut = true;
    made->uploads.count = 2;
}

const struct made_damage made_damages[] = {
    {"untouched", nothing, "", false},
    {"event-magic", magic, "event-changed since-differs", false},
    {"event-kind", kind, "event-changed since-differs", false},
    {"event-actor", actor, "event-changed since-differs", false},
    {"event-newest", newest, "event-changed", false},
    {"event-shortened", shortened, "event-changed since-differs", false},
    {"event-lengthened", lengthened, "event-changed since-differs", false},
    {"event-emptied", emptied, "event-changed since-differs", false},
    {"event-field", field_changed, "event-changed since-differs", false},
    {"event-time", time_back, "event-changed event-time since-differs", false},
    {"event-deleted", deleted, "event-missing event-order since-differs", false},
    {"event-first-deleted", first_deleted, "event-missing event-order since-differs", false},
    {"event-deleted-renumbered", deleted_renumbered, "event-changed event-missing since-differs",
     false},
    {"event-swapped", swapped, "event-order event-order event-time since-differs", false},
    {"event-swapped-renumbered", swapped_renumbered, "event-changed since-differs", false},
    {"event-inserted", inserted, "event-order since-differs", false},
    {"event-appended", appended, "checkpoint-missing", false},
    {"event-newest-cut", newest_cut, "event-missing since-ahead", false},
    {"event-newest-day-cut", newest_day_cut, "event-missing since-ahead", false},
    {"event-newest-cut-everywhere", newest_cut_everywhere, "since-ahead", false},
    {"event-all-cut", all_cut, "since-ahead", false},
    {"event-rewritten", rewritten, "since-differs", false},
    {"event-rewritten-time", rewritten_time, "event-time since-differs", false},
    {"event-rewritten-key", rewritten_with_another_key,
     "checkpoint-signature checkpoint-signature checkpoint-signature key-differs since-differs",
     false},
    {"part-flipped", part_flipped, "event-changed since-differs", false},
    {"part-exchanged", part_exchanged, "event-changed since-differs", false},
    {"part-removed", part_removed, "event-changed since-differs", false},
    {"part-added", part_added, "event-changed since-differs", false},
    {"part-of-another", part_of_another, "event-changed since-differs", false},
    {"part-shortened", part_shortened, "event-changed since-differs", false},
    {"checkpoint-deleted", row_deleted, "checkpoint-missing", false},
    {"checkpoint-newest-deleted", newest_row_deleted, "checkpoint-missing", false},
    {"checkpoint-all-deleted", rows_deleted, "checkpoint-missing", false},
    {"checkpoint-signature", row_signature, "checkpoint-signature", false},
    {"checkpoint-root-edited", row_root, "checkpoint-signature", false},
    {"checkpoint-cut", row_cut, "checkpoint-signature", false},
    {"checkpoint-empty", row_empty, "checkpoint-signature", false},
    {"checkpoint-size", row_size, "checkpoint-size", false},
    {"checkpoint-day", row_day, "checkpoint-missing checkpoint-unknown", false},
    {"checkpoint-older", row_older, "checkpoint-missing", false},
    {"checkpoint-later", row_later, "checkpoint-day", false},
    {"checkpoint-exchanged", rows_exchanged, "checkpoint-size checkpoint-size", false},
    {"checkpoint-inserted", row_inserted, "checkpoint-unknown", false},
    {"checkpoint-text", row_no_checkpoint, "checkpoint-text", false},
    {"checkpoint-origin", row_of_another_log, "checkpoint-origin", false},
    {"checkpoint-root", row_of_other_events, "checkpoint-root", false},
    {"upload-deleted", upload_deleted, "upload-missing", false},
    {"upload-flipped", upload_flipped, "upload-changed", false},
    {"upload-cut", upload_cut, "upload-changed", false},
    {"upload-added", upload_added, "upload-unknown", false},
    {"uploads-exchanged", uploads_exchanged, "upload-changed upload-changed", false},
    {"upload-kept", upload_kept, "upload-gone", false},
    {"without-vkey", without_vkey, "", true},
    {"without-since", without_since, "", true},
    {"own-key-changed", own_key_changed, "key-differs", false},
    {"own-key-unreadable-alone", own_key_unreadable_alone, "key-differs", false},
    {"since-flipped", since_flipped, "since-signature", false},
    {"bundle-cut", cut_off, "bundle-damaged upload-missing", false},
};
const size_t made_damage_count = sizeof made_damages / sizeof *made_damages;
