/* E-mail addresses, plain and disguised: "ada (at) example dot com"; and names with an @ before
 * them on social sites. */
#include "screen/detect_mail.h"

#include <string.h>

#define LOCAL_LARGEST 64

bool mail_local_byte(const struct detect *detect, size_t i)
{
    return byte_is(detect, i, BYTE_LOCAL) || label_byte(detect, i);
}

size_t mail_local_start(const struct detect *detect, size_t end)
{
    size_t i = end;
    while (i > detect->done && end - i < LOCAL_LARGEST && mail_local_byte(detect, i - 1)) i--;
    while (i < end && (byte_at(detect, i) & 0xC0U) == 0x80) i++;
    while (i < end && !label_byte(detect, i) && byte_at(detect, i) != '_') i++;
    return i;
}

/* The "dot", "(dot)" or "underscore" that ends before `end`: where the word before it ends; 0. */
static size_t joiner_before(const struct detect *detect, size_t end)
{
    size_t i = back_over_blanks(detect, end, 2), word_end = i;
    unsigned char closing = byte_at(detect, i - 1);
    bool bracket = closing == ')' || closing == ']' || closing == '}';
    if (bracket) word_end = back_over_blanks(detect, i - 1, 1);
    if (!bracket && i == end) return 0;
    size_t start = letters_before(detect, word_end, 10);
    if (!word_in(WORDS_JOINER, detect_part(detect, start, word_end))) return 0;
    size_t before = back_over_blanks(detect, start, 2);
    if (!bracket) return before < start ? before : 0;
    if (before == 0 || closing_of((char)byte_at(detect, before - 1)) != (char)closing) return 0;
    return back_over_blanks(detect, before - 1, 2);
}

/* "ada dot byron", "ada underscore byron": the words before, up to three times. */
static size_t local_extended(const struct detect *detect, size_t start)
{
    for (int most = 3; most > 0; most--) {
        size_t end = joiner_before(detect, start);
        size_t longer = end == 0 ? end : mail_local_start(detect, end);
        if (longer == end) return start;
        start = longer;
    }
    return start;
}

/* Behind "gmail": " com", " co uk"; where it ends, or 0. */
size_t ending_without_dots(const struct detect *detect, size_t i)
{
    if (text_says(detect, i, " com") && !byte_is(detect, i + 4, BYTE_WORD | BYTE_HIGH))
        return byte_at(detect, i + 4) == '.' && label_byte(detect, i + 5) ? 0 : i + 4;
    if (text_says(detect, i, " co uk") && !byte_is(detect, i + 6, BYTE_WORD | BYTE_HIGH))
        return i + 6;
    return 0;
}

static bool provider(const struct domain *domain)
{
    size_t length = 0;
    while (length < domain->length && domain->at[length] != '.') length++;
    if (domain->labels == 1 && length > 5 && memcmp(domain->at + length - 3, "com", 3) == 0)
        length -= 3; /* ada@gmailcom */
    return length > 1 && word_in(WORDS_PROVIDER, (struct slice){domain->at, length});
}

/* "example.comTel": cut where a capital follows what ends a host. */
static bool ran_into_word(const struct detect *detect, struct domain *domain)
{
    size_t length = domain->length - domain->last, start = domain->end - length;
    if (domain->disguised) return false;
    for (size_t i = 2; i < length; i++) {
        if (!byte_is(detect, start + i, BYTE_UPPER)) continue;
        struct slice ending = {domain->at + domain->last, i};
        if (!byte_is(detect, start + i - 1, BYTE_LOWER) || !word_in(WORDS_TLD_SURE, ending))
            return false;
        domain->length = domain->last + i;
        domain->at[domain->length] = '\0';
        domain->end = start + i;
        return true;
    }
    return false;
}

