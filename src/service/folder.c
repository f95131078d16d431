/* Policy folders: see folder.h. The only place that reads policies from disk. */
#include "service/folder.h"

#include "base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER_FILES_LARGEST 64

static const char no_policy[] = "name a folder that holds a policy.md, such as policies/early-life";
static const char a_record[] =
    "this is a data folder: `lanyard serve` takes one, and the commands that "
    "keep a record; name a folder that holds a policy.md";
static const char no_words[] =
    "a policy needs its vocabulary: words.md beside policy.md or one folder up";

static bool too_large(struct error *error)
{
    return error_advise(error, "split it, or take out what is no part of the policy");
}

static struct slice join_path(struct folder *folder, struct slice directory, struct slice name)
{
    return arena_format(folder->arena, "%.*s/%.*s", SLICE_PRINT(directory), SLICE_PRINT(name));
}

static bool exists(struct slice path)
{
    return access(path.at, R_OK) == 0;
}

static bool read_source(struct folder *folder, struct slice path, struct policy_source *ret_source,
                        struct error *error)
{
    ret_source->file = path;
    return file_read(path.at, DOCUMENT_SIZE_LARGEST, folder->arena, &ret_source->text, error);
}

/* The value of a front-matter key, read before the document is: it says which words to read it with. */
static struct slice front_value(struct slice text, struct slice key)
{
    struct slice rest = text, line;
    bool inside = false;
    while (slice_line(&rest, &line)) {
        line = slice_trim(line);
        if (slice_is(line, "---")) {
            if (inside) {
                break;
            }
            inside = true;
        } else if (inside && slice_starts(line, key) && line.length > key.length &&
                   line.at[key.length] == ':') {
            return slice_trim(slice_part(line, key.length + 1, line.length));
        }
    }
    return SLICE_EMPTY;
}

/* A file that a policy shares with others: beside it, else one folder up. */
static struct slice find_shared(struct folder *folder, struct slice name)
{
    struct slice near = join_path(folder, folder->path, name);
    struct slice up =
        arena_format(folder->arena, "%.*s/../%.*s", SLICE_PRINT(folder->path), SLICE_PRINT(name));
    return exists(near) || !exists(up) ? near : up;
}

static bool read_shared(struct folder *folder, struct error *error)
{
    struct slice text = folder->sources.policy.text;
    struct slice words = front_value(text, SLICE("words")), law = front_value(text, SLICE("law"));
    bool law_named = law.length > 0;
    words = words.length > 0 ? words : SLICE("words.md");
    law = find_shared(folder, law_named ? law : SLICE("law.md"));
    if (!read_source(folder, find_shared(folder, words), &folder->sources.words, error)) {
        return error->code == ERROR_READ ? error_advise(error, "%s", no_words) : too_large(error);
    }
    return (!law_named && !exists(law)) || read_source(folder, law, &folder->sources.law, error);
}

static int compare_names(const void *a, const void *b)
{
    const struct policy_source *x = a, *y = b;
    return slice_compare(x->file, y->file);
}

static bool is_scenario_file(const char *name)
{
    struct slice file = slice_of(name);
    return slice_ends(file, SLICE(".md")) && !slice_is(file, "policy.md") &&
           !slice_is(file, "words.md") && !slice_is(file, "law.md") && name[0] != '.' &&
           !slice_is(file, "README.md");
}

static bool read_scenarios(struct folder *folder, struct slice path,
                           const struct policy_source **ret_list, size_t *ret_count,
                           struct error *error)
{
    struct policy_source *list =
        ARENA_ARRAY(folder->arena, struct policy_source, FOLDER_FILES_LARGEST);
    size_t count = 0;
    DIR *directory = opendir(path.at);
    if (directory == NULL) {
        return error_set(error, ERROR_READ, "cannot open the folder %s", path.at);
    }
    bool done = true;
    for (struct dirent *entry = NULL; done && (entry = readdir(directory)) != NULL;) {
        if (!is_scenario_file(entry->d_name)) {
            continue;
        }
        done = count < FOLDER_FILES_LARGEST ||
               error_set(error, ERROR_LIMIT, "a policy folder may hold %d documents",
                         FOLDER_FILES_LARGEST);
        done = done && read_source(folder, join_path(folder, path, slice_of(entry->d_name)),
                                   &list[count], error);
        count += done;
    }
    (void)closedir(directory);
    qsort(list, count, sizeof *list, compare_names);
    *ret_list = list;
    *ret_count = count;
    return done;
}

/* The folder that this one stands in. */
static struct slice folder_above(struct folder *folder)
{
    struct slice path = folder->path;
    size_t end = path.length - folder->name.length;
    if (slice_is(folder->name, ".") || slice_is(folder->name, "..") || folder->name.length == 0) {
        return arena_format(folder->arena, "%.*s/..", SLICE_PRINT(path));
    }
    while (end > 1 && path.at[end - 1] == '/') {
        end--;
    }
    return end == 0 ? SLICE(".") : slice_part(path, 0, end);
}

