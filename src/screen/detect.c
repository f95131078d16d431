/* Goes through a text from one announcing byte to the next and sends each to the machine that
 * knows it. The machines themselves are detect_number.c, _phone.c, _place.c, _mail.c, _link.c. */
#include "screen/detect.h"

#include "screen/detect_parts.h"
#include "screen/detect_scan.h"
#include "screen/detect_view.h"

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

/* Some character in the block is better read in a plain view. */
static bool wants_view(const struct detect *detect, size_t block, uint64_t high)
{
    struct slice text = {detect->at, detect->length};
    for (; high != 0; high &= high - 1)
        if (view_wanted(text, block + (size_t)__builtin_ctzll(high))) return true;
    return false;
}

/* False, and not to the end, where the text is better read in a plain view. */
static bool look_through(struct detect *detect, const struct scanner *scanner)
{
    uint64_t carry = 0;
    for (size_t block = 0; block < detect->length; block += 64) {
        struct scan scan = scanner->block(detect->at + block, detect->length - block);
        if (scan.high != 0 && detect->view == NULL && wants_view(detect, block, scan.high))
            return false;
        uint64_t beginnings = scan.digits & ~(scan.digits << 1 | carry);
        carry = scan.digits >> 63;
        for (uint64_t bits = beginnings | scan.marks; bits != 0; bits &= bits - 1) {
            size_t i = block + (size_t)__builtin_ctzll(bits);
            if (i >= detect->done) look_at(detect, i);
        }
    }
    return true;
}

static void detect_with(struct detect_work *work, struct slice text, const struct allow_list *allow,
                        struct findings *findings, const struct scanner *scanner)
{
    struct detect plain = {
        .at = text.at, .length = text.length, .allow = allow, .findings = findings};
    size_t before = findings->count;
    bool full = findings->full;
    if (!view_has_entity(text) && look_through(&plain, scanner)) return;
    findings->count = before;
    findings->full = full;
    view_make(work, text);
    struct detect viewed = {
        .at = work->at, .length = work->length, .view = work, .allow = allow, .findings = findings};
    (void)look_through(&viewed, scanner);
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
