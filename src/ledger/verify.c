/* Gathers what there is to know of a ledger while its rows pass, and names what a single row shows. What only the whole
 * shows (roots, days without a checkpoint, uploads missing) is verify_end.c's. */
#include "ledger/verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "ledger/verify_parts.h"

#define UPLOAD_NAME ((size_t)2 * TREE_HASH_SIZE)

void verify_found(struct verify *verify, const char *what, const char *format, ...)
{
    size_t at = verify->count++;
    if (at >= VERIFY_FINDINGS_LARGEST) return;
    struct verify_finding *finding = &verify->findings[at];
    va_list arguments;
    va_start(arguments, format);
    (void)snprintf(finding->what, sizeof finding->what, "%s", what);
    (void)vsnprintf(finding->sentence, sizeof finding->sentence, format, arguments);
    va_end(arguments);
}

const char *verify_day_text(struct arena *arena, int64_t day)
{
    /* A row's day may be any number: what no calendar has is told as it stands. */
    if (day < 0 || day > date_to_day((struct date){9999, 12, 31}))
        return arena_format(arena, "number %" PRId64, day).at;
    char *text = arena_take(arena, 11, 1);
    date_format(date_from_day(day), text);
    return text;
}

static bool choose_key(struct verify *verify, struct slice own, struct slice given,
                       struct error *error)
{
    struct note_verifier ours;
    bool readable = note_vkey_read(own, &ours, NULL);
    verify->vkey_given = given.length > 0;
    if (verify->vkey_given && !note_vkey_read(given, &verify->verifier, error)) return false;
    verify->has_verifier = verify->vkey_given || readable;
    if (!verify->vkey_given && readable) verify->verifier = ours;
    if (!readable)
        verify_found(verify, "key-differs", "the ledger's own verifier key cannot be read");
    else if (memcmp(&ours, &verify->verifier, sizeof ours) != 0)
        verify_found(verify, "key-differs", "the ledger's own verifier key is not the one given");
    return true;
}

/* Opens a note and reads its checkpoint. */
static bool open_checkpoint(struct verify *verify, struct slice note, struct checkpoint *ret,
                            struct error *error)
{
    struct slice text;
    return note_open(note, &verify->verifier, &text, error) && checkpoint_read(text, ret, error);
}

static bool read_since(struct verify *verify, struct slice since, struct error *error)
{
    struct error why = {0};
    struct checkpoint checkpoint;
    verify->since_given = since.length > 0;
    if (!verify->since_given || !verify->has_verifier) return true;
    if (!open_checkpoint(verify, since, &checkpoint, &why)) {
        if (why.code == ERROR_SYNTAX)
            return error_set(error, ERROR_SYNTAX, "the checkpoint from elsewhere: %s",
                             why.sentence);
        verify_found(verify, "since-signature", "the checkpoint from elsewhere: %s", why.sentence);
        return true;
    }
    verify->since =
        (struct verify_row){.size = checkpoint.size, .root = checkpoint.root, .sound = true};
    return true;
}

bool verify_new(struct slice own_vkey, struct slice vkey, struct slice since,
                struct verify **ret_verify, struct error *error)
{
    struct verify *verify = memory_grow(NULL, sizeof *verify);
    *verify = (struct verify){.keep = arena_new(), .pass = arena_new(), .last_at = -1};
    map_init(&verify->file_places, verify->keep);
    if (!choose_key(verify, own_vkey, vkey, error) || !read_since(verify, since, error)) {
        verify_free(verify);
        return false;
    }
    *ret_verify = verify;
    return true;
}

void verify_free(struct verify *verify)
{
    if (verify == NULL) return;
    arena_free(verify->keep);
    arena_free(verify->pass);
    free(verify);
}

void verify_origin(struct verify *verify, struct slice origin)
{
    if (verify->has_verifier && !slice_is(origin, verify->verifier.name))
        verify_found(verify, "origin-differs", "the ledger's origin is not %s, its key's name",
                     verify->verifier.name);
}

