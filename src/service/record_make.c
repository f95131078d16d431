/* Making a data folder: everything in a draft folder beside it, which takes its name last. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "service/desk_parts.h"
#include "service/record_open.h"
#include "service/rules.h"
#include "store/events.h"
#include "store/keys.h"

static bool path_failed(const char *path, struct error *error)
{
    if (errno == EEXIST || errno == ENOTEMPTY) {
        error_set(error, ERROR_READ, "%s is there already", path);
        return error_advise(error, "Nothing is written over: name a folder that is not there yet");
    }
    error_set(error, ERROR_READ, "%s could not be made: %s", path, strerror(errno));
    return error_advise(error, "Name a folder in a place where you may write");
}

static bool make_folders(const struct record_place *draft, struct arena *arena, struct error *error)
{
    struct slice uploads = arena_format(arena, "%s/uploads", draft->folder);
    if (mkdir(draft->folder, 0700) != 0) return path_failed(draft->folder, error);
    return mkdir(uploads.at, 0700) == 0 || path_failed(uploads.at, error);
}

/* ---- the log's name and keys ---- */

static void make_keys(struct record *record)
{
    char hex[2 * ID_SIZE + 1];
    AUTO_TEXT struct text vkey;
    struct id name = id_make();
    id_hex(&name, hex);
    record->origin = arena_format(record->arena, "lanyard/%s", hex);
    record->lookup = key_make();
    record->secrets = key_make();
    struct key seed = key_make();
    note_signer_from(record->origin, seed.at, &record->signer);
    key_forget(&seed);
    struct note_verifier verifier = note_verifier_of(&record->signer);
    text_init(&vkey, 1000);
    note_vkey_write(&verifier, &vkey);
    record->vkey = arena_copy(record->arena, text_slice(&vkey));
}

/* The first 32 bytes of an Ed25519 secret as libsodium keeps it are its seed. */
static bool keep_keys(struct record *record, struct db *db, struct error *error)
{
    struct key seed;
    memcpy(seed.at, record->signer.secret, sizeof seed.at);
    bool kept = vault_put_key(record, db, "lookup", &record->lookup, error) &&
                vault_put_key(record, db, "secrets", &record->secrets, error) &&
                vault_put_key(record, db, "signer", &seed, error);
    key_forget(&seed);
    return kept;
}

static bool keep_log(struct record *record, struct db *db, struct error *error)
{
    AUTO_TEXT struct text peaks;
    text_init(&peaks, sizeof record->tree);
    tree_write(&record->tree, &peaks);
    struct log_row row = {record->origin, record->vkey, text_slice(&peaks)};
    return log_make(db, &row, error);
}

static bool make_store(struct record *record, struct error *error)
{
    struct db_options options = {
        .create = true, .not_synced = record->place.not_synced, .vfs = record->place.vfs};
    record->root = key_make();
    record->persons = root_key_for(&record->root, "persons");
    record->vault = root_key_for(&record->root, "vault");
    make_keys(record);
    if (!db_open(record->file.at, &options, &record->db, error) || !db_migrate(record->db, error) ||
        !db_begin(record->db, error))
        return false;
    if (keep_keys(record, record->db, error) && keep_log(record, record->db, error))
        return db_commit(record->db, error);
    db_rollback(record->db);
    return false;
}

/* ---- the first act ---- */

static bool add_policy(struct record *record, const char *folder, struct order *order,
                       struct arena *arena, struct error *error)
{
    struct version_said said;
    if (folder == NULL) return true;
    if (!record_policy_upload(record, folder, arena, &said, error)) return false;
    version_order(order, &said, arena);
    return true;
}

