/* A policy of one's own: see new.h. The texts are new_join.c's and new_text.c's; here they are put together, written beside
 * the place, tried, and given the place by one rename. */
#include "service/new.h"

#include "base/file.h"
#include "base/utf8.h"
#include "policy/scenario.h"
#include "service/new_join.h"
#include "service/new_left.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_LARGEST 140 /* twice folder.c's, and those of fixed name */
#define TEXT_LARGEST ((size_t)8 * DOCUMENT_SIZE_LARGEST)

struct making {
    const struct new_order *order;
    struct new_made *made;
    struct arena *arena;
    struct slice parent, folder; /* folder: where it is written before it gets its place */
    struct new_file files[FILES_LARGEST];
    size_t file_count;
    int held; /* the folder's lock while it is written, or -1 */
};

/* ---- the name and the place ----------------------------------------------------------------------- */

bool new_name_check(struct slice name, struct error *error)
{
    bool letter = false;
    if (name.length == 0 || name.length > NEW_NAME_LARGEST) {
        return error_set(error, ERROR_USAGE, "the organisation's name has 1 to %d letters",
                         NEW_NAME_LARGEST);
    }
    if (utf8_check(name) < name.length) {
        return error_set(error, ERROR_USAGE, "the organisation's name is not UTF-8");
    }
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)name.at[i];
        if (c < ' ' || c == 0x7f || strchr("`|<>{}#\"~;\\*", (int)c) != NULL) {
            return error_set(
                error, ERROR_USAGE,
                "the organisation's name may not hold ` | < > { } # \" ~ ; \\ * or the "
                "end of a line");
        }
        letter |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
    }
    return letter || error_set(error, ERROR_USAGE, "the organisation's name has no letter in it");
}

static bool is_empty(const char *path)
{
    DIR *directory = opendir(path);
    bool empty = directory != NULL;
    for (struct dirent *entry; empty && (entry = readdir(directory)) != NULL;) {
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    }
    if (directory != NULL) {
        (void)closedir(directory);
    }
    return empty;
}

bool new_place_check(const char *path, struct error *error)
{
    struct stat about;
    if (lstat(path, &about) != 0) {
        return errno == ENOENT ||
               error_set(error, ERROR_READ, "%s cannot be made: %s", path, strerror(errno));
    }
    if (S_ISDIR(about.st_mode) && is_empty(path)) {
        return true;
    }
    (void)error_set(error, ERROR_USAGE, "%s is there already%s", path,
                    S_ISDIR(about.st_mode) ? ", and is not empty" : "");
    return error_advise(error, "Name a folder that is not there yet; nothing was changed.");
}

/* Small letters and digits with `between` where there was something else; begins with a letter. */
static struct slice slug(struct arena *arena, struct slice name, const char *between)
{
    struct text out AUTO_TEXT;
    bool gap = false;
    text_init(&out, (size_t)2 * NEW_NAME_LARGEST);
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'z';
        if (c == '\'' || (!digit && !letter)) {
            gap |= c != '\'';
            continue;
        }
        if (out.length == 0 && digit) {
            text_format(&out, "school%s", between);
        }
        text_add_string(&out, gap && out.length > 0 ? between : "");
        text_add_char(&out, c);
        gap = false;
    }
    if (out.length == 0) {
        text_format(&out, "our%sschool", between);
    }
    return arena_copy(arena, text_slice(&out));
}

/* ---- what is put for what ------------------------------------------------------------------------- */

static void name_organisation(struct making *making)
{
    const struct document *source = &making->order->source->policy->document;
    struct new_roles *roles = &making->made->roles;
    for (size_t i = 0; i < source->organisation.count; i++) {
        struct naming naming = {source->organisation.at[i], making->order->name};
        LIST_PUSH(making->arena, &roles->plain, naming);
        LIST_PUSH(making->arena, &roles->prose, naming);
    }
    making->made->named = source->organisation.count > 0;
}