/* What a checkpoint row shows by itself. */
static bool is_sound(struct verify *verify, const char *day, uint64_t size, struct slice note,
                     struct tree_hash *ret_root)
{
    struct error why = {0};
    struct slice text;
    struct checkpoint checkpoint;
    if (!verify->has_verifier) return false;
    if (!note_open(note, &verify->verifier, &text, &why)) {
        verify_found(verify, "checkpoint-signature", "the checkpoint of day %s: %s", day,
                     why.sentence);
    } else if (!checkpoint_read(text, &checkpoint, &why)) {
        verify_found(verify, "checkpoint-text", "the checkpoint of day %s: %s", day, why.sentence);
    } else if (!slice_is(checkpoint.origin, verify->verifier.name)) {
        verify_found(verify, "checkpoint-origin",
                     "the checkpoint of day %s is of another log than %s", day,
                     verify->verifier.name);
    } else if (checkpoint.size != size) {
        verify_found(verify, "checkpoint-size",
                     "the checkpoint of day %s is of %" PRIu64 " events, its row says %" PRIu64,
                     day, checkpoint.size, size);
    } else {
        *ret_root = checkpoint.root;
        return true;
    }
    return false;
}

void verify_checkpoint(struct verify *verify, int64_t day, uint64_t size, struct slice note)
{
    if (verify->begun) {
        verify_found(verify, "checkpoint-order", "a checkpoint comes after events");
        return;
    }
    struct verify_row row = {.day = day, .size = size};
    arena_reset(verify->pass);
    row.sound = is_sound(verify, verify_day_text(verify->pass, day), size, note, &row.root);
    LIST_PUSH(verify->keep, &verify->rows, row);
}

static int by_size(const void *a, const void *b)
{
    const struct verify_row *left = a;
    const struct verify_row *right = b;
    if (left->size != right->size) return left->size < right->size ? -1 : 1;
    return left->day < right->day ? -1 : left->day > right->day;
}

/* Checkpoints that are of as many events as have passed. */
static void pass_checkpoints(struct verify *verify)
{
    bool whole = verify->tree.size == verify->position;
    struct verify_row *since = &verify->since;
    while (verify->rows_passed < verify->rows.count) {
        struct verify_row *row = &verify->rows.at[verify->rows_passed];
        if (row->size > verify->position) break;
        verify->rows_passed++;
        if (!row->sound || !whole || row->size != verify->position) continue;
        struct tree_hash root = tree_root(&verify->tree);
        row->holds = tree_hash_same(&root, &row->root);
    }
    if (since->sound && whole && since->size == verify->position) {
        struct tree_hash root = tree_root(&verify->tree);
        since->holds = tree_hash_same(&root, &since->root);
    }
}

/* Once all checkpoints are there: those of no events hold or not at once. */
void verify_begin(struct verify *verify)
{
    if (verify->begun) return;
    verify->begun = true;
    if (verify->rows.count > 0)
        qsort(verify->rows.at, verify->rows.count, sizeof *verify->rows.at, by_size);
    pass_checkpoints(verify);
}

static void damage(struct verify *verify, uint64_t row)
{
    if (!verify->damaged) verify->damaged_first = row;
    verify->damaged = true;
}

/* The place of a row; false where it has none. */
static bool check_place(struct verify *verify, uint64_t n)
{
    if (n < verify->position || n > INT64_MAX) {
        verify_found(verify, "event-order", "row %" PRId64 " is out of order", (int64_t)n);
        damage(verify, verify->position);
        return false;
    }
    if (n == verify->position + 1)
        verify_found(verify, "event-missing", "row %" PRIu64 " is missing", verify->position);
    else if (n > verify->position)
        verify_found(verify, "event-missing", "rows %" PRIu64 " to %" PRIu64 " are missing",
                     verify->position, n - 1);
    if (n > verify->position) damage(verify, verify->position);
    return true;
}

/* Where rows were moved together, the first one tells. */
static void check_number(struct verify *verify, uint64_t n, uint64_t inside)
{
    int64_t shift = (int64_t)(inside - n);
    if (shift != 0 && shift != verify->shift) {
        verify_found(verify, "event-order", "row %" PRIu64 " holds event %" PRIu64, n, inside);
        damage(verify, n);
    }
    verify->shift = shift;
}

