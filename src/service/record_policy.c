/* The organisation's policy as it was adopted: its files as uploads, compiled when the record opens and whenever a newer one
 * is adopted. A policy in use stays until its last holder lets go. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "service/folder.h"
#include "service/record_open.h"
#include "service/upload.h"
#include "store/keeping.h"
#include "store/uploads.h"

#define FILES_LARGEST 4

/* ---- loading ---- */

static void free_adopted(struct adopted *adopted)
{
    policy_free(adopted->policy);
    arena_free(adopted->arena);
    free(adopted);
}

/* Under the lock. */
static void drop_stale(struct record *record)
{
    struct adopted **at = &record->adopted;
    while (*at != NULL) {
        struct adopted *adopted = *at;
        if (adopted->stale && adopted->holders == 0) {
            *at = adopted->next;
            free_adopted(adopted);
        } else {
            at = &adopted->next;
        }
    }
}

void record_policy_free(struct record *record)
{
    while (record->adopted != NULL) {
        struct adopted *next = record->adopted->next;
        free_adopted(record->adopted);
        record->adopted = next;
    }
}

static struct policy_source *place_of(struct policy_sources *sources, struct slice file)
{
    if (slice_is(file, "words.md")) return &sources->words;
    if (slice_is(file, "law.md")) return &sources->law;
    return slice_is(file, "base.md") ? &sources->base : &sources->policy;
}

static bool read_sources(struct record *record, const struct policy_row *row, struct arena *arena,
                         struct policy_sources *sources, struct error *error)
{
    struct slice files = row->files, uploads = row->uploads, file, upload;
    while (slice_split(&files, ' ', &file) && slice_split(&uploads, ' ', &upload)) {
        struct policy_source *source = place_of(sources, file);
        source->file = file;
        if (!upload_read(record->folder, upload, DOCUMENT_SIZE_LARGEST, arena, &source->text,
                         error))
            return false;
    }
    return true;
}

static bool compile(struct record *record, const struct policy_row *row, struct adopted *adopted,
                    struct error *error)
{
    struct policy_sources sources = {0};
    struct problems problems;
    problems_init(&problems, adopted->arena);
    if (!read_sources(record, row, adopted->arena, &sources, error)) return false;
    adopted->policy = policy_new(&sources, &problems);
    adopted->n = (uint64_t)row->n;
    if (adopted->policy != NULL) return true;
    error_set(error, ERROR_MEANING, "the policy that was adopted no longer compiles");
    return error_advise(error, "This program is older than the policy: use the newer one again");
}

bool record_policy_load(struct record *record, struct db *db, struct error *error)
{
    bool found;
    struct policy_row row;
    struct adopted *adopted = memory_grow(NULL, sizeof *adopted);
    *adopted = (struct adopted){.arena = arena_new()};
    bool read = policy_newest(db, adopted->arena, &row, &found, error);
    if (!read || !found || !compile(record, &row, adopted, error)) {
        free_adopted(adopted);
        return read && !found;
    }
    pthread_mutex_lock(&record->lock);
    for (struct adopted *old = record->adopted; old != NULL; old = old->next) old->stale = true;
    adopted->next = record->adopted;
    record->adopted = adopted;
    drop_stale(record);
    pthread_mutex_unlock(&record->lock);
    return true;
}

const struct policy *record_policy(struct record *record)
{
    const struct policy *policy = NULL;
    pthread_mutex_lock(&record->lock);
    if (record->adopted != NULL) {
        record->adopted->holders++;
        policy = record->adopted->policy;
    }
    pthread_mutex_unlock(&record->lock);
    return policy;
}

void record_policy_let_go(struct record *record, const struct policy *policy)
{
    pthread_mutex_lock(&record->lock);
    for (struct adopted *adopted = record->adopted; adopted != NULL; adopted = adopted->next)
        if (adopted->policy == policy) adopted->holders--;
    drop_stale(record);
    pthread_mutex_unlock(&record->lock);
}

/* ---- adopting ---- */

struct uploading {
    struct record *record;
    struct arena *arena;
    struct text files, uploads;
};

static bool upload_source(struct uploading *uploading, const char *name,
                          const struct policy_source *source, struct error *error)
{
    struct slice upload;
    if (source->text.length == 0) return true;
    if (!upload_write(uploading->record->folder, source->text, uploading->arena, &upload, error))
        return false;
    text_format(&uploading->files, "%s%s", uploading->files.length > 0 ? " " : "", name);
    text_format(&uploading->uploads, "%s%.*s", uploading->uploads.length > 0 ? " " : "",
                SLICE_PRINT(upload));
    return true;
}

static bool upload_all(struct uploading *uploading, const struct policy_sources *sources,
                       struct error *error)
{
    return upload_source(uploading, "policy.md", &sources->policy, error) &&
           upload_source(uploading, "words.md", &sources->words, error) &&
           upload_source(uploading, "law.md", &sources->law, error) &&
           upload_source(uploading, "base.md", &sources->base, error);
}

bool record_policy_upload(struct record *record, const char *path, struct arena *arena,
                          struct slice *ret_name, struct slice *ret_files,
                          struct slice *ret_uploads, struct slice *ret_meaning, struct error *error)
{
    AUTO_FOLDER struct folder folder = {0};
    struct uploading uploading = {record, arena, {0}, {0}};
    if (!folder_open(path, &folder, error)) return false;
    if (folder.policy == NULL) {
        error_set(error, ERROR_MEANING, "the policy in %s does not compile", path);
        return error_advise(error, "Run `lanyard check %s` and mend what it names", path);
    }
    text_init(&uploading.files, EVENT_FIELD_LARGEST);
    text_init(&uploading.uploads, EVENT_FIELD_LARGEST);
    bool done = upload_all(&uploading, &folder.sources, error);
    *ret_name = arena_copy(arena, folder.policy->document.policy);
    *ret_meaning = arena_copy(arena, slice_of(folder.policy->hashes.meaning));
    *ret_files = arena_copy(arena, text_slice(&uploading.files));
    *ret_uploads = arena_copy(arena, text_slice(&uploading.uploads));
    text_clear(&uploading.files);
    text_clear(&uploading.uploads);
    return done;
}
