/* A state machine over the bytes of a multipart form; see multipart.h. A delimiter begins with the only CR that it holds, so
 * what was matched in vain can be handed on as it is. */
#include "web/multipart.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { STATE_START, STATE_BEHIND, STATE_LINE_END, STATE_LAST, STATE_HEAD, STATE_BODY, STATE_END };

static bool broken(struct multipart *multipart, struct error *error)
{
    multipart->failed = true;
    return error_set(error, ERROR_SYNTAX, "The form is not whole.");
}

/* ---- the boundary ---- */

static bool boundary_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c != '\0' && strchr("'()+_,-./:=?", c) != NULL);
}

/* The value of a parameter such as `boundary=x` or `name="x"`; false where it is not there or written badly. */
static bool parameter(struct slice header, const char *name, struct slice *ret_value)
{
    struct slice rest = header, part;
    size_t length = strlen(name);
    while (rest.length > 0) {
        size_t end = slice_find(rest, ';'), quote = slice_find(rest, '"');
        if (quote < end) {
            size_t close = quote + 1 + slice_find(slice_part(rest, quote + 1, rest.length), '"');
            if (close >= rest.length) return false;
            end = close + slice_find(slice_part(rest, close, rest.length), ';');
        }
        part = slice_trim(slice_part(rest, 0, end));
        rest = slice_part(rest, end + 1, rest.length);
        if (part.length <= length || strncasecmp(part.at, name, length) != 0 ||
            part.at[length] != '=')
            continue;
        *ret_value = slice_part(part, length + 1, part.length);
        if (ret_value->length >= 2 && ret_value->at[0] == '"')
            *ret_value = slice_part(*ret_value, 1, ret_value->length - 1);
        return true;
    }
    return false;
}

bool multipart_init(struct multipart *multipart, struct slice content_type, struct error *error)
{
    static const char kind[] = "multipart/form-data";
    struct slice boundary, before = slice_part(content_type, 0, slice_find(content_type, ';'));
    before = slice_trim(before);
    *multipart = (struct multipart){.state = STATE_START, .matched = 2};
    text_init(&multipart->form, MULTIPART_FORM_LARGEST);
    text_init(&multipart->file_name, MULTIPART_NAME_LARGEST);
    text_init(&multipart->head, MULTIPART_HEAD_LARGEST);
    if (before.length != sizeof kind - 1 || strncasecmp(before.at, kind, before.length) != 0 ||
        !parameter(content_type, "boundary", &boundary) || boundary.length == 0 ||
        boundary.length > MULTIPART_BOUNDARY_LARGEST)
        return broken(multipart, error);
    for (size_t i = 0; i < boundary.length; i++)
        if (!boundary_char(boundary.at[i])) return broken(multipart, error);
    multipart->delimiter_length = (size_t)snprintf(
        multipart->delimiter, sizeof multipart->delimiter, "\r\n--%.*s", SLICE_PRINT(boundary));
    return true;
}

void multipart_clear(struct multipart *multipart)
{
    if (multipart->form.at != NULL) explicit_bzero(multipart->form.at, multipart->form.length);
    text_clear(&multipart->form);
    text_clear(&multipart->file_name);
    text_clear(&multipart->head);
}

/* ---- a part's headers ---- */

static void add_encoded(struct text *out, struct slice words)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < words.length; i++) {
        unsigned char c = (unsigned char)words.at[i];
        char escape[3] = {'%', digits[c >> 4], digits[c & 15]};
        text_add(out, (struct slice){escape, 3});
    }
}

static struct slice last_name(struct slice path)
{
    for (size_t i = path.length; i > 0; i--)
        if (path.at[i - 1] == '/' || path.at[i - 1] == '\\')
            return slice_part(path, i, path.length);
    return path;
}

static bool begin_file(struct multipart *multipart, struct slice name, struct slice file_name,
                       struct error *error)
{
    if (multipart->file_field == NULL || !slice_is(name, multipart->file_field))
        return error_set(error, ERROR_SYNTAX,
                         "The form holds a file that this page does not take.");
    if (multipart->has_file)
        return error_set(error, ERROR_SYNTAX, "The form holds more than one file.");
    multipart->has_file = multipart->in_file = true;
    text_add(&multipart->file_name, last_name(file_name));
    if (multipart->file_name.overflowed)
        return error_set(error, ERROR_LIMIT, "The name of the file is too long.");
    return true;
}

