/* Places: postcodes by the grammar of their two halves and the areas there are, and postal
 * addresses, a house number with a street behind it. */
#include "screen/detect_parts.h"
#include "screen/detect_words.h"

/* Postcode areas: for each first letter the second letters, a bit each; and those of one letter.
 * AA is no area, but stands in examples. */
static const uint32_t areas[26] = {
    0x0000803, 0x08E288B, 0x06A50A3, 0x10828D9, 0x0802084, 0x1000400, 0x1100800,
    0x0968049, 0x0209040, 0x0000010, 0x1480001, 0x0142819, 0x0000C10, 0x042A050,
    0x0800800, 0x0024891, 0x0000000, 0x00010C0, 0x14EFC51, 0x0472029, 0x0000002,
    0x0000000, 0x026202D, 0x0000000, 0x0004000, 0x0000010,
};
static const uint32_t short_areas = 0x0443852;

static unsigned letter_of(unsigned char c)
{
    return (c | 0x20U) - (unsigned)'a';
}

static bool area_known(const struct detect *detect, size_t start, size_t letters)
{
    unsigned first = letter_of(byte_at(detect, start));
    unsigned second = letter_of(byte_at(detect, start + 1));
    if (first >= 26) return false;
    if (letters == 1) return (short_areas >> first & 1) != 0;
    return letters == 2 && second < 26 && (areas[first] >> second & 1) != 0;
}

/* Behind the area: 9, 99, or 9A with a letter that stands there. Gives where it ends, 0: none. */
static size_t district(const struct detect *detect, size_t i)
{
    if (!byte_is(detect, i, BYTE_DIGIT)) return 0;
    i++;
    if (byte_is(detect, i, BYTE_DIGIT)) return i + 1;
    return i;
}

static bool inward_letter(unsigned char c)
{
    unsigned letter = letter_of(c);
    uint32_t never = 1U << 2 | 1U << 8 | 1U << 10 | 1U << 12 | 1U << 14 | 1U << 21; /* CIKMOV */
    return letter < 26 && (never >> letter & 1) == 0;
}

static bool inward(const struct detect *detect, size_t i)
{
    return byte_is(detect, i, BYTE_DIGIT) && byte_is(detect, i + 1, BYTE_LETTER) &&
           byte_is(detect, i + 2, BYTE_LETTER) && inward_letter(byte_at(detect, i + 1)) &&
           inward_letter(byte_at(detect, i + 2)) && !letter_at(detect, i + 3) &&
           !byte_is(detect, i + 3, BYTE_DIGIT);
}

/* The digit of the inward half for an outward half that ends before `i`; 0: none. */
static size_t inward_at(const struct detect *detect, size_t i)
{
    size_t at = i;
    for (int most = 2; most > 0 && byte_is(detect, at, BYTE_BLANK); most--) at++;
    if (at == i && byte_at(detect, at) == '-') at++;
    return inward(detect, at) ? at : 0;
}

static bool has_small(const struct detect *detect, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (byte_is(detect, i, BYTE_LOWER)) return true;
    return false;
}

/* "3rd", "5th"; no ordinal is "1th". */
static bool ordinal(unsigned char digit, struct slice letters)
{
    if (slice_is(letters, "th")) return digit == '0' || digit >= '4';
    if (slice_is(letters, "st")) return digit == '1';
    return slice_is(letters, digit == '2' ? "nd" : digit == '3' ? "rd" : "");
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
    if (!has_small(detect, start, in + 3)) return true;
    if (!gap && !has_small(detect, in, in + 3) && byte_is(detect, start, BYTE_UPPER)) return true;
    if (!gap) return told_postcode(detect, start);
    struct slice letters = detect_part(detect, in + 1, in + 3);
    if (!has_small(detect, in, in + 3)) return true;
    return !ordinal(byte_at(detect, in), letters) && !word_in(WORDS_POSTCODE_UNIT, letters);
}

static bool part_of_longer(const struct detect *detect, size_t start, size_t end)
{
    unsigned char before = byte_at(detect, start - 1), after = byte_at(detect, end);
    if (before == '-' || before == '/' || before == '_' || before == '.')
        if (byte_is(detect, start - 2, BYTE_WORD)) return true;
    if (before == '#' || before == '@' || after == '@' || after == '_') return true;
    return (after == '-' || after == '/' || after == '.') && byte_is(detect, end + 1, BYTE_WORD);
}

