/* Postcodes, by the grammar of their two halves and the areas there are; the forces' BFPO numbers. */
#include "screen/detect_parts.h"

/* Postcode areas, all 124, for each first letter the second letters, a bit each; and those of one
 * letter. With them BF (the forces) and BX (no place); AA is no area, but stands in examples. */
static const uint32_t areas[26] = {
    0x0000803, 0x08E28AB, 0x06A50A3, 0x10828D9, 0x0802084, 0x1000400, 0x1100800,
    0x0968049, 0x0209040, 0x0000010, 0x1480001, 0x0142819, 0x0000C10, 0x042A050,
    0x0800800, 0x0024891, 0x0000000, 0x00010C0, 0x14EFC51, 0x0472029, 0x0000002,
    0x0000000, 0x026202D, 0x0000000, 0x0004000, 0x0000010,
};
static const uint32_t short_areas = 0x0443852;

static bool area_known(const struct detect *detect, size_t start, size_t letters)
{
    unsigned first = letter_number(byte_at(detect, start));
    unsigned second = letter_number(byte_at(detect, start + 1));
    if (first >= 26) return false;
    if (letters == 1) return (short_areas >> first & 1) != 0;
    return letters == 2 && second < 26 && (areas[first] >> second & 1) != 0;
}

/* Behind the area: 9 or 99, for 9A see below. 0 stands alone, and for few. Gives where it ends, 0:
 * none. */
static size_t district(const struct detect *detect, size_t i)
{
    if (!byte_is(detect, i, BYTE_DIGIT)) return 0;
    bool two = byte_is(detect, i + 1, BYTE_DIGIT);
    if (byte_at(detect, i) != '0') return two ? i + 2 : i + 1;
    static const char *const with_zero[] = {"bl", "bs", "cm", "cr", "fy", "ha", "pr", "sl", "ss"};
    if (i < 2 || two) return 0;
    for (size_t k = 0; k < sizeof with_zero / sizeof *with_zero; k++)
        if ((byte_at(detect, i - 2) | 0x20U) == (unsigned char)with_zero[k][0] &&
            (byte_at(detect, i - 1) | 0x20U) == (unsigned char)with_zero[k][1])
            return i + 1;
    return 0;
}

/* A district's letter stands in inner London alone: W1A, EC2M, SW1A; and in the example AA9A. */
static bool has_letters(const struct detect *detect, size_t start, size_t letters)
{
    unsigned char first = byte_at(detect, start) | 0x20, second = byte_at(detect, start + 1) | 0x20;
    if (letters == 1) return first == 'e' || first == 'n' || first == 'w';
    if (first == 'e' || first == 'w') return second == 'c';
    return (first == 'a' && second == 'a') || ((first == 'n' || first == 's') && second == 'w') ||
           (first == 's' && second == 'e');
}

static bool inward_letter(unsigned char c)
{
    unsigned letter = letter_number(c);
    uint32_t never = 1U << 2 | 1U << 8 | 1U << 10 | 1U << 12 | 1U << 14 | 1U << 21; /* CIKMOV */
    return letter < 26 && (never >> letter & 1) == 0;
}

/* "LS1 4APLeeds": a capital and small letters behind capitals. */
static bool town_behind(const struct detect *detect, size_t i)
{
    return byte_at(detect, i - 4) == ' ' && byte_is(detect, i - 1, BYTE_UPPER) &&
           byte_is(detect, i - 2, BYTE_UPPER) && byte_is(detect, i, BYTE_UPPER) &&
           byte_is(detect, i + 1, BYTE_LOWER) && byte_is(detect, i + 2, BYTE_LOWER);
}

static bool inward(const struct detect *detect, size_t i)
{
    return byte_is(detect, i, BYTE_DIGIT) && byte_is(detect, i + 1, BYTE_LETTER) &&
           byte_is(detect, i + 2, BYTE_LETTER) && inward_letter(byte_at(detect, i + 1)) &&
           inward_letter(byte_at(detect, i + 2)) &&
           (!letter_at(detect, i + 3) || town_behind(detect, i + 3)) &&
           !byte_is(detect, i + 3, BYTE_DIGIT);
}

/* The digit of the inward half for an outward half that ends before `i`; 0: none. */
static size_t inward_at(const struct detect *detect, size_t i)
{
    size_t at = i;
    for (int most = 2; most > 0 && byte_is(detect, at, BYTE_BLANK); most--) at++;
    if (at == i && (byte_at(detect, at) == '-' || byte_at(detect, at) == '\n')) at++;
    return inward(detect, at) ? at : 0;
}

