/* Links, bare hosts, links into chats, hashtags: what the allow list knows is let through. */
#include <string.h>

#include "screen/detect_mail.h"

/* A link that opens a talk out of sight: the host, with subdomains, and how its path begins. */
#define CHAT(host, path)                                                                           \
    {                                                                                              \
        host, sizeof(host) - 1, path                                                               \
    }
static const struct {
    const char *host;
    size_t length; /* of the host */
    const char *path;
} chats[] = {
    CHAT("wa.me", ""),
    CHAT("whatsapp.com", ""),
    CHAT("t.me", ""),
    CHAT("telegram.me", ""),
    CHAT("telegram.dog", ""),
    CHAT("discord.gg", ""),
    CHAT("discord.com", "/invite"),
    CHAT("discordapp.com", "/invite"),
    CHAT("m.me", ""),
    CHAT("messenger.com", "/"),
    CHAT("facebook.com", "/messages/t"),
    CHAT("instagram.com", "/direct/t"),
    CHAT("msng.link", ""),
    CHAT("ig.me", "/m"),
    CHAT("snapchat.com", "/add"),
    CHAT("snapchat.com", "/@"),
    CHAT("snapchat.com", "/t/"),
    CHAT("signal.me", ""),
    CHAT("signal.group", ""),
    CHAT("kik.me", ""),
    CHAT("line.me", ""),
    CHAT("invite.viber.com", ""),
    CHAT("join.skype.com", ""),
    CHAT("groupme.com", "/join"),
    CHAT("guilded.gg", ""),
    CHAT("matrix.to", ""),
    CHAT("wa.link", ""),
    CHAT("threema.id", ""),
};
#undef CHAT

static bool host_within(const struct domain *domain, const char *host, size_t length)
{
    if (domain->length < length) return false;
    size_t from = domain->length - length;
    return domain->at[domain->length - 1] == host[length - 1] &&
           memcmp(domain->at + from, host, length) == 0 &&
           (from == 0 || domain->at[from - 1] == '.');
}

static bool opens_chat(const struct detect *detect, const struct domain *domain)
{
    for (size_t i = 0; i < sizeof chats / sizeof *chats; i++)
        if (host_within(domain, chats[i].host, chats[i].length) &&
            text_says(detect, domain->end, chats[i].path))
            return true;
    return false;
}

/* A quotation mark or dots in a row beyond ASCII, E2 80 .. and C2 BB, or a comma before the next. */
static bool link_over(const struct detect *detect, size_t i)
{
    unsigned char c = byte_at(detect, i), next = byte_at(detect, i + 1);
    if ((c == 0xE2 && next == 0x80) || (c == 0xC2 && next == 0xBB)) return true;
    return (c == ',' || c == ';' || c == '|') && text_says(detect, i + 1, "http");
}

/* Where a path that goes on at `i` ends: signs that end a sentence belong to the sentence, and so
 * does a bracket that was not opened within. */
static size_t link_end(const struct detect *detect, size_t i)
{
    size_t from = i, opened = 0, closed = 0;
    for (; byte_is(detect, i, BYTE_LINK) && !link_over(detect, i); i++) {
        opened += byte_at(detect, i) == '(' ? 1 : 0;
        closed += byte_at(detect, i) == ')' ? 1 : 0;
    }
    for (; i > from; i--) {
        unsigned char c = byte_at(detect, i - 1);
        if (c == ')' && closed > opened) {
            closed--;
        } else if (c == '\0' || strchr(".,;:!?'*_~|]&", c) == NULL) {
            break;
        }
    }
    return i;
}

static size_t port_end(const struct detect *detect, size_t i)
{
    if (byte_at(detect, i) != ':' || !byte_is(detect, i + 1, BYTE_DIGIT)) return i;
    for (i++; byte_is(detect, i, BYTE_DIGIT);) i++;
    return i;
}

/* Gives the link or lets it through. */
static void link_found(struct detect *detect, size_t start, const struct domain *domain,
                       enum finding_kind kind, size_t end)
{
    if (allow_host(detect->allow, (struct slice){domain->at, domain->length})) {
        detect->done = end;
        return;
    }
    if (opens_chat(detect, domain)) kind = FINDING_WHATSAPP;
    detect_give(detect, kind, start, end);
}

