/* The same name spelt otherwise: Mueller for Müller, McDonald and MacDonald, Mohammed and Muhammad, El-Sayed and Al-Sayed, vd Meer. Made
 * from a person's fields as another person; which forms of it count is said by names_forms.c and names.c. */
#include <string.h>

#include "screen/names_parts.h"

#define OTHERS 7 /* of one field */
#define OTHER_LARGEST (2 * NAME_FIELD_LARGEST)

struct others {
    char bytes[OTHERS][OTHER_LARGEST];
    struct slice at[OTHERS];
    size_t count;
};

/* Spellings of one name. */
static const char *const groups[][OTHERS] = {
    {"mohammed", "muhammad", "mohamed", "muhammed", "mohammad", "mohamad", "mohd"},
    {"yusuf", "yousuf", "yusef", "yousef"},
    {"hussain", "hussein", "husain"},
    {"ahmed", "ahmad"},
};

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool starts(struct slice field, const char *word)
{
    size_t length = strlen(word);
    if (field.length < length) return false;
    for (size_t i = 0; i < length; i++) {
        if (small(field.at[i]) != word[i]) return false;
    }
    return true;
}

/* `word` in place of the first `length` bytes. */
static void put(struct others *others, struct slice field, size_t length, const char *word)
{
    struct slice own = slice_of(word), rest = slice_part(field, length, field.length);
    if (others->count == OTHERS || own.length + rest.length > NAME_FIELD_LARGEST) return;
    char *to = others->bytes[others->count];
    memcpy(to, own.at, own.length);
    memcpy(to + own.length, rest.at, rest.length);
    others->at[others->count++] = (struct slice){to, own.length + rest.length};
}

static bool ends_word(struct slice field, size_t length)
{
    return field.length == length || field.at[length] == ' ' || field.at[length] == '-';
}

static void put_group(struct others *others, struct slice field)
{
    if (field.length < 4 || strchr("myhaMYHA", field.at[0]) == NULL) return;
    if (strchr("ouhOUH", field.at[1]) == NULL) return; /* most end here */
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        for (size_t k = 0; k < OTHERS && groups[i][k] != NULL; k++) {
            size_t length = strlen(groups[i][k]);
            if (!starts(field, groups[i][k]) || !ends_word(field, length)) continue;
            for (size_t other = 0; other < OTHERS && groups[i][other] != NULL; other++) {
                if (other != k) put(others, field, length, groups[i][other]);
            }
            return;
        }
    }
}

/* The two letters that stand for a letter of two bytes with a mark. */
static const char *spelt(const char *at)
{
    switch ((unsigned char)at[1]) {
    case 0x84: /* Ä */
    case 0xA4: return "ae";
    case 0x96: /* Ö */
    case 0x98: /* Ø */
    case 0xB6:
    case 0xB8: return "oe";
    case 0x9C: /* Ü */
    case 0xBC: return "ue";
    case 0x85: /* Å */
    case 0xA5: return "aa";
    default: return NULL;
    }
}

/* A letter takes as many bytes as it took. */
static void put_spelt(struct others *others, struct slice field)
{
    if (others->count == OTHERS || memchr(field.at, 0xC3, field.length) == NULL) return;
    char *to = others->bytes[others->count];
    bool any = false;
    memcpy(to, field.at, field.length);
    for (size_t i = 0; i + 1 < field.length; i++) {
        const char *letters = (unsigned char)to[i] == 0xC3 ? spelt(to + i) : NULL;
        if (letters == NULL) continue;
        memcpy(to + i, letters, 2);
        any = true;
    }
    if (any) others->at[others->count++] = (struct slice){to, field.length};
}

#define SCOTS_LEAST 6 /* bytes of a surname with Mac */

static void put_family(struct others *others, struct slice field)
{
    if (starts(field, "mc")) put(others, field, 2, "Mac");
    if (starts(field, "mac") && field.length >= SCOTS_LEAST) put(others, field, 3, "Mc");
    if (starts(field, "van de ")) {
        put(others, field, 6, "vd");
        put(others, field, 6, "v d");
    } else if (starts(field, "van der ") || starts(field, "van den ")) {
        put(others, field, 7, "vd");
        put(others, field, 7, "v d");
    }
    static const char *const articles[] = {"al", "el", "ar"};
    if (field.length < 5 || !ends_word(field, 2)) return;
    for (size_t i = 0; i < 3; i++) {
        if (!starts(field, articles[i])) continue;
        for (size_t k = 0; k < 3; k++) {
            if (k != i) put(others, field, 2, articles[k]);
        }
        return;
    }
}

static bool may_have_others(struct slice field)
{
    if (field.length == 0) return false;
    return strchr("mhyaevMHYAEV", field.at[0]) != NULL ||
           memchr(field.at, 0xC3, field.length) != NULL;
}

bool name_others(const struct name_person *person, name_other_visit *visit, void *context)
{
    UNCLEARED struct others given;
    UNCLEARED struct others family;
    given.count = family.count = 0;
    if (person->given.length == 0 || person->family.length == 0) return false;
    if (may_have_others(person->given)) {
        put_spelt(&given, person->given);
        put_group(&given, person->given);
    }
    if (may_have_others(person->family)) {
        put_spelt(&family, person->family);
        put_group(&family, person->family);
        put_family(&family, person->family);
    }
    struct name_person other = *person;
    for (size_t i = 0; i <= given.count; i++) {
        other.given = i == 0 ? person->given : given.at[i - 1];
        for (size_t k = 0; k <= family.count; k++) {
            other.family = k == 0 ? person->family : family.at[k - 1];
            if (i + k > 0 && visit(context, &other)) return true;
        }
    }
    return false;
}
