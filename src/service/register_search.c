/* Finding people by name: every word typed must begin one of their names, accents and capitals aside. */
#include <string.h>

#include "base/fold.h"
#include "service/register_parts.h"

#define SOUGHT_LARGEST 8
#define TYPED_LARGEST 400

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

size_t register_search(const struct register_view *view, struct slice words, struct arena *arena,
                       const struct registered ***ret_found, size_t most)
{
    AUTO_TEXT struct text typed;
    struct slice parts[SOUGHT_LARGEST];
    size_t found = 0;
    most = most > REGISTER_FOUND_LARGEST ? REGISTER_FOUND_LARGEST : most;
    *ret_found = arena_take(arena, most + 1, sizeof **ret_found);
    text_init(&typed, TYPED_LARGEST);
    fold_add(&typed, slice_part(words, 0, TYPED_LARGEST / 2));
    size_t count = split(text_slice(&typed), parts);
    for (size_t i = 0; count > 0 && found < most && i < view->order.count; i++) {
        const struct register_slot *slot = &view->slots[view->order.at[i]];
        if (matches(slot->folded, parts, count)) (*ret_found)[found++] = &slot->person;
    }
    return found;
}