/* The domain of an address: its last label letters only; run on into a sentence it is cut. */
static bool mail_domain(const struct detect *detect, struct domain *domain, bool plain)
{
    if (domain->labels == 1) return provider(domain);
    if (domain_tld(domain) != TLD_NONE) return true;
    if (plain && ran_into_word(detect, domain)) return true;
    if (domain->labels > 2) {
        struct domain shorter = *domain;
        domain_cut(&shorter);
        if (domain_tld(&shorter) != TLD_NONE) {
            *domain = shorter;
            return true;
        }
    }
    size_t length = domain->length - domain->last;
    for (size_t i = domain->last; i < domain->length; i++)
        if (domain->at[i] < 'a' || domain->at[i] > 'z') return false;
    return plain && !domain->disguised && length >= 2 && length <= 24;
}

static void give_mail(struct detect *detect, size_t start, const struct domain *domain, bool plain)
{
    enum finding_kind kind = FINDING_EMAIL_PERSONAL;
    bool hidden = !plain || domain->disguised || domain->labels == 1;
    if (hidden || detect_disguised(detect, start, domain->end)) {
        kind = FINDING_EMAIL_DISGUISED;
    } else if (allow_mail(detect->allow, (struct slice){domain->at, domain->length})) {
        kind = FINDING_EMAIL_SCHOOL;
    }
    size_t end = domain->labels == 1 ? ending_without_dots(detect, domain->end) : 0;
    if (domain->labels == 1 && text_says(detect, domain->end, ",com") &&
        !byte_is(detect, domain->end + 4, BYTE_WORD | BYTE_HIGH))
        end = domain->end + 4;
    detect_give(detect, kind, start, end != 0 ? end : domain->end);
}

/* ---- the at sign ---- */

/* "[@]", "(@)" around `i`: where the mailbox ends and the domain begins. */
static bool in_brackets(const struct detect *detect, size_t i, size_t *ret_local,
                        size_t *ret_domain)
{
    size_t open = back_over_blanks(detect, i, 1);
    size_t close = i + 1 + (byte_is(detect, i + 1, BYTE_BLANK) ? 1 : 0);
    if (open == 0 || open <= detect->done) return false;
    char closing = closing_of((char)byte_at(detect, open - 1));
    if (closing == '\0' || byte_at(detect, close) != (unsigned char)closing) return false;
    *ret_local = back_over_blanks(detect, open - 1, 2);
    *ret_domain = close + 1;
    for (int most = 2; most > 0 && byte_is(detect, *ret_domain, BYTE_BLANK); most--)
        (*ret_domain)++;
    return true;
}

static bool mailbox_word(const struct detect *detect, size_t start, size_t end)
{
    return start < end && !word_in(WORDS_NOT_LOCAL, detect_part(detect, start, end));
}

/* ada_b, ada99: no word and no name of a person. */
static bool made_up(const struct detect *detect, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        unsigned char c = byte_at(detect, i);
        if (byte_is(detect, i, BYTE_DIGIT) || c == '_' || c == '.') return true;
    }
    return false;
}

/* Blanks around the sign, in front of it or behind: the domain must be a sure one. */
static bool mail_apart(struct detect *detect, size_t i)
{
    size_t local = back_over_blanks(detect, i, 2), at = i + 1;
    for (int most = 2; most > 0 && byte_is(detect, at, BYTE_BLANK); most--) at++;
    size_t start = mail_local_start(detect, local);
    if (start == local || !mailbox_word(detect, start, local)) return false;
    UNCLEARED struct domain domain;
    if (!domain_read(detect, at, true, &domain) || domain.labels < 2) return false;
    if (!mail_domain(detect, &domain, false)) return false;
    bool meant = (at > i + 1 && !byte_is(detect, start, BYTE_UPPER)) || /* not Ada @ bbc.com */
                 made_up(detect, start, local);
    if (!provider(&domain) && !(meant && domain_tld(&domain) == TLD_SURE)) return false;
    give_mail(detect, local_extended(detect, start), &domain, false);
    return true;
}

