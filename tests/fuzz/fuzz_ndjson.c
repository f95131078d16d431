/* Any bytes as a line of NDJSON, beside the reader of whole documents: what the one takes the other takes, with the same id and text. They
 * differ where they are meant to: keys that stand twice and are not asked for, numbers past what a double holds, what is no object. The two
 * ways of the reader give the same. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "format/ndjson.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct ndjson wide, narrow;

static void require(bool kept)
{
    if (!kept) abort();
}

static bool meant_to_differ(const struct error *error)
{
    return strstr(error->sentence, "twice") != NULL || strstr(error->sentence, "too large") != NULL;
}

static void require_same(const struct json *whole, const struct ndjson_line *line)
{
    const struct json *text = json_member(whole, SLICE("text")),
                      *id = json_member(whole, SLICE("id"));
    require(text != NULL && text->kind == JSON_STRING && slice_equal(text->string, line->text));
    if (id == NULL || id->kind == JSON_NULL) {
        require(line->id.length == 0);
        return;
    }
    AUTO(arena) struct arena *arena = arena_new();
    struct json *again;
    require(json_read(line->id, arena, &again, NULL) && again->kind == id->kind);
    if (id->kind == JSON_STRING) require(slice_equal(again->string, id->string));
    if (id->kind == JSON_NUMBER) require(again->real <= id->real && again->real >= id->real);
}

static void compare(struct slice source, enum ndjson_fault fault, const struct ndjson_line *line)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct json *whole = NULL;
    struct error error = {0};
    if (!json_read(source, arena, &whole, &error)) {
        require(fault != NDJSON_SOUND || meant_to_differ(&error));
        return;
    }
    if (fault == NDJSON_SOUND)
        require_same(whole, line);
    else
        require(fault == NDJSON_NO_OBJECT || fault == NDJSON_NO_TEXT || fault == NDJSON_TEXT_KIND ||
                fault == NDJSON_ID_KIND);
}

static void check(enum ndjson_fault fault, const struct ndjson_line *line, struct slice source)
{
    require(fault < NDJSON_FAULTS && ndjson_fault_says(fault)[0] != '\0');
    require(line->offset <= source.length);
    require(utf8_check(line->id) == line->id.length);
    if (fault == NDJSON_SOUND) require(utf8_check(line->text) == line->text.length);
}

/* A reader that has seen a line like it reads it the same. */
static void read_behind(struct slice before, struct slice source, enum ndjson_fault fault,
                        const struct ndjson_line *line)
{
    struct ndjson_line other;
    require(ndjson_read(&wide, before, &other) == NDJSON_SOUND);
    require(ndjson_read(&wide, source, &other) == fault && other.offset == line->offset);
    require(slice_equal(line->id, other.id));
    if (fault == NDJSON_SOUND) require(slice_equal(line->text, other.text));
    wide.before_id.length = 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 65536) return 0;
    if (wide.text_field.at == NULL) {
        ndjson_init(&wide, SLICE("id"), SLICE("text"));
        ndjson_init(&narrow, SLICE("id"), SLICE("text"));
        narrow.wide = false;
    }
    struct slice source = {size == 0 ? "" : (const char *)data, size};
    struct ndjson_line line, other;
    wide.before_id.length = narrow.before_id.length = 0;
    enum ndjson_fault fault = ndjson_read(&wide, source, &line);
    check(fault, &line, source);
    compare(source, fault, &line);
    require(ndjson_read(&narrow, source, &other) == fault && other.offset == line.offset);
    require(slice_equal(line.id, other.id));
    if (fault == NDJSON_SOUND) require(slice_equal(line.text, other.text));
    /* The narrow one's memory: the wide one's is written anew. */
    (void)ndjson_read(&narrow, source, &line);
    read_behind(SLICE("{\"id\":1,\"text\":\"a\"}"), source, fault, &line);
    read_behind(SLICE("{\"id\": \"a\", \"text\": \"a\"}"), source, fault, &line);
    return 0;
}
