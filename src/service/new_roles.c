/* Roles under names of one's own: see new_roles.h. Which texts they are put into is new_text.c's. */
#include "service/new_roles.h"

#include <string.h>

static bool is_large(char c)
{
    return c >= 'A' && c <= 'Z';
}

static char lowered(char c)
{
    return is_large(c) ? (char)(c - 'A' + 'a') : c;
}

static bool same(struct slice a, struct slice b)
{
    size_t i = 0;
    while (i < a.length && i < b.length && lowered(a.at[i]) == lowered(b.at[i])) {
        i++;
    }
    return i == a.length && i == b.length;
}

/* `the ` and the rest; no article: empty and the whole. */
static struct slice noun_of(struct slice phrase, struct slice *ret_article)
{
    static const char *const articles[] = {"the ", "a ", "an "};
    *ret_article = SLICE_EMPTY;
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        struct slice article = slice_of(articles[i]);
        if (phrase.length > article.length &&
            same(slice_part(phrase, 0, article.length), article)) {
            *ret_article = article;
            return slice_trim(slice_part(phrase, article.length, phrase.length));
        }
    }
    return phrase;
}

/* `a ` or `an ` by how the noun begins to sound, as far as letters tell. */
static struct slice indefinite(struct slice noun)
{
    bool letters = noun.length > 1 && is_large(noun.at[0]) && is_large(noun.at[1]);
    const char *vowels = letters ? "AEFHILMNORSX" : "AEIOUaeiou";
    bool you = slice_starts(noun, SLICE("uni")) || slice_starts(noun, SLICE("use"));
    return !you && strchr(vowels, noun.at[0]) != NULL ? SLICE("an ") : SLICE("a ");
}

/* `Designated Safeguarding Lead`: short words stay small. */
static struct slice titled(struct arena *arena, struct slice noun)
{
    struct slice copy = arena_copy(arena, noun);
    char *at = (char *)arena_take(arena, noun.length + 1, 1);
    memcpy(at, copy.at, noun.length);
    for (size_t i = 0; i < noun.length; i++) {
        struct slice rest = slice_part(noun, i, noun.length);
        bool begins = i == 0 || noun.at[i - 1] == ' ';
        bool small_word = slice_starts(rest, SLICE("of ")) || slice_starts(rest, SLICE("the ")) ||
                          slice_starts(rest, SLICE("and "));
        if (begins && !small_word && at[i] >= 'a' && at[i] <= 'z') {
            at[i] = (char)(at[i] - 'a' + 'A');
        }
    }
    return (struct slice){at, noun.length};
}

/* ---- names for the text --------------------------------------------------------------------------- */

static void add_naming(struct new_roles *roles, bool prose_only, struct slice from, struct slice to)
{
    struct naming naming = {from, to};
    LIST_PUSH(roles->arena, &roles->prose, naming);
    if (!prose_only) {
        LIST_PUSH(roles->arena, &roles->plain, naming);
    }
}

static struct slice joined(struct new_roles *roles, struct slice article, struct slice noun)
{
    return arena_format(roles->arena, "%.*s%.*s", SLICE_PRINT(article), SLICE_PRINT(noun));
}

/* The noun by itself, after a or an, and written large, each with what stands for it. */
static void add_noun(struct new_roles *roles, bool prose_only, struct slice old, struct slice new)
{
    struct slice large = titled(roles->arena, old);
    add_naming(roles, prose_only, old, new);
    add_naming(roles, prose_only, joined(roles, indefinite(old), old),
               joined(roles, indefinite(new), new));
    if (slice_find(old, ' ') < old.length && !slice_equal(large, old)) {
        add_naming(roles, prose_only, large, titled(roles->arena, new));
    }
}

static bool plural_by_s(struct slice noun)
{
    return noun.at[noun.length - 1] != 's' && slice_search(noun, SLICE(" of ")) == noun.length;
}