/* Where the mailbox's name in quotation marks that end before `end` begins; `end`: there is none. */
static size_t quoted_start(const struct detect *detect, size_t end)
{
    if (end < detect->done + 3 || byte_at(detect, end - 1) != '"') return end;
    for (size_t i = end - 2; i > detect->done && end - i < LOCAL_LARGEST; i--) {
        unsigned char c = byte_at(detect, i - 1);
        if (c == '\n') return end;
        if (c == '"') return i < end - 1 && !letter_before(detect, i - 1) ? i - 1 : end;
    }
    return end;
}

/* A mailbox from `start` to the sign at `i`, its domain directly behind. */
static bool mail_whole(struct detect *detect, size_t start, size_t i)
{
    size_t label = i + 1;
    while (byte_is(detect, label, BYTE_WORD)) label++;
    if (start == i || byte_at(detect, label) == '@') return false; /* a@a@a@ */
    UNCLEARED struct domain domain;
    if (!domain_read(detect, i + 1, true, &domain)) return false;
    if (!mail_domain(detect, &domain, true)) return false;
    give_mail(detect, start, &domain, true);
    return true;
}

static bool mail_bracketed(struct detect *detect, size_t local, size_t at)
{
    size_t start = mail_local_start(detect, local);
    if (start == local) return false;
    UNCLEARED struct domain domain;
    if (!domain_read(detect, at, true, &domain)) return false;
    if (!mail_domain(detect, &domain, true)) return false;
    give_mail(detect, local_extended(detect, start), &domain, false);
    return true;
}

static bool mail_at(struct detect *detect, size_t i)
{
    size_t local, at;
    if (byte_at(detect, i - 1) == '"') return mail_whole(detect, quoted_start(detect, i), i);
    if (i > detect->done && mail_local_byte(detect, i - 1)) {
        if (mail_whole(detect, mail_local_start(detect, i), i)) return true;
        return byte_is(detect, i + 1, BYTE_BLANK) && mail_apart(detect, i);
    }
    if (in_brackets(detect, i, &local, &at)) return mail_bracketed(detect, local, at);
    return byte_is(detect, i - 1, BYTE_BLANK) && mail_apart(detect, i);
}

/* ---- at in words ---- */

static bool says_at(const struct detect *detect, size_t i)
{
    return (byte_at(detect, i) | 0x20) == 'a' && (byte_at(detect, i + 1) | 0x20) == 't';
}

/* "at sign", "at-sign" that ends before `i`: where its at ends; `i`: there is none. */
static size_t without_sign(const struct detect *detect, size_t i)
{
    if (i < detect->done + 8 || !text_says(detect, i - 4, "sign")) return i;
    unsigned char c = byte_at(detect, i - 5);
    return (c == ' ' || c == '-') && says_at(detect, i - 7) ? i - 5 : i;
}

/* "(at)" or "(a)" whose closing bracket stands before `i`: where the mailbox ends; 0: none. */
static size_t bracketed_at(const struct detect *detect, size_t i, bool *ret_bare)
{
    char closing = (char)byte_at(detect, i - 1);
    size_t word = without_sign(detect, back_over_blanks(detect, i - 1, 1));
    if (word < detect->done + 3) return 0;
    bool a = (byte_at(detect, word - 1) | 0x20) == 'a';
    if (!a && !says_at(detect, word - 2)) return 0;
    size_t open = back_over_blanks(detect, word - (a ? 1 : 2), 1);
    if (open == 0 || closing_of((char)byte_at(detect, open - 1)) != closing) return 0;
    size_t local = back_over_blanks(detect, open - 1, 2);
    *ret_bare = a && local < open - 1; /* "ada (a) gmail.com", but "either (a) example.com" */
    return local;
}

static bool sign_around_word(unsigned char c)
{
    return c != 0 && strchr("_*-|~+='\"", c) != NULL;
}

