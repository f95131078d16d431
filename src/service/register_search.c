/* Finding people by name: every word typed must begin one of their names, accents and capitals aside. */
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "service/register_parts.h"

#define SOUGHT_LARGEST 8
#define TYPED_LARGEST 400
#define SORTED_LARGEST 3000  /* of one word: all that have it are sorted */
#define SIFTED_LARGEST 30000 /* of several words: those that have the others too are sorted */

/* Whether some name in the folded text begins with the word. */
static bool begins(struct slice folded, struct slice word)
{
    for (size_t i = 0; i + word.length <= folded.length; i++) {
        bool start = i == 0 || folded.at[i - 1] == ' ' || folded.at[i - 1] == FOLDED_END;
        if (start && memcmp(folded.at + i, word.at, word.length) == 0) return true;
    }
    return false;
}

static bool matches(struct slice folded, const struct slice *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!begins(folded, words[i])) return false;
    return true;
}

/* Commas part words too: `Smith, Ana` is what a list shows. */
static size_t split(struct slice typed, struct slice words[SOUGHT_LARGEST])
{
    size_t count = 0;
    struct slice part, word;
    while (slice_split(&typed, ' ', &part))
        while (slice_split(&part, ',', &word))
            if (word.length > 0 && count < SOUGHT_LARGEST) words[count++] = word;
    return count;
}

struct match {
    const struct register_view *view;
    uint32_t slot;
};

static int by_name(const void *a, const void *b)
{
    const struct match *one = a, *other = b;
    return register_compare(one->view, one->slot, other->slot);
}

/* What is looked for: words that all must fit, and what else the caller asks of a person. */
struct sought {
    const struct register_view *view;
    struct slice words[SOUGHT_LARGEST];
    size_t count;
    register_keep *keep; /* NULL: anybody */
    const void *context;
    const struct registered **found;
    size_t given, most;
};

static bool fits(const struct sought *sought, uint32_t slot)
{
    const struct register_slot *found = &sought->view->slots[slot];
    return matches(found->folded, sought->words, sought->count) &&
           (sought->keep == NULL || sought->keep(sought->context, &found->person));
}

static void give(struct sought *sought, uint32_t slot)
{
    sought->found[sought->given++] = &sought->view->slots[slot].person;
}

/* Few have the rarest word: they are looked at one by one, and sorted. */
static void search_few(struct sought *sought, const struct register_word *few, size_t few_count,
                       struct arena *arena)
{
    struct match *met = arena_take(arena, few_count + 1, sizeof *met);
    size_t matched = 0;
    for (size_t i = 0; i < few_count; i++)
        if (fits(sought, few[i].slot)) met[matched++] = (struct match){sought->view, few[i].slot};
    if (matched > 0) qsort(met, matched, sizeof *met, by_name);
    for (size_t i = 0; i < matched && sought->given < sought->most; i++)
        if (i == 0 || met[i].slot != met[i - 1].slot) give(sought, met[i].slot);
}

/* Many have every word: enough of them are soon met in the order of names. */
static void search_many(struct sought *sought)
{
    const struct slot_list *order = &sought->view->order;
    for (size_t i = 0; sought->given < sought->most && i < order->count; i++)
        if (fits(sought, order->at[i])) give(sought, order->at[i]);
}

size_t register_search_kept(const struct register_view *view, struct slice words,
                            register_keep *keep, const void *context, struct arena *arena,
                            const struct registered ***ret_found, size_t most)
{
    AUTO_TEXT struct text typed;
    struct sought sought = {.view = view, .keep = keep, .context = context, .most = most};
    const struct register_word *few = NULL;
    size_t few_count = SIZE_MAX;
    *ret_found = sought.found = arena_take(arena, most + 1, sizeof **ret_found);
    text_init(&typed, TYPED_LARGEST);
    fold_add(&typed, slice_part(words, 0, TYPED_LARGEST / 2));
    sought.count = split(text_slice(&typed), sought.words);
    for (size_t i = 0; i < sought.count; i++) {
        const struct register_word *first;
        size_t having = register_words_find(view, sought.words[i], &first);
        if (having >= few_count) continue;
        few = first;
        few_count = having;
    }
    if (sought.count == 0) return 0;
    if (few_count <= (sought.count > 1 ? SIFTED_LARGEST : SORTED_LARGEST))
        search_few(&sought, few, few_count, arena);
    else
        search_many(&sought);
    return sought.given;
}

size_t register_search(const struct register_view *view, struct slice words, struct arena *arena,
                       const struct registered ***ret_found, size_t most)
{
    most = most > REGISTER_FOUND_LARGEST ? REGISTER_FOUND_LARGEST : most;
    return register_search_kept(view, words, NULL, NULL, arena, ret_found, most);
}
