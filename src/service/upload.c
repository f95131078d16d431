/* Files beside the record; see upload.h. */
#include "service/upload.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "ledger/sha256.h"

struct slice upload_name(struct slice bytes, struct arena *arena)
{
    unsigned char hash[SHA256_SIZE];
    char *hex = arena_take(arena, 2 * SHA256_SIZE + 1, 1);
    sha256(bytes, hash);
    for (size_t i = 0; i < SHA256_SIZE; i++) snprintf(hex + 2 * i, 3, "%02x", hash[i]);
    return (struct slice){hex, UPLOAD_NAME_LENGTH};
}

static bool named_well(struct slice name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) return false;
    }
    return name.length == UPLOAD_NAME_LENGTH;
}

static struct slice path_of(struct slice folder, struct slice name, struct arena *arena)
{
    return arena_format(arena, "%.*s/uploads/%.*s", SLICE_PRINT(folder), SLICE_PRINT(name));
}

static bool flush_folder(struct slice folder, struct arena *arena)
{
    struct slice path = arena_format(arena, "%.*s/uploads", SLICE_PRINT(folder));
    int directory = open(path.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool flushed = directory >= 0 && fsync(directory) == 0;
    if (directory >= 0) close(directory);
    return flushed;
}

static bool write_flushed(int file, struct slice bytes)
{
    while (bytes.length > 0) {
        ssize_t written = write(file, bytes.at, bytes.length);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes = slice_part(bytes, (size_t)written, bytes.length);
    }
    return fsync(file) == 0;
}

static bool write_failed(struct error *error)
{
    const char *why =
        errno == ENOSPC || errno == EDQUOT ? "the disk is full" : "the folder does not take it";
    error_set(error, ERROR_READ, "a file could not be kept: %s", why);
    return error_advise(error, "Nothing was changed. Make room or put the rights of the folder "
                               "right, and do it again");
}

bool upload_write(struct slice folder, struct slice bytes, struct arena *arena,
                  struct slice *ret_name, struct error *error)
{
    *ret_name = upload_name(bytes, arena);
    struct slice path = path_of(folder, *ret_name, arena);
    struct slice draft = arena_format(arena, "%.*s.new-%ld", SLICE_PRINT(path), (long)gettid());
    if (access(path.at, F_OK) == 0) return true;
    int file = open(draft.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool written = file >= 0 && write_flushed(file, bytes);
    if (file >= 0) close(file);
    if (written && rename(draft.at, path.at) == 0 && flush_folder(folder, arena)) return true;
    write_failed(error);
    unlink(draft.at);
    return false;
}

bool upload_read(struct slice folder, struct slice name, size_t largest, struct arena *arena,
                 struct slice *ret_bytes, struct error *error)
{
    if (!named_well(name)) return error_set(error, ERROR_READ, "no file has such a name");
    if (!file_read(path_of(folder, name, arena).at, largest, arena, ret_bytes, error)) return false;
    if (slice_equal(upload_name(*ret_bytes, arena), name)) return true;
    error_set(error, ERROR_READ, "the file %.*s was changed", SLICE_PRINT(name));
    return error_advise(error, "Run `lanyard verify`, and restore it from a backup");
}

bool upload_remove(struct slice folder, struct slice name, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    if (!named_well(name)) return error_set(error, ERROR_READ, "no file has such a name");
    if (unlink(path_of(folder, name, arena).at) == 0 || errno == ENOENT)
        return flush_folder(folder, arena) || write_failed(error);
    return write_failed(error);
}

bool upload_sweep(struct slice folder,
                  bool (*known)(void *context, struct slice name, bool *ret_known,
                                struct error *error),
                  void *context, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    DIR *directory = opendir(arena_format(arena, "%.*s/uploads", SLICE_PRINT(folder)).at);
    bool swept = true;
    if (directory == NULL) return write_failed(error);
    for (struct dirent *entry; swept && (entry = readdir(directory)) != NULL;) {
        bool keep = false;
        if (entry->d_name[0] == '.') continue;
        swept = known(context, slice_of(entry->d_name), &keep, error);
        if (swept && !keep) unlinkat(dirfd(directory), entry->d_name, 0);
    }
    closedir(directory);
    return swept;
}