/* The at that ends before `end`: where the mailbox ends; 0: none. */
static size_t at_before(const struct detect *detect, size_t end, bool *ret_bare)
{
    size_t i = back_over_blanks(detect, end, 2);
    *ret_bare = false;
    if (i < detect->done + 4) return 0;
    unsigned char c = byte_at(detect, i - 1);
    if (c == ')' || c == ']' || c == '}' || c == '>') return bracketed_at(detect, i, ret_bare);
    if (sign_around_word(c)) {
        if (byte_at(detect, i - 4) != c || !says_at(detect, i - 3)) return 0;
        *ret_bare = c == '\'' || c == '"';
        return back_over_blanks(detect, i - 4, 2);
    }
    i = without_sign(detect, i);
    if (i == end || !says_at(detect, i - 2) || !byte_is(detect, i - 3, BYTE_BLANK)) return 0;
    *ret_bare = true;
    return back_over_blanks(detect, i - 2, 2);
}

/* "ada AT example.com": an AT in capitals behind a name that is not. */
static bool shouted(const struct detect *detect, size_t local, size_t domain)
{
    size_t at = back_over_blanks(detect, domain, 2) - 2;
    return byte_at(detect, at) == 'A' && byte_at(detect, at + 1) == 'T' &&
           byte_is(detect, local, BYTE_LOWER);
}

/* "email ada at example.com", "my address is ada at ..." */
static bool mail_told(const struct detect *detect, size_t local)
{
    struct slice word = word_before(detect, local);
    if (slice_is(word, "is")) word = word_before(detect, (size_t)(word.at - detect->at));
    return word_in(WORDS_MAIL, word);
}

bool detect_mail_before(struct detect *detect, size_t start)
{
    bool bare;
    size_t local_end = at_before(detect, start, &bare);
    if (local_end == 0) return false;
    size_t local = mail_local_start(detect, local_end);
    UNCLEARED struct domain domain;
    if (local == local_end || !domain_read(detect, start, true, &domain)) return false;
    if (domain.labels < 2 || !mail_domain(detect, &domain, false)) return false;
    if (bare) {
        bool written = domain.disguised && domain_tld(&domain) == TLD_SURE;
        bool told = byte_is(detect, local, BYTE_LOWER) && mail_told(detect, local) &&
                    domain_tld(&domain) == TLD_SURE;
        bool sure = written || told || provider(&domain) || shouted(detect, local, start);
        if (!sure || !mailbox_word(detect, local, local_end)) return false;
    }
    give_mail(detect, local_extended(detect, local), &domain, false);
    return true;
}

/* ---- names on social sites ---- */

static size_t handle_end(const struct detect *detect, size_t i)
{
    while (byte_is(detect, i, BYTE_WORD) || byte_at(detect, i) == '_' ||
           (byte_at(detect, i) == '.' && byte_is(detect, i + 1, BYTE_WORD)))
        i++;
    return i;
}

/* "@3pm" and "@2nd" are a time and a place. */
static bool handle_begins(const struct detect *detect, size_t i)
{
    if (byte_is(detect, i, BYTE_LETTER) || byte_at(detect, i) == '_') return true;
    while (byte_is(detect, i, BYTE_DIGIT)) i++;
    return word_at(detect, i).length >= 4;
}

static void handle(struct detect *detect, size_t i)
{
    unsigned char before = byte_at(detect, i - 1);
    bool behind_other = before == '/' && i - 1 == detect->done && detect->done > 0;
    if (before == '@' || (before == '/' && !behind_other) || letter_before(detect, i) ||
        byte_is(detect, i - 1, BYTE_DIGIT))
        return;
    size_t end = handle_end(detect, i + 1);
    if (end < i + 3 || !handle_begins(detect, i + 1)) return;
    if (word_in(WORDS_NOT_HANDLE, detect_part(detect, i + 1, end))) return;
    UNCLEARED struct domain domain;
    if (byte_at(detect, end) == '@' && domain_read(detect, end + 1, false, &domain) &&
        domain_tld(&domain) != TLD_NONE)
        end = domain.end; /* @ada@mastodon.example */
    detect_give(detect, FINDING_HANDLE, i, end);
}

void detect_at(struct detect *detect, size_t i)
{
    if (byte_at(detect, i + 1) == '@' || byte_at(detect, i - 1) == '@') return;
    if (!mail_at(detect, i) && !detect_spelled_mail(detect, i)) handle(detect, i);
}
