/* Any bytes as a rule block over a small vocabulary; what is taken is printed, read again and must be the same, and its
 * sentences are made. The first byte says whether it is read as law. */
#include <stdlib.h>

#include "../policy/rule_words.h"
#include "policy/parse.h"
#include "policy/print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool kept)
{
    if (!kept) abort();
}

/* The vocabulary is read once; every input gets its own copy. */
static const struct words *shared_words(void)
{
    static struct words words;
    static struct arena *arena;
    if (arena != NULL) return &words;
    arena = arena_new();
    struct problems problems;
    problems_init(&problems, arena);
    require(words_read(SLICE("words.md"), slice_of(rule_words), arena, &problems, &words));
    return &words;
}

/* A person or channel of the block's own can make two phrases that stand side by side read as one. */
static bool has_own(const struct words *words)
{
    for (size_t i = 0; i < words->people.count; i++)
        if (words->people.at[i].word.own) return true;
    for (size_t i = 0; i < words->channels.count; i++)
        if (words->channels.at[i].word.own) return true;
    return words->names.count > 0;
}

static void check_problems(const struct problems *problems)
{
    require(problems->errors > 0);
    for (size_t i = 0; i < problems->list.count; i++) {
        const struct problem *problem = &problems->list.at[i];
        require(problem->line > 0 && problem->column > 0 && problem->width > 0);
        require(problem->sentence.length > 0 && problem->advice.length > 0);
    }
}

static void say(const struct words *words, const struct statements *list, struct arena *arena)
{
    for (size_t i = 0; i < list->list.count; i++) {
        struct sentences said;
        print_in_short(words, 0x52, &list->list.at[i], arena, &said);
        for (size_t k = 0; k < said.list.count; k++) require(said.list.at[k].length > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 16384) return 0;
    AUTO(arena) struct arena *arena = arena_new();
    struct words words;
    struct problems problems;
    struct statements first;
    struct statements second;
    struct slice source = {(const char *)data + 1, size - 1};
    bool law = data[0] == '!';
    words_copy(shared_words(), arena, &words);
    problems_init(&problems, arena);
    if (!parse_rule(SLICE("rule"), source, 1, law, &words, &problems, &first)) {
        check_problems(&problems);
        return 0;
    }
    say(&words, &first, arena);
    AUTO_TEXT struct text text;
    text_init(&text, 1 << 22);
    print_statements(&words, first.list.at, first.list.count, &text);
    require(!text.overflowed);
    bool own = has_own(&words);
    bool read = parse_rule(SLICE("print"), arena_copy(arena, text_slice(&text)), 1, law, &words,
                           &problems, &second);
    if (own) return 0;
    require(read && second.list.count == first.list.count);
    for (size_t i = 0; i < first.list.count; i++)
        require(rule_equal(&first.list.at[i], &second.list.at[i]));
    return 0;
}
