/* Phrases of the vocabulary that could be one: two rows of a table that say the same in other words, so that a policy which
 * uses the one and a question which uses the other never meet. Doubts for the author of words.md, nothing more. */
#include "policy/lint.h"
#include "policy/phrase.h"

#include <string.h>

#define CONTENT_LARGEST PHRASE_WORDS_LARGEST
#define SHORT_FORM 4 /* letters from which the beginning of a word may stand for it */

/* The words of a phrase that carry its sense, as stems. */
struct content {
    struct phrase phrase;
    size_t count;
    struct slice words[CONTENT_LARGEST];
};

static bool carries_sense(struct slice stem)
{
    static const char *const small[] = {"of", "to",   "in",   "on",  "by", "for",  "with", "at",
                                        "it", "from", "that", "and", "or", "this", "as",   "is",
                                        "be", "are",  "ha",   "i",   "wa", "been"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        if (slice_is(stem, small[i])) return false;
    }
    return true;
}

static void content_of(struct slice text, struct content *ret_content)
{
    ret_content->count = 0;
    phrase_cut(text, PHRASE_WORDS_LARGEST, &ret_content->phrase);
    for (size_t i = 0; i < ret_content->phrase.count; i++) {
        struct slice stem = phrase_word(&ret_content->phrase, i);
        if (carries_sense(stem)) ret_content->words[ret_content->count++] = stem;
    }
}

static bool has_word(const struct content *content, struct slice stem)
{
    for (size_t i = 0; i < content->count; i++) {
        if (slice_equal(content->words[i], stem)) return true;
    }
    return false;
}

/* How many words of a stand in b. */
static size_t shared(const struct content *a, const struct content *b)
{
    size_t count = 0;
    for (size_t i = 0; i < a->count; i++) count += has_word(b, a->words[i]);
    return count;
}

/* The place of the first word of a that b lacks, or a's count. */
static size_t odd_word(const struct content *a, const struct content *b)
{
    size_t at = 0;
    while (at < a->count && has_word(b, a->words[at])) at++;
    return at;
}

/* `photo` and `photograph`, or a slip of the pen. */
static bool same_word(struct slice a, struct slice b)
{
    bool begins = a.length >= SHORT_FORM && b.length >= SHORT_FORM &&
                  (slice_starts(a, b) || slice_starts(b, a));
    return begins || phrase_near(a, b);
}

/* The same words in any order, or all but one, where another form of it stands. */
static bool same_sense(const struct content *a, const struct content *b)
{
    if (a->count == 0 || a->count != b->count) return false;
    size_t common = shared(a, b);
    if (common == a->count && shared(b, a) == b->count) return true;
    if (a->count < 2 || common != a->count - 1 || shared(b, a) != b->count - 1) return false;
    size_t odd = odd_word(a, b);
    return odd == odd_word(b, a) && same_word(a->words[odd], b->words[odd]);
}

/* All the words of a, and one more. */
static bool says_more(const struct content *a, const struct content *b)
{
    return a->count >= 2 && b->count == a->count + 1 && shared(a, b) == a->count;
}

static struct slice spelling(const struct word *word, size_t index)
{
    return index == 0 ? word->phrase : word->also.at[index - 1];
}

/* `wider`: a phrase with one word more may mean the same; of people it means others. */
static bool could_be_one(const struct word *a, const struct word *b, bool wider)
{
    struct content left, right;
    for (size_t i = 0; i <= a->also.count; i++) {
        content_of(spelling(a, i), &left);
        for (size_t k = 0; k <= b->also.count; k++) {
            content_of(spelling(b, k), &right);
            if (same_sense(&left, &right)) return true;
            if (wider && (says_more(&left, &right) || says_more(&right, &left))) return true;
        }
    }
    return false;
}

static bool joined(const struct word *a, int b)
{
    for (size_t i = 0; i < a->counts_as.count; i++) {
        if (a->counts_as.at[i] == b) return true;
    }
    return false;
}

/* Facts are two things where the same question is not asked the same way: a choice and a number never are one. */
static bool comparable(const struct words *words, enum word_place place, int a, int b)
{
    if (place != WORD_FACT && place != WORD_RECORD) return true;
    return words->facts.at[a].kind == words->facts.at[b].kind;
}

static void say(const struct words *words, const struct word *a, const struct word *b,
                struct problems *problems)
{
    struct problem *problem = problems_add(problems, true, ERROR_MEANING, words->file, b->line, 1,
                                           "'%.*s' could be one with '%.*s' of line %zu",
                                           SLICE_PRINT(b->phrase), SLICE_PRINT(a->phrase), a->line);
    problem_point(problem, b->phrase,
                  "put one under 'also called' of the other, or let one count as the other, or say "
                  "the difference in the phrase");
}

void lint_words(const struct words *words, struct problems *problems)
{
    static const enum word_place places[] = {WORD_PERSON, WORD_CHANNEL, WORD_ACT, WORD_FACT};
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        int count = (int)words_count(words, places[p]);
        for (int a = 0; a < count; a++) {
            const struct word *first = words_word(words, places[p], a);
            for (int b = a + 1; b < count; b++) {
                const struct word *second = words_word(words, places[p], b);
                bool apart =
                    joined(first, b) || joined(second, a) || !comparable(words, places[p], a, b);
                if (!apart && could_be_one(first, second, places[p] != WORD_PERSON))
                    say(words, first, second, problems);
            }
        }
    }
}
