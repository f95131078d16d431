/* A file of people as it waits: its bytes, what it was called and how it is to be read, sealed under a key of the file's own
 * in an upload. When it was applied or refused, or after IMPORT_DAYS, the key is shredded and the upload goes. */
#include "service/import_parts.h"

#include <string.h>

#include "service/upload.h"

#define KEPT_LARGEST (IMPORT_SIZE_LARGEST + ((size_t)1 << 20))

static struct seal_place place_of(const struct id *id, const struct id *key)
{
    return (struct seal_place){.event = *id, .person = *id, .key = *key};
}

static void write_file(const struct import_file *file, struct arena *arena, struct text *out)
{
    struct pairs pairs = {0};
    pairs_add(&pairs, arena, "name", file->name);
    pairs_add(&pairs, arena, "format", import_format_word(file->format));
    pairs_add(&pairs, arena, "mapping-name", file->mapping_name);
    pairs_add(&pairs, arena, "mapping", file->mapping);
    pairs_add(&pairs, arena, "folder", file->folder ? SLICE("yes") : SLICE("no"));
    for (size_t i = 0; i < file->pieces.count; i++) {
        pairs_add(&pairs, arena, "piece-name", file->pieces.at[i].name);
        pairs_add(&pairs, arena, "piece", file->pieces.at[i].bytes);
    }
    pairs_write(&pairs, out);
}

bool import_keep(struct desk *desk, const struct import_file *file, const struct id *id,
                 struct slice *ret_upload, struct error *error)
{
    AUTO_TEXT struct text content, sealed;
    struct id key_id;
    struct key key;
    bool there;
    text_init(&content, KEPT_LARGEST);
    text_init(&sealed, KEPT_LARGEST + 8192);
    if (!record_key_of(desk->record, desk->db, id, true, &key_id, &key, &there, error))
        return false;
    struct seal_place place = place_of(id, &key_id);
    write_file(file, desk->arena, &content);
    seal_close(text_slice(&content), &key, &place, &sealed);
    key_forget(&key);
    explicit_bzero(content.at, content.length);
    if (content.overflowed || sealed.overflowed)
        return error_set(error, ERROR_LIMIT, "the file is too large to wait");
    return upload_write(desk->record->folder, text_slice(&sealed), desk->arena, ret_upload, error);
}

static struct import_file *read_file(const struct pairs *pairs, struct arena *arena)
{
    struct import_file *file = ARENA_NEW(arena, struct import_file);
    *file = (struct import_file){.name = pairs_value(pairs, "name"),
                                 .format = import_format_of(pairs_value(pairs, "format")),
                                 .mapping_name = pairs_value(pairs, "mapping-name"),
                                 .mapping = pairs_value(pairs, "mapping"),
                                 .folder = slice_is(pairs_value(pairs, "folder"), "yes")};
    for (size_t i = 0; i + 1 < pairs->list.count; i++)
        if (slice_is(pairs->list.at[i].key, "piece-name"))
            LIST_PUSH(arena, &file->pieces,
                      (struct import_piece){pairs->list.at[i].value, pairs->list.at[i + 1].value});
    return file;
}

bool import_kept(struct record *record, struct db *db, const struct id *id, struct slice upload,
                 struct arena *arena, struct import_file **ret_file, struct error *error)
{
    struct slice sealed, content;
    struct pairs pairs;
    struct id key_id;
    struct key key;
    bool there;
    if (!record_key_of(record, db, id, false, &key_id, &key, &there, error)) return false;
    if (!there) return error_set(error, ERROR_REQUEST, "this file is no longer here");
    struct seal_place place = place_of(id, &key_id);
    bool opened = upload_read(record->folder, upload, KEPT_LARGEST + 8192, arena, &sealed, error);
    bool sound = opened && seal_open(sealed, &key, &place, arena, &content) &&
                 pairs_read(content, arena, &pairs);
    key_forget(&key);
    if (!opened) return false;
    if (!sound) return error_set(error, ERROR_READ, "the file that waits does not open");
    *ret_file = read_file(&pairs, arena);
    return true;
}
