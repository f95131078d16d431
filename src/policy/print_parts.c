/* Phrases in the vocabulary's spelling, joined as English joins them. Both prints stand on this. */
#include "policy/print_parts.h"

struct slice phrase_of(const struct words *words, enum word_place place, int index)
{
    return words_word(words, place, index)->phrase;
}

struct slice bare_phrase(struct slice phrase)
{
    static const char *const articles[] = {"the ", "a ", "an "};
    for (size_t i = 0; i < 3; i++) {
        struct slice article = slice_of(articles[i]);
        if (slice_starts(phrase, article)) return slice_part(phrase, article.length, phrase.length);
    }
    return phrase;
}

static void join(struct text *out, size_t i, size_t count, bool each)
{
    if (i == 0) return;
    text_add_string(out, i + 1 < count ? ", " : each ? " and " : " or ");
}

void print_roles(const struct words *words, const struct roles *roles, struct text *out)
{
    for (size_t i = 0; i < roles->list.count; i++) {
        join(out, i, roles->list.count, roles->each);
        text_add(out, phrase_of(words, WORD_PERSON, roles->list.at[i]));
    }
}

void print_bare_roles(const struct words *words, const struct roles *roles, struct text *out)
{
    for (size_t i = 0; i < roles->list.count; i++) {
        join(out, i, roles->list.count, roles->each);
        text_add(out, bare_phrase(phrase_of(words, WORD_PERSON, roles->list.at[i])));
    }
}

void print_channels(const struct words *words, const struct channels *channels, struct text *out)
{
    for (size_t i = 0; i < channels->list.count; i++) {
        join(out, i, channels->list.count, false);
        text_add(out, phrase_of(words, WORD_CHANNEL, channels->list.at[i]));
    }
}

void print_who(const struct words *words, const struct who *who, struct text *out)
{
    if (who->anyone)
        text_add_string(out, "anyone");
    else
        print_roles(words, &who->roles, out);
}

bool who_singular(const struct words *words, const struct who *who)
{
    if (who->anyone) return true;
    if (who->roles.list.count == 0 || (who->roles.each && who->roles.list.count > 1)) return false;
    struct slice last =
        phrase_of(words, WORD_PERSON, who->roles.list.at[who->roles.list.count - 1]);
    if (slice_ends(last, SLICE("police")) || slice_ends(last, SLICE("media"))) return false;
    return bare_phrase(last).length < last.length;
}

static bool ends_with_any(struct slice word, const char *const *endings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_ends(word, slice_of(endings[i]))) return true;
    return false;
}

/* Adds the third person of a verb: posts, publishes, replies. */
static void add_third(struct slice verb, struct text *out)
{
    static const char *const hissing[] = {"s", "x", "z", "ch", "sh", "o"};
    static const char *const vowels[] = {"ay", "ey", "oy", "uy"};
    if (slice_is(verb, "have")) {
        text_add_string(out, "has");
    } else if (slice_ends(verb, SLICE("y")) && !ends_with_any(verb, vowels, 4)) {
        text_add(out, slice_part(verb, 0, verb.length - 1));
        text_add_string(out, "ies");
    } else {
        text_add(out, verb);
        text_add_string(out, ends_with_any(verb, hissing, 6) ? "es" : "s");
    }
}

void print_verb(const struct words *words, int act, bool agrees, struct text *out)
{
    struct slice phrase = phrase_of(words, WORD_ACT, act);
    size_t before = out->length;
    if (agrees) {
        size_t verb = slice_find(phrase, ' ');
        add_third(slice_part(phrase, 0, verb), out);
        text_add(out, slice_part(phrase, verb, phrase.length));
        if (!out->overflowed &&
            words_find(words, WORD_ACT, slice_part(text_slice(out), before, out->length)) == act)
            return;
        if (!out->overflowed) text_cut(out, before);
    }
    text_add(out, phrase);
}

void print_object(const struct words *words, int act, const struct roles *object, bool anyone,
                  struct text *out)
{
    if (object->list.count == 0 && !anyone) return;
    struct slice joins = words->acts.at[act].joins;
    struct slice phrase = phrase_of(words, WORD_ACT, act);
    text_add_char(out, ' ');
    if (joins.length > 0 && !slice_ends(phrase, joins)) {
        text_add(out, joins);
        text_add_char(out, ' ');
    }
    if (anyone)
        text_add_string(out, "anyone");
    else
        print_roles(words, object, out);
}

void print_acts(const struct words *words, const struct acts *acts, bool agrees, struct text *out)
{
    size_t count = acts->list.count;
    for (size_t i = 0; i < count; i++) {
        join(out, i, count, false);
        print_verb(words, acts->list.at[i], agrees, out);
    }
    if (count > 0) print_object(words, acts->list.at[count - 1], &acts->object, acts->anyone, out);
    if (acts->channels.list.count == 0) return;
    text_add_string(out, " via ");
    print_channels(words, &acts->channels, out);
}

void print_clock(int64_t minute, struct text *out)
{
    text_format(out, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

struct slice value_of(const struct fact *fact, int64_t value)
{
    if (value < 0 || (size_t)value >= fact->values.count) return SLICE_EMPTY;
    return fact->values.at[value];
}
