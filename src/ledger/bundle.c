/* The bundle's layout, written and read. Reading holds one record at a time, an upload only in pieces; what the records mean is
 * verify's matter. */
#include "ledger/bundle.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/bytes.h"
#include "ledger/sha256.h"

#define FIRST_LINE "lanyard-bundle-1\n"
#define VKEY_LARGEST 300
#define PIECE ((size_t)64 * 1024)
#define RECORD_HEAD ((size_t)5)
#define CHECKPOINT_HEAD ((size_t)16)

static void add_head(char type, uint64_t length, struct text *out)
{
    text_add_char(out, type);
    bytes_add_number(out, length, 4);
}

void bundle_begin(struct slice vkey, struct text *out)
{
    assert(vkey.length < VKEY_LARGEST && slice_find(vkey, '\n') == vkey.length);
    text_add_string(out, FIRST_LINE);
    text_add(out, vkey);
    text_add_char(out, '\n');
}

void bundle_checkpoint(int64_t day, uint64_t size, struct slice note, struct text *out)
{
    assert(note.length <= NOTE_LARGEST);
    add_head('C', CHECKPOINT_HEAD + note.length, out);
    bytes_add_number(out, (uint64_t)day, 8);
    bytes_add_number(out, size, 8);
    text_add(out, note);
}

void bundle_event(struct slice body, struct text *out)
{
    assert(body.length <= EVENT_SIZE_LARGEST);
    add_head('E', body.length, out);
    text_add(out, body);
}

void bundle_upload(const struct tree_hash *name, uint64_t length, struct text *out)
{
    assert(length <= BUNDLE_UPLOAD_LARGEST);
    add_head('U', TREE_HASH_SIZE + length, out);
    text_add(out, BYTES(name->at));
}

void bundle_end(struct text *out)
{
    add_head('Z', 0, out);
}

static bool read_memory(void *context, void *at, size_t size, size_t *ret_size, struct error *error)
{
    (void)error;
    struct bundle_memory *memory = context;
    struct slice part = slice_part(memory->rest, 0, size);
    memcpy(at, part.at, part.length);
    memory->rest = slice_part(memory->rest, part.length, memory->rest.length);
    *ret_size = part.length;
    return true;
}

struct bundle_source bundle_of(struct bundle_memory *memory)
{
    return (struct bundle_source){.context = memory, .read = read_memory};
}

struct reading {
    struct bundle_source source;
    struct error *error;
    struct text record; /* the bytes of the record, or a piece of them */
    uint64_t records, rows;
    int stage;          /* how far the types of records have come: C, E, U, Z */
    bool source_failed; /* the source said so itself; everything else is damage */
};

/* Reads exactly `size` bytes into the record. */
static bool take(struct reading *reading, size_t size)
{
    text_cut(&reading->record, 0);
    while (reading->record.length < size) {
        size_t left = size - reading->record.length;
        size_t got = 0;
        size_t start = reading->record.length;
        char *at = text_extend(&reading->record, left < PIECE ? left : PIECE);
        if (at == NULL) return false;
        size_t room = reading->record.length - start;
        bool read = reading->source.read(reading->source.context, at, room, &got, reading->error);
        text_cut(&reading->record, start + got);
        if (!read) reading->source_failed = true;
        if (!read || got == 0) return false;
    }
    return true;
}

/* A line of at most `most` bytes, byte by byte: there are only two. */
static bool take_line(struct reading *reading, size_t most, struct text *out)
{
    while (out->length <= most) {
        if (!take(reading, 1)) return false;
        if (reading->record.at[0] == '\n') return true;
        text_add(out, text_slice(&reading->record));
    }
    return false;
}

static bool read_checkpoint(struct reading *reading, struct verify *verify, size_t length)
{
    struct cursor cursor;
    uint64_t day;
    uint64_t size;
    if (length < CHECKPOINT_HEAD || length > CHECKPOINT_HEAD + NOTE_LARGEST) return false;
    if (!take(reading, length)) return false;
    cursor_init(&cursor, text_slice(&reading->record));
    if (!bytes_take_number(&cursor, 8, &day) || !bytes_take_number(&cursor, 8, &size)) return false;
    verify_checkpoint(verify, (int64_t)day, size, cursor_rest(&cursor));
    return true;
}

