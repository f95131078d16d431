/* Finding the word that a phrase names, and the copy of the vocabulary that one policy adds its own phrases to. How
 * words.md is read stands in vocabulary.c and word_rows.c, how phrases are compared in phrase.c. */
#include "policy/words.h"

#include <assert.h>
#include <string.h>

#include "policy/phrase.h"

const struct word *words_word(const struct words *words, enum word_place place, int index)
{
    assert(index >= 0 && (size_t)index < words_count(words, place));
    switch (place) {
    case WORD_PERSON: return &words->people.at[index].word;
    case WORD_CHANNEL: return &words->channels.at[index].word;
    case WORD_ACT: return &words->acts.at[index].word;
    case WORD_FACT:
    case WORD_RECORD: return &words->facts.at[index].word;
    case WORD_NAME: return &words->names.at[index].word;
    case WORD_PLACES: break;
    }
    return NULL;
}

size_t words_count(const struct words *words, enum word_place place)
{
    switch (place) {
    case WORD_PERSON: return words->people.count;
    case WORD_CHANNEL: return words->channels.count;
    case WORD_ACT: return words->acts.count;
    case WORD_FACT:
    case WORD_RECORD: return words->facts.count;
    case WORD_NAME: return words->names.count;
    case WORD_PLACES: break;
    }
    return 0;
}

static void enter(struct words *words, struct word_key key)
{
    struct map *map = key.id ? &words->ids[key.place] : &words->phrases[key.place];
    map_set(map, key.key, key.index);
    LIST_PUSH(words->arena, &words->keys, key);
}

bool words_enter_phrase(struct words *words, enum word_place place, struct slice text, int index,
                        int *ret_other)
{
    struct phrase phrase;
    text = slice_trim(text);
    phrase_cut(text, PHRASE_WORDS_LARGEST, &phrase);
    *ret_other = -1;
    if (phrase.count == 0 || phrase.next < text.length) return false;
    struct slice key = phrase_key(&phrase, phrase.count);
    int64_t taken = map_get(&words->phrases[place], key);
    if (taken >= 0) {
        *ret_other = (int)taken;
        return taken == index; /* two spellings that stem alike are one phrase */
    }
    enter(words, (struct word_key){arena_copy(words->arena, key), place, false, index});
    if (phrase.count > words->longest[place]) words->longest[place] = phrase.count;
    return true;
}

int words_enter_id(struct words *words, enum word_place place, struct slice id, int index)
{
    int taken = words_find_id(words, place, id);
    if (taken >= 0) return taken;
    enter(words, (struct word_key){id, place, true, index});
    return -1;
}

int words_match(const struct words *words, enum word_place place, struct slice text,
                size_t *ret_length)
{
    struct phrase phrase;
    phrase_cut(text, words->longest[place], &phrase);
    for (size_t count = phrase.count; count > 0; count--) {
        int64_t index = map_get(&words->phrases[place], phrase_key(&phrase, count));
        if (index >= 0) {
            *ret_length = phrase.took[count - 1];
            return (int)index;
        }
    }
    return -1;
}

int words_find_id(const struct words *words, enum word_place place, struct slice id)
{
    return (int)map_get(&words->ids[place], id);
}

int words_find(const struct words *words, enum word_place place, struct slice text)
{
    struct phrase phrase;
    text = slice_trim(text);
    phrase_cut(text, PHRASE_WORDS_LARGEST, &phrase);
    int64_t index = -1;
    if (phrase.count > 0 && phrase.next == text.length)
        index = map_get(&words->phrases[place], phrase_key(&phrase, phrase.count));
    return index >= 0 ? (int)index : words_find_id(words, place, text);
}

/* ---- did you mean ------------------------------------------------------------------------------ */

