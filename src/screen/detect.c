/* Goes through a text from one announcing byte to the next and sends each to the machine that
 * knows it. The machines themselves are detect_number.c, _phone.c, _place.c, _mail.c, _link.c. */
#include "screen/detect.h"

#include "screen/detect_parts.h"
#include "screen/detect_scan.h"
#include "screen/detect_view.h"
#include "screen/fold_entity.h"

const unsigned char detect_classes[256] = {
    ['0' ... '9'] = BYTE_DIGIT | BYTE_LOCAL | BYTE_LINK,
    ['A' ... 'Z'] = BYTE_UPPER | BYTE_LOCAL | BYTE_LINK,
    ['a' ... 'z'] = BYTE_LOWER | BYTE_LOCAL | BYTE_LINK,
    [0x80 ... 0xFF] = BYTE_HIGH | BYTE_LINK,
    ['.'] = BYTE_LOCAL | BYTE_BETWEEN | BYTE_LINK,
    ['-'] = BYTE_LOCAL | BYTE_BETWEEN | BYTE_LINK,
    ['_'] = BYTE_LOCAL | BYTE_LINK,
    ['+'] = BYTE_LOCAL | BYTE_LINK,
    ['%'] = BYTE_LOCAL | BYTE_LINK,
    ['&'] = BYTE_LOCAL | BYTE_LINK,
    ['\''] = BYTE_LOCAL | BYTE_LINK,
    [' '] = BYTE_BLANK | BYTE_BETWEEN,
    ['\t'] = BYTE_BLANK,
    ['('] = BYTE_BETWEEN | BYTE_LINK,
    [')'] = BYTE_BETWEEN | BYTE_LINK,
    ['/'] = BYTE_BETWEEN | BYTE_LINK,
    ['!'] = BYTE_LINK,
    ['#'] = BYTE_LINK,
    ['$'] = BYTE_LINK,
    ['*'] = BYTE_LINK,
    [','] = BYTE_LINK,
    [':'] = BYTE_LINK,
    [';'] = BYTE_LINK,
    ['='] = BYTE_LINK,
    ['?'] = BYTE_LINK,
    ['@'] = BYTE_LINK,
    ['['] = BYTE_LINK,
    [']'] = BYTE_LINK,
    ['~'] = BYTE_LINK,
    ['|'] = BYTE_LINK,
};

/* What a school shows of its own every day is for a person to look at; what is somebody's own, or
 * opens a talk out of sight, is held. */
static const enum finding_level levels[FINDING_KINDS] = {
    [FINDING_PHONE_MOBILE] = LEVEL_HOLD,
    [FINDING_EMAIL_PERSONAL] = LEVEL_HOLD,
    [FINDING_EMAIL_DISGUISED] = LEVEL_HOLD,
    [FINDING_IMEI] = LEVEL_HOLD,
    [FINDING_NINO] = LEVEL_HOLD,
    [FINDING_NHS] = LEVEL_HOLD,
    [FINDING_UPN] = LEVEL_HOLD,
    [FINDING_CARD] = LEVEL_HOLD,
    [FINDING_WHATSAPP] = LEVEL_HOLD,
};

void detect_give_level(struct detect *detect, enum finding_kind kind, enum finding_level level,
                       size_t start, size_t end)
{
    struct finding finding = {.kind = kind, .level = level};
    finding.start = (uint32_t)start;
    finding.end = (uint32_t)end;
    if (detect->view != NULL) {
        finding.start = (uint32_t)view_start(detect->view, start);
        finding.end = (uint32_t)view_end(detect->view, end);
    }
    findings_add(detect->findings, &finding);
    detect->done = end;
}

void detect_give(struct detect *detect, enum finding_kind kind, size_t start, size_t end)
{
    detect_give_level(detect, kind, levels[kind], start, end);
}

bool detect_disguised(const struct detect *detect, size_t start, size_t end)
{
    if (detect->view == NULL) return false;
    return view_end(detect->view, end) - view_start(detect->view, start) != end - start;
}

size_t letters_before(const struct detect *detect, size_t i, size_t most)
{
    while (most-- > 0 && i > detect->done && byte_is(detect, i - 1, BYTE_LETTER)) i--;
    return i;
}

/* Two-byte letters: Latin beyond ASCII, Greek, Cyrillic and so on; not the signs of U+0080-U+00BF,
 * not x and : as signs of sums. */