static bool begin_part(struct multipart *multipart, struct error *error)
{
    struct slice head = text_slice(&multipart->head), line, name, file_name;
    static const char wanted[] = "content-disposition:";
    bool found = false;
    while (slice_line(&head, &line)) {
        if (line.length < sizeof wanted - 1 || strncasecmp(line.at, wanted, sizeof wanted - 1) != 0)
            continue;
        struct slice value = slice_part(line, sizeof wanted - 1, line.length);
        if (found || !slice_starts(slice_trim(value), SLICE("form-data")) ||
            !parameter(value, "name", &name))
            return broken(multipart, error);
        found = true;
        if (parameter(value, "filename", &file_name)) {
            if (!begin_file(multipart, name, file_name, error)) return false;
            continue;
        }
        if (multipart->file_field != NULL && slice_is(name, multipart->file_field)) {
            if (!begin_file(multipart, name, SLICE_EMPTY, error)) return false;
            continue;
        }
        multipart->in_file = false;
        if (multipart->form.length > 0) text_add_char(&multipart->form, '&');
        add_encoded(&multipart->form, name);
        text_add_char(&multipart->form, '=');
    }
    return found || broken(multipart, error);
}

/* ---- bytes ---- */

static bool hand_on(struct multipart *multipart, struct slice bytes, struct error *error)
{
    if (bytes.length == 0) return true;
    if (multipart->in_file) return multipart->bytes(multipart->context, bytes, error);
    add_encoded(&multipart->form, bytes);
    if (!multipart->form.overflowed) return true;
    return error_set(error, ERROR_LIMIT, "An answer is too long.");
}

/* The content of a part up to the delimiter. */
static bool take_body(struct multipart *multipart, struct slice *piece, struct error *error)
{
    while (piece->length > 0 && multipart->state == STATE_BODY) {
        if (multipart->matched == 0) {
            size_t run = slice_find(*piece, '\r');
            if (!hand_on(multipart, slice_part(*piece, 0, run), error)) return false;
            *piece = slice_part(*piece, run, piece->length);
            if (piece->length == 0) return true;
        }
        if (piece->at[0] == multipart->delimiter[multipart->matched]) {
            *piece = slice_part(*piece, 1, piece->length);
            multipart->matched++;
        } else {
            struct slice vain = {multipart->delimiter, multipart->matched};
            multipart->matched = 0;
            if (!hand_on(multipart, vain, error)) return false;
        }
        if (multipart->matched < multipart->delimiter_length) continue;
        multipart->matched = 0;
        multipart->state = STATE_BEHIND;
    }
    return true;
}

static bool take_head(struct multipart *multipart, char c, struct error *error)
{
    text_add_char(&multipart->head, c);
    if (c == '\0' || multipart->head.overflowed) return broken(multipart, error);
    struct slice head = text_slice(&multipart->head);
    if (slice_is(head, "\r\n")) return broken(multipart, error);
    if (!slice_ends(head, SLICE("\r\n\r\n"))) return true;
    multipart->state = STATE_BODY;
    return begin_part(multipart, error);
}

static bool take_byte(struct multipart *multipart, char c, struct error *error)
{
    switch (multipart->state) {
    case STATE_START: /* the first delimiter has no line end before it */
        if (c != multipart->delimiter[multipart->matched]) return broken(multipart, error);
        if (++multipart->matched < multipart->delimiter_length) return true;
        multipart->matched = 0;
        multipart->state = STATE_BEHIND;
        return true;
    case STATE_BEHIND:
        if (c != '\r' && c != '-') return broken(multipart, error);
        multipart->state = c == '\r' ? STATE_LINE_END : STATE_LAST;
        return true;
    case STATE_LINE_END:
        if (c != '\n' || ++multipart->parts > MULTIPART_PARTS_LARGEST)
            return broken(multipart, error);
        text_cut(&multipart->head, 0);
        multipart->state = STATE_HEAD;
        return true;
    case STATE_LAST:
        if (c != '-') return broken(multipart, error);
        multipart->state = STATE_END;
        return true;
    case STATE_HEAD: return take_head(multipart, c, error);
    default: /* behind the end: a line end, nothing else */
        return c == '\r' || c == '\n' || broken(multipart, error);
    }
}

bool multipart_feed(struct multipart *multipart, struct slice piece, struct error *error)
{
    if (multipart->failed) return broken(multipart, error);
    while (piece.length > 0) {
        bool going;
        if (multipart->state == STATE_BODY) {
            going = take_body(multipart, &piece, error);
        } else {
            going = take_byte(multipart, piece.at[0], error);
            piece = slice_part(piece, 1, piece.length);
        }
        if (going) continue;
        multipart->failed = true;
        return false;
    }
    return true;
}

bool multipart_end(const struct multipart *multipart, struct error *error)
{
    if (!multipart->failed && multipart->state == STATE_END) return true;
    return error_set(error, ERROR_SYNTAX, "The form is not whole.");
}
