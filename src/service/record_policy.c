/* The organisation's policy: which version is in force on which day, and versions compiled from their files, which lie in
 * uploads/. A version that is in use stays until its last holder lets go; a few that nobody uses are kept for the next. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/london.h"
#include "service/desk.h"
#include "service/folder.h"
#include "service/record_open.h"
#include "service/signoff.h"
#include "service/upload.h"
#include "store/policies.h"
#include "store/uploads.h"

#define FILES_LARGEST 4

#define IDLE_LARGEST 4 /* compiled versions that nobody holds */

/* ---- compiled versions ---- */

static void free_compiled(struct compiled_version *compiled)
{
    policy_free(compiled->policy);
    arena_free(compiled->arena);
    free(compiled);
}

/* Under the lock: those used longest ago stand last. */
static void drop_idle(struct record *record)
{
    size_t idle = 0;
    struct compiled_version **at = &record->compiled;
    while (*at != NULL) {
        struct compiled_version *compiled = *at;
        if (compiled->holders == 0 && ++idle > IDLE_LARGEST) {
            *at = compiled->next;
            free_compiled(compiled);
        } else {
            at = &compiled->next;
        }
    }
}

void record_policy_free(struct record *record)
{
    while (record->compiled != NULL) {
        struct compiled_version *next = record->compiled->next;
        free_compiled(record->compiled);
        record->compiled = next;
    }
    free(record->versions);
}

static struct policy_source *place_of(struct policy_sources *sources, struct slice file)
{
    if (slice_is(file, "words.md")) return &sources->words;
    if (slice_is(file, "law.md")) return &sources->law;
    return slice_is(file, "base.md") ? &sources->base : &sources->policy;
}

bool record_policy_sources(struct record *record, const struct version_row *row,
                           struct arena *arena, struct policy_sources *ret_sources,
                           struct error *error)
{
    struct slice files = row->files, uploads = row->uploads, file, upload;
    while (slice_split(&files, ' ', &file) && slice_split(&uploads, ' ', &upload)) {
        struct policy_source *source = place_of(ret_sources, file);
        source->file = file;
        if (!upload_read(record->folder, upload, DOCUMENT_SIZE_LARGEST, arena, &source->text,
                         error))
            return false;
    }
    return true;
}

static bool compile(struct record *record, const struct version_row *row,
                    struct compiled_version *compiled, struct error *error)
{
    struct policy_sources sources = {0};
    struct problems problems;
    problems_init(&problems, compiled->arena);
    if (!record_policy_sources(record, row, compiled->arena, &sources, error)) return false;
    compiled->policy = policy_new(&sources, &problems);
    compiled->id = row->id;
    if (compiled->policy != NULL) return true;
    error_set(error, ERROR_MEANING, "a version of the policy no longer compiles");
    return error_advise(error, "This program is older than the policy: use the newer one again");
}

/* Reads and compiles it; NULL with the error. */
static struct compiled_version *make_compiled(struct record *record, struct db *db,
                                              const struct id *version, struct error *error)
{
    bool found;
    struct version_row row;
    struct compiled_version *compiled = memory_grow(NULL, sizeof *compiled);
    *compiled = (struct compiled_version){.arena = arena_new()};
    bool made = version_get(db, version, compiled->arena, &row, &found, error) &&
                (found || error_set(error, ERROR_REQUEST, "there is no such version")) &&
                compile(record, &row, compiled, error);
    if (made) return compiled;
    free_compiled(compiled);
    return NULL;
}

/* Under the lock; it comes to the front. */
static const struct policy *hold(struct record *record, const struct id *version)
{
    for (struct compiled_version **at = &record->compiled; *at != NULL; at = &(*at)->next) {
        struct compiled_version *compiled = *at;
        if (!id_same(&compiled->id, version)) continue;
        *at = compiled->next;
        compiled->next = record->compiled;
        record->compiled = compiled;
        compiled->holders++;
        return compiled->policy;
    }
    return NULL;
}

/* Two threads may have compiled the same: the second one's goes. */
static const struct policy *add(struct record *record, struct compiled_version *compiled)
{
    const struct policy *policy = hold(record, &compiled->id);
    if (policy != NULL) {
        free_compiled(compiled);
        return policy;
    }
    compiled->next = record->compiled;
    record->compiled = compiled;
    compiled->holders++;
    drop_idle(record);
    return compiled->policy;
}

const struct policy *record_policy_version(struct record *record, const struct id *version,
                                           struct error *error)
{
    pthread_mutex_lock(&record->lock);
    const struct policy *policy = hold(record, version);
    pthread_mutex_unlock(&record->lock);
    if (policy != NULL) return policy;
    struct db *db = record_read(record, error);
    if (db == NULL) return NULL;
    struct compiled_version *compiled = make_compiled(record, db, version, error);
    record_read_done(record, db);
    if (compiled == NULL) return NULL;
    pthread_mutex_lock(&record->lock);
    policy = add(record, compiled);
    pthread_mutex_unlock(&record->lock);
    return policy;
}