/* How well a phrase answers a text: a word they share counts 4, one that may be misspelt 3. */
static size_t likeness(const struct phrase *text, struct slice candidate, size_t *ret_words)
{
    struct phrase phrase;
    phrase_cut(candidate, PHRASE_WORDS_LARGEST, &phrase);
    *ret_words = phrase.count;
    size_t score = 0;
    for (size_t i = 0; i < text->count; i++) {
        size_t best = 0;
        for (size_t j = 0; j < phrase.count && best < 4; j++) {
            struct slice word = phrase_word(text, i);
            struct slice other = phrase_word(&phrase, j);
            if (slice_equal(word, other))
                best = 4;
            else if (best < 3 && phrase_near(word, other))
                best = 3;
        }
        score += best;
    }
    return score;
}

struct nearest {
    const struct phrase *text;
    size_t score, words;
    struct slice phrase;
};

/* Takes the word if its phrase or one of its synonyms is nearer; shorter wins among equals, then the earlier row. */
static void weigh_word(struct nearest *nearest, const struct word *word)
{
    for (size_t i = 0; i <= word->also.count; i++) {
        size_t words;
        size_t score =
            likeness(nearest->text, i == 0 ? word->phrase : word->also.at[i - 1], &words);
        if (score > nearest->score ||
            (score > 0 && score == nearest->score && words < nearest->words)) {
            nearest->score = score;
            nearest->words = words;
            nearest->phrase = word->phrase;
        }
    }
}

struct slice words_nearest(const struct words *words, enum word_place place, struct slice text)
{
    struct phrase phrase;
    phrase_cut(text, PHRASE_WORDS_LARGEST, &phrase);
    struct nearest nearest = {.text = &phrase, .phrase = SLICE_EMPTY};
    for (size_t i = 0; i < words_count(words, place); i++) {
        bool record =
            (place == WORD_FACT || place == WORD_RECORD) && words->facts.at[i].kind == FACT_RECORD;
        if ((place == WORD_FACT && record) || (place == WORD_RECORD && !record)) continue;
        weigh_word(&nearest, words_word(words, place, (int)i));
    }
    return nearest.phrase;
}

/* ---- a policy's copy --------------------------------------------------------------------------- */

static void *copy_members(struct arena *arena, const void *at, size_t count, size_t size)
{
    if (at == NULL || count == 0) return NULL;
    return memcpy(arena_take(arena, count, size), at, count * size);
}

/* A list whose members are copied and which grows in the arena of the copy only. */
#define LIST_COPY(arena, ret_list, list)                                                           \
    ((ret_list)->count = (ret_list)->space = (list)->count,                                        \
     (ret_list)->at = copy_members((arena), (list)->at, (list)->count, sizeof *(list)->at))

/* The lists of a copied word still stand in the shared arena: with no room left, the first append moves them. */
static void seal_word(struct word *word)
{
    word->also.space = word->also.count;
    word->counts_as.space = word->counts_as.count;
}

static void copy_tables(const struct words *shared, struct words *copy)
{
    LIST_COPY(copy->arena, &copy->people, &shared->people);
    LIST_COPY(copy->arena, &copy->channels, &shared->channels);
    LIST_COPY(copy->arena, &copy->acts, &shared->acts);
    LIST_COPY(copy->arena, &copy->facts, &shared->facts);
    LIST_COPY(copy->arena, &copy->readings, &shared->readings);
    LIST_COPY(copy->arena, &copy->names, &shared->names);
    for (size_t i = 0; i < copy->people.count; i++) seal_word(&copy->people.at[i].word);
    for (size_t i = 0; i < copy->channels.count; i++) seal_word(&copy->channels.at[i].word);
    for (size_t i = 0; i < copy->acts.count; i++) {
        seal_word(&copy->acts.at[i].word);
        copy->acts.at[i].before.space = copy->acts.at[i].before.count;
    }
    for (size_t i = 0; i < copy->facts.count; i++) seal_word(&copy->facts.at[i].word);
    for (size_t i = 0; i < copy->names.count; i++) seal_word(&copy->names.at[i].word);
}

