/* Folding letters for lists and search; see fold.h. The tables give the plain letter of each code in a row, a digit for two
 * letters, a full stop where the letter is kept. */
#include "base/fold.h"

#include "base/utf8.h"

/* from U+00C0 */
static const char latin[] = "aaaaaa1ceeeeiiiidnooooo.ouuuuy43aaaaaa1ceeeeiiiidnooooo.ouuuuy4y"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkkklllllll"
                            "lllnnnnnnnnnoooooo22rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
/* from U+1E00 */
static const char additional[] = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
                                 "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
                                 "wwwwwwwwwwxxxxyyzzzzzzhtwy.s..3.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
                                 "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";
static const char *const twos[] = {"", "ae", "oe", "ss", "th", "ij"};

static uint32_t decode(struct slice text, size_t length)
{
    const unsigned char *at = (const unsigned char *)text.at;
    if (length == 1) return at[0];
    uint32_t code = at[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) code = code << 6 | (at[i] & 0x3Fu);
    return code;
}

/* The table's letter for a code, 0 where no table has it, a full stop where it is kept. */
static char letter(uint32_t code)
{
    if (code >= 0xC0 && code - 0xC0 < sizeof latin - 1) return latin[code - 0xC0];
    if (code >= 0x1E00 && code - 0x1E00 < sizeof additional - 1) return additional[code - 0x1E00];
    return 0;
}

static bool left_out(uint32_t code)
{
    return code == '\'' || code == '`' || code == 0xB4 || code == 0x2BC || code == 0x2018 ||
           code == 0x2019 || code == 0xAD || (code >= 0x300 && code <= 0x36F) ||
           (code >= 0x200B && code <= 0x200F);
}

static bool blank(uint32_t code)
{
    return code <= ' ' || code == '-' || code == 0xA0 || (code >= 0x2000 && code <= 0x2015) ||
           code == 0x202F || code == 0x3000;
}

/* Greek and Cyrillic: the capitals stand at a fixed distance from the small letters. */
static uint32_t small(uint32_t code)
{
    if (code >= 'A' && code <= 'Z') return code + 32;
    if ((code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F)) return code + 32;
    return code >= 0x400 && code <= 0x40F ? code + 80 : code;
}

static void add_code(struct text *out, uint32_t code)
{
    char bytes[4];
    size_t length = utf8_encode(small(code), bytes);
    text_add(out, (struct slice){bytes, length});
}

static void add_folded(struct text *out, uint32_t code)
{
    char plain = letter(code);
    if (left_out(code)) return;
    if (blank(code)) {
        if (out->length > 0 && out->at[out->length - 1] != ' ') text_add_char(out, ' ');
    } else if (plain >= 'a') {
        text_add_char(out, plain);
    } else if (plain >= '1' && plain <= '5') {
        text_add_string(out, twos[plain - '0']);
    } else {
        add_code(out, code);
    }
}

void fold_add(struct text *out, struct slice text)
{
    while (text.length > 0) {
        size_t length = utf8_first(text);
        if (length == 0) return;
        add_folded(out, decode(text, length));
        text = slice_part(text, length, text.length);
    }
}
