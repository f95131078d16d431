/* What may stand where a run of digits begins, and the numbers with check digits: cards and devices
 * (Luhn), NHS numbers and UPNs (modulo 11 and 23), National Insurance numbers (their prefixes). */
#include <string.h>

#include "screen/detect_parts.h"

#define RUN_LARGEST 20

struct run {
    unsigned char digit[RUN_LARGEST];
    unsigned char group[RUN_LARGEST];
    size_t group_end[RUN_LARGEST];
    size_t count, groups, end;
    bool apart; /* and no word or number is joined to its end */
};

static size_t run_length(const struct detect *detect, size_t i)
{
    size_t length = 0;
    while (length < RUN_LARGEST && byte_is(detect, i + length, BYTE_DIGIT)) length++;
    return length;
}

/* 4111 1111, the line's end at `i`, 1111 1111 and nothing more: no column of numbers. */
static bool half_card(const struct detect *detect, size_t i, const struct run *run)
{
    bool half = run->groups == 2 && run->group[0] == 4 && run->group[1] == 4;
    if (!half || run_length(detect, i + 1) != 4 || run_length(detect, i + 6) != 4) return false;
    size_t start = i - 9, end = i + 10;
    bool before = byte_at(detect, start - 1) == '\n' && byte_is(detect, start - 2, BYTE_DIGIT);
    bool behind = byte_is(detect, end, BYTE_BETWEEN) || byte_at(detect, end) == '\n';
    return !before && !(behind && byte_is(detect, end + 1, BYTE_DIGIT));
}

/* Groups of digits, one and the same sign between: a blank, - or . */
static void read_run(const struct detect *detect, size_t i, struct run *run)
{
    *run = (struct run){0};
    unsigned char between = 0;
    for (;;) {
        run->groups++;
        for (; byte_is(detect, i, BYTE_DIGIT) && run->count < RUN_LARGEST; i++) {
            run->digit[run->count++] = (unsigned char)(byte_at(detect, i) - '0');
            run->group[run->groups - 1]++;
        }
        run->end = run->group_end[run->groups - 1] = i;
        unsigned char c = byte_at(detect, i);
        if (c == '\n' && between == ' ' && half_card(detect, i, run)) c = ' ';
        bool more = (c == ' ' || c == '-' || c == '.') && (between == 0 || between == c) &&
                    byte_is(detect, i + 1, BYTE_DIGIT);
        if (!more || run->count >= RUN_LARGEST) return;
        between = c;
        i++;
    }
}

static bool groups_begin(const struct run *run, const char *pattern)
{
    size_t i = 0;
    for (; i < run->groups && pattern[i] != '\0'; i++)
        if (run->group[i] != pattern[i] - '0') return false;
    return pattern[i] == '\0';
}

static bool groups_are(const struct run *run, const char *pattern)
{
    return groups_begin(run, pattern) && strlen(pattern) == run->groups;
}

/* Where it begins in one of the shapes that count, what follows belongs to something else. */
static void cut_to_shape(struct run *run)
{
    static const char *const shapes[] = {"334", "4444", "465", "464", "2661", "6261"};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (!groups_begin(run, shapes[i])) continue;
        run->groups = strlen(shapes[i]);
        run->count = 0;
        for (size_t k = 0; k < run->groups; k++) run->count += run->group[k];
        run->end = run->group_end[run->groups - 1];
        return;
    }
}

/* No letter, digit or sign that makes it part of something longer. */
static bool begins_alone(const struct detect *detect, size_t start)
{
    unsigned char before = byte_at(detect, start - 1);
    if (letter_before(detect, start) || byte_is(detect, start - 1, BYTE_DIGIT)) return false;
    if (before == '#' || before == '$' || before == '+') return false;
    bool joined = before == '.' || before == '-' || before == '/' || before == ',' || before == '_';
    if (!joined || !byte_is(detect, start - 2, BYTE_WORD)) return true;
    bool behind_other = detect->done > 0 && start == detect->done + 1;
    return behind_other && (before == '/' || before == ',');
}

static bool ends_alone(const struct detect *detect, size_t end)
{
    unsigned char after = byte_at(detect, end);
    if (letter_at(detect, end) || byte_is(detect, end, BYTE_DIGIT)) return false;
    if (after == '@' || after == '%') return false;
    bool joined = after == '.' || after == '-' || after == '/' || after == ',' || after == ':' ||
                  after == '_';
    return !joined || !byte_is(detect, end + 1, BYTE_WORD);
}