/* ---- with a scheme ---- */

/* The host behind //, and over a name and password before it. */
static size_t host_at(const struct detect *detect, size_t i)
{
    for (size_t k = i; k - i < 128 && byte_is(detect, k, BYTE_LINK); k++) {
        unsigned char c = byte_at(detect, k);
        if (c == '@') return k + 1;
        if (c == '/' || c == '?' || c == '#') return i;
    }
    return i;
}

/* http://[2001:db8::1]/ */
static bool by_number(struct detect *detect, size_t start, size_t open)
{
    size_t i = open + 1;
    for (; i - open < 48; i++) {
        unsigned char c = byte_at(detect, i) | 0x20;
        bool of_number = byte_is(detect, i, BYTE_DIGIT) || c == ':' || c == '.' || c == '%' ||
                         (c >= 'a' && c <= 'f');
        if (!of_number) break;
    }
    if (byte_at(detect, i) != ']' || i < open + 3) return false;
    detect_give(detect, FINDING_URL, start, link_end(detect, port_end(detect, i + 1)));
    return true;
}

static void with_scheme(struct detect *detect, size_t start, size_t colon)
{
    size_t at = host_at(detect, colon + 3);
    if (byte_at(detect, at) == '[' && by_number(detect, start, at)) return;
    UNCLEARED struct domain domain;
    bool chat = word_in(WORDS_CHAT_APP, detect_part(detect, start, colon));
    bool read = domain_read(detect, at, false, &domain);
    if (!read && !chat) return;
    size_t end = link_end(detect, read ? domain.end : at);
    if (chat) {
        detect_give(detect, FINDING_WHATSAPP, start, end);
    } else {
        link_found(detect, start, &domain, FINDING_URL, end);
    }
}

/* Where a name that is no word ends: letters, with digits or _ among them; 0: it is none. */
static size_t account_end(const struct detect *detect, size_t start)
{
    size_t end = start;
    unsigned seen = 0;
    for (; end - start < 40; end++) {
        unsigned char c = byte_at(detect, end);
        bool dot = c == '.' && byte_is(detect, end + 1, BYTE_WORD);
        bool hyphen = c == '-' && byte_is(detect, end + 1, BYTE_WORD);
        if (!byte_is(detect, end, BYTE_WORD) && c != '_' && !dot && !hyphen) break;
        seen |= c == '_' || dot ? (unsigned)BYTE_DIGIT : detect_classes[c];
    }
    bool name = (seen & BYTE_LETTER) != 0 && (seen & BYTE_DIGIT) != 0 && end - start >= 3;
    return name && !byte_is(detect, start, BYTE_DIGIT) && byte_at(detect, end) != '@' ? end : 0;
}

/* "insta: ada_99" */
static void account(struct detect *detect, size_t colon)
{
    if (!word_in(WORDS_ACCOUNT, word_before(detect, colon))) return;
    size_t start = skip_blanks(detect, colon + 1), end = account_end(detect, start);
    if (end != 0) detect_give(detect, FINDING_HANDLE, start, end);
}

static bool of_account(const struct detect *detect, size_t i)
{
    return byte_is(detect, i, BYTE_WORD) || byte_at(detect, i) == '_' || byte_at(detect, i) == '.';
}

/* Where the name that `i` is within begins; nothing up to its end is looked at again. */
static size_t account_start(struct detect *detect, size_t i)
{
    size_t start = i, end = i + 1;
    while (end - i < 40 && of_account(detect, end) && byte_at(detect, end) != '.') end++;
    detect->accounts_done = end;
    while (start > detect->done && i - start < 40 && of_account(detect, start - 1)) start--;
    return start;
}

/* "my insta is ada_99", "add me on snap ada99": `i` is within the name. The site and whose name it
 * is must stand before it. */
