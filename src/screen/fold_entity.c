/* Entities read: by number, the names that exports of sites use, and any letter with a mark by the mark's name. See fold_entity.h. */
#include "screen/fold_entity.h"

#include <string.h>

#define NAME_LARGEST 8
#define NESTED_LARGEST 3 /* times that an ampersand was itself taken */

static const struct {
    const char *name;
    uint32_t code;
} names[] = {
    {"amp", '&'},       {"apos", '\''},   {"copy", 0xA9},    {"euro", 0x20AC},  {"gt", '>'},
    {"hellip", 0x2026}, {"laquo", 0xAB},  {"ldquo", 0x201C}, {"lsquo", 0x2018}, {"lt", '<'},
    {"mdash", 0x2014},  {"middot", 0xB7}, {"nbsp", 0xA0},    {"ndash", 0x2013}, {"pound", 0xA3},
    {"quot", '"'},      {"raquo", 0xBB},  {"rdquo", 0x201D}, {"reg", 0xAE},     {"rsquo", 0x2019},
    {"shy", 0xAD},      {"szlig", 0xDF},  {"zwj", 0x200D},   {"zwnj", 0x200C},
};

/* Marks leave no trace in a folded text: the letter alone will do. */
static const char *const marks[] = {"acute", "grave", "circ",  "uml",  "tilde",
                                    "ring",  "cedil", "caron", "slash"};

static bool is_letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

static uint32_t named(struct slice name)
{
    if (name.length < 2 || !is_letter(name.at[0])) return 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (name.at[0] == names[i].name[0] && slice_is(name, names[i].name)) return names[i].code;
    }
    struct slice mark = slice_part(name, 1, name.length);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (mark.at[0] == marks[i][0] && slice_is(mark, marks[i])) return (unsigned char)name.at[0];
    }
    return 0;
}

static int digit(char c, int base)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (base == 16 && (c | 0x20) >= 'a' && (c | 0x20) <= 'f') return (c | 0x20) - 'a' + 10;
    return -1;
}

/* Without its #: 102 or x66. 0: no character that a text may hold. */
static uint32_t numbered(struct slice number)
{
    int base = 10;
    uint32_t code = 0;
    if (number.length > 0 && (number.at[0] | 0x20) == 'x') {
        base = 16;
        number = slice_part(number, 1, number.length);
    }
    if (number.length == 0) return 0;
    for (size_t i = 0; i < number.length; i++) {
        int value = digit(number.at[i], base);
        if (value < 0) return 0;
        code = code * (uint32_t)base + (uint32_t)value;
        if (code > 0x10FFFF) return 0;
    }
    bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    bool control = code < 0x20 && code != '\n' && code != '\t' && code != '\r';
    return surrogate || control ? 0 : code;
}

/* What stands between & and ; at `at`, and its length with the ;. */
static uint32_t read_one(struct slice left, size_t *ret_length)
{
    size_t length = 0;
    if (left.length == 0 || (left.at[0] != '#' && !is_letter(left.at[0]))) return 0;
    while (length < left.length && length <= NAME_LARGEST && left.at[length] != ';') length++;
    if (length == 0 || length > NAME_LARGEST || length == left.length) return 0;
    struct slice name = slice_part(left, 0, length);
    *ret_length = length + 1;
    return name.at[0] == '#' ? numbered(slice_part(name, 1, length)) : named(name);
}

static uint32_t read_entity(struct slice left, size_t *ret_length)
{
    size_t length, all = 1, inner;
    uint32_t code = read_one(slice_part(left, 1, left.length), &length), deeper;
    if (code == 0) return 0;
    all += length;
    for (size_t i = 0; i < NESTED_LARGEST && code == '&'; i++) {
        deeper = read_one(slice_part(left, all, left.length), &inner);
        if (deeper == 0) break;
        code = deeper;
        all += inner;
    }
    *ret_length = all;
    return code;
}

struct fold_entity fold_entity_at(struct slice text, size_t at)
{
    struct fold_entity entity = {.at = at};
    entity.code = read_entity(slice_part(text, at, text.length), &entity.length);
    if (entity.code == 0) entity.length = 0;
    return entity;
}

struct fold_entity fold_entity_next(struct slice text, size_t from)
{
    while (from < text.length) {
        const char *at = memchr(text.at + from, '&', text.length - from);
        if (at == NULL) break;
        struct fold_entity entity = fold_entity_at(text, (size_t)(at - text.at));
        if (entity.length > 0) return entity;
        from = (size_t)(at - text.at) + 1;
    }
    return (struct fold_entity){0};
}
