/* The keys of an open record: the root key's file, the vault, persons' keys, and what is opened with them. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "service/record_open.h"
#include "store/events.h"
#include "store/keys.h"

#define KEY_FILE_LARGEST 1000

struct slice record_key_file(const struct record_place *place, struct arena *arena)
{
    const char *directory = getenv("CREDENTIALS_DIRECTORY");
    if (place->key_file != NULL) return arena_copy(arena, slice_of(place->key_file));
    if (directory != NULL && directory[0] != '\0') {
        struct slice path = arena_format(arena, "%s/lanyard.key", directory);
        if (access(path.at, F_OK) == 0) return path;
    }
    struct slice folder = slice_of(place->folder);
    while (folder.length > 1 && folder.at[folder.length - 1] == '/') folder.length--;
    return arena_format(arena, "%.*s.key", SLICE_PRINT(folder));
}

static bool write_all(int file, struct slice bytes)
{
    while (bytes.length > 0) {
        ssize_t written = write(file, bytes.at, bytes.length);
        if (written <= 0) return false;
        bytes = slice_part(bytes, (size_t)written, bytes.length);
    }
    return fsync(file) == 0;
}

bool record_key_make(struct slice path, const struct key *root, struct error *error)
{
    AUTO_TEXT struct text line;
    text_init(&line, KEY_FILE_LARGEST);
    root_key_write(root, &line);
    int file = open(path.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool made = file >= 0 && write_all(file, text_slice(&line));
    if (file >= 0) close(file);
    explicit_bzero(line.at, line.length);
    if (made) return true;
    error_set(error, ERROR_READ, "the key file %.*s could not be made", SLICE_PRINT(path));
    return error_advise(error, "A key that is there already is never written over: name another "
                               "place with --key, or keep the old key with its folder");
}

bool record_key_load(struct record *record, struct error *error)
{
    struct slice text;
    struct stat about;
    struct error reading = {.code = ERROR_NONE};
    if (stat(record->key_file.at, &about) != 0 ||
        !file_read(record->key_file.at, KEY_FILE_LARGEST, record->arena, &text, &reading)) {
        error_set(error, ERROR_READ, "the key of this record was not found at %.*s",
                  SLICE_PRINT(record->key_file));
        return error_advise(error, "Say with --key FILE where it is. Without it nobody can open "
                                   "what the record holds, and neither can we");
    }
    if (S_ISREG(about.st_mode) && (about.st_mode & 077) != 0) {
        error_set(error, ERROR_READ, "others on this machine may read the key file %.*s",
                  SLICE_PRINT(record->key_file));
        return error_advise(error, "Take that right away: chmod 600 %.*s",
                            SLICE_PRINT(record->key_file));
    }
    if (!root_key_read(text, &record->root, error)) return false;
    record->persons = root_key_for(&record->root, "persons");
    record->vault = root_key_for(&record->root, "vault");
    return true;
}

/* ---- the vault: random keys of the record, wrapped ---- */

static const struct id nobody;

static struct id vault_id(const char *name)
{
    static const struct key none;
    return seal_lookup(&none, "vault", slice_of(name));
}

bool vault_put_key(struct record *record, struct db *db, const char *name, const struct key *key,
                   struct error *error)
{
    unsigned char wrapped[WRAPPED_SIZE];
    struct id id = vault_id(name);
    key_wrap(key, &record->vault, &id, &nobody, wrapped);
    return vault_set(db, slice_of(name), (struct slice){(const char *)wrapped, sizeof wrapped},
                     error);
}

static bool vault_open(struct record *record, struct db *db, const char *name, struct key *ret_key,
                       struct error *error)
{
    struct slice wrapped;
    bool found;
    struct id id = vault_id(name);
    if (!vault_get(db, slice_of(name), record->arena, &wrapped, &found, error)) return false;
    if (found && key_unwrap(wrapped, &record->vault, &id, &nobody, ret_key)) return true;
    error_set(error, ERROR_READ, "the key file does not open this record");
    return error_advise(error, "Use the key that was made with it (%.*s was tried)",
                        SLICE_PRINT(record->key_file));
}

bool vault_load(struct record *record, struct db *db, struct error *error)
{
    struct key seed;
    if (!vault_open(record, db, "lookup", &record->lookup, error) ||
        !vault_open(record, db, "secrets", &record->secrets, error) ||
        !vault_open(record, db, "signer", &seed, error))
        return false;
    note_signer_from(record->origin, seed.at, &record->signer);
    key_forget(&seed);
    return true;
}

bool vault_damaged(struct record *record, struct db *db, const char *ret_names[VAULT_KEYS + 1])
{
    static const char *const names[VAULT_KEYS] = {"lookup", "secrets", "signer"};
    size_t count = 0;
    for (size_t i = 0; i < VAULT_KEYS; i++) {
        struct error ignored;
        struct key key;
        if (!vault_open(record, db, names[i], &key, &ignored)) ret_names[count++] = names[i];
        key_forget(&key);
    }
    ret_names[count] = NULL;
    return count < VAULT_KEYS;
}

