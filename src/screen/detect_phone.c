/* Telephone numbers of the United Kingdom by its numbering plan, the ranges kept for drama with
 * them, and those of elsewhere that begin with + or 00. Numbers in words are detect_spoken.c's. The
 * plan agrees with libphonenumber's metadata for GB, GG, JE and IM (Debian: python3-phonenumbers);
 * tests/screen/check_plan.py compares. */
#include <string.h>

#include "screen/detect_parts.h"

/* Area codes 01ABC: row A from 2 on, place B, a bit for each C that is given out, those of Guernsey,
 * Jersey and Man with them. 01x1 are the large cities; 01632 is nobody's, and kept for drama. */
static const uint16_t areas[8][10] = {
    {0x3F5, 0x3FF, 0x3F8, 0x2F8, 0x37E, 0x3FD, 0x39F, 0x3FB, 0x3FD, 0x3FF},
    {0x3FF, 0x3FF, 0x3FD, 0x2BD, 0x3DF, 0x3FD, 0x3DF, 0x2EE, 0x3DF, 0x1BC},
    {0x3F9, 0x3FF, 0x3BD, 0x3FF, 0x27D, 0x1FF, 0x2FF, 0x3FF, 0x3BF, 0x2FF},
    {0x3EE, 0x3FF, 0x3F5, 0x373, 0x3FD, 0x3F9, 0x3FF, 0x3EF, 0x15F, 0x3BF},
    {0x359, 0x3FF, 0x37F, 0x3FF, 0x0DE, 0x27F, 0x3FA, 0x1FF, 0x3FB, 0x1B7},
    {0x3D5, 0x000, 0x3FF, 0x1CD, 0x3F9, 0x3DF, 0x3FB, 0x3EF, 0x3F5, 0x3FD},
    {0x3E8, 0x000, 0x3BE, 0x1BD, 0x1BF, 0x3F6, 0x27C, 0x3FF, 0x3FD, 0x265},
    {0x33D, 0x3FF, 0x37D, 0x3BE, 0x3FC, 0x2BF, 0x39C, 0x1B7, 0x3FF, 0x0BC},
};

/* Areas that still have local numbers of five digits, without their 0. */
static const uint16_t short_areas[] = {
    1204, 1208, 1254, 1276, 1297, 1298, 1363, 1364, 1384, 1386, 1404, 1420, 1460, 1461,
    1480, 1488, 1524, 1527, 1562, 1566, 1606, 1629, 1635, 1647, 1659, 1695, 1697, 1726,
    1744, 1750, 1768, 1827, 1837, 1884, 1900, 1905, 1935, 1946, 1949, 1963, 1995,
};

static unsigned area_of(const unsigned char *digits)
{
    return digits[0] * 1000U + digits[1] * 100U + digits[2] * 10U + digits[3];
}

static bool area_known(const unsigned char *digits)
{
    if (digits[1] == 0) return false;
    if (digits[1] == 1) return digits[2] >= 3 && digits[2] <= 8;
    return (areas[digits[1] - 2][digits[2]] >> digits[3] & 1) != 0;
}

bool phone_area_short(const unsigned char *digits)
{
    unsigned area = area_of(digits);
    for (size_t i = 0; i < sizeof short_areas / sizeof *short_areas; i++)
        if (short_areas[i] == area) return true;
    return false;
}

static bool london_and_others(const unsigned char *digits)
{
    static const uint16_t given[10] = {
        [0] = 0x19B, [3] = 0x303, [4] = 0x083, [8] = 0x3DF, [9] = 0x007}; /* 02XY: X, a bit a Y */
    return (given[digits[1]] >> digits[2] & 1) != 0;
}

static enum finding_kind mobile_or_other(const unsigned char *digits)
{
    bool man = digits[1] == 6 && digits[2] == 2 && digits[3] == 4;
    return digits[1] == 0 || (digits[1] == 6 && !man) ? FINDING_PHONE_OTHER : FINDING_PHONE_MOBILE;
}

