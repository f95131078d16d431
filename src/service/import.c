/* Reading what was brought: from disk, by which format, into a roster. Also the dry run: a plan over an unchanging view. */
#include "service/import_parts.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "format/mapping.h"
#include "format/oneroster.h"
#include "format/sds.h"

#define PIECES_LARGEST 100

static const struct slice words[] = {[IMPORT_DETECT] = SLICE("detect"),
                                     [IMPORT_ONEROSTER] = SLICE("oneroster"),
                                     [IMPORT_SDS] = SLICE("sds"),
                                     [IMPORT_CSV] = SLICE("csv")};

enum import_format import_format_of(struct slice word)
{
    for (int format = IMPORT_ONEROSTER; format <= IMPORT_CSV; format++)
        if (slice_equal(word, words[format])) return (enum import_format)format;
    return IMPORT_DETECT;
}

struct slice import_format_word(enum import_format format)
{
    return words[format];
}

bool import_mapping_name_fits(struct slice name)
{
    if (name.length == 0 || name.length > IMPORT_MAPPING_NAME_LARGEST) return false;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') return false;
    }
    return true;
}

/* ---- from disk ---- */

static bool too_large(struct error *error)
{
    error_set(error, ERROR_LIMIT, "the files are larger than %zu MiB", IMPORT_SIZE_LARGEST >> 20);
    return error_advise(error,
                        "Leave out what is not about people, such as classes and enrolments, "
                        "or send a ZIP");
}

static bool load_piece(struct import_file *file, const char *path, struct slice name, size_t *left,
                       struct arena *arena, struct error *error)
{
    struct slice bytes;
    struct stat about;
    if (stat(path, &about) == 0 && (uintmax_t)about.st_size > *left) return too_large(error);
    if (!file_read(path, *left, arena, &bytes, error)) return false;
    *left -= bytes.length;
    LIST_PUSH(arena, &file->pieces, (struct import_piece){arena_copy(arena, name), bytes});
    return true;
}

static bool is_table(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".csv") == 0 && name[0] != '.';
}

static bool load_folder(struct import_file *file, const char *path, DIR *directory,
                        struct arena *arena, struct error *error)
{
    size_t left = IMPORT_SIZE_LARGEST;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (!is_table(entry->d_name)) continue;
        if (file->pieces.count == PIECES_LARGEST)
            return error_set(error, ERROR_LIMIT, "there are more than %d tables in %s",
                             PIECES_LARGEST, path);
        struct slice whole = arena_format(arena, "%s/%s", path, entry->d_name);
        if (!load_piece(file, whole.at, slice_of(entry->d_name), &left, arena, error)) return false;
    }
    if (file->pieces.count > 0) return true;
    error_set(error, ERROR_READ, "there is no .csv file in %s", path);
    return error_advise(error, "Name the folder in which the exported tables lie, or the ZIP");
}

static struct slice last_name(struct slice path)
{
    while (path.length > 1 && path.at[path.length - 1] == '/') path.length--;
    for (size_t i = path.length; i > 0; i--)
        if (path.at[i - 1] == '/') return slice_part(path, i, path.length);
    return path;
}

bool import_load(const char *path, struct arena *arena, struct import_file *ret_file,
                 struct error *error)
{
    struct import_file file = {.name = arena_copy(arena, last_name(slice_of(path))),
                               .mapping_name = SLICE_EMPTY,
                               .mapping = SLICE_EMPTY};
    size_t left = IMPORT_SIZE_LARGEST;
    DIR *directory = opendir(path);
    file.folder = directory != NULL;
    bool loaded = file.folder ? load_folder(&file, path, directory, arena, error)
                              : load_piece(&file, path, file.name, &left, arena, error);
    if (directory != NULL) closedir(directory);
    *ret_file = file;
    return loaded;
}

/* ---- into a roster ---- */

static bool open_bundle(const struct import_file *file, struct arena *arena,
                        struct bundle *ret_bundle, struct error *error)
{
    bool single = !file->folder && file->pieces.count == 1;
    if (single && zip_looks_like(file->pieces.at[0].bytes))
        return bundle_zip(ret_bundle, file->name, file->pieces.at[0].bytes, arena, error);
    bundle_folder(ret_bundle, file->name, arena);
    for (size_t i = 0; i < file->pieces.count; i++)
        if (!bundle_add(ret_bundle, file->pieces.at[i].name, file->pieces.at[i].bytes, error))
            return false;
    return true;
}

static enum import_format detect(const struct import_file *file, const struct bundle *bundle)
{
    if (file->format != IMPORT_DETECT) return file->format;
    if (oneroster_looks_like(bundle)) return IMPORT_ONEROSTER;
    if (sds_looks_like(bundle)) return IMPORT_SDS;
    return file->mapping.length > 0 ? IMPORT_CSV : IMPORT_DETECT;
}