static void init_maps(struct words *words)
{
    for (size_t i = 0; i < WORD_PLACES; i++) {
        map_init(&words->phrases[i], words->arena);
        map_init(&words->ids[i], words->arena);
    }
}

void words_init(struct words *words, struct slice file, struct slice source, struct arena *arena)
{
    *words = (struct words){.arena = arena, .file = file, .source = source};
    init_maps(words);
}

void words_copy(const struct words *shared, struct arena *arena, struct words *ret_words)
{
    words_init(ret_words, shared->file, shared->source, arena);
    copy_tables(shared, ret_words);
    memcpy(ret_words->longest, shared->longest, sizeof ret_words->longest);
    for (size_t i = 0; i < shared->keys.count; i++) enter(ret_words, shared->keys.at[i]);
}

static struct word *add_row(struct words *words, enum word_place place, bool judgement)
{
    if (place == WORD_PERSON) return &LIST_ADD(words->arena, &words->people)->word;
    if (place == WORD_CHANNEL) return &LIST_ADD(words->arena, &words->channels)->word;
    assert(place == WORD_NAME); /* acts and facts are the vocabulary's alone */
    struct name *name = LIST_ADD(words->arena, &words->names);
    name->judgement = judgement;
    return &name->word;
}

/* The words of the phrase joined by '-'; a number behind them where the vocabulary has that id. */
static struct slice make_id(struct words *words, enum word_place place, struct slice text)
{
    struct phrase phrase;
    phrase_cut(text, PHRASE_WORDS_LARGEST, &phrase);
    struct slice key = phrase_key(&phrase, phrase.count);
    char *at = arena_take(words->arena, key.length + 1, 1);
    for (size_t i = 0; i < key.length; i++) at[i] = key.at[i] == ' ' ? '-' : key.at[i];
    struct slice joined = {at, key.length};
    struct slice id = joined;
    for (int number = 2; words_find_id(words, place, id) >= 0; number++)
        id = arena_format(words->arena, "%.*s-%d", SLICE_PRINT(joined), number);
    return id;
}

/* Says why a policy's phrase cannot be entered. */
static void refuse_phrase(const struct words *words, enum word_place place, struct slice text,
                          int other, struct slice file, size_t line, size_t column,
                          struct problems *problems)
{
    struct slice quote = problem_quote(text);
    struct problem *problem;
    if (other < 0) {
        problem = problems_add(problems, false, ERROR_WORD, file, line, column,
                               "'%.*s' cannot be a phrase", SLICE_PRINT(quote));
        problem_point(problem, text, PHRASE_ADVICE);
        return;
    }
    problem = problems_add(problems, false, ERROR_MEANING, file, line, column,
                           "phrase '%.*s' names '%.*s' already", SLICE_PRINT(quote),
                           SLICE_PRINT(words_word(words, place, other)->phrase));
    problem_point(problem, text, "give it a phrase of its own");
}

int words_add(struct words *words, enum word_place place, struct slice phrase, bool judgement,
              struct slice file, size_t line, size_t column, struct problems *problems)
{
    struct slice text = slice_trim(phrase);
    int index = (int)words_count(words, place);
    int other;
    if (index >= WORDS_LARGEST) {
        problem_point(problems_add(problems, false, ERROR_LIMIT, file, line, column,
                                   "there are more than %d phrases of this place", WORDS_LARGEST),
                      text, "define fewer phrases");
        return -1;
    }
    if (!words_enter_phrase(words, place, text, index, &other)) {
        refuse_phrase(words, place, text, other, file, line, column, problems);
        return -1;
    }
    struct slice id = make_id(words, place, text);
    struct word *word = add_row(words, place, judgement);
    word->phrase = text;
    word->id = id;
    word->line = line;
    word->own = true;
    (void)words_enter_id(words, place, id, index);
    return index;
}