static bool special(const unsigned char *digits)
{
    unsigned two = digits[0] * 10U + digits[1], three = two * 10 + digits[2];
    switch (digits[0]) {
    case 3: return two == 30 || two == 33 || two == 34 || two == 37;
    case 5: return two == 55 || two == 56;
    case 8:
        return three == 800 || three == 808 || (three >= 842 && three <= 845) ||
               (three >= 870 && three <= 873);
    default: return two == 90 || two == 91 || two == 98;
    }
}

struct phone_kind phone_plan(const unsigned char *digits, size_t count)
{
    struct phone_kind none = {FINDING_PHONE_OTHER, 0};
    if (count < 4) return none;
    switch (digits[0]) {
    case 1: return area_known(digits) ? (struct phone_kind){FINDING_PHONE_LANDLINE, 10} : none;
    case 2:
        return london_and_others(digits) ? (struct phone_kind){FINDING_PHONE_LANDLINE, 10} : none;
    case 7: return (struct phone_kind){mobile_or_other(digits), 10};
    case 3:
    case 5:
    case 8:
    case 9: return special(digits) ? (struct phone_kind){FINDING_PHONE_OTHER, 10} : none;
    default: return none;
    }
}

/* ---- reading ---- */

/* What stood between its digits. */
struct signs {
    bool closed;                     /* a bracket was closed */
    bool listed;                     /* a comma and a blank */
    size_t lines;                    /* line ends */
    unsigned stops, dashes, slashes; /* whether there were any */
};

struct number {
    unsigned char digit[PHONE_DIGITS_LARGEST];
    unsigned char group[PHONE_DIGITS_LARGEST]; /* digits in each */
    size_t end[PHONE_DIGITS_LARGEST];          /* behind each digit */
    size_t count, groups, written;             /* written: as digits, not as O or l */
    struct signs signs;
    struct signs ahead; /* and in front of the next digit */
    size_t next;        /* where that stands */
    bool over;
};

static bool letter_for_digit(unsigned char c)
{
    return c == 'O' || c == 'o' || c == 'l' || c == 'I' || c == 'i';
}

/* The digit at `i`, or that of a letter which looks like one and begins no word; else -1. */
static int digit_at(const struct detect *detect, size_t i)
{
    unsigned char c = byte_at(detect, i);
    if (byte_is(detect, i, BYTE_DIGIT)) return c - '0';
    if (!letter_for_digit(c)) return -1;
    if (letter_at(detect, i + 1) && !letter_for_digit(byte_at(detect, i + 1))) return -1;
    return c == 'O' || c == 'o' ? 0 : 1;
}

static bool rare_sign(unsigned char c)
{
    return c == ',' || c == '_' || c == '*' || c == '|' || c == '~';
}

static bool line_end(unsigned char c)
{
    return c == '\n' || c == '\r';
}

/* In a mobile number a rarer sign may stand before a digit, or a comma and a blank: where that digit
 * stands; 0: there is none. */
static size_t behind_rare(const struct detect *detect, size_t i, struct signs *signs)
{
    if (!rare_sign(byte_at(detect, i))) return 0;
    if (digit_at(detect, i + 1) >= 0) return i + 1;
    if (!text_says(detect, i, ", ") || !byte_is(detect, i + 2, BYTE_DIGIT)) return 0;
    signs->listed = true;
    return i + 2;
}

/* Where the next digit of the number stands, over at most three signs between, or in a mobile
 * number over one of the rarer; 0: it is over. */
static size_t next_digit(const struct detect *detect, size_t i, bool mobile, struct signs *signs)
{
    size_t rare = mobile ? behind_rare(detect, i, signs) : 0;
    if (rare != 0) return rare;
    for (size_t most = 3; most > 0; most--, i++) {
        unsigned char c = byte_at(detect, i);
        if (!byte_is(detect, i, BYTE_BETWEEN) && !line_end(c)) break;
        if (c == ')') signs->closed = true;
        signs->stops |= c == '.' ? 1U : 0U;
        signs->dashes |= c == '-' ? 1U : 0U;
        signs->slashes |= c == '/' ? 1U : 0U;
        if (c == '\n' && ++signs->lines > 1) return 0;
    }
    return digit_at(detect, i) >= 0 ? i : 0;
}

