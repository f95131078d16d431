/* Names of hosts, plain and disguised ("example dot com"), and how sure their last label makes
 * them. Links and e-mail addresses are made of these. */
#include <string.h>

#include "screen/detect_mail.h"
#include "screen/detect_parts.h"

#define LABEL_LARGEST 63

/* Of a host's label: letters of two bytes as well. */
bool label_byte(const struct detect *detect, size_t i)
{
    if (byte_is(detect, i, BYTE_WORD)) return true;
    unsigned char c = byte_at(detect, i);
    if (c >= 0xC3 && c <= 0xDF) return true;
    return c >= 0x80 && c < 0xC0 && byte_at(detect, i - 1) >= 0xC3 &&
           byte_at(detect, i - 1) <= 0xDF;
}

static size_t some_blanks(const struct detect *detect, size_t i)
{
    for (int most = 2; most > 0 && byte_is(detect, i, BYTE_BLANK); most--) i++;
    return i;
}

char closing_of(char open)
{
    switch (open) {
    case '(': return ')';
    case '[': return ']';
    case '{': return '}';
    case '<': return '>';
    default: return '\0';
    }
}

/* "(dot)", "[.]": `i` at the bracket; where it ends, or 0. */
static size_t bracketed_dot(const struct detect *detect, size_t i)
{
    char closing = closing_of((char)byte_at(detect, i));
    size_t at = some_blanks(detect, i + 1);
    if (byte_at(detect, at) == '.') {
        at++;
    } else if (text_says(detect, at, "dot")) {
        at += 3;
    } else {
        return 0;
    }
    at = some_blanks(detect, at);
    if (closing == '\0' || byte_at(detect, at) != (unsigned char)closing) return 0;
    return some_blanks(detect, at + 1);
}

/* "example. com": a stop, and what can hardly begin a sentence. */
static size_t stop_and_blank(const struct detect *detect, size_t i)
{
    static const char *const endings[] = {"com", "co", "org", "net", "uk"};
    if (byte_at(detect, i) != '.' || !byte_is(detect, i + 1, BYTE_BLANK)) return 0;
    size_t at = some_blanks(detect, i + 1);
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++)
        if (slice_is(word_at(detect, at), endings[k])) return at;
    return 0;
}

bool dot_in_signs(const struct detect *detect, size_t i)
{
    unsigned char c = byte_at(detect, i);
    return c != 0 && strchr("_*-|~+='\"", c) != NULL && byte_at(detect, i + 4) == c &&
           text_says(detect, i + 1, "dot");
}

size_t dot_written_out(const struct detect *detect, size_t i)
{
    size_t at = some_blanks(detect, i);
    unsigned char c = byte_at(detect, at);
    if (closing_of((char)c) != '\0') return bracketed_dot(detect, at);
    if (at == i) return stop_and_blank(detect, i);
    if (c == '.') return some_blanks(detect, at + 1);
    if (dot_in_signs(detect, at)) return some_blanks(detect, at + 5);
    if (!text_says(detect, at, "dot") || !byte_is(detect, at + 3, BYTE_BLANK)) return 0;
    return some_blanks(detect, at + 3);
}

static bool goes_on(const struct detect *detect, size_t i)
{
    if (label_byte(detect, i)) return true;
    if (byte_at(detect, i) != '-') return false;
    return label_byte(detect, i + 1) ||
           (byte_at(detect, i + 1) == '-' && label_byte(detect, i + 2));
}

static bool add_label(const struct detect *detect, size_t i, struct domain *domain)
{
    size_t start = domain->length;
    if (!label_byte(detect, i)) return false;
    while (goes_on(detect, i)) {
        if (domain->length == DOMAIN_LARGEST || domain->length - start == LABEL_LARGEST)
            return false;
        unsigned char c = byte_at(detect, i++);
        domain->at[domain->length++] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : (char)c;
    }
    domain->at[domain->length] = '\0';
    domain->before = domain->end;
    domain->last = start;
    domain->end = i;
    domain->labels++;
    return true;
}

bool domain_read(const struct detect *detect, size_t i, bool disguised, struct domain *ret_domain)
{
    struct domain *domain = ret_domain;
    domain->length = domain->labels = domain->last = domain->before = 0;
    domain->end = i;
    domain->disguised = false;
    domain->at[0] = '\0';
    if (!add_label(detect, i, domain)) return false;
    while (domain->length < DOMAIN_LARGEST) {
        size_t next = domain->end + 1;
        bool plain = byte_at(detect, domain->end) == '.' && label_byte(detect, next);
        if (!plain) next = disguised ? dot_written_out(detect, domain->end) : 0;
        if (next == 0 || !label_byte(detect, next)) break;
        size_t length = domain->length;
        domain->at[domain->length++] = '.';
        if (!add_label(detect, next, domain)) { /* nothing but the length has changed */
            domain->length = length;
            domain->at[length] = '\0';
            break;
        }
        if (!plain) domain->disguised = true;
    }
    return true;
}

void domain_cut(struct domain *domain)
{
    domain->length = domain->last - 1;
    domain->at[domain->length] = '\0';
    domain->end = domain->before;
    domain->labels--;
    domain->last = domain->length;
    while (domain->last > 0 && domain->at[domain->last - 1] != '.') domain->last--;
}

enum tld domain_tld(const struct domain *domain)
{
    if (domain->labels < 2) return TLD_NONE;
    struct slice last = {domain->at + domain->last, domain->length - domain->last};
    if (word_in(WORDS_TLD_SURE, last)) return TLD_SURE;
    return word_in(WORDS_TLD_UNSURE, last) ? TLD_UNSURE : TLD_NONE;
}