bool detect_postcode(struct detect *detect, size_t start, size_t i)
{
    if (letter_before(detect, start) || byte_is(detect, start - 1, BYTE_DIGIT)) return false;
    if (!area_known(detect, start, i - start)) return false;
    size_t out = district(detect, i), in = inward_at(detect, out);
    if (in == 0 && out == i + 2) {
        out = i + 1; /* M1 1AA without a gap */
        in = inward_at(detect, out) == out ? out : 0;
    }
    if (in == 0 && byte_is(detect, out, BYTE_LETTER)) in = inward_at(detect, ++out);
    if (in == 0 || !cased_well(detect, start, in, in > out)) return false;
    if (part_of_longer(detect, start, in + 3)) return false;
    detect_give(detect, FINDING_POSTCODE, start, in + 3);
    return true;
}

/* ---- addresses ---- */

#define STREET_WORDS 5

struct street {
    struct slice word[STREET_WORDS];
    size_t count, end; /* words up to the street's; where it ends */
};

/* A word of a street's name: letters, an apostrophe or hyphen within. */
static struct slice name_word(const struct detect *detect, size_t i)
{
    size_t end = i;
    while (end - i < 24) {
        unsigned char c = byte_at(detect, end);
        bool within =
            (c == '\'' || c == '-' || c == '.') && end > i && byte_is(detect, end + 1, BYTE_LETTER);
        if (!byte_is(detect, end, BYTE_LETTER | BYTE_HIGH) && !within) break;
        end++;
    }
    return detect_part(detect, i, end);
}

static bool capital(struct slice word)
{
    return word.length > 0 && word.at[0] >= 'A' && word.at[0] <= 'Z';
}

static bool ends_street(struct slice word)
{
    if (word_in(WORDS_STREET, word)) return true;
    return capital(word) && word_in(WORDS_STREET_CAPITAL, word);
}

/* "St Mary's": a saint and no street. */
static bool is_saint(const struct detect *detect, struct slice word, size_t end)
{
    bool short_word = word.length == 2 && (word_in(WORDS_STREET, word) || slice_is(word, "Dr"));
    if (!short_word) return false;
    size_t next = end + (byte_at(detect, end) == '.' ? 1 : 0);
    return byte_at(detect, next) == ' ' && byte_is(detect, next + 1, BYTE_UPPER) &&
           !ends_street(name_word(detect, next + 1)) && word.at[0] == 'S';
}

/* Whether a street's name may go on with the word, the first of it or not. */
static bool belongs(struct slice word, bool first)
{
    if (word.length == 0) return false;
    if (first && slice_is(word, "The")) return true; /* 4 The Green */
    return (!first && capital(word)) || !word_in(WORDS_NOT_STREET, word);
}

/* Behind a word of a name, over the stop of a short one ("St. Mary's"): the next; 0: none. */
static size_t next_word(const struct detect *detect, size_t end, struct slice word)
{
    if (byte_at(detect, end) == '.' && word.length == 2) end++;
    return byte_at(detect, end) == ' ' ? end + 1 : 0;
}

/* Words from `i` on up to the last that ends a street's name ("Park Road": Road). */
static bool street_at(const struct detect *detect, size_t i, struct street *street)
{
    *street = (struct street){0};
    for (size_t words = 0; words < STREET_WORDS && i != 0; words++) {
        struct slice word = name_word(detect, i);
        if (!belongs(word, words == 0)) break;
        street->word[words] = word;
        i += word.length;
        if (words > 0 && ends_street(word) && !is_saint(detect, word, i)) {
            street->count = words + 1;
            street->end = i;
        } else if (street->count > 0) {
            break;
        }
        i = next_word(detect, i, word);
    }
    return street->count > 0;
}

static bool all_capital(const struct street *street)
{
    for (size_t i = 0; i < street->count; i++)
        if (!capital(street->word[i])) return false;
    return true;
}

/* In small letters only where something says that somebody lives there. */
static bool small_may_be_house(const struct detect *detect, size_t start)
{
    unsigned char before = byte_at(detect, start - 1);
    if (start == 0 || before == '\n') return true;
    return before == ' ' && word_in(WORDS_AT_HOUSE, word_before(detect, start));
}

