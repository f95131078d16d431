/* A ledger of many events, checked by us and read through by OpenSSL; see driver.h. */
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "driver.h"
#include "ledger/tree.h"
#include "service/keeping.h"
#include "store/events.h"

#define EVENTS_A_COMMIT 50000
#define SAMPLE_LARGEST 20000

/* Bodies of real events, gone round as often as it takes. */
struct sample {
    struct arena *arena;
    LIST(struct slice) bodies;
};

struct making {
    struct db *db;
    struct arena *passing;
    struct note_signer signer;
    struct tree tree;
    int64_t at;
};

static struct db *open_store(const char *folder, bool read_only, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct db_options options = {.create = !read_only, .read_only = read_only};
    struct db *db;
    driver_need(db_open(arena_format(arena, "%s/lanyard.db", folder).at, &options, &db, &error),
                folder, &error);
    if (!read_only) driver_need(db_migrate(db, &error), folder, &error);
    return db;
}

static bool keep_body(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct sample *sample = context;
    (void)n, (void)error;
    LIST_PUSH(sample->arena, &sample->bodies, arena_copy(sample->arena, body));
    return true;
}

static void add_event(struct making *making, struct slice like)
{
    struct error error = {.code = ERROR_NONE};
    struct event event;
    AUTO_TEXT struct text body;
    arena_reset(making->passing);
    text_init(&body, EVENT_SIZE_LARGEST);
    driver_need(event_read(like, making->passing, &event, &error), "an event", &error);
    event.n = making->tree.size;
    event.at = making->at;
    event.id = id_make();
    /* Uploads are no part of this measurement. */
    for (size_t i = 0; i < event.fields.count; i++)
        if (slice_is(event.fields.at[i].key, "upload")) event.fields.at[i].key = SLICE("uploae");
    event_write(&event, &body);
    driver_need(events_append(making->db, event.n, text_slice(&body), &error), "append", &error);
    struct tree_hash leaf = tree_leaf(text_slice(&body));
    tree_append(&making->tree, &leaf);
}

static void keep_edge(struct making *making)
{
    struct error error = {.code = ERROR_NONE};
    AUTO_TEXT struct text plain, note, peaks;
    text_init(&plain, 2000);
    text_init(&note, 2000);
    text_init(&peaks, sizeof making->tree);
    struct checkpoint checkpoint = {slice_of(making->signer.name), making->tree.size,
                                    tree_root(&making->tree)};
    checkpoint_write(&checkpoint, &plain);
    note_sign(text_slice(&plain), &making->signer, &note);
    tree_write(&making->tree, &peaks);
    struct checkpoint_row row = {checkpoint_day(making->at), making->tree.size, text_slice(&note)};
    driver_need(checkpoints_set(making->db, &row, &error) &&
                    log_set_tree(making->db, text_slice(&peaks), &error) &&
                    db_commit(making->db, &error),
                "a commit", &error);
}

static void make_log(struct making *making)
{
    struct error error = {.code = ERROR_NONE};
    AUTO_TEXT struct text vkey, peaks;
    text_init(&vkey, 1000);
    text_init(&peaks, sizeof making->tree);
    note_signer_make(SLICE("bench.example/ledger"), &making->signer);
    struct note_verifier verifier = note_verifier_of(&making->signer);
    note_vkey_write(&verifier, &vkey);
    tree_write(&making->tree, &peaks);
    struct log_row row = {slice_of(making->signer.name), text_slice(&vkey), text_slice(&peaks)};
    driver_need(db_begin(making->db, &error) && log_make(making->db, &row, &error) &&
                    db_commit(making->db, &error),
                "the log", &error);
}

int driver_ledger(char **words)
{
    struct error error = {.code = ERROR_NONE};
    AUTO(arena) struct arena *arena = arena_new();
    AUTO(arena) struct arena *passing = arena_new();
    struct sample sample = {.arena = arena};
    uint64_t count = (uint64_t)driver_number(words[2]);
    struct db *from = open_store(words[0], true, arena);
    driver_need(events_each(from, 0, SAMPLE_LARGEST, keep_body, &sample, &error), words[0], &error);
    db_close(from);
    driver_need(mkdir(words[1], 0700) == 0, words[1], NULL);
    struct making making = {
        .db = open_store(words[1], false, arena), .passing = passing, .at = 1790000000000};
    make_log(&making);
    while (making.tree.size < count) {
        driver_need(db_begin(making.db, &error), "begin", &error);
        for (int i = 0; i < EVENTS_A_COMMIT && making.tree.size < count; i++)
            add_event(&making, sample.bodies.at[making.tree.size % sample.bodies.count]);
        keep_edge(&making);
        making.at += 3600LL * 1000;
    }
    db_close(making.db);
    return 0;
}

/* ---- the two that are compared ---- */

int driver_verify(char **words)
{
    struct error error = {.code = ERROR_NONE};
    AUTO(arena) struct arena *arena = arena_new();
    AUTO(verify) struct verify *verify = NULL;
    struct slice note, vkey;
    bool tied;
    driver_need(record_checkpoint(words[0], arena, &note, &vkey, &error), words[0], &error);
    int64_t began = driver_nanoseconds();
    driver_need(record_verify(words[0], vkey, note, &verify, &error), words[0], &error);
    size_t wrong = verify_end(verify, &tied), listed;
    int64_t took = driver_nanoseconds() - began;
    const struct verify_finding *findings = verify_findings(verify, &listed);
    if (wrong > 0) fprintf(stderr, "web-driver: %s\n", findings[0].sentence);
    driver_need(wrong == 0 && tied, "verify: it is not whole and tied", NULL);
    printf("%lld %llu\n", (long long)took, (unsigned long long)verify_size(verify));
    return 0;
}

struct scan {
    EVP_MD_CTX *hash;
    uint64_t bytes, count;
    unsigned char all; /* so that no hash is left out */
};

static bool hash_body(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct scan *scan = context;
    unsigned char hash[32] = {0};
    (void)n;
    scan->bytes += body.length;
    scan->count++;
    bool good = EVP_DigestInit_ex2(scan->hash, NULL, NULL) == 1 &&
                EVP_DigestUpdate(scan->hash, body.at, body.length) == 1 &&
                EVP_DigestFinal_ex(scan->hash, hash, NULL) == 1;
    scan->all = (unsigned char)(scan->all ^ hash[0]);
    return good || error_set(error, ERROR_INTERNAL, "OpenSSL failed");
}

int driver_scan(char **words)
{
    struct error error = {.code = ERROR_NONE};
    AUTO(arena) struct arena *arena = arena_new();
    struct scan scan = {.hash = EVP_MD_CTX_new()};
    driver_need(EVP_DigestInit_ex(scan.hash, EVP_sha256(), NULL) == 1, "OpenSSL", NULL);
    int64_t began = driver_nanoseconds();
    struct db *db = open_store(words[0], true, arena);
    driver_need(events_each(db, 0, UINT64_MAX, hash_body, &scan, &error), words[0], &error);
    db_close(db);
    int64_t took = driver_nanoseconds() - began;
    printf("%lld %llu %llu %d\n", (long long)took, (unsigned long long)scan.count,
           (unsigned long long)scan.bytes, scan.all);
    EVP_MD_CTX_free(scan.hash);
    return 0;
}
