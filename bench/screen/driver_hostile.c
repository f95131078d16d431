/* Texts meant to be slow: one thing over and over, single letters, and random signs, in texts of 4 KiB and in one line of a MiB; and posts
 * joined to such a line. Names of the roster are its first person's. See driver.h. */
#include "driver.h"

#include <stdio.h>

#include "base/random.h"
#include "base/utf8.h"

#define SHORT ((size_t)4096)
#define LONG FOLD_TEXT_LARGEST

enum made { RANDOM_BYTES, RANDOM_ASCII, RANDOM_LETTERS, RANDOM_UTF8, PLAIN_POSTS, ROSTER_NAME };

struct pattern {
    const char *name;
    const char *unit; /* repeated; NULL: made by `random` */
    enum made made;
};

static const struct pattern patterns[] = {
    {"posts", NULL, PLAIN_POSTS},
    {"random-bytes", NULL, RANDOM_BYTES},
    {"random-ascii", NULL, RANDOM_ASCII},
    {"random-letters", NULL, RANDOM_LETTERS},
    {"random-utf8", NULL, RANDOM_UTF8},
    {"roster-name", NULL, ROSTER_NAME},
    {"a", "a", 0},
    {"letters", "a b c d e ", 0},
    {"spaced-swearing", "f u c k ", 0},
    {"stopped-swearing", "f.u.c.k.", 0},
    {"swearing", "fuck ", 0},
    {"run-on-swearing", "fuck", 0},
    {"starred-swearing", "f**k sh*t ", 0},
    {"leet-swearing", "5h1t @r5e ", 0},
    {"stretched", "fuuuuuuuck ", 0},
    {"stars", "*", 0},
    {"starred-letters", "a*b*", 0},
    {"half-a-phrase", "kill kill your ", 0},
    {"hyphens", "a-", 0},
    {"apostrophes", "'", 0},
    {"lettered-apostrophes", "a'", 0},
    {"underlines", "a_", 0},
    {"capitals", "AaBb", 0},
    {"first-name", "Will ", 0},
    {"ordinary-names", "Will May Young Christian ", 0},
    {"commas", "May, Will, ", 0},
    {"digits", "0", 0},
    {"spaced-digits", "0 7 ", 0},
    {"mobiles", "07700 900123 ", 0},
    {"half-mobiles", "07700 90012 ", 0},
    {"run-on-mobiles", "+44(0)7700900123", 0},
    {"spoken-numbers", "oh seven double ", 0},
    {"cards", "4111 1111 1111 ", 0},
    {"postcodes", "LS1 4AB ", 0},
    {"half-postcodes", "LS1 4", 0},
    {"addresses", "12 High Street ", 0},
    {"half-addresses", "12 High High ", 0},
    {"national-insurance", "AB123456 ", 0},
    {"at-signs", "@", 0},
    {"half-mails", "a@", 0},
    {"mails", "a@a.example ", 0},
    {"run-on-mails", "a@a.example.", 0},
    {"spoken-mails", "a at a dot ", 0},
    {"stops", ".", 0},
    {"hosts", "a.example.", 0},
    {"www", "www.", 0},
    {"schemes", "http://", 0},
    {"slashes", "/", 0},
    {"colons", "a:", 0},
    {"hashtags", "#a ", 0},
    {"hashes", "#", 0},
    {"handles", "@ada_byron ", 0},
    {"brackets", "([{", 0},
    {"quotes", "\"", 0},
    {"entities", "&amp;", 0},
    {"half-entities", "&#x", 0},
    {"ampersands", "&", 0},
    {"cyrillic", "\xD0\xB0\xD1\x81\xD0\xBE ", 0},
    {"one-cyrillic-letter", "fu\xD1\x81k ", 0},
    {"marks", "e\xCC\x81\xCC\x81\xCC\x81", 0},
    {"marks-alone", "\xCC\x81", 0},
    {"invisible", "\xE2\x80\x8B", 0},
    {"invisible-between", "f\xE2\x80\x8Bu\xE2\x80\x8B", 0},
    {"full-width", "\xEF\xBC\xA6\xEF\xBC\xB5", 0},
    {"full-width-digits", "\xEF\xBC\x90\xEF\xBC\x97", 0},
    {"pictures", "\xF0\x9F\x98\x82", 0},
    {"flag-letters", "\xF0\x9F\x87\xAB\xF0\x9F\x87\xBA", 0},
    {"curled-quotes", "a\xE2\x80\x99", 0},
    {"one-to-many", "\xEF\xB7\xBA", 0},
    {"blanks", " ", 0},
    {"lines", "\n", 0},
    {"nul", "\x01", 0},
};
#define PATTERNS (sizeof patterns / sizeof *patterns)

/* The even ones are short, the odd ones long. */
const char *hostile_name(size_t which)
{
    static char name[64];
    if (which >= 2 * PATTERNS) return NULL;
    snprintf(name, sizeof name, "%s,%s", patterns[which / 2].name, which % 2 == 0 ? "4K" : "1M");
    return name;
}

static void add_random(struct text *out, struct random *random, enum made made)
{
    char bytes[4];
    switch (made) {
    case RANDOM_BYTES: text_add_char(out, (char)random_below(random, 256)); break;
    case RANDOM_ASCII: text_add_char(out, (char)(' ' + random_below(random, 95))); break;
    case RANDOM_LETTERS:
        text_add_char(out,
                      random_below(random, 6) == 0 ? ' ' : (char)('a' + random_below(random, 26)));
        break;
    default:
        text_add(out,
                 (struct slice){bytes, utf8_encode((uint32_t)random_below(random, 0x3000), bytes)});
    }
}

static struct slice unit_of(const struct bench *bench, const struct pattern *pattern, char *space,
                            size_t room)
{
    if (pattern->made != ROSTER_NAME) return slice_of(pattern->unit);
    struct name_person person = names_person(bench->plan.names, 0);
    int length =
        snprintf(space, room, "%.*s %.*s ", SLICE_PRINT(person.given), SLICE_PRINT(person.family));
    return (struct slice){space, (size_t)length < room ? (size_t)length : room - 1};
}

/* At most `length` bytes and, at the end, whole characters. */
static void make(const struct bench *bench, const struct pattern *pattern, size_t length,
                 struct text *out)
{
    char space[2 * NAME_FIELD_LARGEST + 3];
    struct slice unit = unit_of(bench, pattern, space, sizeof space);
    struct random random;
    random_init(&random, 0xbe9c4);
    for (size_t i = 0; out->length + 8 < length; i++) {
        struct slice next = pattern->made == PLAIN_POSTS ? bench->posts[i % bench->count] : unit;
        if (next.length == 0) {
            add_random(out, &random, pattern->made);
        } else if (out->length + next.length <= length) {
            text_add(out, next);
            if (pattern->made == PLAIN_POSTS && out->length < length) text_add_char(out, ' ');
        } else {
            break;
        }
    }
}

double time_hostile(struct bench *bench, size_t which, double ms)
{
    AUTO_TEXT struct text out = {0};
    const struct findings *findings;
    if (which >= 2 * PATTERNS) fail("there is no such case");
    text_init(&out, LONG);
    make(bench, &patterns[which / 2], which % 2 == 0 ? SHORT : LONG, &out);
    double start = now(), passed = 0, done = 0;
    while (passed < ms * 1e6) {
        if (screen(&bench->plan, bench->work, text_slice(&out), &findings) == SCREEN_DONE)
            bench->kept += findings->count;
        done += (double)out.length;
        passed = now() - start;
    }
    return passed / done;
}
