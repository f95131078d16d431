/* Files that are whole or not there; see keep_file.h. */
#include "service/keep_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PIECE (256u << 10)

static bool failed(const char *path, const char *what, struct error *error)
{
    error_set(error, ERROR_READ, "%s could not be %s: %s", path, what, strerror(errno));
    return error_advise(error, "Make room on the disk, or put the rights of its folder right");
}

static bool write_all(int file, const char *at, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, at, length);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        at += written;
        length -= (size_t)written;
    }
    return true;
}

bool keep_file_flush(struct slice path, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    size_t end = path.length;
    while (end > 1 && path.at[end - 1] == '/') end--;
    while (end > 0 && path.at[end - 1] != '/') end--;
    struct slice folder =
        end == 0 ? SLICE(".") : arena_copy(arena, slice_part(path, 0, end > 1 ? end - 1 : 1));
    int directory = open(folder.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool flushed = directory >= 0 && fsync(directory) == 0;
    if (directory >= 0) close(directory);
    return flushed || failed(folder.at, "flushed", error);
}

bool keep_file_write(struct slice path, struct slice bytes, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice draft = arena_format(arena, "%.*s.new", SLICE_PRINT(path));
    struct slice target = arena_copy(arena, path);
    int file = open(draft.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool written = file >= 0 && write_all(file, bytes.at, bytes.length) && fsync(file) == 0;
    if (file >= 0 && close(file) != 0) written = false;
    if (written && rename(draft.at, target.at) == 0) return keep_file_flush(target, error);
    failed(target.at, "written", error);
    unlink(draft.at);
    return false;
}

static bool copy_bytes(int from, int to)
{
    AUTO(arena) struct arena *arena = arena_new();
    char *piece = arena_take(arena, PIECE, 1);
    for (;;) {
        ssize_t got = read(from, piece, PIECE);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) return true;
        if (!write_all(to, piece, (size_t)got)) return false;
    }
}

bool keep_file_copy(const char *from, const char *to, struct error *error)
{
    int source = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (source < 0) return failed(from, "read", error);
    int target = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool copied = target >= 0 && copy_bytes(source, target) && fsync(target) == 0;
    close(source);
    if (target >= 0 && close(target) != 0) copied = false;
    return copied || failed(to, "written", error);
}

bool keep_file_remove(const char *path, struct error *error)
{
    if (unlink(path) == 0 || errno == ENOENT) return keep_file_flush(slice_of(path), error);
    return failed(path, "removed", error);
}