static bool has_small(const struct detect *detect, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (byte_is(detect, i, BYTE_LOWER)) return true;
    return false;
}

/* "3rd", "5th"; no ordinal is "1th". */
static bool ordinal(const struct detect *detect, size_t i)
{
    unsigned char digit = byte_at(detect, i);
    if (text_says(detect, i + 1, "th")) return digit == '0' || digit >= '4';
    if (text_says(detect, i + 1, "st")) return digit == '1';
    return (digit == '2' && text_says(detect, i + 1, "nd")) ||
           (digit == '3' && text_says(detect, i + 1, "rd"));
}

static bool told_postcode(const struct detect *detect, size_t start)
{
    struct slice word = word_before(detect, start);
    if (slice_is(word, "is")) word = word_before(detect, (size_t)(word.at - detect->at));
    return word_in(WORDS_POSTCODE, word);
}

/* "m1 3rd", "e4 6ft": in small letters the second half may be an ordinal or a unit, and without a
 * gap anything at all. */
static bool cased_well(const struct detect *detect, size_t start, size_t in, bool gap)
{
    if (!has_small(detect, start, in + 3)) { /* TEAM B1 2ND XI */
        struct slice next = word_at(detect, skip_blanks(detect, in + 3));
        return !gap || !ordinal(detect, in) || !word_in(WORDS_ORDINAL_OF, next);
    }
    if (!gap && !has_small(detect, in, in + 3) && byte_is(detect, start, BYTE_UPPER)) return true;
    if (!gap) return in + 3 - start >= 7 || told_postcode(detect, start);
    struct slice letters = detect_part(detect, in + 1, in + 3);
    if (!has_small(detect, in, in + 3)) return true;
    bool unit = in - start <= 4 && word_in(WORDS_POSTCODE_UNIT, letters);
    return !ordinal(detect, in) && !unit;
}

/* With a gap within, a slash stands between two of them, or a town's name and this. */
static bool joins(unsigned char c, bool gap)
{
    return c == '-' || c == '.' || (c == '/' && !gap);
}

static bool part_of_longer(const struct detect *detect, size_t start, size_t end, bool gap)
{
    unsigned char before = byte_at(detect, start - 1), after = byte_at(detect, end);
    if (before == '#' || before == '@' || after == '@' || after == '_') return true;
    if ((joins(before, gap) || before == '_') && byte_is(detect, start - 2, BYTE_WORD)) return true;
    return joins(after, gap) && byte_is(detect, end + 1, BYTE_WORD);
}

bool detect_postcode(struct detect *detect, size_t start, size_t i)
{
    if (letter_before(detect, start) || byte_is(detect, start - 1, BYTE_DIGIT)) return false;
    if (!area_known(detect, start, i - start)) return false;
    size_t out = district(detect, i), in = out == 0 ? 0 : inward_at(detect, out);
    if (out == 0) return false;
    if (in == 0 && out == i + 2) {
        out = i + 1; /* M1 1AA without a gap */
        in = inward_at(detect, out) == out ? out : 0;
    }
    bool letter = byte_is(detect, out, BYTE_LETTER) && has_letters(detect, start, i - start);
    if (in == 0 && letter) in = inward_at(detect, ++out);
    if (in == 0 || !cased_well(detect, start, in, in > out)) return false;
    if (part_of_longer(detect, start, in + 3, in > out)) return false;
    detect_named_house(detect, start);
    detect_give(detect, FINDING_POSTCODE, start, in + 3);
    return true;
}

bool detect_forces(struct detect *detect, size_t i)
{
    size_t word_end = back_over_blanks(detect, i, 1), end = i;
    unsigned char last = byte_at(detect, word_end - 1) | 0x20;
    if (last != 'o' && last != 'r') return false; /* as for most words */
    size_t start = letters_before(detect, word_end, 5);
    struct slice word = detect_part(detect, start, word_end);
    if (letter_before(detect, start) || byte_is(detect, start - 1, BYTE_DIGIT)) return false;
    while (end - i < 5 && byte_is(detect, end, BYTE_DIGIT)) end++;
    if (word.length == 3 && text_says(detect, start, "gir") && text_says(detect, i, "0aa")) {
        end = i + 3;
    } else if (word.length != 4 || !text_says(detect, start, "bfpo") || end - i > 4) {
        return false;
    }
    if (letter_at(detect, end) || byte_is(detect, end, BYTE_DIGIT)) return false;
    detect_give(detect, FINDING_POSTCODE, start, end);
    return true;
}