/* ---- persons' keys ---- */

static bool unwrap(struct record *record, const struct person_key_row *row, struct key *ret_key,
                   struct error *error)
{
    if (key_unwrap(row->wrapped, &record->persons, &row->id, &row->person, ret_key)) return true;
    char hex[2 * ID_SIZE + 1];
    id_hex(&row->id, hex);
    error_set(error, ERROR_READ, "the wrapped key %s is damaged, or is another's", hex);
    return error_advise(error, "Run `lanyard rebuild --check`, and restore the keys from a backup");
}

bool record_key(struct record *record, struct db *db, const struct id *key, const struct id *person,
                struct key *ret_key, bool *ret_there, struct error *error)
{
    struct person_key_row row;
    AUTO(arena) struct arena *arena = arena_new();
    if (!person_keys_get(db, key, arena, &row, ret_there, error)) return false;
    if (*ret_there && !id_same(&row.person, person)) *ret_there = false;
    return !*ret_there || unwrap(record, &row, ret_key, error);
}

static bool make_key(struct record *record, struct db *db, const struct id *person,
                     struct id *ret_id, struct key *ret_key, struct error *error)
{
    unsigned char wrapped[WRAPPED_SIZE];
    *ret_id = id_make();
    *ret_key = key_make();
    key_wrap(ret_key, &record->persons, ret_id, person, wrapped);
    struct person_key_row row = {*ret_id, *person, {(const char *)wrapped, sizeof wrapped}};
    return person_keys_add(db, &row, error);
}

bool record_key_of(struct record *record, struct db *db, const struct id *person, bool make,
                   struct id *ret_id, struct key *ret_key, bool *ret_there, struct error *error)
{
    struct person_key_row row;
    AUTO(arena) struct arena *arena = arena_new();
    if (!person_keys_of(db, person, arena, &row, ret_there, error)) return false;
    if (*ret_there) {
        *ret_id = row.id;
        return unwrap(record, &row, ret_key, error);
    }
    *ret_there = make;
    return !make || make_key(record, db, person, ret_id, ret_key, error);
}

/* ---- sealed parts ---- */

static bool open_part(struct record *record, struct db *db, const struct event *event, size_t index,
                      struct arena *arena, struct pairs *ret_pairs, bool *ret_there,
                      struct error *error)
{
    struct key key;
    struct slice content;
    const struct event_part *part = &event->parts.at[index];
    struct seal_place place = {event->id, part->person, part->key, (uint16_t)index};
    if (!record_key(record, db, &part->key, &part->person, &key, ret_there, error)) return false;
    if (!*ret_there) return true;
    bool opened = seal_open(part->sealed, &key, &place, arena, &content) &&
                  pairs_read(content, arena, ret_pairs);
    key_forget(&key);
    if (opened) return true;
    error_set(error, ERROR_READ, "a sealed part of event %llu does not open",
              (unsigned long long)event->n);
    return error_advise(error, "It was changed, or the key is another's: run `lanyard verify`");
}

bool record_part_of(struct record *record, struct db *db, const struct event *event,
                    const struct id *person, struct arena *arena, struct pairs *ret_pairs,
                    bool *ret_there, struct error *error)
{
    *ret_there = false;
    for (size_t i = 0; i < event->parts.count; i++)
        if (id_same(&event->parts.at[i].person, person))
            return open_part(record, db, event, i, arena, ret_pairs, ret_there, error);
    return true;
}

bool record_part(struct record *record, struct db *db, uint64_t n, const struct id *person,
                 struct arena *arena, struct pairs *ret_pairs, bool *ret_there, struct error *error)
{
    struct slice body;
    struct event event;
    return events_read(db, n, arena, &body, error) && event_read(body, arena, &event, error) &&
           record_part_of(record, db, &event, person, arena, ret_pairs, ret_there, error);
}

/* ---- beside events ---- */

static struct seal_place secret_place(const struct id *person, const char *what)
{
    struct seal_place place = {.person = *person, .key = vault_id(what)};
    return place;
}

void record_secret_close(struct record *record, const struct id *person, const char *what,
                         struct slice content, struct text *out)
{
    struct seal_place place = secret_place(person, what);
    seal_close(content, &record->secrets, &place, out);
}

bool record_secret_open(struct record *record, const struct id *person, const char *what,
                        struct slice sealed, struct arena *arena, struct slice *ret_content)
{
    struct seal_place place = secret_place(person, what);
    return seal_open(sealed, &record->secrets, &place, arena, ret_content);
}

struct id record_lookup(const struct record *record, const char *what, struct slice value)
{
    return seal_lookup(&record->lookup, what, value);
}
