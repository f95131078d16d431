/* Words gathered from a lexicon's forms and stems, sorted by shape, with a table by letters without repeats; see evade_words.h. */
#include "screen/evade_words.h"

#include <stdlib.h>
#include <string.h>

#include "screen/lexicon_parts.h"

#define LETTERS 26
#define SHAPES ((size_t)LETTERS * LETTERS * (EVADE_WORD_LARGEST + 1))

struct evade_words {
    LIST(struct evade_word) list;
    uint32_t *bits;              /* of each word */
    uint32_t shapes[SHAPES + 1]; /* where each shape begins */
    uint32_t
        lengths[LETTERS * LETTERS]; /* by first and last letter: a bit a length that there is */
    uint32_t *runs;                 /* open: places, by the hash of the letters without repeats */
    size_t run_space;
};

static size_t ends_of(char first, char last)
{
    return (size_t)(first - 'a') * LETTERS + (size_t)(last - 'a');
}

static size_t shape_of(char first, size_t length, char last)
{
    return ends_of(first, last) * (EVADE_WORD_LARGEST + 1) + length;
}

/* ---- gathering ---------------------------------------------------------------------------------- */

/* Most words stand in many forms: each is kept once, but for those that count inside others. */
struct gathering {
    const struct lexicon *lexicon;
    struct arena *arena;
    struct evade_words *words;
    uint32_t *places; /* open: those kept once, by their hash */
    size_t space;
};

static bool is_plain(struct slice word)
{
    if (word.length < EVADE_WORD_LEAST || word.length > EVADE_WORD_LARGEST) return false;
    for (size_t i = 0; i < word.length; i++) {
        if (word.at[i] < 'a' || word.at[i] > 'z') return false;
    }
    return true;
}

static unsigned weight(const struct evade_word *word)
{
    return (word->within ? 8u : 0u) + (word->alone ? 4u : 0u) + (word->hold ? 2u : 0u);
}

/* Which of the same word says more. */
static int by_weight(const struct evade_word *one, const struct evade_word *other)
{
    if (weight(one) != weight(other)) return weight(one) > weight(other) ? -1 : 1;
    return (one->entry > other->entry) - (one->entry < other->entry);
}

static bool same_word(const struct evade_word *one, const struct evade_word *other)
{
    return one->length == other->length && memcmp(one->letters, other->letters, one->length) == 0;
}

static uint32_t *place_of(const struct gathering *gathering, const struct evade_word *word)
{
    uint64_t hash = token_hash((struct slice){word->letters, word->length});
    size_t at = (size_t)(hash ^ hash >> 32) & (gathering->space - 1);
    const struct evade_word *list = gathering->words->list.at;
    while (gathering->places[at] != NO_EVADE_WORD && !same_word(&list[gathering->places[at]], word))
        at = (at + 1) & (gathering->space - 1);
    return &gathering->places[at];
}

static void make_places(struct gathering *gathering, size_t space)
{
    gathering->space = space;
    gathering->places = ARENA_ARRAY(gathering->arena, uint32_t, space);
    memset(gathering->places, 0xFF, space * sizeof *gathering->places);
    for (size_t i = 0; i < gathering->words->list.count; i++) {
        const struct evade_word *word = &gathering->words->list.at[i];
        if (!word->within) *place_of(gathering, word) = (uint32_t)i;
    }
}

static void keep_once(struct gathering *gathering, const struct evade_word *word)
{
    struct evade_words *words = gathering->words;
    if (2 * words->list.count >= gathering->space) make_places(gathering, 2 * gathering->space);
    uint32_t *place = place_of(gathering, word);
    if (*place == NO_EVADE_WORD) {
        *place = (uint32_t)words->list.count;
        LIST_PUSH(gathering->arena, &words->list, *word);
    } else if (by_weight(word, &words->list.at[*place]) < 0) {
        words->list.at[*place] = *word;
    }
}

static void gather(struct gathering *gathering, struct slice letters, uint32_t entry,
                   struct evade_word word)
{
    const struct lexicon_entry *said = lexicon_entry(gathering->lexicon, entry);
    if (!is_plain(letters) || finding_is_topic(said->kind) || finding_is_sign(said->kind)) return;
    memcpy(word.letters, letters.at, letters.length);
    word.length = (uint8_t)letters.length;
    word.entry = entry;
    word.hold = said->level == LEVEL_HOLD;
    word.swear = said->kind == FINDING_PROFANITY || said->kind == FINDING_DISCRIMINATORY;
    if (word.within)
        LIST_PUSH(gathering->arena, &gathering->words->list, word);
    else
        keep_once(gathering, &word);
}

/* Whether the word is the one at the same place in the form before, which says no less: one wording has many spellings. */
static bool is_repeated(const struct gathering *gathering, const struct lexicon_form *form,
                        const struct lexicon_form *before, size_t word, size_t at)
{
    if (before == NULL || before->count != form->count || before->entry == 0) return false;
    const struct lexicon_entry *one = lexicon_entry(gathering->lexicon, form->entry);
    const struct lexicon_entry *other = lexicon_entry(gathering->lexicon, before->entry);
    return one->kind == other->kind && one->level == other->level && before->entry < form->entry &&
           at + form->lengths[word] <= before->length &&
           memcmp(before->lengths, form->lengths, word + 1) == 0 &&
           memcmp(before->letters + at, form->letters + at, form->lengths[word]) == 0;
}

static void gather_form(struct gathering *gathering, const struct lexicon_form *form,
                        const struct lexicon_form *before)
{
    size_t at = 0;
    for (size_t i = 0; i < form->count; at += form->lengths[i++]) {
        if (is_repeated(gathering, form, before, i, at)) continue;
        gather(gathering, (struct slice){form->letters + at, form->lengths[i]}, form->entry,
               (struct evade_word){.alone = form->count == 1});
    }
}

