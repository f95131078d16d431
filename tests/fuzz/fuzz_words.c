/* Any bytes as a vocabulary: read, every problem printed; each phrase read must be found again, also in a copy. */
#include <assert.h>

#include "policy/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_place(const struct words *words, enum word_place place)
{
    for (size_t i = 0; i < words_count(words, place); i++) {
        bool record = words->facts.count > i && words->facts.at[i].kind == FACT_RECORD;
        if ((place == WORD_FACT && record) || (place == WORD_RECORD && !record)) continue;
        const struct word *word = words_word(words, place, (int)i);
        size_t length = 0;
        assert(words_find(words, place, word->phrase) == (int)i);
        assert(words_find_id(words, place, word->id) == (int)i);
        assert(words_match(words, place, word->phrase, &length) == (int)i);
        assert(length <= word->phrase.length);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct slice source = arena_copy(arena, (struct slice){(const char *)data, size});
    struct problems problems;
    struct words words, copy;
    struct text out;
    problems_init(&problems, arena);
    text_init(&out, 1 << 22);
    if (words_read(SLICE("fuzz.md"), source, arena, &problems, &words)) {
        words_copy(&words, arena, &copy);
        for (int place = WORD_PERSON; place < WORD_NAME; place++) {
            check_place(&words, (enum word_place)place);
            check_place(&copy, (enum word_place)place);
        }
    }
    for (size_t i = 0; i < problems.list.count; i++)
        problem_print(&problems.list.at[i], source, &out);
    (void)words_nearest(&words, WORD_ACT, slice_part(source, 0, 60));
    text_clear(&out);
    arena_free(arena);
    return 0;
}