/* "4111.../0927", "AB123456C,AB...": what follows the sign is something else. */
static bool ends_there(const struct detect *detect, size_t end)
{
    unsigned char after = byte_at(detect, end);
    return after == '/' || after == ',' || ends_alone(detect, end);
}

static bool luhn(const unsigned char *digits, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = digits[count - 1 - i];
        if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

static bool all_same(const unsigned char *digits, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (digits[i] != digits[0]) return false;
    return true;
}

/* 9876543210, 0123456789: each a step from the one before. */
static bool counts_on(const unsigned char *digits, size_t count)
{
    int step = digits[1] - digits[0];
    for (size_t i = 2; i < count; i++)
        if (digits[i] - digits[i - 1] != step) return false;
    return true;
}

bool word_near(const struct detect *detect, size_t start, enum word_set set, int words)
{
    struct slice word = word_before(detect, start);
    while (words-- > 0 && word.length > 0) {
        if (word_in(set, word)) return true;
        word = word_before(detect, (size_t)(word.at - detect->at));
    }
    return false;
}

/* "Order no. 07...": a number of something else. Where it is written as a telephone number is, the
 * word must be one that announces no telephone, or "number" stand between: "order number 07700
 * 900..." is none, "order: 07700 900..." may be whom to call. */
bool number_labelled(const struct detect *detect, size_t start, bool spaced)
{
    struct slice word = word_before(detect, start);
    for (int most = 3; most > 0 && word.length > 0; most--) {
        if (word_in(spaced && most == 3 ? WORDS_LABEL_SURE : WORDS_LABEL, word)) return true;
        if (!word_in(WORDS_SKIPPED, word)) return false;
        word = word_before(detect, (size_t)(word.at - detect->at));
    }
    return false;
}

/* ---- cards ---- */

/* First digits, four of them, from..to; lengths as bits, 1 << (length - 12). */
static const struct {
    uint16_t from, to, lengths;
} issuers[] = {
    {2221, 2720, 1 << 4},                            /* Mastercard */
    {3000, 3059, 1 << 2},                            /* Diners */
    {3095, 3095, 1 << 2},                            /* Diners */
    {3400, 3499, 1 << 3},                            /* American Express */
    {3528, 3589, 1 << 4 | 1 << 7},                   /* JCB */
    {3600, 3699, 1 << 2},                            /* Diners */
    {3700, 3799, 1 << 3},                            /* American Express */
    {3800, 3999, 1 << 2},                            /* Diners */
    {4000, 4999, 1 << 1 | 1 << 4 | 1 << 7},          /* Visa */
    {5018, 5018, 0xFE},                              /* Maestro */
    {5020, 5020, 0xFE},                              /* Maestro */
    {5038, 5038, 0xFE},                              /* Maestro */
    {5100, 5599, 1 << 4},                            /* Mastercard */
    {5893, 5893, 0xFE},                              /* Maestro */
    {6011, 6011, 1 << 4 | 1 << 7},                   /* Discover */
    {6200, 6299, 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7}, /* UnionPay */
    {6304, 6304, 0xFE},                              /* Maestro */
    {6440, 6599, 1 << 4 | 1 << 7},                   /* Discover */
    {6759, 6763, 0xFE},                              /* Maestro */
};

static bool issued(const struct run *run)
{
    unsigned first =
        run->digit[0] * 1000U + run->digit[1] * 100U + run->digit[2] * 10U + run->digit[3];
    for (size_t i = 0; i < sizeof issuers / sizeof *issuers; i++)
        if (first >= issuers[i].from && first <= issuers[i].to)
            return (issuers[i].lengths >> (run->count - 12) & 1) != 0;
    return false;
}

static bool card_shape(const struct run *run)
{
    return run->groups == 1 || groups_are(run, "4444") || groups_are(run, "465") ||
           groups_are(run, "464");
}

/* Four digits more before it or behind: a row of numbers. 0927 behind it may be when it ends. */
static bool in_row_of_fours(const struct detect *detect, size_t start, const struct run *run)
{
    if (run->groups != 4) return false;
    size_t end = run->end, month = (size_t)byte_at(detect, end + 1) * 10 + byte_at(detect, end + 2);
    bool before = byte_at(detect, start - 1) == ' ' && byte_is(detect, start - 2, BYTE_DIGIT) &&
                  byte_is(detect, start - 5, BYTE_DIGIT);
    bool behind = byte_at(detect, end) == ' ' && run_length(detect, end + 1) == 4;
    bool ends = month >= '0' * 11 + 1 && month <= '0' * 11 + 12;
    bool more = byte_at(detect, end + 5) == ' ' && byte_is(detect, end + 6, BYTE_DIGIT);
    return before || (behind && (more || !ends));
}

static bool card(struct detect *detect, size_t start, const struct run *run)
{
    if (run->count < 13 || run->count > 19 || !card_shape(run) || !issued(run)) return false;
    if (!luhn(run->digit, run->count) || all_same(run->digit, run->count)) return false;
    if (run->groups == 1 && number_labelled(detect, start, false)) return false;
    if (in_row_of_fours(detect, start, run)) return false;
    detect_give(detect, FINDING_CARD, start, run->end);
    return true;
}

/* ---- devices ---- */

/* The bodies that give out the first two digits of an IMEI. */
static bool imei_body(const unsigned char *digits)
{
    unsigned two = digits[0] * 10U + digits[1];
    return two == 1 || two == 10 || two == 30 || two == 33 || two == 35 ||
           (two >= 44 && two <= 45) || (two >= 49 && two <= 54) || two == 86 || two == 91 ||
           two == 98 || two == 99;
}

static bool imei(struct detect *detect, size_t start, const struct run *run)
{
    if (run->count != 15 || !luhn(run->digit, 15) || all_same(run->digit, 15)) return false;
    bool shape = run->groups == 1 || groups_are(run, "2661") || groups_are(run, "6261");
    bool told = word_near(detect, start, WORDS_IMEI_WORD, 4);
    if (!shape && !told) return false;
    if (!told && (!imei_body(run->digit) || number_labelled(detect, start, false))) return false;
    detect_give(detect, FINDING_IMEI, start, run->end);
    return true;
}

/* ---- NHS numbers ---- */

static bool nhs_check(const unsigned char *digits)
{
    unsigned sum = 0;
    for (unsigned i = 0; i < 9; i++) sum += digits[i] * (10 - i);
    return (11 - sum % 11) % 11 == digits[9];
}

/* Given out: England and Wales 4, 6 and 7, Northern Ireland 32-39; Scotland's begin with a birth
 * date; 9 is kept for tests. */
static bool nhs_range(const unsigned char *digits)
{
    unsigned two = digits[0] * 10U + digits[1], month = digits[2] * 10U + digits[3];
    if (digits[0] == 4 || digits[0] == 6 || digits[0] == 7 || digits[0] == 9) return true;
    if (two >= 32 && two <= 39) return true;
    return two >= 1 && two <= 31 && month >= 1 && month <= 12;
}

static bool nhs_word_at(const struct detect *detect, size_t i)
{
    return word_in(WORDS_NHS, word_at(detect, i));
}

/* Behind it: "... is her NHS number". */
static bool nhs_behind(const struct detect *detect, size_t i)
{
    for (int words = 0; words < 5; words++) {
        while (i < detect->length && !byte_is(detect, i, BYTE_LETTER)) {
            if (byte_at(detect, i) == '\n' || byte_is(detect, i, BYTE_DIGIT)) return false;
            i++;
        }
        struct slice word = word_at(detect, i);
        if (nhs_word_at(detect, i)) return true;
        if (word.length == 0) return false;
        i += word.length;
    }
    return false;
}

/* A bare ten digits pass the check once in eleven by chance, and every ISBN of ten does: by
 * themselves they are for a person to look at. */
static bool nhs(struct detect *detect, size_t start, const struct run *run)
{
    bool spaced = groups_are(run, "334");
    if (run->count != 10 || (run->groups != 1 && !spaced)) return false;
    if (!nhs_check(run->digit) || counts_on(run->digit, 10)) return false;
    bool told = word_near(detect, start, WORDS_NHS, 5) || nhs_behind(detect, run->end);
    if (told) {
        detect_give(detect, FINDING_NHS, start, run->end);
        return true;
    }
    if (!nhs_range(run->digit) || run->digit[0] < 3 || !run->apart) return false;
    if (number_labelled(detect, start, false)) return false;
    detect_give_level(detect, FINDING_NHS, spaced ? LEVEL_HOLD : LEVEL_LOOK, start, run->end);
    return true;
}

/* ---- National Insurance numbers ---- */

static unsigned char upper(unsigned char c)
{
    return c >= 'a' && c <= 'z' ? (unsigned char)(c - 'a' + 'A') : c;
}

static bool nino_prefix(unsigned char a, unsigned char b)
{
    static const unsigned char never[][3] = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
    if (strchr("DFIQUV", a) != NULL || strchr("DFIOQUV", b) != NULL) return false;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (never[i][0] == a && never[i][1] == b) return false;
    return true;
}

/* Six digits from `i` on, a blank or the like between each two, or where it is told between any;
 * gives where they end, or 0. */
static size_t six_digits(const struct detect *detect, size_t i, bool told)
{
    for (int digits = 0; digits < 6; digits++, i++) {
        bool gap = (digits == 2 || digits == 4 || (told && digits > 0)) &&
                   byte_is(detect, i, BYTE_BETWEEN);
        if (gap) i++;
        if (!byte_is(detect, i, BYTE_DIGIT)) return 0;
    }
    return i;
}

/* Behind the digits the letter A to D, over a gap perhaps; where it ends, or 0. In small letters
 * behind a gap it may be the article: at 12 34 56 a day. */
static size_t nino_suffix(const struct detect *detect, size_t end)
{
    size_t last = end + (byte_is(detect, end, BYTE_BETWEEN) ? 1 : 0);
    unsigned char suffix = upper(byte_at(detect, last));
    if (suffix < 'A' || suffix > 'D' || !ends_there(detect, last + 1)) return 0;
    bool article = last > end && byte_is(detect, last, BYTE_LOWER) &&
                   letter_at(detect, skip_blanks(detect, last + 1));
    return article ? 0 : last + 1;
}

/* Two letters end at `letters`, six digits begin at `i`. */
static bool nino(struct detect *detect, size_t letters, size_t i)
{
    if (letters < detect->done + 2) return false;
    size_t start = letters - 2;
    if (!byte_is(detect, start, BYTE_LETTER) || !byte_is(detect, start + 1, BYTE_LETTER))
        return false;
    if (six_digits(detect, i, true) == 0 || !begins_alone(detect, start)) return false;
    if (!nino_prefix(upper(byte_at(detect, start)), upper(byte_at(detect, start + 1))))
        return false;
    bool announced = word_near(detect, start, WORDS_NINO_WORD, 3);
    size_t end = six_digits(detect, i, announced);
    bool word = letters < i && byte_is(detect, start, BYTE_LOWER) &&
                word_in(WORDS_NINO_NOT, detect_part(detect, start, letters));
    if (end == 0 || word) return false;
    size_t whole = nino_suffix(detect, end);
    bool told = ends_alone(detect, end) && announced;
    if (whole == 0 && !told) return false;
    detect_give(detect, FINDING_NINO, start, whole != 0 ? whole : end);
    return true;
}

/* ---- unique pupil numbers ---- */

static int upn_value(unsigned char c)
{
    static const char letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
    const char *at = c == 0 ? NULL : strchr(letters, upper(c));
    return at == NULL ? -1 : (int)(at - letters);
}

/* A check letter, twelve digits, the last of which is a letter in a temporary number. */
static bool upn(struct detect *detect, size_t i, size_t run)
{
    if (run < 11 || run > 12 || i == 0 || i - 1 < detect->done) return false;
    size_t start = i - 1, end = i + 12;
    int sum = 0, check = upn_value(byte_at(detect, start));
    for (int k = 0; k < 12; k++) {
        unsigned char c = byte_at(detect, i + (size_t)k);
        int value = c >= '0' && c <= '9' ? c - '0' : k == 11 ? upn_value(c) : -1;
        if (value < 0) return false;
        sum += value * (k + 2);
    }
    if (check < 0 || sum % 23 != check) return false;
    if (!begins_alone(detect, start) || !ends_there(detect, end)) return false;
    detect_give(detect, FINDING_UPN, start, end);
    return true;
}

/* Z 8012 0001 7042 where the word UPN stands before it. */
static bool upn_spaced(struct detect *detect, size_t i)
{
    size_t start = i - 2, end = i;
    int sum = 0, count = 0, check = upn_value(byte_at(detect, start));
    if (check < 0 || start < detect->done || letter_before(detect, start)) return false;
    struct slice word = word_before(detect, start);
    if (word.length != 3 || !text_says(detect, (size_t)(word.at - detect->at), "upn")) return false;
    for (; count < 12; count++, end++) {
        if (count > 0 && byte_at(detect, end) == ' ') end++;
        int digit = byte_at(detect, end) - '0';
        if (!byte_is(detect, end, BYTE_DIGIT)) return false;
        sum += digit * (count + 2);
    }
    if (sum % 23 != check || !ends_there(detect, end)) return false;
    detect_give(detect, FINDING_UPN, start, end);
    return true;
}

/* ---- what it may be ---- */

/* Ten digits in a row, or two groups that begin one of the shapes. */
static bool may_have_check_digits(const struct detect *detect, size_t i, size_t run)
{
    if (run >= 10) return true;
    if (run < 2 || run > 6 || !byte_is(detect, i + run, BYTE_BETWEEN)) return false;
    bool row = run == 4 && byte_at(detect, i - 1) == ' ' && byte_is(detect, i - 2, BYTE_DIGIT) &&
               byte_is(detect, i - 5, BYTE_DIGIT);
    if (row) return false;
    size_t second = run_length(detect, i + run + 1);
    switch (run) {
    case 2:
    case 4: return second == 6 || second == 4;
    case 3: return second == 3;
    case 6: return second == 2;
    default: return false;
    }
}

/* card4111..., nhs401... */
static bool told_by(struct slice word)
{
    return word_in(WORDS_CARD, word) || word_in(WORDS_NHS, word) || word_in(WORDS_IMEI_WORD, word);
}

static bool with_check_digits(struct detect *detect, size_t i)
{
    struct run run;
    read_run(detect, i, &run);
    cut_to_shape(&run);
    if (run.count < 10) return false;
    run.apart = ends_alone(detect, run.end);
    if (!run.apart && !ends_there(detect, run.end) && !word_runs_on(detect, run.end)) return false;
    return nhs(detect, i, &run) || card(detect, i, &run) || imei(detect, i, &run);
}

/* tel07700..., card4111... */
static bool behind_word(struct detect *detect, struct slice word, size_t i, size_t run)
{
    if (byte_at(detect, i) == '0' && word_in(WORDS_CONTACT, word)) return detect_phone(detect, i);
    return told_by(word) && may_have_check_digits(detect, i, run) && with_check_digits(detect, i);
}

static bool behind_letters(struct detect *detect, size_t i, size_t run)
{
    size_t start = letters_before(detect, i, 9), letters = i - start;
    if (letters <= 2 && detect_postcode(detect, start, i)) return true;
    if (letters == 4 && detect_forces(detect, i)) return true;
    if (letters == 1 && upn(detect, i, run)) return true;
    if (letters == 2 && nino(detect, i, i)) return true;
    if (letters > 2 && detect_account(detect, i)) return true;
    bool zero = (byte_at(detect, i - 1) | 0x20) == 'o';
    if (zero && letters <= 2) return detect_phone(detect, start);
    return behind_word(detect, detect_part(detect, start, i), i, run);
}

static bool phone_may_begin(const struct detect *detect, size_t i, size_t run)
{
    unsigned char c = byte_at(detect, i), before = byte_at(detect, i - 1);
    if (c == '0' || before == '+') return true;
    if (before == '(' && byte_at(detect, i - 2) == '+') return true;
    if (c == '4') return run == 2 || run == 12 || run == 6;
    return c == '7' && (run == 4 || run == 10);
}

/* What begins before the digits: "AB 12 34 56 C", "o 7 7 0 0 ...". */
static bool behind_gap(struct detect *detect, size_t i, size_t run)
{
    unsigned char before = byte_at(detect, i - 1), two = byte_at(detect, i - 2);
    if (before != ' ' && before != '-' && before != '(') return false;
    if (!byte_is(detect, i - 2, BYTE_LETTER)) return false;
    if ((run == 2 || run == 3 || run == 6) && nino(detect, i - 1, i)) return true;
    if (detect_forces(detect, i) || upn_spaced(detect, i)) return true;
    bool zero = (two == 'o' || two == 'O') && !letter_before(detect, i - 2);
    return zero && i - 2 >= detect->done && detect_phone(detect, i - 2);
}

/* 07 seven 00 ..., but no row of numbers. */
static bool spoken_behind(struct detect *detect, size_t i)
{
    bool row = byte_at(detect, i - 1) == ' ' && byte_is(detect, i - 2, BYTE_DIGIT);
    if (byte_at(detect, i) != '0' || row) return false;
    size_t run = 0;
    while (run < 16 && byte_is(detect, i + run, BYTE_DIGIT | BYTE_BETWEEN)) run++;
    return letter_at(detect, i + run) && detect_spoken(detect, i);
}

bool detect_number(struct detect *detect, size_t i)
{
    size_t run = run_length(detect, i);
    if (byte_is(detect, i - 1, BYTE_LETTER)) return behind_letters(detect, i, run);
    if (letter_before(detect, i)) return false;
    if (phone_may_begin(detect, i, run) && detect_phone(detect, i)) return true;
    if (run <= 4 && detect_place(detect, i)) return true;
    bool check = may_have_check_digits(detect, i, run) && begins_alone(detect, i);
    if (check && with_check_digits(detect, i)) return true;
    if (behind_gap(detect, i, run)) return true;
    return spoken_behind(detect, i);
}