bool detect_account(struct detect *detect, size_t i)
{
    if (i < detect->accounts_done) return false;
    size_t start = account_start(detect, i);
    if (byte_at(detect, start - 1) != ' ') return false;
    struct slice word = word_before(detect, start);
    if (slice_is(word, "is") || slice_is(word, "s") || slice_is(word, "name"))
        word = word_before(detect, (size_t)(word.at - detect->at));
    if (!word_in(WORDS_ACCOUNT, word)) return false;
    bool dash = byte_at(detect, start - 2) == '-' && byte_at(detect, i) == '_'; /* insta - ada_99 */
    word = word_before(detect, (size_t)(word.at - detect->at));
    if (!dash && !word_in(WORDS_OWNER, word)) return false;
    size_t end = account_end(detect, start);
    if (end == 0) return false;
    if (byte_at(detect, end) == '#') return false; /* numbered_name's */
    detect_give(detect, FINDING_HANDLE, start, end);
    return true;
}

void detect_colon(struct detect *detect, size_t i)
{
    if (byte_at(detect, i + 1) == '/' && byte_at(detect, i + 2) == '/') {
        size_t start = letters_before(detect, i, 12);
        if (start < i) with_scheme(detect, start, i);
    } else if (byte_is(detect, i + 1, BYTE_BLANK | BYTE_LETTER)) {
        account(detect, i);
    }
}

/* ---- without one ---- */

/* Where the label that ends before `i` begins. */
static size_t label_start(const struct detect *detect, size_t i)
{
    size_t start = i;
    while (start > detect->done && i - start < 63 &&
           (label_byte(detect, start - 1) || byte_at(detect, start - 1) == '-'))
        start--;
    while (start < i && (byte_at(detect, start) == '-' || (byte_at(detect, start) & 0xC0U) == 0x80))
        start++;
    return start;
}

static bool common_ending(const struct domain *domain)
{
    struct slice last = {domain->at + domain->last, domain->length - domain->last};
    return slice_is(last, "com") || slice_is(last, "uk") || slice_is(last, "org") ||
           slice_is(last, "net");
}

/* "...the end.Net gains", "Well done.Info below": a sentence ran into the next. */
static bool ran_on(const struct detect *detect, size_t start, const struct domain *domain)
{
    size_t last = domain->end - (domain->length - domain->last);
    if (!byte_is(detect, last, BYTE_UPPER) || !byte_is(detect, last + 1, BYTE_LOWER)) return false;
    return !byte_is(detect, start, BYTE_UPPER) || !common_ending(domain);
}

static bool is_mailbox(const struct detect *detect, size_t i)
{
    size_t end = i;
    while (end - i < 64 && byte_is(detect, end, BYTE_LOCAL)) end++;
    return byte_at(detect, end) == '@';
}

/* "Mr.Byron.is": a sentence without its blanks, as is h.e.is. */
static bool capital_within(const struct detect *detect, size_t start, size_t end)
{
    for (size_t i = start + 1; i < end; i++)
        if (byte_at(detect, i - 1) == '.' && byte_is(detect, i, BYTE_UPPER) &&
            byte_is(detect, i + 1, BYTE_LOWER))
            return true;
    return false;
}

static bool believable(const struct detect *detect, size_t start, const struct domain *domain,
                       enum tld tld)
{
    bool path = byte_at(detect, domain->end) == '/' &&
                byte_is(detect, domain->end + 1, BYTE_LINK) &&
                !byte_is(detect, domain->end + 1, BYTE_BETWEEN);
    struct slice host = {domain->at, domain->length};
    if (slice_starts(host, SLICE("www.")) && domain->labels > 2) return true;
    if (ran_on(detect, start, domain)) return false;
    if (path) return domain->last > 2 || tld == TLD_SURE || opens_chat(detect, domain);
    if (tld == TLD_SURE) return !word_in(WORDS_FILE_HOST, host);
    if (word_in(WORDS_KNOWN_HOST, host)) return true;
    struct slice last = {domain->at + domain->last, domain->length - domain->last};
    if (word_in(WORDS_FILE_END, last)) return false;
    return domain->labels > 2 && domain->last > 4 && !capital_within(detect, start, domain->end);
}

/* The http or https whose : or slashes are not whole ("https//", "https:/") and end before `i`; `i`: there is none. */
static size_t scheme_before(const struct detect *detect, size_t i)
{
    size_t colon = i > 0 && byte_at(detect, i - 1) == ':' ? i - 1 : i;
    size_t start = letters_before(detect, colon, 6);
    bool http = text_says(detect, start, "http") && colon - start <= 5;
    return http && !byte_is(detect, start - 1, BYTE_WORD) ? start : i;
}

