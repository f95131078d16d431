/* A ZIP by the book, APPNOTE 6.3: local headers, directory, end record; wrong where it is asked to
 * be. */
#include "zip_maker.h"

#include <assert.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

static void number(struct text *text, uint64_t value, size_t width)
{
    for (size_t i = 0; i < width; i++) text_add_char(text, (char)(value >> (8 * i) & 0xFF));
}

/* zlib keeps what it packs in memory of its own; one test looks for what is left behind by the
 * reader, so the maker leaves nothing. */
static void *take(void *opaque, unsigned count, unsigned size)
{
    (void)opaque;
    return calloc(count, size);
}

static void wipe(void *opaque, void *at)
{
    (void)opaque;
    if (at != NULL) explicit_bzero(at, malloc_usable_size(at));
    free(at);
}

static struct slice pack(const struct zip_made *file, char *room, size_t space)
{
    struct slice content = slice_of(file->content);
    if (!file->deflate) return content;
    z_stream stream = {.next_in = (const Bytef *)content.at,
                       .avail_in = (uInt)content.length,
                       .next_out = (Bytef *)room,
                       .avail_out = (uInt)space,
                       .zalloc = take,
                       .zfree = wipe};
    int begun = deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
    assert(begun == Z_OK);
    int ended = deflate(&stream, Z_FINISH);
    assert(begun == Z_OK && ended == Z_STREAM_END);
    size_t length = stream.total_out;
    deflateEnd(&stream);
    return (struct slice){room, length};
}

/* What both headers share, from the version to the sizes of name and extra field. */
static void common(struct text *text, const struct zip_made *file, size_t packed, bool local,
                   size_t name)
{
    size_t size = (size_t)((int64_t)strlen(file->content) + file->size_wrong);
    bool later = local && file->follow;
    uLong crc = crc32(0, (const Bytef *)file->content, (uInt)strlen(file->content));
    number(text, file->wide ? 45 : 20, 2);
    number(text, file->flags | (file->follow ? 8u : 0u), 2);
    number(text, file->method + (file->deflate ? 8u : 0u), 2);
    number(text, 0, 4);
    number(text, later ? 0 : (uint32_t)crc ^ file->crc_wrong, 4);
    number(text, file->wide ? UINT32_MAX : later ? 0 : packed, 4);
    number(text, file->wide ? UINT32_MAX : later ? 0 : size, 4);
    number(text, name, 2);
    number(text, file->wide ? 20 : 0, 2);
}

static void extra(struct text *text, const struct zip_made *file, size_t packed)
{
    if (!file->wide) return;
    number(text, 1, 2);
    number(text, 16, 2);
    number(text, (size_t)((int64_t)strlen(file->content) + file->size_wrong), 8);
    number(text, packed, 8);
}

static void local(struct text *text, const struct zip_made *file, struct slice packed)
{
    const char *name = file->local_name == NULL ? file->name : file->local_name;
    text_add(text, SLICE("PK\x03\x04"));
    common(text, file, packed.length, true, strlen(name));
    text_add_string(text, name);
    extra(text, file, packed.length);
    text_add(text, packed);
    if (!file->follow) return;
    text_add(text, SLICE("PK\x07\x08"));
    number(text, crc32(0, (const Bytef *)file->content, (uInt)strlen(file->content)), 4);
    number(text, packed.length, file->wide ? 8 : 4);
    number(text, strlen(file->content), file->wide ? 8 : 4);
}

static void record(struct text *text, const struct zip_made *file, size_t packed, size_t header)
{
    text_add(text, SLICE("PK\x01\x02"));
    number(text, 0x0314, 2);
    common(text, file, packed, false, strlen(file->name));
    number(text, 0, 2);
    number(text, 0, 2);
    number(text, 0, 2);
    number(text, file->attributes, 4);
    number(text, header, 4);
    text_add_string(text, file->name);
    extra(text, file, packed);
}

void zip_make(struct text *text, const struct zip_made *files, size_t count, const char *comment)
{
    size_t *headers = calloc(count + 1, sizeof *headers);
    size_t *sizes = calloc(count + 1, sizeof *sizes);
    assert(headers != NULL && sizes != NULL);
    for (size_t i = 0; i < count; i++) {
        size_t space = strlen(files[i].content) + 1000;
        char *room = malloc(space);
        assert(room != NULL);
        struct slice packed = pack(&files[i], room, space);
        headers[i] = text->length;
        sizes[i] = packed.length;
        local(text, &files[i], packed);
        free(room);
    }
    size_t start = text->length;
    for (size_t i = 0; i < count; i++) record(text, &files[i], sizes[i], headers[i]);
    size_t size = text->length - start;
    text_add(text, SLICE("PK\x05\x06\0\0\0\0"));
    number(text, count, 2);
    number(text, count, 2);
    number(text, size, 4);
    number(text, start, 4);
    number(text, strlen(comment), 2);
    text_add_string(text, comment);
    free(headers);
    free(sizes);
}
