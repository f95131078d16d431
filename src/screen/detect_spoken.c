/* Telephone numbers said in words, or in words and digits: "oh seven seven double zero ...". Only
 * the whole of a number counts, with three words of it at least, of a mobile with one. */
#include "screen/detect_parts.h"

#include <string.h>

enum said {
    SAID_NOTHING = -1,
    SAID_DOUBLE = 10,
    SAID_TRIPLE,
    SAID_HUNDRED,
    SAID_THOUSAND,
    SAID_AND
};

static const struct {
    const char *word;
    int said;
} said[] = {
    {"zero", 0},
    {"oh", 0},
    {"o", 0},
    {"nought", 0},
    {"naught", 0},
    {"one", 1},
    {"two", 2},
    {"three", 3},
    {"four", 4},
    {"five", 5},
    {"six", 6},
    {"seven", 7},
    {"eight", 8},
    {"nine", 9},
    {"double", SAID_DOUBLE},
    {"triple", SAID_TRIPLE},
    {"treble", SAID_TRIPLE},
    {"hundred", SAID_HUNDRED},
    {"thousand", SAID_THOUSAND},
    {"and", SAID_AND},
};

struct spoken {
    unsigned char digit[PHONE_DIGITS_LARGEST];
    size_t count, words, end;
    size_t repeat; /* of the next digit */
    bool after_hundred;
};

static bool same_small(struct slice word, const char *other)
{
    size_t i = 0;
    for (; i < word.length && other[i] != '\0'; i++)
        if (((unsigned char)word.at[i] | 0x20U) != (unsigned char)other[i]) return false;
    return i == word.length && other[i] == '\0';
}

static int said_by(struct slice word)
{
    if (word.length == 0) return SAID_NOTHING;
    unsigned char first = (unsigned char)word.at[0] | 0x20U;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if ((unsigned char)said[i].word[0] == first && same_small(word, said[i].word))
            return said[i].said;
    return SAID_NOTHING;
}

static bool add(struct spoken *spoken, unsigned digit, size_t times)
{
    if (spoken->count + times > PHONE_DIGITS_LARGEST) return false;
    while (times-- > 0) spoken->digit[spoken->count++] = (unsigned char)digit;
    return true;
}

/* One word; false where it ends the number. */
static bool hear(struct spoken *spoken, struct slice word)
{
    int what = said_by(word);
    if (what == SAID_NOTHING || (what == SAID_AND && !spoken->after_hundred)) return false;
    spoken->after_hundred = what == SAID_HUNDRED || what == SAID_THOUSAND;
    if (what == SAID_AND) return true;
    if (spoken->repeat > 1 && what > 9) return false;
    spoken->words++;
    if (what == SAID_DOUBLE || what == SAID_TRIPLE) {
        spoken->repeat = what == SAID_DOUBLE ? 2 : 3;
        return true;
    }
    if (what == SAID_HUNDRED) return add(spoken, 0, 2);
    if (what == SAID_THOUSAND) return add(spoken, 0, 3);
    size_t times = spoken->repeat;
    spoken->repeat = 1;
    return add(spoken, (unsigned)what, times);
}

static size_t skip_between(const struct detect *detect, size_t i)
{
    for (int most = 3; most > 0; most--, i++) {
        unsigned char c = byte_at(detect, i);
        if (!byte_is(detect, i, BYTE_BETWEEN) && c != ',' && c != '_') break;
    }
    return i;
}

/* A digit or a word at `i`; gives where it ends, 0 where the number is over. */
static size_t listen(const struct detect *detect, size_t i, struct spoken *spoken)
{
    if (byte_is(detect, i, BYTE_DIGIT)) {
        size_t times = spoken->repeat;
        spoken->repeat = 1;
        spoken->after_hundred = false;
        return add(spoken, byte_at(detect, i) - (unsigned)'0', times) ? i + 1 : 0;
    }
    struct slice word = word_at(detect, i);
    if (word.length == 0 || !hear(spoken, word)) return 0;
    return i + word.length;
}

static bool whole(const struct detect *detect, const struct spoken *spoken,
                  struct phone_kind *ret_kind)
{
    size_t least = spoken->digit[1] == 7 ? 1 : 3;
    if (spoken->count != 11 || spoken->digit[0] != 0 || spoken->words < least) return false;
    *ret_kind = phone_plan(spoken->digit + 1, 10);
    return ret_kind->length == 10 && !letter_at(detect, spoken->end) &&
           !byte_is(detect, spoken->end, BYTE_DIGIT);
}

/* The first digits begin no number. */
static bool hopeless(const struct spoken *spoken)
{
    if (spoken->count < 2) return false;
    unsigned char second = spoken->digit[1];
    if (spoken->digit[0] != 0 || second == 0 || second == 4 || second == 6) return true;
    return spoken->count >= 5 && phone_plan(spoken->digit + 1, 4).length == 0;
}

/* From `i` on, behind the country's code that begins at `start` perhaps. */
static bool spoken_from(struct detect *detect, size_t start, size_t i)
{
    struct spoken spoken = {.repeat = 1};
    if (start < i) spoken.count = 1; /* the trunk 0, which the code stands for */
    while (spoken.count < 11) {
        i = listen(detect, i, &spoken);
        if (i == 0 || hopeless(&spoken)) return false;
        spoken.end = i;
        i = skip_between(detect, i);
    }
    struct phone_kind kind;
    if (!whole(detect, &spoken, &kind)) return false;
    detect_give(detect, kind.kind, start, spoken.end);
    return true;
}

/* Back from "seven" over an "o" or "nought" before it, which announce nothing by themselves. */
static size_t trunk_before(const struct detect *detect, size_t i)
{
    struct slice word = word_before(detect, i);
    if (said_by(word) == SAID_DOUBLE) word = word_before(detect, (size_t)(word.at - detect->at));
    if (word.length == 0 || said_by(word) != 0) return i;
    size_t start = (size_t)(word.at - detect->at);
    return start < detect->done ? i : start;
}

/* "plus" or + before the word that begins at `i`: where it begins; `i`: there is none. */
static size_t plus_before(const struct detect *detect, size_t i)
{
    size_t end = back_over_blanks(detect, i, 1);
    if (byte_at(detect, end - 1) == '+') return end > detect->done ? end - 1 : i;
    struct slice word = word_before(detect, i);
    size_t start = (size_t)(word.at - detect->at);
    return same_small(word, "plus") && start >= detect->done ? start : i;
}

size_t country_said(const struct detect *detect, size_t i)
{
    struct slice word = word_before(detect, i);
    if (!same_small(word, "four")) return i;
    struct slice first = word_before(detect, (size_t)(word.at - detect->at));
    if (!same_small(first, "four") && !same_small(first, "forty")) return i;
    size_t four = (size_t)(first.at - detect->at), start = plus_before(detect, four);
    return start < four ? start : i;
}

bool detect_spoken(struct detect *detect, size_t i)
{
    if (letter_before(detect, i)) return false;
    if (byte_at(detect, i) == '0') return spoken_from(detect, i, i);
    int what = said_by(word_at(detect, i));
    if (what != 0 && what != 7) return false;
    size_t start = what == 7 ? country_said(detect, i) : i;
    if (start < i) return spoken_from(detect, start, i);
    if (what == 7) i = trunk_before(detect, i);
    return spoken_from(detect, i, i);
}