bool letter_before(const struct detect *detect, size_t i)
{
    if (byte_is(detect, i - 1, BYTE_LETTER)) return true;
    if (i < 2 || !byte_is(detect, i - 1, BYTE_HIGH)) return false;
    unsigned char lead = byte_at(detect, i - 2);
    return lead >= 0xC3 && lead <= 0xDF;
}

bool letter_at(const struct detect *detect, size_t i)
{
    unsigned char lead = byte_at(detect, i);
    return byte_is(detect, i, BYTE_LETTER) || (lead >= 0xC3 && lead <= 0xDF);
}

struct slice word_at(const struct detect *detect, size_t i)
{
    size_t end = i;
    while (end - i < 24 && byte_is(detect, end, BYTE_LETTER)) end++;
    return detect_part(detect, i, end);
}

bool text_says(const struct detect *detect, size_t i, const char *small)
{
    for (; *small != '\0'; small++, i++) {
        unsigned char c = byte_at(detect, i);
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 'a' - 'A');
        if (c != (unsigned char)*small) return false;
    }
    return true;
}

/* Signs that may stand between a word and the number it announces. */
static bool between_words(unsigned char c)
{
    switch (c) {
    case ' ':
    case ',':
    case ':':
    case '\'':
    case '=':
    case '(':
    case '"':
    case '-':
    case '\n':
    case '.':
    case '#': return true;
    default: return false;
    }
}

struct slice word_before(const struct detect *detect, size_t i)
{
    for (int most = 4; most > 0 && i > 0 && between_words(byte_at(detect, i - 1)); most--) i--;
    size_t start = i;
    while (start > 0 && i - start < 24 && byte_is(detect, start - 1, BYTE_LETTER)) start--;
    return detect_part(detect, start, i);
}

/* Digits behind the letters must be a number themselves (or07700..., exp0927): 9qz3 is an id. */
static bool number_behind(const struct detect *detect, size_t i)
{
    size_t end = i;
    while (end - i < 12 && byte_is(detect, end, BYTE_DIGIT)) end++;
    return end - i >= 4 && !letter_at(detect, end);
}

bool word_runs_on(const struct detect *detect, size_t end)
{
    struct slice word = word_at(detect, end);
    size_t behind = end + word.length;
    unsigned char c = byte_at(detect, behind);
    if (word.length == 1) return c == ':' && byte_is(detect, end, BYTE_UPPER); /* 020...F:020... */
    bool other = false;                                                        /* than a to f */
    for (size_t i = end; i < behind; i++) other = other || letter_number(byte_at(detect, i)) > 5;
    if (!other || letter_at(detect, behind)) return false;
    if (c >= '0' && c <= '9') return number_behind(detect, behind);
    if (c == '.' || c == '-') return !byte_is(detect, behind + 1, BYTE_WORD);
    return c != '@' && c != '_' && c != '%' && c != '/' && c != '=';
}

static void look_at(struct detect *detect, size_t i)
{
    switch (detect->at[i]) {
    case '@': detect_at(detect, i); break;
    case '#': detect_hash(detect, i); break;
    case '.': detect_stop(detect, i); break;
    case ' ':
        if (byte_at(detect, i + 1) == '.') {
            detect_stop(detect, i + 1);
        } else {
            (void)detect_at_word(detect, i);
        }
        break;
    case ':': detect_colon(detect, i); break;
    case '_':
        if (byte_is(detect, i - 1, BYTE_WORD)) (void)detect_account(detect, i);
        break;
    case 'd':
    case 'D': (void)detect_dot_word(detect, i); break;
    case 'z':
    case 'Z':
    case 's':
    case 'S':
    case 'o':
    case 'O': (void)detect_spoken(detect, i); break;
    default: (void)detect_number(detect, i); break;
    }
}

/* ---- which runs of digits are looked at --------------------------------------------------------- */

#define SIX_DIGITS ((UINT64_C(1) << 11) - 1) /* six digits with a sign between each two */

static bool has_six(uint64_t bits)
{
    for (int i = 0; i < 5; i++) bits &= bits - 1;
    return bits != 0;
}

/* A house number may stand here, and behind it a street: house_number and what detect_place asks first. */
static bool house_wanted(const struct detect *detect, size_t i, size_t end)
{
    unsigned char before = byte_at(detect, i - 1), behind = byte_at(detect, end);
    if (behind == '-' || behind == '/') return byte_is(detect, end + 1, BYTE_DIGIT);
    if (byte_is(detect, end, BYTE_LETTER)) return !byte_is(detect, end + 1, BYTE_LETTER);
    if (behind != ' ') return behind == ',' && byte_at(detect, end + 1) == ' ';
    if (!byte_is(detect, end + 1, BYTE_LOWER)) return byte_is(detect, end + 1, BYTE_UPPER);
    if (before == ' ') {
        struct slice word = word_before(detect, i);
        return slice_is(word, "number") || word_in(WORDS_AT_HOUSE, word);
    }
    return i == 0 || before == '\n';
}

