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

/* Few have the rarest word: they are looked at one by one, and sorted. */
static size_t search_few(const struct register_view *view, const struct register_word *few,
                         size_t few_count, const struct slice *words, size_t count,
                         struct arena *arena, const struct registered **found, size_t most)
{
    struct match *met = arena_take(arena, few_count + 1, sizeof *met);
    size_t matched = 0, given = 0;
    for (size_t i = 0; i < few_count; i++)
        if (matches(view->slots[few[i].slot].folded, words, count))
            met[matched++] = (struct match){view, few[i].slot};
    if (matched > 0) qsort(met, matched, sizeof *met, by_name);
    for (size_t i = 0; i < matched && given < most; i++)
        if (i == 0 || met[i].slot != met[i - 1].slot)
            found[given++] = &view->slots[met[i].slot].person;
    return given;
}

/* Many have every word: enough of them are soon met in the order of names. */
static size_t search_many(const struct register_view *view, const struct slice *words, size_t count,
                          const struct registered **found, size_t most)
{
    size_t given = 0;
    for (size_t i = 0; given < most && i < view->order.count; i++) {
        const struct register_slot *slot = &view->slots[view->order.at[i]];
        if (matches(slot->folded, words, count)) found[given++] = &slot->person;
    }
    return given;
}

size_t register_search(const struct register_view *view, struct slice words, struct arena *arena,
                       const struct registered ***ret_found, size_t most)
{
    AUTO_TEXT struct text typed;
    struct slice parts[SOUGHT_LARGEST];
    const struct register_word *few = NULL;
    size_t few_count = SIZE_MAX;
    most = most > REGISTER_FOUND_LARGEST ? REGISTER_FOUND_LARGEST : most;
    *ret_found = arena_take(arena, most + 1, sizeof **ret_found);
    text_init(&typed, TYPED_LARGEST);
    fold_add(&typed, slice_part(words, 0, TYPED_LARGEST / 2));
    size_t count = split(text_slice(&typed), parts);
    for (size_t i = 0; i < count; i++) {
        const struct register_word *first;
        size_t having = register_words_find(view, parts[i], &first);
        if (having >= few_count) continue;
        few = first;
        few_count = having;
    }
    if (count == 0) return 0;
    if (few_count <= (count > 1 ? SIFTED_LARGEST : SORTED_LARGEST))
        return search_few(view, few, few_count, parts, count, arena, *ret_found, most);
    return search_many(view, parts, count, *ret_found, most);
}
