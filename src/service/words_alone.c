/* Phrases that one policy alone uses: see words_alone.h. Opens each policy beside the vocabulary, one at a time. */
#include "service/words_alone.h"

#include "policy/word_use.h"
#include "service/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const enum word_place places[] = {WORD_PERSON, WORD_CHANNEL, WORD_ACT, WORD_FACT};

/* What is gathered from one policy after the other. Bit i of a user set is the i-th policy. */
struct gathering {
    struct arena *arena;
    const struct words *words;
    struct words_alone *alone;
    uint32_t *users[WORD_PLACES]; /* a word's own */
    struct slice based[WORDS_ALONE_POLICIES_LARGEST];
};

/* The folder that a file stands in. */
static struct slice folder_of(struct slice file, struct arena *arena)
{
    size_t end = file.length;
    while (end > 0 && file.at[end - 1] != '/') end--;
    return end == 0 ? SLICE(".") : arena_format(arena, "%.*s.", (int)end, file.at);
}

static int compare_names(const void *a, const void *b)
{
    const struct slice *x = a, *y = b;
    return slice_compare(*x, *y);
}

/* The names of the folders there that hold a policy.md, in order. */
static bool list_folders(struct slice folder, struct arena *arena, struct slice *names,
                         size_t *ret_count, struct error *error)
{
    size_t count = 0;
    DIR *directory = opendir(folder.at);
    if (directory == NULL) {
        return error_set(error, ERROR_READ, "cannot open the folder %s: %s", folder.at,
                         strerror(errno));
    }
    bool fits = true;
    for (struct dirent *entry; fits && (entry = readdir(directory)) != NULL;) {
        struct slice file =
            arena_format(arena, "%.*s/%s/policy.md", SLICE_PRINT(folder), entry->d_name);
        if (entry->d_name[0] == '.' || access(file.at, R_OK) != 0) continue;
        fits = count < WORDS_ALONE_POLICIES_LARGEST;
        if (fits) names[count++] = arena_copy(arena, slice_of(entry->d_name));
    }
    (void)closedir(directory);
    qsort(names, count, sizeof *names, compare_names);
    *ret_count = count;
    return fits || error_set(error, ERROR_LIMIT, "%s holds more than %d policies", folder.at,
                             WORDS_ALONE_POLICIES_LARGEST);
}

/* The law stands over every policy: what it names, each of them uses, so those words are no policy's own. */
static void add_policy(struct gathering *gathering, const struct policy *policy, struct slice name)
{
    bool *marks[WORD_PLACES] = {0}, *law[WORD_PLACES] = {0};
    size_t number = gathering->alone->policies.count;
    for (size_t i = 0; i < WORD_PLACES; i++) {
        size_t count = words_count(&policy->words, (enum word_place)i);
        marks[i] = ARENA_ARRAY(gathering->arena, bool, count + 1);
        law[i] = ARENA_ARRAY(gathering->arena, bool, count + 1);
    }
    word_use_mark(&policy->document, marks);
    if (policy->has_law) word_use_mark(&policy->law, law);
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        size_t count = words_count(gathering->words, places[p]);
        for (size_t i = 0; i < count; i++) {
            uint32_t own = marks[places[p]][i] ? 1u << number : 0;
            gathering->users[places[p]][i] |= law[places[p]][i] ? UINT32_MAX : own;
        }
    }
    gathering->based[number] = arena_copy(gathering->arena, policy->document.based_on);
    LIST_PUSH(gathering->arena, &gathering->alone->policies, name);
}

static bool open_one(struct gathering *gathering, struct slice folder, struct slice name,
                     struct error *error)
{
    struct folder opened AUTO_FOLDER = {0};
    struct slice path =
        arena_format(gathering->arena, "%.*s/%.*s", SLICE_PRINT(folder), SLICE_PRINT(name));
    if (!folder_open_light(path.at, &opened, error)) return false;
    if (!slice_equal(opened.sources.words.text, gathering->words->source)) return true;
    if (opened.policy == NULL) {
        LIST_PUSH(gathering->arena, &gathering->alone->bad, name);
    } else {
        add_policy(gathering, opened.policy, name);
    }
    return true;
}

/* The users without those that are based on another user. */
static uint32_t without_based(const struct gathering *gathering, uint32_t users)
{
    const struct words_alone *alone = gathering->alone;
    uint32_t left = users;
    for (size_t i = 0; i < alone->policies.count; i++) {
        for (size_t k = 0; k < alone->policies.count; k++) {
            bool based = slice_equal(gathering->based[i], alone->policies.at[k]);
            if (based && (users >> k & 1) != 0) left &= ~(1u << i);
        }
    }
    return left;
}

static void gather_words(struct gathering *gathering)
{
    uint32_t all = (uint32_t)((1ull << gathering->alone->policies.count) - 1);
    gathering->alone->families = without_based(gathering, all) != all;
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        size_t count = words_count(gathering->words, places[p]);
        gathering->alone->phrases += count;
        for (size_t i = 0; i < count; i++) {
            uint32_t users = gathering->users[places[p]][i];
            uint32_t texts = without_based(gathering, users);
            if (texts == 0 || (texts & (texts - 1)) != 0) continue;
            const struct word *word = words_word(gathering->words, places[p], (int)i);
            LIST_PUSH(gathering->arena, &gathering->alone->list,
                      (struct lone_word){word->phrase, word->line, users});
        }
    }
}

bool words_alone_find(const struct words *words, struct arena *arena, struct words_alone *ret_alone,
                      struct error *error)
{
    struct words_alone alone = {0};
    struct gathering gathering = {.arena = arena, .words = words, .alone = &alone};
    struct slice names[WORDS_ALONE_POLICIES_LARGEST];
    struct slice folder = folder_of(words->file, arena);
    size_t count = 0;
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        gathering.users[places[p]] =
            ARENA_ARRAY(arena, uint32_t, words_count(words, places[p]) + 1);
    }
    if (!list_folders(folder, arena, names, &count, error)) return false;
    for (size_t i = 0; i < count; i++) {
        if (!open_one(&gathering, folder, names[i], error)) return false;
    }
    gather_words(&gathering);
    *ret_alone = alone;
    return true;
}

void words_alone_users(const struct words_alone *alone, uint32_t users, struct text *out)
{
    size_t said = 0;
    for (size_t i = 0; i < alone->policies.count; i++) {
        if ((users >> i & 1) == 0) continue;
        text_add_string(out, said++ > 0 ? " and " : "");
        text_add(out, alone->policies.at[i]);
    }
}
