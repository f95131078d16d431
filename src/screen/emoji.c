/* Pictures that stand for words; see emoji.h. emoji.def has them. All that count are four bytes of UTF-8 and begin with F0 9F, which hardly
 * a text has: those without are over after one look. */
#include "screen/emoji.h"

#include <string.h>

#define PICTURE 4 /* bytes */

static const struct pictures {
    const char *first, *second; /* "": the first alone */
    enum finding_kind kind;
    enum finding_level level;
} pictures[] = {
#define PICTURES(KIND, LEVEL, first, second) {first, second, FINDING_##KIND, LEVEL_##LEVEL},
#include "screen/emoji.def"
#undef PICTURES
};

static bool is_picture(struct slice text, size_t at)
{
    return at + PICTURE <= text.length && memcmp(text.at + at, "\xF0\x9F", 2) == 0;
}

static bool is_one(struct slice text, size_t at, const char *picture)
{
    return is_picture(text, at) && memcmp(text.at + at, picture, PICTURE) == 0;
}

static bool is_tone(struct slice text, size_t at)
{
    return is_picture(text, at) && memcmp(text.at + at, "\xF0\x9F\x8F\xBB", PICTURE) >= 0 &&
           memcmp(text.at + at, "\xF0\x9F\x8F\xBF", PICTURE) <= 0;
}

/* Behind a picture and what only changes its look. */
static size_t behind(struct slice text, size_t at)
{
    at += PICTURE;
    if (is_tone(text, at)) at += PICTURE;
    if (at + 3 <= text.length && memcmp(text.at + at, "\xEF\xB8\x8F", 3) == 0) at += 3;
    return at;
}

/* Where the next picture of a row would stand. */
static size_t next(struct slice text, size_t at)
{
    return at < text.length && text.at[at] == ' ' ? at + 1 : at;
}

/* From the ear of maize to the bottle; of these only the aubergine and the peach are more than food. */
static bool is_plain_food(struct slice text, size_t at)
{
    return is_picture(text, at) && memcmp(text.at + at, "\xF0\x9F\x8C\xBD", PICTURE) >= 0 &&
           memcmp(text.at + at, "\xF0\x9F\x8D\xBF", PICTURE) <= 0 &&
           !is_one(text, at, "\U0001F346") && !is_one(text, at, "\U0001F351") &&
           !is_one(text, at, "\U0001F34C");
}

static bool is_menu(struct slice text, size_t from, size_t to)
{
    for (size_t at = from; at < to; at = next(text, behind(text, at)))
        if (is_plain_food(text, at)) return true;
    return false;
}

static void find_at(struct slice text, size_t at, bool menu, struct findings *findings)
{
    size_t end = behind(text, at), other = next(text, end);
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        const struct pictures *one = &pictures[i];
        bool pair = one->second[0] != '\0';
        if (!is_one(text, at, one->first) || (pair && (menu || !is_one(text, other, one->second))))
            continue;
        struct finding finding = {.kind = one->kind, .level = one->level, .start = (uint32_t)at};
        finding.end = (uint32_t)(pair ? behind(text, other) : end);
        findings_add(findings, &finding);
    }
}

/* A row of pictures from `at` on; gives where it ends. */
static size_t find_in_row(struct slice text, size_t at, struct findings *findings)
{
    size_t end = at;
    while (is_picture(text, end)) end = next(text, behind(text, end));
    bool menu = is_menu(text, at, end);
    while (at < end) {
        find_at(text, at, menu, findings);
        at = next(text, behind(text, at));
    }
    return end;
}

void emoji_find(struct slice text, struct findings *findings)
{
    for (size_t at = 0; at < text.length;) {
        const char *found = memchr(text.at + at, 0xF0, text.length - at);
        if (found == NULL || findings_over(findings)) return;
        at = (size_t)(found - text.at);
        at = is_picture(text, at) ? find_in_row(text, at, findings) : at + 1;
    }
}