/* A word or nothing stands before `i`, and before that a blank: no path goes up to here. */
static bool path_begins(const struct detect *detect, size_t i)
{
    size_t word = letters_before(detect, i, 16);
    unsigned char before = byte_at(detect, word - 1);
    return word == 0 || before == ' ' || before == '\n' || before == '(' || before == ':';
}

/* src/main.dev/x: an ending that files may have, too. */
static bool ends_as_file(const struct detect *detect, size_t i, const struct domain *domain)
{
    if (common_ending(domain)) return false;
    if (byte_at(detect, domain->end) != '/' || domain_tld(domain) != TLD_SURE) return true;
    return letter_before(detect, i) && !opens_chat(detect, domain);
}

/* "website/example.net", " //example.net/x": whether no path ends in the host behind a slash; and
 * where it begins, with its scheme. */
static bool behind_slash(const struct detect *detect, const struct domain *domain, size_t *start)
{
    size_t i = *start;
    while (i > 0 && *start - i < 3 && byte_at(detect, i - 1) == '/') i--;
    if (*start - i > 2 || ends_as_file(detect, i, domain)) return false;
    size_t scheme = scheme_before(detect, i);
    if (scheme == i) return path_begins(detect, i);
    *start = scheme;
    return true;
}

static bool behind_path(const struct detect *detect, size_t start)
{
    unsigned char before = byte_at(detect, start - 1);
    return before == '/' || before == '\\' || before == '_' || before == '@' || before == '$';
}

/* "https//": start is its h. */
static bool slash_within(const struct detect *detect, size_t start)
{
    size_t i = start + word_at(detect, start).length;
    return byte_at(detect, i) == '/' ||
           (byte_at(detect, i) == ':' && byte_at(detect, i + 1) == '/');
}

/* A host that is no part of a mailbox's name, a path or a file's name; it may be let through. */
static void bare_host(struct detect *detect, size_t start, const struct domain *domain)
{
    size_t end = port_end(detect, domain->end);
    unsigned char next = byte_at(detect, end);
    bool path = next == '/' || next == '?' || next == '#';
    bool www = slice_starts((struct slice){domain->at, domain->length}, SLICE("www."));
    if (path) end = link_end(detect, end);
    bool scheme =
        start + 4 < domain->end && text_says(detect, start, "http") && slash_within(detect, start);
    link_found(detect, start, domain, path || www || scheme ? FINDING_URL : FINDING_HOST, end);
}

/* Where the label before the dot that stands apart or is written out at `i` begins, over blanks or
 * a bracket. */
static bool label_before_dot(const struct detect *detect, size_t i, size_t *ret_start)
{
    size_t end = i > 0 && dot_in_signs(detect, i - 1) ? i - 1 : back_over_blanks(detect, i, 1);
    if (end > detect->done && closing_of((char)byte_at(detect, end - 1)) != '\0') end--;
    end = back_over_blanks(detect, end, 2);
    if (end == i) return false;
    *ret_start = label_start(detect, end);
    return *ret_start < end && dot_written_out(detect, end) != 0;
}

/* Not between two labels: a sentence's end, or a decimal. */
static bool between_labels(const struct detect *detect, size_t i)
{
    if (!label_byte(detect, i + 1) || !label_byte(detect, i - 1)) return false;
    return !byte_is(detect, i - 1, BYTE_DIGIT) || !byte_is(detect, i + 1, BYTE_DIGIT);
}

/* "example[.]com", "example (dot) com": hidden from whoever looks for links. The dot is at `i`. */
static bool host_in_brackets(struct detect *detect, size_t i)
{
    size_t open = back_over_blanks(detect, i, 1), start;
    char closing = closing_of((char)byte_at(detect, open - 1));
    if (open == 0 || (closing != ')' && closing != ']' && closing != '}')) return false;
    UNCLEARED struct domain domain;
    if (!label_before_dot(detect, i, &start) || detect_mail_before(detect, start)) return false;
    if (!domain_read(detect, start, true, &domain) || !domain.disguised) return false;
    if (domain_tld(&domain) != TLD_SURE || behind_path(detect, start)) return false;
    bare_host(detect, start, &domain);
    return true;
}