static void add_names(struct new_roles *roles, const struct new_row *row)
{
    const struct word *word = words_word(roles->words, WORD_PERSON, row->person);
    struct slice article;
    struct slice old = noun_of(word->phrase, &article);
    if (article.length > 0) {
        add_naming(roles, false, word->phrase, row->phrase);
    }
    add_noun(roles, false, old, row->noun);
    if (plural_by_s(old) && plural_by_s(row->noun)) {
        add_noun(roles, false, joined(roles, old, SLICE("s")),
                 joined(roles, row->noun, SLICE("s")));
    }
    for (size_t i = 0; i < word->also.count; i++) {
        struct slice other = word->also.at[i];
        bool plain = plural_by_s(other) || !plural_by_s(old);
        if (plain && !is_large(other.at[other.length - 1]) && !same(other, row->noun)) {
            add_noun(roles, true, other, row->noun);
        }
    }
}

/* ---- which rows change ---------------------------------------------------------------------------- */

static struct new_row *row_of(struct new_roles *roles, int person)
{
    for (size_t i = 0; i < roles->rows.count; i++) {
        if (roles->rows.at[i].person == person) {
            return &roles->rows.at[i];
        }
    }
    return NULL;
}

static bool unknown_role(const struct words *words, struct slice from, struct error *error)
{
    struct slice near = words_nearest(words, WORD_PERSON, from);
    (void)error_set(error, ERROR_USAGE, "'%.*s' is no role of the vocabulary%s%.*s%s",
                    SLICE_PRINT(from), near.length > 0 ? "; did you mean '" : "", SLICE_PRINT(near),
                    near.length > 0 ? "'?" : "");
    return error_advise(error, "Write the role as the policy you start from has it, '=', and your "
                               "name for it: --role 'the headteacher=the principal'.");
}

/* Two words stand for more than a role, and the language knows them. */
static bool keeps_name(const struct word *word, struct error *error)
{
    if (slice_is(word->id, "organisation")) {
        return error_set(error, ERROR_USAGE,
                         "'%.*s' keeps its name in rules; --name says what it is called",
                         SLICE_PRINT(word->phrase));
    }
    return !slice_is(word->id, "staff") ||
           error_set(error, ERROR_USAGE,
                     "'%.*s' stands for everybody who works for you, and keeps its name",
                     SLICE_PRINT(word->phrase));
}

static bool plain_name(struct slice name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        if (!((c >= 'a' && c <= 'z') || is_large(c) || (c >= '0' && c <= '9') || c == ' ' ||
              c == '-' || c == '\'' || (c & 0x80) != 0)) {
            return false;
        }
    }
    return name.length > 0 && name.length <= NEW_ROLE_LARGEST;
}

static bool add_row(struct new_roles *roles, const struct new_role *asked, struct error *error)
{
    int person = words_find(roles->words, WORD_PERSON, asked->from);
    struct slice article, own;
    if (person < 0) {
        return unknown_role(roles->words, asked->from, error);
    }
    if (!plain_name(asked->to)) {
        return error_set(error, ERROR_USAGE,
                         "what '%.*s' is called with you has to be a few words, at most %d letters "
                         "long, without signs",
                         SLICE_PRINT(asked->from), NEW_ROLE_LARGEST);
    }
    if (row_of(roles, person) != NULL) {
        return error_set(error, ERROR_USAGE, "'%.*s' is given two names; keep one of them",
                         SLICE_PRINT(asked->from));
    }
    const struct word *word = words_word(roles->words, WORD_PERSON, person);
    if (!keeps_name(word, error)) {
        return false;
    }
    struct slice old = noun_of(word->phrase, &article);
    struct slice noun = noun_of(asked->to, &own);
    if (!same(old, noun)) {
        LIST_PUSH(roles->arena, &roles->rows,
                  (struct new_row){.person = person,
                                   .old_noun = old,
                                   .noun = noun,
                                   .phrase = joined(roles,
                                                    own.length > 0              ? own
                                                    : article.length == 0       ? article
                                                    : slice_is(article, "the ") ? article
                                                                                : indefinite(noun),
                                                    noun)});
    }
    return true;
}

