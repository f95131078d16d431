/* The plain view of a text with full-width, circled or invisible characters, and the way back. */
#include "screen/detect_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "screen/fold_entity.h"

#define SAME_AS_IS 0x100
#define DROPPED 0x101

/* Code points from first to last, count of them stand for the bytes from `plain` on, or all for the
 * one byte where `one` is set. */
static const struct {
    uint32_t first, last;
    int plain;
    bool one;
} plain_ranges[] = {
    {0xA0, 0xA0, ' ', true},         /* no-break space */
    {0xAD, 0xAD, DROPPED, true},     /* soft hyphen */
    {0xB7, 0xB7, '.', true},         /* middle dot */
    {0x660, 0x669, '0', false},      /* Arabic-Indic */
    {0x6F0, 0x6F9, '0', false},      /* its eastern form */
    {0x2000, 0x200A, ' ', true},     /* blanks of all widths */
    {0x200B, 0x200F, DROPPED, true}, /* zero-width, marks of direction */
    {0x2010, 0x2015, '-', true},     /* hyphens and dashes */
    {0x2024, 0x2024, '.', true},     /* one dot leader */
    {0x202A, 0x202E, DROPPED, true}, /* embeddings */
    {0x202F, 0x202F, ' ', true},     /* narrow no-break space */
    {0x205F, 0x205F, ' ', true},     /* mathematical space */
    {0x2060, 0x206F, DROPPED, true}, /* word joiner and the like */
    {0x20E3, 0x20E3, DROPPED, true}, /* the key around a digit */
    {0x2212, 0x2212, '-', true},     /* minus */
    {0x2460, 0x2468, '1', false},    /* circled */
    {0x24B6, 0x24CF, 'A', false},    /* circled */
    {0x24D0, 0x24E9, 'a', false},    /* circled */
    {0x24EA, 0x24EA, '0', false},    /* circled */
    {0x2776, 0x277E, '1', false},    /* white on black */
    {0x3000, 0x3000, ' ', true},     /* ideographic space */
    {0x3002, 0x3002, '.', true},     /* ideographic stop */
    {0xFE00, 0xFE0F, DROPPED, true}, /* variation selectors */
    {0xFEFF, 0xFEFF, DROPPED, true}, /* byte order mark */
    {0xFF01, 0xFF5E, '!', false},    /* full-width */
    {0xFF61, 0xFF61, '.', true},     /* half-width stop */
};

/* Thirteen alphabets of 52 letters each, then five times ten digits. */
static int mathematical(uint32_t code)
{
    if (code >= 0x1D7CE) return '0' + (int)((code - 0x1D7CE) % 10);
    if (code > 0x1D6A3) return SAME_AS_IS;
    int letter = (int)((code - 0x1D400) % 52);
    return letter < 26 ? 'A' + letter : 'a' + letter - 26;
}

/* The byte that stands for it, SAME_AS_IS or DROPPED. */
static int plain_of(uint32_t code)
{
    if (code >= 0x1D400 && code <= 0x1D7FF) return mathematical(code);
    size_t low = 0, high = sizeof plain_ranges / sizeof *plain_ranges;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > plain_ranges[middle].last) {
            low = middle + 1;
        } else if (code < plain_ranges[middle].first) {
            high = middle;
        } else {
            int off = plain_ranges[middle].one ? 0 : (int)(code - plain_ranges[middle].first);
            return plain_ranges[middle].plain + off;
        }
    }
    return SAME_AS_IS;
}

static uint32_t decode(const unsigned char *at, size_t length)
{
    if (length == 2) return (at[0] & 0x1FU) << 6 | (at[1] & 0x3FU);
    if (length == 3) return (at[0] & 0xFU) << 12 | (at[1] & 0x3FU) << 6 | (at[2] & 0x3FU);
    return (at[0] & 7U) << 18 | (at[1] & 0x3FU) << 12 | (at[2] & 0x3FU) << 6 | (at[3] & 0x3FU);
}

/* The character at `i`, of several bytes, in well-formed text; false where the text is not. */
static bool character(struct slice text, size_t i, uint32_t *ret_code, size_t *ret_length)
{
    unsigned char lead = (unsigned char)text.at[i];
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    if (length == 0 || text.length - i < length) return false;
    *ret_code = decode((const unsigned char *)text.at + i, length);
    *ret_length = length;
    return true;
}

static bool is_digit_at(struct slice text, size_t i)
{
    return i < text.length && text.at[i] >= '0' && text.at[i] <= '9';
}