static void gather_all(struct gathering *gathering)
{
    const struct lexicon *lexicon = gathering->lexicon;
    for (size_t i = 0; i < lexicon->stems.count; i++) {
        const struct lexicon_stem *stem = &lexicon->stems.at[i];
        gather(gathering, (struct slice){stem->letters, stem->length}, stem->entry,
               (struct evade_word){
                   .alone = true, .within = true, .begins = stem->begins, .ends = stem->ends});
    }
    const struct lexicon_form *before = NULL;
    for (size_t i = 0; i < lexicon->forms.count; i++) {
        const struct lexicon_form *form = &lexicon->forms.at[i];
        if (form->entry == 0 || form->dead || form->joined) continue;
        gather_form(gathering, form, before);
        before = form;
    }
}

/* ---- sorted by shape ---------------------------------------------------------------------------- */

/* By shape, then by letters; of the same word first what says most. */
static int by_shape(const void *a, const void *b)
{
    const struct evade_word *one = a, *other = b;
    size_t shape = shape_of(one->letters[0], one->length, one->letters[one->length - 1]);
    size_t its = shape_of(other->letters[0], other->length, other->letters[other->length - 1]);
    if (shape != its) return shape < its ? -1 : 1;
    int order = memcmp(one->letters, other->letters, one->length);
    if (order != 0) return order;
    return by_weight(one, other);
}

/* Each word once, but for those that count inside others. */
static void sort(struct evade_words *words)
{
    size_t kept = 0;
    struct evade_word *at = words->list.at;
    if (words->list.count > 1) qsort(at, words->list.count, sizeof *at, by_shape);
    for (size_t i = 0; i < words->list.count; i++) {
        if (kept > 0 && !at[i].within && same_word(&at[kept - 1], &at[i])) continue;
        at[kept++] = at[i];
    }
    words->list.count = kept;
}

static void note_shapes(struct evade_words *words)
{
    size_t place = 0;
    for (size_t shape = 0; shape <= SHAPES; shape++) {
        for (; place < words->list.count; place++) {
            const struct evade_word *word = &words->list.at[place];
            if (shape_of(word->letters[0], word->length, word->letters[word->length - 1]) >= shape)
                break;
        }
        words->shapes[shape] = (uint32_t)place;
    }
    for (size_t i = 0; i < words->list.count; i++) {
        const struct evade_word *word = &words->list.at[i];
        for (size_t k = 0; k < word->length; k++) words->bits[i] |= evade_bit(word->letters[k]);
        words->lengths[ends_of(word->letters[0], word->letters[word->length - 1])] |=
            1u << word->length;
    }
}

/* ---- by letters without repeats ----------------------------------------------------------------- */

static size_t without_repeats(struct slice word, char *out)
{
    size_t count = 0;
    for (size_t i = 0; i < word.length; i++) {
        if (count == 0 || out[count - 1] != word.at[i]) out[count++] = word.at[i];
    }
    return count;
}

static struct slice letters_of(const struct evade_word *word)
{
    return (struct slice){word->letters, word->length};
}

static bool has_runs(const struct evade_word *word, struct slice letters)
{
    char own[EVADE_WORD_LARGEST];
    size_t count = without_repeats(letters_of(word), own);
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

static void note_runs(struct evade_words *words, uint32_t place)
{
    struct evade_word *word = &words->list.at[place];
    char letters[EVADE_WORD_LARGEST];
    size_t count = without_repeats(letters_of(word), letters);
    uint32_t *runs = &words->runs[find_runs(words, (struct slice){letters, count})];
    word->next_runs = *runs;
    *runs = place;
}

#define PLACES_FIRST ((size_t)16384)

const struct evade_words *evade_words_new(const struct lexicon *lexicon, struct arena *arena)
{
    struct evade_words *words = ARENA_ARRAY(arena, struct evade_words, 1);
    struct gathering gathering = {.lexicon = lexicon, .arena = arena, .words = words};
    make_places(&gathering, PLACES_FIRST);
    gather_all(&gathering);
    sort(words);
    words->bits = ARENA_ARRAY(arena, uint32_t, words->list.count + 1);
    note_shapes(words);
    words->run_space = 64;
    while (words->run_space < 2 * words->list.count) words->run_space *= 2;
    words->runs = ARENA_ARRAY(arena, uint32_t, words->run_space);
    memset(words->runs, 0xFF, words->run_space * sizeof *words->runs);
    for (uint32_t i = 0; i < words->list.count; i++) note_runs(words, i);
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

struct evade_shape evade_words_shape(const struct evade_words *words, char first, size_t length,
                                     char last)
{
    struct evade_shape shape = {0, 0, words->bits};
    if (length > EVADE_WORD_LARGEST) return shape;
    if ((words->lengths[ends_of(first, last)] >> length & 1) == 0) return shape;
    size_t at = shape_of(first, length, last);
    shape.from = words->shapes[at];
    shape.to = words->shapes[at + 1];
    return shape;
}

uint32_t evade_words_runs(const struct evade_words *words, struct slice letters)
{
    if (letters.length > EVADE_WORD_LARGEST) return NO_EVADE_WORD;
    return words->runs[find_runs(words, letters)];
}

uint32_t evade_words_inside(const struct lexicon *lexicon, struct slice word)
{
    for (size_t i = 0; i + STEM_LEAST <= word.length; i++) {
        const struct lexicon_stem *stem = lexicon_stem_at(&lexicon->stems, word.at, word.length, i);
        if (stem != NULL && lexicon_entry(lexicon, stem->entry)->level == LEVEL_HOLD)
            return stem->entry;
    }
    return 0;
}
