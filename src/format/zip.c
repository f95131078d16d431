/* The reader: the end record, the directory, each local header against it, then inflate by zlib in
 * one step into a buffer of the announced size, so that no copy of the content stays behind in
 * zlib's window. What is refused by name or kind stands in zip_check.c. */
#include "format/zip.h"

#include <stdlib.h>
#define ZLIB_CONST
#include <zlib.h>

#include "base/map.h"
#include "format/zip_part.h"

#define END_SIZE ((size_t)22)
#define END64_SIZE ((size_t)56)
#define LOCATOR_SIZE ((size_t)20)
#define RECORD_SIZE ((size_t)46)
#define LOCAL_SIZE ((size_t)30)
#define COMMENT_LARGEST ((size_t)65535)
#define FLAG_SIZES_FOLLOW 0x0008u

#define END_MARK SLICE("PK\x05\x06")
#define END64_MARK SLICE("PK\x06\x06")
#define LOCATOR_MARK SLICE("PK\x06\x07")
#define RECORD_MARK SLICE("PK\x01\x02")
#define LOCAL_MARK SLICE("PK\x03\x04")

/* The directory as the end record describes it. */
struct directory {
    uint64_t count, size, offset;
    size_t end; /* where the end record, or the ZIP64 one, begins */
};

static const char *const again = "Fetch or export the file again.";

static bool damaged(struct slice file, const char *what, struct error *error)
{
    return zip_refuse(file, SLICE_EMPTY, ERROR_SYNTAX, what, again, error);
}

bool zip_looks_like(struct slice all)
{
    return slice_starts(all, LOCAL_MARK) || slice_starts(all, END_MARK);
}

/* ---- the end and the directory ----------------------------------------------------------------- */

/* The end record whose comment reaches exactly to the end of the file. */
static bool find_end(struct slice all, size_t *ret_at)
{
    for (size_t comment = 0; comment <= COMMENT_LARGEST; comment++) {
        if (all.length < END_SIZE + comment) return false;
        size_t at = all.length - END_SIZE - comment;
        struct slice end = slice_part(all, at, all.length);
        if (!slice_starts(end, END_MARK) || zip_number(end, 20, 2) != comment) continue;
        *ret_at = at;
        return true;
    }
    return false;
}

/* Where a ZIP64 locator stands before the end record, its numbers count. */
static bool widen_end(struct slice all, size_t end, struct directory *directory)
{
    if (end < LOCATOR_SIZE) return true;
    struct slice locator = slice_part(all, end - LOCATOR_SIZE, end);
    if (!slice_starts(locator, LOCATOR_MARK)) return true;
    uint64_t at = zip_number(locator, 8, 8);
    if (end < LOCATOR_SIZE + END64_SIZE || at > end - LOCATOR_SIZE - END64_SIZE) return false;
    struct slice wide = slice_part(all, (size_t)at, end - LOCATOR_SIZE);
    if (!slice_starts(wide, END64_MARK) || zip_number(wide, 4, 8) != wide.length - 12) return false;
    if (zip_number(wide, 16, 4) != 0 || zip_number(wide, 20, 4) != 0) return false;
    if (zip_number(wide, 24, 8) != zip_number(wide, 32, 8)) return false;
    *directory = (struct directory){zip_number(wide, 32, 8), zip_number(wide, 40, 8),
                                    zip_number(wide, 48, 8), (size_t)at};
    return true;
}

static bool read_end(struct slice file, struct slice all, struct directory *ret_directory,
                     struct error *error)
{
    size_t at = 0;
    if (!find_end(all, &at))
        return damaged(file, "has no end: it was cut off, or is no ZIP", error);
    struct slice end = slice_part(all, at, all.length);
    if (zip_number(end, 4, 2) != 0 || zip_number(end, 6, 2) != 0 ||
        zip_number(end, 8, 2) != zip_number(end, 10, 2))
        return damaged(file, "is one part of several", error);
    struct directory directory = {zip_number(end, 10, 2), zip_number(end, 12, 4),
                                  zip_number(end, 16, 4), at};
    if (!widen_end(all, at, &directory)) return damaged(file, "has a damaged end", error);
    if (directory.count > ZIP_FILES_LARGEST)
        return zip_refuse(file, SLICE_EMPTY, ERROR_LIMIT, "holds more than 1,000 files",
                          "Zip the files of the roster alone.", error);
    if (directory.offset > directory.end || directory.size != directory.end - directory.offset)
        return damaged(file, "has a directory that is not where it should be", error);
    *ret_directory = directory;
    return true;
}

