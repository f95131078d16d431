/* The words of people's names, sorted by their folded text, so that a prefix is found without looking at everybody. */
#include <stdlib.h>
#include <string.h>

#include "service/register_parts.h"

static struct slice text_of(const struct register_view *view, struct register_word word)
{
    struct slice folded = view->slots[word.slot].folded;
    return slice_part(folded, word.at, folded.length);
}

static int compare(const struct register_view *view, struct register_word a, struct register_word b)
{
    int by_text = slice_compare(text_of(view, a), text_of(view, b));
    if (by_text != 0) return by_text;
    if (a.slot != b.slot) return a.slot < b.slot ? -1 : 1;
    return a.at < b.at ? -1 : a.at > b.at;
}

/* The next place in the text at which a word begins. */
static bool next_word(struct slice folded, uint32_t *at, bool first)
{
    uint32_t i = first ? 0 : *at + 1;
    for (; i < folded.length; i++) {
        bool start = i == 0 || folded.at[i - 1] == ' ' || folded.at[i - 1] == FOLDED_END;
        if (start && folded.at[i] != FOLDED_END) {
            *at = i;
            return true;
        }
    }
    return false;
}

static size_t place_of(const struct register_view *view, struct register_word word)
{
    size_t low = 0, high = view->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(view, view->words[middle], word) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void push(struct register_view *view, struct register_word word)
{
    view->words =
        register_room(view->words, view->word_count, &view->word_space, sizeof *view->words);
    view->words[view->word_count++] = word;
}

void register_words_add(struct register_view *view, uint32_t slot)
{
    struct slice folded = view->slots[slot].folded;
    struct register_word word = {slot, 0};
    for (bool first = true; next_word(folded, &word.at, first); first = false) {
        size_t at = place_of(view, word);
        push(view, word);
        memmove(view->words + at + 1, view->words + at,
                (view->word_count - 1 - at) * sizeof *view->words);
        view->words[at] = word;
    }
}

void register_words_drop(struct register_view *view, uint32_t slot)
{
    struct slice folded = view->slots[slot].folded;
    struct register_word word = {slot, 0};
    for (bool first = true; next_word(folded, &word.at, first); first = false) {
        size_t at = place_of(view, word);
        if (at == view->word_count || view->words[at].slot != slot || view->words[at].at != word.at)
            continue;
        view->word_count--;
        memmove(view->words + at, view->words + at + 1,
                (view->word_count - at) * sizeof *view->words);
    }
}

struct sorted {
    uint64_t head; /* first eight bytes of the text */
    const struct register_view *view;
    struct register_word word;
};

static int by_text(const void *a, const void *b)
{
    const struct sorted *one = a, *other = b;
    if (one->head != other->head) return one->head < other->head ? -1 : 1;
    return compare(one->view, one->word, other->word);
}

static uint64_t head_of(struct slice text)
{
    uint64_t head = 0;
    for (size_t i = 0; i < 8; i++)
        head = head << 8 | (i < text.length ? (unsigned char)text.at[i] : 0);
    return head;
}

void register_words_sort(struct register_view *view)
{
    view->word_count = 0;
    for (uint32_t slot = 0; slot < view->count; slot++) {
        struct register_word word = {slot, 0};
        for (bool first = true; next_word(view->slots[slot].folded, &word.at, first); first = false)
            push(view, word);
    }
    struct sorted *sorted = memory_grow(NULL, (view->word_count + 1) * sizeof *sorted);
    for (size_t i = 0; i < view->word_count; i++)
        sorted[i] = (struct sorted){head_of(text_of(view, view->words[i])), view, view->words[i]};
    qsort(sorted, view->word_count, sizeof *sorted, by_text);
    for (size_t i = 0; i < view->word_count; i++) view->words[i] = sorted[i].word;
    free(sorted);
}

/* -1: before all that begin with it, 0: begins with it, 1: behind. */
static int against(const struct register_view *view, size_t at, struct slice prefix)
{
    struct slice text = text_of(view, view->words[at]);
    return slice_compare(slice_part(text, 0, prefix.length), prefix);
}

static size_t bound(const struct register_view *view, struct slice prefix, int behind)
{
    size_t low = 0, high = view->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (against(view, middle, prefix) < behind) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t register_words_find(const struct register_view *view, struct slice prefix,
                           const struct register_word **ret_first)
{
    size_t first = bound(view, prefix, 0), behind = bound(view, prefix, 1);
    *ret_first = view->words + first;
    return behind - first;
}