static void check_time(struct verify *verify, uint64_t n, int64_t at)
{
    int64_t day = checkpoint_day(at);
    struct verify_day *last =
        verify->days.count > 0 ? &verify->days.at[verify->days.count - 1] : NULL;
    if (at < verify->last_at)
        verify_found(verify, "event-time", "row %" PRIu64 " is earlier than the row before it", n);
    verify->last_at = at;
    if (last == NULL || day > last->day)
        LIST_PUSH(verify->keep, &verify->days, (struct verify_day){.day = day, .size = n + 1});
    else
        last->size = n + 1;
}

static bool is_upload_name(struct slice name)
{
    struct id half;
    return name.length == UPLOAD_NAME && id_read(slice_part(name, 0, (size_t)2 * ID_SIZE), &half) &&
           id_read(slice_part(name, (size_t)2 * ID_SIZE, UPLOAD_NAME), &half);
}

static void speak_of_upload(struct verify *verify, struct slice name, uint64_t n, bool gone)
{
    int64_t place = map_get(&verify->file_places, name);
    if (place < 0) {
        struct slice kept = arena_copy(verify->keep, name);
        place = (int64_t)verify->files.count;
        LIST_PUSH(verify->keep, &verify->files, (struct verify_file){.name = kept});
        map_set(&verify->file_places, kept, place);
    }
    struct verify_file *file = &verify->files.at[place];
    file->row = n;
    file->gone = gone;
}

static void read_uploads(struct verify *verify, uint64_t n, struct slice names, bool gone)
{
    struct slice name;
    while (slice_split(&names, ' ', &name)) {
        if (is_upload_name(name))
            speak_of_upload(verify, name, n, gone);
        else
            verify_found(verify, "upload-name",
                         "row %" PRIu64 " names an upload that is no SHA-256", n);
    }
}

void verify_event(struct verify *verify, uint64_t n, struct slice body)
{
    verify_begin(verify);
    if (!check_place(verify, n)) return;
    struct tree_hash leaf = tree_leaf(body);
    tree_append(&verify->tree, &leaf);
    verify->position = n + 1;
    struct event event;
    struct error why = {0};
    arena_reset(verify->pass);
    if (event_read(body, verify->pass, &event, &why)) {
        check_number(verify, n, event.n);
        check_time(verify, n, event.at);
        read_uploads(verify, n, event_value(&event, "upload"), false);
        read_uploads(verify, n, event_value(&event, "upload-gone"), true);
    } else {
        verify_found(verify, "event-changed", "row %" PRIu64 ": %s", n, why.sentence);
        damage(verify, n);
        if (verify->days.count > 0) verify->days.at[verify->days.count - 1].size = n + 1;
    }
    pass_checkpoints(verify);
}

void verify_upload(struct verify *verify, struct slice name, const struct tree_hash *hash)
{
    verify_begin(verify);
    bool named = is_upload_name(name);
    int64_t place = named ? map_get(&verify->file_places, name) : -1;
    if (place < 0) {
        struct slice shown = named ? name : SLICE("whose name is no SHA-256");
        verify_found(verify, "upload-unknown", "no event names the upload %.*s",
                     SLICE_PRINT(shown));
        return;
    }
    struct verify_file *file = &verify->files.at[place];
    struct id halves[2];
    memcpy(halves, hash->at, sizeof halves);
    char found[UPLOAD_NAME + 1];
    id_hex(&halves[0], found);
    id_hex(&halves[1], found + (size_t)2 * ID_SIZE);
    if (file->gone)
        verify_found(verify, "upload-gone", "the upload %.*s is there; row %" PRIu64 " withdrew it",
                     SLICE_PRINT(name), file->row);
    else if (file->seen)
        verify_found(verify, "upload-unknown", "the upload %.*s is there twice", SLICE_PRINT(name));
    else if (!slice_is(name, found))
        verify_found(verify, "upload-changed",
                     "the upload %.*s of row %" PRIu64 " has other bytes than it came with",
                     SLICE_PRINT(name), file->row);
    file->seen = true;
}

uint64_t verify_size(const struct verify *verify)
{
    return verify->tree.size;
}

const struct verify_finding *verify_findings(const struct verify *verify, size_t *ret_count)
{
    *ret_count = verify->count < VERIFY_FINDINGS_LARGEST ? verify->count : VERIFY_FINDINGS_LARGEST;
    return verify->findings;
}