/* Reads on, up to `most` digits in all. */
static void read_on(const struct detect *detect, size_t most, struct number *number)
{
    while (number->count < most && !number->over) {
        size_t i = number->next;
        int digit = digit_at(detect, i);
        if (number->count == 0 || number->end[number->count - 1] != i) number->groups++;
        number->group[number->groups - 1]++;
        number->signs = number->ahead;
        number->written += byte_is(detect, i, BYTE_DIGIT) ? 1 : 0;
        number->digit[number->count] = (unsigned char)digit;
        number->end[number->count++] = ++i;
        if (digit_at(detect, i) < 0) {
            bool mobile =
                number->count < 2 ? digit == 0 : number->digit[0] == 0 && number->digit[1] == 7;
            i = next_digit(detect, i, mobile, &number->ahead);
        }
        number->next = i;
        number->over = i == 0;
    }
}

static void read_number(const struct detect *detect, size_t i, size_t most, struct number *number)
{
    number->count = number->groups = number->written = 0;
    memset(number->group, 0, sizeof number->group);
    number->signs = number->ahead = (struct signs){0};
    number->next = i;
    number->over = digit_at(detect, i) < 0;
    number->digit[0] = 0;
    read_on(detect, most, number);
}

static bool sum_of_money(const struct detect *detect, size_t start)
{
    unsigned char c = byte_at(detect, start - 1);
    return c == '$' || (c == 0xA3 && byte_at(detect, start - 2) == 0xC2); /* pounds */
}

/* What stands directly before makes it part of something longer. */
static bool joined_before(const struct detect *detect, size_t start)
{
    unsigned char c = byte_at(detect, start - 1);
    if (c == '_') return byte_is(detect, start - 2, BYTE_WORD); /* _07..._ stands out, as ** does */
    if (c == '#' || c == '@' || sum_of_money(detect, start)) return true;
    bool sign = c == '.' || c == '-' || c == '/' || c == ',' || c == ':' || c == '+';
    return sign && byte_is(detect, start - 2, BYTE_DIGIT);
}

static bool before_fits(const struct detect *detect, size_t start)
{
    if (start == 0 || byte_at(detect, start - 1) == ' ') return true;
    if (start == detect->done + 1 && detect->done > 0) return true; /* behind another number */
    if (byte_is(detect, start - 1, BYTE_DIGIT)) return false;
    if (!letter_before(detect, start)) return !joined_before(detect, start);
    size_t letters = letters_before(detect, start, 9);
    return word_in(WORDS_CONTACT, detect_part(detect, letters, start)); /* tel07700... */
}

/* Kisses behind a number, or "x12" for an extension. */
static bool crosses(const struct detect *detect, size_t end)
{
    size_t i = end;
    while (i - end < 6 && (byte_at(detect, i) | 0x20) == 'x') i++;
    return i > end && !letter_at(detect, i);
}

static bool after_fits(const struct detect *detect, size_t end)
{
    unsigned char c = byte_at(detect, end), next = byte_at(detect, end + 1);
    if (crosses(detect, end)) return true;
    if (letter_at(detect, end)) return word_runs_on(detect, end);
    if (byte_is(detect, end, BYTE_DIGIT)) return false;
    if (c == '@' || c == '%' || (c == '_' && byte_is(detect, end + 1, BYTE_WORD))) return false;
    bool joined = c == '.' || c == '-' || c == ':' || (c == ',' && next != '0');
    return !joined || !byte_is(detect, end + 1, BYTE_DIGIT);
}

static bool announced(const struct detect *detect, size_t start)
{
    return word_near(detect, start, WORDS_CONTACT, 4);
}

