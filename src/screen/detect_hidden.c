/* E-mail addresses whose letters stand apart ("a d a @ g m a i l . c o m"), whose words are joined
 * ("ada_at_example_dot_com", "adaATexampleDOTcom") or whose dots are left out ("ada at gmail com").
 * The other disguises are detect_mail.c's. */
#include <string.h>

#include "screen/detect_mail.h"

#define LOCAL_LARGEST ((size_t)64)

static bool add_byte(struct domain *domain, unsigned char c)
{
    if (domain->length == DOMAIN_LARGEST) return false;
    if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 'a' - 'A');
    domain->at[domain->length++] = (char)c;
    domain->at[domain->length] = '\0';
    if (c == '.') {
        domain->last = domain->length;
        domain->labels++;
    }
    return true;
}

static void begin(struct domain *domain, size_t at)
{
    domain->length = domain->last = domain->before = 0;
    domain->labels = 1;
    domain->end = at;
    domain->disguised = true;
    domain->at[0] = '\0';
}

/* ---- letters apart ---- */

static bool single_before(const struct detect *detect, size_t i)
{
    if (i < detect->done + 2 || byte_at(detect, i - 1) != ' ') return false;
    return mail_local_byte(detect, i - 2) &&
           (i - 2 == detect->done || !mail_local_byte(detect, i - 3));
}

static bool spelled_domain(const struct detect *detect, size_t i, struct domain *domain)
{
    begin(domain, i);
    while (byte_at(detect, i) == ' ') {
        unsigned char c = byte_at(detect, i + 1);
        if (c != '.' && !byte_is(detect, i + 1, BYTE_WORD)) break;
        if (byte_is(detect, i + 2, BYTE_WORD | BYTE_HIGH)) break;
        if (!add_byte(domain, c)) return false;
        i += 2;
        if (c != '.') domain->end = i;
    }
    return domain->last > 2 && domain_tld(domain) != TLD_NONE;
}

bool detect_spelled_mail(struct detect *detect, size_t i)
{
    size_t start = i;
    while (i - start < 2 * LOCAL_LARGEST && single_before(detect, start)) start -= 2;
    if (i - start < 4) return false;
    UNCLEARED struct domain domain;
    if (!spelled_domain(detect, i + 1, &domain)) return false;
    detect_give(detect, FINDING_EMAIL_DISGUISED, start, domain.end);
    return true;
}

/* ---- words joined ---- */

struct joint {
    const char *at, *dot;
};

static bool stands_at(const struct detect *detect, size_t i, const char *word)
{
    size_t length = strlen(word);
    if (i + length > detect->length) return false;
    if (word[0] == 'A' || word[0] == 'D') return memcmp(detect->at + i, word, length) == 0;
    return text_says(detect, i, word);
}

/* Small letters and digits that stand before `i`, or any letters where the joint has its signs. */
static size_t joined_word_before(const struct detect *detect, size_t i, bool capitals)
{
    unsigned classes = capitals ? BYTE_LOWER | BYTE_DIGIT : BYTE_WORD;
    size_t start = i;
    while (start > detect->done && i - start < 63 && byte_is(detect, start - 1, classes)) start--;
    return start;
}

static bool joined_domain(const struct detect *detect, size_t i, const struct joint *joint,
                          struct domain *domain)
{
    unsigned classes = joint->at[0] == 'A' ? BYTE_LOWER | BYTE_DIGIT : BYTE_WORD;
    for (begin(domain, i); domain->labels < 6;) {
        for (; byte_is(detect, i, classes); i++)
            if (!add_byte(domain, byte_at(detect, i))) return false;
        domain->end = i;
        if (!stands_at(detect, i, joint->dot)) break;
        i += strlen(joint->dot);
        if (!byte_is(detect, i, classes) || !add_byte(domain, '.')) break;
    }
    return domain_tld(domain) == TLD_SURE && !letter_at(detect, domain->end);
}

static bool joined_with(struct detect *detect, size_t dot, const struct joint *joint)
{
    bool capitals = joint->at[0] == 'A';
    if (!stands_at(detect, dot, joint->dot)) return false;
    size_t host = joined_word_before(detect, dot, capitals), at = host - strlen(joint->at);
    if (host == dot || host < detect->done + strlen(joint->at) + 1) return false;
    if (!stands_at(detect, at, joint->at)) return false;
    size_t start = capitals ? joined_word_before(detect, at, true) : mail_local_start(detect, at);
    UNCLEARED struct domain domain;
    if (start == at || letter_before(detect, start)) return false;
    if (!joined_domain(detect, host, joint, &domain)) return false;
    detect_give(detect, FINDING_EMAIL_DISGUISED, start, domain.end);
    return true;
}

/* "adaatgmaildotcom": the letters before the dot end in a provider's name, an at before it. */
static bool run_together(struct detect *detect, size_t dot)
{
    size_t end = text_says(detect, dot, "dotcom") ? dot + 6 : 0;
    if (text_says(detect, dot, "dotcodotuk")) end = dot + 10;
    if (end == 0 || byte_is(detect, end, BYTE_WORD)) return false;
    size_t start = joined_word_before(detect, dot, false);
    for (size_t host = dot; host > start + 3 && dot - host < WORD_SET_LONGEST; host--) {
        if (!text_says(detect, host - 2, "at")) continue;
        if (!word_in(WORDS_PROVIDER, detect_part(detect, host, dot))) continue;
        detect_give(detect, FINDING_EMAIL_DISGUISED, start, end);
        return true;
    }
    return false;
}

bool detect_joined_mail(struct detect *detect, size_t i)
{
    static const struct joint signs[] = {
        {"_at_", "_dot_"}, {"-at-", "-dot-"}, {".at.", ".dot."}, {"*at*", "*dot*"},
        {"|at|", "|dot|"}, {"~at~", "~dot~"}, {"+at+", "+dot+"},
    };
    static const struct joint capitals = {"AT", "DOT"};
    unsigned char before = byte_at(detect, i - 1);
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
        if ((unsigned char)signs[k].at[0] == before) return joined_with(detect, i - 1, &signs[k]);
    if (byte_at(detect, i) == 'D') return joined_with(detect, i, &capitals);
    return byte_is(detect, i - 1, BYTE_LETTER) && run_together(detect, i);
}

/* ---- dots left out ---- */

bool detect_at_word(struct detect *detect, size_t i)
{
    size_t host = i + 4;
    if (byte_at(detect, i + 3) != ' ' || i <= detect->done) return false;
    struct slice word = word_at(detect, host);
    size_t end = ending_without_dots(detect, host + word.length);
    if (end == 0 || !word_in(WORDS_PROVIDER, word)) return false;
    size_t start = mail_local_start(detect, i);
    if (start == i || word_in(WORDS_NOT_LOCAL, detect_part(detect, start, i))) return false;
    detect_give(detect, FINDING_EMAIL_DISGUISED, start, end);
    return true;
}