static bool set_reading(struct making *making, struct error *error)
{
    const struct new_order *order = making->order;
    struct new_made *made = making->made;
    const struct document *source = &order->source->policy->document;
    if (!new_roles_read(&order->source->policy->words, order->roles, order->role_count,
                        making->arena, &made->roles, error)) {
        return false;
    }
    name_organisation(making);
    struct renaming ids = {.arena = making->arena};
    if (source->norms_prefix.length > 0) {
        struct slice own = slug(making->arena, order->name, "");
        ids.old_prefix = arena_format(making->arena, "%.*s-", SLICE_PRINT(source->norms_prefix));
        ids.new_prefix = arena_format(making->arena, "%.*s-", SLICE_PRINT(own));
    }
    made->text = (struct new_text){.arena = making->arena, .roles = &made->roles, .undated = true};
    made->text.ids = made->text.plain = made->text.prose = ids;
    made->text.plain.names = made->roles.plain.at;
    made->text.plain.count = made->roles.plain.count;
    made->text.prose.names = made->roles.prose.at;
    made->text.prose.count = made->roles.prose.count;
    made->title = inherit_renamed(&made->text.prose, source->title);
    made->policy = slug(making->arena, order->name, "-");
    return true;
}

/* ---- the files ------------------------------------------------------------------------------------ */

static void put_file(struct making *making, struct slice name, const struct text *text)
{
    making->files[making->file_count++] =
        (struct new_file){name, arena_copy(making->arena, text_slice(text))};
}

static void add_front_matter(struct making *making, struct text *out)
{
    const struct new_made *made = making->made;
    const struct document *source = &making->order->source->policy->document;
    struct slice prefix = made->text.ids.new_prefix;
    char today[11];
    date_format(making->order->today, today);
    text_format(out, "---\npolicy: %.*s\ntitle: %.*s\nversion: 1\nin force from: %s\n",
                SLICE_PRINT(made->policy), SLICE_PRINT(made->title), today);
    text_format(out, "organisation: %.*s\n", SLICE_PRINT(making->order->name));
    if (prefix.length > 0) {
        text_format(out, "norms: %.*s\n", (int)prefix.length - 1, prefix.at);
    }
    if (source->reads != 0) {
        text_add_string(out, "reads:");
        for (unsigned i = 1; i < 32; i++) {
            if ((source->reads >> i & 1) != 0) {
                text_format(out, " R%u", i);
            }
        }
        text_add_char(out, '\n');
    }
    text_add_string(out, "---\n");
}

static void put_policy(struct making *making)
{
    struct text joined AUTO_TEXT;
    struct text out AUTO_TEXT;
    text_init(&joined, TEXT_LARGEST);
    text_init(&out, TEXT_LARGEST);
    new_join_document(making->order->source, making->arena, &joined);
    add_front_matter(making, &out);
    new_text_document(&making->made->text, arena_copy(making->arena, text_slice(&joined)), &out);
    struct slice text = slice_trim(text_slice(&out));
    text_cut(&out, text.length);
    text_add_char(&out, '\n');
    put_file(making, SLICE("policy.md"), &out);
}

