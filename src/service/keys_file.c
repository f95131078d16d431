/* The file of wrapped keys; see keys_file.h. */
#include "service/keys_file.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "service/keep_file.h"

#define FIRST_LINE "lanyard-keys-1"
#define SEALED_LARGEST (64u << 10)

/* ---- writing -------------------------------------------------------------------------------------- */

struct writing {
    struct text out;
    uint64_t keys, lines;
};

static void add_hex(struct text *out, struct slice bytes)
{
    static const char digits[] = "0123456789abcdef";
    text_add_char(out, ' ');
    for (size_t i = 0; i < bytes.length; i++) {
        text_add_char(out, digits[(unsigned char)bytes.at[i] >> 4]);
        text_add_char(out, digits[(unsigned char)bytes.at[i] & 15]);
    }
}

static bool add_vault(void *context, struct slice name, struct slice wrapped, struct error *error)
{
    struct writing *writing = context;
    (void)error;
    text_format(&writing->out, "vault %.*s", SLICE_PRINT(name));
    add_hex(&writing->out, wrapped);
    text_add_char(&writing->out, '\n');
    writing->lines++;
    return true;
}

static bool add_key(void *context, const struct person_key_row *row, struct error *error)
{
    struct writing *writing = context;
    (void)error;
    text_add_string(&writing->out, "key");
    add_hex(&writing->out, id_slice(&row->id));
    add_hex(&writing->out, id_slice(&row->person));
    add_hex(&writing->out, row->wrapped);
    text_add_char(&writing->out, '\n');
    writing->keys++;
    writing->lines++;
    return true;
}

static bool add_signin(void *context, const void *row, struct error *error)
{
    struct writing *writing = context;
    const struct signin_row *signin = row;
    (void)error;
    text_format(&writing->out, "signin %lld", (long long)signin->codes);
    add_hex(&writing->out, id_slice(&signin->person));
    add_hex(&writing->out, signin->sealed);
    text_add_char(&writing->out, '\n');
    writing->lines++;
    return true;
}

bool keys_file_write(struct db *db, struct slice origin, uint64_t size, const char *path,
                     uint64_t *ret_keys, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct writing writing = {.keys = 0};
    text_init(&writing.out, KEYS_FILE_LARGEST);
    text_format(&writing.out, FIRST_LINE "\n%.*s\n%llu\n", SLICE_PRINT(origin),
                (unsigned long long)size);
    bool done = vault_each(db, add_vault, &writing, error) &&
                person_keys_each(db, add_key, &writing, error) &&
                signins_each(db, arena, add_signin, &writing, error);
    text_format(&writing.out, "end %llu\n", (unsigned long long)writing.lines);
    if (done && writing.out.overflowed)
        done = error_set(error, ERROR_LIMIT, "there are more keys than one file may hold");
    done = done && keep_file_write(slice_of(path), text_slice(&writing.out), error);
    text_clear(&writing.out);
    *ret_keys = writing.keys;
    return done;
}

/* ---- reading -------------------------------------------------------------------------------------- */

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool take_bytes(struct slice *line, struct arena *arena, struct slice *ret_bytes)
{
    struct slice hex;
    if (!slice_split(line, ' ', &hex) || hex.length % 2 != 0 || hex.length > SEALED_LARGEST)
        return false;
    char *bytes = arena_take(arena, hex.length / 2 + 1, 1);
    for (size_t i = 0; i + 1 < hex.length; i += 2) {
        int high = digit(hex.at[i]), low = digit(hex.at[i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i / 2] = (char)(high * 16 + low);
    }
    *ret_bytes = (struct slice){bytes, hex.length / 2};
    return true;
}

static bool take_id(struct slice *line, struct arena *arena, struct id *ret_id)
{
    struct slice bytes;
    return take_bytes(line, arena, &bytes) && id_of_bytes(bytes, ret_id);
}

static bool take_vault(struct slice line, struct arena *arena, struct keys_file *file)
{
    struct vault_entry entry;
    if (file->vault_count == sizeof file->vault / sizeof *file->vault ||
        !slice_split(&line, ' ', &entry.name) || !take_bytes(&line, arena, &entry.wrapped))
        return false;
    file->vault[file->vault_count++] = entry;
    return true;
}

static bool take_key(struct slice line, struct arena *arena, struct keys_file *file)
{
    struct person_key_row row;
    if (!take_id(&line, arena, &row.id) || !take_id(&line, arena, &row.person) ||
        !take_bytes(&line, arena, &row.wrapped))
        return false;
    LIST_PUSH(arena, &file->keys, row);
    return true;
}

static bool take_signin(struct slice line, struct arena *arena, struct keys_file *file)
{
    struct signin_row row;
    struct slice codes;
    if (!slice_split(&line, ' ', &codes) || !slice_number(codes, &row.codes) ||
        !take_id(&line, arena, &row.person) || !take_bytes(&line, arena, &row.sealed))
        return false;
    LIST_PUSH(arena, &file->signins, row);
    return true;
}

static bool take_head(struct slice *rest, struct keys_file *file)
{
    struct slice first, size;
    int64_t number;
    if (!slice_line(rest, &first) || !slice_is(first, FIRST_LINE) ||
        !slice_line(rest, &file->origin) || !slice_line(rest, &size) ||
        !slice_number(size, &number) || number < 0)
        return false;
    file->size = (uint64_t)number;
    return true;
}

static bool take_lines(struct slice rest, struct arena *arena, struct keys_file *file)
{
    struct slice line, kind;
    int64_t count, lines = 0;
    while (slice_line(&rest, &line) && slice_split(&line, ' ', &kind)) {
        if (slice_is(kind, "end"))
            return slice_number(line, &count) && count == lines && rest.length == 0;
        bool taken = slice_is(kind, "key") ? take_key(line, arena, file)
                     : slice_is(kind, "vault")
                         ? take_vault(line, arena, file)
                         : slice_is(kind, "signin") && take_signin(line, arena, file);
        if (!taken) return false;
        lines++;
    }
    return false;
}

bool keys_file_read(const char *path, struct arena *arena, struct keys_file *ret_file,
                    struct error *error)
{
    struct slice rest;
    *ret_file = (struct keys_file){.size = 0};
    if (!file_read(path, KEYS_FILE_LARGEST, arena, &rest, error)) return false;
    if (take_head(&rest, ret_file) && take_lines(rest, arena, ret_file)) return true;
    error_set(error, ERROR_READ, "%s is no file of keys from a backup, or is cut off", path);
    return error_advise(error, "Name the file that `lanyard backup` wrote with --keys");
}
