/* What could stand in a finding's place: a full name gives way to the first name and an initial, a number or an address is left out. Links
 * and hashtags may be right as they are, and words of the lexicon are for a person to put otherwise. */
#include "screen/screen.h"

#include <string.h>

#include "base/utf8.h"

/* Ada B. */
struct short_name {
    struct slice first;
    char initial[4];
    size_t initial_length;
};

/* Its first letter as a capital: a to z, and the letters of Latin-1, whose capitals stand 32 before. */
static void take_initial(struct short_name *to, struct slice name)
{
    to->initial_length = utf8_first(name);
    memcpy(to->initial, name.at, to->initial_length);
    unsigned char lead = (unsigned char)to->initial[0], last = (unsigned char)to->initial[1];
    if (to->initial_length == 1 && lead >= 'a' && lead <= 'z') to->initial[0] = (char)(lead - 0x20);
    if (to->initial_length == 2 && lead == 0xC3 && last >= 0xA0 && last != 0xB7 && last != 0xBF)
        to->initial[1] = (char)(last - 0x20);
}

/* False where the person has but one name. */
static bool shorten(const struct name_person *person, enum name_form form, struct short_name *to)
{
    bool known = form == FORM_KNOWN_AS && person->known_as.length > 0;
    struct slice first = known ? person->known_as : person->given;
    *to = (struct short_name){.first = slice_part(first, 0, slice_find(first, ' '))};
    if (first.length == 0 || person->family.length == 0) return false;
    take_initial(to, person->family);
    return true;
}

static bool same(const struct short_name *one, const struct short_name *other)
{
    return slice_equal(one->first, other->first) && one->initial_length == other->initial_length &&
           memcmp(one->initial, other->initial, one->initial_length) == 0;
}

static bool has_fix(enum name_form form)
{
    return form == FORM_FULL || form == FORM_KNOWN_AS || form == FORM_LAST_FIRST ||
           form == FORM_HANDLE;
}

/* The byte there, where there is none a blank. */
static char byte_at(struct slice text, size_t at)
{
    return at < text.length ? text.at[at] : ' ';
}

/* A name that is part of an address is nobody's when put otherwise: @Ada B. */
static bool in_address(struct slice text, const struct finding *finding)
{
    char before = byte_at(text, (size_t)finding->start - 1), behind = byte_at(text, finding->end);
    char next = byte_at(text, (size_t)finding->end + 1);
    bool goes_on = next != ' ' && next != '\n' && next != '\r' && next != '\t';
    return before == '@' || before == '/' || behind == '@' || behind == '/' ||
           (behind == '.' && goes_on && finding->form == FORM_HANDLE);
}

/* What all who bear the name come to; false where they differ. */
static bool agree(const struct name_index *names, const struct finding *finding,
                  struct short_name *ret_name)
{
    struct short_name name = {.first = SLICE_EMPTY}, other;
    for (uint16_t i = 0; i < finding->who_count; i++) {
        struct name_person person = names_person(names, finding->who[i]);
        if (!shorten(&person, finding->form, &other)) return false;
        if (i > 0 && !same(&name, &other)) return false;
        name = other;
    }
    *ret_name = name;
    return finding->who_count > 0;
}

static bool fix_name(const struct name_index *names, struct slice text,
                     const struct finding *finding, struct text *out)
{
    struct short_name name;
    if (names == NULL || !has_fix(finding->form)) return false;
    if (in_address(text, finding)) return true;
    if (!agree(names, finding, &name)) return false;
    text_add(out, name.first);
    if (byte_at(text, (size_t)finding->start - 1) != '#') text_add_char(out, ' ');
    text_add(out, (struct slice){name.initial, name.initial_length});
    return true;
}

bool screen_fix(const struct screen_plan *plan, struct slice text, const struct finding *finding,
                struct text *out)
{
    switch (finding->kind) {
    case FINDING_NAME: return fix_name(plan->names, text, finding, out);
    case FINDING_URL:
    case FINDING_HOST:
    case FINDING_HASHTAG: return false;
    default: return finding->kind < FINDING_PROFANITY;
    }
}