static bool put_scenarios(struct making *making, struct error *error)
{
    struct new_file files[FILES_LARGEST];
    size_t count = 0;
    if (!new_join_scenarios(making->order->source, making->arena, files, &count, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct text out AUTO_TEXT;
        text_init(&out, TEXT_LARGEST);
        new_text_document(&making->made->text, files[i].text, &out);
        put_file(making, files[i].name, &out);
    }
    return true;
}

static void put_norms(struct making *making)
{
    struct slice norms = making->order->source->norms.text;
    if (norms.length > 0) {
        making->files[making->file_count++] = (struct new_file){
            SLICE("norms.tsv"), inherit_renamed(&making->made->text.prose, norms)};
    }
}

/* Whether the same file stands where the new folder stands, so that both policies share it. */
static bool is_shared(struct making *making, const char *name, struct slice text)
{
    struct slice path = arena_format(making->arena, "%.*s/%s", SLICE_PRINT(making->parent), name);
    struct error error = {0};
    struct slice other;
    return making->made->roles.rows.count == 0 && access(path.at, R_OK) == 0 &&
           file_read(path.at, DOCUMENT_SIZE_LARGEST, making->arena, &other, &error) &&
           slice_equal(other, text);
}

static void put_vocabulary(struct making *making)
{
    const struct policy_sources *sources = &making->order->source->sources;
    struct new_text how = making->made->text;
    struct text words AUTO_TEXT;
    struct text law AUTO_TEXT;
    text_init(&words, TEXT_LARGEST);
    text_init(&law, TEXT_LARGEST);
    how.undated = false;
    making->made->words = !is_shared(making, "words.md", sources->words.text);
    if (making->made->words) {
        new_text_words(&how, sources->words.text, &words);
        put_file(making, SLICE("words.md"), &words);
    }
    if (sources->law.text.length > 0 && !is_shared(making, "law.md", sources->law.text)) {
        new_text_document(&how, sources->law.text, &law);
        put_file(making, SLICE("law.md"), &law);
    }
}

/* ---- writing -------------------------------------------------------------------------------------- */

static bool cannot_write(const struct making *making, struct slice path, struct error *error)
{
    (void)error_set(error, ERROR_READ, "%.*s cannot be written: %s", SLICE_PRINT(path),
                    strerror(errno));
    return error_advise(error,
                        "Look whether there is room and whether you may write there. %s was "
                        "not made; nothing is left behind.",
                        making->order->path);
}

static bool write_all(int handle, struct slice text)
{
    while (text.length > 0) {
        ssize_t done = write(handle, text.at, text.length);
        if (done < 0 && errno != EINTR) {
            return false;
        }
        size_t taken = done < 0 ? 0 : (size_t)done;
        text = slice_part(text, taken, text.length);
    }
    return fsync(handle) == 0;
}

static struct slice path_of(const struct making *making, struct slice name)
{
    return arena_format(making->arena, "%.*s/%.*s", SLICE_PRINT(making->folder), SLICE_PRINT(name));
}

static bool write_file(const struct making *making, const struct new_file *file,
                       struct error *error)
{
    struct slice path = path_of(making, file->name);
    int handle = open(path.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool done = handle >= 0 && write_all(handle, file->text);
    int fault = errno;
    if (handle >= 0 && close(handle) != 0 && done) {
        fault = errno;
        done = false;
    }
    errno = fault;
    return done || cannot_write(making, path, error);
}

static void take_away(const struct making *making)
{
    for (size_t i = 0; i < making->file_count; i++) {
        (void)unlink(path_of(making, making->files[i].name).at);
    }
    (void)rmdir(making->folder.at);
}

/* A hidden folder beside the place, with the rights that any new folder gets. */
static bool make_folder(struct making *making, struct error *error)
{
    struct slice path = making->made->path;
    struct slice name = slice_part(path, making->parent.length + 1, path.length);
    if (slice_is(making->parent, ".") && slice_find(path, '/') == path.length) {
        name = path;
    }
    new_left_sweep(making->parent, name, making->arena);
    struct slice pattern = arena_format(making->arena, "%.*s/.%.*s" NEW_LEFT_MARK,
                                        SLICE_PRINT(making->parent), SLICE_PRINT(name));
    char *at = (char *)arena_take(making->arena, pattern.length + 1, 1);
    memcpy(at, pattern.at, pattern.length);
    mode_t mask = umask(0);
    (void)umask(mask);
    if (mkdtemp(at) == NULL || chmod(at, 0777 & ~mask) != 0) {
        return cannot_write(making, path, error);
    }
    making->held = new_left_hold(at);
    making->folder = (struct slice){at, pattern.length};
    return true;
}

/* ---- trying it ------------------------------------------------------------------------------------ */

static bool does_not_hold(struct error *error, struct slice what)
{
    (void)error_set(error, ERROR_MEANING, "the new policy would not hold: %.*s", SLICE_PRINT(what));
    return error_advise(error, "Nothing was made. Look at the roles: one of the new names may mean "
                               "something else in the policy already.");
}

/* The first error, as a sentence. */
static struct slice first_error(const struct folder *folder)
{
    for (size_t i = 0; i < folder->problems.list.count; i++) {
        if (!folder->problems.list.at[i].warning) {
            return folder->problems.list.at[i].sentence;
        }
    }
    return SLICE("it does not compile");
}

static bool run_scenarios(struct making *making, struct folder *folder, struct error *error)
{
    struct scenarios scenarios;
    if (!scenarios_read(folder->policy, making->arena, &folder->problems, &scenarios)) {
        return does_not_hold(error, first_error(folder));
    }
    for (size_t i = 0; i < scenarios.list.count; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        const struct scenario *scenario = &scenarios.list.at[i];
        struct outcome_of_scenario outcome;
        scenario_run(scenario, folder->policy, arena, &outcome);
        if (outcome.failures.count > 0 && scenario->disputed.length == 0) {
            return does_not_hold(error,
                                 arena_format(making->arena, "its scenario '%.*s' fails: %.*s",
                                              SLICE_PRINT(scenario->name),
                                              SLICE_PRINT(outcome.failures.at[0].sentence)));
        }
    }
    making->made->scenarios = scenarios.list.count;
    return true;
}

static bool try_it(struct making *making, struct error *error)
{
    struct folder folder AUTO_FOLDER = {0};
    if (!folder_open(making->folder.at, &folder, error)) {
        return false;
    }
    return folder.policy == NULL ? does_not_hold(error, first_error(&folder))
                                 : run_scenarios(making, &folder, error);
}

static bool write_files(struct making *making, struct error *error)
{
    for (size_t i = 0; i < making->file_count; i++) {
        if (!write_file(making, &making->files[i], error)) {
            return false;
        }
    }
    if (!try_it(making, error)) {
        return false;
    }
    return rename(making->folder.at, making->made->path.at) == 0 ||
           cannot_write(making, making->made->path, error);
}

static bool make(struct making *making, struct error *error)
{
    if (!set_reading(making, error)) {
        return false;
    }
    put_policy(making);
    if (!put_scenarios(making, error)) {
        return false;
    }
    put_norms(making);
    put_vocabulary(making);
    making->made->review = making->made->text.review;
    if (!make_folder(making, error)) {
        return false;
    }
    bool done = write_files(making, error);
    if (!done) {
        take_away(making);
    }
    if (making->held >= 0) {
        (void)close(making->held);
    }
    return done;
}

static void set_path(struct making *making)
{
    struct slice path = slice_of(making->order->path);
    while (path.length > 1 && path.at[path.length - 1] == '/') {
        path.length--;
    }
    size_t end = path.length;
    while (end > 0 && path.at[end - 1] != '/') {
        end--;
    }
    making->made->path = arena_copy(making->arena, path);
    making->parent = end == 0
                         ? SLICE(".")
                         : arena_copy(making->arena, slice_part(path, 0, end > 1 ? end - 1 : 1));
}

bool new_make(const struct new_order *order, struct new_made *ret_made, struct error *error)
{
    struct new_made made = {.arena = arena_new()};
    struct making *making = ARENA_NEW(made.arena, struct making);
    making->order = order;
    making->made = &made;
    making->arena = made.arena;
    set_path(making);
    if (!new_name_check(order->name, error) || !new_place_check(made.path.at, error) ||
        !make(making, error)) {
        arena_free(made.arena);
        return false;
    }
    *ret_made = made;
    ret_made->text.roles = NULL; /* it pointed into the one on the stack */
    return true;
}

void new_made_clear(struct new_made *made)
{
    arena_free(made->arena);
    *made = (struct new_made){0};
}
