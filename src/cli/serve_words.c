/* See serve_words.h. */
#include "cli/serve_words.h"

#include "base/file.h"

bool words_option(struct words_options *options, int option, const char *value)
{
    switch (option) {
    case WORDS_OPTION_ALLOW: options->allow = value; return true;
    case WORDS_OPTION_WORDS: options->words = value; return true;
    default: return false;
    }
}

static bool read_list(const char *path, struct arena *arena, struct slice *ret_list,
                      struct error *error)
{
    *ret_list = SLICE_EMPTY;
    return path == NULL || file_read(path, DRAFTS_LIST_LARGEST, arena, ret_list, error);
}

/* An error of a list, with the file's name. */
static bool wrong_in(const char *path, struct error *error)
{
    if (path != NULL && error->file[0] == '\0')
        error_at(error, slice_of(path), error->line, error->column > 0 ? error->column : 1);
    return false;
}

bool words_load(const struct words_options *options, struct drafts *drafts,
                const struct policy *policy, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice allow, words;
    if (!read_list(options->allow, arena, &allow, error) ||
        !read_list(options->words, arena, &words, error))
        return false;
    if (!drafts_lists(drafts, allow, words, error)) return wrong_in(options->allow, error);
    if (policy == NULL || drafts_ready(drafts, policy, error)) return true;
    return wrong_in(options->words, error);
}