/* 0.7700900123 */
static bool decimal(const struct detect *detect, const struct number *number)
{
    return number->group[0] == 1 && number->group[1] >= 3 && byte_at(detect, number->end[0]) == '.';
}

static unsigned char widest_group(const struct number *number)
{
    unsigned char widest = 0;
    for (size_t i = 0; i < number->groups; i++)
        widest = number->group[i] > widest ? number->group[i] : widest;
    return widest;
}

/* Some group behind the first is a single digit. */
static bool single_digits(const struct number *number)
{
    for (size_t i = 1; i < number->groups; i++)
        if (number->group[i] == 1) return true;
    return false;
}

/* A column of numbers, a date and a time, a row of small numbers. */
static bool mixed_up(const struct number *number, unsigned char widest)
{
    const unsigned char *group = number->group;
    bool mobile = number->digit[1] == 7, spelled = mobile && widest == 1;
    if (number->signs.lines > 0 && !spelled && (group[0] < 3 || number->groups > 3)) return true;
    if (number->signs.listed && (group[0] != 5 || (group[1] != 3 && group[1] != 6))) return true;
    if (number->signs.stops + number->signs.dashes + number->signs.slashes > 1) return true;
    return !mobile && widest > 1 && single_digits(number);
}

/* Whether the groups, the trunk 0 in the first, are as people write them and not as a date, a row
 * of numbers or a column would stand. */
static bool grouped_well(const struct number *number)
{
    const unsigned char *group = number->group;
    unsigned char widest = widest_group(number);
    if (mixed_up(number, widest)) return false;
    if (group[0] >= 3 || widest == 1) return true;
    if (number->digit[1] == 7 && number->groups == 6 && widest == 2) return true;
    if (group[0] == 1) return number->groups <= 4 && group[1] >= 3;
    if (number->digit[1] != 7) return false;
    if (group[1] == 2 && group[2] == 4) return false;
    return number->groups <= 4 || widest == 2;
}

/* Whether a bracket that was opened in there is closed directly behind: 07700 900 (123). */
static bool bracket_open(const struct detect *detect, size_t start, size_t end)
{
    int open = 0;
    for (size_t i = start; i < end; i++) {
        open += byte_at(detect, i) == '(' ? 1 : 0;
        open -= byte_at(detect, i) == ')' ? 1 : 0;
    }
    return open > 0 && byte_at(detect, end) == ')';
}

static bool give(struct detect *detect, enum finding_kind kind, const struct number *number,
                 size_t start, size_t count)
{
    size_t end = number->end[count - 1];
    if (number->signs.closed && start > detect->done && byte_at(detect, start - 1) == '(') start--;
    detect_give(detect, kind, start, bracket_open(detect, start, end) ? end + 1 : end);
    return true;
}

/* Rows of single digits that go on. */
static bool in_grid(const struct detect *detect, const struct number *number, size_t end)
{
    unsigned char after = byte_at(detect, end);
    return number->signs.lines > 0 && number->group[0] == 1 && number->group[1] == 1 &&
           (after == ' ' || after == '\n') && byte_is(detect, end + 1, BYTE_DIGIT);
}

static bool ends_there(const struct detect *detect, const struct number *number, size_t count)
{
    if (number->count < count) return false;
    size_t end = number->end[count - 1];
    return after_fits(detect, end) && !in_grid(detect, number, end);
}

/* Freephone numbers, and those of a few areas, may be shorter: how long this one is, with its 0;
 * or 0. */
static size_t shorter(const struct number *number)
{
    const unsigned char *digits = number->digit + 1;
    bool freephone = digits[0] == 8 && digits[1] == 0 && digits[2] == 0;
    if (freephone && number->count == 8) return area_of(digits + 3) == 1111 ? 8 : 0;
    bool local = number->groups == 2 && number->group[0] == 5 && phone_area_short(digits);
    return number->count == 10 && (freephone || local) ? 10 : 0;
}

