/* Certificates: see certificate.h. The roots of whole runs of events are remembered, so that only the first proof of a record
 * reads everything; later ones read two runs. */
#include "service/certificate.h"

#include <stdlib.h>
#include <string.h>

#include "service/people.h"
#include "service/register.h"
#include "store/events.h"

#define RUN_LEVEL 10u /* 1,024 events */

bool certificate_find(struct record *record, const struct id *signature, struct signed_by *ret_by,
                      bool *ret_found, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct signature_row row;
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool done = signature_get(db, signature, arena, &row, ret_found, error);
    record_read_done(record, db);
    if (done && *ret_found)
        *ret_by = (struct signed_by){row.person, row.version, row.recorder, row.signed_on, row.n};
    return done;
}

/* ---- the way to the root --------------------------------------------------------------------------- */

struct proving {
    struct record *record;
    struct db *db;
    const struct tree_hash *runs; /* roots of whole runs */
};

static bool add_leaf(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct tree *tree = context;
    struct tree_hash leaf = tree_leaf(body);
    (void)n;
    (void)error;
    tree_append(tree, &leaf);
    return true;
}

static bool root_of_events(struct db *db, uint64_t from, uint64_t to, struct tree_hash *ret_root,
                           struct error *error)
{
    struct tree tree = {0};
    if (!events_each(db, from, to, add_leaf, &tree, error)) return false;
    if (tree.size != to - from)
        return error_set(error, ERROR_READ, "events are missing in the record") ||
               error_advise(error, "Whoever keeps the machine runs `lanyard verify`");
    *ret_root = tree_root(&tree);
    return true;
}

static bool subtree(void *context, unsigned level, uint64_t index, struct tree_hash *ret_root,
                    struct error *error)
{
    const struct proving *proving = context;
    if (level < RUN_LEVEL)
        return root_of_events(proving->db, index << level, (index + 1) << level, ret_root, error);
    struct tree tree = {0};
    uint64_t runs = (uint64_t)1 << (level - RUN_LEVEL);
    for (uint64_t i = index * runs; i < (index + 1) * runs; i++)
        tree_append(&tree, &proving->runs[i]);
    *ret_root = tree_root(&tree);
    return true;
}

static size_t copy_runs(struct record *record, struct tree_hash *runs, size_t wanted)
{
    pthread_mutex_lock(&record->lock);
    size_t known = record->run_count < wanted ? record->run_count : wanted;
    if (known > 0) memcpy(runs, record->runs, known * sizeof *runs);
    pthread_mutex_unlock(&record->lock);
    return known;
}

static void keep_runs(struct record *record, const struct tree_hash *runs, size_t count)
{
    pthread_mutex_lock(&record->lock);
    if (count > record->run_count) {
        record->runs = memory_grow(record->runs, count * sizeof *runs);
        memcpy(record->runs, runs, count * sizeof *runs);
        record->run_count = count;
    }
    pthread_mutex_unlock(&record->lock);
}

/* Two that ask at once both read: what they find is the same. */
static bool find_runs(struct proving *proving, uint64_t size, struct arena *arena,
                      struct error *error)
{
    size_t wanted = (size_t)(size >> RUN_LEVEL);
    struct tree_hash *runs = ARENA_ARRAY(arena, struct tree_hash, wanted + 1);
    size_t known = copy_runs(proving->record, runs, wanted);
    for (size_t i = known; i < wanted; i++)
        if (!root_of_events(proving->db, (uint64_t)i << RUN_LEVEL, (uint64_t)(i + 1) << RUN_LEVEL,
                            &runs[i], error))
            return false;
    if (wanted > known) keep_runs(proving->record, runs, wanted);
    proving->runs = runs;
    return true;
}

/* ---- made ------------------------------------------------------------------------------------------ */

/* The record's own lines, which no checkpoint covers. */
static void say_name(struct record *record, const struct id *person, struct arena *arena,
                     struct certificate *certificate)
{
    const struct register_view *view = register_hold(record);
    const struct registered *found = register_person(view, person);
    struct slice *line = &certificate->lines[CERTIFICATE_NAME];
    *line = SLICE("not known any more");
    if (found != NULL && found->details.family.length > 0)
        *line = arena_format(arena, "%.*s %.*s", SLICE_PRINT(found->details.given),
                             SLICE_PRINT(found->details.family));
    register_let_go(record, view);
}

static bool say_policy(struct record *record, const struct id *version, struct arena *arena,
                       struct certificate *certificate, struct error *error)
{
    const struct policy *policy = record_policy_version(record, version, error);
    if (policy == NULL) return false;
    const struct policy_hashes *hashes = &policy->hashes;
    const char *const five[] = {hashes->prose, hashes->meaning, hashes->words, hashes->law_prose,
                                hashes->law_meaning};
    for (size_t i = 0; i < sizeof five / sizeof *five; i++)
        certificate->lines[CERTIFICATE_PROSE + i] = arena_copy(arena, slice_of(five[i]));
    certificate->lines[CERTIFICATE_POLICY] =
        arena_format(arena, "%.*s, version %.*s", SLICE_PRINT(policy->document.title),
                     SLICE_PRINT(policy->document.version));
    record_policy_let_go(record, policy);
    return true;
}

static bool prove(struct proving *proving, uint64_t n, struct arena *arena,
                  struct certificate *certificate, struct error *error)
{
    struct checkpoint_row row;
    struct tree_proof proof;
    struct slice body;
    bool found;
    if (!checkpoints_newest(proving->db, arena, &row, &found, error)) return false;
    if (!found || row.size <= n)
        return error_set(error, ERROR_READ, "no checkpoint was signed since this was recorded");
    return find_runs(proving, row.size, arena, error) &&
           tree_inclusion_from(subtree, proving, row.size, n, &proof, error) &&
           events_read(proving->db, n, arena, &body, error) &&
           certificate_fill(certificate, body, &proof, row.size, row.note, arena, error);
}

bool certificate_make(struct record *record, const struct id *signature, struct arena *arena,
                      struct certificate *ret_certificate, struct error *error)
{
    struct signed_by by;
    bool found;
    if (!certificate_find(record, signature, &by, &found, error)) return false;
    if (!found) return error_set(error, ERROR_REQUEST, "there is no such signature");
    *ret_certificate = (struct certificate){.note = SLICE_EMPTY};
    ret_certificate->lines[CERTIFICATE_VKEY] = record->vkey;
    say_name(record, &by.person, arena, ret_certificate);
    if (!say_policy(record, &by.version, arena, ret_certificate, error)) return false;
    struct proving proving = {.record = record, .db = record_read(record, error)};
    if (proving.db == NULL) return false;
    bool done = prove(&proving, (uint64_t)by.n, arena, ret_certificate, error);
    record_read_done(record, proving.db);
    return done && certificate_holds(ret_certificate, record->vkey, arena, error);
}