static bool small_street_fits(const struct detect *detect, size_t start,
                              const struct street *street)
{
    if (street->count > 3 || !word_in(WORDS_STREET, street->word[street->count - 1])) return false;
    bool begins = start == 0 || byte_at(detect, start - 1) == '\n';
    return begins ? byte_at(detect, street->end) == ',' : small_may_be_house(detect, start);
}

static size_t house_number(const struct detect *detect, size_t i)
{
    size_t end = i;
    while (end - i < 4 && byte_is(detect, end, BYTE_DIGIT)) end++;
    if (byte_is(detect, end, BYTE_DIGIT)) return 0;
    bool range = byte_at(detect, end) == '-' && byte_is(detect, end + 1, BYTE_DIGIT);
    if (range)
        for (end++; byte_is(detect, end, BYTE_DIGIT) && end - i < 9;) end++;
    bool letter = byte_is(detect, end, BYTE_LETTER) && letter_of(byte_at(detect, end)) < 8 &&
                  !letter_at(detect, end + 1);
    if (letter) end++;
    if (byte_at(detect, end) == ',') end++;
    return byte_at(detect, end) == ' ' ? end + 1 : 0;
}

static bool is_year(const struct detect *detect, size_t i)
{
    return byte_is(detect, i + 3, BYTE_DIGIT) &&
           ((byte_at(detect, i) == '1' && byte_at(detect, i + 1) == '9') ||
            (byte_at(detect, i) == '2' && byte_at(detect, i + 1) == '0'));
}

static bool is_flat(struct slice word)
{
    static const char *const flats[] = {"Flat", "flat", "FLAT", "Apartment", "Apt", "Unit"};
    for (size_t i = 0; i < sizeof flats / sizeof *flats; i++)
        if (slice_is(word, flats[i])) return true;
    return false;
}

/* "Flat 3, 12 High Street" begins at Flat. */
static size_t with_flat(const struct detect *detect, size_t start)
{
    if (start < 8 || byte_at(detect, start - 1) != ' ') return start;
    size_t i = start - (byte_at(detect, start - 2) == ',' ? 2 : 1);
    if (byte_is(detect, i - 1, BYTE_LETTER)) i--;
    size_t digits = i;
    while (i > detect->done && digits - i < 4 && byte_is(detect, i - 1, BYTE_DIGIT)) i--;
    if (i == digits || i < 5 || byte_at(detect, i - 1) != ' ') return start;
    size_t word = letters_before(detect, i - 1, 9);
    return is_flat(detect_part(detect, word, i - 1)) ? word : start;
}

static bool before_house(const struct detect *detect, size_t i)
{
    unsigned char before = byte_at(detect, i - 1);
    if (i == 0 || before == ' ' || before == '\n') return true;
    if (letter_before(detect, i) || byte_is(detect, i - 1, BYTE_DIGIT)) return false;
    return before != '.' && before != '-' && before != ':' && before != '/' && before != '#' &&
           before != 0xA3;
}

static bool house_fits(const struct detect *detect, size_t i, const struct street *street)
{
    bool apart = byte_at(detect, i - 2) == ',' || byte_at(detect, i - 1) == '\n';
    if (!apart && word_in(WORDS_NOT_HOUSE, word_before(detect, i))) return false;
    if (byte_at(detect, street->end) == ' ' &&
        word_in(WORDS_PLACE_NAME, word_at(detect, street->end + 1)))
        return false;
    return all_capital(street) || small_street_fits(detect, i, street);
}

bool detect_place(struct detect *detect, size_t i)
{
    size_t name = house_number(detect, i);
    if (name == 0 || !byte_is(detect, name, BYTE_LETTER)) return false;
    if (!before_house(detect, i) || is_year(detect, i)) return false;
    if (byte_is(detect, name, BYTE_LOWER) && !small_may_be_house(detect, i)) return false;
    struct street street;
    if (!street_at(detect, name, &street) || !house_fits(detect, i, &street)) return false;
    detect_give(detect, FINDING_ADDRESS, with_flat(detect, i), street.end);
    return true;
}