/* No number goes on with 0, 4 or 6 behind its trunk 0. */
static bool second_fits(const struct detect *detect, size_t start)
{
    struct signs signs = {0};
    size_t next = start + 1;
    if (digit_at(detect, next) < 0) next = next_digit(detect, next, true, &signs);
    int second = next == 0 || signs.lines > 0 ? -1 : digit_at(detect, next);
    return second > 0 && second != 4 && second != 6;
}

/* A blank and as many digits before it, or any where it has one or two: one of a row of numbers. */
static bool in_a_row(const struct detect *detect, size_t start)
{
    if (byte_at(detect, start - 1) != ' ' || start - 1 == detect->done) return false;
    size_t own = 0, other = 0;
    while (own < 8 && byte_is(detect, start + own, BYTE_DIGIT)) own++;
    while (other < 8 && start > other + 1 && byte_is(detect, start - 2 - other, BYTE_DIGIT))
        other++;
    return other > 0 && (own < 3 || (own == other && own < 8));
}

/* 0... as dialled within the country. */
static bool national(struct detect *detect, size_t start)
{
    struct number number;
    if (!second_fits(detect, start) || in_a_row(detect, start)) return false;
    read_number(detect, start, 5, &number); /* most that is no number is known by these */
    if (number.count < 5 || phone_plan(number.digit + 1, 4).length == 0) return false;
    read_on(detect, 11, &number);
    if (number.count < 8 || number.digit[0] != 0 || number.written < 5) return false;
    struct phone_kind kind = phone_plan(number.digit + 1, number.count - 1);
    if (kind.length == 0 || !grouped_well(&number) || decimal(detect, &number)) return false;
    size_t length = number.count == 11 ? 11 : shorter(&number);
    if (length == 0 || !ends_there(detect, &number, length)) return false;
    if (number_labelled(detect, start, number.groups > 1)) return false;
    return give(detect, kind.kind, &number, start, length);
}

/* 447700900123, without a sign before it. */
static bool may_be_abroad(const struct detect *detect, size_t start, enum finding_kind kind)
{
    if (announced(detect, start)) return true;
    return kind == FINDING_PHONE_MOBILE && !number_labelled(detect, start, false);
}

/* A row of numbers or a column is none: 00 44 07 12 .. */
static size_t most_groups(const struct detect *detect, size_t start, const struct number *number)
{
    if (number->signs.lines > 0) return 3;
    bool apart = byte_at(detect, start) == '0' && !byte_is(detect, start + 2, BYTE_DIGIT);
    return apart ? 4 : PHONE_DIGITS_LARGEST;
}

/* Behind +44 or 0044: the trunk 0 may stand there too, in brackets or not. */
static bool from_abroad(struct detect *detect, size_t start, size_t i, bool sure)
{
    bool closed = false;
    for (size_t most = 3; most > 0 && byte_is(detect, i, BYTE_BETWEEN); most--, i++)
        if (byte_at(detect, i) == ')') closed = true;
    if (digit_at(detect, i) == 0)
        for (i++; byte_is(detect, i, BYTE_BETWEEN) && i - start < 12;) i++;
    struct number number;
    read_number(detect, i, 10, &number);
    if (number.groups > most_groups(detect, start, &number)) return false;
    struct phone_kind kind = phone_plan(number.digit, number.count);
    if (kind.length == 0 || number.written < 5 || !ends_there(detect, &number, kind.length))
        return false;
    if (!sure && !may_be_abroad(detect, start, kind.kind)) return false;
    number.signs.closed = number.signs.closed || closed;
    return give(detect, kind.kind, &number, start, kind.length);
}

/* + and another country's code. */
static bool elsewhere_read(const struct detect *detect, size_t i, struct number *number)
{
    read_number(detect, i, 16, number);
    size_t least = number->digit[0] == 1 ? 11 : 10, most = number->digit[0] == 1 ? 11 : 15;
    if (number->count < least || number->count > most || number->digit[0] == 0) return false;
    return number->signs.lines == 0 && number->written == number->count &&
           ends_there(detect, number, number->count);
}