/* Letters and digits, a word that nobody puts before "dot com" when he speaks of something else. */
static bool spoken_label(const struct detect *detect, size_t start)
{
    size_t end = start, letters = 0;
    for (; end - start < 40 && byte_is(detect, end, BYTE_WORD); end++)
        letters += byte_is(detect, end, BYTE_LETTER) ? 1 : 0;
    struct slice word = detect_part(detect, start, end);
    return letters > 3 && byte_at(detect, end) == ' ' && !word_in(WORDS_NOT_DOTTED, word);
}

/* "the dot com boom", "in .net core" */
static bool spoken_of(const struct detect *detect, size_t end)
{
    return byte_at(detect, end) == ' ' && word_in(WORDS_BEHIND_DOTTED, word_at(detect, end + 1));
}

/* An ending that is told from a word behind a "dot", or behind a stop that stands apart, which ends
 * most sentences. */
static bool spoken_ending(const struct domain *domain, bool stop)
{
    struct slice last = {domain->at + domain->last, domain->length - domain->last};
    if (slice_is(last, "uk")) return domain->labels > 2;
    if (stop) return slice_is(last, "com") || slice_is(last, "org") || slice_is(last, "gg");
    return word_in(WORDS_TLD_SPOKEN, last);
}

static bool begins_word(const struct detect *detect, size_t start)
{
    unsigned char before = byte_at(detect, start - 1);
    return start == 0 || before == ' ' || before == '\n' || before == ':' || before == '(';
}

/* "example dot com", "www dot example dot com", "example .com" */
static bool host_in_words(struct detect *detect, size_t start, bool stop)
{
    if (start < detect->words_done || !begins_word(detect, start)) return false;
    if (!text_says(detect, start, "www ") && !spoken_label(detect, start)) return false;
    UNCLEARED struct domain domain;
    if (!domain_read(detect, start, true, &domain)) return false;
    detect->words_done = domain.end;
    if (domain_tld(&domain) == TLD_NONE && domain.labels > 2) domain_cut(&domain);
    struct slice host = {domain.at, domain.length};
    bool dots = slice_search(host, SLICE(".dot.")) < host.length; /* wait dot dot dot com */
    if (domain.labels < 2 || dots || !spoken_ending(&domain, stop)) return false;
    if (ran_on(detect, start, &domain) || spoken_of(detect, domain.end)) return false;
    bare_host(detect, start, &domain);
    return true;
}

/* "ada at gmail . com", "example(.)com", "example .com" */
static void stop_apart(struct detect *detect, size_t i)
{
    size_t start;
    if (host_in_brackets(detect, i) || !label_before_dot(detect, i, &start)) return;
    if (!detect_mail_before(detect, start)) (void)host_in_words(detect, start, true);
}

static void host_from(struct detect *detect, size_t start)
{
    UNCLEARED struct domain domain;
    size_t from = start;
    if (!domain_read(detect, start, false, &domain)) return;
    detect->hosts_done = domain.end;
    if (is_mailbox(detect, domain.end)) return;
    if (domain_tld(&domain) == TLD_NONE && domain.labels > 2) domain_cut(&domain);
    enum tld tld = domain_tld(&domain);
    if (tld == TLD_NONE || detect_mail_before(detect, start)) return;
    if (byte_at(detect, start - 1) == '/') {
        if (!behind_slash(detect, &domain, &from)) return;
    } else if (behind_path(detect, start)) {
        return;
    }
    if (believable(detect, start, &domain, tld)) bare_host(detect, from, &domain);
}

void detect_stop(struct detect *detect, size_t i)
{
    if (i < detect->hosts_done) return;
    unsigned char before = byte_at(detect, i - 1);
    if (byte_is(detect, i - 1, BYTE_WORD)) {
        if (!between_labels(detect, i)) return;
    } else if (before == ' ' || before == '\t' || closing_of((char)before) != '\0') {
        stop_apart(detect, i);
        return;
    } else if (!between_labels(detect, i)) {
        return;
    }
    size_t start = label_start(detect, i);
    if (start < i && !detect_account(detect, i)) host_from(detect, start);
}

