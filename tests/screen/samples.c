/* See samples.h. */
#include "samples.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/utf8.h"

const char *const sample_texts[] = {
    "",
    "A",
    "Ada Byron's prize",
    "Zoë O'Neil-Smith, Year 7",
    "Zoe\u0308 and E\u0301lodie",
    "\u0430\u0501\u0430 is not ada",
    "ＦＵＬＬ width and ⓒⓘⓡⓒⓛⓔⓓ",
    "zero\u200bwidth and soft\u00adhyphen",
    "🇬🇧 flags 🇫🇺🇨🇰 spelled 🇦 alone",
    "£5 a ticket, fu¢k, €uro, 5€each",
    "“quoted” – dashes — and … dots",
    "ﷺ ﷽ 한국어 각 日本語 العربية עברית हिन्दी",
    "👩‍👩‍👧‍👦 family ❤️‍🔥 1️⃣",
    "T\u0336h\u0336e\u0336 \u202egnirts desrever\u202c",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤ ̖t̝͕̳̣̻̪͞h̼͓̲̦̳̘̲e͇̣̰̦̬͎ ̢̼̻̱̘h͚͎͙̜̣̲ͅi̦̲̣̰̤v̻͍e̺̭̳̪̰-m̢iͅn̖̺̞̲̯̰d̵̼̟͙̩̼̘̳.̨̹͈̣",
    "''''''''a'a'a'a's's's'",
    "o'neil's o`neil rock'n'roll James' 's s's '",
    "ada_byron ada.byron AdaByron #WorldBookDay @ada-byron07",
    "\x01\x02\x7f control",
};
const size_t sample_text_count = sizeof sample_texts / sizeof *sample_texts;

/* Where most of what matters lives. */
static const uint32_t ranges[][2] = {
    {0x20, 0x7E},     {0x41, 0x7A},        {0x61, 0x7A},       {0x20, 0x2F},
    {0xA0, 0x17F},    {0x300, 0x36F},      {0x370, 0x5FF},     {0x600, 0x6FF},
    {0x1E00, 0x1FFF}, {0x2000, 0x21FF},    {0x2460, 0x24FF},   {0xAC00, 0xD7A3},
    {0xF900, 0xFFFF}, {0x1D400, 0x1D7FF},  {0x1F100, 0x1F1FF}, {0x1F600, 0x1F64F},
    {0x80, 0xFFFF},   {0x10000, 0x10FFFF},
};

void sample_random(struct text *out, struct random *random, size_t length)
{
    size_t end = out->length + length, which = 0, left = 0;
    while (out->length < end) {
        if (left == 0) {
            which = random_below(random, 3) == 0
                        ? random_below(random, sizeof ranges / sizeof *ranges)
                        : random_below(random, 4);
            left = 1 + random_below(random, 40);
        }
        left--;
        uint32_t span = ranges[which][1] - ranges[which][0] + 1;
        char bytes[4];
        size_t count = utf8_encode(ranges[which][0] + (uint32_t)random_below(random, span), bytes);
        if (count > 0) text_add(out, (struct slice){bytes, count});
        if (random_below(random, 12) == 0) text_add_char(out, '\'');
        if (random_below(random, 20) == 0) text_add_string(out, "'s ");
        if (random_below(random, 60) == 0) text_add_string(out, "&amp;&#102;&eacute;");
    }
}

void sample_escape(struct text *out, struct cursor *cursor)
{
    uint32_t code = 0;
    char bytes[4];
    static const char plain[][2] = {{'n', '\n'}, {'r', '\r'}, {'t', '\t'}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (!cursor_take(cursor, plain[i][0])) continue;
        text_add_char(out, plain[i][1]);
        return;
    }
    assert_true(cursor_take(cursor, 'u'));
    for (size_t i = 0; i < 4; i++) {
        char c = cursor->all.at[cursor->at++];
        code = code * 16 + (uint32_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    text_add(out, (struct slice){bytes, utf8_encode(code, bytes)});
}