static bool elsewhere(struct detect *detect, size_t start, size_t i)
{
    struct number number;
    if (!elsewhere_read(detect, i, &number)) return false;
    return give(detect, FINDING_PHONE_OTHER, &number, start, number.count);
}

/* 00 and another country's code: announced, or in groups that are no row of times. */
static bool dialled_abroad(struct detect *detect, size_t start)
{
    struct number number;
    if (!elsewhere_read(detect, start + 2, &number) || number.count > 13) return false;
    size_t same = 1, fours = 1;
    for (size_t i = 1; i < number.groups; i++) {
        same += number.group[i] == number.group[0] ? 1 : 0;
        fours += number.group[i] == 4 ? 1 : 0;
    }
    bool row = number.groups < 3 || number.group[0] < 2 || number.group[0] > 3 ||
               same == number.groups || fours == number.groups;
    if ((row || number_labelled(detect, start, false)) && !announced(detect, start)) return false;
    return give(detect, FINDING_PHONE_OTHER, &number, start, number.count);
}

static bool two_fours(const struct detect *detect, size_t i)
{
    return byte_at(detect, i) == '4' && byte_at(detect, i + 1) == '4';
}

/* 7700 900123 without its 0, where a word says that it is a number to call. */
static bool without_zero(struct detect *detect, size_t i)
{
    struct number number;
    read_number(detect, i, 11, &number);
    if (number.count != 10 || number.groups > 3 || number.written < 10) return false;
    if (mobile_or_other(number.digit) != FINDING_PHONE_MOBILE) return false;
    if (!ends_there(detect, &number, 10)) return false;
    size_t start = country_said(detect, i);
    if (start < i) return give(detect, FINDING_PHONE_MOBILE, &number, start, 10);
    if (!announced(detect, i)) return false;
    if (word_near(detect, i, WORDS_NHS, 4)) return false; /* "NHS number 7..." */
    return give(detect, FINDING_PHONE_MOBILE, &number, i, 10);
}

/* 00 44 ...: the 4 stands behind a sign. */
static bool apart_44(const struct detect *detect, size_t i)
{
    return byte_is(detect, i + 2, BYTE_BETWEEN) && two_fours(detect, i + 3) &&
           !byte_is(detect, i + 5, BYTE_DIGIT);
}

static bool behind_plus(struct detect *detect, size_t plus, size_t i)
{
    if (plus < detect->done || !before_fits(detect, plus)) return false;
    return two_fours(detect, i) ? from_abroad(detect, plus, i + 2, true)
                                : elsewhere(detect, plus, i);
}

/* 00 and a country's code. */
static bool behind_zeros(struct detect *detect, size_t i)
{
    if (byte_at(detect, i + 1) != '0') return false;
    if (two_fours(detect, i + 2)) return from_abroad(detect, i, i + 4, true);
    if (byte_is(detect, i + 2, BYTE_DIGIT)) return dialled_abroad(detect, i);
    return apart_44(detect, i) && from_abroad(detect, i, i + 5, true);
}

bool detect_phone(struct detect *detect, size_t i)
{
    unsigned char c = byte_at(detect, i), before = byte_at(detect, i - 1);
    if (before == '+') return behind_plus(detect, i - 1, i);
    bool plus = byte_at(detect, i - 2) == '+'; /* (+44, + 44 */
    if (plus && (before == '(' || (before == ' ' && two_fours(detect, i))))
        return behind_plus(detect, i - 2, i);
    if (!before_fits(detect, i)) return false;
    if (c == '0' && behind_zeros(detect, i)) return true;
    if (c == '4' && two_fours(detect, i)) return from_abroad(detect, i, i + 2, false);
    if (c == '7') return without_zero(detect, i);
    return digit_at(detect, i) == 0 && national(detect, i);
}