/* Dashes between words and the joiners within emoji are too common to pay for. */
bool view_wanted(struct slice text, size_t i)
{
    unsigned char lead = (unsigned char)text.at[i];
    if (lead < 0xC2 || (lead > 0xC2 && lead < 0xD9)) return false;
    uint32_t code;
    size_t length;
    if (!character(text, i, &code, &length)) return false;
    bool by_digit = is_digit_at(text, i - 1) || is_digit_at(text, i + length) ||
                    (i >= 2 && text.at[i - 1] == ' ' && is_digit_at(text, i - 2));
    if ((code >= 0x2010 && code <= 0x2015) || code == 0x200D || code == 0xFE0F || code == 0xB7)
        return by_digit;
    return plain_of(code) != SAME_AS_IS;
}

static void make_room(struct detect_work *work, size_t length)
{
    if (work->space < length || work->at == NULL) {
        work->space = length + 64;
        work->at = memory_grow(work->at, work->space);
    }
}

static void add_run(struct detect_work *work, size_t original, size_t step)
{
    if (work->run_count == work->run_space) {
        work->run_space = work->run_space * 2 + 64;
        work->runs = memory_grow(work->runs, work->run_space * sizeof *work->runs);
    }
    work->runs[work->run_count++] =
        (struct detect_run){(uint32_t)work->length, (uint32_t)original, (uint32_t)step};
}

/* What rides on the character before it, the key around a digit, belongs to it: one byte of the
 * view stands for both, up to `end` of the original. */
static void join_to_last(struct detect_work *work, size_t end)
{
    size_t last = work->length - 1, start = view_start(work, last);
    while (work->run_count > 1 && work->runs[work->run_count - 1].view >= last) work->run_count--;
    work->length = last;
    add_run(work, start, end - start);
    work->length = last + 1;
    add_run(work, end, 0);
}

/* Each byte of what an entity says stands for all of it. */
static void put_entity(struct detect_work *work, const struct fold_entity *entity)
{
    char bytes[4];
    int plain = entity->code < 0x80 ? (int)entity->code : plain_of(entity->code);
    size_t count = plain == DROPPED ? 0 : 1;
    bytes[0] = (char)plain;
    if (plain == SAME_AS_IS) count = utf8_encode(entity->code, bytes);
    for (size_t i = 0; i < count; i++) {
        add_run(work, entity->at, entity->length);
        work->at[work->length++] = bytes[i];
    }
    add_run(work, entity->at + entity->length, 0);
}

void view_make(struct detect_work *work, struct slice text)
{
    struct fold_entity entity = fold_entity_next(text, 0);
    make_room(work, text.length);
    work->length = work->run_count = 0;
    add_run(work, 0, 0);
    for (size_t i = 0; i < text.length;) {
        uint32_t code;
        size_t length;
        if (entity.length > 0 && i == entity.at) {
            put_entity(work, &entity);
            i += entity.length;
            entity = fold_entity_next(text, i);
            continue;
        }
        if ((unsigned char)text.at[i] < 0x80 || !character(text, i, &code, &length)) {
            work->at[work->length++] = text.at[i++];
            continue;
        }
        int plain = plain_of(code);
        if ((code == 0x20E3 || code == 0xFE0F) && work->length > 0) {
            join_to_last(work, i + length);
        } else if (plain == SAME_AS_IS) {
            memcpy(work->at + work->length, text.at + i, length);
            work->length += length;
        } else {
            if (plain != DROPPED) {
                add_run(work, i, length);
                work->at[work->length++] = (char)plain;
            }
            add_run(work, i + length, 0);
        }
        i += length;
    }
}

/* The run that holds byte `at` of the view: the last that begins no later. */
static const struct detect_run *run_of(const struct detect_work *work, size_t at)
{
    size_t low = 0, high = work->run_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (work->runs[middle].view <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &work->runs[low];
}

size_t view_start(const struct detect_work *work, size_t at)
{
    const struct detect_run *run = run_of(work, at);
    return run->step != 0 ? run->original : run->original + (at - run->view);
}

size_t view_end(const struct detect_work *work, size_t end)
{
    if (end == 0) return 0;
    const struct detect_run *run = run_of(work, end - 1);
    return run->original + (run->step != 0 ? run->step : end - run->view);
}

void detect_work_clear(struct detect_work *work)
{
    free(work->at);
    free(work->runs);
    free(work->scans);
    *work = (struct detect_work){0};
}