static bool take_record(struct slice *left, struct zip_record *ret_record)
{
    struct slice all = *left;
    if (all.length < RECORD_SIZE || !slice_starts(all, RECORD_MARK)) return false;
    size_t name = (size_t)zip_number(all, 28, 2);
    size_t extra = (size_t)zip_number(all, 30, 2);
    size_t size = RECORD_SIZE + name + extra + (size_t)zip_number(all, 32, 2);
    if (all.length < size || zip_number(all, 34, 2) != 0) return false;
    *ret_record = (struct zip_record){
        .name = slice_part(all, RECORD_SIZE, RECORD_SIZE + name),
        .extra = slice_part(all, RECORD_SIZE + name, RECORD_SIZE + name + extra),
        .flags = (unsigned)zip_number(all, 8, 2),
        .method = (unsigned)zip_number(all, 10, 2),
        .crc = (uint32_t)zip_number(all, 16, 4),
        .packed = zip_number(all, 20, 4),
        .size = zip_number(all, 24, 4),
        .attributes = (uint32_t)zip_number(all, 38, 4),
        .header = zip_number(all, 42, 4),
    };
    *left = slice_part(all, size, all.length);
    return zip_widen(ret_record);
}

/* ---- local headers ----------------------------------------------------------------------------- */

/* Whether a number of a local header agrees with the directory's. With the sizes behind the data it
 * may also be 0, and a ZIP64 one is all ones there. */
static bool agrees(uint64_t local, uint64_t directory, bool follow)
{
    return local == directory || local == UINT32_MAX || (follow && local == 0);
}

static bool same_header(struct slice local, const struct zip_record *record)
{
    bool follow = (record->flags & FLAG_SIZES_FOLLOW) != 0;
    uint32_t crc = (uint32_t)zip_number(local, 14, 4);
    return zip_number(local, 6, 2) == record->flags && zip_number(local, 8, 2) == record->method &&
           (crc == record->crc || (follow && crc == 0)) &&
           agrees(zip_number(local, 18, 4), record->packed, follow) &&
           agrees(zip_number(local, 22, 4), record->size, follow);
}

/* The data that a record means, its local header checked against it. `files` ends where the
 * directory begins. */
static bool find_data(struct slice file, struct slice files, const struct zip_record *record,
                      struct zip_entry *ret_entry, struct error *error)
{
    const char *advice = again;
    if (record->header > files.length || files.length - record->header < LOCAL_SIZE)
        return zip_refuse(file, record->name, ERROR_SYNTAX, "lies outside the ZIP", advice, error);
    size_t at = (size_t)record->header;
    struct slice local = slice_part(files, at, files.length);
    size_t name = (size_t)zip_number(local, 26, 2);
    size_t before = LOCAL_SIZE + name + (size_t)zip_number(local, 28, 2);
    if (!slice_starts(local, LOCAL_MARK) || !same_header(local, record) ||
        !slice_equal(slice_part(local, LOCAL_SIZE, LOCAL_SIZE + name), record->name))
        return zip_refuse(file, record->name, ERROR_SYNTAX, "is described in two ways that differ",
                          advice, error);
    if (before > local.length || record->packed > local.length - before)
        return zip_refuse(file, record->name, ERROR_SYNTAX, "is cut off", advice, error);
    size_t packed = (size_t)record->packed;
    *ret_entry = (struct zip_entry){
        .name = record->name,
        .packed = slice_part(local, before, before + packed),
        .header = at,
        .end = at + before + packed,
        .size = (size_t)record->size,
        .crc = record->crc,
        .deflated = record->method != 0,
    };
    return true;
}

/* ---- the entries together ---------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const struct zip_entry *first = a;
    const struct zip_entry *second = b;
    return (first->header > second->header) - (first->header < second->header);
}

/* Entries that share bytes are how a small ZIP unpacks to a very large one. */
static bool check_overlap(const struct zip *zip, struct arena *arena, struct error *error)
{
    struct zip_entry *sorted = ARENA_ARRAY(arena, struct zip_entry, zip->count + 1);
    for (size_t i = 0; i < zip->count; i++) sorted[i] = zip->entries[i];
    qsort(sorted, zip->count, sizeof *sorted, by_place);
    for (size_t i = 1; i < zip->count; i++) {
        if (sorted[i].header < sorted[i - 1].end)
            return zip_refuse(zip->file, sorted[i].name, ERROR_SYNTAX,
                              "shares bytes with another file", again, error);
    }
    return true;
}