static bool read_event(struct reading *reading, struct verify *verify, size_t length)
{
    if (length > EVENT_SIZE_LARGEST || !take(reading, length)) return false;
    verify_event(verify, reading->rows++, text_slice(&reading->record));
    return true;
}

static bool read_upload(struct reading *reading, struct verify *verify, size_t length)
{
    if (length < TREE_HASH_SIZE || !take(reading, TREE_HASH_SIZE)) return false;
    struct id halves[2];
    char name[4 * ID_SIZE + 1];
    memcpy(halves, reading->record.at, sizeof halves);
    id_hex(&halves[0], name);
    id_hex(&halves[1], name + (size_t)2 * ID_SIZE);
    struct sha256 hashing;
    sha256_begin(&hashing);
    for (size_t left = length - TREE_HASH_SIZE; left > 0; left -= reading->record.length) {
        if (!take(reading, left < PIECE ? left : PIECE)) return false;
        sha256_add(&hashing, text_slice(&reading->record));
    }
    struct tree_hash hash;
    sha256_end(&hashing, hash.at);
    verify_upload(verify, (struct slice){name, sizeof name - 1}, &hash);
    return true;
}

/* One record after another until the last; false where something else stands there. */
static bool read_records(struct reading *reading, struct verify *verify)
{
    static const char types[] = "CEUZ";
    for (;; reading->records++) {
        struct cursor cursor;
        uint64_t length;
        if (!take(reading, RECORD_HEAD)) return false;
        char type = reading->record.at[0];
        cursor_init(&cursor, slice_part(text_slice(&reading->record), 1, RECORD_HEAD));
        if (!bytes_take_number(&cursor, 4, &length)) return false;
        const char *stage = memchr(types, type, sizeof types - 1);
        if (stage == NULL || (int)(stage - types) < reading->stage) return false;
        reading->stage = (int)(stage - types);
        if (type == 'Z') return length == 0 && !take(reading, 1) && !reading->source_failed;
        if (type == 'C' && !read_checkpoint(reading, verify, (size_t)length)) return false;
        if (type == 'E' && !read_event(reading, verify, (size_t)length)) return false;
        if (type == 'U' && !read_upload(reading, verify, (size_t)length)) return false;
    }
}

static bool read_whole(struct reading *reading, struct slice vkey, struct slice since,
                       struct text *line, struct verify **ret_verify)
{
    bool whole = take_line(reading, sizeof FIRST_LINE, line);
    if (reading->source_failed) return false;
    if (!whole || !slice_equal(text_slice(line), SLICE("lanyard-bundle-1")))
        return error_set(reading->error, ERROR_SYNTAX, "this is no bundle of a ledger");
    text_cut(line, 0);
    whole = take_line(reading, VKEY_LARGEST, line);
    if (reading->source_failed) return false;
    struct verify *verify;
    if (!verify_new(whole ? text_slice(line) : SLICE_EMPTY, vkey, since, &verify, reading->error))
        return false;
    whole = whole && read_records(reading, verify);
    if (reading->source_failed) {
        verify_free(verify);
        return false;
    }
    if (!whole)
        verify_found(verify, "bundle-damaged",
                     "the bundle is cut off or damaged behind its record %" PRIu64,
                     reading->records);
    *ret_verify = verify;
    return true;
}

bool bundle_verify(struct bundle_source source, struct slice vkey, struct slice since,
                   struct verify **ret_verify, struct error *error)
{
    struct reading reading = {.source = source, .error = error};
    struct text line;
    text_init(&reading.record, EVENT_SIZE_LARGEST + PIECE);
    text_init(&line, VKEY_LARGEST + 1);
    bool done = read_whole(&reading, vkey, since, &line, ret_verify);
    text_clear(&reading.record);
    text_clear(&line);
    return done;
}
