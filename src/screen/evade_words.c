/* Words gathered from a lexicon's forms and stems into two tables; see evade_words.h. */
#include "screen/evade_words.h"

#include <string.h>

#include "screen/lexicon_parts.h"

#define LETTERS 26
#define SHAPES ((size_t)LETTERS * LETTERS * (EVADE_WORD_LARGEST + 1))

struct evade_words {
    LIST(struct evade_word) list;
    uint32_t *runs; /* open: places, by the hash of the letters without repeats */
    size_t run_space;
    uint32_t shapes[SHAPES];
    uint32_t within[LETTERS]; /* a bit a second letter */
};

static size_t without_repeats(struct slice word, char *out)
{
    size_t count = 0;
    for (size_t i = 0; i < word.length; i++) {
        if (count == 0 || out[count - 1] != word.at[i]) out[count++] = word.at[i];
    }
    return count;
}

static bool has_runs(const struct evade_word *word, struct slice letters)
{
    char own[EVADE_WORD_LARGEST];
    size_t count = without_repeats((struct slice){word->letters, word->length}, own);
    return slice_equal(letters, (struct slice){own, count});
}

/* Where the words with these letters stand, or may. */
static size_t find_runs(const struct evade_words *words, struct slice letters)
{
    uint64_t hash = token_hash(letters);
    size_t at = (size_t)(hash ^ hash >> 32) & (words->run_space - 1);
    while (words->runs[at] != NO_EVADE_WORD && !has_runs(&words->list.at[words->runs[at]], letters))
        at = (at + 1) & (words->run_space - 1);
    return at;
}

static size_t shape_of(char first, size_t length, char last)
{
    return ((size_t)(first - 'a') * LETTERS + (size_t)(last - 'a')) * (EVADE_WORD_LARGEST + 1) +
           length;
}

static bool is_plain(struct slice word)
{
    if (word.length < EVADE_WORD_LEAST || word.length > EVADE_WORD_LARGEST) return false;
    for (size_t i = 0; i < word.length; i++) {
        if (word.at[i] < 'a' || word.at[i] > 'z') return false;
    }
    return true;
}

/* ---- gathering ---------------------------------------------------------------------------------- */

struct gathering {
    const struct lexicon *lexicon;
    struct arena *arena;
    struct evade_words *words;
};

static void gather(const struct gathering *gathering, struct slice letters, uint32_t entry,
                   struct evade_word word)
{
    const struct lexicon_entry *said = lexicon_entry(gathering->lexicon, entry);
    if (!is_plain(letters) || finding_is_topic(said->kind)) return;
    word.letters = letters.at;
    word.length = (uint32_t)letters.length;
    word.entry = entry;
    word.hold = said->level == LEVEL_HOLD;
    word.swear = said->kind == FINDING_PROFANITY || said->kind == FINDING_DISCRIMINATORY;
    LIST_PUSH(gathering->arena, &gathering->words->list, word);
}

static void gather_form(const struct gathering *gathering, const struct lexicon_form *form)
{
    const char *letters = form->letters;
    if (form->entry == 0 || form->dead || form->joined) return;
    for (size_t i = 0; i < form->count; letters += form->lengths[i++])
        gather(gathering, (struct slice){letters, form->lengths[i]}, form->entry,
               (struct evade_word){.alone = form->count == 1});
}

static void gather_all(const struct gathering *gathering)
{
    const struct lexicon *lexicon = gathering->lexicon;
    for (size_t i = 0; i < lexicon->stems.count; i++) {
        const struct lexicon_stem *stem = &lexicon->stems.at[i];
        gather(gathering, (struct slice){stem->letters, stem->length}, stem->entry,
               (struct evade_word){
                   .alone = true, .within = true, .begins = stem->begins, .ends = stem->ends});
    }
    for (size_t i = 0; i < lexicon->forms.count; i++) gather_form(gathering, &lexicon->forms.at[i]);
}

/* ---- tables ------------------------------------------------------------------------------------- */

/* Whether the same word is there already and says as much. */
static bool is_known(const struct evade_words *words, uint32_t first, const struct evade_word *word)
{
    for (uint32_t i = first; i != NO_EVADE_WORD; i = words->list.at[i].next_runs) {
        const struct evade_word *other = &words->list.at[i];
        if (other->length == word->length &&
            memcmp(other->letters, word->letters, word->length) == 0 &&
            other->alone >= word->alone && other->hold >= word->hold && !word->within)
            return true;
    }
    return false;
}

static void put(struct evade_words *words, uint32_t place)
{
    struct evade_word *word = &words->list.at[place];
    char letters[EVADE_WORD_LARGEST];
    size_t count = without_repeats((struct slice){word->letters, word->length}, letters);
    uint32_t *runs = &words->runs[find_runs(words, (struct slice){letters, count})];
    if (is_known(words, *runs, word)) return;
    word->next_runs = *runs;
    *runs = place;
    uint32_t *shape =
        &words->shapes[shape_of(word->letters[0], word->length, word->letters[word->length - 1])];
    word->next_shape = *shape;
    *shape = place;
    if (word->within)
        words->within[word->letters[0] - 'a'] |= UINT32_C(1) << (word->letters[1] - 'a');
}

const struct evade_words *evade_words_new(const struct lexicon *lexicon, struct arena *arena)
{
    struct evade_words *words = ARENA_ARRAY(arena, struct evade_words, 1);
    struct gathering gathering = {lexicon, arena, words};
    gather_all(&gathering);
    words->run_space = 64;
    while (words->run_space < 2 * words->list.count) words->run_space *= 2;
    words->runs = ARENA_ARRAY(arena, uint32_t, words->run_space);
    memset(words->runs, 0xFF, words->run_space * sizeof *words->runs);
    memset(words->shapes, 0xFF, sizeof words->shapes);
    for (uint32_t i = 0; i < words->list.count; i++) put(words, i);
    return words;
}

/* ---- asking ------------------------------------------------------------------------------------- */

const struct evade_words *evade_words_of(const struct lexicon *lexicon)
{
    return lexicon->disguised;
}

const struct evade_word *evade_words_get(const struct evade_words *words, uint32_t place)
{
    return &words->list.at[place];
}

uint32_t evade_words_runs(const struct evade_words *words, struct slice letters)
{
    if (letters.length > EVADE_WORD_LARGEST) return NO_EVADE_WORD;
    return words->runs[find_runs(words, letters)];
}

uint32_t evade_words_shape(const struct evade_words *words, char first, size_t length, char last)
{
    if (length > EVADE_WORD_LARGEST) return NO_EVADE_WORD;
    return words->shapes[shape_of(first, length, last)];
}

bool evade_words_within(const struct evade_words *words, char first, char second)
{
    return (words->within[first - 'a'] >> (second - 'a') & 1) != 0;
}
