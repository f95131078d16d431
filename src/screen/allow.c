/* What a school lets through: hosts with or without their subdomains, hashtags, its own domains of
 * mail. Read once, asked often. */
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "screen/detect.h"

#define NAME_LARGEST ((size_t)253)

enum rule { RULE_HOST, RULE_ONLY, RULE_HASHTAG, RULE_MAIL, RULES };
static const char *const words[RULES] = {"host", "only", "hashtag", "mail"};

struct allow_list {
    struct arena *arena;
    struct map map[RULES];
    size_t dots[RULES]; /* of the name with most of them */
};

/* Small letters, of ASCII only; false where it is too long or empty. */
static bool lower(struct slice name, char *out, struct slice *ret_small)
{
    if (name.length == 0 || name.length > NAME_LARGEST) return false;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    *ret_small = (struct slice){out, name.length};
    return true;
}

static bool label_well_formed(struct slice label)
{
    if (label.length == 0 || label.length > 63) return false;
    if (label.at[0] == '-' || label.at[label.length - 1] == '-') return false;
    for (size_t i = 0; i < label.length; i++) {
        unsigned char c = (unsigned char)label.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
        if (!letter && c != '-') return false;
    }
    return true;
}

static bool host_well_formed(struct slice host)
{
    size_t labels = 0;
    for (struct slice label; slice_split(&host, '.', &label); labels++)
        if (!label_well_formed(label)) return false;
    return labels >= 2;
}

static bool hashtag_well_formed(struct slice hashtag)
{
    for (size_t i = 0; i < hashtag.length; i++) {
        unsigned char c = (unsigned char)hashtag.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
        if (!letter) return false;
    }
    return hashtag.length > 0;
}

static bool fail(struct error *error, size_t line, struct slice name, const char *what,
                 const char *advice)
{
    (void)error_set(error, ERROR_SYNTAX, "Line %zu of the allow list: \"%.*s\" is not %s.", line,
                    SLICE_PRINT(slice_part(name, 0, 100)), what);
    (void)error_advise(error, "%s", advice);
    return error_at(error, SLICE_EMPTY, line, 1);
}

static size_t dots_of(struct slice name)
{
    size_t dots = 0;
    for (size_t i = 0; i < name.length; i++) dots += name.at[i] == '.';
    return dots;
}

static bool read_name(struct allow_list *allow, enum rule rule, struct slice name, size_t line,
                      struct error *error)
{
    char space[NAME_LARGEST];
    struct slice small;
    struct slice bare = rule == RULE_HASHTAG && slice_starts(name, SLICE("#"))
                            ? slice_part(name, 1, name.length)
                            : name;
    bool fits = lower(bare, space, &small);
    if (rule == RULE_HASHTAG && (!fits || !hashtag_well_formed(small)))
        return fail(error, line, name, "a hashtag", "Write it like this: hashtag #WorldBookDay");
    if (rule == RULE_MAIL && (!fits || !host_well_formed(small)))
        return fail(error, line, name, "a domain of e-mail addresses",
                    "Write what stands behind the @: mail school.example.org");
    if (!fits || (rule != RULE_HASHTAG && !host_well_formed(small)))
        return fail(error, line, name, "the name of a site",
                    "Write it without https:// and without what follows the name: host bbc.co.uk");
    size_t dots = dots_of(small);
    if (dots > allow->dots[rule]) allow->dots[rule] = dots;
    (void)map_set(&allow->map[rule], arena_copy(allow->arena, small), (int64_t)line);
    return true;
}

static bool read_line(struct allow_list *allow, struct slice text, size_t line, struct error *error)
{
    struct slice name = slice_trim(text), word;
    if (name.length == 0 || name.at[0] == '#') return true;
    size_t blank = 0;
    while (blank < name.length && name.at[blank] != ' ' && name.at[blank] != '\t') blank++;
    word = slice_part(name, 0, blank);
    name = slice_trim(slice_part(name, blank, name.length));
    for (size_t rule = 0; rule < RULES; rule++)
        if (slice_is(word, words[rule]))
            return read_name(allow, (enum rule)rule, name, line, error);
    return fail(error, line, word, "host, only, hashtag or mail",
                "Begin the line with one of these words, or with # for a comment.");
}

static bool read_lines(struct allow_list *allow, struct slice lines, struct error *error)
{
    size_t bad = utf8_check(lines), line = 0;
    if (slice_starts(lines, SLICE("\xEF\xBB\xBF"))) lines = slice_part(lines, 3, lines.length);
    if (bad < lines.length) {
        (void)error_set(error, ERROR_ENCODING, "The allow list is not UTF-8.");
        (void)error_advise(error, "Save it as UTF-8 and try again.");
        return false;
    }
    for (struct slice text; slice_line(&lines, &text);) {
        if (++line > ALLOW_LINES_LARGEST) {
            (void)error_set(error, ERROR_LIMIT, "The allow list has more than %d lines.",
                            ALLOW_LINES_LARGEST);
            (void)error_advise(error, "Allow a site with its subdomains in one line.");
            return error_at(error, SLICE_EMPTY, line, 1);
        }
        if (!read_line(allow, text, line, error)) return false;
    }
    return true;
}

struct allow_list *allow_new(struct slice lines, struct error *error)
{
    struct arena *arena = arena_new();
    struct allow_list *allow = ARENA_NEW(arena, struct allow_list);
    allow->arena = arena;
    for (size_t i = 0; i < RULES; i++) map_init(&allow->map[i], arena);
    if (read_lines(allow, lines, error)) return allow;
    allow_free(allow);
    return NULL;
}

void allow_free(struct allow_list *allow)
{
    if (allow != NULL) arena_free(allow->arena);
}

static bool known(const struct allow_list *allow, enum rule rule, struct slice small)
{
    return map_get(&allow->map[rule], small) >= 0;
}

/* The name itself or what it is a subdomain of. No name that is longer than all that are known is looked up. */
static bool known_above(const struct allow_list *allow, enum rule rule, struct slice small)
{
    for (size_t dots = dots_of(small);; dots--) {
        if (dots <= allow->dots[rule] && known(allow, rule, small)) return true;
        if (dots == 0) return false;
        small = slice_part(small, slice_find(small, '.') + 1, small.length);
    }
}

bool allow_host(const struct allow_list *allow, struct slice host)
{
    char space[NAME_LARGEST];
    struct slice small;
    if (allow == NULL || !lower(host, space, &small)) return false;
    return known(allow, RULE_ONLY, small) || known_above(allow, RULE_HOST, small);
}

bool allow_hashtag(const struct allow_list *allow, struct slice hashtag)
{
    char space[NAME_LARGEST];
    struct slice small;
    if (slice_starts(hashtag, SLICE("#"))) hashtag = slice_part(hashtag, 1, hashtag.length);
    return allow != NULL && lower(hashtag, space, &small) && known(allow, RULE_HASHTAG, small);
}

bool allow_mail(const struct allow_list *allow, struct slice domain)
{
    char space[NAME_LARGEST];
    struct slice small;
    return allow != NULL && lower(domain, space, &small) && known_above(allow, RULE_MAIL, small);
}

bool allow_has_hashtags(const struct allow_list *allow)
{
    return allow != NULL && allow->map[RULE_HASHTAG].count > 0;
}