void record_policy_let_go(struct record *record, const struct policy *policy)
{
    pthread_mutex_lock(&record->lock);
    for (struct compiled_version *at = record->compiled; at != NULL; at = at->next)
        if (at->policy == policy) at->holders--;
    drop_idle(record);
    pthread_mutex_unlock(&record->lock);
}

/* ---- which is in force ---- */

struct listing {
    struct dated_version *at;
    size_t count, space;
};

/* Newest first, as they come. */
static bool list_version(void *context, const void *row, struct error *error)
{
    struct listing *listing = context;
    const struct version_row *version = row;
    (void)error;
    if (listing->count == listing->space) {
        listing->space = listing->space * 2 + 8;
        listing->at = memory_grow(listing->at, listing->space * sizeof *listing->at);
    }
    listing->at[listing->count++] =
        (struct dated_version){.id = version->id,
                               .in_force = version->in_force,
                               .brought = london_moment(version->brought).day,
                               .reason = version->reason,
                               .changed = role_bits(version->changed),
                               .material = version->material != 0};
    return true;
}

static bool find_on(struct record *record, int64_t day, struct id *ret_version)
{
    bool found = false;
    pthread_mutex_lock(&record->lock);
    for (size_t i = 0; i < record->version_count && !found; i++) {
        found = record->versions[i].in_force <= day;
        if (found) *ret_version = record->versions[i].id;
    }
    pthread_mutex_unlock(&record->lock);
    return found;
}

bool record_policy_load(struct record *record, struct db *db, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct listing listing = {0};
    struct id version;
    if (!versions_approved(db, arena, list_version, &listing, error)) {
        free(listing.at);
        return false;
    }
    pthread_mutex_lock(&record->lock);
    free(record->versions);
    record->versions = listing.at;
    record->version_count = listing.count;
    pthread_mutex_unlock(&record->lock);
    if (!find_on(record, record_today(record), &version)) return true;
    struct compiled_version *compiled = make_compiled(record, db, &version, error);
    if (compiled == NULL) return false;
    pthread_mutex_lock(&record->lock);
    const struct policy *policy = add(record, compiled);
    pthread_mutex_unlock(&record->lock);
    record_policy_let_go(record, policy);
    return true;
}

const struct policy *record_policy_on(struct record *record, int64_t day, struct id *ret_version)
{
    struct error ignored = {.code = ERROR_NONE};
    struct id version = {{0}};
    bool found = find_on(record, day, &version);
    if (ret_version != NULL) *ret_version = version;
    return found ? record_policy_version(record, &version, &ignored) : NULL;
}

const struct policy *record_policy(struct record *record)
{
    return record_policy_on(record, record_today(record), NULL);
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

void version_describe(const struct policy *policy, struct arena *arena,
                      struct version_said *ret_said)
{
    const struct document *document = &policy->document;
    *ret_said = (struct version_said){.files = SLICE_EMPTY, .uploads = SLICE_EMPTY};
    ret_said->name = arena_copy(arena, document->policy);
    ret_said->number = arena_copy(arena, document->version);
    ret_said->meaning = arena_copy(arena, slice_of(policy->hashes.meaning));
    ret_said->prose = arena_copy(arena, slice_of(policy->hashes.prose));
    ret_said->in_force = date_to_day(document->in_force);
}

bool version_upload(struct record *record, const struct policy_sources *sources,
                    struct arena *arena, struct version_said *said, struct error *error)
{
    struct uploading uploading = {record, arena, {0}, {0}};
    text_init(&uploading.files, EVENT_FIELD_LARGEST);
    text_init(&uploading.uploads, EVENT_FIELD_LARGEST);
    bool done = upload_all(&uploading, sources, error);
    said->files = arena_copy(arena, text_slice(&uploading.files));
    said->uploads = arena_copy(arena, text_slice(&uploading.uploads));
    text_clear(&uploading.files);
    text_clear(&uploading.uploads);
    return done;
}

bool record_policy_upload(struct record *record, const char *path, struct arena *arena,
                          struct version_said *ret_said, struct error *error)
{
    AUTO_FOLDER struct folder folder = {0};
    if (!folder_open(path, &folder, error)) return false;
    if (folder.policy == NULL) {
        error_set(error, ERROR_MEANING, "the policy in %s does not compile", path);
        return error_advise(error, "Run `lanyard check %s` and mend what it names", path);
    }
    version_describe(folder.policy, arena, ret_said);
    return version_upload(record, &folder.sources, arena, ret_said, error);
}

void version_order(struct order *order, const struct version_said *said, struct arena *arena)
{
    order_set(order, arena, "policy", said->name);
    order_set(order, arena, "number", said->number);
    order_set(order, arena, "files", said->files);
    order_set(order, arena, "upload", said->uploads);
    order_set(order, arena, "meaning", said->meaning);
    order_set(order, arena, "prose", said->prose);
    order_set(order, arena, "in-force", arena_format(arena, "%lld", (long long)said->in_force));
}
