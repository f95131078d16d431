/* Postal addresses: a house number with a street behind it, or, before a postcode, a house's name. */
#include "screen/detect_parts.h"

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

/* `small`: in small letters too. */
static bool ends_street(struct slice word, bool small)
{
    if (word_in(WORDS_STREET, word)) return true;
    return (small || capital(word)) && word_in(WORDS_STREET_CAPITAL, word);
}

/* "St Mary's": a saint and no street. */
static bool is_saint(const struct detect *detect, struct slice word, size_t end)
{
    bool short_word = word.length == 2 && (word_in(WORDS_STREET, word) || slice_is(word, "Dr"));
    if (!short_word) return false;
    size_t next = end + (byte_at(detect, end) == '.' ? 1 : 0);
    return byte_at(detect, next) == ' ' && byte_is(detect, next + 1, BYTE_UPPER) &&
           !ends_street(name_word(detect, next + 1), false) && word.at[0] == 'S';
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

/* "Heol y Parc", "Ffordd Fawr": the street's word comes first, one or two words behind it. */
static bool welsh_street(const struct detect *detect, size_t i, struct street *street)
{
    struct slice word = name_word(detect, i);
    if (!capital(word) || !word_in(WORDS_STREET_FIRST, word)) return false;
    *street = (struct street){.word = {word}, .count = 1};
    while (street->count < STREET_WORDS) {
        i += word.length;
        word = byte_at(detect, i) == ' ' ? name_word(detect, ++i) : (struct slice){NULL, 0};
        bool article = slice_is(word, "y") || slice_is(word, "yr");
        if (!capital(word) && !article) break;
        if (article) continue;
        street->word[street->count++] = word;
        street->end = i + word.length;
        if (street->count == 3) break;
    }
    return street->count > 1;
}

/* Words from `i` on up to the last that ends a street's name ("Park Road": Road). */
static bool street_at(const struct detect *detect, size_t i, bool small, struct street *street)
{
    *street = (struct street){0};
    for (size_t words = 0; words < STREET_WORDS && i != 0; words++) {
        struct slice word = name_word(detect, i);
        if (!belongs(word, words == 0)) break;
        street->word[words] = word;
        i += word.length;
        if (words > 0 && ends_street(word, small) && !is_saint(detect, word, i)) {
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

/* "I live at", "my house is". */
static bool lives_before(const struct detect *detect, size_t start)
{
    struct slice word = word_before(detect, start);
    if (!word_in(WORDS_AT_HOUSE, word)) return false;
    return word_in(WORDS_LIVES, word_before(detect, (size_t)(word.at - detect->at)));
}

static bool small_street_fits(const struct detect *detect, size_t start,
                              const struct street *street)
{
    if (street->count > 3) return false;
    if (!word_in(WORDS_STREET, street->word[street->count - 1])) return lives_before(detect, start);
    bool begins = start == 0 || byte_at(detect, start - 1) == '\n';
    return begins ? byte_at(detect, street->end) == ',' : small_may_be_house(detect, start);
}

/* "12/14 High Street", and no date or fraction: the second number is two more. */
static bool next_but_one(const struct detect *detect, size_t i, size_t end)
{
    unsigned first = 0, second = 0;
    if (byte_at(detect, end) != '/') return false;
    for (size_t k = i; k < end; k++) first = first * 10 + (byte_at(detect, k) - '0');
    for (size_t k = end + 1; k < end + 5 && byte_is(detect, k, BYTE_DIGIT); k++)
        second = second * 10 + (byte_at(detect, k) - '0');
    return second == first + 2;
}

static size_t house_number(const struct detect *detect, size_t i)
{
    size_t end = i;
    while (end - i < 4 && byte_is(detect, end, BYTE_DIGIT)) end++;
    if (byte_is(detect, end, BYTE_DIGIT)) return 0;
    bool dash = byte_at(detect, end) == '-' && byte_is(detect, end + 1, BYTE_DIGIT);
    if (dash || next_but_one(detect, i, end))
        for (end++; byte_is(detect, end, BYTE_DIGIT) && end - i < 9;) end++;
    bool letter = byte_is(detect, end, BYTE_LETTER) && letter_number(byte_at(detect, end)) < 8 &&
                  !letter_at(detect, end + 1);
    if (letter) end++;
    if (byte_at(detect, end) == ',') end++;
    return byte_at(detect, end) == ' ' ? end + 1 : 0;
}

static bool is_year(const struct detect *detect, size_t i)
{
    if (!byte_is(detect, i + 2, BYTE_DIGIT) || !byte_is(detect, i + 3, BYTE_DIGIT)) return false;
    return (byte_at(detect, i) == '1' && byte_at(detect, i + 1) == '9') ||
           (byte_at(detect, i) == '2' && byte_at(detect, i + 1) == '0');
}

static bool is_flat(struct slice word)
{
    static const char *const flats[] = {"Flat", "flat", "FLAT", "Apartment", "Apt", "Unit"};
    for (size_t i = 0; i < sizeof flats / sizeof *flats; i++)
        if (slice_is(word, flats[i])) return true;
    return false;
}

/* "Flat 3, 12 High Street" begins at Flat, "Flat 2/1" as well. */
static size_t with_flat(const struct detect *detect, size_t start)
{
    unsigned char gap = byte_at(detect, start - 1);
    if (start < 6 || (gap != ' ' && gap != '\n')) return start;
    size_t i = start - (byte_at(detect, start - 2) == ',' ? 2 : 1);
    if (byte_is(detect, i - 1, BYTE_LETTER)) i--;
    size_t digits = i;
    while (i > detect->done && digits - i < 5 &&
           (byte_is(detect, i - 1, BYTE_DIGIT) || byte_at(detect, i - 1) == '/'))
        i--;
    if (i == digits || i < 4 || byte_at(detect, i - 1) != ' ') return start;
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

/* "Flat 9 Byron House", "Flat 9, Byron House" */
static bool block_of_flats(struct detect *detect, size_t i, size_t name)
{
    struct slice flat = word_before(detect, i), word = name_word(detect, name);
    if (byte_at(detect, i - 1) != ' ' || !is_flat(flat) || slice_is(flat, "Unit")) return false;
    for (int words = 0; words < 3 && capital(word); words++) {
        size_t end = name + word.length;
        if (words > 0 && word_in(WORDS_FLATS, word)) {
            detect_give(detect, FINDING_ADDRESS, (size_t)(flat.at - detect->at), end);
            return true;
        }
        if (byte_at(detect, end) != ' ') return false;
        name = end + 1;
        word = name_word(detect, name);
    }
    return false;
}

/* "I live at number 11 on Bramley Close": where the street's name begins; else `name`. The number 11
 * on Bramley Close may be a bus. */
static size_t over_on(const struct detect *detect, size_t i, size_t name)
{
    if (!text_says(detect, name, "on ") && !text_says(detect, name, "in ")) return name;
    struct slice word = word_before(detect, i);
    bool lives = slice_is(word, "number") && lives_before(detect, (size_t)(word.at - detect->at));
    return lives && byte_is(detect, name + 3, BYTE_UPPER) ? name + 3 : name;
}

bool detect_place(struct detect *detect, size_t i)
{
    size_t name = house_number(detect, i);
    if (name != 0) name = over_on(detect, i, name);
    if (name == 0 || !byte_is(detect, name, BYTE_LETTER)) return false;
    if (!before_house(detect, i) || is_year(detect, i)) return false;
    if (byte_is(detect, name, BYTE_LOWER) && !small_may_be_house(detect, i)) return false;
    struct street street;
    bool lives = byte_is(detect, name, BYTE_LOWER) && lives_before(detect, i);
    bool found = welsh_street(detect, name, &street) || street_at(detect, name, lives, &street);
    if (!found) return block_of_flats(detect, i, name);
    if (!house_fits(detect, i, &street)) return false;
    detect_give(detect, FINDING_ADDRESS, with_flat(detect, i), street.end);
    return true;
}

/* ---- a house that has a name ---- */

#define NAMED_HOUSE_LARGEST 120 /* bytes from its name to the postcode */

static bool in_part(const struct detect *detect, size_t i)
{
    unsigned char c = byte_at(detect, i);
    return byte_is(detect, i, BYTE_LETTER | BYTE_HIGH) || c == ' ' || c == '\'' || c == '-' ||
           c == '.';
}

/* Back over what stands between two parts of an address: commas, line ends, blanks. */
static size_t back_to_part(const struct detect *detect, size_t i, size_t from)
{
    for (; i > from; i--) {
        unsigned char c = byte_at(detect, i - 1);
        if (c != ' ' && c != ',' && c != '\n' && c != '\r') break;
    }
    return i;
}

/* Words with capitals, and nothing else, from `i` to `end`: how many; the last of them is kept. */
static size_t capital_words(const struct detect *detect, size_t i, size_t end,
                            struct slice *ret_last)
{
    size_t count = 0;
    while (i < end) {
        struct slice word = name_word(detect, i);
        if (!capital(word) || word.length > end - i) return 0;
        *ret_last = word;
        count++;
        i += word.length;
        while (i < end && (byte_at(detect, i) == ' ' || byte_at(detect, i) == '.')) i++;
    }
    return count;
}

/* Where the words with capitals that end before `end` begin, at most four of them. */
static size_t capitals_before(const struct detect *detect, size_t end, size_t from)
{
    size_t start = end;
    for (int words = 0; words < 4; words++) {
        size_t i = start < end ? start - 1 : end;
        if (start < end && (start == from || byte_at(detect, i) != ' ')) break;
        size_t word = i;
        while (word > from && in_part(detect, word - 1) && byte_at(detect, word - 1) != ' ') word--;
        if (word == i || !byte_is(detect, word, BYTE_UPPER)) break;
        start = word;
    }
    return start;
}

/* The house's name in front of a street that stands from `start` to `end`. */
static void give_named(struct detect *detect, size_t start, size_t end, size_t from)
{
    size_t name_end = back_to_part(detect, start, from);
    bool apart = name_end + 1 < start || byte_at(detect, name_end) == '\n';
    size_t name = capitals_before(detect, name_end, from);
    if (apart && name < name_end) detect_give(detect, FINDING_ADDRESS, name, end);
}

/* "Rose Cottage, Mill Lane, Anytown" before a postcode at `end`: parts of words with capitals, one
 * of them a street, and before that the house's name. */
void detect_named_house(struct detect *detect, size_t end)
{
    size_t from = end > NAMED_HOUSE_LARGEST ? end - NAMED_HOUSE_LARGEST : 0;
    if (from < detect->done) from = detect->done;
    for (int parts = 0; parts < 4; parts++) {
        end = back_to_part(detect, end, from);
        size_t start = end;
        while (start > from && in_part(detect, start - 1)) start--;
        while (start < end && byte_at(detect, start) == ' ') start++;
        struct slice last = {NULL, 0};
        size_t words = capital_words(detect, start, end, &last);
        if (words == 0 || start == from) return;
        if (words > 1 && words <= STREET_WORDS && ends_street(last, false)) {
            give_named(detect, start, end, from);
            return;
        }
        end = start;
    }
}
