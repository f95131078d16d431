/* Fuzzes the reading of multipart forms. The first byte says how long the pieces are, the line behind it is the header, the
 * rest the body. Promises: no crash; in whatever pieces it comes, the same comes out; what comes out is within its limits. */
#include <stdlib.h>
#include <string.h>

#include "web/form.h"
#include "web/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take(void *context, struct slice bytes, struct error *error)
{
    (void)error;
    text_add(context, bytes);
    return true;
}

static bool read_in(struct slice type, struct slice body, size_t piece, struct multipart *multipart,
                    struct text *file)
{
    struct error error = {0};
    bool going = multipart_init(multipart, type, &error);
    multipart->file_field = "people";
    multipart->bytes = take;
    multipart->context = file;
    for (size_t at = 0; going && at < body.length; at += piece)
        going = multipart_feed(multipart, slice_part(body, at, at + piece), &error);
    going = going && multipart_end(multipart, &error);
    if (!going && error.code == ERROR_NONE) abort();
    return going;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    struct slice all = {(const char *)data + 1, size - 1}, type;
    struct multipart whole, cut;
    struct text file, other;
    text_init(&file, size + 1);
    text_init(&other, size + 1);
    if (!slice_line(&all, &type)) type = SLICE_EMPTY;
    bool one = read_in(type, all, all.length + 1, &whole, &file);
    bool two = read_in(type, all, (size_t)data[0] % 16 + 1, &cut, &other);
    if (one != two) abort();
    if (one && (!slice_equal(text_slice(&whole.form), text_slice(&cut.form)) ||
                !slice_equal(text_slice(&file), text_slice(&other)) || file.overflowed ||
                whole.form.overflowed))
        abort();
    multipart_clear(&whole);
    multipart_clear(&cut);
    text_clear(&file);
    text_clear(&other);
    return 0;
}