bool detect_dot_word(struct detect *detect, size_t i)
{
    bool joined = byte_is(detect, i - 1, BYTE_WORD) && letter_at(detect, i + 3);
    unsigned char before = byte_at(detect, i - 1);
    if (joined || (before == byte_at(detect, i + 3) && !byte_is(detect, i - 1, BYTE_WORD)))
        if (detect_joined_mail(detect, i)) return true;
    if (letter_before(detect, i) || letter_at(detect, i + 3)) return false;
    size_t start;
    if (host_in_brackets(detect, i)) return true;
    if (!label_before_dot(detect, i, &start)) return false;
    return detect_mail_before(detect, start) || host_in_words(detect, start, false);
}

/* ---- hashtags ---- */

/* Letters of two and three bytes, but no punctuation (E2 80 .. to E2 BF ..) and no pictures. */
static size_t hashtag_end(const struct detect *detect, size_t i, bool *ret_letter)
{
    for (;;) {
        unsigned char c = byte_at(detect, i);
        if (byte_is(detect, i, BYTE_WORD) || c == '_') {
            *ret_letter = *ret_letter || byte_is(detect, i, BYTE_LETTER);
            i++;
        } else if (c >= 0xC3 && c <= 0xDF) {
            *ret_letter = true;
            i += 2;
        } else if (c >= 0xE0 && c <= 0xED && c != 0xE2 &&
                   !(c == 0xE3 && byte_at(detect, i + 1) == 0x80)) {
            *ret_letter = true;
            i += 3;
        } else {
            return i;
        }
    }
}

/* "#ff8800", "#9C0": colours. */
static bool is_colour(const struct detect *detect, size_t i, size_t end)
{
    size_t length = end - i;
    bool digit = false, same = true;
    if (length != 3 && length != 6 && length != 8) return false;
    for (size_t k = i; k < end; k++) {
        unsigned char c = byte_at(detect, k);
        if (!byte_is(detect, k, BYTE_DIGIT) && ((c | 0x20U) < 'a' || (c | 0x20U) > 'f'))
            return false;
        digit = digit || byte_is(detect, k, BYTE_DIGIT);
        same = same && c == byte_at(detect, i);
    }
    return digit || same;
}

/* ada#1234, where a word says that it is a name on Discord. */
static void numbered_name(struct detect *detect, size_t i)
{
    for (size_t k = 1; k <= 4; k++)
        if (!byte_is(detect, i + k, BYTE_DIGIT)) return;
    if (byte_is(detect, i + 5, BYTE_WORD)) return;
    size_t start = i;
    while (start > detect->done && i - start < 32 &&
           (byte_is(detect, start - 1, BYTE_WORD) || byte_at(detect, start - 1) == '_' ||
            byte_at(detect, start - 1) == '.'))
        start--;
    struct slice word = word_before(detect, start);
    for (int most = 4; most > 0 && word.length > 0; most--) {
        if (word_in(WORDS_ACCOUNT, word)) {
            detect_give(detect, FINDING_HANDLE, start, i + 5);
            return;
        }
        word = word_before(detect, (size_t)(word.at - detect->at));
    }
}

/* #ifdef, href="#top" */
static bool of_code(const struct detect *detect, size_t i, size_t end)
{
    unsigned char before = byte_at(detect, i - 1);
    if ((before == '"' || before == '\'') && byte_at(detect, i - 2) == '=') return true;
    if (word_in(WORDS_DIRECTIVE, detect_part(detect, i + 1, end))) return true;
    return text_says(detect, i, "#include <") || text_says(detect, i, "#include \"");
}

void detect_hash(struct detect *detect, size_t i)
{
    unsigned char before = byte_at(detect, i - 1);
    bool behind_other = i == detect->done && i > 0; /* #one#two */
    if (!behind_other && (letter_before(detect, i) || byte_is(detect, i - 1, BYTE_DIGIT))) {
        numbered_name(detect, i);
        return;
    }
    if (strchr("&#_/@", before) != NULL && before != 0) return;
    bool letter = false;
    size_t end = hashtag_end(detect, i + 1, &letter);
    if (!letter || is_colour(detect, i + 1, end) || of_code(detect, i, end)) return;
    if (allow_hashtag(detect->allow, detect_part(detect, i, end))) {
        detect->done = end;
        return;
    }
    detect_give(detect, FINDING_HASHTAG, i, end);
}