/* Another role has the name: as its main phrase the two change places, as one of several it keeps it. */
static bool make_room(struct new_roles *roles, size_t index, struct error *error)
{
    struct new_row row = roles->rows.at[index];
    int other = words_find(roles->words, WORD_PERSON, row.phrase);
    if (other < 0 || other == row.person || row_of(roles, other) != NULL) {
        return true;
    }
    struct slice article;
    const struct word *word = words_word(roles->words, WORD_PERSON, other);
    const struct word *old = words_word(roles->words, WORD_PERSON, row.person);
    if (!same(noun_of(word->phrase, &article), row.noun)) {
        return error_set(error, ERROR_USAGE,
                         "'%.*s' is in the vocabulary already, as another name of '%.*s'; choose a "
                         "name of its own",
                         SLICE_PRINT(row.phrase), SLICE_PRINT(word->phrase));
    }
    LIST_PUSH(roles->arena, &roles->rows,
              (struct new_row){.person = other,
                               .old_noun = noun_of(word->phrase, &article),
                               .noun = noun_of(old->phrase, &article),
                               .phrase = old->phrase,
                               .swapped = true});
    return true;
}

static bool two_alike(struct new_roles *roles, struct error *error)
{
    for (size_t i = 0; i < roles->rows.count; i++) {
        struct new_row *row = &roles->rows.at[i];
        row->other_name = true;
        for (size_t k = 0; k < roles->rows.count; k++) {
            const struct new_row *next = &roles->rows.at[k];
            if (i < k && same(row->noun, next->noun)) {
                return error_set(error, ERROR_USAGE, "'%.*s' would be two roles; name them apart",
                                 SLICE_PRINT(row->phrase));
            }
            row->other_name &= !same(row->old_noun, next->noun);
        }
    }
    return true;
}

bool new_roles_read(const struct words *words, const struct new_role *asked, size_t count,
                    struct arena *arena, struct new_roles *ret_roles, struct error *error)
{
    struct new_roles roles = {.arena = arena, .words = words};
    for (size_t i = 0; i < count; i++) {
        if (!add_row(&roles, &asked[i], error)) {
            return false;
        }
    }
    size_t own = roles.rows.count;
    for (size_t i = 0; i < own; i++) {
        if (!make_room(&roles, i, error)) {
            return false;
        }
    }
    if (!two_alike(&roles, error)) {
        return false;
    }
    for (size_t i = 0; i < roles.rows.count; i++) {
        add_names(&roles, &roles.rows.at[i]);
    }
    *ret_roles = roles;
    return true;
}

const struct new_row *new_roles_row(const struct new_roles *roles, struct slice id,
                                    struct slice phrase)
{
    for (size_t i = 0; i < roles->rows.count; i++) {
        const struct word *word = words_word(roles->words, WORD_PERSON, roles->rows.at[i].person);
        if (slice_equal(word->id, id) && slice_equal(word->phrase, phrase)) {
            return &roles->rows.at[i];
        }
    }
    return NULL;
}

/* ---- whom to ask about ---------------------------------------------------------------------------- */

struct slice new_roles_office(const struct words *words, size_t rank)
{
    static const char *const offices[] = {"headteacher",
                                          "managing-partner",
                                          "administrator",
                                          "director",
                                          "leadership-team",
                                          "line-manager",
                                          "dsl",
                                          "osc",
                                          "safeguarding-team",
                                          "hr",
                                          "marketing",
                                          "central-team",
                                          "programme-champion",
                                          "chair"};
    size_t found = 0;
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
        int person = words_find_id(words, WORD_PERSON, slice_of(offices[i]));
        if (person >= 0 && found++ == rank) {
            return words_word(words, WORD_PERSON, person)->phrase;
        }
    }
    return SLICE_EMPTY;
}

bool new_roles_speaks(const struct words *words, struct slice phrase, struct slice text)
{
    struct slice article;
    int person = words_find(words, WORD_PERSON, phrase);
    if (person < 0) {
        return false;
    }
    const struct word *word = words_word(words, WORD_PERSON, person);
    bool found = slice_search(text, noun_of(word->phrase, &article)) < text.length;
    for (size_t i = 0; i < word->also.count; i++) {
        found |= slice_search(text, word->also.at[i]) < text.length;
    }
    return found;
}