static bool note_name(struct slice file, struct map *names, struct slice name, struct arena *arena,
                      struct error *error)
{
    char *lower = ARENA_ARRAY(arena, char, name.length + 1);
    for (size_t i = 0; i < name.length; i++)
        lower[i] = name.at[i] >= 'A' && name.at[i] <= 'Z' ? (char)(name.at[i] | 0x20) : name.at[i];
    if (map_set(names, (struct slice){lower, name.length}, 1) < 0) return true;
    return zip_refuse(file, name, ERROR_SYNTAX, "is there twice",
                      "Zip each file once; small and capital letters count as the same.", error);
}

static bool read_directory(struct zip *zip, struct slice all, const struct directory *directory,
                           struct arena *arena, struct error *error)
{
    struct map names;
    map_init(&names, arena);
    size_t offset = (size_t)directory->offset;
    struct slice left = slice_part(all, offset, directory->end);
    uint64_t total = 0;
    for (; zip->count < directory->count; zip->count++) {
        struct zip_record record;
        if (!take_record(&left, &record))
            return damaged(zip->file, "has a damaged directory", error);
        if (!zip_check_record(zip->file, &record, error) ||
            !note_name(zip->file, &names, record.name, arena, error))
            return false;
        total += record.size; /* at most 1,000 times 256 MiB */
        if (total > ZIP_TOTAL_LARGEST)
            return zip_refuse(zip->file, SLICE_EMPTY, ERROR_LIMIT, "unpacks to more than 512 MiB",
                              "Leave out what is not needed.", error);
        if (!find_data(zip->file, slice_part(all, 0, offset), &record, &zip->entries[zip->count],
                       error))
            return false;
    }
    if (left.length > 0) return damaged(zip->file, "has a damaged directory", error);
    return true;
}

bool zip_open(struct slice file, struct slice all, struct arena *arena, struct zip *ret_zip,
              struct error *error)
{
    if (all.length > ZIP_TOTAL_LARGEST)
        return zip_refuse(file, SLICE_EMPTY, ERROR_LIMIT, "is larger than 512 MiB",
                          "Leave out what is not needed.", error);
    struct directory directory = {0};
    if (!read_end(file, all, &directory, error)) return false;
    struct zip zip = {.file = file};
    zip.entries = ARENA_ARRAY(arena, struct zip_entry, (size_t)directory.count + 1);
    if (!read_directory(&zip, all, &directory, arena, error)) return false;
    if (!check_overlap(&zip, arena, error)) return false;
    *ret_zip = zip;
    return true;
}

/* ---- unpacking --------------------------------------------------------------------------------- */

static bool inflate_all(struct slice packed, char *into, size_t size)
{
    z_stream stream = {0};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
    char beyond; /* takes the byte too many of a file longer than it says */
    stream.next_in = (const Bytef *)packed.at;
    stream.avail_in = (uInt)packed.length;
    stream.next_out = size > 0 ? (Bytef *)into : (Bytef *)&beyond;
    stream.avail_out = size > 0 ? (uInt)size : 1;
    int result = inflate(&stream, Z_FINISH);
    bool whole = result == Z_STREAM_END && stream.avail_in == 0 && stream.total_out == size;
    inflateEnd(&stream);
    return whole;
}

/* By its first bytes, whatever it is called. */
static bool is_packed(struct slice content)
{
    static const struct slice marks[] = {
        SLICE("PK\x03\x04"), SLICE("PK\x05\x06"),  SLICE("\x1F\x8B"), SLICE("7z\xBC\xAF"),
        SLICE("Rar!"),       SLICE("\xFD\x37zXZ"), SLICE("BZh"),      SLICE("\x28\xB5\x2F\xFD"),
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (slice_starts(content, marks[i])) return true;
    }
    return false;
}

bool zip_unpack(const struct zip *zip, const struct zip_entry *entry, char *into,
                struct error *error)
{
    bool whole = true;
    if (entry->deflated)
        whole = inflate_all(entry->packed, into, entry->size);
    else
        for (size_t i = 0; i < entry->size; i++) into[i] = entry->packed.at[i];
    if (!whole)
        return zip_refuse(zip->file, entry->name, ERROR_SYNTAX, "cannot be unpacked", again, error);
    uLong crc = crc32(0, (const Bytef *)into, (uInt)entry->size);
    if (crc != entry->crc)
        return zip_refuse(zip->file, entry->name, ERROR_SYNTAX, "does not match its checksum",
                          again, error);
    if (is_packed((struct slice){into, entry->size}))
        return zip_refuse(zip->file, entry->name, ERROR_SYNTAX, "is an archive in an archive",
                          "Unpack it and zip the files themselves.", error);
    return true;
}