static bool set_up(struct record *record, const struct record_plan *plan, struct arena *arena,
                   struct slice *ret_link, struct error *error)
{
    struct order order;
    struct outcome outcome;
    order_init(&order, ACT_SET_UP, (struct id){{0}});
    order_set(&order, arena, "name", plan->name);
    order_set(&order, arena, "kind", plan->kind);
    order_set(&order, arena, "given", plan->given);
    order_set(&order, arena, "family", plan->family);
    order_set(&order, arena, "email", plan->email);
    if (plan->demo) order_set(&order, arena, "demo", SLICE("yes"));
    if (!add_policy(record, plan->policy, &order, arena, error) ||
        !desk_do(record, &order, arena, &outcome, error))
        return false;
    if (!outcome.done)
        return error_set(error, ERROR_INTERNAL, "the record's rules refuse its own first start");
    *ret_link = arena_format(arena, "/invitation/%.*s", SLICE_PRINT(outcome.secret));
    return true;
}

static bool fill_draft(const struct record_place *draft, const struct record_plan *plan,
                       struct slice key_file, struct arena *arena, struct slice *ret_link,
                       struct error *error)
{
    struct record *record = record_new(draft);
    bool made = make_folders(draft, arena, error) && rules_compile(&record->rules, error) &&
                make_store(record, error) && record_key_make(key_file, &record->root, error) &&
                register_make(record, record->db, error) && record_start(record, error) &&
                set_up(record, plan, arena, ret_link, error);
    record_close(record);
    return made;
}

/* Opened again for it, as everybody else would find it. */
static bool fill(const struct record_place *draft, const struct record_plan *plan,
                 struct slice key_file, struct error *error)
{
    struct record_place place = *draft;
    struct record *record;
    if (plan->fill == NULL) return true;
    place.key_file = key_file.at;
    place.alone = true;
    if (!record_open(&place, &record, error)) return false;
    bool filled = plan->fill(record, plan->context, error);
    record_close(record);
    return filled;
}

/* ---- whole or not at all ---- */

static void remove_draft(const char *folder, struct slice key_file, struct arena *arena)
{
    static const char *const files[] = {"lanyard.db", "lanyard.db-wal", "lanyard.db-shm"};
    struct slice uploads = arena_format(arena, "%s/uploads", folder);
    DIR *directory = opendir(uploads.at);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;)
        unlinkat(dirfd(directory), entry->d_name, 0);
    if (directory != NULL) closedir(directory);
    rmdir(uploads.at);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(arena_format(arena, "%s/%s", folder, files[i]).at);
    rmdir(folder);
    unlink(key_file.at);
}

static struct slice without_slash(const char *folder)
{
    struct slice path = slice_of(folder);
    while (path.length > 1 && path.at[path.length - 1] == '/') path.length--;
    return path;
}

/* A folder there may be, if it is empty; a key file never. */
static bool check_free(struct slice folder, struct slice key_file, struct error *error)
{
    errno = EEXIST;
    if (access(key_file.at, F_OK) == 0) return path_failed(key_file.at, error);
    errno = EEXIST;
    if (access(folder.at, F_OK) == 0 && rmdir(folder.at) != 0) return path_failed(folder.at, error);
    return true;
}

/* The key first: a folder without its key would be worth nothing. Neither takes the place of another. */
static bool take_names(const char *draft, struct slice draft_key, struct slice folder,
                       struct slice key_file, struct error *error)
{
    if (link(draft_key.at, key_file.at) != 0) return path_failed(key_file.at, error);
    if (rename(draft, folder.at) == 0) return unlink(draft_key.at) == 0;
    path_failed(folder.at, error);
    unlink(key_file.at);
    return false;
}

bool record_make(const struct record_place *place, const struct record_plan *plan,
                 struct arena *arena, struct slice *ret_link, struct error *error)
{
    struct slice folder = arena_copy(arena, without_slash(place->folder));
    struct slice key_file = record_key_file(place, arena);
    struct record_place draft = *place;
    struct slice draft_key =
        arena_format(arena, "%.*s.making-%ld", SLICE_PRINT(key_file), (long)getpid());
    draft.folder = arena_format(arena, "%.*s.making-%ld", SLICE_PRINT(folder), (long)getpid()).at;
    if (!check_free(folder, key_file, error)) return false;
    if (fill_draft(&draft, plan, draft_key, arena, ret_link, error) &&
        fill(&draft, plan, draft_key, error) &&
        take_names(draft.folder, draft_key, folder, key_file, error))
        return true;
    remove_draft(draft.folder, draft_key, arena);
    return false;
}