static bool read_table(const struct import_file *file, const struct bundle *bundle,
                       struct arena *arena, struct import *import, struct error *error)
{
    struct mapping mapping;
    struct slice name = file->mapping_name.length > 0 ? file->mapping_name : SLICE("the mapping");
    if (file->mapping.length == 0) {
        error_set(error, ERROR_REQUEST, "a table needs a mapping that says which column is what");
        return error_advise(error, "Choose a saved mapping, or save one first: the guide to "
                                   "bringing in people shows how");
    }
    if (bundle->files.count != 1)
        return error_set(error, ERROR_REQUEST, "a mapping reads one table, and here are %zu files",
                         bundle->files.count);
    if (file->mapping_name.length > 0)
        import->source = arena_format(arena, "csv-%.*s", SLICE_PRINT(file->mapping_name));
    return mapping_parse(name, file->mapping, arena, &mapping, error) &&
           mapping_read(&mapping, bundle, bundle->files.at[0].name, arena, &import->roster, error);
}

static bool unknown_format(const struct import_file *file, struct error *error)
{
    error_set(error, ERROR_REQUEST, "it is not clear which system %.*s comes from",
              SLICE_PRINT(file->name));
    return error_advise(error, "OneRoster has a manifest.csv and School Data Sync has orgs.csv, "
                               "users.csv and roles.csv, all at the top; any other table needs a "
                               "mapping");
}

bool import_read(const struct import_file *file, struct arena *arena, struct import *ret_import,
                 struct error *error)
{
    struct bundle bundle;
    struct import *import = ret_import;
    *import = (struct import){.file = file};
    if (file->pieces.count == 0) return error_set(error, ERROR_REQUEST, "the file is missing");
    if (!open_bundle(file, arena, &bundle, error)) return false;
    import->format = detect(file, &bundle);
    import->source = words[import->format];
    switch (import->format) {
    case IMPORT_ONEROSTER:
        if (!oneroster_looks_like(&bundle)) return unknown_format(file, error);
        return oneroster_read(&bundle, arena, &import->roster, error);
    case IMPORT_SDS: return sds_read(&bundle, arena, &import->roster, error);
    case IMPORT_CSV: return read_table(file, &bundle, arena, import, error);
    default: return unknown_format(file, error);
    }
}

/* ---- dry runs ---- */

struct reached {
    struct record *record;
    const struct id *person;
    enum record_act act;
    struct arena *arena;
    LIST(struct id) orgs; /* looked at already */
    bool all;
};

static void reach(struct reached *reached, const struct id *org)
{
    for (size_t i = 0; i < reached->orgs.count; i++)
        if (id_same(&reached->orgs.at[i], org)) return;
    LIST_PUSH(reached->arena, &reached->orgs, *org);
    if (!desk_may_over(reached->record, reached->person, reached->act, org)) reached->all = false;
}

bool import_reaches(struct record *record, const struct id *person, enum record_act act,
                    const struct plan *plan)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct reached reached = {record, person, act, arena, {0}, true};
    const struct plan_parts *parts = plan->parts;
    const struct known_record *known = &parts->planning->known;
    if (parts->orgs.count == 0) reach(&reached, &parts->top->id);
    for (size_t i = 0; i < parts->orgs.count; i++) {
        const struct plan_org *org = parts->orgs.at[i];
        if (org != NULL) reach(&reached, id_is_none(&org->id) ? &parts->top->id : &org->id);
    }
    for (size_t i = 0; i < parts->people.count; i++) {
        const struct plan_person *entry = &parts->people.at[i];
        if (entry->known != NOWHERE && entry->what != PLAN_NOTHING)
            reach(&reached, &known->people.at[entry->known].row.org);
    }
    return reached.all;
}

bool import_try(struct record *record, const struct import *import, const struct id *actor,
                struct arena *arena, struct plan *ret_plan, struct error *error)
{
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool planned = plan_make(record, db, import, actor, arena, ret_plan, error);
    record_read_done(record, db);
    return planned;
}

static bool try_kept(struct record *record, struct db *db, const struct id *id,
                     const struct id *actor, struct arena *arena, struct import **ret_import,
                     struct plan *ret_plan, struct error *error)
{
    struct import_row row;
    struct import_file *file;
    bool found;
    *ret_import = ARENA_NEW(arena, struct import);
    if (!import_get(db, id, arena, &row, &found, error)) return false;
    if (!found || row.upload.length == 0)
        return error_set(error, ERROR_REQUEST, "this file is no longer here");
    return import_kept(record, db, id, row.upload, arena, &file, error) &&
           import_read(file, arena, *ret_import, error) &&
           plan_make(record, db, *ret_import, actor, arena, ret_plan, error);
}

bool import_try_kept(struct record *record, const struct id *id, const struct id *actor,
                     struct arena *arena, struct import **ret_import, struct plan *ret_plan,
                     struct error *error)
{
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool planned = try_kept(record, db, id, actor, arena, ret_import, ret_plan, error);
    record_read_done(record, db);
    return planned;
}