/* o 7700, BFPO 57, (+44: what stands before the sign right before the digits. GIR 0AA begins with a 0. */
static bool gap_wanted(const struct detect *detect, size_t i)
{
    unsigned char before = byte_at(detect, i - 1), two = byte_at(detect, i - 2);
    if (before != ' ' && before != '-' && before != '(') return false;
    if (two == '+') return true;
    return (two | 0x20) == 'o' &&
           ((byte_at(detect, i - 3) | 0x20) == 'p' || !byte_is(detect, i - 3, BYTE_LETTER));
}

/* Of most runs of digits (Year 7, 14:45, 94.0%) a few bytes beside them show that they are nothing. False only where detect_number would
 * find nothing. `digits` are those of the 64 bytes from `i` on. */
static bool number_wanted(const struct detect *detect, size_t i, uint64_t digits)
{
    unsigned char c = byte_at(detect, i), before = byte_at(detect, i - 1);
    if (c == '0' || before == '+' || byte_is(detect, i - 1, BYTE_LETTER)) return true;
    if (has_six(digits & SIX_DIGITS)) return true;
    unsigned run = (unsigned)__builtin_ctzll(~digits); /* of six at most */
    if ((c == '4' && run == 2) || (c == '7' && run == 4)) return true;
    if (gap_wanted(detect, i)) return true;
    return run <= 4 && house_wanted(detect, i, i + run);
}

/* Some character is better read in a plain view, or stands for another. */
static bool wants_view(struct slice text, const struct scan *scans)
{
    for (size_t block = 0; block < SCANS(text.length); block++) {
        for (uint64_t signs = scans[block].signs; signs != 0; signs &= signs - 1) {
            size_t i = block * SCAN_BYTES + (size_t)__builtin_ctzll(signs);
            if (text.at[i] == '&' ? fold_entity_at(text, i).length > 0 : view_wanted(text, i))
                return true;
        }
    }
    return false;
}

static void look_through(struct detect *detect, const struct scan *scans)
{
    uint64_t carry = 0;
    for (size_t block = 0; block < SCANS(detect->length); block++) {
        uint64_t digits = scans[block].digits, beginnings = digits & ~(digits << 1 | carry);
        carry = digits >> 63;
        for (uint64_t bits = beginnings | scans[block].marks; bits != 0; bits &= bits - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(bits);
            size_t i = block * SCAN_BYTES + bit;
            if (i < detect->done) continue;
            uint64_t behind = scans[block + 1].digits << 1 << (63 - bit);
            if ((beginnings >> bit & 1) == 0)
                look_at(detect, i);
            else if (number_wanted(detect, i, digits >> bit | behind))
                (void)detect_number(detect, i);
        }
    }
}

/* One more than there are: no digit stands behind the text. */
static const struct scan *scan(struct detect_work *work, struct slice text,
                               const struct scanner *scanner)
{
    size_t count = SCANS(text.length) + 1;
    if (work->scan_space < count) {
        work->scan_space = count + count / 2;
        work->scans = memory_grow(work->scans, work->scan_space * sizeof *work->scans);
    }
    scanner->text(text, work->scans);
    work->scans[count - 1] = (struct scan){0};
    return work->scans;
}

static void detect_with(struct detect_work *work, struct slice text, const struct allow_list *allow,
                        struct findings *findings, const struct scanner *scanner)
{
    struct detect detect = {
        .at = text.at, .length = text.length, .allow = allow, .findings = findings};
    const struct scan *scans = scan(work, text, scanner);
    if (wants_view(text, scans)) {
        view_make(work, text);
        detect.at = work->at;
        detect.length = work->length;
        detect.view = work;
        scans = scan(work, (struct slice){work->at, work->length}, scanner);
    }
    look_through(&detect, scans);
}

void detect_all(struct detect_work *work, struct slice text, const struct allow_list *allow,
                struct findings *findings)
{
    detect_with(work, text, allow, findings, scanner_best());
}

void detect_all_scalar(struct detect_work *work, struct slice text, const struct allow_list *allow,
                       struct findings *findings)
{
    detect_with(work, text, allow, findings, &scanner_scalar);
}