/* The policy that this one is based on, in the folder of its name beside this one. None there is for the compiler to say. */
static bool read_base(struct folder *folder, bool light, struct error *error)
{
    struct policy_sources *sources = &folder->sources;
    struct slice name = front_value(sources->policy.text, SLICE("based on"));
    if (name.length == 0 || slice_find(name, '/') < name.length || name.at[0] == '.') {
        return true;
    }
    struct slice path = join_path(folder, folder_above(folder), name);
    struct slice file = join_path(folder, path, SLICE("policy.md"));
    if (!exists(file)) {
        return true;
    }
    return read_source(folder, file, &sources->base, error) &&
           (light || read_scenarios(folder, path, &sources->base_scenarios,
                                    &sources->base_scenario_count, error));
}

static void set_path(struct folder *folder, const char *path)
{
    struct slice given = slice_of(path), file = SLICE("policy.md");
    if (slice_is(given, "policy.md")) {
        given = SLICE(".");
    } else if (slice_ends(given, SLICE("/policy.md"))) {
        given = slice_part(given, 0, given.length - file.length - 1);
    }
    while (given.length > 1 && given.at[given.length - 1] == '/') {
        given.length--;
    }
    folder->path = arena_copy(folder->arena, given);
    size_t start = given.length;
    while (start > 0 && given.at[start - 1] != '/') {
        start--;
    }
    folder->name = slice_part(folder->path, start, given.length);
}

static bool read_folder(struct folder *folder, bool light, struct error *error)
{
    struct slice file = join_path(folder, folder->path, SLICE("policy.md"));
    struct slice norms = join_path(folder, folder->path, SLICE("norms.tsv"));
    if (!read_source(folder, file, &folder->sources.policy, error)) {
        bool record = exists(join_path(folder, folder->path, SLICE("lanyard.db")));
        return error->code == ERROR_READ ? error_advise(error, "%s", record ? a_record : no_policy)
                                         : too_large(error);
    }
    folder->sources.unhashed = light;
    return read_shared(folder, error) && read_base(folder, light, error) &&
           (light || (read_scenarios(folder, folder->path, &folder->sources.scenarios,
                                     &folder->sources.scenario_count, error) &&
                      (!exists(norms) || read_source(folder, norms, &folder->norms, error))));
}

static bool open_folder(const char *path, bool light, struct folder *ret_folder,
                        struct error *error)
{
    struct folder folder = {.arena = arena_new()};
    problems_init(&folder.problems, folder.arena);
    set_path(&folder, path);
    if (!read_folder(&folder, light, error)) {
        arena_free(folder.arena);
        return false;
    }
    folder.policy = policy_new(&folder.sources, &folder.problems);
    *ret_folder = folder;
    return true;
}

bool folder_open(const char *path, struct folder *ret_folder, struct error *error)
{
    return open_folder(path, false, ret_folder, error);
}

bool folder_open_light(const char *path, struct folder *ret_folder, struct error *error)
{
    return open_folder(path, true, ret_folder, error);
}

void folder_close(struct folder *folder)
{
    policy_free(folder->policy);
    arena_free(folder->arena);
    *folder = (struct folder){0};
}

static struct slice source_among(const struct policy_source *list, size_t count, struct slice file)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(list[i].file, file)) {
            return list[i].text;
        }
    }
    return SLICE_EMPTY;
}

struct slice folder_source(const struct folder *folder, struct slice file)
{
    const struct policy_sources *sources = &folder->sources;
    const struct policy_source *known[] = {&sources->words, &sources->policy, &sources->law,
                                           &sources->base, &folder->norms};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i]->text.length > 0 && slice_equal(known[i]->file, file)) {
            return known[i]->text;
        }
    }
    struct slice own = source_among(sources->scenarios, sources->scenario_count, file);
    return own.length > 0
               ? own
               : source_among(sources->base_scenarios, sources->base_scenario_count, file);
}

void folder_report(const struct folder *folder, struct text *out)
{
    const struct problems *problems = &folder->problems;
    for (size_t i = 0; i < problems->list.count; i++) {
        problem_print(&problems->list.at[i], folder_source(folder, problems->list.at[i].file), out);
    }
    if (problems->errors > 0) {
        text_format(out, "%zu error%s", problems->errors, problems->errors == 1 ? "" : "s");
    }
    if (problems->warnings > 0) {
        text_format(out, "%s%zu warning%s", problems->errors > 0 ? ", " : "", problems->warnings,
                    problems->warnings == 1 ? "" : "s");
    }
    if (problems->errors + problems->warnings > 0) {
        text_add_char(out, '\n');
    }
}
