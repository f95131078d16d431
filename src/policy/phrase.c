/* Stems, words and spelling. The stems are part of the meaning of every policy: tests/policy/stem.tsv freezes them. Endings
 * are cut so that all forms of a word meet, even where what is left is no English word (houses, house: hous). */
#include "policy/phrase.h"

#include <string.h>

#define NEAR_LONGEST 48 /* spellings beyond this are not compared */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_separator(char c)
{
    switch (c) {
    case ',':
    case ':':
    case ';':
    case '"':
    case '(':
    case ')':
    case '[':
    case ']':
    case '|': return true;
    default: return false;
    }
}

/* Lower case, also of the accented letters of Latin-1; a typographic apostrophe becomes the plain one. */
static size_t lower(struct slice word, char *out)
{
    size_t length = 0;
    for (size_t i = 0; i < word.length; i++) {
        unsigned char c = (unsigned char)word.at[i];
        bool capital = c >= 'A' && c <= 'Z';
        if (c >= 0x80) {
            if (slice_starts(slice_part(word, i, word.length), SLICE("\xe2\x80\x99"))) {
                out[length++] = '\'';
                i += 2;
                continue;
            }
            capital = i > 0 && (unsigned char)word.at[i - 1] == 0xc3 && c <= 0x9e && c != 0x97;
        }
        out[length++] = (char)(capital ? c + 0x20 : c);
    }
    return length;
}

static bool ends_with(const char *word, size_t length, const char *ending)
{
    return slice_ends((struct slice){word, length}, slice_of(ending));
}

/* Words whose last s is no ending. */
static bool keeps_s(const char *word, size_t length)
{
    static const char *const whole[] = {"was", "has", "its", "yes", "news"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        if (slice_is((struct slice){word, length}, whole[i])) return true;
    }
    return length < 3 || ends_with(word, length, "ss") || ends_with(word, length, "us") ||
           ends_with(word, length, "is");
}

/* The e that stands before the s of a plural goes in the singular too, so that both meet. */
static size_t cut_vowel(char *word, size_t length)
{
    static const char *const before_e[] = {"she", "che", "xe", "ze", "se"};
    if (length >= 4 && ends_with(word, length, "ie")) {
        word[length - 2] = 'y';
        return length - 1;
    }
    if (length >= 3 && ends_with(word, length, "oe")) return length - 1;
    for (size_t i = 0; length >= 4 && i < sizeof before_e / sizeof *before_e; i++) {
        if (ends_with(word, length, before_e[i])) return length - 1;
    }
    return length;
}

static size_t stem(struct slice word, char *out)
{
    size_t length = lower(word, out);
    if (length > 2 && out[length - 1] == 's' && out[length - 2] == '\'')
        length -= 2;
    else if (length > 1 && out[length - 1] == '\'')
        length--;
    if (length == 8 && memcmp(out, "children", 8) == 0) return length - 3;
    if (length > 0 && out[length - 1] == 's' && !keeps_s(out, length)) length--;
    return length > 0 && out[length - 1] == 'e' ? cut_vowel(out, length) : length;
}

struct slice words_stem(struct slice word, struct arena *arena)
{
    char *out = arena_take(arena, word.length + 1, 1);
    return (struct slice){out, stem(word, out)};
}

static bool is_article(const char *word, size_t length)
{
    return length <= 3 && length > 0 && (word[0] == 'a' || word[0] == 't') &&
           (slice_is((struct slice){word, length}, "a") ||
            slice_is((struct slice){word, length}, "an") ||
            slice_is((struct slice){word, length}, "the"));
}

void phrase_cut(struct slice text, size_t most, struct phrase *ret_phrase)
{
    struct phrase *phrase = ret_phrase;
    phrase->count = 0;
    size_t used = 0;
    size_t at = 0;
    if (most > PHRASE_WORDS_LARGEST) most = PHRASE_WORDS_LARGEST;
    for (;;) {
        while (at < text.length && is_blank(text.at[at])) at++;
        phrase->next = at;
        size_t end = at;
        while (end < text.length && !is_blank(text.at[end]) && !is_separator(text.at[end])) end++;
        struct slice word = slice_part(text, at, end);
        if (word.length == 0 || used + word.length + 1 > PHRASE_BYTES_LARGEST) return;
        size_t start = used + (phrase->count > 0);
        size_t length = stem(word, phrase->key + start);
        at = end;
        if (is_article(phrase->key + start, length)) continue;
        if (phrase->count == most) return;
        if (phrase->count > 0) phrase->key[used] = ' ';
        used = start + length;
        phrase->ends[phrase->count] = used;
        phrase->took[phrase->count] = end;
        phrase->count++;
    }
}

struct slice phrase_key(const struct phrase *phrase, size_t count)
{
    if (count == 0) return SLICE_EMPTY;
    return (struct slice){phrase->key, phrase->ends[count - 1]};
}

struct slice phrase_word(const struct phrase *phrase, size_t index)
{
    size_t from = index == 0 ? 0 : phrase->ends[index - 1] + 1;
    return (struct slice){phrase->key + from, phrase->ends[index] - from};
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: three rows of the table are enough. */
size_t phrase_distance(struct slice a, struct slice b, size_t most)
{
    size_t longer = a.length > b.length ? a.length : b.length;
    if (longer > NEAR_LONGEST || longer - least(a.length, b.length) > most) return most + 1;
    size_t rows[3][NEAR_LONGEST + 1];
    for (size_t j = 0; j <= b.length; j++) rows[0][j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t *now = rows[i % 3];
        const size_t *last = rows[(i + 2) % 3];
        const size_t *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            now[j] = least(least(last[j] + 1, now[j - 1] + 1),
                           last[j - 1] + (a.at[i - 1] != b.at[j - 1]));
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return least(rows[a.length % 3][b.length], most + 1);
}

bool phrase_near(struct slice a, struct slice b)
{
    size_t shorter = least(a.length, b.length);
    size_t most = shorter >= 7 ? 2 : shorter >= 3 ? 1 : 0;
    return phrase_distance(a, b, most) <= most;
}

const char *phrase_nearest_name(const char *const *names, size_t count, struct slice text)
{
    char lowered[NEAR_LONGEST];
    if (text.length > NEAR_LONGEST) return NULL;
    struct slice small = {lowered, lower(text, lowered)};
    const char *nearest = NULL;
    size_t best = 3;
    for (size_t i = 0; i < count; i++) {
        struct slice name = slice_of(names[i]);
        size_t distance = phrase_distance(small, name, 2);
        if (phrase_near(small, name) && distance < best) {
            nearest = names[i];
            best = distance;
        }
    }
    return nearest;
}
